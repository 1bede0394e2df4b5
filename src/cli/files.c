/* SPDX-License-Identifier: MIT */
/*
 * Invariant: nothing is opened that was not a regular file a moment before, and nothing is read
 * that is none once it is open. O_NONBLOCK covers the moment between: opening a FIFO with it
 * returns at once (POSIX.1-2008, open()).
 */
#include "cli/files.h"

#include "cli/io.h"
#include "text/source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

const char file_not_regular[] = "is not a regular file (for standard input, give -)";

static const char too_large[] = "is larger than 256 MiB, the most that ekslint reads";

_Static_assert(SOURCE_MAX_BYTES == 256 * 1024 * 1024, "the message above names the limit");

const char *file_trouble(struct arena *arena, int error)
{
    return arena_format(arena, "cannot be read: %s", strerror(error)).ptr;
}

static struct file_text fail(const char *why)
{
    return (struct file_text){.why = why};
}

/* Read an open file of this size, which may meanwhile be another. */
static struct file_text read_open(struct arena *arena, int fd, off_t size)
{
    if (size > SOURCE_MAX_BYTES) {
        return fail(too_large);
    }
    struct str bytes = {0};
    if (!io_read_all(fd, (size_t)size, SOURCE_MAX_BYTES, arena, &bytes)) {
        return fail(errno == EFBIG ? too_large : file_trouble(arena, errno));
    }
    return (struct file_text){.bytes = bytes};
}

static struct file_text read_file(struct arena *arena, const char *path, int flags)
{
    struct stat status;
    if ((flags & O_NOFOLLOW ? lstat(path, &status) : stat(path, &status)) != 0) {
        return fail(file_trouble(arena, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(file_not_regular);
    }
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);
    if (fd < 0) {
        return fail(file_trouble(arena, errno));
    }
    struct file_text text = {.why = file_not_regular};
    if (fstat(fd, &status) != 0) {
        text.why = file_trouble(arena, errno);
    } else if (S_ISREG(status.st_mode)) {
        text = read_open(arena, fd, status.st_size);
    }
    close(fd);
    return text;
}

struct file_text file_read(struct arena *arena, const char *path)
{
    return read_file(arena, path, 0);
}

struct file_text file_read_resolved(struct arena *arena, const char *path)
{
    return read_file(arena, path, O_NOFOLLOW);
}

struct file_text file_read_standard_input(struct arena *arena)
{
    struct stat status;
    bool regular = fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    return read_open(arena, STDIN_FILENO, regular ? status.st_size : 0);
}
