/* SPDX-License-Identifier: MIT */
/*
 * The reports for people and for editors: wrapping, colour, hostile texts, both languages, the
 * summary.
 */
#include "ekslint.h"
#include "report_world.h"

#define ESC "\x1B"

static void test_text_is_wrapped_and_complete(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.quiet = false;
    add_full(world);
    assert_str_equal(
        write_as(world, "text"),
        STR("gitlab-eks.yaml:3:8: error: the account id '12345' in the role ARN has 5 digits,\n"
            "    and AWS account ids have 12 [gitlab/role-arn-invalid]\n"
            "    3 |   arn: arn:aws:iam::12345:role/x\n"
            "      |        ^~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "gitlab-eks.yaml:1:9: note: the region is given here\n"
            "    1 | region: x\n"
            "      |         ^\n"
            "  symptom: Validation failed: Role ARN must be a valid Amazon Resource Name\n"
            "  symptom: Access denied: User: arn:aws:iam::111122223333:user/gitlab is not\n"
            "           authorized to perform: sts:AssumeRole\n"
            "  fix: copy the ARN from the role's page in the IAM console:\n"
            "         arn:aws:iam::123456789012:role/x\n"
            "\n"
            "1 error in 3 files (4 documents, 1 file of no known kind); 61 rules passed, 20\n"
            "    not applicable, 1 unknown\n"));
    world_free(world);
}

static void test_without_a_width_nothing_is_wrapped(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.width = 0;
    add_full(world);
    struct str head, rest;
    str_cut(write_as(world, "text"), '\n', &head, &rest);
    assert_str_equal(head,
                     STR("gitlab-eks.yaml:3:8: error: the account id '12345' in the role ARN has 5 "
                         "digits, and AWS account ids have 12 [gitlab/role-arn-invalid]"));
    world_free(world);
}

static void test_colour_comes_only_where_it_is_allowed(void **state)
{
    (void)state;
    struct world *world = world_new();
    add_finding(world, place_at(world, STR("f"), STR("k: v"), 3, 4))->severity = SEVERITY_WARNING;
    world->report.color = true;
    assert_str_equal(write_as(world, "text"),
                     STR(ESC "[1mf" ESC "[0m" ESC "[1m:1:4:" ESC "[0m" ESC "[1;33m warning" ESC
                             "[0m" ESC "[1;33m:" ESC "[0m" ESC "[1m bad" ESC "[0m [r/x]\n"
                             "    1 | k: v\n"
                             "      |    " ESC "[1;33m^" ESC "[0m\n"));
    world->report.color = false;
    struct str plain = write_as(world, "text");
    assert_int_equal(str_find_char(plain, '\x1B'), plain.len);
    world_free(world);
}

static void test_hostile_names_and_messages_forge_nothing(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct location where = place_at(
        world, STR("a\nb.json:1:1: error: x" ESC "]0;\"\xFF\xE2\x80\xAE"), STR("{}"), 0, 1);
    findings_error(&world->findings, STR("r/x"), where, "%s", "value 'a\nb.json:2:2: error: no\r'");
    static const char *const formats[] = {"text", "oneline"};
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        struct str head, rest;
        world->report.width = 0;
        str_cut(write_as(world, formats[i]), '\n', &head, &rest);
        assert_str_equal(head,
                         STR("a\\nb.json:1:1: error: x\\x1B]0;\"\\xFF\\u202E:1:1: error: value "
                             "'a\\nb.json:2:2: error: no\\r' [r/x]"));
    }
    assert_int_equal(str_find_char(buf_str(&world->out), '\n'), world->out.len - 1);
    world_free(world);
}

static void test_a_finding_without_a_place_names_its_file(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct finding finding = {
        .rule = STR("input/unreadable"),
        .severity = SEVERITY_ERROR,
        .unreadable = true,
        .file = STR("missing.json"),
        .message = STR("cannot be read: no such file"),
    };
    findings_add(&world->findings, &finding);
    assert_str_equal(write_as(world, "text"),
                     STR("missing.json: error: cannot be read: no such file [input/unreadable]\n"));
    assert_str_equal(write_as(world, "oneline"),
                     STR("missing.json:1:1: error: cannot be read: no such file "
                         "[input/unreadable]\n"));
    world_free(world);
}

static void test_documents_that_no_rule_is_for_were_not_evaluated(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.quiet = false;
    world->results.files = world->results.documents = 2;
    assert_str_equal(write_as(world, "text"),
                     STR("nothing was evaluated: no rule is for what is in 2 documents\n"));
    world_free(world);
}

static void test_what_is_undecided_is_said(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.quiet = false;
    world->results.files = world->results.documents = 1;
    place_at(world, STR("f"), STR("k: ops"), 3, 6);
    world->results.rules.unknown = 1;
    add_undecided(world, STR("a/one"), STR("aws ec2 describe-key-pairs --region eu-west-1"));
    assert_str_equal(write_as(world, "text"),
                     STR("1 check could not be decided (a/one); run with --format json to see what "
                         "is\n    missing\n"
                         "this command collects it:\n"
                         "  aws ec2 describe-key-pairs --region eu-west-1\n"
                         "\n"
                         "no problems among what could be decided in 1 file (1 document); 0 "
                         "rules passed,\n    0 not applicable, 1 unknown\n"));
    add_undecided(world, STR("a/one"), STR("aws ec2 describe-key-pairs --region eu-west-1"));
    add_undecided(world, STR("a/two"), (struct str){0});
    add_undecided(world, STR("b/three"), STR("aws iam list-roles"));
    add_undecided(world, STR("b/four"), STR("aws iam list-roles"));
    add_undecided(world, STR("b/five"), STR("aws iam list-roles"));
    world->report.width = 0;
    assert_str_equal(write_as(world, "text"),
                     STR("5 checks could not be decided (a/one, a/two, b/three, and 2 more); run "
                         "with --format json to see what is missing\n"
                         "these commands collect it:\n"
                         "  aws ec2 describe-key-pairs --region eu-west-1\n"
                         "  aws iam list-roles\n"
                         "\n"
                         "no problems among what could be decided in 1 file (1 document); 0 "
                         "rules passed, 0 not applicable, 1 unknown\n"));
    assert_str_equal(write_as(world, "oneline"), (struct str){0});
    world_free(world);
}

static void test_a_run_that_judged_nothing_says_so(void **state)
{
    (void)state;
    static const struct str kinds[] = {STR_INIT("GitLab EKS integration"), STR_INIT("IAM policy")};
    struct world *world = world_new();
    world->report.quiet = false;
    world->report.kinds = kinds;
    world->report.kind_count = COUNT_OF(kinds);
    world->report.command_count = 24;
    world->results.files = 2;
    world->results.skipped_files = 2;
    assert_str_equal(
        write_as(world, "text"),
        STR("nothing was evaluated: no document of a known kind in 2 files\n"
            "ekslint understands: GitLab EKS integration, IAM policy, the saved output of 24\n"
            "    aws commands\n"));
    world->results.errors = 1;
    world->report.language = REPORT_JA;
    world->report.width = 0;
    assert_str_equal(
        write_as(world, "text"),
        STR("エラー 1 件。何も評価していません: 2 ファイルの中に、種類の分かる文書がありません\n"
            "ekslint が読めるもの: GitLab EKS integration、IAM policy、保存した aws コマンド 24 "
            "種の出力\n"));
    world->report.quiet = true;
    assert_str_equal(write_as(world, "text"), (struct str){0});
    world_free(world);
}

static void test_japanese_wraps_between_characters(void **state)
{
    (void)state;
    struct world *world = world_new();
    world->report.language = REPORT_JA;
    world->report.quiet = false;
    world->report.width = 40;
    struct finding finding = {
        .rule = STR("gitlab/key-pair"),
        .severity = SEVERITY_ERROR,
        .has_location = true,
        .at = place_at(world, STR("f.yaml"), STR("鍵: ops"), 5, 8),
        .message = STR(
            "リージョン ap-northeast-1 にキーペア「ops」がありません。ほかのリージョンにあります"),
        .fix = STR("キーペアを作成してください"),
    };
    findings_add(&world->findings, &finding);
    world->results.errors = world->results.files = world->results.documents = 1;
    assert_str_equal(write_as(world, "text"), STR("f.yaml:1:4: エラー: リージョン\n"
                                                  "    ap-northeast-1 にキーペア「ops」があ\n"
                                                  "    りません。ほかのリージョンにあります\n"
                                                  "    [gitlab/key-pair]\n"
                                                  "    1 | 鍵: ops\n"
                                                  "      |     ^~~\n"
                                                  "  対処: キーペアを作成してください\n"
                                                  "\n"
                                                  "エラー 1 件 — 1 ファイル（1 文書）。ルー\n"
                                                  "    ル: 合格 0、対象外 0、判定不能 0\n"));
    world_free(world);
}

static void test_formats_are_found_by_name(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_str_equal(report_names(&arena),
                     STR("text, oneline, json, jsonl, sarif, gitlab, junit, github, checkstyle, "
                         "tap, access-analyzer"));
    assert_string_equal(ekslint_formats(), report_names(&arena).ptr); /* what help prints */
    assert_null(report_find(STR("jsn")));
    assert_null(report_find((struct str){0}));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_wrapped_and_complete),
        cmocka_unit_test(test_without_a_width_nothing_is_wrapped),
        cmocka_unit_test(test_colour_comes_only_where_it_is_allowed),
        cmocka_unit_test(test_hostile_names_and_messages_forge_nothing),
        cmocka_unit_test(test_a_finding_without_a_place_names_its_file),
        cmocka_unit_test(test_documents_that_no_rule_is_for_were_not_evaluated),
        cmocka_unit_test(test_what_is_undecided_is_said),
        cmocka_unit_test(test_a_run_that_judged_nothing_says_so),
        cmocka_unit_test(test_japanese_wraps_between_characters),
        cmocka_unit_test(test_formats_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
