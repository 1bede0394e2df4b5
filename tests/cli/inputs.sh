#!/bin/sh
# SPDX-License-Identifier: MIT
# Names of files that do not stand on the command line, and how the files are read: --files-from, --null, --jobs,
# patterns that the shell did not expand, the line that says how far a run is.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# lint ARGUMENTS: the files with findings, on one line.
lint() {
    # shellcheck disable=SC2086
    run check $rules --format oneline "$@"
    names=$(sed -n 's/:[0-9]*:[0-9]*: error:.*//p' "$out" | tr '\n' ' ')
}
expect_names() {
    [ "$names" = "$1" ] || fail "files '$names', not '$1'"
}
bad_files() {
    for name in "$@"; do echo "$bad" >"$name"; done
}

mkdir folder
bad_files a.json b.json 'two words.json' folder/c.json folder/notes.txt ./-
echo "$good" >good.json

# ---- a list of names ----

printf 'b.json\n\nfolder\nfolder/notes.txt\n' >list
lint --files-from list
expect 1
expect_names "b.json folder/c.json folder/notes.txt "
lint --files-from list a.json
expect_names "a.json b.json folder/c.json folder/notes.txt "
input=list
lint --files-from -
expect_names "b.json folder/c.json folder/notes.txt "
printf 'two words.json\n-' >list
lint --files-from=-
expect_names "- two words.json "
input=/dev/null
# A name with a line break; messages show it in one line.
newline=$(printf 'line\nbreak.json')
bad_files "$newline"
printf 'line\nbreak.json\0a.json\0' >list
lint --files-from list --null
expect 1 "line\\nbreak.json:1:"
expect 1 "a.json:1:"
lint --files-from list -0
expect 1 "a.json:1:"
lint --files-from list
expect_error 2 "'list' holds NUL characters; give --null where they end the names"
printf 'missing.json\na.json\n' >list
lint --files-from list
expect 3 "missing.json:1:1: error: cannot be read: No such file or directory"
expect 3 "a.json:1:"
# A file of these names, not standard input or an option.
printf -- '--format\n' >list
lint --files-from list
expect 3 "cannot be read"
# An empty list is nothing to do, and no folder is read in its place.
: >list
lint --files-from list
expect 0
[ ! -s "$out" ] || fail "reads something"
lint --files-from list good.json
expect 0
printf 'good.json\n' >list
# shellcheck disable=SC2086
run diagnose $rules --files-from list
expect 0 "4. Submit"
lint --files-from missing
expect_error 2 "--files-from: 'missing' cannot be read: No such file or directory"
lint --files-from folder
expect_error 2 "--files-from: 'folder' is not a regular file"
lint --files-from - -
expect_error 2 "standard input is either a file to check or the list of --files-from"
lint --null .
expect_error 2 "--null goes with --files-from"
lint --files-from list --changed-since HEAD
expect_error 2 "exclude each other"

# ---- the name of standard input ----

input=a.json
lint --stdin-filename folder/new.json -
expect 1 "folder/new.json:1:"
input=/dev/null

# ---- patterns ----

lint 'x*.json'
expect 3 "if this is a pattern, the shell did not expand it: write it without quotes, or give the folder"
bad_files '*.json'
lint '*.json'
expect_names "*.json "

# ---- several at once ----

mkdir many
i=0
while [ "$i" -lt 300 ]; do
    case $i in
    *7) echo "$bad" >"many/$i.json" ;;
    *3) echo '{"a": ' >"many/$i.json" ;;
    *) echo "$good" >"many/$i.json" ;;
    esac
    i=$((i + 1))
done
mkfifo many/fifo.json
ln -s missing many/link.json
for format in json text sarif; do
    for jobs in 1 2 8 64; do
        # shellcheck disable=SC2086
        run check $rules --format "$format" --jobs "$jobs" many a.json
        expect 3
        [ "$jobs" -gt 1 ] || cp "$out" "$top/one"
        cmp -s "$out" "$top/one" || fail "another report with $jobs jobs"
    done
done
# shellcheck disable=SC2086
run check $rules --format sarif many a.json
cmp -s "$out" "$top/one" || fail "another report by itself"
grep -qF 'many/297.json' "$top/one" || fail "a file is missing"
if [ -d "$EKSLINT_SHARED_DIR/corpus" ]; then
    for jobs in 1 2 8; do
        (cd "$EKSLINT_SHARED_DIR/corpus" && "$EKSLINT_BINARY" check --no-config --format jsonl --jobs "$jobs" .) >"$out" 2>"$err"
        [ "$jobs" -gt 1 ] || cp "$out" "$top/one"
        cmp -s "$out" "$top/one" || fail "another report of the corpus with $jobs jobs"
    done
    [ "$(wc -l <"$top/one")" -gt 100 ] || fail "the corpus has hardly a finding"
fi
# A link to a file that is not there has no thread to wait for.
lint -j4 many
expect 3 "many/link.json:1:1: error: cannot be read"
for jobs in 0 65 -1 two '' 4x; do
    lint "--jobs=$jobs" a.json
    expect_error 2 "--jobs takes a number from 1 to 64, not '$jobs'"
done

# ---- how far it is ----

if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    rm -r many && mkdir many
    i=0
    while [ "$i" -lt 1000 ]; do
        echo "$good" >"many/$i.json"
        i=$((i + 1))
    done
    erase=$(printf '\r\033[K')
    last="progress on a terminal"
    script -qec "env TERM=xterm $EKSLINT_BINARY check $rules --format json many >report" /dev/null >"$out" 2>"$err" </dev/null
    grep -qF "ekslint: read 750 of 1000 files" "$out" || fail "does not say how far it is"
    case $(cat "$out") in *"$erase") ;; *) fail "leaves its line on the terminal" ;; esac
    if grep -q read report; then fail "in the report"; fi
    for quiet in "TERM=xterm -q" "TERM=dumb" "TERM=xterm many/1.json"; do
        last="progress with $quiet"
        case $quiet in *many*) what= ;; *) what=many ;; esac
        # shellcheck disable=SC2086
        set -- $quiet
        script -qec "env $1 $EKSLINT_BINARY check $rules --format json $what ${2-} >report" /dev/null >"$out" 2>"$err" </dev/null
        [ ! -s "$out" ] || fail "says something"
    done
    # What was passed over is said where nothing else is found.
    mkdir -p empty/.hidden && git init -q empty 2>/dev/null && echo '*.json' >empty/.gitignore && bad_files empty/x.json
    last="passed over"
    script -qec "$EKSLINT_BINARY check $rules empty" /dev/null >"$out" 2>"$err" </dev/null
    if [ -d empty/.git ]; then
        grep -qF "passed over: 3 hidden entries, and 1 that .gitignore leaves out (--no-ignore reads those)" "$out" ||
            fail "does not say what was passed over"
    fi
fi

finish
