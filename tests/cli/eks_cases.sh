#!/bin/sh
# SPDX-License-Identifier: MIT
# The cases of EKS: in the broken one exactly the rule that `expected` names speaks, where it says and with the
# text that it says, and that text leads to the rule; in the repaired twin nothing speaks.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
cases=$EKSLINT_SOURCE_DIR/testdata/cases/eks
day=2026-11-22

# The rules of a report that are not $rule, and how many there are that are.
others() {
    sed -n 's/.*\[\([a-z0-9/-]*\)\]$/\1/p' "$out" | grep -cvxF -e "$rule"
}

check_broken() {
    run check --date $day --no-config --quiet --format oneline "$1/broken"
    [ "$status" -eq 1 ] || [ "$status" -eq 0 ] || fail "exit status $status"
    grep -qF -e "/broken/$place:" "$out" || fail "no finding at $place"
    grep -qF -e "[$rule]" "$out" || fail "$rule is silent"
    [ "$(others)" -eq 0 ] || fail "other rules than $rule speak"
    run check --date $day --no-config --quiet "$1/broken"
    tr -d '\n' <"$out" | tr -s ' ' >"$top/words"
    grep -qF -e "$symptom" "$top/words" || fail "the report does not hold: $symptom"
    run explain --error "$symptom" --date $day --no-config --format json "$1/broken"
    first=$("$EKSLINT_BINARY" query '$.rules[0].rule' "$out")
    [ "$first" = "[\"$rule\"]" ] || fail "explain --error leads to $first, not $rule"
}

count=0
for folder in "$cases"/*/; do
    folder=${folder%/}
    { read -r rule && read -r place && read -r symptom; } <"$folder/expected" || {
        echo "FAILED: $folder/expected has no three lines"
        failures=$((failures + 1))
        continue
    }
    check_broken "$folder"
    run check --date $day --no-config --quiet --format oneline "$folder/repaired"
    expect 0
    [ ! -s "$out" ] || fail "the repaired case is not clean"
    count=$((count + 1))
done

[ "$count" -gt 0 ] || fail "no cases"
echo "$count cases"
finish
