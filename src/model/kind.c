/* SPDX-License-Identifier: MIT */
/* Decoding the kind definitions, and recognising documents by them. */
#include "model/kind.h"

#include "tree/read_json.h"

/*
 * Recognising looks at a few members of the root, and at each statement of a policy; no document
 * makes it walk far.
 */
enum { RECOGNISE_STEPS = 20000, RECOGNISE_STEPS_PER_NODE = 8 };

struct decoder {
    struct kinds *kinds;
    struct path_compiler compiler;
    struct findings *findings;
    bool good;
};

static struct path_program *decode_expression(struct decoder *d, const struct node *node,
                                              enum path_goal goal)
{
    if (!node) {
        return NULL;
    }
    struct path_error error = {0};
    struct str text = tree_text(&d->kinds->tree, node);
    struct path_program *program = path_compile(&d->compiler, goal, text, &error);
    if (!program) {
        d->good = false;
        findings_error(d->findings, STR("kinds/expression"), node_location(node),
                       "in '%.*s' at %u: %.*s", STR_ARG(text), error.lo + 1,
                       STR_ARG(error.message));
    }
    return program;
}

static void decode_feed(struct decoder *d, const struct node *node, struct feed *feed)
{
    const struct tree *tree = &d->kinds->tree;
    feed->into = tree_string(tree, node, STR("into"));
    feed->each = decode_expression(d, tree_member(tree, node, STR("each")), PATH_QUERY);
    feed->partial = decode_expression(d, tree_member(tree, node, STR("partial")), PATH_QUERY);
    const struct node *fields = tree_member(tree, node, STR("as"));
    feed->field_count = fields ? node_size(fields) : 0;
    feed->fields = arena_array(d->kinds->arena, struct feed_field, feed->field_count);
    for (uint32_t i = 0; i < feed->field_count; i++) {
        feed->fields[i].name = tree_text(tree, tree_key(tree, fields, i));
        feed->fields[i].value = decode_expression(d, tree_value(tree, fields, i), PATH_QUERY);
    }
}

static void decode_inner(struct decoder *d, const struct node *node, struct inner_kind *inner)
{
    inner->at = decode_expression(d, tree_member(&d->kinds->tree, node, STR("at")), PATH_QUERY);
    inner->kind = tree_string(&d->kinds->tree, node, STR("kind"));
}

static bool is_true(const struct tree *tree, const struct node *node, struct str name)
{
    const struct node *flag = tree_member(tree, node, name);
    return node_is(flag, NODE_BOOL) && tree_bool(tree, flag);
}

static void decode_kind(struct decoder *d, const struct node *node, struct kind *kind)
{
    const struct tree *tree = &d->kinds->tree;
    kind->id = tree_string(tree, node, STR("kind"));
    kind->title = tree_string(tree, node, STR("title"));
    kind->recognise = decode_expression(d, tree_member(tree, node, STR("recognise")), PATH_LOGICAL);
    kind->schema = (struct schema){tree, tree_member(tree, node, STR("shape"))};
    kind->own_format = is_true(tree, node, STR("own-format"));
    kind->iam = is_true(tree, node, STR("iam"));
    const struct node *feeds = tree_member(tree, node, STR("feeds"));
    kind->feed_count = feeds ? node_size(feeds) : 0;
    kind->feeds = arena_array(d->kinds->arena, struct feed, kind->feed_count);
    for (uint32_t i = 0; i < kind->feed_count; i++) {
        decode_feed(d, tree_element(tree, feeds, i), &kind->feeds[i]);
    }
    const struct node *inner = tree_member(tree, node, STR("inner"));
    kind->inner_count = inner ? node_size(inner) : 0;
    kind->inner = arena_array(d->kinds->arena, struct inner_kind, kind->inner_count);
    for (uint32_t i = 0; i < kind->inner_count; i++) {
        decode_inner(d, tree_element(tree, inner, i), &kind->inner[i]);
    }
}

bool kinds_load(struct kinds *kinds, struct arena *arena, struct sources *sources,
                struct atoms *atoms, struct str json, struct findings *findings)
{
    *kinds = (struct kinds){.arena = arena};
    struct source *source = sources_add(sources, STR("built-in kinds"), json);
    struct builder builder = {0};
    tree_init(&kinds->tree, arena, sources, atoms);
    bool read = json_read_whole(&builder, &kinds->tree, source, findings);
    builder_release(&builder);
    if (!read) {
        return false;
    }
    struct decoder d = {
        .kinds = kinds,
        .compiler = {arena, atoms, &path_standard_functions, true},
        .findings = findings,
        .good = true,
    };
    kinds->count = node_size(kinds->tree.root);
    kinds->items = arena_array(arena, struct kind, kinds->count);
    for (uint32_t i = 0; i < kinds->count; i++) {
        decode_kind(&d, tree_element(&kinds->tree, kinds->tree.root, i), &kinds->items[i]);
    }
    return d.good;
}

const struct kind *kinds_recognise(const struct kinds *kinds, const struct tree *tree,
                                   const struct node *root, struct arena *scratch)
{
    if (root->kind != NODE_OBJECT) {
        return NULL;
    }
    struct arena_mark mark = arena_mark(scratch);
    const struct kind *found = NULL;
    for (size_t i = 0; i < kinds->count && !found; i++) {
        struct path_env env = {
            .tree = tree,
            .root = root,
            .current = {root, NULL},
            .scratch = scratch,
            .steps = RECOGNISE_STEPS + (uint64_t)RECOGNISE_STEPS_PER_NODE * tree->count,
        };
        if (kinds->items[i].recognise && path_test(kinds->items[i].recognise, &env) == TRUTH_TRUE) {
            found = &kinds->items[i];
        }
    }
    arena_rewind(scratch, mark);
    return found;
}

const struct kind *kinds_find(const struct kinds *kinds, struct str id)
{
    for (size_t i = 0; i < kinds->count; i++) {
        if (str_eq(kinds->items[i].id, id)) {
            return &kinds->items[i];
        }
    }
    return NULL;
}

struct str kinds_nearest(const struct kinds *kinds, struct str id, struct arena *scratch)
{
    struct str *ids = arena_array(scratch, struct str, kinds->count);
    for (size_t i = 0; i < kinds->count; i++) {
        ids[i] = kinds->items[i].id;
    }
    return str_nearest(id, ids, kinds->count);
}
