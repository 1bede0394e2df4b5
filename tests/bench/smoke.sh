#!/bin/sh
# SPDX-License-Identifier: MIT
# The benchmark: start-up and one policy beside /bin/true; the AWS managed policies where they are at hand.
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
    set -- "$@" "$corpus"
fi
"$work/bench" "$@"
