/* SPDX-License-Identifier: MIT */
/* Layers of wishes: a later one wins, `select` starts anew, `ignore` adds up. */
#include "support.h"

#include "rule/choice.h"

/* "+glob" selects, "-glob" ignores, "!glob" makes it an error, "~glob" a warning, "=name" is a profile. */
static void add_word(struct arena *arena, struct rule_layer *layer, struct str word)
{
    struct rule_wish wish = {.glob = str_from(word, 1)};
    switch (word.ptr[0]) {
    case '=':
        layer->has_profile = rule_profile_parse(wish.glob, &layer->profile);
        assert_true(layer->has_profile);
        return;
    case '+':
        wish.what = WISH_SELECT;
        break;
    case '-':
        wish.what = WISH_IGNORE;
        break;
    default:
        wish.what = WISH_SEVERITY;
        wish.severity = word.ptr[0] == '!' ? SEVERITY_ERROR : SEVERITY_WARNING;
    }
    rule_layer_add(arena, layer, wish);
}

enum { LAYERS_MAX = 8 };

/* Layers stand between bars, words between blanks, the lowest layer first. */
static struct rule_choice parse(struct arena *arena, const char *text)
{
    struct rule_choice choice = {arena_array(arena, const struct rule_layer *, LAYERS_MAX), 0};
    struct str rest = str_from_c(text);
    for (bool more = true; more;) {
        struct rule_layer *layer = arena_new(arena, struct rule_layer);
        struct str words;
        more = str_cut(rest, '|', &words, &rest);
        for (bool another = words.len > 0; another;) {
            struct str word;
            another = str_cut(words, ' ', &word, &words);
            if (word.len) {
                add_word(arena, layer, word);
            }
        }
        assert_true(choice.count < LAYERS_MAX);
        choice.layers[choice.count++] = layer;
    }
    return choice;
}

static const struct rule_label labels[] = {
    {STR_INIT("a/one"), {0}, false, false},
    {STR_INIT("a/two"), STR_INIT("TWO,ZWEI"), false, false},
    {STR_INIT("b/one"), {0}, false, false},
    {STR_INIT("a/fussy"), {0}, true, false},
    {STR_INIT("a/check"), STR_INIT("CHECK"), true, false},
};

static void later_layers_win(void **state)
{
    (void)state;
    static const struct {
        const char *layers;
        const char *wanted; /* one letter for each label: y or - */
    } rows[] = {
        {"", "yyy--"},
        {"=pedantic", "yyyyy"},
        {"=access-analyzer", "yyy-y"},
        {"=pedantic|=default", "yyy--"},
        {"=default|=pedantic|", "yyyyy"},
        /* Within a layer ignoring wins, whatever comes first. */
        {"+a/* -a/one", "-y---"},
        {"-a/one +a/*", "-y---"},
        {"+a/one -a/*", "-----"},
        /* A select starts anew. */
        {"+a/*|+b/*", "--y--"},
        {"-a/one|-a/two", "--y--"},
        {"-a/one|+a/*", "yy---"},
        {"-a/one|+*", "yyy--"},
        {"+a/*|-a/one", "-y---"},
        {"+a/*|-a/one|+a/*", "yy---"},
        {"+a/*|-a/*|-b/*", "-----"},
        /* A glob stays in the profile, a name does not, and the highest profile is meant. */
        {"+a/*|=pedantic", "yy-yy"},
        {"=pedantic|+a/fussy|=default", "---y-"},
        {"+a/fussy", "---y-"},
        {"+CHECK +TWO", "-y--y"},
        {"+CH*", "-----"},
        {"-ZWEI", "y-y--"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena = {0};
        struct rule_choice choice = parse(&arena, rows[i].layers);
        char wanted[COUNT_OF(labels) + 1] = "";
        for (size_t k = 0; k < COUNT_OF(labels); k++) {
            wanted[k] = rule_choice_wants(&choice, labels[k]) ? 'y' : '-';
        }
        if (strcmp(wanted, rows[i].wanted) != 0) {
            fail_msg("'%s': %s, not %s", rows[i].layers, wanted, rows[i].wanted);
        }
        arena_release(&arena);
    }
}

static void the_last_severity_of_the_highest_layer_counts(void **state)
{
    (void)state;
    static const struct {
        const char *layers;
        const char *severities; /* e, w, or - for the rule's own */
    } rows[] = {
        {"", "-----"},
        {"~a/* !a/one", "ew-ww"},
        {"!a/one ~a/*", "ww-ww"},
        {"!*|~a/one", "weeee"},
        {"~a/one|!*|", "eeeee"},
        {"~TWO", "-w---"},
        {"+a/* -a/one", "-----"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena = {0};
        struct rule_choice choice = parse(&arena, rows[i].layers);
        for (size_t k = 0; k < COUNT_OF(labels); k++) {
            const struct rule_layer *layer;
            const struct rule_wish *wish = rule_choice_severity(&choice, labels[k], &layer);
            char found = !wish ? '-' : wish->severity == SEVERITY_ERROR ? 'e' : 'w';
            char expected = rows[i].severities[k];
            if (found != expected) {
                fail_msg("'%s' for %s: %c", rows[i].layers, labels[k].id.ptr, found);
            }
        }
        arena_release(&arena);
    }
}

static void a_profile_has_a_name(void **state)
{
    (void)state;
    enum rule_profile profile;
    assert_true(rule_profile_parse(STR("pedantic"), &profile));
    assert_int_equal(profile, PROFILE_PEDANTIC);
    assert_str_equal(rule_profile_name(profile), STR("pedantic"));
    assert_false(rule_profile_parse(STR("strict"), &profile));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(later_layers_win),
        cmocka_unit_test(the_last_severity_of_the_highest_layer_counts),
        cmocka_unit_test(a_profile_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
