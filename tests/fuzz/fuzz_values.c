/* SPDX-License-Identifier: MIT */
/*
 * Addresses, dates, numerals and Base64: two lines are two values of each kind. What is read is
 * written again as something that is read the same, and comparisons are orders.
 */
#include "aws/cidr.h"
#include "aws/moment.h"
#include "base/base64.h"
#include "base/decimal.h"

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void check_ranges(struct str a, struct str b)
{
    struct ip_range x;
    struct ip_range y;
    if (!ip_range_parse(a, &x)) {
        return;
    }
    struct buf out = buf_with_max(IP_TEXT_MAX);
    ip_range_write(&x, &out);
    CHECK(!out.truncated && ip_range_parse(buf_str(&out), &y));
    CHECK(memcmp(&x.address, &y.address, sizeof x.address) == 0 && x.bits == y.bits);
    buf_release(&out);
    CHECK(ip_range_contains(&x, &x) && ip_range_overlaps(&x, &x));
    if (!ip_range_parse(b, &y)) {
        return;
    }
    bool contains = ip_range_contains(&x, &y);
    CHECK(ip_range_overlaps(&x, &y) == ip_range_overlaps(&y, &x));
    CHECK(!contains || ip_range_overlaps(&x, &y));
    CHECK(!contains || !ip_range_is_private(&x) || ip_range_is_private(&y));
}

static void check_moments(struct str a, struct str b)
{
    struct moment x;
    struct moment y;
    int32_t days;
    if (moment_parse(a, &x)) {
        CHECK(x.nanos < 1000000000 && moment_compare(&x, &x) == 0);
        if (moment_parse(b, &y)) {
            CHECK(sign(moment_compare(&x, &y)) == -sign(moment_compare(&y, &x)));
        }
    }
    if (date_parse(a, &days)) {
        struct buf out = buf_with_max(a.len);
        date_write(days, &out);
        CHECK(str_eq(buf_str(&out), a));
        buf_release(&out);
        CHECK(moment_parse(a, &x) && x.seconds == (int64_t)days * 86400);
    }
}

/* Neither a shift of the point nor more zeros change a numeral. */
static void check_numeral(struct arena *arena, struct str a, struct str b, int order)
{
    int same;
    struct str zeros = arena_format(arena, "%.*s", STR_ARG(a));
    CHECK(decimal_compare(a, zeros, &same) && same == 0);
    if (str_find_char(a, 'e') < a.len || str_find_char(a, 'E') < a.len ||
        str_find_char(a, '-') < a.len || str_find_char(a, '+') < a.len) {
        return;
    }
    bool point = str_find_char(a, '.') < a.len;
    struct str longer = arena_format(arena, "00%.*s%s0e+00", STR_ARG(a), point ? "" : ".");
    int again;
    CHECK(decimal_compare(a, longer, &same) && same == 0);
    CHECK(decimal_compare(longer, b, &again) && sign(again) == sign(order));
    struct str larger = arena_format(arena, "1%.*s", STR_ARG(a));
    CHECK(decimal_compare(a, larger, &same) && same < 0);
}

static void check_numerals(struct arena *arena, struct str a, struct str b)
{
    int order;
    int back;
    bool good = decimal_compare(a, b, &order);
    CHECK(good == decimal_compare(b, a, &back));
    if (good) {
        CHECK(sign(order) == -sign(back));
        check_numeral(arena, a, b, order);
    }
}

static void check_base64(struct arena *arena, struct str text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct str bytes;
    if (!base64_decode(arena, text, &bytes)) {
        return;
    }
    CHECK((bytes.len + 2) / 3 * 4 == text.len);
    for (size_t i = 0; i < text.len; i++) {
        uint32_t three = 0;
        for (size_t k = 0; k < 3; k++) {
            size_t at = i / 4 * 3 + k;
            three = three << 8 | (at < bytes.len ? (unsigned char)bytes.ptr[at] : 0u);
        }
        bool padding = i / 4 * 3 + i % 4 > bytes.len;
        CHECK(text.ptr[i] == (padding ? '=' : digits[three >> (18 - 6 * (i % 4)) & 63]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct str first;
    struct arena arena = {0};
    str_cut(text, '\n', &first, &text);
    check_ranges(first, text);
    check_moments(first, text);
    check_numerals(&arena, first, text);
    check_base64(&arena, first);
    arena_release(&arena);
    return 0;
}
