/* SPDX-License-Identifier: MIT */
/*
 * Running the tests inside a rule file. Each test is judged exactly as a document of a user's would
 * be.
 */
#include "rule/trial.h"

#include "aws/moment.h"
#include "model/directive.h"
#include "model/policy.h"
#include "rule/functions.h"
#include "tree/read_yaml.h"

enum { TRIAL_MAX_NODES = 100000, TRIAL_STEPS = 1000000 };

struct trial {
    struct rule_loader *loader;
    struct arena *scratch;
    const struct tree *tree; /* the rule file */
    struct rule rule;
    const struct node *test;
    struct tree document; /* the test's document, as rules see it */
    struct findings fired[LANGUAGE_COUNT];
    struct undecided_list undecided;
};

static const struct expectation {
    struct str key;
    enum outcome outcome;
} expectations[] = {
    {STR_INIT("fails"), OUTCOME_FAIL},
    {STR_INIT("passes"), OUTCOME_PASS},
    {STR_INIT("unknown"), OUTCOME_UNKNOWN},
    {STR_INIT("not-applicable"), OUTCOME_NOT_APPLICABLE},
};

static struct str outcome_word(enum outcome outcome)
{
    static const struct str words[] = {
        [OUTCOME_NOT_APPLICABLE] = STR_INIT("does not apply"),
        [OUTCOME_PASS] = STR_INIT("passes"),
        [OUTCOME_UNKNOWN] = STR_INIT("is undecided"),
        [OUTCOME_FAIL] = STR_INIT("fires"),
    };
    return words[outcome];
}

/* Always false. */
static bool report(struct trial *t, struct str id, const struct node *at, struct str message)
{
    findings_error(t->loader->findings, id, node_location(at), "%.*s", STR_ARG(message));
    return false;
}

/* ---- the test's document ---- */

/* Nodes tagged !unknown become unknown ones, in place: the tree is the trial's own copy. */
static void mark_unknown(struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (str_eq(tree_tag(tree, &tree->nodes[i]), STR("!unknown"))) {
            tree->nodes[i].kind = NODE_UNKNOWN;
        }
    }
}

static void build_document(struct trial *t, const struct node *written)
{
    struct builder builder = {0};
    size_t budget = TRIAL_MAX_NODES;
    tree_init(&t->document, t->loader->arena, t->loader->sources, t->loader->atoms);
    builder_start(&builder, &t->document);
    if (t->rule.kind->iam) {
        policy_normalise(&builder, t->tree, written, &budget);
    } else {
        builder_copy(&builder, t->tree, written, &budget);
    }
    builder_finish(&builder);
    builder_release(&builder);
    mark_unknown(&t->document);
}

/* ---- judging ---- */

static const struct rule_texts *texts_of(void *context, struct rule *rule)
{
    (void)context;
    return rule->texts;
}

static void no_path(void *context, struct location at, struct buf *out)
{
    (void)context;
    (void)at;
    buf_add_char(out, '$');
}

/* The date that the test says it is; a dated rule is undecided in a test without one. */
static struct str date_of(const struct trial *t)
{
    return tree_string(t->tree, t->test, STR("date"));
}

static enum outcome judge(struct trial *t, enum language language)
{
    t->fired[language] = (struct findings){.arena = t->loader->arena};
    t->undecided = (struct undecided_list){.arena = t->loader->arena};
    struct permissions permissions = {
        .arena = t->loader->arena,
        .tree = &t->document,
        .root = t->document.root,
        .library = t->loader->library,
    };
    struct runner runner = {
        .arena = t->loader->arena,
        .scratch = t->scratch,
        .sources = t->loader->sources,
        .language = language,
        .findings = &t->fired[language],
        .undecided = &t->undecided,
        .texts = texts_of,
        .path = no_path,
        .today = date_of(t),
        .permissions = &permissions,
    };
    struct iam_checker checker = {.arena = t->loader->arena};
    const struct node *as = tree_member(t->tree, t->test, STR("as"));
    struct rule_policy policy = {
        .checker = &checker,
        .arena = t->loader->arena,
        .tree = &t->document,
        .root = t->document.root,
        .kind = t->rule.kind->id,
        .named = as != NULL,
    };
    if (as) {
        directive_split_kind(tree_text(t->tree, as), &policy.kind, &policy.resource_type);
    }
    runner.policy = t->rule.kind->iam ? &policy : NULL;
    return rule_run(&runner, &t->rule, &t->document, t->document.root);
}

/* ---- where it fired ---- */

static bool is_at(const struct finding *finding, const struct node *node)
{
    return finding->at.source == node->source && finding->at.span.lo == node->lo &&
           finding->at.span.hi == node->hi;
}

static struct nodelist select_place(struct trial *t, const struct node *query, bool *good)
{
    struct nodelist nodes = {0};
    struct path_error error = {0};
    struct path_compiler compiler = {t->loader->arena, t->loader->atoms, &rule_functions, false};
    struct path_program *program =
        path_compile(&compiler, PATH_QUERY, tree_text(t->tree, query), &error);
    if (!program) {
        *good = report(t, STR("trial/at"), query, error.message);
        return nodes;
    }
    struct path_env env = {
        .tree = &t->document,
        .root = t->document.root,
        .current = {t->document.root, NULL},
        .scratch = t->loader->arena,
        .steps = TRIAL_STEPS,
    };
    path_select(program, &env, &nodes);
    if (nodes.count == 0) {
        *good =
            report(t, STR("trial/at"), query, STR("this selects nothing in the test's document"));
    }
    return nodes;
}

/* Every place of `at` must have a finding, and every finding must be at one of them. */
static bool check_places(struct trial *t, const struct node *at)
{
    const struct findings *fired = &t->fired[LANGUAGE_EN];
    size_t covered = 0;
    bool good = true;
    uint32_t count = at->kind == NODE_ARRAY ? node_size(at) : 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct node *query = at->kind == NODE_ARRAY ? tree_element(t->tree, at, i) : at;
        struct nodelist nodes = select_place(t, query, &good);
        for (size_t n = 0; n < nodes.count; n++) {
            size_t hits = 0;
            for (size_t f = 0; f < fired->count; f++) {
                hits += is_at(&fired->items[f], nodes.items[n].node);
            }
            covered += hits;
            good = (hits ||
                    report(t, STR("trial/missing"), query, STR("the rule does not fire here"))) &&
                   good;
        }
    }
    if (good && covered < fired->count) {
        return report(t, STR("trial/noisy"), at, STR("the rule fires elsewhere, too"));
    }
    return good;
}

static bool message_contains(const struct findings *fired, struct str part)
{
    for (size_t i = 0; i < fired->count; i++) {
        struct str message = fired->items[i].message;
        if (part.len == 0 || str_find(message, part) < message.len) {
            return true;
        }
    }
    return false;
}

static bool check_firing(struct trial *t)
{
    const struct node *at = tree_member(t->tree, t->test, STR("at"));
    const struct node *message = tree_member(t->tree, t->test, STR("message"));
    bool good = !at || check_places(t, at);
    struct str part = message ? tree_text(t->tree, message) : (struct str){0};
    if (message && !message_contains(&t->fired[LANGUAGE_EN], part) &&
        !message_contains(&t->fired[LANGUAGE_JA], part)) {
        struct str said =
            t->fired[LANGUAGE_EN].count ? t->fired[LANGUAGE_EN].items[0].message : STR("nothing");
        good = report(t, STR("trial/message"), message,
                      arena_format(t->loader->arena, "no message has this part; it says: %.*s",
                                   STR_ARG(said)));
    }
    return good;
}

static bool check_date(struct trial *t)
{
    const struct node *date = tree_member(t->tree, t->test, STR("date"));
    int32_t days;
    return !date || date_parse(tree_text(t->tree, date), &days) ||
           report(t, STR("trial/date"), date, STR("this is no date; write it as '2024-02-29'"));
}

/* ---- the tests ---- */

static bool run_test(struct trial *t, const struct expectation *expected,
                     const struct node *written)
{
    build_document(t, written);
    enum outcome outcome = judge(t, LANGUAGE_EN);
    if (outcome != expected->outcome) {
        struct str id = outcome == OUTCOME_FAIL             ? STR("trial/noisy")
                        : expected->outcome == OUTCOME_FAIL ? STR("trial/missing")
                                                            : STR("trial/outcome");
        return report(t, id, node_key_of(written),
                      arena_format(t->loader->arena, "the rule %.*s on this, and should not",
                                   STR_ARG(outcome_word(outcome))));
    }
    if (judge(t, LANGUAGE_JA) != outcome) {
        return report(t, STR("trial/outcome"), written, STR("the languages disagree"));
    }
    return outcome != OUTCOME_FAIL || check_firing(t);
}

static void count_expectation(enum outcome outcome, struct trial_counts *counts)
{
    size_t *const slots[] = {
        [OUTCOME_NOT_APPLICABLE] = &counts->not_applicable,
        [OUTCOME_PASS] = &counts->passes,
        [OUTCOME_UNKNOWN] = &counts->unknown,
        [OUTCOME_FAIL] = &counts->fails,
    };
    (*slots[outcome])++;
}

static bool run_tests(struct trial *t, const struct node *tests, struct trial_counts *counts)
{
    bool good = true;
    for (uint32_t i = 0; tests && i < node_size(tests); i++) {
        t->test = tree_element(t->tree, tests, i);
        size_t found = 0;
        if (!check_date(t)) {
            good = false;
            continue;
        }
        for (size_t e = 0; e < COUNT_OF(expectations); e++) {
            const struct node *written = tree_member(t->tree, t->test, expectations[e].key);
            if (written) {
                found++;
                count_expectation(expectations[e].outcome, counts);
                good = run_test(t, &expectations[e], written) && good;
            }
        }
        if (found == 0) {
            good = report(t, STR("trial/empty"), t->test,
                          STR("a test needs 'fails', 'passes', 'unknown' or 'not-applicable'"));
        }
    }
    return good;
}

bool rule_try(struct rule_loader *loader, struct arena *scratch, struct source *file,
              struct trial_counts *counts)
{
    struct tree *tree = arena_new(loader->arena, struct tree);
    struct trial t = {.loader = loader, .scratch = scratch, .tree = tree};
    tree_init(tree, loader->arena, loader->sources, loader->atoms);
    struct yaml_stream *stream = yaml_open(loader->arena, file, loader->findings);
    enum yaml_result result = yaml_read(stream, &loader->builder, tree);
    yaml_close(stream);
    if (result != YAML_DOCUMENT || !rule_decode(loader, tree, tree->root, false, &t.rule)) {
        return false;
    }
    return run_tests(&t, tree_member(tree, tree->root, STR("tests")), counts);
}
