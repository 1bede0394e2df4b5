/* SPDX-License-Identifier: MIT */
/*
 * CloudFormation templates: two passes, since a resource may be referred to before its name is known. First
 * all is copied with unknown values in the place of functions, then those that stand for a name that is written
 * in the template become it.
 */
#include "model/told.h"

#include "model/intrinsic.h"
#include "model/told_plan.h"
#include "tree/symbol.h"

enum { TOLD_NODES_BASE = 1000 * 1000, TOLD_NODES_PER_BYTE = 2 };

struct telling {
    struct builder builder;
    struct tree *tree;
    const struct tree *from;
    size_t budget;
};

static void add_key(struct telling *t, struct str name, const struct node *at)
{
    builder_key(&t->builder, atoms_intern(t->tree->atoms, name), at->source,
                (struct span){at->lo, at->hi});
}

/* What a reference to the resource gives, at the place of its logical id. */
static void add_reference(struct telling *t, const struct node *key, struct str attribute)
{
    struct str id = tree_text(t->from, key);
    struct str named = str_eq(attribute, STR("Ref")) ? (struct str){0} : attribute;
    struct str symbol = intrinsic_symbol(&t->builder, t->from, key->source, id, named);
    struct node unknown = tree_unknown(t->tree, symbol, node_location(key));
    add_key(t, attribute, key);
    builder_push(&t->builder, &unknown);
}

static void copy_members(struct telling *t, const struct node *object)
{
    for (uint32_t i = 0; i < node_size(object); i++) {
        const struct node *key = tree_key(t->from, object, i);
        add_key(t, tree_text(t->from, key), key);
        intrinsic_copy(&t->builder, t->from, key + 1, READ_CASE, &t->budget);
    }
}

static void copy_resource(struct telling *t, const struct node *key)
{
    const struct node *resource = key + 1;
    const struct node *type =
        resource->kind == NODE_OBJECT ? tree_member(t->from, resource, STR("Type")) : NULL;
    if (!node_is(type, NODE_STRING)) {
        intrinsic_copy(&t->builder, t->from, resource, READ_CASE, &t->budget);
        return;
    }
    builder_open(&t->builder, NODE_OBJECT, resource->source, resource->lo);
    copy_members(t, resource);
    add_reference(t, key, STR("Ref"));
    add_reference(t, key, STR("Arn"));
    builder_close(&t->builder, resource->hi);
}

static void copy_template(struct telling *t, const struct node *root)
{
    builder_open(&t->builder, NODE_OBJECT, root->source, root->lo);
    for (uint32_t i = 0; i < node_size(root); i++) {
        const struct node *key = tree_key(t->from, root, i);
        const struct node *value = key + 1;
        add_key(t, tree_text(t->from, key), key);
        if (!str_eq(tree_text(t->from, key), STR("Resources")) || value->kind != NODE_OBJECT) {
            intrinsic_copy(&t->builder, t->from, value, READ_CASE, &t->budget);
            continue;
        }
        builder_open(&t->builder, NODE_OBJECT, value->source, value->lo);
        for (uint32_t k = 0; k < node_size(value); k++) {
            const struct node *id = tree_key(t->from, value, k);
            add_key(t, tree_text(t->from, id), id);
            copy_resource(t, id);
        }
        builder_close(&t->builder, value->hi);
    }
    builder_close(&t->builder, root->hi);
}

/* The name of the resource that a symbol of Ref is about, where the template spells it. */
static const struct node *find_name(const struct telling *t, const struct kind *kind,
                                    struct str symbol_of)
{
    struct symbol symbol;
    if (!symbol_parse(symbol_of, &symbol) || !str_ends(symbol.sort, STR(".Ref"))) {
        return NULL;
    }
    struct str type = str_slice(symbol.sort, 0, symbol.sort.len - STR(".Ref").len);
    struct str property = tree_string(&kind->tree, kind->refs, type);
    const struct tree *tree = t->tree;
    const struct node *resources = tree_member(tree, tree->root, STR("Resources"));
    const struct node *resource = tree_member(tree, resources, symbol.name);
    const struct node *properties =
        node_is(resource, NODE_OBJECT) ? tree_member(tree, resource, STR("Properties")) : NULL;
    const struct node *name = property.len && node_is(properties, NODE_OBJECT)
                                  ? tree_member(tree, properties, property)
                                  : NULL;
    return node_is(name, NODE_STRING) ? name : NULL;
}

static void fill_names(struct telling *t, const struct kind *kind)
{
    for (size_t i = 0; kind->refs && i < t->tree->count; i++) {
        struct node *node = &t->tree->nodes[i];
        const struct node *name = find_name(t, kind, tree_symbol(t->tree, node));
        if (name) {
            struct node text = tree_scalar(t->tree, NODE_STRING, tree_text(t->tree, name),
                                           node_location(&t->tree->nodes[i]));
            text.flags |= NODE_ADDED;
            t->tree->nodes[i] = text;
        }
    }
}

static const struct tree *tell_template(struct document_reader *reader,
                                        const struct document *document)
{
    struct telling t = {
        .tree = document_new_tree(reader),
        .from = document->tree,
        .budget = TOLD_NODES_BASE + TOLD_NODES_PER_BYTE * document->source->bytes.len,
    };
    builder_start(&t.builder, t.tree);
    copy_template(&t, document->tree->root);
    builder_finish(&t.builder);
    builder_release(&t.builder);
    fill_names(&t, document->kind);
    return t.tree;
}

const struct tree *told_tree(struct document_reader *reader, const struct document *document)
{
    bool object = document->tree->root->kind == NODE_OBJECT;
    return document->kind->intrinsics && object ? tell_template(reader, document)
           : document->kind->plan && object     ? told_plan(reader, document)
                                                : document->tree;
}
