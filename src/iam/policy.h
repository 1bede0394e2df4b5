/* SPDX-License-Identifier: MIT */
/*
 * IAM policies as typed statements: any kind of policy (identity, resource, trust, SCP, RCP,
 * session, endpoint), as written or in normal form, decoded once and then evaluated often. Every
 * part keeps the node that it was read from. Source: IAM User Guide, "IAM JSON policy elements
 * reference" and "Grammar of the IAM JSON policy language".
 */
#ifndef EKSLINT_IAM_POLICY_H
#define EKSLINT_IAM_POLICY_H

#include "iam/operator.h"
#include "text/finding.h"
#include "tree/tree.h"

/* An action, a resource, a principal or a condition value. */
struct iam_text {
    const struct node *node;
    struct str text;
    bool unknown;  /* it cannot be known offline */
    bool variable; /* holds ${…}, and the policy's Version makes that a policy variable */
};

struct iam_texts {
    const struct iam_text *items;
    uint32_t count;
    bool unknown; /* further values may exist that cannot be known */
};

/* Action or NotAction, Resource or NotResource. */
struct iam_element {
    const struct node *key; /* NULL: the statement has neither */
    const struct node *value;
    bool negated;
    struct iam_texts texts;
};

/* "AWS", "Service", "Federated", "CanonicalUser". */
enum iam_sort { SORT_AWS, SORT_SERVICE, SORT_FEDERATED, SORT_CANONICAL_USER, SORT_COUNT };

struct iam_principals {
    const struct node *key; /* NULL: neither Principal nor NotPrincipal */
    const struct node *value;
    bool negated;
    bool unknown;
    struct iam_texts sorts[SORT_COUNT];
};

/* One key under one condition operator, with the values to compare with. */
struct iam_test {
    const struct iam_operator *compare;
    enum iam_quantifier quantifier;
    bool if_exists;
    const struct node *key;
    struct str name; /* the context key as written */
    const struct node *value;
    struct iam_texts values;
};

enum iam_effect { EFFECT_ALLOW, EFFECT_DENY, EFFECT_UNKNOWN };

struct iam_statement {
    const struct node *node;
    struct str sid;
    enum iam_effect effect;
    bool faulty;  /* a part of it is wrong or cannot be known: it may match or not */
    bool guarded; /* its Condition cannot be known */
    bool perhaps; /* it is not known whether the policy has this statement; never set by decoding */
    struct iam_element action, resource;
    struct iam_principals principal;
    const struct iam_test *tests;
    uint32_t test_count;
};

struct iam_policy {
    const struct tree *tree;
    const struct node *root;
    bool variables; /* Version 2012-10-17: ${…} is a policy variable */
    bool unknown;   /* it is not at hand, or no policy: it may say anything */
    const struct iam_statement *statements;
    uint32_t statement_count;
};

/*
 * Decode an IAM policy document. Element names count in their exact case, single values stand for
 * lists of one. Each mistake is reported to `findings` where that is not NULL ("iam/policy", with
 * a suggestion for a misspelt name); the statement is then `faulty`, so that what it would have
 * done is unknown and not "nothing". Returns false where there was a mistake; *policy is usable in
 * any case. Memory in arena; the tree must outlive the policy.
 */
bool iam_policy_decode(struct arena *arena, const struct tree *tree, const struct node *root,
                       struct findings *findings, struct iam_policy *policy);

/* A policy of which nothing is known: it may allow or deny anything. */
extern const struct iam_policy iam_policy_unknown;

#endif
