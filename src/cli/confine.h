/* SPDX-License-Identifier: MIT */
/*
 * The sandbox of a run: which phase it is in, and which files it may open, from what was asked for. With
 * --no-sandbox nothing here does anything.
 */
#ifndef EKSLINT_CLI_CONFINE_H
#define EKSLINT_CLI_CONFINE_H

#include "base/buf.h"
#include "cli/commands.h"

/* Before any byte is read that a user wrote, and after the last program was started. */
void confine_begin(const struct options *options);

/*
 * Before configuration and rules are read: only the files of this run can be opened from here on, and what
 * lies below `root`, where a configuration may lead. NULL: there is none.
 */
void confine_files(struct cli *cli, const char *root);

/*
 * Configuration and rules have been read: what only they could lead to is out of reach again, and everything
 * where there are no inputs.
 */
void confine_settings_read(struct cli *cli);

/* All inputs have been read: where nothing is written either, nothing is opened any more. */
void confine_seal(const struct cli *cli);

/* The line of --version, which enters the sandbox to know. */
void confine_describe(const struct options *options, struct buf *out);

/* For `redact`, once all is read: files can be made in its new folder and in that of the map, and none be read. */
void confine_copy(struct cli *cli, const char *folder);

#endif
