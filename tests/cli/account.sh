#!/bin/sh
# SPDX-License-Identifier: MIT
# A large account: what one role is compared with all others for stays within the steps of a rule.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# account COUNT: so many roles as get-account-authorization-details prints them; the last one trusts another account.
account() {
    awk -v count="$1" 'BEGIN {
        printf "{\"UserDetailList\": [], \"GroupDetailList\": [], \"Policies\": [], \"RoleDetailList\": ["
        for (i = 1; i <= count; i++) {
            printf "%s\n{\"Path\": \"/\", \"RoleName\": \"role-%d\", ", (i > 1 ? "," : ""), i
            printf "\"Arn\": \"arn:aws:iam::123456789012:role/role-%d\", ", i
            printf "\"AssumeRolePolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", "
            printf "\"Principal\": {\"AWS\": \"arn:aws:iam::%s:root\"}, ", (i < count ? "123456789012" : "111122223333")
            printf "\"Action\": \"sts:AssumeRole\"}]}, \"RolePolicyList\": [], \"AttachedManagedPolicies\": [], "
            printf "\"InstanceProfileList\": [], \"Tags\": []}"
        }
        print "]}"
    }'
}

rule=iam/external-account-without-external-id
account 10000 >account.json
run check --profile pedantic --select "$rule" --format json account.json
expect 0 '"unknown": 0,'
expect 0 '"line": 10001,'
expect 0 '"warnings": 1,'
expect 0 "any customer of arn:aws:iam::111122223333:root may have this role assumed"

finish
