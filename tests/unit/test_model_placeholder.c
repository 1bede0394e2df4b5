/* SPDX-License-Identifier: MIT */
/* What is taken for a placeholder, in policies and in words, and what is left as it is written. */
#include "support.h"

#include "model/placeholder.h"

static const struct {
    struct str text;
    bool word, policy;
} rows[] = {
    {STR_INIT("${CLUSTER_NAME}"), true, true},
    {STR_INIT("${CLUSTER_NAME}-ng"), true, true},
    {STR_INIT("arn:${PARTITION}:iam::${ACCOUNT}:role/x"), true, true},
    {STR_INIT("{{ .Values.name }}"), true, true},
    {STR_INIT("a{{name}}b"), true, true},
    {STR_INIT("$REGION"), true, true},
    {STR_INIT("x$_y"), true, true},
    {STR_INIT("$(REGION)"), true, false},
    {STR_INIT("${aws:username}"), true, false},
    {STR_INIT("arn:aws:iam::$account_id:oidc-provider/$oidc_provider"), true, true},
    {STR_INIT("$1 $$ $account"), false, true},
    /* Names of services that have a dollar. */
    {STR_INIT("arn:aws:iot:us-west-2:111122223333:topic/$aws/things/a"), true, false},
    {STR_INIT("arn:aws:lambda:us-west-2:111122223333:function:f:$LATEST"), true, false},
    {STR_INIT("arn:aws:execute-api:us-west-2:111122223333:id/*/$default"), true, false},
    {STR_INIT("arn:aws:execute-api:us-west-2:111122223333:id/*/$connect"), true, false},
    {STR_INIT("arn:aws:execute-api:us-west-2:111122223333:id/*/$disconnect"), true, false},
    {STR_INIT("logs_$folder$"), true, false},
    /* What a reader of documentation has to replace. */
    {STR_INIT("arn:aws:iam::<account-id>:root"), false, false},
    {STR_INIT("ec2.<your-region>.amazonaws.com"), false, false},
    {STR_INIT("arn:aws:iam::AWS_ACCOUNT_ID:root"), false, false},
    /* Nothing is filled in. */
    {STR_INIT(""), false, false},
    {STR_INIT("demo"), false, false},
    {STR_INIT("$"), false, false},
    {STR_INIT("a$"), false, false},
    {STR_INIT("$1"), false, false},
    {STR_INIT("${CLUSTER"), false, false},
    {STR_INIT("$(REGION"), false, false},
    {STR_INIT("{{ name"), false, false},
    {STR_INIT("name }}"), false, false},
    {STR_INIT("{name}"), false, false},
    /* Scripts and sentences have dollars of their own. */
    {STR_INIT("echo ${HOME}"), false, true},
    {STR_INIT("${NAME} b"), false, true},
    {STR_INIT("#!/bin/sh\n/etc/eks/bootstrap.sh $1"), false, false},
    {STR_INIT("a\t$B"), false, true},
    {STR_INIT("$A\r\n"), false, true},
};

static void texts_have_placeholders_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (placeholder_is_in_word(rows[i].text) != rows[i].word ||
            placeholder_is_in_policy(rows[i].text) != rows[i].policy) {
            fail_msg("'%.*s' is misread", STR_ARG(rows[i].text));
        }
        if (rows[i].policy && !placeholder_may_be_in(rows[i].text)) {
            fail_msg("'%.*s' is overlooked", STR_ARG(rows[i].text));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_have_placeholders_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
