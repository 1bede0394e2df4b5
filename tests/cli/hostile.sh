#!/bin/sh
# SPDX-License-Identifier: MIT
# Input that was made to do harm: each file of testdata/hostile/ with the exit status and message of its README, each
# shape of tests/hostile.c, and what only a file system can hold. Nothing crashes, and no report of any format has a
# control character of theirs. What they cost is measured by tests/bench/hostile.sh.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
. "$EKSLINT_SOURCE_DIR/tests/hostile.sh"

formats="text oneline json jsonl sarif gitlab junit github checkstyle tap"
hostile_prepare

# no_crash: the last run ended by itself, and no sanitizer spoke.
no_crash() {
    [ "$status" -le 4 ] || fail "exit status $status"
    if grep -qE 'Sanitizer|runtime error|Assertion' "$err"; then fail "a report of a sanitizer"; fi
}
# no_controls FILE: no control character but the line's end, raw or as UTF-8 (U+0080 to U+009F), and none that turns
# the text around.
no_controls() {
    tr -d '\n' <"$1" >"$top/flat"
    if grep -q '[[:cntrl:]]' "$top/flat"; then fail "a control character in $1"; fi
    if grep -qE "$controls" "$top/flat"; then fail "a character that controls a terminal in $1"; fi
}
controls=$(printf '\302[\200-\237]|\342\200[\250-\256]|\342\201[\246-\251]')

# ---- the committed files ----

cp "$EKSLINT_SOURCE_DIR"/testdata/hostile/* .
rows=0
# The table's rows have a file's name in their first cell, and a number in the third.
grep '^| `' README.md >rows
rm README.md
while IFS='|' read -r _ file _ wanted message _; do
    file=$(echo "$file" | tr -d '` ')
    wanted=$(echo "$wanted" | tr -d ' ')
    message=$(echo "$message" | sed 's/^ *//; s/ *$//')
    # shellcheck disable=SC2046
    run $(hostile_command "$file" "$file")
    no_crash
    [ "$status" -eq "$wanted" ] || fail "exit status $status, not $wanted"
    cat "$out" "$err" >"$top/said"
    if [ "$message" = – ]; then
        if grep -qF "$file:" "$top/said"; then fail "a message where none was expected"; fi
    else
        grep -qF -e "$file:$message" "$top/said" || fail "no message: $file:$message"
    fi
    rows=$((rows + 1))
    mkdir -p all && mv "$file" all
done <rows
rm rows
for file in *; do
    case $file in
    all | good.json) ;;
    *) fail "no row in the README for $file" ;;
    esac
done
[ "$rows" -gt 40 ] || fail "only $rows rows"

for format in $formats; do
    run check --no-config --profile pedantic --format "$format" all
    expect 3
    no_crash
    no_controls "$out"
done

# ---- what many findings cost together ----

# The texts of a rule's findings share its steps: a list of 1500 names is not made for each of 1500 findings.
awk 'BEGIN { print "apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts:";
    for (i = 0; i < 1500; i++) print "- {name: a" i ", context: {cluster: a" i "}}" }' >contexts.yaml
run check --no-config --select eks/kubeconfig-context-dangling --limit node-steps=0 --format json contexts.yaml
expect 0 "no cluster 'a1499' in this file"
[ "$(grep -c 'was not found for context \\"a' "$out")" -ge 5 ] || fail "the first symptoms are not filled in"
[ "$(grep -c 'was not found for context \\"?' "$out")" -ge 300 ] || fail "each symptom has steps of its own"
head -n 300 contexts.yaml >fewer.yaml
run check --no-config --select eks/kubeconfig-context-dangling --format json fewer.yaml
[ "$(grep -c 'was not found for context \\"?' "$out")" -eq 0 ] || fail "300 findings are too many"
rm contexts.yaml fewer.yaml

# Nor is advice given for each of many wrong names.
awk 'BEGIN { print "ignore:"; for (i = 0; i < 12000; i++) print "- iam/invalid-actio" i }' >wrong.yaml
run check --config wrong.yaml good.json
expect_error 2 "after so many wrong names those behind it are not looked at"
[ "$(grep -c 'no rule is called' "$err")" -eq 10001 ] || fail "another number of messages"
grep -q "iam/invalid-actio0'; did you mean 'iam/invalid-action'" "$err" || fail "no advice at all"
rm wrong.yaml

# What a rule's 'when' says without its facts is asked before them: they may be dear, and there are many groups.
awk 'BEGIN { print "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: a, region: us-east-1}";
    print "managedNodeGroups:"; for (i = 0; i < 400; i++) print "- {name: a, instanceType: m5.large}" }' >groups.yaml
run check --no-config --select eks/node-role-lacks-image-pull --fail-on unknown --limit node-steps=8 groups.yaml
expect 0 "1 not applicable, 0 unknown"
rm groups.yaml

# ---- secrets where names belong ----

token=glpat-x9Kq2ZrT7vLm4NwBs8Yd
echo "select: [$token]" >names.yaml
echo "{\"PolicyInputList\": [\"{}\"], \"ActionNames\": [\"s3:GetObject\"], \"$token\": 1}" >request.json
run check --config names.yaml good.json
expect_error 2 "no rule is called"
expect_no "${token%????}"
run simulate request.json
expect 3 "unknown key '…s8Yd'"
expect_no "${token%????}"
rm names.yaml request.json

# ---- names ----

mkdir names
line=$(printf 'a\nb')
escape=$(printf '\033[31m\007\302\233')
# shellcheck disable=SC2016
for name in "$line" "$escape" "\"'<&>]]>" '::error file=x::y%0A##[error]' '-rf' 'a b' "$(printf 'bad\377utf8')" '$(id)' \
    "$(printf '\342\200\256gnp')" '{{x}}' '%s%n'; do
    echo "$bad" >"names/$name.json"
done
for format in $formats; do
    # shellcheck disable=SC2086
    run check --no-config $rules --format "$format" names
    expect 1
    no_crash
    no_controls "$out"
done
# shellcheck disable=SC2086
run check --no-config $rules --format oneline names
[ "$(wc -l <"$out")" -eq "$(grep -c '\.json:' "$out")" ] || fail "a file's name forges a line"
run check --no-config --format oneline "names/$escape.json" "names/$line" -- -rf
no_controls "$err"
printf 'names/%s\n' "$escape.json" nosuch "$escape" >list
run check --no-config --format oneline --files-from list
expect 3 "names/nosuch:1:1: error: cannot be read: No such file or directory"
no_controls "$out"

# ---- what only a file system holds ----

mkdir special
mkfifo special/pipe.json
ln -s loop.json special/loop.json
ln -s /dev/zero special/zero.json
ln -s /dev/tty special/tty.json
ln -s .. special/up
ln -s . special/self
echo "$good" >special/good.json
run check --no-config --format oneline special
no_crash
expect 3 "special/loop.json:1:1: error: cannot be read: Too many levels of symbolic links"
for name in pipe zero tty; do
    run check --no-config --format oneline "special/$name.json"
    expect 3 "special/$name.json:1:1: error: is not a regular file"
done
run check --no-config --format oneline --config special/pipe.json good.json
[ "$status" -eq 2 ] || fail "exit status $status for a FIFO as configuration"
run check --no-config --format oneline --rules special/zero.json good.json
[ "$status" -eq 2 ] || fail "exit status $status for a device as rules"
run check --no-config --format oneline --baseline special/zero.json good.json
[ "$status" -eq 2 ] || fail "exit status $status for a device as baseline"

# A thousand folders in each other, and more entries than anybody looks at.
(
    mkdir deep && cd deep || exit 1
    i=0
    while [ $i -lt 300 ]; do
        mkdir d && cd d || exit 1
        i=$((i + 1))
    done
    cp "$top/work/good.json" .
)
run check --no-config --format oneline deep
no_crash
expect 0

# 1 GB without a block on the disk.
if dd if=/dev/null of=sparse.json bs=1 seek=1073741824 2>"$err"; then
    run check --no-config --format oneline sparse.json good.json
    expect 3 "sparse.json:1:1: error: is larger than 256 MiB"
    rm sparse.json
fi

# Files that grow, shrink and vanish while they are read: any outcome but a crash, and a report that is whole.
mkdir moving
(
    i=0
    while [ ! -e stop ] && [ $i -lt 20000 ]; do
        echo "$bad" >moving/a.json
        echo "$bad" >>moving/b.json
        : >moving/b.json
        rm -f moving/a.json
        echo "- a" >>moving/c.yaml
        i=$((i + 1))
    done
) &
i=0
while [ $i -lt 20 ]; do
    run check --no-config --format json moving
    no_crash
    [ "$(head -c 1 "$out")" = '{' ] && [ "$(tail -n 1 "$out")" = '}' ] || fail "half a report"
    i=$((i + 1))
done
: >stop
wait

# Root reads everything, so that this needs another user.
drop=
[ "$(id -u)" -ne 0 ] || drop="setpriv --reuid=65534 --regid=65534 --clear-groups --"
chmod 755 "$top" "$top/work"
mkdir locked
echo "$bad" >locked/a.json
chmod 000 locked/a.json
if $drop test -x "$EKSLINT_BINARY" 2>/dev/null && ! $drop test -r locked/a.json; then
    last="ekslint without permission"
    for option in --config --rules --baseline --files-from; do
        # shellcheck disable=SC2086
        $drop "$EKSLINT_BINARY" check $option locked/a.json good.json >"$out" 2>"$err" </dev/null
        status=$?
        expect_error 2 "locked/a.json"
    done
else
    echo "SKIPPED: no user without rights can run the program here"
fi

# ---- the shapes, in small ----

if ! ${CC:-cc} -std=c11 -O1 -o "$top/shapes" "$EKSLINT_SOURCE_DIR/tests/hostile.c" >"$err" 2>&1; then
    fail "the shapes cannot be built"
fi
shapes=0
for name in $("$top/shapes"); do
    "$top/shapes" "$name" 20000 >"$name"
    input=$name
    # shellcheck disable=SC2046
    run $(hostile_command "$name" "$name")
    no_crash
    case $name in
    query-* | search-* | simulate*) ;; # these print values as JSON, which escapes what it has to
    *)
        no_controls "$out"
        no_controls "$err"
        ;;
    esac
    wanted=$(sed -n "s/^$name //p" "$EKSLINT_SOURCE_DIR/tests/hostile.statuses")
    [ "$status" -eq "${wanted:-9}" ] || fail "exit status $status, not ${wanted:-(none is expected)}"
    shapes=$((shapes + 1))
    rm -f "$name"
done
input=/dev/null
[ "$shapes" -gt 200 ] || fail "only $shapes shapes"

finish
