/* SPDX-License-Identifier: MIT */
/*
 * The identity of a finding: what stays the same while its file is edited elsewhere, so that a
 * baseline, GitLab or a viewer of SARIF knows it again. It is made of
 *
 *   the rule and the kind of the document,
 *   the normalized path of the place (RFC 9535 §2.7) without its indexes, and
 *   the value that stands there, its members and elements in any order,
 *
 * and never of line, layout, file name, language or wording: moving or indenting a part of a file,
 * or reordering members, elements and statements, changes nothing; editing the value does. A value
 * of more than FINGERPRINT_MAX_COST counts as its kind only, and one that holds a secret not at all.
 * What no rule says (a file that cannot be read, an unknown key) is known by its rule and its message
 * without digits.
 *
 * Equal findings of a run are numbered in the order of the report: "…", "…-2", "…-3". So every
 * fingerprint stands once in a report, and comparing two reports by them counts right.
 */
#ifndef EKSLINT_RULE_FINGERPRINT_H
#define EKSLINT_RULE_FINGERPRINT_H

#include "text/finding.h"
#include "tree/tree.h"

/* In bytes of text, with FINGERPRINT_NODE_COST for each node. */
enum { FINGERPRINT_MAX_COST = 64 * 1024, FINGERPRINT_NODE_COST = 16 };

/*
 * Of a finding with rule, kind and path, about a node; `node` is NULL where its value must not count.
 * 16 hexadecimal digits, in arena.
 */
struct str fingerprint_of_node(struct arena *arena, const struct finding *finding,
                               const struct tree *tree, const struct node *node);

/* Give those that have none one of their message, and number equal ones. The list must be sorted. */
void fingerprints_finish(struct findings *findings, struct arena *scratch);

#endif
