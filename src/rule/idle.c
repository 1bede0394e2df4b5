/* SPDX-License-Identifier: MIT */
/* Which rules need not be run on a policy, because it has none of the faults that they are about. */
#include "rule/run.h"

bool rule_is_idle(const struct iam_fault_set *guards, struct rule_policy *policy)
{
    if (!policy || iam_fault_set_is_empty(guards)) {
        return false;
    }
    for (int group = 0; group < FAULT_GROUP_COUNT; group++) {
        enum iam_fault_id first = iam_fault_group_start((enum iam_fault_group)group);
        enum iam_fault_id end = iam_fault_group_start((enum iam_fault_group)(group + 1));
        if (!iam_fault_set_has_any(guards, first, end)) {
            continue;
        }
        const struct iam_faults *faults = rule_policy_faults(policy, first);
        if (faults->unknown || faults->exhausted || iam_fault_set_meets(&faults->present, guards)) {
            return false;
        }
    }
    return true;
}
