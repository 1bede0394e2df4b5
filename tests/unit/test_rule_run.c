/* SPDX-License-Identifier: MIT */
/* Running rules: pass, fail, not applicable or unknown, and what is said of it. */
#include "rule_world.h"

static const struct str spent = STR_INIT(
    "the rule's step budget ran out (limit 'node-steps'; --limit node-steps=N raises it, to "
    "1000000 steps at most)");

#define HEAD "id: user/x\nseverity: error\nkind: case\ntitle: t\n"
#define KEY_PAIR "select: $.gitlab.cluster.key_pair\n"
#define NAMED "require: \"@ == 'ops'\"\nmessage: \"{@}\"\n"
#define SKIP "if-absent: skip\n"
#define GIVEN "{gitlab: {region: r, cluster: {key_pair: ops}}}"
#define OTHER "{gitlab: {region: r, cluster: {key_pair: dev}}}"
#define ABSENT "{gitlab: {region: r, cluster: {name: x}}}"
#define UNKNOWN "{gitlab: {region: r, cluster: {key_pair: !unknown ''}}}"
#define HIDDEN "{gitlab: {region: r, cluster: !unknown ''}}"
#define CANNOT "a value that it depends on cannot be known from the files"

struct row {
    const char *rule, *tree;
    const char *said;
};

static const struct row absence[] = {
    {HEAD KEY_PAIR NAMED SKIP, GIVEN, "pass"},
    {HEAD KEY_PAIR NAMED SKIP, OTHER, "fail\n1:42 dev"},
    {HEAD KEY_PAIR NAMED SKIP, ABSENT, "not applicable"},
    {HEAD KEY_PAIR NAMED "if-absent: fail\n", ABSENT, "fail\n1:31 {…}"},
    {HEAD KEY_PAIR NAMED "if-absent: unknown\n", ABSENT, "unknown\n1:31 ?  /  / " CANNOT},
    {HEAD KEY_PAIR NAMED SKIP, "{}", "not applicable"},
    {HEAD KEY_PAIR NAMED "if-absent: fail\n", "{}", "fail\n1:1 {…}"},
    {HEAD KEY_PAIR NAMED "if-absent: fail\n", "x", "fail\n1:1 x"},
    {HEAD KEY_PAIR NAMED SKIP, UNKNOWN, "unknown\n1:51 ?  /  / " CANNOT},
    /* Whether it is absent is not known: that is no absence. */
    {HEAD KEY_PAIR NAMED SKIP, HIDDEN, "unknown\n1:40 ?  /  / " CANNOT},
    {HEAD KEY_PAIR NAMED "if-absent: fail\n", HIDDEN, "unknown\n1:40 ?  /  / " CANNOT},
    {HEAD KEY_PAIR NAMED SKIP, "!unknown ''", "unknown\n1:10 ?  /  / " CANNOT},
    /* Some are known, and there may be more. */
    {HEAD "select: $.gitlab.cluster.subnets[*]\n" NAMED SKIP,
     "{gitlab: {cluster: {subnets: [ops, !unknown '', dev]}}}",
     "fail\n1:49 dev\n1:45 ?  /  / " CANNOT},
};

static const struct row conditions[] = {
    {HEAD KEY_PAIR NAMED SKIP "when: $.gitlab.region == 'r'\n", OTHER, "fail\n1:42 dev"},
    {HEAD KEY_PAIR NAMED SKIP "when: $.gitlab.region == 's'\n", OTHER, "not applicable"},
    {HEAD KEY_PAIR NAMED SKIP "when: '@ == ''x'''\n", OTHER, "not applicable"},
    {HEAD KEY_PAIR NAMED "if-absent: fail\nwhen: $.gitlab.region == 'r'\n", ABSENT,
     "fail\n1:31 {…}"},
    {HEAD KEY_PAIR NAMED "if-absent: fail\nwhen: $.gitlab.region == 's'\n", ABSENT,
     "not applicable"},
    /* Where it is not certain that the rule applies, only a pass is certain. */
    {HEAD KEY_PAIR NAMED SKIP "when: $.gitlab.region == 'r'\n",
     "{gitlab: {region: !unknown '', cluster: {key_pair: dev}}}", "unknown\n1:52 ?  /  / " CANNOT},
    {HEAD KEY_PAIR NAMED SKIP "when: $.gitlab.region == 'r'\n",
     "{gitlab: {region: !unknown '', cluster: {key_pair: ops}}}", "pass"},
    {HEAD KEY_PAIR NAMED "if-absent: fail\nwhen: $.gitlab.region == 'r'\n",
     "{gitlab: {region: !unknown '', cluster: {}}}", "unknown\n1:41 ?  /  / " CANNOT},
    /* The rule does not apply, so what it would look at need not be known. */
    {HEAD KEY_PAIR NAMED SKIP "when: $.gitlab.region == 's'\n", HIDDEN, "not applicable"},
    {HEAD KEY_PAIR NAMED SKIP "when: '@ == ''x'''\n", HIDDEN, "unknown\n1:40 ?  /  / " CANNOT},
    /* Kleene: what is unknown does not matter where the rest decides. */
    {HEAD KEY_PAIR "require: $.gitlab.region == 'r' && @ == 'ops'\nmessage: m\n" SKIP,
     "{gitlab: {region: !unknown '', cluster: {key_pair: dev}}}", "fail\n1:52 m"},
    {HEAD KEY_PAIR "require: $.gitlab.region == 'r' || @ == 'ops'\nmessage: m\n" SKIP,
     "{gitlab: {region: !unknown '', cluster: {key_pair: ops}}}", "pass"},
    {HEAD KEY_PAIR "require: '!($.gitlab.region == ''r'')'\nmessage: m\n" SKIP,
     "{gitlab: {region: !unknown '', cluster: {key_pair: ops}}}", "unknown\n1:52 ?  /  / " CANNOT},
};

#define FACT "needs: [{fact: '$.regions[0].key_pairs', collect: 'aws {@}'}]\n"
#define LINKED                                                                                     \
    HEAD KEY_PAIR SKIP "require: in(@, $.regions[0].key_pairs[*].name)\nmessage: m\n" FACT
#define UNLINKED HEAD KEY_PAIR SKIP "require: '@ == ''ops'''\nmessage: m\n" FACT

static const struct row needs[] = {
    {LINKED, "{gitlab: {cluster: {key_pair: ops}}, regions: [{key_pairs: [{name: ops}]}]}", "pass"},
    {LINKED, "{gitlab: {cluster: {key_pair: ops}}, regions: [{key_pairs: []}]}", "fail\n1:31 m"},
    {LINKED, "{gitlab: {cluster: {key_pair: ops}}}",
     "unknown\n1:31 ? $.regions[0].key_pairs / aws ops / "},
    {LINKED, "{gitlab: {cluster: {key_pair: ops}}, regions: [{key_pairs: !unknown ''}]}",
     "unknown\n1:31 ? $.regions[0].key_pairs / aws ops / "},
    /* The list goes on: what would tell is the same command. */
    {LINKED, "{gitlab: {cluster: {key_pair: ops}}, regions: [{key_pairs: [!unknown '']}]}",
     "unknown\n1:31 ? $.regions[0].key_pairs / aws ops / "},
    /* A fact that no query of the rule begins with is needed all the same. */
    {UNLINKED, "{gitlab: {cluster: {key_pair: ops}}, regions: [{key_pairs: []}]}", "pass"},
    {UNLINKED, "{gitlab: {cluster: {key_pair: ops}}}",
     "unknown\n1:31 ? $.regions[0].key_pairs / aws ops / "},
    /* What is not needed for the answer is not asked for. */
    {LINKED "when: $.gitlab.region\n", "{gitlab: {cluster: {key_pair: ops}}}", "not applicable"},
    {HEAD KEY_PAIR SKIP "require: \"@ == 'ops' || in(@, $.regions[0].key_pairs[*].name)\"\n"
                        "message: m\n" FACT,
     "{gitlab: {cluster: {key_pair: ops}}}", "pass"},
    /* Absent, and the condition depends on what is missing. */
    {HEAD KEY_PAIR NAMED "if-absent: fail\nwhen: $.regions[0].key_pairs[0]\n" FACT,
     "{gitlab: {cluster: {name: x}}}", "unknown\n1:20 ? $.regions[0].key_pairs / aws '{…}' / "},
};

static const struct row rows_and_this[] = {
    {HEAD KEY_PAIR SKIP "foreach: [{a: ops}, {a: dev}]\nrequire: \"@ == row('a')\"\n"
                        "message: \"{row('a')}\"\n",
     GIVEN, "fail\n1:42 dev"},
    {HEAD KEY_PAIR SKIP "foreach: [{a: 1}, {a: true}]\nrequire: \"row('a') == 1\"\n"
                        "message: \"{row('a')}\"\n",
     GIVEN, "fail\n1:42 true"},
    /* A `when` that is the same for all rows is asked before them; one that has a row, for each. */
    {HEAD KEY_PAIR SKIP "foreach: [{a: x}, {a: dev}]\nwhen: $.gitlab.region == 's'\n"
                        "require: \"@ == row('a')\"\nmessage: m\n",
     OTHER, "not applicable"},
    {HEAD KEY_PAIR SKIP "foreach: [{a: x}, {a: dev}]\nwhen: $.gitlab.region == 'r'\n"
                        "require: \"@ == row('a')\"\nmessage: \"{row('a')}\"\n",
     OTHER, "fail\n1:42 x"},
    {HEAD KEY_PAIR SKIP "foreach: [{a: x}, {a: y}]\nwhen: \"row('a') == 'y'\"\n"
                        "require: \"@ == row('a')\"\nmessage: \"{row('a')}\"\n",
     OTHER, "fail\n1:42 y"},
    {HEAD KEY_PAIR SKIP "foreach: [{a: x}, {a: dev}]\nwhen: $.gitlab.region == 'r'\n"
                        "require: \"@ == row('a')\"\nmessage: m\n",
     "{gitlab: {region: !unknown '', cluster: {key_pair: dev}}}", "unknown\n1:52 ?  /  / " CANNOT},
    {HEAD KEY_PAIR SKIP "require: $.regions[?@.name == this()]\nmessage: \"{this()}\"\n",
     "{gitlab: {cluster: {key_pair: ops}}, regions: [{name: ops}]}", "pass"},
    {HEAD KEY_PAIR SKIP "require: $.regions[?in(this(), @.key_pairs[?@.name == this()].name)]\n"
                        "message: \"{this()}\"\n",
     "{gitlab: {cluster: {key_pair: ops}}, regions: [{key_pairs: [{name: dev}]}]}",
     "fail\n1:31 ops"},
    /* Where it points: the first node of `point-at`, else the judged one. */
    {HEAD KEY_PAIR SKIP NAMED "point-at: $.regions[?@.name == this()].name\n",
     "{gitlab: {cluster: {key_pair: dev}}, regions: [{name: x}, {name: dev}]}", "fail\n1:66 dev"},
    {HEAD KEY_PAIR SKIP NAMED "point-at: $.regions[0].name\n", OTHER, "fail\n1:42 dev"},
};

static void check(const struct row *rows, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct rules *rules = rules_new();
        if (!rules_add(rules, str_from_c(rows[i].rule))) {
            fail_msg("%.*s", STR_ARG(model_findings(rules->model)));
        }
        const struct tree *tree = model_tree(rules->model, rows[i].tree);
        struct str said = rules_said(rules, rules_run(rules, tree));
        if (!str_eq(said, str_from_c(rows[i].said))) {
            print_error("%s%s\n  says\n%.*s\n  not\n%s\n", rows[i].rule, rows[i].tree,
                        STR_ARG(said), rows[i].said);
            wrong++;
        }
        rules_free(rules);
    }
    assert_int_equal(wrong, 0);
}

static void an_empty_selection_means_what_the_rule_says(void **state)
{
    (void)state;
    check(absence, COUNT_OF(absence));
}

static void a_condition_decides_whether_the_rule_applies(void **state)
{
    (void)state;
    check(conditions, COUNT_OF(conditions));
}

static void missing_facts_make_a_rule_undecided(void **state)
{
    (void)state;
    check(needs, COUNT_OF(needs));
}

static void rows_and_the_judged_node_reach_into_filters(void **state)
{
    (void)state;
    check(rows_and_this, COUNT_OF(rows_and_this));
}

/* What does not depend on the judged node is asked once, however many nodes there are. */
static void a_question_about_the_whole_is_asked_once(void **state)
{
    (void)state;
    struct rules *rules = rules_new();
    assert_true(rules_add(rules, STR(HEAD SKIP "select: $.gitlab.cluster.subnets[*]\n"
                                               "require: '!in(''x'', $..*)'\nmessage: m\n")));
    struct buf text = buf_with_max(1 << 20);
    buf_add_c(&text, "{gitlab: {cluster: {subnets: [");
    for (int i = 0; i < 3000; i++) {
        buf_add_c(&text, "a, ");
    }
    buf_add_c(&text, "a]}}}");
    buf_add_char(&text, '\0');
    assert_int_equal(rules_run(rules, model_tree(rules->model, text.ptr)), OUTCOME_PASS);
    buf_release(&text);
    rules_free(rules);
}

/*
 * Every node is compared with every other: more than the budget, which is linear in the document,
 * allows.
 */
static void a_rule_that_runs_out_of_steps_is_undecided_once(void **state)
{
    (void)state;
    struct rules *rules = rules_new();
    assert_true(rules_add(rules, STR(HEAD SKIP "select: $.gitlab.cluster.subnets[*]\n"
                                               "require: '!in(@, $..x)'\nmessage: m\n"
                                               "needs: [{fact: $.gitlab}]\n")));
    struct buf text = buf_with_max(1 << 20);
    buf_add_c(&text, "{gitlab: {cluster: {subnets: [");
    for (int i = 0; i < 3000; i++) {
        buf_add_c(&text, "a, ");
    }
    buf_add_c(&text, "a]}}}");
    buf_add_char(&text, '\0');
    const struct tree *tree = model_tree(rules->model, text.ptr);
    assert_int_equal(rules_run(rules, tree), OUTCOME_UNKNOWN);
    assert_int_equal(rules->findings.count, 0);
    assert_int_equal(rules->undecided.count, 1);
    assert_str_equal(rules->undecided.items[0].rule, STR("user/x"));
    assert_str_equal(rules->undecided.items[0].reason, spent);
    buf_release(&text);
    rules_free(rules);
}

/*
 * A document may hold patterns, and the texts that they are matched with: together more than any
 * budget.
 */
static void patterns_of_a_document_are_paid_for(void **state)
{
    static const char *const requirements[] = {
        "like($.gitlab.region, $.gitlab.cluster.name)",
        "allows($.roles[0], 'sts:AssumeRole', $.gitlab.region)",
        "trusts($.roles[0], '111122223333', 'sts:AssumeRole', $.gitlab.region)",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(requirements); i++) {
        struct rules *rules = rules_new();
        struct buf yaml = buf_with_max(1 << 20);
        buf_add_c(&yaml, "{gitlab: {region: ");
        buf_add_repeat(&yaml, 'a', 20000);
        buf_add_c(&yaml, ", cluster: {name: &p '*");
        buf_add_repeat(&yaml, 'a', 10000);
        buf_add_c(&yaml, "b'}}, roles: [{managed_policies: [], policies: [{Statement: [{Effect: "
                         "Allow, Action: ['*'], Resource: [*p]}]}], trust_policy: {Statement: "
                         "[{Effect: Allow, Action: ['*'], Principal: {AWS: ['*']}, Condition: "
                         "{StringLike: {'sts:ExternalId': [*p]}}}]}}]}");
        buf_add_char(&yaml, '\0');
        struct str rule =
            arena_format(&rules->model->arena, HEAD SKIP "select: $\nmessage: m\nrequire: %s\n",
                         requirements[i]);
        assert_true(rules_add(rules, rule));
        assert_int_equal(rules_run(rules, model_tree(rules->model, yaml.ptr)), OUTCOME_UNKNOWN);
        assert_str_equal(rules->undecided.items[0].reason, spent);
        buf_release(&yaml);
        rules_free(rules);
    }
}

static void a_fingerprint_is_of_the_value_and_not_of_the_line(void **state)
{
    static const struct {
        const char *tree;
        bool same;
    } trees[] = {
        {OTHER, true},
        {"\n\n\n{region: s, gitlab: {cluster: {x: 1, key_pair: dev}}}", true},
        {"{gitlab: {cluster: {key_pair: other}}}", false},
    };
    (void)state;
    struct rules *rules = rules_new();
    assert_true(rules_add(rules, STR(HEAD KEY_PAIR NAMED SKIP)));
    for (size_t i = 0; i < COUNT_OF(trees); i++) {
        assert_int_equal(rules_run(rules, model_tree(rules->model, trees[i].tree)), OUTCOME_FAIL);
        assert_int_equal(
            str_eq(rules->findings.items[i].fingerprint, rules->findings.items[0].fingerprint),
            trees[i].same);
    }
    rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_selection_means_what_the_rule_says),
        cmocka_unit_test(a_condition_decides_whether_the_rule_applies),
        cmocka_unit_test(missing_facts_make_a_rule_undecided),
        cmocka_unit_test(rows_and_the_judged_node_reach_into_filters),
        cmocka_unit_test(a_question_about_the_whole_is_asked_once),
        cmocka_unit_test(a_rule_that_runs_out_of_steps_is_undecided_once),
        cmocka_unit_test(patterns_of_a_document_are_paid_for),
        cmocka_unit_test(a_fingerprint_is_of_the_value_and_not_of_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
