/* SPDX-License-Identifier: MIT */
/* A diagnosis through the public header. */
#include "engine_world.h"

static json_t *diagnosis_of(ekslint *e)
{
    ekslint_text text = ekslint_diagnosis(e, "json", &english);
    assert_non_null(text.text);
    json_t *report = json_loadb(text.text, text.len, 0, NULL);
    assert_non_null(report);
    ekslint_text_free(text);
    return report;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    assert_non_null(text);
    return text;
}

/* The first letter of each step's outcome, upper case where it is not reached. */
static void assert_stages(ekslint *e, const char *expected)
{
    char got[64] = "";
    json_t *report = diagnosis_of(e);
    size_t i;
    json_t *stage;
    json_array_foreach(json_object_get(report, "stages"), i, stage)
    {
        char c = text_of(stage, "outcome")[0];
        got[i] = json_is_true(json_object_get(stage, "reached")) ? c : (char)(c - 'a' + 'A');
    }
    json_decref(report);
    assert_string_equal(got, expected);
}

static void the_status_follows_the_steps(void **state)
{
    static const struct {
        const char *name, *text, *fail_on, *stages;
        int status;
    } rows[] = {
        {"eks.yaml", FINE, "error", "uuupuuuu", EKSLINT_OK},
        {"eks.yaml", FINE, "unknown", "uuupuuuu", EKSLINT_FINDINGS},
        {"eks.yaml", ONE_SUBNET, "error", "uuufUUUU", EKSLINT_FINDINGS},
        {"eks.yaml", BAD_ARN, "error", "ufUUUUUU", EKSLINT_FINDINGS},
        {"eks.yaml", MAIN "unknown_key: 1\n", "error", "uuuuuuuu", EKSLINT_FINDINGS},
        {"eks.yaml", "a: [\n", "error", "uuuuuuuu", EKSLINT_INPUT},
        {"other.yaml", "a: b\n", "error", "uuuuuuuu", EKSLINT_NOTHING},
        {"k.json", "{\"KeyPairs\": []}", "error", "uuuuuuuu", EKSLINT_OK},
        {"k.json", "{\"KeyPairs\": []}", "warning", "uuuuuuuu", EKSLINT_FINDINGS},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = engine_of_few_rules();
        assert_true(ekslint_fail_on(e, rows[i].fail_on));
        add(e, rows[i].name, rows[i].text);
        int status = ekslint_diagnose(e);
        if (status != rows[i].status) {
            fail_msg("%s: %d, not %d", rows[i].text, status, rows[i].status);
        }
        assert_stages(e, rows[i].stages);
        ekslint_free(e);
    }
}

/* `check` makes a case of each settings file; here the folders do not part what belongs together. */
static void all_files_are_one_case(void **state)
{
    (void)state;
    ekslint *e = engine_of_few_rules();
    add(e, "mine/eks.yaml", MAIN "region: us-east-1\ncluster: {key_pair: ops}\n");
    add(e, "sent-later/us-east-1/k.json", "{\"KeyPairs\": [{\"KeyName\": \"dev\"}]}");
    assert_int_equal(ekslint_diagnose(e), EKSLINT_FINDINGS);
    json_t *report = diagnosis_of(e);
    json_t *stage = json_array_get(json_object_get(report, "stages"), 2);
    json_t *error = json_array_get(json_object_get(stage, "errors"), 0);
    assert_string_equal(text_of(stage, "id"), "load-form");
    assert_string_equal(text_of(error, "text"), "Key Pairs are not loaded");
    assert_string_equal(text_of(error, "file"), "mine/eks.yaml");
    assert_string_equal(text_of(error, "rule"), "gitlab/key-pair-not-in-region");
    assert_int_equal(json_integer_value(json_object_get(error, "line")), 4);
    assert_int_equal(json_integer_value(json_object_get(error, "column")), 21);
    json_decref(report);
    ekslint_free(e);
}

/* GitLab checks the ARN that was typed before it asks AWS anything, wherever the ARN stands. */
static void the_error_that_gitlab_shows_first_comes_first(void **state)
{
    (void)state;
    ekslint *e = engine_of_few_rules();
    select_rule(e, "gitlab/account-id-invalid");
    add(e, "eks.yaml",
        MAIN "gitlab: {account_id: '12'}\n"
             "provision_role: {arn: ' arn:aws:iam::123456789012:role/gitlab'}\n");
    assert_int_equal(ekslint_diagnose(e), EKSLINT_FINDINGS);
    assert_found(e, "eks.yaml:3:22 gitlab/account-id-invalid\n"
                    "eks.yaml:4:23 gitlab/role-arn-invalid");
    json_t *report = diagnosis_of(e);
    json_t *stage = json_array_get(json_object_get(report, "stages"), 1);
    json_t *errors = json_object_get(stage, "errors");
    assert_int_equal(json_array_size(errors), 2);
    assert_string_equal(text_of(json_array_get(errors, 0), "text"),
                        "Validation failed: Role ARN must be a valid Amazon Resource Name");
    json_decref(report);
    ekslint_free(e);
}

static void several_integrations_are_refused_with_their_places(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    add(e, "a/eks.yaml", FINE);
    add(e, "b/eks.yaml", FINE "---\n" FINE);
    assert_int_equal(ekslint_diagnose(e), EKSLINT_USAGE);
    assert_null(ekslint_diagnosis(e, "text", &english).text);
    assert_null(ekslint_collect_script(e, &english).text);
    ekslint_text text = ekslint_problems(e, "text", &english);
    assert_non_null(strstr(text.text, "b/eks.yaml:2:7: error: a second integration"));
    assert_non_null(strstr(text.text, "b/eks.yaml:6:7: error: a second integration"));
    assert_non_null(strstr(text.text, "a/eks.yaml:2:7: note: the first one is here"));
    ekslint_text_free(text);
    ekslint_free(e);
}

static void without_settings_that_is_said_with_what_to_do(void **state)
{
    static const struct {
        const char *language, *says;
    } rows[] = {{"en", "no readable gitlab-eks.yaml is among the files"},
                {"ja", "gitlab-eks.yaml がないため"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = engine_of_few_rules();
        ekslint_set_language(e, rows[i].language);
        add(e, "us-east-1/k.json", "{\"KeyPairs\": []}");
        assert_int_equal(ekslint_diagnose(e), EKSLINT_OK);
        ekslint_output output = {.language = rows[i].language};
        ekslint_text text = ekslint_diagnosis(e, "text", &output);
        assert_non_null(strstr(text.text, rows[i].says));
        assert_non_null(strstr(text.text, "ekslint init"));
        ekslint_text_free(text);
        ekslint_free(e);
    }
}

/* A rule of the user takes part; one without symptoms says its message; a warning fails nothing. */
static void rules_of_the_user_take_part_in_the_steps(void **state)
{
    static const char rule[] =
        "id: mine/name\nseverity: error\nstage: submit-form\nkind: case\ntitle: t\n"
        "select: $.gitlab.cluster.name\nif-absent: skip\nrequire: \"@ != 'x'\"\n"
        "message: 'not {@}'\n";
    static const struct {
        const char *severity, *stages;
    } rows[] = {{"error", "uuufUUUU"}, {"warning", "uuupuuuu"}, {"info", "uuupuuuu"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = engine_of_few_rules();
        add_rule(e, rule);
        select_rule(e, "mine/name");
        assert_true(ekslint_set_severity(e, "mine/*", rows[i].severity));
        add(e, "eks.yaml", MAIN "cluster: {name: x, subnets: [subnet-1, subnet-2]}\n");
        (void)ekslint_diagnose(e);
        assert_stages(e, rows[i].stages);
        json_t *report = diagnosis_of(e);
        json_t *stage = json_array_get(json_object_get(report, "stages"), 3);
        json_t *error = json_array_get(json_object_get(stage, "errors"), 0);
        assert_true(!error == (i > 0));
        if (error) {
            assert_string_equal(text_of(error, "text"), "not x");
        }
        assert_int_equal(json_array_size(json_object_get(report, "findings")), 1);
        json_decref(report);
        ekslint_free(e);
    }
}

static void a_wrong_stage_or_file_is_a_mistake_in_the_rule(void **state)
{
#define RULE_HEAD                                                                                  \
    "id: mine/x\nseverity: error\nkind: case\ntitle: t\nselect: $\nif-absent: skip\n"              \
    "require: is_arn('x')\nmessage: m\n"
#define NEED(more) RULE_HEAD "needs: [{fact: $.regions, " more "}]\n"
#define READS "collect: aws ec2 describe-vpcs"
    static const struct {
        const char *text, *says;
    } rows[] = {
        {RULE_HEAD "stage: load-from\n",
         "rule.yaml:9:8: error: unknown stage 'load-from'; did you mean 'load-form'?"},
        {RULE_HEAD "stage: none\n", "rule.yaml:9:8: error: unknown stage 'none' [rule/stage]"},
        {"flow: mine\n", "rule.yaml:1:1: error: this is a flow, not a rule"},
        {NEED("collect: aws ec2 delete-vpc, save-as: x.json"), "one command that only reads"},
        {NEED("collect: 'aws ec2 describe-vpcs > x', save-as: x.json"), "only reads"},
        {NEED(READS ", save-as: ../x.json"), "a file below the folder"},
        {NEED(READS ", save-as: '{$.gitlab.region}/../x'"), "a file below the folder"},
        {NEED("save-as: x.json"), "needs the 'collect'"},
        {NEED(READS ", names: aws iam list-roles"), "'names' needs 'save-as'"},
        {NEED(READS ", names: aws iam list-roles, save-as: NAME.json"), "must hold NAME"},
        {NEED(READS " NAME, names: aws iam list-roles, save-as: x.json"), "must hold NAME"},
        {NEED(READS " NAME, names: aws iam list-roles && x, save-as: NAME.json"), "only reads"},
        {NEED(READS ", save-as: '{$.gitlab.region}/x.json'"), NULL},
        {NEED(READS " NAME, names: aws iam list-roles, save-as: x.NAME.json"), NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = ekslint_new();
        bool added = ekslint_add_rules(e, "rule.yaml", rows[i].text, strlen(rows[i].text));
        ekslint_text text = ekslint_problems(e, "oneline", &english);
        if (added != !rows[i].says || (rows[i].says && !strstr(text.text, rows[i].says))) {
            fail_msg("%s: %s", rows[i].text, text.text);
        }
        ekslint_text_free(text);
        ekslint_free(e);
    }
}

static void the_formats_are_those_that_are_named(void **state)
{
    (void)state;
    assert_string_equal(ekslint_diagnosis_formats(), "text, json");
    assert_true(ekslint_has_diagnosis_format("text") && ekslint_has_diagnosis_format("json"));
    assert_false(ekslint_has_diagnosis_format("oneline") || ekslint_has_diagnosis_format(""));
    ekslint *e = ekslint_new();
    assert_null(ekslint_diagnosis(e, "text", &english).text);
    assert_int_equal(ekslint_diagnose(e), EKSLINT_NOTHING);
    assert_null(ekslint_diagnosis(e, "oneline", &english).text);
    ekslint_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_status_follows_the_steps),
        cmocka_unit_test(all_files_are_one_case),
        cmocka_unit_test(the_error_that_gitlab_shows_first_comes_first),
        cmocka_unit_test(several_integrations_are_refused_with_their_places),
        cmocka_unit_test(without_settings_that_is_said_with_what_to_do),
        cmocka_unit_test(rules_of_the_user_take_part_in_the_steps),
        cmocka_unit_test(a_wrong_stage_or_file_is_a_mistake_in_the_rule),
        cmocka_unit_test(the_formats_are_those_that_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
