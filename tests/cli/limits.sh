#!/bin/sh
# SPDX-License-Identifier: MIT
# Each limit of base/limits.def is reached, says its name and how to move it, and is moved; what the command line
# says of a wrong --limit.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# reached STATUS TEXT ARGUMENTS: the text is in the report, with the limit's name.
reached() {
    wanted=$1 text=$2
    shift 2
    run "$@"
    expect "$wanted" "$text"
}
advice() { echo "(limit '$1'; --limit $1=N raises it, to $2 at most)"; }
# shellcheck disable=SC2086
lint() { run check --no-config $rules --format oneline "$@"; }

# ---- what is read ----

echo "$good" >good.json
bytes=$(wc -c <good.json)
lint --limit document-bytes=$((bytes - 1)) good.json
expect 3 "good.json:1:1: error: is larger than $((bytes - 1)) bytes $(advice document-bytes '1024 MiB')"
lint --limit document-bytes="$bytes" good.json
expect 0
input=good.json
lint --limit document-bytes=9 -
expect 3 "stdin:1:1: error: is larger than 9 bytes"
input=/dev/null

printf '%s\n%s\n%s\n' "$good" "$good" "$good" >three.json
lint --limit documents=2 three.json
expect 3 "three.json:3:1: error: more than 2 documents in a file $(advice documents '10000000 documents')"
lint --limit documents=3 three.json
expect 0
printf -- 'a: 1\n---\nb: 1\n---\nc: 1\n' >three.yaml
lint --limit documents=2 three.yaml
expect 3 "three.yaml:5:1: error: more than 2 documents in a file"

echo '{"a": [[[1]]]}' >deep.json
lint --limit depth=3 deep.json
expect 3 "deep.json:1:9: error: more than 3 levels of nesting $(advice depth '2048 levels')"
run query --limit depth=3 '$' deep.json
expect_error 3 "more than 3 levels of nesting"
run query --limit depth=4 '$.a[0][0][0]' deep.json
expect 0 1
awk 'BEGIN { for (i = 0; i < 2048; i++) printf "["; for (i = 0; i < 2048; i++) printf "]" }' >deepest.json
lint deepest.json
expect 3 "deepest.json:1:513: error: more than 512 levels of nesting"
run query --limit depth=2048 '$' deepest.json
expect 0
lint --limit depth=2K deepest.json
expect 4
printf 'a:\n - - - 1\n' >deep.yaml
lint --limit depth=3 deep.yaml
expect 3 "deep.yaml:2:6: error: more than 3 levels of nesting"
awk 'BEGIN { for (i = 0; i < 129; i++) printf "[x, "; for (i = 0; i < 129; i++) printf "]" }' >brackets.yaml
lint brackets.yaml
expect 3 "more than 128 levels of brackets in YAML (limit 'flow-depth', which is fixed)"

lint --limit nodes=4 deep.json
expect 3 "deep.json:1:10: error: more than 4 values in a document $(advice nodes '200000000 values')"
lint --limit nodes=5 deep.json
expect 4
lint --limit nodes=4 deep.yaml
expect 3 "deep.yaml:2:8: error: more than 4 values in a document"

printf 'a: &a [1, 2]\nb: [*a, *a]\n' >alias.yaml
lint --limit alias-nodes=5 alias.yaml
expect 3 "alias.yaml:2:9: error: the alias 'a' brings more than 5 values through the aliases of a document"
lint --limit alias-nodes=6 alias.yaml
expect 4

printf '{"12345678": "1234567890"}' >long.json
printf '12345678: 1234567890\n' >long.yaml
for file in long.json long.yaml; do
    lint --limit key-bytes=7 $file
    expect 3 "error: more than 7 bytes in the name of a member $(advice key-bytes '1 MiB')"
    lint --limit key-bytes=8 --limit string-bytes=9 $file
    expect 3 "error: more than 9 bytes in a string $(advice string-bytes '1024 MiB')"
    lint --limit key-bytes=8 --limit string-bytes=10 $file
    expect 4
done

# ---- what is judged ----

echo '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["*", "*", "*", "*"], "Resource": "*"}]}' \
    >stars.json
cp stars.json again.json
lint --limit findings=3 --format text stars.json
expect 1 "1 further finding is left out"
lint --limit rule-findings=3 --format text stars.json again.json
expect 1 "2 further findings are left out"
[ "$(grep -c 'test/no-star' "$out")" -eq 6 ] || fail "not three findings of each file"
lint --limit rule-findings=1 --format json stars.json
expect 1 '"dropped": 3'
lint --format text stars.json
expect 1
expect_no "left out"

lint --limit rule-steps=1 --limit node-steps=0 --fail-on unknown --format json stars.json
expect 1 "the rule's step budget ran out $(advice node-steps '1000000 steps')"
lint --limit rule-steps=1000 --limit node-steps=1 --fail-on unknown --format json stars.json
expect_no "budget"

mkdir slow
sed -e 's|test/no-star|test/slow|; s|require: .*|require: "!search(@, concat('"'(a\|a?)*(a\|a?)*(a\|a?)*', '[bc]'"'))"|' \
    "$top/rules/no-star.yaml" >slow/slow.yaml
awk 'BEGIN { printf "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Resource\": \"*\", \"Action\": [\"";
    for (i = 0; i < 900; i++) printf "a"; print "\"]}]}" }' >as.json
run check --no-config --no-builtin --rules slow --fail-on unknown --format json --limit regex-matches=1 as.json
expect 1 "matching a pattern took too long $(advice regex-matches '100000000 tries')"
run check --no-config --no-builtin --rules slow --fail-on unknown --format json as.json
expect 0

# A case of more values than the limit is judged as far as it goes, and says so.
awk 'BEGIN { print "apiVersion: v1\nkind: List\nitems:";
    for (i = 0; i < 400; i++) print "- {apiVersion: v1, kind: ServiceAccount, metadata: {name: a" i ", namespace: b}}" }' \
    >many.yaml
echo '{"cluster": {"name": "demo", "arn": "arn:aws:eks:eu-west-1:111122223333:cluster/demo"}}' >cluster.json
run check --no-config --format oneline --limit case-nodes=1000 many.yaml cluster.json
expect 0 "more than 1000 values in a case $(advice case-nodes '100000000 values')"
run check --no-config --format oneline many.yaml cluster.json
expect_no "in a case"

# Files that belong to many cases are not read into all of them without end: the cases behind are not judged,
# and the status says so.
awk 'BEGIN { for (i = 0; i < 300; i++) print "---\napiVersion: ekslint/v1\nkind: GitLabEKSIntegration\nregion: us-east-1" }' \
    >integrations.yaml
run check --no-config --format oneline --select 'gitlab/*' many.yaml integrations.yaml
expect 3 "more than 8 copies of the files' values in the cases of a run $(advice case-copies '100000 copies')"
[ "$(grep -c 'case/too-many' "$out")" -eq 1 ] || fail "it is not said once"
run check --no-config --format oneline --select 'gitlab/*' --limit case-copies=1000 many.yaml integrations.yaml
expect_no "case/too-many"

# ---- what is written ----

# Half a report is taken for a whole one, so there is none.
lint --limit output-bytes=100 stars.json
expect_error 5 "there is no report for standard output: it would have more bytes than the limit allows (limit 'output-bytes'"
for format in json sarif junit tap github gitlab checkstyle; do
    lint --format $format --output report --limit output-bytes=10 stars.json
    expect_error 5 "there is no report for report: it would have more bytes"
    [ ! -e report ] || fail "half a report was written"
done
lint --limit output-bytes=100 --report json=report --quiet good.json
expect_error 5 "there is no report for report"
[ ! -e report ] || fail "half a report was written"
run query --limit output-bytes=3 '$.a' deep.json
expect_error 5 "there is no report for standard output"
echo '{"PolicyInputList": [], "ActionNames": ["s3:GetObject"]}' >request.json
run simulate --limit output-bytes=3 request.json
expect_error 5 "there is no report for standard output"

# ---- the option ----

lint --limit depth good.json
expect_error 2 "--limit: 'depth' is not of the form NAME=NUMBER"
lint --limit dept=3 good.json
expect_error 2 "--limit: unknown limit 'dept'; did you mean 'depth'?"
lint --limit zzzzzz=3 good.json
expect_error 2 "--limit: unknown limit 'zzzzzz'; 'ekslint man' lists them"
for wrong in depth= depth=x depth=0 depth=2049 depth=-1 depth=1KK depth=K depth=99999999999999999999 depth=4G \
    flow-depth=129 'depth=1 '; do
    lint --limit "$wrong" good.json
    expect_error 2 "is no number from "
done
lint --limit key-bytes=1M --limit document-bytes=1G --limit string-bytes=4K good.json
expect 0
# A repository's own configuration moves no limit: it may be a stranger's.
echo 'limit: {depth: 2048}' >.ekslint.yaml
run check good.json
expect_error 2 "unknown key 'limit'"
rm .ekslint.yaml

# Every limit is in the manual.
run man
for name in $(sed -n 's/^LIMIT([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$EKSLINT_SOURCE_DIR/src/base/limits.def"); do
    grep -q "fB$(echo "$name" | sed 's/-/\\\\-/g')" "$out" || fail "the manual page without $name"
done

finish
