/* SPDX-License-Identifier: MIT */
/* How long a policy is, as AWS's quotas count: IAM User Guide, "IAM and AWS STS quotas". */
#ifndef EKSLINT_IAM_SIZE_H
#define EKSLINT_IAM_SIZE_H

#include "tree/tree.h"

/*
 * Characters of a policy in normal form, as it is written: `all`, or those that are no white space. Of
 * one that is not written as JSON, or stands in a document that somebody else turns into requests, those
 * of the shortest JSON of it. A text of at most `enough` bytes is not counted: its bytes are returned,
 * which are at least as many; counting may stop beyond it. 0: all is counted. Parts that cannot be known count for nothing.
 */
size_t iam_policy_size(const struct tree *tree, const struct node *root, bool all, size_t enough);

/* Has the policy parts that cannot be known? Then it may be larger than its size. */
bool iam_policy_is_open(const struct tree *tree, const struct node *root);

#endif
