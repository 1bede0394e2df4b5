#!/bin/sh
# SPDX-License-Identifier: MIT
# The exit statuses, in every format, and the options that move them.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

mkdir good bad broken other mixed
echo "$good" >good/a.json
echo "$bad" >bad/a.json
echo '{"Version": ' >broken/a.json
echo '{"some": "thing"}' >other/a.json
cp good/a.json mixed/good.json
cp bad/a.json mixed/bad.json
cp broken/a.json mixed/broken.json

for format in text oneline json; do
    # shellcheck disable=SC2086
    for case in good:0 bad:1 broken:3 other:4 mixed:3; do
        run $rules --format "$format" "${case%:*}"
        expect "${case#*:}"
    done
    # shellcheck disable=SC2086
    run $rules --format "$format" no/such/folder
    expect 3
done

# shellcheck disable=SC2086
{
    # One bad file never stops the others.
    run $rules --format oneline mixed
    expect 3 "mixed/bad.json:1:71: error: the action '*' allows everything [test/no-star]"
    expect 3 "mixed/broken.json:2:1: error: "
    run $rules --format oneline missing.json bad missing.yaml
    expect 3 "bad/a.json:1:71: error: "
    expect 3 "missing.json:1:1: error: cannot be read: No such file or directory"
    expect 3 "missing.yaml:1:1: error: "

    # Nothing evaluated is no success.
    run $rules other
    expect 4 "nothing was evaluated"
    run $rules --exit-zero other
    expect 4
    mkdir empty
    run $rules empty
    expect 4 "nothing was evaluated"

    # The threshold, and severities.
    run $rules --severity test/no-star=warning bad
    expect 0 "1 warning"
    run $rules --severity 'test/*=warning' --fail-on warning bad
    expect 1
    run $rules --severity test/no-star=info --fail-on warning bad
    expect 0 "1 info"
    run $rules --severity test/no-star=info --fail-on=info bad
    expect 1

    # --exit-zero changes 1 and nothing else.
    run $rules --exit-zero bad
    expect 0 "1 error"
    run $rules --exit-zero broken
    expect 3
    run $rules --exit-zero --fromat bad
    expect_error 2 "--fromat"
    run $rules --exit-zero --output no/such/folder/x bad
    expect_error 2 "cannot write"

    # Of two troubles the higher status counts.
    run $rules --output no/such/folder/x broken
    expect_error 3 "cannot write"

    # Languages and the quiet report.
    run $rules --lang ja bad
    expect 1 "エラー"
    expect 1 "アクション「*」はすべてを許可します"
    expect 1 "対処: アクションを列挙してください"
    LC_ALL=ja_JP.UTF-8
    run $rules bad
    LC_ALL=C
    expect 1 "error: the action '*' allows everything [test/no-star]"
    run $rules -q good
    expect 0
    [ ! -s "$out" ] || fail "a quiet run without findings says something"
    run $rules --quiet bad
    expect 1 "fix: Name the actions."
    expect_no "1 error"

    # The same bytes from run to run.
    run $rules --format json mixed
    cp "$out" "$top/first"
    run $rules --format json mixed
    cmp -s "$out" "$top/first" || fail "another report of the same files"
}

# Wrong rule files: the place of the mistake on standard error, and nothing is checked.
printf 'id: test/wrong\nseverity: eror\n' >wrong.yaml
run --rules wrong.yaml good
expect_error 2 "wrong.yaml:"
run --rules missing.yaml good
expect_error 2 "missing.yaml"
run --rules empty good
expect_error 2 "no rule files"
mkfifo fifo
run --rules fifo good
expect_error 2 "is not a regular file"

# Whatever is written to is full or gone.
if [ -w /dev/full ]; then
    last="ekslint >/dev/full"
    "$EKSLINT_BINARY" --version >/dev/full 2>"$err"
    status=$?
    : >"$out"
    expect_error 5 "cannot write to standard output: No space left on device"
fi
last="ekslint with its output closed"
"$EKSLINT_BINARY" --version >&- 2>"$err"
status=$?
: >"$out"
expect_error 5 "cannot write to standard output"
last="ekslint into a reader that went away"
{
    sleep 1
    "$EKSLINT_BINARY" --help 2>"$err"
    echo $? >"$top/status"
} | true
: >"$out"
while [ ! -s "$top/status" ]; do sleep 1; done
status=$(cat "$top/status")
# Whoever closes the pipe has seen enough; the status is that of the run.
expect 0
[ ! -s "$err" ] || fail "complains about a reader that went away"

# Documents that no rule is for were not evaluated.
run check --no-builtin "$EKSLINT_SOURCE_DIR/testdata/documented"
expect 4 "nothing was evaluated: no rule is for what is in 3 documents"

finish
