#!/bin/sh
# SPDX-License-Identifier: MIT
# Whatever fails, and at whatever moment: memory, reading, writing, opening, closing; an interrupt, a kill. Files are
# the old ones or the new ones, whole, with nothing beside them; the exit status and the report say the truth.
# With EKSLINT_FAULTS=all every allocation fails once, otherwise each of the first ones and a sample of the others.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

last="fault injection"
: >"$out"
library=$top/fault.so
if ! ${CC:-cc} -shared -fPIC -o "$library" "$EKSLINT_SOURCE_DIR/tests/fault_io.c" -ldl >"$err" 2>&1; then
    fail "the library of faults cannot be built"
    finish
fi
ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0:detect_leaks=0:allocator_may_return_null=1"
export ASAN_OPTIONS

# ---- the runs: one function each, in a folder of its own; `w` is the file that is written ----

echo "$bad" >"$top/bad.json"
sed 's/Allow/allow/; s/"\*", "R/"s3:GetObject", "R/' "$top/bad.json" >"$top/fixable.json"
printf 'Version: &v "2012-10-17"\nStatement:\n- {Effect: Allow, Action: "*", Resource: [&r "*", *r]}\n' >"$top/bad.yaml"
echo '{"PolicyInputList": [{"Statement": []}], "ActionNames": ["s3:GetObject"]}' >"$top/request.json"
printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\nregion: eu-west-1\nprovision_role: {policies: [bad.json]}\n' \
    >"$top/case.yaml"
sed "s|@ != '\*'|match(@, '[a-z]+:.*')|; s|no-star|named|" "$top/rules/no-star.yaml" >"$top/pattern.yaml"

scenarios="check pattern standard diagnose simulate query output report baseline fix init"
# scenario NAME: run it, under whatever is set in the environment.
scenario() {
    case $1 in
    check) go check --no-config --format json bad.json bad.yaml ;;
    pattern) go check --no-config --no-builtin --rules "$top/pattern.yaml" --format sarif bad.yaml ;;
    standard) go check --no-config --format junit - ;;
    diagnose) go diagnose --no-config case.yaml ;;
    simulate) go simulate request.json ;;
    query) go query '$..Action' bad.yaml ;;
    output) go check --no-config --format sarif --output w bad.json ;;
    report) go check --no-config --format oneline --report gitlab=w bad.json ;;
    baseline) go check --no-config --write-baseline w bad.json ;;
    fix) go check --no-config --fix w.json ;;
    init) go init w.yaml ;;
    esac
}
# Without the sandbox, since the library of faults writes down what it did.
go() {
    LD_PRELOAD=$library "$EKSLINT_BINARY" "$@" --no-sandbox <"$top/bad.json" >"$out" 2>"$err"
}

# fresh NAME: the folder that a run starts from.
fresh() {
    rm -rf "$top/f"
    mkdir "$top/f"
    cd "$top/f" || exit 1
    cp "$top/bad.json" "$top/bad.yaml" "$top/request.json" "$top/case.yaml" .
    watched=w
    case $1 in
    output | report | baseline) echo old >w ;;
    fix) cp "$top/fixable.json" w.json && watched=w.json ;;
    init) watched=w.yaml ;;
    *) echo old >w ;;
    esac
}

# ---- what must hold ----

# whole: the file is the old one or the new one; sets $state.
whole() {
    if [ ! -e "$watched" ]; then
        state=old
        [ ! -e "$top/old" ] || fail "$watched is gone"
    elif [ -e "$top/old" ] && cmp -s "$watched" "$top/old"; then
        state=old
        cmp -s "$watched" "$top/new" && state=both
    else
        state=new
        cmp -s "$watched" "$top/new" || whole_report || fail "half a file: $(head -c 300 "$watched")"
    fi
}
# Where an input could not be read, the report is another one, which says so.
whole_report() {
    [ "$status" -eq 3 ] && grep -q "cannot be read" "$watched" && "$EKSLINT_BINARY" query '$' "$watched" >"$top/read"
}
nothing_beside() {
    for entry in * .[!.]*; do
        case $entry in
        bad.json | bad.yaml | request.json | case.yaml | "$watched" | '.[!.]*') ;;
        .ekslint-*.tmp) [ "$1" = kill ] || fail "a temporary file is left" ;;
        *) fail "left: $entry" ;;
        esac
    done
}
as_without_fault() {
    [ "$status" -eq "$clean" ] || fail "exit status $status, not $clean"
    cmp -s "$out" "$top/clean.out" || fail "another report"
    [ "$state" != old ] || fail "an unwritten file, and no word"
}
said() {
    case $status in
    [2-5]) ;;
    *) fail "exit status $status" ;;
    esac
    [ -s "$err" ] || grep -q "cannot be read" "$out" || grep -q "cannot be read" "$watched" || fail "no word"
}
judge() {
    if grep -qE 'Sanitizer|runtime error' "$err"; then fail "a report of a sanitizer"; fi
    whole
    nothing_beside "$1"
    case $1 in
    memory)
        if [ "$status" -eq 5 ]; then
            [ "$(tail -n 1 "$err")" = "ekslint: out of memory" ] || fail "another message than that"
            [ ! -s "$out" ] || cmp -s "$out" "$top/clean.out" || fail "half a report"
        else
            as_without_fault
        fi
        ;;
    *-short | *-interrupted) as_without_fault ;;
    interrupt) [ "$status" -eq 130 ] || fail "exit status $status after an interrupt" ;;
    terminate) [ "$status" -eq 143 ] || fail "exit status $status after a signal" ;;
    kill) [ "$status" -eq 99 ] || fail "exit status $status" ;;
    write-pipe)
        # Whoever reads standard output may have seen enough; a file's reader may not.
        [ "$status" -eq "$clean" ] || said
        ;;
    mode-error)
        # The permissions of a report are not worth its loss.
        [ "$state" = old ] && said
        ;;
    *) if [ "$status" -eq "$clean" ]; then as_without_fault; else said; fi ;;
    esac
}

# ---- every kind, at every moment of every run ----

# A sanitizer's runtime that lies in the program itself (clang) takes the calls for memory before any library can.
kinds="read-short read-interrupted read-error write-short write-interrupted write-full write-pipe write-error
    open-error create-error close-error sync-error mode-error rename-error interrupt terminate kill"
fresh check
if FAULT_KIND=memory FAULT_AT=1 FAULT_NOTE=$top/note scenario check; [ -e "$top/note" ]; then
    kinds="$kinds memory"
    rm "$top/note"
else
    echo "SKIPPED: memory does not fail: its calls do not reach the library of faults (build with gcc, or the release)"
fi

total=0
for kind in $kinds; do
    injected=0
    for name in $scenarios; do
        # A new file takes no old one's place, and so is written where it stands: a kill may leave half of it.
        [ "$kind $name" != "kill init" ] || continue
        fresh "$name"
        rm -f "$top/old" "$top/new"
        [ ! -e "$watched" ] || cp "$watched" "$top/old"
        scenario "$name"
        clean=$?
        [ "$clean" -le 1 ] || fail "exit status $clean of $name without a fault"
        cp "$out" "$top/clean.out"
        [ ! -e "$watched" ] || cp "$watched" "$top/new"
        at=1
        while :; do
            fresh "$name"
            last="$name, $kind at call $at"
            FAULT_KIND=$kind FAULT_AT=$at FAULT_NOTE=$top/note scenario "$name"
            status=$?
            [ -e "$top/note" ] || break
            rm "$top/note"
            injected=$((injected + 1))
            judge "$kind"
            step=1
            [ "$kind" != memory ] || [ "${EKSLINT_FAULTS-}" = all ] || step=$((1 + at / 8))
            at=$((at + step))
        done
        last="$kind of $name"
        [ "$status" -eq "$clean" ] || fail "exit status $status, not $clean, without a fault"
    done
    last=$kind
    [ "$injected" -gt 0 ] || fail "no such fault ever happened"
    printf '%-20s %5d faults\n' "$kind" "$injected"
    total=$((total + injected))
done
printf '%-20s %5d faults\n' all "$total"
cd "$top" || exit 1

finish
