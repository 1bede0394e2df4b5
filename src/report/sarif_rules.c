/* SPDX-License-Identifier: MIT */
/*
 * What GitHub shows of a rule: its title as both descriptions, help, and properties by which results
 * are sorted (GitHub Docs, "SARIF support for code scanning", "reportingDescriptor object"). Rules that
 * AWS counts among its security warnings have a security-severity, which makes their results security
 * alerts; the others a problem.severity.
 */
#include "report/sarif_rules.h"

#include "report/sentences.h"
#include "report/uri.h"
#include "report/words.h"

/* GitHub cuts descriptions at 1,024 characters; titles are far shorter. */
enum { HELP_MAX = 1 << 16 };

void sarif_rules_init(struct sarif_rules *rules, const struct report *report)
{
    rules->report = report;
    atoms_init(&rules->ids, report->scratch, NULL);
}

size_t sarif_rules_index(struct sarif_rules *rules, struct str id)
{
    return atoms_intern(&rules->ids, id) - 1; /* atom 0 is the empty text, which no rule is */
}

struct str sarif_level(enum severity severity)
{
    static const struct str levels[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = STR_INIT("note"),
        [SEVERITY_WARNING] = STR_INIT("warning"),
        [SEVERITY_ERROR] = STR_INIT("error"),
    };
    return levels[severity];
}

json_t *sarif_message(const struct report *report, struct str text)
{
    json_t *message = json_value_object();
    if (str_find(text, STR("](")) < text.len) {
        struct buf escaped = buf_with_max(SIZE_MAX / 2);
        for (size_t i = 0; i < text.len; i++) {
            if (text.ptr[i] == '[' || text.ptr[i] == ']' || text.ptr[i] == '\\') {
                buf_add_char(&escaped, '\\');
            }
            buf_add_char(&escaped, text.ptr[i]);
        }
        text = arena_str(report->scratch, buf_str(&escaped));
        buf_release(&escaped);
    }
    json_value_put(message, "text", json_value_str(text));
    return message;
}

/* "gitlab/key-pair-not-in-region" as GitlabKeyPairNotInRegion. */
static struct str name_of(const struct report *report, struct str id)
{
    char *name = arena_alloc(report->scratch, id.len + 1);
    size_t len = 0;
    bool start = true;
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        if (!char_is_alpha(c) && !char_is_digit(c)) {
            start = true;
            continue;
        }
        name[len++] = start && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        start = false;
    }
    return (struct str){name, len};
}

static json_t *text_of(struct str text)
{
    json_t *object = json_value_object();
    json_value_put(object, "text", json_value_str(text));
    return object;
}

/* The same lines as text and as Markdown, in which links are links and words code. */
static void add_help(const struct report *report, struct str id, const struct report_rule *about,
                     bool markdown, struct buf *out)
{
    struct str more = words_get(report->language, WORD_EXPLAIN);
    const char *gap = markdown ? "\n\n" : "\n";
    buf_printf(out, markdown ? "**%.*s**" : "%.*s", STR_ARG(about->title));
    if (str_trim(about->fix).len) {
        struct str label = words_get(report->language, WORD_FIX);
        buf_printf(out, "%s%.*s: ", gap, STR_ARG(label));
        buf_add(out, str_trim(about->fix));
    }
    buf_printf(out, markdown ? "%s%.*s: `ekslint explain %.*s`" : "%s%.*s: ekslint explain %.*s",
               gap, STR_ARG(more), STR_ARG(id));
    for (size_t i = 0; i < about->doc_count; i++) {
        if (uri_is_web(about->docs[i])) {
            buf_printf(out, markdown ? "%s<%.*s>" : "%s%.*s", gap, STR_ARG(about->docs[i]));
        }
    }
}

static json_t *help_of(const struct report *report, struct str id, const struct report_rule *about)
{
    json_t *help = json_value_object();
    for (int markdown = 0; markdown < 2; markdown++) {
        struct buf text = buf_with_max(HELP_MAX);
        add_help(report, id, about, markdown, &text);
        json_value_put(help, markdown ? "markdown" : "text", json_value_str(buf_str(&text)));
        buf_release(&text);
    }
    return help;
}

static void put_severity(json_t *properties, const struct report_rule *about)
{
    static const struct str problems[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = STR_INIT("recommendation"),
        [SEVERITY_WARNING] = STR_INIT("warning"),
        [SEVERITY_ERROR] = STR_INIT("error"),
    };
    /* The middle of what GitHub calls low, medium and high. */
    static const struct str scores[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = STR_INIT("2.0"),
        [SEVERITY_WARNING] = STR_INIT("5.5"),
        [SEVERITY_ERROR] = STR_INIT("8.0"),
    };
    if (about->security) {
        json_value_put(properties, "security-severity", json_value_str(scores[about->severity]));
    } else {
        json_value_put(properties, "problem.severity", json_value_str(problems[about->severity]));
    }
}

static json_t *properties_of(struct str id, const struct report_rule *about)
{
    json_t *tags = json_value_array();
    json_t *properties = json_value_object();
    if (about->security) {
        json_value_append(tags, json_value_str(STR("security")));
    }
    json_value_append(tags, json_value_str(str_slice(id, 0, str_find_char(id, '/'))));
    if (about->stage.len) {
        json_value_append(tags, json_value_str(about->stage));
    }
    json_value_put(properties, "tags", tags);
    json_value_put(properties, "precision",
                   json_value_str(about->pedantic ? STR("medium") : STR("high")));
    put_severity(properties, about);
    return properties;
}

static json_t *rule_of(const struct report *report, struct str id)
{
    struct report_rule about = {.severity = SEVERITY_ERROR};
    enum language language = language_of_report(report);
    if (!report->rule_about || !report->rule_about(report->context, id, language, &about)) {
        about.title = sentence_about(report, id);
    }
    json_t *configuration = json_value_object();
    json_value_put(configuration, "level", json_value_str(sarif_level(about.severity)));
    json_t *rule = json_value_object();
    json_value_put(rule, "id", json_value_str(id));
    json_value_put(rule, "name", json_value_str(name_of(report, id)));
    json_value_put(rule, "shortDescription", text_of(about.title));
    json_value_put(rule, "fullDescription", text_of(about.title));
    json_value_put(rule, "help", help_of(report, id, &about));
    if (about.doc_count && uri_is_web(about.docs[0])) {
        json_value_put(rule, "helpUri", json_value_str(about.docs[0]));
    }
    json_value_put(rule, "defaultConfiguration", configuration);
    json_value_put(rule, "properties", properties_of(id, &about));
    return rule;
}

json_t *sarif_rules_list(const struct sarif_rules *rules)
{
    json_t *list = json_value_array();
    for (uint32_t i = 1; i < rules->ids.count; i++) {
        json_value_append(list, rule_of(rules->report, atoms_text(&rules->ids, i)));
    }
    return list;
}
