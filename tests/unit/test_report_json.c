/* SPDX-License-Identifier: MIT */
/* The JSON report, read back. */
#include "report_world.h"

#include <jansson.h>

static json_t *read_back(struct world *world)
{
    struct str text = write_as(world, "json");
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        fail_msg("%s: %.*s", error.text, STR_ARG(text));
    }
    return root;
}

static struct str string_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_string(value));
    return (struct str){json_string_value(value), json_string_length(value)};
}

static void assert_number(const json_t *object, const char *key, json_int_t expected)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_integer(value));
    assert_int_equal(json_integer_value(value), expected);
}

static void test_an_empty_json_report_has_every_list(void **state)
{
    (void)state;
    struct world *world = world_new();
    assert_str_equal(write_as(world, "json"), STR("{\n"
                                                  "  \"version\": 1,\n"
                                                  "  \"tool\": {\n"
                                                  "    \"name\": \"ekslint\",\n"
                                                  "    \"version\": \"0.1.0\",\n"
                                                  "    \"catalogue\": \"2026-08-31\"\n"
                                                  "  },\n"
                                                  "  \"findings\": [],\n"
                                                  "  \"unknown\": [],\n"
                                                  "  \"suppressed\": [],\n"
                                                  "  \"baselined\": [],\n"
                                                  "  \"stale\": [],\n"
                                                  "  \"summary\": {\n"
                                                  "    \"files\": 0,\n"
                                                  "    \"documents\": 0,\n"
                                                  "    \"errors\": 0,\n"
                                                  "    \"warnings\": 0,\n"
                                                  "    \"infos\": 0,\n"
                                                  "    \"unknown\": 0,\n"
                                                  "    \"suppressed\": 0,\n"
                                                  "    \"baselined\": 0,\n"
                                                  "    \"stale\": 0,\n"
                                                  "    \"rules\": {\n"
                                                  "      \"fail\": 0,\n"
                                                  "      \"pass\": 0,\n"
                                                  "      \"notApplicable\": 0,\n"
                                                  "      \"unknown\": 0\n"
                                                  "    }\n"
                                                  "  }\n"
                                                  "}\n"));
    json_decref(read_back(world));
    world_free(world);
}

static void test_json_says_all_of_a_finding(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_full(world);
    add_undecided(world, STR("a/one"), STR("aws iam list-roles"));
    json_t *root = read_back(world);
    json_t *finding = json_array_get(json_object_get(root, "findings"), 0);
    static const struct {
        const char *key;
        struct str value;
    } strings[] = {
        {"rule", STR_INIT("gitlab/role-arn-invalid")},
        {"severity", STR_INIT("error")},
        {"result", STR_INIT("fail")},
        {"file", STR_INIT("gitlab-eks.yaml")},
        {"path", STR_INIT("$['role']['arn']")},
        {"kind", STR_INIT("gitlab-eks")},
        {"stage", STR_INIT("authenticate")},
        {"fingerprint", STR_INIT("0123abcd")},
    };
    for (size_t i = 0; i < COUNT_OF(strings); i++) {
        assert_str_equal(string_at(finding, strings[i].key), strings[i].value);
    }
    assert_number(finding, "line", 3);
    assert_number(finding, "column", 8);
    assert_number(finding, "endLine", 3);
    assert_number(finding, "endColumn", 33);
    assert_number(finding, "offset", 23);
    assert_number(finding, "endOffset", 48);
    assert_int_equal(json_array_size(json_object_get(finding, "symptoms")), 2);
    assert_int_equal(json_array_size(json_object_get(finding, "docs")), 1);
    json_t *related = json_array_get(json_object_get(finding, "related"), 0);
    assert_str_equal(string_at(related, "message"), STR("the region is given here"));
    assert_number(related, "endColumn", 10);
    json_t *unknown = json_array_get(json_object_get(root, "unknown"), 0);
    assert_str_equal(string_at(unknown, "collect"), STR("aws iam list-roles"));
    assert_str_equal(string_at(unknown, "reason"), (struct str){0});
    assert_number(unknown, "column", 4);
    assert_number(json_object_get(root, "summary"), "unknown", 1);
    json_decref(root);
    world_free(world);
}

static void test_json_offsets_count_the_byte_order_mark(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_finding(world, place_at(world, STR("f"),
                                STR("\xEF\xBB\xBF\xE9\x8D\xB5: x\n\xE9\x8D\xB5"
                                    "yz\n"),
                                10, 11));
    json_t *root = read_back(world);
    json_t *finding = json_array_get(json_object_get(root, "findings"), 0);
    assert_number(finding, "line", 2);
    assert_number(finding, "column", 2);
    assert_number(finding, "offset", 13);
    assert_number(finding, "endOffset", 14);
    json_decref(root);
    world_free(world);
}

static void test_json_positions_inside_strings_are_those_of_the_file(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct source *outer = sources_add(&world->sources, STR("f"), STR("p: |\n  {\"a\":\n  1}\n"));
    /* what the block scalar holds, without its indent */
    static const struct span_run runs[] = {{0, 6, 7, 6}, {6, 3, 15, 3}};
    struct source *inner = sources_add_inner(&world->sources, outer, STR("{\"a\":\n1}\n"),
                                             (struct span_map){runs, COUNT_OF(runs)});
    add_finding(world, (struct location){inner->id, {6, 7}});
    assert_str_equal(write_as(world, "text"), STR("f:3:3: error: bad [r/x]\n"
                                                  "    3 |   1}\n"
                                                  "      |   ^\n"));
    json_t *root = read_back(world);
    json_t *finding = json_array_get(json_object_get(root, "findings"), 0);
    assert_str_equal(string_at(finding, "file"), STR("f"));
    assert_number(finding, "offset", 15);
    json_decref(root);
    world_free(world);
}

static void test_json_repairs_what_is_no_utf8(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct finding finding = {
        .rule = STR("r/x"),
        .severity = SEVERITY_INFO,
        .file = STR("a\xFF\xE3\x81.json\n\""),
        .message = STR("\xC0\x80"),
    };
    findings_add(&world->findings, &finding);
    json_t *root = read_back(world);
    json_t *entry = json_array_get(json_object_get(root, "findings"), 0);
    assert_str_equal(string_at(entry, "file"),
                     STR("a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD.json\n\""));
    assert_str_equal(string_at(entry, "message"), STR("\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_number(entry, "line", 1);
    assert_number(entry, "column", 1);
    assert_number(entry, "endLine", 1);
    assert_number(entry, "endColumn", 1);
    assert_number(entry, "offset", 0);
    assert_number(entry, "endOffset", 0);
    static const char *const lists[] = {"symptoms", "docs", "related"};
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        assert_true(json_is_array(json_object_get(entry, lists[i])));
    }
    json_decref(root);
    world_free(world);
}

static void test_findings_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.quiet = false;
    world->results.documents = 1;
    world->findings.dropped = 7;
    struct str text = write_as(world, "text");
    assert_true(str_starts(text, STR("7 further findings are left out (--limit findings=N, "
                                     "rule-findings=N keep more)\n")));
    json_t *root = read_back(world);
    json_t *dropped = json_object_get(json_object_get(root, "summary"), "dropped");
    assert_int_equal(json_integer_value(dropped), 7);
    json_decref(root);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_json_report_has_every_list),
        cmocka_unit_test(test_json_says_all_of_a_finding),
        cmocka_unit_test(test_json_offsets_count_the_byte_order_mark),
        cmocka_unit_test(test_json_positions_inside_strings_are_those_of_the_file),
        cmocka_unit_test(test_json_repairs_what_is_no_utf8),
        cmocka_unit_test(test_findings_beyond_the_limit_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
