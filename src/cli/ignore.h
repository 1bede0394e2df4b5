/* SPDX-License-Identifier: MIT */
/*
 * What the .gitignore files of a repository leave out of a walk: those of the folders from the root
 * of the repository down, and `info/exclude` of its git folder. As in git, a file that lies deeper
 * counts for more, a .gitignore that is a symbolic link is not read, and a repository inside of another
 * one (a submodule) has rules of its own. Unlike git, the user's own list (core.excludesFile) does not
 * count, so that a run comes out the same for everybody, and whether git tracks a file does not matter.
 *
 * Outside of a repository nothing is left out. The folder that a walk starts in is never left out: it
 * was named.
 */
#ifndef EKSLINT_CLI_IGNORE_H
#define EKSLINT_CLI_IGNORE_H

#include "cli/strings.h"

/* One folder of a walk: its own patterns, and the folders above it. NULL: nothing is left out. */
struct ignore;

/* For the folder that a walk starts in, as it is opened. */
const struct ignore *ignore_begin(struct arena *arena, const char *folder);

/*
 * The files and folders that may be read for a walk of `folder` and lie outside of it: of the folders above,
 * and of the repository's git folder. Memory in arena.
 */
void ignore_list_files(struct arena *arena, const char *folder, struct strings *files);

/* For a folder within the one that `above` is for. */
const struct ignore *ignore_enter(struct arena *arena, const struct ignore *above,
                                  const char *folder);

/* Is an entry (its path as it is opened) of the folder that `ignore` is for left out? */
bool ignore_covers(const struct ignore *ignore, const char *path, bool is_folder);

#endif
