/* SPDX-License-Identifier: MIT */
/*
 * The compiled form of an expression: a flat array of operations in prefix order. An operation's
 * operands follow it directly, and its `end` is the index behind the last of them, so a walk needs
 * no stack:
 *
 *   for (uint32_t i = at + 1; i < ops[at].end; i = ops[i].end)   each operand of ops[at]
 *
 * Invariants: ops[0].end is the number of operations; every index into the side tables is valid;
 * the program holds no pointer into the expression's text. All of it lives in the compiler's arena,
 * the patterns' PCRE2 memory included, so there is nothing to free. After path_link_fact() it is
 * never written to, and threads may share it.
 */
#ifndef EKSLINT_PATH_PROGRAM_H
#define EKSLINT_PATH_PROGRAM_H

#include "path/iregexp.h"
#include "path/path.h"

enum path_code {
    OP_QUERY,              /* segments; from '$', or '@' where flagged; `facts` */
    OP_SEGMENT_CHILD,      /* selectors */
    OP_SEGMENT_DESCENDANT, /* selectors */
    OP_NAME,               /* `atom` */
    OP_WILDCARD,
    OP_INDEX,   /* `integer` */
    OP_SLICE,   /* `integer`: the first of start, end and step; the flags say which are given */
    OP_FILTER,  /* one logical operand */
    OP_OR,      /* two or more logical operands */
    OP_AND,     /* two or more logical operands */
    OP_NOT,     /* one logical operand */
    OP_EXISTS,  /* one operand of TYPE_NODES: OP_QUERY or OP_CALL */
    OP_COMPARE, /* `comparison`; two operands of TYPE_VALUE: OP_LITERAL, OP_QUERY or OP_CALL */
    OP_LITERAL, /* `literal` */
    OP_CALL,    /* the arguments, each of its parameter's type; `function`, `pattern` */
    PATH_CODE_COUNT
};

/* A sign stands before those that it begins with. */
enum path_comparison {
    PATH_COMPARE_EQUAL,
    PATH_COMPARE_UNEQUAL,
    PATH_COMPARE_LESS_EQUAL,
    PATH_COMPARE_GREATER_EQUAL,
    PATH_COMPARE_LESS,
    PATH_COMPARE_GREATER,
    PATH_COMPARISON_COUNT
};

enum path_op_flags {
    QUERY_CURRENT = 1,  /* begins with '@' */
    QUERY_SINGULAR = 2, /* RFC 9535 §2.3.5.1: at most one node, whatever the document */
    SLICE_START = 4,
    SLICE_END = 8,
    SLICE_STEP = 16,
};

struct path_op {
    uint8_t code;       /* enum path_code */
    uint8_t flags;      /* enum path_op_flags */
    uint8_t comparison; /* enum path_comparison, of OP_COMPARE */
    uint32_t end;       /* index of the operation behind this one's operands */
    uint32_t lo, hi;    /* bytes of the expression's text, for messages */
    union {
        uint32_t facts;    /* OP_QUERY: the bits of the facts that it depends on */
        uint32_t atom;     /* OP_NAME */
        uint32_t integer;  /* OP_INDEX, OP_SLICE: index into integers */
        uint32_t literal;  /* OP_LITERAL: index into literals */
        uint32_t function; /* OP_CALL: index into functions */
    };
    uint32_t pattern; /* OP_CALL with a literal pattern: 1 + its index in patterns; else 0 */
};

struct path_program {
    enum path_goal goal;
    enum path_type type; /* see path_program_type() */
    struct path_op *ops;
    size_t op_count, op_capacity;
    int64_t *integers;
    size_t integer_count, integer_capacity;
    struct value *literals;
    size_t literal_count, literal_capacity;
    const struct path_function **functions; /* one for each call */
    size_t function_count, function_capacity;
    const struct iregexp *
        *patterns; /* NULL: no I-Regexp, which matches nothing (RFC 9535 §2.4.6) */
    size_t pattern_count, pattern_capacity;
    bool has_pattern_problem;
    struct path_error pattern_problem;
};

/* The function that an OP_CALL calls. */
static inline const struct path_function *path_op_function(const struct path_program *program,
                                                           const struct path_op *op)
{
    return program->functions[op->function];
}

/* "query", "child", "name", ... */
struct str path_code_name(enum path_code code);

/* "==", "!=", "<", "<=", ">", ">=". */
struct str path_comparison_sign(enum path_comparison comparison);

/*
 * Evaluate a part of a program by itself: the logical operation at an index; or the operand at an
 * index as what it is there, a value, a truth or nodes.
 */
enum truth path_test_part(const struct path_program *program, uint32_t at, struct path_env *env);
void path_evaluate_part(const struct path_program *program, uint32_t at, enum path_type type,
                        struct path_env *env, struct path_datum *result);

/*
 * The first literal pattern of match() or search() that is no I-Regexp, or that may need more than
 * linear time to match (iregexp_may_backtrack()); NULL where there is none. RFC 9535 makes calls
 * with the former false, so the compiler accepts them; whoever writes rules wants to know.
 */
const struct path_error *path_pattern_problem(const struct path_program *program);

/* Is there an '@' in the operand at `at`, be it of a filter inside? */
bool path_operand_is_relative(const struct path_program *program, uint32_t at);

#endif
