#!/bin/sh
# SPDX-License-Identifier: MIT
# Decisions a second of `simulate`: cross-account AssumeRole as JSON lines, one in four denied. Needs a build of the
# library, whose folder is that of the program. Prints a table and fails only where something does not run at all.
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${EKSLINT_BINARY:=$EKSLINT_SOURCE_DIR/build/release/ekslint}"
: "${EKSLINT_BENCH_LINES:=200000}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v lines="$EKSLINT_BENCH_LINES" -f "$EKSLINT_SOURCE_DIR/tests/bench/requests.awk" >"$work/requests.jsonl"
"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -I"$EKSLINT_SOURCE_DIR/src" -o "$work/simulate" \
    "$EKSLINT_SOURCE_DIR/tests/bench/simulate.c" "$(dirname "$EKSLINT_BINARY")/libekslint_core.a" -ljansson
"$work/simulate" "$EKSLINT_BINARY" "$work/requests.jsonl"
