/* SPDX-License-Identifier: MIT */
/* Looking rules up: the list, and one rule's file. */
#include "engine/engine.h"
#include "tree/write_json.h"

static void add_field(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, ",\"%s\":", name);
    json_write_string(out, value);
}

/* A list of names that is separated by commas, as an array. */
static void add_list(struct buf *out, const char *name, struct str list)
{
    struct str item;
    buf_printf(out, ",\"%s\":[", name);
    for (bool more = list.len > 0, first = true; more; first = false) {
        more = str_cut(list, ',', &item, &list);
        buf_add_c(out, first ? "" : ",");
        json_write_string(out, item);
    }
    buf_add_char(out, ']');
}

static void list_json(ekslint *e, enum language language, struct buf *out)
{
    buf_add_c(out, "{\"version\":1,\"rules\":[");
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts = ruleset_texts(&e->rules, slot->rule);
        buf_add_c(out, i ? ",\n {\"id\":" : "\n {\"id\":");
        json_write_string(out, slot->id);
        add_field(out, "severity", severity_name(slot->rule->severity));
        add_list(out, "aka", slot->aka);
        add_field(out, "findingType", slot->rule->finding_type);
        add_field(out, "profile", slot->rule->pedantic ? STR("pedantic") : STR("default"));
        add_field(out, "kind", slot->kind);
        add_field(out, "stage", slot->rule->stage);
        add_field(out, "title", texts ? texts->title[language] : (struct str){0});
        add_field(out, "file", slot->builtin ? STR("built-in") : slot->rule->file);
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
        const struct rule_texts *texts = ruleset_texts(&e->rules, slot->rule);
        struct str severity = severity_name(slot->rule->severity);
        buf_add(out, slot->id);
        buf_add_repeat(out, ' ', widest + 2 - slot->id.len);
        buf_printf(out, "%-8.*s %.*s\n", STR_ARG(severity),
                   STR_ARG(texts ? texts->title[language] : (struct str){0}));
    }
}

enum language engine_language(const ekslint_output *output)
{
    return str_eq(str_from_c(output->language), STR("ja")) ? LANGUAGE_JA : LANGUAGE_EN;
}

ekslint_text ekslint_rules_list(ekslint *e, const char *format, const ekslint_output *output)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    ruleset_load_all(&e->rules);
    if (str_eq(str_from_c(format), STR("json"))) {
        list_json(e, engine_language(output), &out);
    } else {
        list_text(e, engine_language(output), &out);
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

const char *ekslint_nearest_rule(ekslint *e, const char *id)
{
    struct str nearest = ruleset_nearest(&e->rules, str_from_c(id), &e->arena);
    return nearest.len ? arena_str(&e->arena, nearest).ptr : NULL;
}

const char *ekslint_formats(void)
{
    /* the order of help texts; a test holds it to report_find() */
    return "text, oneline, json, jsonl, sarif, gitlab, junit, github, checkstyle, tap, "
           "access-analyzer";
}
