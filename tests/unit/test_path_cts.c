/* SPDX-License-Identifier: MIT */
/*
 * The compliance test suite of RFC 9535, every case of it, normalized paths included. Its documents
 * are evaluated where they stand: '$' is a node inside the suite's own tree. Skipped where the
 * shared folder is absent.
 */
#include "path_fixture.h"

#include <stdlib.h>

enum { CASES = 703, STEPS = 100000 };

static struct path_program *compile_case(struct fixture *f, const struct node *test)
{
    struct path_compiler compiler = {
        .arena = &f->arena, .atoms = &f->atoms, .functions = &path_standard_functions};
    struct path_error error;
    struct str selector = tree_string(&f->tree, test, STR("selector"));
    struct path_program *program = path_compile(&compiler, PATH_QUERY, selector, &error);
    if (!program) {
        assert_true(error.message.len > 0);
        assert_true(error.lo <= error.hi && error.hi <= selector.len);
    }
    return program;
}

static bool values_are(struct fixture *f, const struct nodelist *nodes, const struct node *expected)
{
    if (nodes->count != node_size(expected)) {
        return false;
    }
    for (uint32_t i = 0; i < nodes->count; i++) {
        if (!tree_equal(&f->tree, nodes->items[i].node, &f->tree,
                        tree_element(&f->tree, expected, i))) {
            return false;
        }
    }
    return true;
}

static bool paths_are(struct fixture *f, const struct nodelist *nodes, const struct node *expected)
{
    bool same = nodes->count == node_size(expected);
    for (uint32_t i = 0; i < nodes->count && same; i++) {
        struct buf path = buf_with_max(4096);
        path_write(&path, &f->atoms, nodes->items[i].where);
        same = str_eq(buf_str(&path), tree_text(&f->tree, tree_element(&f->tree, expected, i)));
        buf_release(&path);
    }
    return same;
}

/* The nodelist is the expected one, or one of several where the RFC leaves the order open. */
static bool result_is(struct fixture *f, const struct node *test, const struct nodelist *nodes)
{
    const struct node *result = tree_member(&f->tree, test, STR("result"));
    const struct node *paths = tree_member(&f->tree, test, STR("result_paths"));
    if (result) {
        return values_are(f, nodes, result) && paths_are(f, nodes, paths);
    }
    const struct node *results = tree_member(&f->tree, test, STR("results"));
    const struct node *all_paths = tree_member(&f->tree, test, STR("results_paths"));
    for (uint32_t i = 0; i < node_size(results); i++) {
        if (values_are(f, nodes, tree_element(&f->tree, results, i)) &&
            paths_are(f, nodes, tree_element(&f->tree, all_paths, i))) {
            return true;
        }
    }
    return false;
}

static bool case_passes(struct fixture *f, const struct node *test)
{
    const struct node *invalid = tree_member(&f->tree, test, STR("invalid_selector"));
    struct path_program *program = compile_case(f, test);
    if (invalid && tree_bool(&f->tree, invalid)) {
        return !program;
    }
    if (!program) {
        return false;
    }
    const struct node *document = tree_member(&f->tree, test, STR("document"));
    struct path_env env = fixture_env(f);
    env.root = document;
    env.current = (struct path_item){0};
    env.steps = STEPS;
    struct nodelist nodes;
    path_select(program, &env, &nodes);
    return !nodes.unknown && result_is(f, test, &nodes);
}

static void the_compliance_suite_passes(void **state)
{
    (void)state;
    char *path = test_shared_path("conformance/jsonpath/cts.json");
    struct str json = test_read_file(path);
    struct fixture f;
    fixture_read(&f, json);
    const struct node *tests = tree_member(&f.tree, f.tree.root, STR("tests"));
    unsigned passed = 0;
    for (uint32_t i = 0; i < node_size(tests); i++) {
        const struct node *test = tree_element(&f.tree, tests, i);
        if (case_passes(&f, test)) {
            passed++;
        } else {
            print_error("%.*s: %.*s\n", STR_ARG(tree_string(&f.tree, test, STR("name"))),
                        STR_ARG(tree_string(&f.tree, test, STR("selector"))));
        }
    }
    print_message("%u of %u cases pass\n", passed, (unsigned)node_size(tests));
    assert_int_equal(passed, CASES);
    assert_int_equal(node_size(tests), CASES);
    fixture_release(&f);
    test_free_contents(json);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_compliance_suite_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
