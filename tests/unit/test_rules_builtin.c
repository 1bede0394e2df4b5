/* SPDX-License-Identifier: MIT */
/*
 * Every built-in rule: its texts are there in both languages with a source. Its tests and its mutants
 * are run by tests/cli/rules_test.sh.
 */
#include "support.h"

#include "rule/builtin.h"
#include "rule/ruleset.h"

#include <stdio.h>

struct world {
    struct arena arena, scratch;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct kinds kinds;
    struct rule_loader loader;
    struct managed_policies managed;
};

static void world_init(struct world *w)
{
    *w = (struct world){0};
    w->findings.arena = &w->arena;
    sources_init(&w->sources, &w->arena);
    atoms_init(&w->atoms, &w->arena, NULL);
    assert_true(kinds_load(&w->kinds, &w->arena, &w->sources, &w->atoms,
                           builtin_text(&builtin_rules, builtin_rules.kinds), &w->findings));
    managed_policies_init(&w->managed, &w->arena, &w->sources, &w->atoms, &builtin_rules);
    w->loader = (struct rule_loader){.library = &w->managed.library,
                                     .arena = &w->arena,
                                     .sources = &w->sources,
                                     .atoms = &w->atoms,
                                     .kinds = &w->kinds,
                                     .findings = &w->findings};
}

static void world_release(struct world *w)
{
    builder_release(&w->loader.builder);
    arena_release(&w->scratch);
    arena_release(&w->arena);
}

static void print_problems(struct world *w)
{
    for (size_t i = 0; i < w->findings.count; i++) {
        const struct finding *finding = &w->findings.items[i];
        struct place place = sources_resolve(&w->sources, finding->at.source, finding->at.span);
        struct position at = source_position(place.source, place.span.lo);
        print_error("%.*s:%u:%u: %.*s [%.*s]\n", STR_ARG(place.source->name), at.line, at.column,
                    STR_ARG(finding->message), STR_ARG(finding->rule));
    }
}

/*
 * A text that is the same in both languages was not translated; symptoms may be English AWS texts.
 */
static void check_texts(const struct rule *rule)
{
    const struct rule_texts *texts = rule->texts;
    assert_non_null(texts);
    if (texts->title[LANGUAGE_EN].len == 0 ||
        str_eq(texts->title[LANGUAGE_EN], texts->title[LANGUAGE_JA])) {
        fail_msg("%.*s: the title wants both languages", STR_ARG(rule->id));
    }
    if (str_eq(texts->message[LANGUAGE_EN].text, texts->message[LANGUAGE_JA].text) ||
        str_eq(texts->fix[LANGUAGE_EN].text, texts->fix[LANGUAGE_JA].text)) {
        fail_msg("%.*s: message and fix want both languages", STR_ARG(rule->id));
    }
    if (texts->doc_count == 0) {
        fail_msg("%.*s: wants a source under 'docs'", STR_ARG(rule->id));
    }
    for (size_t i = 0; i < texts->symptom_count; i++) {
        if (texts->symptoms[i].source.len == 0) {
            fail_msg("%.*s: symptom %zu wants a source", STR_ARG(rule->id), i + 1);
        }
    }
}

static void test_texts_are_there_in_both_languages_with_a_source(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    struct ruleset set;
    ruleset_init(&set, &w.loader, &builtin_rules);
    ruleset_load_all(&set);
    for (size_t i = 0; i < set.count; i++) {
        assert_int_equal(set.slots[i].state, SLOT_LOADED);
        assert_non_null(ruleset_texts(&set, set.slots[i].rule));
        check_texts(set.slots[i].rule);
    }
    print_problems(&w);
    assert_int_equal(w.findings.count, 0);
    ruleset_release(&set);
    world_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_are_there_in_both_languages_with_a_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
