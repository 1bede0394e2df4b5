/* SPDX-License-Identifier: MIT */
/* What the functions of rules share: looking at their arguments, and charging for comparisons. */
#ifndef EKSLINT_RULE_FUNCTION_ARGS_H
#define EKSLINT_RULE_FUNCTION_ARGS_H

#include "path/path.h"

enum { COMPARISONS_PER_STEP = 16 };

static inline void set_text(struct path_datum *result, struct str text)
{
    result->value = (struct value){.kind = VALUE_STRING, .string = text};
}

static inline bool is_text(const struct path_datum *arg)
{
    return arg->value.kind == VALUE_STRING;
}

static inline bool any_unknown(const struct path_datum *args, size_t given)
{
    for (size_t i = 0; i < given; i++) {
        bool unknown_value = args[i].type == TYPE_VALUE && args[i].value.kind == VALUE_UNKNOWN;
        bool unknown_nodes =
            args[i].type == TYPE_NODES && args[i].nodes.unknown && !args[i].nodes.count;
        if (unknown_value || unknown_nodes) {
            return true;
        }
    }
    return false;
}

/*
 * The steps that are left, as comparisons of characters, and back: what was spent of them is
 * charged.
 */
static inline uint64_t comparisons_left(const struct path_env *env)
{
    return env->steps * COMPARISONS_PER_STEP;
}

static inline void charge_comparisons(struct path_env *env, uint64_t left)
{
    path_spend(env, left ? env->steps - left / COMPARISONS_PER_STEP : UINT64_MAX);
}

#endif
