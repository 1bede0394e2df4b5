/* SPDX-License-Identifier: MIT */
/*
 * Which documents make a case. A file belongs to the gitlab-eks document whose folder it lies in,
 * the nearest one above it, and to every one that refers to it.
 */
#include "engine/engine.h"

#include <stdlib.h>

enum { NO_HOME = UINT32_MAX };

/* For each document, which case it belongs to. */
struct membership {
    ekslint *e;
    uint32_t *homes;  /* length of the nearest main folder's name, or NO_HOME */
    bool *referenced; /* by the main document at hand */
};

bool engine_is_main(const struct document *document)
{
    return document->kind && str_eq(document->kind->id, STR(CASE_MAIN_KIND)) &&
           document->tree->root->kind == NODE_OBJECT;
}

static struct str folder_of(const struct document *document)
{
    struct str name = document->source->name;
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != '/') {
        at--;
    }
    return str_slice(name, 0, at);
}

static void find_homes(struct membership *m)
{
    const struct document_list *all = &m->e->documents;
    for (size_t i = 0; i < all->count; i++) {
        m->homes[i] = NO_HOME;
    }
    for (size_t main = 0; main < all->count; main++) {
        if (!engine_is_main(all->items[main])) {
            continue;
        }
        struct str folder = folder_of(all->items[main]);
        for (size_t i = 0; i < all->count; i++) {
            bool nearer = m->homes[i] == NO_HOME || folder.len > m->homes[i];
            if (nearer && str_starts(all->items[i]->source->name, folder)) {
                m->homes[i] = (uint32_t)folder.len;
            }
        }
    }
}

static void note_reference(void *context, struct str file, const struct node *reference)
{
    const struct membership *m = context;
    (void)reference;
    for (size_t i = 0; i < m->e->documents.count; i++) {
        if (str_eq(m->e->documents.items[i]->source->name, file)) {
            m->referenced[i] = true;
        }
    }
}

static bool belongs_to(const struct membership *m, size_t i, const struct document *main)
{
    const struct document *document = m->e->documents.items[i];
    if (!main || document == main) {
        return true;
    }
    struct str folder = folder_of(main);
    bool at_home = m->homes[i] == folder.len && str_starts(document->source->name, folder);
    return !engine_is_main(document) && (at_home || m->referenced[i]);
}

/* By name: the verdict must not depend on the order in which the files were named. */
static int compare_documents(const void *left, const void *right)
{
    const struct document *a = *(struct document *const *)left;
    const struct document *b = *(struct document *const *)right;
    int order = str_compare(a->source->name, b->source->name);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void run_case(const struct membership *m, const struct document *main)
{
    ekslint *e = m->e;
    struct document_list members = {0};
    memset(m->referenced, 0, e->documents.count * sizeof *m->referenced);
    if (main) {
        case_each_reference(main, &e->scratch, note_reference, (void *)m);
    }
    for (size_t i = 0; i < e->documents.count; i++) {
        if (e->documents.items[i]->kind && belongs_to(m, i, main)) {
            members.items = arena_grow(&e->arena, members.items, members.count, &members.capacity,
                                       sizeof(struct document *));
            members.items[members.count++] = e->documents.items[i];
        }
    }
    if (members.count) {
        qsort(members.items, members.count, sizeof(struct document *), compare_documents);
    }
    struct joined_case *joined = arena_new(&e->arena, struct joined_case);
    case_build(&e->reader, main, &members, joined);
    engine_run_kind(e, STR("case"), &joined->tree, joined->tree.root);
}

void engine_run_cases(ekslint *e)
{
    struct membership m = {
        .e = e,
        .homes = arena_array(&e->arena, uint32_t, e->documents.count),
        .referenced = arena_array(&e->arena, bool, e->documents.count),
    };
    bool any_main = false;
    bool any_feed = false;
    find_homes(&m);
    for (size_t i = 0; i < e->documents.count; i++) {
        const struct document *document = e->documents.items[i];
        any_feed = any_feed || (document->kind && document->kind->feed_count);
        if (engine_is_main(document)) {
            any_main = true;
            run_case(&m, document);
        }
    }
    if (!any_main && any_feed) {
        run_case(&m, NULL);
    }
}
