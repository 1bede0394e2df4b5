#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Builds with sanitizers and runs every test under gcc and clang, then builds the release and runs the speed check.
set -eu
cd "$(dirname "$0")/.."

run() {
    printf '\n== %s\n' "$*"
    "$@"
}

for preset in dev dev-clang; do
    run cmake --preset "$preset"
    run cmake --build --preset "$preset"
    # What looks at the sources alone is the same under each compiler.
    case $preset in
    dev) run ctest --preset "$preset" ;;
    *) run ctest --preset "$preset" --exclude-regex '^script\.' ;;
    esac
done

run cmake --preset release
run cmake --build --preset release
if [ -f tests/bench/run.sh ]; then
    EKSLINT_BINARY=$PWD/build/release/ekslint
    EKSLINT_SOURCE_DIR=$PWD
    export EKSLINT_BINARY EKSLINT_SOURCE_DIR
    run sh tests/bench/run.sh --fast start policy managed catalogue mutants
    run sh tests/bench/growth.sh
    run env EKSLINT_HOSTILE_TIMED=no sh tests/bench/hostile.sh
    run env EKSLINT_FAULTS=all sh tests/cli/faults.sh
    run sh tests/bench/valgrind.sh
    run sh tests/bench/guided.sh --quick
    run env EKSLINT_REPRODUCIBLE=1 sh tests/scripts/check_reproducible.sh
fi
printf '\nall tests passed\n'
