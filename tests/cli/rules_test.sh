#!/bin/sh
# SPDX-License-Identifier: MIT
# rules test: the tests in rule files, and the mutants that they should notice.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# The built-in rules: every test passes, and every rule is proven.
run rules test
expect 0 ", 0 failed, 0 rules unproven"
run rules test --lang ja
expect 0 "失敗 0"
run rules test --format json
expect 0 '"failed": 0'

# Rules of one's own, from files and folders; the built-in ones are not run.
run rules test "$top/rules"
expect 0 "1 rule, 2 tests, 2 passed, 0 failed, 0 rules unproven"
run rules test "$top/rules/no-star.yaml" --select 'test/*'
expect 0 "1 rule, 2 tests, 2 passed"
run rules test "$top/rules" --select 'other/*'
expect_error 2 "unknown rule 'other/*'"
run rules test "$top/rules" --ignore test/no-star
expect 4 "nothing was tested: 0 rules, and no test"

# What comes otherwise is shown at the test, in either language and as JSON.
sed 's/- passes: /- name: every action\n    passes: /; s/\["s3:GetObject"\]/["*"]/' "$top/rules/no-star.yaml" >noisy.yaml
run rules test noisy.yaml
expect 1 "noisy.yaml:14:5: noisy: the test expects 'passes', and the rule fires ('fails') [test/no-star]"
expect 1 "  test: every action"
expect 1 "1 rule, 2 tests, 1 passed, 1 failed"
run rules test --lang ja noisy.yaml
expect 1 "noisy.yaml:14:5: noisy: テストの期待は「passes」ですが、ルールが検出しました（fails） [test/no-star]"
run rules test --format json noisy.yaml
expect 1 '"outcome": "noisy"'
expect 1 '"expected": "passes"'
printf '    at: $.Statement[0].Effect\n' | cat "$top/rules/no-star.yaml" - | sed 's/passes: .*/fails: {Statement: [{Effect: Allow, Action: ["*"]}]}/' >misplaced.yaml
run rules test misplaced.yaml
expect 1 "misplaced.yaml:14:9: misplaced: the rule should fire at \$.Statement[0].Effect and nowhere else [test/no-star]"
expect 1 "misplaced.yaml:13:50: note: it fires at \$['Statement'][0]['Action'][0]"
expect 1 "unproven: the rule has no test that it 'passes' [test/no-star]"

# A rule without tests is no rule that was tested.
sed '/^tests/,$d' "$top/rules/no-star.yaml" >untested.yaml
run rules test untested.yaml
expect 4 "nothing was tested: 1 rule, and no test"

# One wrong file does not stop the others, and is not forgotten.
printf 'id: x\n' >wrong.yaml
run rules test wrong.yaml "$top/rules/no-star.yaml"
expect 2 "1 rule, 2 tests, 2 passed"
grep -qF "wrong.yaml:1:" "$err" || fail "no place of what is wrong"
run rules test absent.yaml "$top/rules/no-star.yaml"
expect 3 "1 rule, 2 tests, 2 passed"
run rules test --format sarif
expect_error 2 "unknown format of 'rules test' 'sarif'"
run rules list --mutate
expect_error 2 "--mutate is for 'rules test'"

# A secret in a test is not shown, wherever it stands.
key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
sed "s#\"s3:GetObject\"\], Resource#\"$key\"], secret_access_key: $key, Resource#; s/- passes/- fails/; s/@ != '\*'/@ == '*'/" \
    "$top/rules/no-star.yaml" >secret.yaml
grep -qF "$key" secret.yaml || fail "no key in the test"
for format in text json; do
    run rules test --format "$format" secret.yaml
    expect 1 missing
    expect_no "$key"
done

# The flow lies beside its rules; a changed one cannot be taken.
mkdir flow
cp "$EKSLINT_SOURCE_DIR/rules/gitlab/flow.yaml" "$top/rules/no-star.yaml" flow/
run rules test flow
expect 0 "1 rule, 2 tests, 2 passed"
run rules check flow
expect 0 "1 rule, 0 problems"
sed -i 's/Deploy to the cluster/Deploy/' flow/flow.yaml
run rules test flow
expect 2 "1 rule, 2 tests, 2 passed"
grep -qF "flow/flow.yaml:3:1: error: this is a flow, not a rule" "$err" || fail "takes a changed flow"

finish
