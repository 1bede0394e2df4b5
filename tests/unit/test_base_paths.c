/* SPDX-License-Identifier: MIT */
/*
 * Paths as text: how they are shown, joined, and compared with the folders that references may lead
 * into.
 */
#include "support.h"

#include "base/paths.h"

static void test_a_path_is_shown_without_noise(void **state)
{
    (void)state;
    static const struct {
        const char *path, *clean;
    } cases[] = {
        {"a", "a"},       {"./a", "a"},         {"././a", "a"},
        {".//a", "a"},    {"a/", "a"},          {"a//b///c", "a/b/c"},
        {".", "."},       {"./", "."},          {"", "."},
        {"/", "/"},       {"//", "/"},          {"//a/", "/a"},
        {"../a", "../a"}, {"a/../b", "a/../b"}, {"a/./b", "a/./b"},
        {".a", ".a"},     {"./-", "-"},         {"./..", ".."},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(path_clean(&arena, cases[i].path), cases[i].clean);
    }
    arena_release(&arena);
}

static void test_a_path_is_normalized_as_text(void **state)
{
    (void)state;
    static const struct {
        struct str path, normal;
    } cases[] = {
        {STR_INIT("."), {0}},
        {STR_INIT(""), {0}},
        {STR_INIT("./a/./b/"), STR_INIT("a/b")},
        {STR_INIT("a/../b"), STR_INIT("b")},
        {STR_INIT("a/.."), {0}},
        {STR_INIT("a/b/../../c"), STR_INIT("c")},
        {STR_INIT(".."), STR_INIT("..")},
        {STR_INIT("../.."), STR_INIT("../..")},
        {STR_INIT("../../a/../.."), STR_INIT("../../..")},
        {STR_INIT("a/../../b"), STR_INIT("../b")},
        {STR_INIT("/"), STR_INIT("/")},
        {STR_INIT("/.."), STR_INIT("/")},
        {STR_INIT("/a/../../b"), STR_INIT("/b")},
        {STR_INIT("...//..a"), STR_INIT(".../..a")},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_str_equal(path_normalize(&arena, cases[i].path), cases[i].normal);
    }
    arena_release(&arena);
}

static void test_inside_means_below_and_not_beside(void **state)
{
    (void)state;
    static const struct {
        struct str path, folder;
        bool inside;
    } cases[] = {
        {STR_INIT("a"), {0}, true},
        {STR_INIT("a/b"), {0}, true},
        {STR_INIT("..a"), {0}, true},
        {STR_INIT(".."), {0}, false},
        {STR_INIT("../a"), {0}, false},
        {STR_INIT("/a"), {0}, false},
        {STR_INIT("a/b"), STR_INIT("a"), true},
        {STR_INIT("a"), STR_INIT("a"), true},
        {STR_INIT("ab"), STR_INIT("a"), false},
        {STR_INIT("a2/b"), STR_INIT("a"), false},
        {STR_INIT("b"), STR_INIT("a"), false},
        {STR_INIT("/a/b"), STR_INIT("/a"), true},
        {STR_INIT("/ab"), STR_INIT("/a"), false},
        {STR_INIT("/a"), STR_INIT("/"), true},
        {STR_INIT("a"), STR_INIT("/"), false},
        {STR_INIT("../a"), STR_INIT(".."), true},
        {STR_INIT("../../a"), STR_INIT(".."), false},
        {STR_INIT("../.."), STR_INIT(".."), false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(path_is_inside(cases[i].path, cases[i].folder), cases[i].inside);
    }
}

static void test_folders_and_names_join(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(path_join(&arena, ".", "a"), "a");
    assert_string_equal(path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(path_join(&arena, "/", "b"), "/b");
    assert_string_equal(path_folder(&arena, "a"), ".");
    assert_string_equal(path_folder(&arena, "a/b/c"), "a/b");
    assert_string_equal(path_folder(&arena, "/a"), "/");
    arena_release(&arena);
}

static void test_the_way_between_two_places_is_relative(void **state)
{
    (void)state;
    static const struct {
        const char *folder, *path, *relative;
    } cases[] = {
        {"/a", "/a/b/c", "b/c"},   {"/a/b", "/a/c", "../c"}, {"/a/b/c", "/d", "../../../d"},
        {"/", "/a/b", "a/b"},      {"/a", "/a", "."},        {"/a/b", "/a", ".."},
        {"/ab", "/a/b", "../a/b"}, {"/a", "/", ".."},        {"/", "/", "."},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_str_equal(
            path_relative(&arena, str_from_c(cases[i].folder), str_from_c(cases[i].path)),
            str_from_c(cases[i].relative));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_path_is_shown_without_noise),
        cmocka_unit_test(test_a_path_is_normalized_as_text),
        cmocka_unit_test(test_inside_means_below_and_not_beside),
        cmocka_unit_test(test_folders_and_names_join),
        cmocka_unit_test(test_the_way_between_two_places_is_relative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
