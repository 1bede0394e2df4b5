/* SPDX-License-Identifier: MIT */
/*
 * The lexical half of the JSONPath parser: white space, names, numbers and string literals (RFC
 * 9535 §2.3), and the one place where an expression is refused. Private to this folder.
 */
#ifndef EKSLINT_PATH_SCAN_H
#define EKSLINT_PATH_SCAN_H

#include "path/path.h"

/* An expression's text (well-formed UTF-8) and how far it has been read. */
struct scanner {
    struct str text;
    uint32_t at;
    struct arena *arena;      /* of decoded strings and messages */
    struct path_error *error; /* set by scan_refuse() */
};

/* Refuse the bytes [lo, hi) with a message; always false, so that callers can return it. */
bool scan_refuse(struct scanner *s, uint32_t lo, uint32_t hi, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* Refuse what stands at `at`: "expected …, found …". */
bool scan_expected(struct scanner *s, const char *what);

/* The character n bytes ahead, or NUL behind the end. */
char scan_peek(const struct scanner *s, uint32_t ahead);

bool scan_at_end(const struct scanner *s);

/* S of the grammar: blank, tab, LF, CR (§2.1.1). */
void scan_space(struct scanner *s);

/* Step over `text` if it stands here. */
bool scan_accept(struct scanner *s, struct str text);

/* The bytes [lo, at) just read. */
struct str scan_slice(const struct scanner *s, uint32_t lo);

/*
 * The length of a run of characters that a careless writer may mean as one word: names with '-',
 * '$' and digits.
 */
uint32_t scan_word_len(const struct scanner *s, uint32_t at);

/* True where a member name shorthand (§2.5.1.1) starts here. */
bool scan_at_name(const struct scanner *s);

/* Read the member name shorthand that starts here. */
struct str scan_name(struct scanner *s);

/*
 * True where a function's name (§2.4) or a literal's keyword starts here; read it with scan_word().
 */
bool scan_at_word(const struct scanner *s);
struct str scan_word(struct scanner *s);

/* Read an index or a slice's part (§2.3.3.1): I-JSON range, neither leading zeros nor -0. */
MUST_USE bool scan_integer(struct scanner *s, int64_t *integer);

/* Read a number literal (§2.3.5.1). */
MUST_USE bool scan_number(struct scanner *s, double *number);

/* Read a string literal (§2.3.1.1), which starts at a quote; its value is in the arena. */
MUST_USE bool scan_string(struct scanner *s, struct str *string);

/*
 * The bytes of the expression that spell byte `decoded` of the value of a string literal at `open`
 * (one that scan_string() has read); the closing quote's place where the value is not that long.
 */
struct span scan_string_span(const struct scanner *s, uint32_t open, size_t decoded);

#endif
