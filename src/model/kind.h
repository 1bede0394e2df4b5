/* SPDX-License-Identifier: MIT */
/*
 * Kinds of documents: how each is recognised by its content, its shape, the IAM documents inside it
 * and what it tells the case. Kinds are data (rules/kinds/<kind>.yaml), handed in as one JSON
 * array.
 */
#ifndef EKSLINT_MODEL_KIND_H
#define EKSLINT_MODEL_KIND_H

#include "model/schema.h"
#include "path/path.h"

/* One named value that a feed takes from a selected node ("as: {name: '@.KeyName'}"). */
struct feed_field {
    struct str name;
    struct path_program *value;
};

/* What a document of the kind tells the case. */
struct feed {
    struct str into;           /* "roles", "regions.key_pairs", ... */
    struct path_program *each; /* the nodes that become entries */
    struct feed_field *fields;
    size_t field_count;
    struct path_program *partial; /* selects something where the listing is incomplete; or NULL */
};

/* A document of another kind that stands inside: an IAM policy in saved CLI output. */
struct inner_kind {
    struct path_program *at;
    struct str kind;
};

struct kind {
    struct str id;
    struct str title;
    struct path_program
        *recognise;       /* NULL: only by name (--kind) or not a document at all (case, rule) */
    struct schema schema; /* top is NULL where no shape is declared */
    bool own_format;      /* the format is ours: documents are validated against the shape */
    bool iam;             /* an IAM policy document: rules see it normalised */
    struct feed *feeds;
    size_t feed_count;
    struct inner_kind *inner;
    size_t inner_count;
};

struct kinds {
    struct arena *arena;
    struct kind *items;
    size_t count;
    struct tree tree; /* holds the definitions */
};

/*
 * Decode the built-in kind definitions (a JSON array). They were checked when the program was
 * built, so a mistake in them is a bug: it is reported to `findings` and false is returned.
 */
MUST_USE bool kinds_load(struct kinds *kinds, struct arena *arena, struct sources *sources,
                         struct atoms *atoms, struct str json, struct findings *findings);

/*
 * The kind of a document, by its content; NULL where none knows it. The first in order of id wins.
 */
const struct kind *kinds_recognise(const struct kinds *kinds, const struct tree *tree,
                                   const struct node *root, struct arena *scratch);

/* By id; NULL where there is none. */
const struct kind *kinds_find(const struct kinds *kinds, struct str id);

/* The id nearest to a misspelt one, or empty. Memory in scratch. */
struct str kinds_nearest(const struct kinds *kinds, struct str id, struct arena *scratch);

#endif
