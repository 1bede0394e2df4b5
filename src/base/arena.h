/* SPDX-License-Identifier: MIT */
/*
 * Arenas: memory that is freed all at once. Invariants: zero is a valid empty arena; every block
 * handed out is zeroed and aligned for any type; nobody tests for NULL, since an arena that cannot
 * get memory calls memory_exhausted(), which does not return.
 */
#ifndef EKSLINT_BASE_ARENA_H
#define EKSLINT_BASE_ARENA_H

#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
    struct arena_chunk
        *spare;   /* what was given back last, all zero, for the next that is needed; or NULL */
    size_t taken; /* bytes of the chunks */
};

/* A point to which an arena can be rewound; what was allocated after it is then gone. */
struct arena_mark {
    struct arena_chunk *chunk;
    size_t used;
};

/* Free everything; the arena is empty and usable again. */
void arena_release(struct arena *arena);

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/*
 * Make an empty arena keep one chunk of `size` bytes across rewinds to its start, so that work which
 * is done again and again in it does not go to the system each time.
 */
void arena_reserve(struct arena *arena, size_t size);

/* Go on in a new chunk of `size` bytes: a mark that is taken now keeps it across rewinds. */
void arena_open(struct arena *arena, size_t size);

/* `size` zeroed bytes, aligned for any type; size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* One zeroed object, or `count` of them, of a type. */
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/*
 * Make room for one more element: returns `items` itself while count < *capacity, else a copy with
 * doubled capacity. The old block stays in the arena until that is released.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/*
 * Give back what an array of arena_grow() does not use, where it was the last block handed out; nothing
 * may ever have been written there. Returns the capacity that is left.
 */
size_t arena_trim(struct arena *arena, const void *items, size_t count, size_t capacity,
                  size_t size);

/* A copy of s that lives as long as the arena, followed by a NUL that is not part of its length. */
struct str arena_str(struct arena *arena, struct str s);

/* printf into the arena. */
struct str arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
