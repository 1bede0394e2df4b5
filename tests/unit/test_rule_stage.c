/* SPDX-License-Identifier: MIT */
/* Flows: the built-in one, and what is said of a wrong one. */
#include "model_world.h"
#include "support.h"

#include "rule/builtin.h"
#include "rule/ruleset.h"

#define HEAD "flow: f\ntitle: {en: t, ja: t}\nprincipals: [{id: me, title: {en: me, ja: me}}]\n"
#define STAGE(id, more)                                                                            \
    "  - {id: " id ", title: {en: t, ja: t}, happens: {en: h, ja: h}, " more "calls: ["
#define END "]}\n"
#define CALL(who, what) "{principal: " who ", actions: [" what "], for: {en: x, ja: x}}"

static void what_is_wrong_with_a_flow_is_said_at_its_place(void **state)
{
    static const struct {
        const char *text, *findings;
    } rows[] = {
        {HEAD "stages:\n" STAGE("a", "first: [x/y], ") CALL("me", "'sts:AssumeRole'") END, ""},
        {HEAD "stages:\n" STAGE("a", "") END STAGE("a", "") END,
         "f.yaml:6:10 flow/id: 'a' is the id of an earlier stage already"},
        {HEAD "stages:\n" STAGE("A", "") END,
         "f.yaml:5:10 flow/id: 'A' is no id; use lower-case letters, digits and dashes"},
        {HEAD "stages:\n" STAGE("a", "") CALL("you", "") END,
         "f.yaml:5:81 flow/principal: 'you' is none of the principals of this flow"},
        {HEAD "stages:\n" STAGE("a", "") CALL("me", "'ec2:Describe*'") END,
         "f.yaml:5:95 flow/action: 'ec2:Describe*' is no IAM action; write service:Action"},
        {HEAD "stages:\n" STAGE("a", "cals: [], ") END,
         "f.yaml:5:61 schema/unknown-key: unknown key 'cals'; did you mean 'calls'?"},
        {HEAD "stages: []\n", "f.yaml:4:9 schema/wrong-value: expected at least 1 elements"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct model *model = model_new();
        struct flow_steps steps;
        struct source *source =
            sources_add(&model->sources, STR("f.yaml"), str_from_c(rows[i].text));
        struct tree *tree = arena_new(&model->arena, struct tree);
        struct builder builder = {0};
        tree_init(tree, &model->arena, &model->sources, &model->atoms);
        struct yaml_stream *stream = yaml_open(&model->arena, source, &model->findings);
        assert_int_equal(yaml_read(stream, &builder, tree), YAML_DOCUMENT);
        yaml_close(stream);
        assert_true(stages_is_flow(tree, tree->root));
        bool good =
            stages_decode(&model->arena, &model->kinds, tree, tree->root, &model->findings, &steps);
        assert_row(rows[i].text, model_findings(model), rows[i].findings);
        assert_int_equal(good, rows[i].findings[0] == '\0');
        builder_release(&builder);
        model_free(model);
    }
}

static void the_built_in_flow_has_the_steps_of_the_contract(void **state)
{
    static const char *const ids[] = {"configure-instance", "authenticate", "load-form",
                                      "submit-form",        "create-stack", "create-resources",
                                      "finalize",           "deploy"};
    (void)state;
    struct model *model = model_new();
    struct rule_loader loader = {
        .arena = &model->arena,
        .sources = &model->sources,
        .atoms = &model->atoms,
        .kinds = &model->kinds,
        .findings = &model->findings,
    };
    struct ruleset set;
    ruleset_init(&set, &loader, &builtin_rules);
    const struct flow_steps *steps = ruleset_steps(&set);
    assert_non_null(steps);
    assert_ptr_equal(ruleset_steps(&set), steps);
    assert_str_equal(steps->id, STR("gitlab-eks"));
    assert_int_equal(steps->count, COUNT_OF(ids));
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        const struct stage *stage = &steps->items[i];
        assert_str_equal(stage->id, str_from_c(ids[i]));
        assert_ptr_equal(stages_find(steps, str_from_c(ids[i])), stage);
        for (size_t language = 0; language < LANGUAGE_COUNT; language++) {
            assert_true(stage->title[language].len && stage->happens[language].len);
        }
        assert_false(str_eq(stage->happens[LANGUAGE_EN], stage->happens[LANGUAGE_JA]));
    }
    assert_str_equal(stages_nearest(steps, STR("load-from")), STR("load-form"));
    assert_null(stages_find(steps, STR("load-from")));
    ruleset_release(&set);
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_with_a_flow_is_said_at_its_place),
        cmocka_unit_test(the_built_in_flow_has_the_steps_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
