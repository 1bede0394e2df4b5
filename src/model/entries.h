/* SPDX-License-Identifier: MIT */
/*
 * Lists of the case that feeds fill: key pairs, subnets, clusters, stacks. Entries with the same key
 * are one entry, of which several documents may tell; where two tell different things, that is
 * reported and the first counts.
 */
#ifndef EKSLINT_MODEL_ENTRIES_H
#define EKSLINT_MODEL_ENTRIES_H

#include "model/feed.h"

/* How many listings of one list are compared, and how many of its entries are reported. */
enum { ENTRIES_MAX_LISTINGS = 64, ENTRIES_MAX_CONFLICTS = 100 };

/* What one document tells of an entry. */
struct entry_part {
    const struct document *document;
    const struct feed *feed;
    const struct node *item;
    struct told key; /* where the document does not tell its own: what it was joined by */
    bool partial;
};

struct entry {
    struct entry_part *parts;
    size_t count, capacity;
    uint64_t listings; /* the complete listings that have it, one bit each */
    uint32_t scope;    /* atom in the list's scopes */
};

/* A complete listing: it says of what it does not list that it does not exist. */
struct entry_listing {
    const struct document *document;
    const struct feed *feed;
};

struct entry_list {
    struct entry *items;
    size_t count, capacity;
    struct atoms keys;
    uint32_t *by_key; /* index + 1 in items, by atom of keys */
    size_t by_key_capacity;
    struct atoms scopes;
    uint64_t *scope_listings; /* the complete listings that reach into a scope, by its atom */
    size_t scope_capacity;
    struct entry_listing listings[ENTRIES_MAX_LISTINGS];
    size_t listing_count;
    size_t conflicts;
    bool known;   /* somebody gave the list, possibly empty */
    bool partial; /* and said that it goes on */
    bool aside;   /* somebody told of entries without giving the list */
};

/*
 * Take what a feed selects in a document. `key` is the key of entries that do not tell it, or
 * nothing. A value that contradicts what an earlier document says of the same entry is reported
 * ("case/conflict", a warning at the later place).
 */
void entries_add(struct entry_list *list, const struct feeding *feeding, struct told key);

/*
 * Report complete listings of one kind that do not have the same entries ("case/conflict", a warning
 * at the later listing).
 */
void entries_report(const struct entry_list *list, struct document_reader *reader);

/* A field of the entry with this key; nothing where there is none. */
struct told entries_value(const struct entry_list *list, struct document_reader *reader,
                          struct str key, struct str field);

struct cluster_folders;

/* Where a list is written. */
struct entry_writer {
    struct document_reader *reader;
    const struct cluster_folders *folders; /* which cluster a file is for */
    struct builder *builder;
    size_t *budget;
    bool derived; /* add region and account from the entries' `arn` */
};

/* Push the list as an array; an unknown node where nobody gave it, and behind a partial one. */
void entries_write(const struct entry_list *list, const struct entry_writer *writer,
                   struct location at);

/* Push the first entry alone, as an object. */
void entries_write_first(const struct entry_list *list, const struct entry_writer *writer,
                         struct location at);

#endif
