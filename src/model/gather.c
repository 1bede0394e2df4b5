/* SPDX-License-Identifier: MIT */
/*
 * Gathering, the first half of joining a case: what the main document says of roles, users and its
 * region, the files that it refers to, and which region or role a saved listing is of.
 */
#include "model/joining.h"

#include "aws/arn.h"
#include "model/told.h"

/* The position of the first document of a file, or of where it would stand. */
static size_t find_first(const struct joining *j, struct str file)
{
    size_t low = 0;
    size_t high = j->documents->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(j->documents->items[middle]->source->name, file) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct document *joining_document(const struct joining *j, struct str file, size_t number)
{
    size_t at = find_first(j, file) + number;
    const struct document *document = at < j->documents->count ? j->documents->items[at] : NULL;
    return document && str_eq(document->source->name, file) ? document : NULL;
}

static const struct document *find_document(const struct joining *j, struct str file)
{
    return joining_document(j, file, 0);
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

bool joining_names_file(const struct joining *j, const struct node *value)
{
    return node_is(value, NODE_STRING) &&
           !str_starts(str_trim(tree_text(j->main->tree, value)), STR("{"));
}

struct str joining_file(const struct joining *j, const struct node *value)
{
    return case_join_path(j->reader->scratch, j->main->source->name,
                          str_trim(tree_text(j->main->tree, value)));
}

/* The IAM document that `node` is or holds; where there is none, that is reported at `value`. */
static bool read_policy(const struct joining *j, const struct node *value, struct told from,
                        struct told *policy)
{
    policy->tree = from.tree;
    policy->node = document_policy(j->reader, &policy->tree, from.node, true);
    if (!policy->node && !node_is(value, NODE_NULL)) {
        findings_error(j->reader->findings, STR("case/not-a-policy"), node_location(value),
                       "this is no IAM policy document: an object with 'Statement' was expected");
    }
    return policy->node != NULL;
}

/*
 * The one IAM document that a value of the main document stands for: written in place, or in the
 * file that it names. False where it cannot be had; what is wrong was reported by
 * report_reference() or is reported here.
 */
bool joining_resolve(const struct joining *j, const struct node *value, struct told *policy)
{
    if (!joining_names_file(j, value)) {
        return read_policy(j, value, (struct told){j->main->tree, value}, policy);
    }
    struct str file = joining_file(j, value);
    const struct document *document = find_document(j, file);
    if (!document) {
        return false;
    }
    if (joining_document(j, file, 1)) {
        findings_error(j->reader->findings, STR("case/not-a-policy"), node_location(value),
                       "'%.*s' holds several documents, and one policy is wanted here",
                       STR_ARG(file));
        return false;
    }
    return read_policy(j, value, (struct told){document->tree, document->tree->root}, policy);
}

static const struct node *main_member(const struct joining *j, const struct node *node,
                                      const char *name)
{
    return tree_member(j->main->tree, node, str_from_c(name));
}

bool joining_is_arn(const struct tree *tree, const struct node *node)
{
    return node_is(node, NODE_STRING) && str_starts(str_trim(tree_text(tree, node)), STR("arn:"));
}

/* A file that is named again and again is still one policy, and is copied once. */
static bool has_policy(const struct holder *holder, const struct node *policy)
{
    for (size_t i = 0; i < holder->policies.count; i++) {
        if (holder->policies.items[i].node == policy) {
            return true;
        }
    }
    return false;
}

/* Every document of a file is a policy of its own. */
static void gather_file(struct joining *j, const struct node *value, struct holder *holder)
{
    struct str file = joining_file(j, value);
    bool all = false;
    const struct document *document;
    for (size_t number = 0; (document = joining_document(j, file, number)) != NULL; number++) {
        struct told policy = {0};
        struct told from = {document->tree, document->tree->root};
        all = read_policy(j, value, from, &policy);
        if (!all) {
            break;
        }
        if (!has_policy(holder, policy.node)) {
            told_add(j->reader->arena, &holder->policies, policy);
        }
    }
    holder->policies.partial = holder->policies.partial || !all;
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
        if (joining_is_arn(j->main->tree, value)) {
            holder->managed.known = true;
            told_add(j->reader->arena, &holder->managed, (struct told){j->main->tree, value});
        } else if (joining_names_file(j, value)) {
            gather_file(j, value, holder);
        } else if (joining_resolve(j, value, &policy)) {
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
    if (!node_is(managed, NODE_STRING) || joining_is_arn(tree, managed)) {
        return NULL;
    }
    return find_document(j, case_join_path(j->reader->scratch, j->main->source->name,
                                           str_trim(tree_text(tree, managed))));
}

/*
 * ARNs. What a file with saved `aws iam list-attached-role-policies` tells is gathered with the
 * other documents.
 */
static void gather_managed(struct joining *j, const struct node *list, struct holder *holder)
{
    const struct document *document = managed_document(j, list);
    if (document && !tree_member(document->tree, document->tree->root, STR("AttachedPolicies"))) {
        findings_error(j->reader->findings, STR("case/not-a-policy-list"), node_location(list),
                       "this file holds no 'AttachedPolicies', as aws iam "
                       "list-attached-role-policies prints them");
    }
    bool one = joining_is_arn(j->main->tree, list);
    if (!one && !node_is(list, NODE_ARRAY)) {
        return;
    }
    holder->managed.known = true;
    holder->managed.counted = true;
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
    holder->in_form = true;
    const struct node *policies = main_member(j, form->node, "policies");
    const struct node *managed = main_member(j, form->node, "managed_policies");
    holder->form_lists = policies || managed;
    gather_policies(j, policies, holder);
    gather_managed(j, managed, holder);
    /* Whoever lists one kind of policy and leaves the other out has none of it. */
    holder->policies.known = holder->policies.known || node_is(managed, NODE_ARRAY);
    holder->managed.known = holder->managed.known || (!managed && holder->policies.known);
    const struct node *trust = main_member(j, form->node, "trust_policy");
    struct told policy = {0};
    if (trust && joining_resolve(j, trust, &policy)) {
        holder->trust_policy = policy;
    }
    const struct node *boundary = main_member(j, form->node, "permissions_boundary");
    if (boundary && boundary->kind != NODE_NULL) {
        static const struct node unknown = {.kind = NODE_UNKNOWN};
        struct told named = {j->main->tree, boundary};
        bool by_arn = joining_is_arn(j->main->tree, boundary);
        bool resolved = !by_arn && joining_resolve(j, boundary, &policy);
        holder->boundary = by_arn     ? named
                           : resolved ? policy
                                      : (struct told){j->main->tree, &unknown};
    }
}

/* Which region `inventory` gives each file that it names; the first one counts. */
static void read_inventory(struct joining *j)
{
    const struct tree *tree = j->main->tree;
    const struct node *inventory = tree_member(tree, tree->root, STR("inventory"));
    size_t capacity = 0;
    atoms_init(&j->inventory, j->reader->arena, NULL);
    for (uint32_t i = 0; node_is(inventory, NODE_OBJECT) && i < node_size(inventory); i++) {
        const struct node *files = tree_value(tree, inventory, i);
        for (uint32_t f = 0; f < node_size(files); f++) {
            struct str text = str_trim(tree_text(tree, tree_element(tree, files, f)));
            struct str file = case_join_path(j->reader->scratch, j->main->source->name, text);
            uint32_t known = j->inventory.count;
            uint32_t atom = atoms_intern(&j->inventory, file);
            j->inventory_regions = arena_grow(j->reader->arena, j->inventory_regions, known - 1,
                                              &capacity, sizeof *j->inventory_regions);
            if (atom == known) {
                j->inventory_regions[atom - 1] = tree_text(tree, tree_key(tree, inventory, i));
            }
        }
    }
}

static struct str inventory_region(const struct joining *j, struct str file)
{
    uint32_t atom;
    bool named = atoms_find(&j->inventory, file, &atom) && atom > 0;
    return named ? j->inventory_regions[atom - 1] : (struct str){0};
}

struct reference_search {
    struct str file;
    bool found;
};

static void note_named(void *context, struct str file, const struct node *reference)
{
    struct reference_search *search = context;
    (void)reference;
    search->found = search->found || str_eq(search->file, file);
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
        struct reference_search search = {document->source->name, false};
        case_each_reference(j->main, j->reader->scratch, note_named, &search);
        of.is_reference = search.found;
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
    const struct node *role = main_member(j, j->main->tree->root, "provision_role");
    j->gathered.form_role = (struct told){j->main->tree, main_member(j, role, "arn")};
    const struct node *region = main_member(j, j->main->tree->root, "region");
    struct told told = {j->main->tree, region};
    if (told_text(told).len) {
        gathered_region(&j->gathered, told_text(told), told);
    }
}

void joining_gather(struct joining *j)
{
    if (j->main) {
        read_inventory(j);
        gather_main(j);
    }
    for (size_t i = 0; i < j->documents->count; i++) {
        struct document *document = j->documents->items[i];
        if (document->kind && document->kind->has_feeds && !document->told) {
            document->told = told_tree(j->reader, document);
        }
    }
    for (int named = 1; named >= 0; named--) {
        for (size_t i = 0; i < j->documents->count; i++) {
            const struct document *document = j->documents->items[i];
            if (document->kind && document->kind->has_feeds) {
                struct listing_of of = listing_of(j, document);
                gather_document(&j->gathered, document, &of, named);
            }
        }
    }
    gather_finish(&j->gathered);
}
