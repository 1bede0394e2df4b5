/* SPDX-License-Identifier: MIT */
/* What shows that a rule need not look: faults that guard it, secrets that it forbids, names that it asks for. */
#ifndef EKSLINT_RULE_GUARD_H
#define EKSLINT_RULE_GUARD_H

#include "path/names.h"
#include "rule/rule.h"

/*
 * Does the policy have none of the faults that guard a rule (rule_guard_set())? Then the rule passes,
 * and nothing of it need be known. False where there are no guards, or no policy.
 */
bool rule_is_idle(const struct iam_fault_set *guards, struct rule_policy *policy);

/* The first of the faults that guard a rule that is at the node; NULL where there is none, or no policy. */
const struct iam_fault *rule_guard_fault(const struct rule *rule, struct rule_policy *policy,
                                         const struct node *node);

/*
 * Does the rule demand nothing but that the node have no faults, and has it none for certain? Then its `require` is
 * true there; asking it would say the same, in many more words, of each node of a long policy.
 */
bool rule_finds_no_fault(const struct rule *rule, struct rule_policy *policy,
                         const struct node *node);

/*
 * Does the rule do nothing but forbid secrets of a sort, and has the tree that env is for none? Then it
 * passes. env->context must have the tree's leaks.
 */
bool rule_lacks_secrets(const struct rule *rule, struct path_env *env);

/*
 * Is nothing in the tree that the rule could be about, by the names of the tree's members? Then it is not
 * applicable. False where `names` is NULL, where an absent node says something, and where facts are missing.
 */
bool rule_selects_nothing(const struct rule *rule, const struct tree *tree,
                          struct path_names *names);

#endif
