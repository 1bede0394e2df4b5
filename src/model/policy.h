/* SPDX-License-Identifier: MIT */
/*
 * IAM policy documents: one shape whatever the author wrote, and whether a principal's policies
 * allow a call.
 *
 * Normal form: Statement, Action, NotAction, Resource, NotResource and every value list of
 * Principal, NotPrincipal and Condition are arrays; "Principal": "*" is {"AWS": ["*"]}. What was
 * added is marked NODE_ADDED and keeps the span of what it wraps. Source: IAM JSON policy grammar.
 *
 * Decisions are three-valued: a Condition that depends on the request, a policy variable, or a
 * policy whose text is not at hand makes the answer unknown where it matters.
 */
#ifndef EKSLINT_MODEL_POLICY_H
#define EKSLINT_MODEL_POLICY_H

#include "tree/builder.h"

/* Push the normal form of an IAM document. A node that is no object is copied as it is. */
void policy_normalise(struct builder *builder, const struct tree *from, const struct node *document,
                      size_t *budget);

/*
 * May the holder of these policies make the call? `holder` is a role or user of the case:
 * policies[*] (normalised documents or unknown), managed_policies[*], permissions_boundary. An
 * explicit Deny wins; an absent or unknown list makes an Allow elsewhere uncertain. `resource` is
 * an ARN, or "*" for calls without resource-level permissions, which only a Resource that matches
 * everything allows.
 *
 * Here and below *budget is what the decision may cost, in comparisons of characters, and is
 * reduced by what it did cost. Where it is used up, the answer is unknown.
 */
enum truth policy_allows(const struct tree *tree, const struct node *holder, struct str action,
                         struct str resource, uint64_t *budget);

/*
 * Is the Effect of a statement this one, and do Action or NotAction cover the action? Unknown nodes
 * are unknown.
 */
enum truth policy_statement_has_effect(const struct tree *tree, const struct node *statement,
                                       struct str effect);
enum truth policy_statement_has_action(const struct tree *tree, const struct node *statement,
                                       struct str action, uint64_t *budget);

/* A caller of sts:AssumeRole. */
struct caller {
    struct str account;     /* twelve digits */
    struct str arn;         /* of the user or role, or empty where it is not known */
    struct str external_id; /* empty: none is sent */
    bool external_id_known;
};

/* What of a trust policy is looked at. */
enum trust_part {
    TRUST_ALL,       /* the whole decision */
    TRUST_PRINCIPAL, /* does an Allow statement for the action name the caller? conditions aside */
    TRUST_EXTERNAL_ID, /* of the statements that name the caller, does one accept the external id? */
};

/* Does the trust policy (normalised, or an unknown node) let the caller assume the role? */
enum truth policy_trusts(const struct tree *tree, const struct node *trust_policy,
                         struct str action, const struct caller *caller, enum trust_part part,
                         uint64_t *budget);

/* Does an Allow statement of the trust policy name this service for the action? */
enum truth policy_trusts_service(const struct tree *tree, const struct node *trust_policy,
                                 struct str action, struct str service, uint64_t *budget);

#endif
