/* SPDX-License-Identifier: MIT */
/* The library as its users see it: texts in, a status and a report out. */
#include "engine_world.h"

/* One file, and how the run ends. */
static void the_status_tells_how_the_run_ended(void **state)
{
    static const struct {
        const char *name, *text, *fail_on;
        int status;
    } rows[] = {
        {"eks.yaml", FINE, "error", EKSLINT_OK},
        {"eks.yaml", BAD_ARN, "error", EKSLINT_FINDINGS},
        {"eks.yaml", ONE_SUBNET, "error", EKSLINT_FINDINGS},
        {"eks.yaml", FINE, "unknown", EKSLINT_FINDINGS},
        {"eks.yaml", MAIN "unknown_key: 1\n", "error", EKSLINT_FINDINGS},
        {"eks.yaml", "a: [\n", "error", EKSLINT_INPUT},
        {"eks.json", "{", "error", EKSLINT_INPUT},
        {"other.yaml", "a: b\n", "error", EKSLINT_NOTHING},
        {"empty.yaml", "", "error", EKSLINT_NOTHING},
        {"other.yaml", "a: b\n---\n[\n", "error", EKSLINT_INPUT},
        {"k.json", "{\"KeyPairs\": []}", "error", EKSLINT_OK},
        {"k.json", "{\"KeyPairs\": []}", "warning", EKSLINT_FINDINGS},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = engine_of_few_rules();
        assert_true(ekslint_fail_on(e, rows[i].fail_on));
        add(e, rows[i].name, rows[i].text);
        int status = ekslint_check(e);
        if (status != rows[i].status) {
            fail_msg("%s: %d, not %d", rows[i].text, status, rows[i].status);
        }
        ekslint_free(e);
    }
}

static void a_run_without_files_has_evaluated_nothing(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    assert_int_equal(ekslint_check(e), EKSLINT_NOTHING);
    ekslint_free(e);
}

static void a_broken_file_does_not_keep_the_others_from_being_judged(void **state)
{
    (void)state;
    ekslint *e = engine_of_few_rules();
    add(e, "1.json", "{\"a\" 1}");
    add(e, "c/eks.yaml", BAD_ARN);
    add(e, "2.yaml", "'");
    ekslint_unreadable(e, "3.yaml", "no such file");
    assert_int_equal(ekslint_check(e), EKSLINT_INPUT);
    assert_found(e, "1.json:1:6 syntax/json\n"
                    "2.yaml:1:1 syntax/yaml\n"
                    "3.yaml:1:1 file/unreadable\n"
                    "c/eks.yaml:3:23 gitlab/role-arn-invalid");
    assert_int_equal(summary_of(e, "errors"), 4);
    assert_int_equal(summary_of(e, "documents"), 1);
    ekslint_free(e);
}

static void what_two_cases_share_is_said_once(void **state)
{
    (void)state;
    ekslint *e = engine_of_few_rules();
    add(e, "a/eks.yaml", MAIN "inventory: {us-east-1: [../k.json]}\n");
    add(e, "b/eks.yaml",
        MAIN "cluster: {subnets: [subnet-1]}\ninventory: {us-east-1: [../r.json]}\n");
    add(e, "c/eks.yaml", MAIN "service_role: {arn: x, trust_policy: ../r.json}\n");
    add(e, "k.json", "{\"KeyPairs\": []}");
    add(e, "r.json", "{\"Role\": {\"RoleName\": \"x\", \"AssumeRolePolicyDocument\": \"{x\"}}");
    (void)ekslint_check(e);
    assert_found(e, "b/eks.yaml:3:20 gitlab/too-few-subnets\n"
                    "c/eks.yaml:3:38 case/not-a-policy\n"
                    "r.json:1:58 syntax/json");
    ekslint_free(e);
}

static void references_are_asked_for_once_each(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    add(e, "c/eks.yaml",
        MAIN "provision_role:\n  arn: x\n  policies: [a.json, ../b.json, a.json, "
             "/c.json, ../../d.json]\n");
    add(e, "b.json", POLICY);
    assert_string_equal(ekslint_next_reference(e), "c/a.json");
    add(e, "c/a.json", POLICY);
    assert_null(ekslint_next_reference(e));
    (void)ekslint_check(e);
    ekslint_free(e);
}

/* The order in which files are given, and the run, leave no trace. */
static void reports_are_the_same_whatever_the_order_of_files(void **state)
{
    static const char *const files[][2] = {
        {"c/eks.yaml",
         BAD_ARN "cluster: {key_pair: ops, subnets: [subnet-1]}\nregion: us-east-1\n"},
        {"c/us-east-1/k.json", "{\"KeyPairs\": [{\"KeyName\": \"dev\"}]}"},
        {"c/x.json", "{\"KeyPairs\": []}"},
        {"d/broken.json", "{"},
    };
    (void)state;
    ekslint_text first = {0};
    for (size_t turn = 0; turn < 2 * COUNT_OF(files); turn++) {
        ekslint *e = ekslint_new();
        for (size_t i = 0; i < COUNT_OF(files); i++) {
            size_t at = turn < COUNT_OF(files) ? (turn + i) % COUNT_OF(files)
                                               : (turn + COUNT_OF(files) - i) % COUNT_OF(files);
            add(e, files[at][0], files[at][1]);
        }
        (void)ekslint_check(e);
        ekslint_text text = ekslint_report(e, "json", &english);
        if (first.text) {
            assert_string_equal(text.text, first.text);
            ekslint_text_free(text);
        } else {
            first = text;
        }
        ekslint_free(e);
    }
    ekslint_text_free(first);
}

static void messages_come_in_japanese(void **state)
{
    static const ekslint_output japanese = {.language = "ja", .quiet = true};
    (void)state;
    ekslint *e = ekslint_new();
    ekslint_set_language(e, "ja");
    add(e, "eks.yaml", BAD_ARN);
    assert_int_equal(ekslint_check(e), EKSLINT_FINDINGS);
    ekslint_text text = ekslint_report(e, "text", &japanese);
    assert_non_null(strstr(text.text, "GitLabの検査を通りません"));
    assert_non_null(strstr(text.text, "バリデーションに失敗しました"));
    ekslint_text_free(text);
    ekslint_free(e);
}

static void a_secret_is_in_no_report(void **state)
{
    static const char *const formats[] = {"text", "oneline", "json"};
    static const char rule[] =
        "id: mine/secret\nseverity: error\nkind: gitlab-eks\ntitle: t\nselect: "
        "$.gitlab.amazon_eks\n"
        "if-absent: skip\nrequire: count(@.*) == 0\nmessage: '{list(@.*)} {@.secret_access_key}'\n";
    (void)state;
    ekslint *e = ekslint_new();
    add_rule(e, rule);
    select_rule(e, "mine/secret");
    add(e, "eks.yaml", MAIN "gitlab: {amazon_eks: {secret_access_key: TopSecret, enabld: true}}\n");
    assert_int_equal(ekslint_check(e), EKSLINT_FINDINGS);
    assert_found(e, "eks.yaml:3:22 mine/secret\neks.yaml:3:53 schema/unknown-key");
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        ekslint_text text = ekslint_report(e, formats[i], &english);
        assert_null(strstr(text.text, "TopSecret"));
        ekslint_text_free(text);
    }
    ekslint_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_status_tells_how_the_run_ended),
        cmocka_unit_test(a_run_without_files_has_evaluated_nothing),
        cmocka_unit_test(a_broken_file_does_not_keep_the_others_from_being_judged),
        cmocka_unit_test(what_two_cases_share_is_said_once),
        cmocka_unit_test(references_are_asked_for_once_each),
        cmocka_unit_test(reports_are_the_same_whatever_the_order_of_files),
        cmocka_unit_test(messages_come_in_japanese),
        cmocka_unit_test(a_secret_is_in_no_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
