/* SPDX-License-Identifier: MIT */
/* Decoding a rule's parts, each checked where it stands. Internal to rule.c and edit.c. */
#ifndef EKSLINT_RULE_DECODER_H
#define EKSLINT_RULE_DECODER_H

#include "rule/rule.h"

struct shape_set;

struct decoder {
    struct rule_loader *loader;
    const struct tree *tree;
    const struct node *root;
    struct rule *rule;
    bool trusted;
    struct path_compiler compiler;
    struct shape_set *selected; /* what '@' stands for, by kind; NULL where trusted */
};

/* Compile an expression, or a text with placeholders; NULL or empty where the node is NULL. */
MUST_USE bool decoder_expression(struct decoder *d, const struct node *scalar, enum path_goal goal,
                                 struct path_program **program);
MUST_USE bool decoder_wording(struct decoder *d, const struct node *scalar,
                              struct wording *wording);

#endif
