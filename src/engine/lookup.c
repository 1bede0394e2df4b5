/* SPDX-License-Identifier: MIT */
/* Looking rules up: the list, one rule's file, one rule explained. */
#include "engine/engine.h"
#include "tree/write_json.h"

static const char *const absences[] = {"skip", "fail", "unknown"};

static void add_field(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, ",\"%s\":", name);
    json_write_string(out, value);
}

static void list_json(ekslint *e, enum language language, struct buf *out)
{
    buf_add_c(out, "{\"version\":1,\"rules\":[");
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts = ruleset_texts(&e->rules, &slot->rule);
        buf_add_c(out, i ? ",\n {\"id\":" : "\n {\"id\":");
        json_write_string(out, slot->id);
        add_field(out, "severity", severity_name(slot->rule.severity));
        add_field(out, "profile", slot->rule.pedantic ? STR("pedantic") : STR("default"));
        add_field(out, "kind", slot->kind);
        add_field(out, "stage", slot->rule.stage);
        add_field(out, "title", texts ? texts->title[language] : (struct str){0});
        add_field(out, "file", slot->builtin ? STR("built-in") : slot->rule.file);
        buf_add_char(out, '}');
    }
    buf_add_c(out, "\n]}\n");
}

static void list_text(ekslint *e, enum language language, struct buf *out)
{
    size_t widest = 0;
    for (size_t i = 0; i < e->rules.count; i++) {
        widest = e->rules.slots[i].id.len > widest ? e->rules.slots[i].id.len : widest;
    }
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts = ruleset_texts(&e->rules, &slot->rule);
        struct str severity = severity_name(slot->rule.severity);
        buf_add(out, slot->id);
        buf_add_repeat(out, ' ', widest + 2 - slot->id.len);
        buf_printf(out, "%-8.*s %.*s\n", STR_ARG(severity),
                   STR_ARG(texts ? texts->title[language] : (struct str){0}));
    }
}

static enum language language_of(const ekslint_output *output)
{
    return str_eq(str_from_c(output->language), STR("ja")) ? LANGUAGE_JA : LANGUAGE_EN;
}

ekslint_text ekslint_rules_list(ekslint *e, const char *format, const ekslint_output *output)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    ruleset_load_all(&e->rules);
    if (str_eq(str_from_c(format), STR("json"))) {
        list_json(e, language_of(output), &out);
    } else {
        list_text(e, language_of(output), &out);
    }
    return engine_take_text(&out);
}

ekslint_text ekslint_rules_show(ekslint *e, const char *id)
{
    const struct rule_slot *slot = ruleset_find(&e->rules, str_from_c(id));
    if (!slot) {
        return (ekslint_text){0};
    }
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    buf_add(&out, ruleset_text(&e->rules, slot));
    return engine_take_text(&out);
}

/* A text with its placeholders as they were written: nothing is at hand to fill them. */
static void add_wording(struct buf *out, const struct wording *wording, struct str text)
{
    for (size_t i = 0; i < wording->count; i++) {
        const struct wording_part *part = &wording->parts[i];
        if (!part->program) {
            buf_add(out, part->literal);
        } else {
            buf_printf(out, "{%.*s}", STR_ARG(str_slice(text, part->lo, part->hi)));
        }
    }
}

static void add_section(struct buf *out, const char *heading, const struct wording *wording)
{
    if (wording->count) {
        buf_printf(out, "\n%s\n  ", heading);
        add_wording(out, wording, wording->text);
        buf_add_char(out, '\n');
    }
}

static const char *const headings[LANGUAGE_COUNT][5] = {
    {"What it says", "What you see", "What to do", "Source", "Judged"},
    {"メッセージ", "症状", "対処", "出典", "判定"},
};

static void add_symptoms(struct buf *out, const struct rule_texts *texts, enum language language)
{
    if (texts->symptom_count) {
        buf_printf(out, "\n%s\n", headings[language][1]);
    }
    for (size_t i = 0; i < texts->symptom_count; i++) {
        const struct symptom *symptom = &texts->symptoms[i];
        buf_add_c(out, "  ");
        add_wording(out, &symptom->text[language], symptom->text[language].text);
        buf_add_char(out, '\n');
        if (symptom->where.len) {
            buf_printf(out, "    (%.*s)\n", STR_ARG(symptom->where));
        }
    }
}

static void add_judged(struct buf *out, const struct rule *rule, enum language language)
{
    buf_printf(out, "\n%s\n  %.*s, %.*s; if absent: %s\n", headings[language][4],
               STR_ARG(rule->kind_list), STR_ARG(severity_name(rule->severity)),
               absences[rule->if_absent]);
    for (size_t i = 0; i < rule->need_count; i++) {
        buf_printf(out, "  needs %.*s\n", STR_ARG(rule->needs[i].fact_text));
    }
}

ekslint_text ekslint_explain(ekslint *e, const char *id, const ekslint_output *output)
{
    struct rule_slot *slot = ruleset_find(&e->rules, str_from_c(id));
    const struct rule_texts *texts =
        slot && ruleset_load(&e->rules, slot) ? ruleset_texts(&e->rules, &slot->rule) : NULL;
    if (!texts) {
        return (ekslint_text){0};
    }
    enum language language = language_of(output);
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    buf_printf(&out, "%.*s: %.*s\n", STR_ARG(slot->id), STR_ARG(texts->title[language]));
    add_section(&out, headings[language][0], &texts->message[language]);
    add_symptoms(&out, texts, language);
    add_section(&out, headings[language][2], &texts->fix[language]);
    add_judged(&out, &slot->rule, language);
    if (texts->doc_count) {
        buf_printf(&out, "\n%s\n", headings[language][3]);
    }
    for (size_t i = 0; i < texts->doc_count; i++) {
        buf_printf(&out, "  %.*s\n", STR_ARG(texts->docs[i]));
    }
    return engine_take_text(&out);
}

const char *ekslint_nearest_rule(ekslint *e, const char *id)
{
    struct str nearest = ruleset_nearest(&e->rules, str_from_c(id), &e->arena);
    return nearest.len ? arena_str(&e->arena, nearest).ptr : NULL;
}

const char *ekslint_formats(void)
{
    return "text, oneline, json"; /* the order of help texts; a test holds it to report_find() */
}
