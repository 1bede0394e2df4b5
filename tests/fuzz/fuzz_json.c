/* SPDX-License-Identifier: MIT */
/*
 * The strict JSON reader: JSON lines, every span, every place, every scalar's map; each document's
 * text reads again.
 */
#include "tree/read_json.h"

#include "check_tree.h"

struct run {
    struct arena arena, scratch;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
};

/* The text of the root's span, read alone, is an equal document. */
static void read_again(struct run *run, const struct tree *first, const struct source *source)
{
    struct tree tree;
    struct findings findings = {.arena = &run->arena};
    struct str bytes = str_slice(source->bytes, first->root->lo, first->root->hi);
    struct source *again = sources_add(&run->sources, STR("again"), bytes);
    tree_init(&tree, &run->arena, &run->sources, &run->atoms);
    CHECK(json_read_whole(&run->builder, &tree, again, &findings));
    CHECK(tree_equal(&tree, tree.root, first, first->root));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    sources_init(&run.sources, &run.arena);
    atoms_init(&run.atoms, &run.arena, NULL);
    run.findings.arena = &run.arena;
    struct source *source =
        sources_add(&run.sources, STR("fuzz"), (struct str){(const char *)data, size});
    struct json_cursor cursor = {source, 0};
    bool read = true;
    while (read && !json_at_end(&cursor)) {
        struct tree tree;
        tree_init(&tree, &run.arena, &run.sources, &run.atoms);
        read = json_read(&run.builder, &tree, &cursor, &run.findings);
        if (read) {
            check_tree(&run.scratch, &tree);
            read_again(&run, &tree, source);
        }
    }
    check_findings(&run.findings, source, !read);
    builder_release(&run.builder);
    arena_release(&run.scratch);
    arena_release(&run.arena);
    return 0;
}
