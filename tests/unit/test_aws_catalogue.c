/* SPDX-License-Identifier: MIT */
/* The IAM catalogue: every row is found by its name, and patterns match what matching each does. */
#include "aws/catalogue.h"
#include "base/buf.h"
#include "aws/wildcard.h"
#include "support.h"

#include <stdio.h>

static struct str names[CATALOGUE_ACTION_COUNT];

static int read_names(void **state)
{
    static struct catalogue_text texts[CATALOGUE_ACTION_COUNT];
    (void)state;
    for (uint32_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        names[i] = catalogue_action_name(i, &texts[i]);
    }
    return 0;
}

static void the_services_hold_all_actions_and_types(void **state)
{
    (void)state;
    uint32_t actions = 0;
    uint32_t types = 0;
    for (uint32_t i = 0; i < CATALOGUE_SERVICE_COUNT; i++) {
        struct str name = catalogue_service_name(i);
        assert_int_equal(catalogue_find_service(name), i);
        assert_true(i == 0 || str_compare(catalogue_service_name(i - 1), name) < 0);
        struct catalogue_range range = catalogue_service_actions(i);
        assert_int_equal(range.first, actions);
        for (actions = range.first; actions < range.end; actions++) {
            assert_int_equal(catalogue_action_service(actions), i);
            assert_true(str_starts(names[actions], name));
        }
        range = catalogue_service_types(i);
        assert_int_equal(range.first, types);
        types = range.end;
    }
    assert_int_equal(actions, CATALOGUE_ACTION_COUNT);
    assert_int_equal(types, CATALOGUE_RESOURCE_TYPE_COUNT);
}

static struct str in_case(struct str name, bool upper, struct catalogue_text *text)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = char_lower(name.ptr[i]);
        text->bytes[i] = upper && char_is_alpha(c) ? (char)(c - 'a' + 'A') : c;
    }
    return (struct str){text->bytes, name.len};
}

static void each_action_is_found_in_any_case(void **state)
{
    (void)state;
    struct catalogue_text text;
    for (uint32_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        assert_int_equal(catalogue_find_action(names[i]), i);
        assert_int_equal(catalogue_find_action(in_case(names[i], true, &text)), i);
        assert_int_equal(catalogue_find_action(in_case(names[i], false, &text)), i);
        assert_int_equal(catalogue_find_action(str_slice(names[i], 0, names[i].len - 1)) == i, 0);
        assert_true(catalogue_action_level(i) < ACCESS_COUNT);
        for (size_t r = 0; r < catalogue_action_resource_count(i); r++) {
            struct catalogue_range types = catalogue_service_types(catalogue_action_service(i));
            uint32_t type = catalogue_action_resource(i, r).type;
            assert_true(type >= types.first && type < types.end);
        }
    }
}

static void each_key_of_an_action_is_found(void **state)
{
    (void)state;
    bool seen[CATALOGUE_KEY_ROW_COUNT] = {false};
    for (uint32_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        struct catalogue_key_walk walk = {.action = i};
        uint32_t key;
        while (catalogue_next_key(&walk, &key)) {
            assert_true(key < CATALOGUE_KEY_ROW_COUNT);
            if (!seen[key]) {
                assert_int_not_equal(catalogue_action_find_key(i, catalogue_key_name(key)),
                                     CATALOGUE_NONE);
            }
            seen[key] = true;
        }
    }
}

static void keys_are_in_order_and_found(void **state)
{
    (void)state;
    size_t distinct = 0;
    size_t templates = 0;
    struct catalogue_text text;
    for (uint32_t i = 0; i < CATALOGUE_KEY_ROW_COUNT; i++) {
        struct str name = catalogue_key_name(i);
        bool again = i > 0 && str_eq_nocase(catalogue_key_name(i - 1), name);
        uint32_t first = again ? i - 1 : i;
        distinct += !again;
        templates += catalogue_key_is_template(i);
        assert_int_equal(catalogue_find_key(name), first);
        assert_int_equal(catalogue_find_key(in_case(name, true, &text)), first);
        assert_true(catalogue_key_type(i) < KEY_TYPE_COUNT);
    }
    assert_int_equal(distinct, CATALOGUE_KEY_COUNT);
    assert_int_equal(templates, CATALOGUE_TEMPLATE_COUNT);
}

/* ---- what single rows say, held against the Service Authorization Reference ---- */

static const struct {
    const char *name, *canonical, *level;
} actions[] = {
    {"eks:describecluster", "eks:DescribeCluster", "Read"},
    {"EKS:LISTCLUSTERS", "eks:ListClusters", "List"},
    {"ec2:runinstances", "ec2:RunInstances", "Write"},
    {"ec2:CreateTags", "ec2:CreateTags", "Tagging"},
    {"iam:attachrolepolicy", "iam:AttachRolePolicy", "Permissions management"},
    {"sts:assumerole", "sts:AssumeRole", "Write"},
    {"vpc-lattice:associateviaawsservice-eventsandstates",
     "vpc-lattice:AssociateViaAWSService-EventsAndStates", "Permissions management"},
};

static void actions_have_their_spelling_and_level(void **state)
{
    (void)state;
    struct catalogue_text text;
    for (size_t i = 0; i < COUNT_OF(actions); i++) {
        uint32_t action = catalogue_find_action(str_from_c(actions[i].name));
        assert_int_not_equal(action, CATALOGUE_NONE);
        assert_str_equal(catalogue_action_name(action, &text), str_from_c(actions[i].canonical));
        assert_str_equal(access_level_name(catalogue_action_level(action)),
                         str_from_c(actions[i].level));
    }
    static const char *const unknown[] = {"",
                                          ":",
                                          "eks",
                                          "eks:",
                                          ":DescribeCluster",
                                          "eks:DescribeClusters",
                                          "ek:DescribeCluster",
                                          "eks:DescribeCluster ",
                                          "eks:Describe*",
                                          "eks::x"};
    for (size_t i = 0; i < COUNT_OF(unknown); i++) {
        assert_int_equal(catalogue_find_action(str_from_c(unknown[i])), CATALOGUE_NONE);
    }
}

static const struct {
    const char *key, *name, *type; /* type NULL: no such key */
} keys[] = {
    {"aws:sourcearn", "aws:SourceArn", "ARN"},
    {"aws:TagKeys", "aws:TagKeys", "ArrayOfString"},
    {"aws:SourceVpcArn", "aws:SourceVpcArn", "ARN"},
    {"aws:SourceIp", "aws:SourceIp", "IPAddress"},
    {"aws:EpochTime", "aws:EpochTime", "Date"},
    {"aws:MultiFactorAuthAge", "aws:MultiFactorAuthAge", "Numeric"},
    {"aws:SecureTransport", "aws:SecureTransport", "Bool"},
    {"aws:resourcetag/team", "aws:ResourceTag/${TagKey}", "String"},
    {"aws:PrincipalTag/a/b:c", "aws:PrincipalTag/${TagKey}", "String"},
    {"aws:ResourceTag/", NULL, NULL},
    {"aws:ResourceTag", NULL, NULL},
    {"aws:SourceArn/x", NULL, NULL},
    {"aws:ARN", NULL, NULL},
    {"s3:ExistingObjectTag/x", "s3:ExistingObjectTag/<key>", "String"},
    {"secretsmanager:ResourceTag/x", "secretsmanager:ResourceTag/tag-key", "String"},
    {"kms:EncryptionContext:purpose", "kms:EncryptionContext:${EncryptionContextKey}", "String"},
    {"events:Metadata/x", "events:Metadata/${MetadataKey}", NULL},
    {"events:Metadata/x/Matcher", "events:Metadata/${MetadataKey}/Matcher", NULL},
    {"sts:ExternalId", "sts:ExternalId", "String"},
    {"saml:cn", "saml:cn", "ArrayOfString"},
    {"identitystore:UserId", "identitystore:UserId", "String"},
    {"cognito-identity.amazonaws.com:amr", "cognito-identity.amazonaws.com:amr", "ArrayOfString"},
    {"token.actions.githubusercontent.com:sub", "${Issuer}:sub", "String"},
    {"token.actions.githubusercontent.com:actor", "token.actions.githubusercontent.com:actor",
     "String"},
    {"token.actions.githubusercontent.com/octo:actor",
     "token.actions.githubusercontent.com/${SubPath}:actor", "String"},
    {"oidc.eks.us-east-1.amazonaws.com/id/0A1B:aud", "${Issuer}:aud", "String"},
    {"OIDC.EKS.us-east-1.amazonaws.com/id/0A1B:SUB", "${Issuer}:sub", "String"},
    {"https://oidc.eks.us-east-1.amazonaws.com/id/0A1B:aud", NULL, NULL},
    {"oidc.eks.us-east-1.amazonaws.com/id/0A1B:audience", NULL, NULL},
    {"localhost:aud", NULL, NULL},
    {".x:aud", NULL, NULL},
    {"x.:aud", NULL, NULL},
    {"a/b.c:aud", NULL, NULL},
    {":aud", NULL, NULL},
    {"", NULL, NULL},
};

static void keys_are_found_by_name_template_and_issuer(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        uint32_t key = catalogue_find_key(str_from_c(keys[i].key));
        if ((key == CATALOGUE_NONE) != (keys[i].name == NULL)) {
            fail_msg("'%s'", keys[i].key);
        }
        if (keys[i].name) {
            assert_str_equal(catalogue_key_name(key), str_from_c(keys[i].name));
        }
        if (keys[i].type) {
            bool many = catalogue_key_is_multivalued(key);
            assert_str_equal(key_type_name(catalogue_key_type(key), many),
                             str_from_c(keys[i].type));
        }
    }
    assert_true(catalogue_key_is_numeric_too(catalogue_find_key(STR("aws:EpochTime"))));
    assert_false(catalogue_key_is_numeric_too(catalogue_find_key(STR("aws:CurrentTime"))));
}

static const struct {
    const char *action, *key;
    bool supported;
} supports[] = {
    {"iam:PassRole", "iam:PassedToService", true},
    {"iam:PassRole", "aws:SourceIp", true},
    {"iam:CreateUser", "iam:PassedToService", false},
    {"iam:PassRole", "aws:TagKeys", false},
    {"ec2:RunInstances", "aws:RequestTag/team", true}, /* of the action's resource types */
    {"ec2:DescribeVpcs", "aws:RequestTag/team", false},
    {"ec2:DescribeVpcs", "ec2:Region", true},
    {"eks:DescribeCluster", "aws:ResourceTag/team", true}, /* of the type itself */
    {"eks:ListClusters", "aws:ResourceTag/team", false},
    {"sts:AssumeRole", "sts:ExternalId", true},
    {"sts:AssumeRoleWithWebIdentity", "sts:ExternalId", false},
    {"sts:AssumeRoleWithWebIdentity", "oidc.eks.us-east-1.amazonaws.com/id/0A1B:aud", true},
    {"eks:DescribeCluster", "oidc.eks.us-east-1.amazonaws.com/id/0A1B:aud", false},
    {"s3:GetObject", "s3:ExistingObjectTag/x", true},
    {"s3:GetObject", "s3:nothing", false},
    {"s3:GetObject", "ec2:SourceInstanceArn", true}, /* cross-service */
};

static void actions_support_their_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(supports); i++) {
        uint32_t action = catalogue_find_action(str_from_c(supports[i].action));
        uint32_t key = catalogue_action_find_key(action, str_from_c(supports[i].key));
        if ((key != CATALOGUE_NONE) != supports[i].supported) {
            fail_msg("%s, %s", supports[i].action, supports[i].key);
        }
    }
    /* One name, two types: each service has its own. */
    uint32_t own = catalogue_find_key(STR("identitystore:UserId"));
    uint32_t other = catalogue_action_find_key(catalogue_find_action(STR("qbusiness:Chat")),
                                               STR("identitystore:UserId"));
    assert_false(catalogue_key_is_multivalued(own));
    assert_int_not_equal(other, CATALOGUE_NONE);
}

/* The parts of a format are those of its text; a type is found by the service of its ARN. */
static void the_parts_of_a_format_make_it_up(void **state)
{
    (void)state;
    for (uint32_t service = 0; service < CATALOGUE_SERVICE_COUNT; service++) {
        struct catalogue_range types = catalogue_service_types(service);
        for (uint32_t i = types.first; i < types.end; i++) {
            struct catalogue_text text;
            struct catalogue_format format = catalogue_type_format(i);
            struct str name = format.service.len ? format.service : catalogue_service_name(service);
            struct buf whole = buf_with_max(CATALOGUE_TEXT_MAX);
            buf_printf(&whole, "arn:${Partition}:%.*s:%.*s:%.*s:%.*s", STR_ARG(name),
                       STR_ARG(format.region), STR_ARG(format.account), STR_ARG(format.rest));
            assert_str_equal(buf_str(&whole), catalogue_type_arn(i, &text));
            buf_release(&whole);
            uint32_t other = catalogue_find_arn_service(format.service);
            if (format.service.len == 0) {
                assert_int_equal(other, CATALOGUE_NONE);
            } else {
                assert_int_equal(catalogue_next_type(other, i), i);
                assert_int_not_equal(catalogue_next_type(other, i + 1), i);
            }
        }
    }
    assert_int_equal(catalogue_find_arn_service(STR("nosuch")), CATALOGUE_NONE);
}

/* ---- patterns ---- */

static void assert_expands(struct str pattern)
{
    struct catalogue_expansion expansion = catalogue_expand(pattern, UINT64_MAX);
    uint32_t action = CATALOGUE_NONE;
    bool all = pattern.len > 0;
    for (size_t i = 0; i < pattern.len; i++) {
        all = all && pattern.ptr[i] == '*';
    }
    bool colon = str_find_char(pattern, ':') < pattern.len;
    for (uint32_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        if (all || (colon && wildcard_match(pattern, names[i], true))) {
            if (!catalogue_next_action(&expansion, &action) || action != i) {
                fail_msg("'%.*s' misses %.*s", STR_ARG(pattern), STR_ARG(names[i]));
            }
        }
    }
    if (catalogue_next_action(&expansion, &action)) {
        fail_msg("'%.*s' takes %.*s", STR_ARG(pattern), STR_ARG(names[action]));
    }
    assert_false(expansion.exhausted);
}

static void patterns_match_what_matching_each_action_does(void **state)
{
    static const char *const patterns[] = {
        "*",
        "**",
        "*:*",
        "ec2:Describe*",
        "EC2:describe*",
        "*:Get?*",
        "*:Tag",
        "s3:*Object*",
        "?3:Get*",
        "s3*:Get*",
        "eks:?*",
        "eks:",
        ":",
        "eks",
        "eks*",
        "e*s:*er",
        "iam:PassRole",
        "iam:passrole",
        "iam:PassRole*",
        "iam:PassRol?",
        "*iam:PassRole",
        "iam:*:*",
        "i*:P*:x",
        "nothing:*",
        "ec2:Zzz*",
        "ec2:*zzz",
        "*:?",
        "s3:Get*Tagging",
        "a*:*z*",
        "ec2:Describe*s",
        "ec2:DescribeInstances",
        "*:*a*e*i*o*u*",
        "",
        "?",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        assert_expands(str_from_c(patterns[i]));
    }
}

/* A generator of our own, so that each run tries the same patterns everywhere. */
static uint32_t random_below(uint64_t *seed, uint32_t limit)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)((*seed >> 33) % limit);
}

/* An action's name with a few characters replaced by wildcards, left out, or in the other case. */
static struct str random_pattern(uint64_t *seed, struct catalogue_text *text)
{
    struct str name = names[random_below(seed, CATALOGUE_ACTION_COUNT)];
    uint32_t spare = 4 + random_below(seed, 12);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        switch (random_below(seed, spare)) {
        case 0:
            text->bytes[len++] = '*';
            i += random_below(seed, 6);
            break;
        case 1:
            text->bytes[len++] = '?';
            break;
        case 2:
            text->bytes[len++] = char_is_alpha(c) ? (char)(c ^ 0x20) : c;
            break;
        default:
            text->bytes[len++] = c;
        }
    }
    return (struct str){text->bytes, len};
}

static void random_patterns_match_what_matching_each_action_does(void **state)
{
    (void)state;
    uint64_t seed = 20260926;
    struct catalogue_text text;
    for (int i = 0; i < 300; i++) {
        assert_expands(random_pattern(&seed, &text));
    }
}

static void the_budget_ends_an_expansion(void **state)
{
    (void)state;
    uint32_t action;
    static const char *const patterns[] = {"*", "*:*a*", "ec2:*", "*zz*:*"};
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        struct catalogue_expansion expansion = catalogue_expand(str_from_c(patterns[i]), 100);
        size_t count = 0;
        while (catalogue_next_action(&expansion, &action)) {
            count++;
        }
        assert_true(count <= 100);
        assert_true(expansion.exhausted);
    }
}

/* ---- what was meant ---- */

static void names_that_are_wrong_have_a_nearest_one(void **state)
{
    static const struct {
        const char *word, *nearest;
    } wrong_actions[] =
        {
            {"ec2:DescribeInstnces", "ec2:DescribeInstances"},
            {"eks:DescribeClutser", "eks:DescribeCluster"},
            {"ekss:DescribeCluster", "eks:DescribeCluster"},
            {"elb:DescribeTargetGroupAttributes",
             "elasticloadbalancing:DescribeTargetGroupAttributes"},
            {"DescribeCluster", ""},
            {"AssumeRoleWithWebIdentity", "sts:AssumeRoleWithWebIdentity"},
            {"eks:Qwertyuiop", ""},
            {"", ""},
        },
      wrong_keys[] =
          {
              {"aws:SorceArn", "aws:SourceArn"},
              {"aws:ResorceTag/team", "aws:ResourceTag/${TagKey}"},
              {"sts:ExternalID2", "sts:ExternalId"},
              {"ec2:Regoin", "ec2:Region"},
              {"zzzzzzzzzz", ""},
              {"lakeformation:GlueARN", ""}, /* and not cloudformation:RoleArn */
              {"stss:ExternalId", "sts:ExternalId"},
              {"stsExternalId", "sts:ExternalId"},
          },
      wrong_services[] = {{"elasticloadbalncing", "elasticloadbalancing"}, {"zzzzzzzzz", ""}};
    (void)state;
    struct catalogue_text text;
    for (size_t i = 0; i < COUNT_OF(wrong_actions); i++) {
        uint32_t found = catalogue_nearest_action(str_from_c(wrong_actions[i].word));
        assert_str_equal(found == CATALOGUE_NONE ? (struct str){0}
                                                 : catalogue_action_name(found, &text),
                         str_from_c(wrong_actions[i].nearest));
    }
    for (size_t i = 0; i < COUNT_OF(wrong_keys); i++) {
        uint32_t found = catalogue_nearest_key(str_from_c(wrong_keys[i].word));
        assert_str_equal(found == CATALOGUE_NONE ? (struct str){0} : catalogue_key_name(found),
                         str_from_c(wrong_keys[i].nearest));
    }
    for (size_t i = 0; i < COUNT_OF(wrong_services); i++) {
        uint32_t found = catalogue_nearest_service(str_from_c(wrong_services[i].word));
        assert_str_equal(found == CATALOGUE_NONE ? (struct str){0} : catalogue_service_name(found),
                         str_from_c(wrong_services[i].nearest));
    }
}

static void service_principals_are_known_in_each_partition(void **state)
{
    static const struct {
        const char *name;
        bool known;
        const char *nearest;
    } principals[] = {
        {"eks.amazonaws.com", true, "eks.amazonaws.com"},
        {"pods.eks.amazonaws.com", true, "pods.eks.amazonaws.com"},
        {"ec2.amazonaws.com.cn", true, "ec2.amazonaws.com"},
        {"ec2.c2s.ic.gov", true, ""},
        {"pod.eks.amazonaws.com", false, "pods.eks.amazonaws.com"},
        {"eks.amazonaws.con", false, "eks.amazonaws.com"},
        {"EKS.amazonaws.com", false, "eks.amazonaws.com"},
        {"eks", false, ""},
        {".amazonaws.com", false, "ec2.amazonaws.com"},
        {"", false, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(principals); i++) {
        struct str name = str_from_c(principals[i].name);
        if (catalogue_knows_principal(name) != principals[i].known) {
            fail_msg("%s", principals[i].name);
        }
        assert_str_equal(catalogue_nearest_principal(name), str_from_c(principals[i].nearest));
    }
}

static void the_stamp_has_its_form(void **state)
{
    (void)state;
    assert_int_equal(strlen(CATALOGUE_DATE), 10);
    assert_int_equal(strlen(CATALOGUE_HASH), 64);
    assert_true(strlen(CATALOGUE_SOURCE) > 10);
    assert_true(catalogue_service_has_rcp(catalogue_find_service(STR("sts"))));
    assert_false(catalogue_service_has_rcp(catalogue_find_service(STR("eks"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_services_hold_all_actions_and_types),
        cmocka_unit_test(each_action_is_found_in_any_case),
        cmocka_unit_test(each_key_of_an_action_is_found),
        cmocka_unit_test(keys_are_in_order_and_found),
        cmocka_unit_test(actions_have_their_spelling_and_level),
        cmocka_unit_test(keys_are_found_by_name_template_and_issuer),
        cmocka_unit_test(actions_support_their_keys),
        cmocka_unit_test(the_parts_of_a_format_make_it_up),
        cmocka_unit_test(patterns_match_what_matching_each_action_does),
        cmocka_unit_test(random_patterns_match_what_matching_each_action_does),
        cmocka_unit_test(the_budget_ends_an_expansion),
        cmocka_unit_test(names_that_are_wrong_have_a_nearest_one),
        cmocka_unit_test(service_principals_are_known_in_each_partition),
        cmocka_unit_test(the_stamp_has_its_form),
    };
    return cmocka_run_group_tests(tests, read_names, NULL);
}
