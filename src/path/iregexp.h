/* SPDX-License-Identifier: MIT */
/*
 * I-Regexp (RFC 9485) on PCRE2: checked against the RFC's grammar, translated, compiled, matched
 * under limits. The only file that knows PCRE2 is iregexp.c.
 */
#ifndef EKSLINT_PATH_IREGEXP_H
#define EKSLINT_PATH_IREGEXP_H

#include "base/limits.h"

enum { IREGEXP_MAX_BYTES = 4096 };

struct iregexp;

/*
 * Compile `pattern` to match a whole string (`whole`) or any part of one. Returns NULL for text
 * that is no I-Regexp, with the byte of the problem in *at and a message in *problem (constant or
 * in arena). All of it lives in the arena, PCRE2's memory included: there is nothing to free.
 */
struct iregexp *iregexp_compile(struct arena *arena, struct str pattern, bool whole, size_t *at,
                                struct str *problem);

/* TRUTH_UNKNOWN where one of the limits on patterns was reached. */
enum truth iregexp_match(const struct iregexp *regexp, struct str subject,
                         const struct limits *limits);

/*
 * True where matching may take more than linear time: an unbounded repetition inside another, or
 * two adjacent ones that share characters cannot be excluded. Rules must not use such patterns.
 */
bool iregexp_may_backtrack(struct str pattern);

/* The same of a compiled pattern, at no cost. */
bool iregexp_backtracks(const struct iregexp *regexp);

#endif
