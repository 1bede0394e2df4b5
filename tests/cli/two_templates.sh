#!/bin/sh
# SPDX-License-Identifier: MIT
# The templates of two clusters in one folder: each role is its own template's, so what is wrong with one is still
# said, and nothing of the other's is asked for.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# template FILE PRINCIPAL: a node group whose role trusts this service
template() {
    cat >"$1" <<FILE
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties: {Name: demo, Version: "1.35", RoleArn: "arn:aws:iam::111122223333:role/cluster", ResourcesVpcConfig: {SubnetIds: [subnet-1, subnet-2]}}
  NodeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: $2}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy
        - arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly
        - arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy
  PodRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: pods.eks.amazonaws.com}, Action: ["sts:AssumeRole", "sts:TagSession"]}]}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties: {ClusterName: !Ref Cluster, NodeRole: !GetAtt NodeRole.Arn, Subnets: [subnet-1, subnet-2]}
  Pods:
    Type: AWS::EKS::PodIdentityAssociation
    Properties: {ClusterName: !Ref Cluster, Namespace: app, ServiceAccount: app, RoleArn: !GetAtt PodRole.Arn}
FILE
}
template dev.yaml eks.amazonaws.com
template prod.yaml ec2.amazonaws.com
run check --date 2026-11-22 --no-config --format oneline .
expect 1 "dev.yaml:9:"
expect 1 "[eks/node-role-not-assumable]"
expect_no "prod.yaml"
expect_no "get-role"

template dev.yaml ec2.amazonaws.com
run check --date 2026-11-22 --no-config --format oneline .
expect_no "error:"
expect_no "get-role"

finish
