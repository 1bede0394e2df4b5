#!/bin/sh
# SPDX-License-Identifier: MIT
# How the time and memory of checking one policy grow with its size: each shape of policies.c at 1, 2, 4 and 8 times its
# count, and at about 1 MB. Run by hand or by tests/run-all.sh; prints a table and fails where the eightfold policy takes
# much more than twice the time of the fourfold one and four times that of the twofold one, three times over. Shapes may be named: growth.sh tags backwards
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${EKSLINT_BINARY:=$EKSLINT_SOURCE_DIR/build/release/ekslint}"
src=$EKSLINT_SOURCE_DIR/src
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -std=c11 -D_DEFAULT_SOURCE -O2 -o "$work/growth" "$EKSLINT_SOURCE_DIR/tests/bench/growth.c"
"${CC:-cc}" -std=c11 -O2 -I"$src" -Wno-overlength-strings -o "$work/policies" "$EKSLINT_SOURCE_DIR/tests/bench/policies.c" \
    "$src"/aws/*.c "$src"/base/*.c
"$work/policies" >"$work/shapes"
smallest=$EKSLINT_SOURCE_DIR/testdata/documented/provision-role.policy.json
bad=0

# Another program that runs for a moment slows one size down, and another one the next time; what grows too
# fast does so each time.
measure() {
    "$work/growth" "$EKSLINT_BINARY" "$smallest" "$@" || "$work/growth" "$EKSLINT_BINARY" "$smallest" "$@" ||
        "$work/growth" "$EKSLINT_BINARY" "$smallest" "$@"
}

while read -r shape count; do
    case " ${*:-$shape} " in
    *" $shape "*) ;;
    *) continue ;;
    esac
    set_of_files=
    for size in 1 2 4 8; do
        file=$work/$shape.x$size.json
        "$work/policies" "$shape" $((count * size)) >"$file"
        set_of_files="$set_of_files $file"
    done
    # As many parts as make a megabyte.
    bytes=$(wc -c <"$file")
    "$work/policies" "$shape" $((count * 8 * 1000 / (bytes / 1000 + 1))) >"$work/$shape.megabyte.json"
    # The names have no blanks: they are shapes and sizes below a folder of mktemp.
    # shellcheck disable=SC2086
    measure $set_of_files || bad=1
    measure "$work/$shape.megabyte.json" || bad=1
done <"$work/shapes"
exit $bad
