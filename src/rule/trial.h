/* SPDX-License-Identifier: MIT */
/*
 * The tests inside a rule file: documents or cases on which the rule must fire, pass, be undecided
 * or not apply. A value tagged !unknown stands for one that cannot be known.
 */
#ifndef EKSLINT_RULE_TRIAL_H
#define EKSLINT_RULE_TRIAL_H

#include "rule/run.h"

/* How often each expectation stood in a rule's tests. */
struct trial_counts {
    size_t fails, passes, unknown, not_applicable;
};

/*
 * Load the rule of a file and run its tests. What is wrong is reported to loader->findings, at the
 * test: "trial/noisy" (fired and should not), "trial/missing" (did not fire, or not there),
 * "trial/outcome", "trial/message". False where there was anything, the rule itself included.
 */
MUST_USE bool rule_try(struct rule_loader *loader, struct arena *scratch, struct source *file,
                       struct trial_counts *counts);

#endif
