/* SPDX-License-Identifier: MIT */
/*
 * The configuration of a run: found or named, read with all that it names, and handed to the engine.
 *
 * A configuration that was found belongs to whoever wrote the repository, who may be a stranger: what
 * it names must lie in the repository, as text and in truth (no absolute path, no '..' and no symbolic
 * link out of it). A file that --config names was chosen by the user and may name anything; what it
 * extends is held to the folder that it lies in.
 */
#ifndef EKSLINT_CLI_CONFIGURE_H
#define EKSLINT_CLI_CONFIGURE_H

#include "cli/commands.h"
#include "ekslint.h"

/*
 * Hand the engine the configuration of the command's paths, and the rules that it names or that lie
 * beside it. False where something could not be found or read, which has been said; mistakes in the
 * files are the engine's to tell, by ekslint_apply_config().
 */
MUST_USE bool configure(struct cli *cli, ekslint *e);

/* The current folder, absolute; NULL where it has no path, which has been said. */
const char *configure_here(struct cli *cli);

/*
 * Tell the engine of the configurations that were met among the files and do not count (absolute
 * paths are not needed).
 */
void configure_note_unused(struct cli *cli, ekslint *e, const struct strings *met);

#endif
