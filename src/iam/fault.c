/* SPDX-License-Identifier: MIT */
/*
 * The pass over a policy that finds the faults of its parts. What has a wrong type is named once and
 * not looked into; the parts of a statement are judged in the order of the grammar.
 */
#include "iam/fault.h"

#include "aws/catalogue.h"
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

const struct iam_fault_detail *iam_fault_detail(const struct iam_fault *fault)
{
    static const struct iam_fault_detail nothing;
    return fault->detail ? fault->detail : &nothing;
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

struct iam_fault_detail *fault_detail(struct inspection *in, struct iam_fault *fault)
{
    if (!fault->detail) {
        fault->detail = arena_new(in->faults->arena, struct iam_fault_detail);
    }
    return fault->detail;
}

void add_fault_text(struct inspection *in, enum iam_fault_id id, const struct node *node,
                    struct str text)
{
    fault_detail(in, add_fault(in, id, node))->text = text;
}

void add_open_fault(struct inspection *in, enum iam_fault_id id, const struct node *node)
{
    add_fault(in, id, node)->open = true;
    in->faults->unknown = true;
}

void add_place(struct inspection *in, struct iam_fault *fault, const struct node *node)
{
    struct iam_fault_detail *detail = fault_detail(in, fault);
    if (detail->place_count < PLACES_MAX && in->places > 0) {
        in->places--;
        detail->places = arena_grow(in->faults->arena, (void *)detail->places, detail->place_count,
                                    &detail->place_capacity, sizeof *detail->places);
        detail->places[detail->place_count++] = node;
    }
}

uint32_t find_service(struct inspection *in, struct str name)
{
    const size_t first = name.len ? (unsigned char)name.ptr[0] : 0;
    const size_t last_letter = name.len ? (unsigned char)name.ptr[name.len - 1] : 0;
    uint32_t *last =
        &in->checker->services[(first + 3 * last_letter + 7 * name.len) % IAM_SERVICES_NOTED];
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
    bool again = in->unknown.ptr && str_eq(service, in->unknown);
    /* What other policies asked for makes no difference to how many suggestions this one gets. */
    if (!again && !may_suggest(in)) {
        return (struct str){0};
    }
    in->unknown = service;
    if (!str_eq(service, checker->unknown)) {
        uint32_t nearest = catalogue_nearest_service(service);
        checker->unknown = arena_str(checker->arena, service);
        checker->nearest =
            nearest == CATALOGUE_NONE ? (struct str){0} : catalogue_service_name(nearest);
    }
    return checker->nearest;
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

/* ---- statements ---- */

enum element {
    ELEMENT_SID,
    ELEMENT_EFFECT,
    ELEMENT_PRINCIPAL,
    ELEMENT_NOT_PRINCIPAL,
    ELEMENT_ACTION,
    ELEMENT_NOT_ACTION,
    ELEMENT_RESOURCE,
    ELEMENT_NOT_RESOURCE,
    ELEMENT_CONDITION,
    ELEMENT_COUNT
};

static const struct str statement_names[ELEMENT_COUNT] = {
    [ELEMENT_SID] = STR_INIT("Sid"),
    [ELEMENT_EFFECT] = STR_INIT("Effect"),
    [ELEMENT_PRINCIPAL] = STR_INIT("Principal"),
    [ELEMENT_NOT_PRINCIPAL] = STR_INIT("NotPrincipal"),
    [ELEMENT_ACTION] = STR_INIT("Action"),
    [ELEMENT_NOT_ACTION] = STR_INIT("NotAction"),
    [ELEMENT_RESOURCE] = STR_INIT("Resource"),
    [ELEMENT_NOT_RESOURCE] = STR_INIT("NotResource"),
    [ELEMENT_CONDITION] = STR_INIT("Condition"),
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

static enum element element_named(struct str name)
{
    int element = 0;
    while (element < ELEMENT_COUNT && !str_eq(name, statement_names[element])) {
        element++;
    }
    return (enum element)element;
}

static const struct node *inspect_principals(struct inspection *in, const struct node *value)
{
    return has_type(in, value, NODE_OBJECT, "a string or an object") ? value : NULL;
}

static void take_element(struct inspection *in, enum element element, const struct node *value)
{
    switch (element) {
    case ELEMENT_SID:
        if (has_type(in, value, NODE_STRING, "a string")) {
            inspect_sid(in, value);
        }
        break;
    case ELEMENT_EFFECT:
        if (has_type(in, value, NODE_STRING, "a string")) {
            inspect_effect(in, value);
        }
        break;
    case ELEMENT_PRINCIPAL:
        in->principal = inspect_principals(in, value);
        break;
    case ELEMENT_NOT_PRINCIPAL:
        in->not_principal = inspect_principals(in, value);
        break;
    case ELEMENT_ACTION:
        in->action = inspect_list(in, value);
        break;
    case ELEMENT_NOT_ACTION:
        in->not_action = inspect_list(in, value);
        break;
    case ELEMENT_RESOURCE:
        in->resource = inspect_list(in, value);
        break;
    case ELEMENT_NOT_RESOURCE:
        in->not_resource = inspect_list(in, value);
        break;
    case ELEMENT_CONDITION:
        in->condition = has_type(in, value, NODE_OBJECT, "an object") ? value : NULL;
        in->open_condition = is_open(in, value);
        break;
    case ELEMENT_COUNT:
        break;
    }
}

static void take_member(struct inspection *in, struct str name, const struct node *value)
{
    enum element element = element_named(name);
    if (element == ELEMENT_COUNT) {
        add_fault_text(in, FAULT_ELEMENT, value, str_nearest(name, statement_names, ELEMENT_COUNT));
        return;
    }
    in->elements |= 1U << element;
    in->open_elements |= value->kind == NODE_UNKNOWN ? 1U << element : 0;
    take_element(in, element, value);
}

/* A fault of the statement that is there, or may be there. */
static void add_fault_if(struct inspection *in, enum iam_fault_id id, enum truth faulty)
{
    if (faulty == TRUTH_TRUE) {
        add_fault(in, id, in->statement);
    } else if (faulty == TRUTH_UNKNOWN) {
        add_open_fault(in, id, in->statement);
    }
}

static enum truth has_element(const struct inspection *in, enum element element)
{
    unsigned bit = 1U << element;
    return in->open_elements & bit ? TRUTH_UNKNOWN : truth_of(in->elements & bit);
}

/* The elements that a statement must have, and those that it has at most one of. */
static void inspect_elements(struct inspection *in)
{
    enum truth action = has_element(in, ELEMENT_ACTION);
    enum truth not_action = has_element(in, ELEMENT_NOT_ACTION);
    enum truth resource = has_element(in, ELEMENT_RESOURCE);
    enum truth not_resource = has_element(in, ELEMENT_NOT_RESOURCE);
    enum truth principal = has_element(in, ELEMENT_PRINCIPAL);
    enum truth not_principal = has_element(in, ELEMENT_NOT_PRINCIPAL);
    add_fault_if(in, FAULT_EFFECT_MISSING, truth_not(has_element(in, ELEMENT_EFFECT)));
    add_fault_if(in, FAULT_ACTION_MISSING, truth_not(truth_or(action, not_action)));
    add_fault_if(in, FAULT_RESOURCE_MISSING, truth_not(truth_or(resource, not_resource)));
    add_fault_if(in, FAULT_PRINCIPAL, truth_or(principal, not_principal));
    add_fault_if(
        in, FAULT_ELEMENTS_EXCLUSIVE,
        truth_or(truth_and(action, not_action),
                 truth_or(truth_and(resource, not_resource), truth_and(principal, not_principal))));
}

static void inspect_statement(struct inspection *in, const struct node *statement)
{
    in->statement = statement;
    in->effect = in->action = in->not_action = in->resource = in->not_resource = NULL;
    in->principal = in->not_principal = in->condition = NULL;
    in->elements = in->open_elements = 0;
    in->open_condition = false;
    in->looks = NULL;
    in->uses = NULL;
    in->may_pass_on = false;
    size_t before = in->faults->count;
    for (uint32_t i = 0; i < node_size(statement); i++) {
        take_member(in, text_of(in, tree_key(in->tree, statement, i)),
                    tree_value(in->tree, statement, i));
    }
    inspect_elements(in);
    in->by_caller = in->open_condition ? TRUTH_UNKNOWN : TRUTH_FALSE;
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
    add_fault_if(in, FAULT_KEY_BY_CALLER, in->by_caller);
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

static void inspect_version(struct inspection *in, const struct node *version)
{
    struct str text = text_of(in, version);
    if (has_type(in, version, NODE_STRING, "a string") && !str_eq(text, STR("2012-10-17")) &&
        !str_eq(text, STR("2008-10-17"))) {
        add_fault(in, FAULT_VERSION, version);
    }
}

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
    const struct node *version = NULL, *statements = NULL;
    for (uint32_t i = 0; i < node_size(root); i++) {
        const struct node *value = tree_value(tree, root, i);
        struct str name = tree_text(tree, tree_key(tree, root, i));
        if (str_eq(name, STR("Statement"))) {
            statements = value;
            inspect_statements(&in, value);
        } else if (str_eq(name, STR("Version"))) {
            version = value;
            inspect_version(&in, value);
        } else if (str_eq(name, STR("Id"))) {
            (void)has_type(&in, value, NODE_STRING, "a string");
        } else {
            add_fault_text(&in, FAULT_ELEMENT, value, str_nearest(name, names, COUNT_OF(names)));
        }
    }
    if (!version) {
        add_fault(&in, FAULT_VERSION_MISSING, root);
    } else if (version->kind == NODE_UNKNOWN) {
        add_open_fault(&in, FAULT_VERSION_MISSING, root);
    }
    if (node_is(statements, NODE_UNKNOWN)) {
        add_open_fault(&in, FAULT_STATEMENT_MISSING, root);
    } else if (!statements || node_size(statements) == 0) {
        add_fault(&in, FAULT_STATEMENT_MISSING, root);
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
