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
    /* More keys than are noted, each with its own spelling of the catalogue. */
    {"{Statement: {Condition: {Null: {AWS:SOURCEIP: a, AWS:SOURCEVPC: a, AWS:SOURCEVPCE: a, "
     "AWS:SECURETRANSPORT: a, AWS:USERAGENT: a, AWS:PRINCIPALARN: a, AWS:PRINCIPALACCOUNT: a, "
     "AWS:CURRENTTIME: a, AWS:EPOCHTIME: a, AWS:REQUESTEDREGION: a}}}}",
     "{\"Statement\":[{\"Condition\":{\"Null\":{\"aws:SourceIp\":[\"a\"],\"aws:SourceVpc\":[\"a\"],"
     "\"aws:SourceVpce\":[\"a\"],\"aws:SecureTransport\":[\"a\"],\"aws:UserAgent\":[\"a\"],"
     "\"aws:PrincipalArn\":[\"a\"],\"aws:PrincipalAccount\":[\"a\"],\"aws:CurrentTime\":[\"a\"],"
     "\"aws:EpochTime\":[\"a\"],\"aws:RequestedRegion\":[\"a\"]}}}]}"},
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
        cmocka_unit_test(a_document_beyond_the_budget_becomes_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
