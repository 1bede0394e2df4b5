/* SPDX-License-Identifier: MIT */
/*
 * Other words for words, so that what two names have in common stays and nothing else does. A letter
 * becomes a letter of its case, a digit a digit, a character of n bytes one of n bytes; which one hangs
 * on the order in which characters were first met behind the same beginning, and on nothing in them.
 * So words that begin alike do so afterwards, as far as they did before, and no two become one: what a
 * pattern "team*" matched it still matches. Length and case stay, "0" stays.
 */
#ifndef EKSLINT_TEXT_PSEUDONYM_H
#define EKSLINT_TEXT_PSEUDONYM_H

#include "base/arena.h"

enum pseudonym_alphabet {
    PSEUDONYM_WORD, /* letters, digits and UTF-8 */
    PSEUDONYM_HEX,  /* hexadecimal digits, one alphabet */
    PSEUDONYM_ALPHABET_COUNT
};

struct pseudonym_node;

struct pseudonyms {
    struct arena *arena;
    struct pseudonym_node *nodes;
    size_t count, capacity;
};

void pseudonyms_init(struct pseudonyms *pseudonyms, struct arena *arena);

/*
 * The other word for a word, of as many bytes, to `out`. Bytes that are no character of the alphabet
 * (a hyphen, malformed UTF-8) stay and begin nothing.
 */
void pseudonym_write(struct pseudonyms *pseudonyms, enum pseudonym_alphabet alphabet,
                     struct str word, char *out);

#endif
