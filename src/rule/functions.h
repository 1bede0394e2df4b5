/* SPDX-License-Identifier: MIT */
/*
 * The function extensions of rules, on top of RFC 9535's five. Each is a row of one table: name,
 * types, meaning, example. They see the rule's row and the case through struct rule_context.
 */
#ifndef EKSLINT_RULE_FUNCTIONS_H
#define EKSLINT_RULE_FUNCTIONS_H

#include "model/permission.h"
#include "path/path.h"

/*
 * The last denial that the IAM engine found while a condition was judged: the request that fails, and
 * the part of a policy that is nearest to allowing it.
 */
struct rule_witness {
    const struct node *node; /* of the tree that is judged; NULL: none */
    struct str fault;        /* permission_fault() */
    struct str action, resource;
    struct str key; /* the condition key, of "condition" */
};

/* What env->context points to while a rule runs. */
struct rule_context {
    const struct tree *row_tree;     /* holds the rule's `foreach` rows */
    const struct node *row;          /* the current row, or NULL */
    struct permissions *permissions; /* of the tree that is judged; may be NULL */
    struct rule_witness *witness;    /* may be NULL */
    struct str today;                /* YYYY-MM-DD; empty: nobody has said */
};

/* All functions: those of rules, table by table, then the standard ones. */
extern const struct path_functions rule_functions;

/* The part of them that compares values: address ranges, patterns, versions, dates. */
extern const struct path_functions rule_value_functions;

/* The part of them that asks the IAM catalogue (aws/catalogue.h). */
extern const struct path_functions rule_catalogue_functions;

/* The part of them that asks the IAM engine. */
extern const struct path_functions rule_iam_functions;

#endif
