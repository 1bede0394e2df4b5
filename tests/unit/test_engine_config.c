/* SPDX-License-Identifier: MIT */
/* Configuration through the public header: files handed in, what is judged then, and every mistake. */
#include "engine_world.h"

#include <stdlib.h>

/* A configuration file by its name, which is its identity, too. */
struct file {
    const char *name, *text;
};

enum { FILES_MAX = 4 };

/* Hand in the first file and what is asked for, from the others; a rule is one of them, too. */
static bool configure(ekslint *e, const struct file *files)
{
    const ekslint_config_request *request;
    ekslint_set_config_folder(e, "/work", "/work");
    ekslint_add_config(e, files[0].name, files[0].name, files[0].text, strlen(files[0].text));
    while ((request = ekslint_next_config_request(e)) != NULL) {
        const struct file *file = NULL;
        for (size_t i = 0; i < FILES_MAX && files[i].name; i++) {
            file = strcmp(files[i].name, request->path) == 0 ? &files[i] : file;
        }
        if (!file) {
            ekslint_refuse_config(e, "is not there");
        } else if (request->rules) {
            ekslint_add_rules(e, file->name, file->text, strlen(file->text));
        } else {
            ekslint_answer_config(e, file->name, file->name, file->text, strlen(file->text));
        }
    }
    return ekslint_apply_config(e);
}

#define RULE(id, severity, extra)                                                                  \
    "id: " id "\nseverity: " severity "\nkind: iam-policy\ntitle: t\nselect: $.Statement[*]\n"     \
    "if-absent: skip\nrequire: length(@) > 90\nmessage: 'm'\n" extra
#define CASE_RULE(id, severity)                                                                    \
    "id: " id "\nseverity: " severity "\nkind: case\nstage: load-form\ntitle: t\n"                 \
    "select: $.gitlab.cluster.subnets\nif-absent: skip\nrequire: length(@) > 90\nmessage: 'm'\n"

static ekslint *engine_of_own_rules(void)
{
    ekslint *e = ekslint_new();
    ekslint_no_builtin(e);
    add_rule(e, RULE("mine/one", "error", ""));
    add_rule(e, RULE("mine/two", "warning", ""));
    add_rule(e, RULE("mine/fussy", "info", "profile: pedantic\n"));
    return e;
}

static const struct {
    struct file files[FILES_MAX];
    const char *found; /* of a.json and sub/b.json */
    int status;
} layer_rows[] = {
    {{{"c", ""}}, "a 1 2 b 1 2", EKSLINT_FINDINGS},
    {{{"c", "# yaml-language-server: $schema=x\n"}}, "a 1 2 b 1 2", EKSLINT_FINDINGS},
    {{{"c", "\xEF\xBB\xBFignore: mine/one\r\n"}}, "a 2 b 2", EKSLINT_OK},
    {{{"c", "select: [mine/o*]\n"}}, "a 1 b 1", EKSLINT_FINDINGS},
    {{{"c", "profile: pedantic\n"}}, "a f 1 2 b f 1 2", EKSLINT_FINDINGS},
    {{{"c", "severity: {'mine/*': warning}\n"}}, "a 1 2 b 1 2", EKSLINT_OK},
    {{{"c", "severity: {'mine/*': info}\nfail-on: warning\n"}}, "a 1 2 b 1 2", EKSLINT_OK},
    {{{"c", "ignore: mine/one\nfail-on: warning\n"}}, "a 2 b 2", EKSLINT_FINDINGS},
    /* What is extended comes first, in the order in which it is named. */
    {{{"c", "extends: d\nignore: mine/one\n"}, {"d", "ignore: mine/two\n"}}, "", EKSLINT_NOTHING},
    {{{"c", "extends: d\nselect: mine/two\n"}, {"d", "ignore: mine/two\n"}}, "a 2 b 2", EKSLINT_OK},
    {{{"c", "extends: [d, f]\n"},
      {"d", "fail-on: error\nselect: mine/one\n"},
      {"f", "fail-on: warning\nselect: mine/two\n"}},
     "a 2 b 2",
     EKSLINT_FINDINGS},
    {{{"c", "extends: [d, f]\n"},
      {"d", "extends: f\nprofile: default\n"},
      {"f", "profile: pedantic\n"}},
     "a f 1 2 b f 1 2",
     EKSLINT_FINDINGS},
    /* Overrides count for their files, the later ones more, and those of what is extended less. */
    {{{"c", "overrides: [{files: sub/, ignore: mine/one}]\n"}}, "a 1 2 b 2", EKSLINT_FINDINGS},
    {{{"c", "overrides: [{files: [sub/, '!b.json'], ignore: mine/one}]\n"}},
     "a 1 2 b 1 2",
     EKSLINT_FINDINGS},
    {{{"c",
       "overrides:\n- {files: '**', ignore: 'mine/*'}\n- {files: a.json, select: mine/one}\n"}},
     "a 1",
     EKSLINT_FINDINGS},
    {{{"c", "overrides: [{files: b.json, profile: pedantic, severity: {mine/one: info}}]\n"
            "ignore: mine/two\nseverity: {mine/one: warning}\n"}},
     "a 1 b f 1",
     EKSLINT_OK},
    {{{"c", "extends: d\nselect: mine/one\n"},
      {"d", "overrides: [{files: '**', ignore: mine/one}]\n"}},
     "a 1 b 1",
     EKSLINT_FINDINGS},
    /* A kind for files. */
    {{{"c", "kinds: {'*.json': iam-policy, b.json: iam-scp}\n"}}, "a 1 2", EKSLINT_FINDINGS},
};

/* "a 1 2": the findings of a.json, and so on, as assert_found() wants them. */
static void spell_found(const char *text, char *out, size_t size)
{
    const char *file = "";
    size_t len = 0;
    out[0] = '\0';
    for (; *text; text++) {
        const char *rule = *text == '1'   ? "one"
                           : *text == '2' ? "two"
                           : *text == 'f' ? "fussy"
                                          : NULL;
        file = *text == 'a' ? "a.json" : *text == 'b' ? "sub/b.json" : file;
        if (rule) {
            len += (size_t)snprintf(out + len, size - len, "%s%s:1:16 mine/%s", len ? "\n" : "",
                                    file, rule);
        }
    }
}

static void settings_come_from_the_nearest_layer(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(layer_rows); i++) {
        ekslint *e = engine_of_own_rules();
        char expected[400];
        spell_found(layer_rows[i].found, expected, sizeof expected);
        if (!configure(e, layer_rows[i].files)) {
            fail_msg("refused: %s", layer_rows[i].files[0].text);
        }
        add(e, "a.json", POLICY);
        add(e, "sub/b.json", POLICY);
        int status = ekslint_check(e);
        assert_found(e, expected);
        if (status != layer_rows[i].status) {
            fail_msg("%s: status %d", layer_rows[i].files[0].text, status);
        }
        ekslint_free(e);
    }
}

static void the_caller_counts_for_more(void **state)
{
    (void)state;
    static const struct file files[FILES_MAX] = {
        {"c", "select: mine/one\nfail-on: error\nlang: ja\nprofile: pedantic\nseverity: {mine/two: "
              "error}\nkinds: {'**': iam-scp}\noverrides: [{files: '**', ignore: 'mine/*'}]\n"}};
    const char *nearest;
    ekslint *e = engine_of_own_rules();
    ekslint_set_language(e, "en");
    assert_true(configure(e, files));
    assert_string_equal(ekslint_language(e), "en");
    assert_true(ekslint_set_profile(e, "default"));
    assert_true(ekslint_select(e, "mine/*"));
    assert_true(ekslint_set_severity(e, "mine/one", "warning"));
    assert_true(ekslint_set_severity(e, "mine/two", "info"));
    assert_true(ekslint_fail_on(e, "warning"));
    assert_true(ekslint_set_kind(e, "iam-policy", &nearest));
    add(e, "a.json", POLICY);
    assert_int_equal(ekslint_check(e), EKSLINT_FINDINGS);
    assert_found(e, "a.json:1:16 mine/one\na.json:1:16 mine/two");
    assert_int_equal(summary_of(e, "warnings"), 1);
    assert_int_equal(summary_of(e, "infos"), 1);
    ekslint_free(e);
    e = engine_of_own_rules();
    assert_true(configure(e, files));
    assert_string_equal(ekslint_language(e), "ja");
    /* The profile that a format implies is no wish of the caller's. */
    assert_true(ekslint_set_profile(e, "access-analyzer"));
    ekslint_text text = ekslint_config(e, "a.json", false, "text");
    assert_non_null(strstr(text.text, "profile   pedantic"));
    ekslint_text_free(text);
    ekslint_free(e);
}

static void a_case_is_judged_by_the_files_that_findings_point_into(void **state)
{
    (void)state;
    static const struct {
        const char *config, *found;
        int status;
        const char *outcome; /* of the step load-form */
    } rows[] = {
        {"", "eks.yaml:3:20 mine/subnets", EKSLINT_FINDINGS, "fails"},
        {"overrides: [{files: other.yaml, ignore: mine/subnets}]", "eks.yaml:3:20 mine/subnets",
         EKSLINT_FINDINGS, "fails"},
        {"overrides: [{files: eks.yaml, ignore: mine/subnets}]", "", EKSLINT_OK, "unknown"},
        {"ignore: mine/subnets\noverrides: [{files: eks.yaml, select: mine/subnets}]",
         "eks.yaml:3:20 mine/subnets", EKSLINT_FINDINGS, "fails"},
        {"overrides: [{files: eks.yaml, severity: {'mine/*': warning}}]",
         "eks.yaml:3:20 mine/subnets", EKSLINT_OK, "passes"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct file files[FILES_MAX] = {{"c", rows[i].config}};
        ekslint *e = ekslint_new();
        ekslint_no_builtin(e);
        add_rule(e, CASE_RULE("mine/subnets", "error"));
        assert_true(configure(e, files));
        add(e, "eks.yaml", ONE_SUBNET);
        add(e, "policy.json", POLICY);
        assert_int_equal(ekslint_diagnose(e), rows[i].status);
        assert_found(e, rows[i].found);
        ekslint_text text = ekslint_diagnosis(e, "json", &english);
        const char *step = strstr(text.text, "\"load-form\"");
        assert_non_null(step);
        const char *outcome = strstr(step, "\"outcome\": \"") + strlen("\"outcome\": \"");
        if (strncmp(outcome, rows[i].outcome, strlen(rows[i].outcome)) != 0) {
            fail_msg("%s: %.20s", rows[i].config, outcome);
        }
        ekslint_text_free(text);
        ekslint_free(e);
    }
}

static void rules_of_a_configuration_replace_those_before_them(void **state)
{
    (void)state;
    static const struct file files[FILES_MAX] = {
        {"c", "extends: d\nrules: [two.yaml]\n"},
        {"d", "rules: one.yaml\n"},
        {"one.yaml", RULE("mine/one", "warning", "")},
        {"two.yaml", RULE("mine/one", "info", "")},
    };
    static const struct file twice[FILES_MAX] = {
        {"c", "rules: [one.yaml, two.yaml]\n"},
        {"one.yaml", RULE("mine/one", "warning", "")},
        {"two.yaml", RULE("mine/one", "info", "")},
    };
    ekslint *e = engine_of_own_rules();
    assert_true(configure(e, files));
    assert_true(ekslint_select(e, "mine/one"));
    add(e, "a.json", POLICY);
    assert_int_equal(ekslint_check(e), EKSLINT_OK);
    assert_int_equal(summary_of(e, "infos"), 1);
    ekslint_free(e);
    e = ekslint_new();
    (void)configure(e, twice);
    ekslint_text text = ekslint_problems(e, "oneline", &english);
    assert_non_null(
        strstr(text.text, "two.yaml:1:5: error: the rule 'mine/one' stands in 'one.yaml'"));
    ekslint_text_free(text);
    ekslint_free(e);
}

static void what_is_left_out_is_decided_by_the_last_pattern(void **state)
{
    (void)state;
    static const struct file files[FILES_MAX] = {
        {"c", "extends: d\nexclude: ['!vendor/mine/', '*.tmp.json']\n"},
        {"d", "exclude: [vendor/, /build]\n"},
    };
    static const struct {
        const char *name;
        bool is_folder, excluded;
    } rows[] = {
        {"a.json", false, false},
        {"vendor/a.json", false, true},
        {"x/../vendor/a.json", false, true},
        {"/work/vendor/a.json", false, true},
        {"vendor/mine/a.json", false, false},
        {"vendor/mine/a.tmp.json", false, true},
        /* A folder below which something is taken back has to be walked. */
        {"vendor", true, false},
        {"build", true, false},
        {"x.tmp.json", true, true},
        {"build/a.json", false, true},
        {"sub/build/a.json", false, false},
        {"../vendor/a.json", false, false},
        {"/elsewhere/vendor/a.json", false, false},
        {".", true, false},
    };
    ekslint *e = ekslint_new();
    assert_false(ekslint_excludes(e, "vendor/a.json", false));
    assert_true(configure(e, files));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (ekslint_excludes(e, rows[i].name, rows[i].is_folder) != rows[i].excluded) {
            fail_msg("%s", rows[i].name);
        }
    }
    ekslint_set_config_folder(e, "/work/sub", "/work");
    assert_true(ekslint_excludes(e, "../vendor/a.json", false));
    assert_false(ekslint_excludes(e, "build/a.json", false));
    ekslint_free(e);
}

static void every_mistake_is_said_at_its_place(void **state)
{
    (void)state;
    static const struct {
        struct file files[FILES_MAX];
        const char *problems[4];
    } rows[] = {
        {{{"c", "- a\n"}}, {"c:1:1: error: expected object, found array"}},
        {{{"c", "text\n"}}, {"c:1:1: error: expected object, found string"}},
        {{{"c", "a: [\n"}}, {"c:2:1: error: "}},
        {{{"c", "lang: en\n---\nlang: ja\n"}}, {"c:3:1: error: a second document"}},
        {{{"c", "lang: en\nlang: ja\n"}}, {"c:2:1: warning: "}},
        {{{"c", "selct: [x]\nlang: fr\nprofile: 1\nseverity: {a/b: eror}\n"}},
         {"c:1:1: error: unknown key 'selct'; did you mean 'select'?",
          "c:2:7: error: expected 'en' or 'ja', found 'fr'",
          "c:3:10: error: ", "c:4:17: error: expected 'error', 'warning' or 'info', found 'eror'"}},
        {{{"c", "select: [iam/invalid-acton, 'x/*']\n"}},
         {"c:1:10: error: no rule is called 'iam/invalid-acton'; did you mean "
          "'iam/invalid-action'?",
          "c:1:29: error: no rule is called 'x/*'"}},
        {{{"c", "ignore: ''\nselect: []\nexclude: {}\n"}},
         {"c:1:9: error: an empty text", "c:2:9: error: expected at least 1",
          "c:3:10: error: expected string or array, found object"}},
        {{{"c", "ignore: \"a\\0b\"\n"}}, {"c:1:9: error: no name holds"}},
        {{{"c",
           "exclude: ['a/**b', \"\\u0061[\"]\nkinds: {'[': iam-scp, '!a': iam-scp, a: iam-spc}\n"}},
         {"c:1:14: error: '**' stands", "c:2:9: error: brackets", "c:2:23: error: '!' takes",
          "c:2:41: error: unknown kind 'iam-spc'; did you mean 'iam-scp'?"}},
        {{{"c", "overrides: [{ignore: mine/one}, {files: a, fail-on: error}, x]\n"}},
         {"c:1:13: error: the key 'files' is missing", "c:1:44: error: unknown key 'fail-on'",
          "c:1:61: error: expected object, found string"}},
        {{{"c", "extends: [d, gone]\nrules: [gone.yaml]\n"}, {"d", "langs: en\n"}},
         {"c:1:14: error: 'gone' is not there", "c:2:9: error: 'gone.yaml' is not there",
          "d:1:1: error: unknown key 'langs'"}},
        {{{"c", "extends: d\n"}, {"d", "extends: [f]\n"}, {"f", "extends:\n- d\n- c\n"}},
         {"f:2:3: error: this closes a cycle: d extends f extends d",
          "f:3:3: error: this closes a cycle: c extends d extends f extends c"}},
        {{{"c", "extends: c\n"}}, {"c:1:10: error: this closes a cycle: c extends c"}},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = ekslint_new();
        if (configure(e, rows[i].files)) {
            fail_msg("taken: %s", rows[i].files[0].text);
        }
        ekslint_text text = ekslint_problems(e, "oneline", &english);
        for (size_t k = 0; k < COUNT_OF(rows[i].problems) && rows[i].problems[k]; k++) {
            if (!strstr(text.text, rows[i].problems[k])) {
                fail_msg("without '%s':\n%s", rows[i].problems[k], text.text);
            }
        }
        ekslint_text_free(text);
        ekslint_free(e);
    }
}

/* Each file extends the next one twice: without a bound there would be 2^40 layers. */
static void layers_patterns_and_overrides_are_bounded(void **state)
{
    (void)state;
    enum { CHAIN = 40, OVERRIDES = 65, PATTERNS = 70, CHAIN_TEXT = 64 };
    char names[CHAIN + 1][16];
    char texts[CHAIN][CHAIN_TEXT];
    ekslint *e = ekslint_new();
    for (int i = 0; i <= CHAIN; i++) {
        snprintf(names[i], sizeof names[i], "%d", i);
    }
    for (int i = 0; i < CHAIN; i++) {
        snprintf(texts[i], sizeof texts[i], "extends: ['%d', '%d']\n", i + 1, i + 1);
    }
    ekslint_add_config(e, names[0], names[0], texts[0], strlen(texts[0]));
    const ekslint_config_request *request;
    while ((request = ekslint_next_config_request(e)) != NULL) {
        size_t at = strtoul(request->path, NULL, 10);
        const char *text = at < CHAIN ? texts[at] : "";
        ekslint_answer_config(e, names[at], names[at], text, strlen(text));
    }
    assert_false(ekslint_apply_config(e));
    ekslint_text problems = ekslint_problems(e, "oneline", &english);
    assert_non_null(strstr(problems.text, "0:1:1: error: '0' extends more than 64 files"));
    ekslint_text_free(problems);
    ekslint_free(e);

    char many[OVERRIDES * 40 + PATTERNS * 256];
    size_t len = (size_t)snprintf(many, sizeof many, "overrides:\n");
    for (int i = 0; i < OVERRIDES; i++) {
        len += (size_t)snprintf(many + len, sizeof many - len, "- {files: a}\n");
    }
    len += (size_t)snprintf(many + len, sizeof many - len, "exclude:\n");
    for (int i = 0; i < PATTERNS; i++) {
        len += (size_t)snprintf(many + len, sizeof many - len, "- x%0240d\n", i);
    }
    const struct file files[FILES_MAX] = {{"c", many}};
    e = ekslint_new();
    assert_false(configure(e, files));
    problems = ekslint_problems(e, "oneline", &english);
    assert_non_null(strstr(problems.text, "more than 64 overrides"));
    assert_non_null(strstr(problems.text, "more than 16 KiB of patterns"));
    ekslint_text_free(problems);
    ekslint_free(e);
}

static void settings_tell_where_they_come_from(void **state)
{
    (void)state;
    static const struct file files[FILES_MAX] = {
        {"c", "extends: d\nselect: mine/*\nexclude: x/\n"
              "overrides: [{files: 'x/*', ignore: mine/one}]\nkinds: {x/: iam-scp}\n"},
        {"d", "select: mine/two\nseverity: {mine/two: error}\nfail-on: info\n"},
    };
    ekslint *e = engine_of_own_rules();
    assert_true(configure(e, files));
    assert_true(ekslint_ignore(e, "mine/two"));
    ekslint_text text = ekslint_config(e, "x/a.json", false, "text");
    assert_string_equal(text.text, "settings of 'x/a.json'; configuration: d c\n"
                                   "profile   default         default\n"
                                   "fail-on   info            d:3:10\n"
                                   "lang      en              default\n"
                                   "select    mine/*          c:2:9\n"
                                   "ignore    mine/one        c:4:36\n"
                                   "ignore    mine/two        command line\n"
                                   "severity  mine/two=error  d:2:12\n"
                                   "exclude   x/              c:3:10\n"
                                   "kind      iam-scp         c:5:13\n"
                                   "left-out  yes             c:3:10\n"
                                   "rule      mine/fussy      rule.yaml\n"
                                   "rule      mine/one        rule.yaml\n"
                                   "rule      mine/two        rule.yaml\n");
    ekslint_text_free(text);
    text = ekslint_config(e, "b.json", false, "json");
    json_t *json = json_loadb(text.text, text.len, 0, NULL);
    assert_non_null(json);
    const json_t *first = json_array_get(json_object_get(json, "settings"), 1);
    assert_string_equal(json_string_value(json_object_get(first, "key")), "fail-on");
    const json_t *from = json_object_get(first, "from");
    assert_string_equal(json_string_value(json_object_get(from, "source")), "file");
    assert_int_equal(json_integer_value(json_object_get(from, "line")), 3);
    assert_null(strstr(text.text, "mine/one\",\"from\":{\"source\":\"file\",\"file\":\"c\""));
    json_decref(json);
    ekslint_text_free(text);
    ekslint_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_come_from_the_nearest_layer),
        cmocka_unit_test(the_caller_counts_for_more),
        cmocka_unit_test(a_case_is_judged_by_the_files_that_findings_point_into),
        cmocka_unit_test(rules_of_a_configuration_replace_those_before_them),
        cmocka_unit_test(what_is_left_out_is_decided_by_the_last_pattern),
        cmocka_unit_test(every_mistake_is_said_at_its_place),
        cmocka_unit_test(layers_patterns_and_overrides_are_bounded),
        cmocka_unit_test(settings_tell_where_they_come_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
