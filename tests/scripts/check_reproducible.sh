#!/bin/sh
# SPDX-License-Identifier: MIT
# Two builds in folders of different names and depths are the same, byte for byte: the program and its library, without
# a cache of compiled files. Prints their hash. Takes two builds, so that the test suite runs it only where
# EKSLINT_REPRODUCIBLE=1 asks for it (tests/run-all.sh does); EKSLINT_REPRODUCIBLE_OPTIONS are for cmake.
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
if [ "${EKSLINT_REPRODUCIBLE-}" != 1 ]; then
    echo "skipped: takes two builds; EKSLINT_REPRODUCIBLE=1 asks for it"
    exit 77
fi
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
CCACHE_DISABLE=1
export CCACHE_DISABLE
unset SOURCE_DATE_EPOCH CMAKE_C_COMPILER_LAUNCHER

# build FOLDER: a copy of the sources there, built.
build() {
    mkdir -p "$1"
    for part in CMakeLists.txt CMakePresets.json LICENSE README.md cmake src rules templates action.yml; do
        cp -R "$EKSLINT_SOURCE_DIR/$part" "$1"
    done
    # shellcheck disable=SC2086
    (cd "$1" && cmake -G Ninja -S . -B build/release -DCMAKE_BUILD_TYPE=Release -DEKSLINT_LTO=ON -DEKSLINT_TESTS=OFF \
        ${EKSLINT_REPRODUCIBLE_OPTIONS-} && cmake --build build/release) >"$top/log" 2>&1 || {
        tail -n 30 "$top/log"
        exit 1
    }
}
build "$top/one"
build "$top/another/folder of builds"

bad=0
# without_options FILE: gcc's intermediate code in a library's objects holds the options, and so the folder.
without_options() {
    case $1 in
    *.a) objcopy --enable-deterministic-archives --remove-section='.gnu.lto_*' "$1" ;;
    esac
}
for file in ekslint libekslint_core.a libekslint_rules.a builtin_rules.c ekslint.1; do
    one=$(find "$top/one/build/release" -name "$file" -type f)
    another=$(find "$top/another/folder of builds/build/release" -name "$file" -type f)
    without_options "$one"
    without_options "$another"
    if cmp -s "$one" "$another"; then
        printf '%s  %s\n' "$(sha256sum <"$one" | cut -d' ' -f1)" "$file"
    else
        echo "$file differs between two builds"
        cmp "$one" "$another" || true
        bad=1
    fi
done
exit $bad
