/* SPDX-License-Identifier: MIT */
/*
 * Values of a tree as people write them, to be read and not to be parsed: JSON or YAML, what fits on
 * a line in one line, long lists and texts cut ("…"). It is remembered which bytes each node became,
 * so that a finding at a node can be shown in the text.
 */
#ifndef EKSLINT_TREE_WRITE_SAMPLE_H
#define EKSLINT_TREE_WRITE_SAMPLE_H

#include "base/buf.h"
#include "tree/tree.h"

/* A node, by its place in its source, and the bytes of the sample that it became. */
struct sample_mark {
    struct location at;
    struct span written;
};

struct sample {
    struct arena *arena;
    struct str text; /* ends with a line feed */
    struct sample_mark *marks;
    size_t count, capacity;
};

/* Write a node. Hidden scalars are as secret_write() shows them. `sample` is zero but for its arena. */
void sample_write(struct sample *sample, const struct tree *tree, const struct node *node,
                  bool json);

/* The bytes of the smallest node that covers a place; false where none does. */
MUST_USE bool sample_find(const struct sample *sample, struct location at, struct span *written);

/* Does a node below have a YAML tag of its own, such as !unknown or !Sub, which JSON cannot have? */
bool sample_has_tags(const struct tree *tree, const struct node *node);

/*
 * A text of at most so many lines; of a longer one those around the spans, with the lines that they
 * stand under, and "…" for the others. Without spans its first lines. The spans move with their text.
 */
struct str sample_fold(struct arena *arena, struct str text, struct span *spans, size_t count,
                       size_t max_lines);

/* How many lines a text has. */
size_t sample_lines(struct str text);

#endif
