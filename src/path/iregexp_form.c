/* SPDX-License-Identifier: MIT */
/*
 * The grammar of RFC 9485 §4, by recursive descent. Each part is translated as it is read (§5.4)
 * and described by its `struct shape`, from which the shapes of larger parts are made.
 *
 * '^' and '$' outside of classes are normal characters of the grammar, yet the RFC's mappings to
 * other engines hand them over as they are and the compliance suite of RFC 9535 wants them to be
 * anchors: so they are. In a pattern that must match a whole string anyway this is what its writer
 * means.
 */
#include "path/iregexp_form.h"

#include "base/utf8.h"
#include "path/iregexp_shape.h"

#include <assert.h>

enum { TRANSLATION_FACTOR = 16 };

struct reader {
    struct str pattern;
    size_t at;
    unsigned depth;
    struct iregexp_form *form;
};

static bool refuse(struct reader *r, size_t at, struct str problem)
{
    r->form->problem_at = at;
    r->form->problem = problem;
    return false;
}

static char peek(const struct reader *r)
{
    return r->at < r->pattern.len ? r->pattern.ptr[r->at] : '\0';
}

static bool at_end(const struct reader *r)
{
    return r->at == r->pattern.len;
}

static bool accept(struct reader *r, char c)
{
    if (at_end(r) || peek(r) != c) {
        return false;
    }
    r->at++;
    return true;
}

static void emit(struct reader *r, const char *text)
{
    buf_add_c(&r->form->pcre, text);
}

/* Read one character as it stands; *c gets it. */
static bool read_char(struct reader *r, uint32_t *c)
{
    size_t len = utf8_decode(str_from(r->pattern, r->at), c);
    r->at += len;
    return len != 0 || refuse(r, r->at, STR("this byte is not valid UTF-8"));
}

/*
 * Write a literal character: what is punctuation in ASCII has no meaning to PCRE2 behind a
 * backslash.
 */
static void emit_char(struct reader *r, uint32_t c)
{
    char utf8[4];
    if (c < 0x20 || c == 0x7F) {
        buf_printf(&r->form->pcre, "\\x{%02x}", (unsigned)c);
        return;
    }
    bool plain = c >= 0x80 || char_is_alpha((char)c) || char_is_digit((char)c);
    emit(r, plain ? "" : "\\");
    buf_add(&r->form->pcre, (struct str){utf8, utf8_write(c, utf8)});
}

/* Behind a backslash: what other dialects have and this one does not. */
static bool refuse_escape(struct reader *r)
{
    size_t at = r->at - 1;
    switch (peek(r)) {
    case 'd':
        return refuse(r, at, STR("I-Regexp has no '\\d'; write [0-9]"));
    case 'D':
        return refuse(r, at, STR("I-Regexp has no '\\D'; write [^0-9]"));
    case 'w':
        return refuse(r, at, STR("I-Regexp has no '\\w'; write [0-9A-Za-z_]"));
    case 'W':
        return refuse(r, at, STR("I-Regexp has no '\\W'; write [^0-9A-Za-z_]"));
    case 's':
        return refuse(r, at, STR("I-Regexp has no '\\s'; write [ \\t\\n\\r]"));
    case 'S':
        return refuse(r, at, STR("I-Regexp has no '\\S'; write [^ \\t\\n\\r]"));
    case 'b':
    case 'B':
    case 'A':
    case 'z':
    case 'Z':
        return refuse(r, at,
                      STR("I-Regexp has no anchors; match() takes the whole string, search() any "
                          "part of it"));
    default:
        return refuse(r, at,
                      STR("no such escape in I-Regexp; what has no meaning of its own is written "
                          "without '\\', or as a class: [$]"));
    }
}

/* Behind a backslash: SingleCharEsc. */
static bool read_single_escape(struct reader *r, uint32_t *c)
{
    static const char letters[] = "nrt";
    static const char meanings[] = "\n\r\t";
    char escaped = peek(r);
    const char *letter = escaped ? strchr(letters, escaped) : NULL;
    if (!letter && (escaped == '\0' || !strchr("()*+-.?[\\]^{|}", escaped))) {
        return refuse_escape(r);
    }
    *c = (uint32_t)(letter ? meanings[letter - letters] : escaped);
    r->at++;
    return true;
}

/* Behind "\p" or "\P": a Unicode general category, as charProp has them. */
static bool read_category(struct reader *r, char kind)
{
    static const struct str categories[] = {
        STR_INIT("Llmotu"), STR_INIT("Mcen"),  STR_INIT("Ndlo"),  STR_INIT("Pcdefios"),
        STR_INIT("Zlps"),   STR_INIT("Sckmo"), STR_INIT("Ccfno"),
    };
    size_t lo = r->at;
    bool open = accept(r, '{');
    char major = peek(r);
    size_t i = 0;
    while (i < COUNT_OF(categories) && categories[i].ptr[0] != major) {
        i++;
    }
    if (!open || i == COUNT_OF(categories)) {
        return refuse(
            r, lo,
            STR("'\\p' and '\\P' need a Unicode category in braces, such as \\p{L} or \\p{Nd}"));
    }
    r->at++;
    size_t minor_at = r->at;
    struct str minors = str_from(categories[i], 1);
    if (peek(r) != '}' && str_find_char(minors, peek(r)) < minors.len) {
        r->at++;
    }
    if (!accept(r, '}')) {
        return refuse(r, minor_at, STR("there is no such Unicode category in I-Regexp"));
    }
    buf_printf(&r->form->pcre, "\\%c%.*s", kind, (int)(r->at - lo), r->pattern.ptr + lo);
    return true;
}

/* "\p{…}" or "\P{…}", if it stands here; *is_category tells. */
static bool read_category_escape(struct reader *r, bool *is_category)
{
    struct str rest = str_from(r->pattern, r->at);
    *is_category = str_starts(rest, STR("\\p")) || str_starts(rest, STR("\\P"));
    if (!*is_category) {
        return true;
    }
    r->at += 2;
    return read_category(r, rest.ptr[1]);
}

/* CCchar: a character of a class. */
static bool read_class_char(struct reader *r, uint32_t *c)
{
    if (accept(r, '\\')) {
        return read_single_escape(r, c);
    }
    if (peek(r) == '[') {
        return refuse(r, r->at, STR("'[' inside a class is written '\\['"));
    }
    if (peek(r) == '-') {
        return refuse(r, r->at, STR("'-' stands first or last in a class, or is written '\\-'"));
    }
    return read_char(r, c);
}

/* CCE1: a character, a range or a category, whose characters are not looked up: then *inexact. */
static bool read_class_item(struct reader *r, struct charset *set, bool *inexact)
{
    bool is_category = false;
    if (!read_category_escape(r, &is_category)) {
        return false;
    }
    if (is_category) {
        *set = charset_all;
        *inexact = true;
        return true;
    }
    size_t lo = r->at;
    uint32_t from = 0;
    if (!read_class_char(r, &from)) {
        return false;
    }
    emit_char(r, from);
    uint32_t to = from;
    bool is_range = peek(r) == '-' && !str_starts(str_from(r->pattern, r->at), STR("-]"));
    if (is_range) {
        r->at++;
        if (!read_class_char(r, &to)) {
            return false;
        }
        if (to < from) {
            return refuse(r, lo, STR("this range is empty: its ends are the wrong way round"));
        }
        emit(r, "-");
        emit_char(r, to);
    }
    charset_add(set, from, to);
    return true;
}

/* charClassExpr, behind its '['. */
static bool read_class(struct reader *r, struct shape *shape)
{
    size_t open = r->at - 1;
    struct charset set = {{0, 0}, false};
    bool inexact = false;
    bool negated = accept(r, '^');
    emit(r, negated ? "[^" : "[");
    size_t items = 0;
    if (accept(r, '-')) {
        emit(r, "\\-");
        charset_add(&set, '-', '-');
        items++;
    }
    while (!at_end(r) && peek(r) != ']') {
        if (str_starts(str_from(r->pattern, r->at), STR("-]"))) {
            r->at++;
            emit(r, "\\-");
            charset_add(&set, '-', '-');
        } else if (!read_class_item(r, &set, &inexact)) {
            return false;
        }
        items++;
    }
    if (!accept(r, ']')) {
        return refuse(r, open, STR("this class is not closed; it needs ']'"));
    }
    if (items == 0) {
        return refuse(r, open, STR("a class cannot be empty"));
    }
    emit(r, "]");
    *shape = shape_of_char(negated && !inexact ? charset_complement(set) : set);
    return true;
}

static bool read_alternatives(struct reader *r, struct shape *shape);

/* Behind '('. */
static bool read_group(struct reader *r, struct shape *shape)
{
    size_t open = r->at - 1;
    if (peek(r) == '?') {
        return refuse(r, open,
                      STR("I-Regexp has plain groups only: no '(?', look-around, flags or names"));
    }
    if (r->depth == IREGEXP_MAX_DEPTH) {
        return refuse(r, open, STR("groups are nested more than 100 deep"));
    }
    emit(r, "(?:");
    r->depth++;
    if (!read_alternatives(r, shape)) {
        return false;
    }
    r->depth--;
    emit(r, ")");
    return accept(r, ')') || refuse(r, open, STR("this group is not closed; it needs ')'"));
}

/* Behind a backslash outside of a class. */
static bool read_escaped_atom(struct reader *r, struct shape *shape)
{
    bool is_category = false;
    r->at--;
    if (!read_category_escape(r, &is_category)) {
        return false;
    }
    if (is_category) {
        *shape = shape_of_char(charset_all);
        return true;
    }
    r->at++;
    uint32_t c = 0;
    struct charset set = {{0, 0}, false};
    if (!read_single_escape(r, &c)) {
        return false;
    }
    emit_char(r, c);
    charset_add(&set, c, c);
    *shape = shape_of_char(set);
    return true;
}

static bool read_normal_char(struct reader *r, struct shape *shape)
{
    uint32_t c = 0;
    struct charset set = {{0, 0}, false};
    if (!read_char(r, &c)) {
        return false;
    }
    emit_char(r, c);
    charset_add(&set, c, c);
    *shape = shape_of_char(set);
    return true;
}

static bool read_dot(struct reader *r, struct shape *shape)
{
    struct charset line_ends = {{0, 0}, false};
    charset_add(&line_ends, '\n', '\n');
    charset_add(&line_ends, '\r', '\r');
    emit(r, "[^\\n\\r]"); /* §5.3: what '.' means in XSD */
    *shape = shape_of_char(charset_complement(line_ends));
    return true;
}

static bool read_anchor(struct reader *r, const char *pcre, struct shape *shape)
{
    emit(r, pcre);
    *shape = shape_of_nothing();
    return true;
}

static bool read_atom(struct reader *r, struct shape *shape)
{
    size_t at = r->at;
    switch (peek(r)) {
    case '(':
        r->at++;
        return read_group(r, shape);
    case '[':
        r->at++;
        return read_class(r, shape);
    case '\\':
        r->at++;
        return read_escaped_atom(r, shape);
    case '.':
        r->at++;
        return read_dot(r, shape);
    case '^':
        r->at++;
        return read_anchor(r, "(?:\\A)", shape);
    case '$':
        r->at++;
        return read_anchor(r, "(?:\\z)", shape);
    case '*':
    case '+':
    case '?':
    case '{':
        return refuse(r, at,
                      STR("nothing to repeat before this; I-Regexp has no lazy or possessive "
                          "repetition, and the character itself is escaped with '\\'"));
    case ']':
    case '}':
        return refuse(r, at,
                      STR("this bracket was not opened; as a character it is escaped with '\\'"));
    default:
        return read_normal_char(r, shape);
    }
}

/* QuantExact: a number. */
static bool read_count(struct reader *r, uint32_t *count)
{
    size_t lo = r->at;
    *count = 0;
    while (char_is_digit(peek(r)) && *count <= IREGEXP_MAX_REPEAT) {
        *count = *count * 10 + (uint32_t)(peek(r) - '0');
        r->at++;
    }
    if (r->at == lo) {
        return refuse(r, lo, STR("expected a number of repetitions: {2}, {2,} or {2,5}"));
    }
    return *count <= IREGEXP_MAX_REPEAT || refuse(r, lo, STR("more than 65535 repetitions"));
}

/* Behind '{': {2}, {2,} or {2,5}. */
static bool read_range_quantifier(struct reader *r, uint32_t *min, uint32_t *max)
{
    size_t open = r->at - 1;
    if (!read_count(r, min)) {
        return false;
    }
    *max = *min;
    if (accept(r, ',')) {
        *max = UINT32_MAX;
        if (char_is_digit(peek(r)) && !read_count(r, max)) {
            return false;
        }
    }
    if (!accept(r, '}')) {
        return refuse(r, open, STR("this repetition is not closed; it needs '}'"));
    }
    return *max >= *min ||
           refuse(r, open, STR("the least number of repetitions is larger than the most"));
}

/* The quantifier that stands here, if any: how often, at least and at most. */
static bool read_quantifier(struct reader *r, uint32_t *min, uint32_t *max)
{
    *min = 1;
    *max = 1;
    if (accept(r, '*')) {
        *min = 0;
        *max = UINT32_MAX;
    } else if (accept(r, '+')) {
        *max = UINT32_MAX;
    } else if (accept(r, '?')) {
        *min = 0;
    } else if (accept(r, '{')) {
        return read_range_quantifier(r, min, max);
    }
    return true;
}

/*
 * Write the quantifier of the atom whose translation starts at `atom`. PCRE2's DFA counts the
 * rounds of a repeated character even where no number of them is too large, and then has as many
 * states as the subject has characters; only '*' it does not count. So x+ is written xx*, and x{3,}
 * x{3}x*. It counts no rounds of groups.
 */
static void emit_quantifier(struct reader *r, size_t atom, bool is_group, uint32_t min,
                            uint32_t max)
{
    struct buf *pcre = &r->form->pcre;
    size_t len = pcre->len - atom;
    if (min == 1 && max == 1) {
        return;
    }
    if (max != UINT32_MAX) {
        buf_printf(pcre, "{%u,%u}", (unsigned)min, (unsigned)max);
    } else if (min == 0) {
        emit(r, "*");
    } else if (is_group) {
        buf_printf(pcre, "{%u,}", (unsigned)min);
    } else {
        if (min > 1) {
            buf_printf(pcre, "{%u}", (unsigned)min);
        }
        for (size_t i = atom; i < atom + len; i++) {
            buf_add_char(pcre, pcre->ptr[i]);
        }
        emit(r, "*");
    }
}

static bool read_branch(struct reader *r, struct shape *shape)
{
    *shape = shape_of_nothing();
    while (!at_end(r) && peek(r) != '|' && peek(r) != ')') {
        struct shape piece;
        uint32_t min, max;
        size_t atom = r->form->pcre.len;
        /* Anchors are translated to groups. */
        bool is_group = peek(r) == '(' || peek(r) == '^' || peek(r) == '$';
        if (!read_atom(r, &piece) || !read_quantifier(r, &min, &max)) {
            return false;
        }
        emit_quantifier(r, atom, is_group, min, max);
        *shape = shape_join(*shape, shape_repeat(piece, min, max));
    }
    return true;
}

static bool read_alternatives(struct reader *r, struct shape *shape)
{
    if (!read_branch(r, shape)) {
        return false;
    }
    while (accept(r, '|')) {
        emit(r, "|");
        struct shape branch;
        if (!read_branch(r, &branch)) {
            return false;
        }
        *shape = shape_either(*shape, branch);
    }
    return true;
}

bool iregexp_read(struct str pattern, struct iregexp_form *form)
{
    *form = (struct iregexp_form){.pcre = buf_with_max(TRANSLATION_FACTOR * (pattern.len + 1))};
    struct reader reader = {.pattern = pattern, .form = form};
    struct shape shape = {0};
    if (!read_alternatives(&reader, &shape)) {
        return false;
    }
    if (!at_end(&reader)) {
        return refuse(&reader, reader.at,
                      STR("this ')' was not opened; as a character it is escaped with '\\'"));
    }
    assert(!form->pcre.truncated);
    form->may_backtrack = shape.may_backtrack;
    return true;
}
