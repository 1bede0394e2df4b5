/* SPDX-License-Identifier: MIT */
/* Attributes and small helpers that every folder uses. */
#ifndef EKSLINT_BASE_BASE_H
#define EKSLINT_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Both compilers that the project supports (gcc and clang) know these attributes. */
#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* The number of elements of an array, as a constant. */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Three-valued truth (Kleene): what cannot be known offline is neither true nor false. */
enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN, TRUTH_COUNT };

/* false && unknown = false; true && unknown = unknown. */
static inline enum truth truth_and(enum truth a, enum truth b)
{
    if (a == TRUTH_FALSE || b == TRUTH_FALSE) {
        return TRUTH_FALSE;
    }
    return (a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN) ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

/* true || unknown = true; false || unknown = unknown. */
static inline enum truth truth_or(enum truth a, enum truth b)
{
    if (a == TRUTH_TRUE || b == TRUTH_TRUE) {
        return TRUTH_TRUE;
    }
    return (a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN) ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

static inline enum truth truth_not(enum truth a)
{
    if (a == TRUTH_UNKNOWN) {
        return TRUTH_UNKNOWN;
    }
    return a == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static inline enum truth truth_of(bool known)
{
    return known ? TRUTH_TRUE : TRUTH_FALSE;
}

#endif
