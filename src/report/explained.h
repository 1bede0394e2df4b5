/* SPDX-License-Identifier: MIT */
/* Which rules document an error text, and what became of them: the answer of `explain --error`. */
#ifndef EKSLINT_REPORT_EXPLAINED_H
#define EKSLINT_REPORT_EXPLAINED_H

#include "report/report.h"
#include "rule/pattern.h"

/* What files say of a rule, in the order in which rules of equal rank are named. */
enum explained_here {
    HERE_FAILS,
    HERE_UNKNOWN,
    HERE_PASSES,
    HERE_NOT_APPLICABLE,
    HERE_NOT_EVALUATED, /* no document of its kind */
    HERE_NOT_ASKED,     /* no files were given */
    HERE_COUNT
};

struct explained_rule {
    const struct rule *rule;
    const struct pattern_match **matches; /* the symptoms that fit, best first */
    size_t match_count;
    enum explained_here here;
    const struct finding **findings; /* of the rows that the symptoms are of */
    size_t finding_count;
    const struct undecided **undecided;
    size_t undecided_count;
    struct str fix; /* with the values of the first finding, or of the row */
};

struct explanation {
    const struct explained_rule *rules; /* in order */
    size_t count;
    const struct pattern_match *nearest; /* where there is none: the nearest, or NULL */
    const struct finding **problems;     /* what stands in the way of reading the files */
    size_t problem_count;
};

/* For people. */
void explained_text(const struct report *report, const struct explanation *explanation,
                    struct buf *out);

/* {"version", "tool", "rules": [...], "nearest", "problems"}; every key is always there. */
void explained_json(const struct report *report, const struct explanation *explanation,
                    struct buf *out);

#endif
