/* SPDX-License-Identifier: MIT */
/*
 * Comments that speak to ekslint, "# ekslint: …", and what each stands beside or above. A tree holds no
 * comments, so they are found in the text; what is a comment there, the tree tells: a '#' in a string, a
 * block scalar or another comment begins none, and prose in which the words stand speaks to nobody.
 * JSON has no comments.
 *
 * The scope of a comment is what stands in its line, else what follows it:
 *
 *   key: value      # …   the member, with everything below it
 *   - first: value  # …   the item, with everything below it
 *   key: [a,        # …   what begins in the line: the member
 *     b,            # …   the elements that begin in the line
 *   ]               # …   what ends there: the member
 *   ---             # …   the whole document that begins there
 *   # …                   alone in its line: the next member or item, unless that one is indented less
 *
 * Nothing is below the first key of a document but its value: a comment above it is not about the
 * document. An alias is its own text, and what it stands for is where the anchor is.
 */
#ifndef EKSLINT_MODEL_COMMENT_H
#define EKSLINT_MODEL_COMMENT_H

#include "model/document.h"

struct comment {
    struct span at;    /* from "ekslint:" to the end of the comment, without blanks */
    struct span text;  /* behind "ekslint:", without blanks around it; may be empty */
    struct span scope; /* lo == hi: it stands beside or above nothing */
    bool has_alias;    /* an alias is in the scope */
};

struct comment_list {
    struct comment *items; /* in the order of the text */
    size_t count, capacity;
};

/*
 * Is there any text "ekslint:" in a source? Quick, and false for most: only then is there something to
 * look for.
 */
bool comments_are_likely(const struct source *source);

/* Further ones are not found; of a source. */
enum { COMMENTS_MAX = 1000 };

/*
 * Append the comments that begin in a part of a source to the list, which is in `arena`, as are what is
 * needed meanwhile. `documents` are those of that part, in their order. Nothing is found in JSON.
 */
void comments_find(struct arena *arena, const struct source *source,
                   struct document *const *documents, size_t count, struct span within,
                   struct comment_list *list);

#endif
