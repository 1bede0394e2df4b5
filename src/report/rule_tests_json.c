/* SPDX-License-Identifier: MIT */
/*
 * The tests of rules as JSON: every rule with its counts; every key and every list is there, empty
 * where there is nothing to say.
 */
#include "report/json_value.h"
#include "report/rule_tests.h"
#include "report/spot.h"

enum { RULE_TESTS_VERSION = 1, ENTRY_INDENT = 4 };

static void put_place(const struct report *report, json_t *entry, struct location at)
{
    struct spot spot = spot_of(report->sources, at);
    json_value_put(entry, "file", json_value_str(spot.file));
    json_value_put(entry, "line", json_value_size(spot.start.line));
    json_value_put(entry, "column", json_value_size(spot.start.column));
    json_value_put(entry, "endLine", json_value_size(spot.end.line));
    json_value_put(entry, "endColumn", json_value_size(spot.end.column));
}

static json_t *fired_of(const struct report *report, const struct trial_problem *problem)
{
    if (!problem->has_fired) {
        return json_null();
    }
    json_t *entry = json_value_object();
    put_place(report, entry, problem->fired);
    json_value_put(entry, "path", json_value_str(problem->fired_path));
    return entry;
}

static json_t *problem_of(const struct report *report, const struct trial_problem *problem)
{
    json_t *entry = json_value_object();
    json_value_put(entry, "outcome", json_value_str(trial_fault_name(problem->fault)));
    json_value_put(entry, "test", json_value_str(problem->name));
    put_place(report, entry, problem->at);
    json_value_put(entry, "expected", json_value_str(outcome_key(problem->expected)));
    json_value_put(entry, "came",
                   json_value_str(problem->fault == TRIAL_MALFORMED ? (struct str){0}
                                                                    : outcome_key(problem->came)));
    json_value_put(entry, "wanted", json_value_str(problem->wanted));
    json_value_put(entry, "said", json_value_str(problem->said));
    json_value_put(entry, "fired", fired_of(report, problem));
    return entry;
}

static json_t *survivor_of(const struct report *report, const struct survivor *survivor)
{
    json_t *entry = json_value_object();
    put_place(report, entry, survivor->at);
    json_value_put(entry, "in", json_value_str(survivor->key));
    json_value_put(entry, "change", json_value_str(survivor->was));
    json_value_put(entry, "to", json_value_str(survivor->now));
    return entry;
}

static json_t *mutants_of(const struct report *report, const struct tested_rule *rule)
{
    const struct mutant_tally *tally = &rule->mutants;
    json_t *survivors = json_value_array();
    json_t *stale = json_value_array();
    for (const struct survivor *s = tally->survivors; s; s = s->next) {
        json_value_append(survivors, survivor_of(report, s));
    }
    for (const struct stale_mark *s = tally->stale; s; s = s->next) {
        json_t *entry = json_value_object();
        put_place(report, entry, s->at);
        json_value_append(stale, entry);
    }
    json_t *entry = json_value_object();
    json_value_put(entry, "killed", json_value_size(tally->killed));
    json_value_put(entry, "survived", json_value_size(tally->survived));
    json_value_put(entry, "marked", json_value_size(tally->marked));
    json_value_put(entry, "invalid", json_value_size(tally->invalid));
    json_value_put(entry, "survivors", survivors);
    json_value_put(entry, "stale", stale);
    return entry;
}

static json_t *rule_of(const struct report *report, const struct tested_rule *rule)
{
    json_t *problems = json_value_array();
    json_t *unproven = json_value_array();
    for (const struct trial_problem *p = rule->problems; p; p = p->next) {
        json_value_append(problems, problem_of(report, p));
    }
    for (int outcome = OUTCOME_FAIL; outcome >= 0; outcome--) {
        if (rule->lacks[outcome]) {
            json_value_append(unproven, json_value_str(outcome_key((enum outcome)outcome)));
        }
    }
    json_t *entry = json_value_object();
    json_value_put(entry, "rule", json_value_str(rule->id));
    json_value_put(entry, "file", json_value_str(rule->file));
    json_value_put(entry, "passed", json_value_size(rule->passed));
    json_value_put(entry, "failed", json_value_size(rule->failed));
    json_value_put(entry, "problems", problems);
    json_value_put(entry, "unproven", unproven);
    json_value_put(entry, "mutants", rule->mutated ? mutants_of(report, rule) : json_null());
    return entry;
}

static json_t *summary_of(const struct rule_tests *tests)
{
    json_t *summary = json_value_object();
    json_value_put(summary, "rules", json_value_size(tests->count));
    json_value_put(summary, "tests", json_value_size(tests->passed + tests->failed));
    json_value_put(summary, "passed", json_value_size(tests->passed));
    json_value_put(summary, "failed", json_value_size(tests->failed));
    json_value_put(summary, "unproven", json_value_size(tests->unproven));
    json_t *mutants = json_null();
    if (tests->mutate) {
        mutants = json_value_object();
        json_value_put(mutants, "killed", json_value_size(tests->killed));
        json_value_put(mutants, "survived", json_value_size(tests->survived));
        json_value_put(mutants, "marked", json_value_size(tests->marked));
        json_value_put(mutants, "invalid", json_value_size(tests->invalid));
        json_value_put(mutants, "stale", json_value_size(tests->stale));
    }
    json_value_put(summary, "mutants", mutants);
    return summary;
}

void report_rule_tests_json(const struct report *report, const struct rule_tests *tests,
                            struct buf *out)
{
    json_t *tool = json_value_tool(report->version, report->catalogue);
    buf_printf(out, "{\n  \"version\": %d,\n  \"tool\": ", RULE_TESTS_VERSION);
    json_value_write(out, tool, 2);
    buf_add_c(out, ",\n  \"rules\": [");
    for (size_t i = 0; i < tests->count; i++) {
        buf_add_c(out, i ? ",\n    " : "\n    ");
        json_value_write(out, rule_of(report, &tests->items[i]), ENTRY_INDENT);
    }
    buf_add_c(out, tests->count ? "\n  ],\n  \"summary\": " : "],\n  \"summary\": ");
    json_value_write(out, summary_of(tests), 2);
    buf_add_c(out, "\n}\n");
}
