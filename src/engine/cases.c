/* SPDX-License-Identifier: MIT */
/*
 * Which documents make a case. A file belongs to the gitlab-eks document whose folder it lies in,
 * the nearest one above it, and to every one that refers to it.
 */
#include "engine/engine.h"

/*
 * What judging a case costs beside its values, and what all cases of a run may cost whatever the files hold, in
 * values. Files that lie below many main documents belong to each of them.
 */
enum { CASE_COST = 500, CASES_FREE = 500000 };

static const uint32_t no_home = UINT32_MAX;

/* The documents that are parts of cases, and which case each belongs to. */
struct membership {
    ekslint *e;
    struct document **parts; /* of a known kind, and no main document */
    size_t count;
    uint32_t *homes;  /* length of the nearest main folder's name, or no_home */
    bool *referenced; /* by the main document at hand */
    uint64_t left;    /* of what all cases may cost */
};

bool engine_is_main(const struct document *document)
{
    return document->kind && str_eq(document->kind->id, STR(CASE_MAIN_KIND)) &&
           document->tree->root->kind == NODE_OBJECT;
}

static struct str folder_of(const struct document *document)
{
    struct str name = document->source->name;
    return str_slice(name, 0, str_after_last(name, '/'));
}

static void find_parts(struct membership *m)
{
    const struct document_list *all = &m->e->documents;
    m->parts = arena_array(&m->e->arena, struct document *, all->count);
    m->homes = arena_array(&m->e->arena, uint32_t, all->count);
    m->referenced = arena_array(&m->e->arena, bool, all->count);
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i]->kind && !engine_is_main(all->items[i])) {
            m->homes[m->count] = no_home;
            m->parts[m->count++] = all->items[i];
        }
    }
}

/* Parts of the main document's folder belong to it, unless another one's folder is nearer. */
static void claim_parts(struct membership *m, const struct document *main)
{
    struct str folder = folder_of(main);
    for (size_t i = 0; i < m->count; i++) {
        bool nearer = m->homes[i] == no_home || folder.len > m->homes[i];
        if (nearer && str_starts(m->parts[i]->source->name, folder)) {
            m->homes[i] = (uint32_t)folder.len;
        }
    }
}

static void note_reference(void *context, struct str file, const struct node *reference)
{
    struct membership *m = context;
    (void)reference;
    for (size_t i = 0; i < m->count; i++) {
        if (str_eq(m->parts[i]->source->name, file)) {
            m->referenced[i] = true;
        }
    }
}

static bool belongs_to(const struct membership *m, size_t i, struct str folder)
{
    bool at_home = m->homes[i] == folder.len && str_starts(m->parts[i]->source->name, folder);
    return at_home || m->referenced[i] || m->e->one_case;
}

static void add_member(ekslint *e, struct document_list *members, struct document *document)
{
    members->items = arena_grow(&e->arena, members->items, members->count, &members->capacity,
                                sizeof(struct document *));
    members->items[members->count++] = document;
}

bool engine_is_eks(const struct document_list *documents)
{
    bool is_gitlab = false;
    bool is_eks = false;
    for (size_t i = 0; i < documents->count; i++) {
        const struct kind *kind = documents->items[i]->kind;
        is_eks = is_eks || (kind && kind->eks);
        is_gitlab = is_gitlab || (kind && str_starts(kind->id, STR("gitlab-")));
    }
    return is_eks && !is_gitlab;
}

void engine_judge_case(ekslint *e, const struct joined_case *joined, bool eks)
{
    const struct flows *flows = eks ? ruleset_flows(&e->rules) : NULL;
    e->foreign = flows ? flows_find(flows, STR(GITLAB_FLOW)) : NULL;
    engine_run_kind(e, STR("case"), &joined->tree, joined->tree.root, NULL);
    e->foreign = NULL;
}

/* About so many values are in the files. Documents of one file may share a tree, which says nothing of each. */
static uint64_t values_in(const struct document_list *documents)
{
    enum { BYTES_PER_VALUE = 8 };
    uint64_t bytes = 0;
    for (size_t i = 0; i < documents->count; i++) {
        const struct span span = node_location(documents->items[i]->tree->root).span;
        bytes += span.hi - span.lo;
    }
    return bytes / BYTES_PER_VALUE;
}

/* Have the cases before this one cost all that they may? That is said once: none behind it is judged. */
static bool refuse_case(const struct membership *m, const struct document *main)
{
    ekslint *e = m->e;
    if (m->left > 0) {
        return false;
    }
    struct finding *finding =
        findings_error(&e->findings, STR("case/too-many"), node_location(main->tree->root),
                       "from here on no case is judged: there were %s; check fewer files at a time",
                       limit_reached(&e->arena, &e->limits, LIMIT_CASE_COPIES).ptr);
    if (finding) {
        finding->unreadable = true; /* no status may say that all was evaluated */
    }
    return true;
}

/* `main` may be NULL: then all documents are one case. */
static void run_case(struct membership *m, struct document *main)
{
    ekslint *e = m->e;
    struct document_list members = {0};
    if (main) {
        add_member(e, &members, main);
        memset(m->referenced, 0, m->count * sizeof *m->referenced);
        case_each_reference(main, &e->scratch, note_reference, m);
    }
    for (size_t i = 0; i < m->count; i++) {
        if (!main || belongs_to(m, i, folder_of(main))) {
            add_member(e, &members, m->parts[i]);
        }
    }
    struct joined_case *joined = arena_new(&e->arena, struct joined_case);
    case_build(&e->reader, main, &members, joined);
    engine_judge_case(e, joined, !main && engine_is_eks(&members));
    const uint64_t cost = CASE_COST + members.count + joined->tree.count;
    m->left -= cost < m->left ? cost : m->left;
}

void engine_run_cases(ekslint *e)
{
    struct membership m = {.e = e};
    bool any_main = false;
    bool any_feed = false;
    find_parts(&m);
    for (size_t i = 0; i < e->documents.count; i++) {
        const struct document *document = e->documents.items[i];
        any_feed =
            any_feed || (document->kind && document->kind->has_feeds && !document->kind->beside);
        if (engine_is_main(document)) {
            any_main = true;
            claim_parts(&m, document);
        }
    }
    m.left = CASES_FREE + values_in(&e->documents) * e->limits.of[LIMIT_CASE_COPIES];
    bool refused = false;
    for (size_t i = 0; i < e->documents.count && !refused; i++) {
        struct document *document = e->documents.items[i];
        if (engine_is_main(document)) {
            refused = refuse_case(&m, document);
        }
        if (engine_is_main(document) && !refused) {
            run_case(&m, document);
        }
    }
    if (!any_main && any_feed) {
        run_case(&m, NULL);
    }
}
