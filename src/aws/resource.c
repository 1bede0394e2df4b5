/* SPDX-License-Identifier: MIT */
/*
 * ARN matching by segments. The greedy method of aws/wildcard.c is right whenever it finds a match;
 * where it finds none although the pattern would match without the rule of segments, an earlier '*'
 * may have to be moved on, which is then tried with all places of the pattern at once. That costs
 * pattern x text and is rare.
 *
 * Two patterns: without the rule of segments a pattern matches at least as much. So two that do not
 * overlap without it do not overlap; and where one does not cover the other without it, the text
 * that shows this has no colon in the place of a wildcard (see aws/wildcard.c), so the rule changes
 * nothing. What is left open is decided part by part, else not at all.
 */
#include "aws/resource.h"

#include "aws/arn.h"
#include "aws/wildcard.h"

enum { PARTS = 6 };

/* Take cost from *budget; false, with nothing left, where it does not suffice. */
static bool spend(uint64_t *budget, uint64_t cost)
{
    bool enough = *budget >= cost;
    *budget = enough ? *budget - cost : 0;
    return enough;
}

/* Is the '*' or '?' at `at` one that goes on beyond a colon? */
static bool is_free(struct str pattern, size_t at)
{
    return pattern.ptr[at] == '*' && (at + 1 == pattern.len || pattern.ptr[at + 1] == ':');
}

/* The offset behind the fifth colon, or the length where there are fewer. */
static size_t sixth_part(struct str text)
{
    size_t at = 0;
    for (int colons = 0; at < text.len && colons < PARTS - 1; at++) {
        colons += text.ptr[at] == ':';
    }
    return at;
}

/* Can no wildcard of the pattern meet a colon that it must not take? */
static bool is_unbound(struct str pattern)
{
    size_t sixth = sixth_part(pattern);
    for (size_t i = 0; i < sixth; i++) {
        bool wild = pattern.ptr[i] == '*' || pattern.ptr[i] == '?';
        bool followed = str_starts(str_from(pattern, i), STR("**")); /* the next one decides */
        if (wild && !followed && !is_free(pattern, i)) {
            return false;
        }
    }
    return true;
}

/* ---- a pattern and a text ---- */

/* Is there, at t, a colon that bounds segments? */
static bool bounds(struct str text, size_t sixth, size_t t)
{
    return text.ptr[t] == ':' && t < sixth;
}

/* The greedy method with bound wildcards: true is right; false may only mean "not this way". */
static enum truth match_greedily(struct str pattern, struct str text, size_t sixth,
                                 uint64_t *budget)
{
    size_t p = 0;
    size_t t = 0;
    size_t star = SIZE_MAX;
    size_t star_text = 0;
    while (t < text.len) {
        if (!spend(budget, 1)) {
            return TRUTH_UNKNOWN;
        }
        char c = p < pattern.len ? pattern.ptr[p] : '\0';
        if (p < pattern.len && c == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.len && c == '?' && !bounds(text, sixth, t)) {
            p++;
            t = wildcard_next(text, t);
        } else if (p < pattern.len && c != '?' && c == text.ptr[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX &&
                   (is_free(pattern, star) || !bounds(text, sixth, star_text))) {
            p = star + 1;
            star_text = wildcard_next(text, star_text);
            t = star_text;
        } else {
            return TRUTH_FALSE;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*') {
        p++;
    }
    return truth_of(p == pattern.len);
}

/* The places of a pattern that a text may have come to: one byte for each, and one for its end. */
struct places {
    unsigned char at[RESOURCE_PATTERN_MAX + 1];
};

/* A '*' may take nothing: the place behind it is come to with it. */
static void pass_stars(struct places *places, struct str pattern)
{
    for (size_t p = 0; p < pattern.len; p++) {
        if (places->at[p] && pattern.ptr[p] == '*') {
            places->at[p + 1] = 1;
        }
    }
}

/* The places behind one character of the text. */
static void step(struct places *next, const struct places *places, struct str pattern,
                 struct str character, bool bound)
{
    memset(next->at, 0, pattern.len + 1);
    for (size_t p = 0; p < pattern.len; p++) {
        if (!places->at[p]) {
            continue;
        }
        if (pattern.ptr[p] == '*') {
            if (!bound || is_free(pattern, p)) {
                next->at[p] = 1;
            }
        } else if (pattern.ptr[p] == '?') {
            if (!bound) {
                next->at[p + 1] = 1;
            }
        } else if (str_starts(str_from(pattern, p), character)) {
            next->at[p + character.len] = 1;
        }
    }
    pass_stars(next, pattern);
}

static enum truth match_everywhere(struct str pattern, struct str text, size_t sixth,
                                   uint64_t *budget)
{
    struct places places[2];
    if (pattern.len > RESOURCE_PATTERN_MAX) {
        return TRUTH_UNKNOWN;
    }
    unsigned current = 0;
    memset(places[0].at, 0, pattern.len + 1);
    places[0].at[0] = 1;
    pass_stars(&places[0], pattern);
    for (size_t t = 0; t < text.len;) {
        if (!spend(budget, pattern.len + 1)) {
            return TRUTH_UNKNOWN;
        }
        size_t next = wildcard_next(text, t);
        step(&places[!current], &places[current], pattern, str_slice(text, t, next),
             bounds(text, sixth, t));
        current = !current;
        t = next;
    }
    return truth_of(places[current].at[pattern.len] != 0);
}

enum truth resource_match_within(struct str pattern, struct str text, uint64_t *budget)
{
    size_t sixth = sixth_part(text);
    enum truth greedy = match_greedily(pattern, text, sixth, budget);
    if (greedy != TRUTH_FALSE || is_unbound(pattern)) {
        return greedy;
    }
    enum truth at_most = wildcard_match_within(pattern, text, false, budget);
    return at_most == TRUTH_TRUE ? match_everywhere(pattern, text, sixth, budget) : at_most;
}

/* ---- two patterns ---- */

/* Cut at the first five colons; false where there are fewer. */
static bool cut_parts(struct str text, struct str parts[PARTS])
{
    for (size_t i = 0; i + 1 < PARTS; i++) {
        if (!str_cut(text, ':', &parts[i], &text)) {
            return false;
        }
    }
    parts[PARTS - 1] = text;
    return true;
}

/*
 * Each part covers its part, and where one may go on beyond its colon, so may the other: what the
 * '*' at the end of the narrow part takes, that of the wide part takes as well.
 */
static enum truth parts_cover(struct str wide, struct str narrow, uint64_t *budget)
{
    struct str w[PARTS];
    struct str n[PARTS];
    if (!cut_parts(wide, w) || !cut_parts(narrow, n)) {
        return TRUTH_FALSE;
    }
    enum truth all = TRUTH_TRUE;
    for (size_t i = 0; i < PARTS && all == TRUTH_TRUE; i++) {
        bool runs_on = i + 1 < PARTS && str_ends(n[i], STR("*")) && !str_ends(w[i], STR("*"));
        all = runs_on ? TRUTH_FALSE : wildcard_covers_within(w[i], n[i], false, budget);
    }
    return all;
}

static enum truth parts_overlap(struct str a, struct str b, uint64_t *budget)
{
    struct str x[PARTS];
    struct str y[PARTS];
    if (!cut_parts(a, x) || !cut_parts(b, y)) {
        return TRUTH_FALSE;
    }
    enum truth all = TRUTH_TRUE;
    for (size_t i = 0; i < PARTS && all == TRUTH_TRUE; i++) {
        all = wildcard_overlaps_within(x[i], y[i], false, budget);
    }
    return all;
}

enum truth resource_covers_within(struct str wide, struct str narrow, uint64_t *budget)
{
    enum truth covers = wildcard_covers_within(wide, narrow, false, budget);
    if (covers != TRUTH_TRUE || is_unbound(wide) || str_eq(wide, narrow)) {
        return covers;
    }
    if (!wildcard_is_pattern(narrow)) {
        return resource_match_within(wide, narrow, budget);
    }
    return parts_cover(wide, narrow, budget) == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

enum truth resource_overlaps_within(struct str a, struct str b, uint64_t *budget)
{
    enum truth overlaps = wildcard_overlaps_within(a, b, false, budget);
    if (overlaps != TRUTH_TRUE || (is_unbound(a) && is_unbound(b)) || str_eq(a, b)) {
        return overlaps;
    }
    if (!wildcard_is_pattern(a)) {
        return resource_match_within(b, a, budget);
    }
    if (!wildcard_is_pattern(b)) {
        return resource_match_within(a, b, budget);
    }
    return parts_overlap(a, b, budget) == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

/* ---- conditions ---- */

enum truth arn_like_within(struct str pattern, struct str arn, uint64_t *budget)
{
    struct str patterns[PARTS];
    struct str parts[PARTS];
    struct arn parsed;
    if (!arn_parse(arn, &parsed) || !cut_parts(arn, parts) || !cut_parts(pattern, patterns)) {
        return TRUTH_FALSE;
    }
    enum truth all = TRUTH_TRUE;
    for (size_t i = 0; i < PARTS && all == TRUTH_TRUE; i++) {
        all = wildcard_match_within(patterns[i], parts[i], false, budget);
    }
    return all;
}
