/* SPDX-License-Identifier: MIT */
/*
 * A library to be loaded before the program (LD_PRELOAD): the call of number FAULT_AT, of those that FAULT_KIND
 * is about, goes wrong. The file FAULT_NOTE is then made, so that a test knows that it happened at all. Without
 * FAULT_KIND the calls that write fail half done, or with FAULT_KILL set end the process there. With FAULT_CHANGE
 * set somebody else adds a line to each file that is about to be replaced.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The calls that a kind is about, as bits. */
enum {
    ALLOCATE = 1,
    READ = 2,
    WRITE = 4,
    OPEN = 8,
    CLOSE = 16,
    SYNC = 32,
    MODE = 64,
    RENAME = 128,
    CREATE = 256, /* open() for writing */
    REMOVE = 512,
    WRITING = WRITE | CREATE | SYNC | MODE | RENAME | REMOVE
};

enum deed { FAIL, HALF, FAIL_HALF, RAISE, KILL };

static const struct kind {
    const char *name;
    int calls;
    enum deed deed;
    int number; /* the error, or the signal */
} kinds[] = {
    {"memory", ALLOCATE, FAIL, ENOMEM},
    {"read-short", READ, HALF, 0},
    {"read-interrupted", READ, FAIL, EINTR},
    {"read-error", READ, FAIL, EIO},
    {"write-short", WRITE, HALF, 0},
    {"write-interrupted", WRITE, FAIL, EINTR},
    {"write-full", WRITE, FAIL_HALF, ENOSPC},
    {"write-pipe", WRITE, FAIL, EPIPE},
    {"write-error", WRITE, FAIL_HALF, EIO},
    {"open-error", OPEN | CREATE, FAIL, EMFILE},
    {"create-error", CREATE, FAIL, ENOSPC},
    {"close-error", CLOSE, FAIL, EIO},
    {"sync-error", SYNC, FAIL, EIO},
    {"mode-error", MODE, FAIL, EPERM},
    {"rename-error", RENAME, FAIL, EACCES},
    {"interrupt", WRITING | CLOSE, RAISE, SIGINT},
    {"terminate", WRITING | CLOSE, RAISE, SIGTERM},
    {"kill", WRITING, KILL, SIGKILL},
};

static const struct kind plain = {"", WRITE | SYNC | MODE | RENAME, FAIL_HALF, EIO};
static const struct kind killing = {"", WRITE | SYNC | MODE | RENAME, KILL, 0};

static const struct kind *find_kind(void)
{
    const char *name = getenv("FAULT_KIND");
    if (!name) {
        return getenv("FAULT_KILL") ? &killing : &plain;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

static void note(void)
{
    const char *path = getenv("FAULT_NOTE");
    if (path) {
        long fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0666);
        (void)syscall(SYS_close, fd);
    }
}

/* What goes wrong with this call, or NULL. Only one thread counts where it matters. */
static const struct kind *turn(int call)
{
    static long count;
    const char *at = getenv("FAULT_AT");
    const struct kind *kind = at ? find_kind() : NULL;
    if (!kind || !(kind->calls & call) || ++count != atol(at)) {
        return NULL;
    }
    note();
    if (kind->deed == RAISE) {
        raise(kind->number);
        return NULL;
    }
    return kind;
}

static int fail(const struct kind *kind)
{
    if (kind->deed == KILL) {
        _exit(99);
    }
    errno = kind->number;
    return -1;
}

/* ---- memory ---- */

static void *refuse(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    static void *(*next)(size_t);
    next = next ? next : (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
    return turn(ALLOCATE) ? refuse() : next(size);
}

void *calloc(size_t count, size_t size)
{
    static void *(*next)(size_t, size_t);
    next = next ? next : (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
    return turn(ALLOCATE) ? refuse() : next(count, size);
}

void *realloc(void *block, size_t size)
{
    static void *(*next)(void *, size_t);
    next = next ? next : (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
    return turn(ALLOCATE) ? refuse() : next(block, size);
}

/* ---- files ---- */

ssize_t read(int fd, void *bytes, size_t len)
{
    const struct kind *kind = turn(READ);
    if (kind && kind->deed != HALF) {
        return fail(kind);
    }
    return syscall(SYS_read, fd, bytes, kind && len > 1 ? len / 2 : len);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    /* Messages are no files: what fails there cannot be told. */
    const struct kind *kind =
        fd == STDERR_FILENO || (fd == STDOUT_FILENO && !getenv("FAULT_KIND")) ? NULL : turn(WRITE);
    if (!kind) {
        return syscall(SYS_write, fd, bytes, len);
    }
    if (kind->deed == HALF) {
        return syscall(SYS_write, fd, bytes, len > 1 ? len / 2 : len);
    }
    if (kind->deed != FAIL) {
        (void)!syscall(SYS_write, fd, bytes, len / 2);
    }
    return fail(kind);
}

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    const struct kind *kind = turn(flags & O_CREAT ? CREATE : OPEN);
    return kind ? fail(kind) : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
    const struct kind *kind = turn(CLOSE);
    int closed = (int)syscall(SYS_close, fd);
    return kind ? fail(kind) : closed;
}

int fsync(int fd)
{
    const struct kind *kind = turn(SYNC);
    return kind ? fail(kind) : (int)syscall(SYS_fsync, fd);
}

int fchmod(int fd, mode_t mode)
{
    const struct kind *kind = turn(MODE);
    return kind ? fail(kind) : (int)syscall(SYS_fchmod, fd, mode);
}

int rename(const char *from, const char *to)
{
    const struct kind *kind = turn(RENAME);
    return kind ? fail(kind) : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path)
{
    const struct kind *kind = turn(REMOVE);
    return kind ? fail(kind) : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
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
