/* SPDX-License-Identifier: MIT */
/* What the JSON and the YAML reader report alike. */
#ifndef EKSLINT_TREE_REPORT_H
#define EKSLINT_TREE_REPORT_H

#include "text/finding.h"
#include "tree/tree.h"

/* Report an error that makes the source unreadable; returns the kept finding or NULL. */
struct finding *report_unreadable(struct findings *findings, struct str rule, struct location at,
                                  struct str problem);

/*
 * Report text in UTF-16 or UTF-32, told by a byte order mark or by NULs among the first characters
 * (RFC 4627 §3). Returns true where it is.
 */
bool report_utf16(struct findings *findings, struct str rule, const struct source *source);

/*
 * Report a name given twice in an object ("syntax/duplicate-key", a warning), at the second of its
 * keys.
 */
void report_duplicate_key(struct findings *findings, const struct tree *tree,
                          const struct node *first, const struct node *again);

#endif
