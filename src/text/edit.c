/* SPDX-License-Identifier: MIT */
/* Lists of edits, and a text with edits made. */
#include "text/edit.h"

#include <stdlib.h>
#include <string.h>

void text_edits_append(struct text_edits *edits, const struct text_edit *edit)
{
    edits->items = arena_grow(edits->arena, edits->items, edits->count, &edits->capacity,
                              sizeof *edits->items);
    edits->items[edits->count++] = *edit;
}

void text_edits_add(struct text_edits *edits, struct location at, struct str text)
{
    text_edits_append(edits, &(struct text_edit){.at = at, .text = text});
}

static bool is_before(const struct text_edit *a, const struct text_edit *b)
{
    if (a->at.source != b->at.source) {
        return a->at.source < b->at.source;
    }
    return a->at.span.lo != b->at.span.lo ? a->at.span.lo < b->at.span.lo
                                          : a->at.span.hi < b->at.span.hi;
}

/* A finding has a handful of edits, and lists are joined in the order of places: nearly sorted. */
void text_edits_sort(struct text_edits *edits)
{
    for (size_t i = 1; i < edits->count; i++) {
        struct text_edit moved = edits->items[i];
        size_t at = i;
        for (; at > 0 && is_before(&moved, &edits->items[at - 1]); at--) {
            edits->items[at] = edits->items[at - 1];
        }
        edits->items[at] = moved;
    }
}

static bool makes_same_name(const struct text_edit *a, const struct text_edit *b)
{
    return a->name.len && a->object.source == b->object.source &&
           a->object.span.lo == b->object.span.lo && a->object.span.hi == b->object.span.hi &&
           str_eq(a->name, b->name);
}

bool text_edit_overlaps(const struct text_edit *a, const struct text_edit *b)
{
    struct span x = a->at.span;
    struct span y = b->at.span;
    if (a->at.source != b->at.source) {
        return false;
    }
    if (makes_same_name(a, b)) {
        return true;
    }
    if (x.lo == x.hi || y.lo == y.hi) {
        return x.lo <= y.hi && y.lo <= x.hi;
    }
    return x.lo < y.hi && y.lo < x.hi;
}

struct str text_edits_apply(struct arena *arena, const struct source *source,
                            const struct text_edit *edits, size_t count)
{
    size_t len = source->bytes.len;
    for (size_t i = 0; i < count; i++) {
        len += edits[i].at.source == source->id ? edits[i].text.len : 0;
    }
    char *bytes = arena_alloc(arena, len + 1);
    size_t done = 0;
    uint32_t from = 0;
    for (size_t i = 0; i <= count; i++) {
        if (i < count && edits[i].at.source != source->id) {
            continue;
        }
        struct span span =
            i < count ? edits[i].at.span : (struct span){(uint32_t)source->bytes.len, UINT32_MAX};
        struct str kept = str_slice(source->bytes, from, span.lo);
        struct str text = i < count ? edits[i].text : (struct str){0};
        if (kept.len) {
            memcpy(bytes + done, kept.ptr, kept.len);
        }
        if (text.len) {
            memcpy(bytes + done + kept.len, text.ptr, text.len);
        }
        done += kept.len + text.len;
        from = span.hi;
    }
    return (struct str){bytes, done};
}
