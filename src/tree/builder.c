/* SPDX-License-Identifier: MIT */
/*
 * Building trees bottom-up on a stack of pending nodes. Invariant: between open and close,
 * stack[first_child..count) are exactly the complete children so far; for an object, key and value
 * in turn.
 */
#include "tree/builder.h"

#include <assert.h>

/* Below this many members, comparing each pair is cheaper than touching the table. */
enum { SMALL_OBJECT = 12 };

void tree_init(struct tree *tree, struct arena *arena, struct sources *sources, struct atoms *atoms)
{
    *tree = (struct tree){.arena = arena, .sources = sources, .atoms = atoms};
}

void tree_reserve(struct tree *tree, size_t nodes)
{
    if (!tree->nodes) {
        tree->nodes = arena_array(tree->arena, struct node, nodes);
        tree->capacity = nodes;
    }
}

void builder_start(struct builder *builder, struct tree *tree)
{
    builder->tree = tree;
    builder->count = 0;
    builder->depth = 0;
    if (!builder->stack) {
        /* The children of an empty container have an address, too. */
        builder->stack =
            arena_grow(&builder->scratch, NULL, 0, &builder->capacity, sizeof *builder->stack);
    }
}

void builder_release(struct builder *builder)
{
    arena_release(&builder->scratch);
    *builder = (struct builder){0};
}

struct node *builder_push(struct builder *builder, const struct node *node)
{
    if (builder->count == builder->capacity) {
        builder->stack = arena_grow(&builder->scratch, builder->stack, builder->count,
                                    &builder->capacity, sizeof *builder->stack);
    }
    builder->stack[builder->count] = *node;
    return &builder->stack[builder->count++];
}

struct node builder_pop(struct builder *builder)
{
    assert(builder->count > 0);
    return builder->stack[--builder->count];
}

struct node *builder_key(struct builder *builder, uint32_t atom, uint32_t source, struct span span)
{
    struct node key = {
        .lo = span.lo, .hi = span.hi, .source = source, .kind = NODE_KEY, .atom = atom};
    return builder_push(builder, &key);
}

struct node *builder_open(struct builder *builder, enum node_kind kind, uint32_t source,
                          uint32_t lo)
{
    builder->frames = arena_grow(&builder->scratch, builder->frames, builder->depth,
                                 &builder->frame_capacity, sizeof *builder->frames);
    struct builder_frame *frame = &builder->frames[builder->depth++];
    *frame = (struct builder_frame){
        .node = {.lo = lo, .hi = lo, .source = source, .kind = (uint8_t)kind},
        .first_child = builder->count,
    };
    return &frame->node;
}

const struct builder_frame *builder_top(const struct builder *builder)
{
    return builder->depth ? &builder->frames[builder->depth - 1] : NULL;
}

size_t builder_children(const struct builder *builder)
{
    return builder->depth ? builder->count - builder_top(builder)->first_child : 0;
}

/*
 * The position among children[0..at) of an earlier key with the same atom, or at where there is
 * none.
 */
static size_t find_earlier_small(const struct node *children, size_t at)
{
    for (size_t i = 0; i < at; i += 2) {
        if (children[i].atom == children[at].atom) {
            return i;
        }
    }
    return at;
}

static size_t find_earlier_large(struct builder *builder, const struct node *children, size_t at)
{
    uint32_t atom = children[at].atom;
    size_t earlier = at;
    if (builder->seen[atom] == builder->serial) {
        earlier = builder->seen_at[atom];
    }
    builder->seen[atom] = builder->serial;
    builder->seen_at[atom] = (uint32_t)at;
    return earlier;
}

static void start_large(struct builder *builder)
{
    size_t atoms = builder->tree->atoms->count;
    if (atoms > builder->seen_capacity) {
        builder->seen_capacity = atoms * 2;
        builder->seen = arena_array(&builder->scratch, uint32_t, builder->seen_capacity);
        builder->seen_at = arena_array(&builder->scratch, uint32_t, builder->seen_capacity);
    }
    builder->serial++;
}

/* Drop all but the last member of each name; returns the number of child nodes left. */
static size_t drop_duplicates(struct builder *builder, struct node *children, size_t count)
{
    bool large = count > 2 * (size_t)SMALL_OBJECT;
    if (large) {
        start_large(builder);
    }
    bool dropped = false;
    for (size_t at = 0; at < count; at += 2) {
        size_t earlier =
            large ? find_earlier_large(builder, children, at) : find_earlier_small(children, at);
        if (earlier != at) {
            if (builder->on_duplicate) {
                builder->on_duplicate(builder->context, &children[earlier], &children[at]);
            }
            children[earlier].kind = NODE_KIND_COUNT;
            children[earlier].atom =
                UINT32_MAX; /* a third one of the name compares with the second */
            dropped = true;
        }
    }
    size_t kept = 0;
    for (size_t at = 0; dropped && at < count; at += 2) {
        if (children[at].kind == NODE_KEY) {
            children[kept] = children[at];
            children[kept + 1] = children[at + 1];
            kept += 2;
        }
    }
    return dropped ? kept : count;
}

void builder_merge(struct builder *builder, const struct node *objects, size_t count)
{
    struct builder_frame *frame = &builder->frames[builder->depth - 1];
    start_large(builder);
    frame->node.flags |= NODE_MERGED;
    for (size_t i = frame->first_child; i < builder->count; i += 2) {
        builder->seen[builder->stack[i].atom] = builder->serial;
    }
    for (size_t i = 0; i < count; i++) {
        const struct node *members = tree_children(builder->tree, &objects[i]);
        for (uint32_t at = 0; at < objects[i].count; at += 2) {
            if (builder->seen[members[at].atom] != builder->serial) {
                builder->seen[members[at].atom] = builder->serial;
                builder_push(builder, &members[at]);
                builder_push(builder, &members[at + 1]);
            }
        }
    }
}

static uint32_t move_to_tree(struct tree *tree, const struct node *children, size_t count)
{
    while (tree->capacity - tree->count < count || !tree->nodes) {
        tree->nodes = arena_grow(tree->arena, tree->nodes, tree->capacity, &tree->capacity,
                                 sizeof *tree->nodes);
    }
    uint32_t first = (uint32_t)tree->count;
    if (count) {
        memcpy(tree->nodes + first, children, count * sizeof *children);
    }
    tree->count += count;
    return first;
}

struct node *builder_close(struct builder *builder, uint32_t hi)
{
    assert(builder->depth > 0);
    struct builder_frame frame = builder->frames[--builder->depth];
    struct node *children = builder->stack + frame.first_child;
    size_t count = builder->count - frame.first_child;
    if (frame.node.kind == NODE_OBJECT) {
        assert(count % 2 == 0);
        count = drop_duplicates(builder, children, count);
    }
    frame.node.first = move_to_tree(builder->tree, children, count);
    frame.node.count = (uint32_t)count;
    frame.node.hi = hi;
    builder->count = frame.first_child;
    return builder_push(builder, &frame.node);
}

void builder_finish(struct builder *builder)
{
    assert(builder->depth == 0 && builder->count == 1);
    struct tree *tree = builder->tree;
    uint32_t root = move_to_tree(tree, builder->stack, 1);
    tree->capacity =
        arena_trim(tree->arena, tree->nodes, tree->count, tree->capacity, sizeof *tree->nodes);
    tree->root = tree->nodes + root;
    builder->count = 0;
}

static void need_room(struct tree *tree, size_t len)
{
    while (tree->pool_capacity - tree->pool_len < len || !tree->pool) {
        tree->pool =
            arena_grow(tree->arena, tree->pool, tree->pool_capacity, &tree->pool_capacity, 1);
    }
}

void tree_pool_add_char(struct tree *tree, char c)
{
    if (tree->pool_len == tree->pool_capacity) {
        need_room(tree, 1);
    }
    tree->pool[tree->pool_len++] = c;
}

uint32_t tree_pool_add(struct tree *tree, struct str text)
{
    need_room(tree, text.len);
    uint32_t at = (uint32_t)tree->pool_len;
    if (text.len) {
        memcpy(tree->pool + at, text.ptr, text.len);
    }
    tree->pool_len += text.len;
    return at;
}

struct node tree_scalar(struct tree *tree, enum node_kind kind, struct str text, struct location at)
{
    return (struct node){
        .lo = at.span.lo,
        .hi = at.span.hi,
        .source = at.source,
        .kind = (uint8_t)kind,
        .flags = NODE_IN_POOL,
        .text = tree_pool_add(tree, text),
        .len = (uint32_t)text.len,
    };
}

struct node tree_unknown(struct tree *tree, struct str symbol, struct location at)
{
    struct node node = tree_scalar(tree, NODE_UNKNOWN, symbol, at);
    node.flags = symbol.len ? NODE_IN_POOL : 0;
    return node;
}

uint8_t tree_tag_add(struct tree *tree, struct str tag)
{
    size_t i = 0;
    while (i < tree->tag_count && !str_eq(tree->tags[i], tag)) {
        i++;
    }
    if (i == TREE_MAX_TAGS) {
        return TREE_MAX_TAGS;
    }
    if (i == tree->tag_count) {
        tree->tags =
            arena_grow(tree->arena, tree->tags, i, &tree->tag_capacity, sizeof *tree->tags);
        tree->tags[tree->tag_count++] = arena_str(tree->arena, tag);
    }
    return (uint8_t)(i + 1);
}

static uint8_t copy_tag(struct builder *builder, const struct tree *from, const struct node *node)
{
    if (node->tag == 0 || from == builder->tree) {
        return node->tag;
    }
    return tree_tag_add(builder->tree, tree_tag(from, node));
}

static void copy_scalar(struct builder *builder, const struct tree *from, const struct node *node)
{
    struct node copy = *node;
    copy.tag = copy_tag(builder, from, node);
    if (copy.flags & NODE_IN_POOL && from != builder->tree) {
        bool unknown = node->kind == NODE_UNKNOWN;
        copy.text =
            tree_pool_add(builder->tree, unknown ? tree_symbol(from, node) : tree_text(from, node));
    }
    builder_push(builder, &copy);
}

/* Scalars that mean the same in any tree: no text in a pool, no tag. */
static bool are_plain(const struct node *nodes, size_t count)
{
    bool plain = true;
    for (size_t i = 0; i < count; i++) {
        plain = plain && nodes[i].kind <= NODE_STRING && !(nodes[i].flags & NODE_IN_POOL) &&
                nodes[i].tag == 0;
    }
    return plain;
}

/* A list of such scalars, by far the most of a policy, is copied as a block. */
static bool copy_plain_array(struct builder *builder, const struct tree *from,
                             const struct node *node, size_t *budget)
{
    if (node->kind != NODE_ARRAY || node->tag != 0 || node->count > *budget ||
        builder->tree == from || !are_plain(tree_children(from, node), node->count)) {
        return false;
    }
    struct node copy = *node;
    copy.first = move_to_tree(builder->tree, tree_children(from, node), node->count);
    builder_push(builder, &copy);
    *budget -= node->count;
    return true;
}

void builder_copy(struct builder *builder, const struct tree *from, const struct node *node,
                  size_t *budget)
{
    if (*budget == 0) {
        struct node unknown = {
            .lo = node->lo, .hi = node->hi, .source = node->source, .kind = NODE_UNKNOWN};
        builder_push(builder, &unknown);
        return;
    }
    (*budget)--;
    if (!node_is_container(node)) {
        copy_scalar(builder, from, node);
        return;
    }
    if (copy_plain_array(builder, from, node, budget)) {
        return;
    }
    struct node *open = builder_open(builder, (enum node_kind)node->kind, node->source, node->lo);
    open->style = node->style;
    open->flags = node->flags;
    open->tag = copy_tag(builder, from, node);
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *child = tree_children(from, node) + i;
        if (child->kind == NODE_KEY) {
            uint32_t atom = from->atoms == builder->tree->atoms
                                ? child->atom
                                : atoms_intern(builder->tree->atoms, tree_text(from, child));
            builder_key(builder, atom, child->source, (struct span){child->lo, child->hi});
        } else {
            builder_copy(builder, from, child, budget);
        }
    }
    builder_close(builder, node->hi);
}
