/* SPDX-License-Identifier: MIT */
/*
 * Edits of documents: the first bytes of the input choose a change, the rest is JSON or YAML. What is not
 * refused leaves a document that reads as the tree with that change made, and nothing else.
 */
#include "tree/patch.h"
#include "tree/read_json.h"
#include "tree/read_yaml.h"

#include "check.h"

#include <string.h>

enum { HEAD_BYTES = 4, NODES_MAX = 3000, INPUT_MAX = 1 << 16 };

struct world {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
};

/* The first document of a text; false where there is none. */
static bool read_text(struct world *w, struct str bytes, bool json, struct tree *tree)
{
    struct source *source = sources_add(&w->sources, STR("fuzz"), bytes);
    tree_init(tree, &w->arena, &w->sources, &w->atoms);
    if (json) {
        return json_read_whole(&w->builder, tree, source, &w->findings);
    }
    struct yaml_stream *stream = yaml_open(&w->arena, source, &w->findings);
    bool read = yaml_read(stream, &w->builder, tree) == YAML_DOCUMENT;
    enum yaml_result rest = YAML_DOCUMENT;
    while (read && rest == YAML_DOCUMENT) {
        struct tree other;
        tree_init(&other, &w->arena, &w->sources, &w->atoms);
        rest = yaml_read(stream, &w->builder, &other);
    }
    yaml_close(stream);
    return read && rest == YAML_END;
}

/* ---- the change ---- */

struct target {
    const struct tree *tree;
    size_t wanted, seen;
    const struct node *node; /* a name, or a value */
    const struct node *next; /* the value of the entry behind it, or NULL */
};

/* The names and values as they are written, in order. */
static void pick(struct target *t, const struct node *node)
{
    if (t->seen++ == t->wanted) {
        t->node = node;
    }
    bool enter = node_is_container(node) && !(node->flags & NODE_ALIAS);
    uint32_t step = node->kind == NODE_OBJECT ? 2 : 1;
    for (uint32_t i = 0; enter && i < node->count && t->seen < NODES_MAX; i++) {
        const struct node *child = tree_children(t->tree, node) + i;
        pick(t, child);
        if (t->node == child && child->kind != NODE_KEY && i + step < node->count) {
            t->next = child + step;
        }
    }
}

static struct str value_text(unsigned choice)
{
    static const char *const values[] = {
        "x",          "\"123\"",      "\"a: b #c\"", "\"true\"",     "\"\"",
        "\"- q\"",    "\"a\\nb\\n\"", "5",           "null",         "[1, \"a\"]",
        "{\"k\": 1}", "'it''s'",      "\"a,b\"",     "\"\\u0085\"",  "true",
        "[]",         "\"s3:Get*\"",  "\"~\"",       "\" padded \"", "\"\\u6771\"",
        "\"\\t\"",
    };
    return str_from_c(values[choice % COUNT_OF(values)]);
}

static struct str key_text(unsigned choice)
{
    static const char *const keys[] = {"new", "a b", "1", "x: y", "null", "#", "it's", "k"};
    return str_from_c(keys[choice % COUNT_OF(keys)]);
}

/* ---- the tree that is meant ---- */

struct copier {
    struct builder *builder;
    const struct tree *from;
    const struct patch_change *change;
    const struct node *target;
    const struct node *other; /* deleted, too; or NULL */
};

static void copy_value(struct copier *c)
{
    size_t budget = NODES_MAX;
    builder_copy(c->builder, c->change->tree, c->change->value, &budget);
}

static uint32_t atom_of(struct copier *c, struct str name)
{
    return atoms_intern(c->from->atoms, name);
}

static void insert_entry(struct copier *c)
{
    if (!c->change->list) {
        builder_key(c->builder, atom_of(c, c->change->key), 0, (struct span){0, 0});
    }
    copy_value(c);
}

static void copy(struct copier *c, const struct node *node);

static void copy_entries(struct copier *c, const struct node *node)
{
    bool object = node->kind == NODE_OBJECT;
    for (uint32_t i = 0; i < node_size(node); i++) {
        const struct node *value =
            object ? tree_value(c->from, node, i) : tree_element(c->from, node, i);
        const struct node *key = object ? tree_key(c->from, node, i) : NULL;
        bool here = value == c->target || (key && key == c->target);
        if ((here || value == c->other) && c->change->op == PATCH_DELETE) {
            continue;
        }
        if (key) {
            bool renamed = key == c->target && c->change->op == PATCH_REPLACE;
            builder_key(c->builder,
                        renamed ? atom_of(c, tree_text(c->change->tree, c->change->value))
                                : key->atom,
                        0, (struct span){0, 0});
        }
        copy(c, value);
    }
}

static void copy(struct copier *c, const struct node *node)
{
    size_t budget = NODES_MAX;
    bool here = node == c->target;
    bool inserts = here && c->change->op == PATCH_INSERT;
    if (here && c->change->op == PATCH_REPLACE) {
        copy_value(c);
        return;
    }
    if (inserts && c->change->list && node->kind != NODE_ARRAY) {
        builder_open(c->builder, NODE_ARRAY, 0, 0);
        if (c->change->first) {
            copy_value(c);
        }
        builder_copy(c->builder, c->from, node, &budget);
        if (!c->change->first) {
            copy_value(c);
        }
        builder_close(c->builder, 0);
        return;
    }
    if (!node_is_container(node)) {
        builder_copy(c->builder, c->from, node, &budget);
        return;
    }
    builder_open(c->builder, (enum node_kind)node->kind, 0, 0);
    if (inserts && c->change->first) {
        insert_entry(c);
    }
    copy_entries(c, node);
    if (inserts && !c->change->first) {
        insert_entry(c);
    }
    builder_close(c->builder, 0);
}

/* ---- the check ---- */

static void check_edits(const struct text_edits *edits, size_t len)
{
    for (size_t i = 0; i < edits->count; i++) {
        struct span span = edits->items[i].at.span;
        CHECK(span.lo <= span.hi && span.hi <= len);
        CHECK(i == 0 || !text_edit_overlaps(&edits->items[i - 1], &edits->items[i]));
    }
}

static void try_change(struct world *w, const struct tree *tree, struct patch_change change,
                       const struct target *target, bool json)
{
    const struct node *other = change.op == PATCH_DELETE && change.list ? target->next : NULL;
    other = other && other->lo < other->hi ? other : NULL;
    struct patch_change changes[2] = {change, change};
    struct patcher patcher = {.arena = &w->arena, .tree = tree};
    struct text_edits edits = {.arena = &w->arena};
    struct str why = {0};
    if (other) {
        changes[1].at = node_location(other);
    }
    if (!patch_plan(&patcher, changes, other ? 2 : 1, &edits, &why)) {
        CHECK(why.len > 0 && edits.count == 0);
        return;
    }
    const struct source *source = sources_get(&w->sources, tree->root->source);
    text_edits_sort(&edits);
    check_edits(&edits, source->bytes.len);
    struct str after = text_edits_apply(&w->arena, source, edits.items, edits.count);
    struct tree result;
    struct tree meant;
    CHECK(read_text(w, after, json, &result));
    tree_init(&meant, &w->arena, &w->sources, &w->atoms);
    builder_start(&w->builder, &meant);
    struct copier copier = {&w->builder, tree, &change, target->node, other};
    copy(&copier, tree->root);
    builder_finish(&w->builder);
    CHECK(tree_equal(&result, result.root, &meant, meant.root));
}

static void check_document(struct world *w, const uint8_t *head, struct str bytes, bool json)
{
    struct tree tree;
    struct tree value;
    if (!read_text(w, bytes, json, &tree) || tree.count > NODES_MAX ||
        !read_text(w, value_text(head[1]), false, &value)) {
        return;
    }
    if (w->findings.count) {
        return; /* of a name given twice the tree has one only */
    }
    struct target target = {.tree = &tree, .wanted = head[2] + 256 * (size_t)(head[3] & 7)};
    pick(&target, tree.root);
    if (!target.node) {
        return;
    }
    struct patch_change change = {
        .op = (enum patch_op)(head[0] % PATCH_OP_COUNT),
        .at = node_location(target.node),
        .list = head[0] & 16,
        .first = head[0] & 32,
        .key = key_text(head[3] >> 3),
        .tree = &value,
        .value = value.root,
    };
    bool name = target.node->kind == NODE_KEY;
    /* A span alone does not tell apart what is empty, or the same as what is around it. */
    if (!name && target.node->lo == target.node->hi && change.op != PATCH_REPLACE) {
        return;
    }
    try_change(w, &tree, change, &target, json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD_BYTES || size > INPUT_MAX) {
        return 0;
    }
    struct str bytes = {(const char *)data + HEAD_BYTES, size - HEAD_BYTES};
    for (int json = 0; json < 2; json++) {
        struct world w = {0};
        sources_init(&w.sources, &w.arena);
        atoms_init(&w.atoms, &w.arena, NULL);
        w.findings.arena = &w.arena;
        check_document(&w, data, bytes, json == 1);
        builder_release(&w.builder);
        arena_release(&w.arena);
    }
    return 0;
}
