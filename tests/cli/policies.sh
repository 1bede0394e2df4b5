#!/bin/sh
# SPDX-License-Identifier: MIT
# What kind of policy a document is, said or recognised, and rules by the names that other tools have.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# A directive names the kind of one document of a stream.
cat >stream.yaml <<'END'
# ekslint: kind=iam-scp
Version: "2012-10-17"
Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*"}]
---
Version: "2012-10-17"
Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*"}]
END
run check --format oneline stream.yaml
expect 1 "stream.yaml:3:39: error"
expect_no "stream.yaml:6"

# One that nobody knows is an error at its place, with a suggestion.
sed 's/iam-scp/iam-spc/' stream.yaml >wrong.yaml
run check --format oneline wrong.yaml
expect 1 "wrong.yaml:1:17: error: unknown kind 'iam-spc'; did you mean 'iam-scp'? [file/directive]"

# A text that quotes a directive is none, in a comment, a string or a block.
cat >quoted.yaml <<'END'
# An SCP would have '# ekslint: kind=iam-scp' here.
Version: "2012-10-17"
Statement:
  - Sid: "# ekslint: kind=iam-rcp"
    Effect: Allow
    Action: "*"
    Resource: "*"
END
run check --format json --select iam/administrator quoted.yaml
expect 0 '"kind": "iam-policy"'
sed 's/^# An SCP.*/# ekslint: kind=iam-scp/' quoted.yaml >said.yaml
run check --format json --select iam/administrator said.yaml
expect_no '"kind": "iam-policy"'

# JSON has no comments: --kind, with the type of the resource that the policy is on.
cat >point.json <<'END'
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
 "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"}}
END
run check --format oneline point.json
expect 0
run check --format oneline --kind iam-resource-policy:AWS::S3::AccessPoint point.json
expect 1 "point.json:2:40: error: 'arn:aws:s3:::bucket/*' can mean no AWS::S3::AccessPoint"
run check --kind iam-spc point.json
expect_error 2 "did you mean 'iam-scp'?"

# What was only recognised may be another kind, of which other things are wrong.
cat >layer.json <<'END'
{"Version": "2012-10-17", "Statement": {"Sid": "with blanks", "Effect": "Allow", "Principal": "*",
 "Action": "lambda:GetLayerVersion"}}
END
run check --format oneline layer.json
expect 0
run check --format oneline --kind iam-trust-policy layer.json
expect 1 "[iam/unsupported-sid]"

# Saved answers of the API hold URL-encoded documents; places are those of the file.
printf '%s' '{"PolicyVersion": {"VersionId": "v1", "Document": "%7B%22Version%22%3A%222012-10-17%22%2c' \
    '%22Statement%22%3A%5B%7B%22Effect%22%3A%22allow%22%2C%22Action%22%3A%22s3%3A*%22%2C%22Resource%22' \
    '%3A%22*%22%7D%5D%7D"}}' >get-policy-version.x.json
run check --format oneline get-policy-version.x.json
expect 1 "get-policy-version.x.json:1:129: error: the effect is 'allow'"

# The other name of a rule does as well as its id.
cat >old.json <<'END'
{"Statement": {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::bucket/*"}}
END
run check --format oneline --select INVALID_ACTION old.json
expect 0 "nearest: s3:GetObject [iam/invalid-action]"
expect_no "iam/missing-version"
run check --format oneline --ignore INVALID_ACTION --severity MISSING_VERSION=error old.json
expect 1 "error: this policy has no 'Version'"
expect_no "iam/invalid-action"
run explain INVALID_ACTION
expect 0 "also known as: INVALID_ACTION (IAM Access Analyzer, ERROR)"

# What Access Analyzer does not check is not in its shape, unless somebody asks for it.
cat >dead.json <<'END'
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjekt"],
 "Resource": "arn:aws:s3:::bucket"}}
END
run check --format access-analyzer dead.json
expect 0 '"issueCode": "INVALID_ACTION"'
expect_no "iam/action-resource-mismatch"
run check --format access-analyzer --profile default dead.json
expect 0 '"issueCode": "iam/action-resource-mismatch"'
run check --format access-analyzer --select iam/action-resource-mismatch dead.json
expect 0 '"issueCode": "iam/action-resource-mismatch"'
run rules faults
expect 0 "redundant-action"
run rules faults action
expect_error 2 "takes no argument"

# The size that is told is the one that the quota is about: white space does not count.
{
    printf '{"Version": "2012-10-17",%6000s "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ' ''
    printf '"arn:aws:s3:::bucket/%010300d"}}\n' 0
} >large.json
run check --format oneline large.json
expect 0 "this policy has $(tr -d ' \n' <large.json | wc -c) characters without white space"

# Other documents have a Statement, too; a policy is known by what stands in it.
printf '{"Name": "x", "Statement": {"ByteMatchStatement": {"SearchString": "a"}}}' >firewall.json
printf 'Statement: SELECT 1\n' >query.yaml
run check firewall.json query.yaml
expect 4 "no document of a known kind"
printf '{"Statement": [{"Effect": "Allow"}]}' >short.json
run check --format oneline short.json
expect 1 "short.json:1:16: error: "

# What a template engine fills in may be anything, and what stands beside it is judged.
cat >templated.json <<'END'
{"Version": "2012-10-17", "Statement": [
 {"Effect": "{{ .Values.effect }}", "Action": ["{{ .Values.action }}", "s3:GetObjekt"],
  "Resource": ["arn:aws:s3:::${{ vars.BUCKET }}/*", "${aws_s3_bucket.this.arn}"]}]}
END
run check --format oneline templated.json
expect 0 "templated.json:2:72: warning: 's3:GetObjekt' is"
[ "$(wc -l <"$out")" -eq 1 ] || fail "more than one finding"
cat >provider.json <<'END'
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "${provider_arn}"},
 "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"aws:SourceAccount": "${account}"}}}]}
END
run check --format oneline provider.json
expect 0
[ ! -s "$out" ] || fail "judges what is not filled in"
# So may what a shell fills in, keys included.
cat >shell.json <<'END'
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
 "Principal": {"Federated": "arn:aws:iam::$account_id:oidc-provider/$oidc_provider"},
 "Condition": {"StringEquals": {"$oidc_provider:aud": "sts.amazonaws.com",
  "<issuer>:sub": "system:serviceaccount:$namespace:$service_account"}}}]}
END
run check --format oneline shell.json
expect 0
[ ! -s "$out" ] || fail "judges what is not filled in"
run check shell.json
expect 0 " unknown"
# What the reader of documentation has to replace is a mistake as long as it stands there.
sed 's|$account_id:oidc-provider/$oidc_provider|AWS_ACCOUNT_ID:oidc-provider/id.example.com|' shell.json >reader.json
run check --format oneline reader.json
expect 1 "reader.json:2:"
sed 's|$account_id:oidc-provider/$oidc_provider|<account-id>:oidc-provider/id.example.com|' shell.json >reader.json
run check --format oneline reader.json
expect 1 "reader.json:2:"
cat >function.yaml <<'END'
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: s3:GetObjekt, Resource: "*"}]
END
run check --format oneline function.yaml
expect 0 "function.yaml:11:45: warning: 's3:GetObjekt'"
[ "$(wc -l <"$out")" -eq 1 ] || fail "more than one finding"

[ "$failures" -eq 0 ]
