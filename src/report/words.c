/* SPDX-License-Identifier: MIT */
/* The table of words and the one substitution it needs. */
#include "report/words.h"

struct phrase {
    struct str one, many, japanese;
};

static const struct phrase phrases[WORD_COUNT] = {
/* The formatter would take these braces for a block. */
/* clang-format off */
#define WORD(name, one, many, japanese) \
    [WORD_##name] = {STR_INIT(one), STR_INIT(many), STR_INIT(japanese)},
#include "report/words.def"
#undef WORD
    /* clang-format on */
};

static struct str choose(enum report_language language, enum word word, size_t count)
{
    const struct phrase *phrase = &phrases[word];
    if (language == REPORT_JA) {
        return phrase->japanese;
    }
    return count == 1 ? phrase->one : phrase->many;
}

struct str words_get(enum report_language language, enum word word)
{
    return choose(language, word, 1);
}

struct str words_count(struct arena *arena, enum report_language language, enum word word,
                       size_t count)
{
    struct str head, tail;
    if (!str_cut(choose(language, word, count), '#', &head, &tail)) {
        return head;
    }
    return arena_format(arena, "%.*s%zu%.*s", STR_ARG(head), count, STR_ARG(tail));
}
