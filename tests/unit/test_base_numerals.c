/* SPDX-License-Identifier: MIT */
/* Decimal numerals and Base64 (RFC 4648 §10 has its test vectors). */
#include "base/base64.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "support.h"

#include <stdio.h>

/* In ascending order; those of a row are equal. */
static const char *const ordered[][5] = {
    {"-1e99999999999999999999999999", "-10e99999999999999999999999998"},
    {"-1e18446744073709551616"},
    {"-12.5", "-1.25e1", "-0012.50", "-125e-1"},
    {"-12.4999999999999999999999999999999999999"},
    {"-1e-18446744073709551616"},
    {"-1e-99999999999999999999999999"},
    {"0", "-0", "+0.000", "0e99999999999999999999", "-0e-1"},
    {"1e-99999999999999999999999999"},
    {"1e-18446744073709551617"},
    {"1e-18446744073709551616", "0.01e-18446744073709551614"},
    {"0.1", "1e-1", "0.10", "+00.1E+0"},
    {"0.1000000000000000055511151231257827"},
    {"9", "9.0", "0.9e1", "900E-2"},
    {"9.1"},
    {"10", "1e1", "1E+01", "0010.0"},
    {"9007199254740992"},
    {"9007199254740993", "9.007199254740993e15"},
    {"100000000000000000000000000000000000000000001"},
    {"100000000000000000000000000000000000000000002"},
    {"1e18446744073709551615"},
    {"1e18446744073709551616", "1000e18446744073709551613"},
    {"9e99999999999999999999999999", "0.9e100000000000000000000000000"},
};

/* Every spelling of row i against every one of row k. */
static void compare_rows(size_t i, size_t k)
{
    for (size_t x = 0; x < COUNT_OF(ordered[i]) && ordered[i][x]; x++) {
        for (size_t y = 0; y < COUNT_OF(ordered[k]) && ordered[k][y]; y++) {
            int order = 99;
            bool good =
                decimal_compare(str_from_c(ordered[i][x]), str_from_c(ordered[k][y]), &order);
            if (!good || (order > 0) - (order < 0) != (i > k) - (i < k)) {
                fail_msg("%s and %s: %d", ordered[i][x], ordered[k][y], order);
            }
        }
    }
}

static void numerals_are_ordered_exactly(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ordered); i++) {
        for (size_t k = 0; k < COUNT_OF(ordered); k++) {
            compare_rows(i, k);
        }
    }
}

static void what_is_no_numeral_is_not_compared(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",   "-",  "+",   ".",    ".5",  "5.",    "1e",  "1e+", "e1",    "1.e1", "--1", "+-1",
        "1 ", " 1", "1,5", "0x10", "1_0", "1e1.5", "NaN", "inf", "1.2.3", "1f",   "*",   "1e1e1",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        int order = 99;
        assert_false(decimal_compare(str_from_c(wrong[i]), STR("1"), &order));
        assert_false(decimal_compare(STR("1"), str_from_c(wrong[i]), &order));
        assert_int_equal(order, 99);
    }
}

/* Numerals with few digits, as whole numbers of thousandths. */
static void small_numerals_compare_as_numbers(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        char texts[2][48];
        int64_t values[2];
        for (int k = 0; k < 2; k++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            unsigned whole = (unsigned)(seed >> 33) % 12;
            unsigned fraction = (unsigned)(seed >> 40) % 10;
            unsigned exponent = (unsigned)(seed >> 50) % 5;
            bool negative = seed >> 63;
            static const int64_t scales[] = {1, 10, 100, 1000, 10000};
            values[k] = (whole * 10 + fraction) * scales[exponent];
            values[k] = negative ? -values[k] : values[k];
            snprintf(texts[k], sizeof texts[k], "%s%0*u.%u0e%d", negative ? "-" : "",
                     (int)(seed >> 60 & 3), whole, fraction, (int)exponent - 2);
        }
        int order;
        assert_true(decimal_compare(str_from_c(texts[0]), str_from_c(texts[1]), &order));
        if ((order > 0) - (order < 0) != (values[0] > values[1]) - (values[0] < values[1])) {
            fail_msg("%s and %s: %d", texts[0], texts[1], order);
        }
    }
}

static const struct {
    const char *text, *bytes;
} encoded[] = {
    {"", ""},
    {"Zg==", "f"},
    {"Zm8=", "fo"},
    {"Zm9v", "foo"},
    {"Zm9vYg==", "foob"},
    {"Zm9vYmE=", "fooba"},
    {"Zm9vYmFy", "foobar"},
    {"+/+/", "\xFB\xFF\xBF"},
    /* The example of the IAM User Guide, "Binary condition operators". */
    {"QmluYXJ5VmFsdWVJbkJhc2U2NA==", "BinaryValueInBase64"},
};

static void base64_is_decoded_to_bytes(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(encoded); i++) {
        struct str bytes;
        assert_true(base64_decode(&arena, str_from_c(encoded[i].text), &bytes));
        assert_str_equal(bytes, str_from_c(encoded[i].bytes));
    }
    struct str bytes;
    assert_true(base64_decode(&arena, STR("AAAA"), &bytes));
    assert_int_equal(bytes.len, 3);
    assert_memory_equal(bytes.ptr, "\0\0\0", 3);
    arena_release(&arena);
}

static void base64_has_one_text_for_each_value(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "Z",    "Zg",       "Zg=",    "Zh==",  "Zm9=", "=",     "==",         "====", "Z===",
        "=Zg=", "Zg==Zg==", "Zm9v\n", "Zm 9v", "-_-_", "Zm9v=", "Zm9vYg==\n", "Zg=a", "Zm\xC3\xA9",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct str bytes = STR("kept");
        if (base64_decode(&arena, str_from_c(wrong[i]), &bytes)) {
            fail_msg("'%s'", wrong[i]);
        }
        assert_str_equal(bytes, STR("kept"));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numerals_are_ordered_exactly),
        cmocka_unit_test(what_is_no_numeral_is_not_compared),
        cmocka_unit_test(small_numerals_compare_as_numbers),
        cmocka_unit_test(base64_is_decoded_to_bytes),
        cmocka_unit_test(base64_has_one_text_for_each_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
