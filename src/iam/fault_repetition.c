/* SPDX-License-Identifier: MIT */
/*
 * Statements beside each other: Sids that come again, and statements that say what another says. Each is
 * compared with those alone that have the same measure and then the same hash, so time is that of sorting.
 * Source: IAM Access Analyzer policy check reference, "Unique Sids recommended", "Redundant statement".
 */
#include "iam/inspection.h"

#include <stdlib.h>

struct said {
    struct str text;
    uint64_t hash;
    size_t order;
    const struct node *node;
};

static int compare_said(const void *left, const void *right)
{
    const struct said *a = left;
    const struct said *b = right;
    int order = (a->hash > b->hash) - (a->hash < b->hash);
    order = order ? order : str_compare(a->text, b->text);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

void inspect_sids(struct inspection *in, const struct node *statements)
{
    struct said *sids = NULL;
    size_t count = 0, capacity = 0;
    for (uint32_t i = 0; i < node_size(statements); i++) {
        const struct node *sid =
            tree_member(in->tree, tree_element(in->tree, statements, i), STR("Sid"));
        if (node_is(sid, NODE_STRING) && text_of(in, sid).len) {
            sids = arena_grow(in->faults->arena, sids, count, &capacity, sizeof *sids);
            sids[count++] = (struct said){.text = text_of(in, sid), .order = i, .node = sid};
        }
    }
    if (count) {
        qsort(sids, count, sizeof *sids, compare_said);
    }
    for (size_t i = 1; i < count; i++) {
        if (str_eq(sids[i].text, sids[i - 1].text)) {
            add_fault(in, FAULT_SID_REPEATED, sids[i].node);
        }
    }
}

/* The same for the same members and entries in any order; a Sid says nothing. */
static uint64_t hash_of(const struct inspection *in, const struct node *node)
{
    uint64_t hash = 0x9e3779b97f4a7c15u * (node->kind + 1u);
    for (uint32_t i = 0; i < node_size(node); i++) {
        if (node->kind == NODE_ARRAY) {
            hash += hash_of(in, tree_element(in->tree, node, i)) * 0x100000001b3u;
            continue;
        }
        struct str name = text_of(in, tree_key(in->tree, node, i));
        if (!str_eq(name, STR("Sid"))) {
            uint64_t value = hash_of(in, tree_value(in->tree, node, i));
            hash += (value ^ str_hash(name, 7)) * 0x9e3779b97f4a7c15u;
        }
    }
    return node_is_container(node) ? hash ^ (hash >> 29) : hash ^ str_hash(text_of(in, node), hash);
}

static bool says_same(const struct inspection *in, const struct node *a, const struct node *b);

/* The first of `count` hashes in order that is not below one. */
static size_t find_hash(const struct said *said, size_t count, uint64_t hash)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (said[middle].hash < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Lists of the same length: does one have each entry of the other? */
static bool has_entries(const struct inspection *in, const struct node *list,
                        const struct node *entries)
{
    uint32_t size = node_size(list);
    struct arena_mark mark = arena_mark(in->faults->arena);
    struct said *said = arena_array(in->faults->arena, struct said, size);
    for (uint32_t i = 0; i < size; i++) {
        const struct node *node = tree_element(in->tree, list, i);
        said[i] = (struct said){.hash = hash_of(in, node), .order = i, .node = node};
    }
    if (size) {
        qsort(said, size, sizeof *said, compare_said);
    }
    bool all = true;
    for (uint32_t i = 0; i < size && all; i++) {
        const struct node *entry = tree_element(in->tree, entries, i);
        uint64_t hash = hash_of(in, entry);
        size_t at = find_hash(said, size, hash);
        for (all = false; at < size && said[at].hash == hash && !all; at++) {
            all = says_same(in, said[at].node, entry);
        }
    }
    arena_rewind(in->faults->arena, mark);
    return all;
}

/* Two values that are unknown may differ. */
static bool says_same(const struct inspection *in, const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->kind == NODE_UNKNOWN) {
        return false;
    }
    if (!node_is_container(a)) {
        return str_eq(text_of(in, a), text_of(in, b));
    }
    if (a->kind == NODE_ARRAY) {
        return node_size(a) == node_size(b) && has_entries(in, b, a);
    }
    size_t sids = 0;
    for (uint32_t i = 0; i < node_size(a); i++) {
        struct str name = text_of(in, tree_key(in->tree, a, i));
        const struct node *other = tree_member(in->tree, b, name);
        bool sid = str_eq(name, STR("Sid"));
        sids += sid;
        if (!sid && (!other || !says_same(in, tree_value(in->tree, a, i), other))) {
            return false;
        }
    }
    size_t others = tree_member(in->tree, b, STR("Sid")) ? 1 : 0;
    return node_size(a) - sids == node_size(b) - others;
}

/* How much of what there is in a statement: the same where it says the same, and cheap to tell. */
static uint64_t measure_of(const struct inspection *in, const struct node *node)
{
    uint64_t measure = node->kind + UINT64_C(1);
    uint32_t size = node_size(node);
    for (uint32_t i = 0; node->kind == NODE_ARRAY && i < size; i++) {
        const struct node *entry = tree_element(in->tree, node, i);
        measure += node_is_container(entry) ? measure_of(in, entry) << 8
                                            : ((uint64_t)text_of(in, entry).len + 1) << 16;
    }
    for (uint32_t i = 0; node->kind == NODE_OBJECT && i < size; i++) {
        const struct node *key = tree_key(in->tree, node, i);
        if (!str_eq(text_of(in, key), STR("Sid"))) {
            measure += measure_of(in, key + 1) * (key->atom * UINT64_C(2) + 1);
        }
    }
    return node_is_container(node) ? measure : measure + ((uint64_t)text_of(in, node).len << 16);
}

/* Of statements that measure the same: those that say the same. */
static void compare_statements(struct inspection *in, struct said *said, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        said[i].hash = hash_of(in, said[i].node);
    }
    qsort(said, size, sizeof *said, compare_said);
    for (uint32_t i = 0, end; i < size; i = end) {
        struct iam_fault *fault = NULL;
        for (end = i + 1; end < size && said[end].hash == said[i].hash; end++) {
            if (!says_same(in, said[i].node, said[end].node)) {
                continue;
            }
            if (!fault) {
                fault = add_fault(in, FAULT_STATEMENT_REPEATED, said[i].node);
                fault_detail(in, fault)->count = 1;
                add_place(in, fault, said[i].node);
            }
            fault_detail(in, fault)->count++;
            add_place(in, fault, said[end].node);
        }
    }
}

void inspect_repetition(struct inspection *in, const struct node *statements)
{
    uint32_t size = node_size(statements);
    struct said *said = arena_array(in->faults->arena, struct said, size);
    for (uint32_t i = 0; i < size; i++) {
        const struct node *node = tree_element(in->tree, statements, i);
        said[i] = (struct said){.hash = measure_of(in, node), .order = i, .node = node};
    }
    qsort(said, size, sizeof *said, compare_said);
    for (uint32_t i = 0, end; i < size; i = end) {
        uint64_t measure = said[i].hash;
        end = i + 1;
        while (end < size && said[end].hash == measure) {
            end++;
        }
        if (end - i > 1) {
            compare_statements(in, &said[i], end - i);
        }
    }
}
