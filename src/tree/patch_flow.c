/* SPDX-License-Identifier: MIT */
/*
 * Lists and objects between brackets: JSON, and YAML's flow style (YAML 1.2 §7.4). What divides the
 * entries that are there divides the new one: a comma and blanks, or a line break and an indent.
 */
#include "tree/patch_work.h"

enum { COLON_MAX_BYTES = 8 };

/* What lies between the brackets; the place of the closing one. */
struct inside {
    uint32_t open, close;
    uint32_t count;
    struct str divider; /* what stands behind a comma */
};

/* The white space before an entry: what divides it from what is before. */
static struct str space_before(struct patch_work *w, uint32_t at)
{
    uint32_t start = at;
    while (start > 0 && strchr(" \t", w->bytes.ptr[start - 1])) {
        start--;
    }
    bool breaks = start > 0 && strchr("\r\n", w->bytes.ptr[start - 1]);
    bool comma = start > 0 && w->bytes.ptr[start - 1] == ',';
    if (breaks) {
        return arena_format(w->arena, "%.*s%.*s",
                            STR_ARG(patch_newline(w->bytes, patch_break_before(w->bytes, start))),
                            STR_ARG(str_slice(w->bytes, start, at)));
    }
    return comma ? str_slice(w->bytes, start, at) : STR(" ");
}

static bool look_inside(struct patch_work *w, const struct node *container, struct inside *in)
{
    bool object = container->kind == NODE_OBJECT;
    *in = (struct inside){container->lo + 1, container->hi - 1, node_size(container), {0}};
    bool brackets = container->hi >= container->lo + 2 &&
                    w->bytes.ptr[container->lo] == (object ? '{' : '[') &&
                    w->bytes.ptr[in->close] == (object ? '}' : ']');
    if (!brackets) {
        return patch_refuse(w, STR("it is written without brackets"));
    }
    if (container->flags & NODE_MERGED) {
        return patch_refuse(w, STR("it has members through a merge key"));
    }
    if (in->count) {
        in->divider = space_before(w, patch_entry(w->tree, container, in->count - 1).lo);
    }
    return true;
}

/* "name: value", or the value alone. */
static struct str new_entry(struct patch_work *w, const struct node *container)
{
    struct str value = patch_write_value(w, patch_style_in(w, container), true);
    uint32_t count = node_size(container);
    if (container->kind == NODE_ARRAY) {
        return value;
    }
    struct str colon = STR(": ");
    uint32_t like = UINT32_MAX;
    if (count) {
        const struct node *key = tree_key(w->tree, container, count - 1);
        const struct node *last = tree_value(w->tree, container, count - 1);
        struct str between = str_slice(w->bytes, key->hi, last->lo);
        bool plain = between.len > 0 && between.len <= COLON_MAX_BYTES &&
                     str_eq(str_trim(between), STR(":")) &&
                     str_find_char(between, '\n') == between.len &&
                     str_find_char(between, '\r') == between.len;
        like = key->lo;
        /* Without a blank only JSON and quoted names take it. */
        bool quoted = w->bytes.ptr[key->lo] == '"';
        colon = plain && (between.len > 1 || quoted) ? between : colon;
    }
    struct str name = patch_write_key(w, like, true);
    if (colon.len == 1 && name.ptr[0] != '"') {
        colon = STR(": ");
    }
    return arena_format(w->arena, "%.*s%.*s%.*s", STR_ARG(name), STR_ARG(colon), STR_ARG(value));
}

/* Spaces up to the column of a place. */
static struct str column_of(struct patch_work *w, uint32_t at)
{
    int column = (int)(at - patch_line_start(w->bytes, at));
    return arena_format(w->arena, "%*s", column, "");
}

/* Behind a name without a value a comma would belong to the name. */
static const char *glue_behind(const struct patch_work *w, const struct node *container)
{
    const struct node *last = tree_children(w->tree, container) + container->count - 1;
    return last->lo == last->hi ? " " : "";
}

/* Behind a comment on the line of the last entry, which stays with it: on a line of its own. */
static void append_behind_comment(struct patch_work *w, const struct node *container,
                                  const struct inside *in, struct span last, uint32_t base,
                                  struct str entry)
{
    bool comma = base > last.hi;
    uint32_t end = patch_behind_comment(w->bytes, base, in->close);
    struct str divider = in->divider;
    if (str_trim(divider).len == 0 && str_find_char(divider, '\n') == divider.len &&
        str_find_char(divider, '\r') == divider.len) {
        divider = arena_format(w->arena, "%.*s%.*s", STR_ARG(patch_newline(w->bytes, base)),
                               STR_ARG(column_of(w, last.lo)));
    }
    if (!comma) {
        patch_edit(w, last.hi, last.hi, arena_format(w->arena, "%s,", glue_behind(w, container)));
    }
    patch_edit(
        w, end, end,
        arena_format(w->arena, "%.*s%.*s%s", STR_ARG(divider), STR_ARG(entry), comma ? "," : ""));
}

static void append_entry(struct patch_work *w, const struct node *container,
                         const struct inside *in, struct str entry)
{
    struct span last = patch_entry(w->tree, container, in->count - 1);
    uint32_t comma = patch_skip_blank(w->bytes, last.hi, in->close);
    bool trailing = comma < in->close && w->bytes.ptr[comma] == ',';
    uint32_t base = trailing ? comma + 1 : last.hi;
    if (patch_behind_comment(w->bytes, base, in->close) != base) {
        append_behind_comment(w, container, in, last, base, entry);
        return;
    }
    struct str text =
        trailing ? arena_format(w->arena, "%.*s%.*s,", STR_ARG(in->divider), STR_ARG(entry))
                 : arena_format(w->arena, "%s,%.*s%.*s", glue_behind(w, container),
                                STR_ARG(in->divider), STR_ARG(entry));
    patch_edit(w, base, base, text);
}

bool patch_insert_flow(struct patch_work *w)
{
    const struct node *container = w->node;
    struct inside in;
    if (!look_inside(w, container, &in)) {
        return false;
    }
    struct str entry = new_entry(w, container);
    if (in.count == 0) {
        patch_edit(w, in.open, in.open, entry);
    } else if (w->change->first) {
        uint32_t start = patch_skip_blank(w->bytes, in.open, in.close);
        patch_edit(w, start, start,
                   arena_format(w->arena, "%.*s,%.*s", STR_ARG(entry), STR_ARG(in.divider)));
    } else {
        append_entry(w, container, &in, entry);
    }
    return true;
}

bool patch_wrap(struct patch_work *w)
{
    const struct node *node = w->node;
    bool object = node->kind == NODE_OBJECT;
    struct str written = str_slice(w->bytes, node->lo, node->hi);
    bool one_line =
        str_find_char(written, '\n') == written.len && str_find_char(written, '\r') == written.len;
    if (node->kind == NODE_NULL || node->tag || patch_has_properties(w->bytes, node->lo)) {
        return patch_refuse(w, STR("the value is empty, or has a tag or an anchor"));
    }
    if (!(node->flags & NODE_JSON) && (object ? node->style != STYLE_FLOW : !one_line)) {
        return patch_refuse(w, STR("the value goes over several lines and would have to be "
                                   "indented anew"));
    }
    enum node_style style = object ? STYLE_DOUBLE : (enum node_style)node->style;
    if (node->style == STYLE_PLAIN && node->kind == NODE_STRING) {
        struct str text = tree_text(w->tree, node);
        struct str inside = patch_write_text(w->arena, text, STYLE_PLAIN, true);
        style = str_eq(inside, text) ? STYLE_PLAIN : STYLE_DOUBLE;
        written = inside;
    }
    struct str value = patch_write_value(w, style, true);
    struct str before = w->change->first ? value : written;
    struct str behind = w->change->first ? written : value;
    struct str list = arena_format(w->arena, "[%.*s, %.*s]", STR_ARG(before), STR_ARG(behind));
    patch_edit(w, node->lo, node->hi, list);
    return true;
}

/* ---- taking out ---- */

/* Where an entry begins, tag and anchor included: behind the bracket or the comma before it. */
static bool entry_start(struct patch_work *w, const struct node *container, uint32_t index,
                        const struct inside *in, uint32_t *comma, uint32_t *start)
{
    *comma = in->open - 1;
    if (index > 0) {
        uint32_t before = patch_entry(w->tree, container, index - 1).hi;
        *comma = patch_skip_blank(w->bytes, before, in->close);
        if (*comma >= in->close || w->bytes.ptr[*comma] != ',') {
            return patch_refuse(w, STR("what divides the entries cannot be told"));
        }
    }
    *start = patch_skip_blank(w->bytes, *comma + 1, in->close);
    return true;
}

static void delete_only(struct patch_work *w, const struct inside *in, uint32_t start, uint32_t end)
{
    uint32_t comma = patch_skip_blank(w->bytes, end, in->close);
    if (!patch_has_comment(str_slice(w->bytes, in->open, in->close))) {
        patch_edit(w, in->open, in->close, (struct str){0});
        return;
    }
    patch_edit(w, patch_lead(w->bytes, start, in->open),
               patch_behind_comment(w->bytes, end, in->close), (struct str){0});
    if (comma < in->close) {
        patch_edit(w, comma, comma + 1, (struct str){0});
    }
}

/* With the comma before it. A comment on the line of the entry before stays there. */
static void delete_last(struct patch_work *w, const struct inside *in, uint32_t before,
                        uint32_t comma, uint32_t end)
{
    uint32_t comment = patch_behind_comment(w->bytes, comma + 1, in->close);
    end = patch_behind_comment(w->bytes, end, in->close);
    if (comment > comma + 1) {
        /* The bracket must not come to stand in the comment. */
        bool alone = patch_ends_line(w->bytes, end);
        uint32_t next = patch_skip_blank(w->bytes, comment, end);
        patch_edit(w, comma, comma + 1, (struct str){0});
        patch_edit(w, alone ? comment : next, end, (struct str){0});
    } else if (patch_has_comment(str_slice(w->bytes, before, comma))) {
        patch_edit(w, comma, end, (struct str){0});
    } else {
        patch_edit(w, before, end, (struct str){0});
    }
}

bool patch_delete_flow(struct patch_work *w)
{
    const struct node *container = w->parent;
    struct inside in;
    uint32_t comma = 0;
    uint32_t start = 0;
    if (!look_inside(w, container, &in) ||
        !entry_start(w, container, w->index, &in, &comma, &start)) {
        return false;
    }
    uint32_t end = patch_entry(w->tree, container, w->last).hi;
    uint32_t next = patch_skip_blank(w->bytes, end, in.close);
    bool divided = next < in.close && w->bytes.ptr[next] == ',';
    if (w->last - w->index + 1 == in.count) {
        delete_only(w, &in, start, end);
    } else if (divided) {
        uint32_t behind = patch_behind_comment(w->bytes, next + 1, in.close);
        while (behind < in.close && strchr(" \t\r\n", w->bytes.ptr[behind])) {
            behind++;
        }
        patch_edit(w, patch_lead(w->bytes, start, comma), behind, (struct str){0});
    } else {
        uint32_t before = patch_entry(w->tree, container, w->index - 1).hi;
        delete_last(w, &in, before, comma, end);
    }
    return true;
}
