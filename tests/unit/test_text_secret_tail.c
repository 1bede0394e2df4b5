/* SPDX-License-Identifier: MIT */
/* Of a long secret the last four characters are shown, of a short one or of what may be several nothing. */
#include "support.h"

#include "text/secret_tail.h"
#include "text/source.h"

#define KEY "h8Zk2LmQ9xTtR4vBn6YpWc1DsFgJe3Ua5HiKoXuM"
#define NINETEEN "abcdefghij123456789"

static void the_last_four_of_a_long_secret_are_shown(void **state)
{
    (void)state;
    static const struct {
        const char *secret, *shown;
    } rows[] = {
        {KEY, "…oXuM"},
        {NINETEEN "0", "…7890"},
        {NINETEEN, "***"},
        {"", "***"},
        {"hunter2", "***"},
        {"'" NINETEEN "'", "***"}, /* quotes do not make it longer */
        {"\"" KEY "\"", "…oXuM"},
        {": '" KEY "',\r\n", "…oXuM"},
        {" = " KEY, "…oXuM"},
        {"abcdefghij12345678==", "…78=="},
        {"abcdefghij1234567===", "***"}, /* base64 has two at most */
        {"a=b" KEY, "***"},              /* a name and a value */
        {NINETEEN " " NINETEEN, "***"},
        {NINETEEN "\n" NINETEEN, "***"},
        {NINETEEN "," NINETEEN, "***"},
        {"https://user:" KEY "@example.com", "***"},
        {"\\x77" KEY, "***"},
        {KEY "é", "***"},
        {"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.k9Zq-LmT_7xV", "…_7xV"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str secret = str_from_c(rows[i].secret);
        struct buf out = buf_with_max(64);
        secret_write(&out, secret);
        assert_str_equal(buf_str(&out), str_from_c(rows[i].shown));
        assert_str_equal(secret_shown(&arena, secret), str_from_c(rows[i].shown));
        buf_release(&out);
    }
    arena_release(&arena);
}

static void what_is_shown_is_known_again(void **state)
{
    (void)state;
    assert_int_equal(secret_shown_len(STR("…oXuM' is")), 7);
    assert_int_equal(secret_shown_len(STR("…78==")), 7);
    assert_int_equal(secret_shown_len(STR("…' and")), 0);
    assert_int_equal(secret_shown_len(STR("…abc")), 0);
    assert_int_equal(secret_shown_len(STR("abcdefgh")), 0);
    assert_int_equal(secret_shown_len(STR("")), 0);
}

static void an_excerpt_keeps_its_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
        uint32_t lo, hi;
    } rows[] = {
        {"k: \"" KEY "\" # x", "k: *************************************oXuM* # x", 3, 45},
        {"k: " KEY " # x", "k: ************************************oXuM # x", 3, 43},
        {"k: hunter2 # x", "k: ******* # x", 3, 10},
        /* What goes on in the next line shows nothing in either. */
        {"k: " KEY "\n" KEY, "k: ****************************************", 3, 84},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct sources sources;
        sources_init(&sources, &arena);
        struct source *source = sources_add(&sources, STR("f"), str_from_c(rows[i].text));
        source_hide(source, (struct span){rows[i].lo, rows[i].hi});
        assert_str_equal(source_excerpt(source, 1, &arena), str_from_c(rows[i].shown));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_four_of_a_long_secret_are_shown),
        cmocka_unit_test(what_is_shown_is_known_again),
        cmocka_unit_test(an_excerpt_keeps_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
