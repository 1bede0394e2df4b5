#!/bin/sh
# SPDX-License-Identifier: MIT
# Every example case and its redacted twin: the same stages, outcomes, rules and lines in the same files, and no
# account, name, id or secret of the case in the twin.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
cases=$EKSLINT_SOURCE_DIR/testdata/cases
: "${part:=/gitlab/}" "${least:=25}" # which cases, and how many there are at least; redact_twins_*.sh have the others

# What the cases are about, and nobody's words.
cat >"$top/originals" <<'END'
111122223333
123456789012
444455556666
0123456789abcdef0123456789abcdef01234567
AKIAIOSFODNN7EXAMPLE
IOSFODNN
wJalrXUtnFEMI
bPxRfiCY
0a1b2c3d4e5f60718
B0C1D2E3F4A5968778695A4B3C2D1E0F
gitlab-eks-provision
eks-cluster
KarpenterNodeRole
orders
invoices
checkout
ledger
inventory
video
shop
apps.example.com
END

# summary FOLDER: what a diagnosis says, a line for each stage, finding, undecided rule and number, with the files by
# their names in the case.
summary() {
    "$EKSLINT_BINARY" diagnose --no-config --date 2026-11-22 --format json "$1" >"$top/diagnosis" 2>"$err"
    echo "status $?"
    sed -f "$top/back" "$top/diagnosis" | awk '
        function flush() { if (row != "") print row; row = "" }
        /^ *"(id|rule|summary|rules)":/ { flush() }
        /^ *"(id|outcome|reached|rule|severity|result|file|line|errors|warnings|infos|unknown|fail|pass|notApplicable)": *["0-9tf]/ {
            sub(/^ */, ""); sub(/,$/, ""); row = row " " $0
        }
        /"summary":/ { print; flush() }
        END { flush() }' | sort
}

# From the map: the files of a twin as those of the case.
write_back() {
    sed -n '/"files"/,/^ }/s/^  \("[^"]*"\): \("[^"]*"\),*$/s|\1|\2|/p' "$1"
}

count=0
compare() {
    twin=$top/twins/$count
    last="redact $1"
    "$EKSLINT_BINARY" redact "$1" --output "$twin" --map "$twin.map" >"$out" 2>"$err"
    status=$?
    expect 0
    : >"$top/back"
    summary "$1" >"$top/case"
    write_back "$twin.map" >"$top/back"
    [ -s "$top/back" ] || fail "the map has no files"
    summary "$twin" >"$top/twin"
    if ! diff "$top/case" "$top/twin" >"$out"; then
        fail "the twin is judged otherwise"
    fi
    # What GitLab calls its own sessions is nobody's name.
    if grep -rnwF -f "$top/originals" "$twin" | grep -vF 'gitlab-eks-cluster-*' >"$out"; then
        fail "something of the case is left"
    fi
    count=$((count + 1))
}

mkdir "$top/twins"
find "$cases" -name '*.json' -o -name '*.yaml' -o -name '*.yml' | sed 's|/[^/]*$||; s|/[a-z]*-[a-z]*-[0-9]$||; s|/\.[a-z]*$||' |
    sort -u | grep -F -e "$part" >"$top/folders"
while read -r folder; do
    compare "$folder"
done <"$top/folders"
[ "$count" -ge "$least" ] || fail "only $count cases"
echo "$count cases and their twins"
finish
