/* SPDX-License-Identifier: MIT */
/*
 * simulate ROUNDS REQUESTS: deciding a file of JSON lines, one decision each, in one process: on policies that are
 * decoded before. Writes a row (rounds.h).
 */
#include "iam/simulation.h"
#include "rounds.h"
#include "tree/inner.h"
#include "tree/read_json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCRATCH_BYTES = 1 << 17, BUDGET = 20 * 1000 * 1000 };

static struct str read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "simulate: cannot read '%s'\n", path);
        exit(EXIT_FAILURE);
    }
    size_t size = (size_t)ftell(file);
    char *bytes = malloc(size + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, size, file) != size) {
        fprintf(stderr, "simulate: cannot read '%s'\n", path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    return (struct str){bytes, size};
}

struct reading {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct iam_simulation *simulations;
    size_t count, capacity;
};

static bool decode(void *context, const struct tree *tree, const struct node *value,
                   const struct iam_policy **policy)
{
    struct reading *r = context;
    struct tree *inner = arena_new(&r->arena, struct tree);
    struct iam_policy *decoded = arena_new(&r->arena, struct iam_policy);
    tree_init(inner, &r->arena, &r->sources, &r->atoms);
    *policy = decoded;
    return json_read_whole(&r->builder, inner, scalar_source(tree, value), &r->findings) &&
           iam_policy_decode(&r->arena, inner, inner->root, &r->findings, decoded);
}

static void read_requests(struct reading *r, struct str bytes)
{
    struct json_cursor cursor = {sources_add(&r->sources, STR("requests"), bytes), 0};
    while (!json_at_end(&cursor)) {
        struct tree *tree = arena_new(&r->arena, struct tree);
        struct iam_simulation_reader reader = {&r->arena, tree, &r->findings, decode, r};
        tree_init(tree, &r->arena, &r->sources, &r->atoms);
        r->simulations =
            arena_grow(&r->arena, r->simulations, r->count, &r->capacity, sizeof *r->simulations);
        if (!json_read(&r->builder, tree, &cursor, &r->findings) ||
            !iam_simulation_read(&reader, tree->root, &r->simulations[r->count])) {
            fprintf(stderr, "simulate: request %zu is wrong\n", r->count + 1);
            exit(EXIT_FAILURE);
        }
        r->count++;
    }
}

/* How many are allowed, so that nothing is optimised away. */
static size_t decide_all(struct reading *r)
{
    struct arena scratch = {0};
    size_t allowed = 0;
    arena_reserve(&scratch, SCRATCH_BYTES); /* as the program does */
    for (size_t i = 0; i < r->count; i++) {
        const struct iam_simulation *simulation = &r->simulations[i];
        struct arena_mark mark = arena_mark(&scratch);
        uint64_t budget = BUDGET;
        struct iam_request request = {
            .action = simulation->actions[0].text,
            .resource = simulation->resources[0].text,
            .caller = &simulation->caller,
            .context = &simulation->context,
            .arena = &scratch,
            .budget = &budget,
        };
        struct iam_decision decision;
        iam_decide(&request, &simulation->policies, &decision);
        allowed += decision.outcome == OUTCOME_ALLOWED;
        arena_rewind(&scratch, mark);
    }
    arena_release(&scratch);
    return allowed;
}

int main(int argc, char **argv)
{
    long rounds = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: simulate ROUNDS REQUESTS\n");
        return EXIT_FAILURE;
    }
    struct str bytes = read_file(argv[2]);
    struct reading r = {0};
    sources_init(&r.sources, &r.arena);
    atoms_init(&r.atoms, &r.arena, NULL);
    r.findings.arena = &r.arena;
    read_requests(&r, bytes);
    struct row row = {.scenario = "simulate",
                      .name = "decisions on decoded policies",
                      .base = "-",
                      .rounds = (int)rounds,
                      .items = (double)r.count};
    size_t allowed = 0;
    for (int round = 0; round < row.rounds; round++) {
        double start = now_ms();
        double start_cpu = cpu_ms();
        allowed = decide_all(&r);
        row.cpu[round] = cpu_ms() - start_cpu;
        row.times[round] = now_ms() - start;
    }
    if (allowed == 0 || allowed == r.count) {
        fprintf(stderr, "simulate: of %zu requests %zu are allowed\n", r.count, allowed);
        return EXIT_FAILURE;
    }
    row_print(&row);
    builder_release(&r.builder);
    arena_release(&r.arena);
    free((char *)(uintptr_t)bytes.ptr);
    return EXIT_SUCCESS;
}
