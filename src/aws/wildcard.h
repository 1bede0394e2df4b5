/* SPDX-License-Identifier: MIT */
/* IAM's wildcards: '*' for any number of characters, '?' for exactly one; no escapes. */
#ifndef EKSLINT_AWS_WILDCARD_H
#define EKSLINT_AWS_WILDCARD_H

#include "base/str.h"

/*
 * Does pattern match the whole of text? Time is at most pattern x text, whatever the pattern.
 * Action names compare without regard to case (`nocase`), resources with.
 */
bool wildcard_match(struct str pattern, struct str text, bool nocase);

/*
 * The same, but at most *budget comparisons of characters are made, and *budget is reduced by them.
 * Unknown where they do not suffice.
 */
enum truth wildcard_match_within(struct str pattern, struct str text, bool nocase,
                                 uint64_t *budget);

bool wildcard_is_pattern(struct str text);

#endif
