/* SPDX-License-Identifier: MIT */
/*
 * Reports: one pure function per format, from the results of a run into a buffer. Nothing here
 * reads files, the clock, the terminal or the environment; what they need of those comes in struct
 * report.
 */
#ifndef EKSLINT_REPORT_REPORT_H
#define EKSLINT_REPORT_REPORT_H

#include "base/buf.h"
#include "rule/diagnosis.h"

enum report_language { REPORT_EN, REPORT_JA };

struct report {
    const struct results *results;
    const struct diagnosis *diagnosis; /* for the reports of a diagnosis; else NULL */
    /* The title of a rule, or empty; NULL where no report asks for it. */
    struct str (*rule_title)(void *context, struct str rule, enum language language);
    void *context;
    const struct sources *sources;
    struct arena *scratch;
    struct str version;   /* of the tool */
    struct str catalogue; /* date of the data in it, YYYY-MM-DD */
    enum report_language language;
    bool color;     /* text: escape sequences allowed */
    unsigned width; /* text: columns of the terminal; 0 = no wrapping */
    bool quiet;     /* text: no summary */
    /* text: what kinds of documents are understood, in words; named where nothing was evaluated */
    const struct str *kinds;
    size_t kind_count;
};

/* The language of the texts in rules and flows. */
static inline enum language language_of_report(const struct report *report)
{
    return report->language == REPORT_JA ? LANGUAGE_JA : LANGUAGE_EN;
}

/* A row of the table of formats. */
struct report_format {
    struct str name;
    void (*write)(const struct report *report, struct buf *out);
};

/* The format of this name, or NULL. */
const struct report_format *report_find(struct str name);

/* The same among the formats of a diagnosis. */
const struct report_format *report_find_diagnosis(struct str name);

/* The script that collects what is missing (script.c). */
void report_script(const struct report *report, struct buf *out);

/* The names of all formats, comma separated, for messages. Memory in arena. */
struct str report_names(struct arena *arena);

#endif
