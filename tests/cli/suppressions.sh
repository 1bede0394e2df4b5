#!/bin/sh
# SPDX-License-Identifier: MIT
# What is tolerated, in all that the program prints: exit status, summary, each format, both languages,
# diagnose, and the list of suppressions.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

cat >p.yaml <<'END'
Version: "2012-10-17"
Statement:
  - Effect: Allow
    Action: "*" # ekslint: allow test/no-star until=2021-12-31 -- until the roles are split
    Resource: "*"
END
echo "$bad" >a.json
cat >.ekslint.yaml <<'END'
suppressions:
  - rule: test/no-star
    file: /a.json
    path: $.Statement[0].Action
    reason: JSON has no comments
END
check() {
    # shellcheck disable=SC2086
    run check $rules "$@"
}
list() {
    # shellcheck disable=SC2086
    run suppressions $rules "$@"
}

# --- A finding that is tolerated does not count, and is counted.
check
expect 0 'no problems, 2 suppressed in 2 files'
expect_no 'test/no-star'
check --lang ja
expect 0 '問題なし、許可済み 2 件'
check --fail-on info
expect 0
check --no-suppressions
expect 1 '2 errors in 2 files'
check --no-suppressions --no-config --format oneline
expect 1 'p.yaml:4:13: error: '
check --no-config
expect 1 '1 error, 1 suppressed in 2 files'
expect 1 'a.json:1:'

# --- From the day after the last one on it counts again.
check --date 2021-12-31 p.yaml
expect 0
check --date 2022-01-01 --format oneline p.yaml
expect 1 'p.yaml:4:13: error: '
expect 1 'p.yaml:4:53: warning: '
expect 1 '[suppression/expired]'
check --date 2022-01-01 --lang ja --format oneline p.yaml
expect 1 '許可は最後の日を過ぎました'

# --- What each format says of it.
check --format json
expect 0 '"findings": []'
expect 0 '"suppressed": 2'
expect 0 '"kind": "inSource"'
expect 0 '"reason": "until the roles are split"'
expect 0 '"until": "2021-12-31"'
expect 0 '"kind": "external"'
check --format jsonl
[ "$(grep -c '^{"type":"suppressed"' "$out")" -eq 2 ] || fail "not two lines"
check --format sarif
[ "$(grep -c '"suppressions": \[$' "$out")" -eq 2 ] || fail "not two results with suppressions"
expect 0 '"justification": "JSON has no comments"'
expect_no '"baselineState"'
check --format junit
expect 0 'failures="0" errors="0" skipped="1" package="ekslint" id="1"'
expect 0 '<skipped message="suppressed: JSON has no comments">'
check --format junit --lang ja
expect 0 '<skipped message="許可済み: JSON has no comments">'
check --format tap
expect 0 "ok 1 - a.json: test/no-star \$['Statement'][0]['Action'] # SKIP suppressed: JSON has no comments"
expect_no 'not ok'
for format in oneline github checkstyle gitlab access-analyzer; do
    check --format "$format"
    expect 0
    expect_no 'test/no-star'
done

# --- In SARIF either all results have the property or none: its absence says nothing.
cp p.yaml q.yaml
sed -i 's/ # ekslint.*//' q.yaml
check --format sarif
[ "$(grep -c '"suppressions": \[' "$out")" -eq 3 ] || fail "a result without 'suppressions'"
rm q.yaml

# --- The list: with what each hides, unused and expired ones too, whatever is wrong with the files.
list
expect 0 'p.yaml:4:19: test/no-star (used, until 2021-12-31)'
expect 0 '  reason: until the roles are split'
expect 0 '  hides: p.yaml:4:13: '
expect 0 '.ekslint.yaml:2:11: test/no-star (used)'
expect 0 '2 suppressions, 2 findings hidden'
list --lang ja
expect 0 '（使用中、期限 2021-12-31）'
list --date 2022-01-01 p.yaml
expect 0 '(expired, until 2021-12-31)'
list --format json
expect 0 '"state": "used"'
[ "$(grep -c '"fingerprint"' "$out")" -eq 2 ] || fail "not what both hide"
list --format tap
expect_error 2 "format of 'suppressions'"
list ''
expect_error 2 'empty'
mkdir none
echo '{}' >none/x.json
list none
expect 4 '1 suppression, 0 findings hidden'
printf '{' >none/x.json
list none
expect 3
echo "$good" >none/x.json
list none
expect 0 '0 findings hidden'
rm -r none

# --- A hook sees single files: nothing of the others is said to be unused.
sed -i 's/\*/s3:GetObject/' p.yaml
check a.json
expect 0
expect_no 'unused'
check p.yaml
expect 0 'p.yaml:4:45: warning: '
echo "$good" >a.json
check a.json
expect 0 '.ekslint.yaml:2:11: warning: '
check
expect 0 '2 warnings in 2 files'
check --ignore test/no-star --select test/no-star
expect_no 'unused'

# --- Nobody suppresses what the configuration forbids.
echo 'forbid-suppressing: [test/*]' >>.ekslint.yaml
echo "$bad" >a.json
check --format oneline a.json
expect 1 'a.json:1:'
expect 1 '.ekslint.yaml:2:11: error: '
expect 1 '[suppression/forbidden]'
check --lang ja --format oneline a.json
expect 1 '設定で禁止されています'
# shellcheck disable=SC2086
run config $rules a.json
expect 0 "suppress  test/no-star in /a.json at \$['Statement'][0]['Action']"
expect 0 'forbid    test/*'
rm .ekslint.yaml

# --- Windows line ends and a BOM; an INI file.
printf '\357\273\277Version: "2012-10-17"\r\nStatement:\r\n  - Effect: Allow\r\n    # ekslint: allow test/no-star -- r\r\n    Action: "*"\r\n    Resource: "*"\r\n' >w.yaml
check w.yaml
expect 0 '1 suppressed'
mkdir .aws
cat >.aws/config <<'END'
# ekslint: alow test/x -- typo
[default]
region = us-east-1
# ekslint: allow test/no-star -- nothing here
output = json
END
run check --format oneline --select test/no-star --rules "$top/rules" .aws/config w.yaml
expect 1 '.aws/config:1:12: error: '
expect 1 '.aws/config:4:18: warning: '

# --- A reason is prose, and may hold what no output shows.
key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
cat >secret.yaml <<END
Version: "2012-10-17"
Statement:
  - {Effect: Allow, Action: "*", Resource: "*"} # ekslint: allow test/no-star -- with $key
  # ekslint: allow $key -- x
  - {Effect: Allow, Action: "*", Resource: "*"}
END
echo "$bad" >a.json
echo "suppressions: [{rule: test/no-star, file: a.json, reason: 'with $key'}]" >.ekslint.yaml
for format in text json sarif junit tap; do
    check --format "$format" a.json secret.yaml
    expect 1
    expect_no "$key"
done
list a.json secret.yaml
expect 0 '2 suppressions, 2 findings hidden'
expect_no "$key"
rm .ekslint.yaml secret.yaml

# --- diagnose: the step fails all the same, and says that its failure is tolerated.
cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/key-pairs-not-loaded" case
chmod -R u+w case
run diagnose case
expect 1 'FAILS    3. Load the cluster form <- stops here'
sed -i 's/^  key_pair: ops.*/& # ekslint: allow gitlab\/key-pair-not-in-region -- made by hand later/' case/gitlab-eks.yaml
run diagnose case
expect 0 'FAILS    3. Load the cluster form (suppressed) <- stops here'
expect 0 'made by hand later'
expect 0 '1 suppressed'
run diagnose --lang ja case
expect 0 '（許可済み）'
run diagnose --format json case
expect 0 '"outcome": "fails"'
expect 0 '"errors": [],'
grep -A 3 '"suppressed": \[$' "$out" | grep -q '"rule": "gitlab/key-pair-not-in-region"' ||
    fail "the step does not say what is tolerated"
run diagnose --no-suppressions case
expect 1 'FAILS    3. Load the cluster form <- stops here'
run check case
expect 0 '1 suppressed'

# --- Whoever asks about a text or a rule gets what is, whatever is tolerated.
run explain --error 'Key Pairs are not loaded' case
expect 1 'fails here: case/gitlab-eks.yaml:30:13'
run trace gitlab/key-pair-not-in-region case
expect 1 '1 fail'

# --- What is not in the list is said beside it: files that cannot be read, comments that are none.
mkdir beside
printf 'Version: "2012-10-17"\n# ekslint: allow -- no rule\nStatement: []\n' >beside/a.yaml
echo '{' >beside/b.json
run suppressions beside nowhere
expect 3 '0 suppressions'
for text in 'beside/a.yaml:2:' suppression/malformed 'beside/b.json:2:1: error' 'nowhere: error: cannot be read'; do
    grep -qF "$text" "$err" || fail "standard error without: $text"
done
run suppressions --format json --lang ja beside/a.yaml
expect 0 '"suppressions": []'
grep -qF 'エラー' "$err" || fail "no word about the comment"

finish
