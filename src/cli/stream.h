/* SPDX-License-Identifier: MIT */
/* `check --stdin-jsonl`: a line in, a line out, for as long as there are lines. */
#ifndef EKSLINT_CLI_STREAM_H
#define EKSLINT_CLI_STREAM_H

#include "cli/commands.h"

/* With --stdin-jsonl, is nothing given that makes no sense with it? False has been said. */
bool stream_check_usage(const struct options *o);

/* Returns the exit status. */
int stream_check(struct cli *cli);

#endif
