/* SPDX-License-Identifier: MIT */
/*
 * Programs and results as text for people: one operation to a line, and normalized paths (RFC 9535
 * §2.7).
 */
#include "path/program.h"

#include "tree/locate.h"

struct str path_code_name(enum path_code code)
{
    static const struct str names[PATH_CODE_COUNT] = {
        [OP_QUERY] = STR_INIT("query"),
        [OP_SEGMENT_CHILD] = STR_INIT("child"),
        [OP_NAME] = STR_INIT("name"),
        [OP_SEGMENT_DESCENDANT] = STR_INIT("descendant"),
        [OP_WILDCARD] = STR_INIT("wildcard"),
        [OP_INDEX] = STR_INIT("index"),
        [OP_SLICE] = STR_INIT("slice"),
        [OP_FILTER] = STR_INIT("filter"),
        [OP_OR] = STR_INIT("or"),
        [OP_AND] = STR_INIT("and"),
        [OP_NOT] = STR_INIT("not"),
        [OP_EXISTS] = STR_INIT("exists"),
        [OP_COMPARE] = STR_INIT("compare"),
        [OP_LITERAL] = STR_INIT("literal"),
        [OP_CALL] = STR_INIT("call"),
    };
    return names[code];
}

struct str path_comparison_sign(enum path_comparison comparison)
{
    static const struct str signs[PATH_COMPARISON_COUNT] = {
        [PATH_COMPARE_EQUAL] = STR_INIT("=="),      [PATH_COMPARE_UNEQUAL] = STR_INIT("!="),
        [PATH_COMPARE_LESS_EQUAL] = STR_INIT("<="), [PATH_COMPARE_GREATER_EQUAL] = STR_INIT(">="),
        [PATH_COMPARE_LESS] = STR_INIT("<"),        [PATH_COMPARE_GREATER] = STR_INIT(">"),
    };
    return signs[comparison];
}

static void dump_literal(const struct value *value, struct buf *buf)
{
    if (value->kind == VALUE_STRING) {
        buf_printf(buf, "'%.*s'", STR_ARG(value->string));
    } else if (value->kind == VALUE_NUMBER) {
        buf_printf(buf, "%.17g", value->number);
    } else if (value->kind == VALUE_BOOL) {
        buf_add_c(buf, value->boolean ? "true" : "false");
    } else {
        buf_add_c(buf, "null");
    }
}

/* "[start]:[end]:[step]", as far as given. */
static void dump_slice(const struct path_op *op, const int64_t *parts, struct buf *buf)
{
    static const uint8_t flags[] = {SLICE_START, SLICE_END, SLICE_STEP};
    for (size_t i = 0; i < COUNT_OF(flags); i++) {
        buf_add_c(buf, i ? ":" : "");
        if (op->flags & flags[i]) {
            buf_printf(buf, "%lld", (long long)parts[i]);
        }
    }
}

static void dump_operand(const struct path_program *program, const struct path_op *op,
                         const struct atoms *atoms, struct buf *buf)
{
    switch ((enum path_code)op->code) {
    case OP_QUERY:
        buf_add_c(buf, op->flags & QUERY_CURRENT ? " @" : " $");
        buf_add_c(buf, op->flags & QUERY_SINGULAR ? " singular" : "");
        if (op->facts) {
            buf_printf(buf, " facts %#x", (unsigned)op->facts);
        }
        break;
    case OP_NAME:
        buf_add_char(buf, ' ');
        path_add_name(buf, atoms_text(atoms, op->atom));
        break;
    case OP_INDEX:
        buf_printf(buf, " %lld", (long long)program->integers[op->integer]);
        break;
    case OP_SLICE:
        buf_add_char(buf, ' ');
        dump_slice(op, program->integers + op->integer, buf);
        break;
    case OP_COMPARE:
        buf_add_char(buf, ' ');
        buf_add(buf, path_comparison_sign((enum path_comparison)op->comparison));
        break;
    case OP_LITERAL:
        buf_add_char(buf, ' ');
        dump_literal(&program->literals[op->literal], buf);
        break;
    case OP_CALL:
        buf_add_char(buf, ' ');
        buf_add(buf, path_op_function(program, op)->name);
        buf_add_c(buf, op->pattern ? " compiled" : "");
        break;
    case OP_SEGMENT_CHILD:
    case OP_SEGMENT_DESCENDANT:
    case OP_WILDCARD:
    case OP_FILTER:
    case OP_OR:
    case OP_AND:
    case OP_NOT:
    case OP_EXISTS:
    case PATH_CODE_COUNT:
        break;
    }
}

void path_dump(const struct path_program *program, const struct atoms *atoms, struct buf *buf)
{
    enum { INDENT = 2 };
    size_t depth = 0;
    uint32_t ends[8 * (EXPRESSION_MAX_DEPTH +
                       1)]; /* of the operations that are open: at most 8 to a nesting level */
    for (uint32_t i = 0; i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        while (depth && ends[depth - 1] <= i) {
            depth--;
        }
        buf_add_repeat(buf, ' ', INDENT * depth);
        buf_add(buf, path_code_name((enum path_code)op->code));
        dump_operand(program, op, atoms, buf);
        buf_add_char(buf, '\n');
        ends[depth++] = op->end;
    }
}

static void write_steps(struct buf *buf, const struct atoms *atoms, const struct path_step *where)
{
    if (!where) {
        return;
    }
    write_steps(buf, atoms, where->outer);
    if (where->is_name) {
        path_add_name(buf, atoms_text(atoms, where->name));
    } else {
        path_add_index(buf, where->index);
    }
}

void path_write(struct buf *buf, const struct atoms *atoms, const struct path_step *where)
{
    buf_add_char(buf, '$');
    write_steps(buf, atoms, where);
}
