/* SPDX-License-Identifier: MIT */
/*
 * Joining a case: first everything that the documents tell is gathered, then one tree is written
 * from it. $.gitlab is a copy of the main document in which each named file is replaced by the IAM
 * document that it holds.
 */
#include "model/case.h"

#include "aws/arn.h"
#include "model/joining.h"
#include "model/policy.h"

#include <stdlib.h>

/* ---- writing the tree ---- */

static struct location place_of(const struct joining *j)
{
    if (j->main) {
        return node_location(j->main->tree->root);
    }
    return j->documents->count ? node_location(j->documents->items[0]->tree->root)
                               : (struct location){0};
}

static void open_made(struct joining *j, enum node_kind kind, struct location at)
{
    struct node *open = builder_open(j->builder, kind, at.source, at.span.lo);
    open->flags = NODE_ADDED;
    open->style = STYLE_FLOW;
}

static void push_key(struct joining *j, struct str name, struct location at)
{
    builder_key(j->builder, atoms_intern(j->reader->atoms, name), at.source, at.span);
}

static void push_unknown(struct joining *j, struct location at)
{
    struct node unknown = {
        .lo = at.span.lo, .hi = at.span.hi, .source = at.source, .kind = NODE_UNKNOWN};
    builder_push(j->builder, &unknown);
}

static void push_text(struct joining *j, struct str text, struct location at)
{
    struct node scalar = tree_scalar(j->builder->tree, NODE_STRING, text, at);
    builder_push(j->builder, &scalar);
}

static void push_told(struct joining *j, struct told told, struct location at)
{
    if (told.node) {
        builder_copy(j->builder, told.tree, told.node, &j->budget);
    } else {
        push_unknown(j, at);
    }
}

/* A policy document in normal form; what is none, or not at hand, is unknown. */
static void push_policy(struct joining *j, struct told told, struct location at)
{
    const struct tree *tree = told.tree;
    const struct node *policy =
        told.node ? document_policy(j->reader, &tree, told.node, false) : NULL;
    if (policy) {
        policy_normalise(j->builder, tree, policy, &j->budget);
    } else {
        push_unknown(j, at);
    }
}

static void push_list(struct joining *j, const struct told_list *list, struct location at,
                      void (*push)(struct joining *j, struct told told, struct location at))
{
    if (!list->known && !list->partial) {
        push_unknown(j, at);
        return;
    }
    open_made(j, NODE_ARRAY, at);
    for (size_t i = 0; i < list->count; i++) {
        push(j, list->items[i], at);
    }
    if (list->partial) {
        push_unknown(j, at);
    }
    builder_close(j->builder, at.span.hi);
}

static void push_arn_parts(struct joining *j, const struct holder *holder, struct location at)
{
    static const struct {
        const char *member, *field;
    } parts[] = {{"name", "name"}, {"path", "path"}, {"account", "account"}};
    const struct told said[] = {holder->name, holder->path}; /* in the order of the parts */
    struct arn arn;
    bool parsed = arn_parse(told_text(holder->arn), &arn);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct str value = {0};
        push_key(j, str_from_c(parts[i].member), at);
        if (parsed && arn_field(&arn, str_from_c(parts[i].field), &value)) {
            push_text(j, value, at);
        } else if (i < COUNT_OF(said) && said[i].node) {
            push_told(j, said[i], at);
        } else {
            push_unknown(j, at);
        }
    }
}

/*
 * The boundary's document; one that is named by its ARN may be among the managed policies, and
 * keeps its ARN where no file has its document.
 */
static void push_boundary(struct joining *j, const struct holder *holder, struct location at)
{
    struct arena_mark mark = arena_mark(j->reader->scratch);
    struct told boundary = holder->boundary;
    bool named = joining_is_arn(boundary.tree, boundary.node);
    if (named) {
        boundary = entries_value(&j->gathered.lists[CASE_POLICIES], j->reader, told_text(boundary),
                                 STR("document"));
    }
    if (named && !node_is(boundary.node, NODE_OBJECT)) {
        push_told(j, holder->boundary, at);
    } else {
        push_policy(j, boundary, at);
    }
    arena_rewind(j->reader->scratch, mark);
}

static void push_holder(struct joining *j, const struct holder *holder, bool is_role)
{
    struct location at =
        holder->arn.node ? node_location(holder->arn.node) : node_location(holder->name.node);
    open_made(j, NODE_OBJECT, at);
    push_key(j, STR("arn"), at);
    push_told(j, holder->arn, at);
    push_arn_parts(j, holder, at);
    push_key(j, STR("policies"), at);
    push_list(j, &holder->policies, at, push_policy);
    push_key(j, STR("managed_policies"), at);
    push_list(j, &holder->managed, at, push_told);
    if (holder->policy_names.known) {
        push_key(j, STR("policy_names"), at);
        push_list(j, &holder->policy_names, at, push_told);
    }
    if (is_role) {
        push_key(j, STR("trust_policy"), at);
        push_policy(j, holder->trust_policy, at);
    }
    if (holder->boundary.node) {
        push_key(j, STR("permissions_boundary"), at);
        push_boundary(j, holder, at);
    }
    builder_close(j->builder, at.span.hi);
}

static void push_holders(struct joining *j, const char *name, const struct holder_list *list,
                         bool is_role)
{
    struct location at = place_of(j);
    push_key(j, str_from_c(name), at);
    open_made(j, NODE_ARRAY, at);
    for (size_t i = 0; i < list->count; i++) {
        push_holder(j, &list->items[i], is_role);
    }
    builder_close(j->builder, at.span.hi);
}

static struct entry_writer entry_writer(struct joining *j, bool derived)
{
    return (struct entry_writer){j->reader, &j->folders, j->builder, &j->budget, derived};
}

static void push_region(struct joining *j, const struct region *region)
{
    struct location at = region->name.node ? node_location(region->name.node) : place_of(j);
    open_made(j, NODE_OBJECT, at);
    push_key(j, STR("name"), at);
    if (region->name.node) {
        push_told(j, region->name, at);
    } else if (region->name_text.len) {
        push_text(j, region->name_text, at);
    } else {
        push_unknown(j, at);
    }
    push_key(j, STR("opt_in_status"), at);
    push_told(j, region->opt_in, at);
    struct entry_writer writer = entry_writer(j, false);
    for (size_t list = 0; list < REGION_LIST_COUNT; list++) {
        push_key(j, region_list_names[list], at);
        entries_write(&region->lists[list], &writer, at);
    }
    builder_close(j->builder, at.span.hi);
}

/* The lists of the case itself; what nobody gave is unknown. */
static void push_case_lists(struct joining *j)
{
    struct location at = place_of(j);
    for (size_t i = 0; i < CASE_LIST_COUNT; i++) {
        struct entry_writer writer = entry_writer(j, case_lists[i].derived);
        push_key(j, case_lists[i].name, at);
        bool none = case_lists[i].open && !j->gathered.lists[i].known;
        if (none) {
            open_made(j, NODE_ARRAY, at);
            builder_close(j->builder, at.span.hi);
        } else if (case_lists[i].single) {
            entries_write_first(&j->gathered.lists[i], &writer, at);
        } else {
            entries_write(&j->gathered.lists[i], &writer, at);
        }
    }
}

static bool is_policy_member(struct str name)
{
    return str_eq(name, STR("trust_policy")) || str_eq(name, STR("permissions_boundary"));
}

/*
 * Of a secret a case holds only whether there is one, at the place of its name: that of the value
 * is hidden. Blank is none, as to GitLab's check of presence.
 */
static void push_secret(struct joining *j, const struct node *key, const struct node *value)
{
    bool given = str_trim(tree_text(j->main->tree, value)).len && value->kind != NODE_NULL;
    push_key(j, STR("has_secret"), node_location(key));
    struct node flag = tree_scalar(j->builder->tree, NODE_BOOL, given ? STR("true") : STR("false"),
                                   node_location(key));
    builder_push(j->builder, &flag);
}

static void push_main(struct joining *j, const struct node *schema, const struct node *node);

/*
 * A file in a list of policies: each of its documents is one. What is none of them was reported
 * while gathering.
 */
static void push_file(struct joining *j, const struct node *value)
{
    struct arena_mark mark = arena_mark(j->reader->scratch);
    struct str file = joining_file(j, value);
    const struct document *document = joining_document(j, file, 0);
    for (size_t number = 0; number == 0 || document; number++) {
        struct told told = {0};
        if (document) {
            told = (struct told){document->tree, document->tree->root};
        }
        push_policy(j, told, node_location(value));
        document = joining_document(j, file, number + 1);
    }
    arena_rewind(j->reader->scratch, mark);
}

/* `trust_policy`, `permissions_boundary`, an element of `policies`: the document, in normal form. */
static void push_resolved(struct joining *j, const struct node *value)
{
    struct told policy = {0};
    if (value->kind == NODE_NULL || joining_is_arn(j->main->tree, value)) {
        builder_copy(j->builder, j->main->tree, value, &j->budget);
    } else if (value->kind == NODE_OBJECT) {
        policy_normalise(j->builder, j->main->tree, value, &j->budget);
    } else {
        struct findings *kept = j->reader->findings;
        struct findings dropped = {.arena = j->reader->scratch};
        j->reader->findings = &dropped; /* it was reported while gathering */
        bool resolved = joining_resolve(j, value, &policy);
        j->reader->findings = kept;
        push_policy(j, resolved ? policy : (struct told){0}, node_location(value));
    }
}

/* `policies` is a list, whether it was written as one or names one file. */
static void push_policies(struct joining *j, const struct node *value)
{
    const struct tree *tree = j->main->tree;
    bool one = value->kind != NODE_ARRAY;
    if (value->kind == NODE_NULL) {
        builder_copy(j->builder, tree, value, &j->budget);
        return;
    }
    struct node *open = builder_open(j->builder, NODE_ARRAY, value->source, value->lo);
    open->style = value->style;
    open->flags = one ? NODE_ADDED : value->flags;
    for (uint32_t i = 0; i < (one ? 1 : node_size(value)); i++) {
        const struct node *element = one ? value : tree_element(tree, value, i);
        if (joining_names_file(j, element) && !joining_is_arn(tree, element)) {
            push_file(j, element);
        } else {
            push_resolved(j, element);
        }
    }
    builder_close(j->builder, value->hi);
}

static void push_main_object(struct joining *j, const struct node *schema, const struct node *node)
{
    const struct tree *tree = j->main->tree;
    builder_open(j->builder, NODE_OBJECT, node->source, node->lo)->style = node->style;
    for (uint32_t i = 0; i < node_size(node); i++) {
        const struct node *key = tree_key(tree, node, i);
        struct str name = tree_text(tree, key);
        if (str_eq(name, STR("secret_access_key"))) {
            push_secret(j, key, tree_value(tree, node, i));
            continue;
        }
        push_key(j, name, node_location(key));
        if (str_eq(name, STR("policies"))) {
            push_policies(j, tree_value(tree, node, i));
        } else if (is_policy_member(name)) {
            push_resolved(j, tree_value(tree, node, i));
        } else {
            push_main(j, schema ? schema_property(&j->main->kind->schema, schema, name) : NULL,
                      tree_value(tree, node, i));
        }
    }
    builder_close(j->builder, node->hi);
}

/*
 * A number where the form takes text (an account id without quotes) is judged by what was written.
 */
static bool is_meant_as_text(const struct joining *j, const struct node *schema,
                             const struct node *node)
{
    return node->kind == NODE_NUMBER && schema &&
           str_eq(tree_string(j->main->kind->schema.tree, schema, STR("type")), STR("string"));
}

static void push_main(struct joining *j, const struct node *schema, const struct node *node)
{
    if (node->kind == NODE_OBJECT) {
        push_main_object(j, schema, node);
    } else if (is_meant_as_text(j, schema, node)) {
        push_text(j, tree_text(j->main->tree, node), node_location(node));
    } else {
        builder_copy(j->builder, j->main->tree, node, &j->budget);
    }
}

/* By name: the verdict must not depend on the order in which the files were named. */
static int compare_documents(const void *left, const void *right)
{
    const struct document *a = *(struct document *const *)left;
    const struct document *b = *(struct document *const *)right;
    int order = str_compare(a->source->name, b->source->name);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static struct document_list sorted(struct arena *arena, const struct document_list *documents)
{
    struct document_list copy = {
        .items = arena_array(arena, struct document *, documents->count),
        .count = documents->count,
    };
    if (copy.count) {
        memcpy(copy.items, documents->items, copy.count * sizeof(struct document *));
        qsort(copy.items, copy.count, sizeof(struct document *), compare_documents);
    }
    return copy;
}

/*
 * More than the joined tree will have, most often: what outgrows its place in an arena leaves it behind, which for a
 * large case would double it.
 */
static size_t expected_nodes(const struct document_list *documents)
{
    enum { TIMES = 2, AT_LEAST = 256, AT_MOST = 1 << 22 };
    size_t count = AT_LEAST;
    for (size_t i = 0; i < documents->count && count < AT_MOST; i++) {
        const struct span span = node_location(documents->items[i]->tree->root).span;
        const size_t nodes = documents->items[i]->tree->count;
        count +=
            nodes < span.hi - span.lo ? nodes : span.hi - span.lo; /* documents may share a tree */
    }
    return count < AT_MOST / TIMES ? TIMES * count : AT_MOST;
}

void case_build(struct document_reader *reader, const struct document *main,
                const struct document_list *documents, struct joined_case *joined)
{
    /* A builder of its own: resolving references reads documents with the reader's. */
    struct builder builder = {0};
    struct document_list by_name = sorted(reader->arena, documents);
    struct joining j = {
        .reader = reader,
        .main = main,
        .documents = &by_name,
        .gathered = {.reader = reader},
        .builder = &builder,
        .budget = (size_t)reader->sources->limits->of[LIMIT_CASE_NODES],
    };
    joined->main = main;
    tree_init(&joined->tree, reader->arena, reader->sources, reader->atoms);
    joining_gather(&j);
    tree_reserve(&joined->tree, expected_nodes(documents));
    cluster_folders_read(&j.folders, &j.gathered.lists[CASE_CLUSTERS], reader);
    builder_start(&builder, &joined->tree);
    struct location at = place_of(&j);
    open_made(&j, NODE_OBJECT, at);
    if (main) {
        push_key(&j, STR("gitlab"), at);
        push_main(&j, main->kind->schema.top, main->tree->root);
    }
    push_holders(&j, "roles", &j.gathered.roles, true);
    push_holders(&j, "users", &j.gathered.users, false);
    push_key(&j, STR("regions"), at);
    open_made(&j, NODE_ARRAY, at);
    for (size_t i = 0; i < j.gathered.region_count; i++) {
        push_region(&j, &j.gathered.regions[i]);
    }
    builder_close(&builder, at.span.hi);
    push_case_lists(&j);
    builder_close(&builder, at.span.hi);
    builder_finish(&builder);
    builder_release(&builder);
    if (j.budget == 0) {
        struct finding *finding = findings_error(
            reader->findings, STR("case/too-large"), at,
            "these files tell %s, and what is beyond them is not judged; check fewer files at a "
            "time, or what belongs to one cluster",
            limit_reached(reader->findings->arena, reader->sources->limits, LIMIT_CASE_NODES).ptr);
        if (finding) {
            finding->severity = SEVERITY_WARNING;
        }
    }
}
