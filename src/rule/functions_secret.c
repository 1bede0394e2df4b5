/* SPDX-License-Identifier: MIT */
/*
 * Functions that ask for secrets in the document that is judged. What is not known is no secret that
 * stands in the file: a reference, a value of a template's function.
 */
#include "rule/functions.h"

#include "path/program.h"
#include "rule/function_args.h"
#include "rule/leaks.h"
#include "text/secret_tail.h"

/* Those of the run, or, where a function is evaluated outside of one, some of its own. */
static const struct leaks *leaks_of(struct path_env *env)
{
    const struct rule_context *context = env->context;
    struct leaks *leaks = context ? context->leaks : NULL;
    if (!leaks) {
        leaks = arena_new(env->scratch, struct leaks);
        leaks->arena = env->scratch;
    }
    leaks_find(leaks, env);
    return leaks;
}

static enum secret_sort sort_of(const struct path_datum *arg)
{
    return is_text(arg) ? leak_sort(arg->value.string) : SECRET_SORT_COUNT;
}

static void call_has_secret(struct path_env *env, const struct path_datum *args, size_t given,
                            struct path_datum *result)
{
    (void)given;
    enum secret_sort sort = sort_of(&args[0]);
    const struct leaks *leaks = leaks_of(env);
    result->logical = truth_of(false);
    for (size_t i = 0; i < leaks->count; i++) {
        if (leaks->items[i].sort == sort) {
            result->logical = truth_of(true);
        }
    }
}

static const struct leak *find_leak(struct path_env *env, const struct path_datum *args)
{
    const struct node *node = args[0].value.node;
    return node ? leaks_at(leaks_of(env), node, sort_of(&args[1])) : NULL;
}

static void call_holds_secret(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)given;
    result->logical = truth_of(find_leak(env, args) != NULL);
}

enum secret_sort rule_forbidden_secret(const struct path_program *require)
{
    const struct path_op *ops = require->ops;
    if (ops[0].code != OP_NOT || ops[1].code != OP_CALL ||
        path_op_function(require, &ops[1])->call != call_holds_secret) {
        return SECRET_SORT_COUNT;
    }
    const struct path_op *name = &ops[ops[2].end];
    return name->code == OP_LITERAL ? leak_sort(require->literals[name->literal].string)
                                    : SECRET_SORT_COUNT;
}

static void call_secret_end(struct path_env *env, const struct path_datum *args, size_t given,
                            struct path_datum *result)
{
    const struct leak *leak = given > 1 ? find_leak(env, args) : NULL;
    const struct node *node = args[0].value.node;
    if (given == 1 && node && !node_is_container(node)) {
        set_text(result, secret_shown(env->scratch, tree_text(env->tree, node)));
    } else if (leak) {
        set_text(result, leak->shown);
    }
}

static void call_is_placeholder(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)env;
    (void)given;
    bool nobodys = args[0].value.kind != VALUE_STRING && args[0].value.kind != VALUE_NUMBER;
    result->logical =
        truth_of(nobodys || (is_text(&args[0]) && secret_is_placeholder(args[0].value.string)));
}

static int check_sort(struct arena *arena, const struct str *const *literals, size_t given,
                      struct str *problem)
{
    const struct str *name = literals[given - 1]; /* the last, whatever stands before it */
    if (!name || leak_sort(*name) != SECRET_SORT_COUNT) {
        return -1;
    }
    struct buf names = buf_with_max(1024);
    for (size_t i = 0; i < SECRET_SORT_COUNT; i++) {
        buf_printf(&names, "%s%.*s", i ? ", " : "", STR_ARG(leak_sort_names[i]));
    }
    *problem = arena_format(arena, "no sort of secrets has this name; there are %.*s",
                            STR_ARG(buf_str(&names)));
    buf_release(&names);
    return (int)given - 1;
}

static int check_end(struct arena *arena, const struct str *const *literals, size_t given,
                     struct str *problem)
{
    return given > 1 ? check_sort(arena, literals, given, problem) : -1;
}

#define V TYPE_VALUE
#define L TYPE_LOGICAL

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("has_secret", L, 1, 1, call_has_secret, check_sort,
             "has_secret(sort) -> logical",
             "Somewhere in the document stands a secret of this sort (aws-secret-access-key, aws-session-token, private-key, gitlab-token, github-token, service-token or bearer-token), and none of an example. For a rule's when.",
             "!has_secret('private-key')", V),
    FUNCTION("holds_secret", L, 2, 2, call_holds_secret, check_sort,
             "holds_secret(node, sort) -> logical",
             "A secret of this sort stands in the text of the node, or in what it is the base64 of; false where the node is not known: a reference is no secret.",
             "!holds_secret($.Version, 'gitlab-token')", V, V),
    FUNCTION("is_placeholder", L, 1, 1, call_is_placeholder, NULL,
             "is_placeholder(value) -> logical",
             "The value is blank, or stands for one that is put in later or was taken out: a reference, REDACTED, an example; true also where it is not known.",
             "is_placeholder('${PASSWORD}')", V),
    FUNCTION("secret_end", V, 1, 2, call_secret_end, check_end,
             "secret_end(node, sort) -> value",
             "What may be shown of the secret of this sort that stands in the node, or without a sort of the node as a secret: '…' and its last four characters, or '***' where it is short. Nothing where there is none. For messages.",
             "secret_end($.Version) == '***'", V, V),
};
/* clang-format on */

#undef V
#undef L

const struct path_functions rule_secret_functions = {functions, COUNT_OF(functions),
                                                     &rule_value_functions};
