/* SPDX-License-Identifier: MIT */
/* How many steps a rule has: for judging, and for the texts of what it finds. */
#ifndef EKSLINT_RULE_BUDGET_H
#define EKSLINT_RULE_BUDGET_H

#include "base/limits.h"

/*
 * Steps are linear in the size of what is judged. A quarter of them are a rule's by right; the others come out
 * of `spare`, which all rules on one tree share, so that many rules that each compare everything with
 * everything cost no more than one. All texts of a rule share what fifty of them may take, and more where the tree
 * is large, so that ten thousand findings, each of which lists ten thousand values, end.
 */
struct rule_budget {
    uint64_t own, most;
    uint64_t *spare; /* NULL: `most` for every row */
    uint64_t text_most, texts;
};

/* What all rules on a tree of so many nodes share. */
uint64_t rule_budget_spare(const struct limits *limits, size_t nodes);

struct rule_budget rule_budget(const struct limits *limits, size_t nodes, uint64_t *spare);

/* The steps for a row; afterwards, with what is left of them, they are charged. */
uint64_t rule_budget_row(const struct rule_budget *budget);
void rule_budget_charge_row(const struct rule_budget *budget, uint64_t had, uint64_t left);

/* The same for a text. What a text has by right is enough for what it says of the node itself. */
uint64_t rule_budget_text(const struct rule_budget *budget);
void rule_budget_charge_text(struct rule_budget *budget, uint64_t had, uint64_t left);

#endif
