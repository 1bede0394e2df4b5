/* SPDX-License-Identifier: MIT */
/* The length of a policy: of its text where that is JSON, else of the JSON that would be sent. */
#include "iam/size.h"

#include "base/words.h"

/*
 * Bytes of a word that do not count, a mark in each: those that continue a code point, and white space, which is all
 * that text without errors has below '!'.
 */
static uint64_t mark_others(uint64_t word, bool all)
{
    const uint64_t high = word_repeat(0x80);
    uint64_t others = word & ~(word << 1) & high;
    if (!all) {
        others |= ~(((word & ~high) + word_repeat(0x80 - '!')) | word) & high;
    }
    return others >> 7;
}

static size_t add_places(uint64_t counts)
{
    const uint64_t pairs = UINT64_C(0x00ff00ff00ff00ff);
    return (((counts & pairs) + (counts >> 8 & pairs)) * UINT64_C(0x0001000100010001)) >> 48;
}

/* Code points; a byte that continues one does not count. */
static size_t count_characters(struct str text, bool all)
{
    enum { ROUND = 255 }; /* words whose marks a byte can count */
    size_t others = 0;
    size_t i = 0;
    uint64_t word;
    while (i + sizeof word <= text.len) {
        uint64_t counts = 0;
        for (size_t n = 0; n < ROUND && i + sizeof word <= text.len; n++, i += sizeof word) {
            memcpy(&word, text.ptr + i, sizeof word);
            counts += mark_others(word, all);
        }
        others += add_places(counts);
    }
    word = word_repeat('x');
    if (i < text.len) {
        memcpy(&word, text.ptr + i, text.len - i);
        others += add_places(mark_others(word, all));
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

/* Other than white space: only what an escape stands for can be one. */
static bool is_control(char c)
{
    return (unsigned char)c < ' ' && c != '\n' && c != '\t' && c != '\r';
}

/* The text of a scalar or a name between quotes, with a backslash before what needs one. */
static size_t measure_text(struct str text, bool all)
{
    size_t count = count_characters(text, all);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        count += c == '"' || c == '\\' || (!all && is_control(c));
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
