/* SPDX-License-Identifier: MIT */
/* How long a policy is, as AWS's quotas count: IAM User Guide, "IAM and AWS STS quotas". */
#ifndef EKSLINT_IAM_SIZE_H
#define EKSLINT_IAM_SIZE_H

#include "tree/tree.h"

/*
 * Characters of a policy in normal form, as it is written: `all`, or those that are no white space. Of
 * one that is not written as JSON, those of the shortest JSON of it. Counting may stop beyond `limit`;
 * a policy of at most `limit` bytes is not counted at all, and its bytes are returned.
 */
size_t iam_policy_size(const struct tree *tree, const struct node *root, bool all, size_t limit);

#endif
