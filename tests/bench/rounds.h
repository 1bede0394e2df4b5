/* SPDX-License-Identifier: MIT */
/*
 * What the programs of the benchmark share: times of rounds, and the rows in which they are handed on. A row is a
 * line of fields with tabs between them (report.awk reads them; a field that has nothing to say is 0):
 *   scenario, name, "base" or "-", rounds, median ms, lower quartile, upper quartile, median processor ms,
 *   least processor ms, peak memory in KB, items of one round, bytes of one round
 */
#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

#include <stddef.h>

enum { ROUNDS_MAX = 128 };

struct row {
    const char *scenario;
    const char *name;
    const char *base; /* "base" where the others of the scenario are multiples of it, else "-" */
    int rounds;
    double times[ROUNDS_MAX]; /* wall-clock time of each round, in ms; row_print() sorts them */
    double cpu[ROUNDS_MAX];   /* processor time, likewise */
    long kilobytes;           /* the most that a round took */
    double items;
    double bytes;
};

/* The clock of whole runs, in milliseconds. */
double now_ms(void);

/* The processor time of this process, in milliseconds. */
double cpu_ms(void);

/* Write a row with at least one round to standard output. */
void row_print(struct row *row);

#endif
