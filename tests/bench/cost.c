/* SPDX-License-Identifier: MIT */
/*
 * cost OUTPUT COMMAND…: run it with its output and errors to the file OUTPUT, and print what it took: seconds of
 * processor time, peak memory in MB, and the exit status (128 and the signal's number where one ended it). It is
 * ended after 60 seconds of processor time.
 */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SECONDS = 60 };

static void become(const char *output, char **command)
{
    struct rlimit most = {MOST_SECONDS, MOST_SECONDS};
    int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0 ||
        setrlimit(RLIMIT_CPU, &most) != 0) {
        _exit(126);
    }
    execvp(command[0], command);
    _exit(127);
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct rusage used;
    int status;
    if (argc < 3) {
        return EXIT_FAILURE;
    }
    pid_t child = fork();
    if (child == 0) {
        become(argv[1], argv + 2);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        return EXIT_FAILURE;
    }
    printf("%.3f %.1f %d\n", seconds(used.ru_utime) + seconds(used.ru_stime),
           (double)used.ru_maxrss / 1024,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return EXIT_SUCCESS;
}
