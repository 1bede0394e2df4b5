#!/bin/sh
# SPDX-License-Identifier: MIT
# Which documents are recognised as what, what a folder's walk takes, and what it makes of the odd file.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# Rules that fire on every document of these kinds, one for each.
mkdir "$top/any"
for kind in aws-cli/describe-instance-types aws-cli/describe-instance-type-offerings \
    aws-cli/describe-availability-zones aws-cli/describe-regions aws-cli/describe-route-tables \
    aws-cli/get-user aws-cli/list-role-policies aws-cli/list-attached-role-policies \
    aws-cli/list-groups-for-user aws-cli/get-policy aws-cli/get-policy-version \
    aws-cli/get-account-authorization-details aws-cli/get-caller-identity aws-cli/describe-stacks \
    aws-cli/describe-stack-events aws-cli/describe-cluster aws-cli/list-clusters aws-config \
    gitlab-agent gitlab-ci kubernetes kubernetes/aws-auth kubernetes/list cloudformation \
    terraform-plan iam-in-strings kubeconfig aws-cli/list-nodegroups aws-cli/list-fargate-profiles \
    aws-cli/describe-addon-configuration aws-cli/list-access-policies \
    aws-cli/list-identity-provider-configs aws-cli/describe-identity-provider-config \
    aws-cli/list-insights aws-cli/describe-insight aws-cli/list-updates aws-cli/describe-update \
    aws-cli/describe-change-set aws-cli/list-certificates aws-cli/get-parameter \
    aws-cli/describe-activations aws-cli/list-service-quotas aws-cli/list-hosted-zones \
    kubectl/version eksctl/get-cluster eksctl/get-nodegroup terraform-state terraform-state/file; do
    name=$(echo "$kind" | tr / -)
    cat >"$top/any/$name.yaml" <<END
id: test/$name
severity: warning
kind: $kind
title: A document
select: \$
if-absent: skip
require: "1 == 2"
message: found
END
done
any="--no-builtin --rules $top/any"

expect_kind() {
    # shellcheck disable=SC2086
    run check $any --format json "$EKSLINT_SOURCE_DIR/testdata/kinds/$1"
    expect 0 "\"kind\": \"$2\""
    expect_no '"rule": "syntax/'
}
for name in describe-instance-types describe-instance-type-offerings describe-availability-zones \
    describe-regions describe-route-tables get-user get-policy get-account-authorization-details \
    get-caller-identity describe-stacks describe-stack-events describe-cluster list-clusters \
    list-nodegroups list-fargate-profiles describe-addon-configuration list-access-policies \
    list-identity-provider-configs describe-identity-provider-config list-insights describe-insight \
    list-updates describe-update describe-change-set list-certificates get-parameter \
    describe-activations list-service-quotas list-hosted-zones; do
    expect_kind "$name.json" "aws-cli/$name"
done
# Defaults of quotas, whose ARN has no account, are none of the account's, which may have been raised.
for account in 111122223333 ''; do
    quota="{\"QuotaCode\": \"L-1194D53C\", \"QuotaArn\": \"arn:aws:servicequotas:us-east-1:$account:eks/L-1194D53C\", \"Value\": 100}"
    for json in "{\"Quota\": $quota}" "{\"Quotas\": [$quota]}"; do
        echo "$json" >quota.json
        # shellcheck disable=SC2086
        run check $any --format json quota.json
        if [ -n "$account" ]; then
            expect 0 '"kind": "aws-cli/list-service-quotas"'
        else
            expect_no '"kind": "aws-cli/list-service-quotas"'
        fi
    done
done
# Two accounts have quotas of their own.
mkdir quotas
for account in 111122223333 444455556666; do
    echo "{\"Quotas\": [{\"QuotaCode\": \"L-1194D53C\", \"ServiceCode\": \"eks\"," \
        "\"QuotaArn\": \"arn:aws:servicequotas:us-east-1:$account:eks/L-1194D53C\", \"Value\": ${account#??????????}}]}" >quotas/$account.json
done
run check quotas
expect 0 "no problems in 2 files"
expect_kind list-role-policies.gitlab-eks-provision.json aws-cli/list-role-policies
expect_kind list-attached-user-policies.gitlab.json aws-cli/list-attached-role-policies
expect_kind list-groups-for-user.gitlab.json aws-cli/list-groups-for-user
expect_kind get-policy-version.gitlab.json aws-cli/get-policy-version
expect_kind kubectl-version.json kubectl/version
expect_kind eksctl-get-cluster.json eksctl/get-cluster
expect_kind eksctl-get-nodegroup.json eksctl/get-nodegroup
expect_kind terraform-state.json terraform-state
expect_kind terraform.tfstate.json terraform-state/file
expect_kind aws-config.ini aws-config
expect_kind ../templates/eks.cfn.yaml cloudformation
expect_kind ../templates/mistakes.cfn.json cloudformation
expect_kind ../templates/plan.json terraform-plan
expect_kind ../templates/manifests.yaml iam-in-strings
expect_kind gitlab-agent.yaml gitlab-agent
expect_kind gitlab-ci.yaml gitlab-ci
expect_kind kubernetes.yaml kubernetes
expect_kind aws-auth.yaml kubernetes/aws-auth
expect_kind list.yaml kubernetes/list
expect 0 "\"path\": \"\$['items'][0]\""

# What a folder's walk takes: .gitlab, .aws and .gitlab-ci.yml though they are hidden.
samples=$EKSLINT_SOURCE_DIR/testdata/kinds
mkdir -p repo/.aws repo/.gitlab/agents/prod repo/.git repo/conf repo/helm
for name in kubeconfig prod.kubeconfig old-kubeconfig; do
    cp "$EKSLINT_SOURCE_DIR/testdata/cases/eks/kubeconfig-v1alpha1/repaired/kubeconfig.yaml" "repo/conf/$name"
done
cp "$samples/aws-config.ini" repo/.aws/config
cp "$samples/aws-config.ini" repo/conf/config
cp "$samples/aws-config.ini" repo/conf/extra.ini
cp "$samples/gitlab-agent.yaml" repo/.gitlab/agents/prod/config.yaml
cp "$samples/gitlab-agent.yaml" repo/.git/config.yaml
cp "$samples/gitlab-ci.yaml" repo/.gitlab-ci.yml
# shellcheck disable=SC2086
run check $any --format oneline repo
names=$(cut -d: -f1 "$out" | tr '\n' ' ')
[ "$names" = "repo/.aws/config repo/.gitlab-ci.yml repo/.gitlab/agents/prod/config.yaml repo/conf/extra.ini repo/conf/kubeconfig repo/conf/prod.kubeconfig " ] ||
    fail "took '$names'"
# shellcheck disable=SC2086
run check $any --format oneline repo/conf/config
expect 0 "repo/conf/config:1:1: warning: found"

# Templates and other programs' INI are no errors where they are met, and are where they are named.
printf 'apiVersion: v1\n{{- if .Values.x }}\nkind: {{ .Values.y }}\n{{- end }}\n' >repo/helm/x.yaml
printf '[tox]\nno key\n' >repo/tox.ini
# shellcheck disable=SC2086
run check $any --format oneline repo
expect 0 "repo/helm/x.yaml:2:1: info: this is a template and no YAML or JSON before it is rendered"
expect_no tox.ini
printf '{"a": 1, // of another program\n "b": 2}\n' >repo/tsconfig.json
printf '{"a": {{ .Values.a }}}\n' >repo/helm/x.json
# shellcheck disable=SC2086
run check $any --format oneline repo
expect 0 "repo/helm/x.json:1:7: info: this is a template"
expect 0 "repo/tsconfig.json:1:10: info: this JSON has comments"
printf '{"Statement": [], // mine\n "b": 2}\n' >repo/policy.json
# shellcheck disable=SC2086
run check $any --format oneline repo repo/tsconfig.json
expect 3 "repo/policy.json:1:19: error: "
expect 3 "repo/tsconfig.json:1:10: error: "
rm repo/policy.json repo/tsconfig.json
# shellcheck disable=SC2086
run check $any --format oneline repo/helm/x.yaml repo/tox.ini repo/helm
expect 3 "repo/helm/x.yaml:2:1: error: "
expect 3 "repo/tox.ini:2:1: error: expected 'key = value'"
printf 'a: b\n c: d\n' >repo/helm/broken.yaml
# shellcheck disable=SC2086
run check $any --format oneline repo
expect 3 "repo/helm/broken.yaml:2:3: error: "

# Secrets are in no output: not in that of a rule, nor of a finding about their line, nor of a query.
cat >credentials <<'END'
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
AWS_SECRET_ACCESS_KEY = NotToBePrinted
 aws_session_token = NotToBePrinted
END
cat >"$top/any/secret.yaml" <<'END'
id: test/secret
severity: warning
kind: aws-config
title: A secret
select: $[*][*]
if-absent: skip
require: "1 == 2"
message: "value {@}"
END
for format in text oneline json; do
    # shellcheck disable=SC2086
    run check $any --format "$format" credentials
    expect 3 "AKIAIOSFODNN7EXAMPLE"
    expect_no NotToBePrinted
done
sed '4d' credentials >config
run query '$' config
expect 0 '"aws_secret_access_key":"***"'

# What a state marks as sensitive, by paths or by marks beside the values, and a parameter with a secret.
cat >state.json <<'END'
{"version": 4, "lineage": "l", "serial": 1, "resources": [{"mode": "managed", "type": "random_id", "name": "x", "instances":
[{"attributes": {"shown": "seen", "hex": "NotToBePrinted"}, "sensitive_attributes": [[{"type": "get_attr", "value": "hex"}]]}]}]}
END
run query '$..attributes' state.json
expect 0 '"shown":"seen"'
expect_no NotToBePrinted
cat >shown.json <<'END'
{"format_version": "1.0", "values": {"root_module": {"resources": [{"mode": "managed", "type": "random_id", "name": "x",
"values": {"shown": "seen", "hex": "NotToBePrinted"}, "sensitive_values": {"hex": true}}]}}}
END
run query '$..values' shown.json
expect 0 '"shown":"seen"'
expect_no NotToBePrinted
sed 's/"String"/"SecureString"/' "$samples/get-parameter.json" >parameter.json
# shellcheck disable=SC2086
run check $any --format json parameter.json
expect 4 '"findings": []'

# One bad file does not stop the others.
mkdir bad
cp "$EKSLINT_SOURCE_DIR"/testdata/cases/gitlab/access-denied/*.* bad/
printf 'not a policy' >bad/provision-role.policy.json
run check --format oneline bad
expect 3 "bad/provision-role.policy.json:1:1: error: "
expect 3 "[gitlab/external-id-mismatch]"
rm bad/provision-role.policy.json
run check --format oneline bad
expect 1 "[case/missing-file]"
expect 1 "[gitlab/external-id-mismatch]"
finish
