/* SPDX-License-Identifier: MIT */
/*
 * IAM's wildcards: '*' for any number of characters, '?' for exactly one; no escapes. Source: IAM
 * User Guide, "IAM JSON policy elements: Resource" and "... Action". A character is one code point
 * of well-formed UTF-8; a byte that is no UTF-8 counts as one, but what is said here of two
 * patterns holds for well-formed ones.
 */
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

/*
 * Is every text that `narrow` matches matched by `wide`? Exact for any two patterns, since texts
 * may hold characters that neither pattern names. Comparisons are in the order of wide x narrow.
 */
bool wildcard_covers(struct str wide, struct str narrow, bool nocase);
enum truth wildcard_covers_within(struct str wide, struct str narrow, bool nocase,
                                  uint64_t *budget);

/* Is there a text that both match? Exact; comparisons are in the order of a x b. */
bool wildcard_overlaps(struct str a, struct str b, bool nocase);
enum truth wildcard_overlaps_within(struct str a, struct str b, bool nocase, uint64_t *budget);

/* Does text hold a wildcard? */
bool wildcard_is_pattern(struct str text);

/* Is text one '*' or several, and nothing else? */
bool wildcard_is_stars(struct str text);

/* The offset behind the character at `at`; a byte that is no UTF-8 is a character. */
size_t wildcard_next(struct str text, size_t at);

#endif
