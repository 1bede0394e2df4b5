/* SPDX-License-Identifier: MIT */
/* What is said about a terminal's text that was sent for saved output. */
#include "support.h"

#include "model/capture.h"

#include <stdio.h>
#include <stdlib.h>

static void test_what_a_terminal_shows_is_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        bool json;
        const char *says; /* a part of the advice; NULL: nothing is said */
    } rows[] = {
        {"$ aws ec2 describe-vpcs\n{}", 0, true, "command line"},
        {"aws ec2 describe-vpcs\n{}", 0, true, "command line"},
        {"[ec2-user@ip-10-0-0-1 ~]$ aws iam get-role\n{}", 1, true, "command line"},
        {"PS C:\\Users\\taro> aws iam get-role\n{}", 0, true, "command line"},
        {"taro@mac ~ % aws iam get-role --output json\n{}", 0, true, "command line"},
        {"\n\nroot@x:/# aws iam list-roles\n{}", 2, true, "command line"},
        {"{}\n[ec2-user@ip-10-0-0-1 ~]$ \n", 4, true, "command line"},
        {"{}\n$\n", 3, true, "command line"},
        {"{}\nC:\\Users\\taro>\n", 3, true, "command line"},
        {"$ aws ec2 describe-vpcs\nVpcs:\n- a", 0, false, "command line"},
        {"{\"a\": 1}\n(END)", 9, true, "pager"},
        {"-----------\n|  Vpcs  |\n", 1, true, "--output table"},
        {"+----+----+\n|  a | b  |", 0, true, "--output table"},
        {"|  a  |", 0, false, "--output table"},
        {"VPCS\t10.0.0.0/16\tvpc-1\n", 0, true, "--output text"},
        {"Vpcs:\n- CidrBlock: x\n", 0, true, ".yaml"},
        {"\nAn error occurred (AccessDenied) when calling the GetRole operation: x", 1, true,
         "failed"},
        {"Unable to locate credentials. You can configure them", 0, true, "failed"},
        {"", 0, true, "empty"},
        {" \n\t\n", 4, true, "empty"},
        /* Mistakes of an author. */
        {"", 0, false, NULL},
        {"Vpcs: [\n", 7, false, NULL},
        {"---\na: [\n", 7, false, NULL},
        {"{\"Vpcs\": [}", 10, true, NULL},
        {"{\"a\": \"$ aws ec2\" 1}", 18, true, NULL},
        {"{\"a\": 1,\n  \"price\": 5$\n", 20, true, NULL},
        {"# a comment\n{", 0, true, NULL},
        {"VPCS 10.0.0.0/16", 0, true, NULL},
        {"-5x", 2, true, NULL},
        {"the awsome one", 0, true, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str advice = capture_advice(str_from_c(rows[i].text), rows[i].at, rows[i].json);
        bool good = rows[i].says ? str_find(advice, str_from_c(rows[i].says)) < advice.len
                                 : advice.len == 0;
        if (!good) {
            fail_msg("%s: %.*s", rows[i].text, STR_ARG(advice));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_a_terminal_shows_is_told_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
