/* SPDX-License-Identifier: MIT */
/*
 * Finding the configuration of a folder: `.ekslint.yaml` in it or in the nearest folder above, up to
 * the root of the repository, which is the folder with `.git` (a folder, or the file of a worktree or
 * submodule). Where there is no repository the current folder is the root, and for folders outside of
 * that they are their own: a file in /tmp or in a home folder is nobody's repository.
 *
 * Names are compared as text, with the path as it was given; nothing is opened here.
 */
#ifndef EKSLINT_CLI_DISCOVER_H
#define EKSLINT_CLI_DISCOVER_H

#include "base/arena.h"

/* What there is; paths are absolute, and NULL stands for nothing. */
struct discovery {
    const char *root;     /* of the repository, or what stands for it */
    const char *config;   /* the file */
    const char *rules;    /* `.ekslint/rules` beside it, or in the root where there is no file */
    const char *misnamed; /* a file `.ekslint.yml` on the way, which does not count */
};

/* Search from an absolute, normalized folder; `here` is the current one, the same. Memory in arena. */
struct discovery discover(struct arena *arena, const char *here, const char *folder);

/* The same place? */
bool discovery_is_same(const struct discovery *a, const struct discovery *b);

/* A path as an absolute, normalized one. */
const char *discover_absolute(struct arena *arena, const char *here, const char *path);

/* An absolute path as it is shown and opened: relative to the current folder, unless both have nothing
   in common. */
const char *discover_show(struct arena *arena, const char *here, const char *path);

#endif
