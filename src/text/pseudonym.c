/* SPDX-License-Identifier: MIT */
/* A trie of what was met; the label of a node is its number among those of its sort at its place. */
#include "text/pseudonym.h"

#include "base/utf8.h"

enum sort { SORT_LETTER, SORT_ZERO, SORT_DIGIT, SORT_HEX, SORT_TWO, SORT_THREE, SORT_FOUR };

struct pseudonym_node {
    uint32_t symbol; /* a letter in lower case, a digit, a code point */
    uint32_t label;
    uint32_t child, next; /* indexes of nodes; 0: none */
    enum sort sort;
};

void pseudonyms_init(struct pseudonyms *pseudonyms, struct arena *arena)
{
    *pseudonyms = (struct pseudonyms){.arena = arena};
    pseudonyms->nodes =
        arena_grow(arena, NULL, 0, &pseudonyms->capacity, sizeof *pseudonyms->nodes);
    for (; pseudonyms->count < PSEUDONYM_ALPHABET_COUNT; pseudonyms->count++) {
        pseudonyms->nodes = arena_grow(arena, pseudonyms->nodes, pseudonyms->count,
                                       &pseudonyms->capacity, sizeof *pseudonyms->nodes);
        pseudonyms->nodes[pseudonyms->count] = (struct pseudonym_node){0};
    }
}

/* The node of a character behind another, made where it is new. */
static uint32_t step(struct pseudonyms *p, uint32_t parent, uint32_t symbol, enum sort sort)
{
    uint32_t label = 0, last = 0;
    for (uint32_t at = p->nodes[parent].child; at; at = p->nodes[at].next) {
        if (p->nodes[at].symbol == symbol && p->nodes[at].sort == sort) {
            return at;
        }
        label += p->nodes[at].sort == sort;
        last = at;
    }
    p->nodes = arena_grow(p->arena, p->nodes, p->count, &p->capacity, sizeof *p->nodes);
    uint32_t made = (uint32_t)p->count++;
    p->nodes[made] = (struct pseudonym_node){.symbol = symbol, .label = label, .sort = sort};
    if (last) {
        p->nodes[last].next = made;
    } else {
        p->nodes[parent].child = made;
    }
    return made;
}

static bool is_hex_digit(char c)
{
    char lower = char_lower(c);
    return char_is_digit(c) || (lower >= 'a' && lower <= 'f');
}

static bool has_upper(struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] >= 'A' && word.ptr[i] <= 'Z') {
            return true;
        }
    }
    return false;
}

static void write_hex(struct pseudonyms *p, struct str word, char *out)
{
    /* Letters first: a text that was no number becomes none. */
    const char *digits = has_upper(word) ? "ABCDEF0123456789" : "abcdef0123456789";
    uint32_t at = PSEUDONYM_HEX;
    for (size_t i = 0; i < word.len; i++) {
        out[i] = word.ptr[i];
        if (is_hex_digit(word.ptr[i])) {
            at = step(p, at, (uint32_t)char_lower(word.ptr[i]), SORT_HEX);
            out[i] = digits[p->nodes[at].label];
        }
    }
}

/* A letter or digit of a word: x, y, z, a, …; 1, 2, …. */
static uint32_t write_ascii(struct pseudonyms *p, uint32_t at, char c, char *out)
{
    static const char letters[] = "xyzabcdefghijklmnopqrstuvw";
    bool letter = char_is_alpha(c);
    enum sort sort = letter ? SORT_LETTER : c == '0' ? SORT_ZERO : SORT_DIGIT;
    at = step(p, at, (uint32_t)char_lower(c), sort);
    uint32_t label = p->nodes[at].label;
    if (letter) {
        *out = letters[label];
        *out = (char)(c >= 'A' && c <= 'Z' ? *out - ('a' - 'A') : *out);
    } else {
        *out = c == '0' ? c : (char)('1' + label);
    }
    return at;
}

/* A character of two to four bytes, from a block in which all have as many. */
static uint32_t write_wide(struct pseudonyms *p, uint32_t at, uint32_t code, size_t len, char *out)
{
    static const uint32_t blocks[] = {0x430, 0x4E00, 0x20000};
    static const uint32_t sizes[] = {0x3D0, 0x5000, 0xA000};
    at = step(p, at, code, (enum sort)(SORT_TWO + len - 2));
    uint32_t label = p->nodes[at].label % sizes[len - 2];
    (void)utf8_write(blocks[len - 2] + label, out);
    return at;
}

void pseudonym_write(struct pseudonyms *p, enum pseudonym_alphabet alphabet, struct str word,
                     char *out)
{
    if (alphabet == PSEUDONYM_HEX) {
        write_hex(p, word, out);
        return;
    }
    uint32_t at = PSEUDONYM_WORD;
    for (size_t i = 0; i < word.len;) {
        uint32_t code = 0;
        size_t len = utf8_decode(str_from(word, i), &code);
        char c = word.ptr[i];
        if (char_is_alpha(c) || char_is_digit(c)) {
            at = write_ascii(p, at, c, out + i);
        } else if (len > 1) {
            at = write_wide(p, at, code, len, out + i);
        } else {
            out[i] = c;
        }
        i += len ? len : 1;
    }
}
