/* SPDX-License-Identifier: MIT */
/*
 * Gathering: from the feeds of documents to roles, users and regions. Identity is the ARN; saved
 * output that names a role by its name alone, or only by its file's name, is joined to the role
 * that the case already knows by that name.
 */
#include "model/holder.h"

#include "aws/arn.h"
#include "aws/region.h"
#include "model/policy.h"

enum { FEED_STEPS = 20 * 1000 * 1000 };

const struct str region_list_names[REGION_LIST_COUNT] = {
    [REGION_KEY_PAIRS] = STR_INIT("key_pairs"),
    [REGION_VPCS] = STR_INIT("vpcs"),
    [REGION_SUBNETS] = STR_INIT("subnets"),
    [REGION_SECURITY_GROUPS] = STR_INIT("security_groups"),
    [REGION_INSTANCE_TYPES] = STR_INIT("instance_types"),
};

void told_add(struct arena *arena, struct told_list *list, struct told item)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

struct str told_text(struct told told)
{
    return node_is(told.node, NODE_STRING) ? tree_text(told.tree, told.node) : (struct str){0};
}

static struct str name_of_arn(struct str text)
{
    struct arn arn;
    struct str name = {0};
    return arn_parse(text, &arn) && arn_field(&arn, STR("name"), &name) ? name : (struct str){0};
}

static struct str holder_name(const struct holder *holder)
{
    struct str name = told_text(holder->name);
    return name.len ? name : name_of_arn(told_text(holder->arn));
}

/* Same ARN; or, where one side gives no ARN, the same name (IAM names are unique ignoring case). */
static bool is_same(const struct holder *holder, struct str arn, struct str name)
{
    struct str own = told_text(holder->arn);
    if (own.len && arn.len) {
        return str_eq(own, arn);
    }
    return name.len && str_eq_nocase(holder_name(holder), name);
}

struct holder *gathered_holder(struct gathered *gathered, struct holder_list *list, struct told arn,
                               struct told name)
{
    struct str arn_text = told_text(arn);
    struct str name_text = told_text(name);
    if (name_text.len == 0) {
        name_text = name_of_arn(arn_text);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (is_same(&list->items[i], arn_text, name_text)) {
            if (!list->items[i].arn.node) {
                list->items[i].arn = arn;
            }
            return &list->items[i];
        }
    }
    list->items = arena_grow(gathered->reader->arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count] = (struct holder){.arn = arn, .name = name};
    return &list->items[list->count++];
}

struct region *gathered_region(struct gathered *gathered, struct str name, struct told told)
{
    for (size_t i = 0; i < gathered->region_count; i++) {
        if (str_eq(gathered->regions[i].name_text, name)) {
            return &gathered->regions[i];
        }
    }
    gathered->regions =
        arena_grow(gathered->reader->arena, gathered->regions, gathered->region_count,
                   &gathered->region_capacity, sizeof *gathered->regions);
    struct region *region = &gathered->regions[gathered->region_count++];
    *region = (struct region){.name = told, .name_text = name};
    return region;
}

/* One pass over a document with a feed: what its queries need. */
struct feeding {
    struct gathered *gathered;
    const struct document *document;
    const struct feed *feed;
    const struct listing_of *of;
    struct nodelist nodes;
};

static struct nodelist select_in(const struct feeding *feeding, const struct path_program *program,
                                 const struct node *current)
{
    struct path_env env = {
        .tree = feeding->document->tree,
        .root = feeding->document->tree->root,
        .current = {current, NULL},
        .scratch = feeding->gathered->reader->scratch,
        .steps = FEED_STEPS,
    };
    struct nodelist nodes = {0};
    path_select(program, &env, &nodes);
    return nodes;
}

static struct nodelist feed_values(const struct feeding *feeding, const struct node *item,
                                   struct str name)
{
    for (size_t i = 0; i < feeding->feed->field_count; i++) {
        if (str_eq(feeding->feed->fields[i].name, name)) {
            return select_in(feeding, feeding->feed->fields[i].value, item);
        }
    }
    return (struct nodelist){0};
}

static struct told feed_value(const struct feeding *feeding, const struct node *item,
                              struct str name)
{
    struct nodelist nodes = feed_values(feeding, item, name);
    return nodes.count ? (struct told){feeding->document->tree, nodes.items[0].node}
                       : (struct told){0};
}

/* A token for the next page: null and "" are none. */
static bool is_partial(const struct feeding *feeding)
{
    const struct tree *tree = feeding->document->tree;
    struct nodelist nodes = {0};
    if (feeding->feed->partial) {
        nodes = select_in(feeding, feeding->feed->partial, tree->root);
    }
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

static bool feeds_field(const struct feed *feed, struct str name)
{
    for (size_t i = 0; i < feed->field_count; i++) {
        if (str_eq(feed->fields[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* ---- roles ---- */

static struct str base_name(struct str path)
{
    return str_from(path, str_after_last(path, '/'));
}

/*
 * Is `name` one of the parts of a file's name between dots: list-attached-role-policies.NAME.json?
 */
static bool has_part(struct str file, struct str name)
{
    /* Role names may hold dots themselves, so parts are found by their edges. */
    for (size_t at = 0; name.len && at + name.len <= file.len; at++) {
        bool starts = at == 0 || file.ptr[at - 1] == '.';
        bool ends = at + name.len == file.len || file.ptr[at + name.len] == '.';
        if (starts && ends && str_eq_nocase(str_slice(file, at, at + name.len), name)) {
            return true;
        }
    }
    return false;
}

/*
 * Saved output that does not name its role is told apart by the file's name: the longest role name
 * in it.
 */
static struct holder *holder_by_file(struct gathered *gathered, struct str file)
{
    struct holder *best = NULL;
    for (size_t i = 0; i < gathered->roles.count; i++) {
        struct str name = holder_name(&gathered->roles.items[i]);
        if (has_part(base_name(file), name) && (!best || name.len > holder_name(best).len)) {
            best = &gathered->roles.items[i];
        }
    }
    return best;
}

static void take_first(struct told *slot, struct told value)
{
    if (!slot->node && value.node) {
        *slot = value;
    }
}

static void add_values(const struct feeding *feeding, struct told_list *list,
                       const struct node *item, struct str name)
{
    struct nodelist nodes = feed_values(feeding, item, name);
    for (size_t i = 0; i < nodes.count; i++) {
        told_add(feeding->gathered->reader->arena, list,
                 (struct told){feeding->document->tree, nodes.items[i].node});
    }
}

/* A warning at the first key of a listing that cannot be joined. */
static void report_not_joined(const struct feeding *feeding, struct str rule, const char *message)
{
    const struct tree *tree = feeding->document->tree;
    const struct node *at = tree->root->count ? tree_children(tree, tree->root) : tree->root;
    struct finding *finding =
        findings_error(feeding->gathered->reader->findings, rule, node_location(at), "%s", message);
    if (finding) {
        finding->severity = SEVERITY_WARNING;
    }
}

/* Whom a listing that names nobody is of. */
static struct holder *holder_of_listing(const struct feeding *feeding)
{
    struct gathered *gathered = feeding->gathered;
    if (feeding->of->owner_arn.node) {
        return gathered_holder(gathered,
                               feeding->of->owner_is_user ? &gathered->users : &gathered->roles,
                               feeding->of->owner_arn, (struct told){0});
    }
    return holder_by_file(gathered, feeding->document->source->name);
}

static void feed_holder(const struct feeding *feeding, struct holder_list *list,
                        const struct node *item)
{
    struct gathered *gathered = feeding->gathered;
    struct told arn = feed_value(feeding, item, STR("arn"));
    struct told name = feed_value(feeding, item, STR("name"));
    struct holder *holder = arn.node || name.node ? gathered_holder(gathered, list, arn, name)
                                                  : holder_of_listing(feeding);
    if (!holder) {
        report_not_joined(feeding, STR("case/role-unknown"),
                          "nothing here says which role these policies are attached to; put the "
                          "role's name into the file's name, or name the file under "
                          "'managed_policies' in gitlab-eks.yaml");
        return;
    }
    take_first(&holder->name, name);
    take_first(&holder->path, feed_value(feeding, item, STR("path")));
    take_first(&holder->trust_policy, feed_value(feeding, item, STR("trust_policy")));
    take_first(&holder->boundary, feed_value(feeding, item, STR("permissions_boundary")));
    if (feeds_field(feeding->feed, STR("managed_policies"))) {
        holder->managed.known = true;
        holder->managed.partial = holder->managed.partial || is_partial(feeding);
        add_values(feeding, &holder->managed, item, STR("managed_policies"));
    }
    if (feeds_field(feeding->feed, STR("policies"))) {
        /* get-role-policy shows one inline policy; whether there are more, it does not say. */
        holder->policies.partial = holder->policies.partial || !holder->policies.known;
        add_values(feeding, &holder->policies, item, STR("policies"));
    }
}

/* ---- regions ---- */

static struct str region_in_path(struct str path)
{
    struct str part;
    bool more = true;
    while (more) {
        more = str_cut(path, '/', &part, &path);
        if (region_is_known(part)) {
            return part;
        }
    }
    return (struct str){0};
}

/* The first ARN or zone below `node` that names a region; depth is bounded by the reader. */
static struct str region_inside(const struct tree *tree, const struct node *node)
{
    if (node->kind == NODE_STRING) {
        struct str text = tree_text(tree, node);
        struct arn arn;
        if (arn_parse(text, &arn) && region_has_form(arn.region)) {
            return arn.region;
        }
        return region_of_zone(text);
    }
    struct str region = {0};
    for (uint32_t i = 0; node_is_container(node) && i < node->count && region.len == 0; i++) {
        const struct node *child = tree_children(tree, node) + i;
        if (child->kind != NODE_KEY) {
            region = region_inside(tree, child);
        }
    }
    return region;
}

static bool find_list(struct str into, enum region_list *list)
{
    for (size_t i = 0; i < REGION_LIST_COUNT; i++) {
        if (str_starts(into, STR("regions.")) && str_eq(str_from(into, 8), region_list_names[i])) {
            *list = (enum region_list)i;
            return true;
        }
    }
    return false;
}

static void feed_list(const struct feeding *feeding, enum region_list list)
{
    struct gathered *gathered = feeding->gathered;
    struct str region_name = feeding->of->region;
    if (region_name.len == 0) {
        region_name = region_in_path(feeding->document->source->name);
    }
    if (region_name.len == 0) {
        region_name = region_inside(feeding->document->tree, feeding->document->tree->root);
    }
    if (region_name.len == 0) {
        report_not_joined(feeding, STR("case/region-unknown"),
                          "nothing here says which region this list is of; name the file under "
                          "'inventory' in gitlab-eks.yaml, or put it in a folder with the "
                          "region's name");
    }
    struct region_entries *entries =
        &gathered_region(gathered, region_name, (struct told){0})->lists[list];
    entries->known = true;
    entries->partial = entries->partial || is_partial(feeding);
    for (size_t i = 0; i < feeding->nodes.count; i++) {
        entries->items = arena_grow(gathered->reader->arena, entries->items, entries->count,
                                    &entries->capacity, sizeof *entries->items);
        entries->items[entries->count++] = (struct region_entry){
            {feeding->document->tree, feeding->nodes.items[i].node}, feeding->feed};
    }
}

static void feed_region(const struct feeding *feeding, const struct node *item)
{
    struct told name = feed_value(feeding, item, STR("name"));
    if (told_text(name).len) {
        struct region *region = gathered_region(feeding->gathered, told_text(name), name);
        take_first(&region->name, name);
        take_first(&region->opt_in, feed_value(feeding, item, STR("opt_in_status")));
    }
}

static bool names_its_role(const struct feed *feed)
{
    return feeds_field(feed, STR("arn")) || feeds_field(feed, STR("name"));
}

void gather_document(struct gathered *gathered, const struct document *document,
                     const struct listing_of *of, bool named)
{
    for (size_t f = 0; f < document->kind->feed_count; f++) {
        const struct feed *feed = &document->kind->feeds[f];
        bool is_role = str_eq(feed->into, STR("roles"));
        if (named != (!is_role || names_its_role(feed))) {
            continue;
        }
        struct feeding feeding = {gathered, document, feed, of, {0}};
        struct arena_mark mark = arena_mark(gathered->reader->scratch);
        feeding.nodes = select_in(&feeding, feed->each, document->tree->root);
        enum region_list list;
        if (find_list(feed->into, &list)) {
            feed_list(&feeding, list);
        }
        for (size_t i = 0; i < feeding.nodes.count; i++) {
            if (is_role || str_eq(feed->into, STR("users"))) {
                feed_holder(&feeding, is_role ? &gathered->roles : &gathered->users,
                            feeding.nodes.items[i].node);
            } else if (str_eq(feed->into, STR("regions"))) {
                feed_region(&feeding, feeding.nodes.items[i].node);
            }
        }
        arena_rewind(gathered->reader->scratch, mark);
    }
}
