/* SPDX-License-Identifier: MIT */
/*
 * Walking a tree for its secrets. A secret key is random, and what makes it one is the name that it
 * stands under, which is not always that of its member: {name: X, value: …} in the environment of a
 * container, {X: {value: …}} in a pipeline, {X: {Default: …}} in a template.
 */
#include "rule/leaks.h"

#include "base/base64.h"
#include "text/secret_tail.h"

enum {
    NEAR = 2,               /* levels below a key's id in which its secret may be */
    ENCODED_MIN_BYTES = 24, /* of base64 that may hold a text with a secret */
    BYTES_PER_STEP = 64
};

const struct str leak_sort_names[SECRET_SORT_COUNT] = {
    [SECRET_AWS_KEY] = STR_INIT("aws-secret-access-key"),
    [SECRET_AWS_SESSION] = STR_INIT("aws-session-token"),
    [SECRET_PRIVATE_KEY] = STR_INIT("private-key"),
    [SECRET_GITLAB] = STR_INIT("gitlab-token"),
    [SECRET_GITHUB] = STR_INIT("github-token"),
    [SECRET_SERVICE] = STR_INIT("service-token"),
    [SECRET_BEARER] = STR_INIT("bearer-token"),
};

enum secret_sort leak_sort(struct str name)
{
    int sort = 0;
    while (sort < SECRET_SORT_COUNT && !str_eq(leak_sort_names[sort], name)) {
        sort++;
    }
    return (enum secret_sort)sort;
}

struct search {
    struct leaks *leaks;
    struct path_env *env;
    const struct tree *tree;
};

/* What is known of a node from those around it. */
struct around {
    struct str name;
    int near; /* a key's id is this near; 0: none is */
};

const struct leak *leaks_at(const struct leaks *leaks, const struct node *node,
                            enum secret_sort sort)
{
    for (size_t i = 0; i < leaks->count; i++) {
        if (leaks->items[i].node == node && leaks->items[i].sort == sort) {
            return &leaks->items[i];
        }
    }
    return NULL;
}

static void add_leak(struct search *s, const struct node *node, enum secret_sort sort,
                     struct str secret)
{
    struct leaks *leaks = s->leaks;
    if (leaks_at(leaks, node, sort)) {
        return; /* of a text with several, and of what an alias shares */
    }
    struct place place = sources_resolve(s->tree->sources, node->source, node_location(node).span);
    source_hide(place.source, place.span);
    leaks->items = arena_grow(leaks->arena, leaks->items, leaks->count, &leaks->capacity,
                              sizeof *leaks->items);
    leaks->items[leaks->count++] = (struct leak){node, sort, secret_shown(leaks->arena, secret)};
}

static bool search_text(struct search *s, const struct node *node, struct str text,
                        const struct around *around)
{
    const struct secret_context context = {around->name, around->near > 0};
    bool any = false;
    for (int i = 0; i < SECRET_SORT_COUNT; i++) {
        struct span found;
        enum secret_sort sort = (enum secret_sort)i;
        if (secret_find_leak(text, 0, &context, sort, &found)) {
            add_leak(s, node, sort, str_slice(text, found.lo, found.hi));
            any = true;
        }
    }
    return any;
}

static bool is_printable(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x7F || (c < 0x20 && c != '\n' && c != '\r' && c != '\t')) {
            return false;
        }
    }
    return true;
}

/* In a text, and in the text that it is the base64 of, as the data of a Secret and user data are. */
static void search_scalar(struct search *s, const struct node *node, const struct around *around)
{
    struct str text = tree_text(s->tree, node);
    struct str decoded;
    if (text.len < SECRET_MIN_BYTES || !path_spend(s->env, text.len / BYTES_PER_STEP) ||
        search_text(s, node, text, around)) {
        return;
    }
    struct str encoded = str_trim(text);
    if (encoded.len >= ENCODED_MIN_BYTES && encoded.len % 4 == 0 &&
        base64_decode(s->leaks->arena, encoded, &decoded) && is_printable(decoded)) {
        (void)search_text(s, node, decoded, around);
    }
}

/* ---- what stands around ---- */

static bool is_key_id(const struct tree *tree, const struct node *node)
{
    return node->kind == NODE_STRING && secret_has_key_id(tree_text(tree, node));
}

/* An id among the scalars of a container, or one level below: {name: AWS_ACCESS_KEY_ID, value: …}. */
static bool holds_key_id(const struct tree *tree, const struct node *container, int levels)
{
    for (uint32_t i = 0; i < node_size(container); i++) {
        const struct node *child = tree_child(tree, container, i);
        if (is_key_id(tree, child) ||
            (levels > 1 && node_is_container(child) && holds_key_id(tree, child, levels - 1))) {
            return true;
        }
    }
    return false;
}

static bool is_one_of(struct str text, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* Members that hold the value of what another member, or the object's own name, names. */
static bool is_value_name(struct str name)
{
    static const struct str names[] = {
        STR_INIT("value"),       STR_INIT("Value"),   STR_INIT("ParameterValue"),
        STR_INIT("OutputValue"), STR_INIT("default"), STR_INIT("Default"),
    };
    return is_one_of(name, names, COUNT_OF(names));
}

static struct str label_of(const struct tree *tree, const struct node *object, struct str own)
{
    static const struct str names[] = {STR_INIT("name"),         STR_INIT("Name"),
                                       STR_INIT("key"),          STR_INIT("Key"),
                                       STR_INIT("ParameterKey"), STR_INIT("OutputKey")};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct node *label = tree_member(tree, object, names[i]);
        if (node_is(label, NODE_STRING)) {
            return tree_text(tree, label);
        }
    }
    return own;
}

static void search_node(struct search *s, const struct node *node, const struct around *around);

static void search_children(struct search *s, const struct node *node, const struct around *around)
{
    bool object = node->kind == NODE_OBJECT;
    struct str label = object ? label_of(s->tree, node, around->name) : around->name;
    struct around below = {label, around->near - (around->near > 0)};
    if (holds_key_id(s->tree, node, NEAR)) {
        below.near = NEAR;
    }
    for (uint32_t i = 0; i < node_size(node) && !s->env->exhausted; i++) {
        struct str name = object ? tree_text(s->tree, tree_key(s->tree, node, i)) : label;
        below.name = object && !is_value_name(name) ? name : label;
        search_node(s, tree_child(s->tree, node, i), &below);
    }
}

static void search_node(struct search *s, const struct node *node, const struct around *around)
{
    if (!path_spend(s->env, 1)) {
        return;
    }
    if (node_is_container(node)) {
        search_children(s, node, around);
    } else if (node->kind == NODE_STRING) {
        search_scalar(s, node, around);
    }
}

void leaks_find(struct leaks *leaks, struct path_env *env)
{
    struct search s = {leaks, env, env->tree};
    struct around nothing = {0};
    if (!leaks->found && env->root) {
        leaks->found = true;
        search_node(&s, env->root, &nothing);
        leaks->found = !env->exhausted;
    }
}
