/* SPDX-License-Identifier: MIT */
/* Eight bytes of a text at once, as a word: arithmetic in place of a loop over bytes. */
#ifndef EKSLINT_BASE_WORDS_H
#define EKSLINT_BASE_WORDS_H

#include "base/base.h"

#include <string.h>

/* A word with the same byte in each of its eight places. */
static inline uint64_t word_repeat(unsigned char byte)
{
    return 0x0101010101010101u * byte;
}

/* Not 0 where the byte is in the word. Which bits are set says no more. */
static inline uint64_t word_find(uint64_t word, unsigned char byte)
{
    uint64_t differs = word ^ word_repeat(byte);
    return (differs - word_repeat(1)) & ~differs & word_repeat(0x80);
}

/*
 * Of a word that was loaded from memory: the first of its bytes, in the order of memory, whose highest bit is set; one
 * must be. On a machine whose lowest byte comes first, by arithmetic alone.
 */
static inline uint32_t word_first(uint64_t word)
{
    const uint64_t one = 1;
    unsigned char bytes[sizeof word];
    memcpy(bytes, &one, sizeof one);
    uint64_t marks = word & word_repeat(0x80);
    if (bytes[0] == 1) { /* known to the compiler */
        uint64_t below = (marks & (~marks + 1)) - 1;
        return (uint32_t)(((below & word_repeat(1)) * word_repeat(1)) >> 56) - 1;
    }
    uint32_t first = 0;
    memcpy(bytes, &marks, sizeof marks);
    while (first + 1 < sizeof marks && bytes[first] == 0) {
        first++;
    }
    return first;
}

#endif
