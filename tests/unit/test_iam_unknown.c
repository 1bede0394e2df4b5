/* SPDX-License-Identifier: MIT */
/* Three-valued decisions: what is not at hand is unknown exactly where it could change the answer. */
#include "unit/iam_decide_world.h"

#define ACCOUNT "123456789012"
#define OTHER "111122223333"
#define ROLE "arn:aws:iam::" ACCOUNT ":role/eks"
#define USER "arn:aws:iam::" OTHER ":user/gitlab"
#define ASSUME "sts:AssumeRole"
#define VPC "ec2:DescribeVpcs"
#define ALL ALLOW("*", "*")
#define ONLY_IF(effect, operator, key, value)                                                      \
    "{'Effect':'" effect "','Action':'*','Resource':'*','Condition':{'" operator"':{'" key         \
                                                                                "':'" value "'}}}"
#define BIT(layer) (1u << LAYER_##layer)

static void a_key_that_may_be_there_leaves_the_answer_open(void **state)
{
    static const struct question questions[] = {
        {"an Allow that needs it", VPC, "*", USER, .open = true,
         .identity =
             POLICY_OF(ONLY_IF("Allow", "StringEquals", "aws:RequestedRegion", "eu-west-1")),
         .expected = "unknown identity: identity/0.0 condition aws:RequestedRegion; missing "
                     "aws:RequestedRegion"},
        {"an Allow beside that does not", VPC, "*", USER, .open = true,
         .identity = POLICY_OF(ONLY_IF("Allow", "StringEquals", "aws:RequestedRegion",
                                       "eu-west-1") "," PAIR("Allow", "ec2:*", "*")),
         .expected = "allowed identity: identity/0.1; missing aws:RequestedRegion"},
        {"a Deny that needs it", VPC, "*", USER, .open = true,
         .identity = POLICY_OF(PAIR("Allow", "*", "*") "," ONLY_IF(
             "Deny", "StringNotEquals", "aws:RequestedRegion", "eu-west-1")),
         .expected = "unknown identity: identity/0.1 condition aws:RequestedRegion; missing "
                     "aws:RequestedRegion"},
        {"a Deny where nothing allows", VPC, "*", USER, .open = true,
         .identity = POLICY_OF(ONLY_IF("Deny", "Bool", "aws:SecureTransport", "false")),
         .expected = "implicitDeny identity:; missing aws:SecureTransport"},
        {"a Deny that is certain beside it", VPC, "*", USER, .open = true,
         .identity = POLICY_OF(ONLY_IF("Deny", "Bool", "aws:SecureTransport",
                                       "false") "," PAIR("Deny", "ec2:*", "*")),
         .expected = "explicitDeny identity: identity/0.1; missing aws:SecureTransport"},
        {"a key that is certainly absent", VPC, "*", USER, .open = true,
         .context = "{'aws:RequestedRegion':null}",
         .identity =
             POLICY_OF(ONLY_IF("Allow", "StringEquals", "aws:RequestedRegion", "eu-west-1")),
         .expected = "implicitDeny identity: identity/0.0 condition aws:RequestedRegion"},
        {"a key with an unknown value", VPC, "*", USER, .context = "{'aws:RequestedRegion':true}",
         .identity =
             POLICY_OF(ONLY_IF("Allow", "StringEquals", "aws:RequestedRegion", "eu-west-1")),
         .expected = "unknown identity: identity/0.0 condition aws:RequestedRegion; missing "
                     "aws:RequestedRegion"},
        {"which is there", VPC, "*", USER, .context = "{'aws:RequestedRegion':true}",
         .identity = POLICY_OF(ONLY_IF("Allow", "Null", "aws:RequestedRegion", "false")),
         .expected = "allowed identity: identity/0.0; missing aws:RequestedRegion"},
        {"a variable in a resource", "s3:GetObject", "arn:aws:s3:::b/x", USER, .open = true,
         .identity = ALLOW("s3:*", "arn:aws:s3:::b/${aws:username}"),
         .expected = "unknown identity: identity/0.0 resource; missing aws:username"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

static void a_policy_that_is_not_at_hand_leaves_the_answer_open(void **state)
{
    static const struct question questions[] = {
        {"a managed policy", VPC, "*", USER, .identity = "['?']", .expected = "unknown identity:"},
        {"it may deny what another allows", VPC, "*", USER, .identity = "['?'," ALL "]",
         .expected = "unknown identity:"},
        {"a Deny stands", VPC, "*", USER, .identity = "['?'," DENY("*", "*") "]",
         .expected = "explicitDeny identity: identity/1.0"},
        {"further policies may exist", VPC, "*", USER, .incomplete = BIT(IDENTITY),
         .expected = "unknown identity:"},
        {"also of the organization", VPC, "*", USER, .identity = ALL, .incomplete = BIT(SCP),
         .expected = "unknown scp:"},
        {"which changes nothing where nothing is granted", VPC, "*", USER, .incomplete = BIT(SCP),
         .expected = "implicitDeny identity:"},
        {"an unknown boundary", VPC, "*", USER, .identity = ALL, .boundary = "'?'",
         .expected = "unknown boundary:"},
        {"an unknown trust policy", ASSUME, ROLE, USER, .identity = ALL, .resource_policy = "'?'",
         .expected = "unknown resource:"},
        {"and no permission", ASSUME, ROLE, USER, .resource_policy = "'?'",
         .expected = "implicitDeny identity:"},
        {"an unknown action in an Allow", VPC, "*", USER,
         .identity = POLICY_OF("{'Effect':'Allow','Action':['s3:*','?'],'Resource':'*'}"),
         .expected = "unknown identity: identity/0.0 action"},
        {"an unknown effect", VPC, "*", USER,
         .identity = POLICY_OF("{'Effect':'?','Action':'*','Resource':'*'}"),
         .expected = "unknown identity: identity/0.0 condition"},
        {"an unknown condition", VPC, "*", USER,
         .identity = POLICY_OF("{'Effect':'Allow','Action':'*','Resource':'*','Condition':'?'}"),
         .expected = "unknown identity: identity/0.0 condition"},
        {"an unknown principal", ASSUME, ROLE, USER, .identity = ALL,
         .resource_policy = TRUSTING(AWS("?"), "'" ASSUME "'", ""),
         .expected = "unknown resource: resource/0.0 principal"},
        {"an unknown Deny of the resource", "sqs:SendMessage", "*", USER, .identity = ALL,
         .rcp = {"'?'"}, .expected = "unknown rcp:"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

static void an_unknown_caller_is_one_of_many(void **state)
{
    static const struct question questions[] = {
        {"their policies are known", VPC, "*", NULL, .identity = ALL,
         .expected = "allowed identity: identity/0.0"},
        {"who is trusted is not", ASSUME, ROLE, NULL, .identity = ALL,
         .resource_policy = TRUSTING(AWS(USER), "'" ASSUME "'", ""),
         .expected = "unknown resource: resource/0.0 principal"},
        {"somebody of a trusted account", ASSUME, ROLE, OTHER, .identity = ALL,
         .resource_policy = TRUSTING(AWS(OTHER), "'" ASSUME "'", ""),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"one user of which is trusted", ASSUME, ROLE, OTHER, .identity = ALL,
         .resource_policy = TRUSTING(AWS(USER), "'" ASSUME "'", ""),
         .expected = "unknown resource: resource/0.0 principal"},
        {"somebody of an account that is not", ASSUME, ROLE, ACCOUNT, .identity = ALL,
         .resource_policy = TRUSTING(AWS(USER), "'" ASSUME "'", ""),
         .expected = "implicitDeny resource: resource/0.0 principal"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

static void a_pattern_is_allowed_where_each_resource_is(void **state)
{
#define ROLES(name) "arn:aws:iam::" ACCOUNT ":role/" name
    static const struct question questions[] = {
        {"all of them", "iam:PassRole", ROLES("eks-*"), USER, .pattern = true, .owner = OTHER,
         .identity = ALLOW("iam:PassRole", "*"), .resource_policy = FOR("'*'", "iam:PassRole"),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"some", "iam:PassRole", ROLES("eks-*"), "arn:aws:iam::" ACCOUNT ":user/u", .pattern = true,
         .identity = ALLOW("iam:PassRole", ROLES("eks-node*")),
         .expected = "unknown identity: identity/0.0 resource"},
        {"none", "iam:PassRole", ROLES("eks-*"), "arn:aws:iam::" ACCOUNT ":user/u", .pattern = true,
         .identity = ALLOW("iam:PassRole", ROLES("ecs-*")),
         .expected = "implicitDeny identity: identity/0.0 resource"},
        {"a Deny of some", "iam:PassRole", ROLES("eks-*"), "arn:aws:iam::" ACCOUNT ":user/u",
         .pattern = true, .identity = "[" ALL "," DENY("iam:*", ROLES("eks-admin")) "]",
         .expected = "unknown identity: identity/1.0 resource"},
        {"a Deny of others", "iam:PassRole", ROLES("eks-*"), "arn:aws:iam::" ACCOUNT ":user/u",
         .pattern = true, .identity = "[" ALL "," DENY("iam:*", ROLES("admin")) "]",
         .expected = "allowed identity: identity/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_may_be_there_leaves_the_answer_open),
        cmocka_unit_test(a_policy_that_is_not_at_hand_leaves_the_answer_open),
        cmocka_unit_test(an_unknown_caller_is_one_of_many),
        cmocka_unit_test(a_pattern_is_allowed_where_each_resource_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
