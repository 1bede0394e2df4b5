# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# What run.sh and growth.sh share; to be sourced. Works in a temporary folder, $work, which is removed; rows of results
# (rounds.h) are gathered in $work/results.
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
source_dir=$EKSLINT_SOURCE_DIR
bench=$source_dir/tests/bench
src=$source_dir/src
SOURCE_DATE_EPOCH=1636934400
export SOURCE_DATE_EPOCH
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
: >"$work/results"
policies=$work/bin/policies
smallest=$source_dir/testdata/documented/provision-role.policy.json
export policies smallest

# compile NAME ARGUMENTS...: a program of the benchmark, $work/bin/NAME. Linked with what the library was built with.
compile() {
    name=$1
    shift
    for extra in '' -fsanitize=address,undefined --coverage; do
        # Empty, or one option.
        # shellcheck disable=SC2086
        if "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L "${EKSLINT_BENCH_CFLAGS:--O2}" -I"$src" -o "$work/bin/$name" "$@" $extra 2>"$work/compile.log"; then
            return 0
        fi
    done
    cat "$work/compile.log" >&2
    return 1
}

# make_programs: bench and policies, and where the library is.
make_programs() {
    library=$(dirname "$EKSLINT_BINARY")/libekslint_core.a
    compile bench "$bench/bench.c" "$bench/rounds.c"
    compile policies "$bench/policies.c" "$library"
}

# plan SCENARIO NAME BASE ROUNDS ITEMS BYTES STATUS INPUT COMMAND...: a line of bench's plan.
plan() {
    # The folder of the work is a name without blanks, and no argument has a tab.
    printf '%s' "$1" >>"$work/plan"
    shift
    printf '\t%s' "$@" >>"$work/plan"
    echo >>"$work/plan"
}

# measure: what is planned, to the results.
measure() {
    "$work/bin/bench" <"$work/plan" >"$work/rows" || return 1
    cat "$work/rows" >>"$work/results"
    rm "$work/plan"
}

bytes_of() {
    find "$@" -type f -exec cat {} + | wc -c
}
