/* SPDX-License-Identifier: MIT */
/*
 * Functions that ask the IAM engine: what a role or user may do, whom a role trusts, and what is in
 * the way. Context keys come in pairs behind the request. A key without a pair, or whose value is
 * not known, may have any value, so that a condition on it leaves the answer unknown; an empty value
 * says that the request has no such key.
 */
#include "rule/functions.h"

#include "aws/arn.h"
#include "model/permission.h"
#include "rule/function_args.h"

enum {
    PAIRS_MAX = 3,
    DERIVED_MAX = 6,
    CLAIMS_MAX = 16,
    KEYS_MAX = PAIRS_MAX + DERIVED_MAX + CLAIMS_MAX
};

/* A question, and the answer of the engine. */
struct question {
    struct path_env *env;
    struct permissions *permissions;
    const struct node *holder;
    struct iam_key keys[KEYS_MAX];
    struct str values[KEYS_MAX];
    struct iam_context context;
    struct iam_caller caller;
    struct iam_request request;
    uint64_t budget;
    struct iam_decision decision;
};

/* Those of the run, or, where a function is evaluated outside of one, some of its own. */
static struct permissions *permissions_of(struct path_env *env)
{
    const struct rule_context *context = env->context;
    struct permissions *permissions = context ? context->permissions : NULL;
    if (!permissions) {
        permissions = arena_new(env->scratch, struct permissions);
        permissions->arena = env->scratch;
        permissions->tree = env->tree;
        permissions->root = env->root;
    }
    return permissions;
}

/* ---- the context of a request ---- */

static void add_key(struct question *q, struct str name, struct iam_key key, struct str value)
{
    if (q->context.count < KEYS_MAX) {
        uint32_t at = q->context.count++;
        q->values[at] = value;
        key.name = name;
        key.values = &q->values[at];
        key.count = key.unknown || key.absent ? 0 : 1;
        q->keys[at] = key;
    }
}

static void add_known(struct question *q, struct str name, struct str value)
{
    add_key(q, name, (struct iam_key){.absent = value.len == 0}, value);
}

/* A key whose value an argument gives: a text, "" for none, anything else is not known. */
static void add_argument(struct question *q, struct str name, const struct path_datum *arg)
{
    if (is_text(arg)) {
        add_known(q, name, arg->value.string);
    } else {
        add_key(q, name, (struct iam_key){.unknown = true}, (struct str){0});
    }
}

static void add_pairs(struct question *q, const struct path_datum *args, size_t first, size_t given)
{
    for (size_t i = first; i + 1 < given; i += 2) {
        if (is_text(&args[i])) {
            add_argument(q, args[i].value.string, &args[i + 1]);
        }
    }
}

/* What follows from who calls. Requests of tools are signed and use TLS. */
static void add_derived(struct question *q, const struct iam_caller *caller)
{
    bool user = caller->kind == CALLER_USER;
    bool role = caller->kind == CALLER_ROLE;
    if (iam_caller_is_identity(caller) && caller->account.len) {
        add_known(q, STR("aws:PrincipalAccount"), caller->account);
        add_known(q, STR("aws:PrincipalIsAWSService"), STR("false"));
    }
    if (user || role) {
        add_known(q, STR("aws:PrincipalArn"), caller->text);
        add_known(q, STR("aws:PrincipalType"), user ? STR("User") : STR("AssumedRole"));
        struct str name =
            user ? str_from(caller->text, str_after_last(caller->text, '/')) : (struct str){0};
        add_known(q, STR("aws:username"), name);
    }
    add_known(q, STR("aws:SecureTransport"), STR("true"));
}

/* ---- asking ---- */

static bool start(struct question *q, struct path_env *env, const struct path_datum *args)
{
    const struct nodelist *holders = &args[0].nodes;
    *q = (struct question){.env = env, .permissions = permissions_of(env)};
    q->context = (struct iam_context){.keys = q->keys, .open = true};
    q->budget = comparisons_left(env);
    q->request =
        (struct iam_request){.context = &q->context, .arena = env->scratch, .budget = &q->budget};
    if (holders->count != 1 || holders->unknown) {
        return false;
    }
    q->holder = holders->items[0].node;
    return q->holder->kind == NODE_OBJECT;
}

static void finish(struct question *q)
{
    if (q->budget == 0) {
        q->decision = (struct iam_decision){.allowed = TRUTH_UNKNOWN, .policy_missing = true};
    }
    charge_comparisons(q->env, q->budget);
}

/* Keep why a denial is one, for the finding that may come of it. */
static void leave_witness(const struct question *q)
{
    const struct rule_context *context = q->env->context;
    const struct node *culprit = permission_culprit(&q->decision);
    if (!context || !context->witness || q->decision.allowed != TRUTH_FALSE || !culprit) {
        return;
    }
    *context->witness = (struct rule_witness){
        .node = culprit,
        .fault = permission_fault(&q->decision),
        .action = arena_str(q->env->scratch, q->request.action),
        .resource = arena_str(q->env->scratch, q->request.resource),
        .key = permission_key(&q->decision),
    };
}

/* (holder, action, resource, key, value, …): false where what is asked is not known. */
static bool ask_allows(struct question *q, struct path_env *env, const struct path_datum *args,
                       size_t given)
{
    if (!start(q, env, args) || !is_text(&args[1]) || !is_text(&args[2])) {
        return false;
    }
    q->request.action = args[1].value.string;
    q->request.resource = args[2].value.string;
    q->request.resource_is_pattern = !str_eq(q->request.resource, STR("*"));
    add_pairs(q, args, 3, given);
    struct str arn = tree_string(env->tree, q->holder, STR("arn"));
    if (iam_caller_parse(arn, &q->caller)) {
        add_derived(q, &q->caller);
    }
    permissions_allow(q->permissions, q->holder, &q->request, &q->decision);
    finish(q);
    leave_witness(q);
    return true;
}

/* (role, principal, action, external_id, key, value, …) */
static bool ask_trusts(struct question *q, struct path_env *env, const struct path_datum *args,
                       size_t given)
{
    if (!start(q, env, args) || !is_text(&args[1]) || !is_text(&args[2]) ||
        !tree_member(env->tree, q->holder, STR("trust_policy")) ||
        !iam_caller_parse(args[1].value.string, &q->caller)) {
        return false;
    }
    q->request.caller = &q->caller;
    q->request.action = args[2].value.string;
    q->request.resource = tree_string(env->tree, q->holder, STR("arn"));
    if (given > 3) {
        add_argument(q, STR("sts:ExternalId"), &args[3]);
    }
    add_pairs(q, args, 4, given);
    add_derived(q, &q->caller);
    permissions_trust(q->permissions, q->holder, &q->request, &q->decision);
    finish(q);
    leave_witness(q);
    return true;
}

/* ---- answers ---- */

typedef bool ask(struct question *q, struct path_env *env, const struct path_datum *args,
                 size_t given);

static void answer_truth(ask *asked, struct path_env *env, const struct path_datum *args,
                         size_t given, struct path_datum *result)
{
    struct question q;
    result->logical = asked(&q, env, args, given) ? q.decision.allowed : TRUTH_UNKNOWN;
}

static void answer_fault(ask *asked, struct path_env *env, const struct path_datum *args,
                         size_t given, struct path_datum *result)
{
    struct question q;
    struct str fault = {0};
    if (asked(&q, env, args, given)) {
        fault = permission_fault(&q.decision);
    }
    /* What an argument that is not known would decide is not known either. */
    if (fault.len && !(str_eq(fault, STR("undecided")) && any_unknown(args, given))) {
        set_text(result, fault);
    } else {
        result->value.kind = VALUE_UNKNOWN;
    }
}

static void answer_key(ask *asked, struct path_env *env, const struct path_datum *args,
                       size_t given, struct path_datum *result)
{
    struct question q;
    if (!asked(&q, env, args, given)) {
        result->value.kind = VALUE_UNKNOWN;
    } else if (permission_key(&q.decision).len) {
        set_text(result, permission_key(&q.decision));
    }
}

static void answer_gap(ask *asked, struct path_env *env, const struct path_datum *args,
                       size_t given, struct path_datum *result)
{
    struct question q;
    if (!asked(&q, env, args, given)) {
        result->nodes.unknown = true;
        return;
    }
    const struct node *culprit = permission_culprit(&q.decision);
    if (culprit) {
        nodelist_add(env, &result->nodes, (struct path_item){culprit, NULL});
    }
}

static void call_allows(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    answer_truth(ask_allows, env, args, given, result);
}

static void call_allow_fault(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    answer_fault(ask_allows, env, args, given, result);
}

static void call_allow_gap(struct path_env *env, const struct path_datum *args, size_t given,
                           struct path_datum *result)
{
    answer_gap(ask_allows, env, args, given, result);
}

/* The Deny statements that certainly match. */
static void call_denied_by(struct path_env *env, const struct path_datum *args, size_t given,
                           struct path_datum *result)
{
    struct question q;
    if (!ask_allows(&q, env, args, given)) {
        result->nodes.unknown = true;
        return;
    }
    const struct iam_places *matched = &q.decision.matched;
    bool denied = q.decision.outcome == OUTCOME_EXPLICIT_DENY;
    for (size_t i = 0; denied && i < matched->count; i++) {
        nodelist_add(env, &result->nodes,
                     (struct path_item){matched->items[i].statement->node, NULL});
    }
    result->nodes.unknown = !denied && q.decision.policy_missing;
}

static void call_trusts(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    answer_truth(ask_trusts, env, args, given, result);
}

static void call_trust_fault(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    answer_fault(ask_trusts, env, args, given, result);
}

static void call_trust_fault_key(struct path_env *env, const struct path_datum *args, size_t given,
                                 struct path_datum *result)
{
    answer_key(ask_trusts, env, args, given, result);
}

static void call_trust_gap(struct path_env *env, const struct path_datum *args, size_t given,
                           struct path_datum *result)
{
    answer_gap(ask_trusts, env, args, given, result);
}

/* ---- roles for service accounts ---- */

/* What is in the way of a service account, the nearest to success first. */
enum irsa_fault {
    IRSA_OK,
    IRSA_UNDECIDED,
    IRSA_SUBJECT,
    IRSA_AUDIENCE,
    IRSA_KEY,
    IRSA_CONDITION,
    IRSA_DENY,
    IRSA_ACTION,
    IRSA_ISSUER,
    IRSA_PRINCIPAL,
    IRSA_FAULT_COUNT
};

static const struct str irsa_words[IRSA_FAULT_COUNT] = {
    [IRSA_OK] = STR_INIT("ok"),           [IRSA_UNDECIDED] = STR_INIT(""),
    [IRSA_SUBJECT] = STR_INIT("subject"), [IRSA_AUDIENCE] = STR_INIT("audience"),
    [IRSA_KEY] = STR_INIT("key"),         [IRSA_CONDITION] = STR_INIT("condition"),
    [IRSA_DENY] = STR_INIT("deny"),       [IRSA_ACTION] = STR_INIT("action"),
    [IRSA_ISSUER] = STR_INIT("issuer"),   [IRSA_PRINCIPAL] = STR_INIT("principal"),
};

struct irsa {
    struct path_env *env;
    const struct path_datum *args; /* role, subject, audience, and maybe the cluster's issuer */
    struct str issuer;             /* of the cluster; empty: any provider's will do */
    const struct node *statements;
    enum irsa_fault fault;
    const struct node *culprit;
};

static struct str issuer_of_provider(struct str text)
{
    static const struct str type = STR_INIT("oidc-provider/");
    struct arn arn;
    bool is_provider = arn_parse(text, &arn) && str_starts(arn.resource, type);
    return is_provider ? str_from(arn.resource, type.len) : (struct str){0};
}

static struct str claim_key(const struct irsa *irsa, struct str issuer, const char *claim)
{
    return arena_format(irsa->env->scratch, "%.*s:%s", STR_ARG(issuer), claim);
}

/* A token holds claims of its own issuer alone: keys that name another one are not in the request. */
static void add_foreign_claims(struct question *q, const struct irsa *irsa, struct str issuer)
{
    const struct tree *tree = irsa->env->tree;
    for (uint32_t s = 0; s < node_size(irsa->statements); s++) {
        const struct node *statement = tree_element(tree, irsa->statements, s);
        const struct node *condition = tree_member(tree, statement, STR("Condition"));
        for (uint32_t o = 0; node_is(condition, NODE_OBJECT) && o < node_size(condition); o++) {
            const struct node *keys = tree_value(tree, condition, o);
            for (uint32_t k = 0; keys->kind == NODE_OBJECT && k < node_size(keys); k++) {
                struct str name = tree_text(tree, tree_key(tree, keys, k));
                size_t colon = str_find_char(name, ':');
                bool of_issuer = str_find_char(str_slice(name, 0, colon), '/') < colon;
                if (of_issuer && !str_eq_nocase(str_slice(name, 0, colon), issuer)) {
                    add_known(q, name, (struct str){0});
                }
            }
        }
    }
}

static enum irsa_fault irsa_fault_of(const struct question *q, struct str subject_key,
                                     struct str audience_key)
{
    struct str fault = permission_fault(&q->decision);
    struct str key = permission_key(&q->decision);
    if (q->decision.allowed == TRUTH_TRUE) {
        return IRSA_OK;
    }
    if (q->decision.allowed == TRUTH_UNKNOWN || str_eq(fault, STR("undecided"))) {
        return IRSA_UNDECIDED;
    }
    if (str_eq(fault, STR("condition"))) {
        bool of_issuer = str_find_char(key, '/') < key.len;
        return str_eq_nocase(key, subject_key)    ? IRSA_SUBJECT
               : str_eq_nocase(key, audience_key) ? IRSA_AUDIENCE
               : of_issuer                        ? IRSA_KEY
                                                  : IRSA_CONDITION;
    }
    return str_eq(fault, STR("deny"))     ? IRSA_DENY
           : str_eq(fault, STR("action")) ? IRSA_ACTION
                                          : IRSA_PRINCIPAL;
}

static void keep_nearest(struct irsa *irsa, enum irsa_fault fault, const struct node *culprit)
{
    if (fault < irsa->fault) {
        irsa->fault = fault;
        irsa->culprit = culprit;
    }
}

/* Does the provider let the account in? */
static void ask_provider(struct irsa *irsa, const struct node *provider)
{
    struct str text = tree_text(irsa->env->tree, provider);
    struct str issuer = issuer_of_provider(text);
    struct question q;
    if (!start(&q, irsa->env, irsa->args) || !iam_caller_parse(text, &q.caller) ||
        issuer.len == 0) {
        return;
    }
    if (irsa->issuer.len && !str_eq(issuer, irsa->issuer)) {
        keep_nearest(irsa, IRSA_ISSUER, provider);
        return;
    }
    struct str subject_key = claim_key(irsa, issuer, "sub");
    struct str audience_key = claim_key(irsa, issuer, "aud");
    q.request.caller = &q.caller;
    q.request.action = STR("sts:AssumeRoleWithWebIdentity");
    q.request.resource = tree_string(irsa->env->tree, q.holder, STR("arn"));
    add_argument(&q, subject_key, &irsa->args[1]);
    add_argument(&q, audience_key, &irsa->args[2]);
    add_foreign_claims(&q, irsa, issuer);
    add_derived(&q, &q.caller);
    permissions_trust(q.permissions, q.holder, &q.request, &q.decision);
    finish(&q);
    const struct node *culprit = permission_culprit(&q.decision);
    keep_nearest(irsa, irsa_fault_of(&q, subject_key, audience_key), culprit ? culprit : provider);
}

static void ask_statement(struct irsa *irsa, const struct node *statement)
{
    const struct tree *tree = irsa->env->tree;
    const struct node *principal = tree_member(tree, statement, STR("Principal"));
    const struct node *federated =
        node_is(principal, NODE_OBJECT) ? tree_member(tree, principal, STR("Federated")) : NULL;
    bool hidden = statement->kind == NODE_UNKNOWN || node_is(principal, NODE_UNKNOWN) ||
                  node_is(federated, NODE_UNKNOWN);
    for (uint32_t i = 0; node_is(federated, NODE_ARRAY) && i < node_size(federated); i++) {
        const struct node *provider = tree_element(tree, federated, i);
        hidden = hidden || provider->kind == NODE_UNKNOWN;
        if (provider->kind == NODE_STRING) {
            ask_provider(irsa, provider);
        }
    }
    if (hidden) {
        keep_nearest(irsa, IRSA_UNDECIDED, NULL);
    }
}

/* (role, subject, audience, issuer): false where the role or its trust policy is not at hand. */
static bool ask_irsa(struct irsa *irsa, struct path_env *env, const struct path_datum *args,
                     size_t given)
{
    *irsa = (struct irsa){.env = env, .args = args, .fault = IRSA_PRINCIPAL};
    struct question q;
    if (!start(&q, env, args) || any_unknown(args, 3)) {
        return false;
    }
    const struct node *trust = tree_member(env->tree, q.holder, STR("trust_policy"));
    irsa->statements =
        node_is(trust, NODE_OBJECT) ? tree_member(env->tree, trust, STR("Statement")) : NULL;
    if (!node_is(irsa->statements, NODE_ARRAY)) {
        return false;
    }
    irsa->issuer = given > 3 && is_text(&args[3]) ? args[3].value.string : (struct str){0};
    for (uint32_t i = 0; i < node_size(irsa->statements); i++) {
        ask_statement(irsa, tree_element(env->tree, irsa->statements, i));
    }
    return true;
}

static void call_irsa_fault(struct path_env *env, const struct path_datum *args, size_t given,
                            struct path_datum *result)
{
    struct irsa irsa;
    if (ask_irsa(&irsa, env, args, given) && irsa.fault != IRSA_UNDECIDED) {
        set_text(result, irsa_words[irsa.fault]);
    } else {
        result->value.kind = VALUE_UNKNOWN;
    }
}

static void call_irsa_gap(struct path_env *env, const struct path_datum *args, size_t given,
                          struct path_datum *result)
{
    struct irsa irsa;
    if (!ask_irsa(&irsa, env, args, given)) {
        result->nodes.unknown = true;
    } else if (irsa.culprit && irsa.fault > IRSA_UNDECIDED) {
        nodelist_add(env, &result->nodes, (struct path_item){irsa.culprit, NULL});
    }
}

#define V TYPE_VALUE
#define L TYPE_LOGICAL
#define N TYPE_NODES

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("allow_fault", V, 3, 9, call_allow_fault, NULL,
             "allow_fault(holder, action, resource, key, value, …) -> value",
             "What keeps the holder's policies from allowing the call: action, resource or condition of the nearest Allow, deny, boundary, none (no Allow at all); ok; undecided where a condition cannot be known.",
             "allow_fault($.roles[0], 'ec2:RunInstances', '*') == 'action'", N, V, V, V, V, V, V, V, V),
    FUNCTION("allow_gap", N, 3, 9, call_allow_gap, NULL,
             "allow_gap(holder, action, resource, key, value, …) -> nodes",
             "The part of the holder's policies to blame for a call that is not allowed: the Deny, or what does not match in the nearest Allow.",
             "count(allow_gap($.roles[0], 'ec2:RunInstances', '*')) == 1", N, V, V, V, V, V, V, V, V),
    FUNCTION("allows", L, 3, 9, call_allows, NULL,
             "allows(holder, action, resource, key, value, …) -> logical",
             "The policies and the boundary of a role or user of the case allow the action on the resource (every one that a pattern stands for) with these context keys; unknown where a policy or a key that matters is not at hand.",
             "allows($.roles[0], 'ec2:DescribeVpcs', '*')", N, V, V, V, V, V, V, V, V),
    FUNCTION("denied_by", N, 3, 9, call_denied_by, NULL,
             "denied_by(holder, action, resource, key, value, …) -> nodes",
             "The Deny statements of the holder's policies and boundary that match the call.",
             "count(denied_by($.roles[0], 'ec2:DescribeVpcs', '*')) == 0", N, V, V, V, V, V, V, V, V),
    FUNCTION("irsa_fault", V, 3, 4, call_irsa_fault, NULL,
             "irsa_fault(role, subject, audience, issuer) -> value",
             "What keeps a service account's token from assuming the role: subject, audience, key (of another issuer), condition, deny or action of the nearest Allow, issuer (the trust policy names none with this issuer), principal (it names no OIDC provider); ok; unknown where a condition cannot be known. Where the issuer is left out, or not known, any provider's will do.",
             "irsa_fault($.roles[0], 'system:serviceaccount:prod:app', 'sts.amazonaws.com') == 'principal'", N, V, V, V),
    FUNCTION("irsa_gap", N, 3, 4, call_irsa_gap, NULL,
             "irsa_gap(role, subject, audience, issuer) -> nodes",
             "The part of the role's trust policy that irsa_fault speaks of.",
             "count(irsa_gap($.roles[0], 'system:serviceaccount:prod:app', 'sts.amazonaws.com')) == 0", N, V, V, V),
    FUNCTION("trust_fault", V, 3, 10, call_trust_fault, NULL,
             "trust_fault(role, principal, action, external_id, key, value, …) -> value",
             "What keeps the role's trust policy from letting the principal in: action, principal or condition of the nearest Allow, deny, none; ok; undecided where a condition cannot be known.",
             "trust_fault($.roles[0], '111122223333', 'sts:AssumeRole', 'abd') == 'condition'", N, V, V, V, V, V, V, V, V, V),
    FUNCTION("trust_fault_key", V, 3, 10, call_trust_fault_key, NULL,
             "trust_fault_key(role, principal, action, external_id, key, value, …) -> value",
             "The context key of the condition that trust_fault speaks of; Nothing where it is none.",
             "trust_fault_key($.roles[0], '111122223333', 'sts:AssumeRole', 'abd') == 'sts:ExternalId'", N, V, V, V, V, V, V, V, V, V),
    FUNCTION("trust_gap", N, 3, 10, call_trust_gap, NULL,
             "trust_gap(role, principal, action, external_id, key, value, …) -> nodes",
             "The part of the role's trust policy to blame for a principal that is not let in: the Deny, or what does not match in the nearest Allow.",
             "count(trust_gap($.roles[0], '111122223333', 'sts:AssumeRole', 'abd')) == 1", N, V, V, V, V, V, V, V, V, V),
    FUNCTION("trusts", L, 3, 10, call_trusts, NULL,
             "trusts(role, principal, action, external_id, key, value, …) -> logical",
             "The role's trust policy lets the principal (an ARN, an account, a service) make the call with this external ID ('' for none); unknown where a condition depends on more.",
             "trusts($.roles[0], '111122223333', 'sts:AssumeRole', 'abc')", N, V, V, V, V, V, V, V, V, V),
};
/* clang-format on */

#undef V
#undef L
#undef N

const struct path_functions rule_iam_functions = {functions, COUNT_OF(functions),
                                                  &rule_policy_functions};
