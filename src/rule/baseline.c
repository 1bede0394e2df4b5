/* SPDX-License-Identifier: MIT */
/*
 * Read by the reader of JSON, strictly: a baseline that is half understood would let findings through, or
 * make known ones new. Numbers of equal findings ("…-2") are no part of an entry; the count says the same.
 */
#include "rule/baseline.h"

#include "rule/name.h"
#include "tree/read_json.h"
#include "tree/write_json.h"

#include <stdlib.h>

enum { BASELINE_VERSION = 1, FINGERPRINT_DIGITS = 16 };

/* ---- entries ---- */

static int compare_entries(const void *left, const void *right)
{
    const struct baseline_entry *a = left;
    const struct baseline_entry *b = right;
    int order = str_compare(a->file, b->file);
    order = order ? order : str_compare(a->rule, b->rule);
    return order ? order : str_compare(a->fingerprint, b->fingerprint);
}

static struct str without_number(struct str fingerprint)
{
    return str_slice(fingerprint, 0, str_find_char(fingerprint, '-'));
}

static void add(struct baseline *baseline, struct baseline_entry entry)
{
    baseline->items = arena_grow(baseline->arena, baseline->items, baseline->count,
                                 &baseline->capacity, sizeof *baseline->items);
    baseline->items[baseline->count++] = entry;
}

void baseline_add(struct baseline *baseline, struct str file, struct str rule,
                  struct str fingerprint)
{
    add(baseline, (struct baseline_entry){file, rule, without_number(fingerprint), 1, 0, {0}});
}

void baseline_finish(struct baseline *baseline)
{
    size_t kept = 0;
    if (baseline->count) {
        qsort(baseline->items, baseline->count, sizeof *baseline->items, compare_entries);
    }
    for (size_t i = 0; i < baseline->count; i++) {
        struct baseline_entry *last = kept ? &baseline->items[kept - 1] : NULL;
        if (last && compare_entries(last, &baseline->items[i]) == 0) {
            uint32_t room = BASELINE_MAX_COUNT - last->count;
            uint32_t more = baseline->items[i].count;
            last->count += more < room ? more : room;
        } else {
            baseline->items[kept++] = baseline->items[i];
        }
    }
    baseline->count = kept;
}

struct baseline_entry *baseline_find(const struct baseline *baseline, struct str file,
                                     struct str rule, struct str fingerprint)
{
    const struct baseline_entry wanted = {file, rule, without_number(fingerprint), 0, 0, {0}};
    return baseline->count ? bsearch(&wanted, baseline->items, baseline->count,
                                     sizeof *baseline->items, compare_entries)
                           : NULL;
}

/* ---- writing ---- */

void baseline_write(const struct baseline *baseline, struct buf *out)
{
    bool any = false;
    buf_printf(out, "{\"version\": %d, \"findings\": [", BASELINE_VERSION);
    for (size_t i = 0; i < baseline->count; i++) {
        const struct baseline_entry *entry = &baseline->items[i];
        if (entry->count == 0) {
            continue;
        }
        buf_add_c(out, any ? ",\n{\"file\": " : "\n{\"file\": ");
        json_write_string(out, entry->file);
        buf_add_c(out, ", \"rule\": ");
        json_write_string(out, entry->rule);
        buf_add_c(out, ", \"fingerprint\": ");
        json_write_string(out, entry->fingerprint);
        buf_printf(out, ", \"count\": %u}", (unsigned)entry->count);
        any = true;
    }
    buf_add_c(out, any ? "\n]}\n" : "]}\n");
}

/* ---- reading ---- */

struct decoder {
    const struct baseline_reader *reader;
    const struct tree *tree;
    struct baseline *baseline;
    bool good;
};

static void refuse(struct decoder *d, const char *id, const struct node *node, const char *problem)
{
    findings_error(d->reader->findings, str_from_c(id), node_location(node), "%s", problem);
    d->good = false;
}

static void check_keys(struct decoder *d, const struct node *object, const struct str *names,
                       size_t count)
{
    for (uint32_t i = 0; i < node_size(object); i++) {
        const struct node *key = tree_key(d->tree, object, i);
        struct str name = tree_text(d->tree, key);
        bool known = false;
        for (size_t k = 0; k < count; k++) {
            known = known || str_eq(names[k], name);
        }
        if (!known) {
            refuse(d, "baseline/unknown-key", key,
                   "no key of a baseline; write the file anew with --write-baseline");
        }
    }
}

/* A whole number from 1 to `most`; 0 for anything else. */
static uint32_t decode_count(const struct decoder *d, const struct node *node, uint32_t most)
{
    struct str text = node_is(node, NODE_NUMBER) ? tree_text(d->tree, node) : (struct str){0};
    uint32_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i]) || number > most) {
            return 0;
        }
        number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return number <= most ? number : 0;
}

static bool is_fingerprint(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool letter = text.ptr[i] >= 'a' && text.ptr[i] <= 'f';
        if (!letter && !char_is_digit(text.ptr[i])) {
            return false;
        }
    }
    return text.len == FINGERPRINT_DIGITS;
}

static void decode_entry(struct decoder *d, const struct node *node)
{
    static const struct str names[] = {STR_INIT("file"), STR_INIT("rule"), STR_INIT("fingerprint"),
                                       STR_INIT("count")};
    const struct node *parts[COUNT_OF(names)];
    if (node->kind != NODE_OBJECT) {
        refuse(d, "baseline/entry", node, "an entry of a baseline is an object");
        return;
    }
    check_keys(d, node, names, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        parts[i] = tree_member(d->tree, node, names[i]);
        if (!parts[i]) {
            refuse(d, "baseline/entry", node,
                   "an entry of a baseline has 'file', 'rule', 'fingerprint' and 'count'");
            return;
        }
    }
    struct baseline_entry entry = {
        .file = tree_text(d->tree, parts[0]),
        .rule = tree_text(d->tree, parts[1]),
        .fingerprint = tree_text(d->tree, parts[2]),
        .count = decode_count(d, parts[3], BASELINE_MAX_COUNT),
        .at = node_location(parts[1]),
    };
    if (parts[0]->kind != NODE_STRING) {
        refuse(d, "baseline/entry", parts[0], "no file's name; it is a string");
    } else if (parts[1]->kind != NODE_STRING || !rule_id_is_valid(entry.rule)) {
        refuse(d, "baseline/entry", parts[1], "no rule's id");
    } else if (parts[2]->kind != NODE_STRING || !is_fingerprint(entry.fingerprint)) {
        refuse(d, "baseline/entry", parts[2], "no fingerprint, which has 16 hexadecimal digits");
    } else if (entry.count == 0) {
        refuse(d, "baseline/entry", parts[3], "no count, which is a whole number from 1 to 100000");
    } else {
        add(d->baseline, entry);
    }
}

static void decode(struct decoder *d, const struct node *root)
{
    static const struct str names[] = {STR_INIT("version"), STR_INIT("findings")};
    const struct node *version = tree_member(d->tree, root, names[0]);
    const struct node *list = tree_member(d->tree, root, names[1]);
    if (!version || !node_is(list, NODE_ARRAY)) {
        refuse(d, "baseline/shape", root,
               "this is no baseline, which has 'version' and a list 'findings'; "
               "--write-baseline writes one");
        return;
    }
    if (decode_count(d, version, BASELINE_VERSION) != BASELINE_VERSION) {
        refuse(d, "baseline/version", version,
               "a baseline of another version of ekslint; write it anew with --write-baseline");
        return;
    }
    check_keys(d, root, names, COUNT_OF(names));
    for (uint32_t i = 0; i < node_size(list); i++) {
        decode_entry(d, tree_element(d->tree, list, i));
    }
}

bool baseline_read(const struct baseline_reader *reader, struct source *source,
                   struct baseline *baseline)
{
    struct tree tree;
    struct decoder d = {reader, &tree, baseline, true};
    size_t said = reader->findings->count;
    *baseline = (struct baseline){.arena = reader->arena};
    if (source->bytes.len > BASELINE_MAX_BYTES) {
        findings_error(reader->findings, STR("baseline/size"),
                       (struct location){source->id, {0, 0}}, "a baseline has at most 64 MiB");
        return false;
    }
    tree_init(&tree, reader->arena, reader->sources, reader->atoms);
    if (!json_read_whole(reader->builder, &tree, source, reader->findings)) {
        return false;
    }
    decode(&d, tree.root);
    baseline_finish(baseline);
    /* A key that stands twice is reported by the reader, and hides half of what is meant. */
    return d.good && reader->findings->count == said;
}
