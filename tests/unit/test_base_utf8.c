/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): what is decoded, what is refused, and that encoding is the way back. */
#include "support.h"

#include "base/utf8.h"

static void test_well_formed_sequences_are_decoded_and_encoded_back(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        uint32_t code_point;
    } cases[] = {
        {STR_INIT("\0"), 0},
        {STR_INIT("\x7F"), 0x7F},
        {STR_INIT("\xC2\x80"), 0x80},
        {STR_INIT("\xDF\xBF"), 0x7FF},
        {STR_INIT("\xE0\xA0\x80"), 0x800},
        {STR_INIT("\xED\x9F\xBF"), 0xD7FF}, /* the last before the surrogates */
        {STR_INIT("\xEE\x80\x80"), 0xE000}, /* the first after them */
        {STR_INIT("\xEF\xBF\xBF"), 0xFFFF},
        {STR_INIT("\xF0\x90\x80\x80"), 0x10000},
        {STR_INIT("\xF4\x8F\xBF\xBF"), 0x10FFFF},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t code_point = UINT32_MAX;
        assert_int_equal(utf8_decode(cases[i].bytes, &code_point), cases[i].bytes.len);
        assert_int_equal(code_point, cases[i].code_point);
        char out[4];
        assert_str_equal(((struct str){out, utf8_write(code_point, out)}), cases[i].bytes);
        assert_int_equal(utf8_find_malformed(cases[i].bytes), cases[i].bytes.len);
    }
}

static void test_malformed_sequences_are_refused(void **state)
{
    (void)state;
    static const struct str cases[] = {
        STR_INIT("\x80"),             /* a continuation alone */
        STR_INIT("\xBF"),             /* */
        STR_INIT("\xC0\x80"),         /* overlong NUL */
        STR_INIT("\xC1\xBF"),         /* overlong */
        STR_INIT("\xE0\x9F\xBF"),     /* overlong */
        STR_INIT("\xF0\x8F\xBF\xBF"), /* overlong */
        STR_INIT("\xED\xA0\x80"),     /* U+D800, the first surrogate */
        STR_INIT("\xED\xBF\xBF"),     /* U+DFFF, the last */
        STR_INIT("\xF4\x90\x80\x80"), /* U+110000 */
        STR_INIT("\xF5\x80\x80\x80"), /* no such lead */
        STR_INIT("\xFE"),             /* */
        STR_INIT("\xFF"),             /* */
        STR_INIT("\xC3"),             /* cut short */
        STR_INIT("\xE3\x81"),         /* */
        STR_INIT("\xF0\x9F\x98"),     /* */
        STR_INIT("\xC3("),            /* no continuation where one must be */
        STR_INIT("\xE3(\x82"),        /* */
        STR_INIT("\xE3\x81\xC0"),     /* */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t code_point;
        assert_int_equal(utf8_decode(cases[i], &code_point), 0);
        assert_int_equal(utf8_find_malformed(cases[i]), 0);
    }
    uint32_t code_point;
    assert_int_equal(utf8_decode((struct str){0}, &code_point), 0);
}

static void test_every_scalar_value_survives_the_way_out_and_back(void **state)
{
    (void)state;
    for (uint32_t scalar = 0; scalar <= 0x10FFFF; scalar++) {
        bool surrogate = scalar >= 0xD800 && scalar <= 0xDFFF;
        char out[4];
        uint32_t back = UINT32_MAX;
        size_t len = utf8_write(scalar, out);
        if (utf8_decode((struct str){out, len}, &back) != (surrogate ? 0 : len) ||
            back != (surrogate ? UINT32_MAX : scalar)) {
            fail_msg("U+%04X", (unsigned)scalar);
        }
    }
}

static void test_a_malformed_byte_counts_as_one_code_point(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        size_t count;
    } cases[] = {
        {{0}, 0},
        {STR_INIT("abc"), 3},
        {STR_INIT("\xE9\x8D\xB5\xE3\x81\xAE"), 2},
        {STR_INIT("a\xF0\x9F\x98\x80z"), 3},
        {STR_INIT("a\xFFz"), 3},
        {STR_INIT("\xF0\x9F\x98"), 3},
        {STR_INIT("\xED\xA0\x80"), 3},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(utf8_count(cases[i].s), cases[i].count);
    }
}

/*
 * The scan takes eight bytes at a time: the odd byte is put at every place of texts around that
 * size.
 */
static void test_the_first_odd_byte_is_found_at_any_offset(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 25; len++) {
        for (size_t at = 0; at < len; at++) {
            char text[25];
            memset(text, 'a', sizeof text);
            struct str s = {text, len};
            assert_int_equal(utf8_find_non_ascii(s), len);
            assert_int_equal(utf8_find_malformed(s), len);
            text[at] = '\x80';
            assert_int_equal(utf8_find_non_ascii(s), at);
            assert_int_equal(utf8_find_malformed(s), at);
        }
    }
    assert_int_equal(utf8_find_malformed(STR("\xE3\x81\x82 12345678 \xC3\xA9\xC3")), 15);
}

static void test_width_is_that_of_terminals(void **state)
{
    (void)state;
    static const struct {
        uint32_t code_point;
        unsigned width;
    } cases[] = {
        {'a', 1},     {0xE9, 1},     {0x0301, 0}, {0x200B, 0}, {0x1100, 2}, {0x3042, 2},
        {0x9375, 2},  {0xAC00, 2},   {0xFF21, 2}, {0xFF61, 1}, {0xFE0F, 0}, {0x1F600, 2},
        {0x20000, 2}, {0x10FFFF, 1}, {0x2E7F, 1}, {0x2E80, 2}, {0x303E, 2}, {0x303F, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(utf8_width(cases[i].code_point), cases[i].width);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_well_formed_sequences_are_decoded_and_encoded_back),
        cmocka_unit_test(test_malformed_sequences_are_refused),
        cmocka_unit_test(test_every_scalar_value_survives_the_way_out_and_back),
        cmocka_unit_test(test_a_malformed_byte_counts_as_one_code_point),
        cmocka_unit_test(test_the_first_odd_byte_is_found_at_any_offset),
        cmocka_unit_test(test_width_is_that_of_terminals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
