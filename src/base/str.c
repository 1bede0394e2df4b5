/* SPDX-License-Identifier: MIT */
/*
 * String views: search, order, hash, and the edit distance behind "did you mean". ASCII rules only:
 * the names compared here (IAM actions, keys, operators) are ASCII by their grammars, and a locale
 * must not change a verdict.
 */
#include "base/str.h"

#include <limits.h>

enum { DISTANCE_MAX_LEN = 64 };

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (char_lower(a.ptr[i]) != char_lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

int str_compare(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

size_t str_find_char(struct str s, char c)
{
    const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t str_after_last(struct str s, char c)
{
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != c) {
        at--;
    }
    return at;
}

size_t str_find(struct str s, struct str needle)
{
    if (needle.len == 0) {
        return 0;
    }
    size_t at = 0;
    while (at + needle.len <= s.len) {
        size_t hit = at + str_find_char(str_from(s, at), needle.ptr[0]);
        if (hit + needle.len > s.len) {
            break;
        }
        if (memcmp(s.ptr + hit, needle.ptr, needle.len) == 0) {
            return hit;
        }
        at = hit + 1;
    }
    return s.len;
}

bool str_cut(struct str s, char sep, struct str *head, struct str *rest)
{
    size_t at = str_find_char(s, sep);
    *head = str_slice(s, 0, at);
    *rest = str_from(s, at + 1);
    return at < s.len;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    while (s.len && is_blank(s.ptr[0])) {
        s = str_from(s, 1);
    }
    while (s.len && is_blank(s.ptr[s.len - 1])) {
        s.len--;
    }
    return s;
}

/* One step: every bit of the word reaches every bit of the state, also for equal low bits. */
static uint64_t hash_mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * 0x9e3779b97f4a7c15u;
    state ^= state >> 32;
    state *= 0xd6e8feb86659fd93u;
    return state ^ (state >> 29);
}

uint32_t str_hash(struct str s, uint64_t seed)
{
    uint64_t state = hash_mix(seed, s.len);
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word;
        memcpy(&word, s.ptr + i, sizeof word);
        state = hash_mix(state, word);
    }
    if (i < s.len) {
        uint64_t word = 0;
        memcpy(&word, s.ptr + i, s.len - i);
        state = hash_mix(state, word);
    }
    return (uint32_t)(state ^ (state >> 32));
}

/*
 * H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003): the
 * table of distances, column by column, as the differences between neighbours in the bits of words.
 */
size_t str_distance(struct str a, struct str b, size_t limit)
{
    size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (a.len > DISTANCE_MAX_LEN || b.len > DISTANCE_MAX_LEN || apart > limit) {
        return limit + 1;
    }
    if (a.len == 0) {
        return b.len;
    }
    uint64_t places[UCHAR_MAX + 1] = {0}; /* where in a each character stands */
    for (size_t i = 0; i < a.len; i++) {
        places[(unsigned char)char_lower(a.ptr[i])] |= UINT64_C(1) << i;
    }
    uint64_t more = UINT64_MAX; /* down a column: one more than above */
    uint64_t less = 0;          /* one less */
    uint64_t level = 0;         /* along the diagonal: no more than before */
    uint64_t last = 0;
    const uint64_t bottom = UINT64_C(1) << (a.len - 1);
    size_t distance = a.len;
    for (size_t j = 0; j < b.len; j++) {
        uint64_t here = places[(unsigned char)char_lower(b.ptr[j])];
        uint64_t swapped = ((~level & here) << 1) & last;
        level = (((here & more) + more) ^ more) | here | less | swapped;
        uint64_t right_more = less | ~(level | more);
        uint64_t right_less = level & more;
        distance += (right_more & bottom) != 0;
        distance -= (right_less & bottom) != 0;
        right_more = right_more << 1 | 1;
        more = right_less << 1 | ~(level | right_more);
        less = right_more & level;
        last = here;
    }
    return distance <= limit ? distance : limit + 1;
}

size_t str_near_limit(struct str word)
{
    size_t third = word.len / 3;
    return third ? third : (size_t)(word.len > 1);
}

struct str str_nearest(struct str word, const struct str *candidates, size_t count)
{
    size_t limit = str_near_limit(word);
    struct str nearest = {0};
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(word, candidates[i], limit);
        if (distance <= limit) {
            nearest = candidates[i];
            if (distance == 0) {
                break;
            }
            limit = distance - 1;
        }
    }
    return nearest;
}
