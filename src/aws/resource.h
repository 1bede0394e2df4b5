/* SPDX-License-Identifier: MIT */
/*
 * Matching of ARNs: the Resource and NotResource of policies, and the ARN operators of conditions.
 *
 * Resource (IAM User Guide, "IAM JSON policy elements: Resource", "Using wildcards in resource
 * ARNs"): '*' and '?' stand for characters within a segment, the parts of an ARN between colons;
 * a '*' that is the last character of a segment may go on beyond the colon. The guide does not say
 * whether colons inside of the sixth part (log-group:NAME:*, S3 keys) bound segments; here they do
 * not: an ARN has six parts (IAM User Guide, "Identify AWS resources with ARNs"), and no S3 key is
 * known to escape a policy by a colon. So the first five colons of the
 * request's ARN are what a '?', or a '*' with something behind it, does not take.
 */
#ifndef EKSLINT_AWS_RESOURCE_H
#define EKSLINT_AWS_RESOURCE_H

#include "base/str.h"

/* A longer pattern is left undecided where the rule of segments matters; ARNs have up to 2048. */
enum { RESOURCE_PATTERN_MAX = 4096 };

/*
 * Does the value of a Resource or NotResource match the ARN (or "*") of a request? Policy variables
 * have been replaced before. Letter case counts. At most *budget comparisons are made, and *budget
 * is reduced by them; unknown where they do not suffice.
 */
enum truth resource_match_within(struct str pattern, struct str text, uint64_t *budget);

/*
 * Does `wide` match every resource that `narrow` matches, for a request that is itself about a
 * pattern? Exact where neither pattern's wildcards meet a colon that they must not take; unknown
 * where it depends on that, never wrong.
 */
enum truth resource_covers_within(struct str wide, struct str narrow, uint64_t *budget);

/* Is there a resource that both match? Unknown as above. */
enum truth resource_overlaps_within(struct str a, struct str b, uint64_t *budget);

/*
 * ArnLike and ArnEquals, which are the same (IAM User Guide, "IAM JSON policy elements: Condition
 * operators"): the six parts are compared one by one, with '*' and '?' in each, letter case
 * included. A value that is no ARN matches nothing. Nor does a pattern with fewer than six parts,
 * "*" alone among them: there is nothing to compare the other parts with. AWS's own pages do not
 * name the case; published guides to the operators say that all parts must be written, even where
 * they are '*'.
 */
enum truth arn_like_within(struct str pattern, struct str arn, uint64_t *budget);

#endif
