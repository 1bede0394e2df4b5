/* SPDX-License-Identifier: MIT */
/*
 * From a change of a value to edits of its text: a node is replaced, put into a list or an object, or
 * taken out, and only the bytes that say so change. Comments, order, quotes, indents, anchors and line
 * ends stay as their author wrote them. What cannot be done so is refused with the reason.
 *
 * A comment that stands beside a value, or on lines of its own directly above it, goes with it.
 */
#ifndef EKSLINT_TREE_PATCH_H
#define EKSLINT_TREE_PATCH_H

#include "text/edit.h"
#include "tree/tree.h"

enum patch_op { PATCH_REPLACE, PATCH_INSERT, PATCH_DELETE, PATCH_OP_COUNT };

struct patch_change {
    enum patch_op op;
    /*
     * The node by its span: what is replaced or taken out (the span of a name: the name is replaced,
     * the member taken out), or the list or object that something is put into.
     */
    struct location at;
    /* PATCH_INSERT: a list is meant; a value that is none in the file becomes a list of it. */
    bool list;
    bool first;     /* PATCH_INSERT: before all others; else behind them */
    struct str key; /* PATCH_INSERT into an object: the name */
    const struct tree *tree;
    const struct node *value; /* what is put in */
};

/* What is known of a tree once for all changes; zero but for the first two members. */
struct patcher {
    struct arena *arena;
    const struct tree *tree; /* of one document: JSON, or YAML */
    bool prepared;
    const struct node **aliases; /* nodes that stand for anchored ones */
    size_t alias_count, alias_capacity;
    const struct node **merged; /* names of members that came through merge keys */
    size_t merged_count, merged_capacity;
    size_t work; /* done so far: changes in a tree of many aliases are not for nothing */
};

/*
 * Append the edits of changes of the patcher's tree, in the order of the text; entries of one list or
 * object that are taken out together stand behind each other. False where one is refused, or two touch
 * the same bytes: *why says it, and nothing is appended. Memory in patcher->arena.
 */
MUST_USE bool patch_plan(struct patcher *patcher, const struct patch_change *changes, size_t count,
                         struct text_edits *edits, struct str *why);

/*
 * Turn edits of a document inside a string into edits of the text that holds the string. `outer` is the
 * tree of that text. Edits of other sources than `inner` stay. False as for patch_plan().
 */
MUST_USE bool patch_lift(struct arena *arena, const struct tree *outer, const struct source *inner,
                         struct text_edits *edits, struct str *why);

#endif
