/* SPDX-License-Identifier: MIT */
/*
 * Invariants: an entry's parts are in the order of the documents' names, so the first that has a
 * field is the one that counts; lists without a key never join two entries.
 */
#include "model/entries.h"

#include "aws/arn.h"
#include "model/folders.h"
#include "model/policy.h"
#include "tree/inner.h"
#include "tree/read_yaml.h"

/* How many documents are asked for a value that the first does not have. */
enum { WRITTEN_MAX_FIELDS = 64, ASKED_MAX_PARTS = 16 };

/* ---- gathering ---- */

static void start(struct entry_list *list, struct arena *arena)
{
    if (!list->keys.arena) {
        atoms_init(&list->keys, arena, NULL);
        atoms_init(&list->scopes, arena, NULL);
    }
}

/* The entry with this key, or a new one. An empty key is no key. */
static struct entry *find_or_add(struct entry_list *list, struct arena *arena, struct str key)
{
    uint32_t atom = key.len ? atoms_intern(&list->keys, key) : 0;
    while (list->by_key_capacity <= atom) {
        list->by_key = arena_grow(arena, list->by_key, list->by_key_capacity,
                                  &list->by_key_capacity, sizeof *list->by_key);
    }
    if (atom && list->by_key[atom]) {
        return &list->items[list->by_key[atom] - 1];
    }
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    struct entry *entry = &list->items[list->count++];
    *entry = (struct entry){0};
    if (atom) {
        list->by_key[atom] = (uint32_t)list->count;
    }
    return entry;
}

static void reach_scope(struct entry_list *list, struct arena *arena, uint32_t scope, uint64_t bit)
{
    while (list->scope_capacity <= scope) {
        list->scope_listings = arena_grow(arena, list->scope_listings, list->scope_capacity,
                                          &list->scope_capacity, sizeof *list->scope_listings);
    }
    list->scope_listings[scope] |= bit;
}

/* The bit of a new complete listing; 0 where this one is not compared. */
static uint64_t open_listing(struct entry_list *list, const struct feeding *feeding)
{
    if (feeding->partial || feeding->feed->aside || !feeding->feed->key.len ||
        !feed_has_list(feeding) || !feeding->feed->list ||
        list->listing_count == ENTRIES_MAX_LISTINGS) {
        return 0;
    }
    list->listings[list->listing_count++] =
        (struct entry_listing){feeding->document, feeding->feed};
    return UINT64_C(1) << (list->listing_count - 1);
}

static struct feeding feeding_of(struct document_reader *reader, const struct entry_part *part)
{
    return (struct feeding){.reader = reader, .document = part->document, .feed = part->feed};
}

/* The first value that the entry has of a field so far, and where. */
static struct told known_value(struct document_reader *reader, const struct entry *entry,
                               struct str name)
{
    for (size_t i = 0; i < entry->count && i < ASKED_MAX_PARTS; i++) {
        struct feeding feeding = feeding_of(reader, &entry->parts[i]);
        struct told value = feed_value(&feeding, entry->parts[i].item, name);
        if (value.node) {
            return value;
        }
    }
    return (struct told){0};
}

/* The first field of a new part that an earlier one contradicts is reported. */
static void compare(struct entry_list *list, const struct feeding *feeding,
                    const struct entry *entry, const struct node *item, struct str key)
{
    const struct tree *tree = document_told(feeding->document);
    for (size_t i = 0; i < feeding->feed->field_count; i++) {
        const struct feed_field *field = &feeding->feed->fields[i];
        if (field->from != FEED_VALUE) {
            continue;
        }
        struct told now = feed_value(feeding, item, field->name);
        struct told before = known_value(feeding->reader, entry, field->name);
        if (!now.node || !before.node || tree_equal(tree, now.node, before.tree, before.node)) {
            continue;
        }
        if (list->conflicts++ >= ENTRIES_MAX_CONFLICTS) {
            return;
        }
        struct str message = arena_format(
            feeding->reader->arena,
            "this says another '%.*s' of %.*s than an earlier file, which counts; remove the one "
            "that is out of date",
            STR_ARG(field->name), STR_ARG(key));
        struct finding *finding =
            feed_warn(feeding->reader, STR("case/conflict"), node_location(now.node), message);
        finding_relate(feeding->reader->findings, finding, node_location(before.node),
                       STR("another value here"));
        return;
    }
}

static void add_part(struct arena *arena, struct entry *entry, struct entry_part part)
{
    entry->parts =
        arena_grow(arena, entry->parts, entry->count, &entry->capacity, sizeof *entry->parts);
    entry->parts[entry->count++] = part;
}

void entries_add(struct entry_list *list, const struct feeding *feeding, struct told key)
{
    struct document_reader *reader = feeding->reader;
    const struct feed *feed = feeding->feed;
    start(list, reader->arena);
    uint64_t listing = open_listing(list, feeding);
    bool given = feeding->nodes.count || (feed->list && feed_has_list(feeding));
    list->known = list->known || (given && !feed->aside);
    list->aside = list->aside || (given && feed->aside);
    list->partial = list->partial || (feeding->partial && feed->list && !feed->aside);
    if (listing && feed->scope.len == 0) {
        reach_scope(list, reader->arena, 0, listing);
    }
    for (size_t i = 0; i < feeding->nodes.count; i++) {
        const struct node *item = feeding->nodes.items[i].node;
        struct arena_mark mark = arena_mark(reader->scratch);
        struct told own = feed_value(feeding, item, feed->key);
        struct str text = told_identity(own.node ? own : key);
        struct entry *entry = find_or_add(list, reader->arena, text);
        uint32_t scope =
            atoms_intern(&list->scopes, told_text(feed_value(feeding, item, feed->scope)));
        if (entry->count) {
            compare(list, feeding, entry, item, text);
        } else {
            entry->scope = scope;
        }
        entry->listings |= listing;
        reach_scope(list, reader->arena, entry->scope, listing);
        add_part(reader->arena, entry,
                 (struct entry_part){feeding->document, feed, item,
                                     own.node ? (struct told){0} : key, feeding->partial});
        arena_rewind(reader->scratch, mark);
    }
}

struct told entries_value(const struct entry_list *list, struct document_reader *reader,
                          struct str key, struct str field)
{
    uint32_t atom = 0;
    bool has = list->keys.arena && atoms_find(&list->keys, key, &atom) &&
               atom < list->by_key_capacity && list->by_key[atom];
    return has ? known_value(reader, &list->items[list->by_key[atom] - 1], field)
               : (struct told){0};
}

/* ---- listings that disagree ---- */

static void report_missing(const struct entry_list *list, struct document_reader *reader,
                           const struct entry *entry, size_t has, size_t lacks)
{
    size_t later = has > lacks ? has : lacks;
    size_t earlier = has > lacks ? lacks : has;
    const struct entry_part *part = &entry->parts[0];
    struct feeding feeding = feeding_of(reader, part);
    struct str key = told_text(feed_value(&feeding, part->item, part->feed->key));
    struct str message = arena_format(
        reader->arena,
        "this list and an earlier one of the same kind disagree: only one of them has '%.*s', and "
        "both claim to be complete; keep the newer one",
        STR_ARG(key));
    struct finding *finding = feed_warn(reader, STR("case/conflict"),
                                        feed_place(list->listings[later].document), message);
    finding_relate(reader->findings, finding, feed_place(list->listings[earlier].document),
                   STR("the other list"));
}

void entries_report(const struct entry_list *list, struct document_reader *reader)
{
    uint64_t reported = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct entry *entry = &list->items[i];
        uint64_t reach = list->scope_listings ? list->scope_listings[entry->scope] : 0;
        uint64_t lacking = reach & ~entry->listings;
        for (size_t lacks = 0; lacking && lacks < list->listing_count; lacks++) {
            for (size_t has = 0; (lacking >> lacks & 1) && has < list->listing_count; has++) {
                uint64_t later = UINT64_C(1) << (has > lacks ? has : lacks);
                if ((entry->listings >> has & 1) && !(reported & later) &&
                    list->listings[has].feed == list->listings[lacks].feed) {
                    report_missing(list, reader, entry, has, lacks);
                    reported |= later;
                }
            }
        }
    }
}

/* ---- writing ---- */

static void push_key(const struct entry_writer *w, struct str name, struct location at)
{
    builder_key(w->builder, atoms_intern(w->reader->atoms, name), at.source, at.span);
}

static void push_text(const struct entry_writer *w, struct str text, struct location at)
{
    struct node scalar = tree_scalar(w->builder->tree, NODE_STRING, text, at);
    builder_push(w->builder, &scalar);
}

static void push_unknown(const struct entry_writer *w, struct location at)
{
    struct node unknown = {
        .lo = at.span.lo, .hi = at.span.hi, .source = at.source, .kind = NODE_UNKNOWN};
    builder_push(w->builder, &unknown);
}

static void open_made(const struct entry_writer *w, enum node_kind kind, struct location at)
{
    struct node *open = builder_open(w->builder, kind, at.source, at.span.lo);
    open->flags = NODE_ADDED;
    open->style = STYLE_FLOW;
}

static void push_policy(const struct entry_writer *w, struct told told)
{
    const struct tree *tree = told.tree;
    const struct node *policy = document_policy(w->reader, &tree, told.node, false);
    if (policy) {
        policy_normalise(w->builder, tree, policy, w->budget);
    } else {
        push_unknown(w, node_location(told.node));
    }
}

/* The document inside a string; what is no YAML in it is reported at its place in the file. */
static void push_yaml(const struct entry_writer *w, struct told told)
{
    struct document_reader *reader = w->reader;
    struct tree *tree = arena_new(reader->arena, struct tree);
    tree_init(tree, reader->arena, reader->sources, reader->atoms);
    enum yaml_result result = YAML_ERROR;
    if (node_is(told.node, NODE_STRING)) {
        struct source *source = scalar_source(told.tree, told.node);
        struct yaml_stream *stream = yaml_open(reader->arena, source, reader->findings);
        result = yaml_read(stream, &reader->builder, tree);
        yaml_close(stream);
    }
    if (result == YAML_DOCUMENT) {
        builder_copy(w->builder, tree, tree->root, w->budget);
    } else {
        push_unknown(w, node_location(told.node));
    }
}

/* Of "profile ci" the ci, without the quotes that a name with blanks has. */
static struct str short_name(struct str section)
{
    struct str word, name;
    if (str_cut(section, ' ', &word, &name)) {
        name = str_trim(name);
        bool quoted = name.len >= 2 && (name.ptr[0] == '"' || name.ptr[0] == '\'') &&
                      name.ptr[name.len - 1] == name.ptr[0];
        return quoted ? str_slice(name, 1, name.len - 1) : name;
    }
    return section;
}

/* The name of the folder that a file lies in; empty where its name has none. */
static struct str folder_name(struct str file)
{
    size_t end = str_after_last(file, '/');
    struct str folder = str_slice(file, 0, end ? end - 1 : 0);
    return str_from(folder, str_after_last(folder, '/'));
}

static struct str file_name(struct str file)
{
    return str_from(file, str_after_last(file, '/'));
}

static bool push_word(const struct entry_writer *w, const struct entry_part *part,
                      const struct feed_field *field)
{
    struct str text = {0};
    struct location at = node_location(part->item);
    if (field->from == FEED_FOLDER) {
        text = folder_name(part->document->source->name);
    } else if (field->from == FEED_KIND) {
        text = part->document->kind->id;
    } else if (field->from == FEED_FILE) {
        text = file_name(part->document->source->name);
    } else if (field->from == FEED_CLUSTER) {
        text = cluster_folders_find(w->folders, part->document->source->name);
    } else if (part->item != document_told(part->document)->root) {
        const struct node *key = node_key_of(part->item);
        text = key->kind == NODE_KEY ? tree_text(document_told(part->document), key) : text;
        text = field->from == FEED_NAME ? short_name(text) : text;
        at = node_location(key);
    }
    if (text.len) {
        push_key(w, field->name, at);
        push_text(w, text, at);
    }
    return text.len > 0;
}

/* A list inside an entry: what all parts say of it, joined. */
static bool push_inner_list(const struct entry_writer *w, const struct entry *entry,
                            struct str name)
{
    struct entry_list list = {0};
    for (size_t i = 0; i < entry->count; i++) {
        const struct entry_part *part = &entry->parts[i];
        const struct feed_field *field = feed_field(part->feed, name);
        if (!field || field->from != FEED_LIST) {
            continue;
        }
        struct feeding feeding = {w->reader, part->document, field->entries, {0}, part->partial};
        feeding.nodes = feed_select(&feeding, field->entries->each, part->item);
        if (feeding.nodes.count ||
            (!field->entries->list ||
             feed_select(&feeding, field->entries->list, part->item).count)) {
            entries_add(&list, &feeding, (struct told){0});
            list.known = true;
        }
    }
    if (!list.known) {
        return false;
    }
    struct entry_writer inner = *w;
    inner.derived = false;
    struct location at = node_location(entry->parts[0].item);
    push_key(w, name, at);
    entries_write(&list, &inner, at);
    return true;
}

static bool push_field(const struct entry_writer *w, const struct entry *entry,
                       const struct entry_part *part, const struct feed_field *field)
{
    if (field->from == FEED_LIST) {
        return push_inner_list(w, entry, field->name);
    }
    if (!field->value) {
        return push_word(w, part, field);
    }
    struct feeding feeding = feeding_of(w->reader, part);
    struct told told = feed_value(&feeding, part->item, field->name);
    bool is_key = str_eq(field->name, part->feed->key);
    if (!told.node && is_key) {
        told = part->key;
    }
    if (!told.node) {
        return false;
    }
    push_key(w, field->name, node_location(told.node));
    if (field->from == FEED_POLICY) {
        push_policy(w, told);
    } else if (field->from == FEED_YAML) {
        push_yaml(w, told);
    } else {
        builder_copy(w->builder, told.tree, told.node, w->budget);
    }
    return true;
}

/* The region and account of an entry that has an ARN. */
static void push_derived(const struct entry_writer *w, const struct entry *entry)
{
    static const struct str names[] = {STR_INIT("region"), STR_INIT("account")};
    struct told told = known_value(w->reader, entry, STR("arn"));
    struct arn arn;
    if (!arn_parse(told_text(told), &arn)) {
        return;
    }
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str part = i == 0 ? arn.region : arn.account;
        if (part.len) {
            push_key(w, names[i], node_location(told.node));
            push_text(w, part, node_location(told.node));
        }
    }
}

/* A copy of the node; of an object also, as a member `cluster`, which cluster its file is for. */
static void push_whole(const struct entry_writer *w, const struct entry_part *part)
{
    const struct tree *tree = document_told(part->document);
    const struct node *item = part->item;
    struct str cluster = cluster_folders_find(w->folders, part->document->source->name);
    if (item->kind != NODE_OBJECT || !cluster.len || tree_member(tree, item, STR("cluster"))) {
        builder_copy(w->builder, tree, item, w->budget);
        return;
    }
    builder_open(w->builder, NODE_OBJECT, item->source, item->lo)->style = item->style;
    for (uint32_t i = 0; i < node_size(item); i++) {
        const struct node *key = tree_key(tree, item, i);
        push_key(w, tree_text(tree, key), node_location(key));
        builder_copy(w->builder, tree, tree_value(tree, item, i), w->budget);
    }
    push_key(w, STR("cluster"), node_location(item));
    push_text(w, cluster, node_location(item));
    builder_close(w->builder, item->hi);
}

static void push_entry(const struct entry_writer *w, const struct entry *entry)
{
    struct str written[WRITTEN_MAX_FIELDS];
    size_t count = 0;
    const struct entry_part *first = &entry->parts[0];
    if (first->feed->whole) {
        push_whole(w, first);
        return;
    }
    struct location at = node_location(first->item);
    struct arena_mark mark = arena_mark(w->reader->scratch);
    open_made(w, NODE_OBJECT, at);
    for (size_t p = 0; p < entry->count; p++) {
        const struct entry_part *part = &entry->parts[p];
        for (size_t f = 0; f < part->feed->field_count; f++) {
            const struct feed_field *field = &part->feed->fields[f];
            bool done = count == WRITTEN_MAX_FIELDS;
            for (size_t i = 0; i < count && !done; i++) {
                done = str_eq(written[i], field->name);
            }
            /* A list is joined from all parts at once, so it is not asked for again. */
            if (!done && (push_field(w, entry, part, field) || field->from == FEED_LIST)) {
                written[count++] = field->name;
            }
        }
    }
    if (w->derived) {
        push_derived(w, entry);
    }
    builder_close(w->builder, at.span.hi);
    arena_rewind(w->reader->scratch, mark);
}

void entries_write(const struct entry_list *list, const struct entry_writer *writer,
                   struct location at)
{
    if (!list->known && !list->aside) {
        push_unknown(writer, at);
        return;
    }
    open_made(writer, NODE_ARRAY, at);
    for (size_t i = 0; i < list->count; i++) {
        push_entry(writer, &list->items[i]);
    }
    if (list->partial || !list->known) {
        push_unknown(writer, at);
    }
    builder_close(writer->builder, at.span.hi);
}

void entries_write_first(const struct entry_list *list, const struct entry_writer *writer,
                         struct location at)
{
    if (list->count) {
        push_entry(writer, &list->items[0]);
    } else {
        push_unknown(writer, at);
    }
}
