/* SPDX-License-Identifier: MIT */
/* The tests inside rule files: run, and used to tell the rules from their mutants. */
#include "engine/engine.h"

#include "report/rule_tests.h"
#include "text/secret.h"

/* What testing one rule after another needs. */
struct testing {
    ekslint *e;
    struct rule_tests *tests;
    struct rule_loader loader;
    struct arena part; /* of one judgement */
};

static void find_lacks(struct tested_rule *tested, const struct rule *rule,
                       const struct trials *trials)
{
    static const enum outcome wanted[] = {OUTCOME_FAIL, OUTCOME_PASS, OUTCOME_UNKNOWN};
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        bool asked = wanted[i] != OUTCOME_UNKNOWN || rule->need_count > 0;
        tested->lacks[wanted[i]] = asked && trials->expected[wanted[i]] == 0;
    }
}

static void count(struct rule_tests *tests, const struct tested_rule *tested)
{
    tests->passed += tested->passed;
    tests->failed += tested->failed;
    tests->unproven += tested->lacks[OUTCOME_FAIL] || tested->lacks[OUTCOME_PASS] ||
                       tested->lacks[OUTCOME_UNKNOWN];
    tests->killed += tested->mutants.killed;
    tests->survived += tested->mutants.survived;
    tests->marked += tested->mutants.marked;
    tests->invalid += tested->mutants.invalid;
    for (const struct stale_mark *mark = tested->mutants.stale; mark; mark = mark->next) {
        tests->stale++;
    }
}

/* A test may hold what nobody should see, as any file may; what is told of it is lines of the file. */
static void hide_secrets(struct testing *t, const struct rule *rule, struct trial_problem *problems,
                         struct mutant_tally *mutants)
{
    struct arena *arena = &t->e->arena;
    struct source *source = sources_get(&t->e->sources, rule->tree->root->source);
    if (problems || mutants->survivors) {
        document_hide_secrets(source);
    }
    for (struct trial_problem *problem = problems; problem; problem = problem->next) {
        problem->name = secret_redact(source, problem->name, arena);
        problem->wanted = secret_redact(source, problem->wanted, arena);
        problem->said = secret_redact(source, problem->said, arena);
    }
    for (struct survivor *survivor = mutants->survivors; survivor; survivor = survivor->next) {
        survivor->was = secret_redact(source, survivor->was, arena);
        survivor->now = secret_redact(source, survivor->now, arena);
        survivor->line = secret_redact(source, survivor->line, arena);
    }
}

static void test_rule(struct testing *t, struct rule *rule)
{
    ekslint *e = t->e;
    struct tested_rule *tested = &t->tests->items[t->tests->count++];
    struct trials trials = {
        .loader = &t->loader, .scratch = &e->scratch, .part = &t->part, .tree = rule->tree};
    const struct node *id = tree_member(rule->tree, rule->tree->root, STR("id"));
    *tested = (struct tested_rule){.id = rule->id, .file = rule->file, .at = node_location(id)};
    trials_read(&trials, rule);
    trials_run(&trials, rule);
    tested->passed = trials.passed;
    tested->failed = trials.failed;
    tested->problems = trials.problems;
    find_lacks(tested, rule, &trials);
    if (t->tests->mutate && trials.failed == 0 && trials.passed > 0) {
        tested->mutated = true;
        mutants_run(&trials, rule, &e->arena, &tested->mutants);
    }
    hide_secrets(t, rule, trials.problems, &tested->mutants);
    count(t->tests, tested);
}

int ekslint_test_rules(ekslint *e, bool mutate)
{
    struct ruleset *set = &e->rules;
    struct testing testing = {.e = e, .loader = set->loader};
    struct rule_tests *tests = arena_new(&e->arena, struct rule_tests);
    testing.tests = tests;
    testing.loader.builder = (struct builder){0};
    tests->mutate = mutate;
    tests->items = arena_array(&e->arena, struct tested_rule, set->count);
    for (size_t i = 0; i < set->count && !e->broken; i++) {
        struct rule *rule = arena_new(&e->arena, struct rule);
        if (engine_asks_for(e, &set->slots[i])) {
            if (ruleset_read(set, &set->slots[i], rule)) {
                test_rule(&testing, rule);
            } else {
                e->broken =
                    true; /* reported; and a bug, since users' rules are checked when added */
            }
        }
    }
    builder_release(&testing.loader.builder);
    arena_release(&testing.part);
    e->rule_tests = tests;
    if (e->broken) {
        return EKSLINT_INTERNAL;
    }
    if (tests->passed + tests->failed == 0) {
        return EKSLINT_NOTHING;
    }
    bool good = tests->failed + tests->unproven + tests->survived + tests->stale == 0;
    return good ? EKSLINT_OK : EKSLINT_FINDINGS;
}

ekslint_text ekslint_rule_tests(ekslint *e, const char *format, const ekslint_output *output)
{
    struct report report = engine_report(e, output);
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    if (!e->rule_tests) {
        return (ekslint_text){0};
    }
    if (str_eq(str_from_c(format), STR("json"))) {
        report_rule_tests_json(&report, e->rule_tests, &out);
    } else {
        report_rule_tests_text(&report, e->rule_tests, &out);
    }
    return engine_take_text(&out);
}
