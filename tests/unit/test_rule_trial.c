/* SPDX-License-Identifier: MIT */
/* The tests inside a rule file: what they say of the rule, and of themselves; and of its mutants. */
#include "rule_world.h"

#include "rule/mutant.h"

#define HEAD                                                                                       \
    "id: user/x\nseverity: error\ntitle: t\nif-absent: skip\nselect: $.gitlab.region\nkind: "      \
    "case\n"
#define DATED                                                                                      \
    HEAD "dated: true\nmessage: m {today()}\nrequire: before_date(today(), "                       \
         "'2024-02-29')\ntests:\n"
#define PLAIN HEAD "message: {en: bad, ja: 不正}\nrequire: \"@ != 'x'\"\ntests:\n"
#define ASKING                                                                                     \
    HEAD "message: m\nneeds:\n  - {fact: '$.users', collect: aws iam list-users}\n"                \
         "require: in(@, $.users[*].name)\ntests:\n"
#define POLICY                                                                                     \
    "id: user/x\nseverity: error\ntitle: t\nif-absent: skip\nselect: $.Statement[*].Action[*]\n"   \
    "kind: [iam-policy, iam-scp]\nmessage: m\nrequire: \"@ != '*'\"\ntests:\n"
#define STAR "{Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}"

/* What the trial reports, "" where every test holds. */
static const struct {
    const char *rule;
    const char *tests;
    const char *reported;
} rows[] = {
    {DATED, "  - fails: {gitlab: {region: x}}\n    date: 2024-02-29\n    message: m 2024-02-29\n",
     ""},
    {DATED, "  - passes: {gitlab: {region: x}}\n    date: 2024-02-28\n", ""},
    {DATED, "  - passes: {gitlab: {region: x}}\n    date: \"2024-02-28\"\n", ""},
    {DATED, "  - unknown: {gitlab: {region: x}}\n", ""},
    {DATED, "  - passes: {gitlab: {region: x}}\n    date: 2024-02-29\n    name: n\n",
     "11:5 noisy passes/fails n: "},
    {DATED, "  - fails: {gitlab: {region: x}}\n    date: 2024-02-28\n",
     "11:5 missing fails/passes : "},
    {DATED, "  - fails: {gitlab: {region: x}}\n    date: 2024-02-29\n    message: m 2024-02-28\n",
     "13:14 misworded fails/fails : m 2024-02-28 < m 2024-02-29"},
    {DATED, "  - unknown: {gitlab: {region: x}}\n    date: 2024-02-30\n",
     "12:11 malformed unknown/not-applicable : < this is no date; write it as '2024-02-29'"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    message: bad\n", ""},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    message: 不正\n", ""},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    message: {en: bad, ja: 不}\n", ""},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    message: {en: bad, ja: bad}\n",
     "11:28 misworded fails/fails : bad < 不正"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    findings: 1\n", ""},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    findings: 2\n",
     "11:15 miscounted fails/fails : 2 < 1"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    undecided: 1\n",
     "11:16 miscounted fails/fails : 1 < 0"},
    {PLAIN, "  - passes: {gitlab: {}}\n", "10:5 idle passes/not-applicable : "},
    {PLAIN, "  - not-applicable: {gitlab: {region: y}}\n", "10:5 silent not-applicable/passes : "},
    {PLAIN, "  - unknown: {gitlab: {region: y}}\n", "10:5 silent unknown/passes : "},
    {PLAIN, "  - passes: {gitlab: {region: !unknown }}\n", "10:5 undecided passes/unknown : "},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    at: $.gitlab.region\n", ""},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    at: name_at($.gitlab.region)\n",
     "11:9 misplaced fails/fails : name_at($.gitlab.region) < bad; at 10:30 $['gitlab']['region']"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    at: $.gitlab.name\n",
     "11:9 malformed fails/not-applicable : < no document of this kind has 'name' here"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    at: $.gitlab.regoin\n",
     "11:9 malformed fails/not-applicable : < no document of this kind has 'regoin' here; did you "
     "mean 'region'?"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    at: $.gitlab.cluster\n",
     "11:9 malformed fails/not-applicable : < this selects nothing in the test's document"},
    {PLAIN,
     "  - fails: {files: {a: {apiVersion: ekslint/v1, kind: GitLabEKSIntegration, region: x}}}\n"
     "    at: $.region\n",
     "11:9 malformed fails/not-applicable : < this selects nothing in the case that the files are "
     "joined to, only in 'a'; a gitlab-eks.yaml is $.gitlab there, and rules/kinds/case.yaml has "
     "the rest"},
    {POLICY, "  - fails: {Statement: {Effect: Allow, Action: '*'}}\n    at: $.Statement.Action\n",
     "11:9 malformed fails/not-applicable : < this selects nothing in the shape that rules see, in "
     "which Statement, Action, Resource, principals and values are lists; write "
     "$['Statement'][0]['Action'][0]"},
    {PLAIN, "  - fails: {gitlab: {region: x}}\n    at: count($.gitlab)\n",
     "11:9 malformed fails/not-applicable : < this selects no nodes; write a query"},
    {PLAIN, "  - name: n\n",
     "10:5 malformed not-applicable/not-applicable n: < a test needs 'fails', 'passes', 'unknown' "
     "or "
     "'not-applicable'"},
    {ASKING, "  - unknown: {gitlab: {region: x}, users: !unknown }\n    collect: list-users\n", ""},
    {ASKING,
     "  - unknown: {gitlab: {region: x}, users: !unknown }\n    collect: [$.users, list-roles]\n",
     "13:24 unasked unknown/unknown : list-roles < aws iam list-users"},
    {POLICY, "  - fails: " STAR "\n    as: [iam-policy, iam-scp]\n", ""},
    {POLICY, "  - not-applicable: " STAR "\n    as: iam-rcp\n", ""},
    {POLICY, "  - passes: " STAR "\n    as: [iam-policy, iam-scp]\n    name: n\n",
     "10:5 noisy passes/fails n, as iam-policy: \n10:5 noisy passes/fails n, as iam-scp: "},
    {POLICY, "  - fails: " STAR "\n    as: iam-scq\n",
     "11:9 malformed fails/not-applicable as iam-scq: < there is no such kind"},
    /* A case may be written as its files. */
    {PLAIN,
     "  - fails:\n      files:\n        e.yaml: {apiVersion: ekslint/v1, kind: "
     "GitLabEKSIntegration, "
     "region: x}\n",
     ""},
    {PLAIN,
     "  - passes:\n      files:\n        e.yaml: |\n          apiVersion: ekslint/v1\n          "
     "kind: "
     "GitLabEKSIntegration\n          region: y\n        notes.json: '[]'\n",
     ""},
    {PLAIN, "  - passes: {files: {e.json: '{'}}\n",
     "10:13 malformed passes/not-applicable : < the file 'e.json' cannot be read: "},
};

/* "line:column fault expected/came name: wanted < said; at line:column path" */
static struct str said_of(struct model *model, const struct trials *trials)
{
    struct buf out = buf_with_max(4096);
    for (const struct trial_problem *p = trials->problems; p; p = p->next) {
        const struct source *file = sources_get(&model->sources, p->at.source);
        struct position at = source_position((struct source *)file, p->at.span.lo);
        buf_printf(&out, "%s%u:%u %.*s %.*s/%.*s %.*s: %.*s", out.len ? "\n" : "", at.line,
                   at.column, STR_ARG(trial_fault_name(p->fault)),
                   STR_ARG(outcome_key(p->expected)), STR_ARG(outcome_key(p->came)),
                   STR_ARG(p->name), STR_ARG(p->wanted));
        if (p->said.len) {
            buf_printf(&out, "%s< %.*s", p->wanted.len ? " " : "", STR_ARG(p->said));
        }
        if (p->has_fired) {
            at = source_position((struct source *)file, p->fired.span.lo);
            buf_printf(&out, "; at %u:%u %.*s", at.line, at.column, STR_ARG(p->fired_path));
        }
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* The tests of the one rule that was added. */
static struct trials read_trials(struct rules *rules, struct arena *part)
{
    struct trials trials = {
        .loader = &rules->set.loader,
        .scratch = &rules->model->scratch,
        .part = part,
        .tree = rules->set.slots[0].rule->tree,
    };
    trials_read(&trials, rules->set.slots[0].rule);
    return trials;
}

static void a_test_says_what_came_instead(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct rules *rules = rules_new();
        struct arena part = {0};
        struct str text = arena_format(&rules->model->arena, "%s%s", rows[i].rule, rows[i].tests);
        assert_true(rules_add(rules, text));
        struct trials trials = read_trials(rules, &part);
        trials_run(&trials, rules->set.slots[0].rule);
        struct str said = said_of(rules->model, &trials);
        if (!str_starts(said, str_from_c(rows[i].reported)) ||
            (rows[i].reported[0] == '\0') != (said.len == 0)) {
            assert_str_equal(said, str_from_c(rows[i].reported));
        }
        assert_int_equal(trials.failed == 0, rows[i].reported[0] == '\0');
        assert_true(trials.passed + trials.failed > 0);
        arena_release(&part);
        rules_free(rules);
    }
}

/* The library has no clock: who does not say what day it is gets no answer. */
static void without_a_date_a_dated_rule_is_undecided(void **state)
{
    (void)state;
    struct rules *rules = rules_new();
    assert_true(rules_add(rules, STR(DATED "  - unknown: {}\n")));
    const struct tree *tree = model_tree(rules->model, "{gitlab: {region: x}}");
    assert_int_equal(rules_run(rules, tree), OUTCOME_UNKNOWN);
    rules_free(rules);
}

/* ---- mutants ---- */

#define FIRES "  - fails: {gitlab: {region: x}}\n"
#define QUIET "  - passes: {gitlab: {region: y}}\n"
#define ABSENT "  - not-applicable: {gitlab: {}}\n"
#define MARK(in, change, more, reason)                                                             \
    "equivalent-mutants:\n  - {in: " in ", change: \"" change "\"" more ", reason: " reason "}\n"
#define MARKED(mark) HEAD "message: m\nrequire: \"@ != 'x'\"\n" mark "tests:\n"

/* What is told of a rule's mutants: the counts, then survivors and marks that fit none. */
static const struct {
    const char *rule;
    const char *told;
} mutant_rows[] = {
    {PLAIN FIRES QUIET ABSENT, "5 killed, 0 marked, 0 invalid"},
    {PLAIN FIRES QUIET, "3 killed, 0 marked, 0 invalid\n"
                        "4:12 if-absent: skip => fail (if-absent: fail)\n"
                        "4:12 if-absent: skip => unknown (if-absent: unknown)"},
    {HEAD "message: m\npoint-at: $.gitlab\nrequire: \"@ != 'x'\"\ntests:\n" FIRES QUIET ABSENT,
     "5 killed, 0 marked, 0 invalid\n8:11 point-at: $.gitlab =>  ()"},
    {MARKED(MARK("if-absent", "skip", ", to: fail", "it is never absent")) FIRES QUIET,
     "3 killed, 1 marked, 0 invalid\n4:12 if-absent: skip => unknown (if-absent: unknown)"},
    {MARKED(MARK("require", "@ != 'x'", ", to: \"@ == 'x'\"", "no")) FIRES QUIET ABSENT,
     "5 killed, 0 marked, 0 invalid\n10:5 fits none"},
    {POLICY "  - fails: " STAR "\n",
     "4 killed, 0 marked, 0 invalid\n4:12 if-absent: skip => fail (if-absent: fail)\n4:12 "
     "if-absent: skip => unknown (if-absent: unknown)\n6:20 kind: iam-scp =>  ()"},
};

static void a_mutant_that_no_test_notices_survives(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(mutant_rows); i++) {
        struct rules *rules = rules_new();
        struct model *model = rules->model;
        struct arena part = {0};
        struct mutant_tally tally;
        struct buf told = buf_with_max(4096);
        assert_true(rules_add(rules, str_from_c(mutant_rows[i].rule)));
        struct trials trials = read_trials(rules, &part);
        mutants_run(&trials, rules->set.slots[0].rule, &model->arena, &tally);
        buf_printf(&told, "%zu killed, %zu marked, %zu invalid", tally.killed, tally.marked,
                   tally.invalid);
        for (const struct survivor *s = tally.survivors; s; s = s->next) {
            struct source *file = sources_get(&model->sources, s->at.source);
            struct position at = source_position(file, s->at.span.lo);
            buf_printf(&told, "\n%u:%u %.*s: %.*s => %.*s (%.*s)", at.line, at.column,
                       STR_ARG(s->key), STR_ARG(s->was), STR_ARG(s->now), STR_ARG(s->line));
        }
        for (const struct stale_mark *s = tally.stale; s; s = s->next) {
            struct source *file = sources_get(&model->sources, s->at.source);
            struct position at = source_position(file, s->at.span.lo);
            buf_printf(&told, "\n%u:%u fits none", at.line, at.column);
        }
        assert_str_equal(buf_str(&told), str_from_c(mutant_rows[i].told));
        buf_release(&told);
        arena_release(&part);
        rules_free(rules);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_says_what_came_instead),
        cmocka_unit_test(without_a_date_a_dated_rule_is_undecided),
        cmocka_unit_test(a_mutant_that_no_test_notices_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
