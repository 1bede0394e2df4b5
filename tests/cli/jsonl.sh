#!/bin/sh
# SPDX-License-Identifier: MIT
# A stream: one line of JSON for each line of standard input, in order, whatever the lines are; what is said of a file is
# what is said of it in a run of its own; memory does not grow with the number of lines.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

good=$(
    cat <<'EOF'
{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"s0\", \"Effect\": \"Allow\", \"Action\": \"s3:ListAllMyBuckets\", \"Resource\": \"*\"}]}
EOF
)
bad=$(printf '%s' "$good" | sed 's/Allow/Permit/')
export bad good

# lines COUNT: so many lines, of which every fifth has an error; each has a name and a text of its own.
lines() {
    awk -v n="$1" 'BEGIN {
        for (i = 1; i <= n; i++) {
            text = i % 5 ? ENVIRON["good"] : ENVIRON["bad"]
            sub(/s0/, "s" i, text)
            printf "{\"name\": \"p%d.json\", \"content\": \"%s\"}\n", i, text
        }
    }'
}

# stream STATUS ARGUMENTS: from lines.jsonl
input=lines.jsonl
stream() {
    wanted=$1
    shift
    run check --stdin-jsonl "$@"
    expect "$wanted"
    [ ! -s "$err" ] || fail "something on standard error"
}

# line N TEXT: the answer to a line holds a text.
line() {
    sed -n "$1p" "$out" | grep -qF -e "$2" || fail "line $1 without: $2"
}

# count N: as many answers.
count() {
    [ "$(wc -l <"$out")" -eq "$1" ] || fail "$(wc -l <"$out") lines, not $1"
}

# ---- order, and what is said ----

lines 1000 >lines.jsonl
stream 1
count 1000
sed 's/^{"name":"\([^"]*\)".*/\1/' "$out" >"$top/names"
seq 1000 | sed 's/.*/p&.json/' | cmp -s - "$top/names" || fail "another order"
[ "$(grep -c '"rule":"iam/invalid-effect"' "$out")" -eq 200 ] || fail "not a finding in every fifth line"
stream 0 --exit-zero
stream 0 --ignore iam/invalid-effect
stream 1 --select iam/invalid-effect --severity iam/invalid-effect=info --fail-on info
line 5 '"severity":"info"'

# In a run of its own the finding is the same, members and all.
lines 5 | sed -n 5p | sed 's/.*"content": "\(.*\)"}$/\1/' | sed 's/\\"/"/g' >p5.json
stream 1
cp "$out" "$top/one"
last="p5.json"
"$EKSLINT_BINARY" check --hook --format json p5.json | python3 -c '
import json, sys
alone = json.load(sys.stdin)
stream = json.loads(open(sys.argv[1]).read().splitlines()[4])
assert alone["findings"]
for key in ("findings", "unknown", "summary"):
    assert alone[key] == stream[key], (key, alone[key], stream[key])
assert sorted(stream) == ["findings", "name", "summary", "unknown"]
' "$top/one" || fail "alone another verdict"

# ---- lines that are none ----

{
    printf 'no JSON\n'
    printf '\n'
    printf '{"content": "{}"}\n'
    printf '{"name": 7, "content": "{}"}\n'
    printf '{"name": "a", "name": "b", "content": "{}"}\n'
    printf '{"name": "\377", "content": "{}"}\n'
    printf '{"name": "a\000b", "content": "{}"}\n'
    printf '{"name": "a"}\n'
    printf '{"name": "crlf", "content": "%s"}\r\n' "$good"
    printf '{"name": "broken", "content": "{"}\n'
    printf '[{"name": "a", "content": "{}"}]\n'
    printf '{"name": "kind", "kind": "iam-scp", "content": "%s"}\n' "$good"
    printf '{"name": "kind", "kind": "no-kind", "content": "%s"}\n' "$good"
    printf '{"name": "last", "content": "%s"}' "$bad"
} >lines.jsonl
stream 3
count 14
line 1 '{"name":null,"line":1,"error":"column 1: '
line 2 '{"name":null,"line":2,"error":"an empty line'
line 3 '"error":"there is no '"'name'"
line 4 '{"name":null,"line":4,"error":"'"'name' has to be a text"
line 5 '"line":5,"error":"column 15: '
line 6 '"line":6,"error":"column '
line 7 '"line":7,"error":"column '
line 8 '{"name":"a","line":8,"error":"there is no '"'content'"
line 9 '{"name":"crlf","findings":[],'
line 10 '"rule":"syntax/json"'
line 11 '"line":11,"error":"a line holds an object'
line 12 '"documents":1'
line 13 '"line":13,"error":"unknown kind '
line 14 '"rule":"iam/invalid-effect"'

# Names are labels: nothing is opened, and what they hold comes back as it was.
cat >lines.jsonl <<'EOF'
{"name": "../../etc/passwd", "content": "{}"}
{"name": "", "content": "{}"}
{"name": "a\nb\u0000c\u202e\u007f\"", "content": "{}"}
{"name": "https://example.com/x", "content": "{}"}
EOF
stream 4
count 4
line 1 '{"name":"../../etc/passwd","findings":[]'
line 2 '{"name":"","findings":[]'
line 3 '{"name":"a\nb\u0000c\u202e\u007f\"","findings":[]'

# Nothing at all is fine: a stream that is cut into parts has empty ones.
: >lines.jsonl
stream 0
count 0

# A line beyond the limit is said, and the next one is judged.
{
    printf '{"name": "long", "content": "'
    head -c 700000 /dev/zero | tr '\0' x
    printf '"}\n{"name": "next", "content": "%s"}\n' "$bad"
} >lines.jsonl
stream 3 --limit document-bytes=300K
count 2
line 1 '{"name":null,"line":1,"error":"more than 300 KiB'
line 2 '{"name":"next","findings":[{"rule":"iam/invalid-effect"'
stream 1
line 1 '{"name":"long","findings":[]'
head -c 700000 lines.jsonl >cut.jsonl
mv cut.jsonl lines.jsonl
stream 3 --limit document-bytes=300K
count 1

# ---- what is asked for ----

: >lines.jsonl
for option in . - --format=json --output=x --report=json=x --fix --diff --baseline=x --write-baseline=x \
    --prune-baseline --hook --changed-since=HEAD --files-from=x --stdin-filename=x; do
    run check --stdin-jsonl "$option"
    [ "$status" -eq 2 ] || fail "exit status $status, not 2"
    [ ! -s "$out" ] || fail "standard output is not empty"
    grep -qF -e '--stdin-jsonl takes no' "$err" || fail "no reason"
done
run check --stdin-jsonl --select no/rule
expect_error 2 "unknown rule"

# A configuration counts by name: what it leaves out, what it tolerates, what it takes for what.
cat >.ekslint.yaml <<'EOF'
exclude: [vendor/**]
suppressions:
  - {rule: iam/invalid-effect, file: known.json, reason: it is}
EOF
for name in vendor/a.json known.json other.json; do
    printf '{"name": "%s", "content": "%s"}\n' $name "$bad"
done >lines.jsonl
stream 1
line 1 '{"name":"vendor/a.json","findings":[],'
line 1 '"excluded":true}'
line 2 '"suppressed":1,'
line 3 '"rule":"iam/invalid-effect"'
echo 'baseline: known.baseline' >>.ekslint.yaml
: >known.baseline
run check --stdin-jsonl
expect_error 2 "--stdin-jsonl takes no baseline"
stream 1 --no-suppressions
rm .ekslint.yaml

# ---- who reads ----

# Answers come before the end: a program asks line by line.
last="a conversation"
mkfifo "$top/to" "$top/from"
"$EKSLINT_BINARY" check --stdin-jsonl <"$top/to" >"$top/from" &
pid=$!
exec 3>"$top/to" 4<"$top/from"
for name in one two three; do
    printf '{"name": "%s", "content": "%s"}\n' $name "$good" >&3
    IFS= read -r answer <&4
    case $answer in
    "{\"name\":\"$name\","*) ;;
    *) fail "no answer about $name: $answer" ;;
    esac
done
exec 3>&- 4<&-
wait $pid || fail "exit status $?"

# A reader that goes away ends it, long before the lines do.
lines 5 >some.jsonl
last="a reader that goes away"
: >"$out"
{
    while cat some.jsonl 2>/dev/null; do :; done | {
        "$EKSLINT_BINARY" check --stdin-jsonl 2>"$err"
        echo $? >"$top/status"
    }
} | head -n 3 >"$out"
[ "$(cat "$top/status")" -eq 1 ] || fail "exit status $(cat "$top/status"), not 1"
[ ! -s "$err" ] || fail "something on standard error"
count 3

# Cut into parts by lines, with a program for each, as GNU parallel and Hadoop do it: together the same answers.
lines 3000 >lines.jsonl
stream 1
cp "$out" "$top/whole"
split -l 700 lines.jsonl part.
for part in part.*; do
    "$EKSLINT_BINARY" check --stdin-jsonl <"$part"
done >"$out"
last="parts"
cmp -s "$out" "$top/whole" || fail "other answers"
if command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q GNU; then
    last="GNU parallel"
    parallel --will-cite --pipe --keep-order --block 50k "$EKSLINT_BINARY" check --stdin-jsonl --exit-zero \
        <lines.jsonl >"$out" 2>"$err" || fail "exit status $?"
    cmp -s "$out" "$top/whole" || fail "other answers"
fi

finish
