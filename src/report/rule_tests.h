/* SPDX-License-Identifier: MIT */
/* What the tests of rules come to, and the reports of it. */
#ifndef EKSLINT_REPORT_RULE_TESTS_H
#define EKSLINT_REPORT_RULE_TESTS_H

#include "report/report.h"
#include "rule/mutant.h"

/* One rule with its tests run. */
struct tested_rule {
    struct str id;
    struct str file;
    struct location at; /* of its id, where what concerns the rule as a whole is told */
    size_t passed, failed;
    const struct trial_problem *problems;
    bool lacks[OUTCOME_FAIL + 1]; /* by outcome: a test that the rule wants and has not */
    bool mutated;                 /* not so where a test failed: there is nothing to compare with */
    struct mutant_tally mutants;
};

struct rule_tests {
    struct tested_rule *items; /* by id */
    size_t count;
    bool mutate; /* mutants were asked for */
    size_t passed, failed, unproven;
    size_t killed, survived, marked, invalid, stale; /* mutants; marks that fit none */
};

/* "text" or "json"; report->results are not looked at. */
void report_rule_tests_text(const struct report *report, const struct rule_tests *tests,
                            struct buf *out);
void report_rule_tests_json(const struct report *report, const struct rule_tests *tests,
                            struct buf *out);

#endif
