/* SPDX-License-Identifier: MIT */
/*
 * Error texts as people paste them, made comparable. First a text is repaired: escapes of JSON,
 * HTML and Markdown, terminal colours, and marks at the starts of lines are taken back. Then it is
 * folded to its letters: letters and digits of any script in lower case, full-width and half-width
 * forms and marks that stand apart from their letter in their plain form. Blanks, line ends and
 * punctuation only tell where words begin.
 */
#ifndef EKSLINT_RULE_FOLDING_H
#define EKSLINT_RULE_FOLDING_H

#include "base/atoms.h"

enum { FOLDING_MAX_BYTES = 64 * 1024 };

enum letter_flags {
    LETTER_STARTS_WORD =
        1, /* katakana in a row is a word; other kana, Han and Hangul stand alone */
    LETTER_STARTS_LINE = 2,
    LETTER_AFTER_CUT = 4,  /* the text begins here, or an ellipsis stands before it */
    LETTER_BEFORE_CUT = 8, /* the same behind it */
};

struct letter {
    uint32_t code_point;
    uint32_t lo, hi; /* its bytes in the repaired text */
    uint8_t flags;   /* enum letter_flags */
};

/* Letters [lo, hi) of a folded text. */
struct folded_word {
    uint32_t atom;
    uint32_t lo, hi;
    bool is_identifier; /* as code writes names: AssumeRole, ROLLBACK_FAILED, VPC; 422 */
};

struct folded {
    struct str text; /* repaired */
    struct letter *letters;
    size_t letter_count;
    struct folded_word *words;
    size_t word_count;
};

/*
 * The repaired form of at most FOLDING_MAX_BYTES of a text, in arena. Never longer than the text.
 */
struct str folding_repair(struct str text, struct arena *arena);

/*
 * Fold a text as it stands. Words are interned in `words`; the rest of the memory is in arena, and
 * the text is kept by reference. Malformed UTF-8 counts as blanks.
 */
void folding_fold(struct str text, struct arena *arena, struct atoms *words, struct folded *out);

/* A character of a script that is written without blanks (kana, Han, Hangul). */
bool letter_is_wide(uint32_t code_point);
bool letter_is_katakana(uint32_t code_point);

#endif
