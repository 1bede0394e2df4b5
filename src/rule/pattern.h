/* SPDX-License-Identifier: MIT */
/*
 * The symptoms of rules as patterns for pasted texts, and finding those that fit. What is filled in
 * from a rule's `foreach` row is text; any other placeholder is a gap, which fits anything that is
 * not too long. A pattern is matched by its letters first (blanks, line ends and punctuation do not
 * count, so that a text may be broken anywhere) and, where nothing fits as a whole, by its words.
 */
#ifndef EKSLINT_RULE_PATTERN_H
#define EKSLINT_RULE_PATTERN_H

#include "rule/folding.h"
#include "rule/rule.h"

/*
 * How a text fits, best first. Weaker ones are looked for only where no text fits better: what a
 * symptom that is there as a whole has in common with others says nothing.
 */
enum pattern_fit {
    FIT_WHOLE,    /* the text is the symptom */
    FIT_CONTAINS, /* the symptom stands in the text; a phrase as a message of its own */
    FIT_FRAGMENT, /* the text, or the end of a line of it, is a part of the symptom */
    FIT_WORDS,    /* most words of the symptom are there */
    FIT_NONE,     /* some words are; no claim, only a hint */
    FIT_COUNT
};

enum {
    GAP_MAX_LETTERS = 640, /* the longest ARN of a role has 613 (IAM quotas) */
    GAP_MAX_WORDS = 96,
    PATTERN_GAPS_MAX = 16,
};

/* A stretch of literal text, with a gap before it or not. */
struct pattern_segment {
    struct folded literal;
    bool gap_before;
    struct str gap; /* its expression */
};

/*
 * What a word weighs hangs on the word alone. Weighing it by how rare it is among all symptoms was
 * tried: each further rule then took away from what the texts of others could claim.
 */
struct pattern_word {
    uint32_t atom;
    uint32_t weight;  /* 0 for particles and endings, 2 to 4 for what says something */
    uint32_t letters; /* as evidence: two for Han and Hangul, twice that of names */
    bool gap_before;
    bool is_identifier;
};

struct pattern {
    const struct rule *rule;
    const struct symptom *symptom;
    enum language language;
    uint32_t row;    /* 1 + index in the rule's `foreach`, or 0 for all */
    struct str text; /* for people: rows filled in, other placeholders as {…} */
    struct pattern_segment *segments;
    size_t segment_count;
    bool gap_behind; /* behind the last segment */
    struct str last_gap;
    struct pattern_word *words;
    size_t word_count;
    uint32_t letter_count;
    uint32_t evidence; /* of all words */
    uint32_t identifier_count;
    /*
     * The text says what is wrong with something that it does not name ("can't be blank"), or is a
     * few common words: as a part of another sentence it would say nothing.
     */
    bool is_phrase;
    struct folded attributes[2]; /* the names that may stand before a phrase */
    size_t attribute_count;
};

struct pattern_set {
    struct arena *arena;
    struct atoms words;
    struct pattern *items;
    size_t count, capacity;
};

/* What a placeholder stands for in a text. */
struct pattern_value {
    struct str expression;
    struct str value;
};

struct pattern_match {
    const struct pattern *pattern;
    enum pattern_fit fit;
    uint32_t score;  /* letters that fit; of FIT_WORDS and FIT_NONE, per mille of the evidence */
    struct str seen; /* the part of the repaired text */
    struct pattern_value values[PATTERN_GAPS_MAX]; /* of the two best fits */
    size_t value_count;
};

/*
 * A text of a rule for people who need not know expressions: values of the row (1 + index, or 0 for
 * none) filled in, "…" for other placeholders. Memory in arena.
 */
struct str pattern_fill_row(const struct rule *rule, const struct wording *wording, uint32_t row,
                            struct arena *arena);

/* How many texts a wording of the rule is: one for each row that it takes values from, or one. */
uint32_t pattern_row_count(const struct rule *rule, const struct wording *wording);

/* Memory in arena. */
void pattern_set_init(struct pattern_set *set, struct arena *arena);

/* Add the symptoms of a rule, in all languages, for each row. They are kept by reference. */
void pattern_set_add(struct pattern_set *set, const struct rule *rule,
                     const struct rule_texts *symptoms);

/*
 * The symptoms that fit a text best, sorted by fit, score, rule, headings first, and the order in
 * which they stand in the rule. At most one for each symptom and row. Of what does not fit well enough to be claimed
 * only the nearest is given, as FIT_NONE. Memory in arena.
 */
size_t pattern_find(struct pattern_set *set, struct str text, struct arena *arena,
                    struct pattern_match **matches);

/* For pattern.c: one pattern on one folded text. False where it does not fit so. */
bool pattern_match_letters(const struct pattern *pattern, const struct folded *text,
                           struct arena *arena, struct pattern_match *match);
bool pattern_match_words(const struct pattern *pattern, const struct folded *text,
                         const struct atoms *words, struct arena *arena,
                         struct pattern_match *match);

#endif
