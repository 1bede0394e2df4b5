/* SPDX-License-Identifier: MIT */
/*
 * Shapes of documents, written as a subset of JSON Schema (2020-12): type, properties, required,
 * additionalProperties, items, enum, const, anyOf, minItems, description, writeOnly (a secret:
 * never printed), and $ref to "#/$defs/<name>".
 *
 * The same shape serves three ends: it validates documents of a format that is ours, it tells
 * whether a selector can match any document of a kind, and it is published as a JSON Schema for
 * editors. An object without additionalProperties accepts further members (formats that are not
 * ours grow), but no selector may name one.
 */
#ifndef EKSLINT_MODEL_SCHEMA_H
#define EKSLINT_MODEL_SCHEMA_H

#include "text/finding.h"
#include "tree/tree.h"

/* A schema inside a tree that holds it; `top` is where "#/$defs/…" starts. */
struct schema {
    const struct tree *tree;
    const struct node *top;
};

/* Follow $ref; NULL where it leads nowhere. */
const struct node *schema_resolve(const struct schema *schema, const struct node *at);

/*
 * The schema of a member: from properties, else additionalProperties; NULL where the name is not
 * declared.
 */
const struct node *schema_property(const struct schema *schema, const struct node *at,
                                   struct str name);

/*
 * True for a schema that says nothing about members and elements: {} or one without properties and
 * items.
 */
bool schema_is_open(const struct schema *schema, const struct node *at);

/* The declared name nearest to `name`, or empty. Memory in scratch. */
struct str schema_nearest_property(const struct schema *schema, const struct node *at,
                                   struct str name, struct arena *scratch);

/*
 * Report every place where `node` breaks the schema: "schema/unknown-key" (with the nearest
 * declared name), "schema/wrong-type", "schema/missing-key", "schema/wrong-value". Returns true
 * where there was none.
 */
bool schema_validate(const struct schema *schema, const struct tree *tree, const struct node *node,
                     struct findings *findings);

/*
 * Call `found` for each value that the schema marks as a secret (writeOnly), under a misspelt name,
 * too.
 */
void schema_find_secrets(const struct schema *schema, const struct tree *tree,
                         const struct node *node,
                         void (*found)(void *context, const struct node *secret), void *context);

#endif
