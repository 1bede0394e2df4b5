/* SPDX-License-Identifier: MIT */
/* Patterns of paths: what they cover, what is refused and where, and that no pattern makes one slow. */
#include "support.h"

#include "base/path_glob.h"

#include <stdio.h>

static struct path_glob compile(struct arena *arena, struct str text)
{
    struct path_glob glob;
    struct path_glob_error error;
    if (!path_glob_compile(arena, text, &glob, &error)) {
        fail_msg("'%.*s' is refused: %s", STR_ARG(text), error.message);
    }
    return glob;
}

/* What git would ignore, too. */
static const struct {
    struct str pattern, path;
    bool covers;
} covers_rows[] = {
    /* Without a slash in front or within: at any depth. */
    {STR_INIT("a.json"), STR_INIT("a.json"), true},
    {STR_INIT("a.json"), STR_INIT("x/y/a.json"), true},
    {STR_INIT("a.json"), STR_INIT("xa.json"), false},
    {STR_INIT("a.json"), STR_INIT("a.jsonl"), false},
    {STR_INIT("a.json"), STR_INIT("a.json/x"), true},
    {STR_INIT("*.json"), STR_INIT("x/.json"), true},
    {STR_INIT("*.json"), STR_INIT("x.json/y"), true},
    {STR_INIT("*.json"), STR_INIT("x.JSON"), false},
    {STR_INIT("a"), STR_INIT("b/a/c"), true},
    /* With one: from the top. */
    {STR_INIT("/a"), STR_INIT("a"), true},
    {STR_INIT("/a"), STR_INIT("b/a"), false},
    {STR_INIT("a/b"), STR_INIT("a/b"), true},
    {STR_INIT("a/b"), STR_INIT("x/a/b"), false},
    {STR_INIT("a/b"), STR_INIT("a/b/c/d"), true},
    {STR_INIT("a/b"), STR_INIT("a/bc"), false},
    /* Stars and question marks stay in their part. */
    {STR_INIT("a/*"), STR_INIT("a/b"), true},
    {STR_INIT("a/*.json"), STR_INIT("a/b/c.json"), false},
    {STR_INIT("/*/c"), STR_INIT("a/c"), true},
    {STR_INIT("/*/c"), STR_INIT("a/b/c"), false},
    {STR_INIT("a?c"), STR_INIT("a/c"), false},
    {STR_INIT("a?c"), STR_INIT("abc"), true},
    {STR_INIT("/*a*b"), STR_INIT("xaxbxb"), true},
    {STR_INIT("/*a*b"), STR_INIT("xaxbx"), false},
    {STR_INIT("?"), STR_INIT("\xE3\x81\x82"), true},
    {STR_INIT("??"), STR_INIT("\xE3\x81\x82"), false},
    {STR_INIT("?"), STR_INIT("\xFF"), true},
    {STR_INIT("??"), STR_INIT("\xFF\xFF"), true},
    /* Two stars cross. */
    {STR_INIT("**"), STR_INIT("a/b"), true},
    {STR_INIT("/**"), STR_INIT("a"), true},
    {STR_INIT("a/**"), STR_INIT("a/b/c"), true},
    {STR_INIT("a/**"), STR_INIT("a"), false},
    {STR_INIT("a/**"), STR_INIT("ab/c"), false},
    {STR_INIT("**/b"), STR_INIT("b"), true},
    {STR_INIT("**/b"), STR_INIT("a/x/b"), true},
    {STR_INIT("**/b"), STR_INIT("ab"), false},
    {STR_INIT("a/**/b"), STR_INIT("a/b"), true},
    {STR_INIT("a/**/b"), STR_INIT("a/x/y/b"), true},
    {STR_INIT("a/**/b"), STR_INIT("a/xb"), false},
    {STR_INIT("a/**/**/b"), STR_INIT("a/b"), true},
    {STR_INIT("**/a/*.json"), STR_INIT("x/a/y.json"), true},
    {STR_INIT("**/*.json"), STR_INIT("y.json"), true},
    /* A slash at the end: folders, and what is in them. */
    {STR_INIT("a/"), STR_INIT("a"), false},
    {STR_INIT("a/"), STR_INIT("a/b"), true},
    {STR_INIT("a/"), STR_INIT("x/a/b"), true},
    {STR_INIT("/a/"), STR_INIT("x/a/b"), false},
    {STR_INIT("a/b/"), STR_INIT("a/b/c"), true},
    {STR_INIT("**/"), STR_INIT("a"), false},
    {STR_INIT("**/"), STR_INIT("a/b"), true},
    /* Escapes and a leading '!'. */
    {STR_INIT("\\*"), STR_INIT("*"), true},
    {STR_INIT("\\*"), STR_INIT("a"), false},
    {STR_INIT("\\[a]"), STR_INIT("[a]"), true},
    {STR_INIT("\\!a"), STR_INIT("!a"), true},
    {STR_INIT("!a"), STR_INIT("a"), true},
    {STR_INIT("a b#"), STR_INIT("a b#"), true},
};

static void a_pattern_covers_what_git_would_ignore(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(covers_rows); i++) {
        struct path_glob glob = compile(&arena, covers_rows[i].pattern);
        if (path_glob_covers(&glob, covers_rows[i].path, false) != covers_rows[i].covers) {
            fail_msg("'%s' and '%s'", covers_rows[i].pattern.ptr, covers_rows[i].path.ptr);
        }
    }
    struct path_glob folders = compile(&arena, STR("a/"));
    assert_true(path_glob_covers(&folders, STR("x/a"), true));
    assert_false(path_glob_covers(&folders, STR("x/b"), true));
    arena_release(&arena);
}

static void what_other_tools_mean_by_a_pattern_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        struct str pattern;
        uint32_t lo, hi;
        const char *message;
    } rows[] = {
        {STR_INIT(""), 0, 0, "the pattern is empty"},
        {STR_INIT("!"), 0, 1, "the pattern is empty"},
        {STR_INIT("/"), 0, 1, "the pattern is empty"},
        {STR_INIT("//"), 0, 2, "the pattern is empty"},
        {STR_INIT("*.[ch]"), 2, 3, "brackets and braces"},
        {STR_INIT("a/{b,c}"), 2, 3, "brackets and braces"},
        {STR_INIT("a**"), 1, 3, "'**' stands for whole folders"},
        {STR_INIT("**a"), 0, 2, "'**' stands for whole folders"},
        {STR_INIT("a/***"), 2, 4, "'**' stands for whole folders"},
        {STR_INIT("./a"), 0, 1, "no path has such a part"},
        {STR_INIT("a/../b"), 2, 4, "no path has such a part"},
        {STR_INIT("!../b"), 1, 3, "no path has such a part"},
        {STR_INIT("a//b"), 2, 3, "no path has such a part"},
        {STR_INIT("///a"), 1, 2, "no path has such a part"},
        {STR_INIT("a\\"), 1, 2, "'\\' wants the character"},
        {STR_INIT("a\\/b"), 1, 2, "'\\' wants the character"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct path_glob glob;
        struct path_glob_error error = {0};
        if (path_glob_compile(&arena, rows[i].pattern, &glob, &error)) {
            fail_msg("'%s' is taken", rows[i].pattern.ptr);
        }
        if (error.lo != rows[i].lo || error.hi != rows[i].hi ||
            !strstr(error.message, rows[i].message)) {
            fail_msg("'%s': %u-%u %s", rows[i].pattern.ptr, error.lo, error.hi, error.message);
        }
    }
    arena_release(&arena);
}

static void the_last_pattern_of_a_list_decides(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct path_glob globs[] = {
        compile(&arena, STR("vendor/")),
        compile(&arena, STR("!vendor/mine/")),
        compile(&arena, STR("*.tmp.json")),
    };
    static const struct {
        struct str path;
        int last; /* index, or -1 */
    } rows[] = {
        {STR_INIT("a.json"), -1},
        {STR_INIT("vendor/a.json"), 0},
        {STR_INIT("vendor/mine/a.json"), 1},
        {STR_INIT("vendor/mine/a.tmp.json"), 2},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct path_glob *last = path_globs_last(globs, COUNT_OF(globs), rows[i].path, false);
        assert_ptr_equal(last, rows[i].last < 0 ? NULL : &globs[rows[i].last]);
    }
    assert_true(globs[1].negated);
    assert_false(globs[0].negated);
    arena_release(&arena);
}

/* ---- against a second, simple matcher ---- */

static bool matches_name(struct str pattern, struct str name)
{
    if (pattern.len == 0) {
        return name.len == 0;
    }
    if (pattern.ptr[0] == '*') {
        return matches_name(str_from(pattern, 1), name) ||
               (name.len && matches_name(pattern, str_from(name, 1)));
    }
    return name.len && (pattern.ptr[0] == '?' || pattern.ptr[0] == name.ptr[0]) &&
           matches_name(str_from(pattern, 1), str_from(name, 1));
}

/* Part by part, trying everything; `path` is matched as a whole. */
static bool matches_parts(struct str pattern, struct str path)
{
    struct str part, name, rest, below;
    bool more = str_cut(pattern, '/', &part, &rest);
    bool deeper = str_cut(path, '/', &name, &below);
    if (str_eq(part, STR("**"))) {
        return more ? matches_parts(rest, path) || (deeper && matches_parts(pattern, below))
                    : path.len > 0;
    }
    return matches_name(part, name) && (more ? deeper && matches_parts(rest, below) : !deeper);
}

static bool covers(struct str pattern, struct str path)
{
    bool folders_only = str_ends(pattern, STR("/"));
    struct str whole = str_slice(pattern, 0, pattern.len - folders_only);
    bool from_top = str_starts(whole, STR("/"));
    whole = str_from(whole, from_top);
    bool any_depth = !from_top && str_find_char(whole, '/') == whole.len;
    for (size_t end = 1; end <= path.len; end++) {
        struct str prefix = str_slice(path, 0, end);
        struct str below = any_depth ? str_from(prefix, str_after_last(prefix, '/')) : prefix;
        bool is_end = end == path.len;
        if ((is_end ? !folders_only : path.ptr[end] == '/') && matches_parts(whole, below)) {
            return true;
        }
    }
    return false;
}

/* The texts of `len` characters of an alphabet, numbered. */
static struct str nth_text(const char *alphabet, size_t len, size_t number, char *out)
{
    size_t letters = strlen(alphabet);
    for (size_t i = 0; i < len; i++) {
        out[i] = alphabet[number % letters];
        number /= letters;
    }
    return (struct str){out, len};
}

static bool is_path(struct str path)
{
    return path.ptr[0] != '/' && path.ptr[path.len - 1] != '/' &&
           str_find(path, STR("//")) == path.len;
}

enum { PATTERN_LETTERS = 4, PATH_LETTERS = 3, TEXT_MAX = 5 };

struct counts {
    size_t compared, covered;
};

/* All paths of `len` characters with one pattern. */
static void compare_paths(const struct path_glob *glob, size_t len, size_t paths,
                          struct counts *counts)
{
    for (size_t n = 0; n < paths; n++) {
        char bytes[TEXT_MAX];
        struct str path = nth_text("ab/", len, n, bytes);
        if (!is_path(path)) {
            continue;
        }
        bool expected = covers(glob->text, path);
        if (path_glob_covers(glob, path, false) != expected) {
            fail_msg("'%.*s' and '%.*s'", STR_ARG(glob->text), STR_ARG(path));
        }
        counts->compared++;
        counts->covered += expected;
    }
}

static void compare_pattern(struct str pattern, struct counts *counts)
{
    struct arena arena = {0};
    struct path_glob glob;
    struct path_glob_error error;
    bool good = path_glob_compile(&arena, pattern, &glob, &error);
    size_t paths = 1;
    for (size_t len = 1; good && len <= TEXT_MAX; len++) {
        paths *= PATH_LETTERS;
        compare_paths(&glob, len, paths, counts);
    }
    arena_release(&arena);
}

static void every_small_pattern_agrees_with_a_matcher_that_tries_everything(void **state)
{
    (void)state;
    struct counts counts = {0};
    size_t patterns = 1;
    for (size_t len = 1; len <= TEXT_MAX; len++) {
        patterns *= PATTERN_LETTERS;
        for (size_t p = 0; p < patterns; p++) {
            char text[TEXT_MAX];
            compare_pattern(nth_text("a*?/", len, p, text), &counts);
        }
    }
    assert_true(counts.compared > 50000);
    assert_true(counts.covered > 10000 && counts.covered < counts.compared);
}

static void the_longest_pattern_is_taken_and_a_longer_one_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    char text[PATH_GLOB_MAX_BYTES + 2];
    char path[4096];
    memset(path, 'a', sizeof path);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = i % 2 ? 'a' : '*';
    }
    /* A matcher that goes back would try more ways than it could in a lifetime. */
    text[PATH_GLOB_MAX_BYTES - 1] = 'b';
    struct path_glob glob = compile(&arena, (struct str){text, PATH_GLOB_MAX_BYTES});
    assert_false(path_glob_covers(&glob, (struct str){path, sizeof path}, false));
    path[sizeof path - 1] = 'b';
    assert_true(path_glob_covers(&glob, (struct str){path, sizeof path}, false));
    struct path_glob_error error;
    assert_false(
        path_glob_compile(&arena, (struct str){text, PATH_GLOB_MAX_BYTES + 1}, &glob, &error));
    assert_string_equal(error.message, "a pattern has at most 256 bytes");
    for (size_t i = 0; i < PATH_GLOB_MAX_BYTES; i++) {
        text[i] = "**/"[i % 3];
    }
    glob = compile(&arena, (struct str){text, PATH_GLOB_MAX_BYTES - 1});
    assert_true(path_glob_covers(&glob, STR("a/b"), false));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_covers_what_git_would_ignore),
        cmocka_unit_test(what_other_tools_mean_by_a_pattern_is_refused_at_its_place),
        cmocka_unit_test(the_last_pattern_of_a_list_decides),
        cmocka_unit_test(every_small_pattern_agrees_with_a_matcher_that_tries_everything),
        cmocka_unit_test(the_longest_pattern_is_taken_and_a_longer_one_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
