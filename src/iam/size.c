/* SPDX-License-Identifier: MIT */
/* The length of a policy: of its text where that is JSON, else of the JSON that would be sent. */
#include "iam/size.h"

#include "base/words.h"

/* Bytes of a word that do not count: those that continue a code point, and white space. */
static unsigned count_others(uint64_t word, bool all)
{
    uint64_t others = word & ~(word << 1) & word_repeat(0x80);
    if (!all) {
        others |= word_mark(word, ' ') | word_mark(word, '\n') | word_mark(word, '\t') |
                  word_mark(word, '\r');
    }
    return (unsigned)((others >> 7) * word_repeat(1) >> 56);
}

/* Code points; a byte that continues one does not count. */
static size_t count_characters(struct str text, bool all)
{
    size_t others = 0;
    size_t i = 0;
    uint64_t word;
    for (; i + sizeof word <= text.len; i += sizeof word) {
        memcpy(&word, text.ptr + i, sizeof word);
        others += count_others(word, all);
    }
    word = 0; /* NULs count */
    if (i < text.len) {
        memcpy(&word, text.ptr + i, text.len - i);
        others += count_others(word, all);
    }
    return text.len - others;
}

/* The same up to a limit; what is beyond it makes no difference. */
static size_t count_up_to(struct str text, bool all, size_t limit)
{
    size_t count = 0;
    while (text.len && count <= limit) {
        size_t left = limit - count < text.len ? limit - count + 1 : text.len;
        count += count_characters(str_slice(text, 0, left), all);
        text = str_from(text, left);
    }
    return count;
}

/* The text of a scalar or a name between quotes, with a backslash before what needs one. */
static size_t measure_text(struct str text, bool all)
{
    size_t count = count_characters(text, all);
    for (size_t i = 0; i < text.len; i++) {
        count += text.ptr[i] == '"' || text.ptr[i] == '\\';
    }
    return count + 2;
}

/* Recursion is bounded by TREE_MAX_DEPTH. */
static size_t measure_node(const struct tree *tree, const struct node *node, bool all)
{
    uint32_t size = node_size(node);
    /* A list that only the normal form has is written as its one entry. */
    size_t count = node->flags & NODE_ADDED ? 0 : 2 + (size ? size - 1 : 0);
    if (!node_is_container(node)) {
        struct str text = tree_text(tree, node);
        return node->kind == NODE_STRING ? measure_text(text, all) : text.len;
    }
    for (uint32_t i = 0; i < size; i++) {
        if (node->kind == NODE_ARRAY) {
            count += measure_node(tree, tree_element(tree, node, i), all);
            continue;
        }
        count += measure_node(tree, tree_value(tree, node, i), all);
        if (!(node->flags & NODE_ADDED)) {
            count += 1 + measure_text(tree_text(tree, tree_key(tree, node, i)), all);
        }
    }
    return count;
}

/* Is the policy a text of its own, written as JSON? */
static bool is_json(const struct tree *tree, const struct node *root)
{
    const struct str text = sources_get(tree->sources, root->source)->bytes;
    if (root->style != STYLE_FLOW || root->hi <= root->lo || root->hi > text.len ||
        str_trim(text).len != root->hi - root->lo) {
        return false;
    }
    /* Flow style is JSON's only where its names are in double quotes. */
    return node_size(root) == 0 || text.ptr[tree_key(tree, root, 0)->lo] == '"';
}

bool iam_policy_is_open(const struct tree *tree, const struct node *root)
{
    bool open = root->kind == NODE_UNKNOWN;
    for (size_t i = 0; i < tree->count && !open; i++) {
        open = tree->nodes[i].kind == NODE_UNKNOWN;
    }
    return open;
}

size_t iam_policy_size(const struct tree *tree, const struct node *root, bool all, size_t enough)
{
    if (!is_json(tree, root) || iam_policy_is_open(tree, root)) {
        return measure_node(tree, root, all);
    }
    struct str text =
        str_slice(sources_get(tree->sources, root->source)->bytes, root->lo, root->hi);
    if (text.len <= enough) {
        return text.len;
    }
    return count_up_to(text, all, enough ? enough : SIZE_MAX);
}
