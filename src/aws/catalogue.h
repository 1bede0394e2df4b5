/* SPDX-License-Identifier: MIT */
/*
 * The IAM catalogue: services, actions, resource types and condition keys, as the Service
 * Authorization Reference lists them ("Actions, resources, and condition keys for AWS services"),
 * at a date. It ages: what it does not know may be new, so whoever leans on it names
 * CATALOGUE_DATE.
 *
 * Things are numbered; CATALOGUE_NONE is none of them. Names of services, actions and keys compare
 * without regard to case, as in IAM. All functions are pure and allocate nothing; texts live as
 * long as the program, or in the caller's struct catalogue_text where one is passed.
 */
#ifndef EKSLINT_AWS_CATALOGUE_H
#define EKSLINT_AWS_CATALOGUE_H

#include "aws/catalogue_counts.h"
#include "base/str.h"

#define CATALOGUE_NONE UINT32_MAX

/* Where a text is put together. */
struct catalogue_text {
    char bytes[CATALOGUE_TEXT_MAX];
};

/* A range of numbers, `end` exclusive. */
struct catalogue_range {
    uint32_t first, end;
};

/* ---- services: "eks" ---- */

uint32_t catalogue_find_service(struct str prefix);
struct str catalogue_service_name(uint32_t service);
struct catalogue_range catalogue_service_actions(uint32_t service);
struct catalogue_range catalogue_service_types(uint32_t service);

/* Resource control policies govern it (AWS Organizations, "Resource control policies"). */
bool catalogue_service_has_rcp(uint32_t service);

/* ---- actions: "eks:DescribeCluster" ---- */

/* IAM's five, "Understanding access level summaries within policy summaries". */
enum access_level {
    ACCESS_LIST,
    ACCESS_READ,
    ACCESS_WRITE,
    ACCESS_TAGGING,
    ACCESS_PERMISSIONS,
    ACCESS_COUNT
};

/* "List", "Read", "Write", "Tagging", "Permissions management". */
struct str access_level_name(enum access_level level);

uint32_t catalogue_find_action(struct str name);

/* The same where the service is known: `name` begins with its name, in any letter case, and a colon. */
uint32_t catalogue_find_action_of(uint32_t service, struct str name);
uint32_t catalogue_action_service(uint32_t action);
enum access_level catalogue_action_level(uint32_t action);

/* The name in AWS's spelling, with and without "service:". */
struct str catalogue_action_name(uint32_t action, struct catalogue_text *text);
struct str catalogue_action_bare_name(uint32_t action, struct catalogue_text *text);

/*
 * The resource types that an action takes, by number 0, 1, … An action without any takes '*' only.
 * `required`: a request always names a resource of this type.
 */
struct catalogue_action_resource {
    uint32_t type;
    bool required;
};
size_t catalogue_action_resource_count(uint32_t action);
struct catalogue_action_resource catalogue_action_resource(uint32_t action, size_t number);

/* ---- resource types: "eks:cluster" ---- */

uint32_t catalogue_find_type(struct str name);
struct str catalogue_type_name(uint32_t type);

/* "arn:${Partition}:eks:${Region}:${Account}:cluster/${ClusterName}". */
struct str catalogue_type_arn(uint32_t type, struct catalogue_text *text);

/*
 * The parts of the same format behind its partition, as the catalogue has them: nothing is copied. The
 * service is empty where it is the one that the type belongs to.
 */
struct catalogue_format {
    struct str service, region, account, rest;
};
struct catalogue_format catalogue_type_format(uint32_t type);

/*
 * Types may have ARNs of another service than the one they belong to. The number of such a service by
 * its very name, or CATALOGUE_NONE; and the first type from `type` on that has it in its ARN, or
 * CATALOGUE_NONE.
 */
uint32_t catalogue_find_arn_service(struct str name);
uint32_t catalogue_next_type(uint32_t arn_service, uint32_t type);

enum { CATALOGUE_ARN_MAX = 2048 };

/*
 * An ARN as it stands in a policy, with wildcards and policy variables, cut for questions about many
 * types. `service` is empty where it has not six parts, or a wildcard in its service. The text must
 * outlive it.
 */
struct catalogue_arn {
    struct str text;
    struct str service, region, account, resource;
};
struct catalogue_arn catalogue_arn_cut(struct str text);

/*
 * Can a resource of this type have an ARN that `arn` matches? One longer than CATALOGUE_ARN_MAX bytes
 * fits nothing. Placeholders of the format take any text, those before the resource none with a colon,
 * and names of buckets and tables none with a slash; wildcards of `arn` run over colons only where it
 * has not six parts or behind the fifth.
 */
bool catalogue_type_takes(uint32_t type, const struct catalogue_arn *arn);
bool catalogue_type_fits(uint32_t type, struct str arn);

/*
 * May the action take a resource that the ARN matches in that a wildcard runs over a colon? IAM lets a
 * '*' at the end of a part go on into the next: `arn:aws:secretsmanager:*:*:a!*` matches
 * `arn:aws:secretsmanager:us-east-1:111122223333:secret:a!b`.
 */
bool catalogue_action_may_take(uint32_t action, struct str arn);

/* Does the ARN name no more of its resource than a type of its service, as "role/" and '*' do? */
bool catalogue_names_type_only(const struct catalogue_arn *arn);

/* The action takes a resource of a type that fits, or the ARN is '*', which each action takes. */
bool catalogue_action_fits(uint32_t action, struct str arn);

/* ---- condition keys: "aws:SourceArn", "s3:ExistingObjectTag/<key>" ---- */

enum key_type {
    KEY_STRING,
    KEY_NUMERIC,
    KEY_DATE,
    KEY_BOOL,
    KEY_BINARY,
    KEY_IP_ADDRESS,
    KEY_ARN,
    KEY_TYPE_COUNT
};

/* "String", "ArrayOfString" where multivalued, and so on. */
struct str key_type_name(enum key_type type, bool multivalued);

/*
 * The key of this name; else the template that it is written by, such as
 * "aws:ResourceTag/${TagKey}" for "aws:ResourceTag/team"; else, for a claim of an identity provider
 * such as "oidc.eks.us-east-1.amazonaws.com/id/0A:aud", the one of providers in general,
 * "${Issuer}:aud".
 */
uint32_t catalogue_find_key(struct str name);
struct str catalogue_key_name(uint32_t key);
enum key_type catalogue_key_type(uint32_t key);
bool catalogue_key_is_multivalued(uint32_t key);
bool catalogue_key_is_template(uint32_t key);

/* Numeric operators compare it as well as those of its type: aws:EpochTime. */
bool catalogue_key_is_numeric_too(uint32_t key);

/*
 * The key that `name` means in a condition on this action, or CATALOGUE_NONE where the action has
 * none of this name: the action's own keys, those of its resource types, the global ones, and for
 * actions of sts the claims of identity providers. aws:RequestTag, aws:ResourceTag and aws:TagKeys
 * count only where the action or a type of it lists them.
 */
uint32_t catalogue_action_find_key(uint32_t action, struct str name);

/* The keys that an action and its resource types list, one at a time; a key may come twice. */
struct catalogue_key_walk {
    uint32_t action;
    size_t set, item;
};
bool catalogue_next_key(struct catalogue_key_walk *walk, uint32_t *key);

/* ---- action patterns: "ec2:Describe*" ---- */

/*
 * The actions that a pattern of a policy's Action matches, in order. '*' alone, or several, stands
 * for all; any other pattern without a colon matches nothing. Each comparison of a character costs
 * one of the budget; when it runs out, the walk ends with `exhausted` set. The pattern must outlive
 * the walk.
 */
struct catalogue_expansion {
    struct str service, name; /* the pattern's two halves */
    size_t literal;           /* what of `name` stands before its first wildcard */
    uint32_t next_service, end_service;
    struct catalogue_range actions; /* left in the current service */
    uint64_t budget;
    bool exhausted;
};
struct catalogue_expansion catalogue_expand(struct str pattern, uint64_t budget);
bool catalogue_next_action(struct catalogue_expansion *expansion, uint32_t *action);

/* ---- what the catalogue does not list, and IAM takes all the same ---- */

enum catalogue_absence {
    ABSENCE_UNKNOWN,  /* listed, or nothing is known of it */
    ABSENCE_RETIRED,  /* an older catalogue listed it */
    ABSENCE_UNLISTED, /* only managed policies of AWS's own name it */
};
enum catalogue_absence catalogue_absent_service(struct str prefix);

/*
 * An older catalogue listed an action that the pattern matches, of a service that this one lists.
 * Each comparison of a character costs one of the budget.
 */
bool catalogue_retired_action(struct str pattern, uint64_t *budget);

/* ---- service principals, and what was meant ---- */

/*
 * One of the service principals that EKS, its nodes and its neighbours use, or the same with the
 * suffix of another partition (amazonaws.com.cn). What is none of them may exist all the same.
 */
bool catalogue_knows_principal(struct str name);
struct str catalogue_nearest_principal(struct str name);

/*
 * The service, action or key whose name is most similar, or CATALOGUE_NONE where none is near. For
 * an action: of the same service; else of the nearest service; else the only one of this name.
 */
uint32_t catalogue_nearest_service(struct str prefix);
uint32_t catalogue_nearest_action(struct str name);

/* The action of this very service with the most similar name, written without "service:". */
uint32_t catalogue_nearest_of_service(uint32_t service, struct str bare);

uint32_t catalogue_nearest_key(struct str name);

#endif
