/* SPDX-License-Identifier: MIT */
/*
 * The flow of an integration: its steps in the order in which the user meets them, and who calls what
 * at each. A flow is a YAML file beside the rules (rules/<family>/flow.yaml); what tells it from a
 * rule is its member `flow`. Rules attach to a step by their `stage`.
 */
#ifndef EKSLINT_RULE_STAGE_H
#define EKSLINT_RULE_STAGE_H

#include "rule/language.h"
#include "text/finding.h"
#include "tree/tree.h"

struct kinds;

/* Calls that one principal makes at a step. */
struct stage_call {
    struct str principal[LANGUAGE_COUNT]; /* in words */
    struct str *actions;                  /* IAM actions; none where IAM does not decide */
    size_t action_count;
    struct str purpose[LANGUAGE_COUNT];
};

struct stage {
    struct str id;
    struct str title[LANGUAGE_COUNT];
    struct str happens[LANGUAGE_COUNT];
    struct str *first; /* rules whose errors the user meets before the others', in this order */
    size_t first_count;
    struct stage_call *calls;
    size_t call_count;
};

enum { STAGES_MAX = 32 };

struct flow_steps {
    struct str id;
    struct str title[LANGUAGE_COUNT];
    struct stage *items;
    size_t count;
};

/* The flow of GitLab's integration, which has settings of its own. */
#define GITLAB_FLOW "gitlab-eks"

enum { FLOWS_MAX = 8 };

/* All flows. No two have a stage of the same id. */
struct flows {
    struct flow_steps items[FLOWS_MAX];
    size_t count;
};

/* Whether a document among the rules is a flow. */
bool stages_is_flow(const struct tree *tree, const struct node *root);

/*
 * Decode a flow. Checked: the shape of the file ("schema/…"), ids and that they stand once
 * ("flow/id"), the principals of calls ("flow/principal") and the form of their actions
 * ("flow/action"). Texts are views of the tree's; the rest is in arena. False after reporting.
 */
MUST_USE bool stages_decode(struct arena *arena, struct kinds *kinds, const struct tree *tree,
                            const struct node *root, struct findings *findings,
                            struct flow_steps *steps);

/* By id; NULL where there is none. */
const struct stage *stages_find(const struct flow_steps *steps, struct str id);

/* A flow by its id; NULL where there is none. */
const struct flow_steps *flows_find(const struct flows *flows, struct str id);

/*
 * A stage of any flow by its id, and its place in the order of all; NULL where there is none, which
 * comes behind all others. `place` may be NULL.
 */
const struct stage *flows_find_stage(const struct flows *flows, struct str id, size_t *place);

/* The stage's id nearest to a misspelt one, or empty. */
struct str flows_nearest_stage(const struct flows *flows, struct str id);

/* The place of a rule in the order in which the user meets errors: its place in `first`, or behind. */
size_t stage_rank(const struct stage *stage, struct str rule);

#endif
