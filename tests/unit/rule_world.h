/* SPDX-License-Identifier: MIT */
/* Rules written by hand, and what they say of documents written by hand. */
#ifndef EKSLINT_TESTS_UNIT_RULE_WORLD_H
#define EKSLINT_TESTS_UNIT_RULE_WORLD_H

#include "model_world.h"

#include "rule/ruleset.h"

struct rules {
    struct model *model;
    struct ruleset set;
    struct findings findings; /* of documents; those of rule files are the model's */
    struct undecided_list undecided;
};

static inline struct rules *rules_new(void)
{
    struct rules *rules = test_calloc(1, sizeof *rules);
    struct model *model = model_new();
    rules->model = model;
    rules->findings.arena = &model->arena;
    rules->undecided.arena = &model->arena;
    struct rule_loader loader = {
        .arena = &model->arena,
        .sources = &model->sources,
        .atoms = &model->atoms,
        .kinds = &model->kinds,
        .findings = &model->findings,
    };
    ruleset_init(&rules->set, &loader, NULL);
    return rules;
}

static inline void rules_free(struct rules *rules)
{
    ruleset_release(&rules->set);
    model_free(rules->model);
    test_free(rules);
}

/* Add a rule file "rule.yaml". */
static inline bool rules_add(struct rules *rules, struct str text)
{
    return ruleset_add(&rules->set, sources_add(&rules->model->sources, STR("rule.yaml"), text));
}

static inline const struct rule_texts *rules_texts(void *context, struct rule *rule)
{
    (void)context;
    return rule->texts;
}

static inline void rules_path(void *context, struct location at, struct buf *out)
{
    (void)context;
    (void)at;
    buf_add_c(out, "$");
}

/* Judge a tree by the one rule that was added. */
static inline enum outcome rules_run(struct rules *rules, const struct tree *tree)
{
    struct runner runner = {
        .arena = &rules->model->arena,
        .scratch = &rules->model->scratch,
        .sources = &rules->model->sources,
        .findings = &rules->findings,
        .undecided = &rules->undecided,
        .texts = rules_texts,
        .context = rules,
        .path = rules_path,
    };
    assert_int_equal(rules->set.count, 1);
    return rule_run(&runner, rules->set.slots[0].rule, tree, tree->root);
}

/*
 * All that was said of documents: the outcome; findings as "line:column message"; undecided ones as
 * "line:column ? needs / collect / reason". One a line.
 */
static inline struct str rules_said(struct rules *rules, enum outcome outcome)
{
    static const char *const outcomes[] = {"not applicable", "pass", "unknown", "fail"};
    struct model *model = rules->model;
    struct buf out = buf_with_max(1 << 16);
    buf_add_c(&out, outcomes[outcome]);
    for (size_t i = 0; i < rules->findings.count; i++) {
        const struct finding *finding = &rules->findings.items[i];
        struct position at =
            source_position(sources_get(&model->sources, finding->at.source), finding->at.span.lo);
        buf_printf(&out, "\n%u:%u %.*s", at.line, at.column, STR_ARG(finding->message));
    }
    for (size_t i = 0; i < rules->undecided.count; i++) {
        const struct undecided *item = &rules->undecided.items[i];
        struct position at =
            source_position(sources_get(&model->sources, item->at.source), item->at.span.lo);
        buf_printf(&out, "\n%u:%u ? %.*s / %.*s / %.*s", at.line, at.column, STR_ARG(item->needs),
                   STR_ARG(item->collect), STR_ARG(item->reason));
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

#endif
