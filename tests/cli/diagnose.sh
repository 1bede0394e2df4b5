#!/bin/sh
# SPDX-License-Identifier: MIT
# The diagnosis of every example case against its golden files, in both languages and as JSON.
# UPDATE_GOLDEN=1 rewrites the files instead; look at the difference before you commit it.
set -eu
cd "$EKSLINT_SOURCE_DIR"
golden=testdata/golden/gitlab/diagnose
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

diagnose() { # CASE FORM OPTIONS…
    name=$1
    form=$2
    shift 2
    status=0
    COLUMNS=80 "$EKSLINT_BINARY" diagnose --date 2021-11-15 "$@" "testdata/cases/gitlab/$name" >"$work/out" || status=$?
}

# CASE STATUS STOP: where the flow stops, or "-".
expect() {
    for form in en.txt ja.txt json; do
        case $form in
        json) diagnose "$1" "$form" --format json ;;
        *) diagnose "$1" "$form" --lang "${form%.txt}" ;;
        esac
        [ "$status" -eq "$2" ] || fail "$1 $form: exit status $status, not $2"
        if [ -n "${UPDATE_GOLDEN:-}" ]; then
            cp "$work/out" "$golden/$1.$form"
        elif ! diff -u "$golden/$1.$form" "$work/out"; then
            fail "$1 $form: differs from $golden/$1.$form"
        fi
    done
    # "id", "title", "outcome", "reached" follow each other, a line each. The stop is what fails first.
    stop=$(sed -n 's/^ *"id": "\(.*\)",$/\1/p; s/^ *"outcome": "\(.*\)",$/\1/p' "$work/out" |
        grep -B 1 -m 1 '^fails$' | head -n 1) || :
    [ "${stop:--}" = "$3" ] || fail "$1: stops at '$stop', not at '$3'"
}

expect correct 0 -
expect no-key-pair-list 0 -
expect role-arn-invalid 1 authenticate
expect access-denied 1 authenticate
expect security-groups-not-loaded 1 load-form
expect key-pairs-not-loaded 1 load-form
expect rollback-failed 1 create-resources
expect documented-mistakes 1 authenticate

# No line of the English text is wider than asked for, but for what is copied in one piece.
for file in "$golden"/*.en.txt; do
    if sed 's/[^ -~]/./g' "$file" | grep -vE '^ *(aws|arn:|testdata/)' | grep '.\{81\}'; then
        fail "$file: a line of more than 80 columns"
    fi
    if grep -n ' $' "$file"; then fail "$file: blanks at the end of a line"; fi
done

[ "$failures" -eq 0 ]
