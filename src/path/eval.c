/* SPDX-License-Identifier: MIT */
/*
 * Evaluation of tests, values and calls (RFC 9535 §2.3.5 and §2.4), three-valued as path.h describes
 * it, and the ways in. Queries are walked in walk.c.
 */
#include "path/eval.h"

#include "path/compare.h"
#include "path/functions.h"

#include <assert.h>

static void call_function(struct eval *eval, uint32_t at, struct visit *current,
                          struct path_datum *result);

struct value eval_value(struct eval *eval, uint32_t at, struct visit *current)
{
    const struct path_op *op = &eval->program->ops[at];
    if (op->code == OP_LITERAL) {
        return eval->program->literals[op->literal];
    }
    if (op->code == OP_CALL) {
        struct path_datum result;
        call_function(eval, at, current, &result);
        return result.value;
    }
    bool unknown = false;
    const struct node *node = walk_singular(eval, at, current, &unknown);
    if (node) {
        return path_node_value(eval->env, node);
    }
    return (struct value){.kind = unknown ? VALUE_UNKNOWN : VALUE_NOTHING};
}

static void eval_nodes(struct eval *eval, uint32_t at, struct visit *current, bool with_steps,
                       struct nodelist *nodes)
{
    if (eval->program->ops[at].code == OP_QUERY) {
        walk_collect(eval, at, current, with_steps, nodes);
        return;
    }
    struct path_datum result;
    call_function(eval, at, current, &result);
    *nodes = result.nodes;
}

/* match() or search() with a pattern that was compiled with the program. */
static enum truth match_compiled(struct eval *eval, const struct path_op *op, uint32_t subject,
                                 struct visit *current)
{
    struct value value = eval_value(eval, subject, current);
    return function_match(eval->env, eval->program->patterns[op->pattern - 1], &value);
}

static void eval_argument(struct eval *eval, uint32_t at, struct visit *current, bool with_steps,
                          struct path_datum *argument)
{
    switch (argument->type) {
    case TYPE_VALUE:
        argument->value = eval_value(eval, at, current);
        break;
    case TYPE_LOGICAL:
        argument->logical = eval_logical(eval, at, current);
        break;
    case TYPE_NODES:
        eval_nodes(eval, at, current, with_steps, &argument->nodes);
        break;
    case TYPE_COUNT:
        break;
    }
}

static void call_function(struct eval *eval, uint32_t at, struct visit *current,
                          struct path_datum *result)
{
    const struct path_op *ops = eval->program->ops;
    const struct path_function *function = path_op_function(eval->program, &ops[at]);
    *result = (struct path_datum){.type = function->result};
    if (ops[at].pattern) {
        result->logical = match_compiled(eval, &ops[at], at + 1, current);
        return;
    }
    struct path_datum args[FUNCTION_MAX_PARAMS];
    size_t given = 0;
    uint32_t operand = at + 1;
    for (size_t i = 0; i < function->count; i++) {
        args[i] = (struct path_datum){.type = function->params[i]};
        if (operand < ops[at].end) {
            eval_argument(eval, operand, current, function->result == TYPE_NODES, &args[i]);
            operand = ops[operand].end;
            given++;
        }
    }
    function->call(eval->env, args, given, result);
}

/* §2.3.5.2.1: whether there is a node. One that is unknown may turn out to be none. */
static enum truth test_exists(struct eval *eval, uint32_t at, struct visit *current)
{
    const struct path_op *op = &eval->program->ops[at];
    if (op->flags & QUERY_SINGULAR) {
        bool unknown = false;
        const struct node *node = walk_singular(eval, at, current, &unknown);
        return unknown || node_is(node, NODE_UNKNOWN) ? TRUTH_UNKNOWN : truth_of(node != NULL);
    }
    if (op->code == OP_QUERY) {
        return walk_exists(eval, at, current);
    }
    struct path_datum result;
    call_function(eval, at, current, &result);
    enum truth exists = result.nodes.unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (size_t i = 0; i < result.nodes.count && exists != TRUTH_TRUE; i++) {
        exists = result.nodes.items[i].node->kind == NODE_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_TRUE;
    }
    return exists;
}

/* `known`: the right side, where it has been evaluated; or NULL. */
enum truth eval_comparison(struct eval *eval, uint32_t at, struct visit *current,
                           const struct value *known)
{
    const struct path_op *ops = eval->program->ops;
    struct value left = eval_value(eval, at + 1, current);
    struct value right = known ? *known : eval_value(eval, ops[at + 1].end, current);
    return compare_values(eval->env, (enum path_comparison)ops[at].comparison, &left, &right);
}

/* || and && over two or more operands; `decisive` is the truth that makes the rest irrelevant. */
static enum truth test_chain(struct eval *eval, uint32_t at, struct visit *current,
                             enum truth decisive)
{
    const struct path_op *ops = eval->program->ops;
    enum truth result = truth_not(decisive);
    for (uint32_t i = at + 1; i < ops[at].end && result != decisive; i = ops[i].end) {
        enum truth operand = eval_logical(eval, i, current);
        result = decisive == TRUTH_TRUE ? truth_or(result, operand) : truth_and(result, operand);
    }
    return result;
}

enum truth eval_logical(struct eval *eval, uint32_t at, struct visit *current)
{
    switch ((enum path_code)eval->program->ops[at].code) {
    case OP_OR:
        return test_chain(eval, at, current, TRUTH_TRUE);
    case OP_AND:
        return test_chain(eval, at, current, TRUTH_FALSE);
    case OP_NOT:
        return truth_not(eval_logical(eval, at + 1, current));
    case OP_EXISTS:
        return test_exists(eval, at + 1, current);
    case OP_COMPARE:
        return eval_comparison(eval, at, current, NULL);
    case OP_CALL: {
        struct path_datum result;
        call_function(eval, at, current, &result);
        return result.logical;
    }
    case OP_QUERY:
    case OP_SEGMENT_CHILD:
    case OP_SEGMENT_DESCENDANT:
    case OP_NAME:
    case OP_WILDCARD:
    case OP_INDEX:
    case OP_SLICE:
    case OP_FILTER:
    case OP_LITERAL:
    case PATH_CODE_COUNT:
        break;
    }
    assert(false); /* an operation of another type */
    return TRUTH_UNKNOWN;
}

static struct visit current_visit(const struct path_env *env)
{
    return (struct visit){.node = env->current.node, .kept = env->current.where};
}

void path_select(const struct path_program *program, struct path_env *env, struct nodelist *nodes)
{
    assert(program->type == TYPE_NODES);
    struct eval eval = {.program = program, .env = env};
    struct visit current = current_visit(env);
    *nodes = (struct nodelist){0};
    eval_nodes(&eval, 0, &current, true, nodes);
    nodes->unknown |= env->exhausted;
}

enum truth path_test(const struct path_program *program, struct path_env *env)
{
    assert(program->goal == PATH_LOGICAL);
    struct eval eval = {.program = program, .env = env};
    struct visit current = current_visit(env);
    enum truth result = eval_logical(&eval, 0, &current);
    return env->exhausted ? TRUTH_UNKNOWN : result;
}

void path_evaluate(const struct path_program *program, struct path_env *env,
                   struct path_datum *result)
{
    struct eval eval = {.program = program, .env = env};
    struct visit current = current_visit(env);
    *result = (struct path_datum){.type = program->type};
    if (program->ops[0].code == OP_QUERY) {
        walk_collect(&eval, 0, &current, true, &result->nodes);
    } else {
        assert(program->ops[0].code == OP_CALL);
        call_function(&eval, 0, &current, result);
    }
    if (env->exhausted) {
        result->logical = TRUTH_UNKNOWN;
        result->value = (struct value){.kind = VALUE_UNKNOWN};
        result->nodes.unknown = true;
    }
}

enum truth path_test_part(const struct path_program *program, uint32_t at, struct path_env *env)
{
    struct eval eval = {.program = program, .env = env};
    struct visit current = current_visit(env);
    enum truth result = eval_logical(&eval, at, &current);
    return env->exhausted ? TRUTH_UNKNOWN : result;
}

void path_evaluate_part(const struct path_program *program, uint32_t at, enum path_type type,
                        struct path_env *env, struct path_datum *result)
{
    struct eval eval = {.program = program, .env = env};
    struct visit current = current_visit(env);
    *result = (struct path_datum){.type = type};
    eval_argument(&eval, at, &current, true, result);
}
