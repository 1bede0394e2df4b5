#!/bin/sh
# SPDX-License-Identifier: MIT
# The five errors of GitLab's documentation, in English and in Japanese, pasted into explain --error with
# each case that fails: where the case fails with that error, the rule that says why comes first and
# fails there; where it fails with another, no rule is said to fail.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
cases=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab

for name in role-arn-invalid access-denied security-groups-not-loaded key-pairs-not-loaded rollback-failed; do
    cp -R "$cases/$name" .
done
for step in configure-instance authenticate load-form submit-form create-stack create-resources finalize deploy; do
    assemble "$step-fails"
done
chmod -R u+w .

pasted=0
# heading TEXT RULE CASES...: the cases that fail with this error, and why
heading() {
    text=$1
    rule=$2
    shift 2
    wanted=" $* "
    for folder in */; do
        name=${folder%/}
        run explain --date 2021-11-15 --error "$text" "$name"
        pasted=$((pasted + 1))
        case $wanted in
        *" $name "*)
            expect 1
            [ "$(sed -n '1s/^1\. \([^ ]*\) .*/\1/p' "$out")" = "$rule" ] || fail "$rule is not the first"
            sed -n 2p "$out" | grep -q "fails here: $name/" || fail "the first does not fail here"
            ;;
        *)
            expect 0
            expect_no "fails here"
            ;;
        esac
    done
}

user=arn:aws:iam::111122223333:user/gitlab
role=arn:aws:iam::123456789012:role/gitlab-eks-provision
heading "Validation failed: Role ARN must be a valid Amazon Resource Name" \
    gitlab/role-arn-invalid role-arn-invalid
heading "バリデーションに失敗しました:ロールARNは有効なAmazonリソース名でなければなりません。" \
    gitlab/role-arn-invalid role-arn-invalid
heading "Access denied: User: $user is not authorized to perform: sts:AssumeRole on resource: $role" \
    gitlab/external-id-mismatch access-denied authenticate-fails
heading "アクセスが拒否されました:Access denied: ユーザー$user はリソースに対してsts:AssumeRole を実行する権限がありません:$role" \
    gitlab/external-id-mismatch access-denied authenticate-fails
# The documentation's own sample names somebody else.
heading "Access denied: User: arn:aws:iam::x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::y" \
    gitlab/external-id-mismatch access-denied authenticate-fails
heading "Could not load Security Groups for this VPC" \
    gitlab/form-action-missing security-groups-not-loaded load-form-fails
heading "この VPC のセキュリティグループをロードできませんでした。" \
    gitlab/form-action-missing security-groups-not-loaded load-form-fails
heading "Key Pairs are not loaded" gitlab/key-pair-not-in-region key-pairs-not-loaded
heading "キーペアが読み込まれません" gitlab/key-pair-not-in-region key-pairs-not-loaded
heading "ROLLBACK_FAILED during cluster creation" \
    gitlab/service-role-lacks-cluster-policy rollback-failed create-resources-fails
heading "ROLLBACK_FAILED クラスター作成中" \
    gitlab/service-role-lacks-cluster-policy rollback-failed create-resources-fails
heading "The provided role doesn't have the Amazon EKS Managed Policies associated with it." \
    gitlab/service-role-lacks-cluster-policy rollback-failed create-resources-fails
[ "$pasted" -eq 156 ] || fail "$pasted pastes, not 156"

finish
