/* SPDX-License-Identifier: MIT */
/*
 * Repairing and folding error texts. Each pass over a text writes at most as many bytes as it
 * reads, so one buffer of the text's size serves all of them. Escapes may be nested (JSON in a log
 * in HTML): the passes are repeated while they change anything, at most REPAIR_ROUNDS times.
 */
#include "rule/folding.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "rule/folding_repair.h"

enum { REPAIR_ROUNDS = 4 };

enum {
    VOICED_MARK = 0x3099,
    SEMI_VOICED_MARK = 0x309A,
    HALF_VOICED = 0xFF9E,
    HALF_SEMI_VOICED = 0xFF9F,
    ELLIPSIS = 0x2026,
};

struct str folding_repair(struct str text, struct arena *arena)
{
    static void (*const passes[])(struct str from, struct repaired * to) = {
        repair_entities, repair_escapes, repair_colors, repair_line_starts};
    text = str_slice(text, 0, FOLDING_MAX_BYTES);
    struct repaired now = {arena_alloc(arena, text.len), 0};
    struct repaired next = {arena_alloc(arena, text.len), 0};
    now.len = text.len;
    memcpy(now.ptr, text.ptr ? text.ptr : "", text.len);
    bool changed = true;
    for (int round = 0; changed && round < REPAIR_ROUNDS; round++) {
        changed = false;
        for (size_t i = 0; i < COUNT_OF(passes); i++) {
            next.len = 0;
            passes[i]((struct str){now.ptr, now.len}, &next);
            changed = changed || next.len != now.len;
            struct repaired swap = now;
            now = next;
            next = swap;
        }
    }
    return (struct str){now.ptr, now.len};
}

/* ---- characters ---- */

bool letter_is_wide(uint32_t c)
{
    return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3041 && c <= 0x30FF) ||
           (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool letter_is_katakana(uint32_t c)
{
    return c >= 0x30A1 && c <= 0x30FF && c != 0x30FB;
}

/* Signs between letters: ASCII's and Latin-1's, general punctuation and symbols, CJK punctuation. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80) {
        return char_is_digit((char)c) || char_is_alpha((char)c);
    }
    bool sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
                c == 0x30A0 || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFE00 && c <= 0xFFFF);
    return !sign;
}

/* What takes no room and separates nothing: soft hyphen, zero width, direction, variation. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

/* Half-width katakana, U+FF66 to U+FF9D, in their full width (Unicode, Halfwidth Forms). */
static const uint16_t full_width[] = {
    0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2,
    0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9,
    0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE,
    0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6,
    0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3,
};

static uint32_t fold_width(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) {
        return c - 0xFF01 + 0x21;
    }
    if (c >= 0xFF66 && c < 0xFF66 + COUNT_OF(full_width)) {
        return full_width[c - 0xFF66];
    }
    return c;
}

static uint32_t fold_case(uint32_t c)
{
    return c < 0x80 ? (uint32_t)char_lower((char)c) : c;
}

/*
 * A kana with a mark that stands apart (decomposed text, half-width text): its composed form is one
 * or two code points further. 0 where c is no such mark or takes none here.
 */
static uint32_t compose(uint32_t kana, uint32_t mark)
{
    bool voiced = mark == VOICED_MARK || mark == HALF_VOICED;
    bool semi_voiced = mark == SEMI_VOICED_MARK || mark == HALF_SEMI_VOICED;
    if ((!voiced && !semi_voiced) || kana < 0x3041 || kana > 0x30FA) {
        return 0;
    }
    if (kana == 0x30A6) {
        return voiced ? 0x30F4 : 0;
    }
    return kana + (voiced ? 1 : 2);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0xFF07 || c == '`' ||
           c == 0xB4;
}

/* ---- letters ---- */

struct folder {
    struct str text;
    size_t at;
    struct folded *out;
    uint8_t pending;        /* flags of the next letter */
    bool after_letter;      /* nothing but invisible characters since the last one */
    bool cut_seen;          /* an ellipsis since the last letter */
    uint8_t *upper;         /* by letter: was it a capital? */
    uint8_t *joined;        /* by letter: an underscore stands before it */
    bool underscore_before; /* of the next letter */
};

static void add_letter(struct folder *f, uint32_t c, size_t lo, size_t hi)
{
    struct folded *out = f->out;
    struct letter *last = out->letter_count ? &out->letters[out->letter_count - 1] : NULL;
    uint8_t flags = f->pending;
    bool changes_script = last && (letter_is_wide(last->code_point) || letter_is_wide(c)) &&
                          !(letter_is_katakana(last->code_point) && letter_is_katakana(c));
    if (!f->after_letter || changes_script) {
        flags |= LETTER_STARTS_WORD;
    }
    f->upper[out->letter_count] = c >= 'A' && c <= 'Z';
    f->joined[out->letter_count] = f->underscore_before;
    out->letters[out->letter_count++] =
        (struct letter){fold_case(c), (uint32_t)lo, (uint32_t)hi, flags};
    f->pending = 0;
    f->after_letter = true;
    f->underscore_before = false;
}

static void note_cut(struct folder *f)
{
    struct folded *out = f->out;
    if (out->letter_count && f->after_letter) {
        out->letters[out->letter_count - 1].flags |= LETTER_BEFORE_CUT;
    }
    f->pending |= LETTER_AFTER_CUT;
}

/* A sign: what it means for the letters on its sides. */
static void add_sign(struct folder *f, uint32_t c, size_t lo)
{
    struct str rest = str_from(f->text, lo);
    if (c == ELLIPSIS || str_starts(rest, STR("..."))) {
        note_cut(f);
    }
    if (c == '\n' || c == '\r') {
        f->pending |= LETTER_STARTS_LINE;
    }
    f->underscore_before = c == '_' && f->after_letter;
    f->after_letter = false;
}

/* "doesn't", "doesn’t" and "doesnt" are one word. */
static bool is_inside_word(const struct folder *f, uint32_t c, size_t hi)
{
    uint32_t next = 0;
    return is_apostrophe(c) && f->after_letter && utf8_decode(str_from(f->text, hi), &next) > 0 &&
           next < 0x80 && char_is_alpha((char)next);
}

static void fold_letters(struct folder *f)
{
    struct folded *out = f->out;
    f->pending = LETTER_STARTS_LINE | LETTER_AFTER_CUT;
    while (f->at < f->text.len) {
        uint32_t c = 0;
        size_t lo = f->at;
        size_t len = utf8_decode(str_from(f->text, lo), &c);
        f->at += len ? len : 1;
        c = len ? c : ' ';
        struct letter *last = f->after_letter ? &out->letters[out->letter_count - 1] : NULL;
        uint32_t composed = last ? compose(last->code_point, c) : 0;
        c = fold_width(c);
        if (composed) {
            last->code_point = composed;
            last->hi = (uint32_t)f->at;
        } else if (is_invisible(c) || is_inside_word(f, c, f->at)) {
            continue;
        } else if (is_letter(c)) {
            add_letter(f, c, lo, f->at);
        } else {
            add_sign(f, c, lo);
        }
    }
    if (out->letter_count) {
        out->letters[out->letter_count - 1].flags |= LETTER_BEFORE_CUT;
    }
}

/* ---- words ---- */

static uint32_t intern(const struct folded *folded, size_t lo, size_t hi, struct atoms *words,
                       struct buf *scratch)
{
    scratch->len = 0;
    for (size_t i = lo; i < hi; i++) {
        char bytes[4];
        size_t len = utf8_write(folded->letters[i].code_point, bytes);
        buf_add(scratch, (struct str){bytes, len});
    }
    return atoms_intern(words, buf_str(scratch));
}

/* A capital behind the first letter, an underscore at an end, or a number such as a status code. */
static bool is_identifier(const struct folder *f, size_t lo, size_t hi)
{
    enum { CODE_DIGITS = 3 };
    const struct letter *letters = f->out->letters;
    bool joined = f->joined[lo] || (hi < f->out->letter_count && f->joined[hi]);
    bool number = hi - lo >= CODE_DIGITS;
    for (size_t i = lo; i < hi; i++) {
        joined = joined || (i > lo && f->upper[i]);
        number = number && letters[i].code_point >= '0' && letters[i].code_point <= '9';
    }
    return joined || number;
}

static void fold_words(struct folder *f, struct atoms *words)
{
    struct folded *out = f->out;
    struct buf scratch = buf_with_max(4 * (size_t)FOLDING_MAX_BYTES);
    size_t lo = 0;
    while (lo < out->letter_count) {
        size_t hi = lo + 1;
        while (hi < out->letter_count && !(out->letters[hi].flags & LETTER_STARTS_WORD)) {
            hi++;
        }
        uint32_t atom = intern(out, lo, hi, words, &scratch);
        out->words[out->word_count++] =
            (struct folded_word){atom, (uint32_t)lo, (uint32_t)hi, is_identifier(f, lo, hi)};
        lo = hi;
    }
    buf_release(&scratch);
}

void folding_fold(struct str text, struct arena *arena, struct atoms *words, struct folded *out)
{
    *out = (struct folded){.text = text};
    out->letters = arena_array(arena, struct letter, text.len);
    struct folder folder = {
        .text = text,
        .out = out,
        .upper = arena_array(arena, uint8_t, text.len),
        .joined = arena_array(arena, uint8_t, text.len + 1),
    };
    fold_letters(&folder);
    out->words = arena_array(arena, struct folded_word, out->letter_count);
    fold_words(&folder, words);
}
