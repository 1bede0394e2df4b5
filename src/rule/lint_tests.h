/* SPDX-License-Identifier: MIT */
/* What looks wrong in the tests of a rule, whether or not they come out as they should. */
#ifndef EKSLINT_RULE_LINT_TESTS_H
#define EKSLINT_RULE_LINT_TESTS_H

#include "rule/trial.h"

/*
 * Report to the loader's findings, as warnings at their places in the rule's file: "rule/test-key", a
 * name in a test's document that no such document can have, unless the rule fires there; "rule/budget", a
 * document on which the rule's steps run out. `trials` has read the tests of `rule`, which has its texts.
 */
void rule_lint_tests(struct trials *trials, struct rule *rule);

#endif
