/* SPDX-License-Identifier: MIT */
/* One value, or the name of a member, for another, in the quotes that it had. */
#include "tree/patch_work.h"

#include "tree/yaml_scalar.h"

/* ---- block scalars ---- */

/* May the lines of the text stand in a literal as they are? */
static bool fits_literal(struct str text)
{
    bool line_starts = true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((line_starts && (c == ' ' || c == '\t')) || (c < ' ' && c != '\n') || c >= 0x7F) {
            return false;
        }
        line_starts = c == '\n';
    }
    return text.len > 0 && text.ptr[0] != '\n';
}

/* The header says how the text ends: '|' with one line break, '|-' with none. */
static bool fits_header(struct str header, struct str text)
{
    bool ends = str_ends(text, STR("\n")) && !str_ends(text, STR("\n\n"));
    header = str_trim(header);
    return str_eq(header, STR("|")) ? ends
                                    : str_eq(header, STR("|-")) && !str_ends(text, STR("\n"));
}

static struct str literal_lines(struct patch_work *w, struct str text, struct str indent,
                                struct str newline)
{
    struct buf out = buf_with_max(PATCH_TEXT_MAX);
    struct str line;
    struct str rest = str_ends(text, STR("\n")) ? str_slice(text, 0, text.len - 1) : text;
    for (bool more = true; more;) {
        more = str_cut(rest, '\n', &line, &rest);
        buf_add(&out, newline);
        buf_add(&out, line.len ? indent : (struct str){0});
        buf_add(&out, line);
    }
    struct str kept = arena_str(w->arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

/* As a literal where it was one and still can be; else in quotes, without the header. */
static bool replace_block_scalar(struct patch_work *w, struct str text)
{
    uint32_t header_end = patch_line_end(w->bytes, w->node->lo);
    struct str header = str_slice(w->bytes, w->node->lo, header_end);
    if (str_find_char(header, '#') < header.len || str_find_char(header, '+') < header.len) {
        return patch_refuse(w, STR("the header of its block has a comment, or keeps line breaks"));
    }
    if (patch_starts_line(w->bytes, w->node->lo)) {
        return patch_refuse(w, STR("the header of its block stands on a line of its own"));
    }
    if (header_end >= w->node->hi || !fits_header(header, text) || !fits_literal(text)) {
        patch_edit(w, w->node->lo, w->node->hi, patch_quote(w->arena, text));
        return true;
    }
    struct str newline = patch_newline(w->bytes, w->node->lo);
    uint32_t first = header_end + (uint32_t)newline.len;
    uint32_t content = patch_skip_blank(w->bytes, first, w->node->hi);
    uint32_t start = patch_line_start(w->bytes, content);
    struct str indent = str_slice(w->bytes, start, content);
    patch_edit(w, header_end, w->node->hi, literal_lines(w, text, indent, newline));
    return true;
}

/* ---- names ---- */

static bool has_name(const struct patch_work *w, struct str name)
{
    for (uint32_t i = 0; i < node_size(w->parent); i++) {
        if (i != w->index && str_eq(tree_text(w->tree, tree_key(w->tree, w->parent, i)), name)) {
            return true;
        }
    }
    return false;
}

static bool replace_name(struct patch_work *w)
{
    const struct node *key = tree_key(w->tree, w->parent, w->index);
    char first = key->lo < key->hi ? w->bytes.ptr[key->lo] : '*';
    if (w->change->value->kind != NODE_STRING || strchr("*&!?[{|>", first)) {
        return patch_refuse(w, STR("the name is no plain or quoted text"));
    }
    struct str name = tree_text(w->change->tree, w->change->value);
    if (has_name(w, name)) {
        return patch_refuse(w, STR("there is a member of this name already"));
    }
    enum node_style like = first == '"' ? STYLE_DOUBLE : first == '\'' ? STYLE_SINGLE : STYLE_PLAIN;
    bool flow = w->parent->style != STYLE_BLOCK;
    patch_edit(w, key->lo, key->hi, patch_write_text(w->arena, name, like, flow));
    return true;
}

/* ---- values ---- */

bool patch_replace(struct patch_work *w)
{
    const struct node *node = w->node;
    const struct patch_change *change = w->change;
    struct str written = str_slice(w->bytes, node->lo, node->hi);
    bool json = node->flags & NODE_JSON;
    bool block = node->style == STYLE_LITERAL || node->style == STYLE_FOLDED;
    bool alias = node->flags & NODE_ALIAS;
    bool flow = !w->parent || w->parent->style != STYLE_BLOCK;
    if (w->in_key) {
        return replace_name(w);
    }
    if (node->tag && !alias) {
        return patch_refuse(w, STR("the value has a tag"));
    }
    if (node_is_container(node) && !alias && node->style == STYLE_BLOCK) {
        return patch_refuse(w, STR("a block of lines is replaced by hand only"));
    }
    if (node_is_container(node) && !json && patch_has_comment(written)) {
        return patch_refuse(w, STR("comments stand inside of it"));
    }
    if (block && !alias && change->value->kind == NODE_STRING) {
        return replace_block_scalar(w, tree_text(change->tree, change->value));
    }
    bool quotes = node->style == STYLE_SINGLE || node->style == STYLE_DOUBLE;
    struct str text =
        patch_write_value(w, quotes && !alias ? (enum node_style)node->style : STYLE_PLAIN, flow);
    /* An empty value stands directly behind what calls for it. */
    bool glued = written.len == 0;
    if (glued && (node->lo == 0 || !strchr(":-?", w->bytes.ptr[node->lo - 1]))) {
        return patch_refuse(w, STR("nothing calls for a value here"));
    }
    patch_edit(w, node->lo, node->hi,
               glued ? arena_format(w->arena, " %.*s", STR_ARG(text)) : text);
    return true;
}
