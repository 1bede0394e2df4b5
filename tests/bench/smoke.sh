#!/bin/sh
# SPDX-License-Identifier: MIT
# The benchmark: start-up and one policy beside /bin/true; the AWS managed policies, where they are at hand, beside
# a program that only parses them.
# Run by hand or by tests/run-all.sh; prints a table and fails only where a scenario does not run at all.
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${EKSLINT_BINARY:=$EKSLINT_SOURCE_DIR/build/release/ekslint}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -o "$work/bench" "$EKSLINT_SOURCE_DIR/tests/bench/bench.c"
set -- "$EKSLINT_BINARY" "$EKSLINT_SOURCE_DIR/testdata/documented/provision-role.policy.json"
corpus=$EKSLINT_SOURCE_DIR/../shared/corpus/managed-policies
if [ -d "$corpus" ]; then
    "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -o "$work/parse" \
        "$EKSLINT_SOURCE_DIR/tests/bench/parse.c" -ljansson
    set -- "$@" "$work/parse" "$corpus"
fi
"$work/bench" "$@"

# The IAM catalogue in one process: the action patterns (with wildcards) of the managed policies, and every action's name. Its sources
# need nothing but base/.
src=$EKSLINT_SOURCE_DIR/src
"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -I"$src" -Wno-overlength-strings -o "$work/expand" \
    "$EKSLINT_SOURCE_DIR/tests/bench/expand.c" "$src"/aws/*.c "$src"/base/*.c
: >"$work/patterns"
if [ -d "$corpus" ]; then
    for file in "$corpus"/*.json; do
        "$EKSLINT_BINARY" query "\$..['Action','NotAction']" "$file"
    done | grep -o '"[^"]*"' | tr -d '"' | grep -E '[*?]' | LC_ALL=C sort -u >"$work/patterns"
fi
"$work/expand" <"$work/patterns"
if command -v nm >/dev/null 2>&1; then
    nm -S --defined-only "$EKSLINT_BINARY" | awk '
        $4 ~ /^catalogue_/ && $3 ~ /[rR]/ { for (i = 1; i <= 16; i++)
            size[$4] = size[$4] * 16 + index("0123456789abcdef", substr($2, i, 1)) - 1; sum += size[$4] }
        END { printf "%-34s %9d bytes\n", "tables of the catalogue", sum }'
fi

# Every built-in rule with its tests, and every mutant of it.
start=$(date +%s%N)
"$EKSLINT_BINARY" rules test --mutate >"$work/mutants" || cat "$work/mutants"
end=$(date +%s%N)
printf '%-34s %9d ms  %s\n' "rules test --mutate" $(((end - start) / 1000000)) "$(tail -n 1 "$work/mutants")"
