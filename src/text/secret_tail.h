/* SPDX-License-Identifier: MIT */
/*
 * What is shown of a secret, so that its owner knows which one is meant: its last four characters,
 * where they are at most a fifth of it. Whatever is printed in place of a secret comes from here.
 */
#ifndef EKSLINT_TEXT_SECRET_TAIL_H
#define EKSLINT_TEXT_SECRET_TAIL_H

#include "base/arena.h"
#include "base/buf.h"

enum { SECRET_TAIL_BYTES = 4, SECRET_TAILED_MIN_BYTES = 20 };

/*
 * The last four characters of a secret, as a view into `text`; empty where the secret is too short, or
 * where `text` may hold more than one, or something else: a blank inside, a line end, an escape. White
 * space, quotes and what stands between a name and its value may be around it.
 */
struct str secret_tail(struct str text);

/* "…" and the last four characters of a secret, or "***". */
void secret_write(struct buf *out, struct str text);

/* The same in arena. */
struct str secret_shown(struct arena *arena, struct str text);

/* The length of "…" and four characters of a secret at the start of a text; 0: something else is there. */
size_t secret_shown_len(struct str text);

#endif
