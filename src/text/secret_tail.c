/* SPDX-License-Identifier: MIT */
/* The end of a secret. */
#include "text/secret_tail.h"

enum { PADDING_MAX = 2 }; /* of base64, RFC 4648 §4 */

static bool is_token_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || (c != '\0' && strchr("+/_-.", c));
}

static bool is_around(char c, const char *marks)
{
    return c != '\0' && strchr(marks, c);
}

struct str secret_tail(struct str text)
{
    while (text.len && is_around(text.ptr[0], " \t\r\n\"':=")) {
        text = str_from(text, 1);
    }
    while (text.len && is_around(text.ptr[text.len - 1], " \t\r\n\"',")) {
        text.len--;
    }
    size_t end = text.len;
    while (end > 0 && text.len - end < PADDING_MAX && text.ptr[end - 1] == '=') {
        end--;
    }
    bool good = text.len >= SECRET_TAILED_MIN_BYTES;
    for (size_t i = 0; good && i < end; i++) {
        good = is_token_char(text.ptr[i]);
    }
    return good ? str_from(text, text.len - SECRET_TAIL_BYTES) : (struct str){0};
}

void secret_write(struct buf *out, struct str text)
{
    struct str tail = secret_tail(text);
    buf_add_c(out, tail.len ? "…" : "***");
    buf_add(out, tail);
}

struct str secret_shown(struct arena *arena, struct str text)
{
    struct str tail = secret_tail(text);
    return tail.len ? arena_format(arena, "…%.*s", STR_ARG(tail)) : STR("***");
}

size_t secret_shown_len(struct str text)
{
    struct str mark = STR("…");
    size_t len = mark.len + SECRET_TAIL_BYTES;
    if (text.len < len || !str_starts(text, mark)) {
        return 0;
    }
    for (size_t i = mark.len; i < len; i++) {
        if (!is_token_char(text.ptr[i]) && text.ptr[i] != '=') {
            return 0;
        }
    }
    return len;
}
