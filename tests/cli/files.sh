#!/bin/sh
# SPDX-License-Identifier: MIT
# Which files are read, under which names: folders, hidden entries, links, special files, standard
# input.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# found PATHS: the names of the files with findings, on one line.
found() {
    # shellcheck disable=SC2086
    run $rules --format oneline "$@"
    names=$(cut -d: -f1 "$out" | tr '\n' ' ')
}
expect_names() {
    [ "$names" = "$1" ] || fail "files '$names', not '$1'"
}

mkdir -p tree/sub/deep tree/.hidden outside
for name in tree/b.json tree/a.yaml tree/sub/c.yml tree/sub/deep/d.JSON \
    tree/.hidden/x.json tree/.x.json tree/notes.txt tree/e.jsonl tree/.json outside/o.json; do
    echo "$bad" >"$name"
done
mkfifo tree/pipe.json
ln -s . tree/sub/loop
ln -s .. tree/up.json
ln -s loop2 tree/loop1
ln -s loop1 tree/loop2
ln -s ../outside tree/away
ln -s ../outside/o.json tree/away.json
ln -s a.yaml tree/again.yaml

all="tree/a.yaml tree/b.json tree/e.jsonl tree/sub/c.yml tree/sub/deep/d.JSON "
found tree
expect 1
expect_names "$all"
found tree/ ./tree tree/sub ".//tree//"
expect_names "$all"
cd tree || exit 1
found
expect_names "a.yaml b.json e.jsonl sub/c.yml sub/deep/d.JSON "
found ./sub/../b.json
expect_names "sub/../b.json "
found "$top/work/tree/sub"
expect_names "$top/work/tree/sub/c.yml $top/work/tree/sub/deep/d.JSON "
cd ..

# What is named itself is read whatever it is called.
found tree/notes.txt tree/.x.json tree/away.json tree/away
expect_names "tree/.x.json tree/away.json tree/away/o.json tree/notes.txt "

# A mounted Kubernetes volume: the files are links through a hidden folder.
mkdir -p volume/..2026
echo "$bad" >volume/..2026/p.json
ln -s ..2026 volume/..data
ln -s ..data/p.json volume/p.json
found volume
expect_names "volume/p.json "

# Special files are never opened: this must not block.
found tree/pipe.json
expect 3 "tree/pipe.json:1:1: error: is not a regular file"
found /dev/null
expect 3 "/dev/null:1:1: error: is not a regular file"
ln -s loop.json loop.json
found loop.json outside
expect 3 "loop.json:1:1: error: cannot be read: Too many levels of symbolic links"
expect 3 "outside/o.json:1:71: error: "
rm loop.json
mkdir dangling
ln -s nowhere dangling/x.json
found dangling
expect 3 "dangling/x.json:1:1: error: cannot be read: No such file or directory"
if [ -r /proc/self/mem ]; then
    found /proc/self/mem outside
    expect 3 "/proc/self/mem:1:1: error: cannot be read: "
    expect 3 "outside/o.json:1:71: error: "
fi
found tree/b.json/x
expect 3 "cannot be read: Not a directory"

# Root may read everything, so that this needs another user.
chmod 755 "$top"
mkdir locked secret
echo "$bad" >locked/a.json
echo "$bad" >locked/b.json
echo "$bad" >secret/c.json
chmod 000 locked/a.json secret
drop=
if [ "$(id -u)" -eq 0 ]; then
    drop="setpriv --reuid=65534 --regid=65534 --clear-groups --"
fi
if $drop test -x "$EKSLINT_BINARY" 2>/dev/null && ! $drop test -r locked/a.json; then
    last="ekslint locked secret, without permission"
    # shellcheck disable=SC2086
    $drop "$EKSLINT_BINARY" $rules --format oneline locked secret >"$out" 2>"$err"
    status=$?
    expect 3 "locked/a.json:1:1: error: cannot be read: Permission denied"
    expect 3 "locked/b.json:1:71: error: "
    expect 3 "secret:1:1: error: cannot be read: Permission denied"
fi
chmod 755 secret

# A file of more than 256 MiB is refused without reading it.
if dd if=/dev/null of=big.json bs=1 seek=268435457 2>/dev/null; then
    found big.json
    expect 3 "big.json:1:1: error: is larger than 256 MiB"
    rm big.json
fi

# Names that could forge a line of the report.
hostile=$(printf 'x\ny.json:1:1: error: z\033[31m')
mkdir hostile
echo "$bad" >"hostile/$hostile.json"
found hostile
[ "$(wc -l <"$out")" -eq 1 ] || fail "a file's name forges a line"
expect 1 'hostile/x\ny.json:1:1: error: z\x1B[31m.json:1:71: error: the action'

# Standard input.
input=$top/work/outside/o.json
found -
expect 1
expect_names "stdin "
found --stdin-filename ./sub/policy.json -
expect_names "sub/policy.json "
found - -
expect_names "stdin "
found - outside
expect_names "outside/o.json stdin "
last="ekslint - from a pipe"
# The pipe is what is tested.
# shellcheck disable=SC2002,SC2086
cat outside/o.json | "$EKSLINT_BINARY" $rules - >"$out" 2>"$err"
status=$?
expect 1 "stdin:1:71: error: "
last="ekslint - without standard input"
# shellcheck disable=SC2086
"$EKSLINT_BINARY" $rules - <&- >"$out" 2>"$err"
status=$?
expect 3 "stdin: error: cannot be read"
last="ekslint - from a folder"
# shellcheck disable=SC2086
"$EKSLINT_BINARY" $rules - <. >"$out" 2>"$err"
status=$?
expect 3 "stdin: error: cannot be read: Is a directory"
input=/dev/null

# A file without anything, and one that is only a byte order mark.
: >empty.json
printf '\357\273\277' >bom.yaml
found empty.json bom.yaml
[ "$status" -eq 3 ] || [ "$status" -eq 4 ] || fail "exit status $status for empty files"

finish
