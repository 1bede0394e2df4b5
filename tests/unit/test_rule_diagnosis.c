/* SPDX-License-Identifier: MIT */
/* What each step comes to, from what its rules came to. */
#include "support.h"

#include "rule/diagnosis.h"

enum { RULES_MAX = 4 };

struct row {
    const char *what;
    struct rule_result rules[RULES_MAX];
    const char *expected; /* of the steps a, b, c: p, f or u; upper case where it is not reached */
};

#define OF(stage, severity, outcome)                                                               \
    {                                                                                              \
        STR_INIT(stage), SEVERITY_##severity, OUTCOME_##outcome                                    \
    }

static const struct row rows[] = {
    {"nothing was run", {{{0}, SEVERITY_INFO, OUTCOME_PASS}}, "uuu"},
    {"one that passes is enough", {OF("a", ERROR, PASS)}, "puu"},
    {"a warning that passes, too", {OF("a", WARNING, PASS)}, "puu"},
    {"what does not apply is not evaluated", {OF("a", ERROR, NOT_APPLICABLE)}, "uuu"},
    {"a failure", {OF("a", ERROR, PASS), OF("a", ERROR, FAIL)}, "fUU"},
    {"a failure before the undecided", {OF("a", ERROR, UNKNOWN), OF("a", ERROR, FAIL)}, "fUU"},
    {"the undecided before a pass", {OF("a", ERROR, PASS), OF("a", WARNING, UNKNOWN)}, "uuu"},
    {"a warning never fails a step", {OF("a", WARNING, FAIL), OF("b", INFO, FAIL)}, "ppu"},
    {"the first that fails is the last reached",
     {OF("a", ERROR, PASS), OF("b", ERROR, FAIL), OF("c", ERROR, PASS)},
     "pfP"},
    {"the unknown does not stop the flow", {OF("b", ERROR, FAIL), OF("c", ERROR, FAIL)}, "ufF"},
    {"rules of another flow and of none do not count",
     {OF("d", ERROR, FAIL), OF("", ERROR, FAIL)},
     "uuu"},
};

static struct stage stages[] = {
    {.id = STR_INIT("a")}, {.id = STR_INIT("b")}, {.id = STR_INIT("c")}};
static const struct flow_steps steps = {.items = stages, .count = COUNT_OF(stages)};

static void each_step_passes_fails_or_is_unknown(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct findings findings = {.arena = &arena};
    struct results results = {.findings = &findings};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct diagnosis diagnosis;
        char got[COUNT_OF(stages) + 1] = "";
        diagnosis_decide(&arena, &steps, rows[i].rules, RULES_MAX, &results, &diagnosis);
        for (size_t s = 0; s < COUNT_OF(stages); s++) {
            const struct stage_verdict *verdict = &diagnosis.stages[s];
            char c = stage_outcome_name(verdict->outcome).ptr[0];
            got[s] = verdict->reached ? c : (char)(c - 'a' + 'A');
        }
        if (strcmp(got, rows[i].expected) != 0) {
            fail_msg("%s: %s, not %s", rows[i].what, got, rows[i].expected);
        }
        assert_true(!diagnosis.stop == !strchr(rows[i].expected, 'f'));
    }
    arena_release(&arena);
}

static void add(struct findings *findings, const char *rule, const char *stage,
                enum severity severity)
{
    struct finding finding = {
        .rule = str_from_c(rule), .stage = str_from_c(stage), .severity = severity};
    assert_non_null(findings_add(findings, &finding));
}

static void errors_come_in_the_order_in_which_the_user_meets_them(void **state)
{
    static struct str first[] = {STR_INIT("x/one"), STR_INIT("x/two")};
    static struct stage ordered[] = {{.id = STR_INIT("a"), .first = first, .first_count = 2}};
    static const struct flow_steps flow = {.items = ordered, .count = 1};
    static const char *const expected[] = {"x/one", "x/one", "x/two", "x/b", "x/a"};
    (void)state;
    struct arena arena = {0};
    struct findings findings = {.arena = &arena};
    add(&findings, "x/b", "a", SEVERITY_ERROR);
    add(&findings, "x/two", "a", SEVERITY_ERROR);
    add(&findings, "x/warning", "a", SEVERITY_WARNING);
    add(&findings, "x/one", "a", SEVERITY_ERROR);
    add(&findings, "x/other", "b", SEVERITY_ERROR);
    add(&findings, "x/a", "a", SEVERITY_ERROR);
    add(&findings, "x/one", "a", SEVERITY_ERROR);
    struct results results = {.findings = &findings};
    struct diagnosis diagnosis;
    diagnosis_decide(&arena, &flow, NULL, 0, &results, &diagnosis);
    assert_int_equal(diagnosis.stages[0].error_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_str_equal(diagnosis.stages[0].errors[i]->rule, str_from_c(expected[i]));
    }
    arena_release(&arena);
}

static void the_text_is_the_first_symptom_or_the_message(void **state)
{
    static const struct str symptoms[] = {STR_INIT(" "), STR_INIT("seen"), STR_INIT("second")};
    (void)state;
    struct finding finding = {.message = STR("what is wrong")};
    assert_str_equal(diagnosis_error_text(&finding), STR("what is wrong"));
    finding.symptoms = symptoms;
    finding.symptom_count = COUNT_OF(symptoms);
    assert_str_equal(diagnosis_error_text(&finding), STR("seen"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_passes_fails_or_is_unknown),
        cmocka_unit_test(errors_come_in_the_order_in_which_the_user_meets_them),
        cmocka_unit_test(the_text_is_the_first_symptom_or_the_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
