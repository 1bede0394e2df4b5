/* SPDX-License-Identifier: MIT */
/*
 * Running rules: each rule × selected node ends as pass, fail, not applicable or unknown.
 */
#ifndef EKSLINT_RULE_RUN_H
#define EKSLINT_RULE_RUN_H

#include "model/permission.h"
#include "rule/functions.h"
#include "rule/result.h"
#include "rule/rule.h"

/* The worst outcome over the nodes of a rule, in this order. */
enum outcome { OUTCOME_NOT_APPLICABLE, OUTCOME_PASS, OUTCOME_UNKNOWN, OUTCOME_FAIL };

/* How one node was judged by a rule; for one who watches. */
struct rule_judgement {
    const struct rule *rule;
    uint32_t row; /* 1 + index, or 0 */
    const struct node *node;
    struct path_env env;  /* in which its conditions were evaluated */
    bool absent;          /* the rule selected nothing, and the node is where that is seen */
    bool hidden;          /* further nodes cannot be known */
    uint32_t missing;     /* bits of the rule's needs that are not there */
    enum outcome outcome; /* of this node */
};

struct rule_watch {
    void (*judged)(void *context, const struct rule_judgement *judgement);
    void *context;
};

/* What a rule took: runs on a tree, nodes that were judged, steps, and nanoseconds where somebody has a clock. */
struct rule_cost {
    uint64_t evaluations, nodes, steps, time;
};

static inline void rule_cost_add(struct rule_cost *cost, uint64_t steps, size_t nodes)
{
    if (cost) {
        cost->steps += steps;
        cost->nodes += nodes;
    }
}

/* What judging needs. `texts` supplies the texts of a rule that has none yet. */
struct runner {
    struct arena *arena; /* findings' strings */
    struct arena *scratch;
    struct sources *sources;
    enum language language;
    struct str kind;  /* of what is judged; empty: the rule's first kind */
    uint32_t version; /* of GitLab, by symptom_version_parse(); 0: not known */
    struct str today; /* YYYY-MM-DD, what dated rules judge as of; empty: they stay undecided */
    struct findings *findings;
    struct undecided_list *undecided;
    const struct rule_texts *(*texts)(void *context, struct rule *rule);
    void *context;
    struct rule_policy *policy;      /* that is judged; NULL: none is judged by itself */
    uint64_t *spare_steps;           /* of the tree, for all its rules (rule/budget.h); or NULL */
    struct permissions *permissions; /* of the tree that is judged; NULL: each question anew */
    struct leaks *leaks;             /* of the tree that is judged; NULL: looked for anew */
    struct path_indexes *indexes;    /* of the tree that is judged; NULL: filters look at all */
    struct path_names *names;        /* of the tree that is judged; NULL: each query walks it */
    /* Append the normalized path of a span in its own file; nothing where it is not known. */
    void (*path)(void *context, struct location at, struct buf *out);
    const struct rule_watch *watch; /* or NULL */
    struct rule_cost *cost;         /* is added to; or NULL */
    /*
     * Give a finding the edits of its rule's changes, or the reason why there are none. NULL: nobody
     * asks for them.
     */
    void (*edit)(void *context, const struct rule_changes *changes, struct finding *finding);
    /* The kind of the document that a place is in, or empty. May be NULL. */
    struct str (*kind_at)(void *context, struct location at);
};

/* Judge one tree (a document or a case) by one rule of its kind. */
enum outcome rule_run(const struct runner *runner, struct rule *rule, const struct tree *tree,
                      const struct node *root);

#endif
