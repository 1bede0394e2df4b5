#!/bin/sh
# SPDX-License-Identifier: MIT
# rules list, rules show, explain: of the built-in rules and of one's own.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

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

printf 'id: x\n' >wrong.yaml
run rules list --rules wrong.yaml
expect_error 2 "wrong.yaml:"

finish
