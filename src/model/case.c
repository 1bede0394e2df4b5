/* SPDX-License-Identifier: MIT */
/*
 * Joining a case: first everything that the documents tell is gathered, then one tree is written
 * from it. $.gitlab is a copy of the main document in which each named file is replaced by the IAM
 * document that it holds.
 */
#include "model/case.h"

#include "aws/arn.h"
#include "model/holder.h"
#include "model/policy.h"

enum { CASE_MAX_NODES = 4 * 1000 * 1000 };

struct joining {
    struct document_reader *reader;
    const struct document *main;
    const struct document_list *documents;
    struct gathered gathered;
    struct builder *builder;
    size_t budget;
};

/* ---- what the main document refers to ---- */

static const struct document *find_document(const struct joining *j, struct str file)
{
    for (size_t i = 0; i < j->documents->count; i++) {
        if (str_eq(j->documents->items[i]->source->name, file)) {
            return j->documents->items[i];
        }
    }
    return NULL;
}

static void report_reference(void *context, struct str file, const struct node *reference)
{
    const struct joining *j = context;
    struct str written = tree_text(j->main->tree, reference);
    if (str_trim(written).len == 0) {
        findings_error(j->reader->findings, STR("case/missing-file"), node_location(reference),
                       "the name of a file is empty here");
    } else if (file.len == 0) {
        findings_error(
            j->reader->findings, STR("case/missing-file"), node_location(reference),
            "'%.*s' is outside this folder and is not read; copy it beside gitlab-eks.yaml",
            STR_ARG(written));
    } else if (!find_document(j, file)) {
        findings_error(j->reader->findings, STR("case/missing-file"), node_location(reference),
                       "there is no readable document '%.*s' (looked for '%.*s')", STR_ARG(written),
                       STR_ARG(file));
    }
}

/*
 * The IAM document that a value of the main document stands for: written in place, or in the file
 * that it names. False where it cannot be had; what is wrong was reported by report_reference() or
 * is reported here.
 */
static bool resolve_policy(const struct joining *j, const struct node *value, struct told *policy)
{
    const struct tree *tree = j->main->tree;
    const struct node *node = value;
    if (node_is(value, NODE_STRING) && !str_starts(str_trim(tree_text(tree, value)), STR("{"))) {
        struct str file = case_join_path(j->reader->scratch, j->main->source->name,
                                         str_trim(tree_text(tree, value)));
        const struct document *document = find_document(j, file);
        if (!document) {
            return false;
        }
        tree = document->tree;
        node = document->tree->root;
    }
    policy->tree = tree;
    policy->node = document_policy(j->reader, &policy->tree, node, true);
    if (!policy->node && !node_is(value, NODE_NULL)) {
        findings_error(j->reader->findings, STR("case/not-a-policy"), node_location(value),
                       "this is no IAM policy document: an object with 'Statement' was expected");
    }
    return policy->node != NULL;
}

static const struct node *main_member(const struct joining *j, const struct node *node,
                                      const char *name)
{
    return tree_member(j->main->tree, node, str_from_c(name));
}

static bool is_arn(const struct tree *tree, const struct node *node)
{
    return node_is(node, NODE_STRING) && str_starts(str_trim(tree_text(tree, node)), STR("arn:"));
}

static void gather_policies(struct joining *j, const struct node *list, struct holder *holder)
{
    if (!list || list->kind == NODE_NULL) {
        return;
    }
    holder->policies.known = true;
    uint32_t count = list->kind == NODE_ARRAY ? node_size(list) : 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct node *value =
            list->kind == NODE_ARRAY ? tree_element(j->main->tree, list, i) : list;
        struct told policy = {0};
        if (is_arn(j->main->tree, value)) {
            holder->managed.known = true;
            told_add(j->reader->arena, &holder->managed, (struct told){j->main->tree, value});
        } else if (resolve_policy(j, value, &policy)) {
            told_add(j->reader->arena, &holder->policies, policy);
        } else {
            holder->policies.partial = true;
        }
    }
}

/* The document that `managed_policies` names in place of a list; NULL where it names none. */
static const struct document *managed_document(const struct joining *j, const struct node *managed)
{
    const struct tree *tree = j->main->tree;
    if (!node_is(managed, NODE_STRING) || is_arn(tree, managed)) {
        return NULL;
    }
    return find_document(j, case_join_path(j->reader->scratch, j->main->source->name,
                                           str_trim(tree_text(tree, managed))));
}

/* ARNs. What a file with saved `aws iam list-attached-role-policies` tells is gathered with the other documents. */
static void gather_managed(struct joining *j, const struct node *list, struct holder *holder)
{
    const struct document *document = managed_document(j, list);
    if (document && !tree_member(document->tree, document->tree->root, STR("AttachedPolicies"))) {
        findings_error(j->reader->findings, STR("case/not-a-policy-list"), node_location(list),
                       "this file holds no 'AttachedPolicies', as aws iam "
                       "list-attached-role-policies prints them");
    }
    bool one = is_arn(j->main->tree, list);
    if (!one && !node_is(list, NODE_ARRAY)) {
        return;
    }
    holder->managed.known = true;
    uint32_t count = one ? 1 : node_size(list);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *arn = one ? list : tree_element(j->main->tree, list, i);
        told_add(j->reader->arena, &holder->managed, (struct told){j->main->tree, arn});
    }
}

/* One of the three holders of the form. */
struct form_holder {
    const struct node *node, *arn;
    bool is_user;
};

enum { FORM_HOLDERS = 3 };

static struct form_holder form_holder(const struct joining *j, int number)
{
    const struct node *root = j->main->tree->root;
    const struct node *amazon = main_member(j, main_member(j, root, "gitlab"), "amazon_eks");
    const struct node *identity = main_member(j, amazon, "identity");
    struct arn arn;
    bool is_user = identity && arn_parse(tree_text(j->main->tree, identity), &arn) &&
                   str_starts(arn.resource, STR("user/"));
    const struct node *role = main_member(j, root, number == 0 ? "provision_role" : "service_role");
    return number == 2 ? (struct form_holder){amazon, identity, is_user}
                       : (struct form_holder){role, main_member(j, role, "arn"), false};
}

static void gather_holder(struct joining *j, const struct form_holder *form)
{
    if (!form->arn) {
        return;
    }
    struct holder *holder =
        gathered_holder(&j->gathered, form->is_user ? &j->gathered.users : &j->gathered.roles,
                        (struct told){j->main->tree, form->arn}, (struct told){0});
    const struct node *policies = main_member(j, form->node, "policies");
    const struct node *managed = main_member(j, form->node, "managed_policies");
    gather_policies(j, policies, holder);
    gather_managed(j, managed, holder);
    /* Whoever lists one kind of policy and leaves the other out has none of it. */
    holder->policies.known = holder->policies.known || node_is(managed, NODE_ARRAY);
    holder->managed.known = holder->managed.known || (!managed && holder->policies.known);
    const struct node *trust = main_member(j, form->node, "trust_policy");
    struct told policy = {0};
    if (trust && resolve_policy(j, trust, &policy)) {
        holder->trust_policy = policy;
    }
    const struct node *boundary = main_member(j, form->node, "permissions_boundary");
    if (boundary && boundary->kind != NODE_NULL) {
        bool resolved = !is_arn(j->main->tree, boundary) && resolve_policy(j, boundary, &policy);
        static const struct node unknown = {.kind = NODE_UNKNOWN};
        holder->boundary = resolved ? policy : (struct told){j->main->tree, &unknown};
    }
}

/* The region under which `inventory` names a file, or empty. */
static struct str inventory_region(const struct joining *j, struct str file)
{
    const struct tree *tree = j->main->tree;
    const struct node *inventory = tree_member(tree, tree->root, STR("inventory"));
    for (uint32_t i = 0; node_is(inventory, NODE_OBJECT) && i < node_size(inventory); i++) {
        const struct node *files = tree_value(tree, inventory, i);
        for (uint32_t f = 0; f < node_size(files); f++) {
            struct str text = str_trim(tree_text(tree, tree_element(tree, files, f)));
            if (str_eq(case_join_path(j->reader->scratch, j->main->source->name, text), file)) {
                return tree_text(tree, tree_key(tree, inventory, i));
            }
        }
    }
    return (struct str){0};
}

/* What the main document says of a file: whose list it is, and of which region. */
static struct listing_of listing_of(const struct joining *j, const struct document *document)
{
    struct listing_of of = {0};
    for (int i = 0; j->main && i < FORM_HOLDERS; i++) {
        struct form_holder form = form_holder(j, i);
        const struct node *managed = main_member(j, form.node, "managed_policies");
        if (form.arn && managed_document(j, managed) == document) {
            of.owner_arn = (struct told){j->main->tree, form.arn};
            of.owner_is_user = form.is_user;
        }
    }
    if (j->main) {
        of.region = inventory_region(j, document->source->name);
    }
    return of;
}

static void gather_main(struct joining *j)
{
    case_each_reference(j->main, j->reader->scratch, report_reference, j);
    for (int i = 0; i < FORM_HOLDERS; i++) {
        struct form_holder form = form_holder(j, i);
        gather_holder(j, &form);
    }
    const struct node *region = main_member(j, j->main->tree->root, "region");
    struct told told = {j->main->tree, region};
    if (told_text(told).len) {
        gathered_region(&j->gathered, told_text(told), told);
    }
}

static void gather(struct joining *j)
{
    if (j->main) {
        gather_main(j);
    }
    for (int named = 1; named >= 0; named--) {
        for (size_t i = 0; i < j->documents->count; i++) {
            const struct document *document = j->documents->items[i];
            if (document->kind && document->kind->feed_count) {
                struct listing_of of = listing_of(j, document);
                gather_document(&j->gathered, document, &of, named);
            }
        }
    }
}

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
    struct arn arn;
    bool parsed = arn_parse(told_text(holder->arn), &arn);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct str value = {0};
        push_key(j, str_from_c(parts[i].member), at);
        if (parsed && arn_field(&arn, str_from_c(parts[i].field), &value)) {
            push_text(j, value, at);
        } else if (i == 0 && holder->name.node) {
            push_told(j, holder->name, at);
        } else {
            push_unknown(j, at);
        }
    }
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
    if (is_role) {
        push_key(j, STR("trust_policy"), at);
        push_policy(j, holder->trust_policy, at);
    }
    if (holder->boundary.node) {
        push_key(j, STR("permissions_boundary"), at);
        push_policy(j, holder->boundary, at);
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

/* An entry of a region's list: the values that its feed names, as far as the entry has them. */
static void push_entry(struct joining *j, const struct region_entry *entry)
{
    struct location at = node_location(entry->item.node);
    struct arena_mark mark = arena_mark(j->reader->scratch);
    open_made(j, NODE_OBJECT, at);
    for (size_t i = 0; i < entry->feed->field_count; i++) {
        struct path_env env = {
            .tree = entry->item.tree,
            .root = entry->item.tree->root,
            .current = {entry->item.node, NULL},
            .scratch = j->reader->scratch,
            .steps = CASE_MAX_NODES,
        };
        struct nodelist values = {0};
        path_select(entry->feed->fields[i].value, &env, &values);
        if (values.count) {
            push_key(j, entry->feed->fields[i].name, node_location(values.items[0].node));
            builder_copy(j->builder, entry->item.tree, values.items[0].node, &j->budget);
        }
    }
    builder_close(j->builder, at.span.hi);
    arena_rewind(j->reader->scratch, mark);
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
    for (size_t list = 0; list < REGION_LIST_COUNT; list++) {
        const struct region_entries *entries = &region->lists[list];
        push_key(j, region_list_names[list], at);
        if (!entries->known) {
            push_unknown(j, at);
            continue;
        }
        open_made(j, NODE_ARRAY, at);
        for (size_t i = 0; i < entries->count; i++) {
            push_entry(j, &entries->items[i]);
        }
        if (entries->partial) {
            push_unknown(j, at);
        }
        builder_close(j->builder, at.span.hi);
    }
    builder_close(j->builder, at.span.hi);
}

static bool is_policy_member(struct str name)
{
    return str_eq(name, STR("policies")) || str_eq(name, STR("trust_policy")) ||
           str_eq(name, STR("permissions_boundary"));
}

static void push_main(struct joining *j, const struct node *schema, const struct node *node);

/* `policies`, `trust_policy`, `permissions_boundary`: the documents themselves, in normal form. */
static void push_resolved(struct joining *j, const struct node *value)
{
    struct told policy = {0};
    if (value->kind == NODE_ARRAY) {
        builder_open(j->builder, NODE_ARRAY, value->source, value->lo);
        for (uint32_t i = 0; i < node_size(value); i++) {
            push_resolved(j, tree_element(j->main->tree, value, i));
        }
        builder_close(j->builder, value->hi);
    } else if (value->kind == NODE_NULL || is_arn(j->main->tree, value)) {
        builder_copy(j->builder, j->main->tree, value, &j->budget);
    } else if (value->kind == NODE_OBJECT) {
        policy_normalise(j->builder, j->main->tree, value, &j->budget);
    } else {
        struct findings *kept = j->reader->findings;
        struct findings dropped = {.arena = j->reader->scratch};
        j->reader->findings = &dropped; /* it was reported while gathering */
        bool resolved = resolve_policy(j, value, &policy);
        j->reader->findings = kept;
        push_policy(j, resolved ? policy : (struct told){0}, node_location(value));
    }
}

static void push_main_object(struct joining *j, const struct node *schema, const struct node *node)
{
    const struct tree *tree = j->main->tree;
    builder_open(j->builder, NODE_OBJECT, node->source, node->lo)->style = node->style;
    for (uint32_t i = 0; i < node_size(node); i++) {
        const struct node *key = tree_key(tree, node, i);
        struct str name = tree_text(tree, key);
        push_key(j, name, node_location(key));
        if (is_policy_member(name)) {
            push_resolved(j, tree_value(tree, node, i));
        } else {
            push_main(j, schema ? schema_property(&j->main->kind->schema, schema, name) : NULL,
                      tree_value(tree, node, i));
        }
    }
    builder_close(j->builder, node->hi);
}

/* A number where the form takes text (an account id without quotes) is judged by what was written. */
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

void case_build(struct document_reader *reader, const struct document *main,
                const struct document_list *documents, struct joined_case *joined)
{
    /* A builder of its own: resolving references reads documents with the reader's. */
    struct builder builder = {0};
    struct joining j = {
        .reader = reader,
        .main = main,
        .documents = documents,
        .gathered = {.reader = reader},
        .builder = &builder,
        .budget = CASE_MAX_NODES,
    };
    joined->main = main;
    tree_init(&joined->tree, reader->arena, reader->sources, reader->atoms);
    gather(&j);
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
    builder_close(&builder, at.span.hi);
    builder_finish(&builder);
    builder_release(&builder);
}
