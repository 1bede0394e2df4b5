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

/* Can a partition, or a region of one, be what these stand for? Both may have wildcards. */
bool partition_can_be(struct str partition);
bool region_can_be(struct str partition, struct str region);

/* The domain of a partition's services: "amazonaws.com.cn" of "aws-cn"; empty for no partition. */
struct str partition_dns_suffix(struct str partition);

/* "eks" of "eks.amazonaws.com", whatever the partition; empty where it ends in no such domain. */
struct str partition_strip_suffix(struct str host);

/* The nearest known region, or empty. */
struct str region_nearest(struct str name);

/* The region of a zone name such as ap-northeast-1a; empty where it is none of a known region. */
struct str region_of_zone(struct str zone);

#endif
