/* SPDX-License-Identifier: MIT */
/* The formats for programs: what each says, where its limits are, and names from hostile places. */
#include "fuzz/check_report.h"
#include "report_world.h"

#include "report/uri.h"

static json_t *read_back(struct world *world, const char *format)
{
    struct str text = write_as(world, format);
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        fail_msg("%s: %s: %.*s", format, error.text, STR_ARG(text));
    }
    return root;
}

/* The value at a path like "runs/0/results/1/level"; it must be there. */
static const json_t *at(const json_t *value, const char *path)
{
    struct str rest = str_from_c(path);
    bool more = true;
    while (more) {
        struct str step;
        char key[64];
        more = str_cut(rest, '/', &step, &rest);
        snprintf(key, sizeof key, "%.*s", STR_ARG(step));
        value = json_is_array(value) ? json_array_get(value, (size_t)strtoul(key, NULL, 10))
                                     : json_object_get(value, key);
        if (!value) {
            fail_msg("nothing at '%s' of '%s'", key, path);
        }
    }
    return value;
}

static void assert_text(const json_t *root, const char *path, const char *expected)
{
    assert_true(json_is_string(at(root, path)));
    assert_string_equal(json_string_value(at(root, path)), expected);
}

static void assert_number(const json_t *root, const char *path, json_int_t expected)
{
    assert_true(json_is_integer(at(root, path)));
    assert_int_equal(json_integer_value(at(root, path)), expected);
}

#define RESULT "runs/0/results/0/"
#define REGION RESULT "locations/0/physicalLocation/region/"
#define NOTE "runs/0/invocations/0/toolExecutionNotifications/"

static void sarif_says_all_of_a_finding(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_full(world);
    add_undecided(world, STR("a/one"), STR("aws iam list-roles"));
    json_t *root = read_back(world, "sarif");
    assert_text(root, "version", "2.1.0");
    assert_text(root, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    assert_text(root, "runs/0/columnKind", "unicodeCodePoints");
    assert_text(root, "runs/0/tool/driver/semanticVersion", "0.1.0");
    assert_text(root, RESULT "ruleId", "gitlab/role-arn-invalid");
    assert_number(root, RESULT "ruleIndex", 0);
    assert_text(root, RESULT "level", "error");
    assert_text(root, RESULT "locations/0/physicalLocation/artifactLocation/uri",
                "gitlab-eks.yaml");
    assert_text(root, RESULT "locations/0/physicalLocation/artifactLocation/uriBaseId",
                "%SRCROOT%");
    assert_text(root, RESULT "locations/0/logicalLocations/0/fullyQualifiedName",
                "$['role']['arn']");
    assert_number(root, REGION "startLine", 3);
    assert_number(root, REGION "startColumn", 8);
    assert_number(root, REGION "endLine", 3);
    assert_number(root, REGION "endColumn", 33);
    assert_number(root, REGION "byteOffset", 23);
    assert_number(root, REGION "byteLength", 25);
    assert_text(root, REGION "snippet/text", "arn:aws:iam::12345:role/x");
    assert_number(root, RESULT "relatedLocations/0/id", 1);
    assert_text(root, RESULT "relatedLocations/0/message/text", "the region is given here");
    const json_t *prints = at(root, RESULT "partialFingerprints");
    assert_string_equal(json_string_value(json_object_get(prints, "ekslint/v1")), "0123abcd");
    json_decref(root);
    world_free(world);
}

static void sarif_describes_rules_and_what_is_open(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_full(world);
    add_undecided(world, STR("a/one"), STR("aws iam list-roles"));
    json_t *root = read_back(world, "sarif");
    static const char *const required[] = {
        "shortDescription/text", "fullDescription/text",       "help/text",
        "help/markdown",         "defaultConfiguration/level", "properties/precision"};
    for (size_t rule = 0; rule < 2; rule++) {
        for (size_t i = 0; i < COUNT_OF(required); i++) {
            char path[100];
            snprintf(path, sizeof path, "runs/0/tool/driver/rules/%zu/%s", rule, required[i]);
            assert_true(json_string_length(at(root, path)) > 0);
        }
    }
    assert_text(root, "runs/0/tool/driver/rules/0/name", "GitlabRoleArnInvalid");
    assert_text(root, "runs/0/tool/driver/rules/1/id", "a/one");
    assert_true(json_is_true(at(root, "runs/0/invocations/0/executionSuccessful")));
    assert_text(root, NOTE "0/level", "note");
    assert_number(root, NOTE "0/associatedRule/index", 1);
    assert_text(root, NOTE "0/message/text",
                "could not be decided; missing: $.regions[*].key_pairs; collect it with: aws iam "
                "list-roles");
    json_decref(root);
    world_free(world);
}

static void sarif_says_which_input_could_not_be_read(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct finding finding = {
        .rule = STR("file/unreadable"),
        .severity = SEVERITY_ERROR,
        .unreadable = true,
        .file = STR("a b.json"),
        .message = STR("permission denied"),
    };
    findings_add(&world->findings, &finding);
    json_t *root = read_back(world, "sarif");
    assert_true(json_is_false(at(root, "runs/0/invocations/0/executionSuccessful")));
    assert_text(root, NOTE "0/level", "error");
    assert_text(root, NOTE "0/message/text", "permission denied");
    assert_text(root, NOTE "0/locations/0/physicalLocation/artifactLocation/uri", "a%20b.json");
    assert_number(root, REGION "startLine", 1);
    json_decref(root);
    world_free(world);
}

/* A link in a message would be one in the viewer (SARIF 2.1.0 §3.11.6). */
static void sarif_messages_hold_no_links(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct finding finding = {
        .rule = STR("r/x"),
        .severity = SEVERITY_ERROR,
        .message = STR("['a'] [here](https://example.com/)"),
    };
    findings_add(&world->findings, &finding);
    json_t *root = read_back(world, "sarif");
    assert_text(root, RESULT "message/text", "\\['a'\\] \\[here\\](https://example.com/)");
    json_decref(root);
    world_free(world);
}

/* GitHub refuses more than 25,000 results; the least severe are left out, and that is said. */
static void sarif_keeps_to_what_github_takes(void **state)
{
    (void)state;
    enum { MOST = 25000, ERRORS = 3 };
    struct world *world = world_new();
    for (size_t i = 0; i < MOST + ERRORS; i++) {
        bool error = i >= MOST;
        struct finding finding = {.rule = error ? STR("r/error") : STR("r/info"),
                                  .severity = error ? SEVERITY_ERROR : SEVERITY_INFO,
                                  .message = STR("m")};
        findings_add(&world->findings, &finding);
    }
    json_t *root = read_back(world, "sarif");
    const json_t *results = at(root, "runs/0/results");
    assert_int_equal(json_array_size(results), MOST);
    assert_text(json_array_get(results, MOST - ERRORS - 1), "ruleId", "r/info");
    assert_text(json_array_get(results, MOST - ERRORS), "ruleId", "r/error");
    assert_text(json_array_get(results, MOST - 1), "ruleId", "r/error");
    assert_text(root, NOTE "0/descriptor/id", "ekslint/limit");
    assert_true(strstr(json_string_value(at(root, NOTE "0/message/text")), "3 results are") !=
                NULL);
    json_decref(root);
    world_free(world);
}

static void paths_become_uris(void **state)
{
    static const struct {
        const char *path, *uri;
        bool relative;
    } rows[] = {
        {"a/b.json", "a/b.json", true},
        {"./a.json", "a.json", true},
        {"../a.json", "../a.json", true},
        {"a b#c?d%41.json", "a%20b%23c%3Fd%2541.json", true},
        {"C:\\x\\y.json", "C%3A%5Cx%5Cy.json", true},
        {"http://x/y", "http%3A//x/y", true},
        {"\xE9\x8D\xB5.json", "%E9%8D%B5.json", true},
        {"a\xFF\n.json", "a%FF%0A.json", true},
        {"/etc/x y", "file:///etc/x%20y", false},
        {"", "", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena = {0};
        bool relative;
        struct str uri = uri_of_path(&arena, str_from_c(rows[i].path), &relative);
        assert_str_equal(uri, str_from_c(rows[i].uri));
        assert_int_equal(relative, rows[i].relative);
        arena_release(&arena);
    }
    assert_true(uri_is_web(STR("https://example.com/a#b")));
    assert_false(uri_is_web(STR("javascript:x")));
    assert_false(uri_is_web(STR("https://")));
    assert_false(uri_is_web(STR("https://a b")));
}

static void gitlab_says_what_its_documentation_lists(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_full(world);
    json_t *root = read_back(world, "gitlab");
    assert_text(root, "0/check_name", "gitlab/role-arn-invalid");
    assert_text(root, "0/description",
                "the account id '12345' in the role ARN has 5 digits, and AWS account ids have 12 "
                "[gitlab/role-arn-invalid]");
    assert_text(root, "0/severity", "critical");
    assert_text(root, "0/fingerprint", "0123abcd");
    assert_text(root, "0/location/path", "gitlab-eks.yaml");
    assert_number(root, "0/location/lines/begin", 3);
    assert_number(root, "0/location/positions/begin/column", 8);
    json_decref(root);
    world_free(world);
}

static void github_gives_columns_on_one_line_only(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_finding(world, place_at(world, STR("a,b:%.json"), STR("ab\ncd\n"), 1, 2));
    add_finding(world, place_at(world, STR("b"), STR("ab\ncd\n"), 1, 5));
    assert_str_equal(
        write_as(world, "github"),
        STR("::error file=a%2Cb%3A%25.json,line=1,col=2,endLine=1,endColumn=2,title=r/x::bad\n"
            "::error file=b,line=1,endLine=2,title=r/x::bad\n"));
    world_free(world);
}

static void nothing_forges_a_workflow_command(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct finding finding = {
        .rule = STR("r/x"),
        .severity = SEVERITY_WARNING,
        .file = STR("a\n::error::x"),
        .message = STR("m\r\n::add-mask::x 100%0A"),
        .fix = STR("one\n::error::two"),
    };
    findings_add(&world->findings, &finding);
    assert_str_equal(write_as(world, "github"),
                     STR("::warning file=a\\n%3A%3Aerror%3A%3Ax,line=1,endLine=1,title=r/x::"
                         "m\\r\\n::add-mask::x 100%250A%0Afix: one%0A::error::two\n"));
    world_free(world);
}

static void checkstyle_groups_by_file(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct location where = place_at(world, STR("<a>"), STR("abc\n"), 0, 1);
    add_finding(world, where);
    add_finding(world, where);
    add_finding(world, place_at(world, STR("b\x01\n"), STR("abc\n"), 2, 3));
    assert_str_equal(write_as(world, "checkstyle"),
                     STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<checkstyle version=\"4.3\">\n"
                         "  <file name=\"&lt;a&gt;\">\n"
                         "    <error line=\"1\" column=\"1\" severity=\"error\" message=\"bad\" "
                         "source=\"ekslint.r/x\"/>\n"
                         "    <error line=\"1\" column=\"1\" severity=\"error\" message=\"bad\" "
                         "source=\"ekslint.r/x\"/>\n"
                         "  </file>\n"
                         "  <file name=\"b\\x01&#10;\">\n"
                         "    <error line=\"1\" column=\"3\" severity=\"error\" message=\"bad\" "
                         "source=\"ekslint.r/x\"/>\n"
                         "  </file>\n"
                         "</checkstyle>\n"));
    world_free(world);
}

/* Two equal findings, one below the threshold, one undecided rule, one that passed. */
static void add_some_of_each(struct world *world)
{
    static const struct str passed[] = {STR_INIT("r/good")};
    struct location where = place_at(world, STR("f#1"), STR("abc\n"), 0, 1);
    add_finding(world, where);
    add_finding(world, where);
    findings_error(&world->findings, STR("r/warn"), where, "hm")->severity = SEVERITY_WARNING;
    findings_error(&world->findings, STR("syntax/json"), where, "no")->unreadable = true;
    add_undecided(world, STR("r/open"), STR("aws x"));
    world->results.undecided.items[0].at = where;
    world->report.fail_on = SEVERITY_ERROR;
    world->report.passed = passed;
    world->report.passed_count = 1;
}

static void junit_tells_failures_errors_and_skipped_ones_apart(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_some_of_each(world);
    world->report.today = STR("2026-11-22");
    struct str text = write_as(world, "junit");
    static const char *const parts[] = {
        "<testsuites>\n",
        "<testsuite name=\"f#1\" tests=\"5\" failures=\"2\" errors=\"1\" skipped=\"1\" "
        "package=\"ekslint\" id=\"0\" timestamp=\"2026-11-22T00:00:00\" hostname=\"localhost\" "
        "time=\"0\">\n",
        "<testsuite name=\"ekslint\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\" "
        "package=\"ekslint\" id=\"1\" ",
        "<testcase classname=\"f#1\" name=\"r/x\" time=\"0\">",
        "<testcase classname=\"f#1\" name=\"r/x (2)\" time=\"0\">",
        "<failure message=\"bad\" type=\"error\">f#1:1:1: bad</failure>\n",
        "<system-out>f#1:1:1: hm\n</system-out>\n",
        "<error message=\"no\" type=\"error\">f#1:1:1: no</error>\n",
        (">f#1:1:1: could not be decided; missing: $.regions[*].key_pairs; collect it with: aws "
         "x</skipped>\n"),
        "<testcase classname=\"ekslint\" name=\"r/good\" time=\"0\"/>\n",
    };
    assert_true(report_is_xml(text));
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (str_find(text, str_from_c(parts[i])) == text.len) {
            fail_msg("without %s: %.*s", parts[i], STR_ARG(text));
        }
    }
    world_free(world);
}

static void tap_numbers_all_and_skips_what_is_open(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_some_of_each(world);
    struct str text = write_as(world, "tap");
    static const char *const parts[] = {
        "TAP version 13\n1..6\nnot ok 1 - f\\#1: r/x\n  ---\n  message: \"bad\"\n",
        "\nok 3 - f\\#1: r/warn\n  ---\n",
        "\nnot ok 4 - f\\#1: syntax/json\n",
        "\nok 5 - f\\#1: r/open # SKIP could not be decided; missing: ",
        "\nok 6 - r/good\n",
    };
    assert_true(report_is_tap(text));
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (str_find(text, str_from_c(parts[i])) == text.len) {
            fail_msg("without %s: %.*s", parts[i], STR_ARG(text));
        }
    }
    world_free(world);
}

static void what_fails_the_run_fails_a_test(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_some_of_each(world);
    world->report.fail_on = SEVERITY_WARNING;
    world->report.fail_on_unknown = true;
    struct str text = write_as(world, "tap");
    assert_true(report_is_tap(text));
    assert_true(str_find(text, STR("\nnot ok 3 - f\\#1: r/warn\n")) < text.len);
    assert_true(str_find(text, STR("\nnot ok 5 - f\\#1: r/open\n")) < text.len);
    text = write_as(world, "junit");
    assert_true(str_find(text, STR("failures=\"4\" errors=\"1\" skipped=\"0\"")) < text.len);
    world_free(world);
}

static void json_lines_name_their_type(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_full(world);
    add_undecided(world, STR("a/one"), STR("aws iam list-roles"));
    struct str text = write_as(world, "jsonl");
    static const char *const types[] = {"finding", "unknown", "summary"};
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        struct str line;
        assert_true(str_cut(text, '\n', &line, &text));
        json_t *root = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
        assert_text(root, "type", types[i]);
        json_decref(root);
    }
    assert_int_equal(text.len, 0);
    world_free(world);
}

/* A run without findings is a valid document, and one that judged nothing never looks like it. */
static void empty_reports_are_documents(void **state)
{
    (void)state;
    struct world *world = world_new();
    static const struct str passed[] = {STR_INIT("r/good")};
    world->report.passed = passed;
    world->report.passed_count = 1;
    world->results.documents = 1;
    world->results.rules.pass = 1;
    assert_str_equal(write_as(world, "gitlab"), STR("[]\n"));
    assert_str_equal(write_as(world, "github"), (struct str){0});
    assert_str_equal(write_as(world, "tap"), STR("TAP version 13\n1..1\nok 1 - r/good\n"));
    assert_true(report_is_xml(write_as(world, "junit")));
    assert_str_equal(write_as(world, "checkstyle"),
                     STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<checkstyle version=\"4.3\"/>\n"));
    json_t *root = read_back(world, "sarif");
    assert_int_equal(json_array_size(at(root, "runs/0/results")), 0);
    assert_int_equal(json_array_size(at(root, "runs/0/tool/driver/rules")), 0);
    assert_int_equal(json_array_size(at(root, "runs/0/invocations/0/toolExecutionNotifications")),
                     0);
    json_decref(root);
    world_free(world);
}

static void a_run_that_evaluated_nothing_says_so_everywhere(void **state)
{
    static const char *const formats[] = {"sarif", "junit", "github", "tap"};
    (void)state;
    struct world *world = world_new();
    world->results.files = 2;
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        struct str text = write_as(world, formats[i]);
        if (str_find(text, STR("nothing was evaluated: no document of a known kind in 2 files")) ==
            text.len) {
            fail_msg("%s: %.*s", formats[i], STR_ARG(text));
        }
    }
    world_free(world);
}

/* Characters that some reader takes for the end of a line, or a terminal for a command. */
static void json_escapes_what_steers_terminals(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct finding finding = {
        .rule = STR("r/x"),
        .severity = SEVERITY_ERROR,
        .message = STR("\xC2\x9B\x7F\xE2\x80\xA8\xE2\x80\xAE\xF3\xA0\x81\x81\xE9\x8D\xB5"),
    };
    findings_add(&world->findings, &finding);
    struct str text = write_as(world, "jsonl");
    struct str escaped =
        STR("\"message\":\"\\u009b\\u007f\\u2028\\u202e\\udb40\\udc41\xE9\x8D\xB5\"");
    assert_true(str_find(text, escaped) < text.len);
    json_t *root = json_loadb(text.ptr, str_find_char(text, '\n'), 0, NULL);
    assert_text(root, "message", finding.message.ptr);
    json_decref(root);
    world_free(world);
}

static void the_language_of_the_report_is_that_of_its_texts(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.language = REPORT_JA;
    world->results.documents = 1;
    world->results.rules.unknown = 1;
    add_undecided(world, STR("a/one"), STR("aws x"));
    place_at(world, STR("f"), STR("abcdef\n"), 0, 0);
    json_t *root = read_back(world, "sarif");
    assert_text(root, "runs/0/language", "ja");
    assert_text(root, NOTE "0/message/text",
                "判定できませんでした。不足: $.regions[*].key_pairs。取得コマンド: aws x");
    assert_text(root, "runs/0/tool/driver/rules/0/shortDescription/text", "ルール以外の問題");
    json_decref(root);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sarif_says_all_of_a_finding),
        cmocka_unit_test(sarif_describes_rules_and_what_is_open),
        cmocka_unit_test(sarif_says_which_input_could_not_be_read),
        cmocka_unit_test(sarif_messages_hold_no_links),
        cmocka_unit_test(sarif_keeps_to_what_github_takes),
        cmocka_unit_test(paths_become_uris),
        cmocka_unit_test(gitlab_says_what_its_documentation_lists),
        cmocka_unit_test(github_gives_columns_on_one_line_only),
        cmocka_unit_test(nothing_forges_a_workflow_command),
        cmocka_unit_test(checkstyle_groups_by_file),
        cmocka_unit_test(junit_tells_failures_errors_and_skipped_ones_apart),
        cmocka_unit_test(tap_numbers_all_and_skips_what_is_open),
        cmocka_unit_test(what_fails_the_run_fails_a_test),
        cmocka_unit_test(json_lines_name_their_type),
        cmocka_unit_test(empty_reports_are_documents),
        cmocka_unit_test(a_run_that_evaluated_nothing_says_so_everywhere),
        cmocka_unit_test(json_escapes_what_steers_terminals),
        cmocka_unit_test(the_language_of_the_report_is_that_of_its_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
