#!/bin/sh
# SPDX-License-Identifier: MIT
# rules pages: the pages in the repository are those of the rules, their links lead somewhere, and nothing of the user's
# is replaced. UPDATE_GOLDEN=1 writes the repository's pages anew. explain shows the same sections.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
pages=$EKSLINT_SOURCE_DIR/rules/docs

if [ -n "${UPDATE_GOLDEN:-}" ]; then
    rm -rf "$pages"
    run rules pages "$pages"
    expect 0
fi
run rules pages made
expect 0
if ! diff -r made "$pages" >"$top/difference"; then
    head -40 "$top/difference"
    fail "rules/docs is not what the rules say; write it anew: ekslint rules pages rules/docs"
fi

# A page for each rule in each language, and no other.
run rules list --format json
rules_count=$(grep -c '^ {"id":' "$out")
[ "$(find made -name '*.md' | wc -l)" -eq $((2 * rules_count + 2)) ] || fail "another number of pages"

# Every link within the pages leads to a page.
find made -name '*.md' | while IFS= read -r page; do
    folder=${page%/*}
    grep -oE '\]\([^)|]+\.md\)' "$page" | sed 's/^](//; s/)$//' | sort -u | while IFS= read -r link; do
        [ -f "$folder/$link" ] || echo "$page: $link"
    done
done >"$top/broken"
[ ! -s "$top/broken" ] || fail "links that lead nowhere: $(head -3 "$top/broken")"

# Every section of a rule that has all of them, with what the tool says of the example.
page=made/gitlab/key-pair-not-in-region.md
for text in '## Problem' '## Wrong' '## Right' '## Why' '## Exceptions' '## Symptoms' '## How to fix' '## How to suppress' \
    '## Sources' "case.yaml:1:54: error: no key pair 'ops' in ap-northeast-1; there: dev; a pair of this name is in:" \
    '# ekslint: allow gitlab/key-pair-not-in-region -- ' '- <https://docs.gitlab.com/'; do
    grep -qF -e "$text" "$page" || fail "$page without: $text"
done
grep -qF '## 悪い例' made/gitlab/key-pair-not-in-region.ja.md || fail "not in Japanese"
# No page shows an expression where a text has a value, nor a document that nobody would read.
if grep -lE '^(Of the example|[A-Z]).*\{[@$][^}]*\}' made/*/*[a-z].md | grep -v '\.ja\.md$'; then
    fail "placeholders in a page"
fi
find made -mindepth 2 -name '*.md' -size +16k | while IFS= read -r long; do
    echo "$long"
done >"$top/long"
[ ! -s "$top/long" ] || fail "too long: $(cat "$top/long")"

# Built-in rules have an example of each kind.
for heading in Wrong Right; do
    find made -mindepth 2 -name '*.md' ! -name '*.ja.md' -exec grep -L "^## $heading\$" {} + >"$top/without"
    [ ! -s "$top/without" ] || fail "without $heading: $(cat "$top/without")"
done

# What is no page stays, and then nothing is written; a page is written anew; what is the same is left alone.
mkdir -p mine/gitlab
echo 'my notes' >mine/gitlab/role-arn-invalid.md
run rules pages mine
expect_error 2 "'mine/gitlab/role-arn-invalid.md' is no page of a rule and was left as it is; nothing is written"
[ "$(find mine -type f | wc -l)" -eq 1 ] || fail "wrote beside it"
[ "$(cat mine/gitlab/role-arn-invalid.md)" = 'my notes' ] || fail "replaced the user's file"
cp made/iam/administrator.md before
untouched=$(ls -i made/iam/invalid-version.md)
echo 'old' >>made/iam/administrator.md
run rules pages made
expect 0
cmp -s before made/iam/administrator.md || fail "did not write the page anew"
[ "$(ls -i made/iam/invalid-version.md)" = "$untouched" ] || fail "wrote what was the same"
cp made/iam/administrator.md made/iam/gone.md
echo 'of ours' >made/iam/notes.md
run rules pages made
expect_error 1 "'made/iam/gone.md' is the page of no rule; remove it"
expect_no notes.md
printf 'a file' >file
run rules pages file
expect_error 2 "file"
run rules pages
expect_error 2 "'rules pages' takes one folder"
run rules pages --format json made
expect_error 2 "takes no --format"

# Rules of one's own, with texts of their own; one without tests has no examples.
mkdir own
cat >own/plain.yaml <<'END'
id: own/plain
severity: warning
kind: iam-policy
title: A *title* with marks | and a bar
select: $.Statement[*].Action[*]
if-absent: skip
require: "@ != '*'"
message: "'{@}' is a star"
why: A star reaches further than anybody meant.
exceptions: In a sandbox it may stay.
fix: "Name them: {@}"
docs: [https://example.com/]
END
run rules pages --no-builtin --rules own own-pages
expect 0
[ "$(find own-pages -name '*.md' | wc -l)" -eq 4 ] || fail "another number of pages"
for text in 'A \*title\* with marks \| and a bar' 'A star reaches further than anybody meant.' 'In a sandbox it may stay.' \
    "'…' is a star" 'Name them: …'; do
    grep -qF -e "$text" own-pages/own/plain.md || fail "page without: $text"
done
if grep -qF '## Wrong' own-pages/own/plain.md; then fail "an example from nowhere"; fi
# shellcheck disable=SC2086
run rules pages $rules star
expect 0
grep -qF "policy.json:3:48: error: the action '*' allows everything" star/test/no-star.md || fail "no place in the example"

for text in 'certificate-integration-off.md:GitLab 15.0 –' 'instance-profile-too-early.md:GitLab – 13.6'; do
    grep -qF "| shown by | ${text#*:} |" "made/gitlab/${text%%:*}" || fail "$text: not said"
done
if grep -F 'shown by' made/gitlab/external-id-mismatch.md; then fail "its texts are of all versions together"; fi

# What nobody may see is in no page: not in a document, a file, a name. Of a case its files are shown, and no others.
secret=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
cat >own/secret.yaml <<END
id: own/secret
severity: warning
kind: case
title: t
select: \$.gitlab.region
if-absent: skip
require: "@ == 'a'"
message: "region {@}"
docs: [https://example.com/]
tests:
  - name: with $secret
    fails: {gitlab: {region: $secret, gitlab: {amazon_eks: {secret_access_key: $secret}}}}
  - passes:
      files:
        gitlab-eks.yaml: |
          apiVersion: ekslint/v1
          kind: GitLabEKSIntegration
          gitlab: {amazon_eks: {secret_access_key: $secret}}
          region: a
  - name: nor $secret
    not-applicable: {gitlab: {regoin: $secret}}
END
run rules pages --no-builtin --rules own own-pages
expect 0
if grep -rF "$secret" own-pages; then fail "shows a secret"; fi
grep -qF 'region: "…'"${secret#"${secret%????}"}"'"' own-pages/own/secret.md || fail "without the example"
grep -qF '  region: a' own-pages/own/secret.md && fail "not as it is written"
grep -qxF 'region: a' own-pages/own/secret.md || fail "without the file"
if grep -F 'built-in' own-pages/own/secret.md; then fail "a file from elsewhere"; fi
run rules check own/secret.yaml
expect 1 "[rule/test-key]"
expect_no "$secret"
for format in text json; do
    run explain --rules own --format "$format" own/secret
    expect 0 "…${secret#"${secret%????}"}"
    expect_no "$secret"
done

# explain has the same sections, in both languages and formats.
run explain --rules own own/plain
expect 0 "A star reaches further than anybody meant."
expect 0 "# ekslint: allow own/plain -- "
run explain gitlab/key-pair-not-in-region
expect 0 "no key pair 'ops' in ap-northeast-1; there: dev"
expect_no '{$'
COLUMNS=60
export COLUMNS
run explain gitlab/key-pair-not-in-region
unset COLUMNS
expect 0 "  EC2 keeps key pairs by region: a pair of the same name in"
if grep -E '^  [A-Z].{59,}' "$out"; then fail "longer than the line"; fi
run explain --lang ja gitlab/key-pair-not-in-region
expect 0 "悪い例"
expect 0 "抑制の方法"
run explain --format json gitlab/key-pair-not-in-region
expect 0 '{"id": "exceptions", "title": "Exceptions", "blocks": ['
if command -v python3 >/dev/null; then
    python3 - "$out" <<'END' || fail "sections in another order"
import json, sys
sections = [section["id"] for section in json.load(open(sys.argv[1]))["sections"]]
assert sections == "problem wrong right why exceptions symptoms fix suppress judged sources".split(), sections
END
fi

# What it says of suppressing does suppress: the entry of a configuration, and the comment.
printf '{\n  "Version": "2024-01-01",\n  "Statement": []\n}\n' >policy.json
run check --no-config --format oneline policy.json
expect 1 "[iam/invalid-version]"
run explain iam/invalid-version
sed -n '/^    suppressions:/,/^      *until/s/^    //p' "$out" | sed 's/YYYY-MM-DD/2030-01-01/' >.ekslint.yaml
sed -n 's/^ *\(# ekslint: allow .*\)/\1/p' "$out" >commented.yaml
printf 'Version: "2024-01-01"\nStatement: []\n' >>commented.yaml
grep -q '^# ekslint: allow' commented.yaml || fail "no comment to try"
run check --format oneline policy.json
expect 1 "[iam/missing-statement]"
expect_no "iam/invalid-version"
run check --no-config --format oneline commented.yaml
expect 1 "[iam/missing-statement]"
expect_no "iam/invalid-version"

finish
