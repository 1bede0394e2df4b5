/* SPDX-License-Identifier: MIT */
/*
 * A change finds its node by the span, and is refused where a value is shared: what stands at an anchor
 * is every alias's value, too (YAML 1.2 §7.1). Flow and block style have a file each.
 */
#include "tree/patch_work.h"

#include "tree/inner.h"
#include "tree/locate.h"

/* Of the comparisons that changes of one tree may take together. */
enum { PATCH_MAX_WORK = 20 * 1000 * 1000 };

bool patch_refuse(struct patch_work *w, struct str why)
{
    w->why = why;
    return false;
}

void patch_edit(struct patch_work *w, uint32_t lo, uint32_t hi, struct str text)
{
    if (lo != hi || text.len) {
        text_edits_add(w->edits, (struct location){w->change->at.source, {lo, hi}}, text);
    }
}

/* ---- what is shared ---- */

static bool is_inside(const struct node *node, struct span span)
{
    return span.lo <= node->lo && node->hi <= span.hi;
}

static void note_merged(struct patcher *p, const struct node *object)
{
    for (uint32_t i = 0; i < node_size(object); i++) {
        const struct node *key = tree_key(p->tree, object, i);
        if (!is_inside(key, (struct span){object->lo, object->hi})) {
            p->merged = arena_grow(p->arena, p->merged, p->merged_count, &p->merged_capacity,
                                   sizeof(const struct node *));
            p->merged[p->merged_count++] = key;
        }
    }
}

static void note_shared(struct patcher *p, const struct node *node)
{
    if (node->flags & NODE_ALIAS) {
        p->aliases = arena_grow(p->arena, p->aliases, p->alias_count, &p->alias_capacity,
                                sizeof(const struct node *));
        p->aliases[p->alias_count++] = node;
    } else if (node->kind == NODE_OBJECT && (node->flags & NODE_MERGED)) {
        note_merged(p, node);
    }
}

static void prepare(struct patcher *p)
{
    if (p->prepared) {
        return;
    }
    p->prepared = true;
    note_shared(p, p->tree->root);
    for (size_t i = 0; i < p->tree->count; i++) {
        note_shared(p, &p->tree->nodes[i]);
    }
}

/* An alias has all of its anchor's node but for the span. */
static bool is_alias_of(const struct node *alias, const struct node *node)
{
    uint8_t pooled = (uint8_t)(alias->flags ^ node->flags) & NODE_IN_POOL;
    bool same = alias->kind == node->kind && alias->style == node->style && !pooled;
    bool text = node_is_container(node) ? alias->first == node->first && alias->count == node->count
                                        : alias->text == node->text && alias->len == node->len;
    return alias != node && same && text;
}

/* The way down to the changed node. */
struct way {
    struct patcher *patcher;
    const struct node **items; /* from the root's child on */
    size_t count, capacity;
};

static void add_step(void *context, const struct tree *tree, const struct node *parent,
                     const struct node *child)
{
    struct way *way = context;
    (void)tree;
    (void)parent;
    way->items = arena_grow(way->patcher->arena, way->items, way->count, &way->capacity,
                            sizeof(const struct node *));
    way->items[way->count++] = child;
}

static bool holds_merged(const struct patcher *p, const struct node *node)
{
    for (size_t m = 0; node->kind == NODE_OBJECT && m < p->merged_count; m++) {
        for (uint32_t i = 0; i < node_size(node); i++) {
            const struct node *key = tree_key(p->tree, node, i);
            if (key != p->merged[m] && key->lo == p->merged[m]->lo &&
                is_inside(key, (struct span){node->lo, node->hi})) {
                return true;
            }
        }
    }
    return false;
}

static bool is_anchored(struct patcher *p, const struct node *node)
{
    for (size_t i = 0; i < p->alias_count; i++) {
        if (is_alias_of(p->aliases[i], node)) {
            return true;
        }
    }
    p->work += p->alias_count + p->merged_count * (node_size(node) + 1);
    return p->work > PATCH_MAX_WORK || holds_merged(p, node);
}

/* Does anything else than this spot have the value that is changed? */
static bool is_shared(struct patch_work *w, struct patcher *p, const struct way *way)
{
    if (p->alias_count == 0 && p->merged_count == 0) {
        return false;
    }
    bool entry = w->parent && (w->in_key || w->change->op == PATCH_DELETE);
    struct span span =
        entry ? patch_entry(w->tree, w->parent, w->index) : (struct span){w->node->lo, w->node->hi};
    bool whole = w->change->op != PATCH_INSERT;
    struct str gone = whole ? str_slice(w->bytes, span.lo, span.hi) : (struct str){0};
    bool shared =
        str_find_char(gone, '&') < gone.len || (entry && patch_has_properties(w->bytes, span.lo));
    bool alias = w->node->flags & NODE_ALIAS; /* only this use of it is changed */
    shared = shared || (w->node != p->tree->root && is_anchored(p, p->tree->root));
    for (size_t i = 0; i < way->count && !shared; i++) {
        shared = !(alias && way->items[i] == w->node) && is_anchored(p, way->items[i]);
    }
    return shared;
}

/* ---- the change ---- */

static uint32_t index_of(const struct tree *tree, const struct node *parent,
                         const struct node *child)
{
    uint32_t distance = (uint32_t)(child - tree_children(tree, parent));
    return parent->kind == NODE_OBJECT ? distance / 2 : distance;
}

/* Find the node; false where the tree has none that is exactly there. */
static bool find_node(struct patch_work *w, struct way *way)
{
    const struct tree *tree = w->tree;
    struct span at = w->change->at.span;
    w->node = tree_descend(tree, at, add_step, way, &w->in_key);
    if (!w->node) {
        return false;
    }
    if (way->count) {
        w->parent = way->count > 1 ? way->items[way->count - 2] : tree->root;
        w->index = index_of(tree, w->parent, w->node);
    }
    const struct node *above = way->count > 2   ? way->items[way->count - 3]
                               : way->count > 1 ? tree->root
                                                : NULL;
    w->above = above && above->kind == NODE_OBJECT ? w->parent : NULL;
    const struct node *spot = w->in_key ? node_key_of(w->node) : w->node;
    return spot->lo == at.lo && spot->hi == at.hi;
}

static bool has_member(const struct patch_work *w, struct str name)
{
    return tree_member(w->tree, w->node, name) != NULL;
}

static bool put_in(struct patch_work *w)
{
    const struct node *node = w->node;
    if (node->flags & NODE_ALIAS) {
        return patch_refuse(w, STR("it is an alias"));
    }
    if (w->in_key) {
        return patch_refuse(w, STR("a name holds nothing"));
    }
    if (w->change->list && node->kind != NODE_ARRAY) {
        return patch_wrap(w);
    }
    if (node->kind != (w->change->list ? NODE_ARRAY : NODE_OBJECT)) {
        return patch_refuse(w, STR("it is neither a list nor an object"));
    }
    if (!w->change->list && has_member(w, w->change->key)) {
        return patch_refuse(w, STR("there is a member of this name already"));
    }
    return node->style == STYLE_BLOCK ? patch_insert_block(w) : patch_insert_flow(w);
}

static bool take_out(struct patch_work *w)
{
    if (!w->parent) {
        return patch_refuse(w, STR("it is all that the document holds"));
    }
    return w->parent->style == STYLE_BLOCK ? patch_delete_block(w) : patch_delete_flow(w);
}

/* What a change is about. False with the reason where it cannot be made. */
static bool look_at(struct patcher *p, const struct patch_change *change, struct patch_work *w)
{
    struct way way = {.patcher = p};
    *w = (struct patch_work){
        .arena = p->arena,
        .tree = p->tree,
        .bytes = sources_get(p->tree->sources, change->at.source)->bytes,
        .change = change,
    };
    if (!find_node(w, &way)) {
        return patch_refuse(w, STR("the file has no such value of its own"));
    }
    w->last = w->index;
    return !is_shared(w, p, &way) ||
           patch_refuse(w, STR("an anchor shares the value with other places"));
}

/* Entries behind the one that goes, as far as they go, too. Returns how many. */
static size_t join_deleted(struct patcher *p, const struct patch_change *changes, size_t count,
                           struct patch_work *w)
{
    size_t joined = 0;
    struct patch_work next;
    while (w->change->op == PATCH_DELETE && joined < count && changes[joined].op == PATCH_DELETE &&
           look_at(p, &changes[joined], &next) && next.parent == w->parent &&
           next.index == w->last + 1) {
        w->last = next.index;
        joined++;
    }
    return joined;
}

static bool change_one(struct patch_work *w)
{
    switch (w->change->op) {
    case PATCH_INSERT:
        return put_in(w);
    case PATCH_DELETE:
        return take_out(w);
    case PATCH_REPLACE:
    case PATCH_OP_COUNT:
        break;
    }
    return patch_replace(w);
}

/* Note the name that a change has made in its object. */
static void note_name(const struct patch_work *w, size_t before)
{
    const struct patch_change *change = w->change;
    bool put = change->op == PATCH_INSERT && !change->list;
    bool renamed = change->op == PATCH_REPLACE && w->in_key;
    if ((put || renamed) && w->edits->count > before) {
        struct text_edit *edit = &w->edits->items[w->edits->count - 1];
        edit->object = node_location(put ? w->node : w->parent);
        edit->name = put ? change->key : tree_text(change->tree, change->value);
    }
}

static bool overlap(const struct text_edits *edits, size_t from)
{
    for (size_t i = from; i < edits->count; i++) {
        for (size_t j = from; j < i; j++) {
            if (text_edit_overlaps(&edits->items[j], &edits->items[i])) {
                return true;
            }
        }
    }
    return false;
}

bool patch_plan(struct patcher *patcher, const struct patch_change *changes, size_t count,
                struct text_edits *edits, struct str *why)
{
    size_t before = edits->count;
    bool good = true;
    prepare(patcher);
    for (size_t i = 0; i < count && good; i++) {
        struct patch_work w;
        good = look_at(patcher, &changes[i], &w);
        w.edits = edits;
        if (good) {
            i += join_deleted(patcher, changes + i + 1, count - i - 1, &w);
            size_t made = edits->count;
            good = change_one(&w);
            if (good) {
                note_name(&w, made);
            }
        }
        *why = w.why;
    }
    if (good && overlap(edits, before)) {
        *why = STR("its changes touch the same bytes");
        good = false;
    }
    edits->count = good ? edits->count : before;
    return good;
}

/* ---- documents inside strings ---- */

/* The string that holds a source, by the span of its text. */
static const struct node *find_string(const struct tree *outer, const struct source *inner,
                                      struct arena *arena)
{
    struct patcher patcher = {.arena = arena};
    struct way way = {.patcher = &patcher};
    bool in_key = false;
    /* The line breaks behind a block's last line are outside of what its node covers. */
    struct span start = {0, inner->bytes.len > 0};
    const struct node *node =
        tree_descend(outer, span_map_to_parent(&inner->map, start), add_step, &way, &in_key);
    return node && !in_key && node->kind == NODE_STRING && !(node->flags & NODE_ALIAS) &&
                   tree_text(outer, node).len == inner->bytes.len
               ? node
               : NULL;
}

/* The lines of a literal begin with the indent of its first one with content. */
static bool spell_literal(struct arena *arena, struct str bytes, const struct node *string,
                          struct str text, struct str *spelt)
{
    uint32_t header = patch_line_end(bytes, string->lo);
    struct str newline = patch_newline(bytes, string->lo);
    uint32_t content = patch_skip_blank(bytes, header, string->hi);
    uint32_t start = patch_line_start(bytes, content);
    struct str head = str_slice(bytes, string->lo, header);
    struct buf out = buf_with_max(PATCH_TEXT_MAX);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n') {
            buf_add(&out, newline);
            buf_add(&out, str_slice(bytes, start, content));
        } else {
            buf_add_char(&out, c);
        }
    }
    *spelt = arena_str(arena, buf_str(&out));
    buf_release(&out);
    bool digits = false; /* an indent that the header tells is not that of the first line */
    for (size_t i = 0; i < head.len; i++) {
        digits = digits || char_is_digit(head.ptr[i]);
    }
    return !digits && str_find_char(text, '\r') == text.len && content < string->hi;
}

static bool spell(struct arena *arena, struct str bytes, const struct node *string, struct str text,
                  struct str *spelt)
{
    struct buf out = buf_with_max(PATCH_TEXT_MAX);
    bool good = true;
    switch ((enum node_style)string->style) {
    case STYLE_DOUBLE:
        *spelt = patch_quote(arena, text);
        *spelt = str_slice(*spelt, 1, spelt->len - 1);
        break;
    case STYLE_SINGLE:
        for (size_t i = 0; i < text.len; i++) {
            good = good && (unsigned char)text.ptr[i] >= ' ' && (unsigned char)text.ptr[i] < 0x7F;
            buf_add_c(&out, text.ptr[i] == '\'' ? "'" : "");
            buf_add_char(&out, text.ptr[i]);
        }
        *spelt = arena_str(arena, buf_str(&out));
        break;
    case STYLE_LITERAL:
        good = spell_literal(arena, bytes, string, text, spelt);
        break;
    case STYLE_FOLDED:
    case STYLE_PLAIN:
    case STYLE_FLOW:
    case STYLE_BLOCK:
        good = false;
        break;
    }
    buf_release(&out);
    return good;
}

/* What an edit changes goes with the characters before it, so that no indent is jumped. */
static struct span lift_span(const struct span_map *map, struct span span)
{
    if (span.lo == span.hi && span.lo > 0) {
        uint32_t end = span_map_to_parent(map, (struct span){span.lo - 1, span.lo}).hi;
        return (struct span){end, end};
    }
    return span_map_to_parent(map, span);
}

bool patch_lift(struct arena *arena, const struct tree *outer, const struct source *inner,
                struct text_edits *edits, struct str *why)
{
    const struct node *string = find_string(outer, inner, arena);
    struct str bytes = sources_get(outer->sources, inner->parent)->bytes;
    if (!string) {
        *why = STR("the document stands encoded in a string");
        return false;
    }
    for (size_t i = 0; i < edits->count; i++) {
        struct text_edit *edit = &edits->items[i];
        struct str spelt;
        if (edit->at.source != inner->id) {
            continue;
        }
        if (!spell(arena, bytes, string, edit->text, &spelt)) {
            *why = STR("the document stands in a string whose lines are folded");
            return false;
        }
        edit->at = (struct location){inner->parent, lift_span(&inner->map, edit->at.span)};
        edit->text = spelt;
    }
    return true;
}
