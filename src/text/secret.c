/* SPDX-License-Identifier: MIT */
/* Finding secrets in a text, by name, without reading what format it is in. */
#include "text/secret.h"

#include "base/buf.h"
#include "text/redact_view.h"
#include "text/secret_tail.h"

enum {
    NAME_MIN_BYTES = 5,
    NAME_MAX_BYTES = 64,
    NAME_SLIPS = 2,            /* letters that are wrong in a misspelt name */
    PIECE_MIN_BYTES = 16,      /* of a hidden text that messages are searched for */
    HIDDEN_MAX_BYTES = 1 << 12 /* of what a file hides, for each message */
};

static bool is_base64(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '/' || c == '+';
}

/* ---- names ---- */

/* Letters in lower case, without what separates words. */
static struct str fold_name(struct str name, char *bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < name.len && len < NAME_MAX_BYTES; i++) {
        if (char_is_alpha(name.ptr[i])) {
            bytes[len++] = char_lower(name.ptr[i]);
        }
    }
    return (struct str){bytes, len};
}

/* As AWS writes them, or with a slip; in the variables of a pipeline something may stand before. */
static bool is_folded_name(struct str folded)
{
    static const struct str names[] = {
        STR_INIT("secretaccesskey"),
        STR_INIT("awssecretaccesskey"),
        STR_INIT("sessiontoken"),
        STR_INIT("awssessiontoken"),
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        bool near = folded.len + NAME_SLIPS >= names[i].len &&
                    folded.len <= names[i].len + NAME_SLIPS &&
                    str_distance(folded, names[i], NAME_SLIPS) <= NAME_SLIPS;
        if (near || str_ends(folded, names[i])) {
            return true;
        }
    }
    static const struct str endings[] = {
        STR_INIT("secretkey"),     STR_INIT("securitytoken"), STR_INIT("password"),
        STR_INIT("clientkeydata"), STR_INIT("privatekey"),    STR_INIT("keymaterial"),
        STR_INIT("idtoken"),       STR_INIT("refreshtoken"),  STR_INIT("accesstoken"),
        STR_INIT("clientsecret"),
    };
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (str_ends(folded, endings[i])) {
            return true;
        }
    }
    return str_eq(folded, STR("token"));
}

bool secret_is_aws_name(struct str name)
{
    char bytes[NAME_MAX_BYTES];
    return is_folded_name(fold_name(name, bytes));
}

bool secret_is_name(struct str name)
{
    static const struct str parts[] = {STR_INIT("secret"), STR_INIT("token"), STR_INIT("passw")};
    char bytes[NAME_MAX_BYTES];
    struct str folded = fold_name(name, bytes);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (str_find(folded, parts[i]) < folded.len) {
            return true;
        }
    }
    return is_folded_name(folded);
}

static bool is_name_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '-';
}

static bool separates(char c)
{
    return c == ':' || c == '=' || c == ' ' || c == '\t' || c == '"' || c == '\'';
}

/* The next name of a secret with something that separates it from a value; its end in *end. */
static bool find_name(struct str text, size_t from, size_t *start, size_t *end)
{
    for (size_t at = from; at < text.len; at++) {
        *start = at;
        while (at < text.len && is_name_char(text.ptr[at])) {
            at++;
        }
        char bytes[NAME_MAX_BYTES];
        bool long_enough = at - *start >= NAME_MIN_BYTES && at - *start <= NAME_MAX_BYTES;
        bool separated = at == text.len || separates(text.ptr[at]) || text.ptr[at] == '\n' ||
                         text.ptr[at] == '\r';
        if (long_enough && separated &&
            is_folded_name(fold_name(str_slice(text, *start, at), bytes))) {
            *end = at;
            return true;
        }
    }
    return false;
}

bool secret_is_pair(struct str text)
{
    size_t start = 0, end = 0;
    return find_name(text, 0, &start, &end) && text.len - end > SECRET_MIN_BYTES;
}

/* ---- the value behind a name ---- */

static size_t line_end(struct str text, size_t from)
{
    while (from < text.len && text.ptr[from] != '\n' && text.ptr[from] != '\r') {
        from++;
    }
    return from;
}

static size_t indent_of(struct str line)
{
    size_t blanks = 0;
    while (blanks < line.len && (line.ptr[blanks] == ' ' || line.ptr[blanks] == '\t')) {
        blanks++;
    }
    return blanks;
}

/* A line with a name of its own; '=' at the end is base64's. */
static bool has_name(struct str line)
{
    size_t equals = str_find_char(line, '=');
    return str_find_char(line, ':') < line.len || equals + 2 < line.len;
}

/* Quotes, the mark of a block, a colon: no value yet. */
static bool is_blank_value(struct str rest)
{
    enum { MARKS_MAX = 4 };
    return str_trim(rest).len <= MARKS_MAX;
}

/*
 * To the end of the line, and over the lines behind it that belong to the value: while there was
 * none, further in than the name, or broken off by whoever pasted it.
 */
static size_t value_end(struct str text, size_t name, size_t from)
{
    size_t start = name;
    while (start > 0 && text.ptr[start - 1] != '\n' && text.ptr[start - 1] != '\r') {
        start--;
    }
    size_t indent = indent_of(str_slice(text, start, name));
    size_t end = line_end(text, from);
    bool empty = is_blank_value(str_slice(text, from, end));
    while (end < text.len) {
        size_t next = line_end(text, end + 1);
        struct str line = str_slice(text, end + 1, next);
        struct str inside = str_trim(line);
        bool belongs = inside.len == 0 || empty || indent_of(line) > indent || !has_name(inside);
        if (!belongs) {
            break;
        }
        empty = empty && inside.len == 0;
        end = next;
    }
    return end;
}

/* Is there an escape of JSON, YAML or a URL that may stand for a character of a key or a token? */
static bool has_escapes(struct str text)
{
    static const char *const starts[] = {"\\uUx/", "%01234567"};
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        size_t at = str_find_char(text, starts[i][0]);
        while (at + 1 < text.len) {
            char next = text.ptr[at + 1];
            if (next && strchr(starts[i] + 1, next)) {
                return true;
            }
            at += 1 + str_find_char(str_from(text, at + 1), starts[i][0]);
        }
    }
    return false;
}

/* What a text means has shapes that its bytes do not have; a broken file is never read as a tree. */
static void hide_escaped_shapes(struct source *source)
{
    struct arena arena = {0};
    struct span found = {0};
    const struct redact_view view = redact_view_make(&arena, source->bytes);
    const struct str text = redact_view_str(&view, 0, view.len);
    for (size_t at = 0; secret_find_shape(text, at, &found); at = found.hi) {
        source_hide(source, (struct span){view.at[found.lo], view.at[found.hi]});
    }
    arena_release(&arena);
}

void secret_hide_shapes(struct source *source)
{
    struct span found = {0};
    if (source->shapes_hidden) {
        return;
    }
    source->shapes_hidden = true;
    for (size_t at = 0; secret_find_shape(source->bytes, at, &found); at = found.hi) {
        source_hide(source, found);
    }
    for (size_t at = 0; secret_find_key_block(source->bytes, at, &found); at = found.hi) {
        source_hide(source, found);
    }
    if (has_escapes(source->bytes)) {
        hide_escaped_shapes(source);
    }
}

/* A Kubernetes Secret: its names are anybody's choice. */
static bool is_kubernetes_secret(struct str text)
{
    static const struct str marks[] = {
        STR_INIT("kind: Secret"),
        STR_INIT("\"kind\": \"Secret\""),
        STR_INIT("\"kind\":\"Secret\""),
    };
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (str_find(text, marks[i]) < text.len) {
            return true;
        }
    }
    return false;
}

void secret_hide_named(struct source *source)
{
    if (is_kubernetes_secret(source->bytes)) {
        source_hide(source, (struct span){0, (uint32_t)source->bytes.len});
        return;
    }
    size_t start = 0, end = 0;
    for (size_t at = 0; find_name(source->bytes, at, &start, &end);) {
        at = value_end(source->bytes, start, end);
        source_hide(source, (struct span){(uint32_t)end, (uint32_t)at});
    }
}

/* ---- messages ---- */

static bool is_part_of_hidden(const struct source *source, struct str text)
{
    size_t looked_at = 0;
    for (size_t i = 0; i < source->secret_count && looked_at < HIDDEN_MAX_BYTES; i++) {
        struct str hidden = str_slice(source->bytes, source->secrets[i].lo, source->secrets[i].hi);
        looked_at += hidden.len;
        if (str_find(hidden, text) < hidden.len) {
            return true;
        }
    }
    return false;
}

/* Words are shorter than a piece: only what could be a secret is looked for. */
static bool is_secret_run(const struct source *source, struct str run)
{
    struct span whole = {0};
    if (run.len < PIECE_MIN_BYTES) {
        return false;
    }
    return secret_find_shape(run, 0, &whole) ||
           is_part_of_hidden(source, str_slice(run, 0, PIECE_MIN_BYTES)) ||
           is_part_of_hidden(source, str_from(run, run.len - PIECE_MIN_BYTES));
}

/* Does a secret end where the run does? Else its last characters are some in the middle. */
static bool ends_secret(const struct source *source, struct str run)
{
    struct span shape = {0};
    if (secret_find_shape(run, 0, &shape)) {
        return shape.hi == run.len;
    }
    for (size_t i = 0; i < source->secret_count; i++) {
        struct str hidden = str_slice(source->bytes, source->secrets[i].lo, source->secrets[i].hi);
        struct str tail = secret_tail(hidden);
        if (tail.len == 0) {
            continue;
        }
        size_t end = (size_t)(tail.ptr + tail.len - hidden.ptr);
        if (str_ends(str_slice(hidden, 0, end), run)) {
            return true;
        }
    }
    return false;
}

struct str secret_redact(const struct source *source, struct str message, struct arena *arena)
{
    if (source->secret_count == 0) {
        return message;
    }
    bool found = false;
    struct buf out = buf_with_max(message.len);
    for (size_t at = 0; at < message.len;) {
        size_t start = at;
        while (at < message.len && (is_base64(message.ptr[at]) || is_name_char(message.ptr[at]))) {
            at++;
        }
        struct str run = str_slice(message, start, at);
        bool secret = is_secret_run(source, run);
        found = found || secret;
        if (!secret) {
            buf_add(&out, run);
        } else if (ends_secret(source, run) && !str_starts(str_from(message, at), STR("…"))) {
            secret_write(&out, run);
        } else {
            buf_add(&out, STR("***"));
        }
        if (at < message.len) {
            buf_add_char(&out, message.ptr[at++]);
        }
    }
    struct str redacted = found ? arena_str(arena, buf_str(&out)) : message;
    buf_release(&out);
    return redacted;
}

struct str secret_hide_in(struct arena *arena, struct str text)
{
    struct arena reading = {0};
    struct sources sources;
    sources_init(&sources, &reading);
    struct source *source = sources_add(&sources, STR("text"), text);
    secret_hide_shapes(source);
    secret_hide_named(source);
    char *copy = memcpy(arena_alloc(arena, text.len + 1), text.ptr, text.len);
    for (size_t i = 0; i < source->secret_count; i++) {
        const struct span at = source->secrets[i];
        memset(copy + source->bom_len + at.lo, '*', at.hi - at.lo);
    }
    arena_release(&reading);
    return (struct str){copy, text.len};
}

void secret_redact_findings(struct findings *findings, size_t first, const struct sources *sources)
{
    for (size_t i = first; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        if (finding->has_location) {
            struct place place = sources_resolve(sources, finding->at.source, finding->at.span);
            /* Of most files nothing is shown, so that they are not looked through before. */
            secret_hide_shapes(place.source);
            finding->message = secret_redact(place.source, finding->message, findings->arena);
            finding->fix = secret_redact(place.source, finding->fix, findings->arena);
        }
    }
}
