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
 * 0 where eight bytes are all simple; else the highest bit of the first one that is not is set, and none of those before.
 * Arithmetic on all at once.
 */
static uint64_t mark_special(uint64_t word)
{
    const uint64_t ones = word_repeat(1);
    uint64_t quote = word ^ word_repeat('"');
    uint64_t backslash = word ^ word_repeat('\\');
    uint64_t special = ((word - word_repeat(0x20)) & ~word) | ((quote - ones) & ~quote) |
                       ((backslash - ones) & ~backslash) | word;
    return special & word_repeat(0x80);
}

uint32_t json_simple_end(const char *bytes, uint32_t at, uint32_t end)
{
    while (end - at >= sizeof(uint64_t)) {
        uint64_t special = mark_special(load_word(bytes + at));
        if (special) {
            return at + word_first(special);
        }
        at += (uint32_t)sizeof(uint64_t);
    }
    while (at < end && is_simple(bytes[at])) {
        at++;
    }
    return at;
}
