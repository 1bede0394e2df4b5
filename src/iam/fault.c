/* SPDX-License-Identifier: MIT */
/*
 * The pass over a policy that finds the faults of its parts. What has a wrong type is named once and
 * not looked into; the parts of a statement are judged in the order of the grammar.
 */
#include "iam/fault.h"

#include "aws/catalogue.h"
#include "base/words.h"
#include "iam/inspection.h"

#include <stdlib.h>

enum {
    BUDGET_BASE = 1 << 20,
    BUDGET_PER_NODE = 512,
    PLACES_MAX = 1000,
    PLACES_BASE = 20000,
    PLACES_PER_NODE = 8
};

/* ---- names ---- */

static const struct {
    struct str name, summary;
} rows[FAULT_COUNT] = {
#define FAULT(id, name, summary) {STR_INIT(name), STR_INIT(summary)},
#include "iam/fault.def"
#undef FAULT
};

enum iam_fault_id iam_fault_find(struct str name)
{
    for (int id = 0; id < FAULT_COUNT; id++) {
        if (str_eq(rows[id].name, name)) {
            return (enum iam_fault_id)id;
        }
    }
    return FAULT_COUNT;
}

struct str iam_fault_name(enum iam_fault_id id)
{
    return rows[id].name;
}

struct str iam_fault_summary(enum iam_fault_id id)
{
    return rows[id].summary;
}

enum iam_fault_id iam_fault_group_start(enum iam_fault_group group)
{
    static const enum iam_fault_id starts[] = {
        [FAULTS_OF_PARTS] = (enum iam_fault_id)0,
        [FAULTS_OF_REACH] = FAULT_ALLOW_NOWHERE,
        [FAULTS_PEDANTIC] = FAULT_ALLOW_NOWHERE_LISTED,
        [FAULT_GROUP_COUNT] = FAULT_COUNT,
    };
    return starts[group];
}

enum iam_fault_group iam_fault_group(enum iam_fault_id id)
{
    int group = 0;
    while (id >= iam_fault_group_start((enum iam_fault_group)(group + 1))) {
        group++;
    }
    return (enum iam_fault_group)group;
}

static int compare_faults(const void *left, const void *right)
{
    const struct iam_fault *a = left;
    const struct iam_fault *b = right;
    int order = (a->id > b->id) - (a->id < b->id);
    return order ? order : (a->node > b->node) - (a->node < b->node);
}

const struct iam_fault *iam_faults_at(const struct iam_faults *faults, enum iam_fault_id id,
                                      const struct node *node)
{
    const struct iam_fault wanted = {.id = id, .node = node};
    return iam_fault_set_has(&faults->present, id) ? bsearch(&wanted, faults->items, faults->count,
                                                             sizeof *faults->items, compare_faults)
                                                   : NULL;
}

/* ---- noting faults ---- */

struct iam_fault *add_fault(struct inspection *in, enum iam_fault_id id, const struct node *node)
{
    struct iam_faults *faults = in->faults;
    faults->items = arena_grow(faults->arena, faults->items, faults->count, &faults->capacity,
                               sizeof *faults->items);
    iam_fault_set_add(&faults->present, id);
    faults->items[faults->count] = (struct iam_fault){.id = id, .node = node};
    return &faults->items[faults->count++];
}

void add_fault_text(struct inspection *in, enum iam_fault_id id, const struct node *node,
                    struct str text)
{
    add_fault(in, id, node)->text = text;
}

void add_open_fault(struct inspection *in, enum iam_fault_id id, const struct node *node)
{
    add_fault(in, id, node)->open = true;
    in->faults->unknown = true;
}

void add_place(struct inspection *in, struct iam_fault *fault, const struct node *node)
{
    if (fault->place_count < PLACES_MAX && in->places > 0) {
        in->places--;
        fault->places = arena_grow(in->faults->arena, (void *)fault->places, fault->place_count,
                                   &fault->place_capacity, sizeof *fault->places);
        fault->places[fault->place_count++] = node;
    }
}

/* The eight bytes at `at`; of a text that ends before that, the last eight, or all and NULs. */
static uint64_t word_at(struct str text, size_t at)
{
    uint64_t word = 0;
    if (text.len >= sizeof word) {
        size_t last = text.len - sizeof word;
        memcpy(&word, text.ptr + (at < last ? at : last), sizeof word);
        return word;
    }
    for (size_t i = 0; i < text.len; i++) {
        word = word << 8 | (unsigned char)text.ptr[i];
    }
    return word;
}

struct text_look look_at(struct str text)
{
    uint64_t hash = text.len;
    uint64_t patterns = 0;
    uint64_t dollars = 0;
    for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
        uint64_t word = word_at(text, i);
        patterns |= word_find(word, '*') | word_find(word, '?');
        dollars |= word_find(word, '$');
        hash = (hash ^ (word | 0x2020202020202020u)) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    /* The last characters have reached the upper half alone; now all of it. */
    hash *= 0xd6e8feb86659fd93u;
    return (struct text_look){(uint32_t)(hash >> 32), patterns != 0, dollars != 0};
}

enum { CLEAN_FIRST = 512, CLEAN_GROWTH = 8, CLEAN_MOST = 4096 };

bool is_known_clean(const struct clean_texts *texts, struct str text, struct text_look look)
{
    return text.len && texts->slots && str_eq(texts->items[look.hash & (texts->slots - 1)], text);
}

void note_clean(struct inspection *in, struct clean_texts *texts, const struct node *node,
                struct text_look look)
{
    if (node->flags & NODE_IN_POOL) {
        return; /* its text goes with the tree */
    }
    if (texts->count >= texts->slots / 2 && texts->slots < CLEAN_MOST) {
        /* What was noted so far will be found clean once more. */
        texts->slots = texts->slots ? texts->slots * CLEAN_GROWTH : CLEAN_FIRST;
        texts->items = arena_array(in->checker->arena, struct str, texts->slots);
        texts->count = 0;
    }
    struct str *slot = &texts->items[look.hash & (texts->slots - 1)];
    texts->count += slot->len == 0;
    *slot = text_of(in, node);
}

uint32_t find_service(struct inspection *in, struct str name)
{
    uint32_t *last = &in->checker->service;
    if (!str_eq(catalogue_service_name(*last), name)) {
        uint32_t service = catalogue_find_service(name);
        if (service == CATALOGUE_NONE) {
            return CATALOGUE_NONE;
        }
        *last = service;
    }
    return *last;
}

struct str meant_service(struct inspection *in, struct str service)
{
    struct iam_checker *checker = in->checker;
    if (!str_eq(service, checker->unknown) && may_suggest(in)) {
        uint32_t nearest = catalogue_nearest_service(service);
        checker->unknown = arena_str(checker->arena, service);
        checker->nearest =
            nearest == CATALOGUE_NONE ? (struct str){0} : catalogue_service_name(nearest);
    }
    return str_eq(service, checker->unknown) ? checker->nearest : (struct str){0};
}

bool spend(struct inspection *in, uint64_t comparisons)
{
    if (in->budget < comparisons) {
        in->budget = 0;
        in->faults->exhausted = true;
        return false;
    }
    in->budget -= comparisons;
    return true;
}

struct str add_to_list(struct inspection *in, struct str list, struct str name)
{
    enum { LIST_MAX_BYTES = 400 };
    if (list.len > LIST_MAX_BYTES) {
        return list;
    }
    struct str item;
    struct str rest = list;
    for (bool more = list.len > 0; more;) {
        more = str_cut(rest, ',', &item, &rest);
        if (str_eq(str_trim(item), name)) {
            return list;
        }
    }
    return list.len ? arena_format(in->faults->arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(name))
                    : name;
}

/* ---- types ---- */

static bool has_type(struct inspection *in, const struct node *node, enum node_kind kind,
                     const char *expected)
{
    if (node->kind == NODE_UNKNOWN) {
        in->faults->unknown = true;
        return false;
    }
    if (node->kind != kind) {
        add_fault_text(in, FAULT_TYPE, node, str_from_c(expected));
        return false;
    }
    return true;
}

bool has_unknown_entry(const struct inspection *in, const struct node *list)
{
    for (uint32_t i = 0; i < node_size(list); i++) {
        if (tree_element(in->tree, list, i)->kind == NODE_UNKNOWN) {
            return true;
        }
    }
    return false;
}

/*
 * A list as the normal form has it; where an entry has a wrong type, nothing is said of the others. One
 * that is unknown says nothing against them.
 */
static bool has_strings(struct inspection *in, const struct node *list)
{
    if (!has_type(in, list, NODE_ARRAY, "a string or a list of strings")) {
        return false;
    }
    bool good = true;
    for (uint32_t i = 0; i < node_size(list); i++) {
        const struct node *entry = tree_element(in->tree, list, i);
        bool unknown = entry->kind == NODE_UNKNOWN;
        good = (has_type(in, entry, NODE_STRING, "a string") || unknown) && good;
    }
    return good;
}

static void inspect_member(struct inspection *in, const struct node *value, struct str name,
                           const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(name, names[i])) {
            return;
        }
    }
    add_fault_text(in, FAULT_ELEMENT, value, str_nearest(name, names, count));
}

/* ---- statements ---- */

static const struct str statement_names[] = {
    STR_INIT("Sid"),          STR_INIT("Effect"),      STR_INIT("Principal"),
    STR_INIT("NotPrincipal"), STR_INIT("Action"),      STR_INIT("NotAction"),
    STR_INIT("Resource"),     STR_INIT("NotResource"), STR_INIT("Condition"),
};

static bool is_sid_character(char c)
{
    return char_is_digit(c) || char_is_alpha(c);
}

static void inspect_sid(struct inspection *in, const struct node *sid)
{
    struct str text = text_of(in, sid);
    if (text.len == 0) {
        add_fault(in, FAULT_SID_EMPTY, sid);
        return;
    }
    inspect_no_variables(in, sid, text);
    for (size_t i = 0; i < text.len; i++) {
        if (!is_sid_character(text.ptr[i])) {
            add_fault(in, FAULT_SID_CHARACTERS, sid);
            return;
        }
    }
}

static void inspect_effect(struct inspection *in, const struct node *effect)
{
    struct str text = text_of(in, effect);
    if (str_eq(text, STR("Allow")) || str_eq(text, STR("Deny"))) {
        in->effect = effect;
    } else {
        add_fault(in, FAULT_EFFECT, effect);
    }
}

static const struct node *inspect_list(struct inspection *in, const struct node *value)
{
    return has_strings(in, value) ? value : NULL;
}

/* Is the Condition, or what stands under one of its operators, unknown? */
static bool is_open(const struct inspection *in, const struct node *condition)
{
    bool open = condition->kind == NODE_UNKNOWN;
    for (uint32_t i = 0; condition->kind == NODE_OBJECT && i < node_size(condition); i++) {
        open = open || tree_value(in->tree, condition, i)->kind == NODE_UNKNOWN;
    }
    return open;
}

static void take_member(struct inspection *in, struct str name, const struct node *value)
{
    if (str_eq(name, STR("Sid"))) {
        if (has_type(in, value, NODE_STRING, "a string")) {
            inspect_sid(in, value);
        }
    } else if (str_eq(name, STR("Effect"))) {
        if (has_type(in, value, NODE_STRING, "a string")) {
            inspect_effect(in, value);
        }
    } else if (str_eq(name, STR("Action"))) {
        in->action = inspect_list(in, value);
    } else if (str_eq(name, STR("NotAction"))) {
        in->not_action = inspect_list(in, value);
    } else if (str_eq(name, STR("Resource"))) {
        in->resource = inspect_list(in, value);
    } else if (str_eq(name, STR("NotResource"))) {
        in->not_resource = inspect_list(in, value);
    } else if (str_eq(name, STR("Principal"))) {
        in->principal = has_type(in, value, NODE_OBJECT, "a string or an object") ? value : NULL;
    } else if (str_eq(name, STR("NotPrincipal"))) {
        in->not_principal =
            has_type(in, value, NODE_OBJECT, "a string or an object") ? value : NULL;
    } else if (str_eq(name, STR("Condition"))) {
        in->condition = has_type(in, value, NODE_OBJECT, "an object") ? value : NULL;
        in->open_condition = is_open(in, value);
    } else {
        inspect_member(in, value, name, statement_names, COUNT_OF(statement_names));
    }
}

static void inspect_statement(struct inspection *in, const struct node *statement)
{
    in->statement = statement;
    in->effect = in->action = in->not_action = in->resource = in->not_resource = NULL;
    in->principal = in->not_principal = in->condition = NULL;
    in->open_condition = false;
    in->looks = NULL;
    in->uses = NULL;
    in->may_pass_on = false;
    size_t before = in->faults->count;
    for (uint32_t i = 0; i < node_size(statement); i++) {
        take_member(in, text_of(in, tree_key(in->tree, statement, i)),
                    tree_value(in->tree, statement, i));
    }
    const struct node *lists[] = {in->action, in->not_action};
    const struct node *resources[] = {in->resource, in->not_resource};
    const struct node *principals[] = {in->principal, in->not_principal};
    for (size_t i = 0; i < 2; i++) {
        if (principals[i]) {
            inspect_principal(in, principals[i]);
        }
        if (lists[i]) {
            inspect_actions(in, lists[i]);
        }
        if (resources[i]) {
            inspect_resources(in, resources[i]);
        }
    }
    if (in->condition) {
        inspect_condition(in);
    }
    bool typed = true;
    for (size_t i = before; i < in->faults->count; i++) {
        typed = typed && in->faults->items[i].id != FAULT_TYPE;
    }
    if (typed) {
        inspect_grants(in);
        inspect_trust(in);
    }
}

/* ---- the document ---- */

static void inspect_statements(struct inspection *in, const struct node *statements)
{
    if (!has_type(in, statements, NODE_ARRAY, "an object or a list of objects")) {
        return;
    }
    uint32_t size = node_size(statements);
    for (uint32_t i = 0; i < size; i++) {
        const struct node *statement = tree_element(in->tree, statements, i);
        if (has_type(in, statement, NODE_OBJECT, "an object")) {
            inspect_statement(in, statement);
        }
    }
    if (size > 1) {
        inspect_sids(in, statements);
        inspect_repetition(in, statements);
    }
}

static struct inspection start(struct iam_checker *checker, const struct tree *tree,
                               const struct node *root, struct iam_faults *faults)
{
    struct inspection in = {
        .checker = checker,
        .faults = faults,
        .tree = tree,
        .budget = BUDGET_BASE + (uint64_t)BUDGET_PER_NODE * tree->count,
        .places = PLACES_BASE + PLACES_PER_NODE * tree->count,
    };
    const struct node *version = tree_member(tree, root, STR("Version"));
    in.variables = version && !str_eq(tree_text(tree, version), STR("2008-10-17"));
    in.any_version = node_is(version, NODE_UNKNOWN);
    return in;
}

static void sort_faults(struct iam_faults *faults)
{
    if (faults->count) {
        qsort(faults->items, faults->count, sizeof *faults->items, compare_faults);
    }
}

void iam_faults_find(struct iam_checker *checker, struct arena *arena, const struct tree *tree,
                     const struct node *root, struct iam_faults *faults)
{
    static const struct str names[] = {STR_INIT("Version"), STR_INIT("Id"), STR_INIT("Statement")};
    *faults = (struct iam_faults){.arena = arena};
    struct inspection in = start(checker, tree, root, faults);
    if (!has_type(&in, root, NODE_OBJECT, "an object")) {
        return;
    }
    for (uint32_t i = 0; i < node_size(root); i++) {
        const struct node *value = tree_value(tree, root, i);
        struct str name = tree_text(tree, tree_key(tree, root, i));
        inspect_member(&in, value, name, names, COUNT_OF(names));
        if (str_eq(name, STR("Statement"))) {
            inspect_statements(&in, value);
        } else if (str_eq(name, STR("Version")) || str_eq(name, STR("Id"))) {
            (void)has_type(&in, value, NODE_STRING, "a string");
        }
    }
    sort_faults(faults);
}

void iam_faults_find_more(struct iam_checker *checker, struct arena *arena, const struct tree *tree,
                          const struct node *root, enum iam_fault_group group,
                          const struct iam_faults *parts, struct iam_faults *faults)
{
    *faults = (struct iam_faults){.arena = arena};
    struct inspection in = start(checker, tree, root, faults);
    in.parts = parts;
    faults->unknown = parts->unknown;
    const struct node *statements = tree_member(tree, root, STR("Statement"));
    if (node_is(statements, NODE_ARRAY)) {
        inspect_reach(&in, statements, group);
    }
    sort_faults(faults);
}
