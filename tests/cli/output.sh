#!/bin/sh
# SPDX-License-Identifier: MIT
# --output: all or nothing, whatever stands there; and how text follows the terminal.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

echo "$bad" >bad.json

# check_output PATHS: one run whose report goes to a file.
report() {
    # shellcheck disable=SC2086
    run $rules --format json --output "$1" bad.json
}

report report.json
expect 1
[ ! -s "$out" ] || fail "also writes to standard output"
grep -q '"version": 1' report.json || fail "no report"
# shellcheck disable=SC2086
run $rules --format json bad.json
cmp -s "$out" report.json || fail "another report than on standard output"
# shellcheck disable=SC2086
run $rules --format json --output - bad.json
expect 1 '"version": 1'
[ ! -e ./- ] || fail "wrote a file named -"

# What was there is replaced: its permissions stay, a link stays a link, nothing else is left.
mkdir there
echo old >there/r.json
chmod 640 there/r.json
report there/r.json
expect 1
grep -q '"version": 1' there/r.json || fail "not replaced"
[ "$(ls -l there/r.json | cut -c1-10)" = "-rw-r-----" ] || fail "other permissions"
ln -s r.json there/link.json
echo old >there/r.json
report there/link.json
expect 1
[ -h there/link.json ] || fail "the link is replaced"
grep -q '"version": 1' there/r.json || fail "the link's target is not replaced"
[ "$(ls -A there)" = "$(printf 'link.json\nr.json')" ] || fail "something is left: $(ls -A there)"
ln there/r.json held.json
exec 3<there/r.json
report there/r.json
expect 1
[ "$(cat <&3)" = "$(cat held.json)" ] || fail "the old file was written to"
exec 3<&-

# The user's mistakes are usage errors and leave nothing behind.
report no/such/folder.json
expect_error 2 "cannot write 'no/such/folder.json': No such file or directory"
report there
expect_error 2 "cannot write 'there': Is a directory"
report bad.json/x
expect_error 2 "cannot write 'bad.json/x': Not a directory"
[ "$(ls -A there)" = "$(printf 'link.json\nr.json')" ] || fail "something is left: $(ls -A there)"

# What is no regular file is written to and not replaced. Root could lose /dev/null to a mistake
# here, so that it gets
# devices of its own.
null=/dev/null
full=/dev/full
if [ "$(id -u)" -eq 0 ]; then
    null=$top/work/null
    full=$top/work/full
    mknod null c 1 3 2>"$err"
    mknod full c 1 7 2>"$err"
fi
if [ -c "$null" ] && (: >"$null") 2>"$err"; then
    report "$null"
    expect 1
    [ -c "$null" ] || fail "the device is gone"
fi
if [ -c "$full" ] && (: >"$full") 2>"$err"; then
    report "$full"
    expect_error 5 "cannot write '$full': No space left on device"
    [ -c "$full" ] || fail "the device is gone"
fi
last="ekslint --output fifo"
mkfifo fifo
cat fifo >"$top/read" &
report fifo
wait
expect 1
grep -q '"version": 1' "$top/read" || fail "nothing came through the FIFO"
[ -p fifo ] || fail "the FIFO is gone"

# A file system that is full: the old report stays, the temporary file goes.
if (ulimit -f 1) 2>/dev/null; then
    for i in $(seq 100); do cat bad.json; done >many.json
    i=0
    while [ $i -lt 40 ]; do
        cp bad.json "many$i.json"
        i=$((i + 1))
    done
    mkdir small
    echo old >small/r.json
    last="ekslint --output, file too large"
    # shellcheck disable=SC2086
    (
        trap '' XFSZ
        ulimit -f 1
        exec "$EKSLINT_BINARY" $rules --format json --output small/r.json many*.json
    ) >"$out" 2>"$err"
    status=$?
    expect_error 5 "cannot write 'small/r.json': File too large"
    [ "$(cat small/r.json)" = old ] || fail "the old report is gone"
    [ "$(ls -A small)" = r.json ] || fail "something is left: $(ls -A small)"
fi

# Text: no colour and no wrapping into files and pipes, unless asked for.
escape=$(printf '\033')
# shellcheck disable=SC2086
{
    run $rules bad.json
    expect_no "$escape"
    run $rules --color always bad.json
    expect 1 "${escape}[1;31m"
    run $rules --color never bad.json
    expect_no "$escape"
    # Exported, because an assignment before a function may or may not reach the program.
    COLUMNS=30
    export COLUMNS
    run $rules bad.json
    expect 1 "    everything [test/no-star]"
    COLUMNS=wide
    run $rules bad.json
    expect 1 "error: the action '*' allows everything [test/no-star]"
    unset COLUMNS
}

# On a terminal: colour, unless NO_COLOR or TERM=dumb speaks against it.
# Where there is no pseudo-terminal to be had (a bare chroot), what a terminal sees cannot be tested.
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    on_terminal() {
        last="$1 ekslint on a terminal"
        script -qec "env $1 $EKSLINT_BINARY $rules bad.json" /dev/null >"$out" 2>"$err" </dev/null
    }
    on_terminal "TERM=xterm"
    grep -qF "${escape}[1;31m" "$out" || fail "no colour"
    on_terminal "TERM=xterm NO_COLOR=1"
    expect_no "$escape"
    on_terminal "TERM=xterm NO_COLOR="
    grep -qF "${escape}[1;31m" "$out" || fail "an empty NO_COLOR counts"
    on_terminal "TERM=dumb"
    expect_no "$escape"
fi

finish
