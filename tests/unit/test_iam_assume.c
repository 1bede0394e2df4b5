/* SPDX-License-Identifier: MIT */
/* Who may assume a role: its trust policy with the caller's own policies, and federated callers. */
#include "unit/iam_decide_world.h"

#define ACCOUNT "123456789012"
#define OTHER "111122223333"
#define ROLE "arn:aws:iam::" ACCOUNT ":role/eks"
#define USER "arn:aws:iam::" ACCOUNT ":user/dev"
#define GITLAB "arn:aws:iam::" OTHER ":user/gitlab"
#define ASSUME "sts:AssumeRole"
#define MAY_ASSUME ALLOW(ASSUME, ROLE)
#define ISSUER "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
#define PROVIDER "arn:aws:iam::" ACCOUNT ":oidc-provider/" ISSUER
#define WEB "sts:AssumeRoleWithWebIdentity"

/*
 * IAM User Guide, "IAM roles: Roles terms and concepts", "Policy evaluation logic" (role trust
 * policies must allow explicitly); AWS Security Blog, "How to use trust policies with IAM roles".
 */
static void in_one_account_the_trust_policy_decides_what_is_needed(void **state)
{
    static const struct question questions[] = {
        {"it names the user", ASSUME, ROLE, USER,
         .resource_policy = TRUSTING(AWS(USER), "'" ASSUME "'", ""),
         .expected = "allowed resource: resource/0.0"},
        {"it names the account, the user's policy allows", ASSUME, ROLE, USER,
         .identity = MAY_ASSUME, .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"it names the account, nobody allows", ASSUME, ROLE, USER,
         .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "implicitDeny identity:"},
        {"it names the account, the user's policy is about another role", ASSUME, ROLE, USER,
         .identity = ALLOW(ASSUME, "arn:aws:iam::" ACCOUNT ":role/ecs"),
         .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "implicitDeny identity: identity/0.0 resource"},
        {"it does not name them, whatever their policies say", ASSUME, ROLE, USER,
         .identity = ALLOW("*", "*"), .resource_policy = TRUSTING(AWS(OTHER), "'" ASSUME "'", ""),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"without a trust policy at hand the caller's side is told", ASSUME, ROLE, USER,
         .identity = MAY_ASSUME, .expected = "allowed identity: identity/0.0"},
        {"a Deny of the user's counts", ASSUME, ROLE, USER, .identity = DENY("sts:*", "*"),
         .resource_policy = TRUSTING(AWS(USER), "'" ASSUME "'", ""),
         .expected = "explicitDeny identity: identity/0.0"},
        {"an SCP counts", ASSUME, ROLE, USER, .scp = {ALLOW("ec2:*", "*")},
         .resource_policy = TRUSTING(AWS(USER), "'" ASSUME "'", ""),
         .expected = "implicitDeny scp: scp/0.0 action"},
        {"a role's session within its boundary", ASSUME, ROLE,
         "arn:aws:sts::" ACCOUNT ":assumed-role/ci/x", .boundary = ALLOW("s3:*", "*"),
         .resource_policy = TRUSTING(AWS("arn:aws:iam::" ACCOUNT ":role/ci"), "'" ASSUME "'", ""),
         .expected = "implicitDeny boundary: boundary/0.0 action"},
        /* AWS STS API Reference, "AssumeRole": not with credentials of the root user. */
        {"the root user assumes no role", ASSUME, ROLE, "arn:aws:iam::" ACCOUNT ":root",
         .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "implicitDeny identity:"},
        {"nor does a federated user", ASSUME, ROLE, "arn:aws:sts::" ACCOUNT ":federated-user/dev",
         .identity = ALLOW("*", "*"), .session = ALLOW("*", "*"),
         .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "implicitDeny identity:"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* AWS Security Blog, "Announcing an update to IAM role trust policy behavior". */
static void a_role_assumes_itself_only_where_it_is_named(void **state)
{
#define ITSELF "arn:aws:sts::" ACCOUNT ":assumed-role/eks/s1"
    static const struct question questions[] = {
        {"named", ASSUME, ROLE, ITSELF, .identity = MAY_ASSUME,
         .resource_policy = TRUSTING(AWS(ROLE), "'" ASSUME "'", ""),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"its account is named", ASSUME, ROLE, ITSELF, .identity = MAY_ASSUME,
         .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"the role as the caller", ASSUME, ROLE, ROLE, .identity = MAY_ASSUME,
         .resource_policy = TRUSTING(AWS(ACCOUNT), "'" ASSUME "'", ""),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"another role of that name", ASSUME, ROLE, "arn:aws:sts::" OTHER ":assumed-role/eks/s1",
         .identity = MAY_ASSUME, .resource_policy = TRUSTING(AWS(OTHER), "'" ASSUME "'", ""),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"other calls about itself are as any", "sts:TagSession", ROLE, ITSELF,
         .identity = ALLOW("*", "*"), .expected = "allowed identity: identity/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed
 * roles": the trust policy must allow what is passed, too. */
static void what_is_passed_with_the_call_needs_trust(void **state)
{
#define DEV "arn:aws:iam::" ACCOUNT ":user/dev"
#define TRUST_DEV(action) TRUSTING(AWS(DEV), "'" action "'", "")
    static const struct question questions[] = {
        {"a tag, and it is allowed", "sts:TagSession", ROLE, DEV, .identity = ALLOW("*", "*"),
         .resource_policy = TRUST_DEV("sts:TagSession"),
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"a tag, where only assuming is", "sts:TagSession", ROLE, DEV, .identity = ALLOW("*", "*"),
         .resource_policy = TRUST_DEV(ASSUME),
         .expected = "implicitDeny resource: resource/0.0 action"},
        {"a source identity", "sts:SetSourceIdentity", ROLE, DEV, .identity = ALLOW("*", "*"),
         .resource_policy = TRUST_DEV(ASSUME),
         .expected = "implicitDeny resource: resource/0.0 action"},
        {"a context of identity", "sts:setcontext", ROLE, DEV, .identity = ALLOW("*", "*"),
         .resource_policy = TRUST_DEV(ASSUME),
         .expected = "implicitDeny resource: resource/0.0 action"},
        {"another call", "sts:GetCallerIdentity", ROLE, DEV, .identity = ALLOW("*", "*"),
         .resource_policy = TRUST_DEV(ASSUME), .expected = "allowed identity: identity/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* IAM User Guide, "Access to AWS accounts owned by third parties", "Cross-account policy evaluation
 * logic". */
static void across_accounts_trust_and_permission_are_needed(void **state)
{
#define WITH_ID ",'Condition':{'StringEquals':{'sts:ExternalId':'abc'}}"
#define TRUST_GITLAB TRUSTING(AWS(GITLAB), "'" ASSUME "'", WITH_ID)
#define SENT "{'sts:ExternalId':['abc']}"
    static const struct question questions[] = {
        {"both, with the external ID", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB, .context = SENT,
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"the account is trusted", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUSTING(AWS(OTHER), "'" ASSUME "'", WITH_ID), .context = SENT,
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"another external ID", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB, .context = "{'sts:ExternalId':['ABC']}",
         .expected = "implicitDeny resource: resource/0.0 condition sts:ExternalId"},
        {"no external ID", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB,
         .expected = "implicitDeny resource: resource/0.0 condition sts:ExternalId; missing "
                     "sts:ExternalId"},
        {"another account is trusted", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUSTING(AWS("999999999999"), "'" ASSUME "'", WITH_ID), .context = SENT,
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"the trust is for another action", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUSTING(AWS(GITLAB), "'sts:TagSession'", ""),
         .expected = "implicitDeny resource: resource/0.0 action"},
        {"no permission", ASSUME, ROLE, GITLAB, .identity = ALLOW("eks:*", "*"),
         .resource_policy = TRUST_GITLAB, .context = SENT,
         .expected = "implicitDeny identity: identity/0.0 action"},
        {"a Deny", ASSUME, ROLE, GITLAB, .identity = "[" MAY_ASSUME "," DENY("sts:*", "*") "]",
         .resource_policy = TRUST_GITLAB, .context = SENT,
         .expected = "explicitDeny identity: identity/1.0"},
        {"an SCP of the caller's organization", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB, .context = SENT, .scp = {ALLOW("ec2:*", "*")},
         .expected = "implicitDeny scp: scp/0.0 action"},
        {"the caller's boundary", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB, .context = SENT, .boundary = ALLOW("ec2:*", "*"),
         .expected = "implicitDeny boundary: boundary/0.0 action"},
        {"an RCP of the role's organization", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB,
         .context = "{'sts:ExternalId':['abc'],'aws:PrincipalOrgID':['o-aaaaaaaaaa']}",
         .rcp = {POLICY_OF("{'Effect':'Deny','Principal':'*','Action':'sts:AssumeRole',"
                           "'Resource':'*','Condition':{'StringNotEqualsIfExists':"
                           "{'aws:PrincipalOrgID':'o-aaaaaaaaaa'}}}")},
         .expected = "allowed identity: identity/0.0 resource/0.0"},
        {"which a foreign organization meets", ASSUME, ROLE, GITLAB, .identity = MAY_ASSUME,
         .resource_policy = TRUST_GITLAB,
         .context = "{'sts:ExternalId':['abc'],'aws:PrincipalOrgID':['o-bbbbbbbbbb']}",
         .rcp = {POLICY_OF("{'Effect':'Deny','Principal':'*','Action':'sts:AssumeRole',"
                           "'Resource':'*','Condition':{'StringNotEqualsIfExists':"
                           "{'aws:PrincipalOrgID':'o-aaaaaaaaaa'}}}")},
         .expected = "explicitDeny rcp: rcp/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/*
 * Amazon EKS User Guide, "IAM roles for service accounts", "Assign IAM roles to Kubernetes service
 * accounts"; AWS STS API Reference, "AssumeRoleWithWebIdentity".
 */
static void a_service_account_assumes_by_its_token(void **state)
{
#define CLAIMS(operator, sub)                                                                      \
    ",'Condition':{'" operator"':{'" ISSUER ":sub':'" sub "'},'StringEquals':{'" ISSUER            \
                              ":aud':'sts.amazonaws.com'}}"
#define IRSA(operator, sub)                                                                        \
    TRUSTING("{'Federated':'" PROVIDER "'}", "'" WEB "'", CLAIMS(operator, sub))
#define TOKEN(sub, aud) "{'" ISSUER ":sub':['" sub "'],'" ISSUER ":aud':['" aud "']}"
#define GOOD_TOKEN TOKEN("system:serviceaccount:prod:app", "sts.amazonaws.com")
    static const struct question questions[] = {
        {"sub and aud are right", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringEqualsIgnoreCase", "system:serviceaccount:prod:app"),
         .context = GOOD_TOKEN, .expected = "allowed resource: resource/0.0"},
        {"neither SCP nor identity policy of anybody counts", WEB, ROLE, PROVIDER,
         .identity = DENY("*", "*"), .scp = {DENY("*", "*")},
         .resource_policy = IRSA("StringEqualsIgnoreCase", "system:serviceaccount:prod:app"),
         .context = GOOD_TOKEN, .expected = "allowed resource: resource/0.0"},
        {"another service account", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:db"),
         .context = GOOD_TOKEN,
         .expected = "implicitDeny resource: resource/0.0 condition " ISSUER ":sub"},
        {"a wildcard under StringLike", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:*"),
         .context = GOOD_TOKEN, .expected = "allowed resource: resource/0.0"},
        {"a wildcard under an equality is a star", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringEqualsIgnoreCase", "system:serviceaccount:prod:*"),
         .context = GOOD_TOKEN,
         .expected = "implicitDeny resource: resource/0.0 condition " ISSUER ":sub"},
        {"another audience", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:*"),
         .context = TOKEN("system:serviceaccount:prod:app", "eks"),
         .expected = "implicitDeny resource: resource/0.0 condition " ISSUER ":aud"},
        {"a token without an audience", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:*"),
         .context = "{'" ISSUER ":sub':['system:serviceaccount:prod:app']}",
         .expected = "implicitDeny resource: resource/0.0 condition " ISSUER ":aud; missing " ISSUER
                     ":aud"},
        {"the provider of another cluster", WEB, ROLE, PROVIDER "0",
         .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:*"),
         .context = GOOD_TOKEN, .expected = "implicitDeny resource: resource/0.0 principal"},
        {"a trust of sts:AssumeRole", WEB, ROLE, PROVIDER,
         .resource_policy = TRUSTING("{'Federated':'" PROVIDER "'}", "'" ASSUME "'", ""),
         .context = GOOD_TOKEN, .expected = "implicitDeny resource: resource/0.0 action"},
        {"STS looks for the provider in the role's account", WEB, "arn:aws:iam::" OTHER ":role/eks",
         PROVIDER, .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:*"),
         .context = GOOD_TOKEN, .expected = "implicitDeny resource:"},
        {"a provider that IAM knows belongs to no account", WEB, ROLE, "accounts.google.com",
         .resource_policy = TRUSTING("{'Federated':'accounts.google.com'}", "'" WEB "'", ""),
         .expected = "allowed resource: resource/0.0"},
        {"an RCP of the role's organization counts", WEB, ROLE, PROVIDER,
         .resource_policy = IRSA("StringLike", "system:serviceaccount:prod:*"),
         .context = GOOD_TOKEN,
         .rcp = {POLICY_OF(GRANT("Deny", "'*'", "sts:AssumeRoleWithWebIdentity"))},
         .expected = "explicitDeny rcp: rcp/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

/* Amazon EKS User Guide, "Create IAM role with trust policy required by EKS Pod Identity"; "Amazon
 * EKS cluster IAM role". */
static void services_assume_what_trusts_them(void **state)
{
#define PODS "pods.eks.amazonaws.com"
#define BOTH "['sts:AssumeRole','sts:TagSession']"
    static const struct question questions[] = {
        {"the cluster role", ASSUME, ROLE, "eks.amazonaws.com",
         .resource_policy = TRUSTING("{'Service':'eks.amazonaws.com'}", "'" ASSUME "'", ""),
         .expected = "allowed resource: resource/0.0"},
        {"Pod Identity assumes", ASSUME, ROLE, PODS,
         .resource_policy = TRUSTING("{'Service':'" PODS "'}", BOTH, ""),
         .expected = "allowed resource: resource/0.0"},
        {"and tags the session", "sts:TagSession", ROLE, PODS,
         .resource_policy = TRUSTING("{'Service':'" PODS "'}", BOTH, ""),
         .expected = "allowed resource: resource/0.0"},
        {"which needs its own Allow", "sts:TagSession", ROLE, PODS,
         .resource_policy = TRUSTING("{'Service':'" PODS "'}", "'" ASSUME "'", ""),
         .expected = "implicitDeny resource: resource/0.0 action"},
        {"the cluster's principal is another", ASSUME, ROLE, PODS,
         .resource_policy = TRUSTING("{'Service':'eks.amazonaws.com'}", BOTH, ""),
         .expected = "implicitDeny resource: resource/0.0 principal"},
        {"only for one cluster", ASSUME, ROLE, PODS,
         .resource_policy = TRUSTING("{'Service':['ec2.amazonaws.com','" PODS "']}", BOTH,
                                     ",'Condition':{'StringEquals':{'aws:SourceAccount':'" ACCOUNT
                                     "'},'ArnEquals':{'aws:SourceArn':"
                                     "'arn:aws:eks:eu-west-1:" ACCOUNT ":cluster/prod'}}"),
         .context = "{'aws:SourceAccount':['" ACCOUNT
                    "'],'aws:SourceArn':['arn:aws:eks:eu-west-1:" ACCOUNT ":cluster/dev']}",
         .expected = "implicitDeny resource: resource/0.0 condition aws:SourceArn"},
        {"the tag that Pod Identity sets", "sts:TagSession", ROLE, PODS,
         .resource_policy =
             TRUSTING("{'Service':'" PODS "'}", BOTH,
                      ",'Condition':{'StringEquals':{'aws:RequestTag/kubernetes-namespace':"
                      "['prod','test']}}"),
         .context = "{'aws:requesttag/kubernetes-namespace':['test']}",
         .expected = "allowed resource: resource/0.0"},
    };
    (void)state;
    assert_answers(questions, COUNT_OF(questions));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_one_account_the_trust_policy_decides_what_is_needed),
        cmocka_unit_test(a_role_assumes_itself_only_where_it_is_named),
        cmocka_unit_test(what_is_passed_with_the_call_needs_trust),
        cmocka_unit_test(across_accounts_trust_and_permission_are_needed),
        cmocka_unit_test(a_service_account_assumes_by_its_token),
        cmocka_unit_test(services_assume_what_trusts_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
