/* SPDX-License-Identifier: MIT */
/*
 * The evaluation logic. First every statement is matched once and each layer summed up (what it
 * denies, what it allows and how it names the caller); then the layers are put together. All
 * statements are looked at even where the answer is clear, so that missing keys and matching
 * statements are complete.
 */
#include "iam/decide.h"

#include "aws/arn.h"

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
    struct iam_gap gaps[LAYER_COUNT];
    uint32_t closeness[LAYER_COUNT]; /* of the gap */
    struct sum sums[LAYER_COUNT];
    bool by_principal; /* of the layer at hand */
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
    bool known =
        d->request->context && iam_context_find(d->request->context, name, &key) == KEY_PRESENT;
    if (known || (key && key->absent) || decision->missing_count >= MISSING_MAX ||
        is_listed(decision, name)) {
        return;
    }
    decision->missing = arena_grow(d->request->arena, decision->missing, decision->missing_count,
                                   &decision->missing_capacity, sizeof *decision->missing);
    decision->missing[decision->missing_count++] = name;
}

/* The first variable of a text that has no value here. */
static void note_variable(struct deciding *d, const struct iam_text *text)
{
    if (text->variable) {
        struct iam_expansion expansion =
            iam_expand(d->request->arena, d->request->context, text->text, true);
        if (expansion.presence != KEY_PRESENT) {
            note_missing(d, expansion.key);
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
static uint32_t closeness_of(const struct iam_match *match, enum iam_part *part)
{
    const enum truth parts[PART_COUNT] = {match->action, match->principal, match->resource,
                                          match->condition};
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

static void note_gap(struct deciding *d, struct iam_place place, const struct iam_match *match)
{
    enum iam_part part;
    uint32_t closeness = closeness_of(match, &part);
    if (closeness > d->closeness[place.layer]) {
        d->closeness[place.layer] = closeness;
        d->gaps[place.layer] = (struct iam_gap){
            .found = true,
            .place = place,
            .part = part,
            .test = part == PART_CONDITION ? match->failed : NULL,
        };
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

/* Every level must allow; a Deny in any of them denies. */
static void sum_layer(struct deciding *d, enum iam_layer layer)
{
    const struct iam_layer_policies *policies = &d->policies->layers[layer];
    struct sum *sum = &d->sums[layer];
    d->by_principal = layer == LAYER_RESOURCE || layer == LAYER_ENDPOINT || layer == LAYER_RCP;
    *sum = (struct sum){.allows = {TRUTH_TRUE, TRUTH_TRUE, TRUTH_TRUE, TRUTH_TRUE}};
    for (uint32_t i = 0; i < policies->count; i++) {
        struct sum level = sum_level(d, layer, i);
        sum->denies = truth_or(sum->denies, level.denies);
        for (size_t n = 0; n < NAMING_COUNT; n++) {
            sum->allows[n] = truth_and(sum->allows[n], level.allows[n]);
        }
    }
}

/* ---- which layers there are ---- */

/* Services whose resources RCPs protect, and the calls that they never bind. */
static bool rcp_binds(const struct iam_request *request)
{
    return !str_eq_nocase(request->action, STR("kms:RetireGrant"));
}

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
        return bound && rcp_binds(d->request);
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

static enum truth layer_allows(const struct deciding *d, enum iam_layer layer)
{
    return applies(d, layer) ? d->sums[layer].allows[NAMED_ACCOUNT] : TRUTH_TRUE;
}

/* Roles and KMS keys have a policy always, and an account's own policies alone do not suffice. */
static bool needs_resource_policy(const struct iam_request *request)
{
    size_t service = str_find_char(request->action, ':');
    struct str prefix = str_slice(request->action, 0, service);
    struct str name = str_from(request->action, service + 1);
    if (str_eq(request->resource, STR("*"))) {
        return false;
    }
    return str_eq_nocase(prefix, STR("kms")) ||
           (str_eq_nocase(prefix, STR("sts")) &&
            str_eq_nocase(str_slice(name, 0, strlen("AssumeRole")), STR("AssumeRole")));
}

/* A role that assumes itself: its account's trust in itself does not name it. */
static bool is_own_role(const struct iam_request *request)
{
    struct iam_caller target;
    const struct iam_caller *caller = request->caller;
    return caller && caller->role.len && iam_caller_parse(request->resource, &target) &&
           target.kind == CALLER_ROLE && str_eq(target.role, caller->role) &&
           str_eq(target.account, caller->account);
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

/* What the caller's side says: their policies within their boundary and their session's policies. */
struct sides {
    enum truth identity, limits, resource;
};

static enum truth same_account(const struct deciding *d, const struct sides *sides)
{
    const enum truth *allows = d->sums[LAYER_RESOURCE].allows;
    enum truth by_role = TRUTH_FALSE;
    enum truth by_self = TRUTH_FALSE;
    enum truth delegated = TRUTH_TRUE;
    if (applies(d, LAYER_RESOURCE)) {
        by_role = allows[NAMED_ROLE];
        by_self = allows[NAMED_SELF];
        if (needs_resource_policy(d->request)) {
            delegated = allows[is_own_role(d->request) ? NAMED_ROLE : NAMED_ACCOUNT];
        }
    }
    enum truth own = truth_or(truth_and(sides->identity, delegated), by_role);
    return truth_or(by_self, truth_and(own, sides->limits));
}

static enum truth put_together(const struct deciding *d, const struct sides *sides)
{
    const struct iam_caller *caller = d->request->caller;
    if (d->policies->resource_only || (caller && !iam_caller_is_identity(caller))) {
        return sides->resource;
    }
    if (is_cross_account(d)) {
        return truth_and(truth_and(sides->identity, sides->limits), sides->resource);
    }
    return same_account(d, sides);
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
}

static struct sides look_at_sides(const struct deciding *d)
{
    return (struct sides){
        .identity = applies(d, LAYER_IDENTITY) ? d->sums[LAYER_IDENTITY].allows[NAMED_ACCOUNT]
                                               : TRUTH_FALSE,
        .limits = truth_and(layer_allows(d, LAYER_BOUNDARY), layer_allows(d, LAYER_SESSION)),
        .resource = applies(d, LAYER_RESOURCE) ? d->sums[LAYER_RESOURCE].allows[NAMED_ACCOUNT]
                                               : TRUTH_FALSE,
    };
}

/* ---- the result ---- */

static enum truth denied(const struct deciding *d)
{
    enum truth any = TRUTH_FALSE;
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        if (applies(d, (enum iam_layer)i)) {
            any = truth_or(any, d->sums[i].denies);
        }
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

/* The first layer that is not certain to allow. */
static enum iam_layer blocking_layer(const struct deciding *d, const struct sides *sides)
{
    static const enum iam_layer gates[] = {LAYER_SCP, LAYER_ENDPOINT};
    const struct iam_caller *caller = d->request->caller;
    bool identity = !caller || iam_caller_is_identity(caller);
    for (size_t i = 0; i < COUNT_OF(gates); i++) {
        if (layer_allows(d, gates[i]) != TRUTH_TRUE) {
            return gates[i];
        }
    }
    bool both =
        is_cross_account(d) || (applies(d, LAYER_RESOURCE) && needs_resource_policy(d->request));
    if (!identity || d->policies->resource_only || (both && sides->resource != TRUTH_TRUE)) {
        return LAYER_RESOURCE;
    }
    if (both && is_own_role(d->request) &&
        d->sums[LAYER_RESOURCE].allows[NAMED_ROLE] != TRUTH_TRUE) {
        return LAYER_RESOURCE;
    }
    if (sides->identity != TRUTH_TRUE &&
        (is_cross_account(d) || !applies(d, LAYER_RESOURCE) ||
         d->sums[LAYER_RESOURCE].allows[NAMED_ROLE] != TRUTH_TRUE)) {
        return LAYER_IDENTITY;
    }
    return layer_allows(d, LAYER_BOUNDARY) != TRUTH_TRUE ? LAYER_BOUNDARY : LAYER_SESSION;
}

/* The Allow statements that granted it: the caller's and the resource's, not those of limits. */
static void keep_grants(struct deciding *d)
{
    static const enum iam_layer granting[] = {LAYER_IDENTITY, LAYER_RESOURCE};
    for (size_t g = 0; g < COUNT_OF(granting); g++) {
        for (size_t i = 0; i < d->allowing.count; i++) {
            if (d->allowing.items[i].layer == granting[g]) {
                add_place(d, &d->decision->matched, d->allowing.items[i]);
            }
        }
    }
    d->decision->decided_by =
        d->decision->matched.count ? d->decision->matched.items[0].layer : LAYER_RESOURCE;
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

void iam_decide(const struct iam_request *request, const struct iam_policies *policies,
                struct iam_decision *decision)
{
    struct deciding d = {.request = request, .policies = policies, .decision = decision};
    *decision = (struct iam_decision){0};
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
    if (granted != TRUTH_TRUE) {
        decision->lacking_in = blocking_layer(&d, &sides);
        decision->lacking = d.gaps[decision->lacking_in];
    }
    if (explicit == TRUTH_TRUE) {
        keep_denial(&d);
        return;
    }
    if (decision->allowed == TRUTH_TRUE) {
        decision->outcome = OUTCOME_ALLOWED;
        keep_grants(&d);
        return;
    }
    decision->outcome = OUTCOME_IMPLICIT_DENY;
    decision->decided_by = granted == TRUTH_TRUE ? doubtful_layer(&d) : blocking_layer(&d, &sides);
    decision->gap = d.gaps[decision->decided_by];
}
