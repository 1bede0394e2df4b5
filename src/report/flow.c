/* SPDX-License-Identifier: MIT */
/*
 * Wrapping, one unit at a time: a unit is what no line break may part. Which pairs of characters
 * hold together follows the short form of the Japanese rules (JIS X 4051): no closing mark starts a
 * line, no opening one ends it.
 */
#include "report/flow.h"

static const struct str inks[INK_COUNT] = {
    [INK_PLAIN] = STR_INIT(""),           [INK_BOLD] = STR_INIT("\x1B[1m"),
    [INK_ERROR] = STR_INIT("\x1B[1;31m"), [INK_WARNING] = STR_INIT("\x1B[1;33m"),
    [INK_INFO] = STR_INIT("\x1B[1;36m"),
};

static void ink_on(struct flow *flow, enum ink ink)
{
    if (flow->color) {
        buf_add(flow->out, inks[ink]);
    }
}

static void ink_off(struct flow *flow, enum ink ink)
{
    if (flow->color && ink != INK_PLAIN) {
        buf_add(flow->out, STR("\x1B[0m"));
    }
}

static bool is_among(uint32_t code_point, const uint32_t *set)
{
    while (*set && *set != code_point) {
        set++;
    }
    return *set != 0;
}

/* Quotes that look the same on both sides are in both sets. */
static bool starts_no_line(uint32_t code_point)
{
    static const uint32_t set[] = {
        '\'',   '"',    ')',    ']',    '}',    '>',    ',',    '.',    ':',    ';',    '!',
        '?',    '%',    '/',    0x2019, 0x201D, 0x2026, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B,
        0x300D, 0x300F, 0x3011, 0x3015, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083,
        0x3085, 0x3087, 0x308E, 0x309D, 0x309E, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3,
        0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01,
        0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0,
    };
    return is_among(code_point, set);
}

static bool ends_no_line(uint32_t code_point)
{
    static const uint32_t set[] = {
        '\'',   '"',    '(',    '[',    '{',    '<',    '$',    '/',    0x2018, 0x201C,
        0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0xFF3B, 0xFF5B, 0,
    };
    return is_among(code_point, set);
}

static bool may_break(const struct glyph *before, const struct glyph *after)
{
    if (after->code_point == ' ') {
        return true;
    }
    bool wide = before->width > 1 || after->width > 1;
    bool shown =
        before->code_point != 0 && after->code_point != 0; /* escapes stay with their word */
    return wide && shown && after->width > 0 && !ends_no_line(before->code_point) &&
           !starts_no_line(after->code_point);
}

/* What no line break may part. */
struct unit {
    struct str text;
    unsigned columns;
    struct glyph first, last;
};

/* The unit at the start of text, which is neither empty nor starts with a space. */
static struct unit cut_unit(struct str text)
{
    struct unit unit = {0};
    /* Plain characters are parted by blanks alone. */
    size_t plain = visible_plain_len(str_slice(text, 0, str_find_char(text, ' ')));
    size_t at = visible_next(text, &unit.first);
    unit.last = unit.first;
    unit.columns = unit.first.width;
    if (plain > 1) {
        visible_next(str_from(text, plain - 1), &unit.last);
        unit.columns = (unsigned)plain;
        at = plain;
    }
    while (at < text.len) {
        struct glyph next;
        size_t len = visible_next(str_from(text, at), &next);
        if (may_break(&unit.last, &next)) {
            break;
        }
        unit.columns += next.width;
        unit.last = next;
        at += len;
    }
    unit.text = str_slice(text, 0, at);
    return unit;
}

/* The indent is written with the next word, so that no line ends in blanks. */
static void break_line(struct flow *flow)
{
    buf_add_char(flow->out, '\n');
    flow->column = 0;
    flow->spaces = flow->hang;
}

static void add_unit(struct flow *flow, const struct unit *unit)
{
    bool fits = flow->width == 0 || flow->column + flow->spaces + unit->columns <= flow->width;
    bool breakable = flow->spaces > 0 || may_break(&flow->last, &unit->first);
    if (!fits && breakable && flow->column > flow->hang) {
        break_line(flow);
    }
    buf_add_repeat(flow->out, ' ', flow->spaces);
    visible_add(flow->out, unit->text);
    flow->column += flow->spaces + unit->columns;
    flow->spaces = 0;
    flow->last = unit->last;
}

void flow_words(struct flow *flow, enum ink ink, struct str text)
{
    ink_on(flow, ink);
    for (size_t at = 0; at < text.len;) {
        if (text.ptr[at] == ' ') {
            flow->spaces++;
            at++;
            continue;
        }
        struct unit unit = cut_unit(str_from(text, at));
        add_unit(flow, &unit);
        at += unit.text.len;
    }
    ink_off(flow, ink);
}

void flow_raw(struct flow *flow, enum ink ink, struct str text)
{
    buf_add_repeat(flow->out, ' ', flow->spaces);
    flow->spaces = 0;
    ink_on(flow, ink);
    for (size_t at = 0; at < text.len;) {
        at += visible_next(str_from(text, at), &flow->last);
        buf_add(flow->out, (struct str){flow->last.text, flow->last.len});
        flow->column += flow->last.width;
    }
    ink_off(flow, ink);
}

static struct str trim_end(struct str line)
{
    while (line.len && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\r')) {
        line.len--;
    }
    return line;
}

void flow_lines(struct flow *flow, enum ink ink, struct str text)
{
    text = str_trim(text);
    bool more = true;
    while (more) {
        struct str line;
        more = str_cut(text, '\n', &line, &text);
        flow_words(flow, ink, trim_end(line));
        if (more) {
            break_line(flow);
        }
    }
    flow->spaces = 0;
}

void flow_end(struct flow *flow)
{
    buf_add_char(flow->out, '\n');
    flow->column = flow->spaces = 0;
}
