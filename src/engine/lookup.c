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

/* ---- filters ---- */

static struct str family_of(struct str id)
{
    return str_slice(id, 0, str_find_char(id, '/'));
}

static bool same(const char *wanted, struct str value)
{
    return !wanted || str_eq(str_from_c(wanted), value);
}

static bool is_listed(const ekslint_rule_filter *filter, const struct rule_slot *slot)
{
    const struct rule *rule = slot->rule;
    struct str profile = rule->pedantic ? STR("pedantic") : STR("default");
    return (!filter->kind || rule_kind_listed(slot->kind, str_from_c(filter->kind))) &&
           same(filter->family, family_of(slot->id)) && same(filter->stage, rule->stage) &&
           same(filter->severity, severity_name(rule->severity)) && same(filter->profile, profile);
}

/* The values that a filter can have; memory in the handle's arena. */
struct choices {
    struct str *items;
    size_t count;
};

static struct choices families(ekslint *e)
{
    struct choices all = {arena_array(&e->arena, struct str, e->rules.count), 0};
    for (size_t i = 0; i < e->rules.count; i++) {
        struct str family = family_of(e->rules.slots[i].id); /* in order of ids */
        if (all.count == 0 || !str_eq(all.items[all.count - 1], family)) {
            all.items[all.count++] = family;
        }
    }
    return all;
}

static struct choices kinds(ekslint *e)
{
    struct choices all = {arena_array(&e->arena, struct str, e->kinds.count), e->kinds.count};
    for (size_t i = 0; i < all.count; i++) {
        all.items[i] = e->kinds.items[i].id;
    }
    return all;
}

static struct choices stages(ekslint *e)
{
    const struct flows *flows = ruleset_flows(&e->rules);
    struct choices all = {arena_array(&e->arena, struct str, FLOWS_MAX * STAGES_MAX), 0};
    for (size_t f = 0; flows && f < flows->count; f++) {
        for (size_t i = 0; i < flows->items[f].count; i++) {
            all.items[all.count++] = flows->items[f].items[i].id;
        }
    }
    return all;
}

static struct choices severities(ekslint *e)
{
    struct choices all = {arena_array(&e->arena, struct str, SEVERITY_COUNT), SEVERITY_COUNT};
    for (size_t i = 0; i < all.count; i++) {
        all.items[i] = severity_name((enum severity)i);
    }
    return all;
}

static struct choices profiles(ekslint *e)
{
    struct choices all = {arena_array(&e->arena, struct str, 2), 2};
    all.items[0] = STR("default");
    all.items[1] = STR("pedantic");
    return all;
}

enum { CHOICES_NAMED = 12 };

static const char *wrong_choice(ekslint *e, const char *name, const char *value,
                                const struct choices *all)
{
    struct str nearest = str_nearest(str_from_c(value), all->items, all->count);
    if (nearest.len) {
        return arena_format(&e->arena, "no rule can have the %s '%s'; did you mean '%.*s'?", name,
                            value, STR_ARG(nearest))
            .ptr;
    }
    struct str list = {0};
    for (size_t i = 0; i < all->count && i < CHOICES_NAMED; i++) {
        list = arena_format(&e->arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "",
                            STR_ARG(all->items[i]));
    }
    return arena_format(&e->arena, "no rule can have the %s '%s' (known: %.*s%s)", name, value,
                        STR_ARG(list), all->count > CHOICES_NAMED ? ", …" : "")
        .ptr;
}

/* What is wrong with a filter: a list that is empty by a slip of the pen looks like an answer. */
static const char *check_filter(ekslint *e, const ekslint_rule_filter *filter)
{
    const struct {
        const char *name, *value;
        struct choices (*choices)(ekslint *e);
    } rows[] = {
        {"kind", filter->kind, kinds},          {"family", filter->family, families},
        {"stage", filter->stage, stages},       {"severity", filter->severity, severities},
        {"profile", filter->profile, profiles},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (!rows[i].value) {
            continue;
        }
        struct choices all = rows[i].choices(e);
        bool known = false;
        for (size_t j = 0; j < all.count; j++) {
            known = known || str_eq(all.items[j], str_from_c(rows[i].value));
        }
        if (!known) {
            return wrong_choice(e, rows[i].name, rows[i].value, &all);
        }
    }
    return NULL;
}

/* ---- the list ---- */

static void list_json(ekslint *e, const ekslint_rule_filter *filter, enum language language,
                      struct buf *out)
{
    bool any = false;
    buf_add_c(out, "{\"version\":1,\"rules\":[");
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts = ruleset_texts(&e->rules, slot->rule);
        if (!is_listed(filter, slot)) {
            continue;
        }
        buf_add_c(out, any ? ",\n {\"id\":" : "\n {\"id\":");
        any = true;
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

/* "iam-policy +4": a list of kinds is wider than what stands behind it. */
static struct str short_kind(ekslint *e, const struct rule *rule)
{
    return rule->kind_count > 1
               ? arena_format(&e->arena, "%.*s +%zu", STR_ARG(rule->kind->id), rule->kind_count - 1)
               : rule->kind->id;
}

static void add_column(struct buf *out, struct str text, size_t width)
{
    buf_add(out, text);
    buf_add_repeat(out, ' ', width + 2 - text.len);
}

static void list_text(ekslint *e, const ekslint_rule_filter *filter, enum language language,
                      struct buf *out)
{
    size_t ids = 0;
    size_t kind_width = 0;
    for (size_t i = 0; i < e->rules.count; i++) {
        const struct rule_slot *slot = &e->rules.slots[i];
        if (is_listed(filter, slot)) {
            size_t width = short_kind(e, slot->rule).len;
            ids = slot->id.len > ids ? slot->id.len : ids;
            kind_width = width > kind_width ? width : kind_width;
        }
    }
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        const struct rule_texts *texts = ruleset_texts(&e->rules, slot->rule);
        if (is_listed(filter, slot)) {
            add_column(out, slot->id, ids);
            add_column(out, severity_name(slot->rule->severity), strlen("warning"));
            add_column(out, short_kind(e, slot->rule), kind_width);
            buf_printf(out, "%.*s\n", STR_ARG(texts ? texts->title[language] : (struct str){0}));
        }
    }
}

enum language engine_language(const ekslint_output *output)
{
    return str_eq(str_from_c(output->language), STR("ja")) ? LANGUAGE_JA : LANGUAGE_EN;
}

ekslint_text ekslint_rules_list(ekslint *e, const ekslint_rule_filter *filter, const char *format,
                                const ekslint_output *output, const char **wrong)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    *wrong = check_filter(e, filter);
    if (*wrong) {
        return (ekslint_text){0};
    }
    ruleset_load_all(&e->rules);
    if (str_eq(str_from_c(format), STR("json"))) {
        list_json(e, filter, engine_language(output), &out);
    } else {
        list_text(e, filter, engine_language(output), &out);
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
