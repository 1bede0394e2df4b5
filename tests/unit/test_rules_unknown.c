/* SPDX-License-Identifier: MIT */
/*
 * What cannot be known offline is no finding: every document in the tests of the IAM rules is judged
 * again with each of its values unknown in turn. What is then found must have been found with the
 * value, too.
 */
#include "support.h"

#include "model/directive.h"
#include "model/policy.h"
#include "rule/builtin.h"
#include "rule/functions.h"
#include "rule/ruleset.h"
#include "rule/trial.h"
#include "tree/read_yaml.h"

enum { NODES_MAX = 100000 };

struct world {
    struct arena arena, scratch, part;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct kinds kinds;
    struct rule_loader loader;
    struct iam_checker checker;
    size_t documents, unknowns;
};

static void world_init(struct world *w)
{
    *w = (struct world){.findings.arena = &w->arena, .checker.arena = &w->arena};
    sources_init(&w->sources, &w->arena);
    atoms_init(&w->atoms, &w->arena, NULL);
    assert_true(kinds_load(&w->kinds, &w->arena, &w->sources, &w->atoms,
                           builtin_text(&builtin_rules, builtin_rules.kinds), &w->findings));
    w->loader = (struct rule_loader){.arena = &w->arena,
                                     .sources = &w->sources,
                                     .atoms = &w->atoms,
                                     .kinds = &w->kinds,
                                     .findings = &w->findings};
}

static void world_release(struct world *w)
{
    builder_release(&w->loader.builder);
    arena_release(&w->part);
    arena_release(&w->scratch);
    arena_release(&w->arena);
}

struct judgement {
    struct iam_faults faults;
    struct findings findings;
    struct undecided_list undecided;
};

/* Memory in w->part. */
static void judge(struct world *w, struct rule *rule, const struct tree *tree,
                  const struct node *as, const struct tree *file, struct judgement *said)
{
    struct permissions permissions = {.arena = &w->part, .tree = tree, .root = tree->root};
    struct rule_policy policy = {
        .checker = &w->checker,
        .arena = &w->part,
        .tree = tree,
        .root = tree->root,
        .kind = rule->kind->id,
        .named = as != NULL,
    };
    if (as) {
        directive_split_kind(tree_text(file, as), &policy.kind, &policy.resource_type);
    }
    *said = (struct judgement){.findings.arena = &w->part, .undecided.arena = &w->part};
    struct runner runner = {
        .arena = &w->part,
        .scratch = &w->scratch,
        .sources = &w->sources,
        .findings = &said->findings,
        .undecided = &said->undecided,
        .texts = trial_texts,
        .path = trial_path,
        .permissions = &permissions,
        .policy = &policy,
    };
    (void)rule_run(&runner, rule, tree, tree->root);
    iam_faults_find(&w->checker, &w->part, tree, tree->root, &said->faults);
}

static bool has_finding(const struct findings *findings, const struct finding *wanted)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct location at = findings->items[i].at;
        if (at.source == wanted->at.source && at.span.lo == wanted->at.span.lo &&
            at.span.hi == wanted->at.span.hi) {
            return true;
        }
    }
    return false;
}

/*
 * The same said otherwise. A permission that is there by its name hides that a pattern gives it, too;
 * what is redundant is said at the first of the entries, of those that are known.
 */
static bool is_there_in_another_way(const struct iam_faults *before, const struct iam_fault *fault)
{
    static const enum iam_fault_id by_pattern[] = {FAULT_PASS_PATTERN_ALL, FAULT_PASS_PATTERN_NOT,
                                                   FAULT_LINK_PATTERN_ALL, FAULT_LINK_PATTERN_NOT};
    for (size_t i = 0; i < COUNT_OF(by_pattern); i++) {
        if (fault->id == by_pattern[i]) {
            enum iam_fault_id by_name = (enum iam_fault_id)((int)fault->id - 2);
            return iam_faults_at(before, by_name, fault->node) != NULL;
        }
    }
    bool redundant = fault->id == FAULT_REDUNDANT_ACTION || fault->id == FAULT_REDUNDANT_RESOURCE;
    return redundant && iam_fault_set_has(&before->present, fault->id);
}

static bool is_certain(struct world *w, struct str id, const struct node *hidden,
                       const struct judgement *before, const struct judgement *after)
{
    bool good = true;
    struct position at = source_position(sources_get(&w->sources, hidden->source), hidden->lo);
    for (size_t i = 0; i < after->faults.count; i++) {
        const struct iam_fault *fault = &after->faults.items[i];
        if (!fault->open && !iam_faults_at(&before->faults, fault->id, fault->node) &&
            !is_there_in_another_way(&before->faults, fault)) {
            struct str name = iam_fault_name(fault->id);
            print_error("%.*s: with %u:%u unknown there is '%.*s'\n", STR_ARG(id), at.line,
                        at.column, STR_ARG(name));
            good = false;
        }
    }
    for (size_t i = 0; i < after->findings.count; i++) {
        if (!has_finding(&before->findings, &after->findings.items[i])) {
            print_error("%.*s: fires with %u:%u unknown\n", STR_ARG(id), at.line, at.column);
            good = false;
        }
    }
    return good;
}

static bool try_document(struct world *w, struct rule *rule, const struct tree *file,
                         const struct node *written, const struct node *as)
{
    struct tree tree;
    size_t budget = NODES_MAX;
    tree_init(&tree, &w->arena, &w->sources, &w->atoms);
    builder_start(&w->loader.builder, &tree);
    policy_normalise(&w->loader.builder, file, written, &budget);
    builder_finish(&w->loader.builder);
    struct judgement before;
    struct arena_mark mark = arena_mark(&w->part);
    judge(w, rule, &tree, as, file, &before);
    bool good = true;
    w->documents++;
    for (size_t i = 0; i < tree.count; i++) {
        struct node kept = tree.nodes[i];
        if (kept.kind == NODE_KEY || kept.kind == NODE_UNKNOWN) {
            continue;
        }
        struct judgement after;
        tree.nodes[i].kind = NODE_UNKNOWN;
        judge(w, rule, &tree, as, file, &after);
        good = is_certain(w, rule->id, &kept, &before, &after) && good;
        tree.nodes[i] = kept;
        w->unknowns++;
    }
    arena_rewind(&w->part, mark);
    return good;
}

static bool try_file(struct world *w, struct str id)
{
    static const char *const expectations[] = {"fails", "passes", "unknown", "not-applicable"};
    struct str name =
        arena_format(&w->arena, "%s/rules/%.*s.yaml", EKSLINT_SOURCE_DIR, STR_ARG(id));
    struct str bytes = test_read_file(name.ptr);
    struct source *source = sources_add(&w->sources, name, arena_str(&w->arena, bytes));
    test_free_contents(bytes);
    struct tree *tree = arena_new(&w->arena, struct tree);
    tree_init(tree, &w->arena, &w->sources, &w->atoms);
    struct yaml_stream *stream = yaml_open(&w->arena, source, &w->findings);
    assert_int_equal(yaml_read(stream, &w->loader.builder, tree), YAML_DOCUMENT);
    yaml_close(stream);
    struct rule rule;
    assert_true(rule_decode(&w->loader, tree, tree->root, false, &rule));
    const struct node *tests = tree_member(tree, tree->root, STR("tests"));
    bool good = true;
    for (uint32_t i = 0; i < node_size(tests); i++) {
        const struct node *test = tree_element(tree, tests, i);
        for (size_t e = 0; e < COUNT_OF(expectations); e++) {
            const struct node *written = tree_member(tree, test, str_from_c(expectations[e]));
            if (written) {
                good = try_document(w, &rule, tree, written, tree_member(tree, test, STR("as"))) &&
                       good;
            }
        }
    }
    return good;
}

static void no_finding_hangs_on_a_value_that_is_unknown(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    bool good = true;
    for (size_t i = 0; i < builtin_rules.count; i++) {
        struct str id = builtin_text(&builtin_rules, builtin_rules.rows[i].id);
        if (str_starts(id, STR("iam/"))) {
            good = try_file(&w, id) && good;
        }
    }
    print_message("%zu documents, %zu unknown values\n", w.documents, w.unknowns);
    assert_true(good);
    assert_true(w.unknowns > 1000);
    world_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_finding_hangs_on_a_value_that_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
