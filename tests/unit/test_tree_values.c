/* SPDX-License-Identifier: MIT */
/* Values of a tree: numbers by value, equality, and writing them as JSON with nothing lost. */
#include "reading.h"

#include "tree/write_json.h"

#include <math.h>

static void test_numbers_have_their_value(void **state)
{
    (void)state;
    static char many_zeros[640];
    memset(many_zeros, '0', sizeof many_zeros);
    many_zeros[0] = '1';
    memcpy(many_zeros + 600, "e-600", 6);
    const struct {
        const char *text;
        double value;
    } rows[] = {
        {"0", 0},           {"-1.5", -1.5},       {"1e3", 1000},     {"0x1F", 31},
        {"0o17", 15},       {"+12", 12},          {".5", 0.5},       {"012", 12},
        {".inf", INFINITY}, {"-.Inf", -INFINITY}, {many_zeros, 0.1},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct reading reading;
        assert_int_equal(reading_yaml(&reading, str_from_c(rows[i].text)), YAML_DOCUMENT);
        assert_int_equal(reading.tree.root->kind, NODE_NUMBER);
        double number = tree_number(&reading.tree, reading.tree.root);
        if (number < rows[i].value || number > rows[i].value) {
            fail_msg("%s: %.17g, not %.17g", rows[i].text, number, rows[i].value);
        }
        reading_close(&reading);
    }
}

static void test_values_are_written_as_json(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *json;
    } rows[] = {
        {"{b: 1, a: [true, ~, x]}", "{\"b\":1,\"a\":[true,null,\"x\"]}"},
        {"[1.20, 1e5, -0, 12345678901234567890]", "[1.20,1e5,-0,12345678901234567890]"},
        {"[0x1F, 0o17, +1, .5, 007, 1., .inf, .nan]", "[31,15,1,0.5,7,1,null,null]"},
        {"\"a\\tb\\n\\e\\\"\\\\\\u00e9\"", "\"a\\tb\\n\\u001b\\\"\\\\é\""},
        {"{? [a, b] : c}", "{\"[a, b]\":\"c\"}"},
        {"[[], {}]", "[[],{}]"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct reading reading;
        struct buf out = buf_with_max(4096);
        assert_int_equal(reading_yaml(&reading, str_from_c(rows[i].yaml)), YAML_DOCUMENT);
        json_write(&out, &reading.tree, reading.tree.root, 0);
        assert_str_equal(buf_str(&out), str_from_c(rows[i].json));
        buf_release(&out);
        reading_close(&reading);
    }
}

static void test_equality_is_that_of_json_values(void **state)
{
    (void)state;
    static const struct {
        const char *pair;
        bool equal;
    } rows[] = {
        {"[{\"a\":1,\"b\":[2]}, {\"b\":[2.0],\"a\":1e0}]", true},
        {"[[1,2],[2,1]]", false},
        {"[{\"a\":1},{\"a\":1,\"b\":null}]", false},
        {"[\"1\",1]", false},
        {"[null,false]", false},
        {"[\"\\u0041\",\"A\"]", true},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct reading reading;
        assert_true(reading_json(&reading, str_from_c(rows[i].pair)));
        const struct node *root = reading.tree.root;
        const struct node *a = tree_element(&reading.tree, root, 0);
        const struct node *b = tree_element(&reading.tree, root, 1);
        if (tree_equal(&reading.tree, a, &reading.tree, b) != rows[i].equal ||
            tree_equal(&reading.tree, b, &reading.tree, a) != rows[i].equal) {
            fail_msg("%s", rows[i].pair);
        }
        reading_close(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_have_their_value),
        cmocka_unit_test(test_values_are_written_as_json),
        cmocka_unit_test(test_equality_is_that_of_json_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
