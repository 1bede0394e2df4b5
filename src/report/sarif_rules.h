/* SPDX-License-Identifier: MIT */
/* The rules of a SARIF report: those that its results and notifications are of. */
#ifndef EKSLINT_REPORT_SARIF_RULES_H
#define EKSLINT_REPORT_SARIF_RULES_H

#include "base/atoms.h"
#include "report/json_value.h"
#include "report/report.h"

struct sarif_rules {
    const struct report *report;
    struct atoms ids;
};

void sarif_rules_init(struct sarif_rules *rules, const struct report *report);

/* "ruleId"'s index in the list, which the rule is added to where it is new. */
size_t sarif_rules_index(struct sarif_rules *rules, struct str id);

/* The list, as reportingDescriptors (SARIF 2.1.0 §3.49). */
json_t *sarif_rules_list(const struct sarif_rules *rules);

/* "error", "warning", "note" (§3.27.10). */
struct str sarif_level(enum severity severity);

/* {"text": …} (§3.11); what would read as an embedded link (§3.11.6) is escaped. */
json_t *sarif_message(const struct report *report, struct str text);

#endif
