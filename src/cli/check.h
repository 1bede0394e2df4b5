/* SPDX-License-Identifier: MIT */
/* What the commands that judge files share: settings, reading the files, writing the report. */
#ifndef EKSLINT_CLI_CHECK_H
#define EKSLINT_CLI_CHECK_H

#include "cli/commands.h"
#include "ekslint.h"

/* Hand the options to the engine. False where they are wrong, which has been said. */
MUST_USE bool check_configure(struct cli *cli, ekslint *e);

/* Whether every path is one; an empty one has been said. */
MUST_USE bool check_paths(const struct cli *cli);

/* Read the paths (the current folder where none is given), and the files that they refer to. */
void check_add_files(struct cli *cli, ekslint *e);

/* Whether the .gitignore files of repositories count. */
bool check_heeds_gitignore(const struct options *options);

/* Whether --output names a file; the report is then not for a terminal. */
bool check_is_to_file(const struct cli *cli);

/* Write a report where it belongs, and free it. Returns the exit status of that. */
int check_write(const struct cli *cli, ekslint_text report);

/* The exit status from the verdict and that of writing. */
int check_worse(int verdict, int written);

#endif
