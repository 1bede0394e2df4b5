/* SPDX-License-Identifier: MIT */
/* `explain RULE-ID`: all that is told of a rule, for people and as JSON. */
#include "engine/pages.h"
#include "rule/symptom.h"
#include "tree/write_json.h"

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

static void explain_json(const struct explainer *x, const struct page *page)
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
    buf_add_c(x->out, "],\n  ");
    page_sections_json(page, x->out);
    buf_add_c(x->out, "\n}\n");
}

ekslint_text ekslint_explain(ekslint *e, const char *id, const char *format,
                             const ekslint_output *output)
{
    struct rule_slot *slot = ruleset_find(&e->rules, str_from_c(id));
    struct rule *rule = arena_new(&e->arena, struct rule);
    if (!slot || !ruleset_read(&e->rules, slot, rule)) {
        return (ekslint_text){0};
    }
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    struct explainer explainer = {e, rule, engine_language(output), &out};
    struct page page;
    engine_page(e, rule, explainer.language, output, &page);
    if (str_eq(str_from_c(format), STR("json"))) {
        explain_json(&explainer, &page);
    } else {
        struct report report = engine_report(e, output);
        page_text(&page, &report, &out);
    }
    return engine_take_text(&out);
}
