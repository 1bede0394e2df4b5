/* SPDX-License-Identifier: MIT */
/*
 * Inside the library: the baseline of a handle, and setting what it knows apart from the findings that
 * count. What cannot be read is never known, nor what is said about suppressions, nor a rule that the
 * configuration forbids to suppress.
 */
#ifndef EKSLINT_ENGINE_BASELINE_H
#define EKSLINT_ENGINE_BASELINE_H

#include "ekslint.h"

#include "rule/baseline.h"

/* A file that was added. */
struct seen_file {
    struct str file; /* as the baseline has it */
    const struct source *source;
};

struct engine_baseline {
    bool given, recorded;
    struct baseline known;
    struct str here,
        folder; /* absolute: names of this run and of the baseline are relative to them */
    struct seen_file *seen;            /* the files of this run, by their names in the baseline */
    size_t seen_count, seen_documents; /* of so many documents */
    struct str *looked;                /* folders that were looked through, absolute */
    size_t looked_count, looked_capacity;
    size_t next;      /* entry whose file is named next */
    struct str *gone; /* files of the baseline that are not there any more */
    size_t gone_count, gone_capacity;
    struct str last; /* named last */
};

/* All of a folder is in this run; path as ekslint_looked_through() has it. */
void engine_baseline_looked(ekslint *e, struct str folder);

void engine_apply_baseline(ekslint *e);

#endif
