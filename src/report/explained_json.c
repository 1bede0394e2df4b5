/* SPDX-License-Identifier: MIT */
/* `explain --error` as JSON. */
#include "report/explained.h"
#include "report/json_value.h"
#include "report/spot.h"
#include "rule/symptom.h"

enum { EXPLAINED_VERSION = 1 };

static json_t *version_of(uint32_t version)
{
    struct buf text = buf_with_max(32);
    if (version) {
        symptom_version_write(version, &text);
    }
    json_t *value = json_value_str(buf_str(&text));
    buf_release(&text);
    return value;
}

static json_t *match_of(const struct pattern_match *match)
{
    static const struct str languages[LANGUAGE_COUNT] = {STR_INIT("en"), STR_INIT("ja")};
    const struct symptom *symptom = match->pattern->symptom;
    json_t *values = json_value_array();
    for (size_t i = 0; i < match->value_count; i++) {
        json_t *value = json_value_object();
        json_value_put(value, "placeholder", json_value_str(match->values[i].expression));
        json_value_put(value, "value", json_value_str(match->values[i].value));
        json_value_append(values, value);
    }
    json_t *entry = json_value_object();
    json_value_put(entry, "text", json_value_str(match->pattern->text));
    json_value_put(entry, "language", json_value_str(languages[match->pattern->language]));
    json_value_put(entry, "where", json_value_str(symptom->where));
    json_value_put(entry, "source", json_value_str(symptom->source));
    json_value_put(entry, "since", version_of(symptom->since));
    json_value_put(entry, "until", version_of(symptom->until));
    json_value_put(entry, "heading", json_boolean(symptom->heading));
    json_value_put(entry, "seen", json_value_str(match->seen));
    json_value_put(entry, "values", values);
    return entry;
}

static json_t *place_of(const struct report *report, struct location at)
{
    struct spot spot = spot_of(report->sources, at);
    json_t *entry = json_value_object();
    json_value_put(entry, "file", json_value_str(spot.file));
    json_value_put(entry, "line", json_value_size(spot.start.line));
    json_value_put(entry, "column", json_value_size(spot.start.column));
    return entry;
}

static json_t *findings_of(const struct report *report, const struct finding *const *findings,
                           size_t count)
{
    json_t *list = json_value_array();
    for (size_t i = 0; i < count; i++) {
        struct spot spot = spot_of_finding(report->sources, findings[i]);
        json_t *entry = json_value_object();
        json_value_put(entry, "rule", json_value_str(findings[i]->rule));
        json_value_put(entry, "file", json_value_str(spot.file));
        json_value_put(entry, "line", json_value_size(spot.start.line));
        json_value_put(entry, "column", json_value_size(spot.start.column));
        json_value_put(entry, "path", json_value_str(findings[i]->path));
        json_value_put(entry, "message", json_value_str(findings[i]->message));
        json_value_append(list, entry);
    }
    return list;
}

static json_t *undecided_of(const struct report *report, const struct explained_rule *rule)
{
    json_t *list = json_value_array();
    for (size_t i = 0; i < rule->undecided_count; i++) {
        const struct undecided *undecided = rule->undecided[i];
        json_t *entry = place_of(report, undecided->at);
        json_value_put(entry, "needs", json_value_str(undecided->needs));
        json_value_put(entry, "collect", json_value_str(undecided->collect));
        json_value_put(entry, "reason", json_value_str(undecided->reason));
        json_value_append(list, entry);
    }
    return list;
}

static json_t *here_of(const struct report *report, const struct explained_rule *rule)
{
    static const struct str results[HERE_COUNT] = {
        [HERE_FAILS] = STR_INIT("fail"),
        [HERE_UNKNOWN] = STR_INIT("unknown"),
        [HERE_PASSES] = STR_INIT("pass"),
        [HERE_NOT_APPLICABLE] = STR_INIT("notApplicable"),
        [HERE_NOT_EVALUATED] = STR_INIT("notEvaluated"),
        [HERE_NOT_ASKED] = STR_INIT("notAsked"),
    };
    json_t *here = json_value_object();
    json_value_put(here, "result", json_value_str(results[rule->here]));
    json_value_put(here, "findings", findings_of(report, rule->findings, rule->finding_count));
    json_value_put(here, "unknown", undecided_of(report, rule));
    return here;
}

static json_t *rule_of(const struct report *report, const struct explained_rule *explained)
{
    static const struct str fits[FIT_COUNT] = {STR_INIT("whole"), STR_INIT("contains"),
                                               STR_INIT("fragment"), STR_INIT("words"),
                                               STR_INIT("none")};
    const struct rule *rule = explained->rule;
    json_t *symptoms = json_value_array();
    for (size_t i = 0; i < explained->match_count; i++) {
        json_value_append(symptoms, match_of(explained->matches[i]));
    }
    json_t *entry = json_value_object();
    json_value_put(entry, "rule", json_value_str(rule->id));
    json_value_put(entry, "severity", json_value_str(severity_name(rule->severity)));
    json_value_put(entry, "stage", json_value_str(rule->stage));
    json_value_put(entry, "title", json_value_str(rule->texts->title[report->language]));
    json_value_put(entry, "match", json_value_str(fits[explained->matches[0]->fit]));
    json_value_put(entry, "symptoms", symptoms);
    json_value_put(entry, "here", here_of(report, explained));
    json_value_put(entry, "fix", json_value_str(explained->fix));
    json_value_put(entry, "docs", json_value_strs(rule->texts->docs, rule->texts->doc_count));
    return entry;
}

static json_t *nearest_of(const struct pattern_match *nearest)
{
    json_t *entry = json_value_object();
    if (nearest) {
        json_value_put(entry, "rule", json_value_str(nearest->pattern->rule->id));
        json_value_put(entry, "text", json_value_str(nearest->pattern->text));
    }
    return entry;
}

void explained_json(const struct report *report, const struct explanation *explanation,
                    struct buf *out)
{
    json_t *tool = json_value_tool(report->version, report->catalogue);
    json_t *rules = json_value_array();
    for (size_t i = 0; i < explanation->count; i++) {
        json_value_append(rules, rule_of(report, &explanation->rules[i]));
    }
    json_t *top = json_value_object();
    json_value_put(top, "version", json_value_size(EXPLAINED_VERSION));
    json_value_put(top, "tool", tool);
    json_value_put(top, "rules", rules);
    json_value_put(top, "nearest", nearest_of(explanation->nearest));
    json_value_put(top, "problems",
                   findings_of(report, explanation->problems, explanation->problem_count));
    json_value_write(out, top, 0);
    buf_add_char(out, '\n');
}
