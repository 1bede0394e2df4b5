/* SPDX-License-Identifier: MIT */
/*
 * Wildcard matching by the greedy method: on a mismatch only the last '*' is moved on, which
 * suffices since an earlier one cannot match better, and keeps `*a*a*a*` from exploding. Text moves
 * by characters, so that '?' takes a whole one.
 */
#include "aws/wildcard.h"

#include "base/utf8.h"

static bool same(char a, char b, bool nocase)
{
    return nocase ? char_lower(a) == char_lower(b) : a == b;
}

/* The offset behind the character at `at`; a byte that is no UTF-8 is a character. */
static size_t next_char(struct str text, size_t at)
{
    uint32_t code_point;
    size_t len = (text.ptr[at] & 0x80) ? utf8_decode(str_from(text, at), &code_point) : 1;
    return at + (len ? len : 1);
}

enum truth wildcard_match_within(struct str pattern, struct str text, bool nocase, uint64_t *budget)
{
    size_t p = 0;
    size_t t = 0;
    size_t star = SIZE_MAX;
    size_t star_text = 0;
    while (t < text.len) {
        if (*budget == 0) {
            return TRUTH_UNKNOWN;
        }
        --*budget;
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.len && pattern.ptr[p] == '?') {
            p++;
            t = next_char(text, t);
        } else if (p < pattern.len && same(pattern.ptr[p], text.ptr[t], nocase)) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            star_text = next_char(text, star_text);
            t = star_text;
        } else {
            return TRUTH_FALSE;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*') {
        p++;
    }
    return truth_of(p == pattern.len);
}

bool wildcard_match(struct str pattern, struct str text, bool nocase)
{
    uint64_t budget = UINT64_MAX;
    return wildcard_match_within(pattern, text, nocase, &budget) == TRUTH_TRUE;
}

bool wildcard_is_pattern(struct str text)
{
    return str_find_char(text, '*') < text.len || str_find_char(text, '?') < text.len;
}
