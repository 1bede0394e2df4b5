/* SPDX-License-Identifier: MIT */
/*
 * A container is written on the line where that stays short, and else broken up. Invariant: marks
 * stand in the order in which their text begins. A tree may share children, so what is written is
 * bounded, and not by the size of the tree.
 */
#include "tree/write_sample.h"

#include "text/secret_tail.h"
#include "tree/write_json.h"

enum {
    SAMPLE_MAX_BYTES = 1 << 16,
    LINE_COLUMNS = 88,
    TEXT_COLUMNS = 100, /* of a string, before it is cut */
    ELEMENTS_MAX = 20,  /* of a list or mapping, before it is cut */
    DEPTH_MAX = 64,
    AROUND = 3, /* lines kept before and behind a place */
    INSIDE = 12 /* and of a place of many lines */
};

struct writer {
    struct sample *sample;
    const struct tree *tree;
    struct buf out;
    bool json;
};

static void mark(struct writer *w, const struct node *node, size_t from)
{
    struct sample *s = w->sample;
    s->marks = arena_grow(s->arena, s->marks, s->count, &s->capacity, sizeof *s->marks);
    s->marks[s->count++] =
        (struct sample_mark){node_location(node), {(uint32_t)from, (uint32_t)w->out.len}};
}

/* ---- scalars ---- */

static struct str cut(struct str text, bool *is_cut)
{
    size_t end = text.len < TEXT_COLUMNS ? text.len : TEXT_COLUMNS;
    while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xC0u) == 0x80u) {
        end--;
    }
    *is_cut = end < text.len;
    return str_slice(text, 0, end);
}

static void write_quoted(struct writer *w, struct str text)
{
    bool is_cut;
    json_write_string(&w->out, cut(text, &is_cut));
    if (is_cut && !w->out.truncated) {
        w->out.len--; /* the closing quote */
        buf_add_c(&w->out, "…\"");
    }
}

/* A string that YAML reads as itself without quotes, in a flow collection, too. */
static bool is_plain(struct str text)
{
    static const struct str words[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null"),
                                       STR_INIT("yes"),  STR_INIT("no"),    STR_INIT("on"),
                                       STR_INIT("off"),  STR_INIT("y"),     STR_INIT("n")};
    if (text.len == 0 || text.len > TEXT_COLUMNS || !char_is_alpha(text.ptr[0])) {
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq_nocase(text, words[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool good = char_is_alpha(c) || char_is_digit(c) || c == '-' || c == '_' || c == '.' ||
                    c == '/' || c == '@' || c == '+';
        bool colon = c == ':' && i + 1 < text.len && text.ptr[i + 1] != ' ';
        if (!good && !colon) {
            return false;
        }
    }
    return true;
}

static void write_text(struct writer *w, struct str text)
{
    if (!w->json && is_plain(text)) {
        buf_add(&w->out, text);
    } else {
        write_quoted(w, text);
    }
}

static bool is_hidden(const struct writer *w, const struct node *node)
{
    return sources_is_hidden(w->tree->sources, node_location(node));
}

static void write_hidden(struct writer *w, const struct node *node)
{
    buf_add_char(&w->out, '"');
    secret_write(&w->out, tree_text(w->tree, node));
    buf_add_char(&w->out, '"');
}

static void write_scalar(struct writer *w, const struct node *node)
{
    struct str tag = w->json ? (struct str){0} : tree_tag(w->tree, node);
    if (str_starts(tag, STR("!"))) {
        buf_printf(&w->out, "%.*s", STR_ARG(tag));
        if (tree_text(w->tree, node).len == 0) {
            return;
        }
        buf_add_char(&w->out, ' ');
    }
    if (is_hidden(w, node)) {
        write_hidden(w, node);
    } else if (node->kind == NODE_STRING) {
        write_text(w, tree_text(w->tree, node));
    } else if (node->kind == NODE_NUMBER && !w->json) {
        buf_add(&w->out, tree_text(w->tree, node)); /* as it was written: 1.20, 0777 */
    } else {
        json_write(&w->out, w->tree, node, 0);
    }
}

static void write_key(struct writer *w, const struct node *key)
{
    size_t from = w->out.len;
    if (is_hidden(w, key)) {
        write_hidden(w, key);
    } else {
        write_text(w, tree_text(w->tree, key));
    }
    mark(w, key, from);
    buf_add_c(&w->out, ":");
}

/* ---- containers ---- */

/* How many entries are written; the others are cut. */
static uint32_t shown(const struct node *node)
{
    uint32_t size = node_size(node);
    return size > ELEMENTS_MAX ? ELEMENTS_MAX : size;
}

static const struct node *child_at(const struct writer *w, const struct node *node, uint32_t i)
{
    return node->kind == NODE_OBJECT ? tree_value(w->tree, node, i)
                                     : tree_element(w->tree, node, i);
}

/* A container's tag stands before it, whichever way it is written. */
static void write_tag(struct writer *w, const struct node *node)
{
    struct str tag = w->json ? (struct str){0} : tree_tag(w->tree, node);
    if (str_starts(tag, STR("!"))) {
        buf_printf(&w->out, "%.*s ", STR_ARG(tag));
    }
}

/* On the line; false as soon as that becomes longer than `end`. */
static bool write_inline(struct writer *w, const struct node *node, size_t end, unsigned depth)
{
    size_t from = w->out.len;
    bool object = node->kind == NODE_OBJECT;
    if (!node_is_container(node)) {
        write_scalar(w, node);
        mark(w, node, from);
        return w->out.len <= end;
    }
    write_tag(w, node);
    buf_add_char(&w->out, object ? '{' : '[');
    for (uint32_t i = 0; i < node_size(node); i++) {
        if (depth == DEPTH_MAX || w->out.len > end) {
            return false;
        }
        buf_add_c(&w->out, i ? ", " : "");
        if (object) {
            write_key(w, tree_key(w->tree, node, i));
            buf_add_char(&w->out, ' ');
        }
        if (!write_inline(w, child_at(w, node, i), end, depth + 1)) {
            return false;
        }
    }
    buf_add_char(&w->out, object ? '}' : ']');
    mark(w, node, from);
    return w->out.len <= end;
}

static bool try_inline(struct writer *w, const struct node *node, size_t columns)
{
    size_t from = w->out.len;
    size_t marks = w->sample->count;
    if (columns < LINE_COLUMNS && write_inline(w, node, from + LINE_COLUMNS - columns, 0)) {
        return true;
    }
    w->out.len = from;
    w->sample->count = marks;
    return false;
}

static size_t column(const struct writer *w)
{
    return w->out.len - str_after_last(buf_str(&w->out), '\n');
}

static void new_line(struct writer *w, unsigned indent)
{
    buf_add_char(&w->out, '\n');
    buf_add_repeat(&w->out, ' ', indent);
}

static void write_value(struct writer *w, const struct node *node, unsigned indent, unsigned depth);

static void write_json_block(struct writer *w, const struct node *node, unsigned indent,
                             unsigned depth)
{
    bool object = node->kind == NODE_OBJECT;
    buf_add_char(&w->out, object ? '{' : '[');
    for (uint32_t i = 0; i < shown(node); i++) {
        buf_add_c(&w->out, i ? "," : "");
        new_line(w, indent + 2);
        if (object) {
            write_key(w, tree_key(w->tree, node, i));
            buf_add_char(&w->out, ' ');
        }
        write_value(w, child_at(w, node, i), indent + 2, depth + 1);
    }
    if (shown(node) < node_size(node)) {
        buf_add_char(&w->out, ',');
        new_line(w, indent + 2);
        buf_add_c(&w->out, "…");
    }
    new_line(w, indent);
    buf_add_char(&w->out, object ? '}' : ']');
}

static void write_yaml_member(struct writer *w, const struct node *node, uint32_t i,
                              unsigned indent, unsigned depth)
{
    const struct node *value = tree_value(w->tree, node, i);
    write_key(w, tree_key(w->tree, node, i));
    size_t columns = column(w) + 1;
    buf_add_char(&w->out, ' ');
    if (!node_is_container(value) || node_size(value) == 0 || !try_inline(w, value, columns)) {
        if (node_is_container(value) && node_size(value)) {
            w->out.len -= !w->out.truncated; /* no blank at the end of a line */
            new_line(w, indent + 2);
        }
        write_value(w, value, indent + 2, depth + 1);
    }
}

static void write_yaml_block(struct writer *w, const struct node *node, unsigned indent,
                             unsigned depth)
{
    for (uint32_t i = 0; i < shown(node); i++) {
        if (i) {
            new_line(w, indent);
        }
        if (node->kind == NODE_OBJECT) {
            write_yaml_member(w, node, i, indent, depth);
        } else {
            buf_add_c(&w->out, "- ");
            write_value(w, tree_element(w->tree, node, i), indent + 2, depth + 1);
        }
    }
    if (shown(node) < node_size(node)) {
        new_line(w, indent);
        buf_add_c(&w->out, "…");
    }
}

/* Where the line is long, in lines of its own. Recursion is bounded by DEPTH_MAX. */
static void write_value(struct writer *w, const struct node *node, unsigned indent, unsigned depth)
{
    bool top = depth == 0 && node_is_container(node) && node_size(node) > 0;
    if (!top && try_inline(w, node, column(w))) {
        return;
    }
    size_t from = w->out.len;
    if (depth == DEPTH_MAX || w->out.truncated) {
        buf_add_c(&w->out, "…");
    } else if (!node_is_container(node) || node_size(node) == 0) {
        if (node_is_container(node)) {
            buf_add_c(&w->out, node->kind == NODE_OBJECT ? "{}" : "[]");
        } else {
            write_scalar(w, node);
        }
    } else if (w->json) {
        write_json_block(w, node, indent, depth);
    } else {
        write_yaml_block(w, node, indent, depth);
    }
    mark(w, node, from);
}

void sample_write(struct sample *sample, const struct tree *tree, const struct node *node,
                  bool json)
{
    struct writer w = {sample, tree, buf_with_max(SAMPLE_MAX_BYTES), json};
    write_value(&w, node, 0, 0);
    buf_add_c(&w.out, "\n");
    sample->text = arena_str(sample->arena, buf_str(&w.out));
    buf_release(&w.out);
}

bool sample_has_tags(const struct tree *tree, const struct node *node)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct node *other = &tree->nodes[i];
        if (other->source == node->source && other->lo >= node->lo && other->hi <= node->hi &&
            str_starts(tree_tag(tree, other), STR("!"))) {
            return true;
        }
    }
    return false;
}

bool sample_find(const struct sample *sample, struct location at, struct span *written)
{
    uint32_t smallest = UINT32_MAX;
    for (size_t i = 0; i < sample->count; i++) {
        const struct sample_mark *m = &sample->marks[i];
        bool covers =
            m->at.source == at.source && m->at.span.lo <= at.span.lo && at.span.hi <= m->at.span.hi;
        if (covers && m->at.span.hi - m->at.span.lo < smallest) {
            smallest = m->at.span.hi - m->at.span.lo;
            *written = m->written;
        }
    }
    return smallest < UINT32_MAX;
}

/* ---- folding ---- */

struct line {
    struct str text; /* without its end */
    size_t start;
    size_t indent;
    bool keep;
};

size_t sample_lines(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.ptr[i] == '\n' || i + 1 == text.len;
    }
    return count;
}

static void split(struct str text, struct line *lines)
{
    struct str rest = text;
    struct str line;
    for (size_t i = 0; rest.len; i++) {
        size_t start = text.len - rest.len;
        (void)str_cut(rest, '\n', &line, &rest);
        size_t indent = 0;
        while (indent < line.len && line.ptr[indent] == ' ') {
            indent++;
        }
        lines[i] = (struct line){line, start, indent, false};
    }
}

static size_t line_of(const struct line *lines, size_t count, size_t offset)
{
    size_t at = 0;
    while (at + 1 < count && lines[at + 1].start <= offset) {
        at++;
    }
    return at;
}

/* The lines around one, those that it stands under, and those that end these. */
static void keep_around(struct line *lines, size_t count, size_t at, size_t span_end)
{
    bool many = span_end > lines[at].start + lines[at].text.len;
    size_t first = at > AROUND ? at - AROUND : 0;
    size_t last = at + (many ? INSIDE : AROUND);
    last = last < count ? last : count - 1;
    for (size_t i = first; i <= last; i++) {
        lines[i].keep = true;
    }
    size_t indent = lines[at].indent;
    for (size_t i = at; i-- > 0 && indent > 0;) {
        if (lines[i].text.len && lines[i].indent < indent) {
            lines[i].keep = true;
            indent = lines[i].indent;
        }
    }
    indent = lines[at].indent;
    for (size_t i = at + 1; i < count && indent > 0; i++) {
        if (lines[i].text.len && lines[i].indent < indent) {
            lines[i].keep = true;
            indent = lines[i].indent;
        }
    }
}

/* Move the spans that begin in a line of the old text to where it is now. */
static void move_spans(struct span *spans, bool *moved, size_t count, const struct line *line,
                       size_t start)
{
    for (size_t i = 0; i < count; i++) {
        if (!moved[i] && spans[i].lo >= line->start &&
            spans[i].lo <= line->start + line->text.len) {
            uint32_t len = spans[i].hi - spans[i].lo;
            uint32_t end = (uint32_t)(line->start + line->text.len);
            len = spans[i].lo + len > end ? end - spans[i].lo : len; /* to the end of the line */
            spans[i].lo = (uint32_t)(spans[i].lo - line->start + start);
            spans[i].hi = spans[i].lo + len;
            moved[i] = true;
        }
    }
}

struct str sample_fold(struct arena *arena, struct str text, struct span *spans, size_t count,
                       size_t max_lines)
{
    size_t line_count = sample_lines(text);
    if (line_count <= max_lines) {
        return text;
    }
    struct line *lines = arena_array(arena, struct line, line_count);
    bool *moved = arena_array(arena, bool, count);
    split(text, lines);
    for (size_t i = 0; i < count; i++) {
        keep_around(lines, line_count, line_of(lines, line_count, spans[i].lo), spans[i].hi);
    }
    for (size_t i = 0; count == 0 && i + 1 < max_lines; i++) {
        lines[i].keep = true;
    }
    struct buf out = buf_with_max(SAMPLE_MAX_BYTES);
    for (size_t i = 0; i < line_count; i++) {
        if (lines[i].keep) {
            move_spans(spans, moved, count, &lines[i], out.len);
            buf_add(&out, lines[i].text);
            buf_add_char(&out, '\n');
        } else if (i == 0 || lines[i - 1].keep) {
            buf_add_repeat(&out, ' ', lines[i].indent);
            buf_add_c(&out, "…\n");
        }
    }
    struct str folded = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return folded;
}
