/* SPDX-License-Identifier: MIT */
/* Taking from a document what a feed of its kind names. */
#ifndef EKSLINT_MODEL_FEED_H
#define EKSLINT_MODEL_FEED_H

#include "model/document.h"

/* A node and the tree that it is in; node NULL = nobody told. */
struct told {
    const struct tree *tree;
    const struct node *node;
};

/* The text of a told string, or empty. */
struct str told_text(struct told told);

/* The same, or the symbol of an unknown value: what tells one from another. */
struct str told_identity(struct told told);

/* One pass over a document with a feed. */
struct feeding {
    struct document_reader *reader;
    const struct document *document;
    const struct feed *feed;
    struct nodelist nodes; /* what `each` selects */
    bool partial;          /* the document says that its listing goes on */
};

/* The nodes that a feed selects; memory in scratch. */
struct feeding feed_start(struct document_reader *reader, const struct document *document,
                          const struct feed *feed);

/* What a query of the feed selects, from `current`. */
struct nodelist feed_select(const struct feeding *feeding, const struct path_program *program,
                            const struct node *current);

/* The feed's field of this name, or NULL. */
const struct feed_field *feed_field(const struct feed *feed, struct str name);

/* All values, or the first, of a field in an entry. None for a field that the feed does not have. */
struct nodelist feed_values(const struct feeding *feeding, const struct node *item,
                            struct str name);
struct told feed_value(const struct feeding *feeding, const struct node *item, struct str name);

/*
 * Does the document hold the list that the feed walks? A list that is null, or is left out, is not
 * an empty one.
 */
bool feed_has_list(const struct feeding *feeding);

/*
 * Of a field that walks a list: is it not there, in an entry of a feed that says all? Then it is empty.
 */
bool feed_field_is_empty(const struct feeding *feeding, const struct node *item, struct str name);

/* The same for a field that walks a list of an entry ('@.AttachedPolicies[*].PolicyArn'). */
bool feed_field_has_list(const struct feeding *feeding, const struct node *item, struct str name);

/* The first key of the document: where a finding about all of it points. */
struct location feed_place(const struct document *document);

/* Report a warning; returns the kept finding or NULL. */
struct finding *feed_warn(struct document_reader *reader, struct str rule, struct location at,
                          struct str message);

#endif
