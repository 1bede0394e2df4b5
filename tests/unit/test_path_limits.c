/* SPDX-License-Identifier: MIT */
/*
 * What bounds an evaluation: its budget of steps and its depth. Beyond them everything is unknown.
 */
#include "path_fixture.h"

enum { DEPTH = 512 }; /* the limit's default */

#define F TRUTH_FALSE
#define U TRUTH_UNKNOWN

/* Each of these visits many nodes of the document below. */
static const char *const expensive[] = {
    "count($..*) > 0",      "$..none",
    "$..[?@ == 7]",         "$.a == $.b",
    "$.o == $.p",           "count($.a[::1]) == 3",
    "$.a[?match(@, '(x')]", "$.s[?match('aaaa', @)]",
    "count($..[*]) == 1",
};

static void an_exhausted_budget_makes_everything_unknown(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("{\"a\": [[1, 2, 3, 4], [5, 6]], \"b\": [[1, 2, 3, 4], [5, 6]], \"o\": "
                         "{\"x\": {\"y\": 1}},"
                         " \"p\": {\"x\": {\"y\": 1}}, \"s\": [\"a{1}\", \"b*\", \"c+\"]}"));
    for (size_t i = 0; i < COUNT_OF(expensive); i++) {
        const struct path_program *program =
            fixture_compile(&f, PATH_LOGICAL, str_from_c(expensive[i]));
        struct path_env env = fixture_env(&f);
        enum truth decided = path_test(program, &env);
        assert_int_not_equal(decided, TRUTH_UNKNOWN);
        uint64_t needed = 1000000 - env.steps;
        for (uint64_t steps = 0; steps <= needed; steps++) {
            env = fixture_env(&f);
            env.steps = steps;
            enum truth truth = path_test(program, &env);
            assert_int_equal(truth, steps < needed ? TRUTH_UNKNOWN : decided);
            assert_int_equal(env.exhausted, steps < needed);
            assert_int_equal(env.steps, 0);
        }
    }
    fixture_release(&f);
}

static void an_exhausted_budget_leaves_a_nodelist_open(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("{\"a\": [[1], [2], [3]], \"s\": \"abc\"}"));
    struct path_env env = fixture_env(&f);
    env.steps = 5;
    struct nodelist nodes;
    path_select(fixture_compile(&f, PATH_QUERY, STR("$..*")), &env, &nodes);
    assert_true(nodes.unknown);
    assert_true(nodes.count < 5);
    struct path_datum result;
    path_evaluate(fixture_compile(&f, PATH_PLACEHOLDER, STR("length('abc')")), &env, &result);
    assert_int_equal(result.value.kind, VALUE_UNKNOWN);
    fixture_release(&f);
}

/* Arrays that share their children: 2^40 paths in 80 nodes. Only the budget ends it. */
static void the_budget_bounds_trees_that_share_children(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("1"));
    struct tree tree;
    struct builder builder = {0};
    tree_init(&tree, &f.arena, &f.sources, &f.atoms);
    builder_start(&builder, &tree);
    struct node scalar = tree_scalar(&tree, NODE_NUMBER, STR("1"), (struct location){0});
    builder_push(&builder, &scalar);
    for (int i = 0; i < 40; i++) {
        struct node shared = builder.stack[--builder.count];
        builder_open(&builder, NODE_ARRAY, 0, 0);
        builder_push(&builder, &shared);
        builder_push(&builder, &shared);
        builder_close(&builder, 0);
    }
    builder_finish(&builder);
    static const char *const tests[] = {"$..none", "count($..*) == 1", "$[0] == $[1]",
                                        "$[?$..[?@ == 2]]"};
    for (size_t i = 0; i < COUNT_OF(tests); i++) {
        struct path_env env = fixture_env(&f);
        env.tree = &tree;
        env.root = tree.root;
        assert_int_equal(path_test(fixture_compile(&f, PATH_LOGICAL, str_from_c(tests[i])), &env),
                         TRUTH_UNKNOWN);
        assert_true(env.exhausted);
    }
    builder_release(&builder);
    fixture_release(&f);
}

/* "$[0][0]…[?$[0][0]…[?@ == 1]]": each filter stands `depth` levels down in the document. */
static struct str nested_filters(struct arena *arena, unsigned filters, unsigned depth,
                                 const char *innermost)
{
    struct buf query = buf_with_max(EXPRESSION_MAX_BYTES);
    for (unsigned i = 0; i < filters; i++) {
        buf_add_c(&query, "$");
        for (unsigned level = 0; level < depth; level++) {
            buf_add_c(&query, "[0]");
        }
        buf_add_c(&query, "[?");
    }
    buf_add_c(&query, innermost);
    buf_add_repeat(&query, ']', filters);
    assert_false(query.truncated);
    struct str copy = arena_str(arena, buf_str(&query));
    buf_release(&query);
    return copy;
}

/*
 * Filters inside filters over the deepest document: the stack holds, and what is too deep for it is
 * unknown.
 */
static void evaluation_has_a_largest_depth(void **state)
{
    (void)state;
    struct buf json = buf_with_max(2 * DEPTH);
    buf_add_repeat(&json, '[', DEPTH);
    buf_add_repeat(&json, ']', DEPTH);
    struct fixture f;
    fixture_read(&f, buf_str(&json));
    static const struct {
        unsigned filters, depth;
        const char *innermost;
        enum truth expected;
    } cases[] = {{1, 510, "@ == 1", F},  {4, 500, "@ == 1", F},  {5, 500, "@ == 1", U},
                 {10, 500, "@ == 1", U}, {1, 500, "$..none", F}, {4, 500, "$..none", U}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct path_env env = fixture_env(&f);
        struct str text =
            nested_filters(&f.arena, cases[i].filters, cases[i].depth, cases[i].innermost);
        assert_int_equal(path_test(fixture_compile(&f, PATH_LOGICAL, text), &env),
                         cases[i].expected);
    }
    struct path_env env = fixture_env(&f);
    assert_int_equal(path_test(fixture_compile(&f, PATH_LOGICAL, STR("$..none")), &env), F);
    assert_int_equal(path_test(fixture_compile(&f, PATH_LOGICAL, STR("$..[?@..[?@ == 1]]")), &env),
                     F);
    buf_release(&json);
    fixture_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exhausted_budget_makes_everything_unknown),
        cmocka_unit_test(an_exhausted_budget_leaves_a_nodelist_open),
        cmocka_unit_test(the_budget_bounds_trees_that_share_children),
        cmocka_unit_test(evaluation_has_a_largest_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
