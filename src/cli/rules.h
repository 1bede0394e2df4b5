/* SPDX-License-Identifier: MIT */
/* The words behind `rules` that have files of their own. */
#ifndef EKSLINT_CLI_RULES_H
#define EKSLINT_CLI_RULES_H

#include "cli/commands.h"

int rules_test(struct cli *cli);
int rules_check(struct cli *cli);
int rules_export(struct cli *cli);
int rules_pages(struct cli *cli);

#endif
