#!/bin/sh
# SPDX-License-Identifier: MIT
# --fix, --unsafe and --diff: what is changed and what is not, what is written where, and that no fault leaves half a
# file.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# same FILE TEXT: the whole content.
same() {
    printf '%s\n' "$2" >"$top/want"
    cmp -s "$1" "$top/want" || fail "$1 is: $(cat "$1")"
}

policy='{"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": [%s], "Resource": "*"}]}\n'
# shellcheck disable=SC2059
wrong() { printf "$policy" allow '"s3:Get*", "s3:GetObject"'; }
# shellcheck disable=SC2059
right=$(printf "$policy" Allow '"s3:Get*"')

# ---- what is said ----

wrong >a.json
run a.json
expect 1 "fixable: with --fix"
expect 1 "2 findings can be fixed with --fix"
run --lang ja a.json
expect 1 "自動修正: --fix で修正できます"
expect 1 "--fix で修正できるもの: 2 件"
run --format json a.json
expect 1 '"text": "\"Allow\""'
expect 1 '"editsSafe": true'
run --format json --ignore iam/invalid-effect --ignore iam/redundant-action a.json
expect 0
expect_no '"edits"'
run --format sarif a.json
expect 1 '"deletedRegion"'
expect 1 '"insertedContent"'

# The edits of a report are those that are made.
run --format json --select iam/invalid-effect a.json
offset=$(sed -n '/"edits"/,/]/s/.*"offset": \([0-9]*\).*/\1/p' "$out")
[ "$(tail -c +$((offset + 1)) a.json | head -c 7)" = '"allow"' ] || fail "offset $offset is of something else"

# ---- what is done ----

wrong >a.json
run --diff a.json
expect 1 "--- a/a.json"
expect 1 '+{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*"}]}'
[ "$(cat a.json)" = "$(wrong)" ] || fail "--diff has written"
if command -v patch >"$err" 2>&1; then
    cp a.json patched.json
    sed 's/a\.json/patched.json/' "$out" | patch -s -p1 || fail "patch(1) refuses the diff"
    same patched.json "$right"
fi
chmod 640 a.json
run --fix a.json
expect 0 "no problems"
same a.json "$right"
grep -qF "2 findings fixed in 1 file" "$err" || fail "no word about it"
[ "$(ls -l a.json | cut -c1-10)" = "-rw-r-----" ] || fail "other permissions"
run --fix a.json
expect 0
same a.json "$right"
[ ! -s "$err" ] || fail "says something where nothing is done"

# Comments, order, quotes, line ends and everything else outside of an edit stay.
printf '# head\r\nVersion: "2012-10-17"\r\nStatement:\r\n  - Effect: ALLOW   # why\r\n    Action:\r\n      # needed\r\n      - s3:Get* # all\r\n      # not needed\r\n      - s3:GetObject # one\r\n    Resource: '"'*'"' # everything\r\n# tail\r\n' >c.yaml
run --fix c.yaml
expect 0
printf '# head\r\nVersion: "2012-10-17"\r\nStatement:\r\n  - Effect: Allow   # why\r\n    Action:\r\n      # needed\r\n      - s3:Get* # all\r\n    Resource: '"'*'"' # everything\r\n# tail\r\n' >want
cmp -s c.yaml want || fail "c.yaml is: $(cat c.yaml)"

# A byte order mark stays, too.
{ printf '\357\273\277'; wrong; } >bom.json
run --fix bom.json
expect 0
{ printf '\357\273\277'; printf '%s\n' "$right"; } >want
cmp -s bom.json want || fail "the byte order mark is gone"

# A diff holds the mark as well, or it would not fit the file.
if command -v patch >"$err" 2>&1; then
    { printf '\357\273\277'; wrong; } >bom.json
    run --diff bom.json
    (cd "$top/work" && patch -s -p1 <"$out") || fail "patch(1) refuses the diff of a file with a mark"
    cmp -s bom.json want || fail "the patched file is: $(cat bom.json)"
fi

# No two edits give an object two members of one name: the first is made, the other one is refused then.
printf 'Version: "2012-10-17"\nStatement:\n- EFFECT: Allow\n  effect: Deny\n  Action: s3:GetObject\n  Resource: "*"\n- effect: Deny\n  Action: s3:PutObject\n  Resource: "*"\n' >names.yaml
run --fix --kind iam-policy names.yaml
expect 1 "'effect' is no element"
expect_no syntax/duplicate-key
grep -qF "names.yaml:4:3: not fixed: there is a member of this name already" "$err" || fail "no word about the name"
printf 'Version: "2012-10-17"\nStatement:\n- Effect: Allow\n  effect: Deny\n  Action: s3:GetObject\n  Resource: "*"\n- Effect: Deny\n  Action: s3:PutObject\n  Resource: "*"\n' >want
cmp -s names.yaml want || fail "names.yaml is: $(cat names.yaml)"
printf '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}], "version": "2012-10-17"}\n' >names.json
run --fix --kind iam-policy names.json
expect 0 "no problems"
same names.json '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}], "Version": "2012-10-17"}'

# A name is one line of a diff, whatever it holds.
name=$(printf 'a b\n+++ "\\ \303\274.json')
wrong >"$name"
wrong >'a b.json'
run --diff "$name" 'a b.json'
expect 1 '--- "a/a b\012+++ \"\\ ü.json"'
if command -v patch >"$err" 2>&1; then
    patch -s -p1 <"$out" || fail "patch(1) refuses the diff"
    same "$name" "$right"
    same 'a b.json' "$right"
fi
rm -f "$name"

# What could not be read before is no fault of an edit beside it.
cat >broken.yaml <<'END'
AWSTemplateFormatVersion: 2010-09-09
Resources:
  A:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: allow, Action: 's3:GetObject', Resource: '*'}]}
  B:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: |
        {"Version": "2012-10-17"
         "Statement": []}
END
run --fix broken.yaml
expect 3 syntax/json
expect_no 'make matters worse'
grep -qF "[{Effect: Allow, " broken.yaml || fail "not mended: $(cat broken.yaml)"

# What an alias shares is nobody's to change; what stands in saved output is what AWS said.
printf 'Version: "2012-10-17"\nStatement:\n- Effect: Allow\n  Action: &a [s3:Get*, s3:GetObject]\n  Resource: "*"\n- Effect: Deny\n  Action: *a\n  Resource: "*"\n' >alias.yaml
cp alias.yaml want
run --fix alias.yaml
cmp -s alias.yaml want || fail "what an alias shares was changed"
grep -qF "alias.yaml:4:15: not fixed: an anchor shares the value with other places [iam/redundant-action]" "$err" ||
    fail "no word about the anchor"
printf '{"RoleName": "r", "PolicyName": "p", "PolicyDocument": %s}\n' "$(wrong)" >get-role-policy.json
cp get-role-policy.json want
run --fix get-role-policy.json
cmp -s get-role-policy.json want || fail "evidence was changed"
grep -qF "not fixed: the file says what a program printed" "$err" || fail "no word about the record"

# What is tolerated stays.
printf 'Version: "2012-10-17"\nStatement:\n# ekslint: allow iam/redundant-action -- both are named in the audit\n- Effect: Allow\n  Action: [s3:Get*, s3:GetObject]\n  Resource: "*"\n' >tolerated.yaml
cp tolerated.yaml want
run --fix tolerated.yaml
expect 0
cmp -s tolerated.yaml want || fail "what is tolerated was changed"

# A policy inside of a string is mended there.
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  p.json: |\n    %s\n' "$(wrong)" >map.yaml
run --fix map.yaml
grep -qF "    $right" map.yaml || fail "map.yaml is: $(cat map.yaml)"

# A diff shows no secret, though it stands beside what is changed; the file keeps it.
cat >secret.yaml <<'END'
apiVersion: ekslint/v1
kind: GitLabEKSIntegration
gitlab:
  amazon_eks:
    access_key_id: AKIAIOSFODNN7EXAMPLE
    secret_access_key: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYxx
    account_id: 111122223333
END
run --diff secret.yaml
expect 1 '+    account_id: "111122223333"'
expect_no wJalrXUtnFEMI
run --fix secret.yaml
grep -qF wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYxx secret.yaml || fail "the secret is gone from the file"
grep -qF 'account_id: "111122223333"' secret.yaml || fail "secret.yaml is: $(cat secret.yaml)"
expect_no wJalrXUtnFEMI

# ---- unsafe ----

cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/correct" case
chmod -R u+w case
sed -i '/iam:CreateRole"/d' case/provision-role.policy.json
cp case/provision-role.policy.json before
run --fix case
cmp -s before case/provision-role.policy.json || fail "something was granted without --unsafe"
run --fix --unsafe case
grep -qF '"iam:CreateRole"' case/provision-role.policy.json || fail "the action is not there"
# What one edit lets other rules see is not its fault.
cat >seen.yaml <<'END'
apiVersion: ekslint/v1
kind: GitLabEKSIntegration
provision_role:
  arn: "arn:aws:iam::123456789012:role/x "
  managed_policies: []
  policies:
    - Version: "2012-10-17"
      Statement: {Effect: Allow, Action: "iam:*", Resource: "*"}
END
run --fix --unsafe --select gitlab/role-arn-invalid --select gitlab/form-action-missing \
    --select gitlab/stack-action-missing seen.yaml
expect 0
for action in iam:* ec2:DescribeVpcs eks:CreateCluster; do
    grep -qF "\"$action\"" seen.yaml || fail "no $action in: $(cat seen.yaml)"
done
run --diff case nowhere
expect 3
grep -qF "nowhere: error: cannot be read" "$err" || fail "no word about what was not read"
run --unsafe case
expect_error 2 "--unsafe goes with --fix or --diff"
run --diff --output x case
expect_error 2 "--diff prints none"

# ---- standard input ----

wrong >in.json
input=in.json
run --fix --stdin-filename x.json -
expect 0
same "$out" "$right"
grep -qF "no problems" "$err" || fail "no report on standard error"
run --diff -
expect 1 "+++ b/stdin"

# A file of the same name is another one, but where the name was given: then it is the text that is not saved yet.
wrong >stdin
run --fix - ./stdin
expect 0
same "$out" "$right"
same stdin "$right"
rm stdin
mkdir editor
printf 'Statement: []\n' >editor/x.json
cp editor/x.json want
run --fix --stdin-filename editor/x.json - editor
expect 0
same "$out" "$right"
cmp -s editor/x.json want || fail "a file that was not read is another"
grep -qF "in 1 file " "$err" || fail "the file is judged beside its text"
input=/dev/null

# ---- files that are not what they seem ----

wrong >target.json
ln -s target.json link.json
run --fix link.json
expect 0
[ -h link.json ] || fail "the link is replaced"
same target.json "$right"
wrong >target.json
run --fix link.json target.json "$PWD/target.json"
expect 0 "no problems"
same target.json "$right"
[ -h link.json ] || fail "the link is replaced where its target is named, too"
wrong >one.json
ln one.json two.json
run --fix one.json
same one.json "$right"
[ "$(cat two.json)" = "$(wrong)" ] || fail "the other name has the new text"
grep -qF "'one.json' was known by another name, too" "$err" || fail "no word about the other name"
if [ "$(id -u)" -ne 0 ]; then
    mkdir locked
    wrong >locked/a.json
    chmod 500 locked
    wrong >b.json
    wrong >readonly.json
    chmod 400 readonly.json
    run --fix locked/a.json readonly.json b.json
    expect 3
    [ "$(cat locked/a.json)" = "$(wrong)" ] || fail "a file in a locked folder is another"
    [ "$(cat readonly.json)" = "$(wrong)" ] || fail "a read-only file is another"
    same b.json "$right"
    grep -qF "'locked/a.json' cannot be written: Permission denied" "$err" || fail "no word about the folder"
    grep -qF "'readonly.json' cannot be written: Permission denied" "$err" || fail "no word about the file"
fi

# ---- rules whose edits are wrong ----

mkdir mine
cat >mine/grow.yaml <<'END'
id: mine/grow
severity: error
kind: iam-policy
title: An action is one
select: $.Statement[*].Action[0]
if-absent: skip
require: "@ == 'x'"
message: "'{@}' is an action"
edits:
  safe: true
  steps:
    - replace: '@'
      with: "{@}a"
END
wrong >w.json
cp w.json want
run --rules mine --fix --select 'mine/*' w.json
expect 5
cmp -s w.json want || fail "a fix without end was written"
grep -qF "the fixes of 'w.json' do not come to an end" "$err" || fail "no word about it"
sed -i "s/replace: '@'/replace: \$.Statement[0].Effect/; s/\"{@}a\"/Perhaps/" mine/grow.yaml
# shellcheck disable=SC2059
printf "$policy" Allow '"s3:Get*", "s3:GetObject"' >w.json
run --rules mine --fix --select 'mine/*' --select 'iam/*' w.json
expect 5
grep -qF "the edits of the rule 'mine/grow' make matters worse" "$err" || fail "no word about the rule"
same w.json "$right"
printf '%s\n' 'edits: {safe: true, steps: [{replace: $.Nowhere, delete: "@"}]}' >>mine/grow.yaml
run --rules mine w.json
expect_error 2 "mine/grow.yaml"

# ---- faults: the old file or the new one, and nothing beside it ----

last="fault injection"
if ${CC:-cc} -shared -fPIC -o "$top/fault.so" "$EKSLINT_SOURCE_DIR/tests/fault_io.c" >"$err" 2>&1; then
    faults=0
    for kill in '' yes; do
        at=1
        while [ "$at" -le 20 ]; do
            mkdir f
            wrong >f/a.json
            ASAN_OPTIONS="$ASAN_OPTIONS:verify_asan_link_order=0:detect_leaks=0" FAULT_AT=$at \
                ${kill:+env FAULT_KILL=1} env LD_PRELOAD="$top/fault.so" \
                "$EKSLINT_BINARY" --fix f/a.json >"$out" 2>"$err"
            status=$?
            last="fault $at${kill:+, killed}"
            case "$(cat f/a.json)" in
            "$(wrong)") [ "$status" -ne 0 ] || fail "an unwritten file and no word" ;;
            "$right") ;;
            *) fail "half a file: $(cat f/a.json)" ;;
            esac
            [ -n "$kill" ] || [ "$(ls -A f)" = a.json ] || fail "something is left: $(ls -A f)"
            [ "$status" -eq 0 ] || faults=$((faults + 1))
            rm -rf f
            [ "$status" -eq 0 ] && [ "$at" -gt 4 ] && break
            at=$((at + 1))
        done
    done
    last="a file that changes meanwhile"
    wrong >changing.json
    ASAN_OPTIONS="$ASAN_OPTIONS:verify_asan_link_order=0:detect_leaks=0" FAULT_CHANGE=1 \
        env LD_PRELOAD="$top/fault.so" "$EKSLINT_BINARY" --fix changing.json >"$out" 2>"$err"
    [ $? -eq 3 ] || fail "another exit status than 3"
    grep -qF "iam/invalid-effect" "$out" || fail "the report is of a file that was not written"
    [ "$(cat changing.json)" = "$(wrong)" ] || fail "the change of somebody else is lost"
    grep -qF "'changing.json' has changed since it was read, and is left as it is" "$err" ||
        fail "no word about the change"
    last="fault injection"
    [ "$faults" -ge 6 ] || fail "only $faults faults did anything"
else
    fail "the library of faults cannot be built"
fi

finish
