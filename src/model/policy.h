/* SPDX-License-Identifier: MIT */
/*
 * IAM policy documents in one shape, whatever the author wrote, as rules see them.
 *
 * Normal form: Statement, Action, NotAction, Resource, NotResource and every value list of
 * Principal, NotPrincipal and Condition are arrays; "Principal": "*" is {"AWS": ["*"]}. What was
 * added is marked NODE_ADDED and keeps the span of what it wraps. The note of a condition key is 1 + its
 * number in the catalogue, or 0. Source: IAM JSON policy grammar.
 */
#ifndef EKSLINT_MODEL_POLICY_H
#define EKSLINT_MODEL_POLICY_H

#include "tree/builder.h"

/* Push the normal form of an IAM document. A node that is no object is copied as it is. */
void policy_normalise(struct builder *builder, const struct tree *from, const struct node *document,
                      size_t *budget);

#endif
