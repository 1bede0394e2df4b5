/* SPDX-License-Identifier: MIT */
/*
 * Reading files: only regular ones, and standard input. Anything else (a FIFO, a device, a socket)
 * could block or do something when it is opened, and is refused without that.
 */
#ifndef EKSLINT_CLI_FILES_H
#define EKSLINT_CLI_FILES_H

#include "base/limits.h"

/*
 * A file's bytes, or why there are none: a message, in which case `why` is not NULL. All memory in
 * arena.
 */
struct file_text {
    struct str bytes;
    const char *why;
};

/* Symbolic links are followed. At most as many bytes as the limit 'document-bytes' has by default. */
struct file_text file_read(struct arena *arena, const char *path);

/* The same for what is judged, at most as many bytes as these limits say. */
struct file_text file_read_within(struct arena *arena, const char *path,
                                  const struct limits *limits);

/*
 * The same for what lstat(2) saw to be a regular file a moment ago: a link that has taken its place is refused, and
 * it is not looked at again before it is opened.
 */
struct file_text file_read_seen(struct arena *arena, const char *path, const struct limits *limits);

/* The same for a path that has been resolved: a symbolic link in its last part is refused. */
struct file_text file_read_resolved(struct arena *arena, const char *path);

struct file_text file_read_standard_input(struct arena *arena, const struct limits *limits);

/* "cannot be read: No such file or directory", for an errno. Memory in arena. */
const char *file_trouble(struct arena *arena, int error);

/* What is said of a path that is no regular file. */
extern const char file_not_regular[];

#endif
