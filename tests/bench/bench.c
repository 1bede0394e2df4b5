/* SPDX-License-Identifier: MIT */
/*
 * bench EKSLINT POLICY [PARSE CORPUS]: wall-clock times of whole processes, from start to exit, beside
 * yardsticks measured in the same run: /bin/true, and for a folder of policies PARSE (parse.c). Scenarios
 * alternate, so that a slow moment of the machine
 * hits all of them; medians are compared, and the quartiles tell how noisy the machine was. Numbers
 * are for reading as ratios; no test depends on them.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { ROUNDS = 101, CORPUS_ROUNDS = 15, SCENARIOS_MAX = 8, ARGUMENTS_MAX = 8 };

struct scenario {
    const char *name;
    char *argv[ARGUMENTS_MAX];
    int rounds;
    size_t yardstick; /* the scenario that it is a multiple of */
    double times[ROUNDS];
};

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Run to the end with the output thrown away; the time in milliseconds, or -1. */
static double run_once(char *const *argv)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    double start = now_ms();
    int failed = posix_spawn(&child, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        return -1;
    }
    return now_ms() - start;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const struct scenario *scenario, double part)
{
    return scenario->times[(size_t)((scenario->rounds - 1) * part)];
}

static void print_row(const struct scenario *scenario, const struct scenario *yardstick)
{
    double median = quantile(scenario, 0.5);
    printf("%-34s %9.3f ms  (%.3f to %.3f)  %6.2f x %s\n", scenario->name, median,
           quantile(scenario, 0.25), quantile(scenario, 0.75), median / quantile(yardstick, 0.5),
           yardstick->name);
}

static int measure(struct scenario *scenarios, size_t count)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            if (round < scenarios[i].rounds) {
                scenarios[i].times[round] = run_once(scenarios[i].argv);
                if (scenarios[i].times[round] < 0) {
                    fprintf(stderr, "bench: '%s' did not run\n", scenarios[i].name);
                    return EXIT_FAILURE;
                }
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        qsort(scenarios[i].times, (size_t)scenarios[i].rounds, sizeof(double), compare_doubles);
        print_row(&scenarios[i], &scenarios[scenarios[i].yardstick]);
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: bench EKSLINT POLICY [PARSE CORPUS]\n");
        return EXIT_FAILURE;
    }
    static struct scenario scenarios[SCENARIOS_MAX] = {
        {.name = "/bin/true", .argv = {"/bin/true"}, .rounds = ROUNDS},
        {.name = "ekslint --version", .rounds = ROUNDS},
        {.name = "one small policy, all rules", .rounds = ROUNDS},
        {.name = "jansson parses a folder", .rounds = CORPUS_ROUNDS, .yardstick = 3},
        {.name = "a folder of policies, all rules", .rounds = CORPUS_ROUNDS, .yardstick = 3},
    };
    scenarios[1].argv[0] = argv[1];
    scenarios[1].argv[1] = "--version";
    scenarios[2].argv[0] = argv[1];
    scenarios[2].argv[1] = "check";
    scenarios[2].argv[2] = argv[2];
    if (argc < 5) {
        return measure(scenarios, 3);
    }
    scenarios[3].argv[0] = argv[3];
    scenarios[3].argv[1] = argv[4];
    scenarios[4].argv[0] = argv[1];
    scenarios[4].argv[1] = "check";
    scenarios[4].argv[2] = argv[4];
    return measure(scenarios, 5);
}
