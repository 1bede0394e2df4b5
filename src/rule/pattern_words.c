/* SPDX-License-Identifier: MIT */
/*
 * A pattern in a text by words: the local alignment with the highest score (T. F. Smith and M. S.
 * Waterman, 1981), in time words of the text x words of the pattern and memory of one row. Words in
 * a gap are free. A part of a symptom that ends where its line ends (or where an ellipsis says that
 * it was cut) is a fragment; one that goes on with other words is not, since the text then says
 * something else than the symptom. Nor is a text with another word in place of one that says
 * something, unless it is that word misspelt. What a symptom claims hangs on nothing but itself and
 * the text: other rules make no difference.
 */
#include "rule/pattern.h"

enum {
    COST_OTHER = 3,   /* another word in place of the pattern's */
    COST_EXTRA = 1,   /* a word that the pattern does not have */
    COST_MISSING = 1, /* and twice the word's weight: a word that the text does not have */
    FRAGMENT_LETTERS = 16,
    FRAGMENT_WORDS = 3,
    WORDS_LETTERS = 24,
    WORDS_PER_MILLE = 800,
    PART_PER_MILLE = 600, /* where they stand together, without a word too many or missing */
    TYPO_LETTERS = 5,     /* the shortest word that may be misspelt */
    HINT_PER_MILLE = 300,
};

/* The best alignment that ends behind a word of the pattern. */
struct cell {
    int32_t score;
    uint32_t letters; /* of the words that fit, as evidence */
    uint32_t words, identifiers, faults;
    uint32_t replaced; /* of the faults: words that say something, for which another stands */
    uint32_t first_word, first_place; /* where it starts in the text and in the pattern */
    uint32_t gap;                     /* words of the text in the gap at hand */
};

struct aligner {
    const struct pattern *pattern;
    const struct folded *text;
    const struct atoms *words;
    struct cell *row; /* by words of the pattern that are used up */
    struct cell best;
    size_t best_word, best_place; /* behind its last words */
};

/* A word that was cut in two by whoever cut the text. */
static bool is_cut_word(const struct aligner *a, size_t word, struct str wanted)
{
    const struct folded_word *w = &a->text->words[word];
    struct str text = atoms_text(a->words, w->atom);
    bool cut_behind = a->text->letters[w->hi - 1].flags & LETTER_BEFORE_CUT;
    bool cut_before = a->text->letters[w->lo].flags & LETTER_AFTER_CUT;
    return text.len < wanted.len &&
           ((cut_behind && str_starts(wanted, text)) || (cut_before && str_ends(wanted, text)));
}

/* How much of the pattern's word is there: all, a part, nothing. */
static bool fits(const struct aligner *a, size_t word, size_t place, bool *cut)
{
    const struct pattern_word *wanted = &a->pattern->words[place];
    uint32_t flags = a->text->letters[a->text->words[word].lo].flags |
                     a->text->letters[a->text->words[word].hi - 1].flags;
    *cut = false;
    if (a->text->words[word].atom == wanted->atom) {
        return true;
    }
    *cut = (flags & (LETTER_AFTER_CUT | LETTER_BEFORE_CUT)) &&
           is_cut_word(a, word, atoms_text(a->words, wanted->atom));
    return *cut;
}

/* One slip: a letter too many, missing, wrong, or swapped. Names are not misspelt. */
static bool is_misspelt(const struct aligner *a, size_t word, const struct pattern_word *wanted)
{
    const struct folded_word *there = &a->text->words[word];
    if (wanted->is_identifier || wanted->weight == 0 || there->hi - there->lo < TYPO_LETTERS) {
        return false;
    }
    struct str text = atoms_text(a->words, there->atom);
    struct str name = atoms_text(a->words, wanted->atom);
    return text.len + 1 >= name.len && text.len <= name.len + 1 && text.ptr[0] == name.ptr[0] &&
           str_distance(text, name, 1) <= 1;
}

static struct cell take_word(const struct aligner *a, const struct cell *before, size_t word,
                             size_t place)
{
    const struct pattern_word *wanted = &a->pattern->words[place];
    struct cell cell = *before;
    bool cut;
    if (cell.score == 0) {
        cell = (struct cell){.first_word = (uint32_t)word, .first_place = (uint32_t)place};
    }
    cell.gap = 0;
    if (!fits(a, word, place, &cut)) {
        bool misspelt = before->score > COST_OTHER && is_misspelt(a, word, wanted);
        cell.score -= COST_OTHER;
        cell.faults++;
        cell.replaced += wanted->weight > 0 && !misspelt;
        return cell;
    }
    cell.score += cut ? 1 : (int32_t)(2 * wanted->weight + 1);
    const struct folded_word *there = &a->text->words[word];
    cell.letters += cut ? there->hi - there->lo : wanted->letters;
    cell.words++;
    cell.identifiers += wanted->is_identifier && !cut;
    return cell;
}

static void take_better(struct cell *cell, const struct cell *other)
{
    if (other->score > cell->score) {
        *cell = *other;
    }
}

static void note_best(struct aligner *a, const struct cell *cell, size_t word, size_t place)
{
    if (cell->score > a->best.score) {
        a->best = *cell;
        a->best_word = word + 1;
        a->best_place = place + 1;
    }
}

/* A word of the text that stands in no place of the pattern. */
static struct cell skip_text(const struct aligner *a, size_t places, const struct cell *cell)
{
    struct cell next = *cell;
    bool in_gap = places < a->pattern->word_count ? a->pattern->words[places].gap_before
                                                  : a->pattern->gap_behind;
    if (in_gap && places > 0 && next.gap < GAP_MAX_WORDS) {
        next.gap++;
        return next;
    }
    next.score -= COST_EXTRA;
    next.faults++;
    return next;
}

static void add_word(struct aligner *a, size_t word)
{
    const struct folded_word *there = &a->text->words[word];
    bool cuttable = (a->text->letters[there->lo].flags | a->text->letters[there->hi - 1].flags) &
                    (LETTER_AFTER_CUT | LETTER_BEFORE_CUT);
    struct cell diagonal = a->row[0];
    for (size_t place = 0; place < a->pattern->word_count; place++) {
        const struct pattern_word *wanted = &a->pattern->words[place];
        int32_t cost = (int32_t)(COST_MISSING + 2 * wanted->weight);
        bool may_fit = diagonal.score > COST_OTHER || wanted->atom == there->atom || cuttable;
        /* Most words of most texts stand in no pattern: only what can come out above 0 is made. */
        if (!may_fit && a->row[place + 1].score == 0 && a->row[place].score <= cost) {
            diagonal.score = 0;
            continue;
        }
        struct cell above = a->row[place + 1];
        struct cell cell = {0};
        if (may_fit) {
            struct cell taken = take_word(a, &diagonal, word, place);
            take_better(&cell, &taken);
        }
        if (above.score > 0) {
            struct cell skipped = skip_text(a, place + 1, &above);
            take_better(&cell, &skipped);
        }
        if (a->row[place].score > cost) {
            struct cell missing = a->row[place];
            missing.score -= cost;
            missing.faults++;
            take_better(&cell, &missing);
        }
        a->row[place + 1] = cell;
        note_best(a, &cell, word, place);
        diagonal = above;
    }
}

/* Does the text say no word before (behind) the part that would have to be the pattern's? */
static bool is_open_before(const struct aligner *a)
{
    const struct cell *best = &a->best;
    const struct letter *first = &a->text->letters[a->text->words[best->first_word].lo];
    return best->first_place == 0 || a->pattern->words[best->first_place].gap_before ||
           (first->flags & (LETTER_STARTS_LINE | LETTER_AFTER_CUT));
}

static bool is_open_behind(const struct aligner *a)
{
    const struct folded *text = a->text;
    const struct letter *last = &text->letters[text->words[a->best_word - 1].hi - 1];
    bool at_end = a->best_word == text->word_count ||
                  (text->letters[text->words[a->best_word].lo].flags & LETTER_STARTS_LINE);
    return a->best_place == a->pattern->word_count || a->pattern->words[a->best_place].gap_before ||
           at_end || (last->flags & LETTER_BEFORE_CUT);
}

static bool is_fragment(const struct aligner *a)
{
    const struct cell *best = &a->best;
    return best->faults == 0 && best->letters >= FRAGMENT_LETTERS &&
           (best->words >= FRAGMENT_WORDS || best->identifiers) && is_open_before(a) &&
           is_open_behind(a);
}

static bool is_whole_text(const struct aligner *a)
{
    return a->best.first_word == 0 && a->best_word == a->text->word_count;
}

/* All names must be there, and enough of the other words; before them others may stand. */
static enum pattern_fit fit_of(const struct aligner *a, uint32_t per_mille)
{
    if (is_fragment(a) && (!a->pattern->is_phrase || is_whole_text(a))) {
        return FIT_FRAGMENT;
    }
    if (a->pattern->is_phrase) {
        return FIT_COUNT; /* it may be in the text, but of something else */
    }
    uint32_t wanted = a->best.faults ? WORDS_PER_MILLE : PART_PER_MILLE;
    if (per_mille >= wanted && a->best.letters >= WORDS_LETTERS && a->best.replaced == 0 &&
        is_open_behind(a) && a->best.identifiers == a->pattern->identifier_count) {
        return FIT_WORDS;
    }
    return per_mille >= HINT_PER_MILLE && a->best.words >= FRAGMENT_WORDS ? FIT_NONE : FIT_COUNT;
}

bool pattern_match_words(const struct pattern *pattern, const struct folded *text,
                         const struct atoms *words, struct arena *arena,
                         struct pattern_match *match)
{
    struct arena_mark mark = arena_mark(arena);
    struct aligner a = {.pattern = pattern, .text = text, .words = words};
    a.row = arena_array(arena, struct cell, pattern->word_count + 1);
    for (size_t word = 0; word < text->word_count; word++) {
        add_word(&a, word);
    }
    arena_rewind(arena, mark);
    if (a.best.score == 0) {
        return false;
    }
    uint32_t per_mille = a.best.letters * 1000 / pattern->evidence;
    *match = (struct pattern_match){.pattern = pattern, .fit = fit_of(&a, per_mille)};
    match->score = match->fit == FIT_FRAGMENT ? a.best.letters : per_mille;
    match->seen = str_slice(text->text, text->letters[text->words[a.best.first_word].lo].lo,
                            text->letters[text->words[a.best_word - 1].hi - 1].hi);
    return match->fit != FIT_COUNT;
}
