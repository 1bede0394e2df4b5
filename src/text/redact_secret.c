/* SPDX-License-Identifier: MIT */
/*
 * Secrets in a text that is to be redacted. A place that is hidden may hold more than the secret: the
 * brackets, quotes and names of members in it stay, so that what could be parsed still can.
 */
#include "text/redact.h"
#include "text/redact_view.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_bracket(char c)
{
    return c == '{' || c == '[' || c == ',' || c == '(';
}

/* The name of a member inside of what is hidden as a whole: at the start of a line or behind a bracket. */
static bool is_member(const struct redact_view *view, size_t from, size_t end, size_t lo)
{
    size_t before = from;
    bool quoted = before > lo && (view->text[before - 1] == '"' || view->text[before - 1] == '\'');
    before -= quoted;
    while (before > lo && (view->text[before - 1] == ' ' || view->text[before - 1] == '\t' ||
                           view->text[before - 1] == '-')) {
        before--;
    }
    bool starts =
        before == 0 || (before == lo && lo > 0 && view->text[lo - 1] == '\n') ||
        (before > lo && (view->text[before - 1] == '\n' || is_bracket(view->text[before - 1])));
    char mark = quoted ? view->text[from - 1] : '\0';
    size_t behind = end + (quoted && end < view->len && view->text[end] == mark);
    bool colon = behind < view->len && view->text[behind] == ':';
    char next = behind + 1 < view->len ? view->text[behind + 1] : '\n';
    return starts && colon && (quoted || is_space(next));
}

/* One value, and not several lines or members. */
static bool is_scalar(struct str text)
{
    char first = text.len ? text.ptr[0] : '{';
    bool quoted =
        text.len > 1 && (first == '"' || first == '\'') && text.ptr[text.len - 1] == first;
    bool open = is_bracket(first) || first == ':' || first == '=' || first == '"' || first == '\'';
    return quoted || (!open && str_find_char(text, '\n') == text.len &&
                      str_find(text, STR(": ")) == text.len);
}

static bool is_structure(const struct redact_view *view, size_t at)
{
    char c = view->text[at];
    char next = at + 1 < view->len ? view->text[at + 1] : '\n';
    return str_find_char(STR("{}[],:\"'#&*!|>@%`\\"), c) < 18 ||
           ((c == '-' || c == '=') && is_space(next));
}

/* What is no part of a secret in a place that is hidden: names of members, brackets, quotes. */
static void unmark_structure(struct redact_view *view, size_t lo, size_t hi)
{
    for (size_t at = lo; at < hi; at++) {
        size_t end = redact_word_end(view, at);
        while (end < hi && (redact_is_word(view->text[end]) ||
                            (str_find_char(STR("-_./"), view->text[end]) < 4 && end > at))) {
            end++;
        }
        bool anchor = at > lo && (view->text[at - 1] == '&' || view->text[at - 1] == '*') &&
                      (at - 1 == lo || is_space(view->text[at - 2]));
        if (end > at && (anchor || is_member(view, at, end, lo))) {
            memset(view->marks + at, REDACT_KEEP, end - at);
        } else if (end == at && is_structure(view, at)) {
            view->marks[at] = REDACT_KEEP;
        }
        at = end > at ? end - 1 : at;
    }
}

static void mark_hidden(struct redact_view *view, const struct source *source)
{
    size_t at = 0;
    for (size_t i = 0; i < source->secret_count; i++) {
        struct span secret = source->secrets[i];
        while (at < view->len && view->at[at + 1] <= secret.lo) {
            at++;
        }
        size_t lo = at;
        while (at < view->len && view->at[at] < secret.hi) {
            at++;
        }
        struct str text = redact_view_str(view, lo, at);
        redact_view_mark(view, lo, at, REDACT_SECRET);
        if (!is_scalar(text)) {
            unmark_structure(view, lo, at);
        }
    }
}

/* The end of the longest secret that begins here, or the place. */
static size_t secret_end(const struct redactor *redactor, const struct redact_view *view,
                         size_t from)
{
    uint32_t atom;
    struct str head = redact_view_str(view, from, from + REDACT_SECRET_HEAD);
    if (head.len < REDACT_SECRET_HEAD || !atoms_find(&redactor->heads, head, &atom)) {
        return from;
    }
    for (size_t len = REDACT_SECRET_MAX - 1; len >= REDACT_SECRET_HEAD; len--) {
        if (redactor->secret_lengths[len] && from + len <= view->len &&
            atoms_find(&redactor->secrets, redact_view_str(view, from, from + len), &atom)) {
            return from + len;
        }
    }
    return from;
}

void redact_mark_secrets(const struct redactor *redactor, struct redact_view *view,
                         const struct source *source)
{
    if (source) {
        mark_hidden(view, source);
    }
    for (size_t at = 0; redactor->secrets.count > 1 && at < view->len;) {
        size_t end = secret_end(redactor, view, at);
        if (end > at) {
            memset(view->marks + at, REDACT_SECRET, end - at);
        }
        at = end > at ? end : at + 1;
    }
}
