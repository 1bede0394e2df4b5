/* SPDX-License-Identifier: MIT */
/*
 * Edits of texts: bytes of a source that become others. All edits of one list speak of the same state
 * of the text, so that they can be made in one go; two that touch the same bytes do not go together, nor
 * two that would give one object two members of one name.
 */
#ifndef EKSLINT_TEXT_EDIT_H
#define EKSLINT_TEXT_EDIT_H

#include "text/source.h"

/* The bytes at a place become `text`; an empty span inserts. */
struct text_edit {
    struct location at;
    struct str text;
    struct location object; /* where the edit makes the name of a member: of this object */
    struct str name;        /* and that name; else empty */
};

/* A growing list, in an arena. */
struct text_edits {
    struct arena *arena;
    struct text_edit *items;
    size_t count, capacity;
};

/* `text` is kept by reference. */
void text_edits_add(struct text_edits *edits, struct location at, struct str text);

/* A copy of an edit. */
void text_edits_append(struct text_edits *edits, const struct text_edit *edit);

/* By source and place; edits at one place keep their order. */
void text_edits_sort(struct text_edits *edits);

/*
 * Do two edits change the same bytes or make the same name, or does one insert at an end of the other? Then
 * only one of them can be made without knowing what the other means.
 */
bool text_edit_overlaps(const struct text_edit *a, const struct text_edit *b);

/*
 * The bytes of a source with the edits that are of it made; they must be sorted and not overlap.
 * Memory in arena.
 */
struct str text_edits_apply(struct arena *arena, const struct source *source,
                            const struct text_edit *edits, size_t count);

#endif
