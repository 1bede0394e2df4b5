/* SPDX-License-Identifier: MIT */
/* The normal form of IAM policy documents: lists everywhere, and one spelling of condition keys. */
#include "model/policy.h"

#include "aws/catalogue.h"

enum { KEYS_NOTED = 8 };

/* A policy that is brought into its normal form. */
struct normalising {
    struct builder *builder;
    const struct tree *from;
    size_t *budget; /* nodes that may still be copied */
    /* Where the catalogue has the names of keys that were last asked about: one policy has few. */
    struct {
        uint32_t atom, number;
        bool set;
    } keys[KEYS_NOTED];
};

static bool is_any_of(struct str name, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(name, names[i])) {
            return true;
        }
    }
    return false;
}

static void open_added(struct builder *builder, enum node_kind kind, const struct node *around)
{
    struct node *open = builder_open(builder, kind, around->source, around->lo);
    open->flags = NODE_ADDED;
    open->style = STYLE_FLOW;
}

static struct node *push_key(struct normalising *n, const struct node *key)
{
    struct atoms *atoms = n->builder->tree->atoms;
    uint32_t atom =
        n->from->atoms == atoms ? key->atom : atoms_intern(atoms, tree_text(n->from, key));
    return builder_key(n->builder, atom, key->source, (struct span){key->lo, key->hi});
}

static void push_copy(struct normalising *n, const struct node *value)
{
    builder_copy(n->builder, n->from, value, n->budget);
}

static void push_as_array(struct normalising *n, const struct node *value)
{
    if (value->kind == NODE_ARRAY || value->kind == NODE_UNKNOWN) {
        push_copy(n, value);
        return;
    }
    open_added(n->builder, NODE_ARRAY, value);
    push_copy(n, value);
    builder_close(n->builder, value->hi);
}

/* Copy an object, each of its values by `push`. */
static void push_members(struct normalising *n, const struct node *object,
                         void (*push)(struct normalising *, const struct node *))
{
    if (object->kind != NODE_OBJECT) {
        push_copy(n, object);
        return;
    }
    struct node *open = builder_open(n->builder, NODE_OBJECT, object->source, object->lo);
    open->flags = object->flags;
    open->style = object->style;
    for (uint32_t i = 0; i < node_size(object); i++) {
        push_key(n, tree_key(n->from, object, i));
        push(n, tree_value(n->from, object, i));
    }
    builder_close(n->builder, object->hi);
}

static void push_principal(struct normalising *n, const struct node *value)
{
    if (value->kind != NODE_STRING) {
        push_members(n, value, push_as_array);
        return;
    }
    open_added(n->builder, NODE_OBJECT, value);
    builder_key(n->builder, atoms_intern(n->builder->tree->atoms, STR("AWS")), value->source,
                (struct span){value->lo, value->hi});
    push_as_array(n, value);
    builder_close(n->builder, value->hi);
}

/*
 * IAM compares the names of condition keys without regard to case. In the normal form those of the
 * catalogue have its spelling; the span still shows the one that was written. Of a key with a name in
 * it, such as aws:ResourceTag/team, the name stays as it is.
 */
static struct str canonical_key(struct str name, uint32_t key)
{
    struct str canonical = key == CATALOGUE_NONE ? name : catalogue_key_name(key);
    return str_eq_nocase(canonical, name) ? canonical : name;
}

/* How many members have this name in any letter case. */
static size_t count_spellings(const struct tree *tree, const struct node *object, struct str name)
{
    size_t count = 0;
    for (uint32_t i = 0; i < node_size(object); i++) {
        count += str_eq_nocase(tree_text(tree, tree_key(tree, object, i)), name);
    }
    return count;
}

static uint32_t find_key(struct normalising *n, uint32_t atom, struct str name)
{
    const size_t slot = atom % KEYS_NOTED;
    if (!n->keys[slot].set || n->keys[slot].atom != atom) {
        n->keys[slot].number = catalogue_find_key(name);
        n->keys[slot].atom = atom;
        n->keys[slot].set = true;
    }
    return n->keys[slot].number;
}

static void push_condition_key(struct normalising *n, const struct node *object,
                               const struct node *key)
{
    struct str name = tree_text(n->from, key);
    uint32_t number = find_key(n, key->atom, name);
    struct str canonical = canonical_key(name, number);
    struct node *pushed;
    /* Two spellings of one key must not become one member, of which a tree keeps only the last. */
    if (str_eq(name, canonical) || count_spellings(n->from, object, name) != 1) {
        pushed = push_key(n, key);
    } else {
        pushed = builder_key(n->builder, atoms_intern(n->builder->tree->atoms, canonical),
                             key->source, (struct span){key->lo, key->hi});
    }
    pushed->note = number == CATALOGUE_NONE ? 0 : number + 1;
}

static void push_operator(struct normalising *n, const struct node *value)
{
    if (value->kind != NODE_OBJECT) {
        push_copy(n, value);
        return;
    }
    builder_open(n->builder, NODE_OBJECT, value->source, value->lo)->style = value->style;
    for (uint32_t i = 0; i < node_size(value); i++) {
        push_condition_key(n, value, tree_key(n->from, value, i));
        push_as_array(n, tree_value(n->from, value, i));
    }
    builder_close(n->builder, value->hi);
}

static void push_statement_member(struct normalising *n, struct str name, const struct node *value)
{
    static const struct str lists[] = {STR_INIT("Action"), STR_INIT("NotAction"),
                                       STR_INIT("Resource"), STR_INIT("NotResource")};
    static const struct str principals[] = {STR_INIT("Principal"), STR_INIT("NotPrincipal")};
    if (is_any_of(name, lists, COUNT_OF(lists))) {
        push_as_array(n, value);
    } else if (is_any_of(name, principals, COUNT_OF(principals))) {
        push_principal(n, value);
    } else if (str_eq(name, STR("Condition"))) {
        push_members(n, value, push_operator);
    } else {
        push_copy(n, value);
    }
}

static void push_statement(struct normalising *n, const struct node *statement)
{
    if (statement->kind != NODE_OBJECT) {
        push_copy(n, statement);
        return;
    }
    builder_open(n->builder, NODE_OBJECT, statement->source, statement->lo)->style =
        statement->style;
    for (uint32_t i = 0; i < node_size(statement); i++) {
        const struct node *key = tree_key(n->from, statement, i);
        push_key(n, key);
        push_statement_member(n, tree_text(n->from, key), tree_value(n->from, statement, i));
    }
    builder_close(n->builder, statement->hi);
}

static void push_statements(struct normalising *n, const struct node *value)
{
    bool one = value->kind == NODE_OBJECT;
    if (!one && value->kind != NODE_ARRAY) {
        push_copy(n, value);
        return;
    }
    struct node *open = builder_open(n->builder, NODE_ARRAY, value->source, value->lo);
    open->style = value->style;
    open->flags = one ? NODE_ADDED : value->flags;
    uint32_t count = one ? 1 : node_size(value);
    for (uint32_t i = 0; i < count; i++) {
        push_statement(n, one ? value : tree_element(n->from, value, i));
    }
    builder_close(n->builder, value->hi);
}

void policy_normalise(struct builder *builder, const struct tree *from, const struct node *document,
                      size_t *budget)
{
    struct normalising n = {.builder = builder, .from = from, .budget = budget};
    if (document->kind != NODE_OBJECT) {
        push_copy(&n, document);
        return;
    }
    builder_open(builder, NODE_OBJECT, document->source, document->lo)->style = document->style;
    for (uint32_t i = 0; i < node_size(document); i++) {
        const struct node *key = tree_key(from, document, i);
        push_key(&n, key);
        if (str_eq(tree_text(from, key), STR("Statement"))) {
            push_statements(&n, tree_value(from, document, i));
        } else {
            push_copy(&n, tree_value(from, document, i));
        }
    }
    builder_close(builder, document->hi);
}
