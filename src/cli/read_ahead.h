/* SPDX-License-Identifier: MIT */
/*
 * Files are read by threads while the one before is judged. The threads do nothing but read: each file
 * comes out as if it had been read when it was asked for, and files are asked for in their order, so
 * that their number can change no output.
 */
#ifndef EKSLINT_CLI_READ_AHEAD_H
#define EKSLINT_CLI_READ_AHEAD_H

#include "cli/files.h"
#include "cli/walk.h"

struct read_ahead;

/* Read what was found, where it is a file (found->why is NULL). */
struct file_text found_read(struct arena *arena, const struct found *found,
                            const struct limits *limits);

/*
 * Begin to read the files of a walk (those without `why`) with up to `jobs` threads; with one job, or
 * few files, there are none, and files are read as they are asked for. `limits` must live as long. Memory in arena, and of what the
 * threads read in arenas of theirs until read_ahead_release().
 */
struct read_ahead *read_ahead_begin(struct arena *arena, const struct found *items, size_t count,
                                    const struct limits *limits, unsigned jobs);

/* The file of items[i]. Indexes rise from call to call; those that are left out are not waited for. */
struct file_text read_ahead_take(struct read_ahead *ahead, size_t i);

/* Stop and wait for the threads. What was read stays. NULL is fine. */
void read_ahead_end(struct read_ahead *ahead);

/* Free what was read. NULL is fine. */
void read_ahead_release(struct read_ahead *ahead);

#endif
