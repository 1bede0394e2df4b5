/* SPDX-License-Identifier: MIT */
/*
 * Which children of a container a filter `[?@.a.b == x]` may select, without looking at each of
 * them. Private to this folder; struct path_indexes is in path.h.
 *
 * An index only leaves out children for which the comparison is certainly false. What it names is
 * tested as every child is without it, so that an index changes what a filter costs and not what it
 * selects.
 */
#ifndef EKSLINT_PATH_INDEX_H
#define EKSLINT_PATH_INDEX_H

#include "path/eval.h"

/*
 * Containers with fewer children are walked; a query of more names is no key; all indexes together
 * have at most so many entries for each node of the tree.
 */
enum { INDEX_MIN_CHILDREN = 32, INDEX_MAX_NAMES = 6, INDEX_MAX_ENTRIES_PER_NODE = 2 };

static inline bool index_is_worth_it(const struct path_env *env, const struct node *container)
{
    uint32_t size = node_size(container);
    return env->indexes && (size >= INDEX_MIN_CHILDREN || (env->indexes->eager && size > 0));
}

/* A comparison of a filter that an index can answer. */
struct index_key {
    bool alone;     /* the filter is this comparison and nothing else */
    uint32_t query; /* the operation of `@.a.b` */
    uint32_t other; /* of what it is compared with, which is the same for every child */
};

/*
 * The key of the filter whose logical operand is at `at`: of an equality, or of the first of `&&`
 * that has one. False where there is none.
 */
MUST_USE bool index_find_key(const struct path_program *program, uint32_t at,
                             struct index_key *key);

/* The children to look at: in their order, but for those that no comparison selects. */
struct index_cursor {
    const struct path_index *index;
    uint32_t hash;
    uint32_t alike;   /* 1 + a child whose key may equal the value; 0 = no more */
    uint32_t unknown; /* the same of those whose key is unknown: they come last */
    bool
        others_unknown; /* where the key is alone: the comparison is unknown for a child that is not among these */
};

/*
 * Find or build the index of the container's children, and begin with those for which the key may
 * equal the value. The first time in a run it costs the steps of a walk over all children. False
 * where the children have to be walked: there are few, nothing is known of the value, or the
 * indexes are full.
 */
MUST_USE bool index_open(struct path_env *env, const struct path_program *program,
                         struct index_key key, const struct node *container,
                         const struct value *value, struct index_cursor *cursor);

/* The next child's number, or false. */
MUST_USE bool index_next(struct index_cursor *cursor, uint32_t *child);

#endif
