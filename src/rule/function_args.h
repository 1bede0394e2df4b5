/* SPDX-License-Identifier: MIT */
/*
 * What the function extensions of rules share: reading arguments, setting results, charging what a
 * comparison costs, and a row of their tables.
 */
#ifndef EKSLINT_RULE_FUNCTION_ARGS_H
#define EKSLINT_RULE_FUNCTION_ARGS_H

#include "path/path.h"

static inline void set_text(struct path_datum *result, struct str text)
{
    result->value = (struct value){.kind = VALUE_STRING, .string = text};
}

static inline bool is_text(const struct path_datum *arg)
{
    return arg->value.kind == VALUE_STRING;
}

/* An unknown argument makes the answer unknown. False, with the answer as it was, for any other. */
static inline bool pass_unknown(const struct path_datum *arg, struct path_datum *result)
{
    if (arg->value.kind != VALUE_UNKNOWN) {
        return false;
    }
    result->value = arg->value;
    return true;
}

/* What there is to say of an argument: the text, or where it is empty, unknown or Nothing. */
static inline void answer_text(const struct path_datum *arg, struct str text,
                               struct path_datum *result)
{
    if (text.len) {
        set_text(result, text);
    } else {
        (void)pass_unknown(arg, result);
    }
}

/* One of the arguments is a value that is unknown, or nodes of which none is known. */
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

enum { COMPARISONS_PER_STEP = 16 };

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

/* A row of a table of functions; the types of the parameters come last. */
#define FUNCTION(name, result, required, count, call, check, signature, summary, example, ...)     \
    {                                                                                              \
        STR_INIT(name), result, required, count, {__VA_ARGS__}, call, check, STR_INIT(signature),  \
            STR_INIT(summary), STR_INIT(example)                                                   \
    }

#endif
