/* SPDX-License-Identifier: MIT */
/*
 * What the condition operators of each family take for equal, less or alike. Page of all tables:
 * IAM User Guide, "IAM JSON policy elements: Condition operators", by its sections.
 */
#include "iam_condition_rows.h"

/* "String condition operators" */
static const struct condition_row strings[] = {
    {"{\"StringEquals\": {\"k\": \"a*\"}}", "{\"k\": \"ab\"}", NO},
    {"{\"StringEquals\": {\"k\": \"a*\"}}", "{\"k\": \"a*\"}", YES},
    {"{\"StringEquals\": {\"k\": \"a?\"}}", "{\"k\": \"ab\"}", NO},
    {"{\"StringEqualsIgnoreCase\": {\"k\": \"a*\"}}", "{\"k\": \"AB\"}", NO},
    {"{\"StringEquals\": {\"k\": 12}}", "{\"k\": \"12\"}", YES},
    {"{\"StringEquals\": {\"k\": true}}", "{\"k\": \"true\"}", YES},
    {"{\"StringEquals\": {\"k\": \"\"}}", "{\"k\": \"\"}", YES},
    {"{\"StringEquals\": {\"k\": \" a\"}}", "{\"k\": \"a\"}", NO},
    {"{\"StringLike\": {\"k\": \"*\"}}", "{\"k\": \"\"}", YES},
    {"{\"StringLike\": {\"k\": \"*\"}}", "{\"k\": \"a:b/c d\"}", YES},
    {"{\"StringLike\": {\"k\": \"?\"}}", "{\"k\": \"\"}", NO},
    {"{\"StringLike\": {\"k\": \"?\"}}", "{\"k\": \"é\"}", YES},
    {"{\"StringLike\": {\"k\": \"a?c\"}}", "{\"k\": \"abc\"}", YES},
    {"{\"StringLike\": {\"k\": \"a?c\"}}", "{\"k\": \"ac\"}", NO},
    {"{\"StringLike\": {\"k\": \"A*\"}}", "{\"k\": \"ab\"}", NO},
    {"{\"StringLike\": {\"k\": \"*b*d\"}}", "{\"k\": \"abcbcd\"}", YES},
    {"{\"StringLike\": {\"k\": \"ab\"}}", "{\"k\": \"abc\"}", NO},
    {"{\"StringLike\": {\"k\": \"a*\"}}", "{\"k\": \"a*\"}", YES},
    {"{\"StringNotLike\": {\"k\": \"*\"}}", "{\"k\": \"\"}", NO},
    {"{\"StringLike\": {\"ec2:InstanceType\": [\"t1.*\", \"t2.*\", \"m3.*\"]}}",
     "{\"ec2:InstanceType\": \"m3.large\"}", YES},
    /* The page's example of what a string operator matches and an ARN operator does not. */
    {"{\"StringLike\": {\"k\": \"arn:aws:someservice:*:111122223333:finance/*\"}}",
     "{\"k\": \"arn:aws:someservice:us-east-2:999999999999:store/"
     "abc:111122223333:finance/document.txt\"}",
     YES},
};

/* "Numeric condition operators": integers and decimals. */
static const struct condition_row numbers[] = {
    {"{\"NumericEquals\": {\"k\": 10}}", "{\"k\": \"10\"}", YES},
    {"{\"NumericEquals\": {\"k\": \"0010\"}}", "{\"k\": \"10\"}", YES},
    {"{\"NumericEquals\": {\"k\": \"10.50\"}}", "{\"k\": \"10.5\"}", YES},
    {"{\"NumericEquals\": {\"k\": \"1e2\"}}", "{\"k\": \"100\"}", YES},
    {"{\"NumericEquals\": {\"k\": \"-0\"}}", "{\"k\": \"0\"}", YES},
    {"{\"NumericEquals\": {\"k\": \"0.1\"}}", "{\"k\": \"0.10000000000000000001\"}", NO},
    {"{\"NumericEquals\": {\"k\": \"9007199254740993\"}}", "{\"k\": \"9007199254740992\"}", NO},
    {"{\"NumericLessThan\": {\"k\": \"10\"}}", "{\"k\": \"9\"}", YES},
    {"{\"NumericLessThan\": {\"k\": \"10\"}}", "{\"k\": \"-11\"}", YES},
    {"{\"NumericLessThan\": {\"k\": [\"5\", \"10\"]}}", "{\"k\": \"7\"}", YES},
    {"{\"NumericGreaterThan\": {\"k\": \"99999999999999999999\"}}",
     "{\"k\": \"100000000000000000000\"}", YES},
    {"{\"NumericLessThanEquals\": {\"s3:max-keys\": \"10\"}}", "{\"s3:max-keys\": \"10\"}", YES},
    {"{\"NumericLessThanEquals\": {\"s3:max-keys\": \"10\"}}", "{\"s3:max-keys\": \"11\"}", NO},
    /* What is no number is equal to none, less than none, and differs from all. */
    {"{\"NumericEquals\": {\"k\": \"ten\"}}", "{\"k\": \"ten\"}", NO},
    {"{\"NumericEquals\": {\"k\": \"\"}}", "{\"k\": \"\"}", NO},
    {"{\"NumericEquals\": {\"k\": \"1,000\"}}", "{\"k\": \"1000\"}", NO},
    {"{\"NumericEquals\": {\"k\": \" 1\"}}", "{\"k\": \"1\"}", NO},
    {"{\"NumericEquals\": {\"k\": \"0x10\"}}", "{\"k\": \"16\"}", NO},
    {"{\"NumericLessThan\": {\"k\": \"10\"}}", "{\"k\": \"few\"}", NO},
    {"{\"NumericGreaterThanEquals\": {\"k\": \"10\"}}", "{\"k\": \"many\"}", NO},
    {"{\"NumericNotEquals\": {\"k\": \"10\"}}", "{\"k\": \"ten\"}", YES},
    {"{\"NumericNotEquals\": {\"k\": \"ten\"}}", "{\"k\": \"ten\"}", YES},
};

/* "Date condition operators": the W3C's forms of ISO 8601, or epoch time; no wildcards. */
static const struct condition_row dates[] = {
    {"{\"DateEquals\": {\"k\": \"2020-01-01T00:00:00Z\"}}",
     "{\"k\": \"2020-01-01T09:00:00+09:00\"}", YES},
    {"{\"DateEquals\": {\"k\": \"2020-01-01T00:00:00Z\"}}", "{\"k\": \"2019-12-31T19:00-05:00\"}",
     YES},
    {"{\"DateEquals\": {\"k\": \"2020-01-01T00:00:00Z\"}}", "{\"k\": \"2020-01-01T00:00:00.000Z\"}",
     YES},
    {"{\"DateEquals\": {\"k\": \"2020-01-01\"}}", "{\"k\": \"2020-01-01T00:00:00Z\"}", YES},
    {"{\"DateEquals\": {\"k\": \"2020-01-01\"}}", "{\"k\": \"2020-01-01T00:00:01Z\"}", NO},
    {"{\"DateEquals\": {\"k\": \"2020\"}}", "{\"k\": \"2020-01-01\"}", YES},
    {"{\"DateEquals\": {\"k\": 1577836800}}", "{\"k\": \"2020-01-01T00:00:00Z\"}", YES},
    {"{\"DateLessThan\": {\"k\": \"2020-01-01T00:00:00Z\"}}", "{\"k\": \"1577836799\"}", YES},
    {"{\"DateLessThan\": {\"k\": \"2020-01-01T00:00:00Z\"}}", "{\"k\": \"1577836800\"}", NO},
    {"{\"DateLessThan\": {\"k\": \"2020-01-01T00:00:00.5Z\"}}", "{\"k\": \"1577836800\"}", YES},
    {"{\"DateGreaterThan\": {\"aws:TokenIssueTime\": \"2020-01-01T00:00:01Z\"}}",
     "{\"aws:TokenIssueTime\": \"2020-06-01T00:00:00Z\"}", YES},
    {"{\"DateGreaterThan\": {\"k\": \"2020-02-29\"}}", "{\"k\": \"2020-03-01\"}", YES},
    /* What is no date is equal to none, before none, and differs from all. */
    {"{\"DateEquals\": {\"k\": \"today\"}}", "{\"k\": \"today\"}", NO},
    {"{\"DateEquals\": {\"k\": \"*\"}}", "{\"k\": \"2020-01-01\"}", NO},
    {"{\"DateEquals\": {\"k\": \"2020-01-*\"}}", "{\"k\": \"2020-01-01\"}", NO},
    {"{\"DateEquals\": {\"k\": \"2019-02-29\"}}", "{\"k\": \"2019-02-29\"}", NO},
    {"{\"DateEquals\": {\"k\": \"2020-01-01T00:00:00\"}}", "{\"k\": \"2020-01-01T00:00:00Z\"}", NO},
    {"{\"DateEquals\": {\"k\": \"01/02/2020\"}}", "{\"k\": \"01/02/2020\"}", NO},
    {"{\"DateLessThan\": {\"k\": \"2020-13-01\"}}", "{\"k\": \"1\"}", NO},
    {"{\"DateGreaterThan\": {\"k\": \"2020-13-01\"}}", "{\"k\": \"2021-01-01\"}", NO},
    {"{\"DateNotEquals\": {\"k\": \"today\"}}", "{\"k\": \"today\"}", YES},
};

/* "Boolean condition operators": true or false. That letter case does not count is not on it. */
static const struct condition_row booleans[] = {
    {"{\"Bool\": {\"aws:SecureTransport\": \"false\"}}", "{\"aws:SecureTransport\": \"false\"}",
     YES},
    {"{\"Bool\": {\"k\": true}}", "{\"k\": \"true\"}", YES},
    {"{\"Bool\": {\"k\": false}}", "{\"k\": \"false\"}", YES},
    {"{\"Bool\": {\"k\": false}}", "{\"k\": \"true\"}", NO},
    {"{\"Bool\": {\"k\": \"True\"}}", "{\"k\": \"true\"}", YES},
    {"{\"Bool\": {\"k\": \"true\"}}", "{\"k\": \"TRUE\"}", YES},
    {"{\"Bool\": {\"k\": [\"true\", \"false\"]}}", "{\"k\": \"false\"}", YES},
    /* What is neither equals nothing. */
    {"{\"Bool\": {\"k\": \"yes\"}}", "{\"k\": \"yes\"}", NO},
    {"{\"Bool\": {\"k\": \"\"}}", "{\"k\": \"\"}", NO},
    {"{\"Bool\": {\"k\": 1}}", "{\"k\": \"1\"}", NO},
    {"{\"Bool\": {\"k\": 1}}", "{\"k\": \"true\"}", NO},
};

/* "Binary condition operators": byte for byte, base64 in the policy. */
static const struct condition_row binaries[] = {
    {"{\"BinaryEquals\": {\"k\": \"QmluYXJ5VmFsdWVJbkJhc2U2NA==\"}}",
     "{\"k\": \"QmluYXJ5VmFsdWVJbkJhc2U2NA==\"}", YES},
    {"{\"BinaryEquals\": {\"k\": \"QUI=\"}}", "{\"k\": \"QUJD\"}", NO},
    {"{\"BinaryEquals\": {\"k\": \"\"}}", "{\"k\": \"\"}", YES},
    {"{\"BinaryEquals\": {\"k\": \"QUI\"}}", "{\"k\": \"QUI\"}", NO},
    {"{\"BinaryEquals\": {\"k\": \"Q*I=\"}}", "{\"k\": \"QUI=\"}", NO},
    {"{\"BinaryEquals\": {\"k\": \"not base64!\"}}", "{\"k\": \"not base64!\"}", NO},
};

/* "IP address condition operators": CIDR; an address without a prefix stands for itself. */
static const struct condition_row addresses[] = {
    {"{\"IpAddress\": {\"k\": \"203.0.113.7\"}}", "{\"k\": \"203.0.113.7\"}", YES},
    {"{\"IpAddress\": {\"k\": \"203.0.113.7\"}}", "{\"k\": \"203.0.113.8\"}", NO},
    {"{\"IpAddress\": {\"k\": \"203.0.113.7/24\"}}", "{\"k\": \"203.0.113.8\"}", YES},
    {"{\"IpAddress\": {\"k\": \"0.0.0.0/0\"}}", "{\"k\": \"203.0.113.8\"}", YES},
    {"{\"IpAddress\": {\"k\": \"0.0.0.0/0\"}}", "{\"k\": \"2001:db8::1\"}", NO},
    {"{\"IpAddress\": {\"k\": \"2001:DB8:1234:5678::/64\"}}", "{\"k\": \"2001:db8:1234:5678::1\"}",
     YES},
    {"{\"IpAddress\": {\"k\": \"2001:DB8:1234:5678::/64\"}}", "{\"k\": \"2001:db8:1234:5679::1\"}",
     NO},
    {"{\"IpAddress\": {\"k\": \"2001:db8::1\"}}", "{\"k\": \"2001:0db8:0:0:0:0:0:1\"}", YES},
    {"{\"IpAddress\": {\"k\": [\"203.0.113.0/24\", \"2001:DB8:1234:5678::/64\"]}}",
     "{\"k\": \"203.0.113.8\"}", YES},
    {"{\"NotIpAddress\": {\"k\": \"203.0.113.0/24\"}}", "{\"k\": \"2001:db8::1\"}", YES},
    /* What is no address is in no range. */
    {"{\"IpAddress\": {\"k\": \"203.0.113.256\"}}", "{\"k\": \"203.0.113.256\"}", NO},
    {"{\"IpAddress\": {\"k\": \"203.0.113.0/33\"}}", "{\"k\": \"203.0.113.0\"}", NO},
    {"{\"IpAddress\": {\"k\": \"203.0.113.*\"}}", "{\"k\": \"203.0.113.0\"}", NO},
    {"{\"IpAddress\": {\"k\": \"0.0.0.0/0\"}}", "{\"k\": \"AWS Internal\"}", NO},
    {"{\"IpAddress\": {\"k\": \"\"}}", "{\"k\": \"\"}", NO},
    {"{\"NotIpAddress\": {\"k\": \"0.0.0.0/0\"}}", "{\"k\": \"AWS Internal\"}", YES},
    {"{\"NotIpAddress\": {\"k\": \"203.0.113.256\"}}", "{\"k\": \"203.0.113.7\"}", YES},
};

/* "ARN condition operators": six parts compared one by one, each with wildcards, Equals too. */
static const struct condition_row arns[] = {
    {"{\"ArnEquals\": {\"k\": \"arn:aws:iam::111122223333:role/*\"}}",
     "{\"k\": \"arn:aws:iam::111122223333:role/a/b\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:aws:iam::111122223333:role/*\"}}",
     "{\"k\": \"arn:aws:iam::444455556666:role/a\"}", NO},
    {"{\"ArnLike\": {\"k\": \"arn:aws:iam::111122223333:role/A\"}}",
     "{\"k\": \"arn:aws:iam::111122223333:role/a\"}", NO},
    /* Wildcards stay in their part, but the last part may hold colons. */
    {"{\"ArnLike\": {\"k\": \"arn:aws:someservice:*:111122223333:finance/*\"}}",
     "{\"k\": \"arn:aws:someservice:us-east-2:999999999999:store/"
     "abc:111122223333:finance/document.txt\"}",
     NO},
    {"{\"ArnLike\": {\"k\": \"arn:aws:logs:*:*:log-group:a*\"}}",
     "{\"k\": \"arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:b\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:aws:sns:*:*:*\"}}",
     "{\"k\": \"arn:aws:sns:eu-west-1:111122223333:t\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:*:*:*:*:*\"}}", "{\"k\": \"arn:aws:s3:::b\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:aws:iam::*:role/?\"}}",
     "{\"k\": \"arn:aws:iam::111122223333:role/ab\"}", NO},
    {"{\"ArnNotLike\": {\"k\": \"arn:aws:iam::*:role/*\"}}",
     "{\"k\": \"arn:aws:iam::111122223333:user/a\"}", YES},
    /* What is no ARN is like none. */
    {"{\"ArnLike\": {\"k\": \"arn:aws:iam::*:role/*\"}}", "{\"k\": \"a\"}", NO},
    {"{\"ArnEquals\": {\"k\": \"a\"}}", "{\"k\": \"a\"}", NO},
    {"{\"ArnLike\": {\"k\": \"*:*:*:*:*:*\"}}", "{\"k\": \"urn:a:b:c:d:e\"}", NO},
    {"{\"ArnNotLike\": {\"k\": \"arn:aws:iam::*:role/*\"}}", "{\"k\": \"a\"}", YES},
};

static void strings_compare_exactly_or_by_wildcards(void **state)
{
    (void)state;
    ASSERT_CLOSED(strings);
}

static void numbers_compare_by_value(void **state)
{
    (void)state;
    ASSERT_CLOSED(numbers);
}

static void dates_compare_as_points_in_time(void **state)
{
    (void)state;
    ASSERT_CLOSED(dates);
}

static void booleans_are_true_or_false(void **state)
{
    (void)state;
    ASSERT_CLOSED(booleans);
}

static void bytes_compare_decoded(void **state)
{
    (void)state;
    ASSERT_CLOSED(binaries);
}

static void addresses_lie_in_ranges_of_their_family(void **state)
{
    (void)state;
    ASSERT_CLOSED(addresses);
}

static void arns_compare_part_by_part(void **state)
{
    (void)state;
    ASSERT_CLOSED(arns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_compare_exactly_or_by_wildcards),
        cmocka_unit_test(numbers_compare_by_value),
        cmocka_unit_test(dates_compare_as_points_in_time),
        cmocka_unit_test(booleans_are_true_or_false),
        cmocka_unit_test(bytes_compare_decoded),
        cmocka_unit_test(addresses_lie_in_ranges_of_their_family),
        cmocka_unit_test(arns_compare_part_by_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
