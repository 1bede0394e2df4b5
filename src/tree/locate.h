/* SPDX-License-Identifier: MIT */
/*
 * From a place in a file back to the node: normalized paths (RFC 9535 §2.7) of a document's nodes
 * by their span. Rules may judge a normalised or joined view; its nodes keep the spans of the file,
 * and this finds what the user wrote there.
 */
#ifndef EKSLINT_TREE_LOCATE_H
#define EKSLINT_TREE_LOCATE_H

#include "base/buf.h"
#include "tree/tree.h"

/* Append one step of a normalized path: ['name'] with RFC 9535's escapes, or [3]. */
void path_add_name(struct buf *buf, struct str name);
void path_add_index(struct buf *buf, uint64_t index);

/*
 * The innermost node of `tree` that covers `at`, a span of the tree's own source; NULL where none does.
 * `step` is called for each child on the way, from the root down. *in_key: `at` is (a part of) the name
 * of the member whose value is returned.
 */
typedef void tree_step(void *context, const struct tree *tree, const struct node *parent,
                       const struct node *child);
const struct node *tree_descend(const struct tree *tree, struct span at, tree_step *step,
                                void *context, bool *in_key);

/*
 * Append the normalized path of the innermost node of `tree` that covers `at` (a key's span gives
 * its member's path). `at` must be a span of the tree's own source. Returns the node; NULL where no
 * node covers it (then only "$" is appended).
 */
const struct node *tree_locate(const struct tree *tree, struct span at, struct buf *path);

#endif
