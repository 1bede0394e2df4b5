/* SPDX-License-Identifier: MIT */
/* Descriptors without stdio, so that every error is seen where it happens. */
#include "cli/output.h"

#include "cli/io.h"
#include "cli/message.h"
#include "cli/resolve.h"
#include "ekslint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NEW_FILE_MODE = 0666, TEMPORARY_TRIES = 100 };

int output_standard(struct str text)
{
    if (io_write_all(STDOUT_FILENO, text)) {
        return EKSLINT_OK;
    }
    if (errno == EPIPE) {
        return EKSLINT_OK; /* whoever reads has seen enough */
    }
    message_error("cannot write to standard output: %s", strerror(errno));
    return EKSLINT_INTERNAL;
}

/* Errors that the user mends by naming another file; all others are the system's. */
static int status_of(int error)
{
    static const int usage[] = {EACCES, EEXIST,  EISDIR, ELOOP, ENAMETOOLONG,
                                ENOENT, ENOTDIR, EPERM,  EROFS};
    for (size_t i = 0; i < COUNT_OF(usage); i++) {
        if (usage[i] == error) {
            return EKSLINT_USAGE;
        }
    }
    return EKSLINT_INTERNAL;
}

static int fail(const char *path)
{
    int error = errno;
    message_error("cannot write '%s': %s", path, strerror(error));
    return status_of(error);
}

/* Write and close; on failure the file is removed where `remove_path` names it. */
static bool finish(int fd, struct str text, const char *remove_path)
{
    bool written = io_write_all(fd, text);
    int error = errno;
    if (close(fd) != 0 && written) {
        written = false;
        error = errno;
    }
    if (!written && remove_path) {
        unlink(remove_path);
    }
    errno = error;
    return written;
}

static int write_in_place(const char *path, struct str text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return fd >= 0 && finish(fd, text, NULL) ? EKSLINT_OK : fail(path);
}

/* A new file beside `path`, hidden, so that no directory walk meets it. Its name goes to `name`. */
static int open_temporary(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    for (unsigned i = 0; i < TEMPORARY_TRIES; i++) {
        int len = snprintf(name, size, "%.*s.ekslint-%ld-%u.tmp", folder, path, (long)getpid(), i);
        if (len < 0 || (size_t)len >= size) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, NEW_FILE_MODE);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

/* Replace `target` by text; `path` is how the user named it. */
static int replace(const char *path, const char *target, const struct stat *old, struct str text)
{
    char name[4096];
    int fd = open_temporary(target, name, sizeof name);
    if (fd < 0) {
        return fail(path);
    }
    if (old && fchmod(fd, old->st_mode & 0777) != 0) {
        message_note("cannot keep the permissions of '%s'", path);
    }
    if (!finish(fd, text, name)) {
        return fail(path);
    }
    if (rename(name, target) != 0) {
        int status = fail(path);
        unlink(name);
        return status;
    }
    return EKSLINT_OK;
}

int output_file(const char *path, struct str text)
{
    struct stat old;
    if (stat(path, &old) != 0) {
        return errno == ENOENT ? replace(path, path, NULL, text) : fail(path);
    }
    if (S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return fail(path);
    }
    if (!S_ISREG(old.st_mode)) {
        return write_in_place(path, text);
    }
    /* What a symbolic link leads to is replaced, not the link. */
    struct arena arena = {0};
    const char *target = path_resolve(&arena, path);
    int status = target ? replace(path, target, &old, text) : fail(path);
    arena_release(&arena);
    return status;
}

int output_new_file(const char *path, struct str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, NEW_FILE_MODE);
    if (fd < 0 && errno == EEXIST) {
        message_error("'%s' exists already and was left as it is", path);
        return EKSLINT_USAGE;
    }
    return fd >= 0 && finish(fd, text, path) ? EKSLINT_OK : fail(path);
}
