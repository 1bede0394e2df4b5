#!/bin/sh
# SPDX-License-Identifier: MIT
# Null where a value or an object may stand: Terraform's plans have it for all that was left out, saved output of the
# AWS CLI for what is not set. It tells nothing: no finding shows 'null', and none comes of it.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
day=2026-11-22

quiet() {
    run check --date $day --no-config "$1"
    expect 0
    expect_no "error:"
    expect_no "'null'"
}

# created ADDRESS TYPE VALUES: one resource of a plan
created() {
    printf '{"address":"%s","mode":"managed","type":"%s","name":"this","change":{"actions":["create"],"before":null,"after":%s,"after_unknown":{}}}' "$1" "$2" "$3"
}
mkdir plan
{
    printf '{"format_version":"1.2","terraform_version":"1.9.5","planned_values":{},"configuration":{},"resource_changes":['
    created aws_eks_cluster.this aws_eks_cluster '{"name":"demo","version":"1.34","kubernetes_network_config":[{"ip_family":"ipv4","service_ipv4_cidr":null}],"vpc_config":[{"subnet_ids":null,"security_group_ids":null}],"access_config":null}'
    printf ','
    created aws_eks_node_group.this aws_eks_node_group '{"cluster_name":"demo","node_group_name":null,"node_group_name_prefix":"demo-","ami_type":null,"instance_types":null,"scaling_config":[{"desired_size":2,"max_size":3,"min_size":1}],"update_config":null,"taint":null,"launch_template":null,"version":null,"subnet_ids":null}'
    printf ','
    created aws_eks_addon.this aws_eks_addon '{"cluster_name":"demo","addon_name":"coredns","addon_version":null,"service_account_role_arn":null,"pod_identity_association":null}'
    printf ','
    created aws_eks_access_entry.this aws_eks_access_entry '{"cluster_name":"demo","principal_arn":"arn:aws:iam::111122223333:role/admin","type":"STANDARD","kubernetes_groups":null,"user_name":null}'
    printf ','
    created aws_eks_fargate_profile.this aws_eks_fargate_profile '{"cluster_name":"demo","fargate_profile_name":"fp","selector":null,"subnet_ids":null}'
    printf ']}\n'
} >plan/plan.json
quiet plan

mkdir saved
cat >saved/cluster.json <<'FILE'
{"cluster": {"name": "demo", "arn": "arn:aws:eks:us-west-2:111122223333:cluster/demo", "version": null,
             "resourcesVpcConfig": null, "identity": null, "accessConfig": null, "kubernetesNetworkConfig": null,
             "logging": null, "tags": null, "status": "ACTIVE", "roleArn": null}}
FILE
cat >saved/none.json <<'FILE'
{"cluster": null}
FILE
cat >saved/node-group.json <<'FILE'
{"nodegroup": {"nodegroupName": "ng", "nodegroupArn": "arn:aws:eks:us-west-2:111122223333:nodegroup/demo/ng/1",
               "clusterName": "demo", "version": "1.34", "status": "ACTIVE", "scalingConfig": null,
               "instanceTypes": null, "subnets": null, "amiType": null, "nodeRole": null, "health": null,
               "updateConfig": null, "labels": null, "taints": null, "launchTemplate": null, "remoteAccess": null}}
FILE
quiet saved

finish
