/* SPDX-License-Identifier: MIT */
/* Directives taken apart, dates, and what may be tolerated. */
#include "rule/suppression.h"
#include "support.h"

static const struct {
    const char *text;
    enum suppression_fault fault;
    const char *rule, *until, *reason, *wrong;
} rows[] = {
    {"allow a/b -- c", SUPPRESSION_GOOD, "a/b", "", "c", ""},
    {"allow a/b until=2026-12-31 -- c -- d # e", SUPPRESSION_GOOD, "a/b", "2026-12-31",
     "c -- d # e", ""},
    {"allow\ta/b\t--\tc", SUPPRESSION_GOOD, "a/b", "", "c", ""},
    {"  allow   a/b   --   c  ", SUPPRESSION_GOOD, "a/b", "", "c", ""},
    {"allow a/b -- \xE7\x90\x86\xE7\x94\xB1", SUPPRESSION_GOOD, "a/b", "",
     "\xE7\x90\x86\xE7\x94\xB1", ""},
    {"allow a/b -- --", SUPPRESSION_GOOD, "a/b", "", "--", ""},
    {"", SUPPRESSION_NO_DIRECTIVE, "", "", "", ""},
    {"alow a/b -- c", SUPPRESSION_NO_DIRECTIVE, "", "", "", "alow"},
    {"Allow a/b -- c", SUPPRESSION_NO_DIRECTIVE, "", "", "", "Allow"},
    {"allowed a/b -- c", SUPPRESSION_NO_DIRECTIVE, "", "", "", "allowed"},
    {"allow", SUPPRESSION_NO_RULE, "", "", "", "allow"},
    {"allow -- c", SUPPRESSION_NO_RULE, "", "", "c", "allow"},
    {"allow a/* -- c", SUPPRESSION_PATTERN, "a/*", "", "c", "a/*"},
    {"allow a/? -- c", SUPPRESSION_PATTERN, "a/?", "", "c", "a/?"},
    {"allow a/b,a/c -- d", SUPPRESSION_SEVERAL, "a/b,a/c", "", "d", "a/b,a/c"},
    {"allow a/b a/c -- d", SUPPRESSION_SEVERAL, "a/b", "", "d", "a/c"},
    {"allow a/b expires=2026-12-31 -- d", SUPPRESSION_SEVERAL, "a/b", "", "d",
     "expires=2026-12-31"},
    {"allow a/b until=2026-12-31 until=2027-12-31 -- d", SUPPRESSION_SEVERAL, "a/b", "2026-12-31",
     "d", "until=2027-12-31"},
    {"allow a/b because", SUPPRESSION_SEVERAL, "a/b", "", "", "because"},
    {"allow a/b", SUPPRESSION_NO_REASON, "a/b", "", "", "a/b"},
    {"allow a/b --", SUPPRESSION_NO_REASON, "a/b", "", "", "a/b"},
    {"allow a/b --  ", SUPPRESSION_NO_REASON, "a/b", "", "", "a/b"},
    {"allow a/b until=2026-02-30 -- c", SUPPRESSION_BAD_DATE, "a/b", "2026-02-30", "c",
     "until=2026-02-30"},
    {"allow a/b until= -- c", SUPPRESSION_BAD_DATE, "a/b", "", "c", "until="},
    {"allow a/b until=tomorrow -- c", SUPPRESSION_BAD_DATE, "a/b", "tomorrow", "c",
     "until=tomorrow"},
};

static void directives_are_taken_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct suppression_words words;
        assert_int_equal(suppression_parse(str_from_c(rows[i].text), &words), rows[i].fault);
        assert_str_equal(words.rule, str_from_c(rows[i].rule));
        assert_str_equal(words.until, str_from_c(rows[i].until));
        if (rows[i].fault == SUPPRESSION_GOOD) {
            assert_str_equal(words.reason, str_from_c(rows[i].reason));
        } else {
            assert_str_equal(words.wrong, str_from_c(rows[i].wrong));
        }
    }
}

static void each_fault_has_a_message_in_each_language(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int fault = SUPPRESSION_GOOD + 1; fault < SUPPRESSION_FAULT_COUNT; fault++) {
        struct str texts[LANGUAGE_COUNT];
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            texts[language] = suppression_fault_message(&arena, (enum language)language,
                                                        (enum suppression_fault)fault, STR("WORD"));
            assert_true(str_find(texts[language], STR("WORD")) < texts[language].len);
        }
        assert_false(str_eq(texts[LANGUAGE_EN], texts[LANGUAGE_JA]));
    }
    assert_int_equal(suppression_fault_message(&arena, LANGUAGE_EN, SUPPRESSION_GOOD, STR("x")).len,
                     0);
    arena_release(&arena);
}

static void the_last_day_counts(void **state)
{
    (void)state;
    static const struct {
        const char *until, *today;
        bool over;
    } days[] = {
        {"2026-11-25", "2026-11-24", false}, {"2026-11-25", "2026-11-25", false},
        {"2026-11-25", "2026-11-26", true},  {"2026-12-31", "2027-01-01", true},
        {"", "2027-01-01", false},           {"2026-11-25", "", false},
    };
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        assert_int_equal(suppression_is_over(str_from_c(days[i].until), str_from_c(days[i].today)),
                         days[i].over);
    }
}

static void paths_cover_what_is_below_them(void **state)
{
    (void)state;
    static const struct {
        const char *prefix, *path;
        bool covers;
    } paths[] = {
        {"", "$['a']", true},          {"", "", true},
        {"$", "$['a'][0]", true},      {"$['a']", "$['a']", true},
        {"$['a']", "$['a'][0]", true}, {"$['a'][1]", "$['a'][10]", false},
        {"$['a']", "$['ab']", false},  {"$['a'][0]", "$['a']", false},
        {"$['a']", "", false},
    };
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        assert_int_equal(
            suppression_covers_path(str_from_c(paths[i].prefix), str_from_c(paths[i].path)),
            paths[i].covers);
    }
}

static void what_is_no_rule_may_be_tolerated_but_not_what_cannot_be_read(void **state)
{
    (void)state;
    assert_true(suppression_knows_other(STR("case/conflict")));
    assert_true(suppression_knows_other(STR("schema/*")));
    assert_false(suppression_knows_other(STR("syntax/json")));
    assert_false(suppression_knows_other(STR("file/unreadable")));
    assert_false(suppression_knows_other(STR("suppression/unused")));
    assert_false(suppression_knows_other(STR("iam/invalid-action")));
}

static void states_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < SUPPRESSION_STATE_COUNT; i++) {
        assert_true(suppression_state_name((enum suppression_state)i).len > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directives_are_taken_apart),
        cmocka_unit_test(each_fault_has_a_message_in_each_language),
        cmocka_unit_test(the_last_day_counts),
        cmocka_unit_test(paths_cover_what_is_below_them),
        cmocka_unit_test(what_is_no_rule_may_be_tolerated_but_not_what_cannot_be_read),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
