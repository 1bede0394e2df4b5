/* SPDX-License-Identifier: MIT */
/*
 * Mutation of expressions: the input is one. Every change lies inside the text and makes another of
 * it; what it is named by is part of the text; and what still compiles is an expression of its own.
 */
#include "rule/functions.h"
#include "rule/mutate.h"

#include "check.h"

struct run {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
};

static struct path_program *compile(struct run *run, enum path_goal goal, struct str text)
{
    struct path_compiler compiler = {&run->arena, &run->atoms, &rule_functions, true};
    struct path_error error;
    return path_compile(&compiler, goal, text, &error);
}

static bool is_part(struct str part, struct str text)
{
    return part.ptr >= text.ptr && part.ptr + part.len <= text.ptr + text.len;
}

static void check_goal(struct run *run, enum path_goal goal, struct str text)
{
    const struct path_program *program = compile(run, goal, text);
    struct mutation_list list = {.arena = &run->arena};
    if (!program) {
        return;
    }
    mutate_expression(&list, text, program);
    for (size_t i = 0; i < list.count; i++) {
        const struct mutation *mutation = &list.items[i];
        CHECK(mutation->lo < mutation->hi && mutation->hi <= text.len);
        CHECK(mutation->was.len > 0 && is_part(mutation->was, text));
        struct str mutant = mutation_apply(&run->arena, text, mutation);
        CHECK(!str_eq(mutant, text));
        struct arena_mark mark = arena_mark(&run->arena);
        struct path_program *changed = compile(run, goal, mutant);
        CHECK(!changed || changed->op_count > 0);
        arena_rewind(&run->arena, mark);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    struct str text = {(const char *)data, size};
    sources_init(&run.sources, &run.arena);
    atoms_init(&run.atoms, &run.arena, NULL);
    check_goal(&run, PATH_QUERY, text);
    check_goal(&run, PATH_LOGICAL, text);
    arena_release(&run.arena);
    return 0;
}
