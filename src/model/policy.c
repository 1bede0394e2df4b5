/* SPDX-License-Identifier: MIT */
/*
 * IAM policy documents: normal form and first decisions. Matching follows the IAM User Guide:
 * action names without regard to case, resources with; '*' and '?' in both; an explicit Deny before
 * any Allow.
 */
#include "model/policy.h"

#include "aws/arn.h"
#include "aws/wildcard.h"

static bool is_any_of(struct str name, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* ---- normal form ---- */

static void open_added(struct builder *builder, enum node_kind kind, const struct node *around)
{
    struct node *open = builder_open(builder, kind, around->source, around->lo);
    open->flags = NODE_ADDED;
    open->style = STYLE_FLOW;
}

static void push_key(struct builder *builder, const struct tree *from, const struct node *key)
{
    builder_key(builder, atoms_intern(builder->tree->atoms, tree_text(from, key)), key->source,
                (struct span){key->lo, key->hi});
}

static void push_as_array(struct builder *builder, const struct tree *from,
                          const struct node *value, size_t *budget)
{
    if (value->kind == NODE_ARRAY || value->kind == NODE_UNKNOWN) {
        builder_copy(builder, from, value, budget);
        return;
    }
    open_added(builder, NODE_ARRAY, value);
    builder_copy(builder, from, value, budget);
    builder_close(builder, value->hi);
}

/* Copy an object, each of its values by `push`. */
static void push_members(struct builder *builder, const struct tree *from,
                         const struct node *object, size_t *budget,
                         void (*push)(struct builder *, const struct tree *, const struct node *,
                                      size_t *))
{
    if (object->kind != NODE_OBJECT) {
        builder_copy(builder, from, object, budget);
        return;
    }
    struct node *open = builder_open(builder, NODE_OBJECT, object->source, object->lo);
    open->flags = object->flags;
    open->style = object->style;
    for (uint32_t i = 0; i < node_size(object); i++) {
        push_key(builder, from, tree_key(from, object, i));
        push(builder, from, tree_value(from, object, i), budget);
    }
    builder_close(builder, object->hi);
}

static void push_principal(struct builder *builder, const struct tree *from,
                           const struct node *value, size_t *budget)
{
    if (value->kind != NODE_STRING) {
        push_members(builder, from, value, budget, push_as_array);
        return;
    }
    open_added(builder, NODE_OBJECT, value);
    builder_key(builder, atoms_intern(builder->tree->atoms, STR("AWS")), value->source,
                (struct span){value->lo, value->hi});
    push_as_array(builder, from, value, budget);
    builder_close(builder, value->hi);
}

/*
 * IAM compares the names of condition keys without regard to case. In the normal form those that
 * rules ask for have one spelling; the span still shows the one that was written.
 */
static struct str canonical_key(struct str name)
{
    static const struct str keys[] = {STR_INIT("sts:ExternalId"), STR_INIT("sts:RoleSessionName"),
                                      STR_INIT("aws:PrincipalArn"), STR_INIT("aws:SourceAccount"),
                                      STR_INIT("aws:SourceArn")};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        if (str_eq_nocase(keys[i], name)) {
            return keys[i];
        }
    }
    return name;
}

/* How many members have this name in any letter case. */
static size_t count_spellings(const struct tree *tree, const struct node *object, struct str name)
{
    size_t count = 0;
    for (uint32_t i = 0; i < node_size(object); i++) {
        count += str_eq_nocase(tree_text(tree, tree_key(tree, object, i)), name);
    }
    return count;
}

static void push_condition_key(struct builder *builder, const struct tree *from,
                               const struct node *object, const struct node *key)
{
    struct str name = tree_text(from, key);
    struct str canonical = canonical_key(name);
    /* Two spellings of one key must not become one member, of which a tree keeps only the last. */
    if (!str_eq(name, canonical) && count_spellings(from, object, name) == 1) {
        name = canonical;
    }
    builder_key(builder, atoms_intern(builder->tree->atoms, name), key->source,
                (struct span){key->lo, key->hi});
}

static void push_operator(struct builder *builder, const struct tree *from,
                          const struct node *value, size_t *budget)
{
    if (value->kind != NODE_OBJECT) {
        builder_copy(builder, from, value, budget);
        return;
    }
    builder_open(builder, NODE_OBJECT, value->source, value->lo)->style = value->style;
    for (uint32_t i = 0; i < node_size(value); i++) {
        push_condition_key(builder, from, value, tree_key(from, value, i));
        push_as_array(builder, from, tree_value(from, value, i), budget);
    }
    builder_close(builder, value->hi);
}

static void push_statement_member(struct builder *builder, const struct tree *from, struct str name,
                                  const struct node *value, size_t *budget)
{
    static const struct str lists[] = {STR_INIT("Action"), STR_INIT("NotAction"),
                                       STR_INIT("Resource"), STR_INIT("NotResource")};
    static const struct str principals[] = {STR_INIT("Principal"), STR_INIT("NotPrincipal")};
    if (is_any_of(name, lists, COUNT_OF(lists))) {
        push_as_array(builder, from, value, budget);
    } else if (is_any_of(name, principals, COUNT_OF(principals))) {
        push_principal(builder, from, value, budget);
    } else if (str_eq(name, STR("Condition"))) {
        push_members(builder, from, value, budget, push_operator);
    } else {
        builder_copy(builder, from, value, budget);
    }
}

static void push_statement(struct builder *builder, const struct tree *from,
                           const struct node *statement, size_t *budget)
{
    if (statement->kind != NODE_OBJECT) {
        builder_copy(builder, from, statement, budget);
        return;
    }
    builder_open(builder, NODE_OBJECT, statement->source, statement->lo)->style = statement->style;
    for (uint32_t i = 0; i < node_size(statement); i++) {
        const struct node *key = tree_key(from, statement, i);
        push_key(builder, from, key);
        push_statement_member(builder, from, tree_text(from, key), tree_value(from, statement, i),
                              budget);
    }
    builder_close(builder, statement->hi);
}

static void push_statements(struct builder *builder, const struct tree *from,
                            const struct node *value, size_t *budget)
{
    bool one = value->kind == NODE_OBJECT;
    if (!one && value->kind != NODE_ARRAY) {
        builder_copy(builder, from, value, budget);
        return;
    }
    struct node *open = builder_open(builder, NODE_ARRAY, value->source, value->lo);
    open->style = value->style;
    open->flags = one ? NODE_ADDED : value->flags;
    uint32_t count = one ? 1 : node_size(value);
    for (uint32_t i = 0; i < count; i++) {
        push_statement(builder, from, one ? value : tree_element(from, value, i), budget);
    }
    builder_close(builder, value->hi);
}

void policy_normalise(struct builder *builder, const struct tree *from, const struct node *document,
                      size_t *budget)
{
    if (document->kind != NODE_OBJECT) {
        builder_copy(builder, from, document, budget);
        return;
    }
    builder_open(builder, NODE_OBJECT, document->source, document->lo)->style = document->style;
    for (uint32_t i = 0; i < node_size(document); i++) {
        const struct node *key = tree_key(from, document, i);
        push_key(builder, from, key);
        if (str_eq(tree_text(from, key), STR("Statement"))) {
            push_statements(builder, from, tree_value(from, document, i), budget);
        } else {
            builder_copy(builder, from, tree_value(from, document, i), budget);
        }
    }
    builder_close(builder, document->hi);
}

/* ---- decisions ---- */

/* What is asked, of policies in one tree. */
struct request {
    const struct tree *tree;
    struct str action, resource;
    uint64_t *budget;
};

static enum truth text_matches(const struct request *r, const struct node *pattern, struct str text,
                               bool nocase)
{
    if (pattern->kind != NODE_STRING) {
        return pattern->kind == NODE_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_FALSE;
    }
    struct str written = tree_text(r->tree, pattern);
    /* A policy variable takes its value from the request. */
    if (!nocase && str_find(written, STR("${")) < written.len) {
        return TRUTH_UNKNOWN;
    }
    return wildcard_match_within(written, text, nocase, r->budget);
}

/* Does any element of the list match? False for a list that is absent. */
static enum truth any_matches(const struct request *r, const struct node *list, struct str text,
                              bool nocase)
{
    if (!list || list->kind != NODE_ARRAY) {
        return node_is(list, NODE_UNKNOWN) ? TRUTH_UNKNOWN : TRUTH_FALSE;
    }
    enum truth any = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(list) && any != TRUTH_TRUE; i++) {
        any = truth_or(any, text_matches(r, tree_element(r->tree, list, i), text, nocase));
    }
    return any;
}

/* "Name" matches what it lists, "NotName" all else; a statement without either matches nothing. */
static enum truth element_matches(const struct request *r, const struct node *statement,
                                  const char *name, const char *not_name, struct str text,
                                  bool nocase)
{
    const struct node *listed = tree_member(r->tree, statement, str_from_c(name));
    if (listed) {
        return any_matches(r, listed, text, nocase);
    }
    const struct node *excluded = tree_member(r->tree, statement, str_from_c(not_name));
    return excluded ? truth_not(any_matches(r, excluded, text, nocase)) : TRUTH_FALSE;
}

enum truth policy_statement_has_effect(const struct tree *tree, const struct node *statement,
                                       struct str effect)
{
    const struct node *written = tree_member(tree, statement, STR("Effect"));
    if (statement->kind == NODE_UNKNOWN || node_is(written, NODE_UNKNOWN)) {
        return TRUTH_UNKNOWN;
    }
    return truth_of(node_is(written, NODE_STRING) && str_eq(tree_text(tree, written), effect));
}

static enum truth condition_free(const struct tree *tree, const struct node *statement)
{
    const struct node *condition = tree_member(tree, statement, STR("Condition"));
    bool empty = !condition || (condition->kind == NODE_OBJECT && node_size(condition) == 0);
    return empty ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

static enum truth has_action(const struct request *r, const struct node *statement)
{
    if (statement->kind == NODE_UNKNOWN || *r->budget == 0) {
        return TRUTH_UNKNOWN;
    }
    --*r->budget;
    return element_matches(r, statement, "Action", "NotAction", r->action, true);
}

enum truth policy_statement_has_action(const struct tree *tree, const struct node *statement,
                                       struct str action, uint64_t *budget)
{
    struct request request = {tree, action, {0}, budget};
    return has_action(&request, statement);
}

struct decision {
    enum truth allowed, denied;
};

static void decide_statement(const struct request *r, const struct node *statement,
                             struct decision *decision)
{
    if (statement->kind == NODE_UNKNOWN) {
        decision->allowed = truth_or(decision->allowed, TRUTH_UNKNOWN);
        decision->denied = truth_or(decision->denied, TRUTH_UNKNOWN);
        return;
    }
    enum truth matches =
        truth_and(has_action(r, statement),
                  element_matches(r, statement, "Resource", "NotResource", r->resource, false));
    matches = truth_and(matches, condition_free(r->tree, statement));
    enum truth allow = policy_statement_has_effect(r->tree, statement, STR("Allow"));
    enum truth deny = policy_statement_has_effect(r->tree, statement, STR("Deny"));
    decision->allowed = truth_or(decision->allowed, truth_and(allow, matches));
    decision->denied = truth_or(decision->denied, truth_and(deny, matches));
}

static void decide_document(const struct request *r, const struct node *document,
                            struct decision *decision)
{
    const struct node *statements = tree_member(r->tree, document, STR("Statement"));
    if (document->kind == NODE_UNKNOWN || node_is(statements, NODE_UNKNOWN)) {
        decision->allowed = truth_or(decision->allowed, TRUTH_UNKNOWN);
        decision->denied = truth_or(decision->denied, TRUTH_UNKNOWN);
        return;
    }
    for (uint32_t i = 0; node_is(statements, NODE_ARRAY) && i < node_size(statements); i++) {
        decide_statement(r, tree_element(r->tree, statements, i), decision);
    }
}

/*
 * A list of policies of the holder. Managed policies are known by name only, so each may allow or
 * deny anything.
 */
static void decide_list(const struct request *r, const struct node *holder, struct str name,
                        struct decision *decision)
{
    static const struct node unknown = {.kind = NODE_UNKNOWN};
    const struct node *list = tree_member(r->tree, holder, name);
    if (!list || list->kind != NODE_ARRAY) {
        decide_document(r, &unknown, decision);
        return;
    }
    for (uint32_t i = 0; i < node_size(list); i++) {
        const struct node *document = tree_element(r->tree, list, i);
        decide_document(r, document->kind == NODE_OBJECT ? document : &unknown, decision);
    }
}

static enum truth boundary_allows(const struct request *r, const struct node *holder)
{
    const struct node *boundary = tree_member(r->tree, holder, STR("permissions_boundary"));
    if (!boundary || boundary->kind == NODE_NULL) {
        return TRUTH_TRUE;
    }
    struct decision decision = {TRUTH_FALSE, TRUTH_FALSE};
    if (boundary->kind == NODE_OBJECT) {
        decide_document(r, boundary, &decision);
        return truth_and(decision.allowed, truth_not(decision.denied));
    }
    return TRUTH_UNKNOWN;
}

enum truth policy_allows(const struct tree *tree, const struct node *holder, struct str action,
                         struct str resource, uint64_t *budget)
{
    if (holder->kind != NODE_OBJECT) {
        return TRUTH_UNKNOWN;
    }
    struct request request = {tree, action, resource, budget};
    struct decision decision = {TRUTH_FALSE, TRUTH_FALSE};
    decide_list(&request, holder, STR("policies"), &decision);
    decide_list(&request, holder, STR("managed_policies"), &decision);
    return truth_and(truth_and(decision.allowed, truth_not(decision.denied)),
                     boundary_allows(&request, holder));
}
