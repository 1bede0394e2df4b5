/* SPDX-License-Identifier: MIT */
/*
 * Queries: segments and selectors (RFC 9535 §2.2 to §2.5). White space is the grammar's: around
 * segments and inside brackets, never behind '.' or '..'. A singular query (§2.3.5.1) is told by
 * its structure, not by its spelling: the RFC's grammar for it has no blanks inside the brackets,
 * but `@[ 0 ] == 1` has one meaning only.
 */
#include "path/parse.h"

static bool refuse_shorthand(struct parser *p, bool descendant)
{
    struct scanner *s = &p->scan;
    char c = scan_peek(s, 0);
    uint32_t dots = s->at - (descendant ? 2 : 1);
    if (c == '\'' || c == '"') {
        return scan_refuse(s, dots, s->at + 1, "a quoted name stands in brackets: %s['name']",
                           descendant ? ".." : "");
    }
    if (c == '[') {
        return scan_refuse(s, dots, s->at + 1, "no '.' stands before '['");
    }
    if (c == '.') {
        return scan_refuse(s, dots, s->at + 1,
                           "too many dots; '.' is a child, '..' any descendant");
    }
    uint32_t len = scan_word_len(s, s->at);
    if (len) {
        return scan_refuse(s, s->at, s->at + len, "this name must be quoted: ['%.*s']", (int)len,
                           s->text.ptr + s->at);
    }
    return scan_expected(s, "a member name or '*' after the dot");
}

/* Behind the dots: `*` or a member name shorthand. */
static bool parse_shorthand(struct parser *p, bool descendant, bool *singular)
{
    struct scanner *s = &p->scan;
    uint32_t lo = s->at;
    if (scan_accept(s, STR("*"))) {
        parse_close(p, parse_open(p, OP_WILDCARD, lo));
        *singular = false;
        return true;
    }
    if (!scan_at_name(s)) {
        return refuse_shorthand(p, descendant);
    }
    uint32_t op = parse_open(p, OP_NAME, lo);
    parse_op(p, op)->atom = atoms_intern(p->compiler->atoms, scan_name(s));
    parse_close(p, op);
    uint32_t rest = scan_word_len(s, s->at);
    if (rest) {
        uint32_t len = s->at + rest - lo;
        return scan_refuse(s, lo, lo + len, "a name with '%c' must be quoted: ['%.*s']",
                           scan_peek(s, 0), (int)len, s->text.ptr + lo);
    }
    return true;
}

static uint32_t add_integer(struct parser *p, int64_t integer)
{
    struct path_program *program = p->program;
    program->integers = arena_grow(p->compiler->arena, program->integers, program->integer_count,
                                   &program->integer_capacity, sizeof *program->integers);
    program->integers[program->integer_count] = integer;
    return (uint32_t)program->integer_count++;
}

/* One part of a slice, if it is there. */
static bool parse_slice_part(struct parser *p, uint32_t op, enum path_op_flags flag)
{
    struct scanner *s = &p->scan;
    int64_t integer = 0;
    if (char_is_digit(scan_peek(s, 0)) || scan_peek(s, 0) == '-') {
        if (!scan_integer(s, &integer)) {
            return false;
        }
        parse_op(p, op)->flags |= (uint8_t)flag;
    }
    add_integer(p, integer);
    return true;
}

/* Behind "start S ':'" (§2.3.4). */
static bool parse_slice_rest(struct parser *p, uint32_t op)
{
    struct scanner *s = &p->scan;
    scan_space(s);
    if (!parse_slice_part(p, op, SLICE_END)) {
        return false;
    }
    uint32_t end = s->at;
    scan_space(s);
    if (!scan_accept(s, STR(":"))) {
        s->at = end;
        add_integer(p, 0);
        return true;
    }
    end = s->at;
    scan_space(s);
    if (!char_is_digit(scan_peek(s, 0)) && scan_peek(s, 0) != '-') {
        s->at = end;
    }
    return parse_slice_part(p, op, SLICE_STEP);
}

/* An index (§2.3.3) or a slice (§2.3.4), which may begin alike. */
static bool parse_index_or_slice(struct parser *p, bool *singular)
{
    struct scanner *s = &p->scan;
    uint32_t op = parse_open(p, OP_INDEX, s->at);
    parse_op(p, op)->integer = (uint32_t)p->program->integer_count;
    if (!parse_slice_part(p, op, SLICE_START)) {
        return false;
    }
    uint32_t end = s->at;
    scan_space(s);
    if (scan_accept(s, STR(":"))) {
        parse_op(p, op)->code = OP_SLICE;
        *singular = false;
        if (!parse_slice_rest(p, op)) {
            return false;
        }
    } else {
        parse_op(p, op)->flags = 0;
        s->at = end;
    }
    parse_close(p, op);
    return true;
}

static bool parse_filter(struct parser *p)
{
    struct scanner *s = &p->scan;
    uint32_t op = parse_open(p, OP_FILTER, s->at);
    s->at++;
    if (!parse_enter(p)) {
        return false;
    }
    scan_space(s);
    if (!parse_logical(p)) {
        return false;
    }
    parse_leave(p);
    parse_close(p, op);
    return true;
}

static bool parse_quoted_name(struct parser *p)
{
    uint32_t op = parse_open(p, OP_NAME, p->scan.at);
    struct str name;
    if (!scan_string(&p->scan, &name)) {
        return false;
    }
    parse_op(p, op)->atom = atoms_intern(p->compiler->atoms, name);
    parse_close(p, op);
    return true;
}

static bool refuse_selector(struct scanner *s)
{
    uint32_t len = scan_word_len(s, s->at);
    char c = scan_peek(s, 0);
    if (c == '(' || c == '@' || c == '$' || c == '!') {
        return scan_refuse(s, s->at, s->at + 1, "a filter begins with '?': [?%c…]", c);
    }
    if (len) {
        return scan_refuse(s, s->at, s->at + len, "a name in brackets is quoted: ['%.*s']",
                           (int)len, s->text.ptr + s->at);
    }
    return scan_expected(s, "a selector: a quoted name, '*', an index, a slice or a filter");
}

static bool parse_selector(struct parser *p, bool *singular)
{
    struct scanner *s = &p->scan;
    char c = scan_peek(s, 0);
    if (c == '\'' || c == '"') {
        return parse_quoted_name(p);
    }
    if (c == '*') {
        *singular = false;
        uint32_t op = parse_open(p, OP_WILDCARD, s->at++);
        parse_close(p, op);
        return true;
    }
    if (c == '?') {
        *singular = false;
        return parse_filter(p);
    }
    if (char_is_digit(c) || c == '-' || c == ':') {
        return parse_index_or_slice(p, singular);
    }
    return refuse_selector(s);
}

/* "[" S selector *(S "," S selector) S "]" (§2.5.1.1). */
static bool parse_brackets(struct parser *p, bool *singular)
{
    struct scanner *s = &p->scan;
    uint32_t open = s->at++;
    for (bool first = true;; first = false) {
        scan_space(s);
        if (!parse_selector(p, singular)) {
            return false;
        }
        *singular = *singular && first;
        scan_space(s);
        if (scan_accept(s, STR("]"))) {
            return true;
        }
        if (scan_at_end(s)) {
            return scan_refuse(s, open, s->at, "this '[' is not closed; it needs ']'");
        }
        if (!scan_accept(s, STR(","))) {
            return scan_expected(s, "',' or ']'");
        }
    }
}

/* At '.' or '[' (§2.5). */
static bool parse_segment(struct parser *p, bool *singular)
{
    struct scanner *s = &p->scan;
    uint32_t op = parse_open(p, OP_SEGMENT_CHILD, s->at);
    bool descendant = scan_accept(s, STR(".."));
    if (descendant) {
        parse_op(p, op)->code = OP_SEGMENT_DESCENDANT;
        *singular = false;
    }
    bool brackets = scan_peek(s, 0) == '[';
    if (!descendant && !brackets) {
        s->at++; /* the dot */
    }
    if (brackets ? !parse_brackets(p, singular) : !parse_shorthand(p, descendant, singular)) {
        return false;
    }
    parse_close(p, op);
    return true;
}

bool parse_query(struct parser *p)
{
    struct scanner *s = &p->scan;
    uint32_t op = parse_open(p, OP_QUERY, s->at);
    bool singular = true;
    if (scan_peek(s, 0) == '@') {
        parse_op(p, op)->flags = QUERY_CURRENT;
    }
    s->at++;
    for (;;) {
        uint32_t end = s->at;
        scan_space(s);
        if (scan_peek(s, 0) != '.' && scan_peek(s, 0) != '[') {
            s->at = end;
            break;
        }
        if (!parse_segment(p, &singular)) {
            return false;
        }
    }
    if (scan_at_name(s)) {
        return scan_refuse(s, s->at, s->at + scan_word_len(s, s->at),
                           "a '.' is missing before this name");
    }
    if (singular) {
        parse_op(p, op)->flags |= QUERY_SINGULAR;
    }
    parse_close(p, op);
    return true;
}
