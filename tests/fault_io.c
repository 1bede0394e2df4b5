/* SPDX-License-Identifier: MIT */
/*
 * A library to be loaded before the program (LD_PRELOAD): of the calls that write to files, the one of
 * number FAULT_AT fails, half done, or with FAULT_KILL set ends the process there, half done too. With
 * FAULT_CHANGE set somebody else adds a line to each file that is about to be replaced.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Is it this call's turn? Then the process ends here, or the call fails. */
static int is_turn(void)
{
    static long count;
    const char *at = getenv("FAULT_AT");
    return at && ++count == atol(at);
}

static int fail(void)
{
    if (getenv("FAULT_KILL")) {
        _exit(99);
    }
    errno = EIO;
    return -1;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    if (fd > STDERR_FILENO && is_turn()) {
        (void)!syscall(SYS_write, fd, bytes, len / 2);
        return fail();
    }
    return syscall(SYS_write, fd, bytes, len);
}

int fsync(int fd)
{
    return is_turn() ? fail() : (int)syscall(SYS_fsync, fd);
}

int fchmod(int fd, mode_t mode)
{
    return is_turn() ? fail() : (int)syscall(SYS_fchmod, fd, mode);
}

int rename(const char *from, const char *to)
{
    return is_turn() ? fail() : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* The program asks whether it may write before it looks at what is there. */
int access(const char *path, int mode)
{
    if (getenv("FAULT_CHANGE")) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND);
        (void)!syscall(SYS_write, fd, "\n", 1);
        (void)syscall(SYS_close, fd);
    }
    return (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}
