/* SPDX-License-Identifier: MIT */
/* Looking keys up is linear: requests have few, and each comparison begins with the length. */
#include "iam/context.h"

#include "aws/wildcard.h"
#include "base/buf.h"

enum { EXPANDED_MAX_BYTES = 1 << 16 };

enum iam_presence iam_context_find(const struct iam_context *context, struct str name,
                                   const struct iam_key **key)
{
    if (!context) {
        return KEY_UNKNOWN;
    }
    for (uint32_t i = 0; i < context->count; i++) {
        const struct iam_key *candidate = &context->keys[i];
        if (candidate->name.len == name.len && str_eq_nocase(candidate->name, name)) {
            *key = candidate;
            if (candidate->unknown) {
                return KEY_UNKNOWN;
            }
            return candidate->absent ? KEY_ABSENT : KEY_PRESENT;
        }
    }
    return context->open ? KEY_UNKNOWN : KEY_ABSENT;
}

static char literal_char(char c)
{
    if (c == '*') {
        return LITERAL_STAR;
    }
    return c == '?' ? LITERAL_QUESTION : c;
}

struct str iam_literal_text(struct arena *arena, struct str text)
{
    char *copy = arena_alloc(arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        copy[i] = literal_char(text.ptr[i]);
    }
    return (struct str){copy, text.len};
}

/* ---- variables ---- */

struct expanding {
    const struct iam_context *context;
    bool literal_values;
    struct buf out;
    struct iam_expansion result;
};

/* Byte by byte where '*' and '?' are to be literal: what is beyond the limit is not copied. */
static void add_value(struct expanding *e, struct str value, bool literal)
{
    if (!literal || !wildcard_is_pattern(value)) {
        buf_add(&e->out, value);
        return;
    }
    e->result.literals = true;
    for (size_t i = 0; i < value.len && !e->out.truncated; i++) {
        buf_add_char(&e->out, literal_char(value.ptr[i]));
    }
}

/* "key, 'default'" apart; false where there is no default. */
static bool cut_default(struct str inside, struct str *key, struct str *fallback)
{
    struct str rest;
    if (!str_cut(inside, ',', key, &rest)) {
        return false;
    }
    rest = str_trim(rest);
    if (rest.len < 2 || rest.ptr[0] != '\'' || rest.ptr[rest.len - 1] != '\'') {
        return false;
    }
    *fallback = str_slice(rest, 1, rest.len - 1);
    return true;
}

static void note_absent(struct expanding *e, enum iam_presence presence, struct str key)
{
    if (e->result.key.len == 0) {
        e->result.key = key;
    }
    /* An absent value decides, whatever the unknown ones are. */
    if (e->result.presence != KEY_ABSENT) {
        e->result.presence = presence;
    }
}

static void expand_key(struct expanding *e, struct str inside)
{
    struct str name = inside;
    struct str fallback;
    const struct iam_key *key = NULL;
    bool has_default = cut_default(inside, &name, &fallback);
    enum iam_presence presence = iam_context_find(e->context, name, &key);
    if (presence == KEY_PRESENT && key->count == 1) {
        add_value(e, key->values[0], e->literal_values);
    } else if (presence != KEY_UNKNOWN && has_default) {
        add_value(e, fallback, e->literal_values);
    } else {
        note_absent(e, presence == KEY_UNKNOWN ? KEY_UNKNOWN : KEY_ABSENT, name);
    }
}

static void expand_variable(struct expanding *e, struct str inside)
{
    if (str_eq(inside, STR("$"))) {
        buf_add_char(&e->out, '$');
    } else if (str_eq(inside, STR("*")) || str_eq(inside, STR("?"))) {
        add_value(e, inside, true);
    } else {
        expand_key(e, inside);
    }
}

struct iam_expansion iam_expand(struct arena *arena, const struct iam_context *context,
                                struct str text, bool literal_values)
{
    struct expanding e = {
        .context = context,
        .literal_values = literal_values,
        .out = buf_with_max(EXPANDED_MAX_BYTES),
        .result = {.presence = KEY_PRESENT},
    };
    while (text.len) {
        size_t start = str_find(text, STR("${"));
        buf_add(&e.out, str_slice(text, 0, start));
        text = str_from(text, start);
        size_t end = str_find_char(text, '}');
        if (end == text.len) {
            buf_add(&e.out, text);
            break;
        }
        expand_variable(&e, str_slice(text, 2, end));
        text = str_from(text, end + 1);
    }
    if (e.out.truncated && e.result.presence == KEY_PRESENT) {
        e.result.presence = KEY_UNKNOWN;
    }
    e.result.text = arena_str(arena, buf_str(&e.out));
    buf_release(&e.out);
    return e.result;
}
