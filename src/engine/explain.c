/* SPDX-License-Identifier: MIT */
/* `explain --error`: the rules that document a text, and which of them fail on the files at hand. */
#include "engine/engine.h"

#include <stdlib.h>

/* Select the rules whose symptoms fit, and read what else there is to say of them. */
static size_t claim_rules(ekslint *e)
{
    size_t claimed = 0;
    size_t kept = 0;
    for (size_t i = 0; i < e->match_count; i++) {
        struct str id = e->matches[i].pattern->rule->id;
        struct rule_slot *slot = ruleset_find(&e->rules, id);
        if (!ruleset_texts(&e->rules, slot->rule)) {
            continue; /* reported; and a bug, since built-in texts were checked at build time */
        }
        e->matches[kept++] = e->matches[i];
        /* By its id a rule of another profile is selected, too. */
        struct rule_wish wish = {.glob = id, .what = WISH_SELECT};
        claimed += e->matches[i].fit != FIT_NONE && ruleset_wish(&e->rules, wish);
    }
    e->match_count = kept;
    return claimed;
}

size_t ekslint_find_error(ekslint *e, const char *text, size_t len)
{
    struct pattern_set *set = arena_new(&e->arena, struct pattern_set);
    pattern_set_init(set, &e->arena);
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *symptoms =
            ruleset_load(&e->rules, slot) ? ruleset_symptoms(&e->rules, slot->rule) : NULL;
        if (symptoms) {
            pattern_set_add(set, slot->rule, symptoms);
        }
    }
    e->match_count = pattern_find(set, (struct str){text, len}, &e->arena, &e->matches);
    return claim_rules(e);
}

/* ---- grouping by rule ---- */

/* The text of a symptom may stand several times in a rule, as the spelling of several places. */
static bool has_text(const struct explained_rule *rule, const struct pattern *pattern)
{
    for (size_t i = 0; i < rule->match_count; i++) {
        const struct pattern *other = rule->matches[i]->pattern;
        if (str_eq(other->text, pattern->text) && other->row == pattern->row) {
            return true;
        }
    }
    return false;
}

static size_t group_matches(const ekslint *e, struct arena *arena, struct explained_rule *rules)
{
    size_t count = 0;
    for (size_t i = 0; i < e->match_count && e->matches[i].fit != FIT_NONE; i++) {
        const struct pattern *pattern = e->matches[i].pattern;
        size_t at = 0;
        while (at < count && rules[at].rule != pattern->rule) {
            at++;
        }
        if (at == count) {
            rules[count++] = (struct explained_rule){
                .rule = pattern->rule,
                .matches = arena_array(arena, const struct pattern_match *, e->match_count),
            };
        }
        if (!has_text(&rules[at], pattern)) {
            rules[at].matches[rules[at].match_count++] = &e->matches[i];
        }
    }
    return count;
}

/* ---- what the files say ---- */

/* Does a finding of this row belong to one of the symptoms that fit? */
static bool is_row_of(const struct explained_rule *rule, uint32_t row)
{
    for (size_t i = 0; i < rule->match_count; i++) {
        if (rule->matches[i]->pattern->row == 0 || rule->matches[i]->pattern->row == row) {
            return true;
        }
    }
    return false;
}

static void gather_results(const ekslint *e, struct arena *arena, struct explained_rule *rule)
{
    const struct findings *findings = &e->findings;
    const struct undecided_list *undecided = &e->results.undecided;
    rule->findings = arena_array(arena, const struct finding *, findings->count);
    rule->undecided = arena_array(arena, const struct undecided *, undecided->count);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (str_eq(finding->rule, rule->rule->id) && is_row_of(rule, finding->row)) {
            rule->findings[rule->finding_count++] = finding;
        }
    }
    for (size_t i = 0; i < undecided->count; i++) {
        const struct undecided *item = &undecided->items[i];
        if (str_eq(item->rule, rule->rule->id) && is_row_of(rule, item->row)) {
            rule->undecided[rule->undecided_count++] = item;
        }
    }
}

static enum explained_here here_of(const struct rule_slot *slot, const struct explained_rule *rule)
{
    if (rule->finding_count) {
        return HERE_FAILS;
    }
    if (rule->undecided_count) {
        return HERE_UNKNOWN;
    }
    if (!slot->was_run) {
        return HERE_NOT_EVALUATED;
    }
    return slot->worst == OUTCOME_NOT_APPLICABLE ? HERE_NOT_APPLICABLE : HERE_PASSES;
}

static struct str fix_of(const struct explained_rule *rule, enum language language,
                         struct arena *arena)
{
    if (rule->finding_count) {
        return rule->findings[0]->fix;
    }
    const struct wording *fix = &rule->rule->texts->fix[language];
    return pattern_fill_row(rule->rule, fix, rule->matches[0]->pattern->row, arena);
}

/*
 * A rule with what it is ranked by, the smaller the sooner: the match (fit, then score); then, as
 * many rules may document one text, whether it fails here, whether the documentation names this
 * cause under the text, and when and how hard it meets the user.
 */
struct ranked {
    struct explained_rule rule;
    int64_t keys[6];
};

static struct ranked rank_rule(const struct explained_rule *rule, const struct flows *flows)
{
    const struct pattern_match *match = rule->matches[0]; /* a heading, if one fits as well */
    size_t step = 0;
    if (flows) {
        (void)flows_find_stage(flows, rule->rule->stage, &step);
    }
    return (struct ranked){
        *rule,
        {match->fit, -(int64_t)match->score, rule->here, !match->pattern->symptom->heading,
         (int64_t)step, -(int64_t)rule->rule->severity},
    };
}

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;
    for (size_t i = 0; i < COUNT_OF(a->keys); i++) {
        if (a->keys[i] != b->keys[i]) {
            return a->keys[i] < b->keys[i] ? -1 : 1;
        }
    }
    return str_compare(a->rule.rule->id, b->rule.rule->id);
}

static void sort_rules(struct explained_rule *rules, size_t count, const struct flows *flows,
                       struct arena *arena)
{
    struct ranked *ranked = arena_array(arena, struct ranked, count);
    for (size_t i = 0; i < count; i++) {
        ranked[i] = rank_rule(&rules[i], flows);
    }
    if (count) {
        qsort(ranked, count, sizeof *ranked, compare_ranked);
    }
    for (size_t i = 0; i < count; i++) {
        rules[i] = ranked[i].rule;
    }
}

/* What is no finding of a rule: files that cannot be read, documents of the wrong shape. */
static void gather_problems(ekslint *e, struct arena *arena, struct explanation *explanation)
{
    explanation->problems = arena_array(arena, const struct finding *, e->findings.count);
    for (size_t i = 0; i < e->findings.count; i++) {
        if (!ruleset_find(&e->rules, e->findings.items[i].rule)) {
            explanation->problems[explanation->problem_count++] = &e->findings.items[i];
        }
    }
}

static struct explanation explain(ekslint *e, enum language language)
{
    struct arena *arena = &e->arena;
    struct explanation explanation = {0};
    struct explained_rule *rules = arena_array(arena, struct explained_rule, e->match_count);
    explanation.count = group_matches(e, arena, rules);
    explanation.rules = rules;
    for (size_t i = 0; i < explanation.count; i++) {
        gather_results(e, arena, &rules[i]);
        rules[i].here = e->one_case ? here_of(ruleset_find(&e->rules, rules[i].rule->id), &rules[i])
                                    : HERE_NOT_ASKED;
        rules[i].fix = fix_of(&rules[i], language, arena);
    }
    sort_rules(rules, explanation.count, ruleset_flows(&e->rules), arena);
    if (explanation.count == 0 && e->match_count) {
        explanation.nearest = &e->matches[0];
    }
    gather_problems(e, arena, &explanation);
    return explanation;
}

int ekslint_check_error(ekslint *e)
{
    e->one_case = true;
    e->suppressions.off = true; /* asked for is what happens, not what somebody tolerates */
    int status = ekslint_check(e);
    if (status != EKSLINT_OK && status != EKSLINT_FINDINGS) {
        return status;
    }
    struct explanation explanation = explain(e, e->language);
    for (size_t i = 0; i < explanation.count; i++) {
        if (explanation.rules[i].here == HERE_FAILS) {
            return EKSLINT_FINDINGS;
        }
    }
    return EKSLINT_OK;
}

ekslint_text ekslint_explain_error(ekslint *e, const char *format, const ekslint_output *output)
{
    struct report report = engine_report(e, output);
    struct explanation explanation = explain(e, engine_language(output));
    struct buf out = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    if (str_eq(str_from_c(format), STR("json"))) {
        explained_json(&report, &explanation, &out);
    } else {
        explained_text(&report, &explanation, &out);
    }
    return engine_take_text(&out);
}
