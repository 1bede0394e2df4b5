/* SPDX-License-Identifier: MIT */
/*
 * Texts with placeholders: compile and fill in. Values come from the user's files; reports escape
 * them.
 */
#include "rule/wording.h"

#include "text/secret.h"
#include "text/secret_tail.h"
#include "tree/symbol.h"

#include <stdio.h>

enum { VALUE_MAX_BYTES = 1024 };

/* The offset of the brace that closes the placeholder opened before `from`, or text.len. */
static size_t find_close(struct str text, size_t from)
{
    char quote = '\0';
    for (size_t i = from; i < text.len; i++) {
        char c = text.ptr[i];
        if (quote && c == '\\') {
            i++;
        } else if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '}') {
            return i;
        }
    }
    return text.len;
}

static bool fail(struct path_error *error, size_t lo, size_t hi, struct str message)
{
    *error = (struct path_error){(uint32_t)lo, (uint32_t)hi, message};
    return false;
}

/* Reading position of a wording, and the parts so far. */
struct composer {
    const struct path_compiler *compiler;
    struct str text;
    size_t at;
    struct wording *out;
    struct wording_part *parts;
    size_t capacity;
};

static void add_part(struct composer *c, struct wording_part part)
{
    c->parts =
        arena_grow(c->compiler->arena, c->parts, c->out->count, &c->capacity, sizeof *c->parts);
    c->parts[c->out->count++] = part;
    c->out->parts = c->parts;
}

static bool add_placeholder(struct composer *c, struct path_error *error)
{
    size_t lo = c->at + 1;
    size_t hi = find_close(c->text, lo);
    if (hi == c->text.len) {
        return fail(error, c->at, c->at + 1,
                    STR("this '{' has no '}'; write '{{' for a literal brace"));
    }
    struct path_program *program =
        path_compile(c->compiler, PATH_PLACEHOLDER, str_slice(c->text, lo, hi), error);
    if (!program) {
        error->lo += (uint32_t)lo;
        error->hi += (uint32_t)lo;
        return false;
    }
    add_part(c, (struct wording_part){.program = program, .lo = (uint32_t)lo, .hi = (uint32_t)hi});
    c->at = hi + 1;
    return true;
}

static bool is_brace(char c)
{
    return c == '{' || c == '}';
}

bool wording_compile(const struct path_compiler *compiler, struct str text, struct wording *out,
                     struct path_error *error)
{
    *out = (struct wording){.text = text};
    struct composer c = {.compiler = compiler, .text = text, .out = out};
    while (c.at < text.len) {
        size_t start = c.at;
        while (c.at < text.len && !is_brace(text.ptr[c.at])) {
            c.at++;
        }
        if (c.at > start) {
            add_part(&c, (struct wording_part){.literal = str_slice(text, start, c.at)});
        }
        if (c.at == text.len) {
            break;
        }
        bool doubled = c.at + 1 < text.len && text.ptr[c.at + 1] == text.ptr[c.at];
        if (doubled) {
            add_part(&c, (struct wording_part){.literal = str_slice(text, c.at, c.at + 1)});
            c.at += 2;
        } else if (text.ptr[c.at] == '}') {
            return fail(error, c.at, c.at + 1,
                        STR("this '}' has no '{'; write '}}' for a literal brace"));
        } else if (!add_placeholder(&c, error)) {
            return false;
        }
    }
    return true;
}

static void write_number(double number, struct buf *out)
{
    if (number >= -1e15 && number <= 1e15 && !((double)(int64_t)number < number) &&
        !((double)(int64_t)number > number)) {
        buf_printf(out, "%lld", (long long)number);
    } else {
        buf_printf(out, "%.17g", number);
    }
}

/* What does not fit is cut between two characters. */
static void write_text(struct str text, struct buf *out)
{
    size_t room = out->max - out->len;
    while (room < text.len && room > 0 && ((unsigned char)text.ptr[room] & 0xC0u) == 0x80u) {
        room--;
    }
    buf_add(out, str_slice(text, 0, room));
    out->truncated = out->truncated || room < text.len;
}

static void write_scalar(const struct path_env *env, const struct node *node, struct buf *out)
{
    struct location at = node_location(node);
    /* Whatever file it is of: those of which nothing is shown are not looked through before. */
    secret_hide_shapes(sources_resolve(env->tree->sources, at.source, at.span).source);
    if (sources_is_hidden(env->tree->sources, at)) {
        secret_write(out, tree_text(env->tree, node));
    } else {
        write_text(tree_text(env->tree, node), out);
    }
}

/* A part of a text has no node that could say that it is hidden. */
static bool has_shape(struct str text)
{
    struct span found;
    return secret_find_shape(text, 0, &found);
}

static void write_derived(struct str text, struct buf *out)
{
    if (has_shape(text)) {
        secret_write(out, text);
    } else {
        write_text(text, out);
    }
}

/* What a value that is not known is called, where it has a name: that of a template's role. */
static void write_symbol(struct str text, struct buf *out)
{
    struct symbol symbol;
    if (symbol_parse(text, &symbol)) {
        write_text(symbol.name, out);
    } else {
        buf_add_c(out, "?");
    }
}

static void write_node(const struct path_env *env, const struct node *node, struct buf *out)
{
    switch ((enum node_kind)node->kind) {
    case NODE_NULL:
        buf_add_c(out, "null");
        break;
    case NODE_BOOL:
    case NODE_NUMBER:
    case NODE_STRING:
    case NODE_KEY:
        write_scalar(env, node, out);
        break;
    case NODE_ARRAY:
        for (uint32_t i = 0; i < node_size(node) && !out->truncated; i++) {
            buf_add_c(out, i ? ", " : "");
            write_node(env, tree_element(env->tree, node, i), out);
        }
        break;
    case NODE_OBJECT:
        buf_add_c(out, "{…}");
        break;
    case NODE_UNKNOWN:
    case NODE_KIND_COUNT:
        write_symbol(tree_symbol(env->tree, node), out);
        break;
    }
}

static void write_value(const struct path_env *env, const struct value *value, struct buf *out)
{
    switch (value->kind) {
    case VALUE_NOTHING:
    case VALUE_UNKNOWN:
        write_symbol(value->kind == VALUE_UNKNOWN ? value->string : (struct str){0}, out);
        break;
    case VALUE_NULL:
        buf_add_c(out, "null");
        break;
    case VALUE_BOOL:
        buf_add_c(out, value->boolean ? "true" : "false");
        break;
    case VALUE_NUMBER:
        if (value->node) {
            write_node(env, value->node, out);
        } else {
            write_number(value->number, out);
        }
        break;
    case VALUE_STRING:
        if (value->node) {
            write_scalar(env, value->node, out);
        } else {
            write_derived(value->string, out);
        }
        break;
    case VALUE_NODE:
        write_node(env, value->node, out);
        break;
    }
}

void wording_write_datum(const struct path_env *env, const struct path_datum *datum,
                         struct buf *out)
{
    static const char *const truths[TRUTH_COUNT] = {"false", "true", "?"};
    switch (datum->type) {
    case TYPE_VALUE:
        write_value(env, &datum->value, out);
        break;
    case TYPE_LOGICAL:
        buf_add_c(out, truths[datum->logical]);
        break;
    case TYPE_NODES:
        if (datum->nodes.count == 0) {
            buf_add_c(out, "?");
        }
        for (size_t i = 0; i < datum->nodes.count && !out->truncated; i++) {
            buf_add_c(out, i ? ", " : "");
            write_node(env, datum->nodes.items[i].node, out);
        }
        break;
    case TYPE_COUNT:
        break;
    }
}

/*
 * A value takes at most its share of the text, so that a long one does not swallow what stands
 * behind it.
 */
static void evaluate_part(const struct wording_part *part, struct path_env *env, struct buf *out)
{
    struct path_datum datum = {0};
    path_evaluate(part->program, env, &datum);
    struct buf value = buf_with_max(VALUE_MAX_BYTES);
    wording_write_datum(env, &datum, &value);
    buf_add(out, buf_str(&value));
    buf_add_c(out, value.truncated ? "…" : "");
    buf_release(&value);
}

void wording_render(const struct wording *wording, struct path_env *env, struct buf *out)
{
    for (size_t i = 0; i < wording->count; i++) {
        if (wording->parts[i].program) {
            evaluate_part(&wording->parts[i], env, out);
        } else {
            buf_add(out, wording->parts[i].literal);
        }
    }
}

static bool is_shell_word(struct str text)
{
    static const char safe[] = "@%+=:,./_-";
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!char_is_alpha(c) && !char_is_digit(c) && (c == '\0' || !strchr(safe, c))) {
            return false;
        }
    }
    return text.len > 0;
}

/* In single quotes, which keep everything but themselves. */
static void add_shell_word(struct str text, struct buf *out)
{
    if (is_shell_word(text)) {
        buf_add(out, text);
        return;
    }
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'') {
            buf_add_c(out, "'\\''");
        } else {
            buf_add_char(out, text.ptr[i]);
        }
    }
    buf_add_char(out, '\'');
}

/* A value of an option, and nothing that the program takes for an option or reads from elsewhere. */
static bool is_value(struct str text)
{
    return text.len > 0 && !str_eq(text, STR("?")) && !str_starts(text, STR("-")) &&
           str_find(text, STR("://")) == text.len;
}

/*
 * Append the wording with its values written by `write`; nothing where one of them is not `usable`,
 * since with a hole in it the text is of no use.
 */
static void render_whole(const struct wording *wording, struct path_env *env,
                         bool (*usable)(struct str value),
                         void (*write)(struct str value, struct buf *out), struct buf *out)
{
    size_t start = out->len;
    for (size_t i = 0; i < wording->count; i++) {
        if (!wording->parts[i].program) {
            buf_add(out, wording->parts[i].literal);
            continue;
        }
        struct buf value = buf_with_max(out->max);
        evaluate_part(&wording->parts[i], env, &value);
        bool good = usable(buf_str(&value));
        write(buf_str(&value), out);
        buf_release(&value);
        if (!good) {
            out->len = start;
            return;
        }
    }
}

void wording_render_command(const struct wording *wording, struct path_env *env, struct buf *out)
{
    render_whole(wording, env, is_value, add_shell_word, out);
}

static void add_file_part(struct str text, struct buf *out)
{
    static const char safe[] = "_+=,.@-";
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool leads = i == 0 && (c == '.' || c == '-');
        bool good = char_is_alpha(c) || char_is_digit(c) || (c != '\0' && strchr(safe, c));
        buf_add_char(out, good && !leads ? c : '_');
    }
}

static bool is_known(struct str text)
{
    return text.len > 0 && !str_eq(text, STR("?"));
}

void wording_render_file(const struct wording *wording, struct path_env *env, struct buf *out)
{
    render_whole(wording, env, is_known, add_file_part, out);
}

/* One scalar that is known and that anybody may see. */
static bool is_exact(const struct path_env *env, const struct path_datum *datum)
{
    const struct node *node = NULL;
    switch (datum->type) {
    case TYPE_NODES:
        node = datum->nodes.count == 1 && !datum->nodes.unknown ? datum->nodes.items[0].node : NULL;
        break;
    case TYPE_VALUE:
        node = datum->value.node;
        if (!node) {
            return (datum->value.kind == VALUE_STRING && !has_shape(datum->value.string)) ||
                   datum->value.kind == VALUE_NUMBER || datum->value.kind == VALUE_BOOL;
        }
        break;
    case TYPE_LOGICAL:
    case TYPE_COUNT:
        break;
    }
    return node && !node_is_container(node) && node->kind != NODE_UNKNOWN &&
           node->kind != NODE_NULL && !sources_is_hidden(env->tree->sources, node_location(node));
}

bool wording_render_value(const struct wording *wording, struct path_env *env, struct buf *out)
{
    bool good = true;
    for (size_t i = 0; i < wording->count && good; i++) {
        const struct wording_part *part = &wording->parts[i];
        if (!part->program) {
            buf_add(out, part->literal);
            continue;
        }
        struct path_datum datum = {0};
        struct buf value = buf_with_max(VALUE_MAX_BYTES);
        path_evaluate(part->program, env, &datum);
        wording_write_datum(env, &datum, &value);
        good = is_exact(env, &datum) && !value.truncated &&
               str_find(buf_str(&value), STR("***")) == value.len;
        buf_add(out, buf_str(&value));
        buf_release(&value);
    }
    return good && !out->truncated;
}
