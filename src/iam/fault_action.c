/* SPDX-License-Identifier: MIT */
/*
 * Actions against the catalogue. The first fault of an entry hides the others: a variable, a wildcard
 * in the service, an unknown service, an unknown action. Source: Service Authorization Reference;
 * IAM Access Analyzer policy check reference, "Invalid action", "Invalid service in action".
 */
#include "iam/inspection.h"

#include "aws/catalogue.h"
#include "aws/wildcard.h"

/*
 * Operations of APIs whose permission has another name. Source: Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon S3" and "... AWS Lambda".
 */
static const struct {
    struct str operation, action;
} renamed[] = {
    {STR_INIT("s3:ListObjects"), STR_INIT("s3:ListBucket")},
    {STR_INIT("s3:ListObjectsV2"), STR_INIT("s3:ListBucket")},
    {STR_INIT("s3:HeadBucket"), STR_INIT("s3:ListBucket")},
    {STR_INIT("s3:HeadObject"), STR_INIT("s3:GetObject")},
    {STR_INIT("s3:CopyObject"), STR_INIT("s3:PutObject")},
    {STR_INIT("s3:DeleteObjects"), STR_INIT("s3:DeleteObject")},
    {STR_INIT("s3:ListBuckets"), STR_INIT("s3:ListAllMyBuckets")},
    {STR_INIT("s3:PutBucketEncryption"), STR_INIT("s3:PutEncryptionConfiguration")},
    {STR_INIT("s3:GetBucketEncryption"), STR_INIT("s3:GetEncryptionConfiguration")},
    {STR_INIT("s3:PutBucketLifecycleConfiguration"), STR_INIT("s3:PutLifecycleConfiguration")},
    {STR_INIT("s3:PutBucketReplication"), STR_INIT("s3:PutReplicationConfiguration")},
    {STR_INIT("lambda:GetLayerVersionByArn"), STR_INIT("lambda:GetLayerVersion")},
    {STR_INIT("lambda:Invoke"), STR_INIT("lambda:InvokeFunction")},
};

static struct str meant_action(struct inspection *in, struct str text)
{
    for (size_t i = 0; i < COUNT_OF(renamed); i++) {
        if (str_eq_nocase(text, renamed[i].operation)) {
            return renamed[i].action;
        }
    }
    struct catalogue_text name;
    struct str service;
    struct str bare;
    bool good = str_cut(text, ':', &service, &bare) && may_suggest(in);
    uint32_t found = good ? catalogue_find_service(service) : CATALOGUE_NONE;
    uint32_t nearest = found == CATALOGUE_NONE || wildcard_is_pattern(bare)
                           ? CATALOGUE_NONE
                           : catalogue_nearest_of_service(found, bare);
    return nearest == CATALOGUE_NONE
               ? (struct str){0}
               : arena_str(in->faults->arena, catalogue_action_name(nearest, &name));
}

/* What a pattern may match is taken for known where the comparisons do not suffice. */
static bool is_known_action(struct inspection *in, struct str text)
{
    if (!wildcard_is_pattern(text)) {
        return catalogue_find_action(text) != CATALOGUE_NONE;
    }
    struct catalogue_expansion expansion = catalogue_expand(text, in->budget);
    uint32_t action;
    bool found = catalogue_next_action(&expansion, &action);
    in->budget = expansion.budget;
    in->faults->exhausted = in->faults->exhausted || expansion.exhausted;
    return found || expansion.exhausted;
}

/* Of the actions of a service that is not listed nothing is known. */
static void inspect_absent_service(struct inspection *in, const struct node *entry,
                                   struct str service)
{
    enum catalogue_absence absence = catalogue_absent_service(service);
    if (absence == ABSENCE_RETIRED) {
        add_fault(in, FAULT_ACTION_RETIRED, entry);
    } else if (absence == ABSENCE_UNKNOWN) {
        add_fault_text(in, FAULT_ACTION_SERVICE, entry, meant_service(in, service));
    }
}

static void inspect_absent_action(struct inspection *in, const struct node *entry, struct str text)
{
    if (catalogue_retired_action(text, &in->budget)) {
        add_fault(in, FAULT_ACTION_RETIRED, entry);
    } else {
        add_fault_text(in, FAULT_ACTION, entry, meant_action(in, text));
    }
}

/* By the service first, which is mostly that of the entry before. */
static bool is_action(struct inspection *in, struct str text)
{
    size_t colon = str_find_char(text, ':');
    uint32_t service =
        colon < text.len ? find_service(in, str_slice(text, 0, colon)) : CATALOGUE_NONE;
    return service != CATALOGUE_NONE && catalogue_find_action_of(service, text) != CATALOGUE_NONE;
}

static void inspect_action(struct inspection *in, const struct node *entry)
{
    struct str text = text_of(in, entry);
    size_t colon = str_find_char(text, ':');
    struct str service = str_slice(text, 0, colon);
    if (wildcard_is_stars(text)) {
        return;
    }
    if (in->variables && str_find(text, STR("${")) < text.len) {
        inspect_no_variables(in, entry, text);
    } else if (colon == text.len) {
        add_fault_text(in, FAULT_ACTION, entry, meant_action(in, text));
    } else if (wildcard_is_pattern(service)) {
        add_fault(in, FAULT_ACTION_SERVICE_WILDCARD, entry);
    } else if (find_service(in, service) == CATALOGUE_NONE) {
        inspect_absent_service(in, entry, service);
    } else if (!is_known_action(in, text)) {
        inspect_absent_action(in, entry, text);
    }
}

void inspect_actions(struct inspection *in, const struct node *entries)
{
    struct text_look *looks = arena_array(in->faults->arena, struct text_look, node_size(entries));
    bool iam = false;
    if (node_size(entries) == 0) {
        add_fault(in, FAULT_ACTIONS_NONE, entries);
    }
    for (uint32_t i = 0; i < node_size(entries); i++) {
        const struct node *entry = tree_element(in->tree, entries, i);
        struct str text = text_of(in, entry);
        looks[i] = look_at(text);
        iam = iam || looks[i].pattern || str_eq_nocase(str_slice(text, 0, 4), STR("iam:"));
        if (!is_string(entry) || is_known_clean(&in->checker->actions, text, looks[i])) {
            continue;
        }
        size_t faults = in->faults->count;
        if (looks[i].pattern || !is_action(in, text)) {
            inspect_action(in, entry);
        }
        if (in->faults->count == faults && !in->faults->exhausted && !looks[i].dollar) {
            note_clean(in, &in->checker->actions, entry, looks[i]);
        }
    }
    if (entries == in->action) {
        in->may_pass_on = iam;
        in->looks = looks;
    }
    inspect_cover(in, entries, looks, FAULT_REDUNDANT_ACTION, true);
}

enum truth reaches_action(struct inspection *in, const struct node *entries, struct str action)
{
    bool open = false;
    for (uint32_t i = 0; entries && i < node_size(entries); i++) {
        const struct node *entry = tree_element(in->tree, entries, i);
        open = open || entry->kind == NODE_UNKNOWN;
        if (is_string(entry) &&
            wildcard_match_within(text_of(in, entry), action, true, &in->budget) == TRUTH_TRUE) {
            return TRUTH_TRUE;
        }
    }
    return open ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* ---- what a statement lets its caller pass on ---- */

/* What may be passed: any role, or any but some. */
static const struct node *find_broad(struct inspection *in)
{
    for (uint32_t i = 0; in->resource && i < node_size(in->resource); i++) {
        const struct node *entry = tree_element(in->tree, in->resource, i);
        struct str text = text_of(in, entry);
        size_t role = str_find(text, STR(":role/"));
        struct str name = role < text.len ? str_from(text, role + 6) : text;
        if (is_string(entry) && wildcard_is_stars(name)) {
            return entry;
        }
    }
    return NULL;
}

/* The entry that is the action's name, or the first pattern that matches it. */
static const struct node *find_entry(struct inspection *in, struct str action, bool named)
{
    for (uint32_t i = 0; in->action && i < node_size(in->action); i++) {
        const struct node *entry = tree_element(in->tree, in->action, i);
        struct str text = text_of(in, entry);
        if (named ? str_eq_nocase(text, action)
                  : in->looks[i].pattern &&
                        wildcard_match_within(text, action, true, &in->budget) == TRUTH_TRUE) {
            return entry;
        }
    }
    return NULL;
}

/* `first`: the six faults of the action, in the order of fault.def. */
static void inspect_grant(struct inspection *in, struct str action, enum iam_fault_id first)
{
    const struct node *broad = in->not_resource ? in->not_resource : find_broad(in);
    if (!broad) {
        return;
    }
    int way = 0;
    const struct node *entry = find_entry(in, action, true);
    if (!entry) {
        way = 2;
        entry = find_entry(in, action, false);
    }
    enum truth spared =
        !entry && in->not_action ? reaches_action(in, in->not_action, action) : TRUTH_TRUE;
    if (spared != TRUTH_TRUE) {
        way = 4;
        entry = in->not_action;
    }
    int fault = (int)first + way + (in->not_resource ? 1 : 0);
    if (spared == TRUTH_UNKNOWN) {
        add_open_fault(in, (enum iam_fault_id)fault, in->statement);
    } else if (entry) {
        struct iam_fault *found = add_fault(in, (enum iam_fault_id)fault, in->statement);
        add_place(in, found, entry);
        add_place(in, found, broad);
    }
}

void inspect_grants(struct inspection *in)
{
    bool both = (in->action && in->not_action) || (in->resource && in->not_resource);
    if (statement_allows(in) && !both && (in->may_pass_on || in->not_action)) {
        inspect_grant(in, STR("iam:PassRole"), FAULT_PASS_NAMED_ALL);
        inspect_grant(in, STR("iam:CreateServiceLinkedRole"), FAULT_LINK_NAMED_ALL);
    }
}
