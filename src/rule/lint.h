/* SPDX-License-Identifier: MIT */
/*
 * What looks wrong in a rule that loads: conditions that say nothing, values that nobody asks for, a
 * language left out, texts that do not say the same. Mistakes that keep a rule from loading are the
 * loader's (rule.h); what a rule never does is for its tests to show (trial.h).
 */
#ifndef EKSLINT_RULE_LINT_H
#define EKSLINT_RULE_LINT_H

#include "rule/rule.h"

/*
 * Report to loader->findings, as warnings at their places in the rule's file: "rule/constant",
 * "rule/repeated", "rule/unused-value", "rule/language", "rule/placeholders", "rule/source". `rule` was
 * decoded from `tree`, untrusted.
 */
void rule_lint(struct rule_loader *loader, const struct tree *tree, const struct rule *rule);

#endif
