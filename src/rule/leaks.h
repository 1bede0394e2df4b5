/* SPDX-License-Identifier: MIT */
/*
 * The secrets in a tree that somebody would have to revoke (text/secret_leak.h), each at the scalar that
 * holds it. They are looked for once for all rules that judge the tree.
 */
#ifndef EKSLINT_RULE_LEAKS_H
#define EKSLINT_RULE_LEAKS_H

#include "path/path.h"
#include "text/secret_leak.h"

struct leak {
    const struct node *node;
    enum secret_sort sort;
    struct str shown; /* as secret_write() has it */
};

struct leaks {
    struct arena *arena;
    bool found; /* they were looked for */
    struct leak *items;
    size_t count, capacity;
};

/* A sort by its name in rules, "aws-secret-access-key"; SECRET_SORT_COUNT for any other. */
enum secret_sort leak_sort(struct str name);

/* The names of all, for messages. */
extern const struct str leak_sort_names[SECRET_SORT_COUNT];

/*
 * Look for them in the tree below env->root, once: a step for each node. Scalars in which there is one
 * are hidden from then on. What is left when the steps run out is not looked at, and env says so.
 */
void leaks_find(struct leaks *leaks, struct path_env *env);

/* The one of this sort in a scalar, or NULL. */
const struct leak *leaks_at(const struct leaks *leaks, const struct node *node,
                            enum secret_sort sort);

#endif
