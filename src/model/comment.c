/* SPDX-License-Identifier: MIT */
/*
 * Two sorted lists are made of the trees of a source, and only where its text holds "ekslint:": the
 * spans of its scalars, in which nothing is a comment, and the entries that a comment may stand beside or
 * above. Each byte of a line is looked at once, whatever stands in it.
 */
#include "model/comment.h"

#include "base/atoms.h"

#include <stdlib.h>

/* What a comment may be about. */
enum entry_role {
    ENTRY_PART,  /* a member, from its key to the end of its value, or an element */
    ENTRY_VALUE, /* a member's value or a root that is no block: it may stand in a line of its own */
    ENTRY_ROOT,  /* a whole document */
};

struct entry {
    struct span span;
    uint8_t role;
    bool in_flow; /* between brackets, where indents mean nothing */
};

struct commented {
    struct arena *arena;
    const struct source *source;
    struct str bytes;
    bool semicolons; /* begin comments, too */
    struct entry *entries;
    size_t entry_count, entry_capacity;
    struct span *scalars;
    size_t scalar_count, scalar_capacity;
    struct span *aliases;
    size_t alias_count, alias_capacity;
    struct span gap; /* what was passed over last: no text stands in it */
};

/* ---- what the trees say ---- */

static void add_entry(struct commented *c, enum entry_role role, struct span span, bool in_flow)
{
    c->entries =
        arena_grow(c->arena, c->entries, c->entry_count, &c->entry_capacity, sizeof *c->entries);
    c->entries[c->entry_count++] = (struct entry){span, (uint8_t)role, in_flow};
}

static bool is_block(const struct node *node)
{
    return node_is_container(node) && node->style == STYLE_BLOCK && !(node->flags & NODE_ALIAS);
}

static void add_value(struct commented *c, const struct node *value, bool in_flow)
{
    if (!is_block(value)) {
        add_entry(c, ENTRY_VALUE, (struct span){value->lo, value->hi}, in_flow);
    }
}

static void add_members(struct commented *c, const struct tree *tree, const struct node *object)
{
    bool in_flow = !is_block(object);
    for (uint32_t i = 0; i < node_size(object); i++) {
        const struct node *key = tree_key(tree, object, i);
        const struct node *value = tree_value(tree, object, i);
        /* What came through a merge key stands elsewhere, and is found there. */
        if (key->source == object->source && key->lo >= object->lo && key->hi <= object->hi) {
            uint32_t lo = value->lo < key->lo ? value->lo : key->lo; /* the '[' of a section */
            uint32_t hi = value->hi > key->hi ? value->hi : key->hi;
            add_entry(c, ENTRY_PART, (struct span){lo, hi}, in_flow);
            add_value(c, value, in_flow);
        }
    }
}

static void add_scalar(struct commented *c, const struct node *node)
{
    if (node->flags & NODE_ALIAS) {
        c->aliases = arena_grow(c->arena, c->aliases, c->alias_count, &c->alias_capacity,
                                sizeof *c->aliases);
        c->aliases[c->alias_count++] = (struct span){node->lo, node->hi};
    } else if (!node_is_container(node)) {
        c->scalars = arena_grow(c->arena, c->scalars, c->scalar_count, &c->scalar_capacity,
                                sizeof *c->scalars);
        c->scalars[c->scalar_count++] = (struct span){node->lo, node->hi};
    }
}

static void add_node(struct commented *c, const struct tree *tree, const struct node *node)
{
    bool own = node->source == c->source->id;
    if (own) {
        add_scalar(c, node);
    }
    if (!own || node->flags & NODE_ALIAS) {
        return;
    }
    if (node->kind == NODE_OBJECT) {
        add_members(c, tree, node);
    }
    for (uint32_t i = 0; node->kind == NODE_ARRAY && i < node_size(node); i++) {
        const struct node *element = tree_element(tree, node, i);
        add_entry(c, ENTRY_PART, (struct span){element->lo, element->hi}, !is_block(node));
    }
}

static void add_document(struct commented *c, const struct document *document)
{
    const struct tree *tree = document->tree;
    const struct node *root = tree->root;
    for (size_t i = 0; i < tree->count; i++) {
        if (&tree->nodes[i] != root) {
            add_node(c, tree, &tree->nodes[i]);
        }
    }
    add_node(c, tree, root);
    add_entry(c, ENTRY_ROOT, (struct span){root->lo, root->hi}, false);
    add_value(c, root, true);
    c->semicolons = c->semicolons || (document->kind && document->kind->ini);
}

static int compare_spans(const void *left, const void *right)
{
    const struct span *a = left;
    const struct span *b = right;
    int order = (a->lo > b->lo) - (a->lo < b->lo);
    return order ? order : (a->hi < b->hi) - (a->hi > b->hi);
}

/* By their start, the widest first. An entry begins with its span. */
static void sort_all(struct commented *c)
{
    const struct {
        void *items;
        size_t count, size;
    } lists[] = {
        {c->entries, c->entry_count, sizeof *c->entries},
        {c->scalars, c->scalar_count, sizeof *c->scalars},
        {c->aliases, c->alias_count, sizeof *c->aliases},
    };
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        if (lists[i].count) {
            qsort(lists[i].items, lists[i].count, lists[i].size, compare_spans);
        }
    }
}

/* A key that is a list or a mapping is one text, of which its parts say nothing more. */
static void drop_inner_scalars(struct commented *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->scalar_count; i++) {
        if (kept == 0 || c->scalars[i].lo >= c->scalars[kept - 1].hi) {
            c->scalars[kept++] = c->scalars[i];
        }
    }
    c->scalar_count = kept;
}

/* ---- what is a comment ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

static uint32_t line_start(struct str bytes, uint32_t at)
{
    while (at > 0 && !ends_line(bytes.ptr[at - 1])) {
        at--;
    }
    return at;
}

static uint32_t line_end(struct str bytes, uint32_t at)
{
    while (at < bytes.len && !ends_line(bytes.ptr[at])) {
        at++;
    }
    return at;
}

/* How many spans start at or before a place. */
static size_t count_before(const struct span *spans, size_t count, uint32_t at)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].lo <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* In a scalar, but not behind the indicator of a block, in whose line only a comment may follow. */
static bool is_in_scalar(const struct commented *c, uint32_t at)
{
    size_t before = count_before(c->scalars, c->scalar_count, at);
    if (before == 0 || c->scalars[before - 1].hi <= at) {
        return false;
    }
    uint32_t lo = c->scalars[before - 1].lo;
    bool block = c->bytes.ptr[lo] == '|' || c->bytes.ptr[lo] == '>';
    return !(block && at < line_end(c->bytes, lo));
}

static bool begins_comment(const struct commented *c, uint32_t at)
{
    char mark = c->bytes.ptr[at];
    bool is_mark = mark == '#' || (c->semicolons && mark == ';');
    bool apart = at == 0 || is_blank(c->bytes.ptr[at - 1]) || ends_line(c->bytes.ptr[at - 1]);
    return is_mark && apart && !is_in_scalar(c, at);
}

/* Where the first comment of a line begins, from `at` on; the line's end where there is none. */
static uint32_t find_comment(const struct commented *c, uint32_t at)
{
    while (at < c->bytes.len && !ends_line(c->bytes.ptr[at]) && !begins_comment(c, at)) {
        at++;
    }
    return at;
}

static struct span trim(struct str bytes, struct span span)
{
    while (span.lo < span.hi && is_blank(bytes.ptr[span.lo])) {
        span.lo++;
    }
    while (span.hi > span.lo && is_blank(bytes.ptr[span.hi - 1])) {
        span.hi--;
    }
    return span;
}

/* ---- what it is about ---- */

/* Only indicators of YAML: what they introduce begins in a later line. */
static bool is_introduction(struct str text, bool *starts_document)
{
    struct str word;
    bool more = true;
    *starts_document = str_starts(text, STR("---"));
    while (more) {
        more = str_cut(text, ' ', &word, &text);
        bool named = word.len && (word.ptr[0] == '&' || word.ptr[0] == '!');
        bool indicator =
            str_eq(word, STR("-")) || str_eq(word, STR("?")) || str_eq(word, STR("---"));
        if (word.len && !named && !indicator) {
            return false;
        }
    }
    return true;
}

/* The first part or value, or whole document, that begins behind a place; the widest of those. */
static const struct entry *entry_behind(const struct commented *c, uint32_t at, bool whole_document)
{
    /* An entry begins with its span, but is larger: no count_before(). */
    size_t low = 0;
    size_t high = c->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->entries[middle].span.lo <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < c->entry_count && (c->entries[low].role == ENTRY_ROOT) != whole_document) {
        low++;
    }
    return low < c->entry_count ? &c->entries[low] : NULL;
}

/* The next text that is neither blank nor a comment. */
static uint32_t next_text(struct commented *c, uint32_t at)
{
    if (at >= c->gap.lo && at < c->gap.hi) {
        return c->gap.hi;
    }
    c->gap.lo = at;
    while (at < c->bytes.len) {
        if (begins_comment(c, at)) {
            at = line_end(c->bytes, at);
        } else if (is_blank(c->bytes.ptr[at]) || ends_line(c->bytes.ptr[at])) {
            at++;
        } else {
            break;
        }
    }
    c->gap.hi = at;
    return at;
}

/* What follows a comment in a line of its own. */
static struct span scope_below(struct commented *c, uint32_t at)
{
    uint32_t next = next_text(c, at);
    struct str text = str_from(c->bytes, next);
    const struct entry *entry = entry_behind(c, at, false);
    bool closes = text.len && (text.ptr[0] == ']' || text.ptr[0] == '}');
    if (!entry || closes || str_starts(text, STR("..."))) {
        return (struct span){at, at};
    }
    uint32_t indent = at - line_start(c->bytes, at);
    bool part = entry->role == ENTRY_PART && !entry->in_flow;
    bool dedents = part && indent > next - line_start(c->bytes, next);
    return dedents ? (struct span){at, at} : entry->span;
}

/* The parts that begin in [lo, hi), together; false where there are none. */
static bool find_parts(const struct commented *c, uint32_t lo, uint32_t hi, struct span *scope)
{
    struct span parts = {hi, lo};
    const struct entry *end = c->entries + c->entry_count;
    const struct entry *entry = lo ? entry_behind(c, lo - 1, false) : c->entries;
    for (; entry && entry < end && entry->span.lo < hi; entry++) {
        if (entry->role != ENTRY_PART) {
            continue;
        }
        parts.lo = parts.lo < entry->span.lo ? parts.lo : entry->span.lo;
        parts.hi = parts.hi > entry->span.hi ? parts.hi : entry->span.hi;
    }
    *scope = parts;
    return parts.lo < hi;
}

/* The narrowest part that covers the last text before a comment. */
static struct span part_at(const struct commented *c, uint32_t at)
{
    struct span part = {at, at};
    for (size_t i = 0; i < c->entry_count && c->entries[i].span.lo <= at; i++) {
        const struct entry *entry = &c->entries[i];
        if (entry->role != ENTRY_ROOT && entry->span.hi > at &&
            (entry->role == ENTRY_PART || part.lo == part.hi)) {
            part = entry->span;
        }
    }
    return part;
}

static struct span scope_of(struct commented *c, uint32_t at)
{
    struct span before = trim(c->bytes, (struct span){line_start(c->bytes, at), at});
    bool starts_document;
    if (before.lo == before.hi) {
        return scope_below(c, at);
    }
    struct span parts;
    if (find_parts(c, before.lo, at, &parts)) {
        return parts;
    }
    if (is_introduction(str_slice(c->bytes, before.lo, before.hi), &starts_document)) {
        const struct entry *entry = entry_behind(c, at, starts_document);
        return entry ? entry->span : (struct span){at, at};
    }
    return part_at(c, before.hi - 1);
}

static bool holds_alias(const struct commented *c, struct span scope)
{
    size_t first = scope.lo ? count_before(c->aliases, c->alias_count, scope.lo - 1) : 0;
    return first < c->alias_count && c->aliases[first].hi <= scope.hi;
}

/* ---- all of them ---- */

static const struct str mark = STR_INIT("ekslint:");

bool comments_are_likely(const struct source *source)
{
    return str_find(source->bytes, mark) < source->bytes.len;
}

/* Does the comment that begins at `at` speak to us? */
static bool read_comment(struct commented *c, uint32_t at, struct comment *comment)
{
    struct span all = trim(c->bytes, (struct span){at + 1, line_end(c->bytes, at)});
    if (!str_starts(str_slice(c->bytes, all.lo, all.hi), mark)) {
        return false;
    }
    comment->at = all;
    comment->text = trim(c->bytes, (struct span){all.lo + (uint32_t)mark.len, all.hi});
    comment->scope = scope_of(c, at);
    comment->has_alias = holds_alias(c, comment->scope);
    return true;
}

/* Nothing before `at` is looked at again. */
static void find_all(struct commented *c, uint32_t at, struct comment_list *list)
{
    while (at < c->bytes.len && list->count < COMMENTS_MAX) {
        size_t found = at + str_find(str_from(c->bytes, at), mark);
        if (found >= c->bytes.len) {
            return;
        }
        uint32_t start = line_start(c->bytes, (uint32_t)found);
        uint32_t first = find_comment(c, start > at ? start : at);
        struct comment comment;
        if (first < c->bytes.len && !ends_line(c->bytes.ptr[first]) &&
            read_comment(c, first, &comment)) {
            list->items = arena_grow(c->arena, list->items, list->count, &list->capacity,
                                     sizeof *list->items);
            list->items[list->count++] = comment;
        }
        at = line_end(c->bytes, first) + 1;
    }
}

void comments_find(struct arena *arena, const struct source *source,
                   struct document *const *documents, size_t count, struct span within,
                   struct comment_list *list)
{
    struct commented c = {
        .arena = arena, .source = source, .bytes = str_slice(source->bytes, 0, within.hi)};
    for (size_t i = 0; i < count; i++) {
        if (documents[i]->tree->root->flags & NODE_JSON) {
            return;
        }
        if (!documents[i]->unpacked) {
            add_document(&c, documents[i]);
        }
    }
    sort_all(&c);
    drop_inner_scalars(&c);
    find_all(&c, within.lo, list);
}
