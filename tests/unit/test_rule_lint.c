/* SPDX-License-Identifier: MIT */
/* What looks wrong in a rule that loads; and that nothing does in the built-in ones. */
#include "rule_world.h"

#include "rule/builtin.h"
#include "rule/lint.h"

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
        cmocka_unit_test(nothing_looks_wrong_in_the_built_in_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
