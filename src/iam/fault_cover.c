/* SPDX-License-Identifier: MIT */
/*
 * Entries of one list that another entry covers: equal, or matched as a text by the other's pattern.
 * One fault for each entry that covers and is not covered itself. A pattern is compared only with the
 * entries that begin as it does, which stand together once they are sorted, so a long list of names
 * costs its sorting. Source: IAM Access Analyzer policy check reference, "Redundant action",
 * "Redundant resource".
 */
#include "aws/wildcard.h"
#include "base/words.h"
#include "iam/inspection.h"

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
            struct iam_fault_detail *detail = fault_detail(in, fault);
            detail->text = text_of(in, root->node);
            detail->other = text_of(in, root->longest->node);
            detail->count = root->group;
            root->fault = in->faults->count;
        }
        add_place(in, &in->faults->items[root->fault - 1], entries[i].node);
    }
}

/* ---- lists in which nothing covers anything, which most are ---- */

/*
 * The first bytes of each entry behind those that all entries begin with, in the order of the bytes,
 * so that a pattern is compared as a text only with what begins as it does.
 */
enum { HEAD_BYTES = 16, HEAD_WORDS = 2, PAIRS_MAX = 1 << 14 };

struct head {
    uint64_t words[HEAD_WORDS];
};

/*
 * Makes letters of both cases the same, and some other characters, too: what differs behind it differs without it. Of
 * the others nothing is said before the texts are compared.
 */
static uint64_t fold(uint64_t word, bool nocase)
{
    return nocase ? word | word_repeat(' ') : word;
}

static struct head head_of(struct str text, size_t from, bool nocase)
{
    struct head head = {{0}};
    struct str part = str_slice(text, from, from + HEAD_BYTES);
    if (part.len) {
        memcpy(head.words, part.ptr, part.len);
    }
    for (size_t i = 0; i < HEAD_WORDS; i++) {
        head.words[i] = fold(head.words[i], nocase);
    }
    return head;
}

/* Ones in the bits of the first `len` bytes. */
static struct head head_mask(size_t len)
{
    char bytes[HEAD_BYTES] = {0};
    struct head mask;
    memset(bytes, 0xff, len < HEAD_BYTES ? len : HEAD_BYTES);
    memcpy(mask.words, bytes, sizeof mask.words);
    return mask;
}

/* How many bytes they begin with are the same, as far as fold() tells; `most` at most. */
static size_t same_start(struct str a, struct str b, size_t most, bool nocase)
{
    size_t end = a.len < b.len ? a.len : b.len;
    end = most < end ? most : end;
    for (size_t at = 0; at < end; at += sizeof(uint64_t)) {
        uint64_t left = 0, right = 0;
        size_t len = end - at < sizeof left ? end - at : sizeof left;
        memcpy(&left, a.ptr + at, len);
        memcpy(&right, b.ptr + at, len);
        uint64_t differs = fold(left, nocase) ^ fold(right, nocase);
        if (differs) {
            return at + word_first(((differs & word_repeat(0x7f)) + word_repeat(0x7f)) | differs);
        }
    }
    return end;
}

/* They are equal, or happen to have the same hash, or the table gets too full. */
bool may_repeat(struct arena *arena, const struct text_look *looks, uint32_t size)
{
    size_t slots = 4;
    size_t probes = 8 * (size_t)size;
    while (slots < 2 * (size_t)size) {
        slots *= 2;
    }
    uint32_t *table = arena_array(arena, uint32_t, slots);
    for (uint32_t i = 0; i < size; i++) {
        size_t at = looks[i].hash & (slots - 1);
        for (; table[at]; at = (at + 1) & (slots - 1)) {
            if (looks[table[at] - 1].hash == looks[i].hash || probes-- == 0) {
                return true;
            }
        }
        table[at] = i + 1;
    }
    return false;
}

/* A list under comparison. */
struct listing {
    const struct inspection *in;
    const struct node *list;
    uint32_t size;
    size_t shared; /* bytes that all entries begin with */
    struct head *heads;
    bool nocase;
    uint64_t budget;
};

static struct str text_at(const struct listing *l, uint32_t i)
{
    return text_of(l->in, tree_element(l->in->tree, l->list, i));
}

/* The longest stretch of a pattern behind `from` without wildcards: what it matches has it, too. */
static struct str longest_literal(struct str pattern, size_t from)
{
    struct str longest = {0};
    while (from < pattern.len) {
        struct str rest = str_from(pattern, from);
        struct str part = str_slice(rest, 0, literal_length(rest));
        longest = part.len > longest.len ? part : longest;
        from += part.len + 1;
    }
    return longest;
}

/* May the pattern cover another entry? Also where the budget does not suffice to tell. */
static bool may_cover_any(struct listing *l, uint32_t wide)
{
    struct str pattern = text_at(l, wide);
    size_t literal = literal_length(pattern);
    struct str prefix = str_slice(pattern, 0, literal);
    struct str needed = l->nocase ? (struct str){0} : longest_literal(pattern, literal);
    struct head mask = head_mask(literal > l->shared ? literal - l->shared : 0);
    const struct head *own = &l->heads[wide];
    for (uint32_t i = 0; i < l->size; i++) {
        const struct head *other = &l->heads[i];
        if (((own->words[0] ^ other->words[0]) & mask.words[0]) |
            ((own->words[1] ^ other->words[1]) & mask.words[1])) {
            continue;
        }
        struct str text = text_at(l, i);
        if (i != wide && same_start(prefix, text, literal, l->nocase) == literal &&
            (needed.len == 0 || str_find(str_from(text, literal), needed) < text.len - literal) &&
            wildcard_match_within(pattern, text, l->nocase, &l->budget) != TRUTH_FALSE) {
            return true;
        }
    }
    return false;
}

/*
 * May an entry cover another? If not, what comparing them has cost is spent; if so, nothing is, and
 * they are compared in order. Long lists of patterns are compared in order at once.
 */
static bool may_cover(struct inspection *in, const struct node *list, const struct text_look *looks,
                      bool nocase)
{
    struct listing l = {
        .in = in, .list = list, .size = node_size(list), .nocase = nocase, .budget = in->budget};
    struct arena *arena = in->faults->arena;
    size_t patterns = 0;
    for (uint32_t i = 0; i < l.size; i++) {
        patterns += looks[i].pattern;
    }
    if (may_repeat(arena, looks, l.size) || patterns * l.size > PAIRS_MAX) {
        return true;
    }
    if (patterns == 0) {
        return false;
    }
    l.shared = text_at(&l, 0).len;
    for (uint32_t i = 1; i < l.size; i++) {
        l.shared = same_start(text_at(&l, 0), text_at(&l, i), l.shared, nocase);
    }
    l.heads = arena_array(arena, struct head, l.size);
    for (uint32_t i = 0; i < l.size; i++) {
        l.heads[i] = head_of(text_at(&l, i), l.shared, nocase);
    }
    for (uint32_t i = 0; i < l.size; i++) {
        if (looks[i].pattern && may_cover_any(&l, i)) {
            return true;
        }
    }
    in->budget = l.budget;
    return false;
}

void inspect_cover(struct inspection *in, const struct node *list, const struct text_look *looks,
                   enum iam_fault_id id, bool nocase)
{
    uint32_t size = node_size(list);
    struct arena *arena = in->faults->arena;
    struct arena_mark mark = arena_mark(arena);
    if (size < 2 || !may_cover(in, list, looks, nocase)) {
        arena_rewind(arena, mark);
        return;
    }
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
