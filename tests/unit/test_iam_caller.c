/* SPDX-License-Identifier: MIT */
/* Callers from their texts, and how the Principal element of a statement names them. */
#include "iam_world.h"

#include <stdio.h>

/*
 * Pages: IAM User Guide, "IAM identifiers" (ARNs), "AWS JSON policy elements: Principal" (service
 * principals, federated principals), "Create a service-linked role" (path and name).
 */
static const struct {
    const char *text;
    enum iam_caller_kind kind;
    const char *account, *partition, *role;
    bool service_linked;
} callers[] = {
    {"arn:aws:iam::111122223333:root", CALLER_ROOT, "111122223333", "aws", "", false},
    {"arn:aws:iam::111122223333:user/bob", CALLER_USER, "111122223333", "aws", "", false},
    {"arn:aws:iam::111122223333:user/a/b/bob", CALLER_USER, "111122223333", "aws", "", false},
    {"arn:aws:iam::111122223333:user/b+o=b,@x.y-z_1", CALLER_USER, "111122223333", "aws", "",
     false},
    {"arn:aws:iam::111122223333:role/r", CALLER_ROLE, "111122223333", "aws", "r", false},
    {"arn:aws:iam::111122223333:role/a/b/r", CALLER_ROLE, "111122223333", "aws", "r", false},
    {"arn:aws-cn:iam::111122223333:role/r", CALLER_ROLE, "111122223333", "aws-cn", "r", false},
    {"arn:aws-us-gov:iam::111122223333:user/u", CALLER_USER, "111122223333", "aws-us-gov", "",
     false},
    {"arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
     CALLER_ROLE, "111122223333", "aws", "AWSServiceRoleForAmazonEKS", true},
    {"arn:aws:iam::111122223333:role/AWSServiceRoleForMe", CALLER_ROLE, "111122223333", "aws",
     "AWSServiceRoleForMe", false},
    {"arn:aws:sts::111122223333:assumed-role/r/s", CALLER_SESSION, "111122223333", "aws", "r",
     false},
    {"arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAmazonEKS/s", CALLER_SESSION,
     "111122223333", "aws", "AWSServiceRoleForAmazonEKS", true},
    {"arn:aws-us-gov:sts::111122223333:assumed-role/r/i-0123456789abcdef0", CALLER_SESSION,
     "111122223333", "aws-us-gov", "r", false},
    {"arn:aws:sts::111122223333:federated-user/bob", CALLER_FEDERATED_USER, "111122223333", "aws",
     "", false},
    {"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB",
     CALLER_FEDERATED, "111122223333", "aws", "", false},
    {"arn:aws:iam::111122223333:saml-provider/p", CALLER_FEDERATED, "111122223333", "aws", "",
     false},
    {"cognito-identity.amazonaws.com", CALLER_FEDERATED, "", "", "", false},
    {"cognito-identity-us-gov.amazonaws.com", CALLER_FEDERATED, "", "", "", false},
    {"accounts.google.com", CALLER_FEDERATED, "", "", "", false},
    {"graph.facebook.com", CALLER_FEDERATED, "", "", "", false},
    {"www.amazon.com", CALLER_FEDERATED, "", "", "", false},
    {"eks.amazonaws.com", CALLER_SERVICE, "", "", "", false},
    {"ec2.amazonaws.com.cn", CALLER_SERVICE, "", "", "", false},
    {"replication.dynamodb.amazonaws.com", CALLER_SERVICE, "", "", "", false},
    {"logs.eu-west-1.amazonaws.com", CALLER_SERVICE, "", "", "", false},
    {"ec2.c2s.ic.gov", CALLER_SERVICE, "", "", "", false},
    {"anonymous", CALLER_ANONYMOUS, "", "", "", false},
    {"111122223333", CALLER_UNKNOWN, "111122223333", "", "", false},
};

static void callers_are_known_by_their_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(callers); i++) {
        struct iam_caller caller;
        if (!iam_caller_parse(str_from_c(callers[i].text), &caller)) {
            fail_msg("'%s' is a caller", callers[i].text);
        }
        assert_row(callers[i].text, caller.text, callers[i].text);
        assert_row(callers[i].text, caller.account, callers[i].account);
        assert_row(callers[i].text, caller.partition, callers[i].partition);
        assert_row(callers[i].text, caller.role, callers[i].role);
        assert_int_equal(caller.kind, callers[i].kind);
        assert_int_equal(caller.service_linked, callers[i].service_linked);
    }
}

/* No principal has a wildcard, an empty name or a character that IAM refuses. Groups call nobody. */
static const char *const no_callers[] = {
    "",
    "*",
    "bob",
    "11112222333",
    "1111222233334",
    "arn:aws:iam::111122223333:group/g",
    "arn:aws:iam::111122223333:policy/p",
    "arn:aws:iam::111122223333:user",
    "arn:aws:iam::111122223333:user/",
    "arn:aws:iam::111122223333:user/a/",
    "arn:aws:iam::111122223333:user/*",
    "arn:aws:iam::111122223333:role/",
    "arn:aws:iam::111122223333:role/a/",
    "arn:aws:iam::111122223333:role/r*",
    "arn:aws:iam::111122223333:role/r s",
    "arn:aws:iam::111122223333:roles/r",
    "arn:aws:iam::1111:role/r",
    "arn:aws:iam:::role/r",
    "arn:aws:iam::*:role/r",
    "arn:aws:iam:eu-west-1:111122223333:role/r",
    "arn:aws:iam::111122223333:assumed-role/r/s",
    "arn:aws:sts::111122223333:assumed-role/r",
    "arn:aws:sts::111122223333:assumed-role/r/",
    "arn:aws:sts::111122223333:assumed-role/r/*",
    "arn:aws:sts::111122223333:assumed-role//s",
    "arn:aws:sts::111122223333:assumed-role/p/r/s",
    "arn:aws:sts::111122223333:federated-user/",
    "arn:aws:sts::111122223333:role/r",
    "arn:aws:s3:::bucket",
    "arn:aws:iam::111122223333",
    "amazonaws.com",
    ".amazonaws.com",
    "eks..amazonaws.com",
    "*.amazonaws.com",
    "eks .amazonaws.com",
    "https://eks.amazonaws.com",
    "eks.amazonaws.com.example.org",
    "Anonymous",
};

static void other_texts_are_no_callers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(no_callers); i++) {
        struct iam_caller caller;
        if (iam_caller_parse(str_from_c(no_callers[i]), &caller)) {
            fail_msg("'%s' is no caller", no_callers[i]);
        }
    }
}

/* "Policy evaluation logic": services, federated and anonymous calls have no identity policies. */
static void services_tokens_and_nobody_have_no_policies(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(callers); i++) {
        struct iam_caller caller;
        assert_true(iam_caller_parse(str_from_c(callers[i].text), &caller));
        bool identity = caller.kind != CALLER_SERVICE && caller.kind != CALLER_FEDERATED &&
                        caller.kind != CALLER_ANONYMOUS;
        assert_int_equal(iam_caller_is_identity(&caller), identity);
    }
}

/* ---- principals ---- */

#define ACCOUNT "111122223333"
#define ROOT "arn:aws:iam::111122223333:root"
#define USER "arn:aws:iam::111122223333:user/p/bob"
#define ROLE "arn:aws:iam::111122223333:role/p/r"
#define SESSION "arn:aws:sts::111122223333:assumed-role/r/s"
#define GUEST "arn:aws:sts::111122223333:federated-user/bob"
#define OIDC "arn:aws:iam::111122223333:oidc-provider/example.com"
#define SERVICE "eks.amazonaws.com"

/* Letters for the levels account, role, self: t, f or ?. */
struct naming_row {
    const char *principal, *caller, *levels;
};

static struct str levels_of(struct model *model, const char *element, const char *effect,
                            const struct naming_row *row, bool open)
{
    char *text = arena_alloc(&model->arena, 1000);
    snprintf(text, 1000,
             "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"%s\", \"%s\": %s, "
             "\"Action\": \"*\", \"Resource\": \"*\"}}",
             effect, element, row->principal);
    const struct iam_policy *policy = iam_world_policy(model, text);
    uint64_t budget = 1000;
    struct iam_naming_truth naming = iam_principals_name(
        &policy->statements[0].principal, str_eq(str_from_c(effect), STR("Deny")),
        iam_world_caller(model, row->caller), open, &budget);
    assert_int_equal(naming.at_least[NAMED_NOT], TRUTH_TRUE);
    static const char letters[TRUTH_COUNT + 1] = "ft?";
    return arena_format(&model->arena, "%c%c%c", letters[naming.at_least[NAMED_ACCOUNT]],
                        letters[naming.at_least[NAMED_ROLE]], letters[naming.at_least[NAMED_SELF]]);
}

static void assert_naming(const char *element, const char *effect, bool open,
                          const struct naming_row *rows, size_t count)
{
    struct model *model = model_new();
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct str levels = levels_of(model, element, effect, &rows[i], open);
        if (!str_eq(levels, str_from_c(rows[i].levels))) {
            print_error("%s %s %s for %s\n  is %.*s and not %s\n", effect, element,
                        rows[i].principal, rows[i].caller, STR_ARG(levels), rows[i].levels);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    model_free(model);
}

/*
 * Page: "AWS JSON policy elements: Principal". A role's ARN and "*" name a session less directly
 * than its own ARN: boundaries and session policies still bind it ("Policy evaluation logic", "How
 * AWS enforcement code logic evaluates requests to allow or deny access", on resource policies).
 */
static const struct naming_row closed_rows[] = {
    /* everybody */
    {"\"*\"", USER, "ttt"},
    {"\"*\"", ROOT, "ttt"},
    {"\"*\"", GUEST, "ttf"}, /* "Permissions for GetFederationToken" */
    {"\"*\"", SERVICE, "ttt"},
    {"\"*\"", OIDC, "ttt"},
    {"\"*\"", "anonymous", "ttt"},
    {"\"*\"", ROLE, "ttf"},
    {"\"*\"", SESSION, "ttf"},
    {"\"*\"", ACCOUNT, "tt?"}, /* a user, or a session of a role */
    {"{\"AWS\": \"*\"}", USER, "ttt"},
    {"{\"AWS\": \"*\"}", SESSION, "ttf"},
    {"{\"AWS\": [\"*\"]}", "anonymous", "ttt"},
    /* an account, in both forms */
    {"{\"AWS\": \"111122223333\"}", USER, "tff"},
    {"{\"AWS\": \"111122223333\"}", ROLE, "tff"},
    {"{\"AWS\": \"111122223333\"}", SESSION, "tff"},
    {"{\"AWS\": \"111122223333\"}", GUEST, "tff"},
    {"{\"AWS\": \"111122223333\"}", ROOT, "ttt"},
    {"{\"AWS\": \"111122223333\"}", ACCOUNT, "tff"},
    {"{\"AWS\": \"111122223333\"}", SERVICE, "fff"},
    {"{\"AWS\": \"111122223333\"}", OIDC, "fff"},
    {"{\"AWS\": \"111122223333\"}", "anonymous", "fff"},
    {"{\"AWS\": \"444455556666\"}", USER, "fff"},
    {"{\"AWS\": \"" ROOT "\"}", USER, "tff"},
    {"{\"AWS\": \"" ROOT "\"}", SESSION, "tff"},
    {"{\"AWS\": \"" ROOT "\"}", ROOT, "ttt"},
    {"{\"AWS\": \"" ROOT "\"}", ACCOUNT, "tff"},
    {"{\"AWS\": \"arn:aws:iam::444455556666:root\"}", ROLE, "fff"},
    {"{\"AWS\": \"arn:aws-cn:iam::111122223333:root\"}", USER, "fff"},
    {"{\"AWS\": \"arn:aws:s3::111122223333:root\"}", USER, "fff"},
    /* a user */
    {"{\"AWS\": \"" USER "\"}", USER, "ttt"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:user/bob\"}", USER, "fff"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:user/p/Bob\"}", USER, "fff"},
    {"{\"AWS\": \"arn:aws:iam::444455556666:user/p/bob\"}", USER, "fff"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:user/p/*\"}", USER, "fff"},
    {"{\"AWS\": \"" USER "\"}", ROOT, "fff"},
    {"{\"AWS\": \"" USER "\"}", ACCOUNT, "???"},
    /* a role, whose sessions have no path in their ARNs */
    {"{\"AWS\": \"" ROLE "\"}", ROLE, "ttf"},
    {"{\"AWS\": \"" ROLE "\"}", SESSION, "ttf"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:role/r\"}", SESSION, "ttf"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:role/r\"}", ROLE, "fff"},
    {"{\"AWS\": \"arn:aws:iam::444455556666:role/p/r\"}", ROLE, "fff"},
    {"{\"AWS\": \"arn:aws:iam::444455556666:role/r\"}", SESSION, "fff"},
    {"{\"AWS\": \"arn:aws-cn:iam::111122223333:role/r\"}", SESSION, "fff"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:role/*\"}", SESSION, "fff"},
    {"{\"AWS\": \"arn:aws:iam::111122223333:user/r\"}", SESSION, "fff"},
    {"{\"AWS\": \"" ROLE "\"}", ACCOUNT, "???"},
    /* a session */
    {"{\"AWS\": \"" SESSION "\"}", SESSION, "ttt"},
    {"{\"AWS\": \"arn:aws:sts::111122223333:assumed-role/r/t\"}", SESSION, "fff"},
    {"{\"AWS\": \"arn:aws:sts::111122223333:assumed-role/q/s\"}", SESSION, "fff"},
    {"{\"AWS\": \"arn:aws:sts::111122223333:assumed-role/r/*\"}", SESSION, "fff"},
    {"{\"AWS\": \"" SESSION "\"}", ROLE, "fff"},
    {"{\"AWS\": \"" GUEST "\"}", GUEST, "ttt"},
    {"{\"AWS\": \"" GUEST "\"}", USER, "fff"},
    /* several: the most direct counts */
    {"{\"AWS\": [\"" ROOT "\", \"" ROLE "\"]}", SESSION, "ttf"},
    {"{\"AWS\": [\"" SESSION "\", \"444455556666\"]}", SESSION, "ttt"},
    {"{\"AWS\": [\"444455556666\", \"" ROOT "\"], \"Service\": \"" SERVICE "\"}", USER, "tff"},
    /* services, providers and canonical users */
    {"{\"Service\": \"" SERVICE "\"}", SERVICE, "ttt"},
    {"{\"Service\": [\"ec2.amazonaws.com\", \"" SERVICE "\"]}", SERVICE, "ttt"},
    {"{\"Service\": \"EKS.amazonaws.com\"}", SERVICE, "fff"},
    {"{\"Service\": \"*\"}", SERVICE, "fff"},
    {"{\"Service\": \"" SERVICE "\"}", USER, "fff"},
    {"{\"AWS\": \"" SERVICE "\"}", SERVICE, "fff"},
    {"{\"Federated\": \"" OIDC "\"}", OIDC, "ttt"},
    {"{\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/example.org\"}", OIDC, "fff"},
    {"{\"Federated\": \"accounts.google.com\"}", "accounts.google.com", "ttt"},
    {"{\"Federated\": \"accounts.google.com\"}", "www.amazon.com", "fff"},
    {"{\"Federated\": \"" OIDC "\"}", USER, "fff"},
    {"{\"AWS\": \"" OIDC "\"}", OIDC, "fff"},
    {"{\"CanonicalUser\": \"79a59df900b949e5\"}", USER, "fff"},
    /* unique ids stand for what was deleted */
    {"{\"AWS\": \"AROAEXAMPLEID12345678\"}", SESSION, "fff"},
    {"{\"AWS\": \"AIDAEXAMPLEID12345678\"}", USER, "fff"},
    /* nobody */
    {"{}", USER, "fff"},
    {"{\"AWS\": []}", USER, "fff"},
    {"{\"AWS\": \"bob\"}", USER, "fff"},
    /* unknown texts */
    {"!unknown \"\"", USER, "???"},
    {"{\"AWS\": !unknown \"\"}", USER, "???"},
    {"{\"AWS\": [!unknown \"\", \"" USER "\"]}", USER, "ttt"},
    {"{\"AWS\": [!unknown \"\", \"" ROOT "\"]}", USER, "t??"},
};

/* What is not known of the caller may be anything. */
static const struct naming_row open_rows[] = {
    {"{\"AWS\": \"" SESSION "\"}", ROLE, "???"},
    {"{\"AWS\": [\"" SESSION "\", \"" ROLE "\"]}", ROLE, "tt?"},
    {"{\"AWS\": \"arn:aws:sts::111122223333:assumed-role/q/s\"}", ROLE, "fff"},
    {"{\"AWS\": \"arn:aws:sts::444455556666:assumed-role/r/s\"}", ROLE, "fff"},
    {"{\"AWS\": \"" ROLE "\"}", ROLE, "ttf"},
    {"{\"AWS\": \"AROAEXAMPLEID12345678\"}", SESSION, "???"},
    {"{\"AWS\": \"AIDAEXAMPLEID12345678\"}", USER, "???"},
    {"{\"AWS\": \"AROAEXAMPLEID12345678\"}", SERVICE, "fff"},
    {"{\"AWS\": \"AROAEXAMPLEID12345678\"}", "anonymous", "fff"},
    {"{\"AWS\": \"AROA\"}", SESSION, "fff"},
    {"{\"CanonicalUser\": \"79a59df900b949e5\"}", USER, "???"},
    {"{\"CanonicalUser\": \"79a59df900b949e5\"}", SERVICE, "fff"},
    {"{\"Service\": \"" SERVICE "\"}", USER, "fff"},
};

static void principals_name_callers_more_or_less_directly(void **state)
{
    (void)state;
    assert_naming("Principal", "Allow", false, closed_rows, COUNT_OF(closed_rows));
    assert_naming("Principal", "Deny", false, closed_rows, COUNT_OF(closed_rows));
}

static void open_contexts_leave_sessions_unknown(void **state)
{
    (void)state;
    assert_naming("Principal", "Allow", true, open_rows, COUNT_OF(open_rows));
}

/*
 * Page: "AWS JSON policy elements: NotPrincipal": a Deny spares a user who is listed with their
 * account, and a session that is listed with its role and its account.
 */
static const struct naming_row denied_rows[] = {
    {"{\"AWS\": [\"" USER "\", \"" ROOT "\"]}", USER, "fff"},
    {"{\"AWS\": [\"" USER "\", \"111122223333\"]}", USER, "fff"},
    {"{\"AWS\": \"" USER "\"}", USER, "ttt"},
    {"{\"AWS\": \"" ROOT "\"}", USER, "ttt"},
    {"{\"AWS\": [\"" USER "\", \"arn:aws:iam::444455556666:root\"]}", USER, "ttt"},
    {"{\"AWS\": [\"" SESSION "\", \"" ROLE "\", \"" ROOT "\"]}", SESSION, "fff"},
    {"{\"AWS\": [\"" ROLE "\", \"" ROOT "\"]}", SESSION, "ttf"},
    {"{\"AWS\": [\"" SESSION "\", \"" ROOT "\"]}", SESSION, "ttf"},
    {"{\"AWS\": [\"" SESSION "\", \"" ROLE "\"]}", SESSION, "ttf"},
    {"{\"AWS\": \"444455556666\"}", SESSION, "ttf"},
    {"{\"AWS\": [\"" ROLE "\", \"" ROOT "\"]}", ROLE, "ttf"},
    {"{\"AWS\": \"" ROOT "\"}", ROOT, "fff"},
    {"{\"Service\": \"" SERVICE "\"}", SERVICE, "fff"},
    {"{\"Service\": \"ec2.amazonaws.com\"}", SERVICE, "ttt"},
    {"{\"Service\": \"" SERVICE "\"}", "anonymous", "ttt"},
    {"{\"Federated\": \"" OIDC "\"}", OIDC, "fff"},
    {"{\"AWS\": \"" ROOT "\"}", ACCOUNT, "tt?"},
    {"{\"AWS\": [\"" USER "\", \"" ROOT "\"]}", ACCOUNT, "???"},
    {"\"*\"", USER, "fff"},
    {"\"*\"", SESSION, "fff"},
    {"{\"AWS\": \"*\"}", "anonymous", "fff"},
    {"!unknown \"\"", USER, "???"},
    {"{\"AWS\": [!unknown \"\", \"" ROOT "\"]}", USER, "???"},
    {"{\"AWS\": [!unknown \"\", \"" USER "\"]}", USER, "???"},
    {"{\"AWS\": [!unknown \"\", \"" SESSION "\"]}", SESSION, "??f"},
};

/* "NotPrincipal" with Allow leaves out whoever is listed, and lets everybody else. */
static const struct naming_row allowed_rows[] = {
    {"{\"AWS\": \"" USER "\"}", USER, "fff"},
    {"{\"AWS\": \"" ROOT "\"}", USER, "fff"},
    {"{\"AWS\": \"" ROLE "\"}", SESSION, "fff"},
    {"{\"AWS\": \"444455556666\"}", USER, "ttt"},
    {"{\"AWS\": \"444455556666\"}", SESSION, "ttf"},
    {"{\"AWS\": \"444455556666\"}", "anonymous", "ttt"},
    {"{\"AWS\": \"" USER "\"}", ACCOUNT, "???"},
};

/* A role whose session is not known may be the session that is listed. */
static const struct naming_row open_denied_rows[] = {
    {"{\"AWS\": [\"" SESSION "\", \"" ROLE "\", \"" ROOT "\"]}", ROLE, "??f"},
    {"{\"AWS\": [\"" ROLE "\", \"" ROOT "\"]}", ROLE, "ttf"},
};

static void deny_spares_only_who_is_listed_in_full(void **state)
{
    (void)state;
    assert_naming("NotPrincipal", "Deny", false, denied_rows, COUNT_OF(denied_rows));
    assert_naming("NotPrincipal", "Deny", true, open_denied_rows, COUNT_OF(open_denied_rows));
}

static void allow_leaves_out_who_is_listed_at_all(void **state)
{
    (void)state;
    assert_naming("NotPrincipal", "Allow", false, allowed_rows, COUNT_OF(allowed_rows));
}

/* Page: "IAM JSON policy elements reference": identity policies have no principal. */
static void no_element_names_nobody(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct iam_principals none = {0};
    uint64_t budget = 1000;
    struct iam_naming_truth naming =
        iam_principals_name(&none, false, iam_world_caller(model, USER), true, &budget);
    assert_int_equal(naming.at_least[NAMED_ACCOUNT], TRUTH_FALSE);
    assert_int_equal(budget, 1000);
    model_free(model);
}

static void without_budget_names_are_unknown(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct iam_policy *policy =
        iam_world_policy(model, "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", "
                                "\"Principal\": {\"AWS\": [\"444455556666\", \"" ROOT "\"]}}}");
    uint64_t budget = 1;
    struct iam_naming_truth naming = iam_principals_name(
        &policy->statements[0].principal, false, iam_world_caller(model, USER), false, &budget);
    assert_int_equal(naming.at_least[NAMED_ACCOUNT], TRUTH_UNKNOWN);
    assert_int_equal(budget, 0);
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers_are_known_by_their_texts),
        cmocka_unit_test(other_texts_are_no_callers),
        cmocka_unit_test(services_tokens_and_nobody_have_no_policies),
        cmocka_unit_test(principals_name_callers_more_or_less_directly),
        cmocka_unit_test(open_contexts_leave_sessions_unknown),
        cmocka_unit_test(deny_spares_only_who_is_listed_in_full),
        cmocka_unit_test(allow_leaves_out_who_is_listed_at_all),
        cmocka_unit_test(no_element_names_nobody),
        cmocka_unit_test(without_budget_names_are_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
