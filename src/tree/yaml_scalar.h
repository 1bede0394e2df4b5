/* SPDX-License-Identifier: MIT */
/*
 * What YAML scalars mean: the core schema's resolution of plain text, and the line breaks that
 * libyaml knows. Internal to the YAML reader and to the map from a scalar's text to its bytes.
 */
#ifndef EKSLINT_TREE_YAML_SCALAR_H
#define EKSLINT_TREE_YAML_SCALAR_H

#include "tree/tree.h"

/*
 * The length in bytes of the line break at the start of s, or 0: CR LF, LF, CR, and, since libyaml
 * follows YAML 1.1 here, NEL (U+0085), LS and PS (U+2028, U+2029).
 */
size_t yaml_break(struct str s);

static inline bool yaml_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/*
 * The kind of an untagged plain scalar by the core schema (YAML 1.2 §10.3.2): null, bool, number or
 * string.
 */
enum node_kind yaml_resolve(struct str plain);

/*
 * The kind of a scalar with an explicit tag (resolved: "tag:yaml.org,2002:int", "!Sub"): what the
 * tag says where the text fits it, else a string.
 */
enum node_kind yaml_resolve_tagged(struct str tag, struct str text);

/* True for "tag:yaml.org,2002:merge", the tag of the key `<<`. */
bool yaml_is_merge_tag(struct str tag);

#endif
