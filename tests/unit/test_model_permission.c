/* SPDX-License-Identifier: MIT */
/*
 * What holders of a case may do and whom roles trust, in three values: what is not at hand, and what
 * depends on the request, leaves an answer unknown. How statements match is tested with the IAM
 * engine.
 */
#include "model_world.h"

#include "model/permission.h"

static enum truth may(struct model *model, const struct tree *tree, struct str action,
                      struct str resource)
{
    uint64_t budget = 100000;
    struct iam_context context = {.open = true};
    struct permissions permissions = {.arena = &model->arena, .tree = tree, .root = tree->root};
    struct iam_request request = {
        .action = action,
        .resource = resource,
        .context = &context,
        .arena = &model->arena,
        .budget = &budget,
    };
    struct iam_decision decision;
    permissions_allow(&permissions, tree->root, &request, &decision);
    return decision.allowed;
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
    {STATEMENT("Effect: allow, Action: ['*'], Resource: ['*']"), "unknown", "unknown"},
    {STATEMENT("Action: ['*'], Resource: ['*']"), "unknown", "unknown"},
    {STATEMENT("Effect: Allow, Action: ['*']"), "false", "false"},
    {STATEMENT("Effect: Allow, Resource: ['*']"), "unknown", "unknown"},
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
    {STATEMENT("Effect: Allow, Action: ['ec2:*'], Resource: ['*'], Condition: {Bool: {}}"), "true",
     "false"},
    {WITH(ALLOW_ALL ", {Effect: Deny, Action: ['*'], Resource: ['*'], Condition: {Bool: {}}}",
          MANAGED_NONE),
     "false", "false"},
    {WITH("{Effect: Deny, Action: ['ec2:*'], Resource: ['*'], Condition: {Bool: {}}}, " ALLOW_ALL,
          MANAGED_NONE),
     "false", "true"},
    {STATEMENT("Effect: Allow, Action: ['*'], Resource: ['arn:aws:iam::*:role/${aws:username}']"),
     "false", "false"},
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
    {WITH(ALLOW_ALL, MANAGED_NONE ", permissions_boundary: {}"), "unknown", "unknown"},
    /* Wrong types */
    {"{policies: x" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: null" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: {a: b}" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [x, 1, null]" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [{Statement: x}, {Statement: }, {}]" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [{Statement: [x, 1, null, [], {}]}]" MANAGED_NONE "}", "unknown", "unknown"},
    {"{policies: [{Statement: {Effect: Allow, Action: '*', Resource: '*'}}]" MANAGED_NONE "}",
     "true", "true"},
    {STATEMENT("Effect: Allow, Action: [1, null, {}, []], Resource: ['*']"), "unknown", "unknown"},
    {STATEMENT("Effect: Allow, Action: 1, Resource: {a: b}"), "unknown", "unknown"},
    {STATEMENT("Effect: [Allow], Action: ['*'], Resource: ['*']"), "unknown", "unknown"},
};

static void policies_decide_in_three_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(decisions); i++) {
        struct model *model = model_new();
        const struct tree *tree = model_tree(model, decisions[i].holder);
        enum truth vpcs = may(model, tree, STR("ec2:DescribeVpcs"), STR("*"));
        enum truth assume = may(model, tree, STR("sts:AssumeRole"),
                                STR("arn:aws:iam::123456789012:role/gitlab-eks"));
        assert_row(decisions[i].holder, str_from_c(truth_words[vpcs]), decisions[i].vpcs);
        assert_row(decisions[i].holder, str_from_c(truth_words[assume]), decisions[i].assume);
        model_free(model);
    }
}

#define ACCOUNT "111122223333"
#define USER "arn:aws:iam::111122223333:user/gitlab"
#define BEGIN "{Statement: {Effect: Allow, Action: 'sts:AssumeRole', "
#define NAMES(principal) BEGIN "Principal: " principal "}}"
#define ID(operator, values)                                                                       \
    BEGIN "Principal: {AWS: '" ACCOUNT "'}, Condition: {" operator": {'sts:ExternalId': " values   \
                                                                  "}}}}"

struct row {
    const char *policy;
    const char *trusts, *fault;
};

/* The caller is the user of the account, with the external ID 'abc'. */
static const struct row rows[] = {
    {NAMES("{AWS: '" ACCOUNT "'}"), "true", "ok"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":root'}"), "true", "ok"},
    {NAMES("{AWS: '" USER "'}"), "true", "ok"},
    {NAMES("{AWS: ['999999999999', '" USER "']}"), "true", "ok"},
    {NAMES("'*'"), "true", "ok"},
    {NAMES("{AWS: '*'}"), "true", "ok"},
    {NAMES("{AWS: '999999999999'}"), "false", "principal"},
    {NAMES("{AWS: 'arn:aws:iam::999999999999:root'}"), "false", "principal"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":user/other'}"), "false", "principal"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":user/GitLab'}"), "false", "principal"},
    {NAMES("{AWS: 'arn:aws:iam::" ACCOUNT ":user/*'}"), "false", "principal"},
    {NAMES("{AWS: '11112222333'}"), "false", "principal"},
    {NAMES("{AWS: AIDAEXAMPLE}"), "false", "principal"},
    {NAMES("{AWS: []}"), "false", "principal"},
    {NAMES("{Service: eks.amazonaws.com}"), "false", "principal"},
    {NAMES("{Federated: '*'}"), "false", "principal"},
    {"{Statement: {Effect: Allow, Action: 'sts:AssumeRole'}}", "false", "principal"},
    {"{Statement: []}", "false", "none"},
    /* Action */
    {"{Statement: {Effect: Allow, Action: 'STS:assume*', Principal: '*'}}", "true", "ok"},
    {"{Statement: {Effect: Allow, Action: ['sts:TagSession', '*'], Principal: '*'}}", "true", "ok"},
    {"{Statement: {Effect: Allow, Action: 'sts:AssumeRoleWithSAML', Principal: '*'}}", "false",
     "action"},
    {"{Statement: {Effect: Allow, Principal: '*'}}", "unknown", "?"},
    {"{Statement: {Effect: Allow, NotAction: 'iam:*', Principal: '*'}}", "true", "ok"},
    {"{Statement: {Effect: Allow, NotAction: 'sts:*', Principal: '*'}}", "false", "action"},
    /* The operators on the external ID */
    {ID("StringEquals", "abc"), "true", "ok"},
    {ID("StringEquals", "[x, abc]"), "true", "ok"},
    {ID("StringEquals", "ABC"), "false", "condition"},
    {ID("StringEquals", "'abc '"), "false", "condition"},
    {ID("StringEquals", "[]"), "false", "condition"},
    {ID("StringEquals", "'ab*'"), "false", "condition"},
    {ID("StringEqualsIfExists", "abc"), "true", "ok"},
    {ID("StringEqualsIgnoreCase", "ABC"), "true", "ok"},
    {ID("StringEqualsIgnoreCase", "abd"), "false", "condition"},
    {ID("StringEqualsIgnoreCaseIfExists", "aBc"), "true", "ok"},
    {ID("StringLike", "'a?*'"), "true", "ok"},
    {ID("StringLike", "'A*'"), "false", "condition"},
    {ID("StringLikeIfExists", "'a*'"), "true", "ok"},
    {ID("StringNotEquals", "abc"), "false", "condition"},
    {ID("StringNotEquals", "[x, y]"), "true", "ok"},
    {ID("StringNotEqualsIfExists", "x"), "true", "ok"},
    {ID("StringNotEqualsIgnoreCase", "ABC"), "false", "condition"},
    {ID("StringNotEqualsIgnoreCaseIfExists", "ABC"), "false", "condition"},
    {ID("StringNotLike", "'a*'"), "false", "condition"},
    {ID("StringNotLikeIfExists", "'b*'"), "true", "ok"},
    {ID("ForAnyValue:StringEquals", "abc"), "true", "ok"},
    {ID("NumericEquals", "1"), "false", "condition"},
    {ID("StringEquals", "123"), "false", "condition"},
    {ID("StringEquals", "'${aws:username}'"), "false", "condition"},
    {ID("StringEquals", "[abc, 123]"), "true", "ok"},
    {ID("StringEquals", "!unknown ''"), "unknown", "undecided"},
    {ID("StringEquals", "{a: b}"), "unknown", "undecided"},
    /* Other keys, several keys, several operators */
    {BEGIN "Principal: '*', Condition: {StringEquals: {'STS:externalid': abc}}}}", "true", "ok"},
    {BEGIN "Principal: '*', Condition: {Bool: {'aws:SecureTransport': 'true'}}}}", "unknown",
     "undecided"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {'sts:ExternalId': x, k: v}}}}", "false",
     "condition"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {'sts:ExternalId': abc, k: v}}}}", "unknown",
     "undecided"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {'sts:ExternalId': abc}, StringLike: "
           "{'sts:ExternalId': 'x*'}}}}",
     "false", "condition"},
    {BEGIN "Principal: '*', Condition: {}}}", "true", "ok"},
    {BEGIN "Principal: '*', Condition: {StringEquals: {}}}}", "true", "ok"},
    /* Several statements, and Deny */
    {"{Statement: [{Effect: Allow, Action: '*', Principal: '*', Condition: {StringEquals: "
     "{'sts:ExternalId': x}}}, {Effect: Allow, Action: '*', Principal: {AWS: '" USER "'}}]}",
     "true", "ok"},
    {"{Statement: [{Effect: Allow, Action: '*', Principal: '*'}, {Effect: Deny, Action: '*', "
     "Principal: {AWS: '" ACCOUNT "'}}]}",
     "false", "deny"},
    {"{Statement: [{Effect: Deny, Action: '*', Principal: '*', Condition: {StringNotEquals: "
     "{'sts:ExternalId': abc}}}, {Effect: Allow, Action: '*', Principal: '*'}]}",
     "true", "ok"},
    {"{Statement: [{Effect: Deny, Action: '*', Principal: '*', Condition: {Bool: {k: v}}}, "
     "{Effect: Allow, Action: '*', Principal: '*'}]}",
     "unknown", "undecided"},
    {"{Statement: [{Effect: Deny, Action: '*', NotPrincipal: {AWS: '999999999999'}}, "
     "{Effect: Allow, Action: '*', Principal: '*'}]}",
     "false", "deny"},
    {"{Statement: [{Effect: Deny, Action: '*', Principal: {AWS: '999999999999'}}, "
     "{Effect: Allow, Action: '*', Principal: '*'}]}",
     "true", "ok"},
    {"{Statement: {Effect: Allow, Action: '*', NotPrincipal: {AWS: x}}}", "true", "ok"},
    /* What cannot be known */
    {"!unknown ''", "unknown", "?"},
    {"{}", "unknown", "?"},
    {"{Statement: !unknown ''}", "unknown", "?"},
    {"{Statement: [!unknown '']}", "unknown", "?"},
    {"{Statement: [!unknown '', {Effect: Allow, Action: '*', Principal: '*'}]}", "unknown", "?"},
    {"{Statement: {Effect: !unknown '', Action: '*', Principal: '*'}}", "unknown", "undecided"},
    {"{Statement: {Effect: Allow, Action: !unknown '', Principal: '*'}}", "unknown", "?"},
    {NAMES("!unknown ''"), "unknown", "?"},
    {NAMES("{AWS: !unknown ''}"), "unknown", "?"},
    {NAMES("{AWS: [!unknown '', '" ACCOUNT "']}"), "true", "ok"},
    {BEGIN "Principal: '*', Condition: !unknown ''}}", "unknown", "undecided"},
    {BEGIN "Principal: '*', Condition: {StringEquals: !unknown ''}}}", "unknown", "undecided"},
    /* Wrong types */
    {"x", "unknown", "?"},
    {"{Statement: x}", "unknown", "?"},
    {"{Statement: [x, 1, null, [], {}]}", "unknown", "?"},
    {NAMES("[a]"), "false", "principal"},
    {NAMES("1"), "false", "principal"},
    {NAMES("{AWS: {a: b}}"), "unknown", "?"},
    {NAMES("{AWS: [1, null, {}]}"), "unknown", "?"},
    {"{Statement: {Effect: Allow, Action: [1, null], Principal: '*'}}", "unknown", "?"},
    {BEGIN "Principal: '*', Condition: x}}", "unknown", "undecided"},
    {BEGIN "Principal: '*', Condition: {StringEquals: [a, b, c, d, e, f]}}}", "unknown",
     "undecided"},
    {BEGIN "Principal: '*', Condition: {StringEquals: x}}}", "unknown", "undecided"},
};

/* A role of the account 123456789012 with this trust policy. */
static const struct tree *role_with(struct model *model, const char *policy)
{
    struct str text = arena_format(
        &model->arena, "{arn: 'arn:aws:iam::123456789012:role/r', trust_policy: %s}", policy);
    const struct tree *written = model_tree(model, text.ptr);
    const struct node *trust = tree_member(written, written->root, STR("trust_policy"));
    struct tree *role = arena_new(&model->arena, struct tree);
    struct builder *builder = &model->reader.builder;
    size_t budget = 100000;
    tree_init(role, &model->arena, &model->sources, &model->atoms);
    builder_start(builder, role);
    builder_open(builder, NODE_OBJECT, 0, 0);
    builder_key(builder, atoms_intern(&model->atoms, STR("arn")), 0, (struct span){0, 0});
    builder_copy(builder, written, tree_member(written, written->root, STR("arn")), &budget);
    builder_key(builder, atoms_intern(&model->atoms, STR("trust_policy")), 0, (struct span){0, 0});
    policy_normalise(builder, written, trust, &budget);
    builder_close(builder, 0);
    builder_finish(builder);
    return role;
}

/* external_id: "" = none is sent, NULL = it is not known. */
static void check(struct model *model, const struct row *row, const char *principal,
                  const char *external_id)
{
    const struct tree *role = role_with(model, row->policy);
    uint64_t budget = 100000;
    struct str value = str_from_c(external_id);
    struct iam_key key = {
        .name = STR("sts:ExternalId"),
        .values = &value,
        .count = value.len > 0,
        .absent = external_id && value.len == 0,
        .unknown = !external_id,
    };
    struct iam_context context = {.keys = &key, .count = 1, .open = true};
    struct permissions permissions = {.arena = &model->arena, .tree = role, .root = role->root};
    struct iam_caller caller;
    struct iam_request request = {
        .action = STR("sts:AssumeRole"),
        .resource = STR("arn:aws:iam::123456789012:role/r"),
        .caller = &caller,
        .context = &context,
        .arena = &model->arena,
        .budget = &budget,
    };
    struct iam_decision decision;
    assert_true(iam_caller_parse(str_from_c(principal), &caller));
    permissions_trust(&permissions, role->root, &request, &decision);
    assert_row(row->policy, str_from_c(truth_words[decision.allowed]), row->trusts);
    struct str fault = permission_fault(&decision);
    assert_row(row->policy, fault.len ? fault : STR("?"), row->fault);
}

static void check_rows(const struct row *table, size_t count, const char *principal,
                       const char *external_id)
{
    for (size_t i = 0; i < count; i++) {
        struct model *model = model_new();
        check(model, &table[i], principal, external_id);
        model_free(model);
    }
}

static void a_user_with_an_external_id_is_judged(void **state)
{
    (void)state;
    check_rows(rows, COUNT_OF(rows), USER, "abc");
}

static void a_caller_whose_arn_is_not_known_may_be_the_one(void **state)
{
    static const struct row table[] = {
        {NAMES("{AWS: '" ACCOUNT "'}"), "true", "ok"},
        {NAMES("{AWS: '" USER "'}"), "unknown", "?"},
        {NAMES("{AWS: '999999999999'}"), "false", "principal"},
    };
    (void)state;
    check_rows(table, COUNT_OF(table), ACCOUNT, "abc");
}

static void without_an_external_id_only_absent_keys_count(void **state)
{
    static const struct row table[] = {
        {ID("StringEquals", "abc"), "false", "condition"},
        {ID("StringLike", "'*'"), "false", "condition"},
        {ID("StringEqualsIfExists", "abc"), "true", "ok"},
        {ID("StringLikeIfExists", "abc"), "true", "ok"},
        {ID("StringNotEquals", "abc"), "true", "ok"},
        {ID("StringNotLike", "'*'"), "true", "ok"},
        {NAMES("'*'"), "true", "ok"},
    };
    (void)state;
    check_rows(table, COUNT_OF(table), USER, "");
}

static void an_external_id_that_is_not_known_decides_nothing(void **state)
{
    static const struct row table[] = {
        {ID("StringEquals", "abc"), "unknown", "undecided"},
        {ID("StringNotLike", "'*'"), "unknown", "undecided"},
        {NAMES("'*'"), "true", "ok"},
        {NAMES("{AWS: '999999999999'}"), "false", "principal"},
    };
    (void)state;
    check_rows(table, COUNT_OF(table), USER, NULL);
}

static void a_service_is_named_by_its_principal(void **state)
{
#define SERVICE(value) BEGIN "Principal: {Service: " value "}}}"
    static const struct row table[] = {
        {SERVICE("eks.amazonaws.com"), "true", "ok"},
        {SERVICE("[ec2.amazonaws.com, eks.amazonaws.com]"), "true", "ok"},
        {SERVICE("ec2.amazonaws.com"), "false", "principal"},
        {SERVICE("EKS.amazonaws.com"), "false", "principal"},
        {SERVICE("!unknown ''"), "unknown", "?"},
        {SERVICE("[!unknown '', eks.amazonaws.com]"), "true", "ok"},
        {SERVICE("[!unknown '']"), "unknown", "?"},
        {SERVICE("{a: b}"), "unknown", "?"},
        {SERVICE("1"), "unknown", "?"},
        {BEGIN "Principal: {AWS: '*'}}}", "true", "ok"},
        {BEGIN "Principal: !unknown ''}}", "unknown", "?"},
        {"{Statement: {Effect: Deny, Action: '*', Principal: {Service: eks.amazonaws.com}}}",
         "false", "none"},
        {"{Statement: {Effect: Allow, Action: 'sts:TagSession', Principal: {Service: "
         "eks.amazonaws.com}}}",
         "false", "action"},
        {"{Statement: [!unknown '']}", "unknown", "?"},
        {"{Statement: {Effect: !unknown '', Action: '*', Principal: {Service: eks.amazonaws.com}}}",
         "unknown", "undecided"},
        {"{Statement: [x, null, {}]}", "unknown", "?"},
        {"{Statement: x}", "unknown", "?"},
        {"!unknown ''", "unknown", "?"},
    };
    (void)state;
    check_rows(table, COUNT_OF(table), "eks.amazonaws.com", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policies_decide_in_three_values),
        cmocka_unit_test(a_user_with_an_external_id_is_judged),
        cmocka_unit_test(a_caller_whose_arn_is_not_known_may_be_the_one),
        cmocka_unit_test(without_an_external_id_only_absent_keys_count),
        cmocka_unit_test(an_external_id_that_is_not_known_decides_nothing),
        cmocka_unit_test(a_service_is_named_by_its_principal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
