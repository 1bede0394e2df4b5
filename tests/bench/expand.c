/* SPDX-License-Identifier: MIT */
/*
 * expand <PATTERNS: what the IAM catalogue takes in one process, for action patterns of standard
 * input, one a line, and for looking up every action by its name. Numbers are for reading; no test
 * depends on them.
 */
#include "aws/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PASSES = 21, PATTERNS_MAX = 65536, LINE_MAX_BYTES = 4096 };

static double now_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

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

static void measure(const char *what, size_t (*work)(void), size_t per)
{
    double times[PASSES];
    size_t result = 0;
    for (int i = 0; i < PASSES; i++) {
        double start = now_us();
        result = work();
        times[i] = now_us() - start;
    }
    qsort(times, PASSES, sizeof times[0], compare_doubles);
    double median = times[PASSES / 2];
    printf("%-34s %9.3f ms  %8.1f ns each of %zu, %zu actions\n", what, median / 1e3,
           per ? median * 1e3 / (double)per : 0, per, result);
}

int main(void)
{
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
        measure("expand action patterns", expand_all, pattern_count);
    }
    measure("find each action by name", find_all, CATALOGUE_ACTION_COUNT);
    return EXIT_SUCCESS;
}
