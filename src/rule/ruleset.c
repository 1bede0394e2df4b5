/* SPDX-License-Identifier: MIT */
/* The rules of a run: which there are, loading them late, and which of them are wanted. */
#include "rule/ruleset.h"

#include "tree/read_json.h"
#include "tree/read_yaml.h"

void ruleset_init(struct ruleset *set, const struct rule_loader *loader,
                  const struct builtin_rules *builtin)
{
    *set = (struct ruleset){.loader = *loader, .builtin = builtin};
    managed_policies_init(&set->managed, loader->arena, loader->sources, loader->atoms, builtin);
    set->loader.library = &set->managed.library;
    set->count = builtin ? builtin->count : 0;
    set->capacity = set->count;
    set->slots = arena_array(loader->arena, struct rule_slot, set->count);
    for (size_t i = 0; i < set->count; i++) {
        set->slots[i].id = builtin_text(builtin, builtin->rows[i].id);
        set->slots[i].kind = builtin_text(builtin, builtin->rows[i].kind);
        set->slots[i].aka = builtin_text(builtin, builtin->rows[i].aka);
        set->slots[i].stage = builtin_text(builtin, builtin->rows[i].stage);
        set->slots[i].guards = builtin->rows[i].guards;
        set->slots[i].pedantic = builtin->rows[i].pedantic;
        set->slots[i].builtin = &builtin->rows[i];
    }
}

void ruleset_release(struct ruleset *set)
{
    builder_release(&set->loader.builder);
}

void ruleset_drop_builtin(struct ruleset *set)
{
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (!set->slots[i].builtin) {
            set->slots[kept++] = set->slots[i];
        }
    }
    set->count = kept;
}

struct rule_slot *ruleset_find(struct ruleset *set, struct str id)
{
    for (size_t i = 0; i < set->count; i++) {
        if (str_eq(set->slots[i].id, id)) {
            return &set->slots[i];
        }
    }
    for (size_t i = 0; i < set->count; i++) {
        if (set->slots[i].aka.len && rule_kind_listed(set->slots[i].aka, id)) {
            return &set->slots[i];
        }
    }
    return NULL;
}

static struct tree *new_tree(struct ruleset *set)
{
    struct tree *tree = arena_new(set->loader.arena, struct tree);
    tree_init(tree, set->loader.arena, set->loader.sources, set->loader.atoms);
    return tree;
}

const struct flows *ruleset_flows(struct ruleset *set)
{
    if (set->flows || !set->builtin) {
        return set->flows;
    }
    struct rule_loader *loader = &set->loader;
    struct tree *tree = new_tree(set);
    struct flows *flows = arena_new(loader->arena, struct flows);
    struct source *source = sources_add(loader->sources, STR("built-in flows"),
                                        builtin_text(set->builtin, set->builtin->flows));
    bool loaded = json_read_whole(&loader->builder, tree, source, loader->findings);
    for (uint32_t i = 0; loaded && i < node_size(tree->root); i++) {
        loaded =
            stages_decode(loader->arena, loader->kinds, tree, tree_element(tree, tree->root, i),
                          loader->findings, &flows->items[flows->count++]);
    }
    set->flows = loaded ? flows : NULL;
    set->flow_definitions = tree;
    return set->flows;
}

/* The one document of a rule file. */
static struct tree *read_rule_file(struct ruleset *set, struct source *source)
{
    struct rule_loader *loader = &set->loader;
    struct tree *tree = new_tree(set);
    struct yaml_stream *stream = yaml_open(loader->arena, source, loader->findings);
    enum yaml_result result = yaml_read(stream, &loader->builder, tree);
    struct tree *second = new_tree(set);
    enum yaml_result next =
        result == YAML_DOCUMENT ? yaml_read(stream, &loader->builder, second) : result;
    yaml_close(stream);
    struct location start = {source->id, {0, 0}};
    if (result == YAML_END) {
        findings_error(loader->findings, STR("rule/empty"), start, "this file holds no rule");
    } else if (next == YAML_DOCUMENT) {
        findings_error(loader->findings, STR("rule/several"), node_location(second->root),
                       "a second document in a rule file; write one rule to a file");
    }
    return result == YAML_DOCUMENT && next == YAML_END ? tree : NULL;
}

static struct rule_slot *slot_for(struct ruleset *set, struct str id)
{
    struct rule_slot *slot = ruleset_find(set, id);
    if (slot) {
        return slot;
    }
    set->slots =
        arena_grow(set->loader.arena, set->slots, set->count, &set->capacity, sizeof *set->slots);
    size_t at = set->count++;
    while (at > 0 && str_compare(set->slots[at - 1].id, id) > 0) {
        set->slots[at] = set->slots[at - 1];
        at--;
    }
    set->slots[at] = (struct rule_slot){.id = id};
    return &set->slots[at];
}

/* A flow among rules: a built-in one lies in the folder of its rules, and another has no use. */
static bool check_flow(struct ruleset *set, const struct tree *tree)
{
    const struct tree *known = ruleset_flows(set) ? set->flow_definitions : NULL;
    bool same = false;
    for (uint32_t i = 0; known && i < node_size(known->root) && !same; i++) {
        same = tree_equal(tree, tree->root, known, tree_element(known, known->root, i));
    }
    if (!same) {
        findings_error(set->loader.findings, STR("rule/flow"), node_location(tree->root),
                       "this is a flow, not a rule; flows are built in and cannot be replaced");
    }
    return same;
}

/* A key that stands twice is a warning elsewhere; in a rule it hides half of what is meant. */
static bool refuse_problems(struct findings *findings, size_t from)
{
    for (size_t i = from; i < findings->count; i++) {
        findings->items[i].severity = SEVERITY_ERROR;
    }
    return findings->count > from;
}

bool ruleset_add(struct ruleset *set, struct source *source)
{
    struct rule *rule = arena_new(set->loader.arena, struct rule);
    size_t problems = set->loader.findings->count;
    struct tree *tree = read_rule_file(set, source);
    if (tree && stages_is_flow(tree, tree->root)) {
        return check_flow(set, tree);
    }
    set->loader.flows = ruleset_flows(set);
    if (!tree || !rule_decode(&set->loader, tree, tree->root, false, rule)) {
        return false;
    }
    struct rule_slot *slot = slot_for(set, rule->id);
    if (slot->state == SLOT_LOADED && !slot->builtin && slot->group == set->group) {
        findings_error(set->loader.findings, STR("rule/id"),
                       node_location(tree_member(tree, tree->root, STR("id"))),
                       "the rule '%.*s' stands in '%.*s' already", STR_ARG(rule->id),
                       STR_ARG(slot->rule->file));
        return false;
    }
    *slot = (struct rule_slot){.id = rule->id,
                               .kind = rule->kind_list,
                               .aka = rule->aka,
                               .stage = rule->stage,
                               .guards = rule_guard_set(rule),
                               .pedantic = rule->pedantic,
                               .group = set->group,
                               .state = SLOT_LOADED,
                               .rule = rule};
    return !refuse_problems(set->loader.findings, problems);
}

bool ruleset_wish(struct ruleset *set, struct rule_wish wish)
{
    rule_layer_add(set->loader.arena, &set->asked, wish);
    for (size_t i = 0; i < set->count; i++) {
        if (rule_name_matches(set->slots[i].id, set->slots[i].aka, wish.glob)) {
            return true;
        }
    }
    return false;
}

bool ruleset_knows(const struct ruleset *set, struct str glob)
{
    bool known = false;
    for (size_t i = 0; i < set->count && !known; i++) {
        known = rule_name_matches(set->slots[i].id, set->slots[i].aka, glob);
    }
    for (size_t i = 0; set->builtin && i < set->builtin->count && !known; i++) {
        const struct builtin_row *row = &set->builtin->rows[i];
        known = rule_name_matches(builtin_text(set->builtin, row->id),
                                  builtin_text(set->builtin, row->aka), glob);
    }
    return known;
}

bool ruleset_load(struct ruleset *set, struct rule_slot *slot)
{
    if (slot->state != SLOT_UNLOADED) {
        return slot->state == SLOT_LOADED;
    }
    struct tree *tree = new_tree(set);
    slot->rule = arena_new(set->loader.arena, struct rule);
    struct source *source = sources_add(set->loader.sources, STR("built-in rule"),
                                        builtin_text(set->builtin, slot->builtin->core));
    bool loaded = json_read_whole(&set->loader.builder, tree, source, set->loader.findings) &&
                  rule_decode(&set->loader, tree, tree->root, true, slot->rule);
    slot->rule->kind_list = slot->kind;
    slot->rule->aka = slot->aka;
    slot->state = loaded ? SLOT_LOADED : SLOT_BROKEN;
    return loaded;
}

bool ruleset_read(struct ruleset *set, const struct rule_slot *slot, struct rule *rule)
{
    if (!slot->builtin) {
        if (slot->state == SLOT_LOADED) {
            *rule = *slot->rule;
        }
        return slot->state == SLOT_LOADED;
    }
    struct str name = arena_format(set->loader.arena, "built-in %.*s.yaml", STR_ARG(slot->id));
    struct source *source =
        sources_add(set->loader.sources, name, builtin_text(set->builtin, slot->builtin->file));
    const struct tree *tree = read_rule_file(set, source);
    return tree && rule_decode(&set->loader, tree, tree->root, false, rule);
}

void ruleset_load_all(struct ruleset *set)
{
    for (size_t i = 0; i < set->count; i++) {
        if (!ruleset_load(set, &set->slots[i])) {
            continue; /* reported; and a bug, since built-in rules were checked at build time */
        }
    }
}

const struct rule_texts *ruleset_texts(struct ruleset *set, struct rule *rule)
{
    struct rule_slot *slot = rule->texts ? NULL : ruleset_find(set, rule->id);
    if (!slot || !slot->builtin) {
        return rule->texts;
    }
    struct str name = arena_format(set->loader.arena, "built-in %.*s.yaml", STR_ARG(rule->id));
    struct source *source =
        sources_add(set->loader.sources, name, builtin_text(set->builtin, slot->builtin->yaml));
    const struct tree *tree = read_rule_file(set, source);
    bool decoded = tree && rule_decode_texts(&set->loader, tree, tree->root, rule);
    if (!decoded) {
        slot->state = SLOT_BROKEN;
    }
    return decoded ? rule->texts : NULL;
}

const struct rule_texts *ruleset_symptoms(struct ruleset *set, struct rule *rule)
{
    struct rule_slot *slot = rule->texts ? NULL : ruleset_find(set, rule->id);
    if (!slot || !slot->builtin) {
        return rule->texts;
    }
    struct rule_loader *loader = &set->loader;
    struct rule_texts *texts = arena_new(loader->arena, struct rule_texts);
    struct tree *tree = new_tree(set);
    struct source *source = sources_add(loader->sources, STR("built-in symptoms"),
                                        builtin_text(set->builtin, slot->builtin->symptoms));
    bool decoded = json_read_whole(&loader->builder, tree, source, loader->findings) &&
                   rule_decode_symptoms(loader, tree, tree->root, rule, texts);
    return decoded ? texts : NULL;
}

struct str ruleset_nearest(const struct ruleset *set, struct str id, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    struct str *ids = arena_array(arena, struct str, set->count);
    for (size_t i = 0; i < set->count; i++) {
        ids[i] = set->slots[i].id;
    }
    struct str nearest = str_nearest(id, ids, set->count);
    arena_rewind(arena, mark);
    return nearest;
}

struct str ruleset_text(const struct ruleset *set, const struct rule_slot *slot)
{
    if (slot->builtin) {
        return builtin_text(set->builtin, slot->builtin->file);
    }
    return sources_get(set->loader.sources, slot->rule->tree->root->source)->bytes;
}
