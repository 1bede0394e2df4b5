/* SPDX-License-Identifier: MIT */
/* The file of a baseline: what it holds, in which order, and every mistake in one. */
#include "rule/baseline.h"
#include "support.h"

#include <stdlib.h>

struct world {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct builder builder;
    struct findings findings;
    struct baseline baseline;
};

static void open_world(struct world *world)
{
    *world = (struct world){0};
    world->findings.arena = &world->arena;
    world->baseline.arena = &world->arena;
    sources_init(&world->sources, &world->arena);
    atoms_init(&world->atoms, &world->arena, NULL);
}

static void close_world(struct world *world)
{
    builder_release(&world->builder);
    arena_release(&world->arena);
}

static bool read(struct world *world, struct str text)
{
    const struct baseline_reader reader = {&world->arena, &world->sources, &world->atoms,
                                           &world->builder, &world->findings};
    return baseline_read(&reader, sources_add(&world->sources, STR("base.json"), text),
                         &world->baseline);
}

#define F1 "0123456789abcdef"
#define F2 "fedcba9876543210"
#define ENTRY(file, rule, print, count)                                                            \
    "{\"file\": \"" file "\", \"rule\": \"" rule "\", \"fingerprint\": \"" print                   \
    "\", \"count\": " count "}"
#define FILE_OF(entries) "{\"version\": 1, \"findings\": [" entries "]}\n"

static void findings_are_sorted_and_counted(void **state)
{
    (void)state;
    struct world world;
    struct buf out = buf_with_max(10000);
    open_world(&world);
    baseline_add(&world.baseline, STR("b.json"), STR("a/b"), STR(F1));
    baseline_add(&world.baseline, STR("a/\"b\".json"), STR("a/c"), STR(F2));
    baseline_add(&world.baseline, STR("b.json"), STR("a/b"), STR(F1 "-2"));
    baseline_add(&world.baseline, STR("b.json"), STR("a/b"), STR(F2));
    baseline_add(&world.baseline, STR("b.json"), STR("a/a"), STR(F2 "-17"));
    baseline_finish(&world.baseline);
    baseline_write(&world.baseline, &out);
    assert_str_equal(buf_str(&out),
                     STR(FILE_OF("\n" ENTRY("a/\\\"b\\\".json", "a/c", F2, "1") ",\n" ENTRY(
                         "b.json", "a/a", F2, "1") ",\n" ENTRY("b.json", "a/b", F1,
                                                               "2") ",\n" ENTRY("b.json", "a/b", F2,
                                                                                "1") "\n")));
    buf_release(&out);
    close_world(&world);
}

static void what_was_written_is_read_again(void **state)
{
    (void)state;
    static const struct str text = STR_INIT(FILE_OF(
        "\n" ENTRY("a.json", "a/b", F1, "2") ",\n" ENTRY("b.json", "a/b", F1, "100000") "\n"));
    struct world world;
    struct buf out = buf_with_max(10000);
    open_world(&world);
    assert_true(read(&world, text));
    baseline_write(&world.baseline, &out);
    assert_str_equal(buf_str(&out), text);
    const struct baseline_entry *entry =
        baseline_find(&world.baseline, STR("a.json"), STR("a/b"), STR(F1 "-9"));
    assert_non_null(entry);
    assert_int_equal(entry->count, 2);
    assert_null(baseline_find(&world.baseline, STR("a.json"), STR("a/b"), STR(F2)));
    assert_null(baseline_find(&world.baseline, STR("c.json"), STR("a/b"), STR(F1)));
    assert_null(baseline_find(&world.baseline, STR("a.json"), STR("a/c"), STR(F1)));
    buf_release(&out);
    close_world(&world);
}

static void entries_may_come_in_any_order_and_add_up(void **state)
{
    (void)state;
    struct world world;
    open_world(&world);
    assert_true(read(&world, STR(FILE_OF(ENTRY("b.json", "a/b", F1, "100000") "," ENTRY(
                                 "a.json", "a/b", F1, "1") "," ENTRY("b.json", "a/b", F1, "2")))));
    assert_int_equal(world.baseline.count, 2);
    assert_int_equal(world.baseline.items[1].count, BASELINE_MAX_COUNT);
    close_world(&world);
}

static void what_is_used_up_is_left_out(void **state)
{
    (void)state;
    struct world world;
    struct buf out = buf_with_max(10000);
    open_world(&world);
    baseline_add(&world.baseline, STR("a"), STR("a/b"), STR(F1));
    baseline_finish(&world.baseline);
    world.baseline.items[0].count = 0;
    baseline_write(&world.baseline, &out);
    assert_str_equal(buf_str(&out), STR("{\"version\": 1, \"findings\": []}\n"));
    buf_release(&out);
    close_world(&world);
}

static const struct {
    const char *text, *id;
    uint32_t at;
} mistakes[] = {
    {"", "syntax/json", 0},
    {"[]", "baseline/shape", 0},
    {"{}", "baseline/shape", 0},
    {"{\"version\": 1, \"findings\": {}}", "baseline/shape", 0},
    {"{\"version\": 1, \"findings\": []} x", "syntax/json", 31},
    {"{\"version\": 2, \"findings\": []}", "baseline/version", 12},
    {"{\"version\": 1.0, \"findings\": []}", "baseline/version", 12},
    {"{\"version\": \"1\", \"findings\": []}", "baseline/version", 12},
    {"{\"version\": 1, \"findings\": [], \"x\": 1}", "baseline/unknown-key", 31},
    {"{\"version\": 1, \"findings\": [7]}", "baseline/entry", 28},
    {FILE_OF("{}"), "baseline/entry", 28},
    {FILE_OF(ENTRY("a", "a/b", F1, "1, \"line\": 3")), "baseline/unknown-key", 104},
    {FILE_OF(ENTRY("a", "ab", F1, "1")), "baseline/entry", 50},
    {FILE_OF(ENTRY("a", "a/*", F1, "1")), "baseline/entry", 50},
    {FILE_OF(ENTRY("a", "a/b", "0123", "1")), "baseline/entry", 72},
    {FILE_OF(ENTRY("a", "a/b", "0123456789ABCDEF", "1")), "baseline/entry", 72},
    {FILE_OF(ENTRY("a", "a/b", F1 "-2", "1")), "baseline/entry", 72},
    {FILE_OF(ENTRY("a", "a/b", F1, "0")), "baseline/entry", 101},
    {FILE_OF(ENTRY("a", "a/b", F1, "-1")), "baseline/entry", 101},
    {FILE_OF(ENTRY("a", "a/b", F1, "1e1")), "baseline/entry", 101},
    {FILE_OF(ENTRY("a", "a/b", F1, "100001")), "baseline/entry", 101},
    {FILE_OF(ENTRY("a", "a/b", F1, "99999999999999999999")), "baseline/entry", 101},
    {FILE_OF(ENTRY("a", "a/b", F1, "true")), "baseline/entry", 101},
};

static void mistakes_have_places(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        struct world world;
        open_world(&world);
        assert_false(read(&world, str_from_c(mistakes[i].text)));
        assert_true(world.findings.count > 0);
        const struct finding *finding = &world.findings.items[0];
        bool same = str_eq(finding->rule, str_from_c(mistakes[i].id)) &&
                    finding->at.span.lo == mistakes[i].at;
        if (!same) {
            print_error("%s: %.*s at %u\n", mistakes[i].text, STR_ARG(finding->rule),
                        finding->at.span.lo);
        }
        wrong += !same;
        close_world(&world);
    }
    assert_int_equal(wrong, 0);
}

static void a_key_that_stands_twice_is_a_mistake(void **state)
{
    (void)state;
    struct world world;
    open_world(&world);
    assert_false(read(&world, STR("{\"version\": 1, \"findings\": [], \"findings\": []}")));
    assert_str_equal(world.findings.items[0].rule, STR("syntax/duplicate-key"));
    close_world(&world);
}

static void a_baseline_has_a_limit(void **state)
{
    (void)state;
    struct world world;
    char *text = malloc(BASELINE_MAX_BYTES + 1);
    assert_non_null(text);
    memset(text, ' ', BASELINE_MAX_BYTES + 1);
    open_world(&world);
    assert_false(read(&world, (struct str){text, BASELINE_MAX_BYTES + 1}));
    assert_str_equal(world.findings.items[0].rule, STR("baseline/size"));
    close_world(&world);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_are_sorted_and_counted),
        cmocka_unit_test(what_was_written_is_read_again),
        cmocka_unit_test(entries_may_come_in_any_order_and_add_up),
        cmocka_unit_test(what_is_used_up_is_left_out),
        cmocka_unit_test(mistakes_have_places),
        cmocka_unit_test(a_baseline_has_a_limit),
        cmocka_unit_test(a_key_that_stands_twice_is_a_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
