/* SPDX-License-Identifier: MIT */
/* What must hold for every tree that a reader gives, whatever the input. */
#ifndef EKSLINT_TESTS_FUZZ_CHECK_TREE_H
#define EKSLINT_TESTS_FUZZ_CHECK_TREE_H

#include "tree/inner.h"
#include "tree/locate.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * Aliases may expand to millions of nodes, and finding a node's place looks at all of its
 * neighbours.
 */
enum { CHECK_MAX_NODES = 20000, CHECK_MAX_PLACES = 500 };

#define CHECK(condition) ((condition) ? (void)0 : check_failed(#condition, __LINE__))

static inline void check_failed(const char *condition, int line)
{
    fprintf(stderr, "check_tree.h:%d: not so: %s\n", line, condition);
    abort();
}

static inline void check_map(struct arena *arena, const struct tree *tree, const struct node *node)
{
    struct str bytes = sources_get(tree->sources, node->source)->bytes;
    struct str text = tree_text(tree, node);
    struct span_map map = scalar_map(arena, tree, node);
    uint32_t done = 0;
    for (uint32_t i = 0; i < map.count; i++) {
        const struct span_run *run = &map.runs[i];
        CHECK(run->child == done);
        CHECK((size_t)run->parent + run->parent_len <= bytes.len);
        if (run->child_len == run->parent_len && run->child_len > 1) {
            CHECK(memcmp(text.ptr + run->child, bytes.ptr + run->parent, run->child_len) == 0);
        }
        done += run->child_len;
    }
    CHECK(map.count > 0 && done == text.len);
}

static inline void check_node(struct arena *arena, const struct tree *tree, const struct node *node,
                              size_t *seen)
{
    struct source *source = sources_get(tree->sources, node->source);
    CHECK(node->lo <= node->hi && node->hi <= source->bytes.len);
    if (*seen < CHECK_MAX_PLACES) {
        struct buf path = buf_with_max(1 << 20);
        CHECK(tree_locate(tree, (struct span){node->lo, node->hi}, &path));
        buf_release(&path);
    }
    if (!node_is_container(node)) {
        struct arena_mark mark = arena_mark(arena);
        check_map(arena, tree, node);
        arena_rewind(arena, mark);
    }
    for (uint32_t i = 0; node_is_container(node) && i < node->count && *seen < CHECK_MAX_NODES;
         i++) {
        ++*seen;
        check_node(arena, tree, tree_children(tree, node) + i, seen);
    }
}

/* `arena` is scratch. */
static inline void check_tree(struct arena *arena, const struct tree *tree)
{
    size_t seen = 0;
    CHECK(tree->root);
    check_node(arena, tree, tree->root, &seen);
}

/* A refusal has said why and where. */
static inline void check_findings(const struct findings *findings, const struct source *source,
                                  bool refused)
{
    size_t errors = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        CHECK(finding->message.len > 0 && finding->has_location);
        CHECK(finding->at.span.lo <= finding->at.span.hi &&
              finding->at.span.hi <= source->bytes.len);
        errors += finding->severity == SEVERITY_ERROR;
    }
    CHECK(errors == (refused ? 1 : 0));
}

#endif
