/* SPDX-License-Identifier: MIT */
/*
 * The context of a request: its condition keys and their values, and policy variables, which take
 * their values from it. Source: IAM User Guide, "AWS global condition context keys" and "IAM policy
 * elements: Variables and tags".
 */
#ifndef EKSLINT_IAM_CONTEXT_H
#define EKSLINT_IAM_CONTEXT_H

#include "base/arena.h"

struct iam_key {
    struct str name; /* compared without regard to case */
    const struct str *values;
    uint32_t count;
    bool absent;  /* the request certainly has no such key */
    bool unknown; /* it has, but with a value that is not known */
};

struct iam_context {
    const struct iam_key *keys;
    uint32_t count;
    bool open; /* a key that is not listed may be there or not; else it is absent */
};

/* What is known of a key. */
enum iam_presence { KEY_ABSENT, KEY_PRESENT, KEY_UNKNOWN };

/* The key in *key where it is present. context may be NULL: nothing is known. */
enum iam_presence iam_context_find(const struct iam_context *context, struct str name,
                                   const struct iam_key **key);

/*
 * Where literal '*' and '?' stand in an expanded pattern, which the wildcards of IAM do not escape:
 * ${*} and ${?} become these bytes, which IAM policies cannot hold themselves. A text is compared
 * with such a pattern by iam_literal_text().
 */
enum { LITERAL_STAR = 1, LITERAL_QUESTION = 2 };

/* A text with its '*' and '?' as the bytes above. */
struct str iam_literal_text(struct arena *arena, struct str text);

struct iam_expansion {
    enum iam_presence presence; /* of the keys behind the variables; KEY_PRESENT: text is good */
    struct str text;
    bool literals;  /* it holds LITERAL_STAR or LITERAL_QUESTION */
    struct str key; /* the first key without a value */
};

/*
 * Put the values of the request in for ${key} and ${key, 'default'}; ${*}, ${?} and ${$} stand for
 * themselves. A key with several values has none here (variables take single-valued keys). Where
 * `literal_values` is set, '*' and '?' in values stand for themselves, else they are wildcards. What
 * is no variable by its form is left as it is; what grows beyond 64 KiB is KEY_UNKNOWN.
 */
struct iam_expansion iam_expand(struct arena *arena, const struct iam_context *context,
                                struct str text, bool literal_values);

#endif
