/* SPDX-License-Identifier: MIT */
/* Inside the joining of a case: what its two halves, gathering and writing, share. */
#ifndef EKSLINT_MODEL_JOINING_H
#define EKSLINT_MODEL_JOINING_H

#include "model/case.h"
#include "model/folders.h"
#include "model/holder.h"

struct joining {
    struct document_reader *reader;
    const struct document *main;
    const struct document_list *documents; /* by name and number */
    struct atoms inventory;                /* the files that the main document gives a region */
    struct str *inventory_regions;         /* by atom - 1: atom 0 is the empty name */
    struct gathered gathered;
    struct cluster_folders folders;
    struct builder *builder;
    size_t budget;
};

/* Gather what the main document and the feeds of all others tell. */
void joining_gather(struct joining *j);

/*
 * The one IAM document that a value of the main document stands for: written in place, or in the
 * file that it names. False where it cannot be had, which is then reported.
 */
bool joining_resolve(const struct joining *j, const struct node *value, struct told *policy);

/* Does a value of the main document name a file, and which one? The name is in scratch. */
bool joining_names_file(const struct joining *j, const struct node *value);
struct str joining_file(const struct joining *j, const struct node *value);

/* Document `number` (from 0) among those of a file; NULL behind the last. */
const struct document *joining_document(const struct joining *j, struct str file, size_t number);

/* A string that starts as an ARN does, and so names no file. */
bool joining_is_arn(const struct tree *tree, const struct node *node);

#endif
