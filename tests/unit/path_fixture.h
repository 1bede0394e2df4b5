/* SPDX-License-Identifier: MIT */
/*
 * What the tests of src/path/ share: a document read from JSON text, and expressions compiled
 * against its names. In the document the string "?" becomes a NODE_UNKNOWN.
 */
#ifndef EKSLINT_TESTS_PATH_FIXTURE_H
#define EKSLINT_TESTS_PATH_FIXTURE_H

#include "path/program.h"
#include "support.h"
#include "tree/read_json.h"

struct fixture {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct tree tree;
};

static inline void fixture_read(struct fixture *f, struct str json)
{
    *f = (struct fixture){0};
    sources_init(&f->sources, &f->arena);
    atoms_init(&f->atoms, &f->arena, NULL);
    f->findings.arena = &f->arena;
    tree_init(&f->tree, &f->arena, &f->sources, &f->atoms);
    struct source *source = sources_add(&f->sources, STR("test.json"), json);
    assert_true(json_read_whole(&f->builder, &f->tree, source, &f->findings));
    for (size_t i = 0; i < f->tree.count; i++) {
        struct node *node = &f->tree.nodes[i];
        if (node->kind == NODE_STRING && str_eq(tree_text(&f->tree, node), STR("?"))) {
            node->kind = NODE_UNKNOWN;
        }
    }
}

static inline void fixture_release(struct fixture *f)
{
    builder_release(&f->builder);
    arena_release(&f->arena);
}

/* An environment whose '$' and '@' are the document, with more steps than any test needs. */
static inline struct path_env fixture_env(struct fixture *f)
{
    return (struct path_env){
        .tree = &f->tree,
        .root = f->tree.root,
        .current = {f->tree.root, NULL},
        .scratch = &f->arena,
        .steps = 1000000,
    };
}

/* Compile what must compile. */
static inline struct path_program *fixture_compile(struct fixture *f, enum path_goal goal,
                                                   struct str text)
{
    struct path_compiler compiler = {
        .arena = &f->arena,
        .atoms = &f->atoms,
        .functions = &path_standard_functions,
        .allow_relative = true,
    };
    struct path_error error;
    struct path_program *program = path_compile(&compiler, goal, text, &error);
    if (!program) {
        fail_msg("'%.*s' at %u..%u: %.*s", STR_ARG(text), error.lo, error.hi,
                 STR_ARG(error.message));
    }
    return program;
}

#endif
