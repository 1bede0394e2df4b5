/* SPDX-License-Identifier: MIT */
/*
 * The layout of the IAM catalogue's tables, which catalogue/generate.mjs writes. Private to the
 * catalogue*.c files. Rows refer to each other by index and to texts by reference, so the tables
 * hold no pointers: nothing is relocated or unpacked when the program starts, and pages that
 * nobody asks for are never read.
 *
 * Services, the actions and resource types of a service, and keys are in the byte order of their
 * lower-case names.
 */
#ifndef EKSLINT_AWS_CATALOGUE_TABLE_H
#define EKSLINT_AWS_CATALOGUE_TABLE_H

#include "aws/catalogue.h"

/* A text of the pool: its offset in bits 0..19, its length in bits 20..27, 4 bits of the row's. */
static inline uint32_t reference_extra(uint32_t reference)
{
    return reference >> 28;
}

extern const char catalogue_pool[];

static inline struct str reference_text(uint32_t reference)
{
    return (struct str){catalogue_pool + (reference & 0xfffff), reference >> 20 & 0xff};
}

/* Its actions and types end where the next row's begin; a row behind the last holds the ends. */
struct catalogue_service {
    uint32_t name; /* extra bit 0: resource control policies govern it */
    uint16_t first_action;
    uint16_t first_type;
};
extern const struct catalogue_service catalogue_services[];

/* A name is a verb and an object, "Describe" and "Instances": stored once each. */
struct catalogue_action {
    uint32_t object; /* extra: enum access_level */
    uint16_t verb;   /* of catalogue_verbs */
    uint16_t traits;
};
extern const struct catalogue_action catalogue_actions[];
extern const uint32_t catalogue_verbs[];

/*
 * A perfect hash of "service:Name" in lower case: the hash chooses a bucket, whose shift makes of
 * it a slot that no other name has.
 */
enum { HASH_BUCKETS = 8192, HASH_SLOTS = 32768, HASH_EMPTY = 0xffff };
extern const uint8_t catalogue_hash_shifts[];
extern const uint16_t catalogue_hash_slots[];

/* What many actions share: sets of condition keys and of resource types. */
struct catalogue_traits {
    uint16_t keys;
    uint16_t resources;
};
extern const struct catalogue_traits catalogue_traits[];

/* Set s of resources is rows starts[s] to starts[s + 1]. */
enum { RESOURCE_REQUIRED = 0x8000 };
struct catalogue_resource {
    uint16_t type; /* with RESOURCE_REQUIRED */
    uint16_t keys; /* for this action with this type */
};
extern const struct catalogue_resource catalogue_resources[];
extern const uint16_t catalogue_resource_starts[];

/* An ARN format is "arn:${Partition}:", a service, a scope such as ":${Region}:${Account}:", a rest. */
struct catalogue_type {
    uint32_t name;
    uint32_t arn_rest;
    uint16_t keys;
    uint8_t arn_scope;   /* of catalogue_arn_scopes */
    uint8_t arn_service; /* of catalogue_arn_services; the empty one of them is the type's own */
};
extern const struct catalogue_type catalogue_types[];
extern const uint32_t catalogue_arn_scopes[];
extern const uint32_t catalogue_arn_services[];

enum catalogue_key_flag {
    KEY_MULTIVALUED = 1,
    KEY_TEMPLATE = 2,    /* stands for all names with its first `prefix` and last `suffix` bytes */
    KEY_GLOBAL = 4,      /* valid whatever the action */
    KEY_PER_ACTION = 8,  /* global by name, but in the request of some actions only */
    KEY_ISSUER = 16,     /* a claim of an identity provider, whose host name the prefix is */
    KEY_NUMERIC_TOO = 32 /* a date that numeric operators compare as well */
};
struct catalogue_key {
    uint32_t name;
    uint8_t type; /* enum key_type */
    uint8_t flags;
    uint8_t prefix, suffix;
};
extern const struct catalogue_key catalogue_keys[];
extern const uint16_t catalogue_templates[]; /* the keys that are templates */

/* Set s of keys is items starts[s] to starts[s + 1]. */
extern const uint16_t catalogue_key_lists[];
extern const uint16_t catalogue_key_starts[];

/* An ARN format behind "arn:${Partition}:", such as "eks", ":${Region}:${Account}:", "cluster/${Name}". */
struct catalogue_type_parts {
    struct str service, scope, rest;
};
struct catalogue_type_parts catalogue_type_parts(uint32_t type);

extern const uint32_t catalogue_principals[]; /* of services, in byte order */

/* In byte order of their lower-case names; extra bit 0 of a service: it was never listed. */
extern const uint32_t catalogue_absent_services[];
extern const uint32_t catalogue_retired_actions[];

/* The order of the tables: negative, 0 or positive as a is before, equal to or after b. */
int catalogue_compare(struct str a, struct str b);

/* The same, of what an action's bare name begins with: 0 where it begins with the literal. */
int catalogue_compare_start(uint32_t action, struct str literal);

#endif
