/* SPDX-License-Identifier: MIT */
/* The YAML reader: every document of a stream, every span, every place, every scalar's map. */
#include "tree/read_yaml.h"

#include "check_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct arena scratch = {0};
    struct sources sources;
    struct atoms atoms;
    struct findings findings = {.arena = &arena};
    struct builder builder = {0};
    sources_init(&sources, &arena);
    atoms_init(&atoms, &arena, NULL);
    struct source *source =
        sources_add(&sources, STR("fuzz"), (struct str){(const char *)data, size});
    struct yaml_stream *stream = yaml_open(&arena, source, &findings);
    struct tree tree;
    enum yaml_result result;
    do {
        tree_init(&tree, &arena, &sources, &atoms);
        result = yaml_read(stream, &builder, &tree);
        if (result == YAML_DOCUMENT) {
            check_tree(&scratch, &tree);
        }
    } while (result == YAML_DOCUMENT);
    CHECK(tree.root == NULL);
    check_findings(&findings, source, result == YAML_ERROR);
    yaml_differs_in_1_1(source->bytes);
    yaml_close(stream);
    builder_release(&builder);
    arena_release(&scratch);
    arena_release(&arena);
    return 0;
}
