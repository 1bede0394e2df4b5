/* SPDX-License-Identifier: MIT */
/*
 * Findings: what the tool has to say about the user's files, from a reader's syntax error to a
 * rule's verdict. One model for all of them; reports turn it into text or JSON. A finding holds
 * spans, never lines.
 */
#ifndef EKSLINT_TEXT_FINDING_H
#define EKSLINT_TEXT_FINDING_H

#include "text/edit.h"

/* In rising order of weight, so that "at or above" is a comparison. */
enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_COUNT };

/* "info", "warning", "error". */
struct str severity_name(enum severity severity);
MUST_USE bool severity_parse(struct str name, enum severity *severity);

enum { MESSAGE_MAX_BYTES = 4096 };

/* A second place that explains the first ("also defined here"). */
struct related {
    struct location at;
    struct str message;
    struct related *next;
};

struct finding {
    struct str rule; /* "gitlab/role-arn-invalid", "syntax/json", ... */
    enum severity severity;
    bool unreadable;   /* the input could not be read or parsed: exit status 3 */
    bool has_location; /* false: about the run or a file as a whole; see `file` */
    struct location at;
    struct str file;        /* the file's name where there is no location */
    struct str path;        /* normalized path of the node in its file, or empty */
    struct str kind;        /* the document's kind, or empty */
    struct str message;     /* what is wrong and what to do */
    struct str fix;         /* how to mend it, or empty */
    struct str fingerprint; /* the same for the same problem after edits elsewhere; or empty */
    struct str stage;       /* the flow's stage, or empty */
    uint32_t row;           /* 1 + index of the row of the rule's `foreach`; 0: it has none */
    const struct str *symptoms;
    size_t symptom_count;
    const struct str *docs;
    size_t doc_count;
    struct related *related;
    const struct text_edit *edits; /* of files, that mend it, in order; they are made all or none */
    size_t edit_count;             /* 0: no tool mends it */
    bool edits_unsafe;             /* somebody has to look at what they change */
    struct str edits_refused;      /* why there are none though the rule has some; or empty */
    const struct location *places; /* where it shows, in the order of Access Analyzer; or NULL */
    size_t place_count;
};

/* A growing list, in an arena. Beyond `most` nothing is kept and `dropped` counts. */
struct findings {
    struct arena *arena;
    size_t most; /* 0: the default of the limit 'findings' */
    struct finding *items;
    size_t count, capacity;
    size_t dropped;
};

/* Add a finding (copied as it is) and return the kept copy; NULL where the list is full. */
struct finding *findings_add(struct findings *findings, const struct finding *finding);

/* Is there room for no other? Then one counts as dropped, and whoever has it need not make its texts. */
MUST_USE bool findings_refuse(struct findings *findings);

/*
 * The short form for readers and loaders: rule, place, message. The message is cut at
 * MESSAGE_MAX_BYTES. Returns the kept copy, or NULL where the list is full.
 */
struct finding *findings_error(struct findings *findings, struct str rule, struct location at,
                               const char *format, ...) PRINTF_LIKE(4, 5);

/* Attach a second place to a finding (which may be NULL: then nothing happens). */
void finding_relate(struct findings *findings, struct finding *finding, struct location at,
                    struct str message);

/* Sort by file name, position, rule, message; stable, so equal findings keep their order. */
void findings_sort(struct findings *findings, const struct sources *sources);

#endif
