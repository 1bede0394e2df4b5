#!/bin/sh
# SPDX-License-Identifier: MIT
# `simulate`: documented requests, skeletons, JSON lines with broken ones among them, and hostile inputs.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

data=$EKSLINT_SOURCE_DIR/testdata/simulate
golden=$EKSLINT_SOURCE_DIR/testdata/golden/simulate

expect_golden() {
    cmp -s "$out" "$golden/$1" || { diff "$golden/$1" "$out" | head -40; fail "not as golden/simulate/$1"; }
}

# lines EXPECTED: so many lines of output.
lines() {
    [ "$(wc -l <"$out")" -eq "$1" ] || fail "$(wc -l <"$out") lines of output, not $1"
}

# AWS CLI Command Reference, "simulate-custom-policy", examples 1 and 2; the positions are those of the page.
run simulate "$data/documented.json"
expect 0
expect_golden documented.json
tr -d ' \n' <"$out" >joined
grep -qF '"StartPosition":{"Line":1,"Column":38},"EndPosition":{"Line":1,"Column":167}' joined ||
    fail "not at the documented positions"
[ ! -s "$err" ] || fail "writes to standard error"
sed s/2019-04/2014-04/ "$data/documented.json" >before.json
run simulate before.json
expect 0 '"EvalDecision": "implicitDeny"'
expect 0 '"MatchedStatements": []'
expect 0 "the condition DateGreaterThan wants aws:CurrentTime to be '2018-08-16T12:00:00Z'; the request has '2014-04-25T11:00:00Z'"

# The skeleton of --generate-cli-skeleton as it comes, and filled in.
run simulate "$data/skeleton.json"
expect 3 '"Errors"'
grep -qF "skeleton.json:8:20: error: 'ActionNames' names no action; write at least one, such as ec2:DescribeVpcs" "$err" ||
    fail "does not say what to fill in"
sed -e '/"ActionNames"/,/\]/s/""/"ec2:DescribeVpcs"/' "$data/skeleton.json" >named.json
run simulate named.json
expect 0 '"EvalDecision": "implicitDeny"'
sed -e '/"PolicyInputList"/,/\]/s/""/"{\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"ec2:*\\",\\"Resource\\":\\"*\\"}}"/' \
    -e 's/"ResourceHandlingOption": ""/"ResourceHandlingOption": "EC2-VPC-InstanceStore"/' \
    -e 's/"MaxItems": 0/"MaxItems": 100/' named.json >filled.json
run simulate filled.json
expect 0 '"EvalDecision": "allowed"'

# Six denials across accounts, and what is allowed: each names its cause and where it stands.
run simulate "$data/denials.jsonl"
expect 0
lines 8
expect_golden denials.jsonl
{
    echo '"EvalDecision":"allowed"'
    echo '"DecidedBy":"resource".*its Principal does not name arn:aws:iam::111122223333:user/gitlab.*"Column":74}'
    echo "\"DecidedBy\":\"resource\".*wants sts:ExternalId to be 'abc'; the request has 'xyz'.*\"Column\":201}"
    echo '"MissingContextValues":\["sts:ExternalId"\].*the request has no such key'
    echo "\"DecidedBy\":\"identity\".*not about sts:AssumeRole but about 'eks:\\*'.*\"SourcePolicyId\":\"PolicyInputList.1\""
    echo '"EvalDecision":"explicitDeny".*"SourcePolicyId":"PolicyInputList.2".*a Deny of the policy of the caller matches'
    echo '"DecidedBy":"scp".*"AllowedByOrganizations":false.*"SourcePolicyId":"ServiceControlPolicyInputList.2.1"'
    echo '"DecidedBy":"boundary".*"AllowedByPermissionsBoundary":false.*"PermissionsBoundaryPolicyInputList.1"'
} >wanted
number=1
while IFS= read -r pattern; do
    sed -n "${number}p" "$out" | grep -q -e "$pattern" || fail "line $number without: $pattern"
    number=$((number + 1))
done <wanted

# What a statement leaves out or lacks is said so.
reason() {
    printf '{"ActionNames":["s3:GetObject"],"PolicyInputList":[{"Statement":{"Effect":"Allow",%s}}]}\n' "$1" >reason.json
    run simulate reason.json
    expect 0 "in the nearest one, $2"
}
reason '"NotAction":"s3:*","Resource":"*"' "its NotAction leaves out s3:GetObject with 's3:*'"
reason '"Action":[],"Resource":"*"' 'its Action is empty'
reason '"Action":"*","Resource":[]' 'its Resource is empty'
reason '"Action":"*","Resource":"*","Condition":{"StringEquals":{"k":[]}}' 'the condition StringEquals wants k to be one of an empty list'

# What no policy can allow is said as such.
sed 's/user\/gitlab",/user\/gitlab"/; s/"CallerArn": "[^"]*"/"CallerArn": "arn:aws:iam::111122223333:root",/' "$data/assume-role.json" >root.json
run simulate root.json
expect 0 "the root user of an account cannot assume roles; call as a user or role"
sed 's/111122223333:root"/111122223333:oidc-provider\/i"/; s/"AWS"/"Federated"/; s/user\/gitlab/oidc-provider\/i/' "$data/assume-role.json" >provider.json
run simulate provider.json
expect 0 "STS looks for the provider in the role's account"

# Policies as objects have the positions of the input; of a later statement, the one before it ends there.
run simulate "$data/assume-role.json"
expect 0 '"Element": "condition"'
expect_golden assume-role.json
cat >two.json <<'END'
{"PolicyInputList": [{"Statement": [
  {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
  {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}], "ActionNames": ["ec2:Run", "s3:Get"]}
END
run simulate two.json
expect 0
tr -d ' \n' <"$out" >joined
grep -qF '"StartPosition":{"Line":2,"Column":57},"EndPosition":{"Line":3,"Column":58}' joined || fail "second statement"
grep -qF '"StartPosition":{"Line":1,"Column":37},"EndPosition":{"Line":2,"Column":57}' joined || fail "first statement"

# One object, an array, JSON lines, standard input, and the program's other ways to read.
good_request='{"PolicyInputList":["{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"],"ActionNames":["a:B"]}'
echo "[$good_request, $good_request]" >array.json
run simulate array.json
expect 0
[ "$(grep -c '"EvalDecision": "allowed"' "$out")" -eq 2 ] || fail "not two results"
echo "[]" >none.json
run simulate none.json
expect 0 "[]"
echo "$good_request" >one.json
input=one.json
for arguments in "simulate" "simulate -"; do
    # shellcheck disable=SC2086
    run $arguments
    expect 0 '"EvalDecision": "allowed"'
done
input=/dev/null
run simulate one.json two.json
expect_error 2 "simulate takes one file"
run simulate no-such-file.json
expect_error 3 "'no-such-file.json'"

# Broken lines are answered as such, the others all the same.
{
    echo "$good_request"
    echo '{"ActionNames": ["a:B"'
    echo '{"ActionNames": "a:B"}'
    echo '{"ActionNames":["a:*"]}'
    echo '{"PolicyInputList":["{\"Statement\":[{\"Efect\":\"Allow\"}]}"],"ActionNames":["a:B"]}'
    echo "$good_request"
} >broken.jsonl
run simulate broken.jsonl
expect 3
lines 6
grep -qF "broken.jsonl:3:1: error: expected ',' or ']'" "$err" || fail "the broken line is not told"
grep -qF "broken.jsonl:3:17: error: 'ActionNames' takes a list of strings" "$err" || fail "the line behind it is not told"
grep -qF "broken.jsonl:4:17: error: 'a:*' is no action" "$err" || fail "the wildcard is not told"
grep -qF "did you mean 'Effect'?" "$err" || fail "no suggestion"
[ "$(grep -c '"allowed"' "$out")" -eq 2 ] || fail "the good lines are not answered"
sed 's/$/\r/' "$data/denials.jsonl" >crlf.jsonl
run simulate crlf.jsonl
expect 0
expect_golden denials.jsonl
{ printf '\357\273\277'; cat one.json; } >bom.json
run simulate bom.json
expect 0 '"EvalDecision": "allowed"'

# Wrong requests: every message says where and what.
# wrong REQUEST TEXT
wrong() {
    printf '%s' "$1" >wrong.json
    run simulate wrong.json
    expect 3 '"Errors"'
    grep -qF -e "$2" "$err" || fail "standard error without: $2"
}
wrong '' "wrong.json:1:1: error: the input is empty"
wrong ' ' "the input is empty"
wrong '7' "a request is an object with 'PolicyInputList' and 'ActionNames'"
wrong '{"ActionName":["a:B"]}' "wrong.json:1:2: error: unknown key 'ActionName'; did you mean 'ActionNames'?"
wrong '{"ActionNames":["DescribeVpcs"]}' "'DescribeVpcs' is no action; write service:Action"
wrong '{"ActionNames":["a:B"],"ResourceArns":["b"]}' "wrong.json:1:40: error: 'b' is no ARN"
wrong '{"ActionNames":["a:B"],"CallerArn":"bob"}' "'bob' is no caller"
wrong '{"ActionNames":["a:B"],"ResourceOwner":"bob"}' "'bob' is no owner"
wrong '{"ActionNames":["a:B"],"ResourcePolicy":{"Statement":[]}}' "'CallerArn' is needed"
wrong '{"ActionNames":["a:B"],"ServiceControlPolicyInputList":[{"Statement":[]}]}' "a list of levels (root first)"
wrong '{"ActionNames":["a:B"],"PolicyInputList":"{}"}' "'PolicyInputList' takes a list of policies"
wrong '{"ActionNames":["a:B"],"PolicyInputList":[7]}' "a policy is JSON text or an object"
wrong '{"ActionNames":["a:B"],"PolicyInputList":["{"]}' "wrong.json:1:45: error: "
wrong '{"ActionNames":["a:B"],"ContextEntries":[{"ContextKeyName":"a:b"}]}' "'ContextKeyValues'"
wrong '{"ActionNames":["a:B"],"ContextEntries":[{"ContextKeyName":"a:b","ContextKeyValues":["x","y"],"ContextKeyType":"string"}]}' "'string' takes one value"
wrong '{"ActionNames":["a:B"],"ContextEntries":[{"ContextKeyName":"a:b","ContextKeyValues":["x"],"ContextKeyType":"strng"}]}' "'strng' is no ContextKeyType"
wrong '{"ActionNames":["a:B"],"ContextEntries":[{"ContextKeyName":"a:b","ContextKeyValues":["x"]},{"ContextKeyName":"A:B","ContextKeyValues":["x"]}]}' "is given twice"
printf '{"ActionNames":["a:\000B"]}' >nul.json
run simulate nul.json
expect 3 '"Errors"'

# A repeated name is told, and the last value counts, as in all JSON that is read here.
echo '{"ActionNames":["a:B"],"ActionNames":["c:D"]}' >twice.json
run simulate twice.json
expect 0 '"EvalActionName": "c:D"'
grep -qF "twice.json:1:24: warning: " "$err" || fail "the repeated name is not told"

# Policies of callers name nobody, and say what they are about.
for policy in '"Principal":"*","Resource":"*"' '"NotPrincipal":{"AWS":"111122223333"},"Resource":"*"'; do
    echo "{\"ActionNames\":[\"s3:x\"],\"PolicyInputList\":[{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",$policy}}]}" >kind.json
    run simulate kind.json
    expect 3 "Principal'; leave it out, or give the policy as 'ResourcePolicy'"
done
echo '{"ActionNames":["s3:x"],"ServiceControlPolicyInputList":[["{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}"]]}' >kind.json
run simulate kind.json
expect 3 "the statement has no 'Resource'; write what it is about, or '*'"
grep -qF 'kind.json:1:75: error: ' "$err" || fail "does not point at the statement"

# A caller and an owner are strings.
echo '{"ActionNames":["s3:x"],"CallerArn":1,"ResourceOwner":["a"]}' >number.json
run simulate number.json
expect 3 "'CallerArn' takes a string"
expect 3 "'ResourceOwner' takes a string"

# Hostile inputs end with an answer: deep nesting, many actions, patterns that explode, many requests.
awk 'BEGIN { printf "{\"PolicyInputList\":["; for (i = 0; i < 100000; i++) printf "["; }' >deep.json
run simulate deep.json
expect 3 '"Errors"'
awk 'BEGIN { printf "{\"ActionNames\":[\"s3:x\"],\"PolicyInputList\":[{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":["
    for (i = 0; i < 100000; i++) printf "\"s3:Get%d\",", i
    printf "\"s3:X\"]}}]}" }' >many.json
run simulate many.json
expect 0 '"EvalDecision": "allowed"'
awk 'BEGIN { printf "{\"ActionNames\":["; for (i = 0; i < 100001; i++) printf "%s\"s3:a%d\"", i ? "," : "", i; printf "]}" }' >pairs.json
run simulate pairs.json
expect 3 "more than 100000 pairs"
awk 'BEGIN { for (i = 0; i < 20000; i++) text = text "a"
    half = substr(text, 1, 10000)
    printf "{\"ActionNames\":[\"s3:Get\"],\"ResourceArns\":[\"arn:aws:s3:::%s\"],\"PolicyInputList\":[{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::*%sb\"}}]}", text, half }' >stars.json
run simulate stars.json
expect 3 "takes too many comparisons"
awk 'BEGIN { for (i = 0; i < 60000; i++) text = text "*"
    printf "{\"ActionNames\":[\"s3:Get\"],\"ResourceArns\":[\"arn:aws:s3:::a\"],\"ContextEntries\":[{\"ContextKeyName\":\"k\",\"ContextKeyValues\":[\"%s\"]}],\"PolicyInputList\":[{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":[", text
    for (i = 0; i < 1000; i++) printf "\"arn:aws:s3:::${k}%d\",", i
    printf "\"x\"]}}]}" }' >expansions.json
run simulate expansions.json
expect 3 "takes too many comparisons"
awk 'BEGIN { for (i = 0; i < 60000; i++) text = text "a"
    printf "{\"ActionNames\":[\"s3:Get\"],\"ResourceArns\":[\"arn:aws:s3:::%s\"],\"PolicyInputList\":[{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":[", text
    for (i = 0; i < 1000; i++) printf "\"arn:aws:s3:::${*}%d\",", i
    printf "\"x\"]}}]}" }' >literals.json
run simulate literals.json
expect 3 "takes too many comparisons"
awk 'BEGIN { printf "{\"ActionNames\":[\"s3:Get\"],\"ContextEntries\":["
    for (i = 0; i < 2000; i++) printf "{\"ContextKeyName\":\"k%d\",\"ContextKeyValues\":[\"v\"]},", i
    printf "{\"ContextKeyName\":\"l\",\"ContextKeyValues\":[]}]}" }' >keys.json
run simulate keys.json
expect 3 "more than 2000 entries in 'ContextEntries'"
sed 's/,{"ContextKeyName":"l","ContextKeyValues":\[\]}//' keys.json >fewer-keys.json
run simulate fewer-keys.json
expect 0 '"EvalDecision": "implicitDeny"'
awk 'BEGIN { printf "{\"PolicyInputList\":[{\"Statement\":["
    for (i = 0; i < 4000; i++) printf "%s{\"Effect\":\"Allow\",\"Action\":\"s3:a*b*%d\",\"Resource\":\"*\"}", i ? "," : "", i
    printf "]}],\"ActionNames\":["; for (i = 0; i < 20000; i++) printf "%s\"s3:aab%d\"", i ? "," : "", i; printf "]}" }' >product.json
run simulate product.json
expect 3 "takes too many comparisons"
awk 'BEGIN { for (i = 0; i < 18; i++) text = text text "xxxx"
    printf "{\"ResourceArns\":[\"arn:aws:s3:::%s\"],\"ActionNames\":[", text
    for (i = 0; i < 500; i++) printf "%s\"s3:a%d\"", i ? "," : "", i; printf "]}" }' >long.json
run simulate long.json
expect 3 "the results grow beyond"
awk 'BEGIN { for (i = 0; i < 20000; i++) print "{\"a\":[" }' >cut-off.jsonl
run simulate cut-off.jsonl
expect 3 "10000 requests are no JSON"
lines 10001
awk '{ while (size < 1000000) { print; size += length($0) + 1 } }' one.json >megabyte.jsonl
run simulate megabyte.jsonl
expect 0
lines "$(wc -l <megabyte.jsonl)"
[ "$(grep -c '"EvalDecision":"allowed"' "$out")" -eq "$(wc -l <megabyte.jsonl)" ] || fail "not all are allowed"

finish
