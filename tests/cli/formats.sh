#!/bin/sh
# SPDX-License-Identifier: MIT
# One run with something of everything (errors, a warning, a note, equal findings, a file that cannot be
# read, a rule that is undecided, one that passed, hostile names) in each format for programs, against
# golden files, in both languages. UPDATE_GOLDEN=1 rewrites them instead; look at the difference before
# you commit it. Then: the exit status is the same in each, so are the bytes of a second run, and other
# tools read what we wrote.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

golden=$EKSLINT_SOURCE_DIR/testdata/golden/formats
input_rules=$EKSLINT_SOURCE_DIR/testdata/formats/rules
formats='json jsonl sarif gitlab junit github checkstyle tap oneline'

cp "$EKSLINT_SOURCE_DIR/testdata/formats/gitlab-eks.yaml" .
mkdir 'odd #1 %20'
printf '%s\n' '{"Version": "2012-10-17",' ' "Statement": [' \
    '  {"Sid": "a\u001b[31m](x)", "Effect": "Allow", "Action": ["*", "*"], "Resource": "*"}]}' >'odd #1 %20/ポリシー.json'
printf '{"Statement": [}' >'broken
::error::forged.json'

# one FORMAT LANGUAGE: a run without the built-in rules, so that these goldens do not follow them.
one() {
    run --no-builtin --rules "$input_rules" --lang "$2" --format "$1" .
    sed 's/"catalogue": *"[-0-9]*"/"catalogue": "DATE"/' "$out" >"$top/$1.$2"
}

for language in en ja; do
    for format in $formats; do
        one "$format" "$language"
        expect 3
        file=$golden/$format.$language
        if [ -n "${UPDATE_GOLDEN:-}" ]; then
            cp "$top/$format.$language" "$file"
        elif ! diff -u "$file" "$top/$format.$language"; then
            fail "differs from $file"
        fi
        cp "$top/$format.$language" "$top/first"
        one "$format" "$language"
        cmp -s "$top/first" "$top/$format.$language" || fail "another report the second time"
    done
done

# What is suppressed, in a comment and in the configuration, what is in the baseline, and what is gone from it.
mkdir known && cd known || exit 1
printf '%s\n' 'Version: "2012-10-17"' 'Statement:' \
    '- {Effect: Allow, Action: "*", Resource: "*"} # ekslint: allow test/star until=2021-12-31 -- 理由 <"&#">' >comment.yaml
printf '%s\n' 'suppressions:' \
    '- {rule: test/star, file: entry.json, reason: "two\nlines"}' >.ekslint.yaml
for name in entry known new; do echo "$bad" >"$name.json"; done
run --no-builtin --rules "$input_rules" --write-baseline base.json known.json
printf '%s\n' '{"version": 1, "findings": [' \
    '{"file": "gone.json", "rule": "test/star", "fingerprint": "0123456789abcdef", "count": 3},' >gone
sed 1d base.json | cat gone - >base && mv base base.json && rm gone
for language in en ja; do
    for format in text $formats; do
        run --no-builtin --rules "$input_rules" --lang "$language" --format "$format" --baseline base.json .
        expect 1
        file=$golden/known/$format.$language
        sed 's/"catalogue": *"[-0-9]*"/"catalogue": "DATE"/' "$out" >"$top/known"
        if [ -n "${UPDATE_GOLDEN:-}" ]; then
            cp "$top/known" "$file"
        elif ! diff -u "$file" "$top/known"; then
            fail "differs from $file"
        fi
    done
done
cd .. && rm -r known

# No name, key or message reaches the output as a command of a terminal, or as a line of its own.
escape=$(printf '\033')
for format in $formats; do
    if grep -qF "$escape" "$top/$format.en"; then fail "$format: an escape sequence"; fi
    if grep -q '^::error::forged' "$top/$format.en"; then fail "$format: a forged line"; fi
done
if grep -vq '^::\(error\|warning\|notice\) ' "$top/github.en"; then fail "a line that is no command"; fi
[ "$(grep -c '"type":"finding"' "$top/jsonl.en")" -eq 6 ] || fail "not six findings"

# The same fingerprints in each, and none twice.
sed -n 's/.*"fingerprint": "\(.*\)".*/\1/p' "$top/json.en" | sort >"$top/fingerprints"
[ "$(uniq "$top/fingerprints" | wc -l)" -eq 6 ] || fail "fingerprints are missing or equal"
sed -n 's/.*"fingerprint": "\(.*\)".*/\1/p' "$top/gitlab.en" | sort | cmp -s - "$top/fingerprints" ||
    fail "gitlab has others"
sed -n 's/.*"ekslint\/v1": "\(.*\)".*/\1/p' "$top/sarif.en" | sort | cmp -s - "$top/fingerprints" ||
    fail "sarif has others"

# Other tools read it.
last="other tools"
if command -v xmllint >/dev/null; then
    xmllint --noout "$top/junit.en" "$top/junit.ja" "$top/checkstyle.en" 2>"$err" || fail "not well-formed"
    cases=$(xmllint --xpath 'count(//testcase)' "$top/junit.en")
    [ "$cases" = "$(xmllint --xpath 'sum(/testsuites/testsuite/@tests)' "$top/junit.en")" ] || fail "other counts"
    names='count(//testcase[@name = preceding-sibling::testcase/@name])'
    [ "$(xmllint --xpath "$names" "$top/junit.en")" = 0 ] || fail "a name stands twice in a suite"
fi
if command -v prove >/dev/null; then
    prove -e cat "$top/tap.en" >"$out" 2>"$err"
    grep -qF 'Failed tests:  1, 6-7' "$out" || fail "other tests fail than findings tell"
    expect_no "Parse errors"
fi
if command -v python3 >/dev/null; then
    for format in json sarif gitlab; do
        python3 -m json.tool "$top/$format.ja" >"$out" 2>"$err" || fail "$format is not JSON"
    done
    python3 - "$top/jsonl.ja" >"$out" 2>"$err" <<'END' || fail "jsonl is not JSON lines"
import json, sys
types = [json.loads(line)["type"] for line in open(sys.argv[1], encoding="utf-8").read().splitlines()]
assert types == sorted(types, key=["finding", "unknown", "summary"].index) and types[-1] == "summary", types
END
fi

# The exit status hangs on no format: nothing found, a finding, nothing evaluated.
mkdir none
echo "$good" >good.json
echo "$bad" >bad.json
echo '{}' >none/x.json
for format in $formats; do
    # shellcheck disable=SC2086
    run $rules --format "$format" good.json
    expect 0
    # shellcheck disable=SC2086
    run $rules --format "$format" bad.json
    expect 1
    # shellcheck disable=SC2086
    run $rules --format "$format" --severity test/no-star=info bad.json
    expect 0
    # shellcheck disable=SC2086
    run $rules --format "$format" none
    expect 4
done

# What is below --fail-on fails no test.
# shellcheck disable=SC2086
{
    run $rules --format junit --severity test/no-star=warning bad.json
    expect 0 'failures="0"'
    run $rules --format tap --severity test/no-star=warning bad.json
    expect 0 'ok 1 - bad.json'
    expect_no 'not ok'
    run $rules --format tap --severity test/no-star=warning --fail-on warning bad.json
    expect 1 'not ok 1 - bad.json'
}

finish
