/* SPDX-License-Identifier: MIT */
/*
 * Dates by arithmetic, without the system's calendar or time zone. Days are counted from the March
 * before: leap days are then at a year's end, and months have the lengths 31 30 31 30 31 in turn.
 */
#include "aws/moment.h"

enum {
    TEN = 10,
    MONTHS = 12,
    YEAR_DIGITS = 4,
    DAYS_OF_400_YEARS = 146097,
    DAYS_BEFORE_1970 = 719468, /* from 0000-03-01 */
    DAY_SECONDS = 86400,
    HOUR_SECONDS = 3600,
    MINUTE_SECONDS = 60,
    NANO_DIGITS = 9,
    FIRST_DAY = -719528, /* 0000-01-01 */
    LAST_DAY = 2932896   /* 9999-12-31 */
};

/* Takes `count` digits from the start of *rest; false where there are fewer. */
static bool take_number(struct str *rest, size_t count, int *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (i >= rest->len || !char_is_digit(rest->ptr[i])) {
            return false;
        }
        *number = *number * TEN + (rest->ptr[i] - '0');
    }
    *rest = str_from(*rest, count);
    return true;
}

static bool take_char(struct str *rest, char c)
{
    bool there = rest->len > 0 && rest->ptr[0] == c;
    *rest = there ? str_from(*rest, 1) : *rest;
    return there;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[MONTHS + 1] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month] + (month == 2 && is_leap(year));
}

/* Days since 1970-01-01. The March before 0000-01-01 is in year -1: counted 400 years on. */
static int32_t days_of(int year, int month, int day)
{
    int shifted = (month <= 2 ? year - 1 : year) + 400;
    int month_of_march = (month + 9) % MONTHS;
    int day_of_year = (153 * month_of_march + 2) / 5 + day - 1;
    int days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year;
    return days - DAYS_OF_400_YEARS - DAYS_BEFORE_1970;
}

/* YYYY, YYYY-MM or YYYY-MM-DD, of at least so many parts; what follows is left in *rest. */
static bool take_date(struct str *rest, int parts, int32_t *days, bool *whole)
{
    int year;
    int month = 1;
    int day = 1;
    int given = 1;
    if (!take_number(rest, YEAR_DIGITS, &year)) {
        return false;
    }
    if (take_char(rest, '-')) {
        given = 2;
        if (!take_number(rest, 2, &month) || month < 1 || month > MONTHS) {
            return false;
        }
        if (take_char(rest, '-')) {
            given = 3;
            if (!take_number(rest, 2, &day) || day < 1 || day > month_length(year, month)) {
                return false;
            }
        }
    }
    *days = days_of(year, month, day);
    *whole = given == 3;
    return given >= parts;
}

/* hh:mm as seconds. */
static bool take_minutes(struct str *rest, int *seconds)
{
    int hours;
    int minutes;
    if (!take_number(rest, 2, &hours) || hours > 23 || !take_char(rest, ':') ||
        !take_number(rest, 2, &minutes) || minutes > 59) {
        return false;
    }
    *seconds = hours * HOUR_SECONDS + minutes * MINUTE_SECONDS;
    return true;
}

/* :ss or :ss.s, or nothing. */
static bool take_seconds(struct str *rest, int *seconds, uint32_t *nanos)
{
    *seconds = 0;
    *nanos = 0;
    if (!take_char(rest, ':')) {
        return true;
    }
    if (!take_number(rest, 2, seconds) || *seconds > 59) {
        return false;
    }
    if (!take_char(rest, '.')) {
        return true;
    }
    size_t digits = 0;
    while (digits < rest->len && char_is_digit(rest->ptr[digits])) {
        digits++;
    }
    for (size_t i = 0; i < NANO_DIGITS; i++) {
        *nanos = *nanos * TEN + (i < digits ? (uint32_t)(rest->ptr[i] - '0') : 0);
    }
    *rest = str_from(*rest, digits);
    return digits > 0;
}

/* Z, +hh:mm or -hh:mm as seconds east of UTC. */
static bool take_zone(struct str *rest, int *seconds)
{
    *seconds = 0;
    if (take_char(rest, 'Z')) {
        return true;
    }
    bool west = take_char(rest, '-');
    if (!west && !take_char(rest, '+')) {
        return false;
    }
    if (!take_minutes(rest, seconds)) {
        return false;
    }
    *seconds = west ? -*seconds : *seconds;
    return true;
}

static bool in_range(int64_t seconds)
{
    return seconds >= (int64_t)FIRST_DAY * DAY_SECONDS &&
           seconds < ((int64_t)LAST_DAY + 1) * DAY_SECONDS;
}

static bool parse_epoch(struct str text, struct moment *moment)
{
    bool before = take_char(&text, '-');
    int64_t seconds = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i]) || !in_range(seconds)) {
            return false;
        }
        seconds = seconds * TEN + (text.ptr[i] - '0');
    }
    seconds = before ? -seconds : seconds;
    if (text.len == 0 || !in_range(seconds)) {
        return false;
    }
    *moment = (struct moment){.seconds = seconds};
    return true;
}

static bool parse_iso(struct str text, struct moment *moment)
{
    int32_t days;
    bool whole;
    int minutes = 0;
    int seconds = 0;
    int east = 0;
    uint32_t nanos = 0;
    if (!take_date(&text, 1, &days, &whole)) {
        return false;
    }
    if (whole && take_char(&text, 'T') &&
        !(take_minutes(&text, &minutes) && take_seconds(&text, &seconds, &nanos) &&
          take_zone(&text, &east))) {
        return false;
    }
    int64_t at = (int64_t)days * DAY_SECONDS + minutes + seconds - east;
    if (text.len > 0 || !in_range(at)) {
        return false;
    }
    *moment = (struct moment){at, nanos};
    return true;
}

bool moment_parse(struct str text, struct moment *moment)
{
    return parse_iso(text, moment) || parse_epoch(text, moment);
}

int moment_compare(const struct moment *a, const struct moment *b)
{
    if (a->seconds != b->seconds) {
        return a->seconds < b->seconds ? -1 : 1;
    }
    return (a->nanos > b->nanos) - (a->nanos < b->nanos);
}

bool date_parse(struct str text, int32_t *days)
{
    int32_t parsed;
    bool whole;
    if (!take_date(&text, 3, &parsed, &whole) || text.len > 0) {
        return false;
    }
    *days = parsed;
    return true;
}

void date_write(int32_t days, struct buf *out)
{
    int64_t since_march = (int64_t)days + DAYS_BEFORE_1970 + DAYS_OF_400_YEARS;
    int64_t era = since_march / DAYS_OF_400_YEARS;
    int64_t day_of_era = since_march % DAYS_OF_400_YEARS;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / (DAYS_OF_400_YEARS - 1)) /
                          365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_of_march = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month_of_march + 2) / 5 + 1;
    int64_t month = month_of_march < TEN ? month_of_march + 3 : month_of_march - 9;
    int64_t year = (era - 1) * 400 + year_of_era + (month <= 2);
    buf_printf(out, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}
