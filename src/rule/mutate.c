/* SPDX-License-Identifier: MIT */
/*
 * A walk over the flat program; spans of operations lead back to the text. An operation's span leaves
 * the parentheses around it out, so that they are looked for where a clause goes as a whole.
 */
#include "rule/mutate.h"

/* A selector, and a text, that is there in no document. */
#define NOTHING_SELECTOR "?1==2"
#define OTHER_TEXT "'~'"

struct walk {
    struct mutation_list *list;
    struct str text;
    const struct path_program *program;
};

static const struct path_op *op_at(const struct walk *w, uint32_t at)
{
    return &w->program->ops[at];
}

static struct str text_of(const struct walk *w, struct span span)
{
    return str_slice(w->text, span.lo, span.hi);
}

static struct span span_of(const struct path_op *op)
{
    return (struct span){op->lo, op->hi};
}

static void add(struct walk *w, struct span cut, struct str with, struct str was, struct str now)
{
    struct mutation_list *list = w->list;
    list->items =
        arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct mutation){cut.lo, cut.hi, with, was, now};
}

/* ---- the text around operations ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* With the parentheses around it. */
static struct span with_parentheses(struct str text, struct span span)
{
    for (;;) {
        uint32_t lo = span.lo;
        uint32_t hi = span.hi;
        while (lo > 0 && is_space(text.ptr[lo - 1])) {
            lo--;
        }
        while (hi < text.len && is_space(text.ptr[hi])) {
            hi++;
        }
        if (lo == 0 || hi == text.len || text.ptr[lo - 1] != '(' || text.ptr[hi] != ')') {
            return span;
        }
        span = (struct span){lo - 1, hi + 1};
    }
}

/*
 * What is cut where one of several parts with signs between them is left out: the sign behind it goes,
 * too; of the last one the sign before it.
 */
static struct span cut_of(const struct span *parts, size_t count, size_t i)
{
    return i + 1 < count ? (struct span){parts[i].lo, parts[i + 1].lo}
                         : (struct span){parts[i - 1].hi, parts[i].hi};
}

/* ---- conditions ---- */

enum { PARTS_MAX = 256 };

/* A chain begins where its first operand does, and that with its parentheses. */
static struct span condition_span(const struct walk *w, uint32_t at)
{
    struct span span = span_of(op_at(w, at));
    uint32_t inner = at;
    while (op_at(w, inner)->code == OP_OR || op_at(w, inner)->code == OP_AND) {
        inner++;
    }
    if (inner > at) {
        struct span first = span_of(op_at(w, inner));
        for (uint32_t i = inner; i-- > at;) {
            span = (struct span){with_parentheses(w->text, first).lo, op_at(w, i)->hi};
            first = span;
        }
    }
    return span;
}

static size_t parts_of(const struct walk *w, uint32_t at, struct span *parts,
                       struct span (*part)(const struct walk *w, uint32_t at))
{
    size_t count = 0;
    for (uint32_t i = at + 1; i < op_at(w, at)->end && count < PARTS_MAX; i = op_at(w, i)->end) {
        parts[count++] = part(w, i);
    }
    return count;
}

static struct span operand_span(const struct walk *w, uint32_t at)
{
    return with_parentheses(w->text, condition_span(w, at));
}

static struct span selector_span(const struct walk *w, uint32_t at)
{
    return span_of(op_at(w, at));
}

static void mutate_chain(struct walk *w, uint32_t at)
{
    struct span parts[PARTS_MAX];
    size_t count = parts_of(w, at, parts, operand_span);
    struct span span = condition_span(w, at);
    struct str was = text_of(w, span);
    struct str now = arena_format(w->list->arena, "!(%.*s)", STR_ARG(was));
    for (size_t i = 0; i < count; i++) {
        add(w, cut_of(parts, count, i), (struct str){0}, text_of(w, parts[i]), (struct str){0});
    }
    add(w, span, now, was, now);
}

/* A test of its own, without '!' before it. */
static void negate(struct walk *w, uint32_t at)
{
    struct span span = span_of(op_at(w, at));
    struct str was = text_of(w, span);
    struct str now = arena_format(w->list->arena, "!%.*s", STR_ARG(was));
    add(w, span, now, was, now);
}

/* Without its '!'. */
static void affirm(struct walk *w, uint32_t at)
{
    struct span span = span_of(op_at(w, at));
    struct span rest = {span.lo + 1, span.hi};
    add(w, (struct span){span.lo, span.lo + 1}, (struct str){0}, text_of(w, span),
        text_of(w, rest));
}

/* A part of `whole` becomes `with`; the mutation is named by the whole. */
static void replace_in(struct walk *w, struct span whole, struct span cut, struct str with)
{
    struct str now =
        arena_format(w->list->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(w->text, whole.lo, cut.lo)),
                     STR_ARG(with), STR_ARG(str_slice(w->text, cut.hi, whole.hi)));
    add(w, cut, with, text_of(w, whole), now);
}

static void mutate_comparison(struct walk *w, uint32_t at)
{
    /* The opposite, and for an order the same with its boundary moved. */
    static const enum path_comparison others[PATH_COMPARISON_COUNT][2] = {
        [PATH_COMPARE_EQUAL] = {PATH_COMPARE_UNEQUAL, PATH_COMPARE_UNEQUAL},
        [PATH_COMPARE_UNEQUAL] = {PATH_COMPARE_EQUAL, PATH_COMPARE_EQUAL},
        [PATH_COMPARE_LESS_EQUAL] = {PATH_COMPARE_GREATER, PATH_COMPARE_LESS},
        [PATH_COMPARE_GREATER_EQUAL] = {PATH_COMPARE_LESS, PATH_COMPARE_GREATER},
        [PATH_COMPARE_LESS] = {PATH_COMPARE_GREATER_EQUAL, PATH_COMPARE_LESS_EQUAL},
        [PATH_COMPARE_GREATER] = {PATH_COMPARE_LESS_EQUAL, PATH_COMPARE_GREATER_EQUAL},
    };
    const struct path_op *op = op_at(w, at);
    const enum path_comparison *to = others[op->comparison];
    uint32_t lo = op_at(w, at + 1)->hi;
    while (is_space(w->text.ptr[lo])) {
        lo++;
    }
    struct str sign = path_comparison_sign((enum path_comparison)op->comparison);
    struct span cut = {lo, lo + (uint32_t)sign.len};
    replace_in(w, span_of(op), cut, path_comparison_sign(to[0]));
    if (to[1] != to[0]) {
        replace_in(w, span_of(op), cut, path_comparison_sign(to[1]));
    }
}

/* ---- values ---- */

static void mutate_number(struct walk *w, struct span whole, struct span span, double number)
{
    for (int step = -1; step <= 1; step += 2) {
        replace_in(w, whole, span, arena_format(w->list->arena, "%.17g", number + step));
    }
}

/* Another value of the same type; of null there is none. */
static void mutate_literal(struct walk *w, uint32_t at, struct span whole)
{
    const struct path_op *op = op_at(w, at);
    const struct value *value = &w->program->literals[op->literal];
    switch (value->kind) {
    case VALUE_BOOL:
        replace_in(w, whole, span_of(op), value->boolean ? STR("false") : STR("true"));
        break;
    case VALUE_NUMBER:
        mutate_number(w, whole, span_of(op), value->number);
        break;
    case VALUE_STRING:
        replace_in(w, whole, span_of(op),
                   str_eq(value->string, STR("~")) ? STR("''") : STR(OTHER_TEXT));
        break;
    case VALUE_NOTHING:
    case VALUE_UNKNOWN:
    case VALUE_NULL:
    case VALUE_NODE:
        break;
    }
}

static void mutate_literals_of(struct walk *w, uint32_t at)
{
    for (uint32_t i = at + 1; i < op_at(w, at)->end; i = op_at(w, i)->end) {
        if (op_at(w, i)->code == OP_LITERAL) {
            mutate_literal(w, i, span_of(op_at(w, at)));
        }
    }
}

/* ---- queries ---- */

/* A query for one node has a value, and that it is not there is what tests of its value see. */
static void empty_query(struct walk *w, uint32_t at)
{
    uint32_t last = 0;
    for (uint32_t i = at + 1; i < op_at(w, at)->end; i = op_at(w, i)->end) {
        last = i;
    }
    if (last == 0) {
        return;
    }
    const struct path_op *segment = op_at(w, last);
    replace_in(w, span_of(op_at(w, at)), span_of(segment),
               segment->code == OP_SEGMENT_DESCENDANT ? STR("..[" NOTHING_SELECTOR "]")
                                                      : STR("[" NOTHING_SELECTOR "]"));
}

static void mutate_segment(struct walk *w, uint32_t at)
{
    struct span parts[PARTS_MAX];
    size_t count = parts_of(w, at, parts, selector_span);
    for (size_t i = 0; i < count && count > 1; i++) {
        replace_in(w, span_of(op_at(w, at)), cut_of(parts, count, i), (struct str){0});
    }
}

static void widen_filter(struct walk *w, uint32_t at)
{
    struct span span = span_of(op_at(w, at));
    add(w, span, STR("*"), text_of(w, span), STR("*"));
}

/* Arguments that are lists of nodes may be empty; the others of more than one node are tests. */
static void empty_arguments(struct walk *w, uint32_t at)
{
    const struct path_function *function = path_op_function(w->program, op_at(w, at));
    size_t argument = 0;
    for (uint32_t i = at + 1; i < op_at(w, at)->end; i = op_at(w, i)->end) {
        bool list = argument < function->count && function->params[argument] == TYPE_NODES;
        if (list && op_at(w, i)->code == OP_QUERY) {
            empty_query(w, i);
        }
        argument++;
    }
}

/* ---- the walk ---- */

/* Stands the operation where a condition does, and not behind a '!'? */
static bool is_bare_test(const struct walk *w, uint32_t at, enum path_code parent)
{
    const struct path_op *op = op_at(w, at);
    bool call = op->code == OP_CALL && path_op_function(w->program, op)->result == TYPE_LOGICAL;
    bool condition = parent == OP_OR || parent == OP_AND || parent == OP_FILTER;
    return (op->code == OP_EXISTS || call) && condition;
}

static void visit(struct walk *w, uint32_t at, enum path_code parent)
{
    const struct path_op *op = op_at(w, at);
    if (is_bare_test(w, at, parent)) {
        negate(w, at);
    }
    switch ((enum path_code)op->code) {
    case OP_OR:
    case OP_AND:
        mutate_chain(w, at);
        break;
    case OP_NOT:
        affirm(w, at);
        break;
    case OP_COMPARE:
        mutate_comparison(w, at);
        mutate_literals_of(w, at);
        break;
    case OP_CALL:
        mutate_literals_of(w, at);
        empty_arguments(w, at);
        break;
    case OP_SEGMENT_CHILD:
    case OP_SEGMENT_DESCENDANT:
        mutate_segment(w, at);
        break;
    case OP_FILTER:
        widen_filter(w, at);
        break;
    case OP_QUERY:
    case OP_NAME:
    case OP_WILDCARD:
    case OP_INDEX:
    case OP_SLICE:
    case OP_EXISTS:
    case OP_LITERAL:
    case PATH_CODE_COUNT:
        break;
    }
    for (uint32_t i = at + 1; i < op->end; i = op_at(w, i)->end) {
        visit(w, i, (enum path_code)op->code);
    }
}

void mutate_expression(struct mutation_list *list, struct str text,
                       const struct path_program *program)
{
    struct walk w = {list, text, program};
    if (program->goal == PATH_QUERY) {
        empty_query(&w, 0);
    }
    /* A condition as a whole stands where a filter's does. */
    visit(&w, 0, program->goal == PATH_LOGICAL ? OP_FILTER : OP_QUERY);
}

struct str mutation_apply(struct arena *arena, struct str text, const struct mutation *mutation)
{
    return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(str_slice(text, 0, mutation->lo)),
                        STR_ARG(mutation->with), STR_ARG(str_from(text, mutation->hi)));
}
