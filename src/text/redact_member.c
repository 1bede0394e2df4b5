/* SPDX-License-Identifier: MIT */
/*
 * Members and their values, found in the text and not in a tree: JSON, YAML, INI, documents inside of
 * strings, shell options, comments and broken files alike. Where a value ends is told by quotes,
 * brackets and indentation; what is taken for one and is none is replaced as well.
 */
#include "text/redact.h"
#include "text/redact_view.h"

enum {
    KEY_MAX = 128,
    FOLDED_MAX = 64,
    QUOTED_MAX = 4096,
    STEPS_FREE = 1 << 20,
    STEPS_PER_BYTE = 64
};

/* What a member holds. */
enum role {
    ROLE_NONE,
    ROLE_PLAIN, /* nothing of the user's, even among tags */
    ROLE_NAME,
    ROLE_MAP, /* names as values of members of any name: tags, labels */
    ROLE_SECRET,
    ROLE_ACCOUNT,
    ROLE_HOST,
    ROLE_SHARED, /* elements whose `name` is AWS's or the protocol's */
};

/* ---- what members are called ---- */

struct member_name {
    struct str name; /* in lower case, letters only */
    enum role role;
};

/* Looked for in this order: the whole name, then how it ends. */
static const struct member_name whole_names[] = {
#define MEMBER(role, name) {STR_INIT(name), ROLE_##role},
#define ENDING(role, name)
#include "text/redact_member.def"
#undef MEMBER
#undef ENDING
};
static const struct member_name endings[] = {
#define MEMBER(role, name)
#define ENDING(role, name) {STR_INIT(name), ROLE_##role},
#include "text/redact_member.def"
#undef MEMBER
#undef ENDING
};

static struct str fold(struct str key, char *bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < key.len && len < FOLDED_MAX; i++) {
        if (char_is_alpha(key.ptr[i])) {
            bytes[len++] = char_lower(key.ptr[i]);
        }
    }
    return (struct str){bytes, len};
}

/* The letters behind the last slash, which ends the domain of a label. */
static enum role role_of(struct str key)
{
    char bytes[FOLDED_MAX];
    size_t slash = str_after_last(key, '/');
    bool tag = slash > 0 && str_ends(str_slice(key, 0, slash), STR("Tag/"));
    struct str folded = fold(str_from(key, slash), bytes);
    if (tag) {
        return ROLE_NAME;
    }
    for (size_t i = 0; i < COUNT_OF(whole_names); i++) {
        if (str_eq(folded, whole_names[i].name)) {
            return whole_names[i].role;
        }
    }
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (str_ends(folded, endings[i].name)) {
            return endings[i].role;
        }
    }
    return ROLE_NONE;
}

/* ---- where things end ---- */

struct scan {
    const struct redactor *redactor;
    struct redact_view *view;
    size_t map_end;    /* up to here every value is a name */
    size_t shared_end; /* up to here `name` is none */
    size_t steps;      /* that may still be made to ends of blocks and brackets */
};

static char char_at(const struct redact_view *view, size_t at)
{
    return at < view->len ? view->text[at] : '\0';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static size_t skip_blanks(const struct redact_view *view, size_t at)
{
    while (char_at(view, at) == ' ' || char_at(view, at) == '\t') {
        at++;
    }
    return at;
}

static size_t line_start(const struct redact_view *view, size_t at)
{
    while (at > 0 && !is_break(view->text[at - 1])) {
        at--;
    }
    return at;
}

static size_t line_end(const struct redact_view *view, size_t at)
{
    while (at < view->len && !is_break(view->text[at])) {
        at++;
    }
    return at;
}

static size_t next_line(const struct redact_view *view, size_t at)
{
    at = line_end(view, at);
    while (at < view->len && is_break(view->text[at])) {
        at++;
    }
    return at;
}

/* The column where a line's text begins; the mark of a list counts as blanks of a member behind it. */
static size_t indent_of(const struct redact_view *view, size_t line, bool through_marks)
{
    size_t at = line;
    while (char_at(view, at) == ' ' || char_at(view, at) == '\t' ||
           (through_marks && char_at(view, at) == '-' && char_at(view, at + 1) == ' ')) {
        at++;
    }
    return at - line;
}

static void spend(struct scan *scan, size_t steps)
{
    scan->steps = scan->steps > steps ? scan->steps - steps : 0;
}

/* The end of the lines that stand further in than the one of a member, or of its list. */
static size_t block_end(struct scan *scan, size_t key)
{
    const struct redact_view *view = scan->view;
    size_t start = line_start(view, key);
    size_t indent = indent_of(view, start, true);
    size_t at = next_line(view, key);
    while (at < view->len) {
        size_t inner = indent_of(view, at, false);
        bool item = inner == indent && char_at(view, at + inner) == '-';
        bool empty = is_break(char_at(view, at + inner));
        if (inner <= indent && !item && !empty) {
            break;
        }
        at = next_line(view, at);
    }
    spend(scan, at - start);
    return at;
}

/* The end of what an opening bracket holds; the end of the text where it is not closed. */
static size_t bracket_end(struct scan *scan, size_t from)
{
    size_t depth = 0;
    size_t at = from;
    for (; at < scan->view->len; at++) {
        char c = scan->view->text[at];
        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        if (depth == 0) {
            break;
        }
    }
    spend(scan, at - from);
    return at;
}

static size_t quote_end(const struct redact_view *view, size_t from, char quote)
{
    size_t at = from;
    while (at < view->len && view->text[at] != quote && at - from < QUOTED_MAX) {
        at++;
    }
    return at;
}

static bool ends_plain(const struct redact_view *view, size_t at, bool secret)
{
    char c = view->text[at];
    bool comment = c == '#' && at > 0 && (view->text[at - 1] == ' ' || view->text[at - 1] == '\t');
    return is_break(c) || comment || (!secret && (c == ',' || c == '}' || c == ']'));
}

static size_t plain_end(const struct redact_view *view, size_t from, bool secret)
{
    size_t at = from;
    while (at < view->len && !ends_plain(view, at, secret)) {
        at++;
    }
    while (at > from && (view->text[at - 1] == ' ' || view->text[at - 1] == '\t')) {
        at--;
    }
    return at;
}

/* ---- values ---- */

static bool is_upper_name(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!(c >= 'A' && c <= 'Z') && !char_is_digit(c) && c != '_') {
            return false;
        }
    }
    return text.len > 1 && str_find_char(text, '_') < text.len;
}

/* A word that stands for a value, and a reference to one, are no secrets. */
static bool is_no_secret(struct str text)
{
    static const struct str words[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null"),
                                       STR_INIT("~")};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq(text, words[i])) {
            return true;
        }
    }
    bool variable = str_starts(text, STR("$"));
    for (size_t i = 1; i < text.len && variable; i++) {
        char c = text.ptr[i];
        variable = is_upper_name((struct str){(char[]){c, '_'}, 2}) || c == '{' || c == '}';
    }
    return variable || str_starts(text, STR("!")) || str_starts(text, STR("{{")) ||
           (str_starts(text, STR("<")) && str_ends(text, STR(">")));
}

static void mark_digits(struct redact_view *view, size_t from, size_t to)
{
    enum { DIGITS_MIN = 6 };
    size_t digits = 0;
    for (size_t i = from; i < to; i++) {
        digits += char_is_digit(view->text[i]);
    }
    if (digits >= DIGITS_MIN) {
        redact_view_mark(view, from, to, REDACT_DIGITS);
    }
}

static void mark_value(const struct scan *scan, enum role role, size_t from, size_t to)
{
    struct redact_view *view = scan->view;
    struct str text = redact_view_str(view, from, to);
    switch (role) {
    case ROLE_NAME:
    case ROLE_MAP:
        if (!is_upper_name(text)) {
            redact_mark_name(scan->redactor, view, from, to);
        }
        break;
    case ROLE_SECRET:
        if (!is_no_secret(text)) {
            redact_view_mark(view, from, to, REDACT_SECRET);
        }
        break;
    case ROLE_ACCOUNT:
        mark_digits(view, from, to);
        break;
    case ROLE_HOST:
        if (str_find(text, STR("://")) == text.len && str_find_char(text, '.') < text.len) {
            redact_mark_host(scan->redactor, view, from, to);
        }
        break;
    case ROLE_NONE:
    case ROLE_PLAIN:
    case ROLE_SHARED:
        break;
    }
}

/* The quote that a value begins with, behind the backslashes that take it into another string. */
static size_t find_quote(const struct redact_view *view, size_t at)
{
    while (char_at(view, at) == '\\') {
        at++;
    }
    char c = char_at(view, at);
    return c == '"' || c == '\'' ? at : view->len;
}

/* One scalar; returns its end. Nothing where it turns out to be the name of a member. */
static size_t mark_scalar(const struct scan *scan, enum role role, size_t from)
{
    struct redact_view *view = scan->view;
    size_t quote = find_quote(view, from);
    bool secret = role == ROLE_SECRET;
    size_t start = quote < view->len ? quote + 1 : from;
    size_t end = quote < view->len ? quote_end(view, start, view->text[quote])
                                   : plain_end(view, from, secret);
    size_t behind = skip_blanks(view, end + (quote < view->len));
    size_t text_end = end;
    while (quote < view->len && text_end > start && view->text[text_end - 1] == '\\') {
        text_end--;
    }
    struct str text = redact_view_str(view, start, text_end);
    bool member = quote < view->len ? char_at(view, behind) == ':'
                                    : !secret && str_find(text, STR(": ")) < text.len;
    if (!member) {
        mark_value(scan, role, start, text_end);
    }
    return quote < view->len ? end + 1 : end;
}

/* The scalars of a list in brackets; objects in it have members of their own. */
static void mark_flow(struct scan *scan, enum role role, size_t from, size_t to)
{
    struct redact_view *view = scan->view;
    size_t depth = 0;
    for (size_t at = from; at < to;) {
        char c = view->text[at];
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        bool scalar = c == '"' || c == '\'' || redact_is_word(c) || c == '*' || c == '\\';
        if (scalar && depth == 0) {
            size_t end = mark_scalar(scan, role, at);
            at = end > at ? end : at + 1;
        } else {
            at++;
        }
    }
}

/* The items of a list in lines. */
static void mark_items(struct scan *scan, enum role role, size_t key)
{
    struct redact_view *view = scan->view;
    size_t end = block_end(scan, key);
    for (size_t line = next_line(view, key); line < end; line = next_line(view, line)) {
        size_t at = line + indent_of(view, line, false);
        if (char_at(view, at) == '-') {
            (void)mark_scalar(scan, role, skip_blanks(view, at + 1));
        }
    }
}

static void mark_lines(struct scan *scan, enum role role, size_t key)
{
    struct redact_view *view = scan->view;
    size_t end = block_end(scan, key);
    for (size_t line = next_line(view, key); line < end; line = next_line(view, line)) {
        mark_value(scan, role, skip_blanks(view, line), line_end(view, line));
    }
}

/* Tags and anchors of YAML stand before the value. */
static size_t skip_properties(const struct redact_view *view, size_t at)
{
    at = skip_blanks(view, at);
    while ((char_at(view, at) == '!' && char_at(view, at + 1) == '!') || char_at(view, at) == '&') {
        while (at < view->len && !is_break(view->text[at]) && view->text[at] != ' ') {
            at++;
        }
        at = skip_blanks(view, at);
    }
    return at;
}

static size_t after_breaks(const struct redact_view *view, size_t at)
{
    while (at < view->len && (is_break(view->text[at]) || view->text[at] == ' ')) {
        at++;
    }
    return at;
}

/* What stands behind the colon of a member. */
static void mark_behind(struct scan *scan, enum role role, size_t key, size_t at)
{
    struct redact_view *view = scan->view;
    at = skip_properties(view, at);
    char c = char_at(view, at);
    if (is_break(c) && (char_at(view, after_breaks(view, at)) == '[' ||
                        char_at(view, after_breaks(view, at)) == '{')) {
        at = after_breaks(view, at);
        c = char_at(view, at);
    }
    bool open = c == '[' || c == '{';
    bool lines = is_break(c) || c == '#';
    if (role == ROLE_MAP || role == ROLE_SHARED) {
        size_t *end = role == ROLE_MAP ? &scan->map_end : &scan->shared_end;
        size_t reach = open ? bracket_end(scan, at) : lines ? block_end(scan, key) : at;
        *end = reach > *end ? reach : *end;
    } else if (c == '[') {
        mark_flow(scan, role, at + 1, bracket_end(scan, at));
    } else if (c == '|' || c == '>') {
        mark_lines(scan, role, key);
    } else if (lines) {
        mark_items(scan, role, key);
    } else if (!open && c) {
        (void)mark_scalar(scan, role, at);
    }
}

/* ---- members ---- */

static bool is_key_char(char c)
{
    return redact_is_word(c) || c == '_' || c == '-' || c == '.' || c == '/';
}

/* The name before a colon or an equals sign; empty where there is none. */
static struct str key_before(const struct redact_view *view, size_t at, size_t *start, bool *quoted)
{
    size_t end = at;
    while (end > 0 && (view->text[end - 1] == ' ' || view->text[end - 1] == '\\')) {
        end--;
    }
    char quote = end > 0 ? view->text[end - 1] : '\0';
    *quoted = quote == '"' || quote == '\'';
    end -= *quoted;
    while (*quoted && end > 0 && view->text[end - 1] == '\\') {
        end--;
    }
    size_t from = end;
    while (from > 0 && end - from < KEY_MAX &&
           (*quoted ? view->text[from - 1] != quote && !is_break(view->text[from - 1])
                    : is_key_char(view->text[from - 1]))) {
        from--;
    }
    *start = from;
    return redact_view_str(view, from, end);
}

static void look_at_member(struct scan *scan, size_t at)
{
    struct redact_view *view = scan->view;
    size_t start;
    bool quoted;
    struct str key = key_before(view, at, &start, &quoted);
    char next = char_at(view, at + 1);
    bool colon = view->text[at] == ':';
    bool member =
        key.len > 0 && (!colon || quoted || next == ' ' || next == '\t' || !next || is_break(next));
    enum role role = member ? role_of(key) : ROLE_NONE;
    bool name = start < scan->shared_end && str_eq(key, STR("name"));
    if (role == ROLE_NONE && member && start < scan->map_end &&
        str_find_char(key, '/') == key.len) {
        role = ROLE_MAP;
        size_t value = skip_properties(view, at + 1);
        char c = char_at(view, value);
        if (c && !is_break(c) && c != '{' && c != '[') {
            (void)mark_scalar(scan, ROLE_NAME, value);
        }
    } else if (role != ROLE_NONE && role != ROLE_PLAIN && !name) {
        mark_behind(scan, role, start, at + 1);
    }
}

/* "--cluster-name shop", also as elements of a list. */
static void look_at_option(struct scan *scan, size_t at)
{
    struct redact_view *view = scan->view;
    size_t end = at + 2;
    while (is_key_char(char_at(view, end))) {
        end++;
    }
    enum role role = role_of(redact_view_str(view, at + 2, end));
    size_t value = end;
    char c = char_at(view, value);
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '"' || c == '\'' || c == ',' ||
           c == '\\' || (c == '-' && char_at(view, value + 1) == ' ')) {
        c = char_at(view, ++value);
    }
    if ((role == ROLE_NAME || role == ROLE_SECRET) && value > end && is_key_char(c) && c != '-') {
        size_t stop = value;
        while (is_key_char(char_at(view, stop))) {
            stop++;
        }
        mark_value(scan, role, value, stop);
    }
}

/* "[profile ops]" and "[ops]" of the AWS CLI's files: a line of its own. */
static void look_at_section(struct scan *scan, size_t at)
{
    struct redact_view *view = scan->view;
    size_t end = line_end(view, at);
    while (end > at && (view->text[end - 1] == ' ' || view->text[end - 1] == '\t')) {
        end--;
    }
    struct str name = redact_view_str(view, at + 1, end > at ? end - 1 : end);
    size_t kind = str_find_char(name, ' ');
    bool section = end > at + 2 && view->text[end - 1] == ']' &&
                   str_find_char(name, ',') == name.len && str_find_char(name, '"') == name.len &&
                   str_find_char(name, ':') == name.len && str_find_char(name, ']') == name.len;
    if (section) {
        size_t from = kind < name.len ? at + 2 + kind : at + 1;
        mark_value(scan, ROLE_NAME, from, end - 1);
    }
}

void redact_mark_members(const struct redactor *redactor, struct redact_view *view)
{
    struct scan scan = {
        .redactor = redactor,
        .view = view,
        .steps = STEPS_FREE + view->len * STEPS_PER_BYTE,
    };
    size_t at = 1;
    if (view->len && view->text[0] == '[') {
        look_at_section(&scan, 0);
    }
    for (; at < view->len && scan.steps > 0; at++) {
        char c = view->text[at];
        if (c == ':' || c == '=') {
            look_at_member(&scan, at);
        } else if (c == '-' && view->text[at - 1] == '-' && redact_is_word(char_at(view, at + 1))) {
            look_at_option(&scan, at - 1);
        }
        if (is_break(view->text[at - 1]) && c == '[') {
            look_at_section(&scan, at);
        }
    }
    /* Only a text that was made for it nests so: what is left of it is not worth telling apart. */
    redact_view_mark(view, at, view->len, REDACT_NAME);
}
