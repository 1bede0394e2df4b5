/* SPDX-License-Identifier: MIT */
/*
 * Every symptom of every built-in rule, pasted with its placeholders filled in, alone and within
 * other text: it leads to its own rule. Nothing is listed here, so that no rule can be forgotten.
 */
#include "engine/engine.h"
#include "support.h"

#include <stdio.h>

#define ARN "arn:aws:iam::123456789012:role/path/gitlab-eks-provision"

static void add_all_rules(ekslint *e, struct pattern_set *set)
{
    pattern_set_init(set, &e->arena);
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        assert_true(ruleset_load(&e->rules, slot));
        const struct rule_texts *symptoms = ruleset_symptoms(&e->rules, slot->rule);
        assert_non_null(symptoms);
        pattern_set_add(set, slot->rule, symptoms);
    }
    assert_true(set->count > 0);
}

/* The text as GitLab or AWS would show it. */
static void fill(const struct pattern *pattern, const char *value, struct buf *out)
{
    for (size_t i = 0; i < pattern->segment_count; i++) {
        if (pattern->segments[i].gap_before) {
            buf_add_c(out, value);
        }
        buf_add(out, pattern->segments[i].literal.text);
    }
    if (pattern->gap_behind) {
        buf_add_c(out, value);
    }
}

struct asked {
    struct pattern_set set;
    struct arena arena;
    bool good;
};

/* Is the rule of the pattern among those that fit a text so, and does none fit better? */
static bool leads_to(struct asked *asked, const struct pattern *pattern, struct str text,
                     enum pattern_fit fit)
{
    struct pattern_match *matches;
    size_t count = pattern_find(&asked->set, text, &asked->arena, &matches);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found = found || (matches[i].pattern->rule == pattern->rule && matches[i].fit == fit &&
                          matches[i].score == matches[0].score);
    }
    bool best = count > 0 && matches[0].fit == fit;
    arena_release(&asked->arena);
    asked->arena = (struct arena){0};
    return found && best;
}

static bool claims(struct asked *asked, const struct pattern *pattern, struct str text)
{
    struct pattern_match *matches;
    size_t count = pattern_find(&asked->set, text, &asked->arena, &matches);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found = found || (matches[i].pattern->rule == pattern->rule && matches[i].fit != FIT_NONE);
    }
    arena_release(&asked->arena);
    asked->arena = (struct arena){0};
    return found;
}

static void expect(struct asked *asked, bool holds, const struct pattern *pattern, struct str text)
{
    if (!holds) {
        print_error("%.*s: '%.*s'\n", STR_ARG(pattern->rule->id), STR_ARG(text));
        asked->good = false;
    }
}

/* Put something before and behind the text of a pattern. */
static struct str wrap(struct buf *buf, const char *before, const struct pattern *pattern,
                       const char *value, const char *behind)
{
    buf->len = 0;
    buf_add_c(buf, before);
    fill(pattern, value, buf);
    buf_add_c(buf, behind);
    return buf_str(buf);
}

/* As a whole, with short and long values; line by line; in other text, unless it is a phrase. */
static void ask_about(struct asked *asked, const struct pattern *pattern, struct buf *buf)
{
    static const char *const values[] = {"x", ARN};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct str text = wrap(buf, "", pattern, values[i], "");
        expect(asked, leads_to(asked, pattern, text, FIT_WHOLE), pattern, text);
        text = wrap(buf, "GET /api\n  ", pattern, values[i], "\n200 OK");
        expect(asked, leads_to(asked, pattern, text, FIT_CONTAINS), pattern, text);
        text = wrap(buf, "12:00 ERROR web zzz ", pattern, values[i], " zzz yyy");
        if (pattern->is_phrase) {
            expect(asked, !claims(asked, pattern, text), pattern, text);
        } else {
            expect(asked, leads_to(asked, pattern, text, FIT_CONTAINS), pattern, text);
        }
    }
}

/* A message of Rails, whose attribute is this or another one. */
static void ask_about_attribute(struct asked *asked, const struct pattern *pattern, struct buf *buf)
{
    char name[100];
    struct str attribute = pattern->symptom->attribute;
    assert_true(attribute.len < sizeof name);
    (void)snprintf(name, sizeof name, "{\"%.*s\": [\"", STR_ARG(attribute));
    struct str text = wrap(buf, name, pattern, "", "\"]}");
    if (pattern->attribute_count) {
        expect(asked, leads_to(asked, pattern, text, FIT_CONTAINS), pattern, text);
    }
    text = wrap(buf, "Validation failed: Some thing ", pattern, "", ", Other thing is taken");
    expect(asked, !claims(asked, pattern, text), pattern, text);
    text = wrap(buf, "", pattern, "", " in this case");
    expect(asked, !claims(asked, pattern, text), pattern, text);
}

static void test_each_symptom_leads_to_its_rule(void **state)
{
    (void)state;
    ekslint *e = ekslint_new();
    struct asked asked = {.good = true};
    struct buf buf = buf_with_max(1 << 16);
    size_t phrases = 0;
    add_all_rules(e, &asked.set);
    for (size_t i = 0; i < asked.set.count; i++) {
        const struct pattern *pattern = &asked.set.items[i];
        ask_about(&asked, pattern, &buf);
        if (pattern->is_phrase) {
            phrases++;
            ask_about_attribute(&asked, pattern, &buf);
        }
    }
    print_message("%zu texts, %zu of them phrases\n", asked.set.count, phrases);
    buf_release(&buf);
    ekslint_free(e);
    assert_true(asked.good);
    assert_true(phrases > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_symptom_leads_to_its_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
