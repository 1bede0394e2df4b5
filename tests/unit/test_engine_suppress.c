/* SPDX-License-Identifier: MIT */
/* What files and configuration tolerate, through the public header: what is hidden, and what is said of it. */
#include "engine_world.h"

#include "engine/suppress.h"
#include "model/comment.h"

#define STAR_RULE(id, kind)                                                                        \
    "id: " id "\nseverity: error\nkind: " kind "\ntitle: t\nselect: $.Statement[*].Action[*]\n"    \
    "if-absent: skip\nrequire: \"@ != '*'\"\nmessage: m\n"

static ekslint *engine(void)
{
    ekslint *e = ekslint_new();
    ekslint_no_builtin(e);
    add_rule(e, STAR_RULE("mine/star", "iam-policy"));
    add_rule(e, STAR_RULE("mine/scp", "iam-scp"));
    assert_true(ekslint_set_date(e, "2026-11-25"));
    return e;
}

static bool configure(ekslint *e, const char *text)
{
    ekslint_set_config_folder(e, "/work", "/work");
    ekslint_add_config(e, "c", "c", text, strlen(text));
    assert_null(ekslint_next_config_request(e));
    return ekslint_apply_config(e);
}

/* "3 rule" of each finding, then "hides 3 rule" of each that is suppressed. */
static void add_lines(json_t *list, const char *label, char *out, size_t size)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        size_t len = strlen(out);
        const char *file = json_string_value(json_object_get(item, "file"));
        snprintf(out + len, size - len, "%s%s%s%d %s", len ? "; " : "", label,
                 strcmp(file, "c") == 0 ? "c:" : "",
                 (int)json_integer_value(json_object_get(item, "line")),
                 json_string_value(json_object_get(item, "rule")));
    }
}

static bool says(ekslint *e, const char *expected, const char *what)
{
    char found[4000] = "";
    json_t *report = report_of(e);
    add_lines(json_object_get(report, "findings"), "", found, sizeof found);
    add_lines(json_object_get(report, "suppressed"), "hides ", found, sizeof found);
    json_decref(report);
    if (strcmp(found, expected) != 0) {
        print_error("%s\nsays '%s'\nnot  '%s'\n", what, found, expected);
        return false;
    }
    return true;
}

#define V "Version: '2012-10-17'\n"
#define S(action) "{Effect: Allow, Action: " action ", Resource: '*'}"
#define ALLOW "# ekslint: allow mine/star -- r"

static const struct {
    const char *text, *says;
    int status;
} comment_rows[] = {
    {V "Statement:\n- " S("'*'") "\n", "3 mine/star", EKSLINT_FINDINGS},
    {V "Statement:\n- " S("'*'") " " ALLOW "\n", "hides 3 mine/star", EKSLINT_OK},
    {V ALLOW "\nStatement:\n- " S("'*'") "\n", "hides 4 mine/star", EKSLINT_OK},
    {"--- " ALLOW "\n" V "Statement:\n- " S("'*'") "\n", "hides 4 mine/star", EKSLINT_OK},
    {ALLOW "\n" V "Statement:\n- " S("'*'") "\n", "1 suppression/unused; 4 mine/star",
     EKSLINT_FINDINGS},
    /* One of two statements, and of the second document of a stream. */
    {V "Statement:\n- " S("'*'") "\n" ALLOW "\n- " S("'*'") "\n- " S("'*'") "\n",
     "3 mine/star; 6 mine/star; hides 5 mine/star", EKSLINT_FINDINGS},
    {V "Statement: " S("'*'") "\n---\n" V "Statement: " S("'*'") " " ALLOW "\n",
     "2 mine/star; hides 5 mine/star", EKSLINT_FINDINGS},
    /* Of the anchor, and of an alias, which has no finding of its own. */
    {V "Statement:\n- {Effect: Allow, Action: &a ['*'], Resource: '*'} " ALLOW
       "\n- {Effect: Allow, Action: *a, Resource: 'b'}\n",
     "hides 3 mine/star", EKSLINT_OK},
    {V "Statement:\n- {Effect: Allow, Action: &a ['*'], Resource: '*'}\n- {Effect: Allow, Action: "
       "*a, Resource: 'b'} " ALLOW "\n",
     "3 mine/star; 4 suppression/unused", EKSLINT_FINDINGS},
    /* The narrowest counts: the wide one beside it is of no use. */
    {V ALLOW "\nStatement:\n- " S("'*'") " " ALLOW "\n", "2 suppression/unused; hides 4 mine/star",
     EKSLINT_OK},
    {V ALLOW "\nStatement:\n- " S("'*'") " " ALLOW "\n- " S("'*'") "\n",
     "hides 4 mine/star; hides 5 mine/star", EKSLINT_OK},
    /* Dates: the last day counts. */
    {V "Statement:\n- " S("'*'") " # ekslint: allow mine/star until=2026-11-25 -- r\n",
     "hides 3 mine/star", EKSLINT_OK},
    {V "Statement:\n- " S("'*'") " # ekslint: allow mine/star until=2026-11-24 -- r\n",
     "3 mine/star; 3 suppression/expired", EKSLINT_FINDINGS},
    /* Mistakes hide nothing. */
    {V "Statement:\n- " S("'*'") " # ekslint: allow mine/star\n",
     "3 mine/star; 3 suppression/malformed", EKSLINT_FINDINGS},
    {V "Statement:\n- " S("'*'") " # ekslint: allow mine/stor -- r\n",
     "3 mine/star; 3 suppression/unknown-rule", EKSLINT_FINDINGS},
    {V "Statement:\n- " S("a") " # ekslint: disable\n", "3 suppression/malformed",
     EKSLINT_FINDINGS},
    /* Nothing hides a suppression's own mistakes. */
    {V "--- # ekslint: allow suppression/unused -- r\n" V "Statement: " S("a") "\n",
     "2 suppression/unknown-rule", EKSLINT_FINDINGS},
    {V "Statement:\n- " S("a") " " ALLOW "\n", "3 suppression/unused", EKSLINT_OK},
    /* Prose. */
    {V "Statement:\n- " S("'*'") " # see " ALLOW "\n", "3 mine/star", EKSLINT_FINDINGS},
    {V "Statement:\n- {Effect: Allow, Action: '*', Resource: '" ALLOW "'}\n", "3 mine/star",
     EKSLINT_FINDINGS},
    /* A policy inside of a template, as text: the string is what the comment is about. */
    {"Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: "
     "# "
     "ekslint: allow mine/star -- r\n        Version: '2012-10-17'\n        Statement: " S(
         "'*'") "\n",
     "hides 7 mine/star", EKSLINT_OK},
    {"Resources:\n  " ALLOW "\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      "
     "PolicyDocument:\n        Version: '2012-10-17'\n        Statement: " S(
         "'*'") "\n  Q:\n    Type: "
                "AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "
                "'2012-10-17'\n        Statement: " S("'*'") "\n",
     "14 mine/star; hides 8 mine/star", EKSLINT_FINDINGS},
    {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  p: | " ALLOW
     "\n    {\"Version\": \"2012-10-17\",\n     \"Statement\": [{\"Effect\": \"Allow\", "
     "\"Action\": "
     "\"*\", \"Resource\": \"*\"}]}\n",
     "hides 7 mine/star", EKSLINT_OK},
    /* A file that ends in a mistake is read as far as it goes, and nothing is claimed of the rest. */
    {V "Statement:\n- " S("a") " " ALLOW "\n---\n" ALLOW "\na: [\n", "7 syntax/yaml",
     EKSLINT_INPUT},
};

static void comments_hide_what_is_in_their_scope(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(comment_rows); i++) {
        ekslint *e = engine();
        add(e, "a.yaml", comment_rows[i].text);
        int status = ekslint_check(e);
        wrong += !says(e, comment_rows[i].says, comment_rows[i].text);
        wrong += status != comment_rows[i].status;
        if (status != comment_rows[i].status) {
            print_error("%s\nexits with %d\n", comment_rows[i].text, status);
        }
        ekslint_free(e);
    }
    assert_int_equal(wrong, 0);
}

#define BAD                                                                                        \
    "{\"Version\": \"2012-10-17\",\n\"Statement\": [\n{\"Effect\": \"Allow\", \"Action\": \"*\", " \
    "\"Resource\": \"*\"}]}"
#define GOOD                                                                                       \
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": "           \
    "\"a:B\", \"Resource\": \"*\"}]}"
#define ENTRY "suppressions:\n- {rule: mine/star, reason: r, file: "

static const struct {
    const char *config, *text;
    bool whole;
    const char *says;
    int status;
} entry_rows[] = {
    {ENTRY "a.json}\n", BAD, false, "hides 3 mine/star", EKSLINT_OK},
    {ENTRY "'*.json'}\n", BAD, false, "hides 3 mine/star", EKSLINT_OK},
    {ENTRY "[b.json, /a.json]}\n", BAD, false, "hides 3 mine/star", EKSLINT_OK},
    {ENTRY "['*.json', '!a.json']}\n", BAD, false, "3 mine/star", EKSLINT_FINDINGS},
    {ENTRY "b.json}\n", BAD, false, "3 mine/star", EKSLINT_FINDINGS},
    /* At or below a path, in any spelling of it. */
    {ENTRY "a.json, path: $}\n", BAD, false, "hides 3 mine/star", EKSLINT_OK},
    {ENTRY "a.json, path: $.Statement}\n", BAD, false, "hides 3 mine/star", EKSLINT_OK},
    {ENTRY "a.json, path: \"$['Statement'][0].Action\"}\n", BAD, false, "hides 3 mine/star",
     EKSLINT_OK},
    {ENTRY "/a.json, path: '$.Statement[1]'}\n", BAD, false, "3 mine/star; c:2 suppression/unused",
     EKSLINT_FINDINGS},
    {ENTRY "/a.json, path: $.State}\n", BAD, false, "3 mine/star; c:2 suppression/unused",
     EKSLINT_FINDINGS},
    /* Unused: said of a file that was looked at, or of a pattern where all files were. */
    {ENTRY "/a.json}\n", GOOD, false, "c:2 suppression/unused", EKSLINT_OK},
    {ENTRY "'*.json'}\n", GOOD, false, "", EKSLINT_OK},
    {ENTRY "'*.json'}\n", GOOD, true, "c:2 suppression/unused", EKSLINT_OK},
    {ENTRY "a.json}\n", GOOD, false, "", EKSLINT_OK},
    {ENTRY "b.json}\n", GOOD, true, "", EKSLINT_OK},
    /* Of a rule that is not wanted, nothing follows. */
    {ENTRY "/a.json}\nignore: mine/star\n", GOOD, true, "", EKSLINT_NOTHING},
    {ENTRY "/a.json}\noverrides: [{files: a.json, ignore: mine/star}]\n", GOOD, true, "",
     EKSLINT_NOTHING},
    {ENTRY "/a.json, until: 2026-11-25}\n", BAD, true, "hides 3 mine/star", EKSLINT_OK},
    {ENTRY "/a.json, until: 2026-11-24}\n", BAD, true, "3 mine/star; c:2 suppression/expired",
     EKSLINT_FINDINGS},
    {ENTRY "/a.json}\nforbid-suppressing: mine/*\n", BAD, true,
     "3 mine/star; c:2 suppression/forbidden", EKSLINT_FINDINGS},
    {ENTRY "/a.json}\nforbid-suppressing: [mine/scp]\n", BAD, true, "hides 3 mine/star",
     EKSLINT_OK},
};

static void entries_hide_what_is_at_their_path(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(entry_rows); i++) {
        ekslint *e = engine();
        bool configured = configure(e, entry_rows[i].config);
        if (entry_rows[i].whole) {
            ekslint_looked_through(e, ".");
        }
        add(e, "a.json", entry_rows[i].text);
        int status = ekslint_check(e);
        bool good = says(e, entry_rows[i].says, entry_rows[i].config) && configured &&
                    status == entry_rows[i].status;
        if (!good) {
            print_error("%sexits with %d\n", entry_rows[i].config, status);
        }
        wrong += !good;
        ekslint_free(e);
    }
    assert_int_equal(wrong, 0);
}

static void what_is_wrong_with_an_entry_has_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *config, *says;
    } rows[] = {
        {"suppressions: [{file: a, reason: r}]\n", "schema/missing-key"},
        {"suppressions: [{rule: mine/star, reason: r}]\n", "schema/missing-key"},
        {"suppressions: [{rule: mine/star, file: a}]\n", "schema/missing-key"},
        {"suppressions: [{rule: mine/star, file: a, reason: ''}]\n", "config/text"},
        {"suppressions: [{rule: mine/star, file: a, reason: '  '}]\n", "config/text"},
        {"suppressions: [{rule: mine/stor, file: a, reason: r}]\n", "config/rule"},
        {"suppressions: [{rule: mine/*, file: a, reason: r}]\n", "config/rule"},
        {"suppressions: [{rule: suppression/unused, file: a, reason: r}]\n", "config/rule"},
        {"suppressions: [{rule: mine/star, file: 'a[', reason: r}]\n", "config/pattern"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, path: '$.a['}]\n", "config/path"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, path: '$..a'}]\n", "config/path"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, path: '$[*]'}]\n", "config/path"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, path: '$[-1]'}]\n", "config/path"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, path: a}]\n", "config/path"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, until: 2026-13-01}]\n",
         "config/date"},
        {"suppressions: [{rule: mine/star, file: a, reason: r, expires: 2026-12-01}]\n",
         "schema/unknown-key"},
        {"suppressions: {}\n", "schema/wrong-type"},
        {"forbid-suppressing: mine/x*\n", "config/rule"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = engine();
        bool good = configure(e, rows[i].config);
        ekslint_text problems = ekslint_problems(e, "oneline", &english);
        if (good || !strstr(problems.text, rows[i].says)) {
            print_error("%s%s", rows[i].config, problems.text);
        }
        assert_false(good);
        assert_non_null(strstr(problems.text, rows[i].says));
        assert_non_null(strstr(problems.text, "c:1:"));
        ekslint_text_free(problems);
        ekslint_free(e);
    }
}

static void a_comment_of_a_forbidden_rule_hides_nothing(void **state)
{
    (void)state;
    ekslint *e = engine();
    assert_true(configure(e, "forbid-suppressing: mine/star\n"));
    add(e, "a.yaml", V "Statement:\n- " S("'*'") " " ALLOW "\n");
    assert_int_equal(ekslint_check(e), EKSLINT_FINDINGS);
    assert_true(says(e, "3 mine/star; 3 suppression/forbidden", "forbidden"));
    ekslint_free(e);
}

static void nothing_is_tolerated_where_that_is_asked_for(void **state)
{
    (void)state;
    ekslint *e = engine();
    assert_true(configure(e, ENTRY "'*'}\n"));
    ekslint_no_suppressions(e);
    add(e, "a.yaml", V "Statement:\n- " S("'*'") " " ALLOW "\n# ekslint: nonsense\n");
    assert_int_equal(ekslint_check(e), EKSLINT_FINDINGS);
    assert_true(says(e, "3 mine/star", "no suppressions"));
    ekslint_free(e);
}

/* A rule of another kind, or of a case, may speak in a run that sees more. */
static void unused_is_said_only_of_what_was_decided(void **state)
{
    (void)state;
    ekslint *e = engine();
    add_rule(e, "id: mine/case\nseverity: error\nkind: case\ntitle: t\nselect: $.roles[*]\n"
                "if-absent: skip\nrequire: is_role_arn(@.arn)\nmessage: m\n");
    add(e, "a.yaml",
        "# ekslint: allow mine/case -- r\n" V
        "Statement:\n- " S("a") " # ekslint: allow case/conflict -- r\n- " S(
            "b") " # ekslint: allow mine/scp -- r\n");
    assert_int_equal(ekslint_check(e), EKSLINT_OK);
    assert_true(says(e, "5 suppression/unused", "decided"));
    ekslint_free(e);
}

/* A configuration with one entry more than there may be, and with as many. */
static void entries_have_a_limit(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        ekslint *e = engine();
        struct buf text = buf_with_max(1 << 20);
        buf_add_c(&text, "suppressions:\n");
        for (size_t i = 0; i < CONFIG_SUPPRESSIONS_MAX + more; i++) {
            buf_printf(&text, "- {rule: mine/star, reason: r, file: 'f%zu'}\n", i);
        }
        buf_add_char(&text, '\0');
        assert_int_equal(configure(e, text.ptr), !more);
        ekslint_text problems = ekslint_problems(e, "oneline", &english);
        assert_int_equal(strstr(problems.text, "c:1002:3: ") != NULL, more);
        ekslint_text_free(problems);
        ekslint_free(e);
        buf_release(&text);
    }
}

/* Of a file, and of a run: those behind the last do not count, and that is an error. */
static void comments_have_a_limit(void **state)
{
    (void)state;
    static const char *const names[] = {"0.yaml", "1.yaml", "2.yaml",   "3.yaml",
                                        "4.yaml", "5.yaml", "6.yaml",   "7.yaml",
                                        "8.yaml", "9.yaml", "last.yaml"};
    struct buf text = buf_with_max(1 << 20);
    buf_add_c(&text, V "Statement:\n");
    for (size_t i = 0; i < COMMENTS_MAX - 1; i++) {
        buf_add_c(&text, ALLOW "\n");
    }
    buf_add_c(&text, "- " S("'*'") "\n");
    buf_add_char(&text, '\0');
    ekslint *e = engine();
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        add(e, names[i], text.ptr);
    }
    (void)ekslint_check(e);
    assert_int_equal(summary_of(e, "suppressed"), 11);
    assert_int_equal(summary_of(e, "errors"), 11 * (COMMENTS_MAX - 1) - ENGINE_SUPPRESSIONS_MAX);
    ekslint_free(e);
    buf_release(&text);
}

static void texts_are_in_both_languages(void **state)
{
    (void)state;
    for (int ja = 0; ja < 2; ja++) {
        ekslint *e = engine();
        ekslint_set_language(e, ja ? "ja" : "en");
        add(e, "a.yaml", V "Statement:\n- " S("a") " " ALLOW "\n- " S("b") " # ekslint: allow\n");
        (void)ekslint_check(e);
        const ekslint_output output = {.language = ja ? "ja" : "en", .quiet = true};
        ekslint_text text = ekslint_report(e, "oneline", &output);
        assert_int_equal(strstr(text.text, "nothing to allow") == NULL, ja);
        assert_int_equal(strstr(text.text, "without a rule") == NULL, ja);
        ekslint_text_free(text);
        ekslint_free(e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_hide_what_is_in_their_scope),
        cmocka_unit_test(entries_hide_what_is_at_their_path),
        cmocka_unit_test(what_is_wrong_with_an_entry_has_its_place),
        cmocka_unit_test(a_comment_of_a_forbidden_rule_hides_nothing),
        cmocka_unit_test(nothing_is_tolerated_where_that_is_asked_for),
        cmocka_unit_test(unused_is_said_only_of_what_was_decided),
        cmocka_unit_test(entries_have_a_limit),
        cmocka_unit_test(comments_have_a_limit),
        cmocka_unit_test(texts_are_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
