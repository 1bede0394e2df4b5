/* SPDX-License-Identifier: MIT */
/* The end of the report for people: what could not be decided, and the counts of the run. */
#ifndef EKSLINT_REPORT_SUMMARY_H
#define EKSLINT_REPORT_SUMMARY_H

#include "report/flow.h"
#include "report/report.h"

void summary_write(const struct report *report, struct flow *flow);

/* Was no rule run? */
bool summary_ran_nothing(const struct results *results);

/* The counts alone. */
void summary_write_counts(const struct report *report, struct flow *flow);

#endif
