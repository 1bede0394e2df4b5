/* SPDX-License-Identifier: MIT */
/* Reading requests. Every member has its row in a table; what is not in it is a mistake. */
#include "iam/simulation.h"

#include "aws/arn.h"
#include "aws/wildcard.h"

struct reading {
    const struct iam_simulation_reader *r;
    struct iam_simulation *out;
    bool good;
};

static void fail(struct reading *reading, const struct node *at, const char *format, struct str a)
{
    struct str text = arena_format(reading->r->arena, format, STR_ARG(a));
    findings_error(reading->r->findings, STR("simulate/input"), node_location(at), "%.*s",
                   STR_ARG(text));
    reading->good = false;
}

static struct str text_of(const struct reading *reading, const struct node *node)
{
    return node->kind == NODE_STRING ? tree_text(reading->r->tree, node) : (struct str){0};
}

static bool is_placeholder(const struct reading *reading, const struct node *node)
{
    return node->kind == NODE_NULL ||
           (node->kind == NODE_STRING && text_of(reading, node).len == 0);
}

/* ---- lists of texts ---- */

/* The strings of a list but for placeholders. */
static uint32_t read_texts(struct reading *reading, const struct node *list, struct str name,
                           const struct iam_text **items)
{
    uint32_t count = 0;
    if (list->kind != NODE_ARRAY) {
        if (!is_placeholder(reading, list)) {
            fail(reading, list, "'%.*s' takes a list of strings", name);
        }
        return 0;
    }
    struct iam_text *texts = arena_array(reading->r->arena, struct iam_text, node_size(list));
    for (uint32_t i = 0; i < node_size(list); i++) {
        const struct node *item = tree_element(reading->r->tree, list, i);
        if (is_placeholder(reading, item)) {
            continue;
        }
        if (item->kind != NODE_STRING) {
            fail(reading, item, "'%.*s' takes a list of strings", name);
            continue;
        }
        texts[count++] = (struct iam_text){.node = item, .text = text_of(reading, item)};
    }
    *items = texts;
    return count;
}

static void read_actions(struct reading *reading, const struct node *value)
{
    struct iam_simulation *out = reading->out;
    out->action_count = read_texts(reading, value, STR("ActionNames"), &out->actions);
    for (uint32_t i = 0; i < out->action_count; i++) {
        struct str action = out->actions[i].text;
        struct str service;
        struct str name;
        bool two_parts = str_cut(action, ':', &service, &name) && service.len && name.len;
        if (!two_parts || wildcard_is_pattern(action)) {
            fail(reading, out->actions[i].node,
                 "'%.*s' is no action; write service:Action, such as ec2:DescribeVpcs, without "
                 "wildcards",
                 action);
        }
    }
}

static void read_resources(struct reading *reading, const struct node *value)
{
    struct iam_simulation *out = reading->out;
    out->resource_count = read_texts(reading, value, STR("ResourceArns"), &out->resources);
    for (uint32_t i = 0; i < out->resource_count; i++) {
        struct arn arn;
        struct str text = out->resources[i].text;
        if (!str_eq(text, STR("*")) && !arn_parse(text, &arn)) {
            fail(reading, out->resources[i].node, "'%.*s' is no ARN; write an ARN, or '*'", text);
        }
    }
}

/* ---- policies ---- */

static void read_level(struct reading *reading, const struct node *const *values, uint32_t count,
                       struct iam_level *level)
{
    const struct iam_policy **policies =
        arena_array(reading->r->arena, const struct iam_policy *, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct iam_policy *policy = NULL;
        if (is_placeholder(reading, values[i])) {
            policy = NULL;
        } else if (values[i]->kind != NODE_STRING && values[i]->kind != NODE_OBJECT) {
            fail(reading, values[i], "a policy is JSON text or an object%.*s", (struct str){0});
        } else if (!reading->r->policy(reading->r->context, reading->r->tree, values[i], &policy)) {
            reading->good = false;
        }
        /* A placeholder keeps its number, so that ids count as the input does. */
        static const struct iam_policy empty = {0};
        policies[i] = policy ? policy : &empty;
    }
    *level = (struct iam_level){.policies = policies, .count = count};
}

static bool level_is_empty(const struct iam_level *level)
{
    for (uint32_t i = 0; i < level->count; i++) {
        if (level->policies[i]->root) {
            return false;
        }
    }
    return true;
}

static const struct node *const *elements_of(struct reading *reading, const struct node *list)
{
    const struct node **items =
        arena_array(reading->r->arena, const struct node *, node_size(list));
    for (uint32_t i = 0; i < node_size(list); i++) {
        items[i] = tree_element(reading->r->tree, list, i);
    }
    return items;
}

static bool is_too_long(struct reading *reading, const struct node *list)
{
    if (node_size(list) > SIMULATION_MAX_POLICIES) {
        fail(reading, list, "more than 10000 policies in one list%.*s", (struct str){0});
        return true;
    }
    return false;
}

/* A list of policies: one level, given unless it is empty. */
static void read_policies(struct reading *reading, const struct node *value, struct str name,
                          struct iam_layer_policies *layer)
{
    if (is_placeholder(reading, value)) {
        return;
    }
    if (value->kind != NODE_ARRAY) {
        fail(reading, value, "'%.*s' takes a list of policies", name);
        return;
    }
    if (is_too_long(reading, value)) {
        return;
    }
    struct iam_level *level = arena_new(reading->r->arena, struct iam_level);
    read_level(reading, elements_of(reading, value), node_size(value), level);
    *layer = (struct iam_layer_policies){level, 1, !level_is_empty(level)};
}

/* Levels, root first, each a list of policies. */
static void read_levels(struct reading *reading, const struct node *value, struct str name,
                        struct iam_layer_policies *layer)
{
    if (is_placeholder(reading, value) || (value->kind == NODE_ARRAY && node_size(value) == 0)) {
        return;
    }
    if (value->kind != NODE_ARRAY) {
        fail(reading, value, "'%.*s' takes a list of levels, each a list of policies", name);
        return;
    }
    if (is_too_long(reading, value)) {
        return;
    }
    struct iam_level *levels = arena_array(reading->r->arena, struct iam_level, node_size(value));
    for (uint32_t i = 0; i < node_size(value); i++) {
        const struct node *level = tree_element(reading->r->tree, value, i);
        if (level->kind != NODE_ARRAY) {
            fail(reading, level,
                 "'%.*s' takes a list of levels (root first), each a list of policies", name);
        } else if (!is_too_long(reading, level)) {
            read_level(reading, elements_of(reading, level), node_size(level), &levels[i]);
        }
    }
    *layer = (struct iam_layer_policies){levels, node_size(value), true};
}

static void read_resource_policy(struct reading *reading, const struct node *value)
{
    if (is_placeholder(reading, value)) {
        return;
    }
    struct iam_level *level = arena_new(reading->r->arena, struct iam_level);
    const struct node **one = arena_new(reading->r->arena, const struct node *);
    *one = value;
    read_level(reading, one, 1, level);
    reading->out->policies.layers[LAYER_RESOURCE] = (struct iam_layer_policies){level, 1, true};
}

/* ---- caller and owner ---- */

static void read_caller(struct reading *reading, const struct node *value)
{
    struct iam_simulation *out = reading->out;
    struct str text = text_of(reading, value);
    if (is_placeholder(reading, value)) {
        return;
    }
    if (value->kind != NODE_STRING) {
        fail(reading, value, "'%.*s' takes a string", STR("CallerArn"));
        return;
    }
    out->has_caller = iam_caller_parse(text, &out->caller) && out->caller.kind != CALLER_UNKNOWN;
    if (!out->has_caller) {
        fail(reading, value,
             "'%.*s' is no caller; write the ARN of a user, role, session or identity provider, a "
             "service principal such as eks.amazonaws.com, or 'anonymous'",
             text);
    }
}

static void read_owner(struct reading *reading, const struct node *value)
{
    struct str text = text_of(reading, value);
    struct arn arn = {.account = text};
    if (is_placeholder(reading, value)) {
        return;
    }
    if (value->kind != NODE_STRING) {
        fail(reading, value, "'%.*s' takes a string", STR("ResourceOwner"));
        return;
    }
    bool good =
        account_id_is_valid(text) || (arn_parse(text, &arn) && account_id_is_valid(arn.account));
    if (!good) {
        fail(reading, value,
             "'%.*s' is no owner; write an account's id, or its ARN arn:aws:iam::ACCOUNT:root",
             text);
    }
    reading->out->policies.resource_account = arn.account;
}

/* ---- context ---- */

static const struct str entry_names[] = {STR_INIT("ContextKeyName"), STR_INIT("ContextKeyValues"),
                                         STR_INIT("ContextKeyType")};
static const struct str type_names[] = {
    STR_INIT("string"),  STR_INIT("stringList"),  STR_INIT("numeric"), STR_INIT("numericList"),
    STR_INIT("boolean"), STR_INIT("booleanList"), STR_INIT("ip"),      STR_INIT("ipList"),
    STR_INIT("binary"),  STR_INIT("binaryList"),  STR_INIT("date"),    STR_INIT("dateList")};

static bool is_any(struct str text, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(names[i], text)) {
            return true;
        }
    }
    return false;
}

static void check_members(struct reading *reading, const struct node *object,
                          const struct str *names, size_t count)
{
    for (uint32_t i = 0; i < node_size(object); i++) {
        const struct node *key = tree_key(reading->r->tree, object, i);
        struct str name = tree_text(reading->r->tree, key);
        if (is_any(name, names, count)) {
            continue;
        }
        struct str nearest = str_nearest(name, names, count);
        struct str text =
            nearest.len
                ? arena_format(reading->r->arena, "unknown key '%.*s'; did you mean '%.*s'?",
                               STR_ARG(name), STR_ARG(nearest))
                : arena_format(reading->r->arena, "unknown key '%.*s'", STR_ARG(name));
        fail(reading, key, "%.*s", text);
    }
}

static void check_type(struct reading *reading, const struct node *entry, uint32_t values)
{
    const struct node *type = tree_member(reading->r->tree, entry, entry_names[2]);
    if (!type || is_placeholder(reading, type)) {
        return;
    }
    struct str text = text_of(reading, type);
    if (!is_any(text, type_names, COUNT_OF(type_names))) {
        fail(reading, type,
             "'%.*s' is no ContextKeyType (string, stringList, numeric, date, ip, …)", text);
    } else if (values > 1 && !str_ends(text, STR("List"))) {
        fail(reading, type, "'%.*s' takes one value; several need the type of a list", text);
    }
}

static void read_values(struct reading *reading, const struct node *values, struct iam_key *key)
{
    bool list = values->kind == NODE_ARRAY;
    uint32_t count = list ? node_size(values) : 1;
    struct str *texts = arena_array(reading->r->arena, struct str, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *value = list ? tree_element(reading->r->tree, values, i) : values;
        if (node_is_container(value) || value->kind == NODE_NULL) {
            fail(reading, value, "a value of '%.*s' is a string", key->name);
        }
        texts[i] = tree_text(reading->r->tree, value);
    }
    key->values = texts;
    key->count = count;
}

static bool read_entry(struct reading *reading, const struct node *entry, struct iam_key *key)
{
    const struct tree *tree = reading->r->tree;
    if (entry->kind != NODE_OBJECT) {
        fail(reading, entry, "a context entry is an object with '%.*s' and 'ContextKeyValues'",
             entry_names[0]);
        return false;
    }
    check_members(reading, entry, entry_names, COUNT_OF(entry_names));
    const struct node *name = tree_member(tree, entry, entry_names[0]);
    const struct node *values = tree_member(tree, entry, entry_names[1]);
    if (name && is_placeholder(reading, name)) {
        return false;
    }
    if (!node_is(name, NODE_STRING) || !values) {
        fail(reading, entry, "a context entry has '%.*s' and 'ContextKeyValues'", entry_names[0]);
        return false;
    }
    *key = (struct iam_key){.name = tree_text(tree, name)};
    read_values(reading, values, key);
    check_type(reading, entry, key->count);
    return true;
}

static void read_context(struct reading *reading, const struct node *value)
{
    if (is_placeholder(reading, value)) {
        return;
    }
    if (value->kind != NODE_ARRAY) {
        fail(reading, value, "'%.*s' takes a list of context entries", STR("ContextEntries"));
        return;
    }
    if (node_size(value) > SIMULATION_MAX_KEYS) {
        fail(reading, value, "more than 2000 entries in '%.*s'", STR("ContextEntries"));
        return;
    }
    struct iam_key *keys = arena_array(reading->r->arena, struct iam_key, node_size(value));
    struct iam_context *context = &reading->out->context;
    context->keys = keys;
    for (uint32_t i = 0; i < node_size(value); i++) {
        const struct node *entry = tree_element(reading->r->tree, value, i);
        struct iam_key key;
        const struct iam_key *earlier = NULL;
        if (!read_entry(reading, entry, &key)) {
            continue;
        }
        if (iam_context_find(context, key.name, &earlier) == KEY_PRESENT) {
            fail(reading, entry,
                 "the context key '%.*s' is given twice; give its values in one list", key.name);
            continue;
        }
        keys[context->count++] = key;
    }
}

/* ---- the request ---- */

/* The members in which a layer's policies come. */
static const struct {
    struct str name;
    enum iam_layer layer;
    bool levels;
    const char *type;
} policy_members[] = {
    {STR_INIT("PolicyInputList"), LAYER_IDENTITY, false, "IAM Policy"},
    {STR_INIT("PermissionsBoundaryPolicyInputList"), LAYER_BOUNDARY, false,
     "Permissions Boundary Policy"},
    {STR_INIT("SessionPolicyInputList"), LAYER_SESSION, false, "Session Policy"},
    {STR_INIT("EndpointPolicyInputList"), LAYER_ENDPOINT, false, "VPC Endpoint Policy"},
    {STR_INIT("ServiceControlPolicyInputList"), LAYER_SCP, true, "Service Control Policy"},
    {STR_INIT("ResourceControlPolicyInputList"), LAYER_RCP, true, "Resource Control Policy"},
};

static const struct {
    struct str name;
    void (*read)(struct reading *reading, const struct node *value);
} other_members[] = {
    {STR_INIT("ActionNames"), read_actions},
    {STR_INIT("ResourceArns"), read_resources},
    {STR_INIT("CallerArn"), read_caller},
    {STR_INIT("ResourceOwner"), read_owner},
    {STR_INIT("ContextEntries"), read_context},
    {STR_INIT("ResourcePolicy"), read_resource_policy},
    /* Of the service's own: what it does with EC2 resources, and the paging of its results. */
    {STR_INIT("ResourceHandlingOption"), NULL},
    {STR_INIT("MaxItems"), NULL},
    {STR_INIT("Marker"), NULL},
};

static void read_member(struct reading *reading, struct str name, const struct node *value)
{
    for (size_t i = 0; i < COUNT_OF(policy_members); i++) {
        if (str_eq(policy_members[i].name, name)) {
            struct iam_layer_policies *layer =
                &reading->out->policies.layers[policy_members[i].layer];
            (policy_members[i].levels ? read_levels : read_policies)(reading, value, name, layer);
        }
    }
    for (size_t i = 0; i < COUNT_OF(other_members); i++) {
        if (other_members[i].read && str_eq(other_members[i].name, name)) {
            other_members[i].read(reading, value);
        }
    }
}

static void check_request_members(struct reading *reading, const struct node *root)
{
    struct str names[COUNT_OF(policy_members) + COUNT_OF(other_members)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(policy_members); i++) {
        names[count++] = policy_members[i].name;
    }
    for (size_t i = 0; i < COUNT_OF(other_members); i++) {
        names[count++] = other_members[i].name;
    }
    check_members(reading, root, names, count);
}

/* Policies of callers name no principal and say what they are about; the service refuses others. */
static void check_statement(struct reading *reading, const struct iam_statement *statement)
{
    if (statement->principal.key) {
        fail(reading, statement->principal.key,
             "a policy of the caller has no '%.*s'; leave it out, or give the policy as "
             "'ResourcePolicy'",
             statement->principal.negated ? STR("NotPrincipal") : STR("Principal"));
    }
    if (!statement->resource.key && statement->action.key) {
        fail(reading, statement->node,
             "the statement has no '%.*s'; write what it is about, or '*'", STR("Resource"));
    }
}

static void check_level(struct reading *reading, const struct iam_level *level)
{
    for (uint32_t i = 0; i < level->count; i++) {
        const struct iam_policy *policy = level->policies[i];
        for (uint32_t j = 0; j < policy->statement_count; j++) {
            check_statement(reading, &policy->statements[j]);
        }
    }
}

/* Of the policies that are good by themselves: is each of the kind that its member takes? */
static void check_caller_policies(struct reading *reading)
{
    static const enum iam_layer layers[] = {LAYER_IDENTITY, LAYER_BOUNDARY, LAYER_SESSION,
                                            LAYER_SCP};
    for (size_t i = 0; reading->good && i < COUNT_OF(layers); i++) {
        const struct iam_layer_policies *policies = &reading->out->policies.layers[layers[i]];
        for (uint32_t j = 0; j < policies->count; j++) {
            check_level(reading, &policies->levels[j]);
        }
    }
}

/* What must be there besides what is there. */
static void check_whole(struct reading *reading, const struct node *root)
{
    struct iam_simulation *out = reading->out;
    const struct iam_layer_policies *layers = out->policies.layers;
    bool by_principal =
        layers[LAYER_RESOURCE].given || layers[LAYER_ENDPOINT].given || layers[LAYER_RCP].given;
    if (out->action_count == 0 && reading->good) {
        const struct node *names = tree_member(reading->r->tree, root, STR("ActionNames"));
        fail(reading, names ? names : root,
             "'%.*s' names no action; write at least one, such as ec2:DescribeVpcs",
             STR("ActionNames"));
    }
    if (by_principal && !out->has_caller && reading->good) {
        fail(reading, root, "'%.*s' is needed where a policy names principals: write who calls",
             STR("CallerArn"));
    }
    if ((uint64_t)out->action_count * out->resource_count > SIMULATION_MAX_EVALUATIONS) {
        fail(reading, root, "more than 100000 pairs of an action and a resource%.*s",
             (struct str){0});
    }
}

bool iam_simulation_read(const struct iam_simulation_reader *reader, const struct node *root,
                         struct iam_simulation *simulation)
{
    static const struct iam_text everything = {.text = STR_INIT("*")};
    struct reading reading = {reader, simulation, true};
    *simulation = (struct iam_simulation){0};
    if (root->kind != NODE_OBJECT) {
        fail(&reading, root, "a request is an object with 'PolicyInputList' and '%.*s'",
             STR("ActionNames"));
        return false;
    }
    check_request_members(&reading, root);
    for (uint32_t i = 0; i < node_size(root); i++) {
        read_member(&reading, tree_text(reader->tree, tree_key(reader->tree, root, i)),
                    tree_value(reader->tree, root, i));
    }
    simulation->policies.layers[LAYER_IDENTITY].given = true;
    if (simulation->resource_count == 0) {
        simulation->resources = &everything;
        simulation->resource_count = 1;
    }
    check_whole(&reading, root);
    check_caller_policies(&reading);
    return reading.good;
}

struct str iam_simulation_policy_id(struct arena *arena, const struct iam_place *place)
{
    for (size_t i = 0; i < COUNT_OF(policy_members); i++) {
        struct str name = policy_members[i].name;
        if (policy_members[i].layer != place->layer) {
            continue;
        }
        return policy_members[i].levels
                   ? arena_format(arena, "%.*s.%u.%u", STR_ARG(name), place->level + 1,
                                  place->index + 1)
                   : arena_format(arena, "%.*s.%u", STR_ARG(name), place->index + 1);
    }
    return STR("ResourcePolicy");
}

struct str iam_simulation_policy_type(enum iam_layer layer)
{
    for (size_t i = 0; i < COUNT_OF(policy_members); i++) {
        if (policy_members[i].layer == layer) {
            return str_from_c(policy_members[i].type);
        }
    }
    return STR("Resource Policy");
}
