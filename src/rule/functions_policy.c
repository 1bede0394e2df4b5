/* SPDX-License-Identifier: MIT */
/*
 * The functions that look at one policy: what is wrong with its parts, where these stand, its size and
 * kind. Outside of a policy that is judged by itself, in a case, what they would say is unknown.
 */
#include "rule/functions.h"

#include "aws/wildcard.h"
#include "iam/size.h"
#include "path/program.h"
#include "rule/function_args.h"

static struct rule_policy *policy_of(const struct path_env *env)
{
    const struct rule_context *context = env->context;
    return context ? context->policy : NULL;
}

static const struct iam_faults *faults_of(struct rule_policy *policy, enum iam_fault_group group)
{
    if (!policy->faults[group]) {
        const struct iam_faults *parts =
            group == FAULTS_OF_PARTS ? NULL : faults_of(policy, FAULTS_OF_PARTS);
        struct iam_faults *faults = arena_new(policy->arena, struct iam_faults);
        policy->faults[group] = faults;
        if (parts) {
            iam_faults_find_more(policy->checker, policy->arena, policy->tree, policy->root, group,
                                 parts, faults);
        } else {
            iam_faults_find(policy->checker, policy->arena, policy->tree, policy->root, faults);
        }
    }
    return policy->faults[group];
}

const struct iam_faults *rule_policy_faults(struct rule_policy *policy, enum iam_fault_id id)
{
    return faults_of(policy, iam_fault_group(id));
}

/* ---- faults ---- */

static int check_fault(struct arena *arena, const struct str *const *literals, size_t given,
                       struct str *problem)
{
    static const struct str details[] = {STR_INIT("text"), STR_INIT("other"), STR_INIT("count")};
    if (given > 1 && literals[1] && iam_fault_find(*literals[1]) == FAULT_COUNT) {
        struct str names[FAULT_COUNT];
        for (int id = 0; id < FAULT_COUNT; id++) {
            names[id] = iam_fault_name((enum iam_fault_id)id);
        }
        struct str nearest = str_nearest(*literals[1], names, FAULT_COUNT);
        *problem = nearest.len ? arena_format(arena, "there is no such fault; did you mean '%.*s'?",
                                              STR_ARG(nearest))
                               : STR("there is no such fault");
        return 1;
    }
    if (given > 2 && literals[2] &&
        str_nearest(*literals[2], details, COUNT_OF(details)).len == 0) {
        *problem = STR("a fault has text, other and count");
        return 2;
    }
    return -1;
}

/* Rules ask for the same fault at many nodes. */
static enum iam_fault_id asked_fault(struct rule_policy *policy, struct str name)
{
    if (!str_eq(iam_fault_name(policy->asked), name)) {
        enum iam_fault_id id = iam_fault_find(name);
        if (id == FAULT_COUNT) {
            return id;
        }
        policy->asked = id;
    }
    return policy->asked;
}

/*
 * The fault that the first two arguments name; NULL with *unknown where nobody can say. A part whose
 * value is unknown may have a fault all the same: a condition key that does not exist.
 */
static const struct iam_fault *find_fault(const struct path_env *env, const struct path_datum *args,
                                          bool *unknown)
{
    struct rule_policy *policy = policy_of(env);
    bool named = policy && is_text(&args[1]);
    enum iam_fault_id id = named ? asked_fault(policy, args[1].value.string) : FAULT_COUNT;
    *unknown = !policy || args[0].value.kind == VALUE_UNKNOWN;
    if (!policy || id == FAULT_COUNT || !args[0].value.node) {
        return NULL;
    }
    const struct iam_faults *faults = rule_policy_faults(policy, id);
    const struct iam_fault *fault = iam_faults_at(faults, id, args[0].value.node);
    bool open = fault && fault->open;
    *unknown = open || (!fault && (*unknown || faults->exhausted));
    return open ? NULL : fault;
}

static void call_fault(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)given;
    bool unknown;
    const struct iam_fault *fault = find_fault(env, args, &unknown);
    result->logical = unknown ? TRUTH_UNKNOWN : truth_of(fault != NULL);
}

static void call_fault_detail(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)given;
    bool unknown;
    const struct iam_fault *fault = find_fault(env, args, &unknown);
    if (unknown) {
        result->value.kind = VALUE_UNKNOWN;
    } else if (fault && is_text(&args[2]) && str_eq(args[2].value.string, STR("count"))) {
        result->value =
            (struct value){.kind = VALUE_NUMBER, .number = (double)iam_fault_detail(fault)->count};
    } else if (fault && is_text(&args[2])) {
        bool other = str_eq(args[2].value.string, STR("other"));
        const struct iam_fault_detail *detail = iam_fault_detail(fault);
        struct str text = other ? detail->other : detail->text;
        if (text.len) {
            set_text(result, text);
        }
    }
}

static void call_fault_places(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)given;
    bool unknown;
    const struct iam_fault *fault = find_fault(env, args, &unknown);
    for (size_t i = 0; fault && i < iam_fault_detail(fault)->place_count; i++) {
        nodelist_add(env, &result->nodes, (struct path_item){fault->detail->places[i], NULL});
    }
    result->nodes.unknown = unknown;
}

/* The places of a fault but for the first that says what its text does: that one is enough. */
static void call_fault_spares(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)given;
    bool unknown;
    bool kept = false;
    const struct iam_fault *fault = find_fault(env, args, &unknown);
    for (size_t i = 0; fault && i < iam_fault_detail(fault)->place_count; i++) {
        const struct node *place = fault->detail->places[i];
        if (!kept && str_eq(tree_text(env->tree, place), fault->detail->text)) {
            kept = true;
        } else {
            nodelist_add(env, &result->nodes, (struct path_item){place, NULL});
        }
    }
    result->nodes.unknown = unknown;
}

/* Is the argument "@" itself, and no query that begins there? */
static bool is_current(const struct path_program *program, uint32_t at)
{
    const struct path_op *op = &program->ops[at];
    return op->code == OP_QUERY && (op->flags & QUERY_CURRENT) && op->end == at + 1;
}

/* Of "!fault(@, 'name')" at `at`; else FAULT_COUNT. */
static enum iam_fault_id guard_at(const struct path_program *require, uint32_t at)
{
    const struct path_op *ops = require->ops;
    if (ops[at].code != OP_NOT || ops[at + 1].code != OP_CALL ||
        path_op_function(require, &ops[at + 1])->call != call_fault) {
        return FAULT_COUNT;
    }
    const struct path_op *name = &ops[ops[at + 2].end];
    return name->code == OP_LITERAL ? iam_fault_find(require->literals[name->literal].string)
                                    : FAULT_COUNT;
}

size_t rule_find_guards(const struct path_program *require, enum iam_fault_id *guards, bool *here)
{
    const struct path_op *ops = require ? require->ops : NULL;
    size_t count = 0;
    *here = true;
    if (!ops || (ops[0].code != OP_AND && ops[0].code != OP_NOT)) {
        return 0;
    }
    uint32_t first = ops[0].code == OP_AND ? 1 : 0;
    for (uint32_t i = first; i < ops[0].end; i = ops[i].end) {
        enum iam_fault_id guard = guard_at(require, i);
        if (guard == FAULT_COUNT || count == RULE_GUARDS_MAX) {
            return 0;
        }
        guards[count++] = guard;
        *here = *here && is_current(require, i + 2);
    }
    return count;
}

/* ---- where a part stands ---- */

/* The members above a value of a Condition. */
struct place_in_condition {
    const struct node *statement, *operator_key, *key; /* the latter two are NODE_KEY */
};

static bool holds(const struct tree *tree, const struct node *values, const struct node *node)
{
    const struct node *first = tree_children(tree, values);
    return values == node ||
           (values->kind == NODE_ARRAY && node >= first && node < first + node_size(values));
}

/*
 * The last of `count` nodes, `stride` apart and in the order of the text, that begins where `node` does
 * or before; their number where none does.
 */
static uint32_t find_before(const struct node *nodes, uint32_t count, uint32_t stride,
                            const struct node *node)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (nodes[(size_t)middle * stride].lo <= node->lo) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? low - 1 : count;
}

static bool find_in_condition(const struct tree *tree, const struct node *condition,
                              const struct node *node, struct place_in_condition *place)
{
    for (uint32_t o = 0; o < node_size(condition); o++) {
        const struct node *keys = tree_value(tree, condition, o);
        place->operator_key = tree_key(tree, condition, o);
        place->key = NULL;
        if (keys == node) {
            return true;
        }
        uint32_t size = keys->kind == NODE_OBJECT ? node_size(keys) : 0;
        uint32_t k = find_before(tree_children(tree, keys), size, 2, node);
        if (k < size && holds(tree, tree_value(tree, keys, k), node)) {
            place->key = tree_key(tree, keys, k);
            return true;
        }
    }
    return false;
}

/* False where the value is no part of a Condition. */
static bool find_place(struct path_env *env, const struct path_datum *arg,
                       struct place_in_condition *place)
{
    const struct rule_policy *policy = policy_of(env);
    const struct node *node = arg->value.node;
    const struct node *statements =
        policy && node ? tree_member(policy->tree, policy->root, STR("Statement")) : NULL;
    uint32_t size = statements ? node_size(statements) : 0;
    uint32_t i = size ? find_before(tree_children(policy->tree, statements), size, 1, node) : 0;
    if (i >= size) {
        return false;
    }
    place->statement = tree_element(policy->tree, statements, i);
    const struct node *condition = tree_member(policy->tree, place->statement, STR("Condition"));
    return node_is(condition, NODE_OBJECT) && path_spend(env, 1 + node_size(condition)) &&
           find_in_condition(policy->tree, condition, node, place);
}

static void call_key_of(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    (void)given;
    struct place_in_condition place;
    if (find_place(env, &args[0], &place) && place.key) {
        set_text(result, tree_text(env->tree, place.key));
    }
}

static void call_operator_of(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)given;
    struct place_in_condition place;
    if (find_place(env, &args[0], &place)) {
        set_text(result, tree_text(env->tree, place.operator_key));
    }
}

static void call_effect_of(struct path_env *env, const struct path_datum *args, size_t given,
                           struct path_datum *result)
{
    (void)given;
    struct place_in_condition place;
    if (find_place(env, &args[0], &place)) {
        set_text(result, tree_string(env->tree, place.statement, STR("Effect")));
    }
}

static void call_name_at(struct path_env *env, const struct path_datum *args, size_t given,
                         struct path_datum *result)
{
    (void)given;
    const struct node *node = args[0].value.node;
    bool inside = node > env->tree->nodes && node < env->tree->nodes + env->tree->count;
    if (inside && node[-1].kind == NODE_KEY) {
        nodelist_add(env, &result->nodes, (struct path_item){node - 1, NULL});
    } else if (node) {
        nodelist_add(env, &result->nodes, (struct path_item){node, NULL});
    }
}

static void call_member_name(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)given;
    const struct node *node = args[0].value.node;
    bool inside = node > env->tree->nodes && node < env->tree->nodes + env->tree->count;
    if (inside && node[-1].kind == NODE_KEY) {
        set_text(result, tree_text(env->tree, node - 1));
    }
}

/* ---- actions ---- */

static void call_action_service(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)given;
    if (!is_text(&args[0])) {
        (void)pass_unknown(&args[0], result);
        return;
    }
    struct str text = args[0].value.string;
    size_t colon = str_find_char(text, ':');
    char *copy = arena_array(env->scratch, char, colon + 1);
    for (size_t i = 0; i < colon; i++) {
        copy[i] = char_lower(text.ptr[i]);
    }
    if (colon < text.len) {
        set_text(result, (struct str){copy, colon});
    }
}

static void call_reaches(struct path_env *env, const struct path_datum *args, size_t given,
                         struct path_datum *result)
{
    enum truth found = truth_of(false);
    if (!is_text(&args[1])) {
        result->logical = any_unknown(args, given) ? TRUTH_UNKNOWN : found;
        return;
    }
    uint64_t left = comparisons_left(env);
    for (size_t i = 0; i < args[0].nodes.count && found != TRUTH_TRUE; i++) {
        const struct node *entry = args[0].nodes.items[i].node;
        if (entry->kind == NODE_UNKNOWN) {
            found = truth_or(found, TRUTH_UNKNOWN);
        } else if (entry->kind == NODE_STRING) {
            found = truth_or(found, wildcard_match_within(tree_text(env->tree, entry),
                                                          args[1].value.string, true, &left));
        }
    }
    charge_comparisons(env, left);
    result->logical = args[0].nodes.unknown ? truth_or(found, TRUTH_UNKNOWN) : found;
}

/* ---- the policy as a whole ---- */

static void call_policy_kind(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)args;
    (void)given;
    const struct rule_policy *policy = policy_of(env);
    if (policy) {
        set_text(result, policy->kind);
    } else {
        result->value.kind = VALUE_UNKNOWN;
    }
}

static void call_resource_type(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)args;
    (void)given;
    const struct rule_policy *policy = policy_of(env);
    if (policy && policy->resource_type.len) {
        set_text(result, policy->resource_type);
    }
}

static void call_kind_is_named(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)args;
    (void)given;
    const struct rule_policy *policy = policy_of(env);
    result->logical = policy ? truth_of(policy->named) : TRUTH_UNKNOWN;
}

static void call_policy_size(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)given;
    const struct rule_policy *policy = policy_of(env);
    if (!policy) {
        result->value.kind = VALUE_UNKNOWN;
    } else if (is_text(&args[0])) {
        bool all = str_eq(args[0].value.string, STR("all"));
        double size = (double)iam_policy_size(policy->tree, policy->root, all, 0);
        result->value = (struct value){.kind = VALUE_NUMBER, .number = size};
        if (iam_policy_is_open(policy->tree, policy->root)) {
            result->value.kind = VALUE_UNKNOWN;
        }
    }
}

static void call_size_exceeds(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)given;
    const struct rule_policy *policy = policy_of(env);
    result->logical = truth_of(false);
    if (!policy) {
        result->logical = TRUTH_UNKNOWN;
    } else if (args[0].value.kind == VALUE_NUMBER && args[0].value.number >= 0 &&
               is_text(&args[1])) {
        size_t limit = (size_t)args[0].value.number;
        bool all = str_eq(args[1].value.string, STR("all"));
        bool exceeds = iam_policy_size(policy->tree, policy->root, all, limit) > limit;
        bool open = !exceeds && iam_policy_is_open(policy->tree, policy->root);
        result->logical = open ? TRUTH_UNKNOWN : truth_of(exceeds);
    }
}

static int check_size(struct arena *arena, const struct str *const *literals, size_t given,
                      struct str *problem)
{
    (void)arena;
    const struct str *how = literals[given - 1];
    *problem = STR("what is counted is 'all' characters, or those that are 'no-space'");
    return how && !str_eq(*how, STR("all")) && !str_eq(*how, STR("no-space")) ? (int)given - 1 : -1;
}

#define V TYPE_VALUE
#define L TYPE_LOGICAL
#define N TYPE_NODES

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("action_service", V, 1, 1, call_action_service, NULL,
             "action_service(action) -> value",
             "The service prefix of an action, in lower-case letters; Nothing where it has none.",
             "action_service('S3:GetObject') == 's3'", V),
    FUNCTION("effect_of", V, 1, 1, call_effect_of, NULL,
             "effect_of(node) -> value",
             "The Effect of the statement that a part of a policy's Condition belongs to.",
             "effect_of($.Statement[0].Condition.StringLike) == 'Allow'", V),
    FUNCTION("fault", L, 2, 2, call_fault, check_fault,
             "fault(node, name) -> logical",
             "The part of a policy has this fault (`ekslint rules faults` lists them). Where a rule's require is !fault(@, 'name') and nothing else, policies without the fault cost nothing.",
             "fault($.Statement[0].Action[0], 'action')", V, V),
    FUNCTION("fault_detail", V, 3, 3, call_fault_detail, check_fault,
             "fault_detail(node, name, detail) -> value",
             "What is to be said of a fault: its text, other or count; Nothing where there is none.",
             "fault_detail($.Statement[0].Action[0], 'action', 'text') == 's3:ListBucket'", V, V, V),
    FUNCTION("fault_places", N, 2, 2, call_fault_places, check_fault,
             "fault_places(node, name) -> nodes",
             "The parts of a policy at which a fault of the node shows; for point-at.",
             "count(fault_places($.Statement[0], 'pass-named-all')) == 2", V, V),
    FUNCTION("fault_spares", N, 2, 2, call_fault_spares, check_fault,
             "fault_spares(node, name) -> nodes",
             "Of the places of a fault those that can go: all but the first that says what fault_detail(node, name, 'text') does.",
             "count(fault_spares($.Statement[0], 'pass-named-all')) == 2", V, V),
    FUNCTION("key_of", V, 1, 1, call_key_of, NULL,
             "key_of(node) -> value",
             "The condition key that a value, or a list of values, of a policy's Condition belongs to.",
             "key_of($.Statement[0].Condition.StringLike['aws:SourceIp']) == 'aws:SourceIp'", V),
    FUNCTION("kind_is_named", L, 0, 0, call_kind_is_named, NULL,
             "kind_is_named() -> logical",
             "Somebody said what kind of policy this is: --kind, a directive, or the document around it.",
             "kind_is_named()", V),
    FUNCTION("member_name", V, 1, 1, call_member_name, NULL,
             "member_name(node) -> value",
             "The name of a member whose value this is; Nothing for an element of a list.",
             "member_name($.Statement) == 'Statement'", V),
    FUNCTION("name_at", N, 1, 1, call_name_at, NULL,
             "name_at(node) -> nodes",
             "The name of a member whose value this is, as a place; for point-at.",
             "count(name_at($.Statement)) == 1", V),
    FUNCTION("operator_of", V, 1, 1, call_operator_of, NULL,
             "operator_of(node) -> value",
             "The condition operator, with prefix and suffix, that a part of a policy's Condition belongs to.",
             "operator_of($.Statement[0].Condition.StringLike) == 'StringLike'", V),
    FUNCTION("policy_kind", V, 0, 0, call_policy_kind, NULL,
             "policy_kind() -> value",
             "The kind of the policy that is judged, such as iam-scp.",
             "policy_kind() == 'iam-resource-policy'", V),
    FUNCTION("policy_size", V, 1, 1, call_policy_size, check_size,
             "policy_size(counted) -> value",
             "The characters of the policy: 'all', or those that are 'no-space'.",
             "policy_size('no-space') <= 10240", V),
    FUNCTION("reaches", L, 2, 2, call_reaches, NULL,
             "reaches(nodes, action) -> logical",
             "One of the action patterns matches the action, letter case aside.",
             "reaches($.Statement[0].Action[*], 'iam:PassRole')", N, V),
    FUNCTION("resource_type", V, 0, 0, call_resource_type, NULL,
             "resource_type() -> value",
             "The type of the resource that a resource policy is on, as in --kind iam-resource-policy:AWS::S3::Bucket; Nothing where it is not known.",
             "resource_type() == 'AWS::S3::Bucket'", V),
    FUNCTION("size_exceeds", L, 2, 2, call_size_exceeds, check_size,
             "size_exceeds(limit, counted) -> logical",
             "The policy has more characters than the limit: of 'all', or of those that are 'no-space'.",
             "!size_exceeds(5120, 'all')", V, V),
};
/* clang-format on */

#undef V
#undef L
#undef N

const struct path_functions rule_policy_functions = {functions, COUNT_OF(functions),
                                                     &rule_grant_functions};
