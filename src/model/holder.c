/* SPDX-License-Identifier: MIT */
/*
 * Roles, users and groups. Identity is the ARN; saved output that names a role by its name alone, or
 * only by its file's name, is joined to the role that the case already knows by that name.
 */
#include "model/listing.h"

#include "aws/arn.h"
#include "model/differ.h"

/* Lists longer than this are joined, but not compared. */
enum { COMPARED_MAX = 256 };

void told_add(struct arena *arena, struct told_list *list, struct told item)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

struct str arn_name_of(struct str text)
{
    struct arn arn;
    struct str name = {0};
    return arn_parse(text, &arn) && arn_field(&arn, STR("name"), &name) ? name : (struct str){0};
}

static struct str holder_name(const struct holder *holder)
{
    struct str name = told_text(holder->name);
    return name.len ? name : arn_name_of(told_text(holder->arn));
}

/* The slot of a text, made if new. IAM names are unique without regard to case. */
static uint32_t *index_slot(struct holder_index *index, struct arena *arena, struct str text,
                            bool nocase)
{
    if (!index->texts.arena) {
        atoms_init(&index->texts, arena, NULL);
    }
    if (nocase) {
        struct str copy = arena_str(arena, text);
        char *bytes = (char *)copy.ptr; /* our own copy */
        for (size_t i = 0; i < copy.len; i++) {
            bytes[i] = char_lower(bytes[i]);
        }
        text = copy;
    }
    uint32_t atom = atoms_intern(&index->texts, text);
    while (index->capacity <= atom) {
        index->at =
            arena_grow(arena, index->at, index->capacity, &index->capacity, sizeof *index->at);
    }
    return &index->at[atom];
}

static struct holder *add_holder(struct arena *arena, struct holder_list *list, struct told arn,
                                 struct told name)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    struct holder *holder = &list->items[list->count++];
    *holder = (struct holder){.arn = arn, .name = name};
    return holder;
}

struct holder *gathered_holder(struct gathered *gathered, struct holder_list *list, struct told arn,
                               struct told name)
{
    struct arena *arena = gathered->reader->arena;
    struct str arn_text = told_text(arn);
    struct str name_text = told_identity(name);
    if (name_text.len == 0) {
        name_text = arn_name_of(arn_text);
    }
    uint32_t *named = index_slot(&list->by_name, arena, name_text, true);
    uint32_t *bare = index_slot(&list->bare, arena, name_text, true);
    uint32_t *same = index_slot(&list->by_arn, arena, arn_text, false);
    uint32_t found = arn_text.len ? *same : name_text.len ? *named : 0;
    if (arn_text.len && !found && name_text.len && *bare) {
        found = *bare;
        *bare = 0;
        list->items[found - 1].arn = arn;
    }
    if (!found) {
        add_holder(arena, list, arn, name);
        found = (uint32_t)list->count;
        *bare = arn_text.len || *bare ? *bare : found;
        *named = *named ? *named : found;
    }
    *same = found;
    return &list->items[found - 1];
}

/* ---- whose a listing is ---- */

bool file_names(struct str file, struct str name)
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

/* Is it told, by its ARN, in a file of the folder of `path`? */
static bool is_told_beside(const struct holder *holder, struct str path)
{
    if (!holder->arn.node) {
        return false;
    }
    const struct sources *sources = holder->arn.tree->sources;
    struct str other = sources_get(sources, holder->arn.node->source)->name;
    return str_eq(str_slice(other, 0, str_after_last(other, '/')),
                  str_slice(path, 0, str_after_last(path, '/')));
}

/* The longest name in the file's; of several accounts' roles of that name the one that is told beside it. */
static struct holder *longest_in(const struct holder_list *list, struct str path)
{
    struct str file = str_from(path, str_after_last(path, '/'));
    struct holder *best = NULL;
    for (size_t i = 0; i < list->count; i++) {
        struct holder *holder = &list->items[i];
        size_t length = holder_name(holder).len;
        size_t longest = best ? holder_name(best).len : 0;
        if (length < longest || !file_names(file, holder_name(holder))) {
            continue;
        }
        bool nearer = best && is_told_beside(holder, path) && !is_told_beside(best, path);
        best = !best || length > longest || nearer ? holder : best;
    }
    return best;
}

/*
 * Saved output that does not name its role or user is told apart by the file's name: the longest
 * name in it. Of a user and a role of one name it is the user's where the file's name speaks of
 * users, as list-attached-user-policies does.
 */
static struct holder *holder_by_file(struct gathered *gathered, struct str path)
{
    struct str file = str_from(path, str_after_last(path, '/'));
    struct holder *role = longest_in(&gathered->roles, path);
    struct holder *user = longest_in(&gathered->users, path);
    if (!role || !user) {
        return role ? role : user;
    }
    size_t role_len = holder_name(role).len;
    size_t user_len = holder_name(user).len;
    bool of_users = str_find(file, STR("-user")) < file.len;
    return user_len > role_len || (user_len == role_len && of_users) ? user : role;
}

static struct holder *holder_of_listing(struct gathered *gathered, const struct feeding *feeding,
                                        const struct listing_of *of)
{
    if (of->owner_arn.node) {
        return gathered_holder(gathered, of->owner_is_user ? &gathered->users : &gathered->roles,
                               of->owner_arn, (struct told){0});
    }
    return holder_by_file(gathered, feeding->document->source->name);
}

/* ---- roles and users ---- */

static void warn_conflict(struct document_reader *reader, struct location at,
                          struct location before, struct str message)
{
    struct finding *finding = feed_warn(reader, STR("case/conflict"), at, message);
    finding_relate(reader->findings, finding, before, STR("the other one"));
}

void told_take(const struct feeding *feeding, struct told *slot, struct told value)
{
    if (!slot->node) {
        *slot = value;
    } else if (node_is(value.node, NODE_STRING) && node_is(slot->node, NODE_STRING) &&
               !tree_equal(slot->tree, slot->node, value.tree, value.node)) {
        warn_conflict(feeding->reader, node_location(value.node), node_location(slot->node),
                      STR("an earlier file says something else here, and counts; remove the one "
                          "that is out of date"));
    }
}

static void take_trust(const struct feeding *feeding, struct holder *holder, struct told value)
{
    if (!holder->trust_policy.node) {
        holder->trust_policy = value;
    } else if (value.node && policies_differ(feeding->reader, holder->trust_policy, value)) {
        warn_conflict(feeding->reader, node_location(value.node),
                      node_location(holder->trust_policy.node),
                      arena_format(feeding->reader->arena,
                                   "this is not the trust policy that an earlier file or "
                                   "gitlab-eks.yaml gives for '%.*s', which counts; what AWS "
                                   "prints is in force",
                                   STR_ARG(holder_name(holder))));
    }
}

static bool list_has(const struct told_list *list, struct str text)
{
    for (size_t i = 0; i < list->count && i < COMPARED_MAX; i++) {
        if (str_eq(told_text(list->items[i]), text)) {
            return true;
        }
    }
    return false;
}

/* The first element that only one of two lists has; NULL where they have the same. */
static const struct told *only_in_one(const struct told_list *a, const struct told_list *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (!list_has(b, told_text(a->items[i]))) {
            return &a->items[i];
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (!list_has(a, told_text(b->items[i]))) {
            return &b->items[i];
        }
    }
    return NULL;
}

static struct told_list values_of(const struct feeding *feeding, const struct node *item,
                                  struct str name)
{
    struct told_list list = {0};
    struct nodelist nodes = feed_values(feeding, item, name);
    for (size_t i = 0; i < nodes.count; i++) {
        told_add(feeding->reader->arena, &list,
                 (struct told){document_told(feeding->document), nodes.items[i].node});
    }
    return list;
}

static void add_all(const struct feeding *feeding, struct told_list *to,
                    const struct told_list *from, bool once)
{
    for (size_t i = 0; i < from->count; i++) {
        bool is_text = node_is(from->items[i].node, NODE_STRING);
        if (!once || !is_text || !list_has(to, told_text(from->items[i]))) {
            told_add(feeding->reader->arena, to, from->items[i]);
        }
    }
}

/* A list of names or ARNs; one that is null, or left out, tells nothing. */
static void feed_texts(const struct feeding *feeding, struct told_list *list,
                       const struct node *item, struct str name)
{
    if (feeding->feed->single) {
        struct told_list one = values_of(feeding, item, name);
        list->partial = list->partial || (one.count && !list->known);
        add_all(feeding, list, &one, true);
        return;
    }
    if (!feed_field_has_list(feeding, item, name)) {
        bool empty = feed_field_is_empty(feeding, item, name);
        list->known = list->known || empty;
        list->partial = list->partial || (empty && feeding->partial);
        return;
    }
    struct told_list values = values_of(feeding, item, name);
    const struct told *odd = NULL;
    if (list->counted && !feeding->partial && values.count <= COMPARED_MAX) {
        odd = only_in_one(list, &values);
    }
    if (odd) {
        warn_conflict(feeding->reader, feed_place(feeding->document), node_location(odd->node),
                      arena_format(feeding->reader->arena,
                                   "this list and what an earlier file or gitlab-eks.yaml says "
                                   "disagree: only one of them has '%.*s'; keep the newer one",
                                   STR_ARG(told_text(*odd))));
    }
    list->known = true;
    list->partial = list->partial || feeding->partial;
    list->counted = list->counted || !feeding->partial;
    add_all(feeding, list, &values, true);
}

static void feed_policies(const struct feeding *feeding, struct holder *holder,
                          const struct node *item)
{
    struct str name = STR("policies");
    bool empty = feed_field_is_empty(feeding, item, name);
    if (!feed_field_has_list(feeding, item, name) && !empty) {
        return; /* the feed does not speak of it, or the list is null */
    }
    if (feeding->feed->complete) {
        holder->policies.known = true;
        holder->policies.partial = holder->policies.partial || feeding->partial;
    } else {
        /* get-role-policy shows one inline policy; whether there are more, it does not say. */
        holder->policies.partial = holder->policies.partial || !holder->policies.known;
        struct told_list names = values_of(feeding, item, STR("policy_name"));
        add_all(feeding, &holder->inline_names, &names, true);
    }
    struct told_list values = values_of(feeding, item, name);
    add_all(feeding, &holder->policies, &values, false);
}

/*
 * The form's holder of this name in another account, where the ARN is nobody's that is known; or
 * NULL. Those of the form come first.
 */
static const struct holder *namesake(struct gathered *gathered, struct holder_list *list,
                                     struct str text)
{
    struct arn mine, theirs;
    if (*index_slot(&list->by_arn, gathered->reader->arena, text, false) ||
        !arn_parse(text, &mine)) {
        return NULL;
    }
    for (size_t i = 0; i < list->count && list->items[i].in_form; i++) {
        const struct holder *other = &list->items[i];
        if (arn_parse(told_text(other->arn), &theirs) && !str_eq(mine.account, theirs.account) &&
            str_eq_nocase(arn_name_of(text), holder_name(other))) {
            return other;
        }
    }
    return NULL;
}

static void report_namesake(struct gathered *gathered, const struct feeding *feeding,
                            struct holder_list *list, struct told arn)
{
    const struct holder *other = namesake(gathered, list, told_text(arn));
    struct arn mine, theirs;
    if (other && arn_parse(told_text(arn), &mine) && arn_parse(told_text(other->arn), &theirs)) {
        struct finding *finding = feed_warn(
            feeding->reader, STR("case/other-account"), node_location(arn.node),
            arena_format(feeding->reader->arena,
                         "this is '%.*s' of account %.*s, and gitlab-eks.yaml names the one of "
                         "account %.*s; collect it with credentials of that account",
                         STR_ARG(holder_name(other)), STR_ARG(mine.account),
                         STR_ARG(theirs.account)));
        finding_relate(feeding->reader->findings, finding, node_location(other->arn.node),
                       STR("named here"));
    }
}

/* A value that is known, or at least whose it is. */
static bool is_told(struct told told)
{
    return told.node && (told.node->kind != NODE_UNKNOWN || tree_symbol(told.tree, told.node).len);
}

void holder_feed(struct gathered *gathered, const struct feeding *feeding,
                 const struct listing_of *of, struct holder_list *list, const struct node *item)
{
    struct told arn = feed_value(feeding, item, STR("arn"));
    struct told name = feed_value(feeding, item, STR("name"));
    if (told_text(arn).len) {
        report_namesake(gathered, feeding, list, arn);
    }
    bool told = is_told(arn) || is_told(name);
    if (!told &&
        (feed_field(feeding->feed, STR("arn")) || feed_field(feeding->feed, STR("name")))) {
        return; /* nobody knows yet whose this is */
    }
    struct holder *holder = told ? gathered_holder(gathered, list, arn, name)
                                 : holder_of_listing(gathered, feeding, of);
    if (!holder) {
        feed_warn(feeding->reader, STR("case/role-unknown"), feed_place(feeding->document),
                  STR("nothing here says which role these policies are attached to; put the "
                      "role's name into the file's name, or name the file under "
                      "'managed_policies' in gitlab-eks.yaml"));
        return;
    }
    if (!holder->name.node) {
        holder->name = name;
    }
    size_t said = feeding->reader->findings->count;
    told_take(feeding, &holder->path, feed_value(feeding, item, STR("path")));
    told_take(feeding, &holder->boundary, feed_value(feeding, item, STR("permissions_boundary")));
    take_trust(feeding, holder, feed_value(feeding, item, STR("trust_policy")));
    feed_texts(feeding, &holder->managed, item, STR("managed_policies"));
    feed_texts(feeding, &holder->policy_names, item, STR("policy_names"));
    feed_texts(feeding, &holder->groups, item, STR("groups"));
    feed_policies(feeding, holder, item);
    holder->conflicts += feeding->reader->findings->count - said;
    if (holder->conflicts > ENTRIES_MAX_CONFLICTS) {
        feeding->reader->findings->count = said; /* there are many, and one is behind them */
    }
}

/* ---- when all is gathered ---- */

/* Whoever gave the names of all inline policies, and each of these policies, gave them all. */
static void finish_inline(struct holder *holder)
{
    const struct told_list *names = &holder->policy_names;
    if (!names->known || names->partial || holder->policies.known) {
        return;
    }
    bool all = true;
    for (size_t i = 0; i < names->count; i++) {
        all = all && list_has(&holder->inline_names, told_text(names->items[i]));
    }
    holder->policies.known = true;
    holder->policies.partial = !all;
}

static void join_list(struct arena *arena, struct told_list *to, const struct told_list *from)
{
    for (size_t i = 0; i < from->count; i++) {
        told_add(arena, to, from->items[i]);
    }
    to->partial = to->partial || from->partial || !from->known;
}

/* A user's policies are those of the groups, too. Source: IAM User Guide, "IAM user groups". */
static void finish_user(struct gathered *gathered, struct holder *user)
{
    struct arena *arena = gathered->reader->arena;
    const struct told_list *groups = &user->groups;
    if (user->form_lists && !groups->known) {
        return; /* the form's author lists what counts */
    }
    bool all = groups->known && !groups->partial;
    for (size_t i = 0; i < groups->count; i++) {
        struct str name = told_text(groups->items[i]);
        struct holder *group = NULL;
        uint32_t at = name.len ? *index_slot(&gathered->groups.by_name, arena, name, true) : 0;
        group = at ? &gathered->groups.items[at - 1] : NULL;
        all = all && group;
        if (group && group->joined != user) {
            group->joined = user;
            join_list(arena, &user->policies, &group->policies);
            join_list(arena, &user->managed, &group->managed);
        }
    }
    if (!all) {
        user->policies.partial = user->policies.partial || user->policies.known;
        user->managed.partial = user->managed.partial || user->managed.known;
    }
}

void holders_finish(struct gathered *gathered)
{
    struct holder_list *const lists[] = {&gathered->roles, &gathered->users, &gathered->groups};
    for (size_t l = 0; l < COUNT_OF(lists); l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            finish_inline(&lists[l]->items[i]);
        }
    }
    for (size_t i = 0; i < gathered->users.count; i++) {
        finish_user(gathered, &gathered->users.items[i]);
    }
}
