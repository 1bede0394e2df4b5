/* SPDX-License-Identifier: MIT */
/*
 * Literals, words and function calls (RFC 9535 §2.3.5.1, §2.4), and the type rules of §2.4.3. Types
 * are checked on the operations just appended, which know what they are.
 */
#include "path/functions.h"
#include "path/parse.h"

/* §2.4.3 */
bool parse_check_value(struct parser *p, uint32_t at, const char *use)
{
    const struct path_op *op = parse_op(p, at);
    struct str text = parse_op_text(p, at);
    if (op->code == OP_QUERY && !(op->flags & QUERY_SINGULAR)) {
        return scan_refuse(&p->scan, op->lo, op->hi,
                           "this query may give several nodes and cannot be %s; use value(%.*s), "
                           "or [0] in place of what selects several",
                           use, STR_ARG(text));
    }
    if (op->code != OP_CALL) {
        return true;
    }
    const struct path_function *function = path_op_function(p->program, op);
    if (function->result == TYPE_NODES) {
        return scan_refuse(&p->scan, op->lo, op->hi,
                           "%.*s() gives nodes and cannot be %s; use value(%.*s)",
                           STR_ARG(function->name), use, STR_ARG(text));
    }
    if (function->result == TYPE_LOGICAL) {
        return scan_refuse(&p->scan, op->lo, op->hi,
                           "%.*s() is true or false by itself and cannot be %s",
                           STR_ARG(function->name), use);
    }
    return true;
}

/* §2.4.3: what may stand where nodes are needed. */
static bool check_nodes(struct parser *p, uint32_t at, const struct path_function *callee)
{
    const struct path_op *op = parse_op(p, at);
    bool is_nodes = op->code == OP_QUERY ||
                    (op->code == OP_CALL && path_op_function(p->program, op)->result == TYPE_NODES);
    if (!is_nodes) {
        return scan_refuse(&p->scan, op->lo, op->hi,
                           "this argument must be a query such as @.items[*]: %.*s",
                           STR_ARG(callee->signature));
    }
    return true;
}

static bool refuse_function(struct parser *p, struct str name, uint32_t lo)
{
    struct arena scratch = {0};
    struct str *names = NULL;
    size_t count = 0, capacity = 0;
    for (const struct path_functions *t = p->compiler->functions; t; t = t->next) {
        for (size_t i = 0; i < t->count; i++) {
            names = arena_grow(&scratch, names, count, &capacity, sizeof *names);
            names[count++] = t->items[i].name;
        }
    }
    struct str nearest = str_nearest(name, names, count);
    arena_release(&scratch);
    if (nearest.len) {
        return scan_refuse(&p->scan, lo, lo + (uint32_t)name.len,
                           "unknown function '%.*s'; did you mean '%.*s'?", STR_ARG(name),
                           STR_ARG(nearest));
    }
    return scan_refuse(&p->scan, lo, lo + (uint32_t)name.len, "unknown function '%.*s'",
                       STR_ARG(name));
}

static const struct path_function *find_function(const struct path_functions *table,
                                                 struct str name)
{
    for (; table; table = table->next) {
        for (size_t i = 0; i < table->count; i++) {
            if (str_eq(table->items[i].name, name)) {
                return &table->items[i];
            }
        }
    }
    return NULL;
}

/* One argument, by the declared type of its parameter (§2.4.3). */
static bool parse_argument(struct parser *p, const struct path_function *callee,
                           enum path_type type)
{
    if (type == TYPE_LOGICAL) {
        return parse_logical(p);
    }
    uint32_t at = (uint32_t)p->program->op_count;
    if (!parse_operand(p) ||
        !parse_refuse_comparison(p, "this argument is not a condition and takes no comparison")) {
        return false;
    }
    return type == TYPE_VALUE ? parse_check_value(p, at, "passed here")
                              : check_nodes(p, at, callee);
}

static bool refuse_count(struct parser *p, const struct path_function *f, uint32_t lo, uint32_t hi,
                         const char *amount)
{
    return scan_refuse(&p->scan, lo, hi, "too %s arguments: %.*s", amount, STR_ARG(f->signature));
}

/* Behind '(': the arguments and ')'. */
static bool parse_arguments(struct parser *p, const struct path_function *f, uint32_t lo,
                            size_t *given)
{
    struct scanner *s = &p->scan;
    scan_space(s);
    while (scan_peek(s, 0) != ')' || *given > 0) {
        if (*given == f->count) {
            return refuse_count(p, f, s->at, s->at + (scan_at_end(s) ? 0 : 1), "many");
        }
        if (!parse_argument(p, f, f->params[*given])) {
            return false;
        }
        (*given)++;
        scan_space(s);
        if (!scan_accept(s, STR(","))) {
            break;
        }
        scan_space(s);
    }
    if (scan_at_end(s)) {
        return scan_refuse(s, lo, s->at, "this call is not closed; it needs ')'");
    }
    if (!scan_accept(s, STR(")"))) {
        return scan_expected(s, "',' or ')'");
    }
    return *given >= f->required || refuse_count(p, f, lo, s->at, "few");
}

/* Let the function check its literal arguments. */
static bool check_literals(struct parser *p, uint32_t call, const struct path_function *f,
                           size_t given)
{
    if (!f->check) {
        return true;
    }
    const struct str *literals[FUNCTION_MAX_PARAMS] = {0};
    uint32_t operands[FUNCTION_MAX_PARAMS] = {0};
    uint32_t at = call + 1;
    for (size_t i = 0; i < given; i++, at = parse_op(p, at)->end) {
        operands[i] = at;
        const struct path_op *op = parse_op(p, at);
        if (op->code == OP_LITERAL && p->program->literals[op->literal].kind == VALUE_STRING) {
            literals[i] = &p->program->literals[op->literal].string;
        }
    }
    struct str problem = {0};
    int wrong = f->check(p->compiler->arena, literals, given, &problem);
    if (wrong < 0) {
        return true;
    }
    const struct path_op *op = parse_op(p, operands[wrong]);
    return scan_refuse(&p->scan, op->lo, op->hi, "%.*s", STR_ARG(problem));
}

/* Compile a literal pattern once; a problem with it is kept for path_pattern_problem(). */
static void compile_pattern(struct parser *p, uint32_t call, bool whole)
{
    struct path_program *program = p->program;
    const struct path_op *operand = parse_op(p, parse_op(p, call + 1)->end);
    if (operand->code != OP_LITERAL || program->literals[operand->literal].kind != VALUE_STRING) {
        return;
    }
    struct str pattern = program->literals[operand->literal].string;
    struct arena *arena = p->compiler->arena;
    size_t at = 0;
    struct path_error problem = {operand->lo, operand->hi, {0}};
    const struct iregexp *regexp = iregexp_compile(arena, pattern, whole, &at, &problem.message);
    if (!regexp) {
        struct span span = scan_string_span(&p->scan, operand->lo, at);
        problem.lo = span.lo;
        problem.hi = span.hi;
    } else if (iregexp_backtracks(regexp)) {
        problem.message = STR(
            "this pattern may take more than linear time: repetitions in it compete for the same "
            "characters; let each repetition end at a character that it cannot match");
    }
    if (problem.message.len && !program->has_pattern_problem) {
        program->has_pattern_problem = true;
        program->pattern_problem = problem;
    }
    program->patterns = arena_grow(arena, program->patterns, program->pattern_count,
                                   &program->pattern_capacity, sizeof(const struct iregexp *));
    program->patterns[program->pattern_count++] = regexp;
    parse_op(p, call)->pattern = (uint32_t)program->pattern_count;
}

/* Behind the name, at '('. */
static bool parse_call(struct parser *p, struct str name, uint32_t lo)
{
    struct path_program *program = p->program;
    const struct path_function *f = find_function(p->compiler->functions, name);
    if (!f) {
        return refuse_function(p, name, lo);
    }
    uint32_t call = parse_open(p, OP_CALL, lo);
    program->functions =
        arena_grow(p->compiler->arena, program->functions, program->function_count,
                   &program->function_capacity, sizeof(const struct path_function *));
    parse_op(p, call)->function = (uint32_t)program->function_count;
    program->functions[program->function_count++] = f;
    p->scan.at++;
    size_t given = 0;
    if (!parse_enter(p) || !parse_arguments(p, f, lo, &given) ||
        !check_literals(p, call, f, given)) {
        return false;
    }
    parse_leave(p);
    parse_close(p, call);
    bool whole = false;
    if (function_takes_pattern(f, &whole)) {
        compile_pattern(p, call, whole);
    }
    return true;
}

static bool refuse_word(struct parser *p, uint32_t lo)
{
    struct scanner *s = &p->scan;
    struct str word = scan_word(s);
    uint32_t hi = s->at;
    static const struct str keywords[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null")};
    for (size_t i = 0; i < COUNT_OF(keywords); i++) {
        if (str_eq_nocase(word, keywords[i])) {
            return scan_refuse(s, lo, hi, "write '%.*s' in lower case", STR_ARG(keywords[i]));
        }
    }
    if (str_eq_nocase(word, STR("not"))) {
        return scan_refuse(s, lo, hi, "'%.*s' is no operator here; write '!'", STR_ARG(word));
    }
    scan_space(s);
    if (scan_peek(s, 0) == '(') {
        return scan_refuse(s, hi, s->at,
                           "no white space may stand between a function's name and '('");
    }
    return scan_refuse(
        s, lo, hi,
        "unknown word; text is quoted, '%.*s', and a member begins with '@' or '$', @.%.*s",
        STR_ARG(word), STR_ARG(word));
}

static bool add_literal(struct parser *p, uint32_t op, struct value value)
{
    struct path_program *program = p->program;
    program->literals = arena_grow(p->compiler->arena, program->literals, program->literal_count,
                                   &program->literal_capacity, sizeof *program->literals);
    program->ops[op].literal = (uint32_t)program->literal_count;
    program->literals[program->literal_count++] = value;
    parse_close(p, op);
    return true;
}

static bool parse_string_literal(struct parser *p)
{
    uint32_t op = parse_open(p, OP_LITERAL, p->scan.at);
    struct value value = {.kind = VALUE_STRING};
    return scan_string(&p->scan, &value.string) && add_literal(p, op, value);
}

static bool parse_number_literal(struct parser *p)
{
    uint32_t op = parse_open(p, OP_LITERAL, p->scan.at);
    struct value value = {.kind = VALUE_NUMBER};
    return scan_number(&p->scan, &value.number) && add_literal(p, op, value);
}

/* A word: a function's name or one of the three literals. */
static bool parse_word(struct parser *p)
{
    struct scanner *s = &p->scan;
    uint32_t lo = s->at;
    struct str word = scan_word(s);
    if (scan_peek(s, 0) == '(') {
        return parse_call(p, word, lo);
    }
    struct value value = {.kind = VALUE_BOOL, .boolean = str_eq(word, STR("true"))};
    if (str_eq(word, STR("null"))) {
        value.kind = VALUE_NULL;
    } else if (!value.boolean && !str_eq(word, STR("false"))) {
        s->at = lo;
        return refuse_word(p, lo);
    }
    return add_literal(p, parse_open(p, OP_LITERAL, lo), value);
}

bool parse_operand(struct parser *p)
{
    struct scanner *s = &p->scan;
    char c = scan_peek(s, 0);
    if (c == '$' || c == '@') {
        return parse_query(p);
    }
    if (c == '\'' || c == '"') {
        return parse_string_literal(p);
    }
    if (char_is_digit(c) || c == '-') {
        return parse_number_literal(p);
    }
    if (scan_at_word(s)) {
        return parse_word(p);
    }
    if (c == '[' || c == '{') {
        return scan_refuse(s, s->at, s->at + 1,
                           "arrays and objects cannot be written in an expression");
    }
    return scan_expected(s, "a query, a literal or a function");
}
