/* SPDX-License-Identifier: MIT */
/* The tests inside a rule file: what they say of the rule, and of themselves. */
#include "rule_world.h"

#include "rule/trial.h"

#define RULE                                                                                       \
    "id: user/x\nseverity: error\ndated: true\nkind: case\ntitle: t\nif-absent: skip\nmessage: m " \
    "{today()}\nselect: $.gitlab.region\nrequire: before_date(today(), '2024-02-29')\ntests:\n"

/* What the trial reports, "" where every test holds. */
static const struct {
    const char *tests;
    const char *reported;
} rows[] = {
    {"  - fails: {gitlab: {region: x}}\n    date: 2024-02-29\n    message: m 2024-02-29\n", ""},
    {"  - passes: {gitlab: {region: x}}\n    date: 2024-02-28\n", ""},
    {"  - passes: {gitlab: {region: x}}\n    date: \"2024-02-28\"\n", ""},
    {"  - unknown: {gitlab: {region: x}}\n", ""},
    {"  - passes: {gitlab: {region: x}}\n    date: 2024-02-29\n",
     "rule.yaml:11:5 trial/noisy: the rule fires on this, and should not"},
    {"  - fails: {gitlab: {region: x}}\n    date: 2024-02-28\n",
     "rule.yaml:11:5 trial/missing: the rule passes on this, and should not"},
    {"  - fails: {gitlab: {region: x}}\n    date: 2024-02-29\n    message: m 2024-02-28\n",
     "rule.yaml:13:14 trial/message: no message has this part; it says: m 2024-02-29"},
    {"  - unknown: {gitlab: {region: x}}\n    date: 2024-02-30\n",
     "rule.yaml:12:11 trial/date: this is no date; write it as '2024-02-29'"},
};

static void a_test_is_judged_as_of_its_date(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct model *model = model_new();
        struct rule_loader loader = {
            .arena = &model->arena,
            .sources = &model->sources,
            .atoms = &model->atoms,
            .kinds = &model->kinds,
            .findings = &model->findings,
        };
        struct trial_counts counts = {0};
        struct str text = arena_format(&model->arena, RULE "%s", rows[i].tests);
        struct source *file = sources_add(&model->sources, STR("rule.yaml"), text);
        bool good = rule_try(&loader, &model->scratch, file, &counts);
        assert_row(rows[i].tests, model_findings(model), rows[i].reported);
        assert_int_equal(good, rows[i].reported[0] == '\0');
        builder_release(&loader.builder);
        model_free(model);
    }
}

/* The library has no clock: who does not say what day it is gets no answer. */
static void without_a_date_a_dated_rule_is_undecided(void **state)
{
    (void)state;
    struct rules *rules = rules_new();
    assert_true(rules_add(rules, STR(RULE "  - unknown: {}\n")));
    const struct tree *tree = model_tree(rules->model, "{gitlab: {region: x}}");
    assert_int_equal(rules_run(rules, tree), OUTCOME_UNKNOWN);
    rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_is_judged_as_of_its_date),
        cmocka_unit_test(without_a_date_a_dated_rule_is_undecided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
