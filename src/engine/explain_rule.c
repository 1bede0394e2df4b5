/* SPDX-License-Identifier: MIT */
/* `explain RULE-ID`: all that a rule's file says, for people and as JSON. */
#include "engine/engine.h"
#include "rule/symptom.h"
#include "tree/write_json.h"

enum heading { SAYS, SEEN, FIX, DOCS, SINCE, UNTIL, JUDGED, HEADING_COUNT };

static const char *const headings[LANGUAGE_COUNT][HEADING_COUNT] = {
    {"What it says", "What you see", "What to do", "Source", "since GitLab %.*s",
     "until GitLab %.*s", "Judged"},
    {"メッセージ", "症状", "対処", "出典", "GitLab %.*s から", "GitLab %.*s まで", "判定"},
};

/* What a rule is explained with. */
struct explainer {
    ekslint *e;
    const struct rule *rule;
    enum language language;
    struct buf *out;
};

static struct str filled(const struct explainer *x, const struct wording *wording, uint32_t row)
{
    return pattern_fill_row(x->rule, wording, row, &x->e->arena);
}

/* The text of an expression as the rule's file has it. */
static struct str source_of(const struct explainer *x, const char *member)
{
    return tree_string(x->rule->tree, x->rule->tree->root, str_from_c(member));
}

static struct str version_text(const struct explainer *x, uint32_t version)
{
    struct buf text = buf_with_max(32);
    symptom_version_write(version, &text);
    struct str kept = arena_str(&x->e->arena, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* ---- for people ---- */

static void add_heading(const struct explainer *x, enum heading heading)
{
    buf_printf(x->out, "\n%s\n", headings[x->language][heading]);
}

static void add_section(const struct explainer *x, enum heading heading,
                        const struct wording *wording)
{
    if (wording->count) {
        add_heading(x, heading);
        buf_printf(x->out, "  %.*s\n", STR_ARG(str_trim(filled(x, wording, 0))));
    }
}

static void add_remark(const struct explainer *x, struct str text)
{
    if (text.len) {
        buf_printf(x->out, "    %.*s\n", STR_ARG(text));
    }
}

static void add_version(const struct explainer *x, enum heading heading, uint32_t version)
{
    static const struct str hole = STR_INIT("%.*s");
    struct str form = str_from_c(headings[x->language][heading]);
    size_t at = str_find(form, hole);
    if (version) {
        struct str number = version_text(x, version);
        add_remark(x, arena_format(&x->e->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(form, 0, at)),
                                   STR_ARG(number), STR_ARG(str_from(form, at + hole.len))));
    }
}

/* A text that an earlier symptom has says nothing new. */
static bool is_repeated(const struct explainer *x, size_t symptom, uint32_t row, struct str text)
{
    for (size_t i = 0; i < symptom; i++) {
        const struct wording *wording = &x->rule->texts->symptoms[i].text[x->language];
        if (str_eq(filled(x, wording, row), text)) {
            return true;
        }
    }
    return false;
}

static void add_symptoms(const struct explainer *x)
{
    const struct rule_texts *texts = x->rule->texts;
    if (texts->symptom_count) {
        add_heading(x, SEEN);
    }
    for (size_t i = 0; i < texts->symptom_count; i++) {
        const struct symptom *symptom = &texts->symptoms[i];
        const struct wording *wording = &symptom->text[x->language];
        uint32_t rows = pattern_row_count(x->rule, wording);
        bool any = false;
        for (uint32_t row = 1; row <= rows; row++) {
            struct str text = filled(x, wording, row);
            if (!is_repeated(x, i, row, text)) {
                buf_printf(x->out, "  %.*s\n", STR_ARG(text));
                any = true;
            }
        }
        if (any) {
            add_remark(x, symptom->where);
            add_remark(x, symptom->source);
            add_version(x, SINCE, symptom->since);
            add_version(x, UNTIL, symptom->until);
        }
    }
}

/* An expression in one line, however the file folds it. */
static void add_expression(const struct explainer *x, const char *member)
{
    struct str text = source_of(x, member);
    if (text.len) {
        buf_printf(x->out, "  %s: %.*s\n", member, STR_ARG(str_trim(text)));
    }
}

static void add_judged(const struct explainer *x)
{
    const struct rule *rule = x->rule;
    add_heading(x, JUDGED);
    buf_printf(x->out, "  %.*s, %.*s", STR_ARG(rule->kind_list),
               STR_ARG(severity_name(rule->severity)));
    if (rule->stage.len) {
        buf_printf(x->out, ", %.*s", STR_ARG(rule->stage));
    }
    buf_printf(x->out, "; if absent: %.*s\n", STR_ARG(if_absent_name(rule->if_absent)));
    if (rule->aka.len) {
        buf_printf(x->out, "  also known as: %.*s", STR_ARG(rule->aka));
        buf_printf(x->out, rule->finding_type.len ? " (%.*s)\n" : "%.*s\n",
                   STR_ARG(rule->finding_type));
    }
    add_expression(x, "select");
    add_expression(x, "when");
    add_expression(x, "require");
    for (size_t i = 0; i < rule->need_count; i++) {
        struct str collect = str_trim(filled(x, &rule->needs[i].collect, 0));
        buf_printf(x->out, "  needs: %.*s\n", STR_ARG(rule->needs[i].fact_text));
        add_remark(x, collect);
    }
}

static void explain_text(const struct explainer *x)
{
    const struct rule_texts *texts = x->rule->texts;
    buf_printf(x->out, "%.*s: %.*s\n", STR_ARG(x->rule->id), STR_ARG(texts->title[x->language]));
    add_section(x, SAYS, &texts->message[x->language]);
    add_symptoms(x);
    add_section(x, FIX, &texts->fix[x->language]);
    add_judged(x);
    if (texts->doc_count) {
        add_heading(x, DOCS);
    }
    for (size_t i = 0; i < texts->doc_count; i++) {
        buf_printf(x->out, "  %.*s\n", STR_ARG(texts->docs[i]));
    }
}

/* ---- JSON ---- */

static void add_member(const struct explainer *x, const char *name, struct str value, bool first)
{
    buf_printf(x->out, "%s\"%s\": ", first ? "" : ", ", name);
    json_write_string(x->out, value);
}

static void add_symptom_json(const struct explainer *x, const struct symptom *symptom, uint32_t row)
{
    struct str since = symptom->since ? version_text(x, symptom->since) : (struct str){0};
    struct str until = symptom->until ? version_text(x, symptom->until) : (struct str){0};
    buf_add_char(x->out, '{');
    add_member(x, "text", filled(x, &symptom->text[x->language], row), true);
    add_member(x, "where", symptom->where, false);
    add_member(x, "source", symptom->source, false);
    add_member(x, "since", since, false);
    add_member(x, "until", until, false);
    add_member(x, "attribute", symptom->attribute, false);
    buf_printf(x->out, ", \"heading\": %s", symptom->heading ? "true" : "false");
    buf_add_char(x->out, '}');
}

static void add_symptoms_json(const struct explainer *x)
{
    const struct rule_texts *texts = x->rule->texts;
    bool any = false;
    buf_add_c(x->out, ",\n  \"symptoms\": [");
    for (size_t i = 0; i < texts->symptom_count; i++) {
        const struct wording *wording = &texts->symptoms[i].text[x->language];
        uint32_t rows = pattern_row_count(x->rule, wording);
        for (uint32_t row = 1; row <= rows; row++) {
            if (!is_repeated(x, i, row, filled(x, wording, row))) {
                buf_add_c(x->out, any ? ",\n    " : "\n    ");
                add_symptom_json(x, &texts->symptoms[i], row);
                any = true;
            }
        }
    }
    buf_add_c(x->out, any ? "\n  ]" : "]");
}

static void add_needs_json(const struct explainer *x)
{
    const struct rule *rule = x->rule;
    buf_add_c(x->out, ",\n  \"needs\": [");
    for (size_t i = 0; i < rule->need_count; i++) {
        buf_add_c(x->out, i ? ",\n    {" : "\n    {");
        add_member(x, "fact", rule->needs[i].fact_text, true);
        add_member(x, "collect", str_trim(filled(x, &rule->needs[i].collect, 0)), false);
        buf_add_char(x->out, '}');
    }
    buf_add_c(x->out, rule->need_count ? "\n  ]" : "]");
}

static void add_line_json(const struct explainer *x, const char *name, struct str value)
{
    buf_printf(x->out, ",\n  \"%s\": ", name);
    json_write_string(x->out, value);
}

static void explain_json(const struct explainer *x)
{
    const struct rule *rule = x->rule;
    const struct rule_texts *texts = rule->texts;
    buf_add_c(x->out, "{\n  \"version\": 1");
    add_line_json(x, "rule", rule->id);
    buf_add_c(x->out, ",\n  \"aka\": [");
    struct str names = rule->aka;
    struct str name;
    for (bool more = names.len > 0, first = true; more; first = false) {
        more = str_cut(names, ',', &name, &names);
        buf_add_c(x->out, first ? "" : ", ");
        json_write_string(x->out, name);
    }
    buf_add_char(x->out, ']');
    add_line_json(x, "findingType", rule->finding_type);
    add_line_json(x, "severity", severity_name(rule->severity));
    add_line_json(x, "profile", rule->pedantic ? STR("pedantic") : STR("default"));
    add_line_json(x, "stage", rule->stage);
    add_line_json(x, "kind", rule->kind_list);
    add_line_json(x, "title", texts->title[x->language]);
    add_line_json(x, "message", filled(x, &texts->message[x->language], 0));
    add_symptoms_json(x);
    add_line_json(x, "select", source_of(x, "select"));
    add_line_json(x, "ifAbsent", if_absent_name(rule->if_absent));
    add_line_json(x, "when", source_of(x, "when"));
    add_line_json(x, "require", source_of(x, "require"));
    add_needs_json(x);
    add_line_json(x, "fix", filled(x, &texts->fix[x->language], 0));
    buf_add_c(x->out, ",\n  \"docs\": [");
    for (size_t i = 0; i < texts->doc_count; i++) {
        buf_add_c(x->out, i ? ", " : "");
        json_write_string(x->out, texts->docs[i]);
    }
    buf_add_c(x->out, "]\n}\n");
}

ekslint_text ekslint_explain(ekslint *e, const char *id, const char *format,
                             const ekslint_output *output)
{
    struct rule_slot *slot = ruleset_find(&e->rules, str_from_c(id));
    if (!slot || !ruleset_load(&e->rules, slot) || !ruleset_texts(&e->rules, slot->rule)) {
        return (ekslint_text){0};
    }
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    struct explainer explainer = {e, slot->rule, engine_language(output), &out};
    if (str_eq(str_from_c(format), STR("json"))) {
        explain_json(&explainer);
    } else {
        explain_text(&explainer);
    }
    return engine_take_text(&out);
}
