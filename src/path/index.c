/* SPDX-License-Identifier: MIT */
/*
 * Indexes for filters: for each container and each query of names, a hash table from the value that
 * the query has at a child to the child's number. Built when a filter first asks, and kept as long
 * as the tree is judged, so that all rules share it.
 *
 * Equality is that of compare.c. Scalars of one kind and value, and children without a value, have
 * one hash; an array or object may equal any other, so these form one list; and a child whose value
 * is unknown is among the candidates whatever is asked for. A filter that is nothing but the comparison needs no
 * such child, only whether there is one: it selects what equals the value, and an unknown value equals none but one
 * with the same symbol.
 *
 * Invariants: each child is in exactly one chain, and chains go upwards; unknown ones are in a list of their own
 * besides. Two containers with the same children (YAML aliases) have the same index.
 */
#include "path/index.h"

#include "path/compare.h"
#include "tree/symbol.h"

/* Of one child. */
struct index_entry {
    uint32_t hash;         /* of a scalar value, of its absence, or of an unknown value's symbol */
    uint32_t next;         /* 1 + the next child of the same chain, or 0 */
    uint32_t next_unknown; /* the same of those whose value is unknown */
};

/* Values of one sort are the same or not; beyond so many sorts, nothing is said of any. */
enum { SORTS_MAX = 4 };

struct path_index {
    uint32_t first, count; /* the container's children, as in its node */
    uint32_t names[INDEX_MAX_NAMES];
    size_t name_count;
    uint64_t price; /* the steps of a walk that looks at each child */
    uint64_t run;   /* in which that was last paid */
    uint32_t mask;  /* of hashes: the number of chains, a power of two, less 1 */
    uint32_t *heads;
    struct index_entry *entries;
    uint32_t containers, unknowns; /* the head of the other chain, and of the list */
    uint32_t *symbols;             /* heads of the chains of unknown values, by their symbol */
    uint32_t size, unknown_count;  /* of children */
    struct str sorts[SORTS_MAX];   /* of symbols */
    size_t sort_count;
    bool unsorted; /* there are unknown values without a sort, or of too many */
};

/* ---- which filters have a key ---- */

static bool is_names_only(const struct path_program *program, uint32_t at)
{
    const struct path_op *ops = program->ops;
    const uint8_t wanted = QUERY_CURRENT | QUERY_SINGULAR;
    size_t names = 0;
    bool only = ops[at].code == OP_QUERY && (ops[at].flags & wanted) == wanted && !ops[at].facts;
    for (uint32_t i = at + 1; only && i < ops[at].end; i = ops[i].end) {
        only = ops[i + 1].code == OP_NAME && ++names <= INDEX_MAX_NAMES;
    }
    return only;
}

static bool find_in_comparison(const struct path_program *program, uint32_t at,
                               struct index_key *key)
{
    const struct path_op *ops = program->ops;
    if (ops[at].code != OP_COMPARE || ops[at].comparison != PATH_COMPARE_EQUAL) {
        return false;
    }
    uint32_t left = at + 1;
    uint32_t right = ops[left].end;
    *key = is_names_only(program, left) ? (struct index_key){.query = left, .other = right}
                                        : (struct index_key){.query = right, .other = left};
    return is_names_only(program, key->query) && !path_operand_is_relative(program, key->other);
}

bool index_find_key(const struct path_program *program, uint32_t at, struct index_key *key)
{
    const struct path_op *ops = program->ops;
    if (ops[at].code != OP_AND) {
        bool found = find_in_comparison(program, at, key);
        key->alone = found;
        return found;
    }
    bool found = false;
    for (uint32_t i = at + 1; i < ops[at].end && !found; i = ops[i].end) {
        found = find_in_comparison(program, i, key);
    }
    return found;
}

/* ---- building ---- */

static uint32_t value_hash(const struct value *value, uint64_t seed)
{
    struct str bytes = value->string;
    double number = value->number == 0 ? 0 : value->number; /* 0 and -0 are equal */
    uint8_t small[] = {(uint8_t)value->kind, value->boolean};
    if (value->kind == VALUE_NUMBER) {
        bytes = (struct str){(const char *)&number, sizeof number};
    } else if (value->kind != VALUE_STRING) {
        bytes = (struct str){(const char *)small, sizeof small};
    }
    return str_hash(bytes, seed);
}

/* The index's query at a child. What the walk would spend on it comes on top of *price. */
static struct value key_value(const struct path_env *env, const struct path_index *index,
                              const struct node *child, uint64_t *price)
{
    const struct node *node = child;
    for (size_t i = 0; node && i < index->name_count; i++) {
        if (node->kind == NODE_UNKNOWN) {
            return (struct value){.kind = VALUE_UNKNOWN};
        }
        *price += 1 + node_size(node) / 64;
        node = tree_member_atom(env->tree, node, index->names[i]);
    }
    return node ? path_node_value(env, node) : (struct value){.kind = VALUE_NOTHING};
}

/* What the symbol of an unknown value says of others. */
static void note_sort(struct path_index *index, struct str symbol)
{
    struct symbol parts;
    bool known = symbol_parse(symbol, &parts) && parts.sort.len > 0;
    for (size_t i = 0; known && i < index->sort_count; i++) {
        if (str_eq(index->sorts[i], parts.sort)) {
            return;
        }
    }
    if (!known || index->sort_count == SORTS_MAX) {
        index->unsorted = true;
    } else {
        index->sorts[index->sort_count++] = parts.sort;
    }
}

static uint32_t *add_unknown(const struct path_env *env, struct path_index *index, uint32_t i,
                             struct str symbol)
{
    struct index_entry *entry = &index->entries[i];
    entry->hash = str_hash(symbol, env->tree->atoms->seed);
    entry->next_unknown = index->unknowns;
    index->unknowns = i + 1;
    index->unknown_count++;
    note_sort(index, symbol);
    if (!index->symbols) {
        index->symbols = arena_array(env->indexes->arena, uint32_t, (size_t)index->mask + 1);
    }
    return &index->symbols[entry->hash & index->mask];
}

static void build(const struct path_env *env, const struct node *container,
                  struct path_index *index)
{
    struct arena *arena = env->indexes->arena;
    uint32_t size = node_size(container);
    index->size = size;
    uint32_t chains = 1;
    while (chains < size) {
        chains *= 2;
    }
    index->mask = chains - 1;
    index->heads = arena_array(arena, uint32_t, chains);
    index->entries = arena_array(arena, struct index_entry, size);
    for (uint32_t i = size; i-- > 0;) { /* chains go upwards, so the last one comes first */
        struct value value =
            key_value(env, index, tree_child(env->tree, container, i), &index->price);
        uint32_t *head = &index->containers;
        if (value.kind == VALUE_UNKNOWN) {
            head = add_unknown(env, index, i, value.string);
        } else if (value.kind != VALUE_NODE) {
            index->entries[i].hash = value_hash(&value, env->tree->atoms->seed);
            head = &index->heads[index->entries[i].hash & index->mask];
        }
        index->entries[i].next = *head;
        *head = i + 1;
    }
    index->price += size;
}

/* ---- the table of indexes ---- */

static uint32_t key_hash(const struct path_index *wanted)
{
    uint32_t hash = wanted->first * UINT32_C(2654435769);
    for (size_t i = 0; i < wanted->name_count; i++) {
        hash = (hash ^ wanted->names[i]) * UINT32_C(2654435769);
    }
    return hash ^ (hash >> 16);
}

static bool same_key(const struct path_index *a, const struct path_index *b)
{
    return a->first == b->first && a->count == b->count && a->name_count == b->name_count &&
           memcmp(a->names, b->names, a->name_count * sizeof *a->names) == 0;
}

/* The slot of an index, or the empty one where it belongs. */
static size_t find_slot(const struct path_indexes *indexes, const struct path_index *wanted)
{
    size_t i = key_hash(wanted) & (indexes->capacity - 1);
    while (indexes->slots[i] && !same_key(indexes->slots[i], wanted)) {
        i = (i + 1) & (indexes->capacity - 1);
    }
    return i;
}

/* At most half of the slots are used. */
static void make_room(struct path_indexes *indexes)
{
    enum { FIRST_CAPACITY = 16 };
    if (2 * indexes->count < indexes->capacity) {
        return;
    }
    struct path_indexes old = *indexes;
    indexes->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
    indexes->slots = arena_array(indexes->arena, struct path_index *, indexes->capacity);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i]) {
            indexes->slots[find_slot(indexes, old.slots[i])] = old.slots[i];
        }
    }
}

static struct path_index key_of(const struct path_program *program, struct index_key key,
                                const struct node *container)
{
    const struct path_op *ops = program->ops;
    struct path_index wanted = {.first = container->first, .count = container->count};
    for (uint32_t i = key.query + 1; i < ops[key.query].end; i = ops[i].end) {
        wanted.names[wanted.name_count++] = ops[i + 1].atom;
    }
    return wanted;
}

/* NULL where there is no room for it. */
static struct path_index *find_or_build(const struct path_env *env, const struct path_index *wanted,
                                        const struct node *container)
{
    struct path_indexes *indexes = env->indexes;
    make_room(indexes);
    size_t slot = find_slot(indexes, wanted);
    size_t most = INDEX_MAX_ENTRIES_PER_NODE * env->tree->count;
    if (!indexes->slots[slot] && node_size(container) <= most - indexes->entries) {
        struct path_index *index = arena_new(indexes->arena, struct path_index);
        *index = *wanted;
        build(env, container, index);
        indexes->entries += node_size(container);
        indexes->slots[slot] = index;
        indexes->count++;
    }
    return indexes->slots[slot];
}

/* ---- asking ---- */

void path_indexes_begin(struct path_indexes *indexes)
{
    if (indexes) {
        indexes->run++;
    }
}

/* How many children have an unknown value with this hash. */
static uint32_t count_alike(const struct path_index *index, uint32_t at, uint32_t hash)
{
    uint32_t count = 0;
    for (; at; at = index->entries[at - 1].next) {
        count += index->entries[at - 1].hash == hash;
    }
    return count;
}

/* Is an unknown value's comparison unknown for a child that is none of the `alike` ones? */
static bool others_are_unknown(const struct path_index *index, struct str symbol, uint32_t alike)
{
    struct symbol parts;
    if (index->unknown_count < index->size) {
        return true;
    }
    if (!symbol_parse(symbol, &parts) || parts.sort.len == 0) {
        return index->unknown_count > alike;
    }
    bool alone =
        index->sort_count == 0 || (index->sort_count == 1 && str_eq(index->sorts[0], parts.sort));
    return index->unsorted || !alone;
}

/* Only what equals the value, or may; whether the comparison is unknown for others, too. */
static void open_alone(const struct path_index *index, const struct value *value, uint64_t seed,
                       struct index_cursor *cursor)
{
    cursor->unknown = 0;
    if (value->kind != VALUE_UNKNOWN) {
        cursor->others_unknown = index->unknown_count > 0;
        return;
    }
    cursor->hash = str_hash(value->string, seed);
    cursor->alike = index->symbols ? index->symbols[cursor->hash & index->mask] : 0;
    cursor->others_unknown =
        others_are_unknown(index, value->string, count_alike(index, cursor->alike, cursor->hash));
}

bool index_open(struct path_env *env, const struct path_program *program, struct index_key key,
                const struct node *container, const struct value *value,
                struct index_cursor *cursor)
{
    struct path_index wanted = key_of(program, key, container);
    bool possible = value->kind != VALUE_UNKNOWN || key.alone;
    struct path_index *index = possible ? find_or_build(env, &wanted, container) : NULL;
    *cursor = (struct index_cursor){.index = index};
    if (!index) {
        return false;
    }
    bool paid = index->run == env->indexes->run + 1;
    index->run = env->indexes->run + 1;
    if (!path_spend(env, 1 + (paid ? 0 : index->price))) {
        return true; /* without candidates: the result is unknown */
    }
    cursor->unknown = index->unknowns;
    if (value->kind == VALUE_NODE) {
        cursor->alike = index->containers;
    } else if (value->kind != VALUE_UNKNOWN) {
        cursor->hash = value_hash(value, env->tree->atoms->seed);
        cursor->alike = index->heads[cursor->hash & index->mask];
    }
    if (key.alone) {
        open_alone(index, value, env->tree->atoms->seed, cursor);
    }
    return true;
}

bool index_next(struct index_cursor *cursor, uint32_t *child)
{
    const struct index_entry *entries = cursor->index->entries;
    while (cursor->alike && entries[cursor->alike - 1].hash != cursor->hash) {
        cursor->alike = entries[cursor->alike - 1].next;
    }
    if (cursor->alike) {
        *child = cursor->alike - 1;
        cursor->alike = entries[*child].next;
        return true;
    }
    if (cursor->unknown) {
        *child = cursor->unknown - 1;
        cursor->unknown = entries[*child].next_unknown;
        return true;
    }
    return false;
}
