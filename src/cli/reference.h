/* SPDX-License-Identifier: MIT */
/*
 * Which files that documents refer to may be read: those inside the folders of what was given on
 * the command line. A document from somebody else must not make the tool read, and show pieces of,
 * other files of its user.
 */
#ifndef EKSLINT_CLI_REFERENCE_H
#define EKSLINT_CLI_REFERENCE_H

#include "base/atoms.h"

struct reference_roots {
    struct arena *arena;
    struct atoms folders; /* normalized; "" is the current folder */
    bool here;            /* the current folder is among them */
};

void reference_roots_init(struct reference_roots *roots, struct arena *arena);

/* What was given: a folder itself, or the folder of a file. */
void reference_roots_add(struct reference_roots *roots, const char *path, bool is_folder);

/*
 * The resolved path of a file that may be read: without symbolic links, and inside a root both as
 * written and as resolved. NULL where it is outside or does not exist. Memory in the arena of
 * roots.
 */
const char *reference_resolve(const struct reference_roots *roots, const char *name);

#endif
