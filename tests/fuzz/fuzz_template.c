/* SPDX-License-Identifier: MIT */
/*
 * Documents with policies inside: templates, plans, manifests. Every part of a policy points into the
 * file; a template whose functions are unknown values has none left; and a fault that is certain beside
 * what is unknown is at a part of its policy. Whatever they tell the case points into the file.
 */
#include "iam/fault.h"
#include "model/case.h"
#include "model/intrinsic.h"
#include "rule/builtin.h"

#include "check.h"

enum { NODES_MAX = 100000 };

struct run {
    struct arena arena, scratch;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct kinds kinds;
    struct document_reader reader;
    struct document_list documents;
};

static void check_spans(const struct run *run, const struct tree *tree, struct str file)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        CHECK(node->lo <= node->hi);
        struct place place =
            sources_resolve(&run->sources, node->source, (struct span){node->lo, node->hi});
        CHECK(place.span.lo <= place.span.hi && place.span.hi <= file.len);
    }
}

/* Without functions a second copy changes nothing, and there is nothing left that is absent. */
static void check_copy(struct run *run, const struct tree *tree)
{
    struct tree again;
    size_t budget = NODES_MAX;
    tree_init(&again, &run->arena, &run->sources, &run->atoms);
    builder_start(&run->reader.builder, &again);
    intrinsic_copy(&run->reader.builder, tree, tree->root, READ_TEMPLATE, &budget);
    builder_finish(&run->reader.builder);
    CHECK(budget == 0 || again.count == tree->count);
    for (size_t i = 0; budget > 0 && i < tree->count; i++) {
        CHECK(again.nodes[i].kind == tree->nodes[i].kind);
        CHECK(again.nodes[i].lo == tree->nodes[i].lo && again.nodes[i].hi == tree->nodes[i].hi);
        CHECK(str_eq(tree_text(&again, &again.nodes[i]), tree_text(tree, &tree->nodes[i])));
    }
}

/* Names of the case's own do not stand in the file; all else does. */
static void check_texts(const struct tree *tree, struct str file)
{
    for (size_t i = 0; i < tree->count; i++) {
        CHECK(tree_text(tree, &tree->nodes[i]).len <= file.len);
    }
}

static void check_subject(struct run *run, const struct subject *subject, struct str file)
{
    struct iam_checker checker = {.arena = &run->arena};
    struct iam_faults faults;
    check_spans(run, subject->tree, file);
    check_texts(subject->tree, file);
    if (!subject->kind->iam) {
        return;
    }
    iam_faults_find(&checker, &run->arena, subject->tree, subject->root, &faults);
    for (size_t i = 0; i < faults.count; i++) {
        const struct iam_fault *fault = &faults.items[i];
        CHECK(fault->node == subject->root ||
              (fault->node >= subject->tree->nodes &&
               fault->node < subject->tree->nodes + subject->tree->count));
        CHECK(iam_faults_at(&faults, fault->id, fault->node) != NULL);
        CHECK(!fault->open || faults.unknown);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    struct str file = {(const char *)data, size};
    run.findings.arena = &run.arena;
    sources_init(&run.sources, &run.arena);
    atoms_init(&run.atoms, &run.arena, NULL);
    CHECK(kinds_load(&run.kinds, &run.arena, &run.sources, &run.atoms,
                     builtin_text(&builtin_rules, builtin_rules.kinds), &run.findings));
    run.reader = (struct document_reader){.arena = &run.arena,
                                          .scratch = &run.scratch,
                                          .sources = &run.sources,
                                          .atoms = &run.atoms,
                                          .kinds = &run.kinds,
                                          .findings = &run.findings};
    struct source *source = sources_add(&run.sources, STR("fuzz.yaml"), file);
    (void)!documents_read(&run.reader, source, false, &run.documents);
    for (size_t i = 0; i < run.documents.count; i++) {
        const struct document *document = run.documents.items[i];
        struct subject_list subjects = {0};
        if (!document->kind) {
            continue;
        }
        document_subjects(&run.reader, &run.arena, document, &subjects);
        CHECK(subjects.count > 0 && subjects.items[0].document == document);
        for (size_t s = 0; s < subjects.count; s++) {
            check_subject(&run, &subjects.items[s], file);
        }
        if (document->kind->intrinsics) {
            check_copy(&run, subjects.items[0].tree);
        }
    }
    struct joined_case joined;
    case_build(&run.reader, NULL, &run.documents, &joined);
    CHECK(joined.tree.root->kind == NODE_OBJECT);
    check_spans(&run, &joined.tree, file);
    builder_release(&run.reader.builder);
    arena_release(&run.scratch);
    arena_release(&run.arena);
    return 0;
}
