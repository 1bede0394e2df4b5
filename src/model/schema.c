/* SPDX-License-Identifier: MIT */
/*
 * Validation against the subset of JSON Schema that schema.h names. Every report points at the
 * smallest node that is wrong: the key that nobody knows, the value of the wrong type, the key of
 * the object that lacks a member.
 */
#include "model/schema.h"

#include "base/buf.h"
#include "text/secret_tail.h"
#include "tree/builder.h"
#include "tree/patch.h"

struct validation {
    const struct schema *schema;
    const struct tree *tree;
    struct findings *findings;
    bool valid;
    struct patcher patcher; /* of the tree */
};

static const struct node *keyword(const struct schema *schema, const struct node *at,
                                  const char *name)
{
    return tree_member(schema->tree, at, str_from_c(name));
}

const struct node *schema_resolve(const struct schema *schema, const struct node *at)
{
    static const struct str prefix = STR_INIT("#/$defs/");
    enum { REFERENCES_MAX = 16 };
    for (int i = 0; at && i < REFERENCES_MAX; i++) {
        struct str reference = tree_string(schema->tree, at, STR("$ref"));
        if (reference.len == 0) {
            return at;
        }
        const struct node *definitions = keyword(schema, schema->top, "$defs");
        at = str_starts(reference, prefix)
                 ? tree_member(schema->tree, definitions, str_from(reference, prefix.len))
                 : NULL;
    }
    return NULL;
}

const struct node *schema_property(const struct schema *schema, const struct node *at,
                                   struct str name)
{
    at = schema_resolve(schema, at);
    const struct node *declared =
        at ? tree_member(schema->tree, keyword(schema, at, "properties"), name) : NULL;
    if (declared) {
        return schema_resolve(schema, declared);
    }
    const struct node *others = at ? keyword(schema, at, "additionalProperties") : NULL;
    return node_is(others, NODE_OBJECT) ? schema_resolve(schema, others) : NULL;
}

bool schema_is_open(const struct schema *schema, const struct node *at)
{
    static const char *const limits[] = {
        "properties", "items", "additionalProperties", "anyOf", "type", "enum", "const"};
    at = schema_resolve(schema, at);
    for (size_t i = 0; at && i < COUNT_OF(limits); i++) {
        if (keyword(schema, at, limits[i])) {
            return false;
        }
    }
    return true;
}

struct str schema_nearest_property(const struct schema *schema, const struct node *at,
                                   struct str name, struct arena *scratch)
{
    at = schema_resolve(schema, at);
    const struct node *properties = at ? keyword(schema, at, "properties") : NULL;
    uint32_t count = properties ? node_size(properties) : 0;
    struct str *names = arena_array(scratch, struct str, count);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = tree_text(schema->tree, tree_key(schema->tree, properties, i));
    }
    return str_nearest(name, names, count);
}

static bool is_secret(const struct schema *schema, const struct node *at)
{
    const struct node *flag = keyword(schema, at, "writeOnly");
    return node_is(flag, NODE_BOOL) && tree_bool(schema->tree, flag);
}

static bool type_matches(struct str type, const struct tree *tree, const struct node *node)
{
    if (str_eq(type, STR("integer"))) {
        double number = node->kind == NODE_NUMBER ? tree_number(tree, node) : 0.5;
        return number >= -9007199254740991.0 && number <= 9007199254740991.0 &&
               !((double)(int64_t)number < number) && !((double)(int64_t)number > number);
    }
    return str_eq(type, node_kind_name((enum node_kind)node->kind));
}

/*
 * Append the words of a `type`; what the next one is joined with depends on whether it is the last
 * of all.
 */
static void add_type_words(struct validation *v, const struct node *types, bool more,
                           struct buf *words)
{
    const struct tree *tree = v->schema->tree;
    uint32_t count = types->kind == NODE_ARRAY ? node_size(types) : 1;
    for (uint32_t i = 0; i < count; i++) {
        bool last = !more && i + 1 == count;
        buf_add_c(words, words->len == 0 ? "" : last ? " or " : ", ");
        buf_add(words, tree_text(tree, count == 1 && types->kind != NODE_ARRAY
                                           ? types
                                           : tree_element(tree, types, i)));
    }
}

static bool any_type_matches(struct validation *v, const struct node *types,
                             const struct node *node)
{
    if (types->kind != NODE_ARRAY) {
        return type_matches(tree_text(v->schema->tree, types), v->tree, node);
    }
    for (uint32_t i = 0; i < node_size(types); i++) {
        if (type_matches(tree_text(v->schema->tree, tree_element(v->schema->tree, types, i)),
                         v->tree, node)) {
            return true;
        }
    }
    return false;
}

/* What was meant as text is text in quotes, digit by digit as it stands there. */
static void offer_quotes(struct validation *v, const struct node *number, struct finding *finding)
{
    struct tree text;
    struct text_edits edits = {.arena = v->findings->arena};
    struct str why;
    tree_init(&text, v->findings->arena, v->tree->sources, v->tree->atoms);
    struct node value =
        tree_scalar(&text, NODE_STRING, tree_text(v->tree, number), node_location(number));
    struct patch_change change = {
        .op = PATCH_REPLACE, .at = node_location(number), .tree = &text, .value = &value};
    if (finding && patch_plan(&v->patcher, &change, 1, &edits, &why)) {
        finding->edits = edits.items;
        finding->edit_count = edits.count;
    }
}

/* A secret's value stays out of every message. */
static void report_type(struct validation *v, bool secret, struct str words,
                        const struct node *node)
{
    struct str found = node_kind_name((enum node_kind)node->kind);
    struct str text = tree_text(v->tree, node);
    v->valid = false;
    if (str_find(words, STR("string")) < words.len && node->kind == NODE_NUMBER && !secret) {
        struct finding *finding = findings_error(
            v->findings, STR("schema/wrong-type"), node_location(node),
            "expected a string, found the number %.*s; put it in quotes, since unquoted "
            "digits are read as a number and lose leading or trailing zeros: \"%.*s\"",
            STR_ARG(text), STR_ARG(text));
        offer_quotes(v, node, finding);
        return;
    }
    findings_error(v->findings, STR("schema/wrong-type"), node_location(node),
                   "expected %.*s, found %.*s", STR_ARG(words), STR_ARG(found));
}

/* What stands there instead, as words: 'red', an object, a secret that is not shown. */
static struct str found_words(struct validation *v, bool secret, const struct node *node)
{
    enum { SHOWN_MAX_BYTES = 200 };
    struct str text = tree_text(v->tree, node);
    if (secret) {
        return STR("another value");
    }
    if (node_is_container(node)) {
        return node->kind == NODE_ARRAY ? STR("an array") : STR("an object");
    }
    if (node->kind == NODE_NULL) {
        return STR("null");
    }
    size_t shown = text.len;
    while (shown > SHOWN_MAX_BYTES || (shown < text.len && (text.ptr[shown] & 0xC0) == 0x80)) {
        shown--;
    }
    return arena_format(v->findings->arena, "'%.*s%s'", (int)shown, text.len ? text.ptr : "",
                        shown < text.len ? "…" : "");
}

static void report_value(struct validation *v, bool secret, const struct node *allowed,
                         const struct node *node)
{
    const struct tree *tree = v->schema->tree;
    struct buf words = buf_with_max(1024);
    struct str names[32];
    uint32_t count = allowed->kind == NODE_ARRAY ? node_size(allowed) : 1;
    for (uint32_t i = 0; i < count && i < COUNT_OF(names); i++) {
        names[i] =
            tree_text(tree, allowed->kind == NODE_ARRAY ? tree_element(tree, allowed, i) : allowed);
        buf_printf(&words, "%s'%.*s'",
                   i == 0           ? ""
                   : i + 1 == count ? " or "
                                    : ", ",
                   STR_ARG(names[i]));
    }
    struct str found = found_words(v, secret, node);
    struct str text = secret ? (struct str){0} : tree_text(v->tree, node);
    struct str nearest = {0};
    if (text.len && count > 1) {
        nearest = str_nearest(text, names, count < COUNT_OF(names) ? count : COUNT_OF(names));
    }
    v->valid = false;
    findings_error(v->findings, STR("schema/wrong-value"), node_location(node),
                   "expected %.*s, found %.*s%s%.*s%s", STR_ARG(buf_str(&words)), STR_ARG(found),
                   nearest.len ? "; did you mean '" : "", STR_ARG(nearest),
                   nearest.len ? "'?" : "");
    buf_release(&words);
}

static void validate(struct validation *v, const struct node *at, const struct node *node,
                     const struct node *key);

static bool value_allowed(struct validation *v, const struct node *at, const struct node *node)
{
    const struct node *constant = keyword(v->schema, at, "const");
    if (constant && !tree_equal(v->schema->tree, constant, v->tree, node)) {
        report_value(v, is_secret(v->schema, at), constant, node);
        return false;
    }
    const struct node *values = keyword(v->schema, at, "enum");
    for (uint32_t i = 0; values && i < node_size(values); i++) {
        if (tree_equal(v->schema->tree, tree_element(v->schema->tree, values, i), v->tree, node)) {
            return true;
        }
    }
    if (values) {
        report_value(v, is_secret(v->schema, at), values, node);
    }
    return !values;
}

static void report_unknown_key(struct validation *v, const struct node *at, const struct node *key)
{
    struct str nearest =
        schema_nearest_property(v->schema, at, tree_text(v->tree, key), v->findings->arena);
    bool hidden = sources_is_hidden(v->tree->sources, node_location(key));
    struct str name = tree_text(v->tree, key);
    name = hidden ? secret_shown(v->findings->arena, name) : name;
    v->valid = false;
    if (nearest.len) {
        findings_error(v->findings, STR("schema/unknown-key"), node_location(key),
                       "unknown key '%.*s'; did you mean '%.*s'?", STR_ARG(name), STR_ARG(nearest));
        return;
    }
    struct buf names = buf_with_max(1024);
    const struct node *properties = keyword(v->schema, at, "properties");
    for (uint32_t i = 0; properties && i < node_size(properties); i++) {
        buf_printf(&names, "%s%.*s", i ? ", " : "",
                   STR_ARG(tree_text(v->schema->tree, tree_key(v->schema->tree, properties, i))));
    }
    findings_error(v->findings, STR("schema/unknown-key"), node_location(key),
                   "unknown key '%.*s'; the keys here are %.*s", STR_ARG(name),
                   STR_ARG(buf_str(&names)));
    buf_release(&names);
}

static void validate_members(struct validation *v, const struct node *at, const struct node *node)
{
    const struct node *others = keyword(v->schema, at, "additionalProperties");
    const struct node *properties = keyword(v->schema, at, "properties");
    bool closed = node_is(others, NODE_BOOL) && !tree_bool(v->schema->tree, others);
    for (uint32_t i = 0; i < node_size(node); i++) {
        const struct node *key = tree_key(v->tree, node, i);
        struct str name = tree_text(v->tree, key);
        const struct node *member = schema_property(v->schema, at, name);
        if (member) {
            validate(v, member, tree_value(v->tree, node, i), key);
        } else if (closed && !tree_member(v->schema->tree, properties, name)) {
            report_unknown_key(v, at, key);
        }
    }
}

static void validate_required(struct validation *v, const struct node *at, const struct node *node,
                              const struct node *key)
{
    const struct node *required = keyword(v->schema, at, "required");
    for (uint32_t i = 0; required && i < node_size(required); i++) {
        struct str name = tree_text(v->schema->tree, tree_element(v->schema->tree, required, i));
        if (!tree_member(v->tree, node, name)) {
            v->valid = false;
            findings_error(v->findings, STR("schema/missing-key"), node_location(key ? key : node),
                           "the key '%.*s' is missing here", STR_ARG(name));
        }
    }
}

static void validate_elements(struct validation *v, const struct node *at, const struct node *node)
{
    const struct node *items = keyword(v->schema, at, "items");
    for (uint32_t i = 0; items && i < node_size(node); i++) {
        validate(v, items, tree_element(v->tree, node, i), NULL);
    }
    const struct node *least = keyword(v->schema, at, "minItems");
    if (least && (double)node_size(node) < tree_number(v->schema->tree, least)) {
        v->valid = false;
        findings_error(v->findings, STR("schema/wrong-value"), node_location(node),
                       "expected at least %.*s elements",
                       STR_ARG(tree_text(v->schema->tree, least)));
    }
}

/* No branch takes a value of this type: name the types that any of them takes. */
static void report_any_type(struct validation *v, const struct node *branches,
                            const struct node *node)
{
    struct buf words = buf_with_max(256);
    for (uint32_t i = 0; i < node_size(branches); i++) {
        const struct node *branch =
            schema_resolve(v->schema, tree_element(v->schema->tree, branches, i));
        const struct node *types = branch ? keyword(v->schema, branch, "type") : NULL;
        if (types) {
            add_type_words(v, types, i + 1 < node_size(branches), &words);
        }
    }
    report_type(v, false, buf_str(&words), node);
    buf_release(&words);
}

/*
 * anyOf: valid if one branch is; else the branch whose type fits speaks, since its complaint is the
 * useful one.
 */
static void validate_any(struct validation *v, const struct node *branches, const struct node *node,
                         const struct node *key)
{
    const struct node *best = NULL;
    for (uint32_t i = 0; i < node_size(branches); i++) {
        const struct node *branch =
            schema_resolve(v->schema, tree_element(v->schema->tree, branches, i));
        struct findings dropped = {.arena = v->findings->arena};
        struct validation trial = {v->schema, v->tree, &dropped, true, v->patcher};
        validate(&trial, branch, node, key);
        if (trial.valid) {
            return;
        }
        const struct node *type = branch ? keyword(v->schema, branch, "type") : NULL;
        if (!type || any_type_matches(v, type, node)) {
            best = branch;
        }
    }
    if (best) {
        validate(v, best, node, key);
    } else {
        report_any_type(v, branches, node);
    }
}

static void validate(struct validation *v, const struct node *at, const struct node *node,
                     const struct node *key)
{
    at = schema_resolve(v->schema, at);
    if (!at || at->kind != NODE_OBJECT || node->kind == NODE_UNKNOWN) {
        return;
    }
    const struct node *types = keyword(v->schema, at, "type");
    if (types && !any_type_matches(v, types, node)) {
        struct buf words = buf_with_max(256);
        add_type_words(v, types, false, &words);
        report_type(v, is_secret(v->schema, at), buf_str(&words), node);
        buf_release(&words);
        return;
    }
    const struct node *branches = keyword(v->schema, at, "anyOf");
    if (branches) {
        validate_any(v, branches, node, key);
    }
    if (!value_allowed(v, at, node)) {
        return;
    }
    if (node->kind == NODE_OBJECT) {
        validate_members(v, at, node);
        validate_required(v, at, node, key);
    } else if (node->kind == NODE_ARRAY) {
        validate_elements(v, at, node);
    }
}

bool schema_validate(const struct schema *schema, const struct tree *tree, const struct node *node,
                     struct findings *findings)
{
    struct validation v = {schema, tree, findings, true, {.arena = findings->arena, .tree = tree}};
    validate(&v, schema->top, node, NULL);
    return v.valid;
}

/*
 * Does the name look like a misspelt secret's? The finding about it shows its line, so the value
 * must be hidden.
 */
static bool is_near_secret(const struct schema *schema, const struct node *at, struct str name)
{
    const struct node *properties = keyword(schema, at, "properties");
    for (uint32_t i = 0; properties && i < node_size(properties); i++) {
        struct str declared = tree_text(schema->tree, tree_key(schema->tree, properties, i));
        const struct node *member = schema_resolve(schema, tree_value(schema->tree, properties, i));
        if (member && is_secret(schema, member) && str_nearest(name, &declared, 1).len) {
            return true;
        }
    }
    return false;
}

static void find_secrets(const struct schema *schema, const struct node *at,
                         const struct tree *tree, const struct node *node,
                         void (*found)(void *context, const struct node *secret), void *context)
{
    at = schema_resolve(schema, at);
    if (!at) {
        return;
    }
    if (is_secret(schema, at)) {
        found(context, node);
    }
    for (uint32_t i = 0; node->kind == NODE_OBJECT && i < node_size(node); i++) {
        struct str name = tree_text(tree, tree_key(tree, node, i));
        const struct node *member = schema_property(schema, at, name);
        if (member) {
            find_secrets(schema, member, tree, tree_value(tree, node, i), found, context);
        } else if (is_near_secret(schema, at, name)) {
            found(context, tree_value(tree, node, i));
        }
    }
    for (uint32_t i = 0; node->kind == NODE_ARRAY && i < node_size(node); i++) {
        find_secrets(schema, keyword(schema, at, "items"), tree, tree_element(tree, node, i), found,
                     context);
    }
}

void schema_find_secrets(const struct schema *schema, const struct tree *tree,
                         const struct node *node,
                         void (*found)(void *context, const struct node *secret), void *context)
{
    find_secrets(schema, schema->top, tree, node, found, context);
}
