/* SPDX-License-Identifier: MIT */
/*
 * Documents read with the built-in kinds, and trees written by hand: what the tests of model and
 * rule set up.
 */
#ifndef EKSLINT_TESTS_UNIT_MODEL_WORLD_H
#define EKSLINT_TESTS_UNIT_MODEL_WORLD_H

#include "support.h"

#include "iam/fault.h"
#include "model/case.h"
#include "model/policy.h"
#include "rule/builtin.h"
#include "tree/read_yaml.h"
#include "tree/write_json.h"

struct model {
    struct arena arena, scratch;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct kinds kinds;
    struct document_reader reader;
    struct document_list documents;
};

static inline struct model *model_new(void)
{
    struct model *model = test_calloc(1, sizeof *model);
    sources_init(&model->sources, &model->arena);
    atoms_init(&model->atoms, &model->arena, NULL);
    model->findings.arena = &model->arena;
    assert_true(kinds_load(&model->kinds, &model->arena, &model->sources, &model->atoms,
                           builtin_text(&builtin_rules, builtin_rules.kinds), &model->findings));
    model->reader = (struct document_reader){
        .arena = &model->arena,
        .scratch = &model->scratch,
        .sources = &model->sources,
        .atoms = &model->atoms,
        .kinds = &model->kinds,
        .findings = &model->findings,
    };
    return model;
}

static inline void model_free(struct model *model)
{
    builder_release(&model->reader.builder);
    arena_release(&model->scratch);
    arena_release(&model->arena);
    test_free(model);
}

/* Read a file's documents. The text must outlive the model. */
static inline bool model_read(struct model *model, const char *name, const char *text)
{
    struct source *source = sources_add(&model->sources, str_from_c(name), str_from_c(text));
    return documents_read(&model->reader, source, false, &model->documents);
}

/*
 * "yaml" as a tree of its own, without a document around it. `!unknown ""` becomes an unknown node.
 */
static inline const struct tree *model_tree(struct model *model, const char *yaml)
{
    struct source *source = sources_add(&model->sources, STR("tree"), str_from_c(yaml));
    struct tree *tree = arena_new(&model->arena, struct tree);
    tree_init(tree, &model->arena, &model->sources, &model->atoms);
    struct yaml_stream *stream = yaml_open(&model->arena, source, &model->findings);
    assert_int_equal(yaml_read(stream, &model->reader.builder, tree), YAML_DOCUMENT);
    yaml_close(stream);
    for (size_t i = 0; i < tree->count; i++) {
        if (str_eq(tree_tag(tree, &tree->nodes[i]), STR("!unknown"))) {
            tree->nodes[i].kind = NODE_UNKNOWN;
        }
    }
    return tree;
}

/* A tree of an IAM document in normal form. */
static inline const struct tree *model_policy(struct model *model, const char *yaml)
{
    const struct tree *written = model_tree(model, yaml);
    struct tree *normal = arena_new(&model->arena, struct tree);
    size_t budget = 100000;
    tree_init(normal, &model->arena, &model->sources, &model->atoms);
    builder_start(&model->reader.builder, normal);
    policy_normalise(&model->reader.builder, written, written->root, &budget);
    builder_finish(&model->reader.builder);
    return normal;
}

/* A policy in normal form, and what is wrong with its parts. */
static inline const struct tree *model_faults(struct model *model, const char *yaml,
                                              struct iam_faults *faults)
{
    struct iam_checker *checker = arena_new(&model->arena, struct iam_checker);
    const struct tree *tree = model_policy(model, yaml);
    checker->arena = &model->arena;
    iam_faults_find(checker, &model->arena, tree, tree->root, faults);
    assert_false(faults->exhausted);
    return tree;
}

/* The nodes that a query selects. */
static inline struct nodelist model_select(struct model *model, const struct tree *tree,
                                           const char *query)
{
    struct path_error error;
    struct path_compiler compiler = {&model->arena, &model->atoms, &path_standard_functions, false};
    struct path_program *program = path_compile(&compiler, PATH_QUERY, str_from_c(query), &error);
    assert_non_null(program);
    struct path_env env = {
        .tree = tree,
        .root = tree->root,
        .current = {tree->root, NULL},
        .scratch = &model->arena,
        .steps = 1000000,
    };
    struct nodelist nodes = {0};
    path_select(program, &env, &nodes);
    return nodes;
}

/* A node as JSON on one line; an unknown one as '?'. NUL-terminated, for messages. */
static inline struct str model_json(struct model *model, const struct tree *tree,
                                    const struct node *node)
{
    if (!node) {
        return STR("nothing");
    }
    if (node->kind == NODE_UNKNOWN) {
        return STR("?");
    }
    struct buf out = buf_with_max(1 << 20);
    json_write(&out, tree, node, 0);
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* What a query selects, as JSON values divided by blanks; "" for nothing. */
static inline struct str model_values(struct model *model, const struct tree *tree,
                                      const char *query)
{
    struct nodelist nodes = model_select(model, tree, query);
    struct buf out = buf_with_max(1 << 20);
    for (size_t i = 0; i < nodes.count; i++) {
        buf_add_c(&out, i ? " " : "");
        buf_add(&out, model_json(model, tree, nodes.items[i].node));
    }
    struct str text = arena_str(&model->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* A list of findings, sorted, one a line: "file:line:column rule: message". */
static inline struct str findings_text(struct arena *arena, struct findings *findings,
                                       const struct sources *sources)
{
    struct buf out = buf_with_max(1 << 20);
    findings_sort(findings, sources);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct place place = sources_resolve(sources, finding->at.source, finding->at.span);
        struct position at = source_position(place.source, place.span.lo);
        buf_printf(&out, "%s%.*s:%u:%u %.*s: %.*s", i ? "\n" : "", STR_ARG(place.source->name),
                   at.line, at.column, STR_ARG(finding->rule), STR_ARG(finding->message));
    }
    struct str text = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static inline struct str model_findings(struct model *model)
{
    return findings_text(&model->arena, &model->findings, &model->sources);
}

/*
 * Compare with a row's expectation; a NUL-terminated name for the row goes to the log where they
 * differ.
 */
#define assert_row(row, actual, expected)                                                          \
    do {                                                                                           \
        struct str actual_ = (actual);                                                             \
        struct str expected_ = str_from_c(expected);                                               \
        if (!str_eq(actual_, expected_)) {                                                         \
            fail_msg("%s\n  is      '%.*s'\n  and not '%.*s'", (row), STR_ARG(actual_),            \
                     STR_ARG(expected_));                                                          \
        }                                                                                          \
    } while (0)

static const char *const truth_words[TRUTH_COUNT] = {"false", "true", "unknown"};

#endif
