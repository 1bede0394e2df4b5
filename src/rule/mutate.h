/* SPDX-License-Identifier: MIT */
/*
 * Changing one thing in an expression, in every way that a test should notice: a clause of && or ||
 * left out, a condition turned round, a comparison flipped or moved by its boundary, a literal
 * exchanged, a filter or a name of a selector left out, a query made empty. Pure: from a compiled
 * expression and its text to a list of edits.
 */
#ifndef EKSLINT_RULE_MUTATE_H
#define EKSLINT_RULE_MUTATE_H

#include "path/program.h"

/* One change: the bytes [lo, hi) of the text become `with`. */
struct mutation {
    uint32_t lo, hi;
    struct str with;
    struct str was; /* the part of the text that is meant, as people would name it */
    struct str now; /* what stands for it; empty: it is left out */
};

struct mutation_list {
    struct arena *arena;
    struct mutation *items;
    size_t count, capacity;
};

/*
 * Append every mutation of the expression `text` that `program` was compiled from. An edited text need
 * not compile: a function may refuse another constant. Texts live in list->arena or are views of
 * `text`.
 */
void mutate_expression(struct mutation_list *list, struct str text,
                       const struct path_program *program);

/* The text after the change. Memory in arena. */
struct str mutation_apply(struct arena *arena, struct str text, const struct mutation *mutation);

#endif
