/* SPDX-License-Identifier: MIT */
/* Decimal numerals of any length, compared exactly. */
#ifndef EKSLINT_BASE_DECIMAL_H
#define EKSLINT_BASE_DECIMAL_H

#include "base/str.h"

/*
 * Compare two numerals: digits, with an optional sign ('+' too), fraction and exponent; as JSON
 * (RFC 8259 §6) has them but that leading zeros do no harm. *order is negative, 0 or positive as a
 * is less than, equal to or greater than b; -0 equals 0, 1e2 equals 100.0. Nothing is rounded, and
 * exponents of any length are compared by their digits. False where one of the two is no numeral.
 */
MUST_USE bool decimal_compare(struct str a, struct str b, int *order);

#endif
