/* SPDX-License-Identifier: MIT */
/* Forgetting files, and lines of a stream: what is judged does not depend on what was there before, and memory stays. */
#include "engine_world.h"

#include "engine/engine.h"

/* Hold and not: findings, an undecided rule, secrets, documents in strings, several in one, comments, what is no JSON. */
static const char *const files[][2] = {
    {"policy.json", POLICY},
    {"bad.yaml", BAD_ARN},
    {"one.yaml", ONE_SUBNET "gitlab: {amazon_eks: {secret_access_key: TopSecret, enabld: true}}\n"},
    {"broken.json", "{\"Statement\": ["},
    {"nothing.json", "{\"a-key-that-no-rule-has\": 1}"},
    {"map.yaml",
     "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\n"
     "data:\n  mapRoles: |\n    - rolearn: arn:aws:iam::123456789012:role/a/b\n      username: x\n"
     "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"},
    {"comment.yaml", "# ekslint: allow gitlab/role-arn-invalid -- known\n" BAD_ARN},
    {"trust.json", "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": "
                   "\"eks.amazonaws.com\"}, "
                   "\"Action\": \"sts:AssumeRole\"}]}"},
};

static ekslint_text judge_alone(size_t i)
{
    ekslint *e = ekslint_new();
    ekslint_no_cases(e);
    assert_true(ekslint_set_date(e, "2021-11-15"));
    add(e, files[i][0], files[i][1]);
    (void)ekslint_check(e);
    ekslint_text text = ekslint_report(e, "json", &english);
    ekslint_free(e);
    return text;
}

static void a_forgotten_file_changes_nothing_for_the_next(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    ekslint_no_cases(e);
    assert_true(ekslint_set_date(e, "2021-11-15"));
    for (size_t round = 0; round < 3 * COUNT_OF(files); round++) {
        size_t i = round * 3 % COUNT_OF(files);
        ekslint_text alone = judge_alone(i);
        add(e, files[i][0], files[i][1]);
        (void)ekslint_check(e);
        ekslint_text text = ekslint_report(e, "json", &english);
        assert_string_equal(text.text, alone.text);
        ekslint_text_free(text);
        ekslint_text_free(alone);
        ekslint_forget_files(e);
    }
    ekslint_free(e);
}

static int check_line(ekslint *e, size_t number, const char *line, json_t **answer)
{
    ekslint_text text;
    int status = ekslint_check_line(e, number, line, strlen(line), &english, &text);
    assert_non_null(text.text);
    assert_int_equal(text.text[text.len - 1], '\n');
    *answer = json_loadb(text.text, text.len, 0, NULL);
    assert_non_null(*answer);
    ekslint_text_free(text);
    return status;
}

static void check_file(ekslint *e, size_t i, size_t number)
{
    char content[2048];
    json_t *answer;
    /* Each time with names that no line had before. */
    snprintf(content, sizeof content, "%s%s", files[i][1], i == 0 || i == 7 ? "" : "\n");
    json_t *line = json_pack("{s:o,s:s}", "name", json_sprintf("%zu/%s", number, files[i][0]),
                             "content", content);
    char *text = json_dumps(line, 0);
    (void)check_line(e, number, text, &answer);
    assert_non_null(json_object_get(answer, "summary"));
    json_decref(answer);
    json_decref(line);
    free(text);
}

static void a_stream_takes_no_more_memory_than_its_beginning(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    ekslint_no_cases(e);
    for (size_t i = 0; i < 5 * COUNT_OF(files); i++) {
        check_file(e, i % COUNT_OF(files), i);
    }
    const size_t before[] = {e->arena.taken, e->lasting.taken, e->names.taken, e->scratch.taken};
    size_t atoms = e->atoms.count;
    size_t sources = e->sources.count;
    for (size_t i = 0; i < 4000; i++) {
        char line[256];
        json_t *answer;
        snprintf(line, sizeof line,
                 "{\"name\": \"n%zu\", \"content\": \"{\\\"key%zu\\\": [{\\\"Effec%zu\\\": 1}]}\"}",
                 i, i, i);
        assert_int_equal(check_line(e, i, line, &answer), EKSLINT_NOTHING);
        json_decref(answer);
        check_file(e, i % COUNT_OF(files), i);
    }
    const size_t after[] = {e->arena.taken, e->lasting.taken, e->names.taken, e->scratch.taken};
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(e->atoms.count, atoms);
    assert_int_equal(e->sources.count, sources);
    ekslint_free(e);
}

static void a_wrong_line_is_answered_and_forgotten(void **state)
{
    static const struct {
        const char *line, *name, *error;
    } rows[] = {
        {"", NULL, "an empty line"},
        {" \t\r", NULL, "an empty line"},
        {"{", NULL, "column 2: "},
        {"[]", NULL, "a line holds an object"},
        {"{} {}", NULL, "column 4: "},
        {"{\"content\": \"\"}", NULL, "there is no 'name'"},
        {"{\"name\": null, \"content\": \"\"}", NULL, "'name' has to be a text"},
        {"{\"name\": \"a\"}", "a", "there is no 'content'"},
        {"{\"name\": \"a\", \"content\": {}}", "a", "'content' has to be a text"},
        {"{\"name\": \"a\", \"content\": \"\", \"kind\": 1}", "a", "'kind' has to be a text"},
        {"{\"name\": \"a\", \"content\": \"\", \"kind\": \"iam-polcy\"}", "a",
         "did you mean 'iam-policy'?"},
        {"{\"name\": \"a\", \"contents\": \"\"}", "a", "did you mean 'content'?"},
        {"{\"name\": \"a\", \"name\": \"b\", \"content\": \"\"}", NULL, "column 15: "},
        {"{\"name\": \"\xFF\", \"content\": \"\"}", NULL, "column 11: "},
        {"{\"name\": \"\\uD800\", \"content\": \"\"}", NULL, "column "},
    };
    (void)state;
    ekslint *e = engine_of_few_rules();
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        json_t *answer;
        assert_int_equal(check_line(e, i + 1, rows[i].line, &answer), EKSLINT_INPUT);
        const char *error = json_string_value(json_object_get(answer, "error"));
        assert_non_null(error);
        assert_non_null(strstr(error, rows[i].error));
        assert_int_equal(json_integer_value(json_object_get(answer, "line")), i + 1);
        const json_t *name = json_object_get(answer, "name");
        if (rows[i].name) {
            assert_string_equal(json_string_value(name), rows[i].name);
        } else {
            assert_true(json_is_null(name));
        }
        json_decref(answer);
    }
    json_t *answer;
    assert_int_equal(check_line(e, 99, "{\"name\": \"a\", \"content\": \"{}\"}", &answer),
                     EKSLINT_NOTHING);
    json_decref(answer);
    ekslint_free(e);
}

static void a_kind_counts_for_its_line_alone(void **state)
{
    static const char with[] =
        "{\"name\": \"a\", \"kind\": \"iam-scp\", \"content\": \"{\\\"Statement\\\": []}\"}";
    static const char without[] =
        "{\"name\": \"a\", \"content\": \"{\\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\", "
        "\\\"Action\\\": \\\"a:B\\\", \\\"Resource\\\": \\\"*\\\"}]}\"}";
    (void)state;
    ekslint *e = ekslint_new();
    for (int i = 0; i < 2; i++) {
        json_t *answer;
        (void)check_line(e, 1, with, &answer);
        const json_t *found = json_array_get(json_object_get(answer, "findings"), 0);
        assert_string_equal(json_string_value(json_object_get(found, "kind")), "iam-scp");
        json_decref(answer);
        (void)check_line(e, 2, without, &answer);
        found = json_array_get(json_object_get(answer, "findings"), 0);
        assert_string_equal(json_string_value(json_object_get(found, "kind")), "iam-policy");
        json_decref(answer);
    }
    ekslint_free(e);
}

static void an_answer_beyond_the_limit_is_none(void **state)
{
    const char *why;
    (void)state;
    ekslint *e = ekslint_new();
    assert_true(ekslint_set_limit(e, "output-bytes=200", &why));
    json_t *answer;
    assert_int_equal(check_line(e, 1, "{\"name\": \"a\", \"content\": \"{}\"}", &answer),
                     EKSLINT_INTERNAL);
    assert_non_null(strstr(json_string_value(json_object_get(answer, "error")), "output-bytes"));
    json_decref(answer);
    ekslint_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forgotten_file_changes_nothing_for_the_next),
        cmocka_unit_test(a_stream_takes_no_more_memory_than_its_beginning),
        cmocka_unit_test(a_wrong_line_is_answered_and_forgotten),
        cmocka_unit_test(a_kind_counts_for_its_line_alone),
        cmocka_unit_test(an_answer_beyond_the_limit_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
