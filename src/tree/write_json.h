/* SPDX-License-Identifier: MIT */
/* Writing values of a tree as JSON (RFC 8259), numbers and strings with nothing lost. */
#ifndef EKSLINT_TREE_WRITE_JSON_H
#define EKSLINT_TREE_WRITE_JSON_H

#include "base/buf.h"
#include "tree/tree.h"

/*
 * Append a node as JSON. indent 0 writes it on one line, else each level is indented by so many
 * blanks. A number that JSON cannot spell (.inf, 0x1F of YAML) is written by value or as null; an
 * unknown node as null. What the file hides (a secret) is written as secret_write() does.
 */
void json_write(struct buf *out, const struct tree *tree, const struct node *node, unsigned indent);

/* Append a string with its quotes; control characters and quotes are escaped. */
void json_write_string(struct buf *out, struct str text);

#endif
