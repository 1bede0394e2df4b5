/* SPDX-License-Identifier: MIT */
/*
 * Symbols of unknown values. A template says of a value that nobody knows before it is deployed what it will
 * be: the ARN of its role R. So two such values are known to be equal, or different, while both are unknown.
 */
#ifndef EKSLINT_TREE_SYMBOL_H
#define EKSLINT_TREE_SYMBOL_H

#include "base/arena.h"
#include "base/base.h"

/*
 * A symbol: where it means something (a file), what sort of value it is ("AWS::IAM::Role.Arn"), and whose.
 * Without a sort, nothing is known but that the value equals itself.
 */
struct symbol {
    struct str scope, sort, name;
};

/* As the text of an unknown node; in arena. */
struct str symbol_text(struct arena *arena, struct symbol symbol);

/* The parts; false where the text is empty or no symbol. */
MUST_USE bool symbol_parse(struct str text, struct symbol *symbol);

/*
 * Are the values of two symbols the same? Of one sort, those of different names or scopes differ: no two roles have
 * one ARN, and each template makes its own. All else is unknown.
 */
enum truth symbols_equal(struct str a, struct str b);

#endif
