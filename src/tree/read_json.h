/* SPDX-License-Identifier: MIT */
/*
 * The strict JSON reader (RFC 8259): accepts what the grammar allows and nothing else, with a span
 * for every value and every key. Refused beyond the grammar, since no document of ours can mean it:
 * malformed UTF-8 and escapes of lone surrogates (RFC 8259 §8.2), and what is
 * beyond the limits of the source (base/limits.def).
 */
#ifndef EKSLINT_TREE_READ_JSON_H
#define EKSLINT_TREE_READ_JSON_H

#include "text/finding.h"
#include "tree/builder.h"

/*
 * A place in a source at which reading goes on: several documents may follow each other, one to a
 * line.
 */
struct json_cursor {
    struct source *source;
    uint32_t at;
};

/*
 * Read one document from the cursor into `tree` (initialised, empty), leaving the cursor behind it
 * and the white space that follows. A repeated member name is reported ("syntax/duplicate-key", a
 * warning); the last value wins. On bad input reports one "syntax/json" error at the exact byte and
 * returns false; the tree then has no root.
 */
MUST_USE bool json_read(struct builder *builder, struct tree *tree, struct json_cursor *cursor,
                        struct findings *findings);

/*
 * Read a source that must hold exactly one document: json_read(), and an error for anything behind
 * it.
 */
MUST_USE bool json_read_whole(struct builder *builder, struct tree *tree, struct source *source,
                              struct findings *findings);

/* True where nothing but white space is left. */
bool json_at_end(const struct json_cursor *cursor);

/* Report what stands behind a complete document ("syntax/json"). */
void json_report_trailing(const struct json_cursor *cursor, struct findings *findings);

#endif
