/* SPDX-License-Identifier: MIT */
/*
 * Documents inside strings: the way from a scalar's value back to the bytes that spell it.
 * `{"Version": …}` inside a YAML block scalar or inside a JSON string becomes a source of its own
 * whose spans translate to the outer file.
 */
#ifndef EKSLINT_TREE_INNER_H
#define EKSLINT_TREE_INNER_H

#include "tree/tree.h"

/*
 * How the text of a scalar was spelt: a map from offsets in tree_text() to the bytes of the node's
 * source (absolute offsets). Handles JSON escapes, YAML double and single quotes, folded and
 * literal block scalars with their indent, and plain scalars over several lines. An alias, and a
 * text that no file spells, maps as a whole to its span; so does a key with escapes. Memory in
 * arena.
 */
struct span_map scalar_map(struct arena *arena, const struct tree *tree, const struct node *scalar);

/*
 * The span, in the node's source, of the bytes [from, to) of a scalar's text: the '*' inside an
 * ARN. A blank at either end that is a folded line break is left out: what follows a break would be
 * shown at the end of the line before it.
 */
struct span scalar_subspan(struct arena *arena, const struct tree *tree, const struct node *scalar,
                           uint32_t from, uint32_t to);

/*
 * A source for the document inside a string; its bytes are the string's text, copied into the
 * sources' arena.
 */
struct source *scalar_source(const struct tree *tree, const struct node *scalar);

#endif
