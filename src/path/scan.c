/* SPDX-License-Identifier: MIT */
/*
 * Tokens of RFC 9535. Not a tokenizer run ahead of the parser: white space is significant in places
 * (none behind '.', none before a function's parenthesis), so the parser asks for what may stand
 * where it is. Invariants: at <= text.len; the first refusal is the one that is kept.
 */
#include "path/scan.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* I-JSON (RFC 7493 §2.2): the integers that every implementation holds exactly. */
static const int64_t INTEGER_MAX = (INT64_C(1) << 53) - 1;

enum { MESSAGE_MAX = 512, DIGITS_MAX = 16 };

bool scan_refuse(struct scanner *s, uint32_t lo, uint32_t hi, const char *format, ...)
{
    if (s->error->message.ptr) {
        return false;
    }
    char message[MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct str text = str_from_c(message);
    text.len =
        utf8_find_malformed(text); /* a message that was too long may end inside a character */
    *s->error = (struct path_error){lo, hi, arena_str(s->arena, text)};
    return false;
}

/* The length of the character at an offset: 0 at the end. */
static uint32_t char_len(const struct scanner *s, uint32_t at)
{
    uint32_t code_point = 0;
    return (uint32_t)utf8_decode(str_from(s->text, at), &code_point);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool scan_expected(struct scanner *s, const char *what)
{
    uint32_t hi = s->at + char_len(s, s->at);
    if (hi == s->at) {
        return scan_refuse(s, s->at, hi, "expected %s, found the end of the expression", what);
    }
    unsigned char c = (unsigned char)s->text.ptr[s->at];
    if (is_space((char)c)) {
        return scan_refuse(s, s->at, hi, "expected %s, found white space", what);
    }
    if (c < ' ') {
        return scan_refuse(s, s->at, hi, "expected %s, found the control character U+%04X", what,
                           (unsigned)c);
    }
    return scan_refuse(s, s->at, hi, "expected %s, found '%.*s'", what, (int)(hi - s->at),
                       s->text.ptr + s->at);
}

char scan_peek(const struct scanner *s, uint32_t ahead)
{
    return ahead < s->text.len - s->at ? s->text.ptr[s->at + ahead] : '\0';
}

bool scan_at_end(const struct scanner *s)
{
    return s->at == s->text.len;
}

void scan_space(struct scanner *s)
{
    while (is_space(scan_peek(s, 0))) {
        s->at++;
    }
}

bool scan_accept(struct scanner *s, struct str text)
{
    if (!str_starts(str_from(s->text, s->at), text)) {
        return false;
    }
    s->at += (uint32_t)text.len;
    return true;
}

struct str scan_slice(const struct scanner *s, uint32_t lo)
{
    return str_slice(s->text, lo, s->at);
}

static bool is_name_first(char c)
{
    return char_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

uint32_t scan_word_len(const struct scanner *s, uint32_t at)
{
    uint32_t end = at;
    while (end < s->text.len) {
        char c = s->text.ptr[end];
        if (!is_name_first(c) && !char_is_digit(c) && c != '-' && c != '$') {
            break;
        }
        end++;
    }
    return end - at;
}

bool scan_at_name(const struct scanner *s)
{
    return is_name_first(scan_peek(s, 0));
}

struct str scan_name(struct scanner *s)
{
    uint32_t lo = s->at;
    while (is_name_first(scan_peek(s, 0)) || char_is_digit(scan_peek(s, 0))) {
        s->at++;
    }
    return scan_slice(s, lo);
}

bool scan_at_word(const struct scanner *s)
{
    return char_is_alpha(scan_peek(s, 0));
}

struct str scan_word(struct scanner *s)
{
    uint32_t lo = s->at;
    while (char_is_alpha(scan_peek(s, 0)) || char_is_digit(scan_peek(s, 0)) ||
           scan_peek(s, 0) == '_') {
        s->at++;
    }
    return scan_slice(s, lo);
}

static void skip_digits(struct scanner *s)
{
    while (char_is_digit(scan_peek(s, 0))) {
        s->at++;
    }
}

/* ["-"] digits, without the leading zeros that the grammar does not have. */
static bool scan_digits(struct scanner *s, uint32_t lo)
{
    scan_accept(s, STR("-"));
    uint32_t first = s->at;
    if (!char_is_digit(scan_peek(s, 0))) {
        return scan_expected(s, "a digit");
    }
    skip_digits(s);
    if (s->at - first > 1 && s->text.ptr[first] == '0') {
        return scan_refuse(s, lo, s->at, "numbers have no leading zeros");
    }
    return true;
}

bool scan_integer(struct scanner *s, int64_t *integer)
{
    uint32_t lo = s->at;
    if (!scan_digits(s, lo)) {
        return false;
    }
    struct str text = scan_slice(s, lo);
    if (str_eq(text, STR("-0"))) {
        return scan_refuse(s, lo, s->at, "-0 is no index; write 0");
    }
    if (scan_peek(s, 0) == '.' && char_is_digit(scan_peek(s, 1))) {
        return scan_refuse(s, lo, s->at + 2, "an index is a whole number");
    }
    bool negative = text.ptr[0] == '-';
    *integer = 0;
    for (size_t i = negative ? 1 : 0; i < text.len && text.len <= DIGITS_MAX + 1; i++) {
        *integer = *integer * 10 + (text.ptr[i] - '0');
    }
    if (text.len > DIGITS_MAX + 1 || *integer > INTEGER_MAX) {
        return scan_refuse(s, lo, s->at,
                           "this number is beyond the range of exact integers, ±(2^53 - 1)");
    }
    *integer = negative ? -*integer : *integer;
    return true;
}

/* The fraction and the exponent, each optional. */
static bool scan_number_rest(struct scanner *s)
{
    if (scan_accept(s, STR("."))) {
        if (!char_is_digit(scan_peek(s, 0))) {
            return scan_expected(s, "a digit after the decimal point");
        }
        skip_digits(s);
    }
    if (scan_accept(s, STR("e")) || scan_accept(s, STR("E"))) {
        if (!scan_accept(s, STR("-"))) {
            scan_accept(s, STR("+"));
        }
        if (!char_is_digit(scan_peek(s, 0))) {
            return scan_expected(s, "the digits of the exponent");
        }
        skip_digits(s);
    }
    return true;
}

bool scan_number(struct scanner *s, double *number)
{
    uint32_t lo = s->at;
    if (!scan_digits(s, lo) || !scan_number_rest(s)) {
        return false;
    }
    struct str copy = arena_str(s->arena, scan_slice(s, lo)); /* strtod() needs its NUL */
    *number = strtod(copy.ptr, NULL);
    return true;
}

static bool scan_hex4(struct scanner *s, uint32_t escape, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        char c = char_lower(scan_peek(s, 0));
        bool is_letter = c >= 'a' && c <= 'f';
        if (!char_is_digit(c) && !is_letter) {
            return scan_refuse(s, escape, s->at, "'\\u' needs four hexadecimal digits");
        }
        *unit = *unit * 16 + (uint32_t)(is_letter ? c - 'a' + 10 : c - '0');
        s->at++;
    }
    return true;
}

/*
 * Behind the 'u' of the escape that starts at `escape`: a code point, or two halves of one
 * (§2.3.1.1).
 */
static bool scan_unicode_escape(struct scanner *s, uint32_t escape, uint32_t *code_point)
{
    if (!scan_hex4(s, escape, code_point)) {
        return false;
    }
    if (*code_point < 0xD800 || *code_point > 0xDFFF) {
        return true;
    }
    uint32_t low = 0;
    bool is_high = *code_point < 0xDC00;
    if (is_high && scan_accept(s, STR("\\u"))) {
        if (!scan_hex4(s, s->at - 2, &low)) {
            return false;
        }
    }
    if (low < 0xDC00 || low > 0xDFFF) {
        return scan_refuse(
            s, escape, s->at,
            "this escape is half of a surrogate pair; write both halves or the character itself");
    }
    *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/*
 * Behind a backslash: decode the escape to out, which has room for 4 bytes; *len gets how many it
 * took.
 */
static bool scan_escape(struct scanner *s, char quote, char *out, size_t *len)
{
    static const char names[] = "bfnrt/\\";
    static const char meanings[] = "\b\f\n\r\t/\\";
    uint32_t escape = s->at - 1;
    char c = scan_peek(s, 0);
    const char *hit = c ? strchr(names, c) : NULL;
    *len = 1;
    if (c == quote) {
        *out = quote;
    } else if (hit) {
        *out = meanings[hit - names];
    } else if (c == 'u') {
        uint32_t code_point = 0;
        s->at++;
        if (!scan_unicode_escape(s, escape, &code_point)) {
            return false;
        }
        *len = utf8_write(code_point, out);
        return true;
    } else {
        return scan_refuse(
            s, escape, s->at + char_len(s, s->at),
            "unknown escape; strings know \\%c \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX%s", quote,
            char_is_alpha(c) ? " (a pattern's backslash is written twice)" : "");
    }
    s->at++;
    return true;
}

/* The offset of the quote that ends the string opened before `at`, or the text's length. */
static uint32_t find_closing_quote(const struct scanner *s, char quote)
{
    uint32_t at = s->at;
    while (at < s->text.len && s->text.ptr[at] != quote) {
        at += s->text.ptr[at] == '\\' && at + 1 < s->text.len ? 2 : 1;
    }
    return at;
}

bool scan_string(struct scanner *s, struct str *string)
{
    uint32_t open = s->at;
    char quote = s->text.ptr[open];
    s->at++;
    uint32_t close = find_closing_quote(s, quote);
    if (close >= s->text.len) {
        return scan_refuse(s, open, (uint32_t)s->text.len,
                           "this string is not closed; it needs another %c", quote);
    }
    /* No escape is shorter than what it means. */
    char *out = arena_alloc(s->arena, close - s->at + 4);
    *string = (struct str){out, 0};
    while (scan_peek(s, 0) != quote) {
        size_t len = 1;
        char c = scan_peek(s, 0);
        s->at++;
        if (c == '\\') {
            if (!scan_escape(s, quote, out + string->len, &len)) {
                return false;
            }
        } else if ((unsigned char)c < 0x20) {
            return scan_refuse(s, s->at - 1, s->at,
                               "a control character in a string is written as an escape: \\u%04x",
                               (unsigned)c);
        } else {
            out[string->len] = c;
        }
        string->len += len;
    }
    s->at++;
    return true;
}

struct span scan_string_span(const struct scanner *s, uint32_t open, size_t decoded)
{
    struct scanner again = *s;
    char quote = s->text.ptr[open];
    again.at = open + 1;
    size_t value_len = 0;
    for (;;) {
        uint32_t lo = again.at;
        if (scan_peek(&again, 0) == quote) {
            return (struct span){lo, lo};
        }
        char out[4];
        size_t len = char_len(&again, lo);
        again.at += (uint32_t)len;
        if (s->text.ptr[lo] == '\\' && !scan_escape(&again, quote, out, &len)) {
            return (struct span){open, open}; /* not reached: the string has been read before */
        }
        value_len += len;
        if (decoded < value_len) {
            return (struct span){lo, again.at};
        }
    }
}
