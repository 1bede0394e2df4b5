#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Checks the layout of all C code against .clang-format.
# Releases of clang-format differ in details, so one decides; another one's complaints are shown but not held against
# the code. Exits 77 (skipped) where there is nothing to judge with.
set -u

decides=14
source_dir=${1:-${EKSLINT_SOURCE_DIR:-$(dirname "$0")/../..}}
cd "$source_dir" || exit 1

formatter=clang-format
if command -v "clang-format-$decides" >/dev/null 2>&1; then
    formatter=clang-format-$decides
elif ! command -v clang-format >/dev/null 2>&1; then
    echo "skipped: no clang-format"
    exit 77
fi
version=$("$formatter" --version | sed -n 's/.*version \([0-9][0-9]*\).*/\1/p')

# An unformatted sample must be refused, else a wrong option or a missing .clang-format would let everything pass.
if printf 'int  a( void ){ return 1 ; }\n' | "$formatter" --dry-run --Werror --style=file >/dev/null 2>&1; then
    echo "self-test: $formatter accepts an unformatted sample"
    exit 1
fi

# Only the first place of each file: the remedy is one command anyway.
find src tests -type f \( -name '*.c' -o -name '*.h' \) | LC_ALL=C sort | {
    bad=0
    while read -r file; do
        if ! found=$("$formatter" --dry-run --Werror --style=file "$file" 2>&1); then
            printf '%s\n' "$found" | head -3
            bad=$((bad + 1))
        fi
    done
    [ "$bad" -eq 0 ] && exit 0
    echo "$bad files are not laid out by .clang-format; mend them with: clang-format -i FILE..."
    [ "$version" = "$decides" ] && exit 1
    echo "skipped: this is clang-format $version, and $decides decides"
    exit 77
}
