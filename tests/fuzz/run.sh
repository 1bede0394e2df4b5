#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Fuzzes targets for some minutes each, and says what came of it:
#
#   sh tests/fuzz/run.sh [-m MINUTES] [-a] [TARGET…]
#
# Without a name all targets run, each for 30 minutes of processor time. -a takes AFL++ in place of libFuzzer, and
# minutes of the clock. What is
# found is kept: inputs in build/fuzz/found/TARGET, which the next run begins with, and crashes in
# build/fuzz/crashes. A crash becomes a file of tests/fuzz/corpus/TARGET, which the tests replay, once it is mended.
# The exit status is 1 where anything crashed, hung or leaked.
set -eu
cd "$(dirname "$0")/../.."

minutes=30
engine=libfuzzer
while getopts m:a option; do
    case $option in
    m) minutes=$OPTARG ;;
    a) engine=afl ;;
    *)
        sed -n '4,12s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
    esac
done
shift $((OPTIND - 1))
case $minutes in
*[!0-9]* | '' | 0)
    echo "-m takes a whole number of minutes, not '$minutes'" >&2
    exit 2
    ;;
esac
if [ $# -eq 0 ]; then
    for source in tests/fuzz/fuzz_*.c; do
        name=${source##*/fuzz_}
        set -- "$@" "${name%.c}"
    done
fi
for name in "$@"; do
    if [ ! -f "tests/fuzz/fuzz_$name.c" ]; then
        echo "there is no target '$name'" >&2
        exit 2
    fi
done

case $engine in
afl) preset=fuzz-afl ;;
*) preset=fuzz ;;
esac
cmake --preset $preset >/dev/null
cmake --build --preset $preset >&2
bin=build/$preset/tests
found=build/fuzz/found
crashes=build/fuzz/crashes
mkdir -p "$found" "$crashes"

# dictionary_of TARGET OPTION: the option for the target's dictionary, if it has one, in $dictionary.
dictionary_of() {
    dictionary=
    if [ -f "tests/fuzz/dict/$1.dict" ]; then
        dictionary=${2}tests/fuzz/dict/$1.dict
    fi
}

# The seconds of a processor that all that was waited for has taken, in $spent. A subshell would know nothing of them,
# and two runs may go on beside each other.
note_spent() {
    times >"$own_times"
    spent=$(awk 'NR == 2 { split($1 " " $2, t, /[ ms]+/); printf "%d", t[1] * 60 + t[2] + t[3] * 60 + t[4] }' \
        "$own_times")
}

# A target runs in parts until it has had its time of a processor: the clock says nothing on a busy machine.
fuzz() {
    dictionary_of "$1" -dict=
    mkdir -p "$found/$1"
    note_spent
    begun=$spent
    executions=0
    coverage=0
    bad=0
    while [ $((spent - begun)) -lt $((minutes * 60)) ] && [ "$bad" -lt 10 ]; do
        log=build/fuzz/$1.log
        left=$((minutes * 60 - spent + begun))
        # shellcheck disable=SC2086 # no option where there is no dictionary
        "$bin/fuzz_$1" -max_total_time=$((left < 300 ? left : 300)) -timeout=25 -rss_limit_mb=2048 \
            -print_final_stats=1 -artifact_prefix="$crashes/$1-" $dictionary "$found/$1" "tests/fuzz/corpus/$1" \
            >"$log" 2>&1 || bad=$((bad + 1))
        more=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        executions=$((executions + ${more:-0}))
        more=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
        coverage=${more:-$coverage}
        note_spent
    done
    printf '%-14s %12d %9d %8d %8d\n' "$1" "$executions" "$coverage" $((spent - begun)) "$bad"
    [ "$bad" -eq 0 ] || failed=1
}

# of STATISTIC: what AFL++ says of it.
of() {
    sed -n "s/^$1 *: *//p" "$out/default/fuzzer_stats"
}

fuzz_by_afl() {
    dictionary_of "$1" "-x "
    out=build/fuzz/afl/$1
    log=build/fuzz/$1.afl.log
    mkdir -p "$out"
    export AFL_AUTORESUME=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
    # shellcheck disable=SC2086
    if ! afl-fuzz -i "tests/fuzz/corpus/$1" -o "$out" -V $((minutes * 60)) -m none -t 5000 $dictionary -- \
        "$bin/fuzz_$1" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        failed=1
        return
    fi
    printf '%-14s %12d %9d %8d %8d\n' "$1" "$(of execs_done)" "$(of edges_found)" "$(of run_time)" "$(of saved_crashes)"
    [ "$(of saved_crashes)" -eq 0 ] || failed=1
}

own_times=build/fuzz/times.$$
trap 'rm -f "$own_times"' EXIT
failed=0
printf '%-14s %12s %9s %8s %8s\n' target executions edges seconds crashes
for name in "$@"; do
    case $engine in
    afl) fuzz_by_afl "$name" ;;
    *) fuzz "$name" ;;
    esac
done
exit $failed
