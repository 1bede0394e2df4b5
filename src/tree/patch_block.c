/* SPDX-License-Identifier: MIT */
/*
 * Lists and objects by indent: YAML's block style (YAML 1.2 §8.2). Whole lines come and go; an entry
 * that begins behind the '-' of its list leaves that where it is.
 */
#include "tree/patch_work.h"

/* ---- putting in ---- */

/* What a new line of the container begins with: as many spaces as stand before its first entry. */
static bool find_indent(struct patch_work *w, const struct node *container, struct str *indent)
{
    uint32_t start = patch_line_start(w->bytes, container->lo);
    for (uint32_t i = start; i < container->lo; i++) {
        if (w->bytes.ptr[i] != ' ' && w->bytes.ptr[i] != '-') {
            return patch_refuse(w, STR("its first entry does not begin its line"));
        }
    }
    if (container->kind == NODE_OBJECT && w->bytes.ptr[container->lo] == '?') {
        return patch_refuse(w, STR("its names are written with '?'"));
    }
    *indent = arena_format(w->arena, "%*s", (int)(container->lo - start), "");
    return true;
}

/* A block scalar that keeps the line breaks at its end would take those behind it for its own. */
static bool ends_in_kept_breaks(const struct patch_work *w, const struct node *node)
{
    while (node_is_container(node) && node->count > 0 && !(node->flags & NODE_ALIAS)) {
        node = tree_children(w->tree, node) + node->count - 1;
    }
    bool block = node->style == STYLE_LITERAL || node->style == STYLE_FOLDED;
    struct str header = str_slice(w->bytes, node->lo, patch_line_end(w->bytes, node->lo));
    return node->kind == NODE_STRING && block && str_find_char(header, '+') < header.len;
}

static struct str new_line(struct patch_work *w, const struct node *container)
{
    struct str value = patch_write_value(w, patch_style_in(w, container), false);
    if (container->kind == NODE_ARRAY) {
        return arena_format(w->arena, "- %.*s", STR_ARG(value));
    }
    uint32_t like = tree_key(w->tree, container, 0)->lo;
    struct str key = patch_write_key(w, like, false);
    return arena_format(w->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(value));
}

bool patch_insert_block(struct patch_work *w)
{
    const struct node *container = w->node;
    struct str indent = {0};
    if (node_size(container) == 0 || !find_indent(w, container, &indent)) {
        return node_size(container) ? false : patch_refuse(w, STR("it has no entries of its own"));
    }
    struct str line = new_line(w, container);
    struct str newline = patch_newline(w->bytes, container->lo);
    if (w->change->first) {
        patch_edit(w, container->lo, container->lo,
                   arena_format(w->arena, "%.*s%.*s%.*s", STR_ARG(line), STR_ARG(newline),
                                STR_ARG(indent)));
        return true;
    }
    if (!patch_ends_line(w->bytes, container->hi) || ends_in_kept_breaks(w, container)) {
        return patch_refuse(w, STR("its last entry does not end its line"));
    }
    uint32_t end = patch_line_end(w->bytes, container->hi);
    patch_edit(
        w, end, end,
        arena_format(w->arena, "%.*s%.*s%.*s", STR_ARG(newline), STR_ARG(indent), STR_ARG(line)));
    return true;
}

/* ---- taking out ---- */

/* Where an entry begins: its '-', or its name. */
static bool find_marker(struct patch_work *w, const struct node *container, uint32_t index,
                        uint32_t *marker)
{
    struct span entry = patch_entry(w->tree, container, index);
    *marker = container->lo;
    if (index == 0) {
        return container->kind == NODE_ARRAY || entry.lo == container->lo ||
               patch_refuse(w, STR("a tag or an anchor stands before its first name"));
    }
    if (container->kind == NODE_ARRAY) {
        uint32_t before = patch_entry(w->tree, container, index - 1).hi;
        uint32_t from = patch_line_end(w->bytes, before);
        *marker = patch_skip_blank(w->bytes, from, (uint32_t)w->bytes.len);
        bool dash = *marker < w->bytes.len && w->bytes.ptr[*marker] == '-';
        return (dash && patch_starts_line(w->bytes, *marker)) ||
               patch_refuse(w, STR("where the entry begins cannot be told"));
    }
    *marker = entry.lo;
    return patch_starts_line(w->bytes, entry.lo) ||
           patch_refuse(w, STR("the name does not begin its line"));
}

/* The last entry, with the line break before it. */
static bool delete_last(struct patch_work *w, uint32_t marker, uint32_t before, uint32_t end)
{
    if (!patch_ends_line(w->bytes, end)) {
        return patch_refuse(w, STR("the entry does not end its line"));
    }
    uint32_t lead = patch_lead(w->bytes, marker, patch_line_end(w->bytes, before));
    uint32_t start = patch_line_start(w->bytes, lead);
    patch_edit(w, patch_break_before(w->bytes, start), patch_line_end(w->bytes, end),
               (struct str){0});
    return true;
}

/* Without entries it has to say that it is empty: behind the colon of its name, or in its place. */
static bool delete_only(struct patch_work *w, const struct node *container)
{
    struct str empty = container->kind == NODE_ARRAY ? STR("[]") : STR("{}");
    const struct node *key = w->above ? node_key_of(w->above) : NULL;
    if (!patch_ends_line(w->bytes, container->hi)) {
        return patch_refuse(w, STR("the entry does not end its line"));
    }
    if (!key || !patch_starts_line(w->bytes, container->lo)) {
        patch_edit(w, container->lo, container->hi, empty);
        return true;
    }
    uint32_t colon = patch_skip_spaces(w->bytes, key->hi, container->lo);
    if (w->bytes.ptr[colon] != ':' || !patch_ends_line(w->bytes, colon + 1)) {
        return patch_refuse(w, STR("its name and its entries cannot be told apart"));
    }
    uint32_t lead = patch_lead(w->bytes, container->lo, patch_line_end(w->bytes, colon));
    uint32_t start = patch_break_before(w->bytes, patch_line_start(w->bytes, lead));
    empty = arena_format(w->arena, " %.*s", STR_ARG(empty));
    if (start == colon + 1) {
        patch_edit(w, start, patch_line_end(w->bytes, container->hi), empty);
        return true;
    }
    patch_edit(w, colon + 1, colon + 1, empty);
    patch_edit(w, start, patch_line_end(w->bytes, container->hi), (struct str){0});
    return true;
}

/*
 * Above which comments are not the entry's: behind the entry before, or the name of the list. What stands
 * above the first name of an object is about the object.
 */
static uint32_t floor_of(const struct patch_work *w, const struct node *container, uint32_t marker)
{
    if (w->index > 0) {
        return patch_line_end(w->bytes, patch_entry(w->tree, container, w->index - 1).hi);
    }
    bool named = w->above && container->kind == NODE_ARRAY;
    return named ? patch_line_end(w->bytes, node_key_of(w->above)->hi) : marker;
}

bool patch_delete_block(struct patch_work *w)
{
    const struct node *container = w->parent;
    uint32_t count = node_size(container);
    struct span entry = patch_entry(w->tree, container, w->last);
    uint32_t marker = 0;
    uint32_t next = 0;
    if (container->flags & NODE_MERGED) {
        return patch_refuse(w, STR("it has members through a merge key"));
    }
    if (w->last - w->index + 1 == count) {
        return delete_only(w, container);
    }
    if (!find_marker(w, container, w->index, &marker)) {
        return false;
    }
    if (w->last + 1 == count) {
        uint32_t before = patch_entry(w->tree, container, w->index - 1).hi;
        return delete_last(w, marker, before, entry.hi);
    }
    if (!find_marker(w, container, w->last + 1, &next)) {
        return false;
    }
    uint32_t lead = patch_lead(w->bytes, marker, floor_of(w, container, marker));
    patch_edit(w, lead, patch_lead(w->bytes, next, patch_line_end(w->bytes, entry.hi)),
               (struct str){0});
    return true;
}
