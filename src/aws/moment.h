/* SPDX-License-Identifier: MIT */
/*
 * Points in time, as the Date operators of IAM take them, and days of the calendar (Gregorian, also
 * for the past). Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Date
 * condition operators" (a W3C form of ISO 8601, or epoch time); W3C Note "Date and Time Formats".
 */
#ifndef EKSLINT_AWS_MOMENT_H
#define EKSLINT_AWS_MOMENT_H

#include "base/buf.h"

struct moment {
    int64_t seconds; /* since 1970-01-01T00:00:00Z, rounded down */
    uint32_t nanos;  /* below 1,000,000,000 */
};

/*
 * One of
 *   YYYY, YYYY-MM, YYYY-MM-DD: the first moment of the year, month or day in UTC
 *   YYYY-MM-DDThh:mm, ...Thh:mm:ss, ...Thh:mm:ss.s, each with Z, +hh:mm or -hh:mm, as the Note
 *   demands; digits of a second behind the ninth are dropped
 *   seconds since 1970 in decimal digits, with or without '-', any count of digits but four: those
 *   are a year. Not milliseconds: IAM documents aws:EpochTime in seconds.
 * All from year 0000 to 9999 in UTC. False, with *moment as it was, for any other text, a day that
 * the month does not have, and a leap second included.
 */
MUST_USE bool moment_parse(struct str text, struct moment *moment);

/* Negative, 0 or positive as a is before, at or after b. */
int moment_compare(const struct moment *a, const struct moment *b);

/* YYYY-MM-DD, from 0000-01-01 to 9999-12-31, to days since 1970-01-01. False for other texts. */
MUST_USE bool date_parse(struct str text, int32_t *days);

/* Append the day as YYYY-MM-DD; it is one that date_parse() gives. */
void date_write(int32_t days, struct buf *out);

#endif
