# SPDX-License-Identifier: MIT
#
# What the tests of the program share; to be sourced. Each test runs in an empty folder of its own,
# which is removed.
# Output, messages and exit status of the last run are in $out, $err and $status.
#
# shellcheck shell=sh
set -u

: "${EKSLINT_BINARY:?is not set}"
: "${EKSLINT_SOURCE_DIR:?is not set}"

# The settings of whoever runs the tests must not count.
unset COLUMNS NO_COLOR TERM
LC_ALL=C
export LC_ALL

# Nor must the day on which they are run: the example cases are of 2021-11-15.
SOURCE_DATE_EPOCH=1636934400
export SOURCE_DATE_EPOCH

top=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$top"; rm -rf "$top"' EXIT
out=$top/out
err=$top/err
mkdir "$top/work" && cd "$top/work" || exit 1
failures=0

fail() {
    failures=$((failures + 1))
    echo "FAILED: $last: $1"
    echo "--- standard output"
    head -c 2000 "$out"
    echo "--- standard error"
    head -c 2000 "$err"
    echo "---"
}

# run ARGUMENTS: the program, with standard input from $input (or empty).
input=/dev/null
run() {
    last="ekslint $*"
    "$EKSLINT_BINARY" "$@" <"$input" >"$out" 2>"$err"
    status=$?
}

# guard SECRET…: what run_guarded must not show any five bytes of; each piece a line.
guard() {
    for text in "$@"; do
        printf '%s\n' "$text" | awk '{ for (i = 1; i + 4 <= length($0); i++) print substr($0, i, 5) }'
    done >"$top/pieces"
}

# run_guarded ARGUMENTS: the program; nothing of a secret on either channel, and no crash. Counts in $runs.
runs=0
run_guarded() {
    run "$@"
    runs=$((runs + 1))
    [ "$status" -le 4 ] || fail "exit status $status"
    if grep -qF -f "$top/pieces" "$out" "$err"; then
        fail "shows a secret: $(grep -hF -f "$top/pieces" "$out" "$err" | head -n 1)"
    fi
}

# expect STATUS [TEXT]: the exit status, and a text in the output.
expect() {
    [ "$status" -eq "$1" ] || fail "exit status $status, not $1"
    [ $# -lt 2 ] || grep -qF -e "$2" "$out" || fail "output without: $2"
}

# expect_error STATUS TEXT: the exit status, a text on standard error, and an empty report.
expect_error() {
    [ "$status" -eq "$1" ] || fail "exit status $status, not $1"
    grep -qF -e "$2" "$err" || fail "standard error without: $2"
    [ ! -s "$out" ] || fail "standard output is not empty"
}

expect_no() {
    if grep -qF -e "$1" "$out" "$err"; then fail "says: $1"; fi
}

# Rules of our own, so that these tests do not depend on the built-in ones: $rules stands for the
# options.
mkdir "$top/rules"
cat >"$top/rules/no-star.yaml" <<'END'
id: test/no-star
severity: error
kind: iam-policy
title: {en: An action is a star, ja: アクションがアスタリスクです}
select: $.Statement[*].Action[*]
if-absent: skip
require: "@ != '*'"
message: {en: "the action '{@}' allows everything", ja: "アクション「{@}」はすべてを許可します"}
fix: {en: Name the actions., ja: アクションを列挙してください。}
docs: [https://example.com/]
tests:
  - fails: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["*"], Resource: ["*"]}]}
  - passes: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["s3:GetObject"], Resource: ["*"]}]}
END
rules="--no-builtin --rules $top/rules"

good='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
bad='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'

# assemble NAME: the case testdata/cases/gitlab/stages/NAME in ./NAME, as the README there says.
assemble() {
    from=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab
    cp -R "$from/complete" "$1"
    chmod -R u+w "$1"
    sed -n 's/^without //p' "$from/stages/$1/CASE" | while IFS= read -r file; do
        rm "$1/$file" || exit 1
    done || fail "$1: leaves out what is not there"
    cp -R "$from/stages/$1/." "$1"
    rm "$1/CASE"
}

# finish: to be called last.
finish() {
    [ "$failures" -eq 0 ] || exit 1
    exit 0
}
