/* SPDX-License-Identifier: MIT */
/* What pasting does to a text, taken back: escapes, colours, marks at the starts of lines. */
#include "rule/folding_repair.h"

#include "base/base.h"
#include "base/utf8.h"

enum { ENTITY_MAX_BYTES = 12, ESCAPE = 0x1B };

static void add(struct repaired *to, struct str text)
{
    memmove(to->ptr + to->len, text.ptr, text.len);
    to->len += text.len;
}

static void add_char(struct repaired *to, char c)
{
    to->ptr[to->len++] = c;
}

/* A code point that took `taken` bytes to write; none of these is shorter than its UTF-8. */
static void add_code_point(struct repaired *to, uint32_t c, size_t taken)
{
    char bytes[4];
    size_t len = utf8_write(c, bytes);
    if (len <= taken) {
        add(to, (struct str){bytes, len});
    }
}

static bool is_scalar(uint32_t c)
{
    return c > 0 && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
}

static int digit_value(char c)
{
    if (char_is_digit(c)) {
        return c - '0';
    }
    char lower = char_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The digits of text as a number; false where there is another character, or none. */
static bool parse_number(struct str text, int base, uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = digit_value(text.ptr[i]);
        if (digit < 0 || digit >= base || *number > 0x10FFFF) {
            return false;
        }
        *number = *number * (uint32_t)base + (uint32_t)digit;
    }
    return text.len > 0;
}

/* ---- HTML ---- */

static const struct {
    struct str name;
    uint32_t code_point;
} entities[] = {
    {STR_INIT("quot"), '"'},     {STR_INIT("apos"), '\''},     {STR_INIT("amp"), '&'},
    {STR_INIT("lt"), '<'},       {STR_INIT("gt"), '>'},        {STR_INIT("nbsp"), 0xA0},
    {STR_INIT("ldquo"), 0x201C}, {STR_INIT("rdquo"), 0x201D},  {STR_INIT("lsquo"), 0x2018},
    {STR_INIT("rsquo"), 0x2019}, {STR_INIT("hellip"), 0x2026}, {STR_INIT("colon"), ':'},
    {STR_INIT("lowbar"), '_'},   {STR_INIT("NewLine"), '\n'},  {STR_INIT("shy"), 0xAD},
    {STR_INIT("ndash"), 0x2013}, {STR_INIT("mdash"), 0x2014},  {STR_INIT("sol"), '/'},
};

static bool parse_entity(struct str name, uint32_t *c)
{
    if (str_starts(name, STR("#x")) || str_starts(name, STR("#X"))) {
        return parse_number(str_from(name, 2), 16, c) && is_scalar(*c);
    }
    if (str_starts(name, STR("#"))) {
        return parse_number(str_from(name, 1), 10, c) && is_scalar(*c);
    }
    for (size_t i = 0; i < COUNT_OF(entities); i++) {
        if (str_eq(entities[i].name, name)) {
            *c = entities[i].code_point;
            return true;
        }
    }
    return false;
}

void repair_entities(struct str from, struct repaired *to)
{
    for (size_t i = 0; i < from.len; i++) {
        struct str head = str_slice(from, i + 1, i + 1 + ENTITY_MAX_BYTES);
        size_t end = str_find_char(head, ';');
        uint32_t c;
        if (from.ptr[i] == '&' && end < head.len && parse_entity(str_slice(head, 0, end), &c)) {
            add_code_point(to, c, end + 2);
            i += end + 1;
        } else {
            add_char(to, from.ptr[i]);
        }
    }
}

/* ---- backslashes ---- */

static bool parse_u(struct str text, uint32_t *unit)
{
    enum { U_BYTES = 6 };
    return text.len >= U_BYTES && str_starts(text, STR("\\u")) &&
           parse_number(str_slice(text, 2, U_BYTES), 16, unit);
}

/* "\uXXXX", or two of them that are a surrogate pair. Returns the bytes taken, or 0. */
static size_t take_unicode(struct str text, struct repaired *to)
{
    uint32_t high, low;
    if (!parse_u(text, &high)) {
        return 0;
    }
    if (high >= 0xD800 && high <= 0xDBFF && parse_u(str_from(text, 6), &low) && low >= 0xDC00 &&
        low <= 0xDFFF) {
        add_code_point(to, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 12);
        return 12;
    }
    if (is_scalar(high)) {
        add_code_point(to, high, 6);
    }
    return 6;
}

/* "\x1b", "\033" and "\e", as shells and C write an escape character. Returns the bytes taken. */
static size_t take_escape_character(struct str text, struct repaired *to)
{
    static const struct str forms[] = {STR_INIT("\\x1b"), STR_INIT("\\x1B"), STR_INIT("\\033"),
                                       STR_INIT("\\e[")};
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        if (str_starts(text, forms[i])) {
            add_char(to, ESCAPE);
            return forms[i].ptr[forms[i].len - 1] == '[' ? 2 : forms[i].len;
        }
    }
    return 0;
}

static size_t take_letter(char c, struct repaired *to)
{
    switch (c) {
    case 'n':
    case 'r':
        add_char(to, '\n');
        return 2;
    case 't':
    case 'b':
    case 'f':
        add_char(to, ' ');
        return 2;
    default:
        return 0;
    }
}

/* The escape at the start of text. Returns the bytes taken, or 0 where it is none. */
static size_t take_escape(struct str text, struct repaired *to)
{
    static const char signs[] = "\"'\\/_*`[]()#|<>~-.!{}+:&$";
    char c = text.len > 1 ? text.ptr[1] : '\0';
    size_t taken = take_unicode(text, to);
    taken = taken ? taken : take_escape_character(text, to);
    taken = taken ? taken : take_letter(c, to);
    if (taken == 0 && c && strchr(signs, c)) {
        add_char(to, c);
        taken = 2;
    }
    return taken;
}

void repair_escapes(struct str from, struct repaired *to)
{
    for (size_t i = 0; i < from.len;) {
        size_t taken = from.ptr[i] == '\\' ? take_escape(str_from(from, i), to) : 0;
        if (taken == 0) {
            add_char(to, from.ptr[i]);
            taken = 1;
        }
        i += taken;
    }
}

/* ---- colours ---- */

/* The bytes of a control sequence behind ESC: parameters up to a final byte of '@' to '~'. */
static size_t sequence_length(struct str text)
{
    if (!str_starts(text, STR("["))) {
        return text.len && text.ptr[0] >= '@' && text.ptr[0] <= '_' ? 1 : 0;
    }
    size_t at = 1;
    while (at < text.len && text.ptr[at] >= ' ' && text.ptr[at] <= '?') {
        at++;
    }
    return at < text.len && text.ptr[at] >= '@' && text.ptr[at] <= '~' ? at + 1 : at;
}

void repair_colors(struct str from, struct repaired *to)
{
    for (size_t i = 0; i < from.len; i++) {
        if (from.ptr[i] == ESCAPE) {
            i += sequence_length(str_from(from, i + 1));
        } else {
            add_char(to, from.ptr[i]);
        }
    }
}

/* ---- starts of lines ---- */

static size_t skip(struct str line, size_t at, const char *set)
{
    while (at < line.len && line.ptr[at] && strchr(set, line.ptr[at])) {
        at++;
    }
    return at;
}

/* The bytes that a quote, a table, a list or a line number puts before a line. */
static size_t mark_length(struct str line)
{
    size_t at = skip(line, 0, " \t");
    size_t numbers = skip(line, at, "0123456789");
    size_t bar = skip(line, numbers, " \t");
    if (numbers > at && bar < line.len && (line.ptr[bar] == '|' || line.ptr[bar] == '>')) {
        at = bar;
    }
    at = skip(line, at, ">| \t");
    if (at + 1 < line.len && strchr("*-+#", line.ptr[at]) && line.ptr[at + 1] == ' ') {
        at += 2;
    }
    return at;
}

void repair_line_starts(struct str from, struct repaired *to)
{
    bool more = from.len > 0;
    while (more) {
        struct str line;
        more = str_cut(from, '\n', &line, &from);
        struct str rest = str_from(line, mark_length(line));
        if (rest.len) {
            add(to, rest);
        }
        if (more) {
            add_char(to, '\n');
        }
    }
}
