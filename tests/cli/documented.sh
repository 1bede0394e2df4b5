#!/bin/sh
# SPDX-License-Identifier: MIT
# GitLab's documentation as it is: its two policies give no finding, its sample ARN gives one, at its column.
set -eu
cd "$EKSLINT_SOURCE_DIR/testdata/documented"
for policy in provision-role.policy.json gitlab-user.policy.json; do
    output=$("$EKSLINT_BINARY" check --format oneline "$policy")
    if [ -n "$output" ]; then
        echo "$policy: $output"
        exit 1
    fi
done
actions=$("$EKSLINT_BINARY" query '$.Statement[0].Action[*]' provision-role.policy.json | grep -c '"')
if [ "$actions" -ne 32 ]; then
    echo "the documented policy has 32 actions, this one $actions"
    exit 1
fi
status=0
output=$("$EKSLINT_BINARY" check --format oneline gitlab-eks.yaml) || status=$?
case $status:$output in
"1:gitlab-eks.yaml:5:8: error: "*"[gitlab/role-arn-not-a-role]") ;;
*)
    echo "exit status $status, output: $output"
    exit 1
    ;;
esac
