/* SPDX-License-Identifier: MIT */
/*
 * From marks to words. What is learnt of all texts: whose words are names, and in which order accounts
 * and addresses appear.
 */
#include "text/redact.h"

#include "text/redact_view.h"

#include <stdio.h>

enum { WORD_MIN = 3, PATH_MAX_BYTES = 1 << 16 };

/* A word in lower case; memory in scratch. */
static struct str lower(struct arena *scratch, struct str word)
{
    char *bytes = arena_alloc(scratch, word.len + 1);
    for (size_t i = 0; i < word.len; i++) {
        bytes[i] = char_lower(word.ptr[i]);
    }
    return (struct str){bytes, word.len};
}

static bool has(const struct atoms *table, struct str text)
{
    uint32_t atom;
    return atoms_find(table, text, &atom);
}

void redactor_know(struct redactor *redactor, struct str text)
{
    struct arena scratch = {0};
    for (size_t at = 0; at < text.len; at++) {
        size_t start = at;
        while (at < text.len && redact_is_word(text.ptr[at])) {
            at++;
        }
        if (at > start) {
            struct arena_mark mark = arena_mark(&scratch);
            (void)atoms_intern(&redactor->known, lower(&scratch, str_slice(text, start, at)));
            arena_rewind(&scratch, mark);
        }
    }
    arena_release(&scratch);
}

void redactor_keep(struct redactor *redactor, struct str name)
{
    (void)atoms_intern(&redactor->literals, name);
}

static void know_public(struct redactor *redactor)
{
#define PUBLIC(name) redactor_keep(redactor, STR(name));
#define COMMON(words) redactor_know(redactor, STR(words));
#include "text/redact_public.def"
#undef PUBLIC
#undef COMMON
}

void redactor_init(struct redactor *redactor, struct arena *arena)
{
    *redactor = (struct redactor){.arena = arena};
    struct atoms *const tables[] = {
        &redactor->literals,  &redactor->known,   &redactor->words, &redactor->names,
        &redactor->firsts,    &redactor->secrets, &redactor->heads, &redactor->accounts,
        &redactor->addresses, &redactor->seen,
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        atoms_init(tables[i], arena, NULL);
    }
    pseudonyms_init(&redactor->pseudonyms, arena);
    know_public(redactor);
}

/* ---- learning ---- */

static size_t run_end(const struct redact_view *view, size_t from)
{
    size_t at = from;
    while (at < view->len && view->marks[at] == view->marks[from]) {
        at++;
    }
    return at;
}

static bool has_letter(struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (redact_is_word(word.ptr[i]) && !char_is_digit(word.ptr[i])) {
            return true;
        }
    }
    return false;
}

/* A word of a name. Returns whether it is replaced wherever it stands. */
static void learn_word(struct redactor *redactor, struct arena *scratch, struct str word)
{
    struct arena_mark mark = arena_mark(scratch);
    char *out = arena_alloc(scratch, word.len + 1);
    struct str folded = lower(scratch, word);
    pseudonym_write(&redactor->pseudonyms, PSEUDONYM_WORD, word, out);
    if (word.len >= WORD_MIN && has_letter(word) && !has(&redactor->known, folded) &&
        !has(&redactor->literals, word)) {
        (void)atoms_intern(&redactor->words, folded);
    }
    arena_rewind(scratch, mark);
}

/* A name of several words, found as a whole where one of its words is too common. */
static void learn_name(struct redactor *redactor, struct arena *scratch, struct str name,
                       size_t first)
{
    struct arena_mark mark = arena_mark(scratch);
    if (first < name.len && has_letter(name)) {
        (void)atoms_intern(&redactor->names, name);
        (void)atoms_intern(&redactor->firsts, lower(scratch, str_slice(name, 0, first)));
    }
    arena_rewind(scratch, mark);
}

static bool joins_words(char c)
{
    return c == '-' || c == '_' || c == '.' || c == '+' || c == '@';
}

/* The end of a name: words and what joins them. *first: the end of its first word. */
static size_t name_end(const struct redact_view *view, size_t from, size_t to, size_t *first)
{
    size_t at = from, end = from;
    *first = 0;
    while (at < to &&
           (redact_is_word(view->text[at]) || (at > from && joins_words(view->text[at])))) {
        if (redact_is_word(view->text[at])) {
            end = at + 1;
        } else if (*first == 0) {
            *first = at - from;
        }
        at++;
    }
    if (*first == 0 || *first > end - from) {
        *first = end - from;
    }
    return end;
}

static void learn_names(struct redactor *redactor, struct arena *scratch,
                        const struct redact_view *view, size_t from, size_t to)
{
    for (size_t at = from; at < to;) {
        size_t first;
        size_t end = name_end(view, at, to, &first);
        learn_name(redactor, scratch, redact_view_str(view, at, end), first);
        for (size_t word = at; word < end; word++) {
            size_t stop = redact_word_end(view, word);
            stop = stop < end ? stop : end;
            if (stop > word) {
                learn_word(redactor, scratch, redact_view_str(view, word, stop));
                word = stop;
            }
        }
        at = end > at ? end : at + 1;
    }
}

/* The twelve digits of an account, without hyphens, to `digits`. */
static struct str account_digits(struct str text, char digits[12])
{
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < 12; i++) {
        if (char_is_digit(text.ptr[i])) {
            digits[len++] = text.ptr[i];
        }
    }
    return (struct str){digits, len};
}

/* "203.0.113." of an address. */
static struct str network_of(struct str address)
{
    return str_slice(address, 0, str_after_last(address, '.'));
}

static void mark_all(struct redactor *redactor, struct redact_view *view,
                     const struct source *source)
{
    redact_mark_secrets(redactor, view, source);
    redact_mark_ids(view);
    redact_mark_phrases(redactor, view);
    if (source) {
        redact_mark_members(redactor, view);
    }
}

static void learn(struct redactor *redactor, struct str text, const struct source *source,
                  struct arena *scratch)
{
    struct redact_view view = redact_view_make(scratch, text);
    mark_all(redactor, &view, source);
    for (size_t at = 0; at < view.len;) {
        size_t end = run_end(&view, at);
        struct str run = redact_view_str(&view, at, end);
        char digits[12];
        if (view.marks[at] == REDACT_NAME) {
            learn_names(redactor, scratch, &view, at, end);
        } else if (view.marks[at] == REDACT_ACCOUNT) {
            (void)atoms_intern(&redactor->accounts, account_digits(run, digits));
        } else if (view.marks[at] == REDACT_IPV4) {
            (void)atoms_intern(&redactor->addresses, network_of(run));
        } else if (view.marks[at] == REDACT_IPV6) {
            (void)atoms_intern(&redactor->addresses, run);
        }
        at = end;
    }
}

/* Without the quotes that a value stands in. */
static struct str unquoted(struct str text)
{
    text = str_trim(text);
    bool quoted = text.len > 1 && (text.ptr[0] == '"' || text.ptr[0] == '\'') &&
                  text.ptr[text.len - 1] == text.ptr[0];
    return quoted ? str_slice(text, 1, text.len - 1) : text;
}

static void learn_secret(struct redactor *redactor, struct arena *scratch, struct str text)
{
    if (text.len < REDACT_SECRET_HEAD || has(&redactor->literals, text) ||
        has(&redactor->known, lower(scratch, text)) || str_find_char(text, '\n') < text.len) {
        return;
    }
    (void)atoms_intern(&redactor->secrets, text);
    (void)atoms_intern(&redactor->heads, str_slice(text, 0, REDACT_SECRET_HEAD));
    if (text.len < REDACT_SECRET_MAX) {
        redactor->secret_lengths[text.len] = true;
    }
}

void redactor_learn_secrets(struct redactor *redactor, const struct source *source,
                            struct arena *scratch)
{
    struct redact_view view = redact_view_make(scratch, source->bytes);
    mark_all(redactor, &view, source);
    for (size_t at = 0; at < view.len;) {
        size_t end = run_end(&view, at);
        if (view.marks[at] == REDACT_SECRET) {
            learn_secret(redactor, scratch, unquoted(redact_view_str(&view, at, end)));
        }
        at = end;
    }
}

void redactor_learn(struct redactor *redactor, const struct source *source, struct arena *scratch)
{
    learn(redactor, source->bytes, source, scratch);
}

void redactor_learn_path(struct redactor *redactor, struct str path, struct arena *scratch)
{
    learn(redactor, path, NULL, scratch);
}

/* ---- writing ---- */

struct writing {
    struct redactor *redactor;
    struct arena *scratch;
    const struct redact_view *view;
    struct str raw;
    struct buf *out;
};

static void add_raw(struct writing *w, size_t from, size_t to)
{
    buf_add(w->out, str_slice(w->raw, w->view->at[from], w->view->at[to]));
}

static void note(struct redactor *redactor, struct str original, struct str replacement)
{
    uint32_t before = redactor->seen.count;
    if (str_eq(original, replacement)) {
        return;
    }
    (void)atoms_intern(&redactor->seen, original);
    if (redactor->seen.count > before) {
        redactor->list = arena_grow(redactor->arena, redactor->list, redactor->count,
                                    &redactor->capacity, sizeof *redactor->list);
        redactor->list[redactor->count++] = (struct redacted){
            arena_str(redactor->arena, original), arena_str(redactor->arena, replacement)};
    }
}

/* Words of a name; what stands between them stays. */
static void write_words(struct writing *w, size_t from, size_t to, enum pseudonym_alphabet alphabet)
{
    for (size_t at = from; at < to;) {
        size_t end = redact_word_end(w->view, at);
        end = end < to ? end : to;
        if (end > at) {
            struct str word = redact_view_str(w->view, at, end);
            char *other = arena_alloc(w->scratch, word.len + 1);
            pseudonym_write(&w->redactor->pseudonyms, alphabet, word, other);
            note(w->redactor, word, (struct str){other, word.len});
            buf_add(w->out, (struct str){other, word.len});
            at = end;
        } else {
            add_raw(w, at, at + 1);
            at++;
        }
    }
}

/* 111111111111 and so on; a leading zero stays, and whether the rest would be octal. */
static struct str account_candidate(struct str original, unsigned number, char digits[16])
{
    bool octal = true;
    for (size_t i = 0; i < original.len; i++) {
        octal = octal && original.ptr[i] < '8';
    }
    enum { REPEATED = 9, LEN = 12 };
    if (original.ptr[0] == '0') {
        snprintf(digits, 16, "0%c000000%04o", octal ? '1' : '9', number & 07777);
    } else if (number <= REPEATED) {
        memset(digits, (int)('0' + number), LEN);
    } else {
        snprintf(digits, 16, "1%011u", number);
    }
    return (struct str){digits, LEN};
}

/* The other account, which is none of those in the texts. */
static struct str find_account(const struct redactor *redactor, uint32_t atom, struct str original,
                               char digits[16])
{
    unsigned number = 0;
    struct str found = {0};
    for (uint32_t i = 0; i < atom; i++) {
        do {
            found = account_candidate(original, ++number, digits);
        } while (has(&redactor->accounts, found));
    }
    return found;
}

static void write_account(struct writing *w, size_t from, size_t to)
{
    char digits[12], other[16];
    struct str account = account_digits(redact_view_str(w->view, from, to), digits);
    uint32_t atom = atoms_intern(&w->redactor->accounts, account);
    struct str found = find_account(w->redactor, atom, account, other);
    size_t next = 0;
    note(w->redactor, account, found);
    for (size_t i = from; i < to; i++) {
        bool digit = char_is_digit(w->view->text[i]);
        buf_add_char(w->out, digit ? found.ptr[next] : w->view->text[i]);
        next += digit;
    }
}

/* Behind an address: "/24" gives 24; else `none`. */
static unsigned prefix_behind(const struct redact_view *view, size_t at, unsigned none)
{
    unsigned bits = 0;
    if (at >= view->len || view->text[at] != '/') {
        return none;
    }
    for (at++; at < view->len && char_is_digit(view->text[at]) && bits <= none; at++) {
        bits = bits * 10 + (unsigned)(view->text[at] - '0');
    }
    return bits < none ? bits : none;
}

/* A network of those for benchmarks (RFC 2544), with the host's number of the original. */
static void write_ipv4(struct writing *w, size_t from, size_t to)
{
    enum { BITS = 32, NETWORKS = 1 << 9 };
    const uint32_t benchmark = 198u << 24 | 18u << 16;
    struct str text = redact_view_str(w->view, from, to);
    uint32_t atom = atoms_intern(&w->redactor->addresses, network_of(text));
    uint32_t host = 0;
    for (size_t i = str_after_last(text, '.'); i < text.len; i++) {
        host = host * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    unsigned bits = prefix_behind(w->view, to, BITS);
    uint32_t mask = bits == 0 ? 0 : 0xFFFFFFFFu << (BITS - bits);
    uint32_t value = (benchmark + atom % NETWORKS * 256) | host;
    value &= bits < 24 ? mask : 0xFFFFFFFFu;
    struct str other = arena_format(w->scratch, "%u.%u.%u.%u", value >> 24, value >> 16 & 255,
                                    value >> 8 & 255, value & 255);
    note(w->redactor, text, other);
    buf_add(w->out, other);
}

/* An address for documentation (RFC 3849). */
static void write_ipv6(struct writing *w, size_t from, size_t to)
{
    struct str text = redact_view_str(w->view, from, to);
    uint32_t atom = atoms_intern(&w->redactor->addresses, text);
    bool range = to < w->view->len && w->view->text[to] == '/';
    struct str other =
        arena_format(w->scratch, range ? "2001:db8:%x::" : "2001:db8::%x", atom & 0xFFFFu);
    note(w->redactor, text, other);
    buf_add(w->out, other);
}

/* The same for every secret of a length: letters of both cases and digits, so that its shape stays. */
static void write_secret(struct writing *w, size_t from, size_t to)
{
    static const char pattern[] = "xX0";
    bool number = true;
    for (size_t i = from; i < to; i++) {
        number = number && char_is_digit(w->view->text[i]);
    }
    size_t written = 0;
    for (size_t i = from; i < to; i++) {
        char c = w->view->text[i];
        bool quote = (c == '"' || c == '\'') && (i == from || i + 1 == to);
        if (quote || c == ' ' || (unsigned char)c < ' ') {
            add_raw(w, i, i + 1);
        } else {
            buf_add_char(w->out, number ? '1' : pattern[written++ % (sizeof pattern - 1)]);
        }
    }
}

/* ---- texts without a mark ---- */

static bool is_plain(const struct redact_view *view, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (view->marks[i] != REDACT_PLAIN) {
            return false;
        }
    }
    return true;
}

/* The end of the longest name of several words, of those in the table, that begins here; or the place. */
static size_t known_name_end(const struct writing *w, const struct atoms *table, size_t from,
                             size_t to)
{
    enum { NAME_MAX_BYTES = 256 };
    size_t longest = from;
    size_t limit = from + NAME_MAX_BYTES < to ? from + NAME_MAX_BYTES : to;
    for (size_t at = redact_word_end(w->view, from); at < limit;) {
        if (!joins_words(w->view->text[at])) {
            break;
        }
        while (at < limit && joins_words(w->view->text[at])) {
            at++;
        }
        size_t end = redact_word_end(w->view, at);
        if (end == at || end > limit) {
            break;
        }
        if (has(table, redact_view_str(w->view, from, end)) && is_plain(w->view, from, end)) {
            longest = end;
        }
        at = end;
    }
    return longest;
}

/* Words of names are replaced, and names of several words; all else stays. */
static void write_plain(struct writing *w, size_t from, size_t to)
{
    for (size_t at = from; at < to;) {
        size_t end = redact_word_end(w->view, at);
        end = end < to ? end : to;
        if (end == at || (at > 0 && redact_is_word(w->view->text[at - 1]))) {
            end = end > at ? end : at + 1;
            add_raw(w, at, end);
            at = end;
            continue;
        }
        /* "ebs-csi" may be a name, and stays in the name "aws-ebs-csi-driver", which is known to all. */
        size_t literal = known_name_end(w, &w->redactor->literals, at, to);
        if (literal > at) {
            add_raw(w, at, literal);
            at = literal;
            continue;
        }
        struct arena_mark mark = arena_mark(w->scratch);
        struct str word = lower(w->scratch, redact_view_str(w->view, at, end));
        const struct atoms *names = &w->redactor->names;
        size_t name = has(&w->redactor->firsts, word) ? known_name_end(w, names, at, to) : at;
        bool replaced = name > at || has(&w->redactor->words, word);
        end = name > at ? name : end;
        if (replaced) {
            write_words(w, at, end, PSEUDONYM_WORD);
        } else {
            add_raw(w, at, end);
        }
        arena_rewind(w->scratch, mark);
        at = end;
    }
}

static void write_marked(struct writing *w, size_t from, size_t to)
{
    switch ((enum redact_mark)w->view->marks[from]) {
    case REDACT_PLAIN:
        write_plain(w, from, to);
        break;
    case REDACT_NAME:
    case REDACT_DIGITS:
    case REDACT_KEY_ID:
        write_words(w, from, to, PSEUDONYM_WORD);
        break;
    case REDACT_HEX:
        write_words(w, from, to, PSEUDONYM_HEX);
        break;
    case REDACT_ACCOUNT:
        write_account(w, from, to);
        break;
    case REDACT_IPV4:
        write_ipv4(w, from, to);
        break;
    case REDACT_IPV6:
        write_ipv6(w, from, to);
        break;
    case REDACT_SECRET:
        write_secret(w, from, to);
        break;
    case REDACT_KEEP:
    case REDACT_MARK_COUNT:
        add_raw(w, from, to);
        break;
    }
}

static void write_view(struct writing *w)
{
    for (size_t at = 0; at < w->view->len;) {
        size_t end = run_end(w->view, at);
        write_marked(w, at, end);
        at = end;
    }
}

void redactor_write(struct redactor *redactor, const struct source *source, struct arena *scratch,
                    struct buf *out)
{
    struct redact_view view = redact_view_make(scratch, source->bytes);
    struct writing w = {redactor, scratch, &view, source->bytes, out};
    mark_all(redactor, &view, source);
    buf_add(out, str_slice(STR("\xEF\xBB\xBF"), 0, source->bom_len));
    write_view(&w);
}

struct str redactor_path(struct redactor *redactor, struct str path)
{
    struct arena scratch = {0};
    struct buf out = buf_with_max(PATH_MAX_BYTES);
    struct redact_view view = redact_view_make(&scratch, path);
    struct writing w = {redactor, &scratch, &view, path, &out};
    mark_all(redactor, &view, NULL);
    write_view(&w);
    struct str other = arena_str(redactor->arena, buf_str(&out));
    buf_release(&out);
    arena_release(&scratch);
    return other;
}
