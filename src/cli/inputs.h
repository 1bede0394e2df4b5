/* SPDX-License-Identifier: MIT */
/*
 * The names of files that are not on the command line, --files-from and --changed-since, and how many
 * files are read at once.
 */
#ifndef EKSLINT_CLI_INPUTS_H
#define EKSLINT_CLI_INPUTS_H

#include "base/limits.h"
#include "cli/options.h"

/* What a run reads. */
struct inputs {
    struct strings changed; /* with --changed-since: its files, as if met in a folder */
    bool listed;            /* --files-from or --changed-since was given: no name means no file */
    unsigned jobs;          /* how many files are read at once */
};

/*
 * Read --jobs, and the list of --files-from, whose names become operands, or ask git for that of --changed-since.
 * False where they cannot be had, which has been said: the exit status is EKSLINT_USAGE. Memory in
 * arena.
 */
MUST_USE bool inputs_read(struct options *options, struct arena *arena, struct inputs *inputs);

/*
 * The limits as --limit sets them, and NULL behind the settings in `options`. False where one is wrong,
 * which has been said: the exit status is EKSLINT_USAGE.
 */
MUST_USE bool inputs_read_limits(struct options *options, struct arena *arena,
                                 struct limits *limits);

#endif
