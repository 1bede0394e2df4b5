/* SPDX-License-Identifier: MIT */
/* From the definition of a flow to its steps. */
#include "rule/stage.h"

#include "model/kind.h"

struct decoder {
    struct arena *arena;
    const struct tree *tree;
    const struct node *root;
    struct findings *findings;
    bool good;
};

static void complain(struct decoder *d, struct str id, const struct node *at, const char *what)
{
    d->good = false;
    findings_error(d->findings, id, node_location(at), "'%.*s' %s", STR_ARG(tree_text(d->tree, at)),
                   what);
}

static void decode_text(const struct decoder *d, const struct node *node, const char *name,
                        struct str *texts)
{
    static const char *const codes[LANGUAGE_COUNT] = {"en", "ja"};
    const struct node *text = tree_member(d->tree, node, str_from_c(name));
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        texts[i] = tree_string(d->tree, text, str_from_c(codes[i]));
    }
}

static struct str *decode_strings(const struct decoder *d, const struct node *list, size_t *count)
{
    *count = list ? node_size(list) : 0;
    struct str *items = arena_array(d->arena, struct str, *count);
    for (uint32_t i = 0; i < *count; i++) {
        items[i] = tree_text(d->tree, tree_element(d->tree, list, i));
    }
    return items;
}

/* Lower-case letters, digits and dashes between them. */
static bool is_id(struct str id)
{
    bool good = id.len > 0 && id.ptr[0] != '-' && id.ptr[id.len - 1] != '-';
    for (size_t i = 0; i < id.len && good; i++) {
        char c = id.ptr[i];
        good = (c >= 'a' && c <= 'z') || char_is_digit(c) || c == '-';
    }
    return good;
}

/* service:Action, without wildcards: a call is one action. */
static bool is_action(struct str action)
{
    struct str service, name;
    bool good = str_cut(action, ':', &service, &name) && is_id(service) && name.len > 0;
    for (size_t i = 0; i < name.len && good; i++) {
        good = char_is_alpha(name.ptr[i]) || char_is_digit(name.ptr[i]);
    }
    return good;
}

static void decode_call(struct decoder *d, const struct node *node, struct stage_call *call)
{
    const struct node *wanted = tree_member(d->tree, node, STR("principal"));
    const struct node *principals = tree_member(d->tree, d->root, STR("principals"));
    bool found = false;
    for (uint32_t i = 0; i < node_size(principals) && !found; i++) {
        const struct node *principal = tree_element(d->tree, principals, i);
        found = str_eq(tree_string(d->tree, principal, STR("id")), tree_text(d->tree, wanted));
        if (found) {
            decode_text(d, principal, "title", call->principal);
        }
    }
    if (!found) {
        complain(d, STR("flow/principal"), wanted, "is none of the principals of this flow");
    }
    decode_text(d, node, "for", call->purpose);
    const struct node *actions = tree_member(d->tree, node, STR("actions"));
    call->actions = decode_strings(d, actions, &call->action_count);
    for (uint32_t i = 0; i < call->action_count; i++) {
        if (!is_action(call->actions[i])) {
            complain(d, STR("flow/action"), tree_element(d->tree, actions, i),
                     "is no IAM action; write service:Action");
        }
    }
}

static void decode_stage(struct decoder *d, const struct node *node, struct flow_steps *steps)
{
    const struct node *id = tree_member(d->tree, node, STR("id"));
    struct stage *stage = &steps->items[steps->count];
    stage->id = tree_text(d->tree, id);
    if (!is_id(stage->id)) {
        complain(d, STR("flow/id"), id, "is no id; use lower-case letters, digits and dashes");
    } else if (stages_find(steps, stage->id)) {
        complain(d, STR("flow/id"), id, "is the id of an earlier stage already");
    }
    decode_text(d, node, "title", stage->title);
    decode_text(d, node, "happens", stage->happens);
    stage->first = decode_strings(d, tree_member(d->tree, node, STR("first")), &stage->first_count);
    const struct node *calls = tree_member(d->tree, node, STR("calls"));
    stage->call_count = node_size(calls);
    stage->calls = arena_array(d->arena, struct stage_call, stage->call_count);
    for (uint32_t i = 0; i < stage->call_count; i++) {
        decode_call(d, tree_element(d->tree, calls, i), &stage->calls[i]);
    }
    steps->count++;
}

bool stages_is_flow(const struct tree *tree, const struct node *root)
{
    return node_is(root, NODE_OBJECT) && tree_member(tree, root, STR("flow"));
}

bool stages_decode(struct arena *arena, struct kinds *kinds, const struct tree *tree,
                   const struct node *root, struct findings *findings, struct flow_steps *steps)
{
    struct decoder d = {arena, tree, root, findings, true};
    const struct kind *shape = kinds_find(kinds, STR("flow"));
    *steps = (struct flow_steps){0};
    if (!shape || !schema_validate(&shape->schema, tree, root, findings)) {
        return false;
    }
    const struct node *id = tree_member(tree, root, STR("flow"));
    const struct node *stages = tree_member(tree, root, STR("stages"));
    steps->id = tree_text(tree, id);
    decode_text(&d, root, "title", steps->title);
    if (!is_id(steps->id)) {
        complain(&d, STR("flow/id"), id, "is no id; use lower-case letters, digits and dashes");
    }
    if (node_size(stages) > STAGES_MAX) {
        findings_error(findings, STR("flow/stages"), node_location(stages),
                       "more than %d stages in one flow", STAGES_MAX);
        return false;
    }
    steps->items = arena_array(arena, struct stage, node_size(stages));
    for (uint32_t i = 0; i < node_size(stages); i++) {
        decode_stage(&d, tree_element(tree, stages, i), steps);
    }
    return d.good;
}

const struct stage *stages_find(const struct flow_steps *steps, struct str id)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (str_eq(steps->items[i].id, id)) {
            return &steps->items[i];
        }
    }
    return NULL;
}

const struct flow_steps *flows_find(const struct flows *flows, struct str id)
{
    for (size_t i = 0; i < flows->count; i++) {
        if (str_eq(flows->items[i].id, id)) {
            return &flows->items[i];
        }
    }
    return NULL;
}

const struct stage *flows_find_stage(const struct flows *flows, struct str id, size_t *place)
{
    for (size_t i = 0; i < flows->count; i++) {
        const struct stage *stage = stages_find(&flows->items[i], id);
        if (stage) {
            if (place) {
                *place = i * STAGES_MAX + (size_t)(stage - flows->items[i].items);
            }
            return stage;
        }
    }
    if (place) {
        *place = FLOWS_MAX * STAGES_MAX;
    }
    return NULL;
}

struct str flows_nearest_stage(const struct flows *flows, struct str id)
{
    struct str ids[FLOWS_MAX * STAGES_MAX];
    size_t count = 0;
    for (size_t f = 0; f < flows->count; f++) {
        for (size_t i = 0; i < flows->items[f].count; i++) {
            ids[count++] = flows->items[f].items[i].id;
        }
    }
    return str_nearest(id, ids, count);
}

size_t stage_rank(const struct stage *stage, struct str rule)
{
    size_t rank = 0;
    while (rank < stage->first_count && !str_eq(stage->first[rank], rule)) {
        rank++;
    }
    return rank;
}
