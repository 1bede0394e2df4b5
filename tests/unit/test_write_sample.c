/* SPDX-License-Identifier: MIT */
/* Values as people write them: what goes on a line, what is cut, and where each node went. */
#include "reading.h"

#include "tree/write_sample.h"

/* The sample of a YAML text; of its root where `path` is NULL, else of a member. */
static void open_sample(struct reading *reading, const char *yaml, bool json, struct sample *sample)
{
    assert_int_equal(reading_yaml(reading, str_from_c(yaml)), YAML_DOCUMENT);
    *sample = (struct sample){.arena = &reading->arena};
    sample_write(sample, &reading->tree, reading->tree.root, json);
}

static void short_values_stand_on_a_line_and_long_ones_do_not(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        bool json;
        const char *sample;
    } rows[] = {
        {"a", false, "a\n"},
        {"{}", false, "{}\n"},
        {"[1.20, 0777, ~, no]", false, "- 1.20\n- 0777\n- null\n- \"no\"\n"},
        {"{a: {b: [1, x]}, 'c d': 'e: f'}", false, "a: {b: [1, x]}\n\"c d\": \"e: f\"\n"},
        {"{a: &x {b: 1}, c: *x}", false, "a: {b: 1}\nc: {b: 1}\n"},
        {"{a: !unknown '', b: !Sub x, c: !Ref {d: 1}}", false,
         "a: !unknown\nb: !Sub x\nc: !Ref {d: 1}\n"},
        {"{a: {b: [1, x]}, c: []}", true, "{\n  \"a\": {\"b\": [1, \"x\"]},\n  \"c\": []\n}\n"},
        {"{a: !unknown ''}", true, "{\n  \"a\": \"\"\n}\n"},
        {"[{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: bbbbbbbbbbbbbbbbbbbbbbbbbbbb,"
         " cccccccccccccccccccccccccc: dddddddddddddddddddd}]",
         false,
         "- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: bbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
         "  cccccccccccccccccccccccccc: dddddddddddddddddddd\n"},
        {"[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22]", true,
         "[\n  1,\n  2,\n  3,\n  4,\n  5,\n  6,\n  7,\n  8,\n  9,\n  10,\n  11,\n  12,\n  13,\n"
         "  14,\n  15,\n  16,\n  17,\n  18,\n  19,\n  20,\n  …\n]\n"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaa"
         "aaaaaéb",
         false,
         "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaa"
         "aaaaaaa…\"\n"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct reading reading;
        struct sample sample;
        open_sample(&reading, rows[i].yaml, rows[i].json, &sample);
        assert_str_equal(sample.text, str_from_c(rows[i].sample));
        reading_close(&reading);
    }
}

static void a_place_of_the_file_is_found_in_the_sample(void **state)
{
    (void)state;
    static const char yaml[] = "{a: {b: [1, x]}, c: dd}";
    static const struct {
        struct span at;
        const char *written; /* NULL: nowhere */
    } rows[] = {
        {{12, 13}, "x"}, {{8, 14}, "[1, x]"},  {{20, 22}, "dd"},   {{21, 22}, "dd"},
        {{17, 18}, "c"}, {{12, 14}, "[1, x]"}, {{100, 101}, NULL},
    };
    struct reading reading;
    struct sample sample;
    open_sample(&reading, yaml, false, &sample);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct span written;
        bool found =
            sample_find(&sample, (struct location){reading.source->id, rows[i].at}, &written);
        assert_int_equal(found, rows[i].written != NULL);
        if (found) {
            assert_str_equal(str_slice(sample.text, written.lo, written.hi),
                             str_from_c(rows[i].written));
        }
    }
    reading_close(&reading);
}

static void secrets_are_not_written(void **state)
{
    (void)state;
    struct reading reading;
    assert_int_equal(reading_yaml(&reading, STR("{key: abc, other: d}")), YAML_DOCUMENT);
    source_hide(reading.source, (struct span){6, 9});
    struct sample sample = {.arena = &reading.arena};
    sample_write(&sample, &reading.tree, reading.tree.root, false);
    assert_str_equal(sample.text, STR("key: \"***\"\nother: d\n"));
    reading_close(&reading);
}

/* Aliases of aliases stand for more than anybody could read, or hold. */
static void what_aliases_multiply_is_bounded(void **state)
{
    (void)state;
    struct reading reading;
    struct sample sample;
    open_sample(&reading,
                "a: &a [xxxxxxxxxx, xxxxxxxxxx, xxxxxxxxxx, xxxxxxxxxx, xxxxxxxxxx, xxxxxxxxxx]\n"
                "b: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n"
                "d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: [*d, *d, *d, *d, *d, *d, *d, *d]\n",
                true, &sample);
    assert_true(sample.text.len > 1000 && sample.text.len <= 1 << 16);
    reading_close(&reading);
}

static void a_long_text_is_folded_around_places(void **state)
{
    (void)state;
    static const char text[] = "a:\n  b:\n    - 1\n    - 2\n    - 3\n    - 4\n    - 5\n    - 6\n"
                               "    - 7\n    - 8\n    - 9\nc: 1\nd: 2\n";
    static const char around[] = "a:\n  b:\n    …\n    - 3\n    - 4\n    - 5\n    - 6\n    - 7\n"
                                 "    - 8\n    - 9\nc: 1\n…\n";
    static const char first[] = "a:\n  b:\n    - 1\n    - 2\n    …\n";
    struct arena arena = {0};
    size_t six = str_find(str_from_c(text), STR("6"));
    struct span span = {(uint32_t)six, (uint32_t)six + 1};
    struct str folded = sample_fold(&arena, str_from_c(text), &span, 1, 5);
    assert_str_equal(folded, str_from_c(around));
    assert_str_equal(str_slice(folded, span.lo, span.hi), STR("6"));
    assert_str_equal(sample_fold(&arena, str_from_c(text), NULL, 0, 5), str_from_c(first));
    assert_str_equal(sample_fold(&arena, str_from_c(text), NULL, 0, 13), str_from_c(text));
    assert_int_equal(sample_lines(STR("a\nb")), 2);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_values_stand_on_a_line_and_long_ones_do_not),
        cmocka_unit_test(a_place_of_the_file_is_found_in_the_sample),
        cmocka_unit_test(secrets_are_not_written),
        cmocka_unit_test(what_aliases_multiply_is_bounded),
        cmocka_unit_test(a_long_text_is_folded_around_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
