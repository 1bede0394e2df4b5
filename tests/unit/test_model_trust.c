/* SPDX-License-Identifier: MIT */
/* Trust policies: who may assume a role, and with which external ID. */
#include "model_world.h"

#define ACCOUNT "111122223333"
#define USER "arn:aws:iam::111122223333:user/gitlab"
#define BEGIN "{Statement: {Effect: Allow, Action: 'sts:AssumeRole', "
#define NAMES(principal) BEGIN "Principal: " principal "}}"
#define ID(operator, values)                                                                       \
    BEGIN "Principal: {AWS: '" ACCOUNT "'}, Condition: {" operator": {'sts:ExternalId': " values   \
                                                                  "}}}}"

struct row {
    const char *policy;
    const char *principal, *external_id, *all;
};

/* The caller is the user of the account, with the external ID 'abc'. */
static const struct row rows[] = {
    {NAMES("{AWS: '" ACCOUNT "'}"), "true", "true", "true"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":root'}"), "true", "true", "true"},
    {NAMES("{AWS: '" USER "'}"), "true", "true", "true"},
    {NAMES("{AWS: ['999999999999', '" USER "']}"), "true", "true", "true"},
    {NAMES("'*'"), "true", "true", "true"},
    {NAMES("{AWS: '*'}"), "true", "true", "true"},
    {NAMES("{AWS: '999999999999'}"), "false", "false", "false"},
    {NAMES("{AWS: 'arn:aws:iam::999999999999:root'}"), "false", "false", "false"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":user/other'}"), "false", "false", "false"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":user/GitLab'}"), "false", "false", "false"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":user/*'}"), "false", "false", "false"},
    {NAMES("{AWS: '11112222333'}"), "false", "false", "false"},
    {NAMES("{AWS: AIDAEXAMPLE}"), "false", "false", "false"},
    {NAMES("{AWS: []}"), "false", "false", "false"},
    {NAMES("{Service: eks.amazonaws.com}"), "false", "false", "false"},
    {NAMES("{Federated: '*'}"), "false", "false", "false"},
    {"{Statement: {Effect: Allow, Action: 'sts:AssumeRole'}}", "false", "false", "false"},
    {"{Statement: []}", "false", "false", "false"},
    /* Action */
    {"{Statement: {Effect: Allow, Action: 'STS:assume*', Principal: '*'}}", "true", "true", "true"},
    {"{Statement: {Effect: Allow, Action: ['sts:TagSession', '*'], Principal: '*'}}", "true",
     "true", "true"},
    {"{Statement: {Effect: Allow, Action: 'sts:AssumeRoleWithSAML', Principal: '*'}}", "false",
     "false", "false"},
    {"{Statement: {Effect: Allow, Principal: '*'}}", "false", "false", "false"},
    {"{Statement: {Effect: Allow, NotAction: 'iam:*', Principal: '*'}}", "true", "true", "true"},
    {"{Statement: {Effect: Allow, NotAction: 'sts:*', Principal: '*'}}", "false", "false", "false"},
    /* The operators on the external ID */
    {ID("StringEquals", "abc"), "true", "true", "true"},
    {ID("StringEquals", "[x, abc]"), "true", "true", "true"},
    {ID("StringEquals", "ABC"), "true", "false", "false"},
    {ID("StringEquals", "'abc '"), "true", "false", "false"},
    {ID("StringEquals", "[]"), "true", "false", "false"},
    {ID("StringEquals", "'ab*'"), "true", "false", "false"},
    {ID("StringEqualsIfExists", "abc"), "true", "true", "true"},
    {ID("StringEqualsIgnoreCase", "ABC"), "true", "true", "true"},
    {ID("StringEqualsIgnoreCase", "abd"), "true", "false", "false"},
    {ID("StringEqualsIgnoreCaseIfExists", "aBc"), "true", "true", "true"},
    {ID("StringLike", "'a?*'"), "true", "true", "true"},
    {ID("StringLike", "'A*'"), "true", "false", "false"},
    {ID("StringLikeIfExists", "'a*'"), "true", "true", "true"},
    {ID("StringNotEquals", "abc"), "true", "false", "false"},
    {ID("StringNotEquals", "[x, y]"), "true", "true", "true"},
    {ID("StringNotEqualsIfExists", "x"), "true", "true", "true"},
    {ID("StringNotEqualsIgnoreCase", "ABC"), "true", "false", "false"},
    {ID("StringNotEqualsIgnoreCaseIfExists", "ABC"), "true", "false", "false"},
    {ID("StringNotLike", "'a*'"), "true", "false", "false"},
    {ID("StringNotLikeIfExists", "'b*'"), "true", "true", "true"},
    {ID("ForAnyValue:StringEquals", "abc"), "true", "unknown", "unknown"},
    {ID("NumericEquals", "1"), "true", "unknown", "unknown"},
    {ID("StringEquals", "123"), "true", "unknown", "unknown"},
    {ID("StringEquals", "'${aws:username}'"), "true", "unknown", "unknown"},
    {ID("StringEquals", "[abc, 123]"), "true", "true", "true"},
    {ID("StringEquals", "!unknown ''"), "true", "unknown", "unknown"},
    {ID("StringEquals", "{a: b}"), "true", "unknown", "unknown"},
    /* Other keys, several keys, several operators */
    {BEGIN "Principal: '*', Condition: {StringEquals: {'STS:externalid': abc}}}}", "true", "true",
     "true"},
    {BEGIN "Principal: '*', Condition: {Bool: {'aws:SecureTransport': 'true'}}}}", "true", "true",
     "unknown"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {'sts:ExternalId': x, k: v}}}}", "true",
     "false", "false"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {'sts:ExternalId': abc, k: v}}}}", "true",
     "true", "unknown"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {'sts:ExternalId': abc}, StringLike: "
           "{'sts:ExternalId': 'x*'}}}}",
     "true", "false", "false"},
    {BEGIN "Principal: '*', Condition: {}}}", "true", "true", "true"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {}}}}", "true", "true", "true"},
    /* Several statements, and Deny */
    {"{Statement: [{Effect: Allow, Action: '*', Principal: '*', Condition: {StringEquals: "
     "{'sts:ExternalId': x}}}, {Effect: Allow, Action: '*', Principal: {AWS: '" USER "'}}]}",
     "true", "true", "true"},
    {"{Statement: [{Effect: Allow, Action: '*', Principal: '*'}, {Effect: Deny, Action: '*', "
     "Principal: {AWS: '" ACCOUNT "'}}]}",
     "true", "true", "false"},
    {"{Statement: [{Effect: Deny, Action: '*', Principal: '*', Condition: {StringNotEquals: "
     "{'sts:ExternalId': abc}}}, {Effect: Allow, Action: '*', Principal: '*'}]}",
     "true", "true", "true"},
    {"{Statement: [{Effect: Deny, Action: '*', Principal: '*', Condition: {Bool: {k: v}}}, "
     "{Effect: Allow, Action: '*', Principal: '*'}]}",
     "true", "true", "unknown"},
    {"{Statement: [{Effect: Deny, Action: '*', NotPrincipal: {AWS: '999999999999'}}, "
     "{Effect: Allow, Action: '*', Principal: '*'}]}",
     "true", "true", "unknown"},
    {"{Statement: [{Effect: Deny, Action: '*', Principal: {AWS: '999999999999'}}, "
     "{Effect: Allow, Action: '*', Principal: '*'}]}",
     "true", "true", "true"},
    {"{Statement: {Effect: Allow, Action: '*', NotPrincipal: {AWS: x}}}", "unknown", "unknown",
     "unknown"},
    /* What cannot be known */
    {"!unknown ''", "unknown", "unknown", "unknown"},
    {"{}", "unknown", "unknown", "unknown"},
    {"{Statement: !unknown ''}", "unknown", "unknown", "unknown"},
    {"{Statement: [!unknown '']}", "unknown", "unknown", "unknown"},
    {"{Statement: [!unknown '', {Effect: Allow, Action: '*', Principal: '*'}]}", "true", "true",
     "unknown"},
    {"{Statement: {Effect: !unknown '', Action: '*', Principal: '*'}}", "unknown", "unknown",
     "unknown"},
    {"{Statement: {Effect: Allow, Action: !unknown '', Principal: '*'}}", "unknown", "unknown",
     "unknown"},
    {NAMES("!unknown ''"), "unknown", "unknown", "unknown"},
    {NAMES("{AWS: !unknown ''}"), "unknown", "unknown", "unknown"},
    {NAMES("{AWS: [!unknown '', '" ACCOUNT "']}"), "true", "true", "true"},
    {BEGIN "Principal: '*', Condition: !unknown ''}}", "true", "unknown", "unknown"},
    {BEGIN "Principal: '*', Condition: {StringEquals: !unknown ''}}}", "true", "unknown",
     "unknown"},
    /* Wrong types */
    {"x", "unknown", "unknown", "unknown"},
    {"{Statement: x}", "unknown", "unknown", "unknown"},
    {"{Statement: [x, 1, null, [], {}]}", "false", "false", "false"},
    {NAMES("[a]"), "false", "false", "false"},
    {NAMES("1"), "false", "false", "false"},
    {NAMES("{AWS: {a: b}}"), "false", "false", "false"},
    {NAMES("{AWS: [1, null, {}]}"), "false", "false", "false"},
    {"{Statement: {Effect: Allow, Action: [1, null], Principal: '*'}}", "false", "false", "false"},
    {BEGIN "Principal: '*', Condition: x}}", "true", "unknown", "unknown"},
    {BEGIN "Principal: '*', Condition: {StringEquals: [a, b, c, d, e, f]}}}", "true", "unknown",
     "unknown"},
    {BEGIN "Principal: '*', Condition: {StringEquals: x}}}", "true", "unknown", "unknown"},
};

static void check(const struct tree *tree, const char *policy, const struct caller *caller,
                  enum trust_part part, const char *expected)
{
    uint64_t budget = 100000;
    enum truth truth =
        policy_trusts(tree, tree->root, STR("sts:AssumeRole"), caller, part, &budget);
    if (strcmp(truth_words[truth], expected) != 0) {
        fail_msg("%s\n  part %d is %s, not %s", policy, (int)part, truth_words[truth], expected);
    }
}

static void check_rows(const struct row *table, size_t count, const struct caller *caller)
{
    for (size_t i = 0; i < count; i++) {
        struct model *model = model_new();
        const struct tree *tree = model_policy(model, table[i].policy);
        check(tree, table[i].policy, caller, TRUST_PRINCIPAL, table[i].principal);
        check(tree, table[i].policy, caller, TRUST_EXTERNAL_ID, table[i].external_id);
        check(tree, table[i].policy, caller, TRUST_ALL, table[i].all);
        model_free(model);
    }
}

static void a_user_with_an_external_id_is_judged(void **state)
{
    (void)state;
    struct caller caller = {STR(ACCOUNT), STR(USER), STR("abc"), true};
    check_rows(rows, COUNT_OF(rows), &caller);
}

static void a_caller_whose_arn_is_not_known_may_be_the_one(void **state)
{
    static const struct row table[] = {
        {NAMES("{AWS: '" ACCOUNT "'}"), "true", "true", "true"},
        {NAMES("{AWS: '" USER "'}"), "unknown", "unknown", "unknown"},
        {NAMES("{AWS: '999999999999'}"), "false", "false", "false"},
    };
    (void)state;
    struct caller caller = {STR(ACCOUNT), {0}, STR("abc"), true};
    check_rows(table, COUNT_OF(table), &caller);
}

static void a_caller_whose_account_is_not_known_is_nobody_and_everybody(void **state)
{
    static const struct row table[] = {
        {NAMES("'*'"), "true", "true", "true"},
        {NAMES("{AWS: '" ACCOUNT "'}"), "unknown", "unknown", "unknown"},
    };
    (void)state;
    struct caller caller = {{0}, {0}, STR("abc"), true};
    check_rows(table, COUNT_OF(table), &caller);
}

static void without_an_external_id_only_absent_keys_count(void **state)
{
    static const struct row table[] = {
        {ID("StringEquals", "abc"), "true", "false", "false"},
        {ID("StringLike", "'*'"), "true", "false", "false"},
        {ID("StringEqualsIfExists", "abc"), "true", "true", "true"},
        {ID("StringLikeIfExists", "abc"), "true", "true", "true"},
        {ID("StringNotEquals", "abc"), "true", "true", "true"},
        {ID("StringNotLike", "'*'"), "true", "true", "true"},
        {NAMES("'*'"), "true", "true", "true"},
    };
    (void)state;
    struct caller caller = {STR(ACCOUNT), STR(USER), {0}, true};
    check_rows(table, COUNT_OF(table), &caller);
}

static void an_external_id_that_is_not_known_decides_nothing(void **state)
{
    static const struct row table[] = {
        {ID("StringEquals", "abc"), "true", "unknown", "unknown"},
        {ID("StringNotLike", "'*'"), "true", "unknown", "unknown"},
        {NAMES("'*'"), "true", "true", "true"},
        {NAMES("{AWS: '999999999999'}"), "false", "false", "false"},
    };
    (void)state;
    struct caller caller = {STR(ACCOUNT), STR(USER), {0}, false};
    check_rows(table, COUNT_OF(table), &caller);
}

static void a_service_is_named_by_its_principal(void **state)
{
#define SERVICE(value) BEGIN "Principal: {Service: " value "}}}"
    static const struct {
        const char *policy, *trusted;
    } table[] = {
        {SERVICE("eks.amazonaws.com"), "true"},
        {SERVICE("[ec2.amazonaws.com, eks.amazonaws.com]"), "true"},
        {SERVICE("ec2.amazonaws.com"), "false"},
        {SERVICE("EKS.amazonaws.com"), "false"},
        {SERVICE("!unknown ''"), "unknown"},
        {SERVICE("[!unknown '', eks.amazonaws.com]"), "true"},
        {SERVICE("[!unknown '']"), "unknown"},
        {SERVICE("{a: b}"), "false"},
        {SERVICE("1"), "false"},
        {BEGIN "Principal: {AWS: '*'}}}", "false"},
        {BEGIN "Principal: !unknown ''}}", "unknown"},
        {"{Statement: {Effect: Deny, Action: '*', Principal: {Service: eks.amazonaws.com}}}",
         "false"},
        {"{Statement: {Effect: Allow, Action: 'sts:TagSession', Principal: {Service: "
         "eks.amazonaws.com}}}",
         "false"},
        {"{Statement: [!unknown '']}", "unknown"},
        {"{Statement: {Effect: !unknown '', Action: '*', Principal: {Service: eks.amazonaws.com}}}",
         "unknown"},
        {"{Statement: [x, null, {}]}", "false"},
        {"{Statement: x}", "unknown"},
        {"!unknown ''", "unknown"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct model *model = model_new();
        const struct tree *tree = model_policy(model, table[i].policy);
        uint64_t budget = 100000;
        enum truth trusted = policy_trusts_service(tree, tree->root, STR("sts:AssumeRole"),
                                                   STR("eks.amazonaws.com"), &budget);
        assert_row(table[i].policy, str_from_c(truth_words[trusted]), table[i].trusted);
        model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_user_with_an_external_id_is_judged),
        cmocka_unit_test(a_caller_whose_arn_is_not_known_may_be_the_one),
        cmocka_unit_test(a_caller_whose_account_is_not_known_is_nobody_and_everybody),
        cmocka_unit_test(without_an_external_id_only_absent_keys_count),
        cmocka_unit_test(an_external_id_that_is_not_known_decides_nothing),
        cmocka_unit_test(a_service_is_named_by_its_principal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
