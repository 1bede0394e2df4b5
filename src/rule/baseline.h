/* SPDX-License-Identifier: MIT */
/*
 * A baseline: the findings that were there when somebody began, so that only what is new counts. A file of
 * JSON, one entry a line, sorted:
 *
 *   {"version": 1, "findings": [
 *   {"file": "a/b.yaml", "rule": "iam/invalid-action", "fingerprint": "0123456789abcdef", "count": 2}
 *   ]}
 *
 * A finding is known by its file (relative to the baseline's folder, with '/'), its rule and its
 * fingerprint (fingerprint.h), which stay when content is moved, indented or reordered. Neither lines nor
 * messages nor values are in it. Of equal findings as many are known as `count` says: one more is new.
 */
#ifndef EKSLINT_RULE_BASELINE_H
#define EKSLINT_RULE_BASELINE_H

#include "base/buf.h"
#include "text/finding.h"
#include "tree/builder.h"

enum { BASELINE_MAX_BYTES = 64 * 1024 * 1024, BASELINE_MAX_COUNT = 100 * 1000 };

struct baseline_entry {
    struct str file, rule, fingerprint;
    uint32_t count;
    uint32_t met;       /* of a run: how many findings were known by it */
    struct location at; /* its rule, in the baseline's file */
};

struct baseline {
    struct arena *arena;
    struct baseline_entry
        *items; /* by file, rule and fingerprint once read or finished; none twice */
    size_t count, capacity;
};

/* What reading one needs. */
struct baseline_reader {
    struct arena *arena;
    struct sources *sources;
    struct atoms *atoms;
    struct builder *builder;
    struct findings *findings;
};

/*
 * Read a baseline. Every mistake is reported with its place ("syntax/json", "baseline/…"); false where
 * there was any. Entries may come in any order; equal ones add up.
 */
MUST_USE bool baseline_read(const struct baseline_reader *reader, struct source *source,
                            struct baseline *baseline);

/* Add a finding of a file: `fingerprint` may be numbered. To be finished before it is asked. */
void baseline_add(struct baseline *baseline, struct str file, struct str rule,
                  struct str fingerprint);

/* Sort, and add up what is equal. */
void baseline_finish(struct baseline *baseline);

/* The entry of a finding, or NULL. */
struct baseline_entry *baseline_find(const struct baseline *baseline, struct str file,
                                     struct str rule, struct str fingerprint);

/* Write it as its file; entries with a count of 0 are left out. */
void baseline_write(const struct baseline *baseline, struct buf *out);

#endif
