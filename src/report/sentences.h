/* SPDX-License-Identifier: MIT */
/* Whole texts, in the report's language, that several formats for programs show. Memory in scratch. */
#ifndef EKSLINT_REPORT_SENTENCES_H
#define EKSLINT_REPORT_SENTENCES_H

#include "report/report.h"

/* "could not be decided; missing: …; collect it with: …", on one line. */
struct str sentence_undecided(const struct report *report, const struct undecided *undecided);

/* What a finding says: message, symptoms and fix, one line each (a fix may have several). */
struct str sentence_finding(const struct report *report, const struct finding *finding);

/* That nothing was evaluated; empty where something was, or a finding says more. */
struct str sentence_nothing(const struct report *report);

/* The summary of the report for people, its lines as they are. */
struct str sentence_summary(const struct report *report);

/* The title of what is not a rule's: of the first part of its id. */
struct str sentence_about(const struct report *report, struct str id);

#endif
