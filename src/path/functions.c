/* SPDX-License-Identifier: MIT */
/*
 * The function extensions of RFC 9535 §2.4.4 to §2.4.8. Over what is unknown they are unknown: an
 * unknown node may be any value or none, so neither a nodelist that holds one nor a container
 * around one has a known size.
 */
#include "path/functions.h"

#include "base/utf8.h"
#include "path/compare.h"
#include "path/iregexp.h"

static struct value number_value(double number)
{
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}

static const struct value unknown_value = {.kind = VALUE_UNKNOWN};

/* §2.4.4 */
static void call_length(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    (void)given;
    const struct value *value = &args[0].value;
    if (value->kind == VALUE_UNKNOWN) {
        result->value = unknown_value;
    } else if (value->kind == VALUE_STRING) {
        path_spend(env, value->string.len / 64);
        result->value = number_value((double)utf8_count(value->string));
    } else if (value->kind == VALUE_NODE) {
        path_spend(env, value->node->count / 64);
        bool known = !tree_has_unknown_child(env->tree, value->node);
        result->value = known ? number_value(node_size(value->node)) : unknown_value;
    }
}

/* How many nodes of a list are certain to exist, and whether there may be more. */
struct tally {
    size_t known;
    bool more;
};

static struct tally tally_nodes(const struct nodelist *nodes)
{
    struct tally tally = {.more = nodes->unknown};
    for (size_t i = 0; i < nodes->count; i++) {
        if (nodes->items[i].node->kind == NODE_UNKNOWN) {
            tally.more = true;
        } else {
            tally.known++;
        }
    }
    return tally;
}

/* §2.4.5 */
static void call_count(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)env;
    (void)given;
    struct tally tally = tally_nodes(&args[0].nodes);
    result->value = tally.more ? unknown_value : number_value((double)tally.known);
}

/* §2.4.8 */
static void call_value(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)given;
    const struct nodelist *nodes = &args[0].nodes;
    struct tally tally = tally_nodes(nodes);
    if (tally.known > 1) {
        return; /* Nothing, whatever else there is */
    }
    if (tally.more) {
        result->value = unknown_value;
    } else if (tally.known == 1) {
        result->value = path_node_value(env, nodes->items[0].node);
    }
}

enum truth function_match(struct path_env *env, const struct iregexp *regexp,
                          const struct value *subject)
{
    if (!regexp) {
        return TRUTH_FALSE;
    }
    if (subject->kind == VALUE_UNKNOWN) {
        return TRUTH_UNKNOWN;
    }
    if (subject->kind != VALUE_STRING) {
        return TRUTH_FALSE;
    }
    if (!path_spend(env, 1 + subject->string.len / 8)) {
        return TRUTH_UNKNOWN;
    }
    enum truth result = iregexp_match(regexp, subject->string, env->tree->sources->limits);
    env->pattern_stopped = env->pattern_stopped || result == TRUTH_UNKNOWN;
    return result;
}

/*
 * A pattern that is known only now. What PCRE2 takes for it is given back at once: documents may
 * hold many.
 */
static enum truth match_computed(struct path_env *env, const struct path_datum *args, bool whole)
{
    const struct value *pattern = &args[1].value;
    if (pattern->kind == VALUE_UNKNOWN) {
        return TRUTH_UNKNOWN;
    }
    if (pattern->kind != VALUE_STRING || !path_spend(env, 8 + pattern->string.len)) {
        return TRUTH_FALSE;
    }
    struct arena_mark mark = arena_mark(env->scratch);
    size_t at = 0;
    struct str problem;
    const struct iregexp *regexp =
        iregexp_compile(env->scratch, pattern->string, whole, &at, &problem);
    enum truth result = function_match(env, regexp, &args[0].value);
    arena_rewind(env->scratch, mark);
    return result;
}

/* §2.4.6 */
static void call_match(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)given;
    result->logical = match_computed(env, args, true);
}

/* §2.4.7 */
static void call_search(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    (void)given;
    result->logical = match_computed(env, args, false);
}

bool function_takes_pattern(const struct path_function *function, bool *whole)
{
    *whole = function->call == call_match;
    return *whole || function->call == call_search;
}

static const struct path_function functions[] = {
    {
        .name = STR_INIT("length"),
        .result = TYPE_VALUE,
        .required = 1,
        .count = 1,
        .params = {TYPE_VALUE},
        .call = call_length,
        .signature = STR_INIT("length(value) -> value"),
        .summary = STR_INIT(
            "The number of characters of a string, elements of an array or members of an object."),
        .example = STR_INIT("length('abc') == 3"),
    },
    {
        .name = STR_INIT("count"),
        .result = TYPE_VALUE,
        .required = 1,
        .count = 1,
        .params = {TYPE_NODES},
        .call = call_count,
        .signature = STR_INIT("count(nodes) -> value"),
        .summary = STR_INIT("The number of nodes that a query selects."),
        .example = STR_INIT("count($) == 1"),
    },
    {
        .name = STR_INIT("match"),
        .result = TYPE_LOGICAL,
        .required = 2,
        .count = 2,
        .params = {TYPE_VALUE, TYPE_VALUE},
        .call = call_match,
        .signature = STR_INIT("match(value, pattern) -> logical"),
        .summary = STR_INIT("True where the whole of a string matches an I-Regexp (RFC 9485)."),
        .example = STR_INIT("match('vpc-0a1b', 'vpc-[0-9a-f]+')"),
    },
    {
        .name = STR_INIT("search"),
        .result = TYPE_LOGICAL,
        .required = 2,
        .count = 2,
        .params = {TYPE_VALUE, TYPE_VALUE},
        .call = call_search,
        .signature = STR_INIT("search(value, pattern) -> logical"),
        .summary = STR_INIT("True where some part of a string matches an I-Regexp (RFC 9485)."),
        .example = STR_INIT("search('a vpc-0a1b', 'vpc-[0-9a-f]')"),
    },
    {
        .name = STR_INIT("value"),
        .result = TYPE_VALUE,
        .required = 1,
        .count = 1,
        .params = {TYPE_NODES},
        .call = call_value,
        .signature = STR_INIT("value(nodes) -> value"),
        .summary = STR_INIT("The value of the only node that a query selects; nothing where it "
                            "selects none or several."),
        .example = STR_INIT("value($) == null"),
    },
};

const struct path_functions path_standard_functions = {.items = functions,
                                                       .count = COUNT_OF(functions)};
