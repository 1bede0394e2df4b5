/* SPDX-License-Identifier: MIT */
/* Two accounts, both linear in the size of what is judged. */
#include "rule/budget.h"

/* So many texts may take all steps that one may have. */
enum { OWN_PART = 4, FULL_TEXTS = 50, TEXT_STEPS_LEAST = 100 };

uint64_t rule_budget_spare(const struct limits *limits, size_t nodes)
{
    uint64_t linear = limits->of[LIMIT_NODE_STEPS] * nodes;
    return linear - linear / OWN_PART;
}

struct rule_budget rule_budget(const struct limits *limits, size_t nodes, uint64_t *spare)
{
    uint64_t fixed = limits->of[LIMIT_RULE_STEPS];
    uint64_t linear = limits->of[LIMIT_NODE_STEPS] * nodes;
    return (struct rule_budget){
        .own = fixed + linear / OWN_PART,
        .most = fixed + linear,
        .spare = spare,
        .text_most = fixed,
        .texts = fixed * FULL_TEXTS + linear / OWN_PART,
    };
}

uint64_t rule_budget_row(const struct rule_budget *budget)
{
    uint64_t more = budget->most - budget->own;
    if (budget->spare && *budget->spare < more) {
        more = *budget->spare;
    }
    return budget->own + more;
}

void rule_budget_charge_row(const struct rule_budget *budget, uint64_t had, uint64_t left)
{
    uint64_t used = had - left;
    uint64_t over = used > budget->own ? used - budget->own : 0;
    if (budget->spare) {
        *budget->spare -= over < *budget->spare ? over : *budget->spare;
    }
}

uint64_t rule_budget_text(const struct rule_budget *budget)
{
    uint64_t steps = budget->texts < budget->text_most ? budget->texts : budget->text_most;
    return steps < TEXT_STEPS_LEAST ? TEXT_STEPS_LEAST : steps;
}

void rule_budget_charge_text(struct rule_budget *budget, uint64_t had, uint64_t left)
{
    uint64_t used = had - left;
    budget->texts -= used < budget->texts ? used : budget->texts;
}
