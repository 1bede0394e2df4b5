/* SPDX-License-Identifier: MIT */
/*
 * Mutation of rules: does a test notice when something in the rule is changed? Each mutant is the rule
 * with one change: in one of its conditions (mutate.h), or with a part of it left out. What no test
 * tells from the rule itself is either not tested or does nothing.
 */
#ifndef EKSLINT_RULE_MUTANT_H
#define EKSLINT_RULE_MUTANT_H

#include "rule/trial.h"

/* A mutant that no test kills. */
struct survivor {
    struct str key;     /* of the rule that was changed: "select", "needs", … */
    struct location at; /* what was changed, in the rule's file */
    struct str was, now;
    struct str
        line; /* the first line of the change as it would stand there; or empty: it is gone */
    struct survivor *next;
};

/* An entry of `equivalent-mutants` that is wrong: it stands for no mutant that survives. */
struct stale_mark {
    struct location at;
    struct stale_mark *next;
};

struct mutant_tally {
    size_t killed;
    size_t survived;
    size_t marked;  /* they survive, and the rule says why that is right */
    size_t invalid; /* they cannot be loaded, or select what no document can have */
    struct survivor *survivors, **last;
    struct stale_mark *stale, **last_stale;
};

/*
 * Judge every mutant of a rule by its tests, which all pass. `arena` is for what is told; trials' and
 * a mutant's own memory is emptied from one to the next.
 */
void mutants_run(struct trials *trials, const struct rule *rule, struct arena *arena,
                 struct mutant_tally *tally);

#endif
