/* SPDX-License-Identifier: MIT */
/*
 * What one identity policy allows by itself, on something that the policy names or the caller asks
 * about. Source: IAM User Guide, "Policy evaluation logic".
 */
#ifndef EKSLINT_IAM_GRANT_H
#define EKSLINT_IAM_GRANT_H

#include "aws/catalogue.h"
#include "iam/match.h"
#include "iam/policy.h"

/* On which resources an action must be allowed. */
enum iam_extent {
    EXTENT_EACH, /* on each that the request's resource stands for, in one account */
    EXTENT_SOME  /* on what a call needs; the request's resource is then "*" */
};

/* A policy that is asked often. Its texts must outlive it. */
struct iam_grants {
    const struct iam_policy *policy;
    struct catalogue_arn
        *resources; /* ARNs that statements, but for Denies, have in their Resource */
    size_t resource_count;
};
struct iam_grants iam_grants_find(struct arena *arena, const struct iam_policy *policy);

/*
 * Does the policy allow the action of the request, Deny statements counted? The request's resource is a
 * pattern such as "arn:aws:iam::*:role/…"; of EXTENT_EACH a Resource of one account counts that has all
 * of what stands in its last part. Unknown where it depends on a condition that the context does not
 * decide, or on a part of the policy that is not known. Memory in request->arena.
 */
enum truth iam_policy_allows(const struct iam_grants *grants, const struct iam_request *request,
                             enum iam_extent extent);

#endif
