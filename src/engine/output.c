/* SPDX-License-Identifier: MIT */
/* Reports and other texts that a handle gives out. */
#include "engine/engine.h"

#include "aws/catalogue.h"
#include "aws/region.h"
#include "rule/symptom.h"

#include <stdlib.h>

const char *ekslint_version(void)
{
    return EKSLINT_VERSION;
}

const char *ekslint_data_date(void)
{
    return CATALOGUE_DATE;
}

ekslint_text ekslint_about(void)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    buf_printf(&out, "ekslint %s\nIAM catalogue of %s (%s)\n", ekslint_version(),
               ekslint_data_date(), CATALOGUE_SOURCE);
    buf_printf(&out, "%d services, %d actions, %d resource types, %d condition keys\n",
               CATALOGUE_SERVICE_COUNT, CATALOGUE_ACTION_COUNT, CATALOGUE_RESOURCE_TYPE_COUNT,
               CATALOGUE_KEY_COUNT);
    buf_printf(&out, "regions of %s\n", REGION_TABLE_DATE);
    return engine_take_text(&out);
}

void ekslint_text_free(ekslint_text text)
{
    free(text.text);
}

/*
 * What kinds of documents can be recognised, in words, for a run that found none. The commands whose
 * output is known are too many to be named.
 */
static void add_kinds(ekslint *e, struct report *report)
{
    struct str *items = arena_array(&e->arena, struct str, e->kinds.count);
    report->kinds = items;
    for (size_t i = 0; i < e->kinds.count; i++) {
        const struct kind *kind = &e->kinds.items[i];
        if (kind->recognise.len == 0) {
            continue;
        }
        if (str_starts(kind->id, STR("aws-cli/"))) {
            report->command_count++;
        } else {
            items[report->kind_count++] = kind->title;
        }
    }
}

static struct str title_of(void *context, struct str rule, enum language language)
{
    ekslint *e = context;
    struct rule_slot *slot = ruleset_find(&e->rules, rule);
    const struct rule_texts *texts =
        slot && ruleset_load(&e->rules, slot) ? ruleset_texts(&e->rules, slot->rule) : NULL;
    return texts ? texts->title[language] : (struct str){0};
}

static void check_of(void *context, struct str rule, struct report_check *check)
{
    ekslint *e = context;
    struct rule_slot *slot = ruleset_find(&e->rules, rule);
    struct str others;
    if (slot && ruleset_load(&e->rules, slot)) {
        (void)str_cut(slot->rule->aka, ',', &check->code, &others);
        check->type = slot->rule->finding_type;
    }
}

static bool about(void *context, struct str id, enum language language, struct report_rule *out)
{
    ekslint *e = context;
    struct rule_slot *slot = ruleset_find(&e->rules, id);
    const struct rule_texts *texts =
        slot && ruleset_load(&e->rules, slot) ? ruleset_texts(&e->rules, slot->rule) : NULL;
    if (!texts) {
        return false;
    }
    *out = (struct report_rule){
        .title = texts->title[language],
        .fix = pattern_fill_row(slot->rule, &texts->fix[language], 0, &e->scratch),
        .severity = slot->rule->own_severity, /* a file may have another: findings tell */
        .pedantic = slot->rule->pedantic,
        .security = str_eq(slot->rule->finding_type, STR("SECURITY_WARNING")),
        .stage = slot->rule->stage,
        .docs = texts->docs,
        .doc_count = texts->doc_count,
    };
    return true;
}

static void add_passed(ekslint *e, struct report *report)
{
    struct str *passed = arena_array(&e->scratch, struct str, e->rules.count);
    for (size_t i = 0; i < e->rules.count; i++) {
        const struct rule_slot *slot = &e->rules.slots[i];
        if (slot->was_run && slot->worst == OUTCOME_PASS) {
            passed[report->passed_count++] = slot->id;
        }
    }
    report->passed = passed;
}

struct report engine_report(ekslint *e, const ekslint_output *output)
{
    return (struct report){
        .results = &e->results,
        .diagnosis = e->diagnosis.steps ? &e->diagnosis : NULL,
        .rule_title = title_of,
        .check_of = check_of,
        .steps_at = engine_steps_at,
        .rule_about = about,
        .fail_on = e->fail_on,
        .fail_on_unknown = e->fail_on_unknown,
        .context = e,
        .sources = &e->sources,
        .scratch = &e->scratch,
        .version = str_from_c(ekslint_version()),
        .catalogue = str_from_c(ekslint_data_date()),
        .today = e->today,
        .language = engine_language(output) == LANGUAGE_JA ? REPORT_JA : REPORT_EN,
        .color = output->color,
        .width = output->width,
        .quiet = output->quiet,
    };
}

static ekslint_text write_with(ekslint *e, void (*write)(const struct report *, struct buf *),
                               const struct results *results, const ekslint_output *output)
{
    struct report report = engine_report(e, output);
    report.results = results;
    add_kinds(e, &report);
    add_passed(e, &report);
    struct buf out = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    write(&report, &out);
    return engine_take_text(&out);
}

static ekslint_text write_report(ekslint *e, const struct results *results, const char *format,
                                 const ekslint_output *output)
{
    const struct report_format *row = report_find(str_from_c(format));
    return row ? write_with(e, row->write, results, output) : (ekslint_text){0};
}

ekslint_text ekslint_diagnosis(ekslint *e, const char *format, const ekslint_output *output)
{
    const struct report_format *row = report_find_diagnosis(str_from_c(format));
    return row && e->diagnosis.steps ? write_with(e, row->write, &e->results, output)
                                     : (ekslint_text){0};
}

bool ekslint_has_diagnosis_format(const char *format)
{
    return report_find_diagnosis(str_from_c(format)) != NULL;
}

const char *ekslint_diagnosis_formats(void)
{
    return "text, json"; /* a test holds it to report_find_diagnosis() */
}

ekslint_text ekslint_collect_script(ekslint *e, const ekslint_output *output)
{
    return e->diagnosis.steps ? write_with(e, report_script, &e->results, output)
                              : (ekslint_text){0};
}

/* Comments by file and place, as findings are; then the configuration's, as they are written there. */
static int compare_suppressions(const void *left, const void *right)
{
    const struct suppression *a = *(const struct suppression *const *)left;
    const struct suppression *b = *(const struct suppression *const *)right;
    int order = (a->in_source < b->in_source) - (a->in_source > b->in_source);
    order = order ? order : (a->at.source > b->at.source) - (a->at.source < b->at.source);
    return order ? order : (a->at.span.lo > b->at.span.lo) - (a->at.span.lo < b->at.span.lo);
}

/* What was not read, and what was said to ekslint and not understood. */
static bool is_obstacle(const struct finding *finding)
{
    return finding->unreadable || str_eq(finding->rule, STR("suppression/malformed")) ||
           str_eq(finding->rule, STR("suppression/unknown-rule")) ||
           str_eq(finding->rule, STR("suppression/too-many"));
}

ekslint_text ekslint_obstacles(ekslint *e, const ekslint_output *output)
{
    struct findings obstacles = {.arena = &e->arena};
    struct results results = {.findings = &obstacles};
    for (size_t i = 0; i < e->findings.count; i++) {
        if (is_obstacle(&e->findings.items[i])) {
            findings_add(&obstacles, &e->findings.items[i]);
        }
    }
    return write_report(e, &results, "text", output);
}

ekslint_text ekslint_suppressions(ekslint *e, const char *format, const ekslint_output *output)
{
    const struct engine_suppressions *all = &e->suppressions;
    const struct suppression **items =
        arena_array(&e->arena, const struct suppression *, all->count + 1);
    for (size_t i = 0; i < all->count; i++) {
        items[i] = &all->items[i];
    }
    if (all->count) {
        qsort(items, all->count, sizeof(const struct suppression *), compare_suppressions);
    }
    struct report report = engine_report(e, output);
    struct buf out = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    if (str_eq(str_from_c(format), STR("json"))) {
        report_suppressions_json(&report, items, all->count, &out);
    } else {
        report_suppressions_text(&report, items, all->count, &out);
    }
    return engine_take_text(&out);
}

ekslint_text ekslint_report(ekslint *e, const char *format, const ekslint_output *output)
{
    return write_report(e, &e->results, format, output);
}

ekslint_text ekslint_problems(ekslint *e, const char *format, const ekslint_output *output)
{
    struct results problems = {.findings = &e->problems, .errors = e->problems.count};
    findings_sort(&e->problems, &e->sources);
    return write_report(e, &problems, format, output);
}

bool ekslint_has_format(const char *format)
{
    return report_find(str_from_c(format)) != NULL;
}
