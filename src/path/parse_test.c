/* SPDX-License-Identifier: MIT */
/*
 * Logical expressions (RFC 9535 §2.3.5): ||, &&, !, parentheses, existence tests and comparisons.
 */
#include "path/parse.h"

/* What other languages write, and what RFC 9535 writes instead. */
struct habit {
    struct str text;
    const char *advice;
};

static const struct habit habits[] = {
    {STR_INIT("==="), "write '=='"},
    {STR_INIT("!=="), "write '!='"},
    {STR_INIT("=~"), "write match(…, 'pattern') or search(…, 'pattern')"},
    {STR_INIT("<>"), "write '!='"},
    {STR_INIT("=>"), "write '>='"},
    {STR_INIT("=<"), "write '<='"},
    {STR_INIT("and"), "write '&&'"},
    {STR_INIT("or"), "write '||'"},
    {STR_INIT("AND"), "write '&&'"},
    {STR_INIT("OR"), "write '||'"},
    {STR_INIT("in"), "write a comparison for each value, joined with '||'"},
    {STR_INIT("contains"), "write a filter: @.items[?@ == 'value']"},
};

static bool is_word_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_';
}

/*
 * Refuse what stands where only an operator, ')', ']', ',' or the end may; true where all is well.
 */
/* What may follow an operand as it is: nothing, a closing bracket, a comma, '&&', '||'. */
static bool is_at_end(struct scanner *ahead)
{
    char c = scan_peek(ahead, 0);
    switch (c) {
    case ')':
    case ']':
    case ',':
        return true;
    case '&':
    case '|':
        return scan_peek(ahead, 1) == c;
    default:
        return ahead->at == ahead->text.len;
    }
}

static bool check_operator(struct parser *p)
{
    struct scanner ahead = p->scan;
    scan_space(&ahead);
    if (is_at_end(&ahead)) {
        return true;
    }
    struct str rest = str_from(ahead.text, ahead.at);
    for (size_t i = 0; i < COUNT_OF(habits); i++) {
        struct str habit = habits[i].text;
        if (rest.ptr[0] != habit.ptr[0] || !str_starts(rest, habit)) {
            continue;
        }
        bool whole = !char_is_alpha(habit.ptr[0]) || rest.len == habit.len ||
                     !is_word_char(rest.ptr[habit.len]);
        if (whole) {
            return scan_refuse(&ahead, ahead.at, ahead.at + (uint32_t)habit.len,
                               "'%.*s' is no operator here; %s", STR_ARG(habit), habits[i].advice);
        }
    }
    char c = scan_peek(&ahead, 0);
    if (c == '&' || c == '|') {
        return scan_refuse(&ahead, ahead.at, ahead.at + 1, "'%c' is no operator here; write '%c%c'",
                           c, c, c);
    }
    if (c == '=' && scan_peek(&ahead, 1) != '=') {
        return scan_refuse(&ahead, ahead.at, ahead.at + 1, "'=' is no operator here; write '=='");
    }
    return true;
}

/* Step over a comparison operator. */
static bool accept_sign(struct scanner *s, enum path_comparison *comparison)
{
    for (*comparison = 0; *comparison < PATH_COMPARISON_COUNT; (*comparison)++) {
        if (scan_accept(s, path_comparison_sign(*comparison))) {
            return true;
        }
    }
    return false;
}

bool parse_refuse_comparison(struct parser *p, const char *message)
{
    struct scanner ahead = p->scan;
    scan_space(&ahead);
    uint32_t lo = ahead.at;
    enum path_comparison comparison;
    if (!accept_sign(&ahead, &comparison)) {
        return true;
    }
    return scan_refuse(&ahead, lo, ahead.at, "%s", message);
}

/*
 * What was read as an operand stands alone: an existence test (§2.3.5.2.1) or a call that is true
 * or false.
 */
static bool finish_test(struct parser *p, uint32_t at)
{
    const struct path_op *op = parse_op(p, at);
    struct str text = parse_op_text(p, at);
    if (op->code == OP_LITERAL) {
        return scan_refuse(&p->scan, op->lo, op->hi,
                           "a literal alone is no condition; compare it with something");
    }
    if (op->code == OP_CALL) {
        const struct path_function *function = path_op_function(p->program, op);
        if (function->result == TYPE_VALUE) {
            return scan_refuse(
                &p->scan, op->lo, op->hi,
                "%.*s() gives a value, which alone is no condition; compare it: %.*s == …",
                STR_ARG(function->name), STR_ARG(text));
        }
        if (function->result == TYPE_LOGICAL) {
            return true;
        }
    }
    parse_close(p, parse_wrap(p, at, OP_EXISTS));
    return true;
}

/* Behind the operator of a comparison whose left side is at `at`. */
static bool finish_comparison(struct parser *p, uint32_t at, enum path_comparison comparison)
{
    uint32_t right = (uint32_t)p->program->op_count;
    scan_space(&p->scan);
    if (!parse_operand(p) || !parse_check_value(p, right, "compared")) {
        return false;
    }
    uint32_t op = parse_wrap(p, at, OP_COMPARE);
    parse_op(p, op)->comparison = (uint8_t)comparison;
    parse_close(p, op);
    return parse_refuse_comparison(p, "comparisons cannot be chained; join two of them with '&&'");
}

/* A comparison or a test without '!'. */
static bool parse_comparison_or_test(struct parser *p)
{
    struct scanner *s = &p->scan;
    uint32_t at = (uint32_t)p->program->op_count;
    if (!parse_operand(p) || !check_operator(p)) {
        return false;
    }
    uint32_t end = s->at;
    enum path_comparison comparison;
    scan_space(s);
    if (accept_sign(s, &comparison)) {
        return parse_check_value(p, at, "compared") && finish_comparison(p, at, comparison);
    }
    s->at = end;
    return finish_test(p, at);
}

static bool parse_parenthesis(struct parser *p)
{
    struct scanner *s = &p->scan;
    uint32_t open = s->at++;
    if (!parse_enter(p)) {
        return false;
    }
    scan_space(s);
    if (!parse_logical(p)) {
        return false;
    }
    scan_space(s);
    if (scan_at_end(s)) {
        return scan_refuse(s, open, s->at, "this '(' is not closed; it needs ')'");
    }
    if (!scan_accept(s, STR(")"))) {
        return scan_expected(s, "'&&', '||' or ')'");
    }
    parse_leave(p);
    return parse_refuse_comparison(
        p, "an expression in parentheses is true or false and cannot be compared");
}

/* Behind '!': a test or a parenthesis, but no comparison. */
static bool parse_not(struct parser *p)
{
    struct scanner *s = &p->scan;
    uint32_t op = parse_open(p, OP_NOT, s->at++);
    scan_space(s);
    if (scan_peek(s, 0) == '!') {
        return scan_refuse(s, parse_op(p, op)->lo, s->at + 1,
                           "two '!' follow each other; leave both out");
    }
    uint32_t operand = (uint32_t)p->program->op_count;
    bool parenthesis = scan_peek(s, 0) == '(';
    if (parenthesis ? !parse_parenthesis(p) : !parse_operand(p)) {
        return false;
    }
    if (!parse_refuse_comparison(
            p, "'!' does not apply to a comparison; write !(…), or the opposite operator")) {
        return false;
    }
    if (!parenthesis && !finish_test(p, operand)) {
        return false;
    }
    parse_close(p, op);
    return true;
}

static bool parse_basic(struct parser *p)
{
    char c = scan_peek(&p->scan, 0);
    bool parsed = c == '!'   ? parse_not(p)
                  : c == '(' ? parse_parenthesis(p)
                             : parse_comparison_or_test(p);
    return parsed && check_operator(p);
}

/* One or more operands joined by `sign`: one operation for all of them. */
static bool parse_chain(struct parser *p, struct str sign, enum path_code code,
                        bool (*operand)(struct parser *))
{
    struct scanner *s = &p->scan;
    uint32_t at = (uint32_t)p->program->op_count;
    if (!operand(p)) {
        return false;
    }
    for (bool first = true;; first = false) {
        uint32_t end = s->at;
        scan_space(s);
        if (!scan_accept(s, sign)) {
            s->at = end;
            break;
        }
        if (first) {
            parse_wrap(p, at, code);
        }
        scan_space(s);
        if (!operand(p)) {
            return false;
        }
        parse_close(p, at);
    }
    return true;
}

static bool parse_and(struct parser *p)
{
    return parse_chain(p, STR("&&"), OP_AND, parse_basic);
}

bool parse_logical(struct parser *p)
{
    return parse_chain(p, STR("||"), OP_OR, parse_and);
}
