/* SPDX-License-Identifier: MIT */
/* Faults that guard rules: without them there is nothing to judge. */
#include "rule/guard.h"

#include "rule/leaks.h"
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

const struct iam_fault *rule_guard_fault(const struct rule *rule, struct rule_policy *policy,
                                         const struct node *node)
{
    const struct iam_fault *fault = NULL;
    for (size_t i = 0; i < rule->guard_count && policy && !fault; i++) {
        enum iam_fault_id id = rule->guards[i];
        fault = iam_faults_at(rule_policy_faults(policy, id), id, node);
    }
    return fault;
}

bool rule_finds_no_fault(const struct rule *rule, struct rule_policy *policy,
                         const struct node *node)
{
    bool known = policy && rule->guard_count && rule->guards_here && node->kind != NODE_UNKNOWN;
    for (size_t i = 0; i < rule->guard_count && known; i++) {
        known = !rule_policy_faults(policy, rule->guards[i])->exhausted;
    }
    return known && !rule_guard_fault(rule, policy, node);
}

bool rule_lacks_secrets(const struct rule *rule, struct path_env *env)
{
    const struct rule_context *context = env->context;
    enum secret_sort sort = rule_forbidden_secret(rule->require);
    if (rule->if_absent != ABSENT_SKIP || rule->when || rule->rows || rule->need_count ||
        sort == SECRET_SORT_COUNT) {
        return false;
    }
    leaks_find(context->leaks, env);
    bool lacks = context->leaks->found;
    for (size_t i = 0; i < context->leaks->count; i++) {
        lacks = lacks && context->leaks->items[i].sort != sort;
    }
    return lacks;
}

bool rule_selects_nothing(const struct rule *rule, const struct tree *tree,
                          struct path_names *names)
{
    return names && rule->if_absent == ABSENT_SKIP && rule->need_count == 0 &&
           !path_may_select(rule->select, tree, names);
}
