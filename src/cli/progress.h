/* SPDX-License-Identifier: MIT */
/*
 * One line on standard error that says how far a long run is: only on a terminal that can move its
 * cursor, and gone before anything else is written. Long is a matter of how many files there are, so
 * that no clock is asked.
 */
#ifndef EKSLINT_CLI_PROGRESS_H
#define EKSLINT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    size_t total;
    bool shown; /* there is such a line, or will be */
};

/* `quiet`: show nothing. */
struct progress progress_begin(size_t total, bool quiet);

/* `done` files are behind us. */
void progress_step(const struct progress *progress, size_t done);

/* All are read, and what they say together is judged. */
void progress_judging(const struct progress *progress);

/* Erase the line. */
void progress_end(struct progress *progress);

#endif
