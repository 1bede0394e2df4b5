/* SPDX-License-Identifier: MIT */
/* Descriptors without stdio, so that every error is seen where it happens. */
#include "cli/output.h"

#include "cli/files.h"
#include "cli/io.h"
#include "cli/message.h"
#include "cli/resolve.h"
#include "ekslint.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NEW_FILE_MODE = 0666, PRIVATE_MODE = 0600, TEMPORARY_TRIES = 100 };

/*
 * While a file is half written, signals that end the program wait: they then find the old file or the new one,
 * and nothing beside it. Only what nobody can hold back (SIGKILL) may leave a temporary file.
 */
static void hold_signals(sigset_t *before)
{
    static const int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < COUNT_OF(ending); i++) {
        sigaddset(&held, ending[i]);
    }
    pthread_sigmask(SIG_BLOCK, &held, before);
}

static void let_signals(const sigset_t *before)
{
    int error = errno;
    pthread_sigmask(SIG_SETMASK, before, NULL);
    errno = error;
}

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

static int replace_held(const char *path, const char *target, const struct stat *old,
                        struct str text)
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

/* Replace `target` by text; `path` is how the user named it. */
static int replace(const char *path, const char *target, const struct stat *old, struct str text)
{
    sigset_t before;
    hold_signals(&before);
    int status = replace_held(path, target, old, text);
    let_signals(&before);
    return status;
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

static int make_file(const char *path, struct str text, mode_t mode)
{
    sigset_t before;
    hold_signals(&before);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool exists = fd < 0 && errno == EEXIST;
    bool written = fd >= 0 && finish(fd, text, path);
    let_signals(&before);
    if (exists) {
        message_error("'%s' exists already and was left as it is", path);
        return EKSLINT_USAGE;
    }
    return written ? EKSLINT_OK : fail(path);
}

int output_new_file(const char *path, struct str text)
{
    return make_file(path, text, NEW_FILE_MODE);
}

int output_private_file(const char *path, struct str text)
{
    return make_file(path, text, PRIVATE_MODE);
}

/* ---- files of the user's ---- */

/* Errors of the folder do no harm: the file's own bytes are on the disk by then. */
static void sync_folder(const char *target)
{
    const char *slash = strrchr(target, '/');
    struct arena arena = {0};
    const char *folder =
        slash ? arena_str(&arena, (struct str){target, (size_t)(slash - target) + 1}).ptr : ".";
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    arena_release(&arena);
}

/* The new file with all that the old one had but its text: false with errno set. */
static bool fill_like(int fd, const struct stat *old, struct str text)
{
    struct stat now;
    if (fstat(fd, &now) != 0) {
        return false;
    }
    bool owned = now.st_uid == old->st_uid && now.st_gid == old->st_gid;
    /* The owner first: that drops the bits of set-user-ID. */
    return (owned || fchown(fd, old->st_uid, old->st_gid) == 0) &&
           fchmod(fd, old->st_mode & 07777) == 0 && io_write_all(fd, text) && fsync(fd) == 0;
}

static bool replace_whole_held(const char *target, const struct stat *old, struct str text)
{
    char name[4096];
    int fd = open_temporary(target, name, sizeof name);
    if (fd < 0) {
        return false;
    }
    bool good = fill_like(fd, old, text);
    int error = errno;
    if (close(fd) != 0 && good) {
        good = false;
        error = errno;
    }
    if (good && rename(name, target) != 0) {
        good = false;
        error = errno;
    }
    if (!good) {
        unlink(name);
        errno = error;
    }
    return good;
}

static bool replace_whole(const char *target, const struct stat *old, struct str text)
{
    sigset_t before;
    hold_signals(&before);
    bool good = replace_whole_held(target, old, text);
    let_signals(&before);
    return good;
}

/* What keeps a file from being replaced, or NULL. */
static const char *find_obstacle(struct arena *arena, const char *target, struct str expected,
                                 struct str text, struct stat *old)
{
    if (stat(target, old) != 0 || access(target, W_OK) != 0) {
        return arena_format(arena, "cannot be written: %s", strerror(errno)).ptr;
    }
    struct file_text now = file_read_resolved(arena, target);
    if (now.why) {
        return now.why;
    }
    /* It has the new text where it was named twice, as a link and as what that leads to. */
    bool good = str_eq(now.bytes, expected) || str_eq(now.bytes, text);
    return good ? NULL : "has changed since it was read, and is left as it is";
}

int output_fixed_file(const char *path, struct str expected, struct str text)
{
    struct stat old;
    struct arena arena = {0};
    const char *target = path_resolve(&arena, path);
    const char *obstacle =
        target ? find_obstacle(&arena, target, expected, text, &old) : file_trouble(&arena, errno);
    if (!obstacle && !replace_whole(target, &old, text)) {
        obstacle = arena_format(&arena, "cannot be written: %s%s", strerror(errno),
                                errno == EPERM ? "; a new file in its place has to have its owner "
                                                 "and group, and you may not give it those"
                                               : "")
                       .ptr;
    }
    if (obstacle) {
        message_error("'%s' %s", path, obstacle);
    } else {
        sync_folder(target);
        if (old.st_nlink > 1) {
            message_error("'%s' was known by another name, too, which keeps the old text", path);
        }
    }
    arena_release(&arena);
    return obstacle ? EKSLINT_INPUT : EKSLINT_OK;
}
