/* SPDX-License-Identifier: MIT */
/*
 * Invariant: nothing is opened that was not a regular file a moment before, and nothing is read
 * that is none once it is open. O_NONBLOCK covers the moment between: opening a FIFO with it
 * returns at once (POSIX.1-2008, open()).
 */
#include "cli/files.h"

#include "base/memory.h"
#include "cli/io.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

const char file_not_regular[] = "is not a regular file (for standard input, give -)";

const char *file_trouble(struct arena *arena, int error)
{
    if (error == ENOMEM) {
        memory_exhausted();
    }
    return arena_format(arena, "cannot be read: %s", strerror(error)).ptr;
}

static struct file_text refuse(const char *why)
{
    return (struct file_text){.why = why};
}

/* What is said of a file with more bytes than are read. */
static struct file_text refuse_large(struct arena *arena, const struct limits *limits)
{
    uint64_t most = limits->of[LIMIT_DOCUMENT_BYTES];
    return refuse(arena_format(arena, "is larger than %s %s",
                               limit_amount(arena, LIMIT_DOCUMENT_BYTES, most).ptr,
                               limit_advice(arena, LIMIT_DOCUMENT_BYTES).ptr)
                      .ptr);
}

/* Read an open file of this size, which may meanwhile be another. */
static struct file_text read_open(struct arena *arena, int fd, off_t size,
                                  const struct limits *limits)
{
    uint64_t most = limits->of[LIMIT_DOCUMENT_BYTES];
    if (size > (off_t)most) {
        return refuse_large(arena, limits);
    }
    struct str bytes = {0};
    if (!io_read_all(fd, (size_t)size, (size_t)most, arena, &bytes)) {
        return errno == EFBIG ? refuse_large(arena, limits) : refuse(file_trouble(arena, errno));
    }
    return (struct file_text){.bytes = bytes};
}

/* Anything else that has taken a file's place does not block, and is told by what was opened. */
static struct file_text open_and_read(struct arena *arena, const char *path, int flags,
                                      const struct limits *limits)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);
    if (fd < 0) {
        return refuse(file_trouble(arena, errno));
    }
    struct file_text text = {.why = file_not_regular};
    if (fstat(fd, &status) != 0) {
        text.why = file_trouble(arena, errno);
    } else if (S_ISREG(status.st_mode)) {
        text = read_open(arena, fd, status.st_size, limits);
    }
    close(fd);
    return text;
}

static struct file_text read_file(struct arena *arena, const char *path, int flags,
                                  const struct limits *limits)
{
    struct stat status;
    if ((flags & O_NOFOLLOW ? lstat(path, &status) : stat(path, &status)) != 0) {
        return refuse(file_trouble(arena, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(file_not_regular);
    }
    return open_and_read(arena, path, flags, limits);
}

struct file_text file_read(struct arena *arena, const char *path)
{
    return read_file(arena, path, 0, &limits_default);
}

struct file_text file_read_within(struct arena *arena, const char *path,
                                  const struct limits *limits)
{
    return read_file(arena, path, 0, limits);
}

struct file_text file_read_seen(struct arena *arena, const char *path, const struct limits *limits)
{
    return open_and_read(arena, path, O_NOFOLLOW, limits);
}

struct file_text file_read_resolved(struct arena *arena, const char *path)
{
    return read_file(arena, path, O_NOFOLLOW, &limits_default);
}

struct file_text file_read_standard_input(struct arena *arena, const struct limits *limits)
{
    struct stat status;
    bool regular = fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    return read_open(arena, STDIN_FILENO, regular ? status.st_size : 0, limits);
}
