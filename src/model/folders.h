/* SPDX-License-Identifier: MIT */
/*
 * Which cluster the files of a folder are for, where several clusters are described side by side: the
 * one that documents in the same folder tell of, or in the nearest folder above that has any. Where
 * those tell of two, or of one whose name is not known, nobody knows.
 */
#ifndef EKSLINT_MODEL_FOLDERS_H
#define EKSLINT_MODEL_FOLDERS_H

#include "model/entries.h"

/* The cluster of a folder; an empty name where its documents tell of several. */
struct folder_cluster {
    struct str name;
    bool told; /* a document in the folder tells of a cluster */
};

struct cluster_folders {
    struct atoms folders;
    struct folder_cluster *clusters; /* by atom of folders */
    size_t capacity;
};

/* Take the folders of all documents that tell of a cluster. Memory in the reader's arena. */
void cluster_folders_read(struct cluster_folders *folders, const struct entry_list *clusters,
                          struct document_reader *reader);

/* The name of the cluster that a file is for; empty where nobody knows. */
struct str cluster_folders_find(const struct cluster_folders *folders, struct str file);

#endif
