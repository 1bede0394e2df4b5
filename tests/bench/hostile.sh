#!/bin/sh
# SPDX-License-Identifier: MIT
# What hostile files of 1 MB cost: each shape of tests/hostile.c, by what it is made for. Prints a table and fails where
# a run takes more than 1 s of processor time for each MB, more than 256 MB, or ends otherwise than by an exit status
# of 0 to 4. Another program that runs for a moment slows one run down, and another one the next time: what takes too
# long is measured thrice. With EKSLINT_HOSTILE_TIMED=no, as in the tests, times are shown and bind nothing: no test
# hangs on how busy a machine is. Shapes may be named: hostile.sh allows.yaml digits.json
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${EKSLINT_BINARY:=$EKSLINT_SOURCE_DIR/build/release/ekslint}"
: "${EKSLINT_HOSTILE_BYTES:=1000000}"
SOURCE_DATE_EPOCH=1636934400
export SOURCE_DATE_EPOCH
. "$EKSLINT_SOURCE_DIR/tests/hostile.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -std=c11 -O2 -o "$work/hostile" "$EKSLINT_SOURCE_DIR/tests/hostile.c"
"${CC:-cc}" -std=c11 -O2 -o "$work/cost" "$EKSLINT_SOURCE_DIR/tests/bench/cost.c"
cd "$work"
hostile_prepare

# measure NAME FILE: "seconds MB status"; standard input is the file for those who read it.
measure() {
    # The arguments have no blanks, and are not patterns of files that are there.
    # shellcheck disable=SC2046,SC2094
    ./cost out "$EKSLINT_BINARY" $(hostile_command "$1" "$2") <"$2"
}
within() {
    echo "$3 $4 $5" | awk -v bytes="$2" -v timed="${EKSLINT_HOSTILE_TIMED:-yes}" '{
        most = timed == "no" ? $1 : bytes > 1e6 ? bytes / 1e6 : 1
        exit !($1 <= most && $2 <= 256 && $3 <= 4) }'
}
bad=0
all=no
printf '%-32s %9s %8s %7s %6s\n' file bytes seconds MB status >table
if [ $# -eq 0 ]; then
    all=yes
    # shellcheck disable=SC2046
    set -- $(./hostile)
fi
for name; do
    # shellcheck disable=SC2094
    ./hostile "$name" "$EKSLINT_HOSTILE_BYTES" >"$name"
    bytes=$(wc -c <"$name")
    mark=
    tries=3
    while :; do
        # shellcheck disable=SC2046
        set -- "$name" "$bytes" $(measure "$name" "$name")
        tries=$((tries - 1))
        if within "$@"; then break; fi
        if [ "$tries" -eq 0 ]; then
            bad=1 mark='  BEYOND THE BOUND'
            break
        fi
    done
    printf '%-32s %9s %8s %7s %6s%s\n' "$@" "$mark" | tee -a table
    rm -f "$name"
done
awk 'NR > 1 { n++; bytes += $2; seconds += $3; if ($3 > slowest) slowest = $3; if ($4 > most) most = $4 }
    END { printf "%d files, %.1f MB, %.1f s; the slowest %.3f s, the largest %.1f MB\n", n, bytes / 1e6, seconds, slowest, most }' table

# A million equal actions are more than a megabyte: no bound holds for so many, but that they are one finding and no
# crash.
if [ "$all" = yes ]; then
    ./hostile equal-actions.json 15001000 >million.json
    actions=$(grep -o 's3:GetObject' million.json | wc -l)
    # shellcheck disable=SC2046
    set -- $(measure million.json million.json)
    printf '%s equal actions, %.1f MB: %s s, %s MB, status %s\n' "$actions" \
        "$(wc -c <million.json | awk '{ print $1 / 1e6 }')" "$@"
    if [ "$actions" -lt 1000000 ] || [ "$3" -gt 4 ]; then
        bad=1
    fi
fi
exit $bad
