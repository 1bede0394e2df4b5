/* SPDX-License-Identifier: MIT */
/* The INI reader: every span, every place, every scalar's map; a refusal has said why. */
#include "tree/read_ini.h"

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
    struct tree tree;
    sources_init(&sources, &arena);
    atoms_init(&atoms, &arena, NULL);
    struct source *source =
        sources_add(&sources, STR("fuzz"), (struct str){(const char *)data, size});
    tree_init(&tree, &arena, &sources, &atoms);
    bool good = ini_read(&builder, &tree, source, &findings);
    size_t errors = 0;
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        CHECK(finding->message.len > 0 && finding->has_location);
        CHECK(finding->at.span.lo <= finding->at.span.hi &&
              finding->at.span.hi <= source->bytes.len);
        errors += finding->severity == SEVERITY_ERROR;
    }
    CHECK(good == (errors == 0));
    CHECK(tree.root || !good);
    if (tree.root) {
        check_tree(&scratch, &tree);
    }
    ini_is_likely(source->bytes);
    builder_release(&builder);
    arena_release(&scratch);
    arena_release(&arena);
    return 0;
}
