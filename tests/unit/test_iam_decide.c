/* SPDX-License-Identifier: MIT */
/* All kinds of policies together. Each table names the page of AWS's documentation that it follows. */
#include "unit/iam_decide_world.h"

#define ACCOUNT "111122223333"
#define OTHER "444455556666"
#define USER "arn:aws:iam::" ACCOUNT ":user/carlos"
#define ROLE "arn:aws:iam::" ACCOUNT ":role/app/reader"
#define SESSION "arn:aws:sts::" ACCOUNT ":assumed-role/reader/s1"
#define FEDERATED_USER "arn:aws:sts::" ACCOUNT ":federated-user/carlos"
#define ROOT "arn:aws:iam::" ACCOUNT ":root"
#define QUEUE "arn:aws:sqs:eu-west-1:" ACCOUNT ":jobs"
#define OTHER_QUEUE "arn:aws:sqs:eu-west-1:" OTHER ":jobs"
#define KEY "arn:aws:kms:eu-west-1:" ACCOUNT ":key/k"
#define SEND "sqs:SendMessage"
#define ALL ALLOW("*", "*")
#define NOTHING ALLOW("ec2:*", "*")
#define ANYBODY "'*'"

/* IAM User Guide, "Policy evaluation for requests within a single account". */
static void one_account_needs_one_allow_and_no_deny(void **state)
{
    static const struct question questions[] = {
        {"no policy at all", SEND, QUEUE, USER, .expected = "implicitDeny identity:"},
        {"an identity policy allows", SEND, QUEUE, USER, .identity = ALLOW("sqs:*", QUEUE),
         .expected = "allowed identity: identity/0.0"},
        {"it is about another action", SEND, QUEUE, USER, .identity = ALLOW("sqs:Receive*", "*"),
         .expected = "implicitDeny identity: identity/0.0 action"},
        {"it is about another resource", SEND, QUEUE, USER,
         .identity = ALLOW("sqs:*", "arn:aws:sqs:*:*:other"),
         .expected = "implicitDeny identity: identity/0.0 resource"},
        {"the second of three policies allows", SEND, QUEUE, USER,
         .identity = "[" NOTHING "," ALL "," NOTHING "]",
         .expected = "allowed identity: identity/1.0"},
        {"the nearest statement is told, not the first", SEND, QUEUE, USER,
         .identity = "[" NOTHING "," POLICY_OF(
             PAIR("Allow", "s3:*", "*") "," PAIR("Allow", SEND, "arn:aws:sqs:*:*:x")) "]",
         .expected = "implicitDeny identity: identity/1.1 resource"},
        {"a Deny beside the Allow", SEND, QUEUE, USER,
         .identity = "[" ALL "," DENY("sqs:*", "*") "]",
         .expected = "explicitDeny identity: identity/1.0"},
        {"a Deny about another action", SEND, QUEUE, USER,
         .identity = "[" ALL "," DENY("sqs:Receive*", "*") "]",
         .expected = "allowed identity: identity/0.0"},
        {"the root user may do everything", SEND, QUEUE, ROOT, .expected = "allowed identity:"},
        {"but what a Deny of the resource forbids", SEND, QUEUE, ROOT,
         .resource_policy = AGAINST(ANYBODY, "sqs:*"),
         .expected = "explicitDeny resource: resource/0.0"},
        {"and what an SCP leaves out", SEND, QUEUE, ROOT, .scp = {NOTHING},
         .expected = "implicitDeny scp: scp/0.0 action"},
        {"not beyond its account", SEND, OTHER_QUEUE, ROOT, .expected = "implicitDeny resource:"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/*
 * IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access": a
 * Deny of any kind of policy ends it.
 */
static void a_deny_of_any_layer_denies(void **state)
{
    static const struct question questions[] = {
        {"identity", SEND, QUEUE, SESSION, .identity = "[" ALL "," DENY(SEND, "*") "]",
         .expected = "explicitDeny identity: identity/1.0"},
        {"resource", SEND, QUEUE, SESSION, .identity = ALL,
         .resource_policy = AGAINST(AWS(ROLE), SEND),
         .expected = "explicitDeny resource: resource/0.0"},
        {"boundary", SEND, QUEUE, SESSION, .identity = ALL,
         .boundary = "[" ALL "," DENY(SEND, "*") "]",
         .expected = "explicitDeny boundary: boundary/1.0"},
        {"session", SEND, QUEUE, SESSION, .identity = ALL,
         .session = "[" ALL "," DENY(SEND, "*") "]",
         .expected = "explicitDeny session: session/1.0"},
        {"endpoint", SEND, QUEUE, SESSION, .identity = ALL,
         .endpoint = POLICY_OF(GRANT("Allow", ANYBODY, "*") "," GRANT("Deny", ANYBODY, SEND)),
         .expected = "explicitDeny endpoint: endpoint/0.1"},
        {"scp, of the second level", SEND, QUEUE, SESSION, .identity = ALL,
         .scp = {ALL, "[" ALL "," DENY(SEND, "*") "]"}, .expected = "explicitDeny scp: scp@1/1.0"},
        {"rcp", SEND, QUEUE, SESSION, .identity = ALL, .rcp = {AGAINST(ANYBODY, SEND)},
         .expected = "explicitDeny rcp: rcp/0.0"},
        {"also where the resource names the user", SEND, QUEUE, USER, .identity = DENY(SEND, "*"),
         .resource_policy = FOR(AWS(USER), SEND),
         .expected = "explicitDeny identity: identity/0.0"},
        {"a boundary's Deny counts where its Allow is not needed", SEND, QUEUE, USER,
         .boundary = DENY(SEND, "*"), .resource_policy = FOR(AWS(USER), SEND),
         .expected = "explicitDeny boundary: boundary/0.0"},
        {"all Denies are told, in the order of the layers", SEND, QUEUE, SESSION,
         .identity = DENY("*", "*"), .session = DENY("sqs:*", "*"), .scp = {DENY(SEND, "*")},
         .expected = "explicitDeny scp: scp/0.0 identity/0.0 session/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/*
 * AWS Organizations User Guide, "SCP evaluation", "RCP evaluation": every level from the root to
 * the account must allow; SCPs bind the principals of member accounts, RCPs resources;
 * RCPFullAWSAccess is always there; neither binds service-linked roles.
 */
static void every_level_of_the_organization_must_allow(void **state)
{
#define SERVICE_LINKED                                                                             \
    "arn:aws:iam::" ACCOUNT ":role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"
    static const struct question questions[] = {
        {"all levels allow", SEND, QUEUE, USER, .identity = ALL, .scp = {ALL, ALL, ALL},
         .expected = "allowed identity: identity/0.0"},
        {"the root allows, the unit does not", SEND, QUEUE, USER, .identity = ALL,
         .scp = {ALL, ALLOW("s3:*", "*"), ALL}, .expected = "implicitDeny scp: scp@1/0.0 action"},
        {"the root does not", SEND, QUEUE, USER, .identity = ALL, .scp = {NOTHING, ALL},
         .expected = "implicitDeny scp: scp/0.0 action"},
        {"a level without policies allows nothing", SEND, QUEUE, USER, .identity = ALL,
         .scp = {ALL, "[]", ALL}, .expected = "implicitDeny scp:"},
        {"one of a level's policies is enough", SEND, QUEUE, USER, .identity = ALL,
         .scp = {ALL, "[" NOTHING "," ALLOW("sqs:*", "*") "]"},
         .expected = "allowed identity: identity/0.0"},
        {"SCPs grant nothing", SEND, QUEUE, USER, .scp = {ALL},
         .expected = "implicitDeny identity:"},
        {"SCPs bind also whom a resource names", SEND, QUEUE, USER,
         .resource_policy = FOR(AWS(USER), SEND), .scp = {NOTHING},
         .expected = "implicitDeny scp: scp/0.0 action"},
        {"not services", SEND, QUEUE, "events.amazonaws.com",
         .resource_policy = FOR("{'Service':'events.amazonaws.com'}", SEND), .scp = {NOTHING},
         .expected = "allowed resource: resource/0.0"},
        {"not service-linked roles", SEND, QUEUE, SERVICE_LINKED, .identity = ALL,
         .scp = {DENY("*", "*")}, .expected = "allowed identity: identity/0.0"},
        {"RCPs leave out what they do not deny", SEND, QUEUE, USER, .identity = ALL,
         .rcp = {AGAINST(ANYBODY, "s3:*")}, .expected = "allowed identity: identity/0.0"},
        {"RCPs bind services", SEND, QUEUE, "events.amazonaws.com",
         .resource_policy = FOR("{'Service':'events.amazonaws.com'}", SEND),
         .rcp = {AGAINST(ANYBODY, "sqs:*")}, .expected = "explicitDeny rcp: rcp/0.0"},
        {"and anonymous callers", SEND, QUEUE, "anonymous", .resource_policy = FOR(ANYBODY, SEND),
         .rcp = {AGAINST(ANYBODY, "sqs:*")}, .expected = "explicitDeny rcp: rcp/0.0"},
        {"not service-linked roles", SEND, QUEUE, SERVICE_LINKED, .identity = ALL,
         .rcp = {AGAINST(ANYBODY, "sqs:*")}, .expected = "allowed identity: identity/0.0"},
        {"not kms:RetireGrant", "kms:RetireGrant", KEY, USER, .identity = ALL,
         .rcp = {AGAINST(ANYBODY, "kms:*")}, .expected = "allowed identity: identity/0.0"},
        {"not services that support none", "ec2:DescribeVpcs", "*", USER, .identity = ALL,
         .rcp = {AGAINST(ANYBODY, "*")}, .expected = "allowed identity: identity/0.0"},
        {"but those that nobody knows yet", "newservice:Call", "*", USER, .identity = ALL,
         .rcp = {AGAINST(ANYBODY, "*")}, .expected = "explicitDeny rcp: rcp/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/*
 * IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access",
 * table "Resource-based policies and implicit denies in other policy types (same account)", and
 * "AWS JSON policy elements: Principal".
 */
static void how_a_resource_names_the_caller_decides_what_limits_them(void **state)
{
#define BY_ARN(operator)                                                                           \
    POLICY_OF("{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':{'"       \
              operator"':{'aws:PrincipalArn':'" ROLE "'}}}")
    static const struct question questions[] = {
        {"the user's ARN suffices", SEND, QUEUE, USER, .resource_policy = FOR(AWS(USER), SEND),
         .expected = "allowed resource: resource/0.0"},
        {"beyond a boundary", SEND, QUEUE, USER, .boundary = NOTHING,
         .resource_policy = FOR(AWS(USER), SEND), .expected = "allowed resource: resource/0.0"},
        {"which then decides, not the policy that the boundary cuts off", SEND, QUEUE, USER,
         .identity = ALL, .boundary = NOTHING, .resource_policy = FOR(AWS(USER), SEND),
         .expected = "allowed resource: resource/0.0"},
        {"user names have letter case", SEND, QUEUE, USER,
         .resource_policy = FOR(AWS("arn:aws:iam::" ACCOUNT ":user/Carlos"), SEND),
         .expected = "implicitDeny identity:"},
        {"a session's ARN suffices", SEND, QUEUE, SESSION,
         .resource_policy = FOR(AWS(SESSION), SEND), .expected = "allowed resource: resource/0.0"},
        {"beyond boundary and session policy", SEND, QUEUE, SESSION, .boundary = NOTHING,
         .session = NOTHING, .resource_policy = FOR(AWS(SESSION), SEND),
         .expected = "allowed resource: resource/0.0"},
        {"another session of the role", SEND, QUEUE, SESSION,
         .resource_policy = FOR(AWS("arn:aws:sts::" ACCOUNT ":assumed-role/reader/s2"), SEND),
         .expected = "implicitDeny identity:"},
        {"a role's ARN suffices", SEND, QUEUE, SESSION, .resource_policy = FOR(AWS(ROLE), SEND),
         .expected = "allowed resource: resource/0.0"},
        {"within the boundary", SEND, QUEUE, SESSION, .boundary = NOTHING,
         .resource_policy = FOR(AWS(ROLE), SEND),
         .expected = "implicitDeny boundary: boundary/0.0 action"},
        {"and the session's policy", SEND, QUEUE, SESSION, .boundary = ALL, .session = NOTHING,
         .resource_policy = FOR(AWS(ROLE), SEND),
         .expected = "implicitDeny session: session/0.0 action"},
        {"its account only delegates", SEND, QUEUE, USER,
         .resource_policy = FOR(AWS(ACCOUNT), SEND), .expected = "implicitDeny identity:"},
        {"also as its root", SEND, QUEUE, SESSION, .resource_policy = FOR(AWS(ROOT), SEND),
         .expected = "implicitDeny identity:"},
        {"with a policy of their own they may", SEND, QUEUE, USER, .identity = ALL,
         .resource_policy = FOR(AWS(ACCOUNT), SEND),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"a resource's policy need not name them", SEND, QUEUE, USER, .identity = ALL,
         .resource_policy = FOR(AWS(OTHER), SEND), .expected = "allowed identity: identity/0.0"},
        {"everybody: a user beyond the boundary", SEND, QUEUE, USER, .boundary = NOTHING,
         .resource_policy = FOR(ANYBODY, SEND), .expected = "allowed resource: resource/0.0"},
        {"everybody: a session", SEND, QUEUE, SESSION, .resource_policy = FOR(ANYBODY, SEND),
         .expected = "allowed resource: resource/0.0"},
        {"everybody, as AWS", SEND, QUEUE, SESSION, .resource_policy = FOR(AWS("*"), SEND),
         .expected = "allowed resource: resource/0.0"},
        {"everybody with the role's ARN, beyond boundary and session policy", SEND, QUEUE, SESSION,
         .boundary = NOTHING, .session = NOTHING, .context = "{'aws:PrincipalArn':['" ROLE "']}",
         .resource_policy = BY_ARN("ArnEquals"), .expected = "allowed resource: resource/0.0"},
        {"not with every ARN but one", SEND, QUEUE, SESSION, .boundary = NOTHING,
         .context = "{'aws:PrincipalArn':['" ROLE "x']}", .resource_policy = BY_ARN("ArnNotEquals"),
         .expected = "implicitDeny boundary: boundary/0.0 action"},
        {"everybody: nobody in particular", SEND, QUEUE, "anonymous",
         .resource_policy = FOR(ANYBODY, SEND), .expected = "allowed resource: resource/0.0"},
        {"an account does not name anonymous callers", SEND, QUEUE, "anonymous",
         .resource_policy = FOR(AWS(ACCOUNT), SEND),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"a service", SEND, QUEUE, "events.amazonaws.com",
         .resource_policy = FOR("{'Service':'events.amazonaws.com'}", SEND),
         .expected = "allowed resource: resource/0.0"},
        {"another service", SEND, QUEUE, "sns.amazonaws.com", .identity = ALL,
         .resource_policy = FOR("{'Service':'events.amazonaws.com'}", SEND),
         .expected = "implicitDeny resource: resource/0.0 principal"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* AWS STS API Reference, "GetFederationToken": what such a session may is what a policy passes. */
static void a_federated_user_has_what_their_session_policy_passes(void **state)
{
    static const struct question questions[] = {
        {"policy of user and of session", SEND, QUEUE, FEDERATED_USER, .identity = ALL,
         .session = ALLOW("sqs:*", "*"), .expected = "allowed identity: identity/0.0"},
        {"no policy was passed", SEND, QUEUE, FEDERATED_USER, .identity = ALL,
         .expected = "implicitDeny session:"},
        {"the resource names the session", SEND, QUEUE, FEDERATED_USER,
         .resource_policy = FOR(AWS(FEDERATED_USER), SEND),
         .expected = "allowed resource: resource/0.0"},
        {"the resource allows everybody", SEND, QUEUE, FEDERATED_USER,
         .resource_policy = FOR("'*'", SEND), .expected = "implicitDeny session:"},
        {"and the session policy as well", SEND, QUEUE, FEDERATED_USER,
         .resource_policy = FOR("'*'", SEND), .session = ALLOW("sqs:*", "*"),
         .expected = "allowed resource: resource/0.0"},
        {"everybody but one", SEND, QUEUE, FEDERATED_USER,
         .resource_policy = POLICY_OF("{'Effect':'Allow','NotPrincipal':{'AWS':'" OTHER
                                      "'},'Action':'" SEND "','Resource':'*'}"),
         .expected = "implicitDeny session:"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* IAM User Guide, "Permissions boundaries for IAM entities", "Policies and permissions": session. */
static void boundaries_and_session_policies_limit_and_never_grant(void **state)
{
    static const struct question questions[] = {
        {"both allow", SEND, QUEUE, SESSION, .identity = ALL, .boundary = ALLOW("sqs:*", "*"),
         .session = ALLOW(SEND, "*"), .expected = "allowed identity: identity/0.0"},
        {"the boundary does not", SEND, QUEUE, SESSION, .identity = ALL, .boundary = NOTHING,
         .session = ALL, .expected = "implicitDeny boundary: boundary/0.0 action"},
        {"an empty boundary", SEND, QUEUE, SESSION, .identity = ALL, .boundary = "[]",
         .expected = "implicitDeny boundary:"},
        {"the session does not", SEND, QUEUE, SESSION, .identity = ALL, .boundary = ALL,
         .session = ALLOW(SEND, "arn:aws:sqs:*:*:x"),
         .expected = "implicitDeny session: session/0.0 resource"},
        {"they grant nothing", SEND, QUEUE, SESSION, .boundary = ALL, .session = ALL,
         .expected = "implicitDeny identity:"},
        {"across accounts, too", SEND, OTHER_QUEUE, SESSION, .identity = ALL, .boundary = NOTHING,
         .resource_policy = FOR(AWS(SESSION), SEND),
         .expected = "implicitDeny boundary: boundary/0.0 action"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* IAM User Guide, "Cross-account policy evaluation logic". */
static void across_accounts_both_sides_must_allow(void **state)
{
    static const struct question questions[] = {
        {"both do, for the account", SEND, OTHER_QUEUE, USER, .identity = ALL,
         .resource_policy = FOR(AWS(ACCOUNT), SEND),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"both do, for the user", SEND, OTHER_QUEUE, USER, .identity = ALL,
         .resource_policy = FOR(AWS(USER), SEND),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"the caller's side does not", SEND, OTHER_QUEUE, USER,
         .resource_policy = FOR(AWS(USER), SEND), .expected = "implicitDeny identity:"},
        {"the resource's side does not", SEND, OTHER_QUEUE, USER, .identity = ALL,
         .resource_policy = FOR(AWS(OTHER), SEND),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"it has no policy", SEND, OTHER_QUEUE, USER, .identity = ALL,
         .expected = "implicitDeny resource:"},
        {"it is open to everybody", SEND, OTHER_QUEUE, SESSION, .identity = ALL,
         .resource_policy = FOR(ANYBODY, SEND),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"an owner makes a bucket foreign", "s3:GetObject", "arn:aws:s3:::b/k", USER,
         .identity = ALL, .owner = OTHER, .expected = "implicitDeny resource:"},
        {"without one it is the caller's own", "s3:GetObject", "arn:aws:s3:::b/k", USER,
         .identity = ALL, .expected = "allowed identity: identity/0.0"},
        {"services belong to no account", SEND, OTHER_QUEUE, "events.amazonaws.com",
         .resource_policy = FOR("{'Service':'events.amazonaws.com'}", SEND),
         .expected = "allowed resource: resource/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* AWS KMS Developer Guide, "Key policies in AWS KMS": without the key's policy no other counts. */
static void a_kms_key_is_used_only_as_its_policy_says(void **state)
{
    static const struct question questions[] = {
        {"the key's policy delegates", "kms:Decrypt", KEY, USER, .identity = ALL,
         .resource_policy = FOR(AWS(ROOT), "kms:*"),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"it delegates, and nobody allows", "kms:Decrypt", KEY, USER,
         .resource_policy = FOR(AWS(ROOT), "kms:*"), .expected = "implicitDeny identity:"},
        {"it names somebody else", "kms:Decrypt", KEY, USER, .identity = ALL,
         .resource_policy = FOR(AWS("arn:aws:iam::" ACCOUNT ":user/maria"), "kms:*"),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"it names the user", "kms:Decrypt", KEY, USER, .resource_policy = FOR(AWS(USER), "kms:*"),
         .expected = "allowed resource: resource/0.0"},
        {"also the root user needs it", "kms:Decrypt", KEY, ROOT,
         .resource_policy = FOR(AWS(USER), "kms:*"),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"the action's letter case does not count", "KMS:decrypt", KEY, USER, .identity = ALL,
         .resource_policy = FOR(AWS(USER "x"), "kms:*"),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"calls about no key are of the account alone", "kms:ListKeys", "*", USER, .identity = ALL,
         .resource_policy = FOR(AWS(USER "x"), "kms:*"),
         .expected = "allowed identity: identity/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies". */
static void a_vpc_endpoint_lets_through_what_its_policy_allows(void **state)
{
    static const struct question questions[] = {
        {"everything", SEND, QUEUE, USER, .identity = ALL, .endpoint = FOR(ANYBODY, "*"),
         .expected = "allowed identity: identity/0.0"},
        {"another service", SEND, QUEUE, USER, .identity = ALL, .endpoint = FOR(ANYBODY, "s3:*"),
         .expected = "implicitDeny endpoint: endpoint/0.0 action"},
        {"other callers", SEND, QUEUE, USER, .identity = ALL, .endpoint = FOR(AWS(OTHER), "*"),
         .expected = "implicitDeny endpoint: endpoint/0.0 principal"},
        {"also for whom the resource names", SEND, QUEUE, USER,
         .resource_policy = FOR(AWS(USER), SEND), .endpoint = FOR(ANYBODY, "s3:*"),
         .expected = "implicitDeny endpoint: endpoint/0.0 action"},
        {"it grants nothing", SEND, QUEUE, USER, .endpoint = FOR(ANYBODY, "*"),
         .expected = "implicitDeny identity:"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/*
 * IAM User Guide, "IAM JSON policy elements": NotAction, NotResource, NotPrincipal; letter case of
 * "Action" and "Resource".
 */
static void elements_and_their_opposites_are_matched(void **state)
{
    static const struct question questions[] = {
        {"NotAction allows the others", SEND, QUEUE, USER,
         .identity = POLICY_OF("{'Effect':'Allow','NotAction':['iam:*','s3:*'],'Resource':'*'}"),
         .expected = "allowed identity: identity/0.0"},
        {"NotAction leaves out", "iam:PassRole", "*", USER,
         .identity = POLICY_OF("{'Effect':'Allow','NotAction':['iam:*','s3:*'],'Resource':'*'}"),
         .expected = "implicitDeny identity: identity/0.0 action"},
        {"a Deny with NotAction", SEND, QUEUE, USER,
         .identity = POLICY_OF(PAIR("Allow", "*", "*") ",{'Effect':'Deny','NotAction':'s3:*',"
                                                       "'Resource':'*'}"),
         .expected = "explicitDeny identity: identity/0.1"},
        {"a Deny with NotResource", SEND, QUEUE, USER,
         .identity = POLICY_OF(PAIR("Allow", "*", "*") ",{'Effect':'Deny','Action':'sqs:*',"
                                                       "'NotResource':'" QUEUE "'}"),
         .expected = "allowed identity: identity/0.0"},
        {"of another resource", SEND, QUEUE "2", USER,
         .identity = POLICY_OF(PAIR("Allow", "*", "*") ",{'Effect':'Deny','Action':'sqs:*',"
                                                       "'NotResource':'" QUEUE "'}"),
         .expected = "explicitDeny identity: identity/0.1"},
        {"a Deny with NotPrincipal", SEND, QUEUE, USER, .identity = ALL,
         .resource_policy = POLICY_OF("{'Effect':'Deny','NotPrincipal':" AWS(
             "arn:aws:iam::" ACCOUNT ":user/maria") ",'Action':'*','Resource':'*'}"),
         .expected = "explicitDeny resource: resource/0.0"},
        {"which spares the user with their account", SEND, QUEUE, USER, .identity = ALL,
         .resource_policy = POLICY_OF("{'Effect':'Deny','NotPrincipal':{'AWS':['" USER "','" ROOT
                                      "']},'Action':'*','Resource':'*'}"),
         .expected = "allowed identity: identity/0.0"},
        {"actions have no letter case", "SQS:sendmessage", QUEUE, USER,
         .identity = ALLOW("sqs:SENDmessage", "*"), .expected = "allowed identity: identity/0.0"},
        {"resources have", SEND, QUEUE, USER,
         .identity = ALLOW(SEND, "arn:aws:sqs:eu-west-1:" ACCOUNT ":Jobs"),
         .expected = "implicitDeny identity: identity/0.0 resource"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* IAM User Guide, "IAM policy elements: Variables and tags"; IAM API Reference, "EvaluationResult". */
static void variables_take_their_values_and_missing_keys_are_told(void **state)
{
#define HOME "arn:aws:s3:::b/${aws:username}/*"
#define OWN "{'aws:username':['carlos']}"
#define GET "s3:GetObject"
    static const struct question questions[] = {
        {"a variable in a resource", GET, "arn:aws:s3:::b/carlos/x", USER,
         .identity = ALLOW(GET, HOME), .context = OWN,
         .expected = "allowed identity: identity/0.0"},
        {"with another value", GET, "arn:aws:s3:::b/maria/x", USER, .identity = ALLOW(GET, HOME),
         .context = OWN, .expected = "implicitDeny identity: identity/0.0 resource"},
        {"without a value it matches nothing", GET, "arn:aws:s3:::b//x", USER,
         .identity = ALLOW(GET, HOME),
         .expected = "implicitDeny identity: identity/0.0 resource; missing aws:username"},
        {"all variables without a value are told", GET, "arn:aws:s3:::b/x", USER,
         .identity = ALLOW(GET, "arn:aws:s3:::b/${aws:username}/${aws:PrincipalTag/team}/"
                                "${aws:userid, \\u0027none\\u0027}${*}"),
         .expected = "implicitDeny identity: identity/0.0 resource; missing aws:username "
                     "aws:PrincipalTag/team"},
        {"in the old version it is no variable", GET, "arn:aws:s3:::b/${aws:username}/x", USER,
         .identity = "{'Statement':" PAIR("Allow", GET, HOME) "}",
         .expected = "allowed identity: identity/0.0"},
        {"a condition that fails is told, and only missing keys are missing", SEND, QUEUE, USER,
         .identity =
             POLICY_OF("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringEquals':"
                       "{'aws:username':'carlos','aws:PrincipalTag/team':'a'},'Bool':"
                       "{'aws:SecureTransport':'true'}}}"),
         .context = "{'aws:username':['carlos'],'aws:securetransport':['false']}",
         .expected = "implicitDeny identity: identity/0.0 condition aws:PrincipalTag/team; "
                     "missing aws:PrincipalTag/team"},
        {"variables of statements about other actions are not missing", SEND, QUEUE, USER,
         .identity = POLICY_OF(PAIR("Allow", SEND, "*") "," PAIR("Allow", GET, HOME)),
         .expected = "allowed identity: identity/0.0"},
        {"keys of statements about other actions are not missing", SEND, QUEUE, USER,
         .identity = POLICY_OF(
             PAIR("Allow", SEND, "*") ",{'Effect':'Deny','Action':'s3:*','Resource':'*',"
                                      "'Condition':{'Bool':{'aws:MultiFactorAuthPresent':'false'}}"
                                      "}"),
         .expected = "allowed identity: identity/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_account_needs_one_allow_and_no_deny),
        cmocka_unit_test(a_deny_of_any_layer_denies),
        cmocka_unit_test(every_level_of_the_organization_must_allow),
        cmocka_unit_test(how_a_resource_names_the_caller_decides_what_limits_them),
        cmocka_unit_test(a_federated_user_has_what_their_session_policy_passes),
        cmocka_unit_test(boundaries_and_session_policies_limit_and_never_grant),
        cmocka_unit_test(across_accounts_both_sides_must_allow),
        cmocka_unit_test(a_kms_key_is_used_only_as_its_policy_says),
        cmocka_unit_test(a_vpc_endpoint_lets_through_what_its_policy_allows),
        cmocka_unit_test(elements_and_their_opposites_are_matched),
        cmocka_unit_test(variables_take_their_values_and_missing_keys_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
