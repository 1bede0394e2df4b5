/* SPDX-License-Identifier: MIT */
/* Decoding without knowing the format: what is no escape there is read as one and stays as it is. */
#include "text/redact_view.h"

static int hex_value(char c)
{
    char lower = char_lower(c);
    if (char_is_digit(c)) {
        return c - '0';
    }
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* A printable ASCII character from `count` hexadecimal digits, or 0. */
static char from_hex(struct str digits, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        int digit = i < digits.len ? hex_value(digits.ptr[i]) : -1;
        if (digit < 0 || value > 0xFF) {
            return 0;
        }
        value = value * 16 + digit;
    }
    return value >= ' ' && value < 0x7F ? (char)value : 0;
}

/* The character at the start of a text, and how many bytes it takes. */
static char decode(struct str rest, size_t *bytes)
{
    char c = rest.ptr[0];
    char next = rest.len > 1 ? rest.ptr[1] : 0;
    char meant = 0;
    *bytes = 1;
    if (c == '%') {
        meant = from_hex(str_from(rest, 1), 2);
        *bytes = 3;
    } else if (c == '\\' && next == 'u') {
        meant = from_hex(str_from(rest, 2), 4);
        *bytes = 6;
    } else if (c == '\\' && next == 'x') {
        meant = from_hex(str_from(rest, 2), 2);
        *bytes = 4;
    } else if (c == '\\' && (next == '/' || next == '"' || next == '\\')) {
        meant = next;
        *bytes = 2;
    } else if (c == '\\' && (next == 'n' || next == 'r')) {
        meant = '\n';
        *bytes = 2;
    } else if (c == '\\' && next == 't') {
        meant = ' ';
        *bytes = 2;
    }
    if (!meant) {
        *bytes = 1;
        meant = c;
    }
    return meant;
}

struct redact_view redact_view_make(struct arena *arena, struct str raw)
{
    struct redact_view view = {0};
    view.text = arena_alloc(arena, raw.len + 1);
    view.at = arena_array(arena, uint32_t, raw.len + 1);
    for (size_t i = 0; i < raw.len;) {
        size_t bytes;
        view.at[view.len] = (uint32_t)i;
        view.text[view.len++] = decode(str_from(raw, i), &bytes);
        i += bytes;
    }
    view.at[view.len] = (uint32_t)raw.len;
    view.marks = arena_alloc(arena, view.len + 1);
    return view;
}

void redact_view_mark(struct redact_view *view, size_t from, size_t to, enum redact_mark mark)
{
    for (size_t i = from; i < to && i < view->len; i++) {
        if (view->marks[i] == REDACT_PLAIN) {
            view->marks[i] = (unsigned char)mark;
        }
    }
}

bool redact_is_word(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || (unsigned char)c >= 0x80;
}

size_t redact_word_end(const struct redact_view *view, size_t from)
{
    while (from < view->len && redact_is_word(view->text[from])) {
        from++;
    }
    return from;
}
