/* SPDX-License-Identifier: MIT */
/*
 * Trust policies: who may assume a role. Sources: IAM User Guide, "AWS JSON policy elements:
 * Principal" and "How to use an external ID"; condition operators, "String condition operators".
 */
#include "aws/arn.h"
#include "aws/wildcard.h"
#include "model/policy.h"

/* What is asked, of one trust policy. */
struct asking {
    const struct tree *tree;
    struct str action;
    const struct caller *caller; /* NULL where a service is asked about */
    uint64_t *budget;
};

/*
 * One value of "AWS": '*', an account (id or root ARN, which delegate to it), or one principal's
 * ARN.
 */
static enum truth aws_value_names(struct str value, const struct caller *caller)
{
    if (str_eq(value, STR("*"))) {
        return TRUTH_TRUE;
    }
    if (caller->account.len == 0) {
        return TRUTH_UNKNOWN;
    }
    if (account_id_is_valid(value)) {
        return truth_of(str_eq(value, caller->account));
    }
    struct arn arn;
    if (!arn_parse(value, &arn) || !str_eq(arn.account, caller->account)) {
        return TRUTH_FALSE;
    }
    if (str_eq(arn.resource, STR("root"))) {
        return TRUTH_TRUE;
    }
    return caller->arn.len ? truth_of(str_eq(value, caller->arn)) : TRUTH_UNKNOWN;
}

/*
 * The list of principals of one sort ("AWS", "Service"); *unknown where it cannot be known. NULL:
 * there is none.
 */
static const struct node *principals(const struct asking *a, const struct node *statement,
                                     struct str sort, bool *unknown)
{
    const struct node *principal = tree_member(a->tree, statement, STR("Principal"));
    const struct node *list = tree_member(a->tree, principal, sort);
    /* Whom "all but these" leaves is not worked out. */
    *unknown = statement->kind == NODE_UNKNOWN || node_is(principal, NODE_UNKNOWN) ||
               node_is(list, NODE_UNKNOWN) || tree_member(a->tree, statement, STR("NotPrincipal"));
    return node_is(list, NODE_ARRAY) ? list : NULL;
}

/* Each principal that is looked at costs; without a budget none is. */
static bool spend(const struct asking *a)
{
    *a->budget -= *a->budget > 0;
    return *a->budget > 0;
}

static enum truth principal_names(const struct asking *a, const struct node *statement)
{
    bool unknown;
    const struct node *values = principals(a, statement, STR("AWS"), &unknown);
    enum truth any = unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; values && i < node_size(values); i++) {
        const struct node *value = tree_element(a->tree, values, i);
        enum truth named = TRUTH_FALSE;
        if (value->kind == NODE_UNKNOWN || !spend(a)) {
            named = TRUTH_UNKNOWN;
        } else if (value->kind == NODE_STRING) {
            named = aws_value_names(tree_text(a->tree, value), a->caller);
        }
        any = truth_or(any, named);
    }
    return any;
}

static enum truth text_equal(struct str value, struct str text, uint64_t *budget)
{
    (void)budget; /* a comparison costs no more than reading the value did */
    return truth_of(str_eq(value, text));
}

static enum truth text_equal_nocase(struct str value, struct str text, uint64_t *budget)
{
    (void)budget;
    return truth_of(str_eq_nocase(value, text));
}

static enum truth text_like(struct str pattern, struct str text, uint64_t *budget)
{
    return wildcard_match_within(pattern, text, false, budget);
}

/*
 * The operators that people put on sts:ExternalId. An absent key makes positive operators false,
 * negated ones true.
 */
static const struct external_operator {
    struct str name;
    enum truth (*compare)(struct str value, struct str text, uint64_t *budget);
    bool negated;
    bool if_exists;
} external_operators[] = {
    {STR_INIT("StringEquals"), text_equal, false, false},
    {STR_INIT("StringEqualsIfExists"), text_equal, false, true},
    {STR_INIT("StringEqualsIgnoreCase"), text_equal_nocase, false, false},
    {STR_INIT("StringEqualsIgnoreCaseIfExists"), text_equal_nocase, false, true},
    {STR_INIT("StringLike"), text_like, false, false},
    {STR_INIT("StringLikeIfExists"), text_like, false, true},
    {STR_INIT("StringNotEquals"), text_equal, true, false},
    {STR_INIT("StringNotEqualsIfExists"), text_equal, true, true},
    {STR_INIT("StringNotEqualsIgnoreCase"), text_equal_nocase, true, false},
    {STR_INIT("StringNotEqualsIgnoreCaseIfExists"), text_equal_nocase, true, true},
    {STR_INIT("StringNotLike"), text_like, true, false},
    {STR_INIT("StringNotLikeIfExists"), text_like, true, true},
};

static const struct external_operator *find_operator(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(external_operators); i++) {
        if (str_eq(external_operators[i].name, name)) {
            return &external_operators[i];
        }
    }
    return NULL;
}

/*
 * A number is not compared: how IAM spells it is not documented. A policy variable is the
 * request's.
 */
static enum truth external_value_is(const struct asking *a,
                                    const struct external_operator *operator_,
                                    const struct node *value)
{
    struct str text = tree_text(a->tree, value);
    if (value->kind != NODE_STRING || str_find(text, STR("${")) < text.len || !spend(a)) {
        return TRUTH_UNKNOWN;
    }
    return operator_->compare(text, a->caller->external_id, a->budget);
}

static enum truth external_id_meets(const struct asking *a,
                                    const struct external_operator *operator_,
                                    const struct node *values)
{
    if (!operator_ || !a->caller->external_id_known || values->kind != NODE_ARRAY) {
        return TRUTH_UNKNOWN;
    }
    if (a->caller->external_id.len == 0) {
        return truth_of(operator_->negated || operator_->if_exists);
    }
    enum truth any = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(values); i++) {
        any = truth_or(any, external_value_is(a, operator_, tree_element(a->tree, values, i)));
    }
    return operator_->negated ? truth_not(any) : any;
}

/*
 * All keys under one operator must hold; `others` is what a key other than sts:ExternalId counts
 * as.
 */
static enum truth operator_met(const struct asking *a, struct str name, const struct node *keys,
                               enum truth others)
{
    if (keys->kind != NODE_OBJECT) {
        return TRUTH_UNKNOWN;
    }
    enum truth met = TRUTH_TRUE;
    for (uint32_t i = 0; i < node_size(keys); i++) {
        struct str key = tree_text(a->tree, tree_key(a->tree, keys, i));
        enum truth one = others;
        if (str_eq_nocase(key, STR("sts:ExternalId"))) {
            one = external_id_meets(a, find_operator(name), tree_value(a->tree, keys, i));
        }
        met = truth_and(met, one);
    }
    return met;
}

static enum truth conditions_met(const struct asking *a, const struct node *statement,
                                 enum truth others)
{
    const struct node *condition = tree_member(a->tree, statement, STR("Condition"));
    if (!condition || condition->kind != NODE_OBJECT) {
        return condition ? TRUTH_UNKNOWN : TRUTH_TRUE;
    }
    enum truth met = TRUTH_TRUE;
    for (uint32_t i = 0; i < node_size(condition); i++) {
        met = truth_and(met, operator_met(a, tree_text(a->tree, tree_key(a->tree, condition, i)),
                                          tree_value(a->tree, condition, i), others));
    }
    return met;
}

static enum truth statement_trusts(const struct asking *a, const struct node *statement,
                                   enum trust_part part)
{
    enum truth named =
        truth_and(policy_statement_has_action(a->tree, statement, a->action, a->budget),
                  principal_names(a, statement));
    switch (part) {
    case TRUST_PRINCIPAL:
        return named;
    case TRUST_EXTERNAL_ID:
        return truth_and(named, conditions_met(a, statement, TRUTH_TRUE));
    case TRUST_ALL:
        break;
    }
    return truth_and(named, conditions_met(a, statement, TRUTH_UNKNOWN));
}

enum truth policy_trusts(const struct tree *tree, const struct node *trust_policy,
                         struct str action, const struct caller *caller, enum trust_part part,
                         uint64_t *budget)
{
    const struct node *statements = tree_member(tree, trust_policy, STR("Statement"));
    if (!statements || statements->kind != NODE_ARRAY) {
        return TRUTH_UNKNOWN;
    }
    struct asking asking = {tree, action, caller, budget};
    enum truth allowed = TRUTH_FALSE;
    enum truth denied = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(statements); i++) {
        const struct node *statement = tree_element(tree, statements, i);
        enum truth trusts = statement_trusts(&asking, statement, part);
        enum truth allow = policy_statement_has_effect(tree, statement, STR("Allow"));
        enum truth deny = policy_statement_has_effect(tree, statement, STR("Deny"));
        allowed = truth_or(allowed, truth_and(allow, trusts));
        denied = part == TRUST_ALL ? truth_or(denied, truth_and(deny, trusts)) : denied;
    }
    return truth_and(allowed, truth_not(denied));
}

static enum truth service_named(const struct asking *a, const struct node *statement,
                                struct str service)
{
    bool unknown;
    const struct node *names = principals(a, statement, STR("Service"), &unknown);
    enum truth named = unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; names && i < node_size(names); i++) {
        const struct node *name = tree_element(a->tree, names, i);
        bool hit = name->kind == NODE_STRING && str_eq(tree_text(a->tree, name), service);
        bool hidden = name->kind == NODE_UNKNOWN || !spend(a);
        named = truth_or(named, hidden ? TRUTH_UNKNOWN : truth_of(hit));
    }
    return named;
}

enum truth policy_trusts_service(const struct tree *tree, const struct node *trust_policy,
                                 struct str action, struct str service, uint64_t *budget)
{
    const struct node *statements = tree_member(tree, trust_policy, STR("Statement"));
    if (!statements || statements->kind != NODE_ARRAY) {
        return TRUTH_UNKNOWN;
    }
    struct asking asking = {tree, action, NULL, budget};
    enum truth any = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(statements); i++) {
        const struct node *statement = tree_element(tree, statements, i);
        enum truth named = service_named(&asking, statement, service);
        named = truth_and(named, policy_statement_has_effect(tree, statement, STR("Allow")));
        named = truth_and(named, policy_statement_has_action(tree, statement, action, budget));
        any = truth_or(any, named);
    }
    return any;
}
