/* SPDX-License-Identifier: MIT */
/* Times of rounds and their rows: see rounds.h. */
#include "rounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double ms_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

double now_ms(void)
{
    return ms_of(CLOCK_MONOTONIC);
}

double cpu_ms(void)
{
    return ms_of(CLOCK_PROCESS_CPUTIME_ID);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between two rounds the mean of both, by their distance. */
static double quantile(const double *times, int count, double part)
{
    double at = (count - 1) * part;
    int below = (int)at;
    int above = below + 1 < count ? below + 1 : below;
    return times[below] + (times[above] - times[below]) * (at - below);
}

void row_print(struct row *row)
{
    int count = row->rounds;
    qsort(row->times, (size_t)count, sizeof row->times[0], compare_doubles);
    qsort(row->cpu, (size_t)count, sizeof row->cpu[0], compare_doubles);
    printf("%s\t%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%ld\t%.0f\t%.0f\n", row->scenario,
           row->name, row->base, count, quantile(row->times, count, 0.5),
           quantile(row->times, count, 0.25), quantile(row->times, count, 0.75),
           quantile(row->cpu, count, 0.5), row->cpu[0], row->kilobytes, row->items, row->bytes);
}
