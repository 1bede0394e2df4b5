#!/bin/sh
# SPDX-License-Identifier: MIT
# Verdicts on cases as people have them: each starts from the correct example and changes one thing.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

fresh() {
    rm -rf case
    cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/correct" case
    chmod -R u+w case
}

# trust STATEMENTS: another trust policy for the provision role.
trust() {
    fresh
    printf '{"Version": "2012-10-17", "Statement": %s}\n' "$1" >case/provision-role.trust.json
}

# change SED-COMMAND: in the settings.
change() {
    fresh
    sed "$1" case/gitlab-eks.yaml >new && mv new case/gitlab-eks.yaml
}

judge() {
    run check --format oneline case
}

id=0123456789abcdef0123456789abcdef01234567
allow="{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sts:AssumeRole\","
allow="$allow \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"$id\"}}}"

fresh
judge
expect 0
[ ! -s "$out" ] || fail "the correct case has findings"

trust "[$allow, {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sts:*\"}]"
judge
expect 1 "[gitlab/trust-policy-refuses]"

# A condition that the files cannot decide is undecided, not passed.
trust "[$(printf '%s' "$allow" | sed 's/"StringEquals"/"IpAddress": {"aws:SourceIp": "10.0.0.0\/8"}, "StringEquals"/')]"
run check --fail-on unknown case
expect 1 "gitlab/trust-policy-refuses"

# MFA is not among what GitLab can send.
trust "[$(printf '%s' "$allow" | sed 's/"StringEquals"/"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals"/')]"
judge
expect 1 "[gitlab/trust-policy-wants-mfa]"

# A rule that runs over rows lacks the same policies for each of them; they are listed once.
change '/^  policies: .provision-role/d; /^  managed_policies/d'
run check --format json case
count=$(grep -c '"collect": "aws iam get-role-policy --role-name gitlab-eks-provision' "$out")
rules=$(grep '"rule": ' "$out" | sort -u | wc -l)
[ "$count" -gt 3 ] && [ "$count" -le "$rules" ] || fail "$count times for $rules rules"

for statements in '[]' '{"Effect": "Deny", "Principal": "*", "Action": "sts:*"}'; do
    trust "$statements"
    judge
    expect 1 "[gitlab/trust-policy-lacks-account]"
done

# A denial shows its witness: the request that fails, at the statement nearest to allowing it.
cat >witness.yaml <<'END'
id: mine/witness
severity: error
kind: case
title: Who GitLab is may assume the role
select: $.gitlab.gitlab.amazon_eks.identity
if-absent: skip
require: allows($.users[?@.arn == this()], 'sts:AssumeRole', $.gitlab.provision_role.arn)
message: it may not
tests:
  - fails: {}
END
witness() {
    run check --rules witness.yaml --select mine/witness "$@" case
}
fresh
sed 's/gitlab-eks-\*/other-*/' case/gitlab-user.policy.json >new && mv new case/gitlab-user.policy.json
witness
expect 1 "case/gitlab-user.policy.json:6:17: note: the nearest Allow to sts:AssumeRole on"
expect 1 "is about other resources"
witness --lang ja
expect 1 "に最も近いAllowですが、対象のリソースが異なります"
witness --format json
expect 1 '"line": 6,'
fresh
sed 's/"Statement": {/"Statement": [{"Effect": "Deny", "Action": "sts:*", "Resource": "*"}, {/; s/^  }$/  }]/' \
    case/gitlab-user.policy.json >new && mv new case/gitlab-user.policy.json
witness
expect 1 "note: this Deny matches sts:AssumeRole on"

# Keys of conditions have no letter case.
trust "$(printf '%s' "$allow" | sed 's/sts:ExternalId/STS:externalID/')"
judge
expect 0
expect_no external-id
trust "$(printf '%s' "$allow" | sed 's/sts:ExternalId/STS:externalID/; s/cdef01/cdef99/')"
judge
expect 1 "[gitlab/external-id-mismatch]"

# Documents of the wrong types are no policies, wherever they stand.
for policy in '{"Statement": null}' '{"Statement": [{"Effect": "Allow", "Action": 5, "Resource": "*"}]}' \
    '{"Statement": [{"Effect": "Allow", "Actions": "*", "Action": "*", "Resource": "*"}]}'; do
    printf '%s\n' "$policy" >policy.json
    run check --format oneline policy.json
    expect 1 "IAM refuses the policy"
done
change 's/policies: \[provision-role.policy.json\]/policies: [provision-role.policy.json, {Version: "2012", Statement: [{Effect: allow}]}]/'
judge
expect 1 "[iam/invalid-effect]"

change 's/^kind: GitLabEKSIntegration/kind: gitlabeksintegration/'
judge
expect 1 "expected 'GitLabEKSIntegration'"

# A listing is of the role whose name stands between dots in the file's name.
for name in eks-cluster-2 my-eks-cluster; do
    fresh
    mv case/list-attached-role-policies.eks-cluster.json "case/list-attached-role-policies.$name.json"
    judge
    expect 0 "[case/role-unknown]"
done

# Saved output stands for the policy in it.
fresh
printf '{"PolicyVersion": {"Document": %s, "VersionId": "v1"}}\n' "$(cat case/provision-role.policy.json)" >p
mv p case/provision-role.policy.json
judge
expect 0
[ ! -s "$out" ] || fail "get-policy-version is not read as a policy"
change '/policies: \[gitlab-user/d'
printf '{"UserName": "gitlab", "PolicyName": "x", "PolicyDocument": %s}\n' \
    "$(cat case/gitlab-user.policy.json)" >case/get-user-policy.json
rm case/gitlab-user.policy.json
judge
expect 0
[ ! -s "$out" ] || fail "get-user-policy is not joined to the user"

# The order of arguments does not matter, not even where two files contradict each other.
change '/trust_policy:/d'
role='"RoleName": "gitlab-eks-provision", "Arn": "arn:aws:iam::123456789012:role/gitlab-eks-provision"'
printf '{"Role": {%s, "AssumeRolePolicyDocument": {"Statement": %s}}}\n' "$role" "$allow" >case/a.json
printf '{"Role": {%s, "AssumeRolePolicyDocument": {"Statement": []}}}\n' "$role" >case/b.json
run check --format json case/gitlab-eks.yaml case/a.json case/b.json case/ap-northeast-1
cp "$out" "$top/first"
run check --format json case/ap-northeast-1 case/b.json case/a.json case/gitlab-eks.yaml
cmp -s "$out" "$top/first" || fail "another order, another report"

# A bad line of JSON lines stops only itself.
printf '{"Statement": []}\n{bad\n{"Statement": [{"Effect": "y", "Action": "*", "Resource": "*"}]}\n' >l.jsonl
run check --format oneline l.jsonl
expect 3 "l.jsonl:2:2"
expect 3 "l.jsonl:3:"

# In a rule a key that stands twice, and a second rule of the same id, are mistakes.
mkdir rules
cat >rules/a.yaml <<'RULE'
id: mine/a
severity: error
kind: case
title: t
select: $.gitlab
if-absent: skip
require: $.gitlab
require: '!$.gitlab'
message: m
RULE
fresh
run check --rules rules case
expect_error 2 "stands twice"
sed '$!{/^require: \$/d}' rules/a.yaml >new && mv new rules/a.yaml
cp rules/a.yaml rules/b.yaml
run check --rules rules case
expect_error 2 "stands in 'rules/a.yaml' already"

# One file named many times is one policy.
change "s/policies: \[provision-role.policy.json\]/policies: [$(yes provision-role.policy.json | head -3000 | paste -sd, -)]/"
judge
expect 0
[ ! -s "$out" ] || fail "a policy named often has findings"

# A secret is in no output, whatever is wrong around it.
secret=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY
mkdir s
settings() {
    printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\ngitlab:\n  amazon_eks:\n'
    printf "$1" "$secret" "$secret"
}
settings '    secret_access_key: %s\n    secret_access_key: %s\n' >s/duplicate.yaml
settings '    secret_access_key:\n\t%s\n#%.0s' >s/tab.yaml
settings "    secret_access_key: '%s\n    x: y\n#%.0s" >s/open.yaml
settings '    secret_access_key: [%s]\n#%.0s' >s/type.yaml
settings '    secret_acces_key: %s\n#%.0s' >s/misspelt.yaml
printf '{"kind": "GitLabEKSIntegration", "gitlab": {"amazon_eks": {"secret_access_key": "%s",}}}' \
    "$secret" >s/comma.json
for format in text oneline json; do
    run check --format "$format" s
    expect_no "$secret"
done
run check --rules s case
expect_no "$secret"
for file in s/*; do
    run query '$..*' "$file"
    expect_no "$secret"
done

finish
