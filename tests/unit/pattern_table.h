/* SPDX-License-Identifier: MIT */
/*
 * Which of all short texts each of all short patterns matches: what is claimed of two patterns can
 * then be held against what it means.
 */
#ifndef EKSLINT_TESTS_UNIT_PATTERN_TABLE_H
#define EKSLINT_TESTS_UNIT_PATTERN_TABLE_H

#include "support.h"

#include <stdlib.h>

enum { WORD_MAX = 16 };

/* Word number n over an alphabet, shortest first. */
static inline struct str make_word(size_t n, const char *alphabet, char word[WORD_MAX])
{
    size_t base = strlen(alphabet);
    size_t len = 0;
    for (; n; n = (n - 1) / base) {
        word[len++] = alphabet[(n - 1) % base];
    }
    word[len] = '\0';
    return (struct str){word, len};
}

/* How many words of up to so many letters there are. */
static inline size_t count_words(const char *alphabet, size_t longest)
{
    size_t count = 1;
    for (size_t i = 0; i < longest; i++) {
        count = count * strlen(alphabet) + 1;
    }
    return count;
}

struct pattern_table {
    const char *alphabet;
    size_t patterns, texts, words; /* words of 64 texts in a row */
    uint64_t *rows;
};

static inline struct pattern_table
pattern_table_new(const char *alphabet, size_t longest, const char *letters, size_t longest_text,
                  bool (*matches)(struct str pattern, struct str text))
{
    struct pattern_table table = {
        .alphabet = alphabet,
        .patterns = count_words(alphabet, longest),
        .texts = count_words(letters, longest_text),
    };
    table.words = table.texts / 64 + 1;
    table.rows = calloc(table.patterns * table.words, sizeof(uint64_t));
    assert_non_null(table.rows);
    for (size_t p = 0; p < table.patterns; p++) {
        char pattern[WORD_MAX];
        struct str form = make_word(p, alphabet, pattern);
        for (size_t t = 0; t < table.texts; t++) {
            char text[WORD_MAX];
            if (matches(form, make_word(t, letters, text))) {
                table.rows[p * table.words + t / 64] |= UINT64_C(1) << (t % 64);
            }
        }
    }
    return table;
}

static inline bool pattern_table_covers(const struct pattern_table *table, size_t wide,
                                        size_t narrow)
{
    uint64_t left = 0;
    for (size_t i = 0; i < table->words; i++) {
        left |= table->rows[narrow * table->words + i] & ~table->rows[wide * table->words + i];
    }
    return left == 0;
}

static inline bool pattern_table_overlaps(const struct pattern_table *table, size_t a, size_t b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < table->words; i++) {
        both |= table->rows[a * table->words + i] & table->rows[b * table->words + i];
    }
    return both != 0;
}

#endif
