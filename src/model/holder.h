/* SPDX-License-Identifier: MIT */
/*
 * What the files say of roles, users and regions, gathered while a case is joined. A holder is a
 * role or a user: somebody who holds policies.
 */
#ifndef EKSLINT_MODEL_HOLDER_H
#define EKSLINT_MODEL_HOLDER_H

#include "model/entries.h"

struct told_list {
    struct told *items;
    size_t count, capacity;
    bool known;   /* somebody gave the list, possibly empty */
    bool partial; /* and said that it goes on, or it was given by single elements */
    bool counted; /* somebody wrote the list out, to its end */
};

void told_add(struct arena *arena, struct told_list *list, struct told item);

struct holder {
    struct told arn, name, path, trust_policy, boundary;
    struct told_list policies;     /* documents */
    struct told_list inline_names; /* the names of those that saved output shows */
    struct told_list policy_names; /* the names of all inline policies there are */
    struct told_list managed;
    struct told_list groups; /* a user's, by name */
    bool in_form;
    bool form_lists;             /* and the form says which policies there are */
    size_t conflicts;            /* reported so far */
    const struct holder *joined; /* of a group: the user that has its policies already */
};

/* Where a list has the holder with an ARN or a name: index + 1 by atom. */
struct holder_index {
    struct atoms texts;
    uint32_t *at;
    size_t capacity;
};

struct holder_list {
    struct holder *items;
    size_t count, capacity;
    struct holder_index by_arn;
    struct holder_index by_name; /* in lower case; the first of several in different accounts */
    struct holder_index bare;    /* by name, those whose ARN is not known yet */
};

/* The lists of a region, in the order of their member names below. */
enum region_list {
    REGION_KEY_PAIRS,
    REGION_VPCS,
    REGION_SUBNETS,
    REGION_SECURITY_GROUPS,
    REGION_INSTANCE_TYPES,
    REGION_ZONES,
    REGION_ROUTE_TABLES,
    REGION_CLUSTERS,
    REGION_NAT_GATEWAYS,
    REGION_VPC_ENDPOINTS,
    REGION_IMAGES,
    REGION_INTERNET_GATEWAYS,
    REGION_ADDRESSES,
    REGION_REPOSITORIES,
    REGION_QUOTAS,
    REGION_LIST_COUNT
};

extern const struct str region_list_names[REGION_LIST_COUNT];

struct region {
    struct told name; /* node NULL: nobody told which region */
    struct str name_text;
    struct told opt_in;
    struct entry_list lists[REGION_LIST_COUNT];
};

/* The lists of the case itself, in the order of case_lists[]. */
enum case_list {
    CASE_POLICIES,
    CASE_CALLERS,
    CASE_CLUSTERS,
    CASE_STACKS,
    CASE_PROFILES,
    CASE_OBJECTS,
    CASE_AWS_AUTH,
    CASE_AGENTS,
    CASE_CI,
    CASE_NODE_GROUPS,
    CASE_FARGATE_PROFILES,
    CASE_ADDONS,
    CASE_ADDON_LISTS,
    CASE_ADDON_VERSIONS,
    CASE_ACCESS_ENTRIES,
    CASE_ACCESS_ENTRY_LISTS,
    CASE_ACCESS_POLICIES,
    CASE_POD_IDENTITIES,
    CASE_OIDC_PROVIDERS,
    CASE_OIDC_PROVIDER_LISTS,
    CASE_KUBECONFIGS,
    CASE_VPC_ATTRIBUTES,
    CASE_CLUSTER_VERSIONS,
    CASE_LAUNCH_TEMPLATES,
    CASE_INSTANCE_PROFILES,
    CASE_SERVICE_ACCOUNTS,
    CASE_DHCP_OPTIONS,
    CASE_NETWORK_ACLS,
    CASE_NETWORK_INTERFACES,
    CASE_INSTANCES,
    CASE_AUTO_SCALING_GROUPS,
    CASE_SCALING_ACTIVITIES,
    CASE_KEYS,
    CASE_KEY_POLICIES,
    CASE_KEY_GRANTS,
    CASE_REPOSITORY_POLICIES,
    CASE_LOAD_BALANCERS,
    CASE_LOAD_BALANCER_TAGS,
    CASE_SIMULATIONS,
    CASE_ADDON_SCHEMAS,
    CASE_ACCESS_POLICY_LISTS,
    CASE_IDENTITY_PROVIDERS,
    CASE_INSIGHTS,
    CASE_UPDATES,
    CASE_CHANGE_SETS,
    CASE_CERTIFICATES,
    CASE_IMAGE_PARAMETERS,
    CASE_ACTIVATIONS,
    CASE_KUBECTL_VERSIONS,
    CASE_NODE_GROUP_LISTS,
    CASE_FARGATE_PROFILE_LISTS,
    CASE_IDENTITY_PROVIDER_LISTS,
    CASE_UPDATE_LISTS,
    CASE_HOSTED_ZONES,
    CASE_EKSCTL_CLUSTERS,
    CASE_EKSCTL_NODE_GROUPS,
    CASE_LIST_COUNT
};

struct case_list_form {
    struct str name;
    bool derived; /* entries gain the region and account of their ARN */
    bool single;  /* one object, of the first document that gives it */
    bool open;    /* others exist than the files describe: where they describe none, it is empty */
};

extern const struct case_list_form case_lists[CASE_LIST_COUNT];

struct gathered {
    struct document_reader *reader;
    struct holder_list roles;
    struct holder_list users;
    struct holder_list groups;
    struct region *regions;
    size_t region_count, region_capacity;
    struct entry_list lists[CASE_LIST_COUNT];
    struct told form_role; /* the ARN of the role that GitLab assumes: whose account it is about */
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
    bool is_reference; /* gitlab-eks.yaml names the file as somebody's policy */
};

/*
 * Take what a document's feeds tell. Feeds that do not name their role are joined to one that is
 * known, so first all documents are taken with `named`, then all without. Reported, as warnings
 * unless said otherwise: "case/region-unknown", "case/role-unknown", "case/policy-unknown" (what a
 * listing is of is not told), "case/other-region" (an error: what stands in it is of another region
 * than its folder or the inventory says), "case/other-account", "case/conflict".
 */
void gather_document(struct gathered *gathered, const struct document *document,
                     const struct listing_of *of, bool named);

/*
 * When all documents are taken: which lists are complete by what others say, what users have from
 * their groups, and which listings disagree.
 */
void gather_finish(struct gathered *gathered);

#endif
