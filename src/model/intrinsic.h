/* SPDX-License-Identifier: MIT */
/*
 * Intrinsic functions of CloudFormation templates, short (!Sub) and long ({"Fn::Sub": …}): what is
 * certain about their values before anything is deployed. Little is: a parameter's default may be
 * overridden, and even the partition is known only to the stack. Nothing is guessed.
 * Source: AWS CloudFormation Template Reference Guide, "Intrinsic function reference", "Pseudo
 * parameters reference".
 */
#ifndef EKSLINT_MODEL_INTRINSIC_H
#define EKSLINT_MODEL_INTRINSIC_H

#include "tree/builder.h"

enum intrinsic {
    INTRINSIC_NONE,   /* an ordinary value */
    INTRINSIC_ABSENT, /* Ref to AWS::NoValue: what has this value is not there */
    INTRINSIC_IF,     /* one of two values */
    INTRINSIC_SUB,    /* a text with ${…} */
    INTRINSIC_JOIN,   /* texts with a delimiter between them */
    INTRINSIC_OTHER,  /* any other function, and what is written like one */
};

/* What a copy is made for. */
enum intrinsic_reading {
    READ_TEMPLATE, /* a template as rules see it */
    READ_CASE,   /* what it tells a case: the same, and managed policies of AWS in any partition */
    READ_POLICY, /* a policy inside, which CloudFormation sends with all scalars as strings */
    READ_TEXT,   /* the document in a text: there are no functions, only dynamic references */
    READ_SUB_TEXT, /* in a text of Fn::Sub: and ${…} */
};

/* Which function a node is; *argument is what it is applied to (the node itself where it is tagged). */
enum intrinsic intrinsic_find(const struct tree *tree, const struct node *node,
                              const struct node **argument);

/* The text of Fn::Sub: its argument, or the first element of that. NULL where there is none. */
const struct node *intrinsic_sub_text(const struct tree *tree, const struct node *argument);

/*
 * The symbol of a reference to `attribute` of the resource or parameter `id` of a template, empty for what Ref
 * gives; `source` is the template's. In the arena of the tree that is built.
 */
struct str intrinsic_symbol(const struct builder *builder, const struct tree *tree, uint32_t source,
                            struct str id, struct str attribute);

/*
 * Push a copy of a node, which must be none that is absent. A function's value is a NODE_UNKNOWN with the
 * function's span, and a symbol where it refers to one thing, but for Fn::Sub and Fn::Join of nothing but text; members and elements that are
 * certainly absent are left out. Spans and sources stay. At most `*budget` nodes are copied, as by
 * builder_copy().
 */
void intrinsic_copy(struct builder *builder, const struct tree *from, const struct node *node,
                    enum intrinsic_reading reading, size_t *budget);

#endif
