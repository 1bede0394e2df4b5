/* SPDX-License-Identifier: MIT */
/* The table of limits holds together, and settings move one limit or nothing. */
#include "base/limits.h"

#include "support.h"

static void the_table_is_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        const struct limit_row *row = &limit_rows[i];
        assert_true(row->name.len > 0 && row->unit.len > 0 && row->what.len > 0);
        assert_true(row->least <= row->value && row->value <= row->most);
        assert_int_equal(limits_default.of[i], row->value);
        for (size_t k = 0; k < i; k++) {
            assert_false(str_eq(row->name, limit_rows[k].name));
        }
    }
}

static void settings_move_one_limit_or_nothing(void **state)
{
    (void)state;
    static const struct {
        struct str setting;
        enum limit limit;
        uint64_t value; /* 0: refused */
        struct str why;
    } cases[] = {
        {STR_INIT("depth=7"), LIMIT_DEPTH, 7, STR_INIT("")},
        {STR_INIT("depth=2K"), LIMIT_DEPTH, 2048, STR_INIT("")},
        {STR_INIT("document-bytes=1G"), LIMIT_DOCUMENT_BYTES, 1 << 30, STR_INIT("")},
        {STR_INIT("string-bytes=3M"), LIMIT_STRING_BYTES, 3 << 20, STR_INIT("")},
        {STR_INIT("depth=0"), LIMIT_DEPTH, 0,
         STR_INIT("'0' is no number from 1 to 2048, the levels of nesting")},
        {STR_INIT("depth=2049"), LIMIT_DEPTH, 0,
         STR_INIT("'2049' is no number from 1 to 2048, the levels of nesting")},
        {STR_INIT("depth=18446744073709551617"), LIMIT_DEPTH, 0,
         STR_INIT("'18446744073709551617' is no number from 1 to 2048, the levels of nesting")},
        {STR_INIT("depth=17179869185G"), LIMIT_DEPTH, 0,
         STR_INIT("'17179869185G' is no number from 1 to 2048, the levels of nesting")},
        {STR_INIT("depth=K"), LIMIT_DEPTH, 0,
         STR_INIT("'K' is no number from 1 to 2048, the levels of nesting")},
        {STR_INIT("depth="), LIMIT_DEPTH, 0,
         STR_INIT("'' is no number from 1 to 2048, the levels of nesting")},
        {STR_INIT("depth"), LIMIT_DEPTH, 0, STR_INIT("'depth' is not of the form NAME=NUMBER")},
        {STR_INIT("=1"), LIMIT_DEPTH, 0, STR_INIT("unknown limit ''; 'ekslint man' lists them")},
        {STR_INIT("Depth=1"), LIMIT_DEPTH, 0,
         STR_INIT("unknown limit 'Depth'; did you mean 'depth'?")},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct limits limits = limits_default;
        struct str why = STR("");
        bool set = limits_set(&limits, &arena, cases[i].setting, &why);
        assert_int_equal(set, cases[i].value > 0);
        assert_str_equal(why, cases[i].why);
        struct limits expected = limits_default;
        expected.of[cases[i].limit] = cases[i].value ? cases[i].value : expected.of[cases[i].limit];
        assert_memory_equal(&limits, &expected, sizeof limits);
    }
    arena_release(&arena);
}

static void messages_name_the_limit(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_str_equal(limit_reached(&arena, &limits_default, LIMIT_KEY_BYTES),
                     STR("more than 64 KiB in the name of a member (limit 'key-bytes'; --limit "
                         "key-bytes=N raises it, to 1 MiB at most)"));
    assert_str_equal(limit_reached(&arena, &limits_default, LIMIT_FLOW_DEPTH),
                     STR("more than 128 levels of brackets in YAML (limit 'flow-depth', which is "
                         "fixed)"));
    assert_str_equal(limit_amount(&arena, LIMIT_KEY_BYTES, 1500), STR("1500 bytes"));
    assert_str_equal(limit_amount(&arena, LIMIT_NODES, 2048), STR("2048 values"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_in_order),
        cmocka_unit_test(settings_move_one_limit_or_nothing),
        cmocka_unit_test(messages_name_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
