/* SPDX-License-Identifier: MIT */
/* Eight bytes of a text at once, as a word: arithmetic in place of a loop over bytes. */
#ifndef EKSLINT_BASE_WORDS_H
#define EKSLINT_BASE_WORDS_H

#include "base/base.h"

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

/* The highest bit of each place that holds the byte, and no other bit. */
static inline uint64_t word_mark(uint64_t word, unsigned char byte)
{
    uint64_t differs = word ^ word_repeat(byte);
    return ~(((differs & word_repeat(0x7f)) + word_repeat(0x7f)) | differs | word_repeat(0x7f));
}

#endif
