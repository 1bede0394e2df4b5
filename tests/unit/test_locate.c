/* SPDX-License-Identifier: MIT */
/*
 * Normalized paths (RFC 9535 §2.7): their spelling, and from a place in a file to the node there.
 */
#include "reading.h"
#include "tree/locate.h"

static void names_are_escaped_as_the_rfc_says(void **state)
{
    (void)state;
    static const struct {
        struct str name;
        struct str step;
    } cases[] = {
        {STR_INIT(""), STR_INIT("['']")},
        {STR_INIT("a"), STR_INIT("['a']")},
        {STR_INIT("a b.c\"d"), STR_INIT("['a b.c\"d']")},
        {STR_INIT("it's"), STR_INIT("['it\\'s']")},
        {STR_INIT("\\"), STR_INIT("['\\\\']")},
        {STR_INIT("\b\t\n\f\r"), STR_INIT("['\\b\\t\\n\\f\\r']")},
        {STR_INIT("\0x\x0B\x1F"), STR_INIT("['\\u0000x\\u000b\\u001f']")},
        {STR_INIT("\x7F/"), STR_INIT("['\x7F/']")},
        {STR_INIT("\xE6\x9D\xB1\xF0\x9F\x98\x80"), STR_INIT("['\xE6\x9D\xB1\xF0\x9F\x98\x80']")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf path = buf_with_max(100);
        path_add_name(&path, cases[i].name);
        assert_str_equal(buf_str(&path), cases[i].step);
        buf_release(&path);
    }
}

static void indexes_are_decimal(void **state)
{
    (void)state;
    struct buf path = buf_with_max(100);
    path_add_index(&path, 0);
    path_add_index(&path, 10);
    path_add_index(&path, UINT64_MAX);
    assert_str_equal(buf_str(&path), STR("[0][10][18446744073709551615]"));
    buf_release(&path);
}

static const char json[] = "{\"a\": [1, {\"b\": \"xyz\"}], \"\": {}}";

static const char yaml[] = "base: &b\n"           /* 0 */
                           "  k: v\n"             /* 9 */
                           "  e:\n"               /* 16 */
                           "use: *b\n"            /* 21 */
                           "merged:\n"            /* 29 */
                           "  inner: &i {n: 1}\n" /* 37 */
                           "  <<: *i\n"           /* 56 */
                           "list:\n"              /* 65 */
                           "- - \n"               /* 71 */
                           "  - z\n";             /* 76 */

static void places_have_paths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct span at;
        const char *path;
    } cases[] = {
        {json, {0, 32}, "$"},
        {json, {1, 4}, "$['a']"},  /* a key */
        {json, {6, 23}, "$['a']"}, /* its value */
        {json, {7, 8}, "$['a'][0]"},
        {json, {10, 22}, "$['a'][1]"},
        {json, {11, 14}, "$['a'][1]['b']"},
        {json, {16, 21}, "$['a'][1]['b']"},
        {json, {18, 19}, "$['a'][1]['b']"}, /* part of a string */
        {json, {8, 11}, "$['a']"},          /* two elements' edges: what holds both */
        {json, {25, 27}, "$['']"},
        {json, {29, 31}, "$['']"},
        {yaml, {11, 12}, "$['base']['k']"},
        {yaml, {20, 20}, "$['base']['e']"}, /* an empty value behind its ':' */
        {yaml, {26, 28}, "$['use']"},       /* an alias: its token */
        {yaml, {14, 15}, "$['base']['k']"}, /* what it stands for: where that is written */
        {yaml, {50, 51}, "$['merged']['inner']['n']"}, /* also merged as $['merged']['n'] */
        {yaml, {53, 54}, "$['merged']['inner']['n']"},
        {yaml, {58, 60}, "$['merged']"}, /* the merge key is no member */
        {yaml, {74, 74}, "$['list'][0][0]"},
        {yaml, {80, 81}, "$['list'][0][1]"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        struct buf path = buf_with_max(1000);
        struct str text = str_from_c(cases[i].text);
        bool read = cases[i].text == json ? reading_json(&r, text)
                                          : reading_yaml(&r, text) == YAML_DOCUMENT;
        assert_true(read);
        const struct node *found = tree_locate(&r.tree, cases[i].at, &path);
        assert_non_null(found);
        assert_str_equal(buf_str(&path), str_from_c(cases[i].path));
        buf_release(&path);
        reading_close(&r);
    }
}

static void a_place_outside_is_not_found(void **state)
{
    (void)state;
    struct reading r;
    struct buf path = buf_with_max(100);
    assert_true(reading_json(&r, STR("  [1] ")));
    assert_null(tree_locate(&r.tree, (struct span){0, 1}, &path));
    assert_str_equal(buf_str(&path), STR("$"));
    reading_close(&r);
    buf_release(&path);
}

static void a_key_leads_to_its_value(void **state)
{
    (void)state;
    struct reading r;
    struct buf path = buf_with_max(100);
    assert_true(reading_json(&r, STR("{\"a\": 1}")));
    assert_ptr_equal(tree_locate(&r.tree, (struct span){1, 4}, &path),
                     tree_value(&r.tree, r.tree.root, 0));
    reading_close(&r);
    buf_release(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_escaped_as_the_rfc_says),
        cmocka_unit_test(indexes_are_decimal),
        cmocka_unit_test(places_have_paths),
        cmocka_unit_test(a_place_outside_is_not_found),
        cmocka_unit_test(a_key_leads_to_its_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
