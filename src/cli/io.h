/* SPDX-License-Identifier: MIT */
/* File descriptors: whole writes and whole reads. */
#ifndef EKSLINT_CLI_IO_H
#define EKSLINT_CLI_IO_H

#include "base/arena.h"

#include <sys/types.h>

/* Write all of text. False with errno set where that was not possible. */
MUST_USE bool io_write_all(int fd, struct str text);

/*
 * Wait for what there is to read, at most `room` bytes. Returns how many came, 0 at the end of file, or -1 with errno
 * set.
 */
ssize_t io_read_some(int fd, char *bytes, size_t room);

/*
 * Read to the end of file, however long that turns out to be; `expected` is a guess that saves
 * copies. False with errno set: EFBIG where there are more than max bytes. Memory in arena.
 */
MUST_USE bool io_read_all(int fd, size_t expected, size_t max, struct arena *arena,
                          struct str *bytes);

#endif
