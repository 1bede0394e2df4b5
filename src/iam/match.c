/* SPDX-License-Identifier: MIT */
/* Statements against requests: the elements, each a list of alternatives or its opposite. */
#include "iam/match.h"

#include "aws/resource.h"
#include "aws/wildcard.h"

/* What looking at a statement costs, and each of its conditions, beside comparing. */
enum { STATEMENT_COST = 16, TEST_COST = 4 };

static bool spend(const struct iam_request *request, uint64_t cost)
{
    bool enough = *request->budget >= cost;
    *request->budget = enough ? *request->budget - cost : 0;
    return enough;
}

enum iam_presence iam_request_find(const struct iam_request *request, struct str name,
                                   const struct iam_key **key)
{
    bool enough = spend(request, request->context ? request->context->count : 0);
    return enough ? iam_context_find(request->context, name, key) : KEY_UNKNOWN;
}

struct iam_expansion iam_request_expand(const struct iam_request *request, struct str text,
                                        bool literal_values)
{
    struct iam_expansion expansion = {.presence = KEY_UNKNOWN};
    uint64_t keys = request->context ? request->context->count : 0;
    uint64_t variables = 0;
    for (size_t i = 0; i < text.len; i++) {
        variables += text.ptr[i] == '$';
    }
    if (spend(request, text.len + variables * keys)) {
        expansion = iam_expand(request->arena, request->context, text, literal_values);
        if (!spend(request, expansion.text.len)) {
            expansion.presence = KEY_UNKNOWN;
        }
    }
    return expansion;
}

bool iam_request_literals(const struct iam_request *request, struct str *text)
{
    if (!spend(request, text->len)) {
        return false;
    }
    *text = iam_literal_text(request->arena, *text);
    return true;
}

/* Most patterns begin with the name of another service. */
static bool begins_otherwise(struct str pattern, struct str action)
{
    enum { CASE = 0x20 };
    for (size_t i = 0; i < 2 && i < pattern.len && i < action.len; i++) {
        unsigned own = (unsigned char)pattern.ptr[i] | CASE;
        if (own == '*' || own == '?') {
            return false;
        }
        if (own != ((unsigned char)action.ptr[i] | CASE)) {
            return true;
        }
    }
    return false;
}

static enum truth action_fits(const struct iam_text *pattern, const struct iam_request *request)
{
    if (begins_otherwise(pattern->text, request->action)) {
        return TRUTH_FALSE;
    }
    return wildcard_match_within(pattern->text, request->action, true, request->budget);
}

/*
 * All resources that the request's pattern stands for fit, none does, or some may. "*" is no
 * pattern here: it stands for calls without resource-level permissions.
 */
static enum truth pattern_fits(struct str pattern, const struct iam_request *request)
{
    enum truth all = resource_covers_within(pattern, request->resource, request->budget);
    if (all == TRUTH_TRUE) {
        return all;
    }
    enum truth some = resource_overlaps_within(pattern, request->resource, request->budget);
    return some == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

static enum truth resource_text_fits(struct str pattern, bool literals,
                                     const struct iam_request *request)
{
    struct str resource = request->resource;
    if (request->resource_is_pattern) {
        return literals ? TRUTH_UNKNOWN : pattern_fits(pattern, request);
    }
    if (literals && !iam_request_literals(request, &resource)) {
        return TRUTH_UNKNOWN;
    }
    return resource_match_within(pattern, resource, request->budget);
}

/* A variable without a value makes a Resource match nothing. */
static enum truth resource_fits(const struct iam_text *pattern, const struct iam_request *request)
{
    if (!pattern->variable) {
        return resource_text_fits(pattern->text, false, request);
    }
    struct iam_expansion expansion = iam_request_expand(request, pattern->text, true);
    switch (expansion.presence) {
    case KEY_ABSENT:
        return TRUTH_FALSE;
    case KEY_UNKNOWN:
        return TRUTH_UNKNOWN;
    case KEY_PRESENT:
        break;
    }
    return resource_text_fits(expansion.text, expansion.literals, request);
}

static enum truth element_fits(const struct iam_element *element, const struct iam_request *request,
                               enum truth (*fits)(const struct iam_text *pattern,
                                                  const struct iam_request *request))
{
    enum truth any = element->texts.unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; i < element->texts.count && any != TRUTH_TRUE; i++) {
        const struct iam_text *text = &element->texts.items[i];
        bool skipped = text->unknown || *request->budget == 0;
        *request->budget -= *request->budget > 0;
        any = truth_or(any, skipped ? TRUTH_UNKNOWN : fits(text, request));
    }
    return element->negated ? truth_not(any) : any;
}

static enum truth tests_met(const struct iam_statement *statement,
                            const struct iam_request *request, struct iam_match *match)
{
    enum truth all = statement->guarded ? TRUTH_UNKNOWN : TRUTH_TRUE;
    bool found_false = false;
    for (uint32_t i = 0; i < statement->test_count; i++) {
        enum truth met = iam_test_met(&statement->tests[i], request);
        all = truth_and(all, met);
        if (met != TRUTH_TRUE) {
            match->failed_count++;
        }
        if ((met == TRUTH_FALSE && !found_false) || (met == TRUTH_UNKNOWN && !match->failed)) {
            match->failed = &statement->tests[i];
            found_false = met == TRUTH_FALSE;
        }
    }
    return all;
}

static bool is_open(const struct iam_context *context)
{
    return !context || context->open;
}

static bool names_everybody(const struct iam_principals *principals)
{
    const struct iam_texts *texts = &principals->sorts[SORT_AWS];
    for (uint32_t i = 0; !principals->negated && i < texts->count; i++) {
        if (!texts->items[i].unknown && str_eq(texts->items[i].text, STR("*"))) {
            return true;
        }
    }
    return false;
}

/* Does it allow "*" by the ARN of the principal? */
static bool grants_by_arn(const struct iam_statement *statement)
{
    for (uint32_t i = 0; i < statement->test_count; i++) {
        const struct iam_operator *compare = statement->tests[i].compare;
        bool text = compare->family == FAMILY_STRING || compare->family == FAMILY_ARN;
        if (text && !compare->negated &&
            str_eq_nocase(statement->tests[i].name, STR("aws:PrincipalArn"))) {
            return names_everybody(&statement->principal);
        }
    }
    return false;
}

static enum truth principal_fits(const struct iam_statement *statement,
                                 const struct iam_request *request, struct iam_match *match)
{
    if (!request->caller || (statement->faulty && !statement->principal.key)) {
        for (size_t i = NAMED_ACCOUNT; i < NAMING_COUNT; i++) {
            match->naming.at_least[i] = TRUTH_UNKNOWN;
        }
        return TRUTH_UNKNOWN;
    }
    match->naming =
        iam_principals_name(&statement->principal, statement->effect == EFFECT_DENY,
                            request->caller, is_open(request->context), request->budget);
    /*
     * Boundaries and session policies do not limit what "*" with aws:PrincipalArn grants ("AWS JSON
     * policy elements: Principal", IAM role principals), which is not said of federated users.
     */
    if (iam_caller_is_identity(request->caller) && request->caller->kind != CALLER_FEDERATED_USER &&
        grants_by_arn(statement)) {
        match->naming.at_least[NAMED_SELF] = match->naming.at_least[NAMED_ROLE];
    }
    return match->naming.at_least[NAMED_ACCOUNT];
}

/* What a part that is not there says: nothing, unless the statement could not be understood. */
static enum truth absent_part(const struct iam_statement *statement)
{
    return statement->faulty ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

enum truth iam_statement_match_action(const struct iam_statement *statement,
                                      const struct iam_request *request)
{
    if (!spend(request, STATEMENT_COST)) {
        return TRUTH_UNKNOWN;
    }
    return statement->action.key ? element_fits(&statement->action, request, action_fits)
                                 : absent_part(statement);
}

struct iam_match iam_statement_match(const struct iam_statement *statement,
                                     const struct iam_request *request, bool by_principal)
{
    enum truth action = iam_statement_match_action(statement, request);
    return iam_statement_match_rest(statement, request, by_principal, action);
}

struct iam_match iam_statement_match_rest(const struct iam_statement *statement,
                                          const struct iam_request *request, bool by_principal,
                                          enum truth action)
{
    struct iam_match match = {.action = action,
                              .naming = {{TRUTH_TRUE, TRUTH_TRUE, TRUTH_TRUE, TRUTH_TRUE}}};
    if (match.action == TRUTH_FALSE) {
        return match;
    }
    if (!spend(request, (uint64_t)TEST_COST * statement->test_count)) {
        match.principal = match.resource = match.condition = TRUTH_UNKNOWN;
        return match;
    }
    match.principal = by_principal ? principal_fits(statement, request, &match) : TRUTH_TRUE;
    if (match.principal == TRUTH_FALSE) {
        return match;
    }
    /* A trust policy has no Resource: it stands for the role itself. */
    if (statement->resource.key) {
        match.resource = element_fits(&statement->resource, request, resource_fits);
    } else {
        match.resource = by_principal ? TRUTH_TRUE : absent_part(statement);
    }
    if (match.resource != TRUTH_FALSE) {
        match.condition = tests_met(statement, request, &match);
    }
    return match;
}

enum truth iam_match_all(const struct iam_match *match, const struct iam_statement *statement,
                         enum iam_naming naming)
{
    enum truth principal = truth_and(match->principal, match->naming.at_least[naming]);
    enum truth all = truth_and(truth_and(match->action, principal),
                               truth_and(match->resource, match->condition));
    return statement->faulty || statement->perhaps ? truth_and(all, TRUTH_UNKNOWN) : all;
}
