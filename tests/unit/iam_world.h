/* SPDX-License-Identifier: MIT */
/*
 * Policies, contexts and requests from text: what the tests of iam set up. Texts are JSON in
 * general; they are read as YAML, so that `!unknown ""` stands for a value that is not known.
 */
#ifndef EKSLINT_TESTS_UNIT_IAM_WORLD_H
#define EKSLINT_TESTS_UNIT_IAM_WORLD_H

#include "model_world.h"

#include "iam/match.h"

enum { IAM_WORLD_BUDGET = 1000 * 1000 };

/* A policy as written. Mistakes go to the model's findings; *good says whether there were none. */
static inline struct iam_policy *iam_world_decode(struct model *model, const char *text, bool *good)
{
    const struct tree *tree = model_tree(model, text);
    struct iam_policy *policy = arena_new(&model->arena, struct iam_policy);
    *good = iam_policy_decode(&model->arena, tree, tree->root, &model->findings, policy);
    return policy;
}

/* A policy that has no mistakes. */
static inline const struct iam_policy *iam_world_policy(struct model *model, const char *text)
{
    bool good;
    const struct iam_policy *policy = iam_world_decode(model, text, &good);
    if (!good) {
        fail_msg("%s\n  %.*s", text, STR_ARG(model_findings(model)));
    }
    return policy;
}

static inline void iam_world_key(struct model *model, const struct tree *tree,
                                 const struct node *value, struct iam_key *key)
{
    bool list = value->kind == NODE_ARRAY;
    uint32_t count = list ? node_size(value) : 1;
    struct str *values = arena_array(&model->arena, struct str, count);
    for (uint32_t i = 0; i < count; i++) {
        values[i] = tree_text(tree, list ? tree_element(tree, value, i) : value);
    }
    key->values = values;
    key->count = count;
    key->absent = value->kind == NODE_NULL;
    key->unknown = value->kind == NODE_UNKNOWN;
}

/* {"key": "value", "key": ["value", …], "key": null (certainly absent), "key": !unknown ""} */
static inline const struct iam_context *iam_world_context(struct model *model, const char *text,
                                                          bool open)
{
    const struct tree *tree = model_tree(model, text);
    struct iam_context *context = arena_new(&model->arena, struct iam_context);
    uint32_t count = node_size(tree->root);
    struct iam_key *keys = arena_array(&model->arena, struct iam_key, count);
    for (uint32_t i = 0; i < count; i++) {
        keys[i].name = tree_text(tree, tree_key(tree, tree->root, i));
        iam_world_key(model, tree, tree_value(tree, tree->root, i), &keys[i]);
    }
    *context = (struct iam_context){.keys = keys, .count = count, .open = open};
    return context;
}

/* A caller by its text (iam_caller_parse), in the model's arena. */
static inline const struct iam_caller *iam_world_caller(struct model *model, const char *text)
{
    struct iam_caller *caller = arena_new(&model->arena, struct iam_caller);
    if (!iam_caller_parse(str_from_c(text), caller)) {
        fail_msg("'%s' is no caller", text);
    }
    return caller;
}

/* A request with a budget of its own; caller and context may be NULL: nothing is known of them. */
static inline struct iam_request iam_world_request(struct model *model, const char *action,
                                                   const char *resource,
                                                   const struct iam_caller *caller,
                                                   const struct iam_context *context)
{
    uint64_t *budget = arena_new(&model->arena, uint64_t);
    *budget = IAM_WORLD_BUDGET;
    return (struct iam_request){
        .action = str_from_c(action),
        .resource = str_from_c(resource),
        .caller = caller,
        .context = context,
        .arena = &model->arena,
        .budget = budget,
    };
}

#endif
