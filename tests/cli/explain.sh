#!/bin/sh
# SPDX-License-Identifier: MIT
# explain --error: the five documented errors against golden files in both languages and as JSON, with the files of
# a case; what comes of files that cannot be read; standard input. UPDATE_GOLDEN=1 rewrites the golden files.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
golden=$EKSLINT_SOURCE_DIR/testdata/golden/explain
cp -R "$EKSLINT_SOURCE_DIR/testdata" .

# golden NAME STATUS ARGUMENTS: the output is that of the golden file.
golden() {
    name=$1
    wanted=$2
    shift 2
    run explain "$@"
    expect "$wanted"
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        mkdir -p "$golden"
        cp "$out" "$golden/$name"
    elif ! diff -u "$golden/$name" "$out"; then
        fail "differs from testdata/golden/explain/$name"
    fi
}

user=arn:aws:iam::111122223333:user/gitlab
role=arn:aws:iam::123456789012:role/gitlab-eks-provision

# error NAME CASE ENGLISH JAPANESE
error() {
    golden "$1.en.txt" 1 --error "$3" "testdata/cases/gitlab/$2"
    golden "$1.ja.txt" 1 --lang ja --error "$4" "testdata/cases/gitlab/$2"
    golden "$1.json" 1 --format json --error "$4" "testdata/cases/gitlab/$2"
}
error role-arn-invalid role-arn-invalid \
    "Validation failed: Role ARN must be a valid Amazon Resource Name" \
    "バリデーションに失敗しました:ロールARNは有効なAmazonリソース名でなければなりません。"
error access-denied access-denied \
    "Access denied: User: $user is not authorized to perform: sts:AssumeRole on resource: $role" \
    "アクセスが拒否されました:Access denied: ユーザー$user はリソースに対してsts:AssumeRole を実行する権限がありません:$role"
error security-groups-not-loaded security-groups-not-loaded \
    "Could not load Security Groups for this VPC" \
    "この VPC のセキュリティグループをロードできませんでした。"
error key-pairs-not-loaded key-pairs-not-loaded "Key Pairs are not loaded" "キーペアが読み込まれません"
error rollback-failed rollback-failed "ROLLBACK_FAILED during cluster creation" "ROLLBACK_FAILED クラスター作成中"

# What is missing, and the command that collects it; a rule that passes; another row of the same rule.
run explain --error "Key Pairs are not loaded" testdata/cases/gitlab/no-key-pair-list
expect 0 "undecided here: missing: "
expect 0 "aws ec2 describe-key-pairs --region ap-northeast-1 --output json"
run explain --error "Key Pairs are not loaded" testdata/cases/gitlab/correct
expect 0 "passes here"
run explain --error "Could not load VPCs for the selected region" testdata/cases/gitlab/security-groups-not-loaded
expect 0 "passes here"
expect_no "fails here"
run explain --lang ja --error "Key Pairs are not loaded" testdata/cases/gitlab/correct
expect 0 "ここでは合格"

# What STS says is the same in all SDKs, and what stands around it in none.
refused="Not authorized to perform sts:AssumeRoleWithWebIdentity"
for text in "$refused" \
    "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: 4f0a, api error AccessDenied: $refused" \
    "software.amazon.awssdk.services.sts.model.StsException: $refused (Service: Sts, Status Code: 403, Request ID: 4f0a, Extended Request ID: null)"; do
    run explain --error "$text" testdata/cases/eks/irsa-wrong-namespace/broken
    expect 1 "1. eks/irsa-subject-mismatch"
    expect 1 "fails here: testdata/cases/eks/irsa-wrong-namespace/broken/get-role.load-balancer-controller.json:20:105"
done

# Fourteen rules document this text. Where one fails, the others are named, and no more.
joining="NodeCreationFailure: Instances failed to join the kubernetes cluster"
run explain --error "$joining" testdata/cases/eks/node-role-trusts-eks/broken
expect 1 "1. eks/node-role-not-assumable"
expect 1 "eks/vpc-dns-off"
[ "$(grep -c '^  fix: ' "$out")" -eq 1 ] || fail "says what to do about rules that do not fail"
[ "$(wc -l <"$out")" -le 40 ] || fail "$(wc -l <"$out") lines"
run explain --error "$joining" testdata/cases/eks/node-role-trusts-eks/repaired
[ "$(grep -c '^  fix: ' "$out")" -gt 5 ] || fail "where no rule fails, does not say what the text may mean"

run explain --error "StsException: No OpenIDConnect provider found in your account for https://oidc.eks.eu-west-1.amazonaws.com/id/0A (Service: Sts, Status Code: 400)"
expect 0 "1. eks/irsa-provider-missing"
run explain --error "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, api error InvalidIdentityToken: Incorrect token audience"
expect 0 "1. eks/irsa-provider-audience-missing"

# All files are of one case, wherever they lie.
mkdir settings listings
cp testdata/cases/gitlab/key-pairs-not-loaded/gitlab-eks.yaml settings/
cp -R testdata/cases/gitlab/key-pairs-not-loaded/us-east-1 testdata/cases/gitlab/key-pairs-not-loaded/ap-northeast-1 listings/
run explain --error "Key Pairs are not loaded" settings listings
expect 1 "fails here: settings/gitlab-eks.yaml:"

# No rule; no known file; a file that cannot be read.
run explain --error "Validation failed: Name can't be blank"
expect 4 "no rule documents this text"
expect 4 "Paste the message whole"
run explain --error "Could not load route tables for the selected VPC"
expect 4 "nearest: Could not load"
run explain --format json --error "hello"
expect 4 '"rules": []'
run explain --lang ja --error "hello"
expect 4 "このテキストを記載したルールはありません"
expect 4 "表示されたとおりに貼り付けてください"
printf '{}' >empty.json
run explain --error "Key Pairs are not loaded" empty.json
expect 4 "not evaluated: no document of its kind is here"
printf '{' >broken.json
run explain --error "Key Pairs are not loaded" broken.json testdata/cases/gitlab/key-pairs-not-loaded
expect 3 "broken.json:1:"
expect 3 "fails here: "
run explain --error "Key Pairs are not loaded" missing.json
expect 3 "missing.json: "

# Standard input, a whole log.
printf 'starting\n\033[31m> Could not load Security\n> Groups for this VPC\033[0m\ndone\n' >log
input=log
run explain --error -
expect 0 "gitlab/form-action-missing"
run explain --error - testdata/cases/gitlab/security-groups-not-loaded
expect 1 "fails here"
input=/dev/null

# One rule, all that its file says.
run explain gitlab/role-arn-invalid
expect 0 "until GitLab 13.6"
expect 0 "require: length(@) <= 2048"
run explain gitlab/form-action-missing
expect 0 "Could not load security groups for the selected VPC"
expect 0 "GitLab's source, the form's texts"
run explain --format json gitlab/role-arn-invalid
expect 0 '"until": "13.6"'

finish
