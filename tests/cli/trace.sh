#!/bin/sh
# SPDX-License-Identifier: MIT
# `trace`: one rule on files, clause by clause, against golden files. UPDATE_GOLDEN=1 rewrites them instead; look at the
# difference before you commit it.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
golden=$EKSLINT_SOURCE_DIR/testdata/golden/trace
cases=testdata/cases/gitlab
cd "$EKSLINT_SOURCE_DIR" || exit 1

# trace NAME STATUS ARGUMENTS
trace() {
    name=$1
    wanted=$2
    shift 2
    run trace "$@"
    expect "$wanted"
    [ ! -s "$err" ] || fail "$name: writes to standard error"
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        cp "$out" "$golden/$name.txt"
    elif ! diff -u "$golden/$name.txt" "$out"; then
        fail "$name: differs from its golden file"
    fi
}
trace fail 1 gitlab/external-id-mismatch $cases/access-denied
trace pass 0 gitlab/key-pair-not-in-region $cases/correct
trace unknown 0 gitlab/key-pair-not-in-region $cases/no-key-pair-list
trace absent 0 gitlab/external-id-mismatch testdata/documented/gitlab-eks.yaml
trace rows 1 gitlab/form-action-missing $cases/security-groups-not-loaded
trace policy 1 INVALID_VERSION testdata/kinds/old-version.policy.json
trace when 0 iam/missing-resource testdata/kinds/old-version.policy.json
trace no-kind 4 iam/invalid-version testdata/kinds/aws-config.ini

# What cannot be read is said beside what could be judged.
printf '{' >"$top/broken.json"
printf '{"Version": "2012-10-17", "Statement": []}' >"$top/good.json"
cd "$top" || exit 1
run trace iam/invalid-version broken.json good.json
expect 3 "broken.json:1:2: "
expect 3 "0 fail, 0 unknown, 1 pass"

# No secret, wherever it stands.
cat >secret.yaml <<'END'
apiVersion: ekslint/v1
kind: GitLabEKSIntegration
gitlab:
  amazon_eks:
    access_key_id: AKIAIOSFODNN7EXAMPLE
    secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
END
cat >rule.yaml <<'END'
id: mine/secret
severity: info
kind: gitlab-eks
title: A secret
select: $.gitlab.amazon_eks
if-absent: skip
require: "@.secret_access_key == 'x' && length(@.secret_access_key) == 0 && !@ && concat('=', @.secret_access_key) == 'x'"
message: x
END
run trace --rules rule.yaml mine/secret secret.yaml
expect 0 '["…EKEY" == "x"]'
expect 0 '["=…EKEY" == "x"]'
expect_no wJalrXUtnFEMI

run trace
expect_error 2 "trace takes a rule id and paths"
run trace gitlab/no-such-rule good.json
expect_error 2 "unknown rule 'gitlab/no-such-rule'"
run trace "iam/*" good.json
expect_error 2 "unknown rule 'iam/*'"
finish
