/* SPDX-License-Identifier: MIT */
/* Paths as the file system sees them. */
#ifndef EKSLINT_CLI_RESOLVE_H
#define EKSLINT_CLI_RESOLVE_H

#include "base/arena.h"

/*
 * The absolute path without symbolic links, as a C string in arena; NULL with errno set where there
 * is none.
 */
const char *path_resolve(struct arena *arena, const char *path);

#endif
