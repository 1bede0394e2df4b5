/* SPDX-License-Identifier: MIT */
/* Verdicts of steps. Rules count by their outcome, so that a finding dropped for want of room does too. */
#include "rule/diagnosis.h"

struct str stage_outcome_name(enum stage_outcome outcome)
{
    static const struct str names[STAGE_OUTCOME_COUNT] = {
        [STAGE_PASSES] = STR_INIT("passes"),
        [STAGE_FAILS] = STR_INIT("fails"),
        [STAGE_UNKNOWN] = STR_INIT("unknown"),
    };
    return names[outcome];
}

static bool is_error_of(const struct finding *finding, const struct stage *stage)
{
    return finding->severity == SEVERITY_ERROR && str_eq(finding->stage, stage->id);
}

static void gather(struct arena *arena, const struct results *results,
                   struct stage_verdict *verdict)
{
    const struct stage *stage = verdict->stage;
    const struct findings *findings = results->findings;
    const struct undecided_list *undecided = &results->undecided;
    size_t errors = 0;
    size_t unknown = 0;
    for (size_t i = 0; i < findings->count; i++) {
        errors += is_error_of(&findings->items[i], stage);
    }
    for (size_t i = 0; i < undecided->count; i++) {
        unknown += str_eq(undecided->items[i].stage, stage->id);
    }
    verdict->errors = arena_array(arena, const struct finding *, errors);
    verdict->unknown = arena_array(arena, const struct undecided *, unknown);
    /* Findings come by place; those that the flow names go first. */
    for (size_t rank = 0; rank <= stage->first_count && errors; rank++) {
        for (size_t i = 0; i < findings->count; i++) {
            const struct finding *finding = &findings->items[i];
            if (is_error_of(finding, stage) && stage_rank(stage, finding->rule) == rank) {
                verdict->errors[verdict->error_count++] = finding;
            }
        }
    }
    for (size_t i = 0; i < undecided->count; i++) {
        if (str_eq(undecided->items[i].stage, stage->id)) {
            verdict->unknown[verdict->unknown_count++] = &undecided->items[i];
        }
    }
}

static void gather_suppressed(struct arena *arena, const struct suppressed_list *list,
                              struct stage_verdict *verdict)
{
    verdict->suppressed = arena_array(arena, const struct suppressed *, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (is_error_of(&list->items[i].finding, verdict->stage)) {
            verdict->suppressed[verdict->suppressed_count++] = &list->items[i];
        }
    }
}

static enum stage_outcome decide(const struct rule_result *rules, size_t count,
                                 struct stage_verdict *verdict)
{
    bool undecided = verdict->unknown_count > 0;
    bool failed = verdict->error_count + verdict->suppressed_count > 0;
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(rules[i].stage, verdict->stage->id)) {
            continue;
        }
        verdict->evaluated = verdict->evaluated || rules[i].outcome != OUTCOME_NOT_APPLICABLE;
        undecided = undecided || rules[i].outcome == OUTCOME_UNKNOWN;
        failed =
            failed || (rules[i].outcome == OUTCOME_FAIL && rules[i].severity == SEVERITY_ERROR);
    }
    if (failed) {
        return STAGE_FAILS;
    }
    return undecided || !verdict->evaluated ? STAGE_UNKNOWN : STAGE_PASSES;
}

void diagnosis_decide(struct arena *arena, const struct flow_steps *steps,
                      const struct rule_result *rules, size_t rule_count,
                      const struct results *results, struct diagnosis *diagnosis)
{
    *diagnosis = (struct diagnosis){.steps = steps};
    diagnosis->stages = arena_array(arena, struct stage_verdict, steps->count);
    for (size_t i = 0; i < steps->count; i++) {
        struct stage_verdict *verdict = &diagnosis->stages[i];
        verdict->stage = &steps->items[i];
        verdict->reached = !diagnosis->stop;
        gather(arena, results, verdict);
        gather_suppressed(arena, &results->suppressed, verdict);
        verdict->outcome = decide(rules, rule_count, verdict);
        verdict->excused = verdict->outcome == STAGE_FAILS && verdict->error_count == 0 &&
                           verdict->suppressed_count > 0 && results->findings->dropped == 0;
        if (verdict->outcome == STAGE_FAILS && !diagnosis->stop) {
            diagnosis->stop = verdict;
        }
    }
}

struct str diagnosis_error_text(const struct finding *error)
{
    for (size_t i = 0; i < error->symptom_count; i++) {
        if (str_trim(error->symptoms[i]).len) {
            return error->symptoms[i];
        }
    }
    return error->message;
}
