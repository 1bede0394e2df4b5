/* SPDX-License-Identifier: MIT */
/*
 * How far blanks and plain text of JSON reach, looked at in words of eight bytes where that pays: most of
 * a file is that. Pure; offsets are of `bytes`, of which nothing at or behind `end` is read.
 */
#ifndef EKSLINT_TREE_JSON_SCAN_H
#define EKSLINT_TREE_JSON_SCAN_H

#include "base/base.h"

/* Behind the white space at `at` (RFC 8259, section 2). */
uint32_t json_space_end(const char *bytes, uint32_t at, uint32_t end);

/*
 * Behind the characters at `at` that need no further look inside of a string: neither quote, backslash,
 * control character nor non-ASCII.
 */
uint32_t json_simple_end(const char *bytes, uint32_t at, uint32_t end);

#endif
