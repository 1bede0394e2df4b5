/* SPDX-License-Identifier: MIT */
/*
 * `simulate` on any input: results are JSON documents, one to an answer, and the status is that of
 * a good or a wrong input; a wrong one is told to people and to programs.
 */
#include "ekslint.h"
#include "tree/read_json.h"

#include "check.h"

enum { INPUT_MAX = 1 << 16 };

/* The number of JSON documents in the results. */
static size_t count_documents(struct str results)
{
    struct arena arena = {0};
    struct sources sources;
    struct atoms atoms;
    struct findings findings = {.arena = &arena};
    struct builder builder = {0};
    size_t count = 0;
    sources_init(&sources, &arena);
    atoms_init(&atoms, &arena, NULL);
    struct json_cursor cursor = {sources_add(&sources, STR("results"), results), 0};
    while (!json_at_end(&cursor)) {
        struct tree tree;
        tree_init(&tree, &arena, &sources, &atoms);
        CHECK(json_read(&builder, &tree, &cursor, &findings));
        CHECK(node_is_container(tree.root));
        count++;
    }
    /* No name is given twice. */
    CHECK(findings.count == 0);
    builder_release(&builder);
    arena_release(&arena);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ekslint_output plain = {.language = "en", .quiet = true};
    ekslint_text results = {0};
    ekslint_text problems = {0};
    if (size > INPUT_MAX) {
        return 0;
    }
    int status =
        ekslint_simulate("fuzz", (const char *)data, size, NULL, &plain, &results, &problems);
    CHECK(status == EKSLINT_OK || status == EKSLINT_INPUT);
    CHECK(count_documents((struct str){results.text, results.len}) > 0);
    if (status == EKSLINT_INPUT) {
        CHECK(problems.len > 0);
        CHECK(str_find((struct str){results.text, results.len}, STR("\"Errors\"")) < results.len);
    }
    ekslint_text_free(results);
    if (problems.text) {
        ekslint_text_free(problems);
    }
    return 0;
}
