#!/bin/sh
# SPDX-License-Identifier: MIT
# Every example case, as text in both languages and as JSON, against its golden files. Each of the five
# documented errors must be there word for word. UPDATE_GOLDEN=1 rewrites the files instead; look at the
# difference before you commit it.
set -eu
cd "$EKSLINT_SOURCE_DIR"
golden=testdata/golden/gitlab
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# case, expected exit status
expect() {
    for form in en.txt ja.txt json; do
        case $form in
        json) set -- "$1" "$2" --format json ;;
        *) set -- "$1" "$2" --format text --lang "${form%.txt}" ;;
        esac
        name=$1
        wanted=$2
        shift 2
        status=0
        "$EKSLINT_BINARY" check --date 2021-11-15 "$@" "testdata/cases/gitlab/$name" >"$work/out" || status=$?
        if [ "$status" -ne "$wanted" ]; then
            echo "$name $form: exit status $status, not $wanted"
            failures=$((failures + 1))
        fi
        if [ -n "${UPDATE_GOLDEN:-}" ]; then
            cp "$work/out" "$golden/$name.$form"
        elif ! diff -u "$golden/$name.$form" "$work/out"; then
            echo "$name $form: differs from $golden/$name.$form"
            failures=$((failures + 1))
        fi
        set -- "$name" "$wanted"
    done
}

# A symptom must be in the golden file of a case, whatever the wrapping: blanks and line ends are dropped.
has_symptom() {
    squeezed=$(tr -d ' \n' <"$golden/$1")
    wanted=$(printf '%s' "$2" | tr -d ' \n')
    case $squeezed in
    *"$wanted"*) ;;
    *)
        echo "$1: lacks the documented text: $2"
        failures=$((failures + 1))
        ;;
    esac
}

expect correct 0
expect no-key-pair-list 0
expect role-arn-invalid 1
expect access-denied 1
expect security-groups-not-loaded 1
expect key-pairs-not-loaded 1
expect rollback-failed 1
expect documented-mistakes 1

user=arn:aws:iam::111122223333:user/gitlab
role=arn:aws:iam::123456789012:role/gitlab-eks-provision
has_symptom role-arn-invalid.en.txt 'Validation failed: Role ARN must be a valid Amazon Resource Name'
has_symptom role-arn-invalid.ja.txt 'バリデーションに失敗しました:ロールARNは有効なAmazonリソース名でなければなりません。'
has_symptom access-denied.en.txt \
    "Access denied: User: $user is not authorized to perform: sts:AssumeRole on resource: $role"
has_symptom access-denied.ja.txt \
    "アクセスが拒否されました:Access denied: ユーザー$user はリソースに対してsts:AssumeRole を実行する権限がありません:$role"
has_symptom security-groups-not-loaded.en.txt 'Could not load Security Groups for this VPC'
has_symptom security-groups-not-loaded.ja.txt 'この VPC のセキュリティグループをロードできませんでした。'
has_symptom key-pairs-not-loaded.en.txt 'Key Pairs are not loaded'
has_symptom key-pairs-not-loaded.ja.txt 'キーペアが読み込まれません'
has_symptom rollback-failed.en.txt 'ROLLBACK_FAILED during cluster creation'
has_symptom rollback-failed.ja.txt 'ROLLBACK_FAILED クラスター作成中'
has_symptom rollback-failed.ja.txt \
    "The provided role doesn't have the Amazon EKS Managed Policies associated with it."

[ "$failures" -eq 0 ]
