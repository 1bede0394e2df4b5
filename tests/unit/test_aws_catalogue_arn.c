/* SPDX-License-Identifier: MIT */
/* ARNs of policies against the ARN formats of the catalogue's resource types. */
#include "aws/catalogue.h"
#include "support.h"

static const struct {
    const char *type, *arn;
    bool fits;
} arns[] = {
    {"eks:cluster", "arn:aws:eks:us-east-1:111122223333:cluster/prod", true},
    {"eks:cluster", "arn:aws:eks:us-east-1:111122223333:cluster/", false},
    {"eks:cluster", "arn:aws:eks:us-east-1:111122223333:cluster/*", true},
    {"eks:cluster", "arn:aws:eks:*:*:*", true},
    {"eks:cluster", "arn:aws:eks:*:*:clust*", true},
    {"eks:cluster", "arn:aws:eks:*:*:c?uster/?", true},
    {"eks:cluster", "arn:aws:eks:*:*:c??uster/?", false},
    {"eks:cluster", "arn:aws:eks:*:*:nodegroup/*", false},
    {"eks:cluster", "arn:${aws:Partition}:eks:${aws:RequestedRegion}:*:nodegroup/*", false},
    {"eks:cluster", "arn:aws:eks:*", true},
    {"eks:cluster", "arn:aws:eks:*:cluster/prod", true},
    {"eks:cluster", "arn:*/prod", true},
    {"dynamodb:stream", "arn:aws:dynamodb:*:table/t/stream/2026-01-01T00:00:00", true},
    {"eks:cluster", "arn:aws:ec2:*:*:cluster/x", false},
    {"eks:cluster", "arn:aws:eks:us-east-1:1111:2222:cluster/x", false},
    {"eks:cluster", "arn:${aws:Partition}:eks:*:*:cluster/${aws:username}", true},
    {"eks:cluster", "*", true},
    {"eks:cluster", "", false},
    {"eks:cluster", "arn:aws:eks:us-east-1:111122223333:cluster/prod*x", true},
    {"eks:access-policy", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", true},
    {"s3:object", "arn:aws:s3:::bucket/key/with:colon", true},
    {"s3:object", "arn:aws:s3:::bucket", false},
    {"s3:object", "arn:aws:s3:::bucket*", true},
    {"s3:bucket", "arn:aws:s3:::bucket", true},
    {"s3:bucket", "arn:aws:s3:::bucket*", true},
    {"s3:bucket", "arn:aws:s3:::bucket-${aws:username}", true},
    {"s3:bucket", "arn:aws:s3:::*/*", false},
    {"s3:bucket", "arn:aws:s3:::bucket/*", false},
    {"s3:bucket", "arn:aws:s3:::bucke?", true},
    {"s3:bucket", "arn:aws:s3:us-east-1::bucket", false},
    {"dynamodb:table", "arn:aws:dynamodb:*:*:table/*", true},
    {"dynamodb:table", "arn:aws:dynamodb:*:*:table/*/index/*", false},
    {"dynamodb:index", "arn:aws:dynamodb:*:*:table/*/index/*", true},
    {"ec2:instance", "arn:aws:ec2:*::instance/*", true},
    {"ec2:instance", "arn:aws:ec2:*:*:inst*e/i-?*", true},
    {"eks:access-policy", "arn:aws:eks::${aws:PrincipalAccount}:cluster-access-policy/*", true},
    {"eks:access-policy", "arn:aws:eks::111122223333:cluster-access-policy/*", false},
    {"iam:role", "arn:aws:iam::111122223333:role/path/name", true},
    {"iam:role", "arn:aws:iam::111122223333:user/name", false},
    {"elasticloadbalancing:loadbalancer/app/",
     "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*", true},
};

static void arns_fit_the_formats_of_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(arns); i++) {
        uint32_t type = catalogue_find_type(str_from_c(arns[i].type));
        assert_int_not_equal(type, CATALOGUE_NONE);
        if (catalogue_type_fits(type, str_from_c(arns[i].arn)) != arns[i].fits) {
            fail_msg("%s, %s", arns[i].type, arns[i].arn);
        }
    }
    char long_arn[CATALOGUE_ARN_MAX + 1];
    memset(long_arn, '*', sizeof long_arn);
    assert_true(catalogue_type_fits(0, (struct str){long_arn, CATALOGUE_ARN_MAX}));
    assert_false(catalogue_type_fits(0, (struct str){long_arn, CATALOGUE_ARN_MAX + 1}));
}

/* Where a wildcard runs over a colon, and what a name leaves open. */
static void an_arn_of_six_parts_may_mean_more(void **state)
{
    (void)state;
    uint32_t secret = catalogue_find_action(STR("secretsmanager:GetSecretValue"));
    uint32_t instance = catalogue_find_action(STR("ec2:StopInstances"));
    struct str colon = STR("arn:aws:secretsmanager:*:*:app!*");
    assert_false(catalogue_action_fits(secret, colon));
    assert_true(catalogue_action_may_take(secret, colon));
    assert_false(catalogue_action_may_take(
        secret, STR("arn:aws:secretsmanager:us-east-1:111122223333:app!*")));
    assert_false(catalogue_action_may_take(instance, STR("arn:aws:ec2:*:*:volume/*")));
    static const struct {
        const char *arn;
        bool type_only;
    } named[] = {
        {"arn:aws:eks:*:*:cluster/*", true},       {"arn:aws:eks:*:*:clus*", true},
        {"arn:aws:eks:*:*:cluster/prod", false},   {"arn:aws:eks:*:*:cluster/p*", false},
        {"arn:aws:iam::111122223333:role/", true}, {"arn:aws:s3:::*", true},
        {"arn:aws:s3:::bucket/*", false},          {"arn:aws:s3:::${aws:username}", true},
    };
    for (size_t i = 0; i < COUNT_OF(named); i++) {
        struct catalogue_arn arn = catalogue_arn_cut(str_from_c(named[i].arn));
        if (catalogue_names_type_only(&arn) != named[i].type_only) {
            fail_msg("%s", named[i].arn);
        }
    }
    assert_int_equal(catalogue_arn_cut(STR("arn:aws:*:::x")).service.len, 0);
    assert_int_equal(catalogue_arn_cut(STR("arn:aws:s3:x")).service.len, 0);
    struct catalogue_arn cut = catalogue_arn_cut(STR("arn:aws:eks:${aws:x}:*:cluster/a:b"));
    assert_str_equal(cut.region, STR("${aws:x}"));
    assert_str_equal(cut.resource, STR("cluster/a:b"));
}

/* The format itself, read as an ARN with policy variables, fits; so does it with 'x' filled in. */
static void each_format_fits_its_own_type(void **state)
{
    (void)state;
    struct catalogue_text text;
    for (uint32_t i = 0; i < CATALOGUE_RESOURCE_TYPE_COUNT; i++) {
        struct str format = catalogue_type_arn(i, &text);
        assert_true(str_starts(format, STR("arn:${Partition}:")));
        assert_true(catalogue_type_fits(i, format));
        char filled[CATALOGUE_TEXT_MAX];
        size_t len = 0;
        for (size_t at = 0; at < format.len; at++) {
            bool gap = format.ptr[at] == '$';
            filled[len++] = gap ? 'x' : format.ptr[at];
            at += gap ? str_find_char(str_from(format, at), '}') : 0;
        }
        if (!catalogue_type_fits(i, (struct str){filled, len})) {
            fail_msg("%.*s", (int)len, filled);
        }
        assert_false(catalogue_type_fits(i, str_slice((struct str){filled, len}, 0, 4)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arns_fit_the_formats_of_types),
        cmocka_unit_test(an_arn_of_six_parts_may_mean_more),
        cmocka_unit_test(each_format_fits_its_own_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
