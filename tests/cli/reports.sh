#!/bin/sh
# SPDX-License-Identifier: MIT
# --report FORMAT=FILE: several reports from one run, each whole or not at all; and which files may not
# be one.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

echo "$bad" >bad.json
# shellcheck disable=SC2086
check() { run $rules "$@"; }

# Each is what --format writes alone; the report on standard output stays as it is.
check --format text bad.json
cp "$out" "$top/text"
check --report sarif=r.sarif --report gitlab=gl.json --report junit=a=b.xml --report text=r.txt bad.json
expect 1
cmp -s "$out" "$top/text" || fail "another report on standard output"
for pair in sarif:r.sarif gitlab:gl.json junit:a=b.xml text:r.txt; do
    check --format "${pair%%:*}" bad.json
    cmp -s "$out" "${pair#*:}" || fail "${pair#*:} is not the report of --format ${pair%%:*}"
done
check --format json --output whole.json --report tap=r.tap bad.json
expect 1
[ ! -s "$out" ] || fail "also writes to standard output"
grep -q '"version": 1' whole.json || fail "no report of --output"
grep -q '^not ok 1' r.tap || fail "no report of --report"
check --color auto --report text=r.txt bad.json
if grep -q "$(printf '\033')" r.txt; then fail "colour in a file"; fi
check --report sarif=/dev/null --report json=/dev/null bad.json
expect 1

# A diagnosis has its own formats.
cp "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/access-denied/gitlab-eks.yaml" .
run diagnose --report json=d.json gitlab-eks.yaml
grep -q '"flow": "gitlab-eks"' d.json || fail "no report of a diagnosis"
run diagnose --report sarif=d.sarif gitlab-eks.yaml
expect_error 2 "unknown format of --report 'sarif'"

# Mistakes of the command line are said before anything is written.
rm -f r.*
check --report sarif bad.json
expect_error 2 "--report 'sarif' is not of the form FORMAT=FILE"
check --report sarif= bad.json
expect_error 2 "--report 'sarif=' is not of the form FORMAT=FILE"
check --report sarf=r.sarif bad.json
expect_error 2 "unknown format of --report 'sarf'; did you mean 'sarif'?"
check --report sarif=- bad.json
expect_error 2 "for standard output give --format sarif"
run query --report json=r.json '$' bad.json
expect_error 2 "option '--report' is not for 'query'"

# Two to one file, however it is named.
mkdir d
ln -s d link
echo old >there
ln -s there there-link
check --report json=r.json --report sarif=./r.json bad.json
expect_error 2 "two reports would go to './r.json'"
check --report json=d/r.json --report sarif=link/r.json bad.json
expect_error 2 "two reports would go to 'link/r.json'"
check --report json=there --report sarif=there-link bad.json
expect_error 2 "two reports would go to 'there-link'"
check --output r.json --report sarif=r.json bad.json
expect_error 2 "two reports would go to 'r.json'"
[ "$(cat there)" = old ] || fail "wrote a report"
[ ! -e r.json ] || fail "wrote a report"

# An input is never replaced: one that was named, met in a folder, referred to, a rule, standard input.
refused() { # FILE WHICH ARGUMENTS
    cp "$1" "$top/before"
    file=$1
    option=$2
    shift 2
    run "$@"
    expect_error 2 "a report would replace '$file', which is an input; name another file for $option"
    cmp -s "$file" "$top/before" || fail "replaced $file"
    [ ! -e other.sarif ] || fail "wrote another report"
}
mkdir in
echo "$bad" >in/policy.json
ln in/policy.json same.json
refused in/policy.json --report check --report sarif=other.sarif --report json=in/policy.json in/policy.json
refused in/policy.json --report check --report sarif=other.sarif --report json=in/policy.json in
refused same.json --report check --report json=same.json in
refused in/policy.json --output check --report sarif=other.sarif --output in/policy.json in
refused in/policy.json --output diagnose --output in/policy.json in
echo '{"Statement": [' >in/broken.json
refused in/broken.json --report check --report json=in/broken.json in
mkdir case
cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/access-denied/." case
refused case/provision-role.trust.json --report check --report json=case/provision-role.trust.json case/gitlab-eks.yaml
refused "$top/rules/no-star.yaml" --report check --rules "$top/rules" --report json="$top/rules/no-star.yaml" bad.json
input=bad.json
refused bad.json --report check --report json=bad.json -
input=/dev/null

# An earlier report in the folder that is checked is no input, and the second run is as the first.
rm in/broken.json
check --format json --report gitlab=in/report.json --report jsonl=in/lines.jsonl in
expect 1
cp "$out" "$top/first"
cp in/report.json "$top/report"
check --format json --report gitlab=in/report.json --report jsonl=in/lines.jsonl in
expect 1
cmp -s "$out" "$top/first" || fail "the second run sees the first one's report"
cmp -s in/report.json "$top/report" || fail "another report the second time"

# One that cannot be written does not stop the others, and the exit status says so.
check --report json=no/such/r.json --report tap=last.tap bad.json
[ "$status" -eq 2 ] || fail "exit status $status"
grep -qF "cannot write 'no/such/r.json'" "$err" || fail "does not say what cannot be written"
grep -q '^not ok' last.tap || fail "did not write the other"
grep -qF 'test/no-star' "$out" || fail "no report on standard output"

finish
