/* SPDX-License-Identifier: MIT */
/*
 * Decisions from texts: policies and contexts as JSON with single quotes, results as one line. In
 * policies the string "?" is a value that cannot be known.
 */
#ifndef EKSLINT_TESTS_UNIT_IAM_DECIDE_WORLD_H
#define EKSLINT_TESTS_UNIT_IAM_DECIDE_WORLD_H

#include "base/buf.h"
#include "iam/decide.h"
#include "support.h"
#include "tree/read_json.h"

enum { WORLD_LEVELS = 3, WORLD_KEYS = 8, WORLD_BUDGET = 10 * 1000 * 1000 };

#define P12 "'Version':'2012-10-17',"
#define POLICY_OF(statements) "{" P12 "'Statement':[" statements "]}"
#define PAIR(effect, action, resource)                                                             \
    "{'Effect':'" effect "','Action':'" action "','Resource':'" resource "'}"
#define ALLOW(action, resource) POLICY_OF(PAIR("Allow", action, resource))
#define DENY(action, resource) POLICY_OF(PAIR("Deny", action, resource))
#define GRANT(effect, principal, action)                                                           \
    "{'Effect':'" effect "','Principal':" principal ",'Action':'" action "','Resource':'*'}"
#define FOR(principal, action) POLICY_OF(GRANT("Allow", principal, action))
#define AGAINST(principal, action) POLICY_OF(GRANT("Deny", principal, action))
#define AWS(arn) "{'AWS':'" arn "'}"
/* Trust policies have no Resource; `more` is empty or ",'Condition':…". */
#define TRUSTING(principal, action, more)                                                          \
    POLICY_OF("{'Effect':'Allow','Principal':" principal ",'Action':" action more "}")

/* One request with its policies. A layer's text may be a list of policies. */
struct question {
    const char *says; /* what the case is about */
    const char *action, *resource;
    const char *caller; /* NULL: unknown */
    const char *identity, *resource_policy, *boundary, *session, *endpoint;
    const char *scp[WORLD_LEVELS], *rcp[WORLD_LEVELS]; /* root first */
    const char *context; /* {"key": ["value"]}, null for absent, true for an unknown value */
    const char *owner;
    bool open;            /* keys that are not in the context may be there */
    bool pattern;         /* the resource is a pattern */
    unsigned incomplete;  /* bits of layers of which not all policies are at hand */
    const char *expected; /* as decision_text() writes it */
};

struct world {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
};

static inline void world_open(struct world *w)
{
    *w = (struct world){0};
    sources_init(&w->sources, &w->arena);
    atoms_init(&w->atoms, &w->arena, NULL);
    w->findings.arena = &w->arena;
}

static inline void world_close(struct world *w)
{
    builder_release(&w->builder);
    arena_release(&w->arena);
}

/* Single quotes become double ones. */
static inline struct tree *world_read(struct world *w, struct str text)
{
    char *copy = arena_alloc(&w->arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        copy[i] = text.ptr[i] == '\'' ? '"' : text.ptr[i];
    }
    struct tree *tree = arena_new(&w->arena, struct tree);
    tree_init(tree, &w->arena, &w->sources, &w->atoms);
    struct source *source = sources_add(&w->sources, STR("test"), (struct str){copy, text.len});
    if (!json_read_whole(&w->builder, tree, source, &w->findings)) {
        fail_msg("no JSON: %s", copy);
    }
    for (size_t i = 0; i < tree->count; i++) {
        struct node *node = &tree->nodes[i];
        if (node->kind == NODE_STRING && str_eq(tree_text(tree, node), STR("?"))) {
            node->kind = NODE_UNKNOWN;
            node->count = 0;
        }
    }
    return tree;
}

static inline const struct iam_policy *world_policy(struct world *w, const struct tree *tree,
                                                    const struct node *root)
{
    struct iam_policy *policy = arena_new(&w->arena, struct iam_policy);
    if (!iam_policy_decode(&w->arena, tree, root, &w->findings, policy)) {
        struct str why = w->findings.items[w->findings.count - 1].message;
        fail_msg("no policy: %.*s", STR_ARG(why));
    }
    return policy;
}

/* One policy, a list of them, or "?" for one that is not at hand. */
static inline void world_level(struct world *w, const char *text, struct iam_level *level)
{
    const struct tree *tree = world_read(w, str_from_c(text));
    bool list = tree->root->kind == NODE_ARRAY;
    uint32_t count = list ? node_size(tree->root) : 1;
    const struct iam_policy **policies = arena_array(&w->arena, const struct iam_policy *, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *root = list ? tree_element(tree, tree->root, i) : tree->root;
        policies[i] = world_policy(w, tree, root);
    }
    *level = (struct iam_level){.policies = policies, .count = count};
}

static inline void world_layer(struct world *w, const char *const *texts, size_t max,
                               struct iam_layer_policies *layer)
{
    struct iam_level *levels = arena_array(&w->arena, struct iam_level, max);
    while (layer->count < max && texts[layer->count]) {
        world_level(w, texts[layer->count], &levels[layer->count]);
        layer->count++;
    }
    layer->levels = levels;
    layer->given = layer->count > 0;
}

/* An identity layer without policies is given all the same. */
static inline void world_policies(struct world *w, const struct question *q,
                                  struct iam_policies *policies)
{
    const char *const single[LAYER_COUNT] = {
        [LAYER_ENDPOINT] = q->endpoint, [LAYER_RESOURCE] = q->resource_policy,
        [LAYER_IDENTITY] = q->identity, [LAYER_BOUNDARY] = q->boundary,
        [LAYER_SESSION] = q->session,
    };
    *policies = (struct iam_policies){.resource_account = str_from_c(q->owner)};
    for (size_t i = LAYER_ENDPOINT; i < LAYER_COUNT; i++) {
        world_layer(w, &single[i], 1, &policies->layers[i]);
    }
    world_layer(w, q->scp, WORLD_LEVELS, &policies->layers[LAYER_SCP]);
    world_layer(w, q->rcp, WORLD_LEVELS, &policies->layers[LAYER_RCP]);
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        struct iam_layer_policies *layer = &policies->layers[i];
        if (!(q->incomplete & (1u << i))) {
            continue;
        }
        struct iam_level *level = arena_new(&w->arena, struct iam_level);
        *level = layer->count ? layer->levels[0] : (struct iam_level){0};
        level->incomplete = true;
        *layer = (struct iam_layer_policies){level, 1, true};
    }
    policies->layers[LAYER_IDENTITY].given = true;
}

static inline struct iam_key world_key(struct world *w, const struct tree *tree, uint32_t member)
{
    const struct node *value = tree_value(tree, tree->root, member);
    struct iam_key key = {.name = tree_text(tree, tree_key(tree, tree->root, member))};
    key.absent = value->kind == NODE_NULL;
    key.unknown = value->kind == NODE_BOOL;
    if (value->kind == NODE_ARRAY) {
        struct str *values = arena_array(&w->arena, struct str, node_size(value));
        for (; key.count < node_size(value); key.count++) {
            values[key.count] = tree_text(tree, tree_element(tree, value, key.count));
        }
        key.values = values;
    }
    return key;
}

static inline void world_context(struct world *w, const struct question *q,
                                 struct iam_context *context)
{
    const struct tree *tree = world_read(w, str_from_c(q->context ? q->context : "{}"));
    struct iam_key *keys = arena_array(&w->arena, struct iam_key, node_size(tree->root));
    *context = (struct iam_context){.keys = keys, .open = q->open};
    for (; context->count < node_size(tree->root); context->count++) {
        keys[context->count] = world_key(w, tree, context->count);
    }
}

static inline void write_place(struct buf *out, const struct iam_place *place)
{
    buf_printf(out, " %.*s", STR_ARG(iam_layer_name(place->layer)));
    if (place->level) {
        buf_printf(out, "@%u", place->level);
    }
    buf_printf(out, "/%u.%u", place->index, place->position);
}

/*
 * "allowed identity: identity/0.0", "implicitDeny boundary: boundary/0.1 condition aws:SourceIp",
 * "explicitDeny scp: scp@1/0.0", "unknown …" as implicitDeny; "; missing KEY KEY". A place is
 * LAYER[@LEVEL]/POLICY.STATEMENT, counted from 0; of a gap, the element follows, and its key.
 */
static inline struct str decision_text(struct arena *arena, const struct iam_decision *decision)
{
    static const char *const outcomes[] = {"allowed", "implicitDeny", "explicitDeny"};
    const struct iam_gap *gap = &decision->gap;
    struct buf out = buf_with_max(4000);
    bool known = decision->allowed != TRUTH_UNKNOWN;
    buf_printf(&out, "%s %.*s:", known ? outcomes[decision->outcome] : "unknown",
               STR_ARG(iam_layer_name(decision->decided_by)));
    for (size_t i = 0; i < decision->matched.count; i++) {
        write_place(&out, &decision->matched.items[i]);
    }
    if (gap->found && decision->outcome == OUTCOME_IMPLICIT_DENY) {
        write_place(&out, &gap->place);
        buf_printf(&out, " %.*s", STR_ARG(iam_part_name(gap->part)));
        if (gap->test) {
            buf_printf(&out, " %.*s", STR_ARG(gap->test->name));
        }
    }
    for (size_t i = 0; i < decision->missing_count; i++) {
        buf_printf(&out, "%s %.*s", i ? "" : "; missing", STR_ARG(decision->missing[i]));
    }
    struct str text = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static inline void world_decide(struct world *w, const struct question *q,
                                struct iam_decision *decision)
{
    struct iam_caller *caller = arena_new(&w->arena, struct iam_caller);
    struct iam_policies *policies = arena_new(&w->arena, struct iam_policies);
    struct iam_context *context = arena_new(&w->arena, struct iam_context);
    uint64_t budget = WORLD_BUDGET;
    if (q->caller) {
        assert_true(iam_caller_parse(str_from_c(q->caller), caller));
    }
    world_policies(w, q, policies);
    world_context(w, q, context);
    struct iam_request request = {
        .action = str_from_c(q->action),
        .resource = str_from_c(q->resource),
        .resource_is_pattern = q->pattern,
        .caller = q->caller ? caller : NULL,
        .context = context,
        .arena = &w->arena,
        .budget = &budget,
    };
    iam_decide(&request, policies, decision);
}

/* Ask each question, and compare the answers; all that are wrong are shown. */
static inline void assert_answers(const struct question *questions, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct world w;
        struct iam_decision decision;
        world_open(&w);
        world_decide(&w, &questions[i], &decision);
        struct str text = decision_text(&w.arena, &decision);
        if (!str_eq(text, str_from_c(questions[i].expected))) {
            print_error("%s:\n  is       %.*s\n  expected %s\n", questions[i].says, STR_ARG(text),
                        questions[i].expected);
            wrong++;
        }
        world_close(&w);
    }
    assert_int_equal(wrong, 0);
}

#endif
