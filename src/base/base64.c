/* SPDX-License-Identifier: MIT */
/* One value for each text and one text for each value: what RFC 4648 lets readers refuse is. */
#include "base/base64.h"

enum { QUANTUM = 4, QUANTUM_BYTES = 3, DIGIT_BITS = 6, BYTE_BITS = 8 };

static bool digit_value(char c, uint32_t *value)
{
    if (c >= 'A' && c <= 'Z') {
        *value = (uint32_t)(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
        *value = (uint32_t)(c - 'a') + 26;
    } else if (char_is_digit(c)) {
        *value = (uint32_t)(c - '0') + 52;
    } else {
        *value = c == '+' ? 62 : 63;
        return c == '+' || c == '/';
    }
    return true;
}

bool base64_decode(struct arena *arena, struct str text, struct str *bytes)
{
    size_t padding = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("=")) ? 1 : 0;
    if (text.len % QUANTUM != 0) {
        return false;
    }
    size_t len = text.len / QUANTUM * QUANTUM_BYTES - padding;
    char *out = arena_alloc(arena, len + QUANTUM_BYTES);
    uint32_t held = 0;
    for (size_t i = 0, at = 0; i < text.len; i++) {
        uint32_t value = 0;
        if (i < text.len - padding && !digit_value(text.ptr[i], &value)) {
            return false;
        }
        held = held << DIGIT_BITS | value;
        if (i % QUANTUM == QUANTUM - 1) {
            for (unsigned k = QUANTUM_BYTES; k-- > 0;) {
                out[at++] = (char)(unsigned char)(held >> (k * BYTE_BITS) & 0xFFu);
            }
            held = 0;
        }
    }
    for (size_t i = len; i < len + padding; i++) {
        if (out[i] != 0) {
            return false;
        }
    }
    *bytes = (struct str){out, len};
    return true;
}
