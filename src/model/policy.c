/* SPDX-License-Identifier: MIT */
/* The normal form of IAM policy documents: lists everywhere, and one spelling of condition keys. */
#include "model/policy.h"

#include "aws/catalogue.h"

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

static struct node *push_key(struct builder *builder, const struct tree *from,
                             const struct node *key)
{
    uint32_t atom = from->atoms == builder->tree->atoms
                        ? key->atom
                        : atoms_intern(builder->tree->atoms, tree_text(from, key));
    return builder_key(builder, atom, key->source, (struct span){key->lo, key->hi});
}

static void push_as_array(struct builder *builder, const struct tree *from,
                          const struct node *value, size_t *budget)
{
    if (value->kind == NODE_ARRAY || value->kind == NODE_UNKNOWN) {
        builder_copy(builder, from, value, budget);
        return;
    }
    open_added(builder, NODE_ARRAY, value);
    builder_copy(builder, from, value, budget);
    builder_close(builder, value->hi);
}

/* Copy an object, each of its values by `push`. */
static void push_members(struct builder *builder, const struct tree *from,
                         const struct node *object, size_t *budget,
                         void (*push)(struct builder *, const struct tree *, const struct node *,
                                      size_t *))
{
    if (object->kind != NODE_OBJECT) {
        builder_copy(builder, from, object, budget);
        return;
    }
    struct node *open = builder_open(builder, NODE_OBJECT, object->source, object->lo);
    open->flags = object->flags;
    open->style = object->style;
    for (uint32_t i = 0; i < node_size(object); i++) {
        push_key(builder, from, tree_key(from, object, i));
        push(builder, from, tree_value(from, object, i), budget);
    }
    builder_close(builder, object->hi);
}

static void push_principal(struct builder *builder, const struct tree *from,
                           const struct node *value, size_t *budget)
{
    if (value->kind != NODE_STRING) {
        push_members(builder, from, value, budget, push_as_array);
        return;
    }
    open_added(builder, NODE_OBJECT, value);
    builder_key(builder, atoms_intern(builder->tree->atoms, STR("AWS")), value->source,
                (struct span){value->lo, value->hi});
    push_as_array(builder, from, value, budget);
    builder_close(builder, value->hi);
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

static void push_condition_key(struct builder *builder, const struct tree *from,
                               const struct node *object, const struct node *key)
{
    struct str name = tree_text(from, key);
    uint32_t number = catalogue_find_key(name);
    struct str canonical = canonical_key(name, number);
    struct node *pushed;
    /* Two spellings of one key must not become one member, of which a tree keeps only the last. */
    if (str_eq(name, canonical) || count_spellings(from, object, name) != 1) {
        pushed = push_key(builder, from, key);
    } else {
        pushed = builder_key(builder, atoms_intern(builder->tree->atoms, canonical), key->source,
                             (struct span){key->lo, key->hi});
    }
    pushed->note = number == CATALOGUE_NONE ? 0 : number + 1;
}

static void push_operator(struct builder *builder, const struct tree *from,
                          const struct node *value, size_t *budget)
{
    if (value->kind != NODE_OBJECT) {
        builder_copy(builder, from, value, budget);
        return;
    }
    builder_open(builder, NODE_OBJECT, value->source, value->lo)->style = value->style;
    for (uint32_t i = 0; i < node_size(value); i++) {
        push_condition_key(builder, from, value, tree_key(from, value, i));
        push_as_array(builder, from, tree_value(from, value, i), budget);
    }
    builder_close(builder, value->hi);
}

static void push_statement_member(struct builder *builder, const struct tree *from, struct str name,
                                  const struct node *value, size_t *budget)
{
    static const struct str lists[] = {STR_INIT("Action"), STR_INIT("NotAction"),
                                       STR_INIT("Resource"), STR_INIT("NotResource")};
    static const struct str principals[] = {STR_INIT("Principal"), STR_INIT("NotPrincipal")};
    if (is_any_of(name, lists, COUNT_OF(lists))) {
        push_as_array(builder, from, value, budget);
    } else if (is_any_of(name, principals, COUNT_OF(principals))) {
        push_principal(builder, from, value, budget);
    } else if (str_eq(name, STR("Condition"))) {
        push_members(builder, from, value, budget, push_operator);
    } else {
        builder_copy(builder, from, value, budget);
    }
}

static void push_statement(struct builder *builder, const struct tree *from,
                           const struct node *statement, size_t *budget)
{
    if (statement->kind != NODE_OBJECT) {
        builder_copy(builder, from, statement, budget);
        return;
    }
    builder_open(builder, NODE_OBJECT, statement->source, statement->lo)->style = statement->style;
    for (uint32_t i = 0; i < node_size(statement); i++) {
        const struct node *key = tree_key(from, statement, i);
        push_key(builder, from, key);
        push_statement_member(builder, from, tree_text(from, key), tree_value(from, statement, i),
                              budget);
    }
    builder_close(builder, statement->hi);
}

static void push_statements(struct builder *builder, const struct tree *from,
                            const struct node *value, size_t *budget)
{
    bool one = value->kind == NODE_OBJECT;
    if (!one && value->kind != NODE_ARRAY) {
        builder_copy(builder, from, value, budget);
        return;
    }
    struct node *open = builder_open(builder, NODE_ARRAY, value->source, value->lo);
    open->style = value->style;
    open->flags = one ? NODE_ADDED : value->flags;
    uint32_t count = one ? 1 : node_size(value);
    for (uint32_t i = 0; i < count; i++) {
        push_statement(builder, from, one ? value : tree_element(from, value, i), budget);
    }
    builder_close(builder, value->hi);
}

void policy_normalise(struct builder *builder, const struct tree *from, const struct node *document,
                      size_t *budget)
{
    if (document->kind != NODE_OBJECT) {
        builder_copy(builder, from, document, budget);
        return;
    }
    builder_open(builder, NODE_OBJECT, document->source, document->lo)->style = document->style;
    for (uint32_t i = 0; i < node_size(document); i++) {
        const struct node *key = tree_key(from, document, i);
        push_key(builder, from, key);
        if (str_eq(tree_text(from, key), STR("Statement"))) {
            push_statements(builder, from, tree_value(from, document, i), budget);
        } else {
            builder_copy(builder, from, tree_value(from, document, i), budget);
        }
    }
    builder_close(builder, document->hi);
}
