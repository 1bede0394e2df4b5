/* SPDX-License-Identifier: MIT */
/*
 * A run as a list of tests, for the formats that report tests (JUnit, TAP): each finding and each
 * undecided rule of a file is one, each rule that passed everywhere is one, and a run that evaluated
 * nothing is one that failed, so that no list is empty.
 */
#ifndef EKSLINT_REPORT_VERDICTS_H
#define EKSLINT_REPORT_VERDICTS_H

#include "report/report.h"

enum verdict_outcome {
    VERDICT_PASSED,
    VERDICT_NOTED,   /* a finding below --fail-on: said, and no failure */
    VERDICT_FAILED,  /* a finding at or above it, and with "unknown" what is undecided */
    VERDICT_UNKNOWN, /* undecided */
    VERDICT_KNOWN, /* a finding that does not count: suppressed, with the reason, or in the baseline */
    VERDICT_ERROR, /* an input that could not be read, or nothing was evaluated */
    VERDICT_COUNT
};

struct verdict {
    enum verdict_outcome outcome;
    struct str file; /* empty: of the run as a whole */
    struct str name; /* rule and path, or the rule; once in its file: viewers drop what they know */
    struct str text; /* what there is to say; empty for what passed */
    const struct finding *finding; /* or NULL */
    uint32_t line, column;         /* 0: none */
};

struct verdicts {
    struct verdict *items; /* by file; those of the run last */
    size_t count;
    size_t counts[VERDICT_COUNT];
};

/* Memory in the report's scratch arena. */
void verdicts_make(const struct report *report, struct verdicts *verdicts);

#endif
