/* SPDX-License-Identifier: MIT */
/* The text of a diagnosis: what it says of the flow as a whole, and that nothing in it is forged. */
#include "report_world.h"

enum { STEPS = 3 };

/* One letter a step: p, f or u. */
static struct str write_diagnosis(struct world *world, const char *outcomes)
{
    static struct stage stages[STEPS];
    static const struct flow_steps steps = {.items = stages, .count = STEPS};
    struct stage_verdict *verdicts = arena_array(&world->arena, struct stage_verdict, STEPS);
    struct diagnosis diagnosis = {.steps = &steps, .stages = verdicts, .has_settings = true};
    for (size_t i = 0; i < STEPS; i++) {
        enum stage_outcome outcome = outcomes[i] == 'p'   ? STAGE_PASSES
                                     : outcomes[i] == 'f' ? STAGE_FAILS
                                                          : STAGE_UNKNOWN;
        verdicts[i] = (struct stage_verdict){
            .stage = &stages[i], .outcome = outcome, .reached = !diagnosis.stop, .evaluated = true};
        if (outcome == STAGE_FAILS && !diagnosis.stop) {
            diagnosis.stop = &verdicts[i];
        }
    }
    world->report.diagnosis = &diagnosis;
    buf_release(&world->out);
    world->out = buf_with_max(1 << 20);
    report_find_diagnosis(STR("text"))->write(&world->report, &world->out);
    world->report.diagnosis = NULL;
    return buf_str(&world->out);
}

static void it_says_where_the_flow_stops_as_far_as_that_is_certain(void **state)
{
    static const struct {
        const char *outcomes, *says;
    } rows[] = {
        {"ppp", "Every step passes."},
        {"pup", "No step fails as far as the files tell, and 1 is unknown."},
        {"uup", "No step fails as far as the files tell, and 2 are unknown."},
        {"pfp", "It stops at step 2:"},
        {"fuu", "It stops at step 1:"},
        {"pfu", "It stops at step 2:"},
        {"ufp", "It stops at step 2 at the latest:"},
        {"puf", "It stops at step 3 at the latest:"},
    };
    (void)state;
    struct world *world = world_new();
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str text = write_diagnosis(world, rows[i].outcomes);
        if (str_find(text, str_from_c(rows[i].says)) == text.len) {
            fail_msg("%s: no '%s' in\n%.*s", rows[i].outcomes, rows[i].says, STR_ARG(text));
        }
        bool waits = str_find(text, STR("(not reached)")) < text.len;
        assert_int_equal(waits, strchr(rows[i].outcomes, 'f') && rows[i].outcomes[2] != 'f');
    }
    world_free(world);
}

static void undecided_rules_are_grouped_by_what_they_lack(void **state)
{
    (void)state;
    struct world *world = world_new();
    place_at(world, STR("x.yaml"), STR("region: x\n"), 0, 1);
    add_undecided(world, STR("r/a"), STR("aws x describe-y"));
    add_undecided(world, STR("r/b"), STR("aws x describe-y"));
    add_undecided(world, STR("r/a"), STR("aws x describe-y"));
    add_undecided(world, STR("r/c"), STR("aws x \x1B[2J"));
    add_undecided(world, STR("r/d"), (struct str){0});
    struct str text = write_diagnosis(world, "ppu");
    static const char wanted[] = "    [r/a]\n    [r/b]\n      aws x describe-y\n"
                                 "    [r/c]\n      aws x \\x1B[2J\n"
                                 "    [r/d]\n      missing: $.regions[*].key_pairs\n";
    if (str_find(text, str_from_c(wanted)) == text.len) {
        fail_msg("%.*s", STR_ARG(text));
    }
    world_free(world);
}

static void many_things_that_lack_are_cut_and_counted(void **state)
{
    (void)state;
    struct world *world = world_new();
    place_at(world, STR("x.yaml"), STR("region: x\n"), 0, 1);
    for (int i = 0; i < 25; i++) {
        add_undecided(world, STR("r/a"), arena_format(&world->arena, "aws x describe-%d", i));
    }
    struct str text = write_diagnosis(world, "ppu");
    assert_true(str_find(text, STR("aws x describe-19\n")) < text.len);
    assert_true(str_find(text, STR("aws x describe-20\n")) == text.len);
    assert_true(str_find(text, STR("and 5 more; --format json has all")) < text.len);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_where_the_flow_stops_as_far_as_that_is_certain),
        cmocka_unit_test(undecided_rules_are_grouped_by_what_they_lack),
        cmocka_unit_test(many_things_that_lack_are_cut_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
