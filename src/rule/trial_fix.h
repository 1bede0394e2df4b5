/* SPDX-License-Identifier: MIT */
/* What a rule's edits make of a test's document: `fixed` says what it should be. Internal to trial.c. */
#ifndef EKSLINT_RULE_TRIAL_FIX_H
#define EKSLINT_RULE_TRIAL_FIX_H

#include "rule/trial.h"

/*
 * Write the test's document as a file, make the rule's edits until there are none, and compare with
 * `fixed`; the rule must not fire on it any more. With `fixed: null` there are no edits. True where the test
 * has no `fixed`, too. Else *problem tells what is wrong. Memory in trials->part.
 */
MUST_USE bool trial_fix_holds(struct trials *trials, const struct trial *t, struct rule *rule,
                              struct trial_problem *problem);

#endif
