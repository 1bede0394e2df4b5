/* SPDX-License-Identifier: MIT */
/*
 * What the roles and users of a case may do, and whom roles trust: from the nodes of a case to the
 * decisions of iam/decide.h. Policies of a holder are decoded once, however often they are asked.
 *
 * A holder is a role or user: policies[*] (IAM documents or unknown), managed_policies[*] (ARNs),
 * permissions_boundary (a document or an ARN), and, of a role, trust_policy. A list that nobody gave may hold anything.
 */
#ifndef EKSLINT_MODEL_PERMISSION_H
#define EKSLINT_MODEL_PERMISSION_H

#include "iam/decide.h"

/* Managed policies that are known without the user's files. */
struct policy_library {
    /* By ARN; NULL: not known. Memory of the library. */
    const struct iam_policy *(*find)(void *context, struct str arn);
    void *context;
};

struct permission_slot;

/* Zero but for arena, tree and root is valid. Memory in arena, as long as the tree lives. */
struct permissions {
    struct arena *arena;
    const struct tree *tree;
    const struct node *root;
    const struct policy_library *library; /* or NULL */
    struct permission_slot *slots;        /* decoded holders, open addressing */
    size_t count, capacity;
};

/*
 * May the holder make the call? request->caller is filled in from the holder's ARN where it is NULL.
 * Of their own policies, boundary included; a resource's policy is not asked.
 */
void permissions_allow(struct permissions *permissions, const struct node *holder,
                       struct iam_request *request, struct iam_decision *decision);

/* Does the role's trust policy let request->caller make the call, whatever their own policies say? */
void permissions_trust(struct permissions *permissions, const struct node *role,
                       struct iam_request *request, struct iam_decision *decision);

/*
 * What is wrong with a decision that is no Allow, in one word: "principal", "action", "resource" or
 * "condition" of the nearest Allow, "boundary" (it does not allow what the policies do), "none"
 * (there is no Allow statement at all), "deny" (all else is well, and a Deny matches); "ok" where it
 * is an Allow. "undecided" where only a condition keeps it from being known; empty where it depends
 * on more.
 */
struct str permission_fault(const struct iam_decision *decision);

/*
 * The node to blame for a denial: the Deny statement, or the element of the nearest Allow that does
 * not match; NULL where there is none.
 */
const struct node *permission_culprit(const struct iam_decision *decision);

/* The context key of the condition that is not met, or empty. */
struct str permission_key(const struct iam_decision *decision);

#endif
