/* SPDX-License-Identifier: MIT */
/*
 * String views: a pointer and a length in bytes, passed by value, never relying on a NUL. The zero
 * value is the empty string. A view owns nothing; the function that makes one says what must
 * outlive it.
 */
#ifndef EKSLINT_BASE_STR_H
#define EKSLINT_BASE_STR_H

#include "base/base.h"

#include <string.h>

struct str {
    const char *ptr;
    size_t len;
};

/* A view of a string literal; usable in constant initialisers as STR_INIT. */
/* The formatter would take these braces for a block. */
/* clang-format off */
#define STR_INIT(literal) {(literal), sizeof(literal) - 1}
/* clang-format on */
#define STR(literal) ((struct str)STR_INIT(literal))

/*
 * For printf's "%.*s": expands to two arguments. Views longer than INT_MAX do not occur (sources
 * are bounded).
 */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/* A view of a NUL-terminated string, for the edge to libc; NULL gives the empty view. */
static inline struct str str_from_c(const char *text)
{
    return text ? (struct str){text, strlen(text)} : (struct str){0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* The bytes [from, to) of s; both ends are clipped to s. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.len) {
        to = s.len;
    }
    if (from >= to) {
        return (struct str){0};
    }
    return (struct str){s.ptr + from, to - from};
}

static inline struct str str_from(struct str s, size_t from)
{
    return str_slice(s, from, s.len);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + (s.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

/* ASCII only, whatever the locale. */
static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char char_lower(char c)
{
    return (c >= 'A' && c <= 'Z') ? (char)(c + ('a' - 'A')) : c;
}

/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(struct str a, struct str b);

/*
 * Byte-wise order: negative, 0 or positive as a is before, equal to or after b. For UTF-8 this is
 * code point order.
 */
int str_compare(struct str a, struct str b);

/* The offset of the first c in s, or s.len. */
size_t str_find_char(struct str s, char c);

/*
 * The offset of the first occurrence of needle in s, or s.len if there is none. An empty needle is
 * found at 0.
 */
size_t str_find(struct str s, struct str needle);

/* The offset behind the last c of s, or 0: where the last part of a path begins. */
size_t str_after_last(struct str s, char c);

/*
 * Cut at the first sep: *head gets what stands before it and *rest what follows. Returns false,
 * with *head = s and *rest empty, where s holds no sep. head and rest may alias the caller's
 * variables.
 */
bool str_cut(struct str s, char sep, struct str *head, struct str *rest);

/* Without leading and trailing blanks, tabs, CR and LF. */
struct str str_trim(struct str s);

/*
 * A 32-bit hash for tables in memory; never stored. Without the seed nobody can prepare strings
 * that collide, so tables of names from hostile files take one that cannot be foreseen.
 */
uint32_t str_hash(struct str s, uint64_t seed);

/*
 * The edit distance (insert, delete, replace, swap of neighbours) between a and b, ignoring ASCII
 * case, or limit + 1 where it is larger than limit or a string is longer than 64 bytes. Used for
 * "did you mean".
 */
size_t str_distance(struct str a, struct str b, size_t limit);

/*
 * How many edits away a name may be to be worth naming for a word: a third of its length, at least
 * 1, but none of a word of one character, which would be as near to any other.
 */
size_t str_near_limit(struct str word);

/*
 * The candidate nearest to word, or the empty view where none is within str_near_limit(). Ties go to
 * the first candidate.
 */
struct str str_nearest(struct str word, const struct str *candidates, size_t count);

#endif
