/* SPDX-License-Identifier: MIT */
/*
 * Building a tree bottom-up. Values are pushed in document order; open and close bracket the
 * children of a container. Children wait on a stack until their container closes and then move next
 * to each other in the tree's node array, which is why no node can be referred to before its
 * container is closed.
 *
 *   struct builder b;
 *   builder_start(&b, tree);          -> `struct builder b = {0}` is a valid, idle builder
 *   builder_open(&b, NODE_OBJECT, source, lo);
 *   builder_key(&b, atom, source, span);  builder_push(&b, &scalar);
 *   builder_close(&b, hi);
 *   builder_finish(&b);                   -> tree->root
 */
#ifndef EKSLINT_TREE_BUILDER_H
#define EKSLINT_TREE_BUILDER_H

#include "tree/tree.h"

/* A container that is open: its node, and where its children start on the stack. */
struct builder_frame {
    struct node node;
    size_t first_child;
};

struct builder {
    struct tree *tree;    /* the tree being built */
    struct arena scratch; /* the stacks; kept from one document to the next */
    struct node *stack;
    size_t count, capacity;
    struct builder_frame *frames;
    size_t depth, frame_capacity;
    uint32_t
        *seen; /* by atom: serial of the last large object that had it, and which child it was */
    uint32_t *seen_at;
    size_t seen_capacity;
    uint32_t serial;
    /*
     * Where set, called for each name given twice, with both keys; the first one's value is then
     * dropped.
     */
    void (*on_duplicate)(void *context, const struct node *first, const struct node *again);
    void *context;
};

/* An empty tree whose nodes will live in arena. */
void tree_init(struct tree *tree, struct arena *arena, struct sources *sources,
               struct atoms *atoms);

/* Make room for so many nodes, where there are none yet. What is not used costs no memory. */
void tree_reserve(struct tree *tree, size_t nodes);

/*
 * Begin a tree. A builder may serve one document after another and keeps its stacks between them;
 * what an unfinished document left on them is dropped.
 */
void builder_start(struct builder *builder, struct tree *tree);
void builder_release(struct builder *builder);

/*
 * Push a complete value: a scalar, or a container whose children are already in this tree (an
 * alias).
 */
struct node *builder_push(struct builder *builder, const struct node *node);

/*
 * Take the last complete value off the stack again, to be pushed later or dropped. Its children
 * stay in the tree.
 */
struct node builder_pop(struct builder *builder);

/* Push a member's name; its value must follow. */
struct node *builder_key(struct builder *builder, uint32_t atom, uint32_t source, struct span span);

/* Open a container at `lo`; its style and flags may be set on the frame's node that is returned. */
struct node *builder_open(struct builder *builder, enum node_kind kind, uint32_t source,
                          uint32_t lo);

/*
 * Push the members of `objects` (containers of this tree) whose names the innermost open object
 * does not have yet; of a name in several of them the first counts (YAML's merge key).
 */
void builder_merge(struct builder *builder, const struct node *objects, size_t count);

/*
 * Close the innermost container at `hi`; returns its node (on the stack: valid until the next
 * push).
 */
struct node *builder_close(struct builder *builder, uint32_t hi);

/* The innermost open container, and how many child nodes it has so far. */
const struct builder_frame *builder_top(const struct builder *builder);
size_t builder_children(const struct builder *builder);

/* The one value on the stack becomes the tree's root. */
void builder_finish(struct builder *builder);

/* Copy text to the tree's pool and return its offset. */
uint32_t tree_pool_add(struct tree *tree, struct str text);

/* Append one character to the text that was added last. */
void tree_pool_add_char(struct tree *tree, char c);

/*
 * The value for node.tag of a YAML tag, which is copied; a document's tags beyond TREE_MAX_TAGS
 * share the last one.
 */
uint8_t tree_tag_add(struct tree *tree, struct str tag);

/* An unknown value, at a place, for which a symbol stands; or none, where that is empty. */
struct node tree_unknown(struct tree *tree, struct str symbol, struct location at);

/* A scalar with its text in the pool and no place of its own in the file beyond `at`. */
struct node tree_scalar(struct tree *tree, enum node_kind kind, struct str text,
                        struct location at);

/*
 * Push a copy of `node` of `from` (another tree or the same one) with everything below it. Spans
 * and sources stay, so the copy still points to the file. At most `*budget` nodes are copied, then
 * unknown nodes stand in; the budget is reduced by what was copied.
 */
void builder_copy(struct builder *builder, const struct tree *from, const struct node *node,
                  size_t *budget);

#endif
