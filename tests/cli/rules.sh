#!/bin/sh
# SPDX-License-Identifier: MIT
# rules list, rules show, rules functions, explain: of the built-in rules and of one's own.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# Every function, in alphabetical order, with its types, a sentence and an example that uses it.
run rules functions
expect 0 "types: nodes, value, value, value"
expect 0 "    types: -> value"
grep -E '^[a-z_]+\(.*\) -> (value|logical|nodes)$' "$out" >"$top/signatures"
[ "$(wc -l <"$top/signatures")" -ge 45 ] || fail "too few functions"
sed 's/(.*//' "$top/signatures" >"$top/names"
sort -c "$top/names" || fail "not in order"
for name in count known_action trusts; do
    grep -qx "$name" "$top/names" || fail "without $name"
done
run rules functions --format json
expect 0 '{"name":"in","signature":"in(value, nodes) -> logical","parameters":["value","nodes"],"required":2,'
[ "$(grep -c '"example":"' "$out")" -eq "$(wc -l <"$top/names")" ] || fail "another number of functions"
run rules functions --format sarif
expect_error 2 "format of 'rules functions'"
run rules functions in
expect_error 2 "takes no argument"

run rules list
expect 0 "gitlab/role-arn-invalid"
run rules list --format json
expect 0 '"gitlab/role-arn-invalid"'
# shellcheck disable=SC2086
{
    run rules list $rules
    expect 0 "test/no-star"
    expect_no "gitlab/role-arn-invalid"
    run rules show test/no-star $rules
    expect 0 "id: test/no-star"
    run explain $rules test/no-star
    expect 0 "An action is a star"
    run explain $rules --lang ja test/no-star
    expect 0 "アクションがアスタリスクです"
    run explain $rules test/nostar
    expect_error 2 "unknown rule 'test/nostar'; did you mean 'test/no-star'?"
    run rules show $rules nothing-like-it
    expect_error 2 "unknown rule 'nothing-like-it'"
}
run explain gitlab/role-arn-invalid
expect 0 "Role ARN must be a valid Amazon Resource Name"
run explain gitlab/role-arn-invalld
expect_error 2 "did you mean 'gitlab/role-arn-invalid'?"
run rules show gitlab/role-arn-invalid
expect 0 "id: gitlab/role-arn-invalid"

# What a rule became: its programs, what spares it, what it may cost.
run rules show --compiled iam/invalid-action
expect 0 "a policy without these passes, and the rule is not run on it"
run rules show --compiled gitlab/key-pair-not-in-region
expect 0 "needs: \$.regions[?@.name == \$.gitlab.region].key_pairs"
expect 0 "(fact 0x1; queries that begin like it are unknown while it is missing)"
expect 0 "  (asked once: it depends on no node)"
expect 0 "  (asked for each selected node)"
expect 0 "      query \$ facts 0x1"
expect 0 "20000 steps, and 64 for each node"
expect_no "id: gitlab"
# shellcheck disable=SC2086
run rules show --compiled test/no-star $rules
expect 0 "at once: a file of yours"
run rules show --compiled gitlab/key-pair-not-in-regoin
expect_error 2 "did you mean"
run rules list --compiled
expect_error 2 "--compiled is for 'rules show'"

# Filters, each by itself and together; what no rule can have is a mistake, with what was meant.
run rules list --family iam
expect 0 "iam/administrator"
expect_no "gitlab/"
run rules list --stage load-form --severity error
expect 0 "gitlab/key-pair-not-in-region        error    case  The key pair does not exist"
expect_no "warning"
expect_no "gitlab/role-arn-invalid"
run rules list --kind iam-scp --profile pedantic --format json
expect 0 '"profile":"pedantic"'
if grep -F '"profile":"default"' "$out"; then fail "other profiles"; fi
if grep '"id"' "$out" | grep -v '"kind":"[^"]*iam-scp'; then fail "other kinds"; fi
run rules list --kind gitlab-agent --severity info --format json
expect 0
[ "$(tr -d '\n' <"$out")" = '{"version":1,"rules":[]}' ] || fail "lists something"
run rules list --kind iam-trust-polcy
expect_error 2 "no rule can have the kind 'iam-trust-polcy'; did you mean 'iam-trust-policy'?"
run rules list --family nothing-like-it
expect_error 2 "no rule can have the family 'nothing-like-it' (known: eks, gitlab, "
run rules list --stage lod-form
expect_error 2 "did you mean 'load-form'?"
run rules list --severity 'iam/*=error'
expect_error 2 "(known: info, warning, error)"
run rules list --severity info --severity error
expect_error 2 "takes one --severity"
run rules list --profile pedantik
expect_error 2 "did you mean 'pedantic'?"
run rules list --family ""
expect_error 2 "no rule can have the family ''"
run rules show --family iam iam/administrator
expect_error 2 "--profile are for 'rules list'"
# shellcheck disable=SC2086
run rules list $rules --family test
expect 0 "test/no-star  error    iam-policy  An action is a star"

printf 'id: x\n' >wrong.yaml
run rules list --rules wrong.yaml
expect_error 2 "wrong.yaml:"

finish
