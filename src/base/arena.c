/* SPDX-License-Identifier: MIT */
/*
 * Arenas over malloc'd chunks of growing size. No free list and no realloc: phases of the program
 * (engine, document, scratch) own an arena each, and the end of the phase frees it whole.
 */
#include "base/arena.h"

#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * The second chunk is already large enough for the system to map it, zeroed and untouched, on its
 * own.
 */
enum { CHUNK_FIRST = 8192, CHUNK_GROWTH = 32, CHUNK_LARGEST = 1 << 20 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    size_t used;
    max_align_t bytes[];
};

enum { ALIGNMENT = _Alignof(max_align_t) };

/* The chunk that was given back last, where it is large enough: it is all zero. */
static struct arena_chunk *take_spare(struct arena *arena, size_t need)
{
    struct arena_chunk *spare = arena->spare;
    if (!spare || spare->size < need) {
        return NULL;
    }
    arena->spare = NULL;
    return spare;
}

static struct arena_chunk *chunk_new(struct arena *arena, size_t need)
{
    size_t size = arena->chunks ? arena->chunks->size * CHUNK_GROWTH : CHUNK_FIRST;
    if (size > CHUNK_LARGEST) {
        size = CHUNK_LARGEST;
    }
    if (size < need) {
        size = need;
    }
    /*
     * calloc: fresh pages come zeroed from the system, so large chunks cost nothing until they are
     * touched.
     */
    struct arena_chunk *chunk = take_spare(arena, need);
    if (!chunk) {
        chunk = size < SIZE_MAX - sizeof *chunk ? calloc(1, sizeof *chunk + size) : NULL;
        if (!chunk) {
            memory_exhausted();
        }
        chunk->size = size;
    }
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    arena->taken += sizeof *chunk + chunk->size;
    return chunk;
}

void arena_reserve(struct arena *arena, size_t size)
{
    assert(!arena->chunks);
    (void)chunk_new(arena, size);
}

void arena_open(struct arena *arena, size_t size)
{
    (void)chunk_new(arena, size);
}

void arena_release(struct arena *arena)
{
    arena_rewind(arena, (struct arena_mark){0});
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->chunks, arena->chunks ? arena->chunks->used : 0};
}

/* What is handed out again must be zero again. */
static void chunk_clear(struct arena_chunk *chunk, size_t used)
{
    memset((char *)chunk->bytes + used, 0, chunk->used - used);
    chunk->used = used;
}

/*
 * Who goes back and forth over the end of a chunk gets the same one each time: to take it from the system
 * and to clear it as a whole would cost more than what it is used for.
 */
static void give_back(struct arena *arena, struct arena_chunk *chunk)
{
    if (arena->spare || chunk->size > CHUNK_LARGEST) {
        free(chunk);
    } else {
        chunk_clear(chunk, 0);
        arena->spare = chunk;
    }
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->chunks != mark.chunk) {
        struct arena_chunk *chunk = arena->chunks;
        arena->taken -= sizeof *chunk + chunk->size;
        arena->chunks = chunk->older;
        give_back(arena, chunk);
    }
    if (arena->chunks) {
        chunk_clear(arena->chunks, mark.used);
    } else {
        free(arena->spare);
        arena->spare = NULL;
    }
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        size = SIZE_MAX - ALIGNMENT; /* cannot be had: chunk_new() reports it */
    }
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < rounded) {
        chunk = chunk_new(arena, rounded);
    }
    void *block = (char *)chunk->bytes + chunk->used;
    chunk->used += rounded;
    return block;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    bool overflows = size != 0 && count > SIZE_MAX / size;
    return arena_alloc(arena, overflows ? SIZE_MAX : count * size);
}

/* A block that was the last one handed out can grow where it stands. */
static bool extend_last(struct arena *arena, const void *block, size_t size, size_t wanted)
{
    struct arena_chunk *chunk = arena->chunks;
    /* size 0: no block yet, and even adding nothing to NULL is undefined */
    if (!chunk || size == 0 || size % ALIGNMENT != 0 ||
        (const char *)block + size != (char *)chunk->bytes + chunk->used) {
        return false;
    }
    size_t more = ((wanted + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1)) - size;
    if (chunk->size - chunk->used < more) {
        return false;
    }
    chunk->used += more;
    return true;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    size_t larger = *capacity ? *capacity * 2 : 8;
    if (extend_last(arena, items, *capacity * size, larger * size)) {
        *capacity = larger;
        return items;
    }
    void *copy = arena_alloc_array(arena, larger, size);
    if (count) {
        memcpy(copy, items, count * size);
    }
    *capacity = larger;
    return copy;
}

size_t arena_trim(struct arena *arena, const void *items, size_t count, size_t capacity,
                  size_t size)
{
    struct arena_chunk *chunk = arena->chunks;
    bool last = chunk && capacity * size % ALIGNMENT == 0 &&
                (const char *)items + capacity * size == (char *)chunk->bytes + chunk->used;
    size_t kept = (count * size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!last || kept >= capacity * size) {
        return capacity;
    }
    chunk->used -= capacity * size - kept;
    return count;
}

struct str arena_str(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1);
    if (s.len) {
        memcpy(copy, s.ptr, s.len);
    }
    return (struct str){copy, s.len};
}

struct str arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0) {
        return (struct str){0};
    }
    char *text = arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return (struct str){text, (size_t)len};
}
