/* SPDX-License-Identifier: MIT */
/*
 * JSONPath (RFC 9535) over located trees: compile once, evaluate often.
 *
 * An expression is compiled to a flat program (path/program.h) and checked for well-typedness
 * (§2.4.3). Three kinds of expression share one language: a query (`$.a[*]`), a logical expression
 * (what stands inside `[?…]`) and a placeholder (a query or a function call, for messages).
 *
 * Beyond the RFC, for judging files without the systems they describe, evaluation is three-valued:
 * a NODE_UNKNOWN that a query meets makes comparisons and tests over it TRUTH_UNKNOWN (Kleene),
 * never false. On trees without unknown nodes the results are exactly the RFC's.
 */
#ifndef EKSLINT_PATH_PATH_H
#define EKSLINT_PATH_PATH_H

#include "base/buf.h"
#include "tree/tree.h"

/* RFC 9535 §2.4.1. */
enum path_type { TYPE_VALUE, TYPE_LOGICAL, TYPE_NODES, TYPE_COUNT };

enum value_kind {
    VALUE_NOTHING, /* the absence of a value */
    VALUE_UNKNOWN,
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_NODE, /* an array or object: see node */
};

/* A ValueType: a JSON value or Nothing. */
struct value {
    enum value_kind kind;
    bool boolean;
    double number;
    struct str
        string; /* of VALUE_STRING, or the symbol of VALUE_UNKNOWN; lives as long as the tree, the
                   program or the scratch arena */
    const struct node *node; /* the node it was read from; NULL where it was computed */
};

/* One step of a normalized path; `outer` is the step before it, NULL for a child of the root. */
struct path_step {
    const struct path_step *outer;
    bool is_name;
    uint32_t name;  /* atom, where is_name */
    uint32_t index; /* else */
};

struct path_item {
    const struct node *node;
    const struct path_step *where; /* NULL for the root */
};

/*
 * A NodesType. `unknown`: further nodes may exist that cannot be known (a NODE_UNKNOWN was in the
 * way, or a fact is missing). NODE_UNKNOWN nodes that were selected themselves are among the items.
 */
struct nodelist {
    struct path_item *items;
    size_t count, capacity;
    bool unknown;
};

struct path_env;

/* One argument or the result of a function extension, by its declared type. */
struct path_datum {
    enum path_type type;
    struct value value;
    enum truth logical;
    struct nodelist nodes;
};

enum { FUNCTION_MAX_PARAMS = 10 };

/*
 * A function extension (RFC 9535 §2.4). Pure: its result depends on its arguments, the tree and
 * env->context only.
 */
struct path_function {
    struct str name;
    enum path_type result;
    uint8_t required; /* parameters that must be given */
    uint8_t count;    /* parameters at most */
    enum path_type params[FUNCTION_MAX_PARAMS];
    /*
     * `result` comes with its type set; args[given..count) are zero of their type. Call
     * path_spend() in loops. The items of an argument have no `where`, unless the result is of
     * TYPE_NODES: nothing else could show it.
     */
    void (*call)(struct path_env *env, const struct path_datum *args, size_t given,
                 struct path_datum *result);
    /*
     * Optional: check the arguments that are literals when the expression is compiled.
     * `literals[i]` is NULL for an argument that is no string literal. Returns the index of the
     * offending argument and sets *problem, or -1.
     */
    int (*check)(struct arena *arena, const struct str *const *literals, size_t given,
                 struct str *problem);
    struct str signature; /* "in(value, nodes) -> logical" */
    struct str summary;   /* one sentence */
    struct str example;   /* an expression with it; true on the tree `null` where possible */
};

/* Function tables, searched in order. */
struct path_functions {
    const struct path_function *items;
    size_t count;
    const struct path_functions *next;
};

/* length, count, match, search, value (RFC 9535 §2.4.4 to §2.4.8). */
extern const struct path_functions path_standard_functions;

enum { EXPRESSION_MAX_BYTES = 16384, EXPRESSION_MAX_DEPTH = 64 };

/*
 * What is wrong with an expression: bytes [lo, hi) of its text, and a message with a suggestion
 * where there is one.
 */
struct path_error {
    uint32_t lo, hi;
    struct str message;
};

struct path_program;

enum path_goal { PATH_QUERY, PATH_LOGICAL, PATH_PLACEHOLDER };

/*
 * Compile `text`. PATH_QUERY takes an absolute query ("$…") or, with allow_relative, one that
 * starts with '@'. PATH_LOGICAL and PATH_PLACEHOLDER may use '@' freely. Names are interned in
 * `atoms`; the program lives in `arena` and keeps no reference to `text`. On failure returns NULL
 * and fills *error (message in arena).
 */
struct path_compiler {
    struct arena *arena;
    struct atoms *atoms;
    const struct path_functions *functions;
    bool allow_relative;
};
struct path_program *path_compile(const struct path_compiler *compiler, enum path_goal goal,
                                  struct str text, struct path_error *error);

/* The type of a placeholder's program: TYPE_NODES for a query, else the function's result type. */
enum path_type path_program_type(const struct path_program *program);

/*
 * Make queries of `program` that begin with the query `fact` depend on it: while bit `fact_bit`
 * (0..31) is set in env->missing_facts, they are unknown. Returns how many queries depend on it.
 */
unsigned path_link_fact(struct path_program *program, const struct path_program *fact,
                        unsigned fact_bit);

/*
 * Does the program's value depend on the node that is judged: on '@' outside of filters, or on a
 * function without arguments? What does not is the same for every node.
 */
bool path_uses_current(const struct path_program *program);

/*
 * Names of members of which the root must have one for a PATH_LOGICAL program to be true: their atoms
 * go to `names`. Returns how many; 0 where it may be true whatever the root has, or where there are
 * more than `max`.
 */
size_t path_root_names(const struct path_program *program, uint32_t *names, size_t max);

/* Does the program call the function of this name? */
bool path_calls(const struct path_program *program, struct str function);

struct path_index;

/*
 * What filters have found out about the children of containers, so that `[?@.arn == $.x]` need not
 * look at each of them again. Zero but for the arena is valid; the memory is there, and of one tree,
 * which does not change any more.
 */
struct path_indexes {
    struct arena *arena;
    struct path_index **slots; /* open addressing */
    size_t count, capacity;
    size_t entries; /* of all of them, see INDEX_MAX_ENTRIES_PER_NODE */
    uint64_t run;
    bool eager; /* also where a walk would cost less: for tests */
};

/*
 * A budget begins. Each pays for the indexes that it uses, as if they were built for it, so that the
 * steps of a rule do not depend on the rules before it. NULL: nothing.
 */
void path_indexes_begin(struct path_indexes *indexes);

/* What an evaluation runs in. */
struct path_env {
    const struct tree *tree;
    const struct node *root; /* '$' */
    struct path_item
        current; /* '@' at the outermost level, and this(); without a node, '@' selects nothing */
    struct arena *scratch; /* results live here */
    uint64_t steps;        /* budget left; 0 = exhausted */
    bool exhausted;        /* the budget ran out: every result is then unknown */
    bool pattern_stopped;  /* a pattern reached a limit: that match is unknown */
    uint32_t missing_facts;
    struct path_indexes *indexes; /* of `tree`; NULL: filters look at every child */
    const void *context;          /* for the functions of higher floors */
};

/*
 * Spend n steps of the budget; false, with env->exhausted set, where they are not there any more.
 */
bool path_spend(struct path_env *env, uint64_t n);

/* Evaluate a PATH_QUERY program: the nodelist, in the order of RFC 9535. */
void path_select(const struct path_program *program, struct path_env *env, struct nodelist *nodes);

/* Evaluate a PATH_LOGICAL program. */
enum truth path_test(const struct path_program *program, struct path_env *env);

/* Evaluate a PATH_PLACEHOLDER program. */
void path_evaluate(const struct path_program *program, struct path_env *env,
                   struct path_datum *result);

/* The value of a node, as comparisons see it. */
struct value path_node_value(const struct path_env *env, const struct node *node);

/* RFC 9535 §2.3.5.2.2, three-valued. */
enum truth path_values_equal(struct path_env *env, const struct value *a, const struct value *b);

void nodelist_add(struct path_env *env, struct nodelist *nodes, struct path_item item);

/* Append the normalized path (§2.7) of an item of a tree with these atoms: "$['a'][0]". */
void path_write(struct buf *buf, const struct atoms *atoms, const struct path_step *where);

/* The program as text, an op to a line, for people. */
void path_dump(const struct path_program *program, const struct atoms *atoms, struct buf *buf);

#endif
