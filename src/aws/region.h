/* SPDX-License-Identifier: MIT */
/*
 * AWS regions and their partitions, as of the table's date; an unknown region is not an error by
 * itself.
 */
#ifndef EKSLINT_AWS_REGION_H
#define EKSLINT_AWS_REGION_H

#include "base/str.h"

/* The date of the region table, YYYY-MM-DD. */
#define REGION_TABLE_DATE "2026-08-31"

bool region_is_known(struct str name);

/* Looks like a region by its form (two or more dashes, a digit at the end), known or not. */
bool region_has_form(struct str name);

/* The partition of a region, from the table or else from its prefix; never empty. */
struct str region_partition(struct str name);

/* The nearest known region, or empty. */
struct str region_nearest(struct str name);

/* The region of a zone name such as ap-northeast-1a; empty where it is none of a known region. */
struct str region_of_zone(struct str zone);

#endif
