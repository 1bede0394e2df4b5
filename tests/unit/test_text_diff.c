/* SPDX-License-Identifier: MIT */
/* Unified diffs: as diff(1) writes them, and what they say of any two texts leads from one to the other. */
#include "support.h"
#include "text/diff.h"

#include <stdlib.h>

static void a_diff_is_what_diff_writes(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *diff;
    } rows[] = {
        {"", "", ""},
        {"a\n", "a\n", ""},
        {"a\n", "b\n", "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"},
        {"", "a\n", "--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a\n"},
        {"a\n", "", "--- a/f\n+++ b/f\n@@ -1 +0,0 @@\n-a\n"},
        {"a", "b",
         "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at "
         "end of "
         "file\n"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
         "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n",
         "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n "
         "8\n-9\n+y\n"},
        {"1\n2\n3\n", "1\n3\n", "--- a/f\n+++ b/f\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena = {0};
        struct buf out = buf_with_max(10000);
        diff_write(&out, &arena, STR("f"), str_from_c(rows[i].before), str_from_c(rows[i].after));
        assert_str_equal(buf_str(&out), str_from_c(rows[i].diff));
        buf_release(&out);
        arena_release(&arena);
    }
}

/* The lines of the hunks with one of the marks, and what lies between the hunks, make a whole text. */
static struct str side(struct arena *arena, struct str before, struct str diff, char mark)
{
    struct buf out = buf_with_max(100000);
    struct str line;
    size_t at = 0; /* lines of `before` that are done */
    while (diff.len) {
        (void)str_cut(diff, '\n', &line, &diff);
        size_t start = 0;
        if (str_starts(line, STR("@@ -"))) {
            size_t number = (size_t)strtoul(line.ptr + 4, NULL, 10);
            bool none = str_find(line, STR(",0 +")) < line.len;
            start = number - (none ? 0 : 1);
            while (at < start) {
                struct str kept;
                (void)str_cut(before, '\n', &kept, &before);
                buf_add(&out, kept);
                buf_add_char(&out, '\n');
                at++;
            }
        } else if (line.len && (line.ptr[0] == ' ' || line.ptr[0] == '-')) {
            struct str skipped;
            (void)str_cut(before, '\n', &skipped, &before);
            assert_str_equal(str_from(line, 1), skipped);
            at++;
        }
        if (line.len && (line.ptr[0] == ' ' || line.ptr[0] == mark) && line.ptr[1] != mark) {
            buf_add(&out, str_from(line, 1));
            buf_add_char(&out, '\n');
        }
    }
    buf_add(&out, before);
    struct str kept = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

static void any_diff_leads_to_the_other_text(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 400; round++) {
        struct arena arena = {0};
        struct buf texts[2] = {buf_with_max(10000), buf_with_max(10000)};
        for (int i = 0; i < 60; i++) {
            seed = seed * 1103515245u + 12345u;
            uint32_t dice = seed >> 16;
            for (int t = 0; t < 2; t++) {
                if (dice % 11 != (uint32_t)t + 1) {
                    buf_printf(&texts[t], "%c\n",
                               (int)('p' + (dice % 7 == 0 ? t : (int)(dice % 5))));
                }
            }
        }
        struct buf out = buf_with_max(100000);
        diff_write(&out, &arena, STR("f"), buf_str(&texts[0]), buf_str(&texts[1]));
        struct str hunks = str_from(buf_str(&out), str_find(buf_str(&out), STR("@@")));
        assert_str_equal(side(&arena, buf_str(&texts[0]), hunks, '+'), buf_str(&texts[1]));
        buf_release(&out);
        buf_release(&texts[0]);
        buf_release(&texts[1]);
        arena_release(&arena);
    }
}

/* More changes than are looked for one by one. */
static void texts_without_anything_in_common_are_replaced(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf before = buf_with_max(100000);
    struct buf after = buf_with_max(100000);
    struct buf out = buf_with_max(200000);
    for (int i = 0; i < 1000; i++) {
        buf_printf(&before, "a%d\n", i);
        buf_printf(&after, "b%d\n", i);
    }
    diff_write(&out, &arena, STR("/f"), buf_str(&before), buf_str(&after));
    assert_true(str_starts(buf_str(&out), STR("--- /f\n+++ /f\n@@ -1,1000 +1,1000 @@\n-a0\n")));
    assert_true(str_ends(buf_str(&out), STR("+b999\n")));
    buf_release(&out);
    buf_release(&after);
    buf_release(&before);
    arena_release(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_diff_is_what_diff_writes),
        cmocka_unit_test(any_diff_leads_to_the_other_text),
        cmocka_unit_test(texts_without_anything_in_common_are_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
