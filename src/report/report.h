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

/* A member's name or an element's index on the way from a file's root to a place. */
struct report_step {
    bool is_name;
    struct str name;
    uint64_t index;
};

struct report_steps {
    struct report_step *items; /* in the report's scratch arena */
    size_t count, capacity;
    bool is_key; /* the place is the last member's name, not its value */
    bool whole;  /* the place is all that the file holds */
};

/* What IAM Access Analyzer calls a rule's check, and its severity there; or empty. */
struct report_check {
    struct str code, type;
};

/* What is known of a rule, for formats that describe rules beside findings. */
struct report_rule {
    struct str title, fix; /* in the report's language; "…" for the fix's placeholders */
    enum severity severity;
    bool pedantic;
    bool security;    /* AWS counts it among its security warnings */
    struct str stage; /* or empty */
    const struct str *docs;
    size_t doc_count;
};

struct report {
    const struct results *results;
    const struct diagnosis *diagnosis; /* for the reports of a diagnosis; else NULL */
    /* The title of a rule, or empty; NULL where no report asks for it. */
    struct str (*rule_title)(void *context, struct str rule, enum language language);
    /* The same of what Access Analyzer has for a rule, and of the steps to a place; NULL as well. */
    void (*check_of)(void *context, struct str rule, struct report_check *check);
    void (*steps_at)(void *context, struct location at, struct report_steps *steps);
    /* What is known of a rule; false where it is none of the run's. NULL as well. */
    bool (*rule_about)(void *context, struct str rule, enum language language,
                       struct report_rule *about);
    void *context;
    const struct str *passed; /* the rules that passed wherever they were run */
    size_t passed_count;
    enum severity fail_on; /* from here on a finding makes the run fail */
    bool fail_on_unknown;  /* so does what is undecided */
    const struct sources *sources;
    struct arena *scratch;
    struct str version;   /* of the tool */
    struct str catalogue; /* date of the data in it, YYYY-MM-DD */
    struct str today;     /* the date that is judged as of, YYYY-MM-DD, or empty */
    enum report_language language;
    bool color;     /* text: escape sequences allowed */
    unsigned width; /* text: columns of the terminal; 0 = no wrapping */
    bool quiet;     /* text: no summary */
    /* text: what kinds of documents are understood, in words; named where nothing was evaluated */
    const struct str *kinds;
    size_t kind_count;
    size_t command_count; /* kinds that are not among these: saved output of AWS CLI commands */
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

/* What is tolerated, for people and for programs (suppressions.c). */
void report_suppressions_text(const struct report *report, const struct suppression *const *items,
                              size_t count, struct buf *out);
void report_suppressions_json(const struct report *report, const struct suppression *const *items,
                              size_t count, struct buf *out);

/* A line of a stream, and what it comes to beside the results. */
struct report_line {
    size_t number; /* from 1 */
    struct str name;
    bool has_name;
    bool excluded;    /* the configuration leaves it out */
    struct str error; /* why it could not be judged; empty: it was */
};

/* The answer to a line, on one line (json.c). */
void report_json_stream(const struct report *report, const struct report_line *line,
                        struct buf *out);

/* The script that collects what is missing (script.c). */
void report_script(const struct report *report, struct buf *out);

/* The names of all formats, comma separated, for messages. Memory in arena. */
struct str report_names(struct arena *arena);

#endif
