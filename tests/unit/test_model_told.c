/* SPDX-License-Identifier: MIT */
/* What CloudFormation templates and Terraform plans tell a case, and what is joined by what refers to it. */
#include "case_rows.h"

#include "tree/symbol.h"

#define TRUST "AssumeRolePolicyDocument: {Statement: {Sid: \"1\"}}"
#define TEMPLATE                                                                                   \
    "AWSTemplateFormatVersion: '2010-09-09'\n"                                                     \
    "Resources:\n"                                                                                 \
    "  A:\n    Type: AWS::IAM::Role\n    Properties: {Path: /a/, " TRUST "}\n"                     \
    "  B:\n    Type: AWS::IAM::Role\n    Properties: {Path: /b/, RoleName: b, " TRUST "}\n"        \
    "  C:\n    Type: AWS::EKS::Cluster\n    Properties:\n      Name: demo\n"
#define ROLE_OF_CLUSTER "$.roles[?@.arn == $.clusters[0].role_arn].path"

static const struct case_row template_rows[] = {
    {"a role is found by the attribute that refers to it",
     {{"t.yaml", TEMPLATE "      RoleArn: !GetAtt A.Arn\n"}},
     ROLE_OF_CLUSTER,
     "\"/a/\"",
     ""},
    {"in the long form, as a list",
     {{"t.yaml", TEMPLATE "      RoleArn: {\"Fn::GetAtt\": [B, Arn]}\n"}},
     ROLE_OF_CLUSTER,
     "\"/b/\"",
     ""},
    {"in a text of nothing else",
     {{"t.yaml", TEMPLATE "      RoleArn: !Sub ${A.Arn}\n"}},
     ROLE_OF_CLUSTER,
     "\"/a/\"",
     ""},
    {"Ref of a role is its name, and no ARN",
     {{"t.yaml", TEMPLATE "      RoleArn: !Ref B\n"}},
     "$.clusters[*].role_arn",
     "\"b\"",
     ""},
    {"a parameter may be any of them",
     {{"t.yaml", TEMPLATE "      RoleArn: !Ref RoleArn\n"}},
     "$.roles[?!(@.arn != $.clusters[0].role_arn)].path",
     "",
     ""},
    {"a parameter is the same wherever it is used",
     {{"t.yaml",
       TEMPLATE "      RoleArn: !Ref P\n      KmsKey: x\n  N:\n    Type: AWS::EKS::Nodegroup\n"
                "    Properties: {NodegroupName: n, NodeRole: !Ref P}\n"}},
     "$.node_groups[?@.role_arn == $.clusters[0].role_arn].name",
     "\"n\"",
     ""},
    {"a name that is written is what Ref gives, before it is written, too",
     {{"t.yaml",
       "Resources:\n  N:\n    Type: AWS::EKS::Nodegroup\n    Properties: {ClusterName: !Ref C}\n"
       "  C:\n    Type: AWS::EKS::Cluster\n    Properties: {Name: demo}\n"}},
     "$.node_groups[*].cluster",
     "\"demo\"",
     ""},
    {"a role of saved output is the template's of that name",
     {{"r.json", GET_ROLE("b")}, {"t.yaml", TEMPLATE "      RoleArn: x\n"}},
     "$.roles[?@.name == 'b'].arn",
     "\"arn:aws:iam::123456789012:role/b\"",
     "t.yaml:8:68 case/conflict: this is not the trust policy that an earlier file or "
     "gitlab-eks.yaml "
     "gives for 'b', which counts; what AWS prints is in force"},
    {"AWS's managed policies are known in any partition",
     {{"t.yaml",
       "Resources:\n  A:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n"
       "        - !Sub arn:${AWS::Partition}:iam::aws:policy/X\n"
       "        - !Join ['', ['arn:', !Ref AWS::Partition, ':iam::aws:policy/Y']]\n"
       "        - arn:aws:iam::aws:policy/Z\n"}},
     "$.roles[*].managed_policies",
     "[\"arn:aws:iam::aws:policy/X\",\"arn:aws:iam::aws:policy/Y\",\"arn:aws:iam::aws:policy/Z\"]",
     ""},
    {"what a role does not list it does not have",
     {{"t.yaml", "Resources:\n  A:\n    Type: AWS::IAM::Role\n    Properties: {}\n"}},
     "$.roles[?@.managed_policies == $.node_groups && @.policies == $.node_groups].policies",
     "[]",
     ""},
};

#define PLANNED(type, name, after, unknown)                                                        \
    "{\"address\": \"" type "." name "\", \"mode\": \"managed\", \"type\": \"" type                \
    "\", \"name\": \"" name "\", \"change\": {\"actions\": [\"create\"], \"before\": null, "       \
    "\"after\": {" after "}, \"after_unknown\": {" unknown "}}}"
#define PLAN(changes, configuration)                                                               \
    "{\"format_version\": \"1.2\", \"planned_values\": {}, \"resource_changes\": [" changes        \
    "], \"configuration\": {\"root_module\": {" configuration "}}}"
#define CONFIGURED(type, name, expressions)                                                        \
    "{\"address\": \"" type "." name "\", \"mode\": \"managed\", \"type\": \"" type                \
    "\", \"name\": \"" name "\", \"expressions\": {" expressions "}}"
#define TWO_ROLES                                                                                  \
    PLANNED("aws_iam_role", "a", "\"path\": \"/a/\"", "\"arn\": true")                             \
    ", " PLANNED("aws_iam_role", "b", "\"path\": \"/b/\", \"name\": \"b\"", "\"arn\": true")
#define CLUSTER_OF(references)                                                                     \
    PLAN(TWO_ROLES ", " PLANNED("aws_eks_cluster", "c", "\"name\": \"demo\"",                      \
                                "\"role_arn\": true, \"arn\": true"),                              \
         "\"resources\": [" CONFIGURED("aws_eks_cluster", "c",                                     \
                                       "\"role_arn\": {\"references\": [" references "]}") "]")

static const struct case_row plan_rows[] = {
    {"a role is found by the attribute that refers to it",
     {{"p.json", CLUSTER_OF("\"aws_iam_role.b.arn\", \"aws_iam_role.b\"")}},
     ROLE_OF_CLUSTER,
     "\"/b/\"",
     ""},
    {"one of two is not known",
     {{"p.json", CLUSTER_OF("\"aws_iam_role.a.arn\", \"aws_iam_role.a\", \"aws_iam_role.b.arn\", "
                            "\"aws_iam_role.b\"")}},
     "$.roles[?!(@.arn != $.clusters[0].role_arn)].path",
     "",
     ""},
    {"through a module's variable and a module's output",
     {{"p.json",
       PLAN("{\"address\": \"module.iam.aws_iam_role.a[0]\", \"mode\": \"managed\", \"type\": "
            "\"aws_iam_role\", \"name\": \"a\", \"change\": {\"before\": null, \"after\": "
            "{\"path\": "
            "\"/a/\"}, \"after_unknown\": {\"arn\": true}}}, "
            "{\"address\": \"module.eks[\\\"x.y\\\"].aws_eks_cluster.c\", \"mode\": \"managed\", "
            "\"type\": "
            "\"aws_eks_cluster\", \"name\": \"c\", \"change\": {\"before\": null, \"after\": "
            "{\"name\": "
            "\"demo\"}, \"after_unknown\": {\"role_arn\": true}}}",
            "\"module_calls\": {\"iam\": {\"module\": {\"outputs\": {\"role\": {\"expression\": "
            "{\"references\": [\"aws_iam_role.a[0].arn\", \"aws_iam_role.a[0]\", "
            "\"aws_iam_role.a\"]}}}}}, "
            "\"eks\": {\"expressions\": {\"r\": {\"references\": [\"module.iam.role\", "
            "\"module.iam\"]}}, "
            "\"module\": {\"resources\": [" CONFIGURED(
                "aws_eks_cluster", "c", "\"role_arn\": {\"references\": [\"var.r\"]}") "]}}}")}},
     ROLE_OF_CLUSTER,
     "\"/a/\"",
     ""},
    {"policies that are attached to a role that is created are all it has",
     {{"p.json",
       PLAN(TWO_ROLES ", " PLANNED(
                "aws_iam_role_policy_attachment", "x", "\"policy_arn\": \"P\"",
                "\"role\": true") ", " PLANNED("aws_iam_role_policy_attachment", "y",
                                               "\"policy_arn\": \"Q\", \"role\": \"b\"", ""),
            "\"resources\": [" CONFIGURED(
                "aws_iam_role_policy_attachment", "x",
                "\"role\": {\"references\": [\"aws_iam_role.a.name\", \"aws_iam_role.a\"]}") "]")}},
     "$.roles[*].managed_policies",
     "[\"P\"] [\"Q\"]",
     ""},
    {"what is deleted is not there",
     {{"p.json",
       "{\"format_version\": \"1\", \"planned_values\": {}, \"resource_changes\": [{\"type\": "
       "\"aws_eks_cluster\", \"mode\": \"managed\", \"address\": \"a.b\", \"change\": "
       "{\"before\": {\"name\": \"x\"}, \"after\": null}}, null, {\"type\": 1}]}"}},
     "$.clusters",
     "[]",
     ""},
    {"what a cluster was before it is changed",
     {{"p.json",
       "{\"format_version\": \"1\", \"planned_values\": {}, \"resource_changes\": [{\"type\": "
       "\"aws_eks_cluster\", \"mode\": \"managed\", \"address\": \"a.b\", \"change\": "
       "{\"before\": {\"version\": \"1.30\"}, \"after\": {\"name\": \"x\", \"version\": "
       "\"1.32\"}}}]}"}},
     "$.clusters[*]['version_before','version']",
     "\"1.30\" \"1.32\"",
     ""},
};

static void a_template_tells_the_case(void **state)
{
    (void)state;
    case_rows_run(template_rows, COUNT_OF(template_rows));
}

static void a_plan_tells_the_case(void **state)
{
    (void)state;
    case_rows_run(plan_rows, COUNT_OF(plan_rows));
}

static void symbols_are_equal_where_they_stand_for_one_value(void **state)
{
    static const struct {
        struct symbol a, b;
        enum truth truth;
    } rows[] = {
        {{STR_INIT("f"), STR_INIT("Role.Arn"), STR_INIT("A")},
         {STR_INIT("f"), STR_INIT("Role.Arn"), STR_INIT("A")},
         TRUTH_TRUE},
        {{STR_INIT("f"), STR_INIT("Role.Arn"), STR_INIT("A")},
         {STR_INIT("f"), STR_INIT("Role.Arn"), STR_INIT("B")},
         TRUTH_FALSE},
        {{STR_INIT("f"), STR_INIT("Role.Arn"), STR_INIT("A")},
         {STR_INIT("f"), STR_INIT("Role.Ref"), STR_INIT("A")},
         TRUTH_UNKNOWN},
        {{STR_INIT("f"), STR_INIT("Role.Arn"), STR_INIT("A")},
         {STR_INIT("g"), STR_INIT("Role.Arn"), STR_INIT("A")},
         TRUTH_FALSE},
        {{STR_INIT("f"), {0}, STR_INIT("A")}, {STR_INIT("g"), {0}, STR_INIT("A")}, TRUTH_UNKNOWN},
        {{STR_INIT("f"), {0}, STR_INIT("A")}, {STR_INIT("f"), {0}, STR_INIT("A")}, TRUTH_TRUE},
        {{STR_INIT("f"), {0}, STR_INIT("A")}, {STR_INIT("f"), {0}, STR_INIT("B")}, TRUTH_UNKNOWN},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str a = symbol_text(&arena, rows[i].a);
        struct str b = symbol_text(&arena, rows[i].b);
        struct symbol parsed;
        assert_true(symbol_parse(a, &parsed));
        assert_true(str_eq(parsed.scope, rows[i].a.scope) && str_eq(parsed.sort, rows[i].a.sort) &&
                    str_eq(parsed.name, rows[i].a.name));
        assert_int_equal(symbols_equal(a, b), rows[i].truth);
        assert_int_equal(symbols_equal(b, a), rows[i].truth);
        assert_int_equal(symbols_equal(a, (struct str){0}), TRUTH_UNKNOWN);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_template_tells_the_case),
        cmocka_unit_test(a_plan_tells_the_case),
        cmocka_unit_test(symbols_are_equal_where_they_stand_for_one_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
