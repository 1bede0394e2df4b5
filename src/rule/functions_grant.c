/* SPDX-License-Identifier: MIT */
/*
 * What the policy that is judged by itself allows, as the IAM engine decides it. A condition on a key
 * that the question does not give, or a Deny that may match, counts as a restriction: these functions say
 * what is allowed plainly. Only what the file does not tell makes an answer unknown.
 */
#include "rule/functions.h"

#include "aws/wildcard.h"
#include "iam/grant.h"
#include "rule/function_args.h"

enum { PAIRS_MAX = 2 };

/* ---- what is allowed by name ---- */

/* An entry of Action of an Allow; any action where `text` is "*": NotAction, or what is not known. */
struct allowed_entry {
    uint64_t beginning; /* beginning_of() its text */
    struct str text;
};

struct rule_allowed {
    struct arena *arena;
    struct allowed_entry *items;
    size_t count, capacity;
    uint64_t beginnings; /* of all of them */
};

/*
 * A bit for the letters that an action begins with, and all bits where a wildcard may stand for them: what has no bit
 * in common does not match. Most policies are about few services, and most questions about others.
 */
static uint64_t beginning_of(struct str action)
{
    enum { LETTERS = 3, CASE = 0x20, BITS = 64 };
    unsigned hash = 0;
    for (size_t i = 0; i < LETTERS; i++) {
        unsigned letter = i < action.len ? (unsigned char)action.ptr[i] | CASE : '*';
        if (letter == '*' || letter == '?') {
            return UINT64_MAX;
        }
        hash = 31 * hash + letter;
    }
    return UINT64_C(1) << hash % BITS;
}

static void add_allowed(struct rule_allowed *allowed, struct str text)
{
    const struct allowed_entry entry = {beginning_of(text), text};
    if (allowed->count == allowed->capacity) {
        allowed->items = arena_grow(allowed->arena, allowed->items, allowed->count,
                                    &allowed->capacity, sizeof *allowed->items);
    }
    allowed->beginnings |= entry.beginning;
    allowed->items[allowed->count++] = entry;
}

/* Any action, said by each of many statements, is said once. */
static void add_any(struct rule_allowed *allowed)
{
    if (!allowed->count || !str_eq(allowed->items[allowed->count - 1].text, STR("*"))) {
        add_allowed(allowed, STR("*"));
    }
}

static void add_statement(struct rule_allowed *allowed, const struct tree *tree,
                          const struct node *statement)
{
    const struct node *actions = tree_member(tree, statement, STR("Action"));
    if (str_eq(tree_string(tree, statement, STR("Effect")), STR("Deny"))) {
        return;
    }
    if (!node_is(actions, NODE_ARRAY)) {
        add_any(allowed);
        return;
    }
    for (uint32_t i = 0; i < node_size(actions); i++) {
        const struct node *entry = tree_element(tree, actions, i);
        bool known = entry->kind == NODE_STRING;
        struct str text = known ? tree_text(tree, entry) : STR("*");
        if (text.len == 1 && text.ptr[0] == '*') {
            add_any(allowed);
        } else {
            add_allowed(allowed, text);
        }
    }
}

static const struct rule_allowed *allowed_of(struct rule_policy *policy)
{
    if (!policy->allowed) {
        const struct node *list = tree_member(policy->tree, policy->root, STR("Statement"));
        bool listed = node_is(list, NODE_ARRAY);
        policy->allowed = arena_new(policy->arena, struct rule_allowed);
        policy->allowed->arena = policy->arena;
        for (uint32_t i = 0; listed && i < node_size(list); i++) {
            add_statement(policy->allowed, policy->tree, tree_element(policy->tree, list, i));
        }
        if (!listed) {
            add_allowed(policy->allowed, STR("*"));
        }
    }
    return policy->allowed;
}

/* Without a wildcard a pattern matches as many bytes as it has. */
static bool may_match(struct str pattern, struct str action)
{
    return pattern.len == action.len || wildcard_is_pattern(pattern);
}

/* Is there an Allow that the action could fall under, whatever else it says? */
static enum truth may_allow(struct rule_policy *policy, struct str action, uint64_t *budget)
{
    const struct rule_allowed *allowed = allowed_of(policy);
    const uint64_t beginning = beginning_of(action);
    enum truth found = TRUTH_FALSE;
    if (!(allowed->beginnings & beginning)) {
        return found;
    }
    for (size_t i = 0; i < allowed->count && found != TRUTH_TRUE; i++) {
        const struct allowed_entry *entry = &allowed->items[i];
        if ((entry->beginning & beginning) && may_match(entry->text, action)) {
            found = truth_or(found, wildcard_match_within(entry->text, action, true, budget));
        }
    }
    *budget -= *budget < allowed->count ? *budget : allowed->count;
    return found;
}

/* ---- asking ---- */

static const struct iam_grants *grants_of(struct rule_policy *policy)
{
    if (!policy->grants) {
        struct iam_policy *decoded = arena_new(policy->arena, struct iam_policy);
        /* Mistakes are for other rules; a faulty statement allows nothing plainly. */
        bool good = iam_policy_decode(policy->arena, policy->tree, policy->root, NULL, decoded);
        (void)good;
        policy->grants = arena_new(policy->arena, struct iam_grants);
        *policy->grants = iam_grants_find(policy->arena, decoded);
    }
    return policy->grants;
}

/* What depends on keys that nobody gave is not allowed plainly. */
static enum truth ask_policy(struct path_env *env, struct rule_policy *policy, struct str action,
                             struct str resource, const struct iam_context *context,
                             enum iam_extent extent)
{
    uint64_t budget = comparisons_left(env);
    struct iam_request request = {
        .action = action,
        .resource = resource,
        .context = context,
        .arena = env->scratch,
        .budget = &budget,
    };
    enum truth allows = may_allow(policy, action, &budget);
    if (allows != TRUTH_FALSE) {
        allows = iam_policy_allows(grants_of(policy), &request, extent);
    }
    charge_comparisons(env, budget);
    bool untold = rule_policy_faults(policy, FAULT_TYPE)->unknown || env->exhausted;
    return allows == TRUTH_UNKNOWN && !untold ? TRUTH_FALSE : allows;
}

static void call_policy_allows(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    const struct rule_context *rule = env->context;
    struct iam_key keys[PAIRS_MAX];
    struct str values[PAIRS_MAX];
    struct iam_context context = {.keys = keys, .open = true};
    result->logical = TRUTH_UNKNOWN;
    if (!rule || !rule->policy || any_unknown(args, given)) {
        return;
    }
    for (size_t i = 2; i + 1 < given && context.count < PAIRS_MAX; i += 2) {
        if (is_text(&args[i]) && is_text(&args[i + 1])) {
            values[context.count] = args[i + 1].value.string;
            keys[context.count] = (struct iam_key){
                .name = args[i].value.string, .values = &values[context.count], .count = 1};
            context.count++;
        }
    }
    result->logical = truth_of(false);
    if (is_text(&args[0]) && is_text(&args[1])) {
        result->logical = ask_policy(env, rule->policy, args[0].value.string, args[1].value.string,
                                     &context, EXTENT_EACH);
    }
}

static void call_policy_allows_some(struct path_env *env, const struct path_datum *args,
                                    size_t given, struct path_datum *result)
{
    const struct rule_context *rule = env->context;
    const struct iam_context context = {.open = true};
    result->logical = TRUTH_UNKNOWN;
    if (!rule || !rule->policy || any_unknown(args, given)) {
        return;
    }
    result->logical = truth_of(false);
    if (is_text(&args[0])) {
        struct rule_asked *last = &rule->policy->asked_some;
        if (!last->action.ptr || !str_eq(last->action, args[0].value.string)) {
            *last = (struct rule_asked){
                arena_str(rule->policy->arena, args[0].value.string),
                ask_policy(env, rule->policy, args[0].value.string, STR("*"), &context,
                           EXTENT_SOME),
            };
        }
        result->logical = last->answer;
        last->action.ptr = env->exhausted ? NULL : last->action.ptr;
    }
}

static void call_policy_names(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    const struct rule_context *rule = env->context;
    uint64_t budget = comparisons_left(env);
    enum truth found = TRUTH_FALSE;
    result->logical = TRUTH_UNKNOWN;
    if (!rule || !rule->policy || any_unknown(args, given)) {
        return;
    }
    for (size_t i = 0; i < given && found != TRUTH_TRUE; i++) {
        if (is_text(&args[i])) {
            found = truth_or(found, may_allow(rule->policy, args[i].value.string, &budget));
        }
    }
    charge_comparisons(env, budget);
    result->logical = found;
}

#define V TYPE_VALUE
#define L TYPE_LOGICAL

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("policy_allows", L, 2, 6, call_policy_allows, NULL,
             "policy_allows(action, resource, key, value, …) -> logical",
             "The policy by itself allows the action on everything that the resource's pattern stands for, in one account at least, with these context keys, whatever else a request holds: a condition on another key, or a Deny that may match, makes it false.",
             "policy_allows('iam:GetRole', 'arn:aws:iam::*:role/*')", V, V, V, V, V, V),
    FUNCTION("policy_allows_some", L, 1, 1, call_policy_allows_some, NULL,
             "policy_allows_some(action) -> logical",
             "The policy by itself allows the action on a resource that it takes, whatever else a request holds.",
             "policy_allows_some('iam:GetRole')", V),
    FUNCTION("policy_names", L, 1, 10, call_policy_names, NULL,
             "policy_names(action, …) -> logical",
             "An Allow statement of the policy has one of the actions in its Action, by name or pattern, or has NotAction: it may be allowed. Quick to ask, before what is exact.",
             "policy_names('iam:GetRole', 'iam:PassRole')", V, V, V, V, V, V, V, V, V, V),
};
/* clang-format on */

#undef V
#undef L

const struct path_functions rule_grant_functions = {functions, COUNT_OF(functions),
                                                    &rule_secret_functions};
