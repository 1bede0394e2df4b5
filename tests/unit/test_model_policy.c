/* SPDX-License-Identifier: MIT */
/* The normal form of IAM documents, and what the policies of a holder allow. */
#include "model_world.h"

static const struct {
    const char *yaml, *json;
} forms[] = {
    {"{Statement: {Action: a, NotAction: b, Resource: c, NotResource: d}}",
     "{\"Statement\":[{\"Action\":[\"a\"],\"NotAction\":[\"b\"],\"Resource\":[\"c\"],"
     "\"NotResource\":[\"d\"]}]}"},
    {"{Version: v, Statement: [{Sid: s, Effect: Allow, Action: [a, b]}]}",
     "{\"Version\":\"v\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\",\"Action\":[\"a\","
     "\"b\"]}]}"},
    {"{Statement: {Principal: '*'}}", "{\"Statement\":[{\"Principal\":{\"AWS\":[\"*\"]}}]}"},
    {"{Statement: {Principal: {AWS: a, Service: [b]}, NotPrincipal: {AWS: c}}}",
     "{\"Statement\":[{\"Principal\":{\"AWS\":[\"a\"],\"Service\":[\"b\"]},"
     "\"NotPrincipal\":{\"AWS\":[\"c\"]}}]}"},
    {"{Statement: {Condition: {StringEquals: {k: v, l: [w]}, Bool: {b: true}}}}",
     "{\"Statement\":[{\"Condition\":{\"StringEquals\":{\"k\":[\"v\"],\"l\":[\"w\"]},"
     "\"Bool\":{\"b\":[true]}}}]}"},
    /* Wrong types stay what they are, wrapped where a list may stand. */
    {"{Statement: x}", "{\"Statement\":\"x\"}"},
    {"{Statement: }", "{\"Statement\":null}"},
    {"{Statement: [x, 1, null, [{Action: a}]]}",
     "{\"Statement\":[\"x\",1,null,[{\"Action\":\"a\"}]]}"},
    {"{Statement: {Action: 1, Resource: null, NotAction: {a: b}}}",
     "{\"Statement\":[{\"Action\":[1],\"Resource\":[null],\"NotAction\":[{\"a\":\"b\"}]}]}"},
    {"{Statement: {Principal: [a], Condition: x}}",
     "{\"Statement\":[{\"Principal\":[\"a\"],\"Condition\":\"x\"}]}"},
    {"{Statement: {Principal: 1, Condition: {StringEquals: [a], Bool: b}}}",
     "{\"Statement\":[{\"Principal\":1,\"Condition\":{\"StringEquals\":[\"a\"],\"Bool\":\"b\"}}]}"},
    {"[{Statement: {Action: a}}]", "[{\"Statement\":{\"Action\":\"a\"}}]"},
    {"x", "\"x\""},
    {"{}", "{}"},
    {"{statement: {action: a}}", "{\"statement\":{\"action\":\"a\"}}"},
};

static void documents_take_the_normal_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        struct model *model = model_new();
        const struct tree *tree = model_policy(model, forms[i].yaml);
        assert_row(forms[i].yaml, model_json(model, tree, tree->root), forms[i].json);
        model_free(model);
    }
}

/* Every node, the added ones too, covers the bytes of what it stands for. */
static void nodes_keep_the_place_they_were_read_from(void **state)
{
    static const char yaml[] = "{Statement: {Effect: Allow, Action: 'a:B', Principal: \"*\",\n"
                               "  Condition: {Bool: {k: true}}}}";
    static const struct {
        const char *query, *written;
        bool added;
    } rows[] = {
        {"$.Statement",
         "{Effect: Allow, Action: 'a:B', Principal: \"*\",\n"
         "  Condition: {Bool: {k: true}}}",
         true},
        {"$.Statement[0]",
         "{Effect: Allow, Action: 'a:B', Principal: \"*\",\n"
         "  Condition: {Bool: {k: true}}}",
         false},
        {"$.Statement[0].Action", "'a:B'", true},
        {"$.Statement[0].Action[0]", "'a:B'", false},
        {"$.Statement[0].Principal", "\"*\"", true},
        {"$.Statement[0].Principal.AWS", "\"*\"", true},
        {"$.Statement[0].Principal.AWS[0]", "\"*\"", false},
        {"$.Statement[0].Condition.Bool.k", "true", true},
        {"$.Statement[0].Condition.Bool.k[0]", "true", false},
        {"$.Statement[0].Condition", "{Bool: {k: true}}", false},
    };
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_policy(model, yaml);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct nodelist nodes = model_select(model, tree, rows[i].query);
        assert_int_equal(nodes.count, 1);
        const struct node *node = nodes.items[0].node;
        assert_row(rows[i].query, str_slice(str_from_c(yaml), node->lo, node->hi), rows[i].written);
        assert_int_equal((node->flags & NODE_ADDED) != 0, rows[i].added);
    }
    model_free(model);
}

#define MANAGED_NONE ", managed_policies: []"
#define STATEMENT(text) "{policies: [{Statement: [{" text "}]}]" MANAGED_NONE "}"
#define ALLOW_ALL "{Effect: Allow, Action: ['*'], Resource: ['*']}"
#define WITH(policy, rest) "{policies: [{Statement: [" policy "]}]" rest "}"

/* A holder, and whether it may ec2:DescribeVpcs on '*' and sts:AssumeRole on a role. */
static const struct {
    const char *holder;
    const char *vpcs, *assume;
} decisions[] = {
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['*']"), "true", "true"},
    {STATEMENT("Effect: Allow, Action: ['EC2:describevpcs'], Resource: ['*']"), "true", "false"},
    {STATEMENT("Effect: Allow, Action: ['ec2:Describe*', 'x'], Resource: ['*']"), "true", "false"},
    {STATEMENT("Effect: Allow, Action: ['sts:Assume?ole'], Resource: ['*']"), "false", "true"},
    {STATEMENT("Effect: Allow, Action: ['ec2:*'], Resource: ['arn:aws:ec2:*:*:vpc/*']"), "false",
     "false"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['arn:aws:iam::*:role/gitlab-*']"), "false",
     "true"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['arn:aws:iam::*:role/GITLAB-*']"), "false",
     "false"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['arn:aws:iam::*:user/*', '*']"), "true",
     "true"},
    {STATEMENT("Effect: allow, Action: ['*'], Resource: ['*']"), "false", "false"},
    {STATEMENT("Action: ['*'], Resource: ['*']"), "false", "false"},
    {STATEMENT("Effect: Allow, Action: ['*']"), "false", "false"},
    {STATEMENT("Effect: Allow, Resource: ['*']"), "false", "false"},
    {STATEMENT("Effect: Allow, Action: [], Resource: ['*']"), "false", "false"},
    /* NotAction, NotResource */
    {STATEMENT("Effect: Allow, NotAction: ['ec2:*'], Resource: ['*']"), "false", "true"},
    {STATEMENT("Effect: Allow, NotAction: [], Resource: ['*']"), "true", "true"},
    {STATEMENT("Effect: Allow, Action: ['*'], NotResource: ['arn:aws:iam::*:role/*']"), "true",
     "false"},
    {STATEMENT("Effect: Allow, Action: ['*'], NotResource: ['*']"), "false", "false"},
    /* Deny */
    {WITH(ALLOW_ALL ", {Effect: Deny, Action: ['EC2:*'], Resource: ['*']}", MANAGED_NONE), "false",
     "true"},
    {WITH("{Effect: Deny, NotAction: ['ec2:*'], Resource: ['*']}, " ALLOW_ALL, MANAGED_NONE),
     "true", "false"},
    {WITH("{Effect: Deny, Action: ['*'], Resource: ['arn:aws:iam::*:role/gitlab-eks']}, " ALLOW_ALL,
          MANAGED_NONE),
     "true", "false"},
    {"{policies: [{Statement: [" ALLOW_ALL "]}, {Statement: [{Effect: Deny, Action: ['*'], "
     "Resource: ['*']}]}]" MANAGED_NONE "}",
     "false", "false"},
    /* Conditions and variables depend on the request. */
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['*'], Condition: {Bool: {k: ['true']}}"),
     "unknown", "unknown"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['*'], Condition: {}"), "true", "true"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['*'], Condition: x"), "unknown",
     "unknown"},
    {STATEMENT("Effect: Allow, Action: ['ec2:*'], Resource: ['*'], Condition: {Bool: {}}"),
     "unknown", "false"},
    {WITH(ALLOW_ALL ", {Effect: Deny, Action: ['*'], Resource: ['*'], Condition: {Bool: {}}}",
          MANAGED_NONE),
     "unknown", "unknown"},
    {WITH("{Effect: Deny, Action: ['ec2:*'], Resource: ['*'], Condition: {Bool: {}}}, " ALLOW_ALL,
          MANAGED_NONE),
     "unknown", "true"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['arn:aws:iam::*:role/${aws:username}']"),
     "unknown", "unknown"},
    {WITH("{Effect: Deny, Action: ['*'], Resource: ['*'], Condition: {Bool: {}}}", MANAGED_NONE),
     "false", "false"},
    /* What is not at hand */
    {"{}", "unknown", "unknown"},
    {"{policies: []" MANAGED_NONE "}", "false", "false"},
    {"{policies: !unknown ''" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [!unknown '']" MANAGED_NONE "}", "unknown", "unknown"},
    {WITH(ALLOW_ALL, ""), "unknown", "unknown"},
    {WITH(ALLOW_ALL, ", managed_policies: !unknown ''"), "unknown", "unknown"},
    {WITH(ALLOW_ALL, ", managed_policies: ['arn:aws:iam::aws:policy/X']"), "unknown", "unknown"},
    {"{policies: [], managed_policies: ['arn:aws:iam::aws:policy/X']}", "unknown", "unknown"},
    {WITH("{Effect: Deny, Action: ['*'], Resource: ['*']}", ""), "false", "false"},
    {WITH("{Effect: !unknown '', Action: ['ec2:*'], Resource: ['*']}", MANAGED_NONE), "unknown",
     "false"},
    {WITH(ALLOW_ALL ", {Effect: !unknown '', Action: ['ec2:*'], Resource: ['*']}", MANAGED_NONE),
     "unknown", "true"},
    {WITH(ALLOW_ALL ", !unknown ''", MANAGED_NONE), "unknown", "unknown"},
    {WITH("{Effect: Allow, Action: !unknown '', Resource: ['*']}", MANAGED_NONE), "unknown",
     "unknown"},
    {WITH("{Effect: Allow, Action: [!unknown '', 'ec2:*'], Resource: ['*']}", MANAGED_NONE), "true",
     "unknown"},
    {"{policies: [{Statement: !unknown ''}]" MANAGED_NONE "}", "unknown", "unknown"},
    {"!unknown ''", "unknown", "unknown"},
    {"[]", "unknown", "unknown"},
    /* The boundary */
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: null"), "true", "true"},
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: {Statement: [{Effect: Allow, Action: "
                                  "['ec2:*'], Resource: ['*']}]}"),
     "true", "false"},
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: {Statement: [" ALLOW_ALL
                                  ", {Effect: Deny, Action: ['ec2:*'], Resource: ['*']}]}"),
     "false", "true"},
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: !unknown ''"), "unknown", "unknown"},
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: 'arn:aws:iam::aws:policy/X'"), "unknown",
     "unknown"},
    {"{policies: []" MANAGED_NONE ", permissions_boundary: {Statement: [" ALLOW_ALL "]}}", "false",
     "false"},
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: {}"), "false", "false"},
    /* Wrong types */
    {"{policies: x" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: null" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: {a: b}" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [x, 1, null]" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [{Statement: x}, {Statement: }, {}]" MANAGED_NONE "}", "false", "false"},
    {"{policies: [{Statement: [x, 1, null, [], {}]}]" MANAGED_NONE "}", "false", "false"},
    {"{policies: [{Statement: {Effect: Allow, Action: '*', Resource: '*'}}]" MANAGED_NONE "}",
     "false", "false"},
    {STATEMENT("Effect: Allow, Action: [1, null, {}, []], Resource: ['*']"), "false", "false"},
    {STATEMENT("Effect: Allow, Action: 1, Resource: {a: b}"), "false", "false"},
    {STATEMENT("Effect: [Allow], Action: ['*'], Resource: ['*']"), "false", "false"},
};

static void policies_decide_in_three_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(decisions); i++) {
        struct model *model = model_new();
        const struct tree *tree = model_tree(model, decisions[i].holder);
        uint64_t budget = 100000;
        enum truth vpcs =
            policy_allows(tree, tree->root, STR("ec2:DescribeVpcs"), STR("*"), &budget);
        enum truth assume =
            policy_allows(tree, tree->root, STR("sts:AssumeRole"),
                          STR("arn:aws:iam::123456789012:role/gitlab-eks"), &budget);
        assert_row(decisions[i].holder, str_from_c(truth_words[vpcs]), decisions[i].vpcs);
        assert_row(decisions[i].holder, str_from_c(truth_words[assume]), decisions[i].assume);
        model_free(model);
    }
}

/* A copy stops at the budget; what is left out is unknown, never absent. */
static void a_document_beyond_the_budget_becomes_unknown(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *written =
        model_tree(model, "{Statement: [{Effect: Allow, Action: [a, b, c, d, e], Resource: '*'}]}");
    struct tree normal;
    size_t budget = 3;
    tree_init(&normal, &model->arena, &model->sources, &model->atoms);
    builder_start(&model->reader.builder, &normal);
    policy_normalise(&model->reader.builder, written, written->root, &budget);
    builder_finish(&model->reader.builder);
    assert_int_equal(budget, 0);
    assert_row("budget", model_values(model, &normal, "$.Statement[0].Action[*]"), "\"a\" ? ? ? ?");
    assert_row("budget", model_values(model, &normal, "$.Statement[0].Resource[*]"), "?");
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_take_the_normal_form),
        cmocka_unit_test(nodes_keep_the_place_they_were_read_from),
        cmocka_unit_test(policies_decide_in_three_values),
        cmocka_unit_test(a_document_beyond_the_budget_becomes_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
