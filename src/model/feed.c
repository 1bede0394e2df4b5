/* SPDX-License-Identifier: MIT */
/* Evaluating feeds: which nodes of a document are entries, and what their fields are. */
#include "model/feed.h"

enum { FEED_STEPS = 20 * 1000 * 1000 };

struct str told_text(struct told told)
{
    return node_is(told.node, NODE_STRING) ? tree_text(told.tree, told.node) : (struct str){0};
}

struct str told_identity(struct told told)
{
    struct str text = told_text(told);
    return text.len || !told.node ? text : tree_symbol(told.tree, told.node);
}

struct nodelist feed_select(const struct feeding *feeding, const struct path_program *program,
                            const struct node *current)
{
    struct path_env env = {
        .tree = document_told(feeding->document),
        .root = document_told(feeding->document)->root,
        .current = {current, NULL},
        .scratch = feeding->reader->scratch,
        .steps = FEED_STEPS,
    };
    struct nodelist nodes = {0};
    if (program) {
        path_select(program, &env, &nodes);
    }
    return nodes;
}

/* Null tells nothing: Terraform's plans have it for whatever is left out, the AWS CLI for what is not set. */
static struct nodelist select_told(const struct feeding *feeding,
                                   const struct path_program *program, const struct node *item)
{
    struct nodelist nodes = feed_select(feeding, program, item);
    size_t count = 0;
    for (size_t i = 0; i < nodes.count; i++) {
        if (nodes.items[i].node->kind != NODE_NULL) {
            nodes.items[count++] = nodes.items[i];
        }
    }
    nodes.count = count;
    return nodes;
}

/* A token for the next page: null, "" and false are none. */
static bool is_partial(const struct feeding *feeding)
{
    const struct tree *tree = document_told(feeding->document);
    struct nodelist nodes = feed_select(feeding, feeding->feed->partial, tree->root);
    for (size_t i = 0; i < nodes.count; i++) {
        const struct node *token = nodes.items[i].node;
        bool empty = token->kind == NODE_STRING && tree_text(tree, token).len == 0;
        bool is_false = token->kind == NODE_BOOL && !tree_bool(tree, token);
        if (token->kind != NODE_NULL && !empty && !is_false) {
            return true;
        }
    }
    return false;
}

struct feeding feed_start(struct document_reader *reader, const struct document *document,
                          const struct feed *feed)
{
    struct feeding feeding = {.reader = reader, .document = document, .feed = feed};
    feeding.nodes = select_told(&feeding, feed->each, document_told(document)->root);
    feeding.partial = is_partial(&feeding);
    return feeding;
}

const struct feed_field *feed_field(const struct feed *feed, struct str name)
{
    for (size_t i = 0; i < feed->field_count; i++) {
        if (str_eq(feed->fields[i].name, name)) {
            return &feed->fields[i];
        }
    }
    return NULL;
}

struct nodelist feed_values(const struct feeding *feeding, const struct node *item, struct str name)
{
    const struct feed_field *field = feed_field(feeding->feed, name);
    if (!field) {
        return (struct nodelist){0};
    }
    struct nodelist nodes = select_told(feeding, field->value, item);
    return nodes.count ? nodes : select_told(feeding, field->other, item);
}

struct told feed_value(const struct feeding *feeding, const struct node *item, struct str name)
{
    struct nodelist nodes = feed_values(feeding, item, name);
    return nodes.count ? (struct told){document_told(feeding->document), nodes.items[0].node}
                       : (struct told){0};
}

static bool leads_to_list(const struct feeding *feeding, const struct path_program *list,
                          const struct node *current)
{
    if (!list) {
        return true;
    }
    struct nodelist nodes = feed_select(feeding, list, current);
    return nodes.count && node_is_container(nodes.items[0].node);
}

bool feed_has_list(const struct feeding *feeding)
{
    return leads_to_list(feeding, feeding->feed->list, document_told(feeding->document)->root);
}

bool feed_field_has_list(const struct feeding *feeding, const struct node *item, struct str name)
{
    const struct feed_field *field = feed_field(feeding->feed, name);
    return field && leads_to_list(feeding, field->list, item);
}

bool feed_field_is_empty(const struct feeding *feeding, const struct node *item, struct str name)
{
    const struct feed_field *field = feed_field(feeding->feed, name);
    if (!field || !feeding->feed->closed) {
        return false;
    }
    struct nodelist nodes = feed_select(feeding, field->list ? field->list : field->value, item);
    return nodes.count == 0 && !nodes.unknown;
}

struct location feed_place(const struct document *document)
{
    const struct tree *tree = document_told(document);
    const struct node *root = tree->root;
    bool has_key = root->kind == NODE_OBJECT && root->count;
    return node_location(has_key ? tree_children(tree, root) : root);
}

struct finding *feed_warn(struct document_reader *reader, struct str rule, struct location at,
                          struct str message)
{
    struct finding *finding = findings_error(reader->findings, rule, at, "%.*s", STR_ARG(message));
    if (finding) {
        finding->severity = SEVERITY_WARNING;
    }
    return finding;
}
