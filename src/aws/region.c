/* SPDX-License-Identifier: MIT */
/*
 * The tables of regions and partitions. Source: AWS's region lists as the CloudFormation linter and
 * eksctl carry them, 2026-08, and the DNS suffixes of AWS SDKs' endpoint metadata.
 */
#include "aws/region.h"

#include "aws/wildcard.h"

static const struct str regions[] = {
    STR_INIT("af-south-1"),     STR_INIT("ap-east-1"),      STR_INIT("ap-east-2"),
    STR_INIT("ap-northeast-1"), STR_INIT("ap-northeast-2"), STR_INIT("ap-northeast-3"),
    STR_INIT("ap-south-1"),     STR_INIT("ap-south-2"),     STR_INIT("ap-southeast-1"),
    STR_INIT("ap-southeast-2"), STR_INIT("ap-southeast-3"), STR_INIT("ap-southeast-4"),
    STR_INIT("ap-southeast-5"), STR_INIT("ap-southeast-6"), STR_INIT("ap-southeast-7"),
    STR_INIT("ca-central-1"),   STR_INIT("ca-west-1"),      STR_INIT("eu-central-1"),
    STR_INIT("eu-central-2"),   STR_INIT("eu-north-1"),     STR_INIT("eu-south-1"),
    STR_INIT("eu-south-2"),     STR_INIT("eu-west-1"),      STR_INIT("eu-west-2"),
    STR_INIT("eu-west-3"),      STR_INIT("il-central-1"),   STR_INIT("me-central-1"),
    STR_INIT("me-south-1"),     STR_INIT("mx-central-1"),   STR_INIT("sa-east-1"),
    STR_INIT("us-east-1"),      STR_INIT("us-east-2"),      STR_INIT("us-west-1"),
    STR_INIT("us-west-2"),      STR_INIT("cn-north-1"),     STR_INIT("cn-northwest-1"),
    STR_INIT("us-gov-east-1"),  STR_INIT("us-gov-west-1"),  STR_INIT("us-iso-east-1"),
    STR_INIT("us-iso-west-1"),  STR_INIT("us-isob-east-1"), STR_INIT("us-isob-west-1"),
    STR_INIT("eu-isoe-west-1"), STR_INIT("us-isof-east-1"), STR_INIT("us-isof-south-1"),
    STR_INIT("eusc-de-east-1"),
};

bool region_is_known(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(regions); i++) {
        if (str_eq(regions[i], name)) {
            return true;
        }
    }
    return false;
}

bool region_has_form(struct str name)
{
    size_t dashes = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        dashes += c == '-';
        if (c != '-' && !(c >= 'a' && c <= 'z') && !(char_is_digit(c) && i + 1 == name.len)) {
            return false;
        }
    }
    return dashes >= 2 && dashes <= 3 && char_is_digit(name.ptr[name.len - 1]) &&
           name.ptr[0] != '-';
}

/* The partition of most regions comes first; the regions of the others begin as it says. */
static const struct {
    struct str name, region_prefix, dns_suffix;
} partitions[] = {
    {STR_INIT("aws"), {0}, STR_INIT("amazonaws.com")},
    {STR_INIT("aws-cn"), STR_INIT("cn-"), STR_INIT("amazonaws.com.cn")},
    {STR_INIT("aws-us-gov"), STR_INIT("us-gov-"), STR_INIT("amazonaws.com")},
    {STR_INIT("aws-iso"), STR_INIT("us-iso-"), STR_INIT("c2s.ic.gov")},
    {STR_INIT("aws-iso-b"), STR_INIT("us-isob-"), STR_INIT("sc2s.sgov.gov")},
    {STR_INIT("aws-iso-e"), STR_INIT("eu-isoe-"), STR_INIT("cloud.adc-e.uk")},
    {STR_INIT("aws-iso-f"), STR_INIT("us-isof-"), STR_INIT("csp.hci.ic.gov")},
    {STR_INIT("aws-eusc"), STR_INIT("eusc-"), STR_INIT("amazonaws.eu")},
};

struct str region_partition(struct str name)
{
    for (size_t i = 1; i < COUNT_OF(partitions); i++) {
        if (str_starts(name, partitions[i].region_prefix)) {
            return partitions[i].name;
        }
    }
    return partitions[0].name;
}

bool partition_can_be(struct str partition)
{
    for (size_t i = 0; i < COUNT_OF(partitions); i++) {
        if (wildcard_match(partition, partitions[i].name, false)) {
            return true;
        }
    }
    return false;
}

bool region_can_be(struct str partition, struct str region)
{
    for (size_t i = 0; i < COUNT_OF(regions); i++) {
        if (wildcard_match(region, regions[i], false) &&
            wildcard_match(partition, region_partition(regions[i]), false)) {
            return true;
        }
    }
    /* "aws-global" and the like stand for no region in the endpoints of some services. */
    return str_ends(region, STR("-global"));
}

struct str partition_dns_suffix(struct str partition)
{
    for (size_t i = 0; i < COUNT_OF(partitions); i++) {
        if (str_eq(partition, partitions[i].name)) {
            return partitions[i].dns_suffix;
        }
    }
    return (struct str){0};
}

struct str partition_strip_suffix(struct str host)
{
    for (size_t i = 0; i < COUNT_OF(partitions); i++) {
        struct str suffix = partitions[i].dns_suffix;
        if (host.len > suffix.len + 1 && str_ends(host, suffix) &&
            host.ptr[host.len - suffix.len - 1] == '.') {
            return str_slice(host, 0, host.len - suffix.len - 1);
        }
    }
    return (struct str){0};
}

struct str region_nearest(struct str name)
{
    return str_nearest(name, regions, COUNT_OF(regions));
}

struct str region_of_zone(struct str zone)
{
    if (zone.len < 2 || zone.ptr[zone.len - 1] < 'a' || zone.ptr[zone.len - 1] > 'z') {
        return (struct str){0};
    }
    struct str region = str_slice(zone, 0, zone.len - 1);
    /* By form alone 'team-key-1a' would be a zone, too. */
    return region_is_known(region) ? region : (struct str){0};
}
