/* SPDX-License-Identifier: MIT */
/* What the rules of a check took. */
#include "engine/engine.h"

#include <stdlib.h>

void ekslint_measure(ekslint *e, unsigned long long (*clock)(void))
{
    e->clock = clock;
}

ekslint_cost ekslint_costs(const ekslint *e)
{
    ekslint_cost cost = {.files = e->results.files, .documents = e->results.documents};
    for (size_t i = 0; i < e->documents.count; i++) {
        cost.document_nodes += e->documents.items[i]->tree->count;
    }
    for (size_t i = 0; i < e->rules.count; i++) {
        const struct rule_cost *own = &e->rules.slots[i].cost;
        cost.rules += own->evaluations > 0;
        cost.evaluations += own->evaluations;
        cost.nodes += own->nodes;
        cost.steps += own->steps;
    }
    return cost;
}

/* The longest first; the order of ids decides where the time is the same. */
static int compare_slots(const void *left, const void *right)
{
    const struct rule_slot *a = *(const struct rule_slot *const *)left;
    const struct rule_slot *b = *(const struct rule_slot *const *)right;
    int order = (a->cost.time < b->cost.time) - (a->cost.time > b->cost.time);
    return order ? order : str_compare(a->id, b->id);
}

ekslint_text ekslint_rule_profile(ekslint *e, size_t most)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    const struct rule_slot **slots =
        arena_array(&e->arena, const struct rule_slot *, e->rules.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < e->rules.count; i++) {
        if (e->rules.slots[i].cost.evaluations) {
            slots[count++] = &e->rules.slots[i];
        }
    }
    if (count) {
        qsort(slots, count, sizeof *slots, compare_slots);
    }
    buf_printf(&out, "%12s %12s %12s %12s  %s\n", "evaluations", "nodes", "steps", "ns", "rule");
    for (size_t i = 0; i < count && i < most; i++) {
        const struct rule_cost *cost = &slots[i]->cost;
        buf_printf(&out, "%12llu %12llu %12llu %12llu  %.*s\n",
                   (unsigned long long)cost->evaluations, (unsigned long long)cost->nodes,
                   (unsigned long long)cost->steps, (unsigned long long)cost->time,
                   STR_ARG(slots[i]->id));
    }
    return engine_take_text(&out);
}
