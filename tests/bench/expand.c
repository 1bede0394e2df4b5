/* SPDX-License-Identifier: MIT */
/*
 * expand ROUNDS <PATTERNS: what the IAM catalogue takes in one process, for action patterns of standard
 * input, one a line, and for looking up every action by its name. Writes rows (rounds.h).
 */
#include "aws/catalogue.h"
#include "rounds.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATTERNS_MAX = 65536, LINE_MAX_BYTES = 4096 };

static struct str *patterns;
static size_t pattern_count;

static size_t expand_all(void)
{
    size_t actions = 0;
    for (size_t i = 0; i < pattern_count; i++) {
        struct catalogue_expansion expansion = catalogue_expand(patterns[i], UINT64_MAX);
        uint32_t action;
        while (catalogue_next_action(&expansion, &action)) {
            actions++;
        }
    }
    return actions;
}

static struct catalogue_text texts[CATALOGUE_ACTION_COUNT];
static struct str names[CATALOGUE_ACTION_COUNT];

static size_t find_all(void)
{
    size_t found = 0;
    for (size_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        found += catalogue_find_action(names[i]) != CATALOGUE_NONE;
    }
    return found;
}

/* In rounds, each of which does the whole work; how many actions come out goes into the name. */
static void measure(const char *what, size_t (*work)(void), size_t items, int rounds)
{
    char name[64];
    struct row row = {.scenario = "catalogue", .base = "-", .rounds = rounds};
    size_t result = 0;
    for (int round = 0; round < rounds; round++) {
        double start = now_ms();
        double start_cpu = cpu_ms();
        result = work();
        row.cpu[round] = cpu_ms() - start_cpu;
        row.times[round] = now_ms() - start;
    }
    snprintf(name, sizeof name, "%s: %zu", what, result);
    row.name = name;
    row.items = (double)items;
    row_print(&row);
}

int main(int argc, char **argv)
{
    long rounds = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: expand ROUNDS <PATTERNS\n");
        return EXIT_FAILURE;
    }
    char line[LINE_MAX_BYTES];
    patterns = calloc(PATTERNS_MAX, sizeof *patterns);
    while (patterns && pattern_count < PATTERNS_MAX && fgets(line, sizeof line, stdin)) {
        size_t len = strcspn(line, "\n");
        char *copy = malloc(len + 1);
        if (!copy) {
            return EXIT_FAILURE;
        }
        memcpy(copy, line, len);
        patterns[pattern_count++] = (struct str){copy, len};
    }
    for (uint32_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        names[i] = catalogue_action_name(i, &texts[i]);
    }
    if (pattern_count) {
        measure("actions of the patterns", expand_all, pattern_count, (int)rounds);
    }
    measure("actions found by name", find_all, CATALOGUE_ACTION_COUNT, (int)rounds);
    return EXIT_SUCCESS;
}
