/* SPDX-License-Identifier: MIT */
/*
 * The two halves of evaluation, which call each other: queries are walked in walk.c; what a filter
 * or a rule asks of nodes is answered in eval.c. Private to this folder.
 */
#ifndef EKSLINT_PATH_EVAL_H
#define EKSLINT_PATH_EVAL_H

#include "path/program.h"

struct eval {
    const struct path_program *program;
    struct path_env *env;
    unsigned depth;
};

/* A node on the way from the root of a query to the node that is looked at. */
struct visit {
    const struct node *node;
    struct visit *outer;          /* NULL where the evaluation began */
    struct path_step step;        /* from outer to node; its `outer` is set by keep_steps() */
    const struct path_step *kept; /* the copy of the way so far, once made */
};

/* ---- eval.c ---- */

/* The logical operation at an index, with '@' the node of `current`. */
enum truth eval_logical(struct eval *eval, uint32_t at, struct visit *current);

/* The same of an OP_COMPARE. `known`: the right side, where it has been evaluated; or NULL. */
enum truth eval_comparison(struct eval *eval, uint32_t at, struct visit *current,
                           const struct value *known);

/* The operand of TYPE_VALUE at an index. */
struct value eval_value(struct eval *eval, uint32_t at, struct visit *current);

/* ---- walk.c ---- */

/* The nodes of the query at an index, added to *nodes; `where` of each only with_steps. */
void walk_collect(struct eval *eval, uint32_t at, struct visit *current, bool with_steps,
                  struct nodelist *nodes);

/* Has the query at an index a node? One that is unknown may turn out to be none. */
enum truth walk_exists(struct eval *eval, uint32_t at, struct visit *current);

/*
 * Follow a singular query without visits: its one node, or NULL with *unknown set where it cannot
 * be known.
 */
const struct node *walk_singular(struct eval *eval, uint32_t at, const struct visit *current,
                                 bool *unknown);

#endif
