/* SPDX-License-Identifier: MIT */
/*
 * String views: search, order, hash, and the edit distance behind "did you mean". ASCII rules only:
 * the names compared here (IAM actions, keys, operators) are ASCII by their grammars, and a locale
 * must not change a verdict.
 */
#include "base/str.h"

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

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

size_t str_distance(struct str a, struct str b, size_t limit)
{
    if (a.len > DISTANCE_MAX_LEN || b.len > DISTANCE_MAX_LEN) {
        return limit + 1;
    }
    /*
     * Rows i-2, i-1 and i of the table; the third serves the swap of neighbours (optimal string
     * alignment).
     */
    size_t rows[3][DISTANCE_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *last = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = char_lower(a.ptr[i - 1]) == char_lower(b.ptr[j - 1]);
            row[j] = min3(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
            bool swapped = i > 1 && j > 1 && char_lower(a.ptr[i - 1]) == char_lower(b.ptr[j - 2]) &&
                           char_lower(a.ptr[i - 2]) == char_lower(b.ptr[j - 1]);
            if (swapped && rows[(i - 2) % 3][j - 2] + 1 < row[j]) {
                row[j] = rows[(i - 2) % 3][j - 2] + 1;
            }
        }
    }
    size_t distance = rows[a.len % 3][b.len];
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
