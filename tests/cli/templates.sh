#!/bin/sh
# SPDX-License-Identifier: MIT
# Policies in CloudFormation templates, Terraform plans and strings: what is found there, against golden
# files (UPDATE_GOLDEN=1 rewrites them), where it stands, and what is left undecided.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
golden=$EKSLINT_SOURCE_DIR/testdata/golden/templates
cp "$EKSLINT_SOURCE_DIR"/testdata/templates/* .

# golden STATUS FILE: the findings of a file, one a line.
golden() {
    run check --format oneline "$2"
    expect "$1"
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        cp "$out" "$golden/$2.txt"
    elif ! diff -u "$golden/$2.txt" "$out"; then
        fail "differs from $golden/$2.txt"
    fi
}
golden 3 mistakes.cfn.yaml
golden 1 mistakes.cfn.json
golden 1 plan.json
golden 1 manifests.yaml

# A template without mistakes has no findings, however little of it is known.
for profile in default pedantic; do
    run check --profile $profile --format oneline eks.cfn.yaml
    expect 0
    [ ! -s "$out" ] || fail "the correct template has findings"
done

# What is undecided is one line of the report, and fails a run that asks for it.
run check eks.cfn.yaml
expect 0 "checks could not be decided (iam/"
[ "$(wc -l <"$out")" -le 3 ] || fail "a flood"
run check --fail-on unknown eks.cfn.yaml
expect 1
run diagnose eks.cfn.yaml
expect 0 "more; --format json has all"
[ "$(grep -c '\[iam/' "$out")" -le 5 ] || fail "a flood"

# spelt FILE LINE COLUMN TEXT: what stands there, by another program.
spelt() {
    [ "$(sed -n "$2p" "$1" | cut -c"$3"- | cut -c-${#4})" = "$4" ] || fail "$1:$2:$3 is not $4"
}
run check --format oneline plan.json
line=$(sed -n 's/^plan.json:1:\([0-9]*\): error: .*invalid-effect.$/\1/p' "$out")
spelt plan.json 1 "$line" '\"allow\"'
run check --format oneline mistakes.cfn.yaml
expect 3 "mistakes.cfn.yaml:45:47: warning: 'eks:ListCluster' is"
spelt mistakes.cfn.yaml 45 47 '"eks:ListCluster"'
expect 3 "mistakes.cfn.yaml:51:38: error: the effect is 'allow'"
spelt mistakes.cfn.yaml 51 38 '"allow"'
run check --format json mistakes.cfn.yaml
expect 3 "\"path\": \"\$['Resources']['Role']['Properties']['Policies'][1]['PolicyDocument']\""
expect 3 "\"path\": \"\$['Resources']['Role']['Properties']['Policies'][0]['PolicyDocument']['Statement'][0]['Action'][1]\""
expect 3 "\"kind\": \"iam-policy\""

# A policy that is known only later is undecided once, and names its resource.
run check --format json plan.json
expect 1 '"reason": "aws_iam_role_policy.node: this policy cannot be known before it is deployed"'
[ "$(grep -c policy-unknown "$out")" -eq 1 ] || fail "said more than once"
cat >later.json <<'END'
{"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [
 {"address": "aws_iam_policy.a", "type": "aws_iam_policy",
  "change": {"after": {}, "after_unknown": {"policy": true}}}]}
END
run check later.json
expect 0 "1 unknown"
run check --fail-on unknown later.json
expect 1
run check --no-builtin later.json
expect 4

# A plan shows no secret, though all of it is one line.
printf '%s' '{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"type": "aws_iam_policy",' \
    '"values": {"policy": "{\"Statement\": [{\"Effect\": \"allow\", \"Action\": \"*\"}]}", "pin": "correct-horse"},' \
    '"sensitive_values": {"pin": true}}]}}}' >secret.json
run check secret.json
expect 1 "[iam/invalid-effect]"
expect 1 '"pin":'
expect_no correct-horse

# Rules of a user's for templates: what is known is judged, the rest is undecided.
cat >version.yaml <<'END'
id: acme/version
severity: error
kind: cloudformation
title: An old version
select: $.Resources[?@.Type == 'AWS::EKS::Cluster'].Properties.Version
if-absent: skip
require: version_at_least(@, '1.30')
message: "{@} is old"
END
printf 'Resources:\n  C: {Type: AWS::EKS::Cluster, Properties: {Version: %s}}\n' 1.21 >old.yaml
sed 's/1.21/!Ref Version/' old.yaml >parameter.yaml
run check --no-builtin --rules version.yaml --format oneline old.yaml
expect 1 "old.yaml:2:54: error: 1.21 is old [acme/version]"
run check --no-builtin --rules version.yaml --format json parameter.yaml
expect 0 '"column": 59'
expect 0 '"reason": "a value that it depends on cannot be known from the files"'
sed 's/Properties.Version/Propertys.Version/' version.yaml >wrong.yaml
run check --rules wrong.yaml old.yaml
[ "$status" -eq 2 ] || fail "exit status $status"
grep -qF "did you mean 'Properties'?" "$out" "$err" || fail "no suggestion"

# One bad file stops no other.
printf 'Resources: [\n' >bad.yaml
run check --format oneline bad.yaml eks.cfn.yaml manifests.yaml
expect 3 "manifests.yaml:13:22: warning: "

[ "$failures" -eq 0 ]
