#!/bin/sh
# SPDX-License-Identifier: MIT
# Folders as users send them: what a terminal showed instead of saved output, files cut short or empty,
# copies beside the originals, folders and names of any kind, and much that is none of it. Nothing is
# misread, nothing stops the rest, and what is said can be acted upon.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
complete=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/complete
region=ap-northeast-1

fresh() {
    rm -rf case
    cp -R "$complete" case
    chmod -R u+w case
}
judge() {
    run diagnose --date 2021-11-15 --format json case
}
# says FILE TEXT: a syntax error there says this; the step that needs the file is open, not failed
says() {
    judge
    expect 3 "$2"
    expect_no '"outcome": "fails"'
    run check --format oneline "case/$1"
    expect 3 "case/$1:"
    expect 3 "$2"
}

# ---- what a terminal showed ----

prompts='$ aws ec2 describe-key-pairs --region ap-northeast-1
[ec2-user@ip-10-0-0-1 ~]$ aws ec2 describe-key-pairs
PS C:\Users\taro> aws ec2 describe-key-pairs
taro@mac ~ % aws ec2 describe-key-pairs --output json
aws ec2 describe-key-pairs'
printf '%s\n' "$prompts" | while IFS= read -r prompt; do
    fresh
    { printf '%s\n' "$prompt" && cat "$complete/$region/key-pairs.json"; } >"case/$region/key-pairs.json"
    says "$region/key-pairs.json" "a command line of the terminal stands here"
    expect 3 ":1:"
    [ "$failures" -eq 0 ] || exit 1
done || failures=$((failures + 1))

# Below the output: what stands above it counts.
fresh
printf '[ec2-user@ip-10-0-0-1 ~]$ \n' >>"case/$region/vpcs.json"
says "$region/vpcs.json" "a command line of the terminal stands here"
judge
expect_no '"outcome": "unknown"'

fresh
printf -- '----------------------\n|  DescribeKeyPairs  |\n+---------+----------+\n|  KeyName|  ops     |\n' >"case/$region/key-pairs.json"
says "$region/key-pairs.json" "(--output table)"
printf 'KEYPAIRS\t1f:51\tkey-0a1b2c3d4e5f60701\tops\trsa\n' >"case/$region/key-pairs.json"
says "$region/key-pairs.json" "(--output text)"
printf '\nAn error occurred (UnauthorizedOperation) when calling the DescribeKeyPairs operation: no\n' >"case/$region/key-pairs.json"
says "$region/key-pairs.json" "this is what a command said when it failed"
: >"case/$region/key-pairs.json"
says "$region/key-pairs.json" "this file is empty"
head -n 5 "$complete/$region/key-pairs.json" >"case/$region/key-pairs.json"
says "$region/key-pairs.json" "found the end of the text"

# What is in the way is collected beside it.
run diagnose --date 2021-11-15 --collect case
expect 3 "save ap-northeast-1/key-pairs.2.json aws ec2 describe-key-pairs "
cp "$complete/$region/key-pairs.json" "case/$region/key-pairs.2.json"
judge
expect 3 '"unknown": 0,'
expect_no '"outcome": "unknown"'

# --output yaml is as good as JSON where the name says so.
fresh
rm "case/$region/key-pairs.json"
printf 'KeyPairs:\n- KeyFingerprint: 1f:51\n  KeyName: ops\n  KeyPairId: key-0a1b2c3d4e5f60701\n' >"case/$region/key-pairs.yaml"
judge
expect 0 '"unknown": 0,'
mv "case/$region/key-pairs.yaml" "case/$region/key-pairs.json"
says "$region/key-pairs.json" "this is YAML under a name that says JSON"

# ---- ways of writing ----

# Line ends of Windows, a byte order mark; the redirection of PowerShell writes UTF-16.
fresh
find case -type f | while IFS= read -r file; do
    { printf '\357\273\277' && sed 's/$/\r/' "$file"; } >new && mv new "$file"
done
judge
expect 0 '"unknown": 0,'
expect 0 '"findings": []'
{ printf '\377\376' && sed 's/./&\x00/g; s/$/\x00/' "$complete/$region/vpcs.json"; } >"case/$region/vpcs.json"
says "$region/vpcs.json" "save the file as UTF-8"

# All in one file, one after the other.
fresh
cat "$complete/$region/key-pairs.json" "$complete/$region/subnets.json" "$complete/$region/vpcs.json" >"case/$region/all.json"
rm "case/$region/key-pairs.json" "case/$region/subnets.json" "case/$region/vpcs.json"
judge
expect 0 '"unknown": 0,'

# ---- folders and names ----

# Deep folders with blanks and brackets, names in Japanese, what macOS packs beside.
fresh
mkdir -p "ticket 4711 (2)/送付ファイル/__MACOSX"
mv case/provision-role.policy.json case/プロビジョニングロールのポリシー.json
sed 's/provision-role\.policy\.json/プロビジョニングロールのポリシー.json/' case/gitlab-eks.yaml >new && mv new case/gitlab-eks.yaml
mv case "ticket 4711 (2)/送付ファイル/My Case! [1]"
printf '\000\005\026\007' >"ticket 4711 (2)/送付ファイル/__MACOSX/._gitlab-eks.yaml"
run diagnose --date 2021-11-15 --format json "ticket 4711 (2)"
expect 0 '"unknown": 0,'
expect 0 '"findings": []'
rm -r ticket*

# A region's folder under another name: the lists are nobody's, and it is said how to mend that.
fresh
mv "case/$region" case/東京リージョン
judge
expect 0 "put it in a folder with the region's name"
expect 0 '"outcome": "unknown"'
expect_no '"outcome": "fails"'

# Many roles, and a list that names none.
fresh
for name in gitlab eks-cluster-2 gitlab-eks-provision-old; do
    sed "s/eks-cluster/$name/g; s/eks.amazonaws.com/ec2.amazonaws.com/" "$complete/get-role.eks-cluster.json" >"case/get-role.$name.json"
done
printf '{"AttachedPolicies": []}\n' >case/list-attached-role-policies.json
judge
expect 0 '"unknown": 0,'
expect 0 "nothing here says which role these policies are attached to"

# Two versions of a file: each place is shown, and which one counts is said.
fresh
sed 's/0123456789abcdef/89abcdef01234567/' "$complete/get-role.gitlab-eks-provision.json" >"case/get-role.gitlab-eks-provision (1).json"
sed 's/"ops"/"dev"/' "$complete/$region/key-pairs.json" >"case/$region/key-pairs (1).json"
judge
expect 0 '"rule": "case/conflict"'
expect 0 'key-pairs (1).json"'
sed 's/production/staging/' "$complete/gitlab-eks.yaml" >"case/gitlab-eks (1).yaml"
judge
[ "$status" -ne 0 ] || fail "diagnoses two integrations as one"
run diagnose case
grep -qF "a second integration" "$out" "$err" || fail "does not say that there are two integrations"

# Screenshots, manuals, and five hundred files of something else.
fresh
printf '\211PNG\r\n\032\n\000\001' >case/screenshot.png
printf '%%PDF-1.4\n\000\001' >case/guide.pdf
cp case/screenshot.png case/screenshot.json.png
echo '# notes' >case/notes.md
mkdir -p case/app/chart/templates
for i in 1 2 3 4 5 6 7 8 9 10; do
    mkdir "case/app/$i"
    for j in 1 2 3 4 5 6 7 8 9 10; do
        for end in a.yaml b.yml c.json d.txt e.jsonl; do echo '{"replicaCount": 1, "image": "x"}' >"case/app/$i/$j$end"; done
    done
done
printf 'kind: Deployment\n{{- if .Values.x }}\nx: {{ .Values.y }}\n{{- end }}\n' >case/app/chart/templates/x.yaml
judge
expect 0 '"unknown": 0,'
expect_no '"severity": "error"'

finish
