/* SPDX-License-Identifier: MIT */
/*
 * growth EKSLINT SMALLEST FILE...: what checking each file takes, and how much more than the file before,
 * which is half its size. What the program takes by itself, for SMALLEST, is left out of the factors.
 * Processor time and peak memory are the least of some rounds, which alternate between the files, so
 * that a slow moment of the machine hits all of them. Fails where the last file takes more than
 * FACTOR_MAX as much time as its half and QUARTER_MAX as much as its quarter, or a large one more than so
 * much memory per byte. One factor alone may be a step: memory that outgrows a cache or a first piece, a
 * budget that is used up from one size on.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 7, FILES_MAX = 16 };

/* Of files from this size on: what the program takes by itself, and a list that is full, weigh less. */
enum { ROOM_PER_BYTE_MAX = 256, ROOM_BYTES = 900 * 1000 };

/* Twice as much, and what sorting and a busy machine add to that. */
#define FACTOR_MAX 3.0

/*
 * Four times as much, with one step in it that doubles the time of a byte; what grows with the square takes
 * sixteen times as much.
 */
#define QUARTER_MAX 9.0

/* Below this nothing but the start of the program is measured. */
#define LEAST_MS 2.0

struct measured {
    const char *name;
    long long bytes;
    double ms;
    long kilobytes;
};

static double ms_of(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

/* In a process of its own, whose memory is that of the program alone. */
static int run_once(const char *program, struct measured *file)
{
    struct rusage usage;
    int status;
    pid_t child = fork();
    if (child == 0) {
        int out = open("/dev/null", O_WRONLY);
        if (out < 0 || dup2(out, STDOUT_FILENO) < 0) {
            _exit(127);
        }
        execl(program, program, "check", "--profile", "pedantic", file->name, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "growth: '%s' did not run on '%s'\n", program, file->name);
        return -1;
    }
    double ms = ms_of(usage.ru_utime) + ms_of(usage.ru_stime);
    file->ms = file->ms == 0 || ms < file->ms ? ms : file->ms;
    file->kilobytes = file->kilobytes == 0 || usage.ru_maxrss < file->kilobytes ? usage.ru_maxrss
                                                                                : file->kilobytes;
    return 0;
}

static int measure(const char *program, struct measured *files, int count)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < count; i++) {
            if (run_once(program, &files[i]) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* How much more than half of it takes; 0 where that is too little to tell. */
static double factor_of(const struct measured *half, const struct measured *file, double start)
{
    return half->ms - start < LEAST_MS ? 0 : (file->ms - start) / (half->ms - start);
}

/* Does the last file take too much more than its half and its quarter? */
static int grows_too_fast(const struct measured *files, int i)
{
    double start = files[0].ms;
    double least = (files[i - 1].ms - start) / 4; /* of a quarter too short to be measured */
    double quarter = i > 2 ? files[i - 2].ms - start : least;
    double most = QUARTER_MAX * (quarter > least ? quarter : least);
    return factor_of(&files[i - 1], &files[i], start) > FACTOR_MAX && files[i].ms - start > most;
}

static int print_row(const struct measured *files, int i, int count)
{
    const struct measured *file = &files[i];
    double factor = i > 1 ? factor_of(&files[i - 1], file, files[0].ms) : 0;
    double room = (double)(file->kilobytes - files[0].kilobytes) * 1024 / (double)file->bytes;
    const char *slash = file->name;
    for (const char *c = file->name; *c; c++) {
        slash = *c == '/' ? c + 1 : slash;
    }
    int bad = (i == count - 1 && i > 1 && grows_too_fast(files, i)) ||
              (file->bytes >= ROOM_BYTES && room > ROOM_PER_BYTE_MAX);
    printf("%-28s %9lld bytes %9.2f ms %8ld KB %7.1f a byte", slash, file->bytes, file->ms,
           file->kilobytes, room);
    if (factor > 0) {
        printf("  x %.2f", factor);
    }
    printf("%s\n", bad ? "  TOO MUCH" : "");
    return bad;
}

int main(int argc, char **argv)
{
    struct measured files[FILES_MAX] = {0};
    int count = argc - 2;
    if (count < 2 || count > FILES_MAX) {
        fprintf(stderr, "usage: growth EKSLINT SMALLEST FILE...\n");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < count; i++) {
        struct stat status;
        files[i].name = argv[i + 2];
        if (stat(files[i].name, &status) != 0) {
            fprintf(stderr, "growth: '%s' cannot be read\n", files[i].name);
            return EXIT_FAILURE;
        }
        files[i].bytes = (long long)status.st_size;
    }
    if (measure(argv[1], files, count) != 0) {
        return EXIT_FAILURE;
    }
    int bad = 0;
    for (int i = 1; i < count; i++) {
        bad |= print_row(files, i, count);
    }
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
