/* SPDX-License-Identifier: MIT */
/*
 * The verdict of each step of a flow, from what the rules of that step came to (DESIGN §2.2):
 *
 *   fails     a rule of severity error failed; warnings never fail a step
 *   unknown   none failed, and one is undecided, or nothing of the step could be evaluated
 *   passes    else: at least one rule was evaluated
 *
 * A step is reached where no earlier one fails. What is suppressed fails all the same: whoever tolerates
 * a finding does not change what GitLab and AWS do. It is only set apart, and `excused` says where
 * nothing else is left.
 */
#ifndef EKSLINT_RULE_DIAGNOSIS_H
#define EKSLINT_RULE_DIAGNOSIS_H

#include "rule/result.h"
#include "rule/run.h"
#include "rule/stage.h"

enum stage_outcome { STAGE_PASSES, STAGE_FAILS, STAGE_UNKNOWN, STAGE_OUTCOME_COUNT };

/* "passes", "fails", "unknown". */
struct str stage_outcome_name(enum stage_outcome outcome);

struct stage_verdict {
    const struct stage *stage;
    enum stage_outcome outcome;
    bool reached;
    bool evaluated; /* a rule of the step passed or failed, or is undecided */
    /* The failures of severity error, in the order in which the user meets them. */
    const struct finding **errors;
    size_t error_count;
    const struct suppressed **suppressed; /* failures of severity error that are tolerated */
    size_t suppressed_count;
    bool excused; /* it fails, and all of its failures are tolerated */
    const struct undecided **unknown;
    size_t unknown_count;
};

struct diagnosis {
    const struct flow_steps *steps;
    struct stage_verdict *stages;     /* as many as steps->count, in the flow's order */
    const struct stage_verdict *stop; /* the first that fails: where the flow stops; or NULL */
    bool has_settings;                /* there is a document that the case is built around */
};

/* The finding that says that has_settings is false, with what to do. */
#define NO_SETTINGS_RULE "case/no-settings"

/* What a rule that was run came to, over all that it judged. */
struct rule_result {
    struct str stage;
    enum severity severity;
    enum outcome outcome;
};

/*
 * Decide every step. `results` must be sorted; the verdicts point into it, and their memory is in
 * arena.
 */
void diagnosis_decide(struct arena *arena, const struct flow_steps *steps,
                      const struct rule_result *rules, size_t rule_count,
                      const struct results *results, struct diagnosis *diagnosis);

/* The text that the user sees: the first symptom, or the message of a rule without symptoms. */
struct str diagnosis_error_text(const struct finding *error);

#endif
