/* SPDX-License-Identifier: MIT */
/*
 * Edits are decoded with the texts of a rule, which only a finding needs. What cannot be filled in
 * exactly is no edit: a document gets no '?' and nothing of a secret.
 */
#include "rule/edit.h"

#include "rule/decoder.h"

enum { VALUE_MAX_BYTES = 4096, VALUE_MAX_DEPTH = 8, EDIT_STEPS = 200000 };

/* ---- decoding ---- */

/* Report what is wrong with a step; always false. */
static bool refuse(struct decoder *d, const struct node *at, const char *why)
{
    findings_error(d->loader->findings, STR("rule/edits"), node_location(at), "%s", why);
    return false;
}

struct texts {
    struct decoder *d;
    struct wording *items;
    size_t count;
};

/* The strings of a value, in their order. */
static bool decode_strings(struct texts *texts, const struct node *value, unsigned depth)
{
    const struct tree *tree = texts->d->tree;
    if (value->kind == NODE_STRING) {
        return texts->count < RULE_VALUES_MAX
                   ? decoder_wording(texts->d, value, &texts->items[texts->count++])
                   : refuse(texts->d, value, "this value has too many strings");
    }
    bool good = depth < VALUE_MAX_DEPTH || !node_is_container(value) ||
                refuse(texts->d, value, "this value is nested too deep");
    bool object = value->kind == NODE_OBJECT;
    for (uint32_t i = 0; i < node_size(value) && good; i++) {
        good = decode_strings(
            texts, object ? tree_value(tree, value, i) : tree_element(tree, value, i), depth + 1);
    }
    return good;
}

static bool decode_value(struct decoder *d, struct rule_step *step)
{
    struct texts texts = {.d = d};
    texts.items = arena_array(d->loader->arena, struct wording, RULE_VALUES_MAX);
    step->texts = texts.items;
    return decode_strings(&texts, step->with, 0);
}

/* What is done, and to what: a step does one thing. */
static const struct node *find_target(const struct decoder *d, const struct node *node,
                                      enum patch_op *op)
{
    static const char *const names[PATCH_OP_COUNT] = {
        [PATCH_REPLACE] = "replace", [PATCH_INSERT] = "insert", [PATCH_DELETE] = "delete"};
    const struct node *target = NULL;
    size_t found = 0;
    for (int i = 0; i < PATCH_OP_COUNT; i++) {
        const struct node *value = tree_member(d->tree, node, str_from_c(names[i]));
        if (value) {
            target = value;
            *op = (enum patch_op)i;
            found++;
        }
    }
    return found == 1 ? target : NULL;
}

static bool check_step(struct decoder *d, const struct node *node, const struct rule_step *step)
{
    bool inserts = step->op == PATCH_INSERT;
    bool extra = tree_member(d->tree, node, STR("key")) || tree_member(d->tree, node, STR("first"));
    if (!inserts && extra) {
        return refuse(d, node, "'key' and 'first' belong to 'insert'");
    }
    if ((step->op == PATCH_DELETE) != (step->with == NULL)) {
        return refuse(d, node, "'replace' and 'insert' need 'with', and 'delete' has none");
    }
    return true;
}

static bool decode_step(struct decoder *d, const struct node *node, struct rule_step *step)
{
    const struct node *target = find_target(d, node, &step->op);
    const struct node *first = tree_member(d->tree, node, STR("first"));
    if (!target) {
        return refuse(d, node, "a step has one of 'replace', 'insert' and 'delete'");
    }
    step->key = tree_string(d->tree, node, STR("key"));
    step->first = first && tree_bool(d->tree, first);
    step->with = tree_member(d->tree, node, STR("with"));
    if (!check_step(d, node, step) ||
        !decoder_expression(d, target, PATH_PLACEHOLDER, &step->target)) {
        return false;
    }
    if (path_program_type(step->target) != TYPE_NODES) {
        return refuse(d, target, "this takes a query or a function that gives nodes");
    }
    return !step->with || decode_value(d, step);
}

bool rule_edits_decode(struct decoder *d, const struct node *node, const struct rule_edits **out)
{
    *out = NULL;
    if (!node) {
        return true;
    }
    struct rule_edits *edits = arena_new(d->loader->arena, struct rule_edits);
    const struct node *steps = tree_member(d->tree, node, STR("steps"));
    const struct node *safe = tree_member(d->tree, node, STR("safe"));
    edits->tree = d->tree;
    edits->safe = safe && tree_bool(d->tree, safe);
    if (!decoder_expression(d, tree_member(d->tree, node, STR("when")), PATH_LOGICAL,
                            &edits->when)) {
        return false;
    }
    if (node_size(steps) > RULE_STEPS_MAX) {
        return refuse(d, steps, "these are more than 8 steps");
    }
    bool good = true;
    for (uint32_t i = 0; i < node_size(steps); i++) {
        good =
            decode_step(d, tree_element(d->tree, steps, i), &edits->steps[edits->count++]) && good;
    }
    *out = edits;
    return good;
}

/* ---- planning ---- */

/* A value while its placeholders are filled in. */
struct filler {
    struct builder builder;
    struct path_env *env;
    const struct tree *from;
    const struct wording *next;
    bool good;
};

static void fill_string(struct filler *f, const struct node *node)
{
    struct buf text = buf_with_max(VALUE_MAX_BYTES);
    f->good = wording_render_value(f->next++, f->env, &text) && f->good;
    struct node string =
        tree_scalar(f->builder.tree, NODE_STRING, buf_str(&text), node_location(node));
    string.style = node->style;
    builder_push(&f->builder, &string);
    buf_release(&text);
}

static void fill(struct filler *f, const struct node *node)
{
    size_t budget = 1;
    bool object = node->kind == NODE_OBJECT;
    if (node->kind == NODE_STRING) {
        fill_string(f, node);
        return;
    }
    if (!node_is_container(node)) {
        builder_copy(&f->builder, f->from, node, &budget);
        return;
    }
    builder_open(&f->builder, (enum node_kind)node->kind, node->source, node->lo);
    for (uint32_t i = 0; i < node_size(node); i++) {
        if (object) {
            const struct node *key = tree_key(f->from, node, i);
            builder_key(&f->builder, key->atom, key->source, (struct span){key->lo, key->hi});
        }
        fill(f, object ? tree_value(f->from, node, i) : tree_element(f->from, node, i));
    }
    builder_close(&f->builder, node->hi);
}

/* NULL where a placeholder is not one known value. */
static const struct tree *fill_value(const struct rule_edits *edits, const struct rule_step *step,
                                     struct path_env *env, struct arena *arena)
{
    struct tree *tree = arena_new(arena, struct tree);
    struct filler f = {.env = env, .from = edits->tree, .next = step->texts, .good = true};
    tree_init(tree, arena, edits->tree->sources, edits->tree->atoms);
    builder_start(&f.builder, tree);
    fill(&f, step->with);
    builder_finish(&f.builder);
    builder_release(&f.builder);
    return f.good ? tree : NULL;
}

static bool is_before(const struct patch_change *a, const struct patch_change *b)
{
    return a->at.source == b->at.source && a->at.span.lo < b->at.span.lo;
}

/* Where a node stands that is deleted already, there is nothing more to delete. */
static bool is_known(const struct rule_changes *changes, size_t from, const struct node *node)
{
    for (size_t i = from; i < changes->count; i++) {
        const struct location *at = &changes->items[i].at;
        if (at->source == node->source && at->span.lo == node->lo && at->span.hi == node->hi) {
            return true;
        }
    }
    return false;
}

/* In the order of the text, as patches want it. */
static void add_change(struct rule_changes *changes, size_t from, struct patch_change change)
{
    size_t at = changes->count++;
    for (; at > from && is_before(&change, &changes->items[at - 1]); at--) {
        changes->items[at] = changes->items[at - 1];
    }
    changes->items[at] = change;
}

static bool plan_step(const struct rule_edits *edits, const struct rule_step *step,
                      struct path_env *env, struct arena *arena, struct rule_changes *changes)
{
    struct path_datum target = {0};
    size_t from = changes->count;
    struct patch_change change = {.op = step->op, .first = step->first, .key = step->key};
    path_evaluate(step->target, env, &target);
    if (target.nodes.unknown || target.nodes.count == 0) {
        return false;
    }
    change.list = step->op == PATCH_INSERT && step->key.len == 0;
    change.tree = step->with ? fill_value(edits, step, env, arena) : NULL;
    change.value = change.tree ? change.tree->root : NULL;
    if (step->with && !change.value) {
        return false;
    }
    /* A new value goes to one place. */
    size_t count = step->op == PATCH_INSERT ? 1 : target.nodes.count;
    for (size_t i = 0; i < count; i++) {
        const struct node *node = target.nodes.items[i].node;
        if (is_known(changes, from, node)) {
            continue;
        }
        if (changes->count == RULE_CHANGES_MAX || node->kind == NODE_UNKNOWN ||
            sources_is_hidden(env->tree->sources, node_location(node))) {
            return false;
        }
        change.at = node_location(node);
        add_change(changes, from, change);
    }
    return true;
}

bool rule_edits_plan(const struct rule_edits *edits, struct path_env *env, struct arena *arena,
                     struct rule_changes *changes)
{
    struct path_env own = *env;
    own.steps = EDIT_STEPS;
    own.exhausted = false;
    own.missing_facts = 0;
    changes->count = 0;
    if (edits->when && path_test(edits->when, &own) != TRUTH_TRUE) {
        return false;
    }
    for (size_t i = 0; i < edits->count; i++) {
        if (!plan_step(edits, &edits->steps[i], &own, arena, changes)) {
            return false;
        }
    }
    return !own.exhausted;
}
