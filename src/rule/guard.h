/* SPDX-License-Identifier: MIT */
/* Faults that guard rules, and secrets that they forbid. */
#ifndef EKSLINT_RULE_GUARD_H
#define EKSLINT_RULE_GUARD_H

#include "rule/rule.h"

/*
 * Does the policy have none of the faults that guard a rule (rule_guard_set())? Then the rule passes,
 * and nothing of it need be known. False where there are no guards, or no policy.
 */
bool rule_is_idle(const struct iam_fault_set *guards, struct rule_policy *policy);

/*
 * Does the rule do nothing but forbid secrets of a sort, and has the tree that env is for none? Then it
 * passes. env->context must have the tree's leaks.
 */
bool rule_lacks_secrets(const struct rule *rule, struct path_env *env);

#endif
