/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): decoding with all of its refusals, encoding, counting. */
#ifndef EKSLINT_BASE_UTF8_H
#define EKSLINT_BASE_UTF8_H

#include "base/str.h"

/*
 * The length in bytes (1 to 4) of the well-formed sequence at the start of s, with its code point
 * in *code_point, or 0 where s is empty or starts with an overlong form, a surrogate, a value above
 * U+10FFFF or a broken sequence.
 */
size_t utf8_decode(struct str s, uint32_t *code_point);

/* Write a code point (at most U+10FFFF) to out, which holds 4 bytes; returns the length. */
size_t utf8_write(uint32_t code_point, char *out);

/* The number of code points in s; each byte of a malformed sequence counts as one. */
size_t utf8_count(struct str s);

/* The offset of the first malformed byte of s, or s.len where s is well-formed. */
size_t utf8_find_malformed(struct str s);

/* The offset of the first byte above 0x7F, or s.len. */
size_t utf8_find_non_ascii(struct str s);

/*
 * Terminal columns that a code point takes: 0 (combining), 1, or 2 (East Asian wide). An
 * approximation by block.
 */
unsigned utf8_width(uint32_t code_point);

#endif
