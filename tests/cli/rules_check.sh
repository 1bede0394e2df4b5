#!/bin/sh
# SPDX-License-Identifier: MIT
# `rules check` says what looks wrong in rules that load; `rules export` writes the built-in ones, none over another file.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# Nothing looks wrong in the built-in rules, nor in a good one.
run rules check
expect 0 " rules, 0 problems"
run rules check --select 'iam/*' --format oneline
expect 0
[ ! -s "$out" ] || fail "says something"
run rules check "$EKSLINT_SOURCE_DIR/testdata/broken-rules/good.yaml"
expect 0 "1 rule, 0 problems"

cat >odd.yaml <<'END'
id: mine/odd
severity: error
kind: case
if-absent: skip
title: {en: t, ja: j}
message: m
select: $.gitlab.region
foreach: [{region: eu-west-1, note: mine}]
require: "@ == row('region') || 1 == 2"
END
run rules check odd.yaml
expect 1 "odd.yaml:1:5: warning: this rule names no source"
expect 1 "odd.yaml:6:10: warning: other texts of this rule are in Japanese"
expect 1 "odd.yaml:8:31: warning: nothing asks for row('note')"
expect 1 "odd.yaml:9:33: warning: both sides are literals"
expect 1 "1 rule, 4 problems"
run rules check --format json odd.yaml
expect 1 '"rule": "rule/unused-value"'

# Tests: a name that no case has, and steps that run out; the rest of the file is as it should be.
cat >tests.yaml <<'END'
id: mine/tests
severity: error
kind: case
if-absent: skip
title: t
message: m
docs: [https://example.com/]
select: $.gitlab.region
require: "@ != 'x'"
tests:
  - fails: {gitlab: {region: x}, regoins: []}
    at: $.gitlab.region
  - passes: {gitlab: {region: y}}
END
run rules check tests.yaml
expect 1 "tests.yaml:11:34: warning: unknown key 'regoins'; did you mean 'regions'? [rule/test-key]"
expect 1 "1 rule, 1 problem"
run rules check --lang ja tests.yaml
expect 1 "ルール 1 件、問題 1 件"

# What does not load is said as anywhere, and the others are checked.
run rules check "$EKSLINT_SOURCE_DIR/testdata/broken-rules/syntax.yaml" odd.yaml
expect 2 "odd.yaml:8:31: warning"
grep -qF "syntax.yaml:10:11: error: this call is not closed" "$err" || fail "no place of what is wrong"
run rules check absent.yaml odd.yaml
expect 3 "odd.yaml:8:31: warning"
run rules check --format nothing odd.yaml
expect_error 2 "unknown format of 'rules check' 'nothing'"
run rules check --mutate odd.yaml
expect_error 2 "--mutate is for 'rules test'"
run rules list --select x
expect_error 2 "--select and --ignore are for 'rules test' and 'rules check'"

# Every rule comes out as it went in, and passes its tests there, too.
run rules export all
expect 0
for file in all/*/*.yaml; do
    cmp -s "$file" "$EKSLINT_SOURCE_DIR/rules/${file#all/}" || fail "$file differs"
done
[ "$(find all -name '*.yaml' | wc -l)" -gt 250 ] || fail "not all rules"
run rules test all/gitlab
expect 0 ", 0 failed, 0 rules unproven"
printf 'mine\n' >all/gitlab/external-id-mismatch.yaml
run rules export all
[ "$status" -eq 2 ] || fail "exit status $status, not 2"
grep -qF "exists already and was left as it is" "$err" || fail "does not say that a file is there"
[ "$(cat all/gitlab/external-id-mismatch.yaml)" = mine ] || fail "wrote over a file"
printf x >file
run rules export file
expect_error 2 "'file' cannot be made"
run rules export
expect_error 2 "'rules export' takes one folder"
finish
