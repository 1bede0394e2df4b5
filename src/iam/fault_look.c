/* SPDX-License-Identifier: MIT */
/*
 * One look at a text, eight bytes at a time, and the texts that were found without faults: policies
 * repeat each other's actions and resources.
 */
#include "base/words.h"
#include "iam/inspection.h"

/* The eight bytes at `at`; of a text that ends before that, the last eight, or all and NULs. */
static uint64_t word_at(struct str text, size_t at)
{
    uint64_t word = 0;
    if (text.len >= sizeof word) {
        size_t last = text.len - sizeof word;
        memcpy(&word, text.ptr + (at < last ? at : last), sizeof word);
        return word;
    }
    for (size_t i = 0; i < text.len; i++) {
        word = word << 8 | (unsigned char)text.ptr[i];
    }
    return word;
}

struct text_look look_at(struct str text)
{
    uint64_t hash = text.len;
    uint64_t patterns = 0;
    uint64_t dollars = 0;
    for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
        uint64_t word = word_at(text, i);
        if ((word & word_repeat('@')) !=
            word_repeat('@')) { /* not letters alone, as most words of names are */
            patterns |= word_find(word, '*') | word_find(word, '?');
            dollars |= word_find(word, '$');
        }
        hash = (hash ^ (word | 0x2020202020202020u)) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    /* The last characters have reached the upper half alone; now all of it. */
    hash *= 0xd6e8feb86659fd93u;
    return (struct text_look){(uint32_t)(hash >> 32), patterns != 0, dollars != 0};
}

enum { CLEAN_FIRST = 512, CLEAN_GROWTH = 8, CLEAN_MOST = 4096 };

bool is_known_clean(const struct clean_texts *texts, struct str text, struct text_look look)
{
    return text.len && texts->slots && str_eq(texts->items[look.hash & (texts->slots - 1)], text);
}

void note_clean(struct inspection *in, struct clean_texts *texts, const struct node *node,
                struct text_look look)
{
    if (node->flags & NODE_IN_POOL) {
        return; /* its text goes with the tree */
    }
    if (texts->count >= texts->slots / 2 && texts->slots < CLEAN_MOST) {
        /* What was noted so far will be found clean once more. */
        texts->slots = texts->slots ? texts->slots * CLEAN_GROWTH : CLEAN_FIRST;
        texts->items = arena_array(in->checker->arena, struct str, texts->slots);
        texts->count = 0;
    }
    struct str *slot = &texts->items[look.hash & (texts->slots - 1)];
    texts->count += slot->len == 0;
    *slot = text_of(in, node);
}
