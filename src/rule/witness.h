/* SPDX-License-Identifier: MIT */
/* The statement of a policy that decided what a rule asked, as a second place of its finding. */
#ifndef EKSLINT_RULE_WITNESS_H
#define EKSLINT_RULE_WITNESS_H

#include "rule/run.h"

/*
 * Show the statement that is nearest to allowing what the rule asked for. Nothing where there is none, or
 * where it is the finding's own place; `finding` may be NULL.
 */
void witness_relate(const struct runner *runner, const struct rule_witness *witness,
                    struct finding *finding);

#endif
