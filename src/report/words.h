/* SPDX-License-Identifier: MIT */
/* The fixed words of the reports for people, in the languages of the reports (words.def). */
#ifndef EKSLINT_REPORT_WORDS_H
#define EKSLINT_REPORT_WORDS_H

#include "report/report.h"

enum word {
#define WORD(name, one, many, japanese) WORD_##name,
#include "report/words.def"
#undef WORD
    WORD_COUNT
};

/* A word without a number. */
struct str words_get(enum report_language language, enum word word);

/* A word with its number put in. Memory in arena. */
struct str words_count(struct arena *arena, enum report_language language, enum word word,
                       size_t count);

#endif
