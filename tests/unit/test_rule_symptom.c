/* SPDX-License-Identifier: MIT */
/* Symptoms in the spellings of several versions. */
#include "rule_world.h"

#include "rule/symptom.h"

static void test_versions_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written; /* NULL: no version */
    } rows[] = {
        {"13.7", "13.7"},
        {"13.7.2", "13.7"},
        {"v13.10-ee", "13.10"},
        {"13.7+x", "13.7"},
        {"13", NULL},
        {"", NULL},
        {"x", NULL},
        {"13.", NULL},
        {".7", NULL},
        {"13.7x", NULL},
        {"13 .7", NULL},
        {"99999.1", NULL},
        {"9999.9999", "9999.9999"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint32_t version;
        struct buf out = buf_with_max(64);
        assert_int_equal(symptom_version_parse(str_from_c(rows[i].text), &version),
                         rows[i].written != NULL);
        assert_int_equal(version != 0, rows[i].written != NULL);
        if (rows[i].written) {
            symptom_version_write(version, &out);
            assert_true(str_eq(buf_str(&out), str_from_c(rows[i].written)));
        }
        buf_release(&out);
    }
}

#define RULE                                                                                       \
    "id: a/b\nseverity: error\nkind: case\ntitle: t\nselect: $.gitlab\nif-absent: skip\n"          \
    "require: 1 == 2\nmessage: m\nsymptoms:\n"

static uint32_t version_of(const char *text)
{
    uint32_t version = 0;
    (void)!symptom_version_parse(str_from_c(text), &version);
    return version;
}

static void test_the_spelling_follows_the_version(void **state)
{
    (void)state;
    static const struct {
        const char *version, *text;
    } rows[] = {{"13.6", "old"}, {"13.6.9", "old"}, {"13.7", "middle"}, {"13.10", "middle"},
                {"14.0", "new"}, {"", "new"},       {"9.9", "old"}};
    struct rules *rules = rules_new();
    assert_true(rules_add(rules, STR(RULE "  - {text: old, until: '13.6'}\n"
                                          "  - {text: middle, since: '13.7', until: '13.12'}\n"
                                          "  - {text: new, since: '14.0'}\n")));
    const struct rule_texts *texts = rules->set.slots[0].rule->texts;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct symptom *picked = symptom_pick(texts, version_of(rows[i].version));
        assert_true(str_eq(picked->text[LANGUAGE_EN].text, str_from_c(rows[i].text)));
    }
    static const struct rule_texts none = {0};
    assert_null(symptom_pick(&none, 0));
    rules_free(rules);
}

static void test_wrong_versions_are_reported_where_they_stand(void **state)
{
    (void)state;
    static const struct {
        const char *symptoms, *message;
    } rows[] = {
        {"  - {text: a, since: x}\n", "'x' is no version of GitLab; write it as in '13.7'"},
        {"  - {text: a, since: '14.0', until: '13.7'}\n",
         "no version is in this range: 'until' is before 'since'"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct rules *rules = rules_new();
        struct str text = arena_format(&rules->model->arena, "%s%s", RULE, rows[i].symptoms);
        assert_false(rules_add(rules, text));
        assert_int_equal(rules->model->findings.count, 1);
        const struct finding *finding = &rules->model->findings.items[0];
        assert_true(str_eq(finding->rule, STR("rule/version")));
        assert_true(str_eq(finding->message, str_from_c(rows[i].message)));
        rules_free(rules);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions_are_read_and_written),
        cmocka_unit_test(test_the_spelling_follows_the_version),
        cmocka_unit_test(test_wrong_versions_are_reported_where_they_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
