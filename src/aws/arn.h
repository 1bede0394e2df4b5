/* SPDX-License-Identifier: MIT */
/*
 * Amazon Resource Names: arn:partition:service:region:account:resource. Split at the first five
 * ':'; the resource may hold ':' and '/'. Source: IAM User Guide, "Identify AWS resources with
 * ARNs".
 */
#ifndef EKSLINT_AWS_ARN_H
#define EKSLINT_AWS_ARN_H

#include "base/str.h"

struct arn {
    struct str partition, service, region, account, resource;
};

/*
 * Split text into *arn (views into text). False where it does not start with "arn:" or has fewer
 * than six fields.
 */
MUST_USE bool arn_parse(struct str text, struct arn *arn);

/*
 * The field of an ARN by its name: partition, service, region, account, resource, resource-type,
 * path or name.
 */
MUST_USE bool arn_field(const struct arn *arn, struct str name, struct str *field);

/* Why a text is no ARN of an IAM role that can exist; ARN_OK where it is one. */
enum role_arn_fault {
    ROLE_ARN_OK,
    ROLE_ARN_BLANK,     /* white space before, inside or behind it */
    ROLE_ARN_QUOTE,     /* a quote or other stray mark at an end */
    ROLE_ARN_NOT_ARN,   /* not six fields behind "arn" */
    ROLE_ARN_PARTITION, /* no partition */
    ROLE_ARN_SERVICE,   /* service is not iam */
    ROLE_ARN_REGION,    /* IAM has no regions: the field must be empty */
    ROLE_ARN_ACCOUNT,   /* account is not twelve digits */
    ROLE_ARN_TYPE,      /* a user, group, policy, instance profile or session, not a role */
    ROLE_ARN_PATH,      /* the role's path has characters that IAM refuses */
    ROLE_ARN_NAME, /* the role's name is empty, longer than 64 or has characters that IAM refuses */
    ROLE_ARN_FAULT_COUNT
};

/* The first fault of text, with the bytes it concerns in [*lo, *hi). */
enum role_arn_fault role_arn_check(struct str text, size_t *lo, size_t *hi);

/* The fault in one word, for rules: "ok", "blank", "quote", "not-arn", ... */
struct str role_arn_fault_name(enum role_arn_fault fault);

/* Twelve digits. */
bool account_id_is_valid(struct str text);

#endif
