/* SPDX-License-Identifier: MIT */
/*
 * The checks of IAM Access Analyzer: their documented examples, AWS's own policies, and places. The
 * former two lie beside the checkout; without them these tests are skipped.
 */
#include "engine_world.h"
#include "base/buf.h"
#include "reading.h"

#include <stdlib.h>

/*
 * A rule need not be there for each check, but how many there are is known; see the printed list. The
 * syntax of JSON is the reader's.
 */
enum { CHECKS_BUILT = 153 };

/* How many of AWS's own policies may have findings, in percent; AWS's service has some in 9 of 100. */
enum { DEFAULT_MAX_PERCENT = 10, ALL_MAX_PERCENT = 11 };

/* ---- the codes that a policy gets ---- */

static void configure(ekslint *e, const char *kind)
{
    const char *nearest;
    assert_true(ekslint_set_profile(e, "access-analyzer"));
    assert_true(ekslint_select(e, "iam/*"));
    assert_true(!kind || ekslint_set_kind(e, kind, &nearest));
}

static json_t *analyze(ekslint *e)
{
    (void)ekslint_check(e);
    ekslint_text text = ekslint_report(e, "access-analyzer", &english);
    json_t *report = json_loadb(text.text, text.len, 0, NULL);
    assert_non_null(report);
    ekslint_text_free(text);
    return report;
}

static json_t *findings_of(json_t *report, size_t file)
{
    return json_object_get(json_array_get(json_object_get(report, "results"), file), "findings");
}

static bool has_code(json_t *report, const char *code)
{
    json_t *findings = findings_of(report, 0);
    for (size_t i = 0; i < json_array_size(findings); i++) {
        json_t *item = json_object_get(json_array_get(findings, i), "issueCode");
        if (strcmp(json_string_value(item), code) == 0) {
            return true;
        }
    }
    return false;
}

static json_t *analyze_text(const char *kind, struct str policy)
{
    ekslint *e = ekslint_new();
    configure(e, kind);
    (void)!ekslint_add_file(e, "policy.json", policy.ptr, policy.len);
    json_t *report = analyze(e);
    ekslint_free(e);
    return report;
}

/* ---- the documented examples ---- */

struct facts {
    struct arena arena;
    const struct tree *tree;
    const struct node *check;
    size_t wrong;
};

static struct str member(const struct facts *facts, const char *name)
{
    return tree_string(facts->tree, facts->check, str_from_c(name));
}

static const char *kind_of(struct facts *facts)
{
    static const char *const kinds[][2] = {{"identity", "iam-policy"},
                                           {"resource", "iam-resource-policy"},
                                           {"trust", "iam-trust-policy"},
                                           {"scp", "iam-scp"},
                                           {"rcp", "iam-rcp"}};
    struct str type = member(facts, "example_resource_type");
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (str_eq(member(facts, "example_policy_type"), str_from_c(kinds[i][0]))) {
            bool resource = i == 1 && type.len;
            return arena_format(&facts->arena, "%s%s%.*s", kinds[i][1], resource ? ":" : "",
                                resource ? (int)type.len : 0, resource ? type.ptr : "")
                .ptr;
        }
    }
    fail_msg("an unknown type of policy");
    return NULL;
}

/* Of a size the example has a place that is filled up: to so many characters, or none of white space. */
static struct str example(struct facts *facts, const char *which)
{
    struct str text = member(facts, which);
    const struct node *pad = tree_member(facts->tree, facts->check, STR("pad"));
    if (!pad) {
        return text;
    }
    struct str token = tree_string(facts->tree, pad, STR("token"));
    struct str key = arena_format(&facts->arena, "%s_size", which);
    bool all = str_eq(tree_string(facts->tree, pad, STR("count")), STR("all"));
    size_t size = (size_t)tree_number(facts->tree, tree_member(facts->tree, pad, key));
    size_t at = str_find(text, token);
    size_t counted = 0;
    for (size_t i = 0; i < text.len; i++) {
        counted += all || !(text.ptr[i] == ' ' || text.ptr[i] == '\n');
    }
    size_t fill = size - (counted - token.len);
    char *filled = arena_array(&facts->arena, char, text.len + fill);
    memcpy(filled, text.ptr, at);
    memset(filled + at, 'a', fill);
    memcpy(filled + at + fill, text.ptr + at + token.len, text.len - at - token.len);
    return (struct str){filled, text.len - token.len + fill};
}

static void expect_code(struct facts *facts, json_t *report, const char *code, bool wanted,
                        const char *which)
{
    if (has_code(report, code) != wanted) {
        facts->wrong++;
        print_error("%.*s, %s: %s\n", STR_ARG(member(facts, "code")), which, code);
    }
}

static void try_check(struct facts *facts)
{
    const char *code = arena_str(&facts->arena, member(facts, "code")).ptr;
    json_t *report = analyze_text(kind_of(facts), example(facts, "fires"));
    const struct node *also = tree_member(facts->tree, facts->check, STR("fires_also"));
    expect_code(facts, report, code, true, "fires");
    for (uint32_t i = 0; also && i < node_size(also); i++) {
        struct str other = tree_text(facts->tree, tree_element(facts->tree, also, i));
        if (!str_ends(other, STR("?"))) {
            expect_code(facts, report, arena_str(&facts->arena, other).ptr, true, "fires");
        }
    }
    json_decref(report);
    report = analyze_text(kind_of(facts), example(facts, "quiet"));
    expect_code(facts, report, code, false, "quiet");
    json_decref(report);
}

static bool is_built(ekslint *e, const char *code)
{
    ekslint_text text = ekslint_rules_show(e, code);
    bool built = text.text || strcmp(code, "JSON_SYNTAX_ERROR") == 0;
    ekslint_text_free(text);
    return built;
}

static void each_check_fires_on_its_example_and_not_on_the_other(void **state)
{
    (void)state;
    char *path = test_shared_path("facts/access-analyzer-checks.yaml");
    struct reading reading;
    struct facts facts = {0};
    struct str bytes = test_read_file(path);
    assert_int_equal(reading_yaml(&reading, bytes), YAML_DOCUMENT);
    facts.tree = &reading.tree;
    ekslint *e = ekslint_new();
    size_t built = 0;
    size_t current = 0;
    for (uint32_t i = 0; i < node_size(facts.tree->root); i++) {
        facts.check = tree_element(facts.tree, facts.tree->root, i);
        const char *code = arena_str(&facts.arena, member(&facts, "code")).ptr;
        if (!str_eq(member(&facts, "status"), STR("current"))) {
            continue;
        }
        current++;
        if (is_built(e, code)) {
            built++;
            try_check(&facts);
        } else {
            print_message("not built: %s\n", code);
        }
    }
    print_message("%zu of %zu checks built, %zu wrong\n", built, current, facts.wrong);
    assert_int_equal(facts.wrong, 0);
    assert_int_equal(built, CHECKS_BUILT);
    ekslint_free(e);
    reading_close(&reading);
    test_free_contents(bytes);
    free(path);
    arena_release(&facts.arena);
}

/* ---- AWS's own policies ---- */

/* Faults of AWS's own policies that its service reports, too; all else of this severity is wrong. */
static bool is_known_error(const char *code)
{
    static const char *const known[] = {"MISSING_ARN_REGION", "MISSING_QUALIFIER",
                                        "INVALID_SERVICE_PRINCIPAL_FORMAT"};
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strcmp(code, known[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void count_codes(json_t *findings, json_t *counts)
{
    for (size_t i = 0; i < json_array_size(findings); i++) {
        json_t *item = json_array_get(findings, i);
        const char *code = json_string_value(json_object_get(item, "issueCode"));
        json_t *count = json_object_get(counts, code);
        json_object_set_new(counts, code,
                            json_integer((count ? json_integer_value(count) : 0) + 1));
    }
}

static void check_that_nearly_all_are_clean(const struct test_files *files, const char *profile,
                                            size_t percent)
{
    struct str *texts = calloc(files->count, sizeof *texts);
    ekslint *e = ekslint_new();
    configure(e, NULL);
    assert_true(ekslint_set_profile(e, profile));
    for (size_t i = 0; i < files->count; i++) {
        texts[i] = test_read_file(files->items[i].path);
        assert_true(ekslint_add_file(e, files->items[i].name, texts[i].ptr, texts[i].len));
    }
    json_t *report = analyze(e);
    json_t *counts = json_object();
    size_t with = json_array_size(json_object_get(report, "results"));
    for (size_t i = 0; i < with; i++) {
        count_codes(findings_of(report, i), counts);
    }
    const char *code;
    json_t *count;
    json_object_foreach(counts, code, count)
    {
        print_message("%6d %s\n", (int)json_integer_value(count), code);
    }
    print_message("profile %s: findings in %zu of %zu files\n", profile, with, files->count);
    json_t *plain = report_of(e);
    json_t *all = json_object_get(plain, "findings");
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *item = json_array_get(all, i);
        if (strcmp(json_string_value(json_object_get(item, "severity")), "error") == 0) {
            char name[128] = "";
            const char *rule = json_string_value(json_object_get(item, "rule")) + strlen("iam/");
            for (size_t c = 0; rule[c] && c + 1 < sizeof name; c++) {
                name[c] = rule[c] == '-' ? '_' : (char)(rule[c] - ('a' - 'A'));
            }
            assert_true(is_known_error(name));
        }
    }
    assert_true(with * 100 <= files->count * percent);
    json_decref(plain);
    json_decref(counts);
    json_decref(report);
    ekslint_free(e);
    for (size_t i = 0; i < files->count; i++) {
        test_free_contents(texts[i]);
    }
    free(texts);
}

static void the_policies_of_aws_are_nearly_silent(void **state)
{
    (void)state;
    char *folder = test_shared_path("corpus/managed-policies");
    struct test_files files = test_list_files(folder, ".json");
    check_that_nearly_all_are_clean(&files, "default", DEFAULT_MAX_PERCENT);
    check_that_nearly_all_are_clean(&files, "access-analyzer", ALL_MAX_PERCENT);
    test_free_files(&files);
    free(folder);
}

/* ---- places ---- */

/* "CODE path LINE:COLUMN@OFFSET-LINE:COLUMN@OFFSET, …", with "." before a name, "/" before a key. */
static void write_locations(json_t *finding, struct buf *out)
{
    json_t *list = json_object_get(finding, "locations");
    buf_printf(out, "%s", json_string_value(json_object_get(finding, "issueCode")));
    for (size_t l = 0; l < json_array_size(list); l++) {
        json_t *location = json_array_get(list, l);
        json_t *path = json_object_get(location, "path");
        buf_add_c(out, l ? "," : "");
        buf_add_char(out, ' ');
        for (size_t i = 0; i < json_array_size(path); i++) {
            json_t *step = json_array_get(path, i);
            json_t *index = json_object_get(step, "index");
            json_t *key = json_object_get(step, "key");
            json_t *name = key ? key : json_object_get(step, "value");
            if (index) {
                buf_printf(out, "[%d]", (int)json_integer_value(index));
            } else {
                buf_printf(out, "%s%s", key ? "/" : ".", json_string_value(name));
            }
        }
        static const char *const ends[] = {"start", "end"};
        for (size_t i = 0; i < 2; i++) {
            json_t *at = json_object_get(json_object_get(location, "span"), ends[i]);
            buf_printf(out, "%s%d:%d@%d", i ? "-" : " ",
                       (int)json_integer_value(json_object_get(at, "line")),
                       (int)json_integer_value(json_object_get(at, "column")),
                       (int)json_integer_value(json_object_get(at, "offset")));
        }
    }
    buf_add_char(out, '\n');
}

static void expect_locations(const char *kind, const char *policy, const char *expected)
{
    json_t *report = analyze_text(kind, str_from_c(policy));
    json_t *findings = findings_of(report, 0);
    struct buf out = buf_with_max(100000);
    for (size_t i = 0; i < json_array_size(findings); i++) {
        write_locations(json_array_get(findings, i), &out);
    }
    assert_str_equal(buf_str(&out), str_from_c(expected));
    buf_release(&out);
    json_decref(report);
}

/* A member's name, a value, an element, the whole text, several places; and characters beyond ASCII. */
static void places_are_counted_as_the_service_counts_them(void **state)
{
    (void)state;
    expect_locations(
        "iam-policy",
        "{\"Statement\": [\n"
        "  {\"Sid\": \"\", \"Effect\": \"Allow\",\n"
        "   \"Action\": [\"s3:Get*\", \"s3:GetObject\"], \"Resource\": \"fakeArn\",\n"
        "   \"Condition\": {\"StringLike\": {\"aws:SourceArn\": \"arn:aws:s3:::\\u00e9é\","
        " \"aws:TagKeys\": \"x\"}}},\n"
        "  {\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": []}]}\n",
        "MISSING_VERSION  1:0@0-6:0@267\n"
        "EMPTY_SID_VALUE .Statement[0].Sid 2:10@26-2:12@28\n"
        "REDUNDANT_ACTION .Statement[0].Action[0] 3:14@63-3:23@72,"
        " .Statement[0].Action[1] 3:25@74-3:39@88\n"
        "MISSING_ARN_FIELD .Statement[0].Resource 3:54@103-3:63@112\n"
        "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"
        " .Statement[0].Condition.StringLike/aws:SourceArn 4:32@146-4:47@161\n"
        "MISSING_QUALIFIER"
        " .Statement[0].Condition.StringLike/aws:TagKeys 4:73@187-4:86@200\n"
        "EMPTY_ARRAY_RESOURCE .Statement[1].Resource 5:51@261-5:53@263\n");
    expect_locations(
        "iam-policy",
        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": "
        "\"iam:PassRole\", \"Resource\": \"*\"}}",
        "PASS_ROLE_WITH_STAR_IN_RESOURCE .Statement.Action 1:69@69-1:83@83,"
        " .Statement.Resource 1:97@97-1:100@100\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_fires_on_its_example_and_not_on_the_other),
        cmocka_unit_test(the_policies_of_aws_are_nearly_silent),
        cmocka_unit_test(places_are_counted_as_the_service_counts_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
