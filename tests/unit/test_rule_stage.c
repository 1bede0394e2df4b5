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

static const struct flow_row {
    const char *id;
    const char *stages[STAGES_MAX + 1];
} flow_rows[] = {
    {"eks", {"create-cluster", "join-nodes", "identity", "storage", "load-balancing", "access"}},
    {"gitlab-eks",
     {"configure-instance", "authenticate", "load-form", "submit-form", "create-stack",
      "create-resources", "finalize", "deploy"}},
};

static void assert_flow(const struct flows *flows, size_t number)
{
    const struct flow_row *row = &flow_rows[number];
    const struct flow_steps *steps = flows_find(flows, str_from_c(row->id));
    assert_ptr_equal(steps, &flows->items[number]);
    size_t count = 0;
    for (; row->stages[count]; count++) {
        const struct stage *stage = &steps->items[count];
        size_t place = 0;
        assert_str_equal(stage->id, str_from_c(row->stages[count]));
        assert_ptr_equal(stages_find(steps, stage->id), stage);
        assert_ptr_equal(flows_find_stage(flows, stage->id, &place), stage);
        assert_int_equal(place, number * STAGES_MAX + count);
        for (size_t language = 0; language < LANGUAGE_COUNT; language++) {
            assert_true(stage->title[language].len && stage->happens[language].len);
        }
        assert_false(str_eq(stage->happens[LANGUAGE_EN], stage->happens[LANGUAGE_JA]));
    }
    assert_int_equal(steps->count, count);
}

static void the_built_in_flows_have_the_steps_of_the_contract(void **state)
{
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
    const struct flows *flows = ruleset_flows(&set);
    assert_non_null(flows);
    assert_ptr_equal(ruleset_flows(&set), flows);
    assert_int_equal(flows->count, COUNT_OF(flow_rows));
    for (size_t i = 0; i < COUNT_OF(flow_rows); i++) {
        assert_flow(flows, i);
    }
    size_t place = 0;
    assert_null(flows_find_stage(flows, STR("load-from"), &place));
    assert_int_equal(place, FLOWS_MAX * STAGES_MAX);
    assert_null(flows_find(flows, STR("gitlab")));
    assert_str_equal(flows_nearest_stage(flows, STR("load-from")), STR("load-form"));
    assert_str_equal(flows_nearest_stage(flows, STR("join-node")), STR("join-nodes"));
    ruleset_release(&set);
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_with_a_flow_is_said_at_its_place),
        cmocka_unit_test(the_built_in_flows_have_the_steps_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
