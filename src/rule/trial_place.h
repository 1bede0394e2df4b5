/* SPDX-License-Identifier: MIT */
/* Why a test's `at` selects nothing. */
#ifndef EKSLINT_RULE_TRIAL_PLACE_H
#define EKSLINT_RULE_TRIAL_PLACE_H

#include "rule/trial.h"

/*
 * What to say of a query of `at` that selects nothing in the shape that rules see: where the document
 * as it is written has such a place, that, and the query that selects it. Memory in the loader's arena.
 */
struct str trial_place_absent(const struct trials *trials, const struct trial *trial,
                              const struct path_program *program);

#endif
