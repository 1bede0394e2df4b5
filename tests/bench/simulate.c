/* SPDX-License-Identifier: MIT */
/*
 * simulate EKSLINT REQUESTS: decisions a second for a file of JSON lines, one decision each: on
 * decoded policies in a loop, and of the whole program from start to exit. The yardstick, measured
 * in the same run, is jansson reading the same lines. Numbers are for reading; no test depends on
 * them.
 */
#include "iam/simulation.h"
#include "tree/inner.h"
#include "tree/read_json.h"

#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { ROUNDS = 7, SCRATCH_BYTES = 1 << 17, BUDGET = 20 * 1000 * 1000 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

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

/* ---- decisions on decoded policies ---- */

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

/* ---- beside it ---- */

static void parse_all(struct str bytes)
{
    struct str line;
    while (bytes.len) {
        str_cut(bytes, '\n', &line, &bytes);
        json_t *value = line.len ? json_loadb(line.ptr, line.len, 0, NULL) : NULL;
        json_decref(value);
    }
}

static void run_program(char *program, char *path)
{
    posix_spawn_file_actions_t actions;
    char *argv[] = {program, "simulate", path, NULL};
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&child, program, &actions, NULL, argv, environ) != 0 ||
        waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "simulate: '%s' did not run\n", program);
        exit(EXIT_FAILURE);
    }
    posix_spawn_file_actions_destroy(&actions);
}

static void print_row(const char *name, double seconds, size_t count, double yardstick)
{
    printf("%-40s %9.0f a second  %8.3f us each  %5.2f x jansson's parse\n", name,
           (double)count / seconds, seconds / (double)count * 1e6, seconds / yardstick);
}

/* The best of each in some rounds, which alternate. */
int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: simulate EKSLINT REQUESTS\n");
        return EXIT_FAILURE;
    }
    struct str bytes = read_file(argv[2]);
    struct reading r = {0};
    sources_init(&r.sources, &r.arena);
    atoms_init(&r.atoms, &r.arena, NULL);
    r.findings.arena = &r.arena;
    read_requests(&r, bytes);
    double best[3] = {1e9, 1e9, 1e9};
    size_t allowed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double times[4] = {now()};
        parse_all(bytes);
        times[1] = now();
        allowed = decide_all(&r);
        times[2] = now();
        run_program(argv[1], argv[2]);
        times[3] = now();
        for (int i = 0; i < 3; i++) {
            double seconds = times[i + 1] - times[i];
            best[i] = seconds < best[i] ? seconds : best[i];
        }
    }
    printf("%zu requests, %zu allowed\n", r.count, allowed);
    print_row("jansson parses the lines", best[0], r.count, best[0]);
    print_row("iam_decide on decoded policies", best[1], r.count, best[0]);
    print_row("ekslint simulate, start to exit", best[2], r.count, best[0]);
    builder_release(&r.builder);
    arena_release(&r.arena);
    return EXIT_SUCCESS;
}
