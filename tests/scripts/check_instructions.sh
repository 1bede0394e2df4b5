#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Compares how many instructions the program takes for some scenarios with what tests/bench/instructions.txt records,
# and fails where one is more than TOLERANCE per cent (and SLACK instructions) away: a program that became slower, or one that became faster and
# whose gain should be recorded, so that it is not lost unseen.
#
# usage: check_instructions.sh [--record]        writes the record anew
#
# Instructions are counted by valgrind, so that a busy machine changes nothing. Only those of the program itself count:
# the C library chooses its string functions by the processor, and other libraries have other versions elsewhere. What
# the compiler makes of the program is the same for one version of one compiler and one processor family only: with
# another one, or without valgrind, the script exits 77 (skipped) and says why. The build is one of its own, kept between
# runs: -O2 without optimisation across files, whose choices move with every change.
#
# That it can fail is seen with a slower build: EKSLINT_INSTRUCTIONS_CFLAGS=-O1 check_instructions.sh
set -u
TOLERANCE=5
SLACK=1000

source_dir=${EKSLINT_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
record=$source_dir/tests/bench/instructions.txt
slower=${EKSLINT_INSTRUCTIONS_CFLAGS:-}
build=$source_dir/build/instructions${slower:+-slower}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

skip() {
    echo "skipped: $1"
    exit 77
}

command -v valgrind >/dev/null 2>&1 || skip "no valgrind"
command -v gcc >/dev/null 2>&1 || skip "no gcc"
command -v ninja >/dev/null 2>&1 || skip "no ninja"
case ${CC:-gcc} in
*gcc) ;;
*) skip "these are the tests of ${CC##*/}; the record is of gcc" ;;
esac
compiler="gcc $(gcc -dumpfullversion) $(gcc -dumpmachine)"
if [ "${1:-}" != --record ]; then
    recorded=$(sed -n 's/^# compiler: //p' "$record")
    [ "$compiler" = "$recorded" ] || skip "this is $compiler, the record is of $recorded"
fi

# Whoever runs this may have set flags of their own.
unset CFLAGS LDFLAGS
{
    cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=gcc \
        -DCMAKE_C_FLAGS_RELEASE="-O2 -DNDEBUG $slower" -DEKSLINT_LTO=OFF -DEKSLINT_TESTS=OFF &&
        cmake --build "$build"
} >"$scratch/build.log" 2>&1 || {
    tail -n 30 "$scratch/build.log"
    exit 1
}
program=$build/ekslint

# ---- the scenarios ----

# The generators of the benchmark. The policies need nothing but the library's lowest floors.
work=$scratch/work
mkdir "$work" && cd "$work" || exit 1
gcc -std=c11 -O2 -I"$source_dir/src" -Wno-overlength-strings -o "$scratch/policies" \
    "$source_dir/tests/bench/policies.c" "$source_dir"/src/aws/*.c "$source_dir"/src/base/*.c || exit 1

policies=$scratch/policies
# shellcheck source=tests/bench/inputs.sh
. "$source_dir/tests/bench/inputs.sh"

cp "$source_dir/testdata/documented/provision-role.policy.json" policy.json
make_policies 200
make_gitlab_case 200
"$policies" account 1000 >account.json
awk -v lines=10000 -f "$source_dir/tests/bench/requests.awk" >requests.jsonl

# The instructions of functions in the program's own file; what they call is counted where it is.
own_instructions() {
    awk -v program="$program" '
        /^ob=/ { own = substr($0, 4) == program }
        /^calls=/ { getline; next }
        /^[0-9]/ && own { sum += $2 }
        END { printf "%.0f\n", sum }' "$1"
}

# measure NAME STATUS ARGUMENTS: a line "NAME INSTRUCTIONS"; the program has to end with the status.
measure() {
    name=$1 wanted=$2
    shift 2
    env -i PATH="$PATH" LC_ALL=C SOURCE_DATE_EPOCH=1636934400 valgrind --tool=callgrind \
        --compress-strings=no --compress-pos=no --callgrind-out-file="$scratch/counts" \
        "$program" "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "'$name' ended with status $status, not $wanted:" >&2
        tail -n 20 "$scratch/out" "$scratch/err" >&2
        return 1
    fi
    echo "$name $(own_instructions "$scratch/counts")"
}

{
    measure start-up 0 --version &&
        measure one-policy 0 check --jobs 1 policy.json &&
        measure policies 0 check --jobs 1 policies &&
        measure gitlab-case 0 check --jobs 1 case &&
        measure account 0 check --jobs 1 --profile pedantic account.json &&
        measure simulate 0 simulate requests.jsonl
} >"$scratch/measured" || exit 1

if [ "${1:-}" = --record ]; then
    {
        echo "# Instructions of the program itself, by scenario: see tests/scripts/check_instructions.sh, which writes this."
        echo "# compiler: $compiler"
        cat "$scratch/measured"
    } >"$record"
    cat "$record"
    exit 0
fi

# ---- compared with the record ----

grep -v '^#' "$record" >"$scratch/recorded"
awk -v tolerance="$TOLERANCE" -v slack="$SLACK" '
    NR == FNR { recorded[$1] = $2; missing[$1] = 1; next }
    {
        off = recorded[$1] ? 100 * ($2 - recorded[$1]) / recorded[$1] : 100
        delete missing[$1]
        near = $2 - recorded[$1] <= slack && recorded[$1] - $2 <= slack
        verdict = near || (off <= tolerance && off >= -tolerance) ? "as recorded" \
            : off > 0 ? "SLOWER" : "FASTER: run with --record"
        bad = bad || verdict != "as recorded"
        printf "%-12s %12d instructions, recorded %12d, %+6.2f %%  %s\n", $1, $2, recorded[$1], off, verdict
    }
    END {
        for (name in missing) { print name " was not measured"; bad = 1 }
        exit bad
    }' "$scratch/recorded" "$scratch/measured"
