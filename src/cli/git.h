/* SPDX-License-Identifier: MIT */
/*
 * Asking git which files changed. git is the only program that is ever started, and only for this.
 *
 * The repository may be a stranger's, and its configuration with it, so nothing of it may run: git is
 * started without a shell and without standard input; file system monitors, hooks, external diffs, text
 * conversions and submodules are turned off, content filters (git's documentation, gitattributes,
 * "filter") are emptied by name, no transport is allowed and nothing that is missing is fetched, and
 * the index is not written. What REV names cannot be an option.
 */
#ifndef EKSLINT_CLI_GIT_H
#define EKSLINT_CLI_GIT_H

#include "cli/strings.h"

/*
 * The files in and below the current folder, and within `paths` (all of them where there is none), that
 * differ from the commit `revision` in the working tree, and those that git does not track and does not
 * ignore; relative to the current folder, sorted. False has been said, also where a path lies elsewhere.
 * Memory in arena.
 */
MUST_USE bool git_list_changed(struct arena *arena, const char *revision,
                               const struct strings *paths, struct strings *names);

#endif
