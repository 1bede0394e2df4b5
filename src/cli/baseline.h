/* SPDX-License-Identifier: MIT */
/*
 * --baseline, --write-baseline and --prune-baseline: reading the file before a check, and writing it behind.
 * It is replaced in one step or not at all, and never shared with a report or an input.
 */
#ifndef EKSLINT_CLI_BASELINE_H
#define EKSLINT_CLI_BASELINE_H

#include "cli/commands.h"
#include "ekslint.h"

/* Do the options fit together? False has been said. */
MUST_USE bool baseline_check_usage(struct cli *cli);

/* Give the engine its baseline, if there is one. False where it is wrong or cannot be read, which has been said. */
MUST_USE bool baseline_give(struct cli *cli, ekslint *e);

/* Tell the engine, once all files were added, which files of the baseline are not there any more. */
void baseline_look_for_files(struct cli *cli, ekslint *e);

/* Is the file the baseline that was read? It is no input then, whoever names it. */
bool baseline_is(const struct cli *cli, const char *path);

/* Write it where that was asked for. Returns the exit status of that. */
int baseline_write_back(struct cli *cli, ekslint *e, int status);

#endif
