/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 as RFC 3629 §4 defines it: the shortest form only, no surrogates, nothing above U+10FFFF.
 */
#include "base/utf8.h"

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0u) == 0x80u;
}

size_t utf8_decode(struct str s, uint32_t *code_point)
{
    if (s.len == 0) {
        return 0;
    }
    unsigned char lead = (unsigned char)s.ptr[0];
    if (lead < 0x80) {
        *code_point = lead;
        return 1;
    }
    size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (lead < 0xC2 || lead > 0xF4 || s.len < len) {
        return 0;
    }
    uint32_t value = lead & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(s.ptr[i])) {
            return 0;
        }
        value = (value << 6) | ((unsigned char)s.ptr[i] & 0x3Fu);
    }
    if (value < smallest[len] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *code_point = value;
    return len;
}

size_t utf8_write(uint32_t code_point, char *out)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80u | (code_point & 0x3Fu));
        code_point >>= 6;
    }
    out[0] = (char)(lead[len] | code_point);
    return len;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; count++) {
        uint32_t code_point;
        size_t len = utf8_decode(str_from(s, i), &code_point);
        i += len ? len : 1;
    }
    return count;
}

size_t utf8_find_non_ascii(struct str s)
{
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word;
        memcpy(&word, s.ptr + i, sizeof word);
        if (word & 0x8080808080808080u) {
            break;
        }
    }
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80) {
        i++;
    }
    return i;
}

size_t utf8_find_malformed(struct str s)
{
    size_t i = 0;
    while (i < s.len) {
        i += utf8_find_non_ascii(str_from(s, i));
        if (i >= s.len) {
            break;
        }
        uint32_t code_point;
        size_t len = utf8_decode(str_from(s, i), &code_point);
        if (len == 0) {
            return i;
        }
        i += len;
    }
    return s.len;
}

unsigned utf8_width(uint32_t code_point)
{
    static const struct {
        uint32_t first, last;
        unsigned width;
    } ranges[] = {
        {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0}, {0x20D0, 0x20FF, 0},
        {0x2E80, 0x303E, 2},   {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2}, {0x4E00, 0x9FFF, 2},
        {0xA000, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2}, {0xFE00, 0xFE0F, 0},
        {0xFE30, 0xFE4F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1F64F, 2},
        {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
    };
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        if (code_point >= ranges[i].first && code_point <= ranges[i].last) {
            return ranges[i].width;
        }
    }
    return 1;
}
