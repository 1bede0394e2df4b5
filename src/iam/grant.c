/* SPDX-License-Identifier: MIT */
/*
 * One policy is asked about the resource of the request, and then about each Resource of its own that
 * is one of those meant: what a policy allows in its account it need not allow in every account.
 */
#include "iam/grant.h"

#include "aws/catalogue.h"
#include "aws/wildcard.h"

static enum truth ask(const struct iam_policy *policy, const struct iam_request *request,
                      struct str resource)
{
    struct iam_level level = {.policies = &policy, .count = 1};
    struct iam_policies policies = {0};
    struct iam_request asked = *request;
    struct iam_decision decision;
    policies.layers[LAYER_IDENTITY] = (struct iam_layer_policies){&level, 1, true};
    asked.resource = resource;
    asked.resource_is_pattern = !str_eq(resource, STR("*"));
    iam_decide(&asked, &policies, &decision);
    return decision.allowed;
}

/* Of which Resources of the policy is asked, beside the resource of the request? */
struct meant {
    const struct iam_request *request;
    uint32_t asked;            /* how many were */
    struct catalogue_arn each; /* EXTENT_EACH: those with all of its last part */
    uint32_t type;             /* EXTENT_SOME: those that a resource of this type can have */
};

static bool is_meant(const struct meant *meant, const struct iam_text *text)
{
    struct catalogue_arn own = catalogue_arn_cut(text->text);
    if (text->unknown || text->variable || own.service.len == 0) {
        return false;
    }
    if (meant->type != CATALOGUE_NONE) {
        return catalogue_type_takes(meant->type, &own);
    }
    return str_eq(own.service, meant->each.service) &&
           wildcard_covers_within(own.resource, meant->each.resource, false,
                                  meant->request->budget) == TRUTH_TRUE;
}

/* Of holding a Resource against what is meant, in comparisons. */
enum { MEANT_COST = 16, ASKED_MAX = 64 };

static bool spend(uint64_t *budget)
{
    bool enough = *budget >= MEANT_COST;
    *budget -= enough ? MEANT_COST : *budget;
    return enough;
}

/* The action is allowed on one of them. */
static enum truth ask_meant(const struct iam_policy *policy, struct meant *meant)
{
    enum truth allows = TRUTH_FALSE;
    for (uint32_t s = 0; s < policy->statement_count && allows != TRUTH_TRUE; s++) {
        const struct iam_statement *statement = &policy->statements[s];
        bool names = statement->effect != EFFECT_DENY && !statement->resource.negated;
        uint32_t count = names ? statement->resource.texts.count : 0;
        for (uint32_t i = 0; i < count && allows != TRUTH_TRUE; i++) {
            const struct iam_text *text = &statement->resource.texts.items[i];
            bool asked = is_meant(meant, text);
            if (asked && meant->asked++ == ASKED_MAX) {
                *meant->request->budget = 0; /* so many cost too much */
            }
            if (!spend(meant->request->budget)) {
                return TRUTH_UNKNOWN;
            }
            allows = asked ? truth_or(allows, ask(policy, meant->request, text->text)) : allows;
        }
    }
    return allows;
}

/*
 * A call names a resource of each type that the catalogue marks as required, and needs all of them; of
 * an action without such types, any.
 */
static enum truth ask_types(const struct iam_policy *policy, const struct iam_request *request)
{
    uint32_t action = catalogue_find_action(request->action);
    size_t count = action == CATALOGUE_NONE ? 0 : catalogue_action_resource_count(action);
    enum truth required = TRUTH_TRUE;
    enum truth any = TRUTH_FALSE;
    bool has_required = false;
    for (size_t i = 0; i < count; i++) {
        struct catalogue_action_resource resource = catalogue_action_resource(action, i);
        struct meant meant = {.request = request, .type = resource.type};
        enum truth allows = ask_meant(policy, &meant);
        any = truth_or(any, allows);
        required = resource.required ? truth_and(required, allows) : required;
        has_required = has_required || resource.required;
    }
    return has_required ? required : any;
}

enum truth iam_policy_allows(const struct iam_policy *policy, const struct iam_request *request,
                             enum iam_extent extent)
{
    enum truth allows = ask(policy, request, request->resource);
    if (allows == TRUTH_TRUE) {
        return allows;
    }
    if (extent == EXTENT_SOME) {
        return truth_or(allows, ask_types(policy, request));
    }
    struct meant meant = {
        .request = request, .each = catalogue_arn_cut(request->resource), .type = CATALOGUE_NONE};
    return truth_or(allows, ask_meant(policy, &meant));
}
