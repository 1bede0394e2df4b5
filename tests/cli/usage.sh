#!/bin/sh
# SPDX-License-Identifier: MIT
# Wrong arguments: exit status 2, an empty report, and a message that says what to do.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

echo "$good" >good.json

run --fromat json .
expect_error 2 "unknown option '--fromat'; did you mean '--format'?"
run -format json .
expect_error 2 "unknown option '-format'; did you mean '--format'?"
run -x .
expect_error 2 "unknown option '-x'"
run -qx .
expect_error 2 "unknown option '-x'"
run --format
expect_error 2 "option '--format' needs a value: --format FORMAT"
run --quiet=yes .
expect_error 2 "option '--quiet' takes no value"
run --form json .
expect_error 2 "unknown option '--form'"
run --format=jsn .
expect_error 2 "unknown format 'jsn'; did you mean 'json'?"
run --format= .
expect_error 2 "unknown format ''"
run -f jsn .
expect_error 2 "unknown format 'jsn'"
run -fjsn .
expect_error 2 "unknown format 'jsn'"
run --fail-on eror .
expect_error 2 "unknown value of --fail-on 'eror'; did you mean 'error'?"
run --profile strict .
expect_error 2 "unknown value of --profile 'strict' (known: default, pedantic)"
run --color sometimes .
expect_error 2 "unknown value of --color 'sometimes'"
run --lang fr .
expect_error 2 "unknown value of --lang 'fr'"
run --kind iam-polcy .
expect_error 2 "unknown kind 'iam-polcy'; did you mean 'iam-policy'?"
run --severity test/no-star .
expect_error 2 "is not of the form ID=LEVEL"
run --severity test/no-star=eror .
expect_error 2 "unknown level of --severity 'eror'; did you mean 'error'?"
# shellcheck disable=SC2086
run $rules --severity test/no-sta=info .
expect_error 2 "unknown rule 'test/no-sta'; did you mean 'test/no-star'?"
# shellcheck disable=SC2086
run $rules --select test/no-sta .
expect_error 2 "unknown rule 'test/no-sta'; did you mean 'test/no-star'?"
run --ignore nothing/like-this .
expect_error 2 "unknown rule 'nothing/like-this'"
run ""
expect_error 2 "path 1 is empty"

# Options of later versions are not taken silently.
for option in --threads=2 --statistics; do
    run "$option" .
    expect_error 2 "unknown option '${option%%=*}'"
done
run explain --error " "
expect_error 2 "the text of --error is empty"
run explain --error - -
expect_error 2 "standard input is the text of --error and cannot be a file, too"
run explain --error "Access denied" ""
expect_error 2 "path 1 is empty"
run explain --format oneline gitlab/role-arn-invalid
expect_error 2 "unknown format of 'explain' 'oneline'"

# diagnose.
run diagnose
expect_error 2 "diagnose needs the folder or the files of one case"
run diagnose ""
expect_error 2 "path 1 is empty"
run diagnose --format oneline .
expect_error 2 "unknown format of 'diagnose' 'oneline' (known: text, json)"
run diagnose --format jsn .
expect_error 2 "did you mean 'json'?"
run diagnose --collect --format json .
expect_error 2 "--collect prints a shell script and takes no --format"
run diagnose --collet .
expect_error 2 "unknown option '--collet'; did you mean '--collect'?"
run check --collect .
expect_error 2 "option '--collect' is not for 'check', only for: diagnose"
run diagnose --kind iam-policy .
expect_error 2 "option '--kind' is not for 'diagnose', only for: check"
run diagnos good.json
expect_error 2 "unknown command 'diagnos'; did you mean 'diagnose'?"
mkdir one two
printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\n' | tee one/eks.yaml >two/eks.yaml
run diagnose one two
expect_error 2 "two/eks.yaml:2:7: error: a second integration"
expect_error 2 "one/eks.yaml:2:7: note: the first one is here"
rm -r one two

run simulate --format json x
expect_error 2 "--format"

# Commands.
run chekc
expect_error 2 "unknown command 'chekc'; did you mean 'check'?"
run chekc good.json
expect_error 2 "unknown command 'chekc'; did you mean 'check'?"
run ruls list
expect_error 2 "unknown command 'ruls'; did you mean 'rules'?"
run check chekc
expect 3 "chekc: error: "
run -- chekc
expect_error 2 "did you mean 'check'?"
run check --paths good.json
expect_error 2 "option '--paths' is not for 'check', only for: query"
run --output x query '$' good.json
expect_error 2 "option '--output' is not for 'query', only for: check, diagnose"
run rules
expect_error 2 "rules needs one of: list, show"
run rules lst
expect_error 2 "did you mean 'list'?"
run rules list more
expect_error 2 "takes no argument"
run rules show
expect_error 2 "takes one rule id"
run rules list --format oneline
expect_error 2 "unknown format of 'rules list' 'oneline'"
run explain
expect_error 2 "explain takes one rule id, or --error TEXT"
run explain a b
expect_error 2 "explain takes one rule id"
run query
expect_error 2 "query needs an expression"
run query '$' good.json more
expect_error 2 "one expression and one file"
run init a b
expect_error 2 "init takes one path"

# The same through standard error only: control characters of an argument are escaped there.
run "--$(printf 'a\033[31m\nb')"
expect_error 2 "unknown option '--a\\x1B[31m\\nb'"

# Options stand anywhere; after "--" nothing is an option or a command.
# shellcheck disable=SC2086
run good.json $rules --format=json
expect 0 '"findings": []'
# shellcheck disable=SC2086
run $rules --format json -q check good.json
expect 0 '"findings": []'
cp good.json ./--quiet
cp good.json ./check
# shellcheck disable=SC2086
run $rules -- --quiet check
expect 0 "no problems in 2 files"

finish
