/* SPDX-License-Identifier: MIT */
/* The formats, one file each; the table of them is in report.c. */
#ifndef EKSLINT_REPORT_FORMATS_H
#define EKSLINT_REPORT_FORMATS_H

#include "report/report.h"

void report_text(const struct report *report, struct buf *out);    /* text.c: for people */
void report_oneline(const struct report *report, struct buf *out); /* oneline.c: as gcc writes */
void report_access_analyzer(const struct report *report, struct buf *out); /* access_analyzer.c */
void report_json(const struct report *report, struct buf *out);       /* json.c: DESIGN §2.1 */
void report_json_lines(const struct report *report, struct buf *out); /* json.c: an entry a line */
void report_sarif(const struct report *report, struct buf *out);      /* sarif.c: SARIF 2.1.0 */
void report_gitlab(const struct report *report, struct buf *out);     /* gitlab.c: Code Quality */
void report_junit(const struct report *report, struct buf *out);      /* junit.c */
void report_github(const struct report *report, struct buf *out); /* github.c: workflow commands */
void report_checkstyle(const struct report *report, struct buf *out); /* checkstyle.c */
void report_tap(const struct report *report, struct buf *out);        /* tap.c */

void report_diagnosis_text(const struct report *report, struct buf *out); /* diagnosis_text.c */
void report_diagnosis_json(const struct report *report, struct buf *out); /* json.c: DESIGN §2.2 */

#endif
