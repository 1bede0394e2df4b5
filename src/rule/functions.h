/* SPDX-License-Identifier: MIT */
/*
 * The function extensions of rules, on top of RFC 9535's five. Each is a row of one table: name,
 * types, meaning, example. They see the rule's row and the case through struct rule_context.
 */
#ifndef EKSLINT_RULE_FUNCTIONS_H
#define EKSLINT_RULE_FUNCTIONS_H

#include "path/path.h"

/* What env->context points to while a rule runs. */
struct rule_context {
    const struct tree *row_tree; /* holds the rule's `foreach` rows */
    const struct node *row;      /* the current row, or NULL */
};

/* All functions: those of rules, table by table, then the standard ones. */
extern const struct path_functions rule_functions;

/* The part of them that compares values: address ranges, patterns, versions, dates. */
extern const struct path_functions rule_value_functions;

#endif
