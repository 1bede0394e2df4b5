/* SPDX-License-Identifier: MIT */
/*
 * Only documents of ekslint's own formats are compared with their shape, the case among them: other
 * formats grow, and a name that AWS does not know is what rules about policies are tested with.
 */
#include "rule/lint_tests.h"

#include "tree/inner.h"

struct test_linter {
    struct trials *trials;
    struct findings *findings;
    size_t first; /* of the findings that are of these tests */
};

/* A document that several tests share has its mistakes once. */
static bool is_said(const struct test_linter *lint, const char *id, struct location at)
{
    for (size_t i = lint->first; i < lint->findings->count; i++) {
        const struct finding *other = &lint->findings->items[i];
        if (str_eq(other->rule, str_from_c(id)) && other->at.source == at.source &&
            other->at.span.lo == at.span.lo) {
            return true;
        }
    }
    return false;
}

static void warn(struct test_linter *lint, const char *id, struct location at, struct str message)
{
    struct finding finding = {.rule = str_from_c(id),
                              .severity = SEVERITY_WARNING,
                              .has_location = true,
                              .at = at,
                              .message = message};
    if (!is_said(lint, id, at)) {
        findings_add(lint->findings, &finding);
    }
}

/* ---- the budget ---- */

static void note_exhausted(void *context, const struct rule_judgement *judgement)
{
    bool *exhausted = context;
    *exhausted = *exhausted || judgement->env.exhausted;
}

static void lint_budget(struct test_linter *lint, const struct trial *t, bool exhausted)
{
    if (exhausted) {
        warn(lint, "rule/budget", node_location(node_key_of(t->written)),
             STR("the steps of the rule run out on this document, as they would on a user's like "
                 "it: it is then undecided; ask less of each node"));
    }
}

/* ---- names ---- */

static bool overlaps(struct location a, struct location b)
{
    return a.source == b.source && a.span.lo < b.span.hi && b.span.lo < a.span.hi;
}

/* Is the name, or its value, what the rule fires at? Then the test is about it. */
static bool is_wanted(const struct findings *fired, const struct node *root, struct location key)
{
    for (size_t i = 0; i < fired->count; i++) {
        struct location at = fired->items[i].at;
        bool whole = at.span.lo <= root->lo && at.span.hi >= root->hi;
        if (!whole && overlaps(at, key)) {
            return true;
        }
    }
    return false;
}

/* A key with its value. */
static struct location with_value(const struct tree *tree, struct location key)
{
    for (size_t i = 0; i + 1 < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->kind == NODE_KEY && node->source == key.source && node->lo == key.span.lo &&
            node[1].hi > key.span.hi) {
            key.span.hi = node[1].hi;
            return key;
        }
    }
    return key;
}

static bool is_unknown_key(const struct finding *finding)
{
    return str_eq(finding->rule, STR("schema/unknown-key"));
}

static void lint_document(struct test_linter *lint, const struct trial *t, const struct kind *kind,
                          const struct findings *fired)
{
    struct findings found = {.arena = lint->trials->loader->arena};
    (void)schema_validate(&kind->schema, lint->trials->tree, t->written, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct finding *finding = &found.items[i];
        struct location at = with_value(lint->trials->tree, finding->at);
        if (is_unknown_key(finding) && !is_wanted(fired, t->written, at)) {
            warn(lint, "rule/test-key", finding->at, finding->message);
        }
    }
}

/*
 * Where a key of a test's file stands in the rule's file: a text is there byte by byte, and a document in
 * its place has the key by its name.
 */
static struct location place_in_rule(const struct test_linter *lint, const struct node *content,
                                     struct place place)
{
    const struct tree *tree = lint->trials->tree;
    if (!node_is_container(content)) {
        struct span span = scalar_subspan(lint->trials->loader->arena, tree, content, place.span.lo,
                                          place.span.hi);
        return (struct location){content->source, span};
    }
    struct str name = str_slice(place.source->bytes, place.span.lo + 1, place.span.hi - 1);
    for (size_t i = 0; i < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->kind == NODE_KEY && node->source == content->source && node->lo >= content->lo &&
            node->hi <= content->hi && str_eq(tree_text(tree, node), name)) {
            return node_location(node);
        }
    }
    return node_location(node_key_of(content));
}

static void lint_files(struct test_linter *lint, const struct trial *t,
                       const struct findings *fired)
{
    const struct tree *tree = lint->trials->tree;
    const struct sources *sources = lint->trials->loader->sources;
    const struct node *files = tree_member(tree, t->written, STR("files"));
    for (size_t i = 0; i < t->notes.count; i++) {
        const struct finding *note = &t->notes.items[i];
        struct place place = sources_resolve(sources, note->at.source, note->at.span);
        struct location at = {place.source->id, place.span};
        const struct node *content = tree_member(tree, files, place.source->name);
        if (content && is_unknown_key(note) && !is_wanted(fired, tree->root, at)) {
            warn(lint, "rule/test-key", place_in_rule(lint, content, place), note->message);
        }
    }
}

static void lint_names(struct test_linter *lint, const struct trial *t,
                       const struct findings *fired)
{
    const struct kind *kind = kinds_find(lint->trials->loader->kinds, t->policy.kind);
    bool joined = node_is(tree_member(lint->trials->tree, t->written, STR("files")), NODE_OBJECT);
    bool is_case = kind && str_eq(kind->id, STR("case"));
    if (is_case && joined) {
        lint_files(lint, t, fired);
    } else if (kind && kind->schema.top && (is_case || kind->own_format)) {
        lint_document(lint, t, kind, fired);
    }
}

/* A test that is wrong itself is not judged, but its names are looked at: one of them may be why. */
static void lint_test(struct test_linter *lint, struct trial *t, struct rule *rule)
{
    bool exhausted = false;
    const struct rule_watch watch = {note_exhausted, &exhausted};
    struct trial_verdict verdict = {0};
    if (!t->broken) {
        verdict = trial_judge(lint->trials, t, rule, LANGUAGE_EN, &watch);
    }
    lint_budget(lint, t, exhausted);
    lint_names(lint, t, &verdict.fired);
}

void rule_lint_tests(struct trials *trials, struct rule *rule)
{
    struct test_linter lint = {trials, trials->loader->findings, trials->loader->findings->count};
    for (size_t i = 0; i < trials->count; i++) {
        struct arena_mark mark = arena_mark(trials->part);
        lint_test(&lint, &trials->items[i], rule);
        arena_rewind(trials->part, mark);
    }
}
