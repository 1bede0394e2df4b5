#!/bin/sh
# SPDX-License-Identifier: MIT
# --help and --version: on standard output, exit status 0, 80 columns, and nothing that does not
# exist.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

run --version
expect 0 "ekslint 0."
grep -qE '^IAM catalogue of 20[0-9]{2}-[0-9]{2}-[0-9]{2} \(.+ [0-9.]+\)$' "$out" || fail "no catalogue"
grep -qE '^[0-9]+ services, [0-9]+ actions, [0-9]+ resource types, [0-9]+ condition keys$' "$out" ||
    fail "no size of the catalogue"
grep -qE '^regions of 20[0-9]{2}-[0-9]{2}-[0-9]{2}$' "$out" || fail "no date of the regions"
grep -qE '^sandbox: (off \(built without\)|(seccomp|no seccomp here), (landlock [0-9]+|no landlock here))$' "$out" ||
    fail "no sandbox"
[ "$(wc -l <"$out")" -eq 5 ] || fail "not five lines"
cp "$out" "$top/version"
for arguments in -V "check --version" "query --version" "rules -V" "explain -V" "init -V" "diagnose -V" "schema -V" "trace -V"; do
    # shellcheck disable=SC2086
    run $arguments
    expect 0
    cmp -s "$out" "$top/version" || fail "another version text"
done

run --version --no-sandbox
grep -qE '^sandbox: off \((--no-sandbox|built without)\)$' "$out" || fail "the sandbox is not off"

run --help
expect 0 "usage: ekslint [COMMAND] [OPTIONS]"
expect 0 "Exit status:"
expect 0 "Formats: text, oneline, json, jsonl, sarif"
expect 0 "access-analyzer"
expect 0 "  suppressions  what files"
run -h
expect 0 "usage: ekslint [COMMAND] [OPTIONS]"
run check --help
expect 0 "usage: ekslint [check] [OPTIONS]"
run query --help
expect 0 "usage: ekslint query [OPTIONS] EXPR [FILE]"
expect 0 "--nodes"
expect_no "--format"
run rules --help
expect 0 "usage: ekslint rules list|show|test|check|export"
run simulate --help
expect 0 "usage: ekslint simulate [FILE]"
expect 0 "JSON lines"
expect_no "--format"
run explain --help
expect 0 "usage: ekslint explain"
expect 0 "--error TEXT"
run diagnose --help
expect 0 "usage: ekslint diagnose [OPTIONS] PATH…"
expect 0 "--collect"
expect 0 "Formats: text, json"
expect 0 "Exit status:"
run schema --help
expect 0 "usage: ekslint schema [NAME]"
expect_no "--format"
run trace --help
expect 0 "usage: ekslint trace [OPTIONS] RULE-ID"
run redact --help
expect 0 "usage: ekslint redact [OPTIONS] --output DIR PATH…"
expect 0 "--map FILE"
run config --help
expect 0 "usage: ekslint config [OPTIONS] [PATH]"
expect 0 "--no-config"
expect 0 "  forbid-suppressing  Rules that nobody may suppress"
expect 0 "  fail-on             From which severity on the exit status is 1."
[ "$(sed -n '/^Keys:$/,$p' "$out" | grep -c '^  [a-z]')" -ge 10 ] || fail "not all keys"
expect_no "--output"
run init --help
expect 0 "usage: ekslint init"
[ ! -e gitlab-eks.yaml ] || fail "init --help wrote a file"

for command in "" check diagnose query simulate rules explain init schema trace config redact completions man; do
    # shellcheck disable=SC2086
    run $command --help
    [ ! -s "$err" ] || fail "writes to standard error"
    # Bytes are at least as many as columns.
    if sed 's/…/./g' "$out" | grep -q '.\{81\}'; then fail "a line of more than 80 columns"; fi
    if grep -q ' $' "$out"; then fail "blanks at the end of a line"; fi
done

# Every option that help shows is known to the parser.
run --help
for option in $(sed -n 's/^ *\(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p' "$out"); do
    run "$option" --help
    expect_no "unknown option"
done

finish
