#!/bin/sh
# SPDX-License-Identifier: MIT
# Inventories of two accounts, in a folder each, whose roles have the same names: a list that says nothing of its
# account belongs to the role that is told beside it.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# inventory FOLDER ACCOUNT REGION POLICY…: a node group, its role and what is attached to that
inventory() {
    folder=$1 account=$2 region=$3
    shift 3
    mkdir -p "$folder"
    cat >"$folder/describe-nodegroup.json" <<FILE
{"nodegroup": {"nodegroupName": "ng", "clusterName": "demo", "status": "CREATING",
               "nodegroupArn": "arn:aws:eks:$region:$account:nodegroup/demo/ng/1",
               "nodeRole": "arn:aws:iam::$account:role/node", "amiType": "AL2023_x86_64_STANDARD"}}
FILE
    cat >"$folder/get-role.json" <<FILE
{"Role": {"RoleName": "node", "Path": "/", "Arn": "arn:aws:iam::$account:role/node",
          "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}
FILE
    separator=
    {
        printf '{"AttachedPolicies": ['
        for policy; do
            printf '%s{"PolicyName": "%s", "PolicyArn": "arn:aws:iam::aws:policy/%s"}' "$separator" "$policy" "$policy"
            separator=,
        done
        printf ']}\n'
    } >"$folder/list-attached-role-policies.node.json"
    printf '{"PolicyNames": []}\n' >"$folder/list-role-policies.node.json"
}

# judge: the lines of errors and warnings, and that nothing is asked for again
judge() {
    run check --date 2026-11-22 --no-config --format oneline .
    expect_no "conflict"
    run check --date 2026-11-22 --no-config .
    expect_no "list-attached-role-policies --role-name"
}

pull=AmazonEC2ContainerRegistryPullOnly
inventory dev 111122223333 us-west-2 AmazonEKSWorkerNodePolicy AmazonEKS_CNI_Policy $pull
inventory prod 444455556666 eu-west-1 AmazonEKSWorkerNodePolicy AmazonEKS_CNI_Policy $pull
judge
expect 0
inventory prod 444455556666 eu-west-1 AmazonEKS_CNI_Policy $pull
judge
expect 1 "prod/describe-nodegroup.json"
expect_no "dev/"
inventory prod 444455556666 eu-west-1 AmazonEKSWorkerNodePolicy AmazonEKS_CNI_Policy $pull
inventory dev 111122223333 us-west-2 AmazonEKS_CNI_Policy $pull
judge
expect 1 "dev/describe-nodegroup.json"
expect_no "prod/"

finish
