#!/bin/sh
# SPDX-License-Identifier: MIT
# --stats and --profile-rules say what a run took, on standard error, and change nothing else.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/complete" case
cases=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab

run check --format json case
[ ! -s "$err" ] || fail "something on standard error"
cp "$out" "$top/plain"
plain=$status
run check --format json --stats --profile-rules case
[ "$status" -eq "$plain" ] || fail "exit status $status, not $plain"
cmp -s "$out" "$top/plain" || fail "another report"
files=$(sed -n 's/^    "files": \([0-9]*\),$/\1/p' "$out")
grep -qE "^files $files, bytes [1-9][0-9]*, documents [1-9][0-9]*, nodes [1-9][0-9]*\$" "$err" || fail "no counts"
grep -qE '^rules run [1-9][0-9]*, evaluations [1-9][0-9]*, nodes judged [1-9][0-9]*, steps [1-9][0-9]*$' "$err" ||
    fail "no work"
grep -qE '^read [0-9.]+ ms, parse [0-9.]+ ms, judge [0-9.]+ ms, report [0-9.]+ ms$' "$err" || fail "no time"
grep -qE '^peak memory [1-9][0-9]* KiB$' "$err" || fail "no memory"

# The longest first, twenty of them.
run check --profile-rules "$cases"
grep -q '^files ' "$err" && fail "counts that nobody asked for"
awk 'NR > 1 { print $4 }' "$err" >"$top/times"
[ "$(wc -l <"$top/times")" -eq 20 ] || fail "not twenty rules"
sort -rnc "$top/times" || fail "not the longest first"

# Of one rule what it did is known: a node for each role.
cat >rule.yaml <<'EOF'
id: mine/each
severity: warning
kind: iam-policy
title: t
select: $.Statement[*]
if-absent: skip
require: '@.Sid != "x"'
message: m
EOF
cat >policy.json <<'EOF'
{"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
 {"Sid": "b", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
EOF
cp policy.json other.json
run check --no-builtin --rules rule.yaml --stats --profile-rules policy.json other.json
expect 0
grep -qE '^rules run 1, evaluations 2, nodes judged 4, steps [1-9]' "$err" || fail "other counts"
grep -qE '^ +2 +4 +[1-9][0-9]* +[0-9]+  mine/each$' "$err" || fail "another row"

run check --stdin-jsonl --stats
expect_error 2 "--stdin-jsonl takes no --stats"
finish
