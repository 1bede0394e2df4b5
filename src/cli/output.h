/* SPDX-License-Identifier: MIT */
/* Writing what a run comes to: to standard output, or to a file, all of it or nothing. */
#ifndef EKSLINT_CLI_OUTPUT_H
#define EKSLINT_CLI_OUTPUT_H

#include "base/str.h"

/*
 * All of text to standard output. Returns EKSLINT_OK, or EKSLINT_INTERNAL where it could not be
 * written; the reason is said, except for a reader that went away (EPIPE).
 */
int output_standard(struct str text);

/*
 * Replace the file `path` by text in one step: readers see the old file or the whole new one. What
 * is no regular file (a terminal, /dev/null, a FIFO) is written to as it is. Returns EKSLINT_OK,
 * EKSLINT_USAGE where there can be no such file (no such directory, no permission), or
 * EKSLINT_INTERNAL; the reason is said.
 */
int output_file(const char *path, struct str text);

/* Write a file that must not exist yet, or leave no trace of it. Statuses as for output_file(). */
int output_new_file(const char *path, struct str text);

/* The same for a file that nobody but its owner may read, and whole or not at all. */
int output_private_file(const char *path, struct str text);

/*
 * Replace a file of the user's that was read as `expected`, whole or not at all: a new file beside it, on
 * the disk before it takes the old one's place, with its owner and permissions. What a symbolic link leads
 * to is replaced, not the link. EKSLINT_INPUT, which has been said, where it cannot be written or is
 * neither what was read nor the new text any more.
 */
int output_fixed_file(const char *path, struct str expected, struct str text);

#endif
