/* SPDX-License-Identifier: MIT */
/*
 * The pass over a policy that finds the faults of its parts. What has a wrong type is named once and
 * not looked into; the parts of a statement are judged in the order of the grammar.
 */
#include "iam/fault.h"

#include "aws/catalogue.h"
#include "iam/inspection.h"

#include <stdlib.h>

enum { BUDGET_BASE = 1 << 20, BUDGET_PER_NODE = 512, PLACES_MAX = 1000 };

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
    if (fault->place_count < PLACES_MAX) {
        fault->places = arena_grow(in->faults->arena, (void *)fault->places, fault->place_count,
                                   &fault->place_capacity, sizeof *fault->places);
        fault->places[fault->place_count++] = node;
    }
}

enum { CLEAN_SLOTS = 4096 };

static size_t clean_slot(struct str text)
{
    return str_hash(text, 11) % CLEAN_SLOTS;
}

bool is_known_clean(const struct str *texts, struct str text)
{
    return text.len && texts && str_eq(texts[clean_slot(text)], text);
}

void note_clean(struct inspection *in, struct str **texts, struct str text)
{
    if (!*texts) {
        *texts = arena_array(in->checker->arena, struct str, CLEAN_SLOTS);
    }
    (*texts)[clean_slot(text)] = text;
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

/* ---- statements beside each other ---- */

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

static void inspect_sids(struct inspection *in, const struct node *statements)
{
    uint32_t size = node_size(statements);
    struct said *sids = arena_array(in->faults->arena, struct said, size);
    size_t count = 0;
    for (uint32_t i = 0; i < size; i++) {
        const struct node *sid =
            tree_member(in->tree, tree_element(in->tree, statements, i), STR("Sid"));
        if (node_is(sid, NODE_STRING) && text_of(in, sid).len) {
            sids[count++] = (struct said){.text = text_of(in, sid), .order = i, .node = sid};
        }
    }
    qsort(sids, count, sizeof *sids, compare_said);
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

static bool has_entry(const struct inspection *in, const struct node *list,
                      const struct node *entry)
{
    for (uint32_t i = 0; i < node_size(list); i++) {
        if (says_same(in, tree_element(in->tree, list, i), entry)) {
            return true;
        }
    }
    return false;
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
    size_t sids = 0;
    for (uint32_t i = 0; i < node_size(a); i++) {
        if (a->kind == NODE_ARRAY) {
            if (!has_entry(in, b, tree_element(in->tree, a, i))) {
                return false;
            }
            continue;
        }
        struct str name = text_of(in, tree_key(in->tree, a, i));
        const struct node *other = tree_member(in->tree, b, name);
        bool sid = str_eq(name, STR("Sid"));
        sids += sid;
        if (!sid && (!other || !says_same(in, tree_value(in->tree, a, i), other))) {
            return false;
        }
    }
    size_t others = a->kind == NODE_OBJECT && tree_member(in->tree, b, STR("Sid")) ? 1 : 0;
    return node_size(a) - sids == node_size(b) - others;
}

static void inspect_repetition(struct inspection *in, const struct node *statements)
{
    uint32_t size = node_size(statements);
    struct said *said = arena_array(in->faults->arena, struct said, size);
    for (uint32_t i = 0; i < size; i++) {
        const struct node *node = tree_element(in->tree, statements, i);
        said[i] = (struct said){.hash = hash_of(in, node), .order = i, .node = node};
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
                fault->count = 1;
                add_place(in, fault, said[i].node);
            }
            fault->count++;
            add_place(in, fault, said[end].node);
        }
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

void iam_faults_find(struct iam_checker *checker, struct arena *arena, const struct tree *tree,
                     const struct node *root, struct iam_faults *faults)
{
    static const struct str names[] = {STR_INIT("Version"), STR_INIT("Id"), STR_INIT("Statement")};
    *faults = (struct iam_faults){.arena = arena};
    struct inspection in = {
        .checker = checker,
        .faults = faults,
        .tree = tree,
        .budget = BUDGET_BASE + (uint64_t)BUDGET_PER_NODE * tree->count,
    };
    if (!has_type(&in, root, NODE_OBJECT, "an object")) {
        return;
    }
    const struct node *version = tree_member(tree, root, STR("Version"));
    in.variables = version && !str_eq(tree_text(tree, version), STR("2008-10-17"));
    in.any_version = node_is(version, NODE_UNKNOWN);
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
    if (faults->count) {
        qsort(faults->items, faults->count, sizeof *faults->items, compare_faults);
    }
}
