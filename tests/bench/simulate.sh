#!/bin/sh
# SPDX-License-Identifier: MIT
# Decisions a second of `simulate`: cross-account AssumeRole as JSON lines, one in four denied. Needs a build of the
# library, whose folder is that of the program. Prints a table and fails only where something does not run at all.
set -eu
: "${EKSLINT_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${EKSLINT_BINARY:=$EKSLINT_SOURCE_DIR/build/release/ekslint}"
: "${EKSLINT_BENCH_LINES:=200000}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v lines="$EKSLINT_BENCH_LINES" 'BEGIN {
    q = "\\\""
    for (i = 0; i < lines; i++) {
        role = "arn:aws:iam::123456789012:role/gitlab-eks-" i % 50
        user = "arn:aws:iam::111122223333:user/gitlab-" i % 20
        printf "{\"PolicyInputList\":[\"{%sVersion%s:%s2012-10-17%s,%sStatement%s:[{%sEffect%s:%sAllow%s,%sAction%s:[%sec2:Describe*%s,%seks:*%s,%ssts:AssumeRole%s],%sResource%s:%sarn:aws:iam::123456789012:role/gitlab-eks-*%s}]}\"],", q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q
        printf "\"ResourcePolicy\":\"{%sVersion%s:%s2012-10-17%s,%sStatement%s:[{%sEffect%s:%sAllow%s,%sPrincipal%s:{%sAWS%s:%s%s%s},%sAction%s:%ssts:AssumeRole%s,%sCondition%s:{%sStringEquals%s:{%ssts:ExternalId%s:%s%040d%s}}}]}\",", q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, user, q, q, q, q, q, q, q, q, q, q, q, q, i % 20, q
        printf "\"ActionNames\":[\"sts:AssumeRole\"],\"ResourceArns\":[\"%s\"],\"CallerArn\":\"%s\",\"ContextEntries\":[{\"ContextKeyName\":\"sts:ExternalId\",\"ContextKeyValues\":[\"%040d\"],\"ContextKeyType\":\"string\"}]}\n", role, user, i % 4 ? i % 20 : 7000 + i
    }
}' >"$work/requests.jsonl"
"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -I"$EKSLINT_SOURCE_DIR/src" -o "$work/simulate" \
    "$EKSLINT_SOURCE_DIR/tests/bench/simulate.c" "$(dirname "$EKSLINT_BINARY")/libekslint_core.a" -ljansson
"$work/simulate" "$EKSLINT_BINARY" "$work/requests.jsonl"
