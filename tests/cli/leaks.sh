#!/bin/sh
# SPDX-License-Identifier: MIT
# A secret in a file is a finding, in each kind of file, and a hook fails on it; what stands in its place is none.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# None of these opens anything: they were made up for this test.
id=AKIAQ3EGRZX7TESTKEY2
key=h8Zk2LmQ9xTtR4vBn6YpWc1DsFgJe3Ua5HiKoXuM
gitlab=glpat-x9Kq2ZrT7vLm4NwBs8Yd
rule=secrets/aws-secret-access-key

# finds STATUS RULE FILE: this rule and no other of its family, with no more than four characters.
finds() {
    run check --hook --no-config --select 'secrets/*' --format oneline "$3"
    expect "$1" "[$2]"
    [ "$(grep -c "secrets/" "$out")" = 1 ] || fail "not one finding in $3"
    expect_no "eoXuM"
    expect_no "$key"
}

printf 'variables: {AWS_ACCESS_KEY_ID: %s, AWS_SECRET_ACCESS_KEY: %s}\njob: {script: [x]}\nstages: [a]\n' "$id" "$key" >.gitlab-ci.yml
finds 1 $rule .gitlab-ci.yml
printf 'apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{name: AWS_SECRET_ACCESS_KEY, value: %s}]}]}\n' "$key" >pod.yaml
finds 1 $rule pod.yaml
printf 'apiVersion: v1\nkind: Secret\ndata: {AWS_SECRET_ACCESS_KEY: aDhaazJMbVE5eFR0UjR2Qm42WXBXYzFEc0ZnSmUzVWE1SGlLb1h1TQ==}\n' >secret.yaml
finds 1 $rule secret.yaml
printf 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: x, region: eu-west-1}\nmanagedNodeGroups: [{name: n, preBootstrapCommands: ["export AWS_SECRET_ACCESS_KEY=%s"]}]\n' "$key" >eksctl.yaml
finds 1 $rule eksctl.yaml
printf 'AWSTemplateFormatVersion: "2010-09-09"\nParameters: {SecretKey: {Type: String, Default: %s}, Other: {Default: !Ref X}}\n' "$key" >template.yaml
finds 1 $rule template.yaml
expect_no "unknown"
printf '{"format_version": "1.2", "planned_values": {}, "variables": {"aws_secret_key": {"value": "%s"}}}' "$key" >plan.json
finds 1 $rule plan.json
printf '{"AccessKey": {"AccessKeyId": "%s", "SecretAccessKey": "%s"}}' "$id" "$key" >create-access-key.json
finds 1 $rule create-access-key.json
printf 'apiVersion: v1\nkind: Config\nclusters: []\nusers: [{name: a, user: {token: "%s"}}]\n' "$gitlab" >kubeconfig
finds 1 secrets/kubeconfig-credential kubeconfig
printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\ngitlab: {amazon_eks: {access_key_id: %s, secret_access_key: %s}}\n' "$id" "$key" >gitlab-eks.yaml
finds 0 secrets/gitlab-eks-secret-access-key gitlab-eks.yaml

# The place for it; a pedantic run says so.
mkdir .aws
printf '[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n' "$id" "$key" >.aws/credentials
run check --no-config --select 'secrets/*' .aws/credentials
expect_no "[secrets/"
run check --no-config --profile pedantic .aws/credentials
expect 0 "[secrets/aws-config-secret-access-key]"

# One that is allowed does not hide another.
printf 'apiVersion: v1\nkind: Pod\nspec:\n  # ekslint: allow %s -- x\n  a: {AWS_SECRET_ACCESS_KEY: %s}\n  b: {AWS_SECRET_ACCESS_KEY: %s}\n' "$rule" "$key" "$key" >allowed.yaml
finds 1 $rule allowed.yaml

# What is none.
printf 'apiVersion: v1\nkind: Pod\nspec: {env: [{name: AWS_SECRET_ACCESS_KEY, value: $KEY}, {name: AWS_SECRET_ACCESS_KEY, valueFrom: {x: y}}, {name: AWS_SECRET_ACCESS_KEY, value: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY}, {name: DIGEST, value: %s}]}\n' "$key" >none.yaml
run check --no-config --select 'secrets/*' none.yaml
expect_no "[secrets/"
[ "$status" -eq 0 ] || fail "exit status $status"

finish
