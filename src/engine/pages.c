/* SPDX-License-Identifier: MIT */
/* The pages of all rules, one by one: the index in two languages, then each rule in both. */
#include "engine/pages.h"

/* How many rules document each text is asked for one page after another. */
struct symptom_texts {
    ekslint *e;
    struct {
        struct str text, rule;
    } * items;
    size_t count, capacity;
};

static struct symptom_texts *texts_of_all(ekslint *e)
{
    if (e->symptom_texts) {
        return e->symptom_texts;
    }
    struct symptom_texts *all = arena_new(&e->arena, struct symptom_texts);
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts =
            ruleset_load(&e->rules, slot) ? ruleset_symptoms(&e->rules, slot->rule) : NULL;
        for (size_t j = 0; texts && j < texts->symptom_count; j++) {
            all->items =
                arena_grow(&e->arena, all->items, all->count, &all->capacity, sizeof *all->items);
            all->items[all->count].text = texts->symptoms[j].text[LANGUAGE_EN].text;
            all->items[all->count++].rule = slot->id;
        }
    }
    e->symptom_texts = all;
    return all;
}

/* A rule that has the text twice is told once: its symptoms stand next to each other. */
static struct str next_rule(void *context, struct str text, size_t *at)
{
    const struct symptom_texts *all = context;
    for (; *at < all->count; ++*at) {
        size_t i = *at;
        bool again = false;
        for (size_t j = i; j-- > 0 && str_eq(all->items[j].rule, all->items[i].rule);) {
            again = again || str_eq(all->items[j].text, text);
        }
        if (!again && str_eq(all->items[i].text, text)) {
            ++*at;
            return all->items[i].rule;
        }
    }
    return (struct str){0};
}

void engine_page(ekslint *e, struct rule *rule, enum language language,
                 const ekslint_output *output, struct page *page)
{
    struct rule_loader loader = e->rules.loader;
    loader.builder = (struct builder){0};
    struct trials trials = {
        .loader = &loader, .scratch = &e->scratch, .part = &e->part, .tree = rule->tree};
    struct report report = engine_report(e, output);
    trials_read(&trials, rule);
    struct page_input input = {
        .report = &report,
        .rule = rule,
        .loader = &loader,
        .examples = rule_examples_find(&trials, rule, language),
        .flows = ruleset_flows(&e->rules),
        .other = next_rule,
        .context = texts_of_all(e),
    };
    page_build(&input, language, page);
    builder_release(&loader.builder);
}

/* ---- the index ---- */

static void write_index(ekslint *e, enum language language, const ekslint_output *output,
                        struct buf *out)
{
    struct page_entry *entries = arena_array(&e->arena, struct page_entry, e->rules.count);
    const struct flows *flows = ruleset_flows(&e->rules);
    struct report report = engine_report(e, output);
    ruleset_load_all(&e->rules);
    for (size_t i = 0; i < e->rules.count; i++) {
        const struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts = ruleset_texts(&e->rules, slot->rule);
        bool known = flows && flows_find_stage(flows, slot->rule->stage, NULL);
        entries[i] = (struct page_entry){
            .id = slot->id,
            .title = texts ? texts->title[language] : (struct str){0},
            .stage = known ? slot->rule->stage : (struct str){0},
            .severity = slot->rule->own_severity,
            .pedantic = slot->rule->pedantic,
        };
    }
    page_index(&report, language, flows, entries, e->rules.count, out);
}

ekslint_text ekslint_rules_page(ekslint *e, size_t index, const char **name)
{
    static const char *const endings[LANGUAGE_COUNT] = {
        [LANGUAGE_EN] = ".md", [LANGUAGE_JA] = ".ja.md"};
    static const char *const codes[LANGUAGE_COUNT] = {[LANGUAGE_EN] = "en", [LANGUAGE_JA] = "ja"};
    enum language language = (enum language)(index % LANGUAGE_COUNT);
    const ekslint_output output = {.language = codes[language]};
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    size_t number = index / LANGUAGE_COUNT;
    if (number > e->rules.count) {
        return (ekslint_text){0};
    }
    if (number == 0) {
        write_index(e, language, &output, &out);
        *name = arena_format(&e->arena, "README%s", endings[language]).ptr;
        return engine_take_text(&out);
    }
    struct rule *rule = arena_new(&e->arena, struct rule);
    struct rule_slot *slot = &e->rules.slots[number - 1];
    if (!ruleset_read(&e->rules, slot, rule)) {
        return (ekslint_text){0}; /* a bug: it was read before */
    }
    struct arena_mark mark = arena_mark(&e->scratch);
    struct arena_mark part = arena_mark(&e->part);
    struct page page;
    engine_page(e, rule, language, &output, &page);
    page_markdown(&page, &out);
    arena_rewind(&e->scratch, mark);
    arena_rewind(&e->part, part);
    *name = arena_format(&e->arena, "%.*s%s", STR_ARG(slot->id), endings[language]).ptr;
    return engine_take_text(&out);
}

bool ekslint_is_page(const char *bytes, size_t len)
{
    return str_starts((struct str){bytes, len}, page_mark());
}
