/* SPDX-License-Identifier: MIT */
/* What one policy allows plainly: wildcards, accounts, Deny, conditions, what is not known. */
#include "model_world.h"

#include "rule/functions.h"

#define ROLES "'arn:aws:iam::*:role/*'"
#define ALLOW(action, resource) "{Effect: Allow, Action: [" action "], Resource: [" resource "]}"
#define DENY(action, resource) "{Effect: Deny, Action: [" action "], Resource: [" resource "]}"
#define WHEN(action, condition)                                                                    \
    "{Effect: Allow, Action: [" action "], Resource: ['*'], Condition: " condition "}"
#define PASSED "'iam:PassedToService'"

static const struct {
    const char *statements, *expression;
    enum truth answer;
} rows[] = {
    {ALLOW("'iam:*'", "'*'"), "policy_allows('iam:PassRole', " ROLES ")", TRUTH_TRUE},
    {ALLOW("'*'", "'*'"), "policy_allows('iam:PassRole', " ROLES ")", TRUTH_TRUE},
    {ALLOW("'IAM:passrole'", "'arn:aws:iam::*:role/*'"), "policy_allows('iam:PassRole', " ROLES ")",
     TRUTH_TRUE},
    {ALLOW("'iam:GetRole'", "'*'"), "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    /* Of one account, or of another partition, it is all the same. */
    {ALLOW("'iam:PassRole'", "'arn:aws:iam::111122223333:role/*'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_TRUE},
    {ALLOW("'iam:PassRole'", "'arn:aws-cn:iam::111122223333:*'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_TRUE},
    {ALLOW("'iam:PassRole'", "'arn:aws:iam::111122223333:role/app-*'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {ALLOW("'iam:PassRole'", "'arn:aws:iam::111122223333:user/*'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {ALLOW("'iam:PassRole'", "'arn:aws:s3:::*'"), "policy_allows('iam:PassRole', " ROLES ")",
     TRUTH_FALSE},
    {ALLOW("'iam:CreateAccessKey'", "'arn:aws:iam::*:user/${aws:username}'"),
     "policy_allows('iam:CreateAccessKey', 'arn:aws:iam::*:user/*')", TRUTH_FALSE},
    {"{Effect: Allow, NotAction: ['s3:*'], Resource: ['*']}",
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_TRUE},
    {"{Effect: Allow, NotAction: ['iam:*'], Resource: ['*']}",
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {"{Effect: Allow, Action: ['iam:PassRole'], NotResource: ['arn:aws:iam::*:role/admin']}",
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    /* A Deny that matches, or may match, is a restriction. */
    {ALLOW("'iam:*'", "'*'") ", " DENY("'iam:Pass*'", "'*'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {ALLOW("'iam:*'", "'*'") ", " DENY("'iam:PassRole'", "'arn:aws:iam::*:role/admin'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {ALLOW("'iam:*'", "'*'") ", " DENY("'iam:GetRole'", "'*'"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_TRUE},
    /* Conditions: on the key that is given, and on others. */
    {WHEN("'iam:PassRole'", "{StringEquals: {" PASSED ": [eks.amazonaws.com]}}"),
     "policy_allows('iam:PassRole', " ROLES ", " PASSED ", 'eks.amazonaws.com')", TRUTH_TRUE},
    {WHEN("'iam:PassRole'", "{StringEquals: {" PASSED ": [eks.amazonaws.com]}}"),
     "policy_allows('iam:PassRole', " ROLES ", " PASSED ", 'ec2.amazonaws.com')", TRUTH_FALSE},
    {WHEN("'iam:PassRole'", "{StringEquals: {" PASSED ": [eks.amazonaws.com]}}"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {WHEN("'iam:PassRole'", "{StringEquals: {'aws:RequestTag/a': [b]}}"),
     "policy_allows('iam:PassRole', " ROLES ")", TRUTH_FALSE},
    {WHEN("'iam:PassRole'", "!unknown ''"), "policy_allows('iam:PassRole', " ROLES ")",
     TRUTH_UNKNOWN},
    {ALLOW("!unknown ''", "'*'"), "policy_allows('iam:PassRole', " ROLES ")", TRUTH_UNKNOWN},
    {ALLOW("'iam:PassRole'", "!unknown ''"), "policy_allows('iam:PassRole', " ROLES ")",
     TRUTH_UNKNOWN},
    {ALLOW("'iam:PassRole'", "'*', !unknown ''"), "policy_allows('iam:PassRole', " ROLES ")",
     TRUTH_TRUE},
    /* On what a call needs. */
    {ALLOW("'lambda:*'", "'arn:aws:lambda:*:*:function:a-*'"),
     "policy_allows_some('lambda:CreateFunction')", TRUTH_TRUE},
    {ALLOW("'lambda:*'", "'arn:aws:s3:::b/*'"), "policy_allows_some('lambda:CreateFunction')",
     TRUTH_FALSE},
    {ALLOW("'ec2:RunInstances'", "'arn:aws:ec2:*:*:instance/*'"),
     "policy_allows_some('ec2:RunInstances')", TRUTH_FALSE},
    {ALLOW("'ec2:RunInstances'", "'arn:aws:ec2:*::image/*', 'arn:aws:ec2:*:*:*'"),
     "policy_allows_some('ec2:RunInstances')", TRUTH_TRUE},
    {ALLOW("'glue:CreateDevEndpoint'", "'*'"), "policy_allows_some('glue:CreateDevEndpoint')",
     TRUTH_TRUE},
    {ALLOW("'no:Thing'", "'arn:aws:no:::x'"), "policy_allows_some('no:Thing')", TRUTH_FALSE},
    /* By name, whatever else is said. */
    {DENY("'iam:PassRole'", "'*'") ", " WHEN("'eks:*'", "{Bool: {'aws:x': ['true']}}"),
     "policy_names('iam:PassRole')", TRUTH_FALSE},
    {DENY("'iam:PassRole'", "'*'") ", " WHEN("'eks:*'", "{Bool: {'aws:x': ['true']}}"),
     "policy_names('iam:PassRole', 'EKS:describeCluster')", TRUTH_TRUE},
    {ALLOW("'i?m:Pass*'", "'*'"), "policy_names('iam:PassRole')", TRUTH_TRUE},
    {"{Effect: Allow, NotAction: ['iam:*'], Resource: ['*']}", "policy_names('iam:PassRole')",
     TRUTH_TRUE},
};

static enum truth evaluate(struct model *model, const char *statements, const char *expression)
{
    const char *text =
        arena_format(&model->arena, "{Version: '2012-10-17', Statement: [%s]}", statements).ptr;
    const struct tree *tree = model_tree(model, text);
    struct path_compiler compiler = {&model->arena, &model->atoms, &rule_functions, true};
    struct path_error error;
    struct path_program *program =
        path_compile(&compiler, PATH_LOGICAL, str_from_c(expression), &error);
    assert_non_null(program);
    struct iam_checker checker = {.arena = &model->arena};
    struct rule_policy policy = {.checker = &checker,
                                 .arena = &model->arena,
                                 .tree = tree,
                                 .root = tree->root,
                                 .kind = STR("iam-policy")};
    struct rule_context context = {.policy = &policy};
    struct path_env env = {.tree = tree,
                           .root = tree->root,
                           .current = {tree->root, NULL},
                           .scratch = &model->scratch,
                           .steps = 100000,
                           .context = &context};
    return path_test(program, &env);
}

static void a_policy_allows_what_nothing_restricts(void **state)
{
    (void)state;
    struct model *model = model_new();
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        enum truth answer = evaluate(model, rows[i].statements, rows[i].expression);
        if (answer != rows[i].answer) {
            wrong++;
            print_error("%s\n  %s: %d\n", rows[i].statements, rows[i].expression, (int)answer);
        }
    }
    assert_int_equal(wrong, 0);
    model_free(model);
}

static void outside_of_a_policy_nothing_is_known(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, "{}");
    static const char *const asked[] = {"policy_allows('iam:PassRole', '*')",
                                        "policy_allows_some('iam:PassRole')",
                                        "policy_names('iam:PassRole')"};
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        struct path_compiler compiler = {&model->arena, &model->atoms, &rule_functions, true};
        struct path_error error;
        struct path_program *program =
            path_compile(&compiler, PATH_LOGICAL, str_from_c(asked[i]), &error);
        struct path_env env = {
            .tree = tree, .root = tree->root, .scratch = &model->scratch, .steps = 1000};
        assert_non_null(program);
        assert_int_equal(path_test(program, &env), TRUTH_UNKNOWN);
    }
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_allows_what_nothing_restricts),
        cmocka_unit_test(outside_of_a_policy_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
