/* SPDX-License-Identifier: MIT */
/*
 * Values and their comparison (RFC 9535 §2.3.5.2.2). Three-valued: what depends on an unknown value
 * is unknown, unless something known decides. An unknown element or member may also stand for none
 * at all (CloudFormation's AWS::NoValue), so the size of a container that holds one is not known
 * either. Unknown values with the same symbol are the same all the same.
 */
#include "path/compare.h"

#include "tree/symbol.h"

static struct value scalar_value(const struct tree *tree, const struct node *node)
{
    struct value value = {.node = node};
    switch ((enum node_kind)node->kind) {
    case NODE_NULL:
        value.kind = VALUE_NULL;
        break;
    case NODE_BOOL:
        value.kind = VALUE_BOOL;
        value.boolean = tree_bool(tree, node);
        break;
    case NODE_NUMBER:
        value.kind = VALUE_NUMBER;
        value.number = tree_number(tree, node);
        break;
    case NODE_STRING:
    case NODE_KEY:
        value.kind = VALUE_STRING;
        value.string = tree_text(tree, node);
        break;
    case NODE_ARRAY:
    case NODE_OBJECT:
        value.kind = VALUE_NODE;
        break;
    case NODE_UNKNOWN:
    case NODE_KIND_COUNT:
        value.kind = VALUE_UNKNOWN;
        value.string = tree_symbol(tree, node);
        break;
    }
    return value;
}

struct value path_node_value(const struct path_env *env, const struct node *node)
{
    return scalar_value(env->tree, node);
}

static enum truth nodes_equal(struct path_env *env, const struct node *a, const struct node *b);

static enum truth arrays_equal(struct path_env *env, const struct node *a, const struct node *b)
{
    if (a->count != b->count) {
        bool unknown = tree_has_unknown_child(env->tree, a) || tree_has_unknown_child(env->tree, b);
        return unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    }
    enum truth result = TRUTH_TRUE;
    for (uint32_t i = 0; i < a->count && result != TRUTH_FALSE; i++) {
        const struct node *x = tree_element(env->tree, a, i);
        result = truth_and(result, nodes_equal(env, x, tree_element(env->tree, b, i)));
    }
    return result;
}

/* A member that the other object lacks: a difference, unless the member itself may be absent. */
static enum truth lone_member(const struct node *value)
{
    return value->kind == NODE_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* Whether b has what a has, members in any order; *shared counts the names of both. */
static enum truth members_equal(struct path_env *env, const struct node *a, const struct node *b,
                                uint32_t *shared)
{
    enum truth result = TRUTH_TRUE;
    for (uint32_t i = 0; i < node_size(a) && result != TRUTH_FALSE; i++) {
        const struct node *value = tree_value(env->tree, a, i);
        const struct node *other = tree_member_atom(env->tree, b, node_key_of(value)->atom);
        if (!path_spend(env, 1 + b->count / 16)) { /* the search for the name */
            return TRUTH_UNKNOWN;
        }
        *shared += other ? 1 : 0;
        result = truth_and(result, other ? nodes_equal(env, value, other) : lone_member(value));
    }
    return result;
}

static enum truth objects_equal(struct path_env *env, const struct node *a, const struct node *b)
{
    uint32_t shared = 0;
    enum truth result = members_equal(env, a, b, &shared);
    if (result == TRUTH_FALSE || shared == node_size(b)) {
        return result;
    }
    for (uint32_t i = 0; i < node_size(b) && result != TRUTH_FALSE; i++) {
        const struct node *value = tree_value(env->tree, b, i);
        if (!path_spend(env, 1 + a->count / 16)) {
            return TRUTH_UNKNOWN;
        }
        if (!tree_member_atom(env->tree, a, node_key_of(value)->atom)) {
            result = truth_and(result, lone_member(value));
        }
    }
    return result;
}

static enum truth scalars_equal(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_UNKNOWN && b->kind == VALUE_UNKNOWN) {
        return symbols_equal(a->string, b->string);
    }
    if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN) {
        return TRUTH_UNKNOWN;
    }
    if (a->kind != b->kind) {
        return TRUTH_FALSE;
    }
    switch (a->kind) {
    case VALUE_NOTHING:
    case VALUE_NULL:
        return TRUTH_TRUE;
    case VALUE_BOOL:
        return truth_of(a->boolean == b->boolean);
    case VALUE_NUMBER:
        return truth_of(a->number == b->number);
    case VALUE_STRING:
        return truth_of(str_eq(a->string, b->string));
    case VALUE_UNKNOWN:
    case VALUE_NODE:
        break;
    }
    return TRUTH_FALSE;
}

static enum truth nodes_equal(struct path_env *env, const struct node *a, const struct node *b)
{
    if (!path_spend(env, 1)) {
        return TRUTH_UNKNOWN;
    }
    if (a->kind == NODE_ARRAY && b->kind == NODE_ARRAY) {
        return arrays_equal(env, a, b);
    }
    if (a->kind == NODE_OBJECT && b->kind == NODE_OBJECT) {
        return objects_equal(env, a, b);
    }
    struct value x = scalar_value(env->tree, a);
    struct value y = scalar_value(env->tree, b);
    return scalars_equal(&x, &y);
}

enum truth path_values_equal(struct path_env *env, const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_NODE && b->kind == VALUE_NODE) {
        return nodes_equal(env, a->node, b->node);
    }
    return scalars_equal(a, b);
}

/* Strings are ordered by code points, which in UTF-8 is the order of bytes. */
static enum truth value_less(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN) {
        return TRUTH_UNKNOWN;
    }
    if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) {
        return truth_of(a->number < b->number);
    }
    return truth_of(a->kind == VALUE_STRING && b->kind == VALUE_STRING &&
                    str_compare(a->string, b->string) < 0);
}

enum truth compare_values(struct path_env *env, enum path_comparison comparison,
                          const struct value *a, const struct value *b)
{
    switch (comparison) {
    case PATH_COMPARE_EQUAL:
        return path_values_equal(env, a, b);
    case PATH_COMPARE_UNEQUAL:
        return truth_not(path_values_equal(env, a, b));
    case PATH_COMPARE_LESS_EQUAL:
        return truth_or(value_less(a, b), path_values_equal(env, a, b));
    case PATH_COMPARE_GREATER_EQUAL:
        return truth_or(value_less(b, a), path_values_equal(env, a, b));
    case PATH_COMPARE_LESS:
        return value_less(a, b);
    case PATH_COMPARE_GREATER:
        return value_less(b, a);
    case PATH_COMPARISON_COUNT:
        break;
    }
    return TRUTH_FALSE;
}
