/* SPDX-License-Identifier: MIT */
/*
 * From text to program: what the parser's halves share, the three goals, and what stands around an
 * expression.
 */
#include "path/parse.h"

#include "base/utf8.h"

uint32_t parse_open(struct parser *p, enum path_code code, uint32_t lo)
{
    struct path_program *program = p->program;
    program->ops = arena_grow(p->compiler->arena, program->ops, program->op_count,
                              &program->op_capacity, sizeof *program->ops);
    program->ops[program->op_count] = (struct path_op){.code = (uint8_t)code, .lo = lo};
    return (uint32_t)program->op_count++;
}

void parse_close(struct parser *p, uint32_t at)
{
    p->program->ops[at].end = (uint32_t)p->program->op_count;
    p->program->ops[at].hi = p->scan.at;
}

uint32_t parse_wrap(struct parser *p, uint32_t at, enum path_code code)
{
    struct path_program *program = p->program;
    parse_open(p, code, program->ops[at].lo);
    struct path_op wrapper = program->ops[program->op_count - 1];
    memmove(program->ops + at + 1, program->ops + at,
            (program->op_count - 1 - at) * sizeof *program->ops);
    program->ops[at] = wrapper;
    for (size_t i = at + 1; i < program->op_count; i++) {
        program->ops[i].end++;
    }
    return at;
}

struct str parse_op_text(const struct parser *p, uint32_t at)
{
    enum { QUOTED_MAX = 60 };
    struct str text = str_slice(p->scan.text, parse_op(p, at)->lo, parse_op(p, at)->hi);
    for (size_t i = 0; i < text.len; i++) {
        if (i == QUOTED_MAX || (unsigned char)text.ptr[i] < ' ') {
            return STR("…");
        }
    }
    return text;
}

bool parse_enter(struct parser *p)
{
    if (p->depth == EXPRESSION_MAX_DEPTH) {
        return scan_refuse(&p->scan, p->scan.at, p->scan.at,
                           "filters, calls and parentheses nest more than %d deep",
                           EXPRESSION_MAX_DEPTH);
    }
    p->depth++;
    return true;
}

void parse_leave(struct parser *p)
{
    p->depth--;
}

const struct path_error *path_pattern_problem(const struct path_program *program)
{
    return program->has_pattern_problem ? &program->pattern_problem : NULL;
}

enum path_type path_program_type(const struct path_program *program)
{
    return program->type;
}

/* The text as a whole: its size and encoding. */
static bool check_text(struct scanner *s)
{
    if (s->text.len > EXPRESSION_MAX_BYTES) {
        return scan_refuse(s, EXPRESSION_MAX_BYTES, EXPRESSION_MAX_BYTES,
                           "an expression has at most %d bytes", EXPRESSION_MAX_BYTES);
    }
    uint32_t malformed = (uint32_t)utf8_find_malformed(s->text);
    if (malformed < s->text.len) {
        return scan_refuse(s, malformed, malformed + 1, "this byte is not valid UTF-8");
    }
    return true;
}

/* Behind a query: nothing may follow, and what a reader of other JSONPaths tries gets a hint. */
static bool check_query_end(struct scanner *s)
{
    if (scan_at_end(s)) {
        return true;
    }
    uint32_t end = s->at;
    scan_space(s);
    if (scan_at_end(s)) {
        return scan_refuse(s, end, s->at, "white space at the end of a query");
    }
    char c = scan_peek(s, 0);
    if (c && strchr("=!<>&|", c)) {
        return scan_refuse(s, s->at, s->at + 1,
                           "a query has no operators outside of a filter: [?@.name == 'value']");
    }
    return scan_expected(s, "'.', '[' or the end of the query");
}

/* The whole text is one query, without white space around it (§2.1.1). */
static bool compile_query(struct parser *p)
{
    struct scanner *s = &p->scan;
    char first = scan_peek(s, 0);
    bool relative = first == '@' && p->compiler->allow_relative;
    if (first == '@' && !relative) {
        return scan_refuse(s, 0, 1,
                           "'@' has no meaning outside of a filter; a query begins with '$'");
    }
    if (first == '.' || first == '[') {
        return scan_refuse(s, 0, 1, "a query begins with '$': $%.*s", (int)s->text.len,
                           s->text.ptr);
    }
    uint32_t word = scan_word_len(s, 0);
    if (first != '$' && word) {
        return scan_refuse(s, 0, word, "a query begins with '$': $.%.*s", (int)word, s->text.ptr);
    }
    if (first != '$' && !relative) {
        return scan_expected(s, "a query, which begins with '$'");
    }
    p->program->type = TYPE_NODES;
    return parse_query(p) && check_query_end(s);
}

/* Nothing but white space may follow an expression that is no query. */
static bool check_end(struct scanner *s)
{
    scan_space(s);
    return scan_at_end(s) || scan_expected(s, "an operator or the end of the expression");
}

static bool compile_logical(struct parser *p)
{
    scan_space(&p->scan);
    p->program->type = TYPE_LOGICAL;
    return parse_logical(p) && check_end(&p->scan);
}

static bool compile_placeholder(struct parser *p)
{
    struct scanner *s = &p->scan;
    scan_space(s);
    if (!parse_operand(p)) {
        return false;
    }
    const struct path_op *op = p->program->ops;
    if (op->code == OP_LITERAL) {
        return scan_refuse(s, op->lo, op->hi,
                           "a placeholder holds a query or a function call, no literal");
    }
    p->program->type = op->code == OP_QUERY ? TYPE_NODES : path_op_function(p->program, op)->result;
    return check_end(s);
}

static bool compile_goal(struct parser *p)
{
    switch (p->program->goal) {
    case PATH_QUERY:
        return compile_query(p);
    case PATH_LOGICAL:
        return compile_logical(p);
    case PATH_PLACEHOLDER:
        return compile_placeholder(p);
    }
    return false;
}

struct path_program *path_compile(const struct path_compiler *compiler, enum path_goal goal,
                                  struct str text, struct path_error *error)
{
    struct path_program *program = arena_new(compiler->arena, struct path_program);
    program->goal = goal;
    struct parser parser = {
        .scan = {.text = text, .arena = compiler->arena, .error = error},
        .compiler = compiler,
        .program = program,
    };
    *error = (struct path_error){0};
    return check_text(&parser.scan) && compile_goal(&parser) ? program : NULL;
}
