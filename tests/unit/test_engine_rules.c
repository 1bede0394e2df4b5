/* SPDX-License-Identifier: MIT */
/* Which rules a run has: the built-in ones, the user's, and what the command line makes of them. */
#include "engine_world.h"

#define RULE(id, severity, extra)                                                                  \
    "id: " id "\nseverity: " severity "\nkind: case\ntitle: t\nselect: $.gitlab.cluster.subnets\n" \
    "if-absent: skip\nrequire: length(@) > 5\nmessage: 'mine {count(@[*])}'\n" extra

static void a_rule_of_the_user_is_judged_and_replaces_one_of_the_same_id(void **state)
{
    (void)state;
    ekslint *e = engine_of_few_rules();
    add_rule(e, RULE("mine/few", "error", ""));
    add_rule(e, RULE("gitlab/too-few-subnets", "error", ""));
    select_rule(e, "mine/few");
    add(e, "eks.yaml", ONE_SUBNET);
    assert_int_equal(ekslint_check(e), EKSLINT_FINDINGS);
    assert_found(e, "eks.yaml:3:20 gitlab/too-few-subnets\neks.yaml:3:20 mine/few");
    ekslint_text text = ekslint_report(e, "oneline", &english);
    assert_non_null(strstr(text.text, "mine 1"));
    assert_null(strstr(text.text, "subnet is selected"));
    ekslint_text_free(text);
    ekslint_free(e);
}

static void without_the_built_in_rules_only_the_users_are_left(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    add_rule(e, RULE("mine/few", "warning", ""));
    ekslint_no_builtin(e);
    add(e, "eks.yaml", ONE_SUBNET);
    assert_int_equal(ekslint_check(e), EKSLINT_OK);
    assert_found(e, "eks.yaml:3:20 mine/few");
    ekslint_free(e);
}

static void a_wrong_rule_file_is_a_problem_with_its_place(void **state)
{
    static const char wrong[] = RULE("mine/few", "error", "severty: x\n");
    (void)state;
    ekslint *e = ekslint_new();
    assert_false(ekslint_add_rules(e, "r/wrong.yaml", wrong, strlen(wrong)));
    ekslint_text text = ekslint_problems(e, "oneline", &english);
    assert_non_null(strstr(text.text, "r/wrong.yaml:9:1"));
    assert_non_null(strstr(text.text, "did you mean 'severity'?"));
    ekslint_text_free(text);
    ekslint_free(e);
}

static void a_built_in_rule_is_chosen_and_left_out_by_wishes(void **state)
{
    (void)state;
    for (int ignored = 0; ignored < 2; ignored++) {
        ekslint *e = engine_of_few_rules();
        if (ignored) {
            assert_true(ekslint_ignore(e, "gitlab/too-*"));
        }
        add(e, "eks.yaml", ONE_SUBNET);
        assert_int_equal(ekslint_check(e), ignored ? EKSLINT_OK : EKSLINT_FINDINGS);
        assert_found(e, ignored ? "" : "eks.yaml:3:20 gitlab/too-few-subnets");
        ekslint_free(e);
    }
}

enum action { SELECT, IGNORE, SEVERITY, PROFILE };

static void rules_are_chosen_by_wishes(void **state)
{
    static const struct {
        struct {
            enum action action;
            const char *glob, *value;
        } wishes[3];
        size_t count;
        const char *found;
        int status;
    } rows[] = {
        {{{IGNORE, "other/*", ""}}, 1, "eks.yaml:3:20 mine/few", EKSLINT_FINDINGS},
        {{{SELECT, "mine/few", ""}}, 1, "eks.yaml:3:20 mine/few", EKSLINT_FINDINGS},
        {{{SELECT, "mine/*", ""}}, 1, "eks.yaml:3:20 mine/few", EKSLINT_FINDINGS},
        {{{SELECT, "mine/*", ""}, {PROFILE, "", "pedantic"}, {IGNORE, "mine/f?w", ""}},
         3,
         "eks.yaml:3:20 mine/checked\neks.yaml:3:20 mine/fussy",
         EKSLINT_OK},
        {{{IGNORE, "*/f?w", ""}, {SELECT, "mine/f?w", ""}}, 2, "", EKSLINT_NOTHING},
        {{{IGNORE, "other/*", ""}, {SEVERITY, "mine/few", "warning"}},
         2,
         "eks.yaml:3:20 mine/few",
         EKSLINT_OK},
        {{{SELECT, "mine/fussy", ""}, {SEVERITY, "mine/*", "error"}},
         2,
         "eks.yaml:3:20 mine/fussy",
         EKSLINT_FINDINGS},
        {{{IGNORE, "other/*", ""}, {PROFILE, "", "pedantic"}},
         2,
         "eks.yaml:3:20 mine/checked\neks.yaml:3:20 mine/few\neks.yaml:3:20 mine/fussy",
         EKSLINT_FINDINGS},
        {{{IGNORE, "other/*", ""}, {PROFILE, "", "default"}},
         2,
         "eks.yaml:3:20 mine/few",
         EKSLINT_FINDINGS},
        /* What another tool checks, too, is told by `aka`. */
        {{{IGNORE, "other/*", ""}, {PROFILE, "", "access-analyzer"}},
         2,
         "eks.yaml:3:20 mine/checked\neks.yaml:3:20 mine/few",
         EKSLINT_FINDINGS},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = ekslint_new();
        ekslint_no_builtin(e);
        add_rule(e, RULE("other/few", "error", ""));
        add_rule(e, RULE("mine/few", "error", ""));
        add_rule(e, RULE("mine/fussy", "info", "profile: pedantic\n"));
        add_rule(e, RULE("mine/checked", "info", "profile: pedantic\naka: [TOO_FEW]\n"));
        for (size_t w = 0; w < rows[i].count; w++) {
            const char *glob = rows[i].wishes[w].glob;
            const char *value = rows[i].wishes[w].value;
            enum action action = rows[i].wishes[w].action;
            assert_true(action == SELECT     ? ekslint_select(e, glob)
                        : action == IGNORE   ? ekslint_ignore(e, glob)
                        : action == SEVERITY ? ekslint_set_severity(e, glob, value)
                                             : ekslint_set_profile(e, value));
        }
        add(e, "eks.yaml", ONE_SUBNET);
        int status = ekslint_check(e);
        assert_found(e, rows[i].found);
        assert_int_equal(status, rows[i].status);
        ekslint_free(e);
    }
}

static void wrong_names_are_refused(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    const char *nearest = "untouched";
    assert_false(ekslint_select(e, "gitlab/no-such-rule"));
    assert_false(ekslint_ignore(e, "nowhere/*"));
    assert_false(ekslint_set_severity(e, "gitlab/*", "fatal"));
    assert_false(ekslint_set_severity(e, "nowhere/*", "error"));
    assert_false(ekslint_set_profile(e, "strict"));
    assert_false(ekslint_fail_on(e, "never"));
    assert_false(ekslint_set_date(e, "2023-02-29"));
    assert_false(ekslint_set_date(e, "today"));
    assert_true(ekslint_set_date(e, "2024-02-29"));
    assert_false(ekslint_set_kind(e, "gitlab-ek", &nearest));
    assert_string_equal(nearest, "gitlab-eks");
    assert_false(ekslint_set_kind(e, "zzz", &nearest));
    assert_null(nearest);
    assert_true(ekslint_set_kind(e, "iam-policy", &nearest));
    assert_string_equal(ekslint_nearest_rule(e, "gitlab/role-arn-invald"),
                        "gitlab/role-arn-invalid");
    assert_null(ekslint_report(e, "xml", &english).text);
    ekslint_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_of_the_user_is_judged_and_replaces_one_of_the_same_id),
        cmocka_unit_test(without_the_built_in_rules_only_the_users_are_left),
        cmocka_unit_test(a_wrong_rule_file_is_a_problem_with_its_place),
        cmocka_unit_test(a_built_in_rule_is_chosen_and_left_out_by_wishes),
        cmocka_unit_test(rules_are_chosen_by_wishes),
        cmocka_unit_test(wrong_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
