/* SPDX-License-Identifier: MIT */
#include "tree/json_scan.h"

#include "base/words.h"

#include <string.h>

static uint64_t load_word(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

uint32_t json_space_end(const char *bytes, uint32_t at, uint32_t end)
{
    while (at < end) {
        char c = bytes[at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            break;
        }
        at++;
        /* An indent, in steps of a word. */
        while (end - at >= sizeof(uint64_t) && load_word(bytes + at) == word_repeat(' ')) {
            at += (uint32_t)sizeof(uint64_t);
        }
        if (end - at >= 4 && memcmp(bytes + at, "    ", 4) == 0) {
            at += 4;
        }
    }
    return at;
}

static bool is_simple(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/*
 * True where eight bytes are all simple. Arithmetic on all at once; the highest bit of a byte
 * tells.
 */
static bool is_simple_word(uint64_t word)
{
    const uint64_t ones = word_repeat(1);
    uint64_t quote = word ^ word_repeat('"');
    uint64_t backslash = word ^ word_repeat('\\');
    uint64_t special = ((word - word_repeat(0x20)) & ~word) | ((quote - ones) & ~quote) |
                       ((backslash - ones) & ~backslash) | word;
    return (special & word_repeat(0x80)) == 0;
}

/*
 * The length of a short run of simple characters up to the closing quote, or 0; most strings are that. The
 * last word may overlap the one before. Looking for the quote goes no further than a few words, for a string
 * with many escapes would be searched to its end behind each of them.
 */
static uint32_t length_to_quote(const char *bytes, uint32_t left)
{
    enum { WINDOW = 64 };
    const char *quote = left ? memchr(bytes, '"', left < WINDOW ? left : WINDOW) : NULL;
    uint32_t len = quote ? (uint32_t)(quote - bytes) : 0;
    bool simple = len >= sizeof(uint64_t);
    for (uint32_t i = 0; simple && i < len; i += (uint32_t)sizeof(uint64_t)) {
        uint32_t last = len - (uint32_t)sizeof(uint64_t);
        simple = is_simple_word(load_word(bytes + (i < last ? i : last)));
    }
    return simple ? len : 0;
}

uint32_t json_simple_end(const char *bytes, uint32_t at, uint32_t end)
{
    uint32_t len = length_to_quote(bytes + at, end - at);
    if (len) {
        return at + len;
    }
    while (end - at >= sizeof(uint64_t) && is_simple_word(load_word(bytes + at))) {
        at += (uint32_t)sizeof(uint64_t);
    }
    while (at < end && is_simple(bytes[at])) {
        at++;
    }
    return at;
}
