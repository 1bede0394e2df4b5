/* SPDX-License-Identifier: MIT */
/*
 * What an I-Regexp (RFC 9485) says, without PCRE2: whether it keeps the RFC's grammar, how PCRE2
 * writes it, and whether its repetitions compete for characters. Private to this folder.
 */
#ifndef EKSLINT_PATH_IREGEXP_FORM_H
#define EKSLINT_PATH_IREGEXP_FORM_H

#include "base/buf.h"

enum { IREGEXP_MAX_DEPTH = 100, IREGEXP_MAX_REPEAT = 65535 };

struct iregexp_form {
    struct buf pcre;    /* the pattern in PCRE2's syntax; buf_release() it */
    bool may_backtrack; /* see iregexp_may_backtrack() */
    size_t
        problem_at; /* where false was returned: the byte, and what is wrong there (a constant) */
    struct str problem;
};

/* Read a pattern. False for text that is no I-Regexp; `pcre` must be released all the same. */
MUST_USE bool iregexp_read(struct str pattern, struct iregexp_form *form);

#endif
