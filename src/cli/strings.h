/* SPDX-License-Identifier: MIT */
/* Growing lists of C strings: arguments, file names. */
#ifndef EKSLINT_CLI_STRINGS_H
#define EKSLINT_CLI_STRINGS_H

#include "base/arena.h"

struct strings {
    const char **items;
    size_t count, capacity;
};

/* Add a string, which is not copied; the list's memory is in arena. */
static inline void strings_add(struct arena *arena, struct strings *list, const char *text)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = text;
}

#endif
