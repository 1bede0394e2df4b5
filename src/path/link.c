/* SPDX-License-Identifier: MIT */
/*
 * Facts: a query that begins with the query of a fact cannot be known while the fact is missing.
 * Queries are compared by their operations, so spelling does not matter: $.a and $['a'] are the
 * same. Also here: what a program depends on otherwise.
 */
#include "path/program.h"

struct range {
    const struct path_program *program;
    uint32_t from, to; /* operations */
};

static bool literals_equal(const struct value *a, const struct value *b)
{
    return a->kind == b->kind && a->boolean == b->boolean && a->number == b->number &&
           str_eq(a->string, b->string);
}

static bool integers_equal(const struct path_program *a, uint32_t i, const struct path_program *b,
                           uint32_t j, uint32_t count)
{
    return memcmp(a->integers + i, b->integers + j, count * sizeof *a->integers) == 0;
}

static bool operands_equal(const struct path_program *a, const struct path_op *x,
                           const struct path_program *b, const struct path_op *y)
{
    switch ((enum path_code)x->code) {
    case OP_NAME:
        return x->atom == y->atom;
    case OP_INDEX:
        return integers_equal(a, x->integer, b, y->integer, 1);
    case OP_SLICE:
        return integers_equal(a, x->integer, b, y->integer, 3);
    case OP_LITERAL:
        return literals_equal(&a->literals[x->literal], &b->literals[y->literal]);
    case OP_CALL:
        return path_op_function(a, x) == path_op_function(b, y);
    case OP_COMPARE:
        return x->comparison == y->comparison;
    case OP_QUERY:
    case OP_SEGMENT_CHILD:
    case OP_SEGMENT_DESCENDANT:
    case OP_WILDCARD:
    case OP_FILTER:
    case OP_OR:
    case OP_AND:
    case OP_NOT:
    case OP_EXISTS:
        return true;
    case PATH_CODE_COUNT:
        break;
    }
    return false;
}

/* True where `whole` begins with the operations of `start`, operand for operand. */
static bool begins_with(struct range whole, struct range start)
{
    if (whole.to - whole.from < start.to - start.from) {
        return false;
    }
    for (uint32_t i = 0; i < start.to - start.from; i++) {
        const struct path_op *x = &whole.program->ops[whole.from + i];
        const struct path_op *y = &start.program->ops[start.from + i];
        if (x->code != y->code || x->flags != y->flags ||
            x->end - whole.from != y->end - start.from ||
            !operands_equal(whole.program, x, start.program, y)) {
            return false;
        }
    }
    return true;
}

unsigned path_link_fact(struct path_program *program, const struct path_program *fact,
                        unsigned fact_bit)
{
    const struct path_op *wanted = &fact->ops[0];
    bool relative = wanted->flags & QUERY_CURRENT;
    struct range start = {fact, 1, wanted->end};
    unsigned linked = 0;
    for (uint32_t i = 0; i < program->op_count; i++) {
        struct path_op *op = &program->ops[i];
        if (relative && op->code == OP_FILTER) {
            i = op->end - 1; /* '@' is another node in there */
            continue;
        }
        if (op->code == OP_QUERY &&
            (op->flags & QUERY_CURRENT) == (wanted->flags & QUERY_CURRENT) &&
            begins_with((struct range){program, i + 1, op->end}, start)) {
            op->facts |= UINT32_C(1) << fact_bit;
            linked++;
        }
    }
    return linked;
}

bool path_operand_is_relative(const struct path_program *program, uint32_t at)
{
    bool relative = false;
    for (uint32_t i = at; i < program->ops[at].end && !relative; i++) {
        relative = program->ops[i].code == OP_QUERY && program->ops[i].flags & QUERY_CURRENT;
    }
    return relative;
}

bool path_uses_current(const struct path_program *program)
{
    uint32_t filter_end = 0; /* '@' is another node inside a filter */
    for (uint32_t i = 0; i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        if (op->code == OP_FILTER && op->end > filter_end) {
            filter_end = op->end;
        }
        bool current = op->code == OP_QUERY && (op->flags & QUERY_CURRENT) && i >= filter_end;
        bool ambient = op->code == OP_CALL && path_op_function(program, op)->count == 0;
        if (current || ambient) {
            return true;
        }
    }
    return false;
}

/* ---- what the root must have ---- */

/* Names of which one must be there; `open`: nothing is known to be needed. */
struct names {
    uint32_t *items;
    size_t count, max;
    bool open;
};

static void need_name(struct names *names, uint32_t atom)
{
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i] == atom) {
            return;
        }
    }
    if (names->count == names->max) {
        names->open = true;
    } else {
        names->items[names->count++] = atom;
    }
}

/* Of a query that begins with '$' and names: one of these. */
static void need_query(const struct path_program *program, uint32_t at, struct names *names)
{
    const struct path_op *ops = program->ops;
    const struct path_op *query = &ops[at];
    if (query->code != OP_QUERY || query->flags & QUERY_CURRENT || query->end == at + 1 ||
        ops[at + 1].code != OP_SEGMENT_CHILD) {
        names->open = true;
        return;
    }
    for (uint32_t i = at + 2; i < ops[at + 1].end; i = ops[i].end) {
        if (ops[i].code == OP_NAME) {
            need_name(names, ops[i].atom);
        } else {
            names->open = true;
        }
    }
}

/* A literal equals no absent value. */
static void need_comparison(const struct path_program *program, uint32_t at, struct names *names)
{
    const struct path_op *ops = program->ops;
    uint32_t left = at + 1;
    uint32_t right = ops[left].end;
    if (ops[at].comparison == PATH_COMPARE_EQUAL && ops[right].code == OP_LITERAL) {
        need_query(program, left, names);
    } else if (ops[at].comparison == PATH_COMPARE_EQUAL && ops[left].code == OP_LITERAL) {
        need_query(program, right, names);
    } else {
        names->open = true;
    }
}

static void need_logical(const struct path_program *program, uint32_t at, struct names *names)
{
    const struct path_op *ops = program->ops;
    size_t before = names->count;
    if (ops[at].code == OP_EXISTS) {
        need_query(program, at + 1, names);
    } else if (ops[at].code == OP_COMPARE) {
        need_comparison(program, at, names);
    } else if (ops[at].code == OP_OR) {
        for (uint32_t i = at + 1; i < ops[at].end && !names->open; i = ops[i].end) {
            need_logical(program, i, names);
        }
    } else if (ops[at].code == OP_AND) {
        /* What any of the operands needs is needed: the first that needs something. */
        names->open = true;
        for (uint32_t i = at + 1; i < ops[at].end && names->open; i = ops[i].end) {
            names->open = false;
            names->count = before;
            need_logical(program, i, names);
        }
    } else {
        names->open = true;
    }
}

size_t path_root_names(const struct path_program *program, uint32_t *names, size_t max)
{
    struct names needed = {.items = names, .max = max};
    need_logical(program, 0, &needed);
    return needed.open ? 0 : needed.count;
}

bool path_calls(const struct path_program *program, struct str function)
{
    for (size_t i = 0; i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        if (op->code == OP_CALL && str_eq(path_op_function(program, op)->name, function)) {
            return true;
        }
    }
    return false;
}
