#!/bin/sh
# SPDX-License-Identifier: MIT
# How processor time and memory grow with the input, at 1, 2, 4 and 8 times its size: each shape of policies.c, and
# that at about 1 MB besides; the documents of a stream of YAML; the files of a folder; a user's rules. Prints a table and
# fails where the eightfold input takes too much more than the fourfold one, three times over (report.awk says how much
# that is). Shapes may be named: growth.sh tags backwards
#
# Set by run.sh: EKSLINT_BENCH_ROUNDS, EKSLINT_BENCH_ROWS=FILE, to which the rows go; EKSLINT_BENCH_SHRINK=N, inputs of one
# N-th, whose times are shown and bind nothing.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/bench/inputs.sh
. "$bench/inputs.sh"
: "${EKSLINT_BINARY:=$source_dir/build/release/ekslint}"
: "${EKSLINT_BENCH_ROUNDS:=7}"
: "${EKSLINT_BENCH_SHRINK:=1}"
make_programs
cd "$work"
bad=0

# size LABEL ITEMS BYTES ARGUMENTS...: the next size of $shape.
size() {
    label=$1 items=$2 bytes=$3
    shift 3
    plan "growth $shape" "$label" - "$EKSLINT_BENCH_ROUNDS" "$items" "$bytes" 1 /dev/null \
        "$EKSLINT_BINARY" check --no-config --jobs 1 --profile pedantic "$@"
}

# What the program takes by itself comes first.
start() {
    size start 1 "$(bytes_of "$smallest")" "$smallest"
}

# Another program that runs for a moment slows one size down, and another one the next time; what grows too
# fast does so each time.
judge() {
    mv plan sizes
    for _ in 1 2 3; do
        cp sizes plan
        measure
        verdict=0
        awk -v headed="${headed:-}" -v shrunk="$EKSLINT_BENCH_SHRINK" -f "$bench/report.awk" rows >table || verdict=$?
        if [ "$verdict" -eq 0 ]; then break; fi
    done
    [ "$verdict" -eq 0 ] || bad=1
    cat table
    headed=yes
    [ -z "${EKSLINT_BENCH_ROWS:-}" ] || cat rows >>"$EKSLINT_BENCH_ROWS"
}

grow_policy() {
    start
    for times in 1 2 4 8; do
        "$policies" "$shape" $((count * times)) >"$shape.x$times.json"
        bytes=$(bytes_of "$shape.x$times.json")
        size "x$times" $((count * times)) "$bytes" "$shape.x$times.json"
    done
    # As many parts as make a megabyte.
    if [ "$EKSLINT_BENCH_SHRINK" -eq 1 ]; then
        count=$((count * 8 * 1000 / (bytes / 1000 + 1)))
        "$policies" "$shape" "$count" >"$shape.json"
        size "of 1 MB" "$count" "$(bytes_of "$shape.json")" "$shape.json"
    fi
    judge
}

grow_documents() {
    start
    for times in 1 2 4 8; do
        make_manifests $((count * times)) >"manifests.x$times.yaml"
        size "x$times" $((2 * count * times)) "$(bytes_of "manifests.x$times.yaml")" "manifests.x$times.yaml"
    done
    judge
}

grow_files() {
    start
    for times in 1 2 4 8; do
        make_mixed $((count * times))
        mv mixed "mixed.x$times"
        size "x$times" $((count * times)) "$(bytes_of "mixed.x$times")" "mixed.x$times"
    done
    judge
    rm -rf mixed.x*
}

grow_rules() {
    start
    for times in 1 2 4 8; do
        make_rules $((count * times))
        mv rules "rules.x$times"
        size "x$times" $((count * times)) "$(bytes_of "rules.x$times")" --rules "rules.x$times" "$smallest"
    done
    judge
    rm -rf rules.x*
}

{
    "$policies"
    echo "documents 250"
    echo "files 1250"
    echo "rules 125"
} >shapes
while read -r shape count; do
    case " ${*:-$shape} " in
    *" $shape "*) ;;
    *) continue ;;
    esac
    count=$((count / EKSLINT_BENCH_SHRINK + 1))
    [ "$EKSLINT_BENCH_SHRINK" -gt 1 ] || count=$((count - 1))
    case $shape in
    documents) grow_documents ;;
    files) grow_files ;;
    rules) grow_rules ;;
    *) grow_policy ;;
    esac
done <shapes
exit $bad
