/* SPDX-License-Identifier: MIT */
/*
 * One policy is asked about the resource of the request, and then about each Resource of its own that
 * is one of those meant: what a policy allows in its account it need not allow in every account.
 */
#include "iam/grant.h"

#include "aws/wildcard.h"

/* A statement that may be about the action, and whether it is. */
struct chosen {
    const struct iam_statement *statement;
    enum truth action;
};

/* What is asked of one policy: about an action, for resource after resource. */
struct asking {
    const struct iam_grants *grants;
    const struct iam_request *request;
    struct chosen *chosen;
    size_t count;
};

static void choose_statements(struct asking *asking)
{
    const struct iam_policy *policy = asking->grants->policy;
    asking->chosen = arena_array(asking->request->arena, struct chosen, policy->statement_count);
    for (uint32_t i = 0; i < policy->statement_count; i++) {
        const struct iam_statement *statement = &policy->statements[i];
        enum truth action = iam_statement_match_action(statement, asking->request);
        if (action != TRUTH_FALSE) {
            asking->chosen[asking->count++] = (struct chosen){statement, action};
        }
    }
}

/* As iam_decide() puts one identity policy together, of which nothing but the answer is wanted. */
static enum truth ask(const struct asking *asking, struct str resource)
{
    enum truth allows = asking->grants->policy->unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    enum truth denies = allows;
    struct iam_request asked = *asking->request;
    asked.resource = resource;
    asked.resource_is_pattern = !str_eq(resource, STR("*"));
    for (size_t i = 0; i < asking->count; i++) {
        const struct iam_statement *statement = asking->chosen[i].statement;
        struct iam_match match =
            iam_statement_match_rest(statement, &asked, false, asking->chosen[i].action);
        enum truth all = iam_match_all(&match, statement, NAMED_ACCOUNT);
        if (statement->effect == EFFECT_UNKNOWN) {
            all = truth_and(all, TRUTH_UNKNOWN);
        }
        allows = statement->effect == EFFECT_DENY ? allows : truth_or(allows, all);
        denies = statement->effect == EFFECT_ALLOW ? denies : truth_or(denies, all);
    }
    return truth_and(allows, truth_not(denies));
}

/* Of which Resources of the policy is asked, beside the resource of the request? */
struct meant {
    const struct asking *asking;
    uint32_t asked;            /* how many were */
    struct catalogue_arn each; /* EXTENT_EACH: those with all of its last part */
    uint32_t type;             /* EXTENT_SOME: those that a resource of this type can have */
};

static bool is_meant(const struct meant *meant, const struct catalogue_arn *own)
{
    if (meant->type != CATALOGUE_NONE) {
        return catalogue_type_takes(meant->type, own);
    }
    return str_eq(own->service, meant->each.service) &&
           wildcard_covers_within(own->resource, meant->each.resource, false,
                                  meant->asking->request->budget) == TRUTH_TRUE;
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
static enum truth ask_meant(struct meant *meant)
{
    const struct iam_grants *grants = meant->asking->grants;
    uint64_t *budget = meant->asking->request->budget;
    enum truth allows = TRUTH_FALSE;
    for (size_t i = 0; i < grants->resource_count && allows != TRUTH_TRUE; i++) {
        const struct catalogue_arn *own = &grants->resources[i];
        bool asked = is_meant(meant, own);
        if (asked && meant->asked++ == ASKED_MAX) {
            *budget = 0; /* so many cost too much */
        }
        if (!spend(budget)) {
            return TRUTH_UNKNOWN;
        }
        allows = asked ? truth_or(allows, ask(meant->asking, own->text)) : allows;
    }
    return allows;
}

/*
 * A call names a resource of each type that the catalogue marks as required, and needs all of them; of
 * an action without such types, any.
 */
static enum truth ask_types(const struct asking *asking)
{
    uint32_t action = catalogue_find_action(asking->request->action);
    size_t count = action == CATALOGUE_NONE ? 0 : catalogue_action_resource_count(action);
    enum truth required = TRUTH_TRUE;
    enum truth any = TRUTH_FALSE;
    bool has_required = false;
    for (size_t i = 0; i < count; i++) {
        struct catalogue_action_resource resource = catalogue_action_resource(action, i);
        struct meant meant = {.asking = asking, .type = resource.type};
        enum truth allows = ask_meant(&meant);
        any = truth_or(any, allows);
        required = resource.required ? truth_and(required, allows) : required;
        has_required = has_required || resource.required;
    }
    return has_required ? required : any;
}

static bool is_plain(const struct iam_statement *statement)
{
    return statement->effect != EFFECT_DENY && !statement->resource.negated;
}

struct iam_grants iam_grants_find(struct arena *arena, const struct iam_policy *policy)
{
    struct iam_grants grants = {.policy = policy};
    size_t capacity = 0;
    for (uint32_t s = 0; s < policy->statement_count; s++) {
        const struct iam_texts *texts = &policy->statements[s].resource.texts;
        uint32_t count = is_plain(&policy->statements[s]) ? texts->count : 0;
        for (uint32_t i = 0; i < count; i++) {
            const struct iam_text *text = &texts->items[i];
            struct catalogue_arn own = catalogue_arn_cut(text->text);
            if (!text->unknown && !text->variable && own.service.len > 0) {
                grants.resources = arena_grow(arena, grants.resources, grants.resource_count,
                                              &capacity, sizeof *grants.resources);
                grants.resources[grants.resource_count++] = own;
            }
        }
    }
    return grants;
}

enum truth iam_policy_allows(const struct iam_grants *grants, const struct iam_request *request,
                             enum iam_extent extent)
{
    struct asking asking = {.grants = grants, .request = request};
    choose_statements(&asking);
    if (asking.count == 0 && !grants->policy->unknown) {
        return TRUTH_FALSE;
    }
    enum truth allows = ask(&asking, request->resource);
    if (allows == TRUTH_TRUE) {
        return allows;
    }
    if (extent == EXTENT_SOME) {
        return truth_or(allows, ask_types(&asking));
    }
    struct meant meant = {
        .asking = &asking, .each = catalogue_arn_cut(request->resource), .type = CATALOGUE_NONE};
    return truth_or(allows, ask_meant(&meant));
}
