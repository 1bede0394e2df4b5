/* SPDX-License-Identifier: MIT */
/*
 * Wildcard matching by the greedy method: on a mismatch only the last '*' is moved on, which
 * suffices since an earlier one cannot match better, and keeps `*a*a*a*` from exploding. Text moves
 * by characters, so that '?' takes a whole one.
 *
 * Covering is the same method with a pattern in the place of the text. A run of wildcards that
 * holds a '*' takes any stretch of the narrow pattern that is sure to have as many characters as
 * the run has '?'; whatever else stands in the wide pattern takes a character or a '?', never a
 * '*'. That this suffices is plain. That it is necessary: give each '*' of the narrow pattern
 * either nothing, or a long run of a character that neither pattern names, and each '?' that
 * character. No letter takes it, so letters of the wide pattern, and the '?' between them, keep
 * clear of the long runs. Let both texts of one '*' match, others being equal. Take the letters
 * that the second text has before the run at the earlier of their two places, and those behind it
 * at the later: one way to match that is good for both texts, and has its '?' without the run.
 * Doing so for one '*' after another leads to the way that is tried here.
 */
#include "aws/wildcard.h"

#include "base/utf8.h"

enum { UTF8_MAX_BYTES = 4 };

static bool same(char a, char b, bool nocase)
{
    return nocase ? char_lower(a) == char_lower(b) : a == b;
}

size_t wildcard_next(struct str text, size_t at)
{
    uint32_t code_point;
    size_t len = (text.ptr[at] & 0x80) ? utf8_decode(str_from(text, at), &code_point) : 1;
    return at + (len ? len : 1);
}

/*
 * Behind a '*': the next place at which what stands at p in the pattern can stand, as the loop below
 * would find it, a comparison for each character.
 */
static size_t skip_to(struct str pattern, size_t p, struct str text, size_t t, bool nocase,
                      uint64_t *budget)
{
    if (p == pattern.len || pattern.ptr[p] == '*' || pattern.ptr[p] == '?') {
        return t;
    }
    char wanted = pattern.ptr[p];
    while (t<text.len && * budget> 0 && !same(wanted, text.ptr[t], nocase)) {
        --*budget;
        t = wildcard_next(text, t);
    }
    return t;
}

enum truth wildcard_match_within(struct str pattern, struct str text, bool nocase, uint64_t *budget)
{
    size_t p = 0;
    size_t t = 0;
    size_t star = SIZE_MAX;
    size_t star_text = 0;
    while (t < text.len) {
        if (*budget == 0) {
            return TRUTH_UNKNOWN;
        }
        --*budget;
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.len && pattern.ptr[p] == '?') {
            p++;
            t = wildcard_next(text, t);
        } else if (p < pattern.len && same(pattern.ptr[p], text.ptr[t], nocase)) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            star_text = wildcard_next(text, star_text);
            star_text = skip_to(pattern, p, text, star_text, nocase, budget);
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

bool wildcard_match(struct str pattern, struct str text, bool nocase)
{
    uint64_t budget = UINT64_MAX;
    return wildcard_match_within(pattern, text, nocase, &budget) == TRUTH_TRUE;
}

/* Take cost from *budget; false, with nothing left, where it does not suffice. */
static bool spend(uint64_t *budget, size_t cost)
{
    bool enough = *budget >= cost;
    *budget = enough ? *budget - cost : 0;
    return enough;
}

/* ---- covering ---- */

/* Where the comparison stands in the wide and the narrow pattern. */
struct covering {
    struct str wide, narrow;
    bool nocase;
    size_t w, n;
    size_t behind_star; /* in wide, behind the last run with a '*'; SIZE_MAX before the first */
    size_t star_narrow; /* in narrow, behind the stretch that this run takes */
    size_t plain;       /* in wide: from behind_star to here, no run has a '*' */
};

/* The offset behind the run of wildcards at `at`; its '?' are counted, and whether it has a '*'. */
static size_t skip_run(struct str pattern, size_t at, size_t *singles, bool *has_star)
{
    *singles = 0;
    *has_star = false;
    while (at < pattern.len && (pattern.ptr[at] == '*' || pattern.ptr[at] == '?')) {
        *has_star = *has_star || pattern.ptr[at] == '*';
        *singles += pattern.ptr[at++] == '?';
    }
    return at;
}

/*
 * Where a run with a '*' begins at w, let it take the shortest stretch that has the characters it
 * asks for, the '*' of narrow not counted. False where there is none.
 */
static bool take_run(struct covering *c, size_t *cost)
{
    size_t singles = 0;
    bool has_star = false;
    size_t behind = c->w < c->plain ? c->w : skip_run(c->wide, c->w, &singles, &has_star);
    *cost = behind - c->w;
    if (behind == c->w || !has_star) {
        c->plain = behind > c->plain ? behind : c->plain;
        return true;
    }
    size_t before = c->n;
    while (singles && c->n < c->narrow.len) {
        singles -= c->narrow.ptr[c->n] != '*';
        c->n = wildcard_next(c->narrow, c->n);
    }
    *cost += c->n - before;
    c->w = c->behind_star = behind;
    c->star_narrow = c->n;
    return singles == 0;
}

/* Go on behind what stands at w where it takes what stands at n. */
static bool take_one(struct covering *c)
{
    char narrow = c->narrow.ptr[c->n];
    char wide = c->w < c->wide.len ? c->wide.ptr[c->w] : '\0';
    if (c->w == c->wide.len || narrow == '*') {
        return false;
    }
    if (wide != '?' && (narrow == '?' || !same(wide, narrow, c->nocase))) {
        return false;
    }
    c->w++;
    c->n = wide == '?' ? wildcard_next(c->narrow, c->n) : c->n + 1;
    return true;
}

enum truth wildcard_covers_within(struct str wide, struct str narrow, bool nocase, uint64_t *budget)
{
    struct covering c = {.wide = wide, .narrow = narrow, .nocase = nocase, .behind_star = SIZE_MAX};
    for (;;) {
        size_t cost;
        bool taken = take_run(&c, &cost);
        if (!spend(budget, cost + 1)) {
            return TRUTH_UNKNOWN;
        }
        if (!taken) {
            return TRUTH_FALSE;
        }
        if (c.w == wide.len && (c.n == narrow.len || c.behind_star == wide.len)) {
            return TRUTH_TRUE;
        }
        if (c.n == narrow.len) {
            return TRUTH_FALSE;
        }
        if (take_one(&c)) {
            continue;
        }
        if (c.behind_star == SIZE_MAX) {
            return TRUTH_FALSE;
        }
        c.star_narrow = wildcard_next(narrow, c.star_narrow);
        c.n = c.star_narrow;
        c.w = c.behind_star;
    }
}

bool wildcard_covers(struct str wide, struct str narrow, bool nocase)
{
    uint64_t budget = UINT64_MAX;
    return wildcard_covers_within(wide, narrow, nocase, &budget) == TRUTH_TRUE;
}

/* ---- overlapping ---- */

/*
 * Go on in both patterns behind the character at *i and *j where one text can have it in both
 * places. Neither stands at a '*'.
 */
static bool meet(struct str a, size_t *i, struct str b, size_t *j, bool nocase)
{
    bool any_a = a.ptr[*i] == '?';
    bool any_b = b.ptr[*j] == '?';
    if (!any_a && !any_b && !same(a.ptr[*i], b.ptr[*j], nocase)) {
        return false;
    }
    *i = any_b ? wildcard_next(a, *i) : *i + 1;
    *j = any_a ? wildcard_next(b, *j) : *j + 1;
    return true;
}

/* The offset of the character that ends at `at`, which is not 0. */
static size_t previous(struct str text, size_t at)
{
    size_t len = at < UTF8_MAX_BYTES ? at : UTF8_MAX_BYTES;
    while (len > 1 && wildcard_next(text, at - len) != at) {
        len--;
    }
    return at - len;
}

/* Are the last characters before *i and *j ones that one text can have? Goes on before them. */
static bool meet_before(struct str a, size_t *i, struct str b, size_t *j, bool nocase)
{
    struct str x = str_slice(a, previous(a, *i), *i);
    struct str y = str_slice(b, previous(b, *j), *j);
    *i -= x.len;
    *j -= y.len;
    size_t at_x = 0;
    size_t at_y = 0;
    bool met = true;
    while (met && at_x < x.len && at_y < y.len) {
        met = meet(x, &at_x, y, &at_y, nocase);
    }
    return met && at_x == x.len && at_y == y.len;
}

/* Can one text end as both patterns do behind their last '*'? */
static enum truth tails_meet(struct str a, struct str b, bool nocase, uint64_t *budget)
{
    size_t i = a.len;
    size_t j = b.len;
    while (a.ptr[i - 1] != '*' && b.ptr[j - 1] != '*') {
        if (!spend(budget, 1)) {
            return TRUTH_UNKNOWN;
        }
        if (!meet_before(a, &i, b, &j, nocase)) {
            return TRUTH_FALSE;
        }
    }
    return TRUTH_TRUE;
}

/* A pattern, and one without '*', whose '?' is any character: the greedy method as for a text. */
static enum truth meets_fixed(struct str pattern, struct str fixed, bool nocase, uint64_t *budget)
{
    size_t p = 0;
    size_t t = 0;
    size_t star = SIZE_MAX;
    size_t star_text = 0;
    while (t < fixed.len) {
        if (!spend(budget, 1)) {
            return TRUTH_UNKNOWN;
        }
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.len && meet(pattern, &p, fixed, &t, nocase)) {
            continue;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            star_text = wildcard_next(fixed, star_text);
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

/*
 * Where both have a '*', only what stands before the first and behind the last can be at odds: a
 * text that has the middles of both one behind the other is matched by both.
 */
enum truth wildcard_overlaps_within(struct str a, struct str b, bool nocase, uint64_t *budget)
{
    size_t star_a = str_find_char(a, '*');
    size_t star_b = str_find_char(b, '*');
    if (star_b == b.len) {
        return meets_fixed(a, b, nocase, budget);
    }
    if (star_a == a.len) {
        return meets_fixed(b, a, nocase, budget);
    }
    size_t i = 0;
    size_t j = 0;
    while (i < star_a && j < star_b) {
        if (!spend(budget, 1)) {
            return TRUTH_UNKNOWN;
        }
        if (!meet(a, &i, b, &j, nocase)) {
            return TRUTH_FALSE;
        }
    }
    return tails_meet(a, b, nocase, budget);
}

bool wildcard_overlaps(struct str a, struct str b, bool nocase)
{
    uint64_t budget = UINT64_MAX;
    return wildcard_overlaps_within(a, b, nocase, &budget) == TRUTH_TRUE;
}

/* ---- patterns ---- */

bool wildcard_is_pattern(struct str text)
{
    return str_find_char(text, '*') < text.len || str_find_char(text, '?') < text.len;
}

bool wildcard_is_stars(struct str text)
{
    size_t stars = 0;
    while (stars < text.len && text.ptr[stars] == '*') {
        stars++;
    }
    return stars == text.len && stars > 0;
}
