/* SPDX-License-Identifier: MIT */
/* Fingerprints: what changes them, what does not, and that each stands once. */
#include "engine_world.h"

#define RULE(id, kind, select)                                                                     \
    "id: " id "\nseverity: error\nkind: " kind "\ntitle: t\nselect: " select                       \
    "\nif-absent: skip\nrequire: \"1 == 2\"\nmessage: {en: m, ja: 文}\n"
#define ON_STATEMENTS RULE("test/statement", "iam-policy", "$.Statement[*]")
#define ON_ACTIONS RULE("test/action", "iam-policy", "$.Statement[*].Action[*]")
#define ON_SETTINGS RULE("test/settings", "gitlab-eks", "$.gitlab.amazon_eks")

#define ON_TAGS RULE("test/tags", "eksctl", "$.metadata.tags.*")
#define EKSCTL "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata:\n  tags: "
#define KEY_A "h8Zk2LmQ9xTtR4vBn6YpWc1DsFgJe3Ua5HiKoXuM"
#define KEY_B "h8Zk2LmQ9xTtR4vBn6YpWc1DsFgJe3Ua5HiKrStV"

#define READ "{\"Effect\": \"Allow\", \"Action\": [\"a:B\", \"a:C\"], \"Resource\": \"*\"}"
#define SAME "{\"Resource\": \"*\",\n\n  \"Action\": [\"a:C\", \"a:B\"],\n\"Effect\": \"Allow\"}"
#define WRITE "{\"Effect\": \"Allow\", \"Action\": [\"a:D\"], \"Resource\": \"*\"}"
#define POLICY_OF(statements) "{\"Statement\": [" statements "]}"

/* The fingerprints of what a rule finds in a file, in the order of the report. */
static json_t *fingerprints_in(const char *rule, const char *name, const char *text,
                               const char *language)
{
    ekslint *e = ekslint_new();
    ekslint_no_builtin(e);
    ekslint_set_language(e, language);
    if (rule) {
        add_rule(e, rule);
    }
    add(e, name, text);
    ekslint_check(e);
    json_t *report = report_of(e);
    json_t *list = json_array();
    size_t i;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), i, finding)
    {
        json_array_append(list, json_object_get(finding, "fingerprint"));
    }
    json_decref(report);
    ekslint_free(e);
    assert_true(json_array_size(list) > 0);
    return list;
}

static const char *at(const json_t *list, size_t index)
{
    return json_string_value(json_array_get(list, index));
}

static void edits_elsewhere_change_nothing_and_edits_of_the_value_do(void **state)
{
    static const struct {
        const char *rule, *before, *after;
        bool same; /* the first of each */
    } rows[] = {
        /* Layout, and the order of members and elements. */
        {ON_STATEMENTS, POLICY_OF(READ), POLICY_OF(SAME), true},
        {ON_STATEMENTS, POLICY_OF(READ), "\n\n\n\t " POLICY_OF("  " READ), true},
        /* A statement alone, and one in a list. */
        {ON_STATEMENTS, POLICY_OF(READ), "{\"Statement\": " READ "}", true},
        {ON_ACTIONS, POLICY_OF(WRITE), "{\"Statement\": {\"Action\": \"a:D\"}}", true},
        /* What stands beside it. */
        {ON_STATEMENTS, POLICY_OF(READ), "{\"Version\": \"2012-10-17\", \"Statement\": " READ "}",
         true},
        {ON_ACTIONS, POLICY_OF(READ), POLICY_OF(READ "," WRITE), true},
        /* Its own value. */
        {ON_STATEMENTS, POLICY_OF(READ), POLICY_OF(WRITE), false},
        {ON_ACTIONS, POLICY_OF(READ), POLICY_OF(WRITE), false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        json_t *before = fingerprints_in(rows[i].rule, "a.json", rows[i].before, "en");
        json_t *after = fingerprints_in(rows[i].rule, "other/b.json", rows[i].after, "ja");
        assert_int_equal(strlen(at(before, 0)), 16);
        assert_int_equal(strcmp(at(before, 0), at(after, 0)) == 0, rows[i].same);
        json_decref(before);
        json_decref(after);
    }
}

static bool has(const json_t *list, const char *text)
{
    bool found = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        found = found || strcmp(at(list, i), text) == 0;
    }
    return found;
}

static void statements_in_another_order_have_the_same_fingerprints(void **state)
{
    (void)state;
    json_t *before = fingerprints_in(ON_STATEMENTS, "a", POLICY_OF(READ "," WRITE "," READ), "en");
    json_t *after = fingerprints_in(ON_STATEMENTS, "a", POLICY_OF(WRITE "," SAME "," READ), "en");
    assert_int_equal(json_array_size(before), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(has(after, at(before, i)));
    }
    json_decref(before);
    json_decref(after);
}

static void equal_findings_are_numbered(void **state)
{
    (void)state;
    json_t *list = fingerprints_in(ON_STATEMENTS, "a", POLICY_OF(READ "," SAME "," READ), "en");
    for (size_t i = 1; i < 3; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "%s-%zu", at(list, 0), i + 1);
        assert_string_equal(at(list, i), expected);
    }
    json_decref(list);
}

/* By name and by shape, as a value, inside of one, as a name in the path and in what a reader says. */
static void a_secret_does_not_count(void **state)
{
    static const struct {
        const char *rule, *name, *before, *secret, *behind, *other;
    } rows[] = {
        {ON_SETTINGS, "a", MAIN "gitlab: {amazon_eks: {secret_access_key: ", "hunter2", "}}\n",
         "hunter3"},
        {ON_TAGS, "a", EKSCTL "{t: ", KEY_A, "}\n", KEY_B},
        {ON_TAGS, "a", EKSCTL "{t: [a, {b: \"x=", KEY_A, "\"}]}\n", KEY_B},
        {ON_TAGS, "a", EKSCTL "{", KEY_A, ": x}\n", KEY_B},
        {NULL, "a", MAIN, KEY_A, ": x\n", KEY_B},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[512], changed[512];
        snprintf(text, sizeof text, "%s%s%s", rows[i].before, rows[i].secret, rows[i].behind);
        snprintf(changed, sizeof changed, "%s%s%s", rows[i].before, rows[i].other, rows[i].behind);
        json_t *one = fingerprints_in(rows[i].rule, rows[i].name, text, "en");
        json_t *other = fingerprints_in(rows[i].rule, rows[i].name, changed, "en");
        if (!json_equal(one, other)) {
            fail_msg("row %zu: %s and %s", i, at(one, 0), at(other, 0));
        }
        json_decref(one);
        json_decref(other);
    }
}

static void what_is_not_a_rules_has_one_too(void **state)
{
    (void)state;
    json_t *one = fingerprints_in(NULL, "a.json", "{\"Statement\": [}", "en");
    json_t *moved = fingerprints_in(NULL, "b.json", "\n\n\n {\"Statement\":    [}", "en");
    json_t *other = fingerprints_in(NULL, "a.json", "{\"Statement\" []}", "en");
    assert_true(json_equal(one, moved));
    assert_false(json_equal(one, other));
    json_decref(one);
    json_decref(moved);
    json_decref(other);
}

/* A value that is too large to be hashed for each finding counts as its kind. */
static void a_large_value_counts_as_its_kind(void **state)
{
    (void)state;
    enum { LEN = 70000 };
    char *texts[2];
    json_t *lists[2];
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        texts[i] = test_calloc(1, LEN + 100);
        int len = snprintf(texts[i], 100, "{\"Statement\": [{\"Sid\": \"%c", 'a' + (int)i);
        memset(texts[i] + len, 'x', LEN);
        strcpy(texts[i] + len + LEN,
               "\", \"Effect\": \"Allow\", \"Action\": \"a:B\", \"Resource\": 1}]}");
        lists[i] = fingerprints_in(ON_STATEMENTS, "a", texts[i], "en");
    }
    assert_true(json_equal(lists[0], lists[1]));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        json_decref(lists[i]);
        test_free(texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_elsewhere_change_nothing_and_edits_of_the_value_do),
        cmocka_unit_test(statements_in_another_order_have_the_same_fingerprints),
        cmocka_unit_test(equal_findings_are_numbered),
        cmocka_unit_test(a_secret_does_not_count),
        cmocka_unit_test(what_is_not_a_rules_has_one_too),
        cmocka_unit_test(a_large_value_counts_as_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
