#!/bin/sh
# SPDX-License-Identifier: MIT
# --date: what day it is for dated rules. Without it, SOURCE_DATE_EPOCH, else today in UTC.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
unset SOURCE_DATE_EPOCH

mkdir dated case
cat >dated/due.yaml <<'END'
id: test/due
severity: error
dated: true
stage: deploy
kind: iam-policy
title: The policy is due
select: $.Statement[*].Sid
if-absent: skip
require: before_date(today(), @)
message: "on {today()} this is {days_between(@, today())} days late"
symptoms:
  - text: "Validation failed: everything is late"
END
echo '{"Statement": [{"Sid": "2021-11-15", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}' >case/policy.json
due="--no-builtin --rules dated"
echo "Validation failed: everything is late" >error.txt
input=error.txt

# shellcheck disable=SC2086
for command in check diagnose "explain --error -"; do
    run $command $due --date 2021-11-14 case
    expect_no "days late"
    run $command $due --date 2021-11-15 case
    expect 1 "on 2021-11-15 this is 0 days late"
    run $command $due --date=2022-11-15 case
    expect 1 "on 2022-11-15 this is 365 days late"
done

# Today is past it; nothing but the date changes the report.
# shellcheck disable=SC2086
run check $due case
expect 1 "days late"
today=$(date -u +%Y-%m-%d)
# shellcheck disable=SC2086
run check $due --format json case
cp "$out" without
# shellcheck disable=SC2086
run check $due --format json --date "$today" case
[ "$(date -u +%Y-%m-%d)" != "$today" ] || cmp -s "$out" without || fail "another day than $today in UTC"

# The environment's, and the option before it.
SOURCE_DATE_EPOCH=1636934399
export SOURCE_DATE_EPOCH
# shellcheck disable=SC2086
run check $due case
expect_no "days late"
SOURCE_DATE_EPOCH=1636934400
# shellcheck disable=SC2086
run check $due case
expect 1 "on 2021-11-15 this is 0 days late"
# shellcheck disable=SC2086
run check $due --date 2021-11-16 case
expect 1 "on 2021-11-16 this is 1 days late"
for epoch in tomorrow 2021-11-15 -1 1.5 253402300800 99999999999999999999 " 1"; do
    SOURCE_DATE_EPOCH=$epoch
    # shellcheck disable=SC2086
    run check $due case
    expect_error 2 "SOURCE_DATE_EPOCH is '$epoch', and not the seconds since 1970-01-01"
done
SOURCE_DATE_EPOCH=253402300799
# shellcheck disable=SC2086
run check $due case
expect 1 "on 9999-12-31 this is"
SOURCE_DATE_EPOCH=
# shellcheck disable=SC2086
run check $due case
expect 1 "days late"
unset SOURCE_DATE_EPOCH

# What is no date.
for date in 2021-11-31 2021-11 2021-11-15T00:00:00Z 15.11.2021 1636934400 "" today; do
    # shellcheck disable=SC2086
    run check $due --date "$date" case
    expect_error 2 "'$date' is no date; write --date YYYY-MM-DD"
done
run check --date
expect_error 2 "option '--date' needs a value: --date DATE"
run rules list --date 2021-11-15
expect_error 2 "option '--date' is not for 'rules', only for: check, diagnose, explain"

# A rule that is not marked as dated may not look.
sed '/^dated/d' dated/due.yaml >undated.yaml
run check --no-builtin --rules undated.yaml case
expect_error 2 "undated.yaml:8:22: error: only a rule with 'dated: true' may look at the date [rule/dated]"

finish
