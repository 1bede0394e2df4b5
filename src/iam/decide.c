/* SPDX-License-Identifier: MIT */
/*
 * The evaluation logic. First every statement is matched once and each layer summed up (what it
 * denies, what it allows and how it names the caller); then the layers are put together. All
 * statements are looked at even where the answer is clear, so that missing keys and matching
 * statements are complete.
 */
#include "iam/decide.h"

#include "aws/arn.h"
#include "iam/call.h"

enum { MISSING_MAX = 256, MATCHED_MAX = 4096 };

struct str iam_layer_name(enum iam_layer layer)
{
    static const struct str names[LAYER_COUNT] = {
        [LAYER_RCP] = STR_INIT("rcp"),           [LAYER_SCP] = STR_INIT("scp"),
        [LAYER_ENDPOINT] = STR_INIT("endpoint"), [LAYER_RESOURCE] = STR_INIT("resource"),
        [LAYER_IDENTITY] = STR_INIT("identity"), [LAYER_BOUNDARY] = STR_INIT("boundary"),
        [LAYER_SESSION] = STR_INIT("session"),
    };
    return names[layer];
}

struct str iam_part_name(enum iam_part part)
{
    static const struct str names[PART_COUNT] = {
        [PART_ACTION] = STR_INIT("action"),
        [PART_PRINCIPAL] = STR_INIT("principal"),
        [PART_RESOURCE] = STR_INIT("resource"),
        [PART_CONDITION] = STR_INIT("condition"),
    };
    return names[part];
}

/* What the statements of a level, or of a layer, say together. */
struct sum {
    enum truth denies;
    enum truth
        allows[NAMING_COUNT]; /* naming the caller at least so directly; [NAMED_NOT] unused */
};

struct deciding {
    const struct iam_request *request;
    const struct iam_policies *policies;
    struct iam_decision *decision;
    struct iam_places allowing, denying;
    struct iam_gap gaps[LAYER_COUNT];   /* of the first level that does not allow */
    struct iam_gap doubts[LAYER_COUNT]; /* the first statement that may deny */
    struct sum sums[LAYER_COUNT];
    bool own_role; /* the caller is the role that is to be assumed */
    /* Of the layer and level at hand. */
    bool by_principal;
    enum iam_naming wanted; /* how a statement must name the caller to count by itself */
    struct iam_gap gap;
    uint32_t closeness; /* of the gap */
};

/* ---- statements ---- */

static bool is_listed(const struct iam_decision *decision, struct str name)
{
    for (size_t i = 0; i < decision->missing_count; i++) {
        if (str_eq_nocase(decision->missing[i], name)) {
            return true;
        }
    }
    return false;
}

static void note_missing(struct deciding *d, struct str name)
{
    struct iam_decision *decision = d->decision;
    const struct iam_key *key = NULL;
    bool known = d->request->context && iam_request_find(d->request, name, &key) == KEY_PRESENT;
    if (known || (key && key->absent) || decision->missing_count >= MISSING_MAX ||
        is_listed(decision, name)) {
        return;
    }
    decision->missing = arena_grow(d->request->arena, decision->missing, decision->missing_count,
                                   &decision->missing_capacity, sizeof *decision->missing);
    decision->missing[decision->missing_count++] = name;
}

/* The variables of a text that have no value here; one with a default needs none. */
static void note_variable(struct deciding *d, const struct iam_text *text)
{
    struct str rest = text->variable ? text->text : (struct str){0};
    for (size_t at; (at = str_find(rest, STR("${"))) < rest.len;) {
        struct str name;
        bool closed = str_cut(str_from(rest, at + 2), '}', &name, &rest);
        bool literal = name.len == 1 && str_find_char(STR("*?$"), name.ptr[0]) < 3;
        if (closed && !literal && str_find_char(name, ',') == name.len) {
            note_missing(d, name);
        }
    }
}

static void note_variables(struct deciding *d, const struct iam_texts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        note_variable(d, &texts->items[i]);
    }
}

/* The keys that a statement asks for, where it is about the request at all. */
static void note_keys(struct deciding *d, const struct iam_statement *statement,
                      const struct iam_match *match)
{
    if (match->action == TRUTH_FALSE || match->principal == TRUTH_FALSE) {
        return;
    }
    note_variables(d, &statement->resource.texts);
    for (uint32_t i = 0; match->resource != TRUTH_FALSE && i < statement->test_count; i++) {
        note_missing(d, statement->tests[i].name);
        note_variables(d, &statement->tests[i].values);
    }
}

static void add_place(struct deciding *d, struct iam_places *places, struct iam_place place)
{
    if (places->count < MATCHED_MAX) {
        places->items = arena_grow(d->request->arena, places->items, places->count,
                                   &places->capacity, sizeof *places->items);
        places->items[places->count++] = place;
    }
}

/* How near a statement is to matching: elements count in their order, then unmet tests. */
static uint32_t closeness_of(const struct deciding *d, const struct iam_match *match,
                             enum iam_part *part)
{
    const enum truth parts[PART_COUNT] = {
        match->action, truth_and(match->principal, match->naming.at_least[d->wanted]),
        match->resource, match->condition};
    uint32_t unmet = match->failed_count < 255 ? match->failed_count : 255;
    for (uint32_t i = 0; i < PART_COUNT; i++) {
        if (parts[i] != TRUTH_TRUE) {
            *part = (enum iam_part)i;
            return (2 * i + (parts[i] == TRUTH_UNKNOWN) + 1) * 256 - unmet;
        }
    }
    *part = PART_CONDITION;
    return 2 * PART_COUNT * 256 + 256;
}

static struct iam_gap gap_at(struct iam_place place, enum iam_part part,
                             const struct iam_match *match)
{
    return (struct iam_gap){
        .found = true,
        .place = place,
        .part = part,
        .test = part == PART_CONDITION ? match->failed : NULL,
    };
}

static void note_gap(struct deciding *d, struct iam_place place, const struct iam_match *match)
{
    enum iam_part part;
    uint32_t closeness = closeness_of(d, match, &part);
    if (closeness > d->closeness) {
        d->closeness = closeness;
        d->gap = gap_at(place, part, match);
    }
}

static void note_doubt(struct deciding *d, struct iam_place place, const struct iam_match *match)
{
    enum iam_part part;
    if (!d->doubts[place.layer].found) {
        (void)closeness_of(d, match, &part);
        d->doubts[place.layer] = gap_at(place, part, match);
    }
}

static void take_statement(struct deciding *d, struct iam_place place, struct sum *sum)
{
    const struct iam_statement *statement = place.statement;
    struct iam_match match = iam_statement_match(statement, d->request, d->by_principal);
    enum truth named = iam_match_all(&match, statement, NAMED_ACCOUNT);
    note_keys(d, statement, &match);
    if (statement->effect != EFFECT_ALLOW) {
        enum truth denies =
            statement->effect == EFFECT_DENY ? named : truth_and(named, TRUTH_UNKNOWN);
        sum->denies = truth_or(sum->denies, denies);
        if (denies == TRUTH_TRUE) {
            add_place(d, &d->denying, place);
        } else if (denies == TRUTH_UNKNOWN) {
            note_doubt(d, place, &match);
        }
    }
    if (statement->effect == EFFECT_DENY) {
        return;
    }
    for (size_t i = NAMED_ACCOUNT; i < NAMING_COUNT; i++) {
        enum truth allows = iam_match_all(&match, statement, (enum iam_naming)i);
        if (statement->effect == EFFECT_UNKNOWN) {
            allows = truth_and(allows, TRUTH_UNKNOWN);
        }
        sum->allows[i] = truth_or(sum->allows[i], allows);
    }
    if (named == TRUTH_TRUE) {
        add_place(d, &d->allowing, place);
    }
    note_gap(d, place, &match);
}

/* ---- levels and layers ---- */

static void take_unknown(struct deciding *d, struct sum *sum)
{
    d->decision->policy_missing = true;
    sum->denies = truth_or(sum->denies, TRUTH_UNKNOWN);
    for (size_t i = 0; i < NAMING_COUNT; i++) {
        sum->allows[i] = truth_or(sum->allows[i], TRUTH_UNKNOWN);
    }
}

static struct sum sum_level(struct deciding *d, enum iam_layer layer, uint32_t number)
{
    const struct iam_level *level = &d->policies->layers[layer].levels[number];
    struct sum sum = {0};
    d->gap = (struct iam_gap){0};
    d->closeness = 0;
    for (uint32_t i = 0; i < level->count; i++) {
        const struct iam_policy *policy = level->policies[i];
        struct iam_place place = {layer, number, i, 0, policy, NULL};
        if (policy->unknown) {
            take_unknown(d, &sum);
        }
        for (; place.position < policy->statement_count; place.position++) {
            place.statement = &policy->statements[place.position];
            take_statement(d, place, &sum);
        }
    }
    if (level->incomplete) {
        take_unknown(d, &sum);
    }
    return sum;
}

/* How much a level stands in the way. */
static int obstacle_of(enum truth allows)
{
    static const int obstacles[TRUTH_COUNT] = {
        [TRUTH_TRUE] = 0, [TRUTH_UNKNOWN] = 1, [TRUTH_FALSE] = 2};
    return obstacles[allows];
}

/* Every level must allow; a Deny in any of them denies. No level at all allows nothing. */
static void sum_layer(struct deciding *d, enum iam_layer layer)
{
    const struct iam_layer_policies *policies = &d->policies->layers[layer];
    struct sum *sum = &d->sums[layer];
    int obstacle = 0;
    d->by_principal = layer == LAYER_RESOURCE || layer == LAYER_ENDPOINT || layer == LAYER_RCP;
    d->wanted = layer == LAYER_RESOURCE && d->own_role ? NAMED_ROLE : NAMED_ACCOUNT;
    for (uint32_t i = 0; i < policies->count; i++) {
        struct sum level = sum_level(d, layer, i);
        sum->denies = truth_or(sum->denies, level.denies);
        for (size_t n = NAMED_ACCOUNT; n < NAMING_COUNT; n++) {
            sum->allows[n] = i ? truth_and(sum->allows[n], level.allows[n]) : level.allows[n];
        }
        if (i == 0 || obstacle_of(level.allows[d->wanted]) > obstacle) {
            obstacle = obstacle_of(level.allows[d->wanted]);
            d->gaps[layer] = d->gap;
        }
    }
}

/* ---- which layers there are ---- */

static bool applies(const struct deciding *d, enum iam_layer layer)
{
    const struct iam_caller *caller = d->request->caller;
    bool identity = !caller || iam_caller_is_identity(caller);
    bool bound = !caller || !caller->service_linked;
    if (!d->policies->layers[layer].given) {
        return false;
    }
    switch (layer) {
    case LAYER_RCP:
        return bound && iam_call_is_bound_by_rcp(d->request);
    case LAYER_SCP:
        return identity && bound;
    case LAYER_IDENTITY:
    case LAYER_BOUNDARY:
    case LAYER_SESSION:
        return identity;
    case LAYER_ENDPOINT:
    case LAYER_RESOURCE:
    case LAYER_COUNT:
        break;
    }
    return true;
}

/* ---- putting the layers together ---- */

/* A session of a federated user has nothing but what a policy passes to it ("GetFederationToken"). */
static bool needs_session_policy(const struct deciding *d)
{
    const struct iam_caller *caller = d->request->caller;
    return caller && caller->kind == CALLER_FEDERATED_USER;
}

static enum truth layer_allows(const struct deciding *d, enum iam_layer layer)
{
    if (applies(d, layer)) {
        return d->sums[layer].allows[NAMED_ACCOUNT];
    }
    return truth_of(layer != LAYER_SESSION || !needs_session_policy(d));
}

static struct str owner_of(const struct deciding *d)
{
    struct arn arn;
    if (arn_parse(d->request->resource, &arn) && account_id_is_valid(arn.account)) {
        return arn.account;
    }
    return d->policies->resource_account;
}

static bool is_cross_account(const struct deciding *d)
{
    const struct iam_caller *caller = d->request->caller;
    struct str owner = owner_of(d);
    return caller && caller->account.len && owner.len && !str_eq(owner, caller->account);
}

/* What no policy can allow. */
static enum iam_refusal refusal_of(const struct deciding *d)
{
    const struct iam_caller *caller = d->request->caller;
    bool assumes = iam_call_assumes_role(d->request);
    if (caller && assumes && caller->kind == CALLER_ROOT) {
        return REFUSAL_ROOT;
    }
    if (caller && assumes && caller->kind == CALLER_FEDERATED_USER) {
        return REFUSAL_FEDERATED_USER;
    }
    if (caller && caller->kind == CALLER_FEDERATED && d->decision->cross_account) {
        return REFUSAL_PROVIDER;
    }
    return REFUSAL_NONE;
}

/* What the caller's side says: their policies within their boundary and their session's policies. */
struct sides {
    enum truth identity, limits, resource;
    enum truth delegated; /* the resource's side lets the caller's own policies count */
};

static enum truth delegates(const struct deciding *d)
{
    if (!applies(d, LAYER_RESOURCE) || !iam_call_needs_resource_policy(d->request)) {
        return TRUTH_TRUE;
    }
    return d->sums[LAYER_RESOURCE].allows[d->own_role ? NAMED_ROLE : NAMED_ACCOUNT];
}

static struct sides look_at_sides(const struct deciding *d)
{
    const struct iam_caller *caller = d->request->caller;
    struct sides sides = {
        .identity = applies(d, LAYER_IDENTITY) ? d->sums[LAYER_IDENTITY].allows[NAMED_ACCOUNT]
                                               : TRUTH_FALSE,
        .limits = truth_and(layer_allows(d, LAYER_BOUNDARY), layer_allows(d, LAYER_SESSION)),
        .resource = applies(d, LAYER_RESOURCE) ? d->sums[LAYER_RESOURCE].allows[NAMED_ACCOUNT]
                                               : TRUTH_FALSE,
        .delegated = delegates(d),
    };
    if (caller && caller->kind == CALLER_ROOT) {
        sides.identity = TRUTH_TRUE; /* has full access without a policy */
    }
    return sides;
}

/* The caller's own policies allow by themselves, or with the resource's for the other account. */
static enum truth own_side(const struct sides *sides)
{
    return truth_and(truth_and(sides->identity, sides->delegated), sides->limits);
}

static enum truth same_account(const struct deciding *d, const struct sides *sides)
{
    const struct sum *resource = &d->sums[LAYER_RESOURCE];
    enum truth named = truth_or(resource->allows[NAMED_SELF],
                                truth_and(resource->allows[NAMED_ROLE], sides->limits));
    return truth_or(named, own_side(sides));
}

static enum truth put_together(const struct deciding *d, const struct sides *sides)
{
    const struct iam_caller *caller = d->request->caller;
    if (d->decision->refusal != REFUSAL_NONE) {
        return TRUTH_FALSE;
    }
    if (d->policies->resource_only || (caller && !iam_caller_is_identity(caller))) {
        return sides->resource;
    }
    return d->decision->cross_account ? truth_and(own_side(sides), sides->resource)
                                      : same_account(d, sides);
}

static void keep_verdicts(struct deciding *d)
{
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        enum iam_layer layer = (enum iam_layer)i;
        d->decision->layers[i] = (struct iam_verdict){
            .applies = applies(d, layer),
            .allows = layer == LAYER_RCP ? TRUTH_TRUE : layer_allows(d, layer),
            .denies = d->sums[i].denies,
        };
    }
    d->decision->cross_account = is_cross_account(d);
    d->decision->refusal = refusal_of(d);
}

/* ---- the result ---- */

static enum truth denied(const struct deciding *d)
{
    enum truth any = TRUTH_FALSE;
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        any = truth_or(any, d->sums[i].denies);
    }
    return any;
}

/* The first layer of which it is not certain that it does not deny. */
static enum iam_layer doubtful_layer(const struct deciding *d)
{
    size_t layer = 0;
    while (layer + 1 < LAYER_COUNT && d->sums[layer].denies == TRUTH_FALSE) {
        layer++;
    }
    return (enum iam_layer)layer;
}

/* Is this why there is no answer, or the answer is no? What is unknown does not explain a no. */
static bool blocks(const struct deciding *d, enum truth allows)
{
    return allows == TRUTH_FALSE ||
           (allows == TRUTH_UNKNOWN && d->decision->allowed == TRUTH_UNKNOWN);
}

/* Of the caller's and the resource's side, the first that does not allow. */
static enum iam_layer blocking_side(const struct deciding *d, const struct sides *sides)
{
    const struct iam_caller *caller = d->request->caller;
    bool identity = !caller || iam_caller_is_identity(caller);
    bool both = d->decision->cross_account;
    if (!identity || d->policies->resource_only || (both && blocks(d, sides->resource)) ||
        blocks(d, sides->delegated)) {
        return LAYER_RESOURCE;
    }
    if (blocks(d, sides->identity) &&
        (both || blocks(d, d->sums[LAYER_RESOURCE].allows[NAMED_ROLE]))) {
        return LAYER_IDENTITY;
    }
    return blocks(d, layer_allows(d, LAYER_BOUNDARY)) ? LAYER_BOUNDARY : LAYER_SESSION;
}

/* The first layer that does not allow, or, of an open answer, is not certain to. */
static enum iam_layer blocking_layer(const struct deciding *d, const struct sides *sides)
{
    static const enum iam_layer gates[] = {LAYER_SCP, LAYER_ENDPOINT};
    for (size_t i = 0; i < COUNT_OF(gates); i++) {
        if (blocks(d, layer_allows(d, gates[i]))) {
            return gates[i];
        }
    }
    return blocking_side(d, sides);
}

static void keep_places(struct deciding *d, enum iam_layer layer)
{
    for (size_t i = 0; i < d->allowing.count; i++) {
        if (d->allowing.items[i].layer == layer) {
            add_place(d, &d->decision->matched, d->allowing.items[i]);
        }
    }
}

/* The Allow statements that granted it: the caller's and the resource's, not those of limits. */
static void keep_grants(struct deciding *d, const struct sides *sides)
{
    bool own = own_side(sides) == TRUTH_TRUE;
    d->decision->outcome = OUTCOME_ALLOWED;
    d->decision->decided_by = own ? LAYER_IDENTITY : LAYER_RESOURCE;
    if (own) {
        keep_places(d, LAYER_IDENTITY);
    }
    keep_places(d, LAYER_RESOURCE);
}

static void keep_denial(struct deciding *d)
{
    struct iam_decision *decision = d->decision;
    decision->outcome = OUTCOME_EXPLICIT_DENY;
    decision->matched = d->denying;
    if (d->denying.count) {
        decision->decided_by = d->denying.items[0].layer;
        decision->gap = (struct iam_gap){.found = true, .place = d->denying.items[0]};
    }
}

/* Neither allowed nor denied outright. */
static void keep_gap(struct deciding *d, const struct sides *sides, enum truth granted)
{
    struct iam_decision *decision = d->decision;
    decision->outcome = OUTCOME_IMPLICIT_DENY;
    if (decision->refusal != REFUSAL_NONE) {
        decision->decided_by =
            decision->refusal == REFUSAL_PROVIDER ? LAYER_RESOURCE : LAYER_IDENTITY;
    } else if (granted == TRUTH_TRUE) {
        decision->decided_by = doubtful_layer(d);
        decision->gap = d->doubts[decision->decided_by];
    } else {
        decision->decided_by = blocking_layer(d, sides);
        decision->gap = d->gaps[decision->decided_by];
    }
}

void iam_decide(const struct iam_request *request, const struct iam_policies *policies,
                struct iam_decision *decision)
{
    struct deciding d = {.request = request, .policies = policies, .decision = decision};
    *decision = (struct iam_decision){0};
    d.own_role = iam_call_is_of_own_role(request);
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        if (applies(&d, (enum iam_layer)i)) {
            sum_layer(&d, (enum iam_layer)i);
        }
    }
    keep_verdicts(&d);
    struct sides sides = look_at_sides(&d);
    enum truth explicit = denied(&d);
    enum truth gates = truth_and(layer_allows(&d, LAYER_SCP), layer_allows(&d, LAYER_ENDPOINT));
    enum truth granted = truth_and(gates, put_together(&d, &sides));
    decision->allowed = truth_and(granted, truth_not(explicit));
    decision->granted = granted;
    if (granted != TRUTH_TRUE && decision->refusal == REFUSAL_NONE) {
        decision->lacking_in = blocking_layer(&d, &sides);
        decision->lacking = d.gaps[decision->lacking_in];
    }
    if (explicit == TRUTH_TRUE) {
        keep_denial(&d);
    } else if (decision->allowed == TRUTH_TRUE) {
        keep_grants(&d, &sides);
    } else {
        keep_gap(&d, &sides, granted);
    }
}
