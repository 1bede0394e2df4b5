/* SPDX-License-Identifier: MIT */
/* What differs between two texts, line by line, as people and patch(1) read it. */
#ifndef EKSLINT_TEXT_DIFF_H
#define EKSLINT_TEXT_DIFF_H

#include "base/arena.h"
#include "base/buf.h"

/*
 * Append a unified diff (POSIX diff -u) of a file's old and new text; nothing where they are equal. A
 * relative name gets a/ and b/ before it, as git writes it. Scratch memory in arena.
 */
void diff_write(struct buf *out, struct arena *arena, struct str name, struct str before,
                struct str after);

#endif
