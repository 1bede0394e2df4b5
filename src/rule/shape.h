/* SPDX-License-Identifier: MIT */
/*
 * Can a selector match any document of its kind? Each query of an expression is walked over the
 * kind's shape; one that leads to nothing is a mistake in the rule, whatever the documents hold.
 */
#ifndef EKSLINT_RULE_SHAPE_H
#define EKSLINT_RULE_SHAPE_H

#include "model/schema.h"
#include "path/program.h"

enum { SHAPE_SET_MAX = 256 };

/*
 * The places of a shape that a query can lead to. `open`: also places of which nothing is declared.
 */
struct shape_set {
    const struct node *items[SHAPE_SET_MAX];
    size_t count;
    bool open;
};

/* The shape's root. */
struct shape_set shape_root(const struct schema *schema);

/*
 * Walk every query of the program, inside filters and function arguments too. `current` is what '@'
 * stands for. For a query program, *reached (if not NULL) is where it leads. False where a query
 * can lead to nothing: *error then holds the step, and a suggestion (memory in arena).
 */
MUST_USE bool shape_check(const struct schema *schema, const struct path_program *program,
                          const struct atoms *atoms, const struct shape_set *current,
                          struct shape_set *reached, struct arena *arena, struct path_error *error);

#endif
