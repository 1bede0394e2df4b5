/* SPDX-License-Identifier: MIT */
/*
 * realpath(): in the base of POSIX.1-2008, but glibc declares it only where XSI is asked for, too.
 */
#define _XOPEN_SOURCE 700

#include "cli/resolve.h"

#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>

const char *path_resolve(struct arena *arena, const char *path)
{
    char *resolved = realpath(path, NULL);
    if (!resolved) {
        if (errno == ENOMEM) {
            memory_exhausted();
        }
        return NULL;
    }
    const char *copy = arena_str(arena, str_from_c(resolved)).ptr;
    free(resolved);
    return copy;
}
