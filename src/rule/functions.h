/* SPDX-License-Identifier: MIT */
/*
 * The function extensions of rules, on top of RFC 9535's five. Each is a row of one table: name,
 * types, meaning, example. They see the rule's row and the case through struct rule_context.
 */
#ifndef EKSLINT_RULE_FUNCTIONS_H
#define EKSLINT_RULE_FUNCTIONS_H

#include "iam/fault.h"
#include "iam/policy.h"
#include "model/permission.h"
#include "path/path.h"
#include "text/secret.h"

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

/* A question of policy_allows_some() and its answer. */
struct rule_asked {
    struct str action; /* no pointer: nothing was asked */
    enum truth answer;
};

/*
 * A policy that is judged by itself: in normal form, of a kind, and, of a resource policy, on a type of
 * resource. Its faults are found when a rule asks for the first time.
 */
struct rule_policy {
    struct iam_checker *checker;
    struct arena *arena; /* for the faults */
    const struct tree *tree;
    const struct node *root;
    struct str kind;
    struct str resource_type; /* "AWS::S3::Bucket"; empty: not known */
    bool named;               /* somebody said what it is: nothing was guessed */
    struct iam_faults *faults[FAULT_GROUP_COUNT]; /* NULL until rule_policy_faults() */
    enum iam_fault_id asked;                      /* for last: most often by the next call, too */
    struct iam_grants *grants;                    /* NULL until a rule asks what it allows */
    struct rule_allowed *allowed;                 /* the same; functions_grant.c */
    struct rule_asked asked_some;                 /* last: rows of a rule often ask twice */
    struct rule_selection *selections;            /* what rules selected; run.c */
    size_t selection_count, selection_capacity;
};

/* The faults among which this one would be. */
const struct iam_faults *rule_policy_faults(struct rule_policy *policy, enum iam_fault_id id);

/* What env->context points to while a rule runs. */
struct rule_context {
    const struct tree *row_tree;     /* holds the rule's `foreach` rows */
    const struct node *row;          /* the current row, or NULL */
    struct permissions *permissions; /* of the tree that is judged; may be NULL */
    struct rule_witness *witness;    /* may be NULL */
    struct str today;                /* YYYY-MM-DD; empty: nobody has said */
    struct rule_policy *policy;      /* NULL: no policy is judged by itself */
    struct leaks *leaks;             /* of the tree that is judged; NULL: looked for anew */
};

/* All functions: those of rules, table by table, then the standard ones. */
extern const struct path_functions rule_functions;

/* The part of them that compares values: address ranges, patterns, versions, dates. */
extern const struct path_functions rule_value_functions;

/* The part of them that knows the forms of EKS and EC2: issuers, versions, instance types. */
extern const struct path_functions rule_eks_functions;

/* The part of them that looks for secrets. */
extern const struct path_functions rule_secret_functions;

/* The part of them that asks the IAM catalogue (aws/catalogue.h). */
extern const struct path_functions rule_catalogue_functions;

/* The part of them that asks the IAM engine. */
extern const struct path_functions rule_iam_functions;

/* The part of them that looks at one policy: its faults, size, kind. */
extern const struct path_functions rule_policy_functions;

/* The sort of which a condition demands that there be none, "!holds_secret(@, 'a')", if it demands nothing else. */
enum secret_sort rule_forbidden_secret(const struct path_program *require);

enum { RULE_GUARDS_MAX = 4 };

/* The part of them that asks what one policy allows. */
extern const struct path_functions rule_grant_functions;

/*
 * The faults whose absence a condition demands, if it demands nothing else: "!fault(@, 'a')", or
 * several of these with && between them. Returns how many there are; 0 for another condition. *here: each is asked of
 * the judged node itself.
 */
size_t rule_find_guards(const struct path_program *require, enum iam_fault_id *guards, bool *here);

#endif
