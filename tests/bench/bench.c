/* SPDX-License-Identifier: MIT */
/*
 * bench <PLAN: times of whole processes, from start to exit. Each line of the plan is a command, its fields
 * separated by tabs:
 *   scenario, name, "base" or "-", rounds, items, bytes, the highest exit status that is fine, standard input, program,
 *   arguments...
 * The commands of a scenario follow each other in the plan and alternate when they run, so that a slow moment of the
 * machine hits all of them. Before the first round each runs once unmeasured, where it has more than UNWARMED rounds:
 * its files are in memory then. Output of the commands is thrown away. Writes a row (rounds.h) for each; fails where
 * one does not run.
 *
 * The peak memory of a command is at least that of this program, which is why the plan is all that it holds.
 */
#define _DEFAULT_SOURCE

#include "rounds.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS_MAX = 24, ARGUMENTS_MAX = 24, LINE_BYTES = 8192, UNWARMED = 3 };

struct command {
    struct row row;
    char *line; /* what all texts point into */
    char *input;
    int status_max;
    char *argv[ARGUMENTS_MAX + 1];
};

static double ms_of(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

/* One process to its end; its time in ms and what it used, or -1. */
static double run(const struct command *command, struct rusage *used)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, command->input, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    double start = now_ms();
    int failed = posix_spawn(&child, command->argv[0], &actions, NULL, command->argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed || wait4(child, &status, 0, used) != child) {
        fprintf(stderr, "bench: '%s' cannot be started\n", command->argv[0]);
        return -1;
    }
    double end = now_ms();
    if (!WIFEXITED(status) || WEXITSTATUS(status) > command->status_max) {
        fprintf(stderr, "bench: '%s' of %s ended with %s %d\n", command->row.name,
                command->row.scenario, WIFEXITED(status) ? "status" : "signal",
                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
        return -1;
    }
    return end - start;
}

static int run_round(struct command *command, int round)
{
    struct rusage used;
    struct row *row = &command->row;
    if (round >= row->rounds || (round < 0 && row->rounds <= UNWARMED)) {
        return 0;
    }
    double ms = run(command, &used);
    if (ms < 0) {
        return -1;
    }
    if (round < 0) {
        return 0;
    }
    row->times[round] = ms;
    row->cpu[round] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
    row->kilobytes = used.ru_maxrss > row->kilobytes ? used.ru_maxrss : row->kilobytes;
    return 0;
}

static int run_scenario(struct command *commands, size_t count)
{
    for (int round = -1; round < ROUNDS_MAX; round++) {
        for (size_t i = 0; i < count; i++) {
            if (run_round(&commands[i], round) != 0) {
                return -1;
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        row_print(&commands[i].row);
        free(commands[i].line);
    }
    fflush(stdout);
    return 0;
}

/* Take a line of the plan apart, which stays where it is; -1 where it is none. */
static int command_parse(char *line, struct command *command)
{
    enum { SCENARIO, NAME, BASE, ROUNDS, ITEMS, BYTES, STATUS, INPUT, PROGRAM };
    char *fields[PROGRAM + ARGUMENTS_MAX] = {NULL};
    size_t count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *field = line; field && count < PROGRAM + ARGUMENTS_MAX; count++) {
        char *tab = strchr(field, '\t');
        fields[count] = field;
        if (tab) {
            *tab++ = '\0';
        }
        field = tab;
    }
    if (count <= PROGRAM || count == PROGRAM + ARGUMENTS_MAX) {
        fprintf(stderr, "bench: %zu fields in a line of the plan: '%s'\n", count, line);
        return -1;
    }
    long rounds = strtol(fields[ROUNDS], NULL, 10);
    *command = (struct command){
        .row = {.scenario = fields[SCENARIO],
                .name = fields[NAME],
                .base = fields[BASE],
                .rounds = rounds < 1            ? 1
                          : rounds > ROUNDS_MAX ? ROUNDS_MAX
                                                : (int)rounds,
                .items = strtod(fields[ITEMS], NULL),
                .bytes = strtod(fields[BYTES], NULL)},
        .line = line,
        .input = fields[INPUT],
        .status_max = (int)strtol(fields[STATUS], NULL, 10),
    };
    memcpy(command->argv, fields + PROGRAM, (count - PROGRAM) * sizeof fields[0]);
    return 0;
}

int main(void)
{
    static struct command commands[COMMANDS_MAX];
    char line[LINE_BYTES];
    size_t count = 0;
    while (fgets(line, sizeof line, stdin)) {
        struct command command;
        char *copy = strdup(line);
        if (!copy || command_parse(copy, &command) != 0) {
            return EXIT_FAILURE;
        }
        int is_other = count && strcmp(commands[0].row.scenario, command.row.scenario) != 0;
        if (is_other || count == COMMANDS_MAX) {
            if (run_scenario(commands, count) != 0) {
                return EXIT_FAILURE;
            }
            count = 0;
        }
        commands[count++] = command;
    }
    return count && run_scenario(commands, count) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
