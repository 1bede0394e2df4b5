/* SPDX-License-Identifier: MIT */
/* Names of files are text here: no file system is asked. */
#include "model/folders.h"

/* a/b of a/b/c; empty for what lies in no folder. */
static struct str folder_of(struct str file)
{
    size_t end = str_after_last(file, '/');
    return str_slice(file, 0, end ? end - 1 : 0);
}

static struct folder_cluster *slot(struct cluster_folders *folders, struct str folder)
{
    uint32_t atom = atoms_intern(&folders->folders, folder);
    while (folders->capacity <= atom) {
        folders->clusters = arena_grow(folders->folders.arena, folders->clusters, folders->capacity,
                                       &folders->capacity, sizeof *folders->clusters);
    }
    return &folders->clusters[atom];
}

static void take(struct cluster_folders *folders, const struct entry_part *part,
                 struct document_reader *reader)
{
    struct feeding feeding = {.reader = reader, .document = part->document, .feed = part->feed};
    struct str name = told_text(feed_value(&feeding, part->item, STR("name")));
    struct folder_cluster *cluster = slot(folders, folder_of(part->document->source->name));
    if (!cluster->told) {
        *cluster = (struct folder_cluster){arena_str(reader->arena, name), true};
    } else if (!str_eq(cluster->name, name)) {
        cluster->name = (struct str){0};
    }
}

void cluster_folders_read(struct cluster_folders *folders, const struct entry_list *clusters,
                          struct document_reader *reader)
{
    atoms_init(&folders->folders, reader->arena, NULL);
    for (size_t i = 0; i < clusters->count; i++) {
        for (size_t p = 0; p < clusters->items[i].count; p++) {
            struct arena_mark mark = arena_mark(reader->scratch);
            take(folders, &clusters->items[i].parts[p], reader);
            arena_rewind(reader->scratch, mark);
        }
    }
}

struct str cluster_folders_find(const struct cluster_folders *folders, struct str file)
{
    struct str folder = file;
    do {
        folder = folder_of(folder);
        uint32_t atom;
        if (folders->clusters && atoms_find(&folders->folders, folder, &atom) &&
            atom < folders->capacity && folders->clusters[atom].told) {
            return folders->clusters[atom].name;
        }
    } while (folder.len);
    return (struct str){0};
}
