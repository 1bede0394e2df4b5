/* SPDX-License-Identifier: MIT */
/* What may stand in a script that a user runs. */
#include "support.h"

#include "rule/command.h"

static void a_command_that_only_reads_is_told_from_all_others(void **state)
{
    static const struct {
        const char *text;
        bool reads;
    } rows[] = {
        {"aws ec2 describe-key-pairs --region ap-northeast-1 --output json", true},
        {"aws iam get-role --role-name x", true},
        {"aws iam list-role-policies --query 'PolicyNames[]'", true},
        {"aws iam get-role --role-name 'it'\\''s; rm -rf /'", true},
        {"aws  iam   get-role", true},
        {"kubectl get storageclass --output json", true},
        {"kubectl delete storageclass x", false},
        {"kubectl", false},
        {"aws iam create-role --role-name x", false},
        {"aws iam getrole", false},
        {"aws iam", false},
        {"aws --endpoint-url http get-role", false},
        {"aws iam --get-role", false},
        {"'aws' iam get-role", false},
        {"echo aws iam get-role", false},
        {"aws iam get-role; rm x", false},
        {"aws iam get-role > x", false},
        {"aws iam get-role | sh", false},
        {"aws iam get-role & x", false},
        {"aws iam get-role $(x)", false},
        {"aws iam get-role `x`", false},
        {"aws iam get-role \"x\"", false},
        {"aws iam get-role x*", false},
        {"aws iam get-role ~", false},
        {"aws iam get-role #", false},
        {"aws iam get-role 'open", false},
        {"aws iam get-role 'it'\\''", false},
        {"aws iam get-role \\'", false},
        {"aws iam get-role 'a\nb'", false},
        {"aws iam get-role 'a\x1B[2Jb'", false},
        {"aws iam get-role\nrm x", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (command_only_reads(str_from_c(rows[i].text)) != rows[i].reads) {
            fail_msg("%s: %s", rows[i].text, rows[i].reads ? "refused" : "taken");
        }
    }
}

static void a_file_lies_below_its_folder(void **state)
{
    static const struct {
        const char *text;
        bool below;
    } rows[] = {
        {"key-pairs.json", true}, {"ap-northeast-1/key-pairs.json", true},
        {"a/b/c@d+e=f,g", true},  {"", false},
        {"/etc/passwd", false},   {"a/", false},
        {"a//b", false},          {"../a", false},
        {"a/../b", false},        {".a", false},
        {"a/.b", false},          {"-a", false},
        {"a b", false},           {"a'b", false},
        {"a\nb", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (command_file_is_below(str_from_c(rows[i].text)) != rows[i].below) {
            fail_msg("%s: %s", rows[i].text, rows[i].below ? "refused" : "taken");
        }
    }
}

static void a_name_is_found_where_it_is_a_word(void **state)
{
    static const struct {
        const char *text;
        size_t at;
    } rows[] = {
        {"NAME", 0},  {"a NAME b", 2},     {"x.NAME.json", 2}, {"--n NAME --n NAME", 13},
        {"NAMES", 5}, {"MYNAME", 6},       {"NAME_x", 6},      {"", 0},
        {"name", 4},  {"NAME x NAMES", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (command_find_name(str_from_c(rows[i].text)) != rows[i].at) {
            fail_msg("%s: %zu", rows[i].text, command_find_name(str_from_c(rows[i].text)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_that_only_reads_is_told_from_all_others),
        cmocka_unit_test(a_file_lies_below_its_folder),
        cmocka_unit_test(a_name_is_found_where_it_is_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
