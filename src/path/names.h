/* SPDX-License-Identifier: MIT */
/*
 * The names of a tree's members, so that a query for one that the tree does not have need not walk it: most
 * rules ask for something that most documents of their kind lack.
 */
#ifndef EKSLINT_PATH_NAMES_H
#define EKSLINT_PATH_NAMES_H

#include "path/program.h"

enum { NAMES_WORDS = 4, NAMES_MAX_NODES = 1 << 14 };

/* A set of names that holds those of the tree and, by chance, others. Zero: nobody has looked yet. */
struct path_names {
    bool known;
    bool
        open; /* the tree has unknown values, which may have any name, or is too large to look at */
    uint64_t bits[NAMES_WORDS];
};

/*
 * False where the query (PATH_QUERY) surely selects nothing in the tree, and nothing of the tree is unknown.
 * `names` are the tree's, and are looked for when they are first needed.
 */
bool path_may_select(const struct path_program *program, const struct tree *tree,
                     struct path_names *names);

#endif
