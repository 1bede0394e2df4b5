/* SPDX-License-Identifier: MIT */
/*
 * What the files say of roles, users and regions, gathered while a case is joined. A holder is a
 * role or a user: somebody who holds policies.
 */
#ifndef EKSLINT_MODEL_HOLDER_H
#define EKSLINT_MODEL_HOLDER_H

#include "model/document.h"

/* A node and the tree that it is in; node NULL = nobody told. */
struct told {
    const struct tree *tree;
    const struct node *node;
};

struct told_list {
    struct told *items;
    size_t count, capacity;
    bool known;   /* somebody gave the list, possibly empty */
    bool partial; /* and said that it goes on, or it was given by single elements */
};

void told_add(struct arena *arena, struct told_list *list, struct told item);

/* The text of a told string, or empty. */
struct str told_text(struct told told);

struct holder {
    struct told arn, name, path, trust_policy, boundary;
    struct told_list policies;
    struct told_list managed;
};

struct holder_list {
    struct holder *items;
    size_t count, capacity;
};

/* The lists of a region, in the order of their member names below. */
enum region_list {
    REGION_KEY_PAIRS,
    REGION_VPCS,
    REGION_SUBNETS,
    REGION_SECURITY_GROUPS,
    REGION_INSTANCE_TYPES,
    REGION_LIST_COUNT
};

extern const struct str region_list_names[REGION_LIST_COUNT];

/*
 * An entry of a region's list: the node that a feed selected, and the feed that names its values.
 */
struct region_entry {
    struct told item;
    const struct feed *feed;
};

struct region_entries {
    struct region_entry *items;
    size_t count, capacity;
    bool known, partial;
};

struct region {
    struct told name; /* node NULL: nobody told which region */
    struct str name_text;
    struct told opt_in;
    struct region_entries lists[REGION_LIST_COUNT];
};

struct gathered {
    struct document_reader *reader;
    struct holder_list roles;
    struct holder_list users;
    struct region *regions;
    size_t region_count, region_capacity;
};

/*
 * The role or user with this ARN, or else with this name and no other ARN; made where there is
 * none.
 */
struct holder *gathered_holder(struct gathered *gathered, struct holder_list *list, struct told arn,
                               struct told name);

/*
 * The region of this name, made where there is none. An empty name is the region that nobody told.
 */
struct region *gathered_region(struct gathered *gathered, struct str name, struct told told);

/* What tells of whom or where a document's listing is, where it does not say so itself. */
struct listing_of {
    struct str
        region; /* or empty; then it is looked for in the document's path and in the document */
    struct told
        owner_arn; /* of the role or user; or nothing; then it is looked for in the file's name */
    bool owner_is_user;
};

/*
 * Take what a document's feeds tell. Feeds that do not name their role are joined to one that is
 * known, so first all documents are taken with `named`, then all without.
 */
void gather_document(struct gathered *gathered, const struct document *document,
                     const struct listing_of *of, bool named);

#endif
