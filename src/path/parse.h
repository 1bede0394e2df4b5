/* SPDX-License-Identifier: MIT */
/*
 * The grammatical half of the JSONPath parser: recursive descent that appends operations to a
 * program as it reads. Private to this folder. parse_query.c knows queries and selectors,
 * parse_test.c what stands inside a filter, parse_operand.c what a test compares and calls; they
 * need each other, since a filter stands in a query, and a query in a test or a call.
 */
#ifndef EKSLINT_PATH_PARSE_H
#define EKSLINT_PATH_PARSE_H

#include "path/program.h"
#include "path/scan.h"

struct parser {
    struct scanner scan;
    const struct path_compiler *compiler;
    struct path_program *program;
    unsigned depth; /* of filters, calls and parentheses that are open */
};

/* An operation that has been appended. */
static inline struct path_op *parse_op(const struct parser *p, uint32_t at)
{
    return &p->program->ops[at];
}

/* Its text for use in a message; "…" for what is too long there, or stands on several lines. */
struct str parse_op_text(const struct parser *p, uint32_t at);

/* Append an operation whose text starts at `lo`; its operands follow. Returns its index. */
uint32_t parse_open(struct parser *p, enum path_code code, uint32_t lo);

/* End the operation: its operands are complete and its text ends here. */
void parse_close(struct parser *p, uint32_t at);

/*
 * Put an operation before the one at `at`, which becomes its first operand: infix operators are
 * only seen behind their left side. Returns the new operation's index, which is `at`; parse_close()
 * it.
 */
uint32_t parse_wrap(struct parser *p, uint32_t at, enum path_code code);

/* One more level of nesting, and one less. */
MUST_USE bool parse_enter(struct parser *p);
void parse_leave(struct parser *p);

/* Read a query that starts with '$' or '@' (§2.2, §2.3.5.1). */
MUST_USE bool parse_query(struct parser *p);

/* Read a logical expression (§2.3.5.1). */
MUST_USE bool parse_logical(struct parser *p);

/* Read a comparable or the argument of a function: a literal, a query or a call. */
MUST_USE bool parse_operand(struct parser *p);

/* Refuse a comparison operator that comes next; true where none does. */
MUST_USE bool parse_refuse_comparison(struct parser *p, const char *message);

/*
 * §2.4.3: refuse the operand at `at` where it gives no value. `use` says what it was meant for:
 * "compared".
 */
MUST_USE bool parse_check_value(struct parser *p, uint32_t at, const char *use);

#endif
