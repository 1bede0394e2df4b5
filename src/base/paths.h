/* SPDX-License-Identifier: MIT */
/* Paths as text: no file system is asked. */
#ifndef EKSLINT_BASE_PATHS_H
#define EKSLINT_BASE_PATHS_H

#include "base/arena.h"

/*
 * A path as it is shown and opened: without a leading "./", doubled slashes and a slash at the end.
 * "." and "/" stay.
 */
const char *path_clean(struct arena *arena, const char *path);

/* The path of `name` in `folder`; a folder "." is left out. */
const char *path_join(struct arena *arena, const char *folder, const char *name);

/* The folder that a path lies in: "." for one without a slash. */
const char *path_folder(struct arena *arena, const char *path);

/*
 * The same path without "." and with ".." taken back where something stands before it; "" is the
 * current folder.
 */
struct str path_normalize(struct arena *arena, struct str path);

/* The way from an absolute, normalized folder to such a path: "a/b", "../a"; "." for the folder itself. */
struct str path_relative(struct arena *arena, struct str folder, struct str path);

/* Whether a normalized path lies in a normalized folder (or is it). */
bool path_is_inside(struct str path, struct str folder);

#endif
