/* SPDX-License-Identifier: MIT */
/*
 * A numeral is taken apart into its sign, its digits from the first that is not 0, and the place of
 * that digit. The place is an exponent of any length plus a number no larger than the text; of two
 * exponents only the difference counts, which is clipped once it is beyond what any text can make
 * up for.
 */
#include "base/decimal.h"

/* Far beyond the length of any text, and far enough from INT64_MAX for one more digit. */
static const int64_t difference_max = INT64_MAX / 100;

struct numeral {
    struct str whole, fraction; /* digits before and behind the point */
    struct str exponent;        /* digits without a sign */
    bool negative, exponent_negative;
    size_t first; /* the first digit of both that is not 0, or how many there are */
};

/* The digits at the start of *rest, which is moved behind them. */
static struct str take_digits(struct str *rest)
{
    size_t len = 0;
    while (len < rest->len && char_is_digit(rest->ptr[len])) {
        len++;
    }
    struct str digits = str_slice(*rest, 0, len);
    *rest = str_from(*rest, len);
    return digits;
}

static bool take_char(struct str *rest, char c)
{
    bool there = rest->len > 0 && rest->ptr[0] == c;
    *rest = there ? str_from(*rest, 1) : *rest;
    return there;
}

static bool take_sign(struct str *rest)
{
    bool negative = take_char(rest, '-');
    if (!negative) {
        take_char(rest, '+');
    }
    return negative;
}

/* Digit i of those before and behind the point; 0 behind the last. */
static int digit_at(const struct numeral *n, size_t i)
{
    struct str part = n->whole;
    if (i >= part.len) {
        i -= part.len;
        part = n->fraction;
    }
    return i < part.len ? part.ptr[i] - '0' : 0;
}

static bool parse(struct str text, struct numeral *n)
{
    *n = (struct numeral){0};
    n->negative = take_sign(&text);
    n->whole = take_digits(&text);
    bool good = n->whole.len > 0;
    if (take_char(&text, '.')) {
        n->fraction = take_digits(&text);
        good = good && n->fraction.len > 0;
    }
    if (take_char(&text, 'e') || take_char(&text, 'E')) {
        n->exponent_negative = take_sign(&text);
        n->exponent = take_digits(&text);
        good = good && n->exponent.len > 0;
    }
    size_t count = n->whole.len + n->fraction.len;
    while (n->first < count && digit_at(n, n->first) == 0) {
        n->first++;
    }
    return good && text.len == 0;
}

static bool is_zero(const struct numeral *n)
{
    return n->first == n->whole.len + n->fraction.len;
}

/* The digit of the exponent that has `place` others behind it, with its sign. */
static int exponent_digit(const struct numeral *n, size_t place)
{
    int digit = place < n->exponent.len ? n->exponent.ptr[n->exponent.len - 1 - place] - '0' : 0;
    return n->exponent_negative ? -digit : digit;
}

/* a's exponent minus b's, clipped to what is sure to decide. */
static int64_t exponents_differ(const struct numeral *a, const struct numeral *b)
{
    size_t places = a->exponent.len > b->exponent.len ? a->exponent.len : b->exponent.len;
    int64_t difference = 0;
    while (places-- > 0) {
        difference = difference * 10 + exponent_digit(a, places) - exponent_digit(b, places);
        if (difference > difference_max) {
            difference = difference_max;
        } else if (difference < -difference_max) {
            difference = -difference_max;
        }
    }
    return difference;
}

/* Neither is 0; signs do not count. */
static int compare_sizes(const struct numeral *a, const struct numeral *b)
{
    int64_t place_a = (int64_t)a->whole.len - (int64_t)a->first;
    int64_t place_b = (int64_t)b->whole.len - (int64_t)b->first;
    int64_t places = exponents_differ(a, b) + place_a - place_b;
    if (places != 0) {
        return places < 0 ? -1 : 1;
    }
    size_t count_a = a->whole.len + a->fraction.len - a->first;
    size_t count_b = b->whole.len + b->fraction.len - b->first;
    for (size_t i = 0; i < (count_a > count_b ? count_a : count_b); i++) {
        int difference = digit_at(a, a->first + i) - digit_at(b, b->first + i);
        if (difference != 0) {
            return difference;
        }
    }
    return 0;
}

bool decimal_compare(struct str a, struct str b, int *order)
{
    struct numeral x;
    struct numeral y;
    if (!parse(a, &x) || !parse(b, &y)) {
        return false;
    }
    int sign_x = is_zero(&x) ? 0 : x.negative ? -1 : 1;
    int sign_y = is_zero(&y) ? 0 : y.negative ? -1 : 1;
    if (sign_x != sign_y || sign_x == 0) {
        *order = sign_x - sign_y;
    } else {
        *order = sign_x * compare_sizes(&x, &y);
    }
    return true;
}
