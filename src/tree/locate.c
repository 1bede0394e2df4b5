/* SPDX-License-Identifier: MIT */
/*
 * Normalized paths (RFC 9535 §2.7) from spans, by descending from the root into the child that
 * covers the place. No index is kept: children stand in the order of the text, so a level costs the
 * logarithm of their number.
 *
 * A child is normally inside its parent's span. Two kinds are not: the children of an alias, which
 * are never entered here because the alias's own span is only its token; and members that came
 * through a merge key, which stand at the anchored mapping and are found there.
 */
#include "tree/locate.h"

void path_add_name(struct buf *buf, struct str name)
{
    /*
     * RFC 9535 §2.7, normal-escapable; every other control character is \u00xx with lower-case
     * digits.
     */
    static const char escapes[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    buf_add_c(buf, "['");
    size_t run = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c >= 0x20 && c != '\'' && c != '\\') {
            continue;
        }
        buf_add(buf, str_slice(name, run, i));
        run = i + 1;
        if (c < 0x20 && !escapes[c]) {
            char digits[7] = {
                '\\', 'u', '0', '0', c < 0x10 ? '0' : '1', "0123456789abcdef"[c & 0xFu]};
            buf_add_c(buf, digits);
        } else {
            buf_add_char(buf, '\\');
            buf_add_char(buf, c < 0x20 ? escapes[c] : (char)c);
        }
    }
    buf_add(buf, str_from(name, run));
    buf_add_c(buf, "']");
}

void path_add_index(struct buf *buf, uint64_t index)
{
    char digits[20]; /* 2^64 has 20 digits */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + index % 10);
        index /= 10;
    } while (index);
    buf_add_char(buf, '[');
    buf_add(buf, (struct str){digits + at, sizeof digits - at});
    buf_add_char(buf, ']');
}

static bool covers(const struct node *node, uint32_t source, struct span at)
{
    return node->source == source && node->lo <= at.lo && at.hi <= node->hi;
}

/*
 * The last child that starts at or before `at`, or NULL. The children stand in the order of the
 * text.
 */
static const struct node *find_last_before(const struct node *children, uint32_t count,
                                           struct span at)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (children[middle].lo <= at.lo) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? &children[low - 1] : NULL;
}

/*
 * With merged members the children stand in no order, and a merged member and the mapping that it
 * came from may both cover the place: the widest counts, since the longer path is the one that the
 * user wrote.
 */
static const struct node *find_widest(const struct node *children, uint32_t count, uint32_t source,
                                      struct span at)
{
    const struct node *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct node *child = &children[i];
        if (covers(child, source, at) && (!best || child->hi - child->lo > best->hi - best->lo)) {
            best = child;
        }
    }
    return best;
}

/*
 * The child value in which `at` stands, or the one in whose key it stands; NULL where there is
 * none.
 */
static const struct node *find_child(const struct tree *tree, const struct node *node,
                                     struct span at)
{
    const struct node *children = tree_children(tree, node);
    const struct node *child = node->flags & NODE_MERGED
                                   ? find_widest(children, node->count, node->source, at)
                                   : find_last_before(children, node->count, at);
    if (!child || !covers(child, node->source, at)) {
        return NULL;
    }
    return child->kind == NODE_KEY ? child + 1 : child;
}

const struct node *tree_descend(const struct tree *tree, struct span at, tree_step *step,
                                void *context, bool *in_key)
{
    const struct node *node = tree->root;
    *in_key = false;
    if (!node || !covers(node, node->source, at)) {
        return NULL;
    }
    while (node_is_container(node) && !(node->flags & NODE_ALIAS)) {
        const struct node *child = find_child(tree, node, at);
        if (!child) {
            break;
        }
        step(context, tree, node, child);
        if (!covers(child, node->source, at)) {
            *in_key = true;
            return child; /* found by its key: nothing below can cover the place */
        }
        node = child;
    }
    return node;
}

static void write_step(void *context, const struct tree *tree, const struct node *parent,
                       const struct node *child)
{
    if (parent->kind == NODE_OBJECT) {
        path_add_name(context, tree_text(tree, node_key_of(child)));
    } else {
        path_add_index(context, (uint64_t)(child - tree_children(tree, parent)));
    }
}

const struct node *tree_locate(const struct tree *tree, struct span at, struct buf *path)
{
    bool in_key;
    buf_add_char(path, '$');
    return tree_descend(tree, at, write_step, path, &in_key);
}
