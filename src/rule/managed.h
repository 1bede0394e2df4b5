/* SPDX-License-Identifier: MIT */
/*
 * The AWS managed policies whose content is built in (rules/managed/): what a policy allows that is
 * attached by its ARN alone. A file holds
 *   arn      in the partition aws; the policy is the same in every partition
 *   date     of the version of the policy
 *   policy   what it certainly says
 *   perhaps  statements of which it is not known whether they are in it; left out where the policy
 *            is complete, so that it allows nothing else
 * ARNs inside have '*' for the partition. Source: AWS Managed Policy Reference.
 */
#ifndef EKSLINT_RULE_MANAGED_H
#define EKSLINT_RULE_MANAGED_H

#include "model/permission.h"
#include "rule/builtin.h"
#include "tree/builder.h"

/*
 * Decode a file's definition. The statements of `perhaps` come last and are marked so: what they
 * match is unknown. False after reporting what is wrong with it; `findings` may be NULL. Memory in arena.
 */
MUST_USE bool managed_policy_decode(struct arena *arena, const struct tree *tree,
                                    const struct node *root, struct findings *findings,
                                    struct iam_policy *policy);

/* The resource of a managed policy's ARN (policy/service-role/X), or empty where it is none. */
struct str managed_policy_resource(struct str arn);

/* The library of a run: policies are read when they are asked for, once. */
struct managed_policies {
    struct arena *arena;
    struct sources *sources;
    struct atoms *atoms;
    const struct builtin_rules *builtin;
    const struct iam_policy **decoded; /* by number; NULL until then */
    struct policy_library library;     /* for struct permissions; its context is this */
};

/* `managed` must stay where it is; `builtin` may be NULL. Nothing is read yet. */
void managed_policies_init(struct managed_policies *managed, struct arena *arena,
                           struct sources *sources, struct atoms *atoms,
                           const struct builtin_rules *builtin);

#endif
