/* SPDX-License-Identifier: MIT */
/* What the lines of a .gitignore say of a path. cli/gitignore.sh compares with git itself. */
#include "support.h"

#include "base/gitignore.h"

#include <stdlib.h>

static enum gitignore_says judge(struct arena *arena, struct str text, struct str path,
                                 bool is_folder)
{
    struct gitignore list = {0};
    gitignore_add(arena, &list, text);
    return gitignore_judge(&list, path, is_folder);
}

static const struct {
    struct str text, path;
    bool is_folder;
    enum gitignore_says says;
} rows[] = {
    {STR_INIT(""), STR_INIT("a"), false, GITIGNORE_NOTHING},
    {STR_INIT("\n\n# a\n"), STR_INIT("# a"), false, GITIGNORE_NOTHING},
    {STR_INIT("\\#a"), STR_INIT("#a"), false, GITIGNORE_OUT},
    {STR_INIT("a"), STR_INIT("x/a"), false, GITIGNORE_OUT},
    {STR_INIT("/a"), STR_INIT("x/a"), false, GITIGNORE_NOTHING},
    {STR_INIT("x/a"), STR_INIT("x/a"), false, GITIGNORE_OUT},
    {STR_INIT("x/a"), STR_INIT("y/x/a"), false, GITIGNORE_NOTHING},
    {STR_INIT("a/"), STR_INIT("a"), false, GITIGNORE_NOTHING},
    {STR_INIT("a/"), STR_INIT("x/a"), true, GITIGNORE_OUT},
    {STR_INIT("a\n!a"), STR_INIT("a"), false, GITIGNORE_IN},
    {STR_INIT("!a\na"), STR_INIT("a"), false, GITIGNORE_OUT},
    {STR_INIT("a  \r\n"), STR_INIT("a"), false, GITIGNORE_OUT},
    {STR_INIT("a\\ \n"), STR_INIT("a "), false, GITIGNORE_OUT},
    {STR_INIT("a\\ \n"), STR_INIT("a"), false, GITIGNORE_NOTHING},
    {STR_INIT("\xEF\xBB\xBF"
              "a"),
     STR_INIT("a"), false, GITIGNORE_OUT},
    {STR_INIT("**/b"), STR_INIT("b"), false, GITIGNORE_OUT},
    {STR_INIT("a/**/b"), STR_INIT("a/b"), false, GITIGNORE_OUT},
    {STR_INIT("a/**/b"), STR_INIT("a/x/y/b"), false, GITIGNORE_OUT},
    {STR_INIT("a/**/b"), STR_INIT("ab"), false, GITIGNORE_NOTHING},
    {STR_INIT("a/*/b"), STR_INIT("a/x/y/b"), false, GITIGNORE_NOTHING},
    {STR_INIT("a/**"), STR_INIT("a"), true, GITIGNORE_NOTHING},
    {STR_INIT("a/**"), STR_INIT("a/b/c"), false, GITIGNORE_OUT},
    {STR_INIT("[a-c]"), STR_INIT("b"), false, GITIGNORE_OUT},
    {STR_INIT("[!a-c]"), STR_INIT("b"), false, GITIGNORE_NOTHING},
    {STR_INIT("[]-]"), STR_INIT("]"), false, GITIGNORE_OUT},
    {STR_INIT("[]-]"), STR_INIT("-"), false, GITIGNORE_OUT},
    {STR_INIT("[[:punct:]]"), STR_INIT("~"), false, GITIGNORE_OUT},
    {STR_INIT("[[:space:]]x"), STR_INIT("\tx"), false, GITIGNORE_OUT},
    {STR_INIT("[a"), STR_INIT("[a"), false, GITIGNORE_NOTHING},
    {STR_INIT("a[^b]c"), STR_INIT("a/c"), false, GITIGNORE_NOTHING},
    {STR_INIT("/a[^b]c"), STR_INIT("a/c"), false, GITIGNORE_NOTHING},
    {STR_INIT("a\\"), STR_INIT("a\\"), false, GITIGNORE_NOTHING},
    {STR_INIT("a\\"), STR_INIT("a"), false, GITIGNORE_NOTHING},
};

static void each_line_is_judged_as_git_does(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        enum gitignore_says says = judge(&arena, rows[i].text, rows[i].path, rows[i].is_folder);
        if (says != rows[i].says) {
            fail_msg("row %zu, '%.*s' on '%.*s': %d, not %d", i, STR_ARG(rows[i].text),
                     STR_ARG(rows[i].path), (int)says, (int)rows[i].says);
        }
    }
    arena_release(&arena);
}

/* A line of `count` times "a", behind a star. */
static struct str long_line(struct arena *arena, size_t count)
{
    char *text = arena_alloc(arena, count + 1);
    memset(text, 'a', count + 1);
    text[0] = '*';
    return (struct str){text, count + 1};
}

static void the_longest_pattern_counts_and_a_longer_one_does_not(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str longest = long_line(&arena, GITIGNORE_PATTERN_MAX - 1);
    struct str longer = long_line(&arena, GITIGNORE_PATTERN_MAX);
    assert_int_equal(judge(&arena, longest, str_from(longest, 1), false), GITIGNORE_OUT);
    assert_int_equal(judge(&arena, longer, str_from(longer, 1), false), GITIGNORE_NOTHING);
    arena_release(&arena);
}

/* Backtracking would not come to an end here. */
static void many_stars_cost_no_more_than_path_times_pattern(void **state)
{
    (void)state;
    struct arena arena = {0};
    char pattern[2001], path[2001];
    for (size_t i = 0; i < 2000; i += 2) {
        memcpy(pattern + i, "*a", 2);
    }
    memset(path, 'a', 2000);
    pattern[1999] = '?';
    path[1999] = '/';
    struct str slash = {path, 2000};
    struct str text = {pattern, 2000};
    assert_int_equal(judge(&arena, text, str_slice(slash, 0, 999), false), GITIGNORE_NOTHING);
    assert_int_equal(judge(&arena, text, str_slice(slash, 0, 1999), false), GITIGNORE_OUT);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_is_judged_as_git_does),
        cmocka_unit_test(the_longest_pattern_counts_and_a_longer_one_does_not),
        cmocka_unit_test(many_stars_cost_no_more_than_path_times_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
