/* SPDX-License-Identifier: MIT */
/*
 * Trust policies: who may assume a role. Sources: IAM User Guide, "AWS JSON policy elements: Principal" and "How to
 * use an external ID"; condition operators, "String condition operators".
 */
#include "aws/arn.h"
#include "aws/wildcard.h"
#include "model/policy.h"

/* One value of "AWS": '*', an account (id or root ARN, which delegate to it), or one principal's ARN. */
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

/* The list of principals of one sort ("AWS", "Service"); *unknown where it cannot be known. NULL: there is none. */
static const struct node *principals(const struct tree *tree, const struct node *statement,
                                     struct str sort, bool *unknown)
{
    const struct node *principal = tree_member(tree, statement, STR("Principal"));
    const struct node *list = tree_member(tree, principal, sort);
    /* Whom "all but these" leaves is not worked out. */
    *unknown = statement->kind == NODE_UNKNOWN || node_is(principal, NODE_UNKNOWN) ||
               node_is(list, NODE_UNKNOWN) || tree_member(tree, statement, STR("NotPrincipal"));
    return node_is(list, NODE_ARRAY) ? list : NULL;
}

static enum truth principal_names(const struct tree *tree, const struct node *statement,
                                  const struct caller *caller)
{
    bool unknown;
    const struct node *values = principals(tree, statement, STR("AWS"), &unknown);
    enum truth any = unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; values && i < node_size(values); i++) {
        const struct node *value = tree_element(tree, values, i);
        enum truth named = value->kind == NODE_STRING
                               ? aws_value_names(tree_text(tree, value), caller)
                           : value->kind == NODE_UNKNOWN ? TRUTH_UNKNOWN
                                                         : TRUTH_FALSE;
        any = truth_or(any, named);
    }
    return any;
}

static bool text_equal(struct str value, struct str text)
{
    return str_eq(value, text);
}

static bool text_like(struct str pattern, struct str text)
{
    return wildcard_match(pattern, text, false);
}

/* The operators that people put on sts:ExternalId. An absent key makes positive operators false, negated ones true. */
static const struct external_operator {
    struct str name;
    bool (*compare)(struct str value, struct str text);
    bool negated;
    bool if_exists;
} external_operators[] = {
    {STR_INIT("StringEquals"), text_equal, false, false},
    {STR_INIT("StringEqualsIfExists"), text_equal, false, true},
    {STR_INIT("StringEqualsIgnoreCase"), str_eq_nocase, false, false},
    {STR_INIT("StringEqualsIgnoreCaseIfExists"), str_eq_nocase, false, true},
    {STR_INIT("StringLike"), text_like, false, false},
    {STR_INIT("StringLikeIfExists"), text_like, false, true},
    {STR_INIT("StringNotEquals"), text_equal, true, false},
    {STR_INIT("StringNotEqualsIfExists"), text_equal, true, true},
    {STR_INIT("StringNotEqualsIgnoreCase"), str_eq_nocase, true, false},
    {STR_INIT("StringNotEqualsIgnoreCaseIfExists"), str_eq_nocase, true, true},
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

/* A number is not compared: how IAM spells it is not documented. A policy variable is the request's. */
static enum truth external_value_is(const struct external_operator *operator_,
                                    const struct tree *tree, const struct node *value,
                                    struct str external_id)
{
    struct str text = tree_text(tree, value);
    if (value->kind != NODE_STRING || str_find(text, STR("${")) < text.len) {
        return TRUTH_UNKNOWN;
    }
    return truth_of(operator_->compare(text, external_id));
}

static enum truth external_id_meets(const struct tree *tree,
                                    const struct external_operator *operator_,
                                    const struct node *values, const struct caller *caller)
{
    if (!operator_ || !caller->external_id_known || values->kind != NODE_ARRAY) {
        return TRUTH_UNKNOWN;
    }
    if (caller->external_id.len == 0) {
        return truth_of(operator_->negated || operator_->if_exists);
    }
    enum truth any = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(values); i++) {
        any = truth_or(any, external_value_is(operator_, tree, tree_element(tree, values, i),
                                              caller->external_id));
    }
    return operator_->negated ? truth_not(any) : any;
}

/* All keys under one operator must hold; `others` is what a key other than sts:ExternalId counts as. */
static enum truth operator_met(const struct tree *tree, struct str name, const struct node *keys,
                               const struct caller *caller, enum truth others)
{
    if (keys->kind != NODE_OBJECT) {
        return TRUTH_UNKNOWN;
    }
    enum truth met = TRUTH_TRUE;
    for (uint32_t i = 0; i < node_size(keys); i++) {
        bool external =
            str_eq_nocase(tree_text(tree, tree_key(tree, keys, i)), STR("sts:ExternalId"));
        enum truth one = external ? external_id_meets(tree, find_operator(name),
                                                      tree_value(tree, keys, i), caller)
                                  : others;
        met = truth_and(met, one);
    }
    return met;
}

static enum truth conditions_met(const struct tree *tree, const struct node *statement,
                                 const struct caller *caller, enum truth others)
{
    const struct node *condition = tree_member(tree, statement, STR("Condition"));
    if (!condition || condition->kind != NODE_OBJECT) {
        return condition ? TRUTH_UNKNOWN : TRUTH_TRUE;
    }
    enum truth met = TRUTH_TRUE;
    for (uint32_t i = 0; i < node_size(condition); i++) {
        met = truth_and(met, operator_met(tree, tree_text(tree, tree_key(tree, condition, i)),
                                          tree_value(tree, condition, i), caller, others));
    }
    return met;
}

static enum truth statement_trusts(const struct tree *tree, const struct node *statement,
                                   struct str action, const struct caller *caller,
                                   enum trust_part part)
{
    enum truth named = truth_and(policy_statement_has_action(tree, statement, action),
                                 principal_names(tree, statement, caller));
    switch (part) {
    case TRUST_PRINCIPAL:
        return named;
    case TRUST_EXTERNAL_ID:
        return truth_and(named, conditions_met(tree, statement, caller, TRUTH_TRUE));
    case TRUST_ALL:
        break;
    }
    return truth_and(named, conditions_met(tree, statement, caller, TRUTH_UNKNOWN));
}

enum truth policy_trusts(const struct tree *tree, const struct node *trust_policy,
                         struct str action, const struct caller *caller, enum trust_part part)
{
    const struct node *statements = tree_member(tree, trust_policy, STR("Statement"));
    if (!statements || statements->kind != NODE_ARRAY) {
        return TRUTH_UNKNOWN;
    }
    enum truth allowed = TRUTH_FALSE;
    enum truth denied = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(statements); i++) {
        const struct node *statement = tree_element(tree, statements, i);
        enum truth trusts = statement_trusts(tree, statement, action, caller, part);
        enum truth allow = policy_statement_has_effect(tree, statement, STR("Allow"));
        enum truth deny = policy_statement_has_effect(tree, statement, STR("Deny"));
        allowed = truth_or(allowed, truth_and(allow, trusts));
        denied = part == TRUST_ALL ? truth_or(denied, truth_and(deny, trusts)) : denied;
    }
    return truth_and(allowed, truth_not(denied));
}

enum truth policy_trusts_service(const struct tree *tree, const struct node *trust_policy,
                                 struct str action, struct str service)
{
    const struct node *statements = tree_member(tree, trust_policy, STR("Statement"));
    if (!statements || statements->kind != NODE_ARRAY) {
        return TRUTH_UNKNOWN;
    }
    enum truth any = TRUTH_FALSE;
    for (uint32_t i = 0; i < node_size(statements); i++) {
        const struct node *statement = tree_element(tree, statements, i);
        bool unknown;
        const struct node *names = principals(tree, statement, STR("Service"), &unknown);
        enum truth named = unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
        for (uint32_t n = 0; names && n < node_size(names); n++) {
            const struct node *name = tree_element(tree, names, n);
            bool hit = name->kind == NODE_STRING && str_eq(tree_text(tree, name), service);
            named = truth_or(named, name->kind == NODE_UNKNOWN ? TRUTH_UNKNOWN : truth_of(hit));
        }
        named = truth_and(named, policy_statement_has_effect(tree, statement, STR("Allow")));
        any = truth_or(any, truth_and(named, policy_statement_has_action(tree, statement, action)));
    }
    return any;
}
