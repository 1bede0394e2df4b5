/* SPDX-License-Identifier: MIT */
/* `--stats` and `--profile-rules`: what a run took, on standard error. Without them no clock is read. */
#ifndef EKSLINT_CLI_STATS_H
#define EKSLINT_CLI_STATS_H

#include "cli/commands.h"
#include "ekslint.h"

enum stats_phase { STATS_READ, STATS_PARSE, STATS_JUDGE, STATS_REPORT, STATS_PHASE_COUNT };

struct stats {
    bool wanted;
    enum stats_phase phase;
    unsigned long long since; /* of that phase, in nanoseconds */
    unsigned long long spent[STATS_PHASE_COUNT];
    unsigned long long bytes;
};

/* Before anything is read; what the rules take is measured from here on. */
void stats_begin(struct cli *cli, ekslint *e);

/* From here on time is that of another phase; returns the one before. */
enum stats_phase stats_enter(struct cli *cli, enum stats_phase phase);

/* So many bytes have been parsed; back to the phase before. */
void stats_parsed(struct cli *cli, enum stats_phase before, size_t bytes);

/* Once the report is written. */
void stats_print(struct cli *cli, ekslint *e);

#endif
