/* SPDX-License-Identifier: MIT */
/*
 * Entries of one list that another entry covers: equal, or matched as a text by the other's pattern.
 * One fault for each entry that covers and is not covered itself. A pattern is compared only with the
 * entries that begin as it does, which stand together once they are sorted, so a long list of names
 * costs its sorting. Source: IAM Access Analyzer policy check reference, "Redundant action",
 * "Redundant resource".
 */
#include "iam/inspection.h"

#include "aws/wildcard.h"

#include <stdlib.h>

struct entry {
    struct str text; /* in lower case where case does not count */
    size_t order;    /* in the list */
    const struct node *node;
    struct entry *by; /* what covers it; NULL: nothing */
    size_t group;     /* how many it covers, itself included */
    struct entry *longest;
    size_t fault; /* 1 + its number, or 0; they move as they become more */
};

static struct str lowered(struct arena *arena, struct str text)
{
    char *copy = arena_array(arena, char, text.len);
    for (size_t i = 0; i < text.len; i++) {
        copy[i] = char_lower(text.ptr[i]);
    }
    return (struct str){copy, text.len};
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = *(struct entry *const *)left;
    const struct entry *b = *(struct entry *const *)right;
    int order = str_compare(a->text, b->text);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static size_t literal_length(struct str pattern)
{
    size_t star = str_find_char(pattern, '*');
    size_t mark = str_find_char(pattern, '?');
    return star < mark ? star : mark;
}

/* The first entry in order that is not below `prefix`. */
static size_t lower_bound(struct entry *const *sorted, size_t count, struct str prefix)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(sorted[middle]->text, prefix) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The one that covers the other last has it: patterns are taken from the widest to the narrowest. */
static void cover_by(struct inspection *in, struct entry *wide, struct entry *const *sorted,
                     size_t count)
{
    struct str prefix = str_slice(wide->text, 0, literal_length(wide->text));
    size_t at = lower_bound(sorted, count, prefix);
    for (; at < count && str_starts(sorted[at]->text, prefix); at++) {
        struct entry *narrow = sorted[at];
        if (narrow == wide || narrow->by == wide) {
            continue;
        }
        enum truth covered = wildcard_match_within(wide->text, narrow->text, false, &in->budget);
        if (covered == TRUTH_UNKNOWN) {
            in->faults->exhausted = true;
            return;
        }
        /* Two patterns that match each other say the same: the first of them stays. */
        bool mutual = covered == TRUTH_TRUE && wildcard_match(narrow->text, wide->text, false);
        if (covered == TRUTH_TRUE && !narrow->by && !(mutual && narrow->order < wide->order)) {
            narrow->by = wide;
        }
    }
}

static void cover_equals(struct entry *const *sorted, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct entry *before = sorted[i - 1];
        if (str_eq(before->text, sorted[i]->text)) {
            sorted[i]->by = before->by ? before->by : before;
        }
    }
}

/* What covers the entry and is covered by nothing; chains are as long as patterns nest. */
static struct entry *root_of(struct entry *entry)
{
    while (entry->by) {
        entry = entry->by;
    }
    return entry;
}

static void report_groups(struct inspection *in, struct entry *entries, size_t count,
                          enum iam_fault_id id)
{
    for (size_t i = 0; i < count; i++) {
        struct entry *root = root_of(&entries[i]);
        root->group++;
        bool covered = root != &entries[i];
        if (covered && (!root->longest || entries[i].text.len > root->longest->text.len)) {
            root->longest = &entries[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct entry *root = root_of(&entries[i]);
        if (root->group < 2) {
            continue;
        }
        if (!root->fault) {
            struct iam_fault *fault = add_fault(in, id, entries[i].node);
            fault->text = text_of(in, root->node);
            fault->other = text_of(in, root->longest->node);
            fault->count = root->group;
            root->fault = in->faults->count;
        }
        add_place(in, &in->faults->items[root->fault - 1], entries[i].node);
    }
}

void inspect_cover(struct inspection *in, const struct node *list, enum iam_fault_id id,
                   bool nocase)
{
    uint32_t size = node_size(list);
    if (size < 2) {
        return;
    }
    struct arena *arena = in->faults->arena;
    struct arena_mark mark = arena_mark(arena);
    struct entry *entries = arena_array(arena, struct entry, size);
    struct entry **sorted = arena_array(arena, struct entry *, size);
    size_t count = 0;
    for (uint32_t i = 0; i < size; i++) {
        const struct node *node = tree_element(in->tree, list, i);
        if (is_string(node)) {
            struct str text = text_of(in, node);
            entries[count] = (struct entry){
                .text = nocase ? lowered(arena, text) : text, .order = i, .node = node};
            sorted[count] = &entries[count];
            count++;
        }
    }
    qsort(sorted, count, sizeof(struct entry *), compare_entries);
    cover_equals(sorted, count);
    for (size_t i = 0; i < count; i++) {
        if (!entries[i].by && wildcard_is_pattern(entries[i].text)) {
            cover_by(in, &entries[i], sorted, count);
        }
    }
    bool any = false;
    for (size_t i = 0; i < count && !any; i++) {
        any = entries[i].by != NULL;
    }
    if (any) {
        report_groups(in, entries, count, id);
    } else {
        arena_rewind(arena, mark);
    }
}
