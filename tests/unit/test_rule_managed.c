/* SPDX-License-Identifier: MIT */
/*
 * AWS managed policies that are attached, or a boundary, by their ARN alone: what is built in decides
 * as the policies themselves do, and what is not built in stays unknown.
 */
#include "model_world.h"

#include "aws/catalogue.h"
#include "rule/managed.h"
#include "tree/read_json.h"

#include <stdio.h>
#include <stdlib.h>

struct question {
    struct model *model;
    struct managed_policies managed;
    struct permissions permissions;
    struct iam_decision decision;
};

/* May the holder, a tree of its own or a part of a case, make the call? The context is open. */
static enum truth ask(struct question *q, struct model *model, const struct tree *tree,
                      const struct node *holder, struct str action, struct str resource)
{
    uint64_t budget = 1000000;
    struct iam_context context = {.open = true};
    struct iam_request request = {
        .action = action,
        .resource = resource,
        .resource_is_pattern = !str_eq(resource, STR("*")),
        .context = &context,
        .arena = &model->arena,
        .budget = &budget,
    };
    managed_policies_init(&q->managed, &model->arena, &model->sources, &model->atoms,
                          &builtin_rules);
    q->permissions = (struct permissions){
        .arena = &model->arena, .tree = tree, .root = tree->root, .library = &q->managed.library};
    permissions_allow(&q->permissions, holder, &request, &q->decision);
    return q->decision.allowed;
}

#define HOLDER(arns) "{policies: [], managed_policies: [" arns "]}"
#define AWS(name) "arn:aws:iam::aws:policy/" name
#define ROLE "arn:aws:iam::123456789012:role/x"
#define ALL "{Statement: [{Effect: Allow, Action: ['*'], Resource: ['*']}]}"

static const struct {
    const char *holder, *action, *resource, *allowed;
} decisions[] = {
    {HOLDER("'" AWS("AdministratorAccess") "'"), "iam:PassRole", ROLE, "true"},
    /* in every partition, and in no other account or path */
    {HOLDER("'arn:aws-cn:iam::aws:policy/AdministratorAccess'"), "iam:PassRole", ROLE, "true"},
    {HOLDER("'arn:aws-us-gov:iam::aws:policy/AdministratorAccess'"), "iam:PassRole", ROLE, "true"},
    {HOLDER("'arn:aws:iam::123456789012:policy/AdministratorAccess'"), "iam:PassRole", ROLE,
     "unknown"},
    {HOLDER("'arn:aws:iam::aws:policy/service-role/AdministratorAccess'"), "iam:PassRole", ROLE,
     "unknown"},
    {HOLDER("'arn:aws:iam::aws:role/AdministratorAccess'"), "iam:PassRole", ROLE, "unknown"},
    {HOLDER("'arn:aws:s3::aws:policy/AdministratorAccess'"), "iam:PassRole", ROLE, "unknown"},
    {HOLDER("'" AWS("administratoraccess") "'"), "iam:PassRole", ROLE, "unknown"},
    {HOLDER("'" AWS("AdministratorAcces") "'"), "iam:PassRole", ROLE, "unknown"},
    {HOLDER("'AdministratorAccess'"), "iam:PassRole", ROLE, "unknown"},
    /* NotAction, and what a complete policy does not list */
    {HOLDER("'" AWS("PowerUserAccess") "'"), "cloudformation:CreateStack", "*", "true"},
    {HOLDER("'" AWS("PowerUserAccess") "'"), "iam:ListRoles", "*", "true"},
    {HOLDER("'" AWS("PowerUserAccess") "'"), "iam:CreateRole", "*", "false"},
    {HOLDER("'" AWS("PowerUserAccess") "'"), "iam:PassRole", ROLE, "false"},
    {HOLDER("'" AWS("AWSCloudFormationFullAccess") "'"), "cloudformation:CreateStack", "*", "true"},
    {HOLDER("'" AWS("AWSCloudFormationFullAccess") "'"), "ec2:DescribeVpcs", "*", "false"},
    /* several together */
    {HOLDER("'" AWS("AmazonEC2FullAccess") "', '" AWS("IAMFullAccess") "'"), "iam:CreateRole", "*",
     "true"},
    {HOLDER("'" AWS("AmazonEC2FullAccess") "', '" AWS("IAMFullAccess") "'"), "eks:CreateCluster",
     "*", "false"},
    {HOLDER("'" AWS("AmazonEC2FullAccess") "', '" AWS("Unheard") "'"), "eks:CreateCluster", "*",
     "unknown"},
    /* conditions and resources */
    {HOLDER("'" AWS("AmazonEC2FullAccess") "'"), "iam:CreateServiceLinkedRole", "*", "unknown"},
    {HOLDER("'" AWS("AmazonEKS_CNI_Policy") "'"), "ec2:CreateTags",
     "arn:aws-cn:ec2:cn-north-1:123456789012:network-interface/eni-1", "true"},
    {HOLDER("'" AWS("AmazonEKS_CNI_Policy") "'"), "ec2:CreateTags",
     "arn:aws-cn:ec2:cn-north-1:123456789012:instance/i-1", "false"},
    /* a policy that is known in part */
    {HOLDER("'" AWS("ReadOnlyAccess") "'"), "ec2:DescribeVpcs", "*", "true"},
    {HOLDER("'" AWS("ReadOnlyAccess") "'"), "iam:CreateRole", "*", "false"},
    {HOLDER("'" AWS("ReadOnlyAccess") "'"), "s3:GetObject", "*", "unknown"},
    {HOLDER("'" AWS("ReadOnlyAccess") "', '" AWS("AdministratorAccess") "'"), "s3:GetObject", "*",
     "true"},
    /* as a boundary */
    {"{policies: [" ALL
     "], managed_policies: [], permissions_boundary: '" AWS("PowerUserAccess") "'}",
     "ec2:DescribeVpcs", "*", "true"},
    {"{policies: [" ALL
     "], managed_policies: [], permissions_boundary: '" AWS("PowerUserAccess") "'}",
     "iam:CreateRole", "*", "false"},
    {"{policies: [" ALL
     "], managed_policies: [], permissions_boundary: '" AWS("ReadOnlyAccess") "'}",
     "s3:GetObject", "*", "unknown"},
    {"{policies: [" ALL "], managed_policies: [], permissions_boundary: '" AWS("Unheard") "'}",
     "iam:CreateRole", "*", "unknown"},
};

static void attached_policies_decide(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(decisions); i++) {
        struct question q;
        struct model *model = model_new();
        const struct tree *tree = model_tree(model, decisions[i].holder);
        enum truth allowed = ask(&q, model, tree, tree->root, str_from_c(decisions[i].action),
                                 str_from_c(decisions[i].resource));
        assert_row(decisions[i].holder, str_from_c(truth_words[allowed]), decisions[i].allowed);
        model_free(model);
    }
}

/* An account's version of a managed policy may be another than ours. */
static void a_document_among_the_files_wins(void **state)
{
    (void)state;
    static const char *const text = "{roles: [{policies: [], managed_policies: ['" AWS(
        "IAMFullAccess") "']}],"
                         " policies: [{arn: '" AWS(
                             "IAMFullAccess") "', document: {Statement: [{Effect: Allow,"
                                              " Action: ['s3:*'], Resource: ['*']}]}}]}";
    struct question q;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, text);
    const struct node *role = model_select(model, tree, "$.roles[0]").items[0].node;
    assert_int_equal(ask(&q, model, tree, role, STR("s3:GetObject"), STR("*")), TRUTH_TRUE);
    assert_int_equal(ask(&q, model, tree, role, STR("iam:GetRole"), STR("*")), TRUTH_FALSE);
    assert_null(q.managed.decoded);
    model_free(model);
}

static void nothing_is_read_before_it_is_asked_for(void **state)
{
    (void)state;
    struct question q;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, HOLDER("'" AWS("Unheard") "'"));
    enum truth allowed = ask(&q, model, tree, tree->root, STR("s3:GetObject"), STR("*"));
    assert_int_equal(allowed, TRUTH_UNKNOWN);
    assert_null(q.managed.decoded);
    size_t sources = model->sources.count;
    tree = model_tree(model, HOLDER("'" AWS("IAMFullAccess") "', '" AWS("IAMFullAccess") "'"));
    allowed = ask(&q, model, tree, tree->root, STR("s3:GetObject"), STR("*"));
    assert_int_equal(allowed, TRUTH_FALSE);
    assert_int_equal(model->sources.count, sources + 2); /* the tree, and one policy */
    model_free(model);
}

/* Findings point into the user's files: at the ARN, and not at a statement of ours. */
static void what_is_to_blame_is_the_attached_arn(void **state)
{
    (void)state;
    static const struct {
        const char *arn, *action, *resource, *fault;
    } rows[] = {
        {AWS("AWSCloudFormationFullAccess"), "ec2:DescribeVpcs", "*", "action"},
        {AWS("AmazonEKS_CNI_Policy"), "ec2:CreateTags", "arn:aws:ec2:a:123456789012:vpc/v",
         "resource"},
        {AWS("AmazonSSMFullAccess"), "iam:CreateServiceLinkedRole", "*", "resource"},
        {AWS("ReadOnlyAccess"), "iam:CreateRole", "*", "action"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct question q;
        struct model *model = model_new();
        char text[512];
        snprintf(text, sizeof text, HOLDER("'%s'"), rows[i].arn);
        const struct tree *tree = model_tree(model, text);
        enum truth allowed = ask(&q, model, tree, tree->root, str_from_c(rows[i].action),
                                 str_from_c(rows[i].resource));
        assert_int_equal(allowed, TRUTH_FALSE);
        assert_row(rows[i].arn, permission_fault(&q.decision), rows[i].fault);
        const struct node *culprit = permission_culprit(&q.decision);
        assert_non_null(culprit);
        assert_row(rows[i].arn, tree_text(tree, culprit), rows[i].arn);
        model_free(model);
    }
}

/* What only our part of a policy leaves open is no condition of it. */
static void an_answer_left_open_has_no_fault(void **state)
{
    (void)state;
    struct question q;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, HOLDER("'" AWS("ReadOnlyAccess") "'"));
    enum truth allowed = ask(&q, model, tree, tree->root, STR("s3:GetObject"), STR("*"));
    assert_int_equal(allowed, TRUTH_UNKNOWN);
    assert_int_equal(permission_fault(&q.decision).len, 0);
    model_free(model);
}

/* The boundary of a saved get-role, which prints no more than its ARN. */
static void a_boundary_is_looked_up_by_its_arn(void **state)
{
    (void)state;
    static const char *const get_role =
        "{\"Role\": {\"RoleName\": \"x\", \"Arn\": \"" ROLE "\", \"PermissionsBoundary\": "
        "{\"PermissionsBoundaryType\": \"Policy\", \"PermissionsBoundaryArn\": "
        "\"" AWS("PowerUserAccess") "\"}}}";
    static const char *const attached =
        "{\"AttachedPolicies\": [{\"PolicyName\": \"AdministratorAccess\", \"PolicyArn\": "
        "\"" AWS("AdministratorAccess") "\"}]}";
    struct question q;
    struct model *model = model_new();
    struct joined_case joined;
    assert_true(model_read(model, "get-role.x.json", get_role));
    assert_true(model_read(model, "list-attached-role-policies.x.json", attached));
    assert_true(model_read(model, "list-role-policies.x.json", "{\"PolicyNames\": []}"));
    case_build(&model->reader, NULL, &model->documents, &joined);
    const struct tree *tree = &joined.tree;
    assert_row("the boundary", model_values(model, tree, "$.roles[0].permissions_boundary"),
               "\"" AWS("PowerUserAccess") "\"");
    const struct node *role = model_select(model, tree, "$.roles[0]").items[0].node;
    assert_int_equal(ask(&q, model, tree, role, STR("ec2:DescribeVpcs"), STR("*")), TRUTH_TRUE);
    assert_int_equal(ask(&q, model, tree, role, STR("iam:CreateRole"), STR("*")), TRUTH_FALSE);
    assert_row("the fault", permission_fault(&q.decision), "boundary");
    model_free(model);
}

/* ---- against the policies themselves ---- */

static const struct tree *read_corpus(struct model *model, struct str resource)
{
    struct str name = str_from(resource, str_after_last(resource, '/'));
    char path[512];
    char *folder = test_shared_path("corpus/managed-policies");
    snprintf(path, sizeof path, "%s/%.*s.json", folder, STR_ARG(name));
    free(folder);
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    fclose(file);
    struct str bytes = test_read_file(path);
    struct tree *tree = arena_new(&model->arena, struct tree);
    tree_init(tree, &model->arena, &model->sources, &model->atoms);
    struct source *source =
        sources_add(&model->sources, STR("corpus"), arena_str(&model->arena, bytes));
    test_free_contents(bytes);
    assert_true(json_read_whole(&model->reader.builder, tree, source, &model->findings));
    return tree;
}

static enum truth decide(struct model *model, const struct iam_policy *policy, struct str action)
{
    uint64_t budget = 10000000;
    struct arena_mark mark = arena_mark(&model->scratch);
    struct iam_context context = {.open = true};
    struct iam_request request = {.action = action,
                                  .resource = STR("*"),
                                  .context = &context,
                                  .arena = &model->scratch,
                                  .budget = &budget};
    const struct iam_level level = {&policy, 1, false};
    struct iam_policies policies = {0};
    struct iam_decision decision;
    policies.layers[LAYER_IDENTITY] = (struct iam_layer_policies){&level, 1, true};
    iam_decide(&request, &policies, &decision);
    enum truth allowed = decision.allowed;
    arena_rewind(&model->scratch, mark);
    return allowed;
}

/* Every action of the catalogue; what ours leaves unknown may be either. */
static size_t compare_actions(struct model *model, const struct iam_policy *ours,
                              const struct iam_policy *theirs, struct str resource)
{
    struct catalogue_expansion walk = catalogue_expand(STR("*"), UINT64_MAX);
    uint32_t action;
    size_t compared = 0;
    while (catalogue_next_action(&walk, &action)) {
        struct catalogue_text text;
        struct str name = catalogue_action_name(action, &text);
        enum truth our = decide(model, ours, name);
        enum truth their = decide(model, theirs, name);
        if (our != their && our != TRUTH_UNKNOWN) {
            fail_msg("%.*s: %.*s is %s, and not %s", STR_ARG(resource), STR_ARG(name),
                     truth_words[our], truth_words[their]);
        }
        compared++;
    }
    return compared;
}

static void what_is_built_in_agrees_with_the_policies_themselves(void **state)
{
    (void)state;
    free(test_shared_path("corpus/managed-policies")); /* skips before there is anything to free */
    size_t policies = 0;
    size_t compared = 0;
    for (size_t i = 0; i < builtin_rules.managed_count; i++) {
        struct model *model = model_new();
        struct managed_policies managed;
        struct iam_policy theirs;
        struct str resource = builtin_text(&builtin_rules, builtin_rules.managed[i].resource);
        struct str arn = arena_format(&model->arena, "arn:aws:iam::aws:%.*s", STR_ARG(resource));
        managed_policies_init(&managed, &model->arena, &model->sources, &model->atoms,
                              &builtin_rules);
        const struct iam_policy *ours = managed.library.find(managed.library.context, arn);
        assert_non_null(ours);
        const struct tree *tree = read_corpus(model, resource);
        if (tree) {
            assert_true(
                iam_policy_decode(&model->arena, tree, tree->root, &model->findings, &theirs));
            compared += compare_actions(model, ours, &theirs, resource);
            policies++;
        }
        model_free(model);
    }
    assert_true(policies >= 10);
    assert_true(compared >= policies * 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attached_policies_decide),
        cmocka_unit_test(a_document_among_the_files_wins),
        cmocka_unit_test(nothing_is_read_before_it_is_asked_for),
        cmocka_unit_test(what_is_to_blame_is_the_attached_arn),
        cmocka_unit_test(an_answer_left_open_has_no_fault),
        cmocka_unit_test(a_boundary_is_looked_up_by_its_arn),
        cmocka_unit_test(what_is_built_in_agrees_with_the_policies_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
