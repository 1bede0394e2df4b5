/* SPDX-License-Identifier: MIT */
/*
 * Atoms: small numbers that stand for strings, so that comparing two member names is comparing two
 * integers. A table may stand on a frozen base (the engine's, filled while rules load): ids of the
 * base keep their meaning, new names get ids above them, and dropping the table forgets only those.
 * Atom 0 is the empty string in every table.
 */
#ifndef EKSLINT_BASE_ATOMS_H
#define EKSLINT_BASE_ATOMS_H

#include "base/arena.h"

struct atoms {
    const struct atoms *base; /* frozen while this table lives, or NULL */
    struct arena *arena;      /* owns the texts and the slots */
    uint32_t first;           /* the lowest id of this table: all below belong to base */
    uint32_t count;           /* ids in use, base included */
    struct str *texts;        /* by id - first */
    size_t texts_capacity;
    uint32_t *slots;     /* open addressing; id + 1, or 0 = empty */
    uint64_t seed;       /* of the hash; the base's where there is one */
    uint32_t slot_count; /* a power of two */
};

/* An empty table over base (which may be NULL), with its memory in arena. */
void atoms_init(struct atoms *atoms, struct arena *arena, const struct atoms *base);

/* The atom of text, made if new; the text is copied. */
uint32_t atoms_intern(struct atoms *atoms, struct str text);

/* The atom of text in this table or its base; false where nobody interned it. */
bool atoms_find(const struct atoms *atoms, struct str text, uint32_t *atom);

/* A point to which a table can be rewound. Its arena must hold nothing else from then on. */
struct atoms_mark {
    struct atoms atoms;
    struct arena_mark memory;
};

struct atoms_mark atoms_mark(const struct atoms *atoms);

/* Forget the atoms made since; their ids will stand for other texts. */
void atoms_rewind(struct atoms *atoms, const struct atoms_mark *mark);

/* The text of an atom of this table or its base. */
struct str atoms_text(const struct atoms *atoms, uint32_t atom);

#endif
