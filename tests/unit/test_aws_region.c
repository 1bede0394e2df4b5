/* SPDX-License-Identifier: MIT */
#include "aws/region.h"
#include "support.h"

static const struct {
    const char *name;
    bool known, form;
    const char *partition;
} rows[] = {
    {"us-east-1", true, true, "aws"},
    {"ap-northeast-1", true, true, "aws"},
    {"ap-southeast-7", true, true, "aws"},
    {"cn-north-1", true, true, "aws-cn"},
    {"us-gov-west-1", true, true, "aws-us-gov"},
    {"us-iso-east-1", true, true, "aws-iso"},
    {"us-isob-east-1", true, true, "aws-iso-b"},
    {"eu-isoe-west-1", true, true, "aws-iso-e"},
    {"us-isof-south-1", true, true, "aws-iso-f"},
    {"eusc-de-east-1", true, true, "aws-eusc"},
    {"xx-newland-9", false, true, "aws"},
    {"", false, false, "aws"},
    {"-", false, false, "aws"},
    {"us-east", false, false, "aws"},
    {"us-east-1a", false, false, "aws"},
    {"us-east-1 ", false, false, "aws"},
    {"US-EAST-1", false, false, "aws"},
    {"-us-east-1", false, false, "aws"},
    {"tokyo", false, false, "aws"},
    {"a-b-c-d-1", false, false, "aws"},
};

static void regions_are_known_by_name_and_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str name = str_from_c(rows[i].name);
        if (region_is_known(name) != rows[i].known || region_has_form(name) != rows[i].form) {
            fail_msg("'%s'", rows[i].name);
        }
        assert_str_equal(region_partition(name), str_from_c(rows[i].partition));
    }
}

static void a_partition_has_a_domain(void **state)
{
    (void)state;
    assert_str_equal(partition_dns_suffix(STR("aws")), STR("amazonaws.com"));
    assert_str_equal(partition_dns_suffix(STR("aws-us-gov")), STR("amazonaws.com"));
    assert_str_equal(partition_dns_suffix(STR("aws-cn")), STR("amazonaws.com.cn"));
    assert_str_equal(partition_dns_suffix(STR("aws-eusc")), STR("amazonaws.eu"));
    assert_str_equal(partition_dns_suffix(STR("aws-moon")), STR(""));
    assert_str_equal(partition_strip_suffix(STR("eks.amazonaws.com")), STR("eks"));
    assert_str_equal(partition_strip_suffix(STR("ec2.amazonaws.com.cn")), STR("ec2"));
    assert_str_equal(partition_strip_suffix(STR("a.b.c2s.ic.gov")), STR("a.b"));
    assert_str_equal(partition_strip_suffix(STR("amazonaws.com")), STR(""));
    assert_str_equal(partition_strip_suffix(STR(".amazonaws.com")), STR(""));
    assert_str_equal(partition_strip_suffix(STR("eksamazonaws.com")), STR(""));
}

static void a_misspelt_region_has_a_nearest_one(void **state)
{
    static const struct {
        const char *name, *nearest;
    } misspelt[] = {
        {"ap-northeast1", "ap-northeast-1"},
        {"ap-notheast-1", "ap-northeast-1"},
        {"us-esat-1", "us-east-1"},
        {"somewhere else", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(misspelt); i++) {
        assert_str_equal(region_nearest(str_from_c(misspelt[i].name)),
                         str_from_c(misspelt[i].nearest));
    }
}

static void a_zone_names_its_region(void **state)
{
    static const struct {
        const char *zone, *region;
    } zones[] = {
        {"ap-northeast-1a", "ap-northeast-1"},
        {"us-gov-west-1c", "us-gov-west-1"},
        {"", ""},
        {"a", ""},
        {"ap-northeast-1", ""},
        {"ap-northeast-1A", ""},
        {"us-west-2-lax-1a", ""},
        /* What looks like a zone and is the name of something else. */
        {"my-key-pair-1a", ""},
        {"team-dev-2b", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(zones); i++) {
        assert_str_equal(region_of_zone(str_from_c(zones[i].zone)), str_from_c(zones[i].region));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_are_known_by_name_and_form),
        cmocka_unit_test(a_partition_has_a_domain),
        cmocka_unit_test(a_misspelt_region_has_a_nearest_one),
        cmocka_unit_test(a_zone_names_its_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
