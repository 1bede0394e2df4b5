/* SPDX-License-Identifier: MIT */
/*
 * Is a request allowed? All kinds of policies together, in the order of IAM's evaluation logic:
 * explicit Deny, RCPs, SCPs, the endpoint's policy, the resource's policy, the caller's own
 * policies, their boundary, the session's policies. Sources: IAM User Guide, "Policy evaluation
 * logic", "How AWS enforcement code logic evaluates requests to allow or deny access",
 * "Cross-account policy evaluation logic", "Permissions boundaries for IAM entities"; AWS
 * Organizations User Guide, "SCP evaluation", "RCP evaluation".
 *
 * Decisions are three-valued. What is not at hand (a policy, a context key in an open context)
 * makes an answer unknown where it matters, and what is missing is named.
 */
#ifndef EKSLINT_IAM_DECIDE_H
#define EKSLINT_IAM_DECIDE_H

#include "iam/match.h"

/* The kinds of policies, in the order in which they are asked. */
enum iam_layer {
    LAYER_RCP,
    LAYER_SCP,
    LAYER_ENDPOINT,
    LAYER_RESOURCE,
    LAYER_IDENTITY,
    LAYER_BOUNDARY,
    LAYER_SESSION,
    LAYER_COUNT
};

/* "rcp", "scp", "endpoint", "resource", "identity", "boundary", "session". */
struct str iam_layer_name(enum iam_layer layer);

/* Policies that count together: one statement of any of them that allows is enough. */
struct iam_level {
    const struct iam_policy *const *policies;
    uint32_t count;
    bool incomplete; /* there may be further ones that are not at hand */
};

/*
 * The policies of a layer. SCPs and RCPs have a level for the root, each organizational unit and
 * the account, and every level must allow; the others have one level. given = false: there is no
 * such policy at all (no boundary is set, no SCP is in force).
 */
struct iam_layer_policies {
    const struct iam_level *levels;
    uint32_t count;
    bool given;
};

struct iam_policies {
    struct iam_layer_policies layers[LAYER_COUNT];
    struct str resource_account; /* that owns the resource; empty: the caller's */
    bool resource_only;          /* ask the resource's policy alone: does it let the caller in? */
};

enum iam_outcome { OUTCOME_ALLOWED, OUTCOME_IMPLICIT_DENY, OUTCOME_EXPLICIT_DENY };

/* What no policy can allow (AWS STS API Reference, "AssumeRole", "AssumeRoleWithWebIdentity"). */
enum iam_refusal {
    REFUSAL_NONE,
    REFUSAL_ROOT,           /* the root user assumes no role */
    REFUSAL_FEDERATED_USER, /* nor does a session of GetFederationToken */
    REFUSAL_PROVIDER        /* the identity provider is of another account than the role */
};

/* A statement, and where it stands among the policies. */
struct iam_place {
    enum iam_layer layer;
    uint32_t level, index; /* of the policy */
    uint32_t position;     /* of the statement in it */
    const struct iam_policy *policy;
    const struct iam_statement *statement;
};

/* The element of a statement that keeps it from matching. */
enum iam_part { PART_ACTION, PART_PRINCIPAL, PART_RESOURCE, PART_CONDITION, PART_COUNT };

/* "action", "principal", "resource", "condition". */
struct str iam_part_name(enum iam_part part);

/*
 * For a denial, what is nearest to an answer: the Deny that matched; or, of the layer that does not
 * allow, the Allow of which most elements match, and the first element that does not. Where it is
 * only open whether a Deny matches, that Deny.
 */
struct iam_gap {
    bool found;
    struct iam_place place;
    enum iam_part part;
    const struct iam_test
        *test; /* of PART_CONDITION; NULL where the Condition as a whole is unknown */
};

struct iam_places {
    struct iam_place *items;
    size_t count, capacity;
};

/* What a layer says by itself. */
struct iam_verdict {
    bool applies; /* it is given, and it binds this caller and call */
    enum truth allows, denies;
};

struct iam_decision {
    enum truth allowed;
    enum iam_outcome outcome;  /* where `allowed` is known */
    enum iam_layer decided_by; /* the layer that allowed, or the first that did not */
    struct iam_places matched; /* the Allow statements that allowed, or the Deny statements */
    struct str *missing;       /* context keys that were asked for and are not there, as written */
    size_t missing_count, missing_capacity;
    struct iam_verdict layers[LAYER_COUNT];
    bool cross_account;
    enum iam_refusal refusal;
    bool policy_missing; /* it depends on a policy that is not at hand */
    struct iam_gap gap;
    enum truth granted;     /* would it be allowed but for Deny statements? */
    struct iam_gap lacking; /* where `granted` is not true: the nearest Allow, whatever is denied */
    enum iam_layer lacking_in;
};

/*
 * Decide. A principal that is named by a resource's policy as itself needs no policy of their own in
 * the same account; across accounts both sides must allow. KMS keys and roles (sts:AssumeRole*,
 * sts:TagSession and what else is passed with it) always need their own policy where it is given. A
 * role that assumes itself must be named itself. Results are in request->arena.
 */
void iam_decide(const struct iam_request *request, const struct iam_policies *policies,
                struct iam_decision *decision);

#endif
