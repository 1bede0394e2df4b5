/* SPDX-License-Identifier: MIT */
/* W3C Note "Date and Time Formats"; expected numbers are those of `date -u -d TEXT +%s`. */
#include "aws/moment.h"
#include "support.h"

#include <stdio.h>

static const struct {
    const char *text;
    int64_t seconds;
    uint32_t nanos;
} moments[] = {
    {"1970", 0, 0},
    {"1970-01", 0, 0},
    {"1970-01-01", 0, 0},
    {"1970-01-01T00:00Z", 0, 0},
    {"1969-12-31T23:59:59Z", -1, 0},
    {"1969-12-31T23:59:59.5Z", -1, 500000000},
    {"1997", 852076800, 0},
    {"1997-07", 867715200, 0},
    {"1997-07-16", 869011200, 0},
    /* The examples of the Note. */
    {"1997-07-16T19:20+01:00", 869077200, 0},
    {"1997-07-16T19:20:30+01:00", 869077230, 0},
    {"1997-07-16T19:20:30.45+01:00", 869077230, 450000000},
    {"1994-11-05T08:15:30-05:00", 784041330, 0},
    {"1994-11-05T13:15:30Z", 784041330, 0},
    {"2020-04-01T00:00:00Z", 1585699200, 0},
    {"2020-06-30T23:59:59Z", 1593561599, 0},
    {"2020-06-30T23:59:59.999999999Z", 1593561599, 999999999},
    {"2020-06-30T23:59:59.9999999999Z", 1593561599, 999999999},
    {"2020-06-30T23:59:59.000000001Z", 1593561599, 1},
    {"2020-01-01T00:00+23:59", 1577750460, 0},
    {"2000-02-29", 951782400, 0},
    {"2024-02-29", 1709164800, 0},
    {"2024-03-01", 1709251200, 0},
    {"1900-03-01", -2203891200, 0},
    {"0000-01-01", -62167219200, 0},
    {"0000", -62167219200, 0},
    {"0004-02-29", -62035891200, 0},
    {"9999-12-31T23:59:59Z", 253402300799, 0},
    /* Seconds since 1970; four digits are a year. */
    {"0", 0, 0},
    {"999", 999, 0},
    {"10000", 10000, 0},
    {"2024", 1704067200, 0},
    {"-2024", -2024, 0},
    {"-1", -1, 0},
    {"1577836800", 1577836800, 0},
    {"20240229", 20240229, 0},
    {"253402300799", 253402300799, 0},
    {"-62167219200", -62167219200, 0},
    {"0000000000000000000000001", 1, 0},
};

static void texts_are_read_as_points_in_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(moments); i++) {
        struct moment moment;
        if (!moment_parse(str_from_c(moments[i].text), &moment) ||
            moment.seconds != moments[i].seconds || moment.nanos != moments[i].nanos) {
            fail_msg("'%s'", moments[i].text);
        }
    }
}

static const char *const refused[] = {
    "",
    "+1",
    "1.5",
    "1e9",
    " 1970",
    "1970 ",
    "next tuesday",
    "1970-",
    "1970-1",
    "1970-00",
    "1970-13",
    "1970-01-",
    "1970-01-00",
    "1970-01-32",
    "1970-04-31",
    "2023-02-29",
    "1900-02-29",
    "1970-01-01T",
    "1970-01T00:00Z",
    "1970T00:00Z",
    "1970-01-01T00Z",
    "1970-01-01T00:00",
    "1970-01-01T00:00:00",
    "1970-01-01T00:00z",
    "1970-01-01t00:00Z",
    "1970-01-01 00:00Z",
    "1970-01-01T24:00Z",
    "1970-01-01T00:60Z",
    "1970-01-01T00:00:60Z",
    "1970-01-01T00:00.5Z",
    "1970-01-01T00:00:00.Z",
    "1970-01-01T00:00:00,5Z",
    "1970-01-01T00:00+1:00",
    "1970-01-01T00:00+0100",
    "1970-01-01T00:00+24:00",
    "1970-01-01T00:00+00:60",
    "1970-01-01T00:00+00:00Z",
    "0000-01-01T00:00+00:01",
    "9999-12-31T23:59-00:01",
    "253402300800",
    "-62167219201",
    "1577836800000",
    "18446744073709551617",
    "-",
    "99999999999999999999",
    "*",
};

static void other_texts_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct moment moment;
        int32_t days;
        if (moment_parse(str_from_c(refused[i]), &moment) ||
            date_parse(str_from_c(refused[i]), &days)) {
            fail_msg("'%s'", refused[i]);
        }
    }
}

static void moments_are_ordered_by_their_fractions_too(void **state)
{
    (void)state;
    static const char *const ordered[] = {
        "0000",
        "1969-12-31T23:59:59Z",
        "1969-12-31T23:59:59.1Z",
        "1969-12-31T23:59:59.2Z",
        "1970-01-01",
        "1970-01-01T00:00:00.000000001Z",
        "1",
        "1970-01-01T00:00-00:01",
        "2024",
    };
    for (size_t i = 0; i < COUNT_OF(ordered); i++) {
        for (size_t k = 0; k < COUNT_OF(ordered); k++) {
            struct moment a;
            struct moment b;
            assert_true(moment_parse(str_from_c(ordered[i]), &a));
            assert_true(moment_parse(str_from_c(ordered[k]), &b));
            int order = moment_compare(&a, &b);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}

/* The calendar counted day by day, from its first to its last. */
static void every_day_is_one_after_the_one_before(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = -719528;
    for (int year = 0; year <= 9999; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= length; day++) {
                char text[32];
                int32_t days;
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                assert_true(date_parse(str_from_c(text), &days));
                assert_int_equal(days, expected++);
                if (day == 1 || day == length) {
                    struct buf out = buf_with_max(sizeof text);
                    date_write(days, &out);
                    assert_str_equal(buf_str(&out), str_from_c(text));
                    buf_release(&out);
                }
            }
        }
    }
    assert_int_equal(expected, 2932897);
}

static void a_date_is_a_whole_one(void **state)
{
    (void)state;
    int32_t days = 7;
    assert_true(date_parse(STR("2024-02-29"), &days));
    assert_int_equal(days, 19782);
    assert_false(date_parse(STR("2024-02"), &days));
    assert_false(date_parse(STR("2024"), &days));
    assert_false(date_parse(STR("2024-02-29T00:00Z"), &days));
    assert_int_equal(days, 19782);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read_as_points_in_time),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(moments_are_ordered_by_their_fractions_too),
        cmocka_unit_test(every_day_is_one_after_the_one_before),
        cmocka_unit_test(a_date_is_a_whole_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
