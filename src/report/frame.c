/* SPDX-License-Identifier: MIT */
/*
 * Frames. The work is linear in the width of the terminal and not in the length of the line, which
 * may be a whole minified file: a tab's width does not depend on its column, so the part around the
 * span is found from the span outwards.
 */
#include "report/frame.h"

#include "base/utf8.h"
#include "report/visible.h"

enum { GUTTER_DIGITS = 5, ROOM_MIN = 20, TAB_COLUMNS = 4, BYTES_PER_COLUMN = 16 };

static const struct str ellipsis = STR_INIT("\xE2\x80\xA6");

/* The part [from, to) of a line that is shown. */
struct window {
    size_t from, to;
};

void framer_init(struct framer *framer, struct flow *flow)
{
    *framer = (struct framer){.flow = flow};
}

void framer_release(struct framer *framer)
{
    arena_release(&framer->memory);
}

static size_t next_glyph(struct str line, size_t at, struct glyph *glyph)
{
    size_t len = visible_next(str_from(line, at), glyph);
    if (line.ptr[at] == '\t') {
        *glyph = (struct glyph){.text = "    ", .len = TAB_COLUMNS, .width = TAB_COLUMNS};
    }
    return at + len;
}

static size_t previous_start(struct str line, size_t at)
{
    uint32_t code_point;
    for (size_t len = 2; len <= 4 && len <= at; len++) {
        if (utf8_decode(str_slice(line, at - len, at), &code_point) == len) {
            return at - len;
        }
    }
    return at - 1;
}

/*
 * How far one can go from `from` to at most `to` within a number of columns; the columns used are
 * in *used. The bytes are bounded, too: a line may consist of combining characters, which take no
 * column.
 */
static size_t go_forward(struct str line, size_t from, size_t to, unsigned columns, unsigned *used)
{
    size_t at = from;
    *used = 0;
    while (at < to) {
        struct glyph glyph;
        size_t next = next_glyph(line, at, &glyph);
        if (*used + glyph.width > columns || (next - from) / BYTES_PER_COLUMN > columns) {
            break;
        }
        *used += glyph.width;
        at = next;
    }
    return at;
}

static size_t go_back(struct str line, size_t from, unsigned columns)
{
    size_t at = from;
    unsigned used = 0;
    while (at > 0) {
        struct glyph glyph;
        size_t previous = previous_start(line, at);
        next_glyph(line, previous, &glyph);
        if (used + glyph.width > columns || (from - previous) / BYTES_PER_COLUMN > columns) {
            break;
        }
        used += glyph.width;
        at = previous;
    }
    return at;
}

/*
 * What is shown of a line in `room` columns: from its start if the span [lo, hi) can be seen so,
 * else as much of the span as leaves a quarter of the room for what stands before it.
 */
static struct window choose_window(struct str line, size_t lo, size_t hi, unsigned room)
{
    unsigned used;
    struct window window = {0};
    if (go_forward(line, 0, line.len, room, &used) == line.len) {
        return (struct window){0, line.len};
    }
    if (go_forward(line, 0, hi, room - 1, &used) < hi) {
        unsigned inside, after;
        go_forward(line, lo, hi, room, &inside);
        bool cut = go_forward(line, hi, line.len, room / 4, &after) < line.len;
        unsigned wanted = inside + after + (cut ? 1 : 0);
        unsigned before = wanted < room - room / 4 ? room - wanted : room / 4;
        window.from = go_back(line, lo, before - 1);
    }
    unsigned left = window.from ? room - 1 : room;
    window.to = go_forward(line, window.from, line.len, left, &used);
    if (window.to < line.len) {
        window.to = go_forward(line, window.from, line.len, left - 1, &used);
    }
    return window;
}

static int digits_of(uint32_t line)
{
    int digits = 1;
    for (; line >= 10; line /= 10) {
        digits++;
    }
    return digits > GUTTER_DIGITS ? digits : GUTTER_DIGITS;
}

static void write_line(struct framer *framer, struct str line, struct window window)
{
    struct buf *out = framer->flow->out;
    buf_printf(out, "%*u | ", digits_of(framer->line), (unsigned)framer->line);
    if (window.from > 0) {
        buf_add(out, ellipsis);
    }
    for (size_t at = window.from; at < window.to;) {
        struct glyph glyph;
        at = next_glyph(line, at, &glyph);
        buf_add(out, (struct str){glyph.text, glyph.len});
    }
    if (window.to < line.len) {
        buf_add(out, ellipsis);
    }
    buf_add_char(out, '\n');
}

static void write_marker(struct framer *framer, struct str line, struct window window, size_t lo,
                         size_t hi, enum ink ink)
{
    unsigned before, inside;
    go_forward(line, window.from, lo, UINT16_MAX, &before);
    go_forward(line, lo, hi < window.to ? hi : window.to, UINT16_MAX, &inside);
    if (hi > window.to) {
        inside++; /* the ellipsis */
    }
    struct flow *flow = framer->flow;
    struct buf mark = buf_with_max(UINT16_MAX);
    buf_add_char(&mark, '^');
    buf_add_repeat(&mark, '~', inside > 1 ? inside - 1 : 0);
    buf_printf(flow->out, "%*s | ", digits_of(framer->line), "");
    buf_add_repeat(flow->out, ' ', before + (window.from > 0 ? 1 : 0));
    flow_raw(flow, ink, buf_str(&mark));
    flow_end(flow);
    buf_release(&mark);
}

static void load_line(struct framer *framer, struct source *source, uint32_t line)
{
    if (framer->source == source && framer->line == line) {
        return;
    }
    arena_release(&framer->memory);
    struct str text = source_line(source, line);
    framer->source = source;
    framer->line = line;
    framer->line_start = text.len ? (uint32_t)(text.ptr - source->bytes.ptr) : 0;
    framer->excerpt = source_excerpt(source, line, &framer->memory);
}

static unsigned room_of(const struct framer *framer, uint32_t line)
{
    unsigned width = framer->flow->width ? framer->flow->width : FRAME_WIDTH;
    /* " | ", and one column is kept for a marker behind the last character. */
    unsigned taken = (unsigned)digits_of(line) + 4;
    return width > taken + ROOM_MIN ? width - taken : ROOM_MIN;
}

void frame_write(struct framer *framer, struct place place, enum ink ink)
{
    load_line(framer, place.source, source_position(place.source, place.span.lo).line);
    struct str line = framer->excerpt;
    if (line.len == 0) {
        return;
    }
    /* Both ends may stand in the line's end, which is not part of it. */
    size_t lo = place.span.lo - framer->line_start;
    size_t hi = place.span.hi - framer->line_start;
    hi = hi < line.len ? hi : line.len;
    lo = lo < hi ? lo : hi;
    struct window window = choose_window(line, lo, hi, room_of(framer, framer->line));
    write_line(framer, line, window);
    write_marker(framer, line, window, lo, hi, ink);
}
