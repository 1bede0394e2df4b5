/* SPDX-License-Identifier: MIT */
/* What looks wrong in a rule that loads; and that nothing does in the built-in ones. */
#include "rule_world.h"

#include "rule/builtin.h"
#include "rule/lint.h"
#include "rule/lint_tests.h"

#define BEGIN "id: user/x\nseverity: error\nkind: case\nif-absent: skip\ndocs: [x]\n"
#define HEAD BEGIN "title: t\nmessage: m\nselect: $.gitlab.cluster.key_pair\n"

static const struct {
    const char *text;
    const char *findings; /* "" where nothing looks wrong */
} rows[] = {
    {HEAD "require: \"@ != ''\"\n", ""},
    /* conditions */
    {HEAD "require: \"'a' == 'b'\"\n",
     "rule.yaml:9:11 rule/constant: both sides are literals, so this is always the same"},
    {HEAD "require: \"@ == 'x' || 1 < 2\"\n",
     "rule.yaml:9:23 rule/constant: both sides are literals, so this is always the same"},
    {HEAD "require: \"$.gitlab.region == $.gitlab.region\"\n",
     "rule.yaml:9:11 rule/constant: both sides are the same, so this says nothing"},
    {HEAD "when: \"row('a') == row('b')\"\nforeach: [{a: 1, b: 2}]\nrequire: \"@ != ''\"\n", ""},
    {HEAD "when: \"row('a') == row('a')\"\nforeach: [{a: 1}]\nrequire: \"@ != ''\"\n",
     "rule.yaml:9:8 rule/constant: both sides are the same, so this says nothing"},
    {HEAD "require: \"@ == 'a' || @ == 'b' || @ == 'a'\"\n",
     "rule.yaml:9:35 rule/repeated: this clause stands here already"},
    {HEAD "require: \"@ == 'a' || @ == 'b' && @ == 'a'\"\n", ""},
    {BEGIN
     "title: t\nmessage: m\nselect: \"$.roles[?@.arn == @.arn]\"\nrequire: \"@.name != ''\"\n",
     "rule.yaml:8:19 rule/constant: both sides are the same, so this says nothing"},
    /* rows and facts */
    {HEAD "foreach: [{a: 1, bc: 2}]\nrequire: \"@ != row('a')\"\n",
     "rule.yaml:9:18 rule/unused-value: nothing asks for row('bc')"},
    {HEAD "foreach: [{a: 1, b: 2}, {a: 1, b: 3, c: 4}]\nrequire: \"@ != row('a')\"\nfix: "
          "\"{row(\\\"b\\\")}\"\n",
     "rule.yaml:9:38 rule/unused-value: nothing asks for row('c')"},
    {HEAD "needs: [{fact: $.gitlab.region}, {fact: $.gitlab.region}]\nrequire: \"@ != ''\"\n",
     "rule.yaml:9:34 rule/repeated: this fact is needed above already, and collected in the same "
     "way"},
    {HEAD "needs: [{fact: $.gitlab.region}, {fact: $.gitlab.region, collect: x}]\nrequire: \"@ != "
          "''\"\n",
     ""},
    /* texts */
    {BEGIN "title: {en: t, ja: j}\nmessage: m\nselect: $.gitlab.region\nrequire: \"@ != ''\"\n",
     "rule.yaml:7:10 rule/language: other texts of this rule are in Japanese, too; this is not "
     "('ja')"},
    {BEGIN "title: {en: t}\nmessage: {en: m}\nselect: $.gitlab.region\nrequire: \"@ != ''\"\n", ""},
    {BEGIN "title: {en: t, ja: j}\nmessage: {en: 'a {@} b', ja: 'c'}\nselect: "
           "$.gitlab.region\nrequire: \"@ != ''\"\n",
     "rule.yaml:7:19 rule/placeholders: the other language does not say this"},
    {BEGIN "title: {en: t, ja: j}\nmessage: {en: '{@}', ja: '{$.gitlab.region}'}\nselect: "
           "$.gitlab.region\nrequire: \"@ != ''\"\n",
     "rule.yaml:7:17 rule/placeholders: the other language does not say this\n"
     "rule.yaml:7:28 rule/placeholders: the other language does not say this"},
    {BEGIN "title: {en: t, ja: j}\nmessage: {en: \"{first_of(@, 'none')}\", ja: \"{first_of(@, "
           "'なし')}\"}\nselect: $.gitlab.region\nrequire: \"@ != ''\"\n",
     ""},
    {"id: user/x\nseverity: error\nkind: case\nif-absent: skip\ntitle: t\nmessage: m\nselect: "
     "$.gitlab.region\nrequire: \"@ != ''\"\n",
     "rule.yaml:1:5 rule/source: this rule names no source; add 'docs' with where it is "
     "documented"},
    {HEAD "symptoms: [{text: a}, {text: b}, {text: a}]\nrequire: \"@ != ''\"\n",
     "rule.yaml:9:34 rule/repeated: this symptom stands above already"},
    {HEAD "symptoms: [{text: a, until: '13.6'}, {text: a, since: '13.7'}]\nrequire: \"@ != ''\"\n",
     ""},
};

static void what_looks_wrong_is_said_where_it_stands(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct rules *rules = rules_new();
        assert_true(rules_add(rules, str_from_c(rows[i].text)));
        struct rule *rule = rules->set.slots[0].rule;
        rule_lint(&rules->set.loader, rule->tree, rule);
        struct str found = model_findings(rules->model);
        if (!str_eq(found, str_from_c(rows[i].findings))) {
            print_error("row %zu: %.*s\n", i, STR_ARG(found));
            wrong++;
        }
        rules_free(rules);
    }
    assert_int_equal(wrong, 0);
}

#define TESTS HEAD "require: \"@ != ''\"\ntests:\n"
#define FILES "{files: {a.yaml: "

static const struct {
    const char *text;
    const char *findings;
} test_rows[] = {
    {TESTS "  - passes: {gitlab: {cluster: {key_pair: x}}, roles: [{name: x}]}\n", ""},
    {TESTS "  - passes: {gitlab: {cluster: {key_pair: x}, regoin: y}}\n",
     "rule.yaml:11:47 rule/test-key: unknown key 'regoin'; did you mean 'region'?"},
    /* shared by two tests, and in one that is wrong itself */
    {TESTS "  - passes: &x {gitlab: {cluster: {key_pair: x}, regoin: y}}\n  - passes: *x\n"
           "  - fails: {role: []}\n    at: $.roles\n",
     "rule.yaml:11:50 rule/test-key: unknown key 'regoin'; did you mean 'region'?\n"
     "rule.yaml:13:13 rule/test-key: unknown key 'role'; did you mean 'roles'?"},
    {TESTS "  - passes: {gitlab: {region: 5, cluster: !unknown ''}}\n", ""},
    /* in the files of a case: a text, a document in its place, a format of somebody else's */
    {TESTS "  - passes: " FILES
           "\"apiVersion: ekslint/v1\\nkind: GitLabEKSIntegration\\nregoin: x\\n\"}}\n",
     "rule.yaml:11:83 rule/test-key: unknown key 'regoin'; did you mean 'region'?"},
    {TESTS "  - passes: " FILES
           "{apiVersion: ekslint/v1, kind: GitLabEKSIntegration, cluster: {vcp: 1}}}}\n",
     "rule.yaml:11:93 rule/test-key: unknown key 'vcp'; did you mean 'vpc'?"},
    {TESTS "  - passes: " FILES "{KeyPairs: [{KeyPairNmae: x}]}}}\n", ""},
    /* a policy may have what IAM does not know: rules are about that */
    {"id: user/x\nseverity: error\nkind: iam-policy\nif-absent: skip\ndocs: [x]\ntitle: t\n"
     "message: m\nselect: $\nrequire: \"@.Version != ''\"\ntests:\n"
     "  - passes: {Statment: [], Version: a}\n",
     ""},
    /* 20 nodes and three levels of asking each of all */
    {"id: user/x\nseverity: error\nkind: iam-policy\nif-absent: skip\ndocs: [x]\ntitle: t\n"
     "message: m\nselect: $\n"
     "require: count($..*[?count($..*[?count($..*[?count($..*) > 1]) > 1]) > 1]) < 2\ntests:\n"
     "  - passes: {Statement: []}\n"
     "  - unknown: {Statement: {Action: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]}}\n",
     "rule.yaml:12:5 rule/budget: the steps of the rule run out on this document, as they would on "
     "a user's like it: it is then undecided; ask less of each node"},
};

static void lint_tests_of(struct rules *rules, struct rule *rule)
{
    struct arena part = {0};
    struct trials trials = {.loader = &rules->set.loader,
                            .scratch = &rules->model->scratch,
                            .part = &part,
                            .tree = rule->tree};
    trials_read(&trials, rule);
    rule_lint_tests(&trials, rule);
    arena_release(&part);
}

static void what_looks_wrong_in_tests_is_said_where_it_stands(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(test_rows); i++) {
        struct rules *rules = rules_new();
        assert_true(rules_add(rules, str_from_c(test_rows[i].text)));
        lint_tests_of(rules, rules->set.slots[0].rule);
        struct str found = model_findings(rules->model);
        if (!str_eq(found, str_from_c(test_rows[i].findings))) {
            print_error("row %zu: %.*s\n", i, STR_ARG(found));
            wrong++;
        }
        rules_free(rules);
    }
    assert_int_equal(wrong, 0);
}

/* A rule that fires at a name that nobody knows is tested with one. */
static void a_name_that_the_rule_fires_at_is_wanted(void **state)
{
    (void)state;
    struct rules *rules = rules_new();
    assert_true(rules_add(
        rules,
        STR(BEGIN "title: t\nmessage: m\nselect: $.gitlab[*]\nrequire: \"@ != 'x'\"\ntests:\n"
                  "  - fails: {gitlab: {regoin: x, clustr: y}}\n")));
    lint_tests_of(rules, rules->set.slots[0].rule);
    assert_str_equal(
        model_findings(rules->model),
        STR("rule.yaml:11:33 rule/test-key: unknown key 'clustr'; did you mean 'cluster'?"));
    rules_free(rules);
}

static void nothing_looks_wrong_in_the_built_in_rules(void **state)
{
    (void)state;
    struct rules *rules = rules_new();
    for (size_t i = 0; i < builtin_rules.count; i++) {
        struct str id = builtin_text(&builtin_rules, builtin_rules.rows[i].id);
        struct str text = builtin_text(&builtin_rules, builtin_rules.rows[i].yaml);
        assert_true(ruleset_add(&rules->set, sources_add(&rules->model->sources, id, text)));
        struct rule *rule = ruleset_find(&rules->set, id)->rule;
        rule_lint(&rules->set.loader, rule->tree, rule);
    }
    assert_str_equal(model_findings(rules->model), (struct str){0});
    rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_looks_wrong_is_said_where_it_stands),
        cmocka_unit_test(what_looks_wrong_in_tests_is_said_where_it_stands),
        cmocka_unit_test(a_name_that_the_rule_fires_at_is_wanted),
        cmocka_unit_test(nothing_looks_wrong_in_the_built_in_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
