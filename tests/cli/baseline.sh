#!/bin/sh
# SPDX-License-Identifier: MIT
# A baseline: what is known does not count, whatever moves; one more does; what is gone is said and taken
# out; and no file is lost on the way.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

mkdir sub
echo "$bad" >sub/a.json
cat >b.yaml <<'END'
# A policy with an anchor.
Version: "2012-10-17"
Statement:
  - &everything
    Effect: Allow
    Action: "*"
    Resource: "arn:aws:s3:::one"
  - Effect: Allow
    Action: ["s3:GetObject", "*"]
    Resource: "*"
END
check() {
    # shellcheck disable=SC2086
    run check $rules --format oneline "$@"
}
summary() {
    # shellcheck disable=SC2086
    run check $rules "$@"
}

# --- Written once, it makes the same run pass, and a second one writes the same.
check
expect 1
[ "$(wc -l <"$out")" -eq 3 ] || fail "not three findings"
summary --write-baseline base.json
expect 0 'no problems, 3 in the baseline in 2 files'
cp base.json first.txt
cat >expected.txt <<'END'
{"version": 1, "findings": [
{"file": "b.yaml", "rule": "test/no-star", "fingerprint": "…", "count": 2},
{"file": "sub/a.json", "rule": "test/no-star", "fingerprint": "…", "count": 1}
]}
END
sed 's/"fingerprint": "[0-9a-f]\{16\}"/"fingerprint": "…"/' base.json | diff - expected.txt >"$out" ||
    fail "another file"
summary --baseline base.json
expect 0 'no problems, 3 in the baseline'
summary --lang ja --baseline base.json
expect 0 'ベースラインにあるもの 3 件'
check --write-baseline base.json
expect 0
cmp -s base.json first.txt || fail "another file the second time"
summary --baseline base.json --prune-baseline
expect 0
cmp -s base.json first.txt || fail "pruned, though nothing is gone"
check --baseline base.json b.yaml
expect 0
(cd sub && check --baseline ../base.json a.json && [ "$status" -eq 0 ]) || fail "another folder, other names"
check --baseline "$top/work/base.json" "$top/work/sub/a.json"
expect 0

# --- Moved, indented, reordered, with comments: nothing is new.
cat >b.yaml <<'END'
Statement:
    # the other way round
    - Resource: "*"
      Action: ["s3:GetObject", "*"]   # a comment
      Effect: Allow


    - &all
      Resource: "arn:aws:s3:::one"
      Effect: Allow
      Action: "*"
Version: "2012-10-17"
END
check --baseline base.json
expect 0
[ ! -s "$out" ] || fail "something is new"

# --- One more like those that are known is new, and it alone.
cat >>b.yaml <<'END'
END
sed -i 's/^Version.*/    - {Effect: Deny, Action: "*", Resource: "x"}\n&/' b.yaml
check --baseline base.json
expect 1 'b.yaml:12:30: error: '
[ "$(wc -l <"$out")" -eq 1 ] || fail "more than one is new"

# --- What is gone is a remark and no failure, and can be taken out. A file that is not looked at keeps its entries.
cat >b.yaml <<'END'
Version: "2012-10-17"
Statement: {Effect: Allow, Action: "*", Resource: "x"}
END
summary --fail-on info --baseline base.json b.yaml
expect 0 '1 finding of the baseline is not there any more; --prune-baseline takes it out'
summary --lang ja --baseline base.json b.yaml
expect 0 'ベースラインのうち 1 件はもう見つかりません'
summary --format json --baseline base.json b.yaml
expect 0 '"stale": 1'
echo "$good" >sub/a.json
summary --baseline base.json b.yaml
expect 0 '1 finding of the baseline'
check --select test/no-star --ignore test/no-star --baseline base.json sub/a.json
expect_no 'baseline'
check --baseline base.json --prune-baseline b.yaml
expect 0
expected='{"file": "b.yaml", "rule": "test/no-star", "fingerprint": "…", "count": 1},
{"file": "sub/a.json", "rule": "test/no-star", "fingerprint": "…", "count": 1}'
[ "$(sed -n 's/"fingerprint": "[0-9a-f]*"/"fingerprint": "…"/p' base.json)" = "$expected" ] ||
    fail "another baseline"
# A file that is there no more takes its entries with it.
rm sub/a.json
check --baseline base.json --prune-baseline b.yaml
expect 0
expect_no 'sub'
grep -q sub base.json && fail "the entry of a file that is gone"
grep -q b.yaml base.json || fail "the other entry is gone"

# --- SARIF marks, and drops nothing.
echo "$bad" >sub/a.json
summary --format sarif --baseline base.json
expect 1 '"baselineState": "unchanged"'
expect 1 '"baselineState": "new"'
[ "$(grep -c '"ruleId"' "$out")" -eq 2 ] || fail "not two results"
summary --format sarif
expect_no baselineState
summary --format json --baseline base.json
expect 1 '"baselined": 1'
summary --format junit --baseline base.json
expect 1 '<skipped message="in the baseline">'
summary --format tap --baseline base.json
expect 1 '# SKIP in the baseline'

# --- What is suppressed is not in it, and neither is what cannot be read or is forbidden.
sed -i 's/^Statement.*/& # ekslint: allow test\/no-star -- r/' b.yaml
printf '{' >broken.json
check --write-baseline base2.json
expect 3
grep -q 'b.yaml\|broken' base2.json && fail "holds what it must not"
grep -q 'sub/a.json' base2.json || fail "does not hold the others"
summary --baseline base2.json
expect 3
rm broken.json base2.json
echo 'forbid-suppressing: test/*' >forbid.yaml
check --config forbid.yaml --write-baseline base2.json sub/a.json
expect 1 'sub/a.json:1:'
[ "$(cat base2.json)" = '{"version": 1, "findings": []}' ] || fail "holds what is forbidden"
check --config forbid.yaml --baseline base.json b.yaml
expect 1 'base.json:2:'
expect 1 '[suppression/forbidden]'
sed -i 's/ # ekslint.*//' b.yaml

# --- The configuration names one, beside itself; the command line has another, or none.
echo 'baseline: base.json' >.ekslint.yaml
check b.yaml
expect 0
(cd sub && check ../b.yaml && [ "$status" -eq 0 ]) || fail "from another folder"
check --no-suppressions b.yaml
expect 1
echo '{"version": 1, "findings": []}' >empty.txt
check --baseline empty.txt b.yaml
expect 1
check base.json b.yaml
expect 0
run config
expect 0 'baseline  base.json'
mv b.yaml c.yaml
check --prune-baseline c.yaml
expect 1 'c.yaml:2:'
[ "$(cat base.json)" = '{"version": 1, "findings": []}' ] || fail "not pruned"
run diagnose "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/correct"
expect_no baseline
mv base.json elsewhere.txt
check c.yaml
expect_error 2 "the baseline 'base.json' of '.ekslint.yaml' cannot be read"
echo 'baseline: ../out.json' >.ekslint.yaml
check c.yaml
expect_error 2 'leads out of'
rm .ekslint.yaml

# --- A wrong one ends the run with a place; wrong wishes, too.
printf '{"version": 1, "findings": [\n{"file": "a"}]}' >wrong.txt
check --baseline wrong.txt c.yaml
[ "$status" -eq 2 ] || fail "exit status $status"
grep -qF 'wrong.txt:2:1: error: ' "$err" || fail "no place"
check --baseline no-such.json c.yaml
expect_error 2 'cannot be read'
check --prune-baseline c.yaml
expect_error 2 'needs a baseline'
check --baseline elsewhere.txt --write-baseline x.json c.yaml
expect_error 2 'give one of them'
check --no-suppressions --baseline elsewhere.txt c.yaml
expect_error 2 'give one of them'
check --write-baseline - c.yaml
expect_error 2 'writes a file'
check --write-baseline nowhere/x.json c.yaml
[ "$status" -eq 2 ] || fail "exit status $status"
cp c.yaml before.txt
check --write-baseline c.yaml c.yaml
expect_error 2 'is an input'
cmp -s c.yaml before.txt || fail "an input was replaced"
check --write-baseline same.txt --report json=same.txt c.yaml
expect_error 2 "two reports would go to 'same.txt'"
[ ! -e same.txt ] || fail "written"

# --- What evaluates nothing writes nothing.
mkdir none
echo '{}' >none/x.json
check --write-baseline none.txt none
[ "$status" -eq 4 ] || fail "exit status $status"
[ ! -e none.txt ] || fail "written"

# --- With --fix: what can be mended is, and only the rest is known; pruning goes by what is left.
mkdir mend
printf '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]}\n' >mend/a.json
printf '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObjekt", "Resource": "*"}]}\n' >mend/b.json
cp mend/a.json allow.txt
run check --fix --write-baseline mend.json mend
expect 0 "no problems, 1 in the baseline in 2 files"
grep -qF '"Allow"' mend/a.json || fail "nothing is mended"
[ "$(grep -c invalid-effect mend.json)" -eq 0 ] || fail "what is mended is in the baseline"
grep -qF iam/invalid-action mend.json || fail "what is left is not in the baseline"
cp allow.txt mend/a.json
run check --diff --write-baseline other.json mend
[ ! -e other.json ] || fail "--diff has written a baseline"
grep -qF '+{' "$out" || fail "no diff"
run check --write-baseline mend.json mend
expect 0 "2 in the baseline"
cp allow.txt mend/c.json
sed 's/allow/Allow/' allow.txt >mend/a.json
run check --baseline mend.json --prune-baseline --diff mend
expect 1 '+++ b/mend/c.json'
expect_no 'internal error'
run check --baseline mend.json --prune-baseline --fix mend
expect 0 "no problems, 1 in the baseline in 3 files"
expect_no 'internal error'
[ "$(grep -c iam/ mend.json)" -eq 1 ] || fail "not pruned: $(cat mend.json)"

# --- What is known of files together is not gone where only some of them were read.
for name in one two; do
    cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/security-groups-not-loaded" "$name"
    chmod -R u+w "$name"
done
run check --write-baseline together.json one two
expect 0
grep -qF '"one/provision-role.policy.json", "rule": "gitlab/form-action-missing"' together.json ||
    fail "no finding about files together"
cp together.json first.txt
run check --baseline together.json --prune-baseline one/provision-role.policy.json two
expect 0
cmp -s together.json first.txt || fail "pruned what this run could not find"
sed -i 's/"ssm:GetParameters"/&, "ec2:DescribeSecurityGroups"/' one/provision-role.policy.json
run check --baseline together.json --prune-baseline one two
expect 0
[ "$(grep -c one/provision-role.policy.json together.json)" -eq 0 ] || fail "not pruned"
[ "$(grep -c two/provision-role.policy.json together.json)" -eq 1 ] || fail "pruned too much"
run check --write-baseline together.json --hook one
expect_error 2 "--hook sees only some of the findings"
# Nor where one of them could not be read.
run check --write-baseline together.json one two
cp together.json first.txt
mv two/gitlab-eks.yaml eks.txt
{ cat eks.txt; echo ']'; } >two/gitlab-eks.yaml
run check --baseline together.json --prune-baseline one two
expect 3 'gitlab-eks.yaml'
cmp -s together.json first.txt || fail "pruned what hangs on a file that could not be read"

finish
