/* SPDX-License-Identifier: MIT */
/*
 * Holders by the address of their node: nodes of a finished tree do not move. A policy that is
 * attached by its ARN is looked for among the case's own policies first and then in the library,
 * since an account's version of a managed policy may be older or newer than ours.
 */
#include "model/permission.h"

#include "base/str.h"

enum { FIRST_SLOTS = 16 };

struct permission_slot {
    const struct node *holder; /* NULL: free */
    struct iam_policies own;   /* identity and boundary */
    struct iam_policies trust; /* the trust policy as the resource's */
    struct iam_caller caller;
    bool has_caller;
};

/* ---- decoding holders ---- */

static const struct iam_policy *decode_document(struct permissions *p, const struct node *document)
{
    if (!document || document->kind != NODE_OBJECT) {
        return &iam_policy_unknown;
    }
    struct iam_policy *policy = arena_new(p->arena, struct iam_policy);
    /* Mistakes are for rules; a faulty statement leaves its answers unknown. */
    bool good = iam_policy_decode(p->arena, p->tree, document, NULL, policy);
    (void)good;
    return policy;
}

/* $.policies[?@.arn == arn].document */
static const struct node *find_case_policy(const struct permissions *p, struct str arn)
{
    const struct node *list = tree_member(p->tree, p->root, STR("policies"));
    for (uint32_t i = 0; list && i < node_size(list); i++) {
        const struct node *policy = tree_element(p->tree, list, i);
        if (str_eq(tree_string(p->tree, policy, STR("arn")), arn)) {
            return tree_member(p->tree, policy, STR("document"));
        }
    }
    return NULL;
}

/*
 * A policy of the library as if it stood where it is attached: what findings point at is the user's,
 * and a statement of ours has no place in their files.
 */
static const struct iam_policy *place_policy(struct permissions *p, const struct iam_policy *known,
                                             const struct node *attached)
{
    struct iam_policy *policy = arena_new(p->arena, struct iam_policy);
    struct iam_statement *statements =
        arena_array(p->arena, struct iam_statement, known->statement_count);
    for (uint32_t i = 0; i < known->statement_count; i++) {
        struct iam_statement *statement = &statements[i];
        *statement = known->statements[i];
        struct iam_test *tests = arena_array(p->arena, struct iam_test, statement->test_count);
        for (uint32_t t = 0; t < statement->test_count; t++) {
            tests[t] = statement->tests[t];
            tests[t].value = attached;
        }
        statement->tests = tests;
        statement->node = attached;
        statement->action.value = attached;
        statement->resource.value = attached;
        statement->principal.value = attached;
    }
    *policy = *known;
    policy->statements = statements;
    return policy;
}

static const struct iam_policy *find_managed(struct permissions *p, const struct node *attached)
{
    struct str arn = attached->kind == NODE_STRING ? tree_text(p->tree, attached) : (struct str){0};
    if (attached->kind == NODE_OBJECT) {
        return decode_document(p, attached);
    }
    const struct node *document = arn.len ? find_case_policy(p, arn) : NULL;
    if (node_is(document, NODE_OBJECT)) {
        return decode_document(p, document);
    }
    const struct iam_policy *known =
        arn.len && p->library ? p->library->find(p->library->context, arn) : NULL;
    return known ? place_policy(p, known, attached) : &iam_policy_unknown;
}

struct policy_list {
    const struct iam_policy **items;
    uint32_t count;
    bool incomplete;
};

/* The policies of one list of the holder; what is unknown in it makes it incomplete. */
static void add_policies(struct permissions *p, const struct node *holder, struct str name,
                         struct policy_list *list)
{
    const struct node *nodes = tree_member(p->tree, holder, name);
    if (!node_is(nodes, NODE_ARRAY)) {
        list->incomplete = true;
        return;
    }
    for (uint32_t i = 0; i < node_size(nodes); i++) {
        list->items[list->count++] = find_managed(p, tree_element(p->tree, nodes, i));
    }
}

static uint32_t list_size(const struct permissions *p, const struct node *holder, struct str name)
{
    const struct node *nodes = tree_member(p->tree, holder, name);
    return node_is(nodes, NODE_ARRAY) ? node_size(nodes) : 0;
}

static struct iam_layer_policies one_level(struct permissions *p,
                                           const struct iam_policy *const *policies, uint32_t count,
                                           bool incomplete)
{
    struct iam_level *level = arena_new(p->arena, struct iam_level);
    *level = (struct iam_level){policies, count, incomplete};
    return (struct iam_layer_policies){level, 1, true};
}

static struct iam_layer_policies one_policy(struct permissions *p, const struct iam_policy *policy)
{
    const struct iam_policy **one = arena_new(p->arena, const struct iam_policy *);
    *one = policy;
    return one_level(p, one, 1, false);
}

static void decode_own(struct permissions *p, const struct node *holder, struct iam_policies *own)
{
    static const struct str names[] = {STR_INIT("policies"), STR_INIT("managed_policies")};
    uint32_t count = list_size(p, holder, names[0]) + list_size(p, holder, names[1]);
    struct policy_list list = {.items = arena_array(p->arena, const struct iam_policy *, count)};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        add_policies(p, holder, names[i], &list);
    }
    own->layers[LAYER_IDENTITY] = one_level(p, list.items, list.count, list.incomplete);
    const struct node *boundary = tree_member(p->tree, holder, STR("permissions_boundary"));
    if (boundary && boundary->kind != NODE_NULL) {
        own->layers[LAYER_BOUNDARY] = one_policy(p, find_managed(p, boundary));
    }
}

static void decode_holder(struct permissions *p, struct permission_slot *slot)
{
    struct str arn = tree_string(p->tree, slot->holder, STR("arn"));
    slot->has_caller = iam_caller_parse(arn, &slot->caller);
    decode_own(p, slot->holder, &slot->own);
    const struct node *trust = tree_member(p->tree, slot->holder, STR("trust_policy"));
    slot->trust.layers[LAYER_RESOURCE] = one_policy(p, decode_document(p, trust));
    slot->trust.resource_only = true;
}

/* ---- finding them again ---- */

static size_t slot_of(const struct permissions *p, const struct node *holder)
{
    size_t at = ((uintptr_t)holder / sizeof *holder * 0x9E3779B1u) & (p->capacity - 1);
    while (p->slots[at].holder && p->slots[at].holder != holder) {
        at = (at + 1) & (p->capacity - 1);
    }
    return at;
}

static void grow(struct permissions *p)
{
    struct permission_slot *old = p->slots;
    size_t old_capacity = p->capacity;
    p->capacity = old_capacity ? old_capacity * 2 : FIRST_SLOTS;
    p->slots = arena_array(p->arena, struct permission_slot, p->capacity);
    for (size_t i = 0; i < old_capacity; i++) {
        if (old[i].holder) {
            p->slots[slot_of(p, old[i].holder)] = old[i];
        }
    }
}

static struct permission_slot *find_holder(struct permissions *p, const struct node *holder)
{
    if (p->count * 2 >= p->capacity) {
        grow(p);
    }
    struct permission_slot *slot = &p->slots[slot_of(p, holder)];
    if (!slot->holder) {
        slot->holder = holder;
        p->count++;
        decode_holder(p, slot);
    }
    return slot;
}

/* ---- asking ---- */

void permissions_allow(struct permissions *permissions, const struct node *holder,
                       struct iam_request *request, struct iam_decision *decision)
{
    struct permission_slot *slot = find_holder(permissions, holder);
    if (!request->caller && slot->has_caller) {
        request->caller = &slot->caller;
    }
    /* Their own side only: the resource counts as their account's. */
    struct iam_request own = *request;
    own.caller = NULL;
    iam_decide(&own, &slot->own, decision);
}

void permissions_trust(struct permissions *permissions, const struct node *role,
                       struct iam_request *request, struct iam_decision *decision)
{
    struct permission_slot *slot = find_holder(permissions, role);
    iam_decide(request, &slot->trust, decision);
}

/* ---- what a denial comes from ---- */

/* What lacks in the Allow statements comes before a Deny: both must be mended, and it is the first. */
static bool is_denied(const struct iam_decision *decision)
{
    return decision->outcome == OUTCOME_EXPLICIT_DENY && decision->granted != TRUTH_FALSE;
}

static struct str undecided_fault(const struct iam_decision *decision)
{
    const struct iam_gap *gap = &decision->gap;
    bool by_condition = gap->found && gap->part == PART_CONDITION && !gap->place.statement->perhaps;
    return by_condition && !decision->policy_missing ? STR("undecided") : (struct str){0};
}

struct str permission_fault(const struct iam_decision *decision)
{
    if (decision->allowed == TRUTH_TRUE) {
        return STR("ok");
    }
    if (decision->allowed == TRUTH_UNKNOWN) {
        return undecided_fault(decision);
    }
    if (is_denied(decision)) {
        return STR("deny");
    }
    if (decision->lacking_in == LAYER_BOUNDARY) {
        return STR("boundary");
    }
    return decision->lacking.found ? iam_part_name(decision->lacking.part) : STR("none");
}

static const struct node *part_node(const struct iam_gap *gap)
{
    const struct iam_statement *statement = gap->place.statement;
    switch (gap->part) {
    case PART_ACTION:
        return statement->action.value;
    case PART_PRINCIPAL:
        return statement->principal.value;
    case PART_RESOURCE:
        return statement->resource.value;
    case PART_CONDITION:
    case PART_COUNT:
        break;
    }
    return gap->test ? gap->test->value : NULL;
}

const struct node *permission_culprit(const struct iam_decision *decision)
{
    const struct iam_gap *gap = is_denied(decision) ? &decision->gap : &decision->lacking;
    if (decision->allowed == TRUTH_TRUE || !gap->found) {
        return NULL;
    }
    const struct node *part = is_denied(decision) ? NULL : part_node(gap);
    return part ? part : gap->place.statement->node;
}

struct str permission_key(const struct iam_decision *decision)
{
    const struct iam_test *test = decision->lacking.test;
    return decision->allowed != TRUTH_TRUE && !is_denied(decision) && test ? test->name
                                                                           : (struct str){0};
}
