/* SPDX-License-Identifier: MIT */
/*
 * Writing a value so that JSON and YAML, of either version, read it as it is meant: what cannot be
 * plain is quoted. Flow style is written as JSON.
 */
#include "tree/patch_work.h"

#include "base/utf8.h"
#include "tree/read_yaml.h"
#include "tree/write_json.h"
#include "tree/yaml_scalar.h"

/* What libyaml takes for a line break or for not printable has to be escaped in YAML (§5.1). */
static bool needs_escape(uint32_t c)
{
    return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           (c >= 0xFFFE && c <= 0xFFFF);
}

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x7F) {
            return false;
        }
    }
    return true;
}

struct str patch_quote(struct arena *arena, struct str text)
{
    struct buf out = buf_with_max(PATCH_TEXT_MAX);
    struct buf part = buf_with_max(PATCH_TEXT_MAX);
    buf_add_char(&out, '"');
    for (size_t at = 0; at < text.len;) {
        uint32_t c = 0;
        size_t len = utf8_decode(str_from(text, at), &c);
        len = len ? len : 1;
        if (needs_escape(c)) {
            buf_printf(&out, "\\u%04x", (unsigned)c);
        } else {
            part.len = 0;
            json_write_string(&part, str_slice(text, at, at + len));
            buf_add(&out, str_slice(buf_str(&part), 1, part.len - 1));
        }
        at += len;
    }
    buf_add_char(&out, '"');
    struct str kept = arena_str(arena, buf_str(&out));
    buf_release(&part);
    buf_release(&out);
    return kept;
}

/*
 * Can the text stand without quotes and still be this text? In flow style older readers take ':' for
 * more than it is.
 */
static bool fits_plain(struct str text, bool flow)
{
    static const char special[] = "-?:,[]{}#&*!|>'\"%@`.=<~";
    /* A digit may begin a date, or a number of some kind or other, for readers of YAML 1.1. */
    if (text.len == 0 || !is_ascii(text) || strchr(special, text.ptr[0]) ||
        char_is_digit(text.ptr[0]) || yaml_resolve(text) != NODE_STRING ||
        yaml_differs_in_1_1(text)) {
        return false;
    }
    bool good =
        text.ptr[0] != ' ' && text.ptr[text.len - 1] != ' ' && text.ptr[text.len - 1] != ':';
    for (size_t i = 0; i < text.len && good; i++) {
        char c = text.ptr[i];
        char next = i + 1 < text.len ? text.ptr[i + 1] : ' ';
        good = (unsigned char)c >= ' ' && !(c == ':' && (next == ' ' || flow)) &&
               !(c == ' ' && next == '#') && !(flow && strchr(",[]{}", c));
    }
    return good;
}

static bool fits_single(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] < ' ') {
            return false;
        }
    }
    return is_ascii(text);
}

static struct str quote_single(struct arena *arena, struct str text)
{
    struct buf out = buf_with_max(PATCH_TEXT_MAX);
    buf_add_char(&out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        buf_add_char(&out, text.ptr[i]);
        if (text.ptr[i] == '\'') {
            buf_add_char(&out, '\'');
        }
    }
    buf_add_char(&out, '\'');
    struct str kept = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

struct str patch_write_text(struct arena *arena, struct str text, enum node_style like, bool flow)
{
    if (like == STYLE_PLAIN && fits_plain(text, flow)) {
        return text;
    }
    if (like == STYLE_SINGLE && fits_single(text)) {
        return quote_single(arena, text);
    }
    return patch_quote(arena, text);
}

struct str patch_write_value(struct patch_work *w, enum node_style like, bool flow)
{
    const struct patch_change *change = w->change;
    bool json = w->tree->root->flags & NODE_JSON;
    if (change->value->kind == NODE_STRING) {
        return patch_write_text(w->arena, tree_text(change->tree, change->value),
                                json ? STYLE_DOUBLE : like, flow);
    }
    struct buf out = buf_with_max(PATCH_TEXT_MAX);
    json_write(&out, change->tree, change->value, 0);
    struct str kept = arena_str(w->arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

struct str patch_write_key(struct patch_work *w, uint32_t like, bool flow)
{
    bool json = w->tree->root->flags & NODE_JSON;
    char first = json || like >= w->bytes.len ? '"' : w->bytes.ptr[like];
    enum node_style style = first == '"'    ? STYLE_DOUBLE
                            : first == '\'' ? STYLE_SINGLE
                                            : STYLE_PLAIN;
    return patch_write_text(w->arena, w->change->key, style, flow);
}

enum node_style patch_style_in(const struct patch_work *w, const struct node *container)
{
    enum node_style style = container->style == STYLE_BLOCK ? STYLE_PLAIN : STYLE_DOUBLE;
    bool object = container->kind == NODE_OBJECT;
    for (uint32_t i = 0; i < node_size(container); i++) {
        const struct node *value =
            object ? tree_value(w->tree, container, i) : tree_element(w->tree, container, i);
        bool quotes = value->style == STYLE_PLAIN || value->style == STYLE_SINGLE ||
                      value->style == STYLE_DOUBLE;
        if (value->kind == NODE_STRING && quotes && !(value->flags & NODE_ALIAS)) {
            style = (enum node_style)value->style;
        }
    }
    return style;
}

struct span patch_entry(const struct tree *tree, const struct node *container, uint32_t index)
{
    if (container->kind == NODE_ARRAY) {
        const struct node *element = tree_element(tree, container, index);
        return (struct span){element->lo, element->hi};
    }
    const struct node *key = tree_key(tree, container, index);
    const struct node *value = tree_value(tree, container, index);
    return (struct span){key->lo, value->hi > key->hi ? value->hi : key->hi};
}
