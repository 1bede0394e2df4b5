/* SPDX-License-Identifier: MIT */
/*
 * A pattern as a whole in a text, by letters. The segments are looked for in order, each within a
 * gap's reach of the one before: the first that is found counts, there is no going back, so the
 * time is at most text x pattern for each place where the first segment stands. Of several places
 * the one with the shortest gaps wins. A phrase counts only as a message of its own, or behind the
 * name of its attribute.
 */
#include "rule/pattern.h"

static bool stands_at(const struct folded *literal, const struct folded *text, size_t at)
{
    for (size_t i = 0; i < literal->letter_count; i++) {
        if (literal->letters[i].code_point != text->letters[at + i].code_point) {
            return false;
        }
    }
    return true;
}

static bool starts_word(const struct folded *text, size_t at)
{
    return at >= text->letter_count || (text->letters[at].flags & LETTER_STARTS_WORD);
}

/* Where a segment stands at or behind `from` and before `limit`; where a word begins or ends. */
static bool find_segment(const struct folded *literal, const struct folded *text, size_t from,
                         size_t limit, bool at_start, bool at_end, size_t *at)
{
    for (size_t i = from; i < limit && i + literal->letter_count <= text->letter_count; i++) {
        if ((!at_start || starts_word(text, i)) && stands_at(literal, text, i) &&
            (!at_end || starts_word(text, i + literal->letter_count))) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* Where each segment of a pattern stands. */
struct places {
    size_t at[PATTERN_GAPS_MAX];
    size_t end; /* behind the last segment */
};

static bool find_rest(const struct pattern *pattern, const struct folded *text,
                      struct places *places)
{
    size_t end = places->at[0] + pattern->segments[0].literal.letter_count;
    for (size_t s = 1; s < pattern->segment_count; s++) {
        const struct folded *literal = &pattern->segments[s].literal;
        bool last = s + 1 == pattern->segment_count && !pattern->gap_behind;
        if (!find_segment(literal, text, end, end + GAP_MAX_LETTERS + 1, false, last,
                          &places->at[s])) {
            return false;
        }
        end = places->at[s] + literal->letter_count;
    }
    places->end = end;
    return true;
}

/* ---- phrases ---- */

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* What stands before letter i, or behind the last one: blanks and signs. */
static struct str signs_before(const struct folded *text, size_t i)
{
    size_t lo = i ? text->letters[i - 1].hi : 0;
    size_t hi = i < text->letter_count ? text->letters[i].lo : text->text.len;
    return str_slice(text->text, lo, hi);
}

static bool has_sign(struct str signs, const char *ascii, const struct str *wide, size_t count)
{
    for (size_t i = 0; i < signs.len; i++) {
        if (is_one_of(signs.ptr[i], ascii)) {
            return true;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (str_find(signs, wide[i]) < signs.len) {
            return true;
        }
    }
    return false;
}

static bool starts_line(const struct folded *text, size_t at)
{
    return at == 0 || at == text->letter_count || (text->letters[at].flags & LETTER_STARTS_LINE);
}

/* Does a line, a sentence or a quotation begin at a letter, and not the value of something named? */
static bool starts_message(const struct folded *text, size_t at)
{
    static const struct str wide[] = {STR_INIT("。"), STR_INIT("！"), STR_INIT("？"),
                                      STR_INIT("「"), STR_INIT("『"), STR_INIT("“")};
    struct str signs = signs_before(text, at);
    return starts_line(text, at) ||
           (has_sign(signs, ".!?;\"`", wide, COUNT_OF(wide)) && !has_sign(signs, ":=[", NULL, 0));
}

/* Does the text go on behind its letters [0, at) with something else than the same sentence? */
static bool ends_message(const struct folded *phrase, const struct folded *text, size_t at)
{
    static const struct str wide[] = {STR_INIT("。"), STR_INIT("！"), STR_INIT("？"),
                                      STR_INIT("、"), STR_INIT("」"), STR_INIT("』"),
                                      STR_INIT("”"),  STR_INIT("（")};
    struct str signs = signs_before(text, at);
    struct str own = str_trim(signs_before(phrase, phrase->letter_count)); /* "(… characters)" */
    if (str_starts(signs, own)) {
        signs = str_from(signs, own.len);
    }
    return starts_line(text, at) || has_sign(signs, ".!?;,\"'`()[]{}", wide, COUNT_OF(wide));
}

/* Letters [at - n, at) are the attribute's name, and what is before them belongs to something else. */
static bool stands_behind_attribute(const struct pattern *pattern, const struct folded *text,
                                    size_t at)
{
    for (size_t i = 0; i < pattern->attribute_count; i++) {
        const struct folded *name = &pattern->attributes[i];
        size_t start = at - name->letter_count;
        if (name->letter_count <= at && stands_at(name, text, start) &&
            (starts_line(text, start) ||
             has_sign(signs_before(text, start), ".!?;:,\"'`()[]{}>|", NULL, 0))) {
            return true;
        }
    }
    return false;
}

static bool is_message(const struct pattern *pattern, const struct folded *text, size_t at,
                       size_t end)
{
    return ends_message(&pattern->segments[0].literal, text, end) &&
           (starts_message(text, at) || stands_behind_attribute(pattern, text, at));
}

static bool find_shortest(const struct pattern *pattern, const struct folded *text,
                          struct places *best)
{
    const struct pattern_segment *first = &pattern->segments[0];
    bool only = pattern->segment_count == 1 && !pattern->gap_behind;
    struct places places;
    bool found = false;
    size_t from = 0;
    while (find_segment(&first->literal, text, from, text->letter_count, !first->gap_before, only,
                        &places.at[0])) {
        from = places.at[0] + 1;
        if (find_rest(pattern, text, &places) &&
            (!pattern->is_phrase || is_message(pattern, text, places.at[0], places.end)) &&
            (!found || places.end - places.at[0] < best->end - best->at[0])) {
            *best = places;
            found = true;
        }
    }
    return found;
}

/* ---- values ---- */

/* The run without blanks at the start of text: what a gap at the end stands for. */
static size_t run_length(struct str text)
{
    static const struct str closers[] = {STR_INIT("」"), STR_INIT("。"), STR_INIT("”"),
                                         STR_INIT("…"), STR_INIT("　")};
    size_t at = 0;
    while (at < text.len && is_one_of(text.ptr[at], " \t\r\n:;'\"`")) {
        at++;
    }
    for (; at < text.len && !is_one_of(text.ptr[at], " \t\r\n\"`<>"); at++) {
        for (size_t i = 0; i < COUNT_OF(closers); i++) {
            if (str_starts(str_from(text, at), closers[i])) {
                return at;
            }
        }
    }
    while (at > 0 && is_one_of(text.ptr[at - 1], ".,;)]}")) {
        at--;
    }
    return at;
}

/* Without blanks, colons and quotes around it. */
static struct str trim_value(struct str value)
{
    static const struct str quotes[] = {STR_INIT("「"), STR_INIT("」"), STR_INIT("“"),
                                        STR_INIT("”"), STR_INIT("：")};
    static const char around[] = " \t\r\n:;\"`|>,";
    bool changed = true;
    while (changed && value.len) {
        size_t before = value.len;
        value = is_one_of(value.ptr[0], around) ? str_from(value, 1) : value;
        value.len -= value.len && is_one_of(value.ptr[value.len - 1], around);
        for (size_t i = 0; i < COUNT_OF(quotes); i++) {
            if (str_starts(value, quotes[i])) {
                value = str_from(value, quotes[i].len);
            } else if (str_ends(value, quotes[i])) {
                value.len -= quotes[i].len;
            }
        }
        changed = value.len != before;
    }
    return value;
}

/* In one line; an ARN that was broken over several has no blanks. */
static struct str flatten(struct str value, struct arena *arena)
{
    bool is_arn = str_starts(value, STR("arn:"));
    struct str flat = arena_str(arena, value);
    char *ptr = arena_alloc(arena, flat.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < flat.len; i++) {
        bool blank = is_one_of(flat.ptr[i], " \t\r\n");
        if (!blank) {
            ptr[len++] = flat.ptr[i];
        } else if (!is_arn && len && ptr[len - 1] != ' ') {
            ptr[len++] = ' ';
        }
    }
    return (struct str){ptr, len};
}

static void add_value(struct pattern_match *match, struct str expression, struct str value,
                      struct arena *arena)
{
    match->values[match->value_count++] =
        (struct pattern_value){expression, flatten(trim_value(value), arena)};
}

static size_t start_of_run(struct str text, size_t at)
{
    while (at > 0 && is_one_of(text.ptr[at - 1], " \t")) {
        at--;
    }
    while (at > 0 && !is_one_of(text.ptr[at - 1], " \t\r\n")) {
        at--;
    }
    return at;
}

static void fill_match(const struct pattern *pattern, const struct folded *text,
                       const struct places *places, struct arena *arena,
                       struct pattern_match *match)
{
    const struct letter *letters = text->letters;
    size_t lo = letters[places->at[0]].lo;
    size_t hi = letters[places->end - 1].hi;
    *match = (struct pattern_match){.pattern = pattern, .score = pattern->letter_count};
    if (pattern->segments[0].gap_before) {
        size_t start = start_of_run(text->text, lo);
        add_value(match, pattern->segments[0].gap, str_slice(text->text, start, lo), arena);
        lo = start;
    }
    for (size_t s = 1; s < pattern->segment_count; s++) {
        size_t end = places->at[s - 1] + pattern->segments[s - 1].literal.letter_count;
        struct str value = str_slice(text->text, letters[end - 1].hi, letters[places->at[s]].lo);
        add_value(match, pattern->segments[s].gap, value, arena);
    }
    if (pattern->gap_behind) {
        size_t run = run_length(str_from(text->text, hi));
        add_value(match, pattern->last_gap, str_slice(text->text, hi, hi + run), arena);
        hi += run;
    }
    match->seen = str_slice(text->text, lo, hi);
    bool whole = lo <= letters[0].lo && hi >= letters[text->letter_count - 1].hi;
    match->fit = whole ? FIT_WHOLE : FIT_CONTAINS;
}

bool pattern_match_letters(const struct pattern *pattern, const struct folded *text,
                           struct arena *arena, struct pattern_match *match)
{
    struct places places;
    bool found = find_shortest(pattern, text, &places);
    if (found) {
        fill_match(pattern, text, &places, arena, match);
    }
    return found;
}
