/* SPDX-License-Identifier: MIT */
/*
 * What several commands need: an engine with the rules that were asked for, and how output is to
 * look.
 */
#ifndef EKSLINT_CLI_SETUP_H
#define EKSLINT_CLI_SETUP_H

#include "cli/commands.h"
#include "ekslint.h"

/*
 * An engine with the language and the date (of --date, else of SOURCE_DATE_EPOCH, else today in
 * UTC), without the built-in rules where that was asked for, with the configuration of the command's
 * paths and its rules, and with the rules of --rules. NULL where the date is none, or a configuration
 * or rule file is wrong or cannot be read, which has been said: the exit status is then
 * EKSLINT_USAGE.
 */
ekslint *setup_engine(struct cli *cli);

/*
 * How to write to a descriptor: width and colour follow the terminal, the environment and the
 * options.
 */
ekslint_output setup_output(const struct cli *cli, int fd);

/* The problems of rule files and of what was given, on standard error. */
void setup_print_problems(struct cli *cli, ekslint *e);

/* What keeps an output from being complete where that is no report (ekslint_obstacles()), likewise. */
void setup_print_obstacles(const struct cli *cli, ekslint *e);

/* Say that there is no such rule, with the nearest; returns EKSLINT_USAGE. */
int setup_unknown_rule(ekslint *e, const char *id);

/* Was a report, for a file of this name, larger than the limit lets it be? That is said. */
bool setup_is_too_large(ekslint_text text, const char *where);

/* Write a text of the engine to standard output and free it. Returns the exit status. */
int setup_print(ekslint_text text);

#endif
