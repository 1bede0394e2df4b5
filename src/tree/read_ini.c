/* SPDX-License-Identifier: MIT */
/*
 * Line by line. What is open is a section and, in it, perhaps a nested block; a line's indent
 * decides only whether it belongs to the key above it. Values are taken to the end of the line, as
 * the CLI takes them: quotes and '#' behind a value are part of it.
 */
#include "tree/read_ini.h"

#include "base/utf8.h"
#include "tree/report.h"

/* A file with more mistakes than this is none of ours, or one is behind all of them. */
enum { INI_MAX_REPORTS = 100 };

struct ini_line {
    uint32_t lo, hi; /* without indent, blanks at the end and the line break */
    bool indented;
};

struct ini_reader {
    struct builder *builder;
    struct tree *tree;
    struct source *source;
    struct findings *findings;
    uint32_t at;  /* the next line */
    uint32_t end; /* of the last line that was taken: where containers end */
    bool in_section, in_block;
    bool after_key; /* the line before was a key with a value */
    bool headless_reported;
    bool good;
    size_t reports;
};

static struct location location_of(const struct ini_reader *r, struct span span)
{
    return (struct location){r->source->id, span};
}

static struct str text_of(const struct ini_reader *r, struct span span)
{
    return str_slice(r->source->bytes, span.lo, span.hi);
}

static void refuse(struct ini_reader *r, struct span at, struct str problem)
{
    if (r->reports++ < INI_MAX_REPORTS) {
        report_unreadable(r->findings, STR("syntax/ini"), location_of(r, at), problem);
    }
    r->good = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The next line; false at the end. Lines end at LF, CR LF or a lone CR. */
static bool next_line(struct str bytes, uint32_t *at, struct ini_line *line)
{
    uint32_t lo = *at;
    uint32_t hi = lo;
    if (lo >= bytes.len) {
        return false;
    }
    while (hi < bytes.len && bytes.ptr[hi] != '\n' && bytes.ptr[hi] != '\r') {
        hi++;
    }
    *at = hi + 1;
    if (hi + 1 < bytes.len && bytes.ptr[hi] == '\r' && bytes.ptr[hi + 1] == '\n') {
        *at = hi + 2;
    }
    line->indented = lo < hi && is_blank(bytes.ptr[lo]);
    while (lo < hi && is_blank(bytes.ptr[lo])) {
        lo++;
    }
    while (hi > lo && is_blank(bytes.ptr[hi - 1])) {
        hi--;
    }
    line->lo = lo;
    line->hi = hi;
    return true;
}

/* The next line that is neither empty nor a comment. */
static bool next_content(struct str bytes, uint32_t *at, struct ini_line *line)
{
    while (next_line(bytes, at, line)) {
        if (line->lo < line->hi && bytes.ptr[line->lo] != '#' && bytes.ptr[line->lo] != ';') {
            return true;
        }
    }
    return false;
}

static struct span trimmed(struct str bytes, uint32_t lo, uint32_t hi)
{
    while (lo < hi && is_blank(bytes.ptr[lo])) {
        lo++;
    }
    while (hi > lo && is_blank(bytes.ptr[hi - 1])) {
        hi--;
    }
    return (struct span){lo, hi};
}

/* Where the value's '=' stands, or the line's end. */
static uint32_t find_equals(struct str bytes, const struct ini_line *line)
{
    struct str text = str_slice(bytes, line->lo, line->hi);
    return line->lo + (uint32_t)str_find_char(text, '=');
}

static void push_key(struct ini_reader *r, struct span span, bool lower)
{
    struct str name = text_of(r, span);
    bool has_upper = false;
    for (size_t i = 0; lower && i < name.len; i++) {
        has_upper = has_upper || char_lower(name.ptr[i]) != name.ptr[i];
    }
    if (has_upper) {
        struct str copy = arena_str(r->tree->arena, name);
        char *bytes = (char *)copy.ptr; /* our own copy */
        for (size_t i = 0; i < copy.len; i++) {
            bytes[i] = char_lower(bytes[i]);
        }
        name = copy;
    }
    builder_key(r->builder, atoms_intern(r->tree->atoms, name), r->source->id, span);
}

static void push_value(struct ini_reader *r, struct span span)
{
    struct node node = {
        .lo = span.lo,
        .hi = span.hi,
        .source = r->source->id,
        .kind = NODE_STRING,
        .style = STYLE_PLAIN,
        .text = span.lo,
        .len = span.hi - span.lo,
    };
    builder_push(r->builder, &node);
}

static void close_block(struct ini_reader *r)
{
    if (r->in_block) {
        builder_close(r->builder, r->end);
        r->in_block = false;
    }
}

static void close_section(struct ini_reader *r)
{
    close_block(r);
    if (r->in_section) {
        builder_close(r->builder, r->end);
        r->in_section = false;
    }
}

static void read_header(struct ini_reader *r, const struct ini_line *line)
{
    struct str bytes = r->source->bytes;
    uint32_t close = line->hi;
    while (close > line->lo && bytes.ptr[close - 1] != ']') {
        close--;
    }
    struct span name = trimmed(bytes, line->lo + 1, close > line->lo ? close - 1 : line->lo);
    close_section(r);
    r->after_key = false;
    if (close == line->lo || name.lo >= name.hi) {
        refuse(r, (struct span){line->lo, line->hi},
               close == line->lo ? STR("this section's name has no closing ']'")
                                 : STR("the section's name is empty; write [default] or "
                                       "[profile name]"));
        r->headless_reported = true; /* what follows has lost its section */
        return;
    }
    struct span rest = trimmed(bytes, close, line->hi);
    if (rest.lo < rest.hi && bytes.ptr[rest.lo] != '#' && bytes.ptr[rest.lo] != ';') {
        refuse(r, rest, STR("nothing may follow the section's name on its line"));
    }
    push_key(r, name, false);
    builder_open(r->builder, NODE_OBJECT, r->source->id, line->lo)->style = STYLE_BLOCK;
    r->in_section = true;
    r->end = close;
}

/* Does an indented `key = value` follow, so that the key without a value opens a block? */
static bool block_follows(const struct ini_reader *r)
{
    struct str bytes = r->source->bytes;
    struct ini_line line;
    uint32_t at = r->at;
    return next_content(bytes, &at, &line) && line.indented && bytes.ptr[line.lo] != '[' &&
           find_equals(bytes, &line) < line.hi;
}

static void read_key(struct ini_reader *r, const struct ini_line *line)
{
    struct str bytes = r->source->bytes;
    uint32_t equals = find_equals(bytes, line);
    struct span whole = {line->lo, line->hi};
    struct span name = trimmed(bytes, line->lo, equals);
    struct span value = trimmed(bytes, equals < line->hi ? equals + 1 : equals, line->hi);
    if (!r->in_section) {
        if (!r->headless_reported) {
            refuse(r, whole,
                   STR("this line stands before the first section; write [default] or "
                       "[profile name] above it"));
        }
        r->headless_reported = true;
        return;
    }
    if (line->indented && r->after_key) {
        refuse(r, whole,
               STR("the AWS CLI reads an indented line as the rest of the value above it; remove "
                   "the blanks in front"));
        return;
    }
    if (equals == line->hi || name.lo == name.hi) {
        refuse(r, whole, STR("expected 'key = value', a '[section]' or a comment"));
        return;
    }
    if (!line->indented) {
        close_block(r);
    }
    r->end = line->hi;
    push_key(r, name, true);
    if (value.lo == value.hi && !r->in_block && block_follows(r)) {
        builder_open(r->builder, NODE_OBJECT, r->source->id, value.lo)->style = STYLE_BLOCK;
        r->in_block = true;
    } else {
        push_value(r, value);
    }
    r->after_key = !r->in_block;
}

static void on_duplicate(void *context, const struct node *first, const struct node *again)
{
    struct ini_reader *r = context;
    if (r->reports++ < INI_MAX_REPORTS) {
        report_duplicate_key(r->findings, r->tree, first, again);
    }
}

static bool is_utf8(const struct source *source, struct findings *findings)
{
    struct str bytes = source->bytes;
    if (report_utf16(findings, STR("syntax/ini"), source)) {
        return false;
    }
    size_t bad = utf8_find_malformed(bytes);
    if (bad < bytes.len) {
        report_unreadable(findings, STR("syntax/ini"),
                          (struct location){source->id, {(uint32_t)bad, (uint32_t)bad + 1}},
                          STR("this byte is not valid UTF-8; save the file as UTF-8"));
    }
    return bad >= bytes.len;
}

bool ini_read(struct builder *builder, struct tree *tree, struct source *source,
              struct findings *findings)
{
    struct ini_reader r = {
        .builder = builder, .tree = tree, .source = source, .findings = findings, .good = true};
    struct ini_line line;
    if (!is_utf8(source, findings)) {
        return false;
    }
    builder_start(builder, tree);
    builder->on_duplicate = on_duplicate;
    builder->context = &r;
    builder_open(builder, NODE_OBJECT, source->id, 0)->style = STYLE_BLOCK;
    while (next_content(source->bytes, &r.at, &line)) {
        if (source->bytes.ptr[line.lo] == '[') {
            read_header(&r, &line);
        } else {
            read_key(&r, &line);
        }
    }
    close_section(&r);
    builder_close(builder, (uint32_t)source->bytes.len);
    builder_finish(builder);
    builder->on_duplicate = NULL;
    builder->context = NULL;
    return r.good;
}

/* `default`, or two words such as `profile ci`: no JSON or YAML list of one element reads so. */
static bool is_section_of_aws(struct str name)
{
    static const struct str words[] = {STR_INIT("profile "), STR_INIT("sso-session "),
                                       STR_INIT("services ")};
    bool is_one = str_eq(name, STR("default"));
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        is_one = is_one || str_starts(name, words[i]);
    }
    return is_one;
}

bool ini_is_likely(struct str bytes)
{
    struct ini_line line;
    uint32_t at = 0;
    if (!next_content(bytes, &at, &line) || bytes.ptr[line.lo] != '[' ||
        bytes.ptr[line.hi - 1] != ']') {
        return false;
    }
    struct str name = str_trim(str_slice(bytes, line.lo + 1, line.hi - 1));
    if (name.len == 0 || str_find_char(name, ',') < name.len ||
        str_find_char(name, '{') < name.len || str_find_char(name, '[') < name.len ||
        name.ptr[0] == '"') {
        return false;
    }
    return is_section_of_aws(name) ||
           (next_content(bytes, &at, &line) && find_equals(bytes, &line) < line.hi);
}
