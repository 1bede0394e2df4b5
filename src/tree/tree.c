/* SPDX-License-Identifier: MIT */
/* Reading a located tree: texts, members, numbers, equality. Building one is builder.c's work. */
#include "tree/tree.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

struct str tree_text(const struct tree *tree, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_NULL:
    case NODE_BOOL:
    case NODE_NUMBER:
    case NODE_STRING:
        if (node->flags & NODE_IN_POOL) {
            return (struct str){tree->pool + node->text, node->len};
        }
        return str_slice(sources_get(tree->sources, node->source)->bytes, node->text,
                         (size_t)node->text + node->len);
    case NODE_KEY:
        return atoms_text(tree->atoms, node->atom);
    case NODE_ARRAY:
    case NODE_OBJECT:
    case NODE_UNKNOWN:
    case NODE_KIND_COUNT:
        break;
    }
    return (struct str){0};
}

struct str tree_symbol(const struct tree *tree, const struct node *node)
{
    bool has = node->kind == NODE_UNKNOWN && node->flags & NODE_IN_POOL;
    return has ? (struct str){tree->pool + node->text, node->len} : (struct str){0};
}

const struct node *tree_member_atom(const struct tree *tree, const struct node *node, uint32_t atom)
{
    if (node->kind != NODE_OBJECT) {
        return NULL;
    }
    const struct node *child = tree_children(tree, node);
    for (uint32_t i = 0; i < node->count; i += 2) {
        if (child[i].atom == atom) {
            return &child[i + 1];
        }
    }
    return NULL;
}

const struct node *tree_member(const struct tree *tree, const struct node *node, struct str name)
{
    uint32_t atom;
    if (!node || node->kind != NODE_OBJECT || !atoms_find(tree->atoms, name, &atom)) {
        return NULL;
    }
    return tree_member_atom(tree, node, atom);
}

struct str tree_string(const struct tree *tree, const struct node *node, struct str name)
{
    const struct node *member = tree_member(tree, node, name);
    return node_is(member, NODE_STRING) ? tree_text(tree, member) : (struct str){0};
}

struct str tree_tag(const struct tree *tree, const struct node *node)
{
    return node->tag ? tree->tags[node->tag - 1] : (struct str){0};
}

bool tree_bool(const struct tree *tree, const struct node *node)
{
    struct str text = tree_text(tree, node);
    return text.len && char_lower(text.ptr[0]) == 't';
}

/* YAML 1.2 core schema §10.3.2: the integers with a base. */
static double number_with_base(struct str digits, double base)
{
    double value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = char_lower(digits.ptr[i]);
        value = value * base + (char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

static double special_number(struct str text)
{
    bool negative = text.ptr[0] == '-';
    struct str body = str_from(text, negative || text.ptr[0] == '+' ? 1 : 0);
    if (str_eq_nocase(body, STR(".nan"))) {
        return (double)NAN;
    }
    return negative ? -(double)INFINITY : (double)INFINITY;
}

/*
 * strtod needs a NUL, and no digit may be left out: an exponent can stand behind any number of
 * them.
 */
static double decimal_number(struct arena *arena, struct str text)
{
    char digits[64];
    if (text.len < sizeof digits) {
        memcpy(digits, text.ptr, text.len);
        digits[text.len] = '\0';
        return strtod(digits, NULL);
    }
    struct arena_mark mark = arena_mark(arena);
    double number = strtod(arena_str(arena, text).ptr, NULL);
    arena_rewind(arena, mark);
    return number;
}

double tree_number(const struct tree *tree, const struct node *node)
{
    struct str text = tree_text(tree, node);
    if (str_starts(text, STR("0x"))) {
        return number_with_base(str_from(text, 2), 16);
    }
    if (str_starts(text, STR("0o"))) {
        return number_with_base(str_from(text, 2), 8);
    }
    char last = text.len ? char_lower(text.ptr[text.len - 1]) : '\0';
    if (last == 'f' || last == 'n') {
        return special_number(text);
    }
    return decimal_number(tree->arena, text);
}

struct str node_kind_name(enum node_kind kind)
{
    static const struct str names[NODE_KIND_COUNT] = {
        [NODE_NULL] = STR_INIT("null"),     [NODE_BOOL] = STR_INIT("boolean"),
        [NODE_NUMBER] = STR_INIT("number"), [NODE_STRING] = STR_INIT("string"),
        [NODE_ARRAY] = STR_INIT("array"),   [NODE_OBJECT] = STR_INIT("object"),
        [NODE_KEY] = STR_INIT("key"),       [NODE_UNKNOWN] = STR_INIT("unknown"),
    };
    return names[kind];
}

static bool arrays_equal(const struct tree *a_tree, const struct node *a, const struct tree *b_tree,
                         const struct node *b)
{
    for (uint32_t i = 0; i < a->count; i++) {
        if (!tree_equal(a_tree, tree_element(a_tree, a, i), b_tree, tree_element(b_tree, b, i))) {
            return false;
        }
    }
    return true;
}

static bool objects_equal(const struct tree *a_tree, const struct node *a,
                          const struct tree *b_tree, const struct node *b)
{
    for (uint32_t i = 0; i < node_size(a); i++) {
        const struct node *other =
            tree_member(b_tree, b, tree_text(a_tree, tree_key(a_tree, a, i)));
        if (!other || !tree_equal(a_tree, tree_value(a_tree, a, i), b_tree, other)) {
            return false;
        }
    }
    return true;
}

bool tree_equal(const struct tree *a_tree, const struct node *a, const struct tree *b_tree,
                const struct node *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    switch ((enum node_kind)a->kind) {
    case NODE_NULL:
        return true;
    case NODE_BOOL:
        return tree_bool(a_tree, a) == tree_bool(b_tree, b);
    case NODE_NUMBER: {
        double x = tree_number(a_tree, a);
        double y = tree_number(b_tree, b);
        return !(x < y) && !(x > y) && !isnan(x) && !isnan(y);
    }
    case NODE_STRING:
    case NODE_KEY:
        return str_eq(tree_text(a_tree, a), tree_text(b_tree, b));
    case NODE_ARRAY:
        return a->count == b->count && arrays_equal(a_tree, a, b_tree, b);
    case NODE_OBJECT:
        return a->count == b->count && objects_equal(a_tree, a, b_tree, b);
    case NODE_UNKNOWN:
    case NODE_KIND_COUNT:
        break;
    }
    return false;
}

bool tree_has_unknown_child(const struct tree *tree, const struct node *node)
{
    for (uint32_t i = 0; node_is_container(node) && i < node->count; i++) {
        if (tree_children(tree, node)[i].kind == NODE_UNKNOWN) {
            return true;
        }
    }
    return false;
}
