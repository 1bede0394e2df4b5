/* SPDX-License-Identifier: MIT */
/*
 * From a scalar's text back to the bytes that spell it. The raw bytes are read again beside the
 * decoded text, which leads: every run is compared with it, so a map is either right or, where the
 * two do not fit each other (a text that was never written that way, as after a normalisation), one
 * run for the whole.
 *
 * Follows RFC 8259 §7 for JSON, YAML 1.2 §5.7 (escapes), §6.5 (folding), §8.1 (block scalars) and
 * libyaml in what it calls a line break.
 */
#include "tree/inner.h"

#include "base/utf8.h"
#include "tree/yaml_scalar.h"

struct mapper {
    struct arena *arena;
    struct str raw;  /* the source's bytes */
    struct str text; /* the decoded text */
    uint32_t at;     /* in raw: what is read next */
    uint32_t end;    /* in raw: the end of the scalar's content */
    uint32_t done;   /* in text: what the runs so far spell */
    struct span_run *runs;
    size_t count, capacity;
    bool verbatim; /* the last run is a copy and may grow */
    bool json;
};

static void add_run(struct mapper *m, uint32_t child_len, uint32_t parent, uint32_t parent_len)
{
    m->runs = arena_grow(m->arena, m->runs, m->count, &m->capacity, sizeof *m->runs);
    m->runs[m->count++] = (struct span_run){m->done, child_len, parent, parent_len};
    m->done += child_len;
    m->verbatim = false;
}

/* The next bytes stand in the raw text as they are. False where they do not. */
static bool add_verbatim(struct mapper *m, uint32_t parent, uint32_t len)
{
    if (!str_eq(str_slice(m->text, m->done, m->done + len),
                str_slice(m->raw, parent, parent + len))) {
        return false;
    }
    struct span_run *last = m->verbatim ? &m->runs[m->count - 1] : NULL;
    if (last && last->parent + last->parent_len == parent) {
        last->child_len += len;
        last->parent_len += len;
        m->done += len;
    } else if (len) {
        add_run(m, len, parent, len);
        m->verbatim = true;
    }
    return true;
}

/*
 * The next bytes are spelt by [parent, parent + parent_len), but only as a whole. Equal lengths
 * would claim that they correspond byte by byte (as for `\_`, two bytes for two): then all of the
 * parent goes to the first byte.
 */
static bool add_spelt(struct mapper *m, uint32_t child_len, uint32_t parent, uint32_t parent_len)
{
    if (child_len > m->text.len - m->done) {
        return false;
    }
    if (child_len == parent_len && child_len > 1) {
        add_run(m, 1, parent, parent_len);
        add_run(m, child_len - 1, parent + parent_len, 0);
    } else if (child_len) {
        add_run(m, child_len, parent, parent_len);
    }
    return true;
}

/*
 * Line breaks are normalised to LF but for LS and PS (YAML 1.1 §5.4): their bytes in the decoded
 * text.
 */
static uint32_t decoded_break(struct str raw_break)
{
    return yaml_break(raw_break) == 3 ? 3 : 1;
}

/*
 * At white space that holds a line break: a fold (YAML 1.2 §6.5). The first break becomes a space,
 * or nothing where others follow or where it is escaped.
 */
static bool map_fold(struct mapper *m, bool escaped)
{
    uint32_t start = m->at;
    uint32_t breaks = 0;
    uint32_t first = 0;
    uint32_t others = 0;
    while (m->at < m->end) {
        struct str rest = str_slice(m->raw, m->at, m->end);
        uint32_t len = (uint32_t)yaml_break(rest);
        if (len == 0 && !yaml_is_blank(rest.ptr[0])) {
            break;
        }
        if (len && breaks++ == 0) {
            first = decoded_break(rest);
        } else if (len) {
            others += decoded_break(rest);
        }
        m->at += len ? len : 1;
    }
    bool folds = first == 1 && others > 0;
    return add_spelt(m, (escaped || folds ? 0 : first) + others, start, m->at - start);
}

/*
 * White space inside a scalar: a fold where a line break is in it, else text. Taken whole, or
 * blanks would be counted again from each of them.
 */
static bool map_space(struct mapper *m)
{
    uint32_t at = m->at;
    while (at < m->end && yaml_is_blank(m->raw.ptr[at])) {
        at++;
    }
    if (yaml_break(str_slice(m->raw, at, m->end)) > 0) {
        return map_fold(m, false);
    }
    uint32_t start = m->at;
    m->at = at;
    return add_verbatim(m, start, at - start);
}

static bool parse_hex(struct str digits, uint32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = char_lower(digits.ptr[i]);
        if (!char_is_digit(c) && !(c >= 'a' && c <= 'f')) {
            return false;
        }
        *value = *value * 16 + (uint32_t)(char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/*
 * The code point of an escape that is one character behind its backslash; false for what is none.
 */
static bool parse_short_escape(char c, bool json, uint32_t *code_point)
{
    static const struct {
        char name;
        bool json;
        uint32_t meaning;
    } escapes[] = {
        {'"', true, '"'},     {'\\', true, '\\'},   {'/', true, '/'},    {'b', true, '\b'},
        {'f', true, '\f'},    {'n', true, '\n'},    {'r', true, '\r'},   {'t', true, '\t'},
        {'0', false, 0},      {'a', false, 0x07},   {'\t', false, '\t'}, {'v', false, 0x0B},
        {'e', false, 0x1B},   {' ', false, ' '},    {'N', false, 0x85},  {'_', false, 0xA0},
        {'L', false, 0x2028}, {'P', false, 0x2029}, {'\'', false, '\''},
    };
    for (size_t i = 0; i < COUNT_OF(escapes); i++) {
        if (escapes[i].name == c && (escapes[i].json || !json)) {
            *code_point = escapes[i].meaning;
            return true;
        }
    }
    return false;
}

/* \uD83D\uDE00: the second half of a surrogate pair (RFC 8259 §7), 6 bytes behind the first. */
static uint32_t join_surrogates(const struct mapper *m, uint32_t high, uint32_t *len)
{
    struct str second = str_slice(m->raw, m->at + *len, m->end);
    uint32_t low = 0;
    bool paired = m->json && high >= 0xD800 && high <= 0xDBFF && second.len >= 6 &&
                  str_starts(second, STR("\\u")) && parse_hex(str_slice(second, 2, 6), &low) &&
                  low >= 0xDC00 && low <= 0xDFFF;
    if (!paired) {
        return high;
    }
    *len += 6;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* At a backslash: the escape's length and meaning. */
static bool parse_escape(const struct mapper *m, uint32_t *len, uint32_t *code_point)
{
    struct str escape = str_slice(m->raw, m->at, m->end);
    char kind = escape.len > 1 ? escape.ptr[1] : '\0';
    uint32_t digits = kind == 'u'               ? 4
                      : kind == 'x' && !m->json ? 2
                      : kind == 'U' && !m->json ? 8
                                                : 0;
    *len = 2 + digits;
    if (escape.len < *len) {
        return false;
    }
    if (digits == 0) {
        return parse_short_escape(kind, m->json, code_point);
    }
    if (!parse_hex(str_slice(escape, 2, *len), code_point)) {
        return false;
    }
    *code_point = join_surrogates(m, *code_point, len);
    return *code_point <= 0x10FFFF;
}

static bool map_escape(struct mapper *m)
{
    struct str next = str_slice(m->raw, m->at + 1, m->end);
    if (!m->json && yaml_break(next) > 0) {
        m->at++;
        return map_fold(m, true);
    }
    uint32_t len = 0;
    uint32_t code_point = 0;
    char utf8[4];
    if (!parse_escape(m, &len, &code_point)) {
        return false;
    }
    struct str meaning = {utf8, utf8_write(code_point, utf8)};
    if (!str_starts(str_from(m->text, m->done), meaning)) {
        return false;
    }
    m->at += len;
    return add_spelt(m, (uint32_t)meaning.len, m->at - len, len);
}

/* Quoted and plain scalars, from `at` to `end`, the quotes excluded. */
static bool map_flow(struct mapper *m, enum node_style style)
{
    while (m->at < m->end) {
        char c = m->raw.ptr[m->at];
        bool space = yaml_is_blank(c) || yaml_break(str_slice(m->raw, m->at, m->end)) > 0;
        bool mapped;
        if (style == STYLE_DOUBLE && c == '\\') {
            mapped = map_escape(m);
        } else if (!m->json && space) {
            mapped = map_space(m);
        } else if (style == STYLE_SINGLE && c == '\'') {
            mapped = add_spelt(m, 1, m->at, 2);
            m->at += 2;
        } else {
            mapped = add_verbatim(m, m->at, 1);
            m->at++;
        }
        if (!mapped) {
            return false;
        }
    }
    return true;
}

/* The line at `at`, without its break. */
static struct str raw_line(const struct mapper *m)
{
    uint32_t end = m->at;
    while (end < m->raw.len && yaml_break(str_from(m->raw, end)) == 0) {
        end++;
    }
    return str_slice(m->raw, m->at, end);
}

static uint32_t leading_spaces(struct str line)
{
    uint32_t count = 0;
    while (count < line.len && line.ptr[count] == ' ') {
        count++;
    }
    return count;
}

/* Behind a block scalar's header line. */
static void skip_header(struct mapper *m)
{
    m->at += (uint32_t)raw_line(m).len;
    m->at += (uint32_t)yaml_break(str_from(m->raw, m->at));
}

/*
 * Each line of the text is a line of the source without its indent, whatever that is: the rest of
 * the source's line is the indent. Serves the line breaks behind the last content line, too.
 */
static bool map_literal(struct mapper *m)
{
    while (m->done < m->text.len) {
        struct str line = raw_line(m);
        uint32_t line_end = m->at + (uint32_t)line.len;
        uint32_t raw_break = (uint32_t)yaml_break(str_from(m->raw, line_end));
        uint32_t len = 0;
        while (m->done + len < m->text.len && yaml_break(str_from(m->text, m->done + len)) == 0) {
            len++;
        }
        bool last = m->done + len == m->text.len;
        if (len > line.len || (raw_break == 0 && !last) || !add_verbatim(m, line_end - len, len)) {
            return false;
        }
        if (!last && !add_verbatim(m, line_end, (uint32_t)yaml_break(str_from(m->text, m->done))) &&
            !add_spelt(m, 1, line_end, raw_break)) {
            return false;
        }
        m->at = line_end + raw_break;
    }
    return true;
}

/*
 * The indent of a folded scalar: of its first line with content, less the spaces that are content.
 */
static bool find_indent(const struct mapper *m, uint32_t *indent)
{
    struct mapper probe = *m;
    struct str line = raw_line(&probe);
    while (probe.at < m->end && leading_spaces(line) == line.len) {
        skip_header(&probe);
        line = raw_line(&probe);
    }
    uint32_t start = 0;
    uint32_t at = 0;
    while (at < m->text.len && (m->text.ptr[at] == ' ' || yaml_break(str_from(m->text, at)))) {
        uint32_t len = (uint32_t)yaml_break(str_from(m->text, at));
        at += len ? len : 1;
        start = len ? at : start;
    }
    *indent = leading_spaces(line) - (at - start);
    return leading_spaces(line) >= at - start;
}

/* What stands between two content lines of a folded scalar, as libyaml reads it. */
struct fold_gap {
    uint32_t start; /* in the source */
    uint32_t
        first; /* decoded bytes of the break that ends the line before, 0 at the scalar's start */
    uint32_t others; /* of those of the empty lines that follow */
    bool
        more_indented; /* the line before starts with a blank: its break is kept (YAML 1.2 §8.1.3) */
};

/* A content line: the gap before it, then its text. */
static bool map_folded_line(struct mapper *m, struct fold_gap *gap, struct str line,
                            uint32_t indent)
{
    bool more_indented = yaml_is_blank(line.ptr[indent]);
    uint32_t kept = gap->first;
    if (gap->first == 1 && !gap->more_indented && !more_indented) {
        kept = gap->others ? 0 : 1;
    }
    uint32_t start = m->at + indent;
    uint32_t len = (uint32_t)line.len - indent;
    gap->more_indented = more_indented;
    return add_spelt(m, kept + gap->others, gap->start, start - gap->start) &&
           add_verbatim(m, start, len);
}

static bool map_folded(struct mapper *m)
{
    uint32_t indent = 0;
    struct fold_gap gap = {.start = m->at};
    if (!find_indent(m, &indent)) {
        return false;
    }
    while (m->at < m->end) {
        struct str line = raw_line(m);
        struct str line_break = str_from(m->raw, m->at + line.len);
        uint32_t break_len = yaml_break(line_break) ? decoded_break(line_break) : 0;
        if (leading_spaces(line) == line.len && line.len <= indent) {
            gap.others += break_len;
        } else {
            if (leading_spaces(line) < indent || !map_folded_line(m, &gap, line, indent)) {
                return false;
            }
            gap.start = m->at + (uint32_t)line.len;
            gap.first = break_len;
            gap.others = 0;
        }
        m->at += (uint32_t)line.len + (uint32_t)yaml_break(line_break);
    }
    m->at = gap.start;
    return map_literal(m); /* the line breaks that are kept at the end */
}

static bool map_by_style(struct mapper *m, const struct node *scalar)
{
    m->at = scalar->lo;
    m->end = scalar->hi;
    switch ((enum node_style)scalar->style) {
    case STYLE_SINGLE:
    case STYLE_DOUBLE:
        m->at++;
        m->end = scalar->hi > m->at ? scalar->hi - 1 : m->at;
        return map_flow(m, (enum node_style)scalar->style);
    case STYLE_LITERAL:
        skip_header(m);
        return map_literal(m);
    case STYLE_FOLDED:
        skip_header(m);
        return map_folded(m);
    case STYLE_PLAIN:
        return map_flow(m, STYLE_PLAIN);
    case STYLE_FLOW:
    case STYLE_BLOCK:
        break;
    }
    return false;
}

/* The whole text, for the whole of the scalar's span. */
static void map_whole(struct mapper *m, const struct node *scalar)
{
    m->count = 0;
    m->done = 0;
    m->verbatim = false;
    add_spelt(m, (uint32_t)m->text.len, scalar->lo, scalar->hi - scalar->lo);
}

/* Text that stands in the source as it is: at `at`. */
static bool find_verbatim(const struct mapper *m, const struct node *scalar, uint32_t *at)
{
    if (scalar->kind == NODE_KEY) {
        /* A key's style is not kept: with a quote before it, or without. */
        *at = scalar->lo;
        bool plain = m->text.len == scalar->hi - scalar->lo;
        bool quoted = m->text.len + 2 == scalar->hi - scalar->lo;
        *at += quoted ? 1 : 0;
        return (plain || quoted) && str_eq(str_slice(m->raw, *at, *at + m->text.len), m->text);
    }
    *at = scalar->text;
    return !(scalar->flags & (NODE_IN_POOL | NODE_ALIAS));
}

struct span_map scalar_map(struct arena *arena, const struct tree *tree, const struct node *scalar)
{
    struct mapper m = {
        .arena = arena,
        .raw = sources_get(tree->sources, scalar->source)->bytes,
        .text = tree_text(tree, scalar),
        .json = scalar->flags & NODE_JSON,
    };
    uint32_t at = 0;
    if (m.text.len == 0) {
        /*
         * One empty run: a map without runs would stand for a file. Inside the quotes, where there
         * are some.
         */
        bool quoted = scalar->hi - scalar->lo >= 2 &&
                      (scalar->style == STYLE_SINGLE || scalar->style == STYLE_DOUBLE);
        add_run(&m, 0, scalar->lo + (quoted ? 1 : 0), 0);
    } else if (find_verbatim(&m, scalar, &at)) {
        add_run(&m, (uint32_t)m.text.len, at, (uint32_t)m.text.len);
    } else {
        bool written = scalar->kind != NODE_KEY && !(scalar->flags & (NODE_ALIAS | NODE_ADDED));
        if (!written || !map_by_style(&m, scalar) || m.done != m.text.len) {
            map_whole(&m, scalar);
        }
    }
    return (struct span_map){m.runs, (uint32_t)m.count};
}

/* Is a line break of the file in the bytes [from, to) of the text? */
static bool breaks_line(const struct span_map *map, struct str raw, uint32_t from, uint32_t to)
{
    struct span span = span_map_to_parent(map, (struct span){from, to});
    struct str bytes = str_slice(raw, span.lo, span.hi);
    return from < to &&
           (str_find_char(bytes, '\n') < bytes.len || str_find_char(bytes, '\r') < bytes.len);
}

struct span scalar_subspan(struct arena *arena, const struct tree *tree, const struct node *scalar,
                           uint32_t from, uint32_t to)
{
    struct span_map map = scalar_map(arena, tree, scalar);
    struct str text = tree_text(tree, scalar);
    struct str raw = sources_get(tree->sources, scalar->source)->bytes;
    uint32_t start = from;
    uint32_t end = to;
    while (start < end && yaml_is_blank(text.ptr[start])) {
        start++;
    }
    while (end > start && yaml_is_blank(text.ptr[end - 1])) {
        end--;
    }
    if (start < end) { /* else there is nothing but white space to show */
        from = breaks_line(&map, raw, from, start) ? start : from;
        to = breaks_line(&map, raw, end, to) ? end : to;
    }
    return span_map_to_parent(&map, (struct span){from, to});
}

struct source *scalar_source(const struct tree *tree, const struct node *scalar)
{
    struct sources *sources = tree->sources;
    struct span_map map = scalar_map(sources->arena, tree, scalar);
    struct str bytes = arena_str(sources->arena, tree_text(tree, scalar));
    return sources_add_inner(sources, sources_get(sources, scalar->source), bytes, map);
}
