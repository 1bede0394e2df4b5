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
