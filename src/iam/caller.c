/* SPDX-License-Identifier: MIT */
/*
 * Callers and principals. Principals hold no wildcards but "*"; ARNs are compared as they are.
 * Names: IAM API Reference, CreateUser, CreateRole; STS API Reference, AssumeRole (RoleSessionName),
 * GetFederationToken (Name): all [\w+=,.@-]. Their lengths are not judged here.
 */
#include "iam/caller.h"

#include "aws/arn.h"

static bool is_alphanumeric(char c)
{
    return char_is_digit(c) || char_is_alpha(c);
}

static bool is_name(struct str text)
{
    struct str marks = STR("_+=,.@-");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!is_alphanumeric(c) && str_find_char(marks, c) == marks.len) {
            return false;
        }
    }
    return text.len > 0;
}

/* The last part of "path/name". */
static struct str last_name(struct str text)
{
    return str_from(text, str_after_last(text, '/'));
}

/* "type/rest" of an ARN's resource. */
static bool resource_is(struct str resource, struct str type, struct str *rest)
{
    if (!str_starts(resource, type) || resource.len <= type.len + 1 ||
        resource.ptr[type.len] != '/') {
        return false;
    }
    *rest = str_from(resource, type.len + 1);
    return true;
}

static bool parse_iam(const struct arn *arn, struct iam_caller *caller)
{
    struct str rest;
    if (str_eq(arn->resource, STR("root"))) {
        caller->kind = CALLER_ROOT;
    } else if (resource_is(arn->resource, STR("user"), &rest) && is_name(last_name(rest))) {
        caller->kind = CALLER_USER;
    } else if (resource_is(arn->resource, STR("role"), &rest) && is_name(last_name(rest))) {
        caller->kind = CALLER_ROLE;
        caller->role = last_name(rest);
        caller->service_linked = str_starts(rest, STR("aws-service-role/"));
    } else if (resource_is(arn->resource, STR("oidc-provider"), &rest) ||
               resource_is(arn->resource, STR("saml-provider"), &rest)) {
        caller->kind = CALLER_FEDERATED;
    }
    return caller->kind != CALLER_UNKNOWN;
}

static bool parse_sts(const struct arn *arn, struct iam_caller *caller)
{
    struct str rest;
    struct str session;
    if (resource_is(arn->resource, STR("assumed-role"), &rest) &&
        str_cut(rest, '/', &caller->role, &session) && is_name(caller->role) && is_name(session)) {
        caller->kind = CALLER_SESSION;
        /* The path is not in it; the beginning of the name is the same for all of them. */
        caller->service_linked = str_starts(caller->role, STR("AWSServiceRoleFor"));
    } else if (resource_is(arn->resource, STR("federated-user"), &rest) && is_name(rest)) {
        caller->kind = CALLER_FEDERATED_USER;
    }
    return caller->kind != CALLER_UNKNOWN;
}

/*
 * Identity providers that IAM knows without a provider of the account ("AWS JSON policy elements:
 * Principal"); Cognito has another name in AWS GovCloud (US) ("Amazon Cognito" of its user guide).
 */
static bool is_builtin_provider(struct str text)
{
    static const struct str domains[] = {
        STR_INIT("cognito-identity.amazonaws.com"),
        STR_INIT("cognito-identity-us-gov.amazonaws.com"), STR_INIT("accounts.google.com"),
        STR_INIT("graph.facebook.com"), STR_INIT("www.amazon.com")};
    for (size_t i = 0; i < COUNT_OF(domains); i++) {
        if (str_eq(domains[i], text)) {
            return true;
        }
    }
    return false;
}

/* Labels of host names, joined by dots. */
static bool are_labels(struct str text)
{
    char before = '.';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '.' ? before == '.' : !is_alphanumeric(c) && c != '-') {
            return false;
        }
        before = c;
    }
    return before != '.';
}

/* label.label…amazonaws.com, .amazonaws.com.cn, .amazonaws.eu, .c2s.ic.gov, … */
static bool is_service_name(struct str text)
{
    static const struct str suffixes[] = {
        STR_INIT(".amazonaws.com"),  STR_INIT(".amazonaws.com.cn"), STR_INIT(".amazonaws.eu"),
        STR_INIT(".amazon.com"),     STR_INIT(".c2s.ic.gov"),       STR_INIT(".sc2s.sgov.gov"),
        STR_INIT(".cloud.adc-e.uk"), STR_INIT(".csp.hci.ic.gov")};
    for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
        if (str_ends(text, suffixes[i])) {
            return are_labels(str_slice(text, 0, text.len - suffixes[i].len));
        }
    }
    return false;
}

bool iam_caller_parse(struct str text, struct iam_caller *caller)
{
    struct arn arn;
    *caller = (struct iam_caller){.text = text};
    if (str_eq(text, STR("anonymous"))) {
        caller->kind = CALLER_ANONYMOUS;
        return true;
    }
    if (account_id_is_valid(text)) {
        caller->account = text;
        return true;
    }
    if (is_builtin_provider(text)) {
        caller->kind = CALLER_FEDERATED;
        return true;
    }
    if (!arn_parse(text, &arn)) {
        caller->kind = CALLER_SERVICE;
        return is_service_name(text);
    }
    caller->partition = arn.partition;
    caller->account = arn.account;
    if (!account_id_is_valid(arn.account) || arn.region.len) {
        return false;
    }
    if (str_eq(arn.service, STR("iam"))) {
        return parse_iam(&arn, caller);
    }
    return str_eq(arn.service, STR("sts")) && parse_sts(&arn, caller);
}

bool iam_caller_is_identity(const struct iam_caller *caller)
{
    return caller->kind != CALLER_ANONYMOUS && caller->kind != CALLER_SERVICE &&
           caller->kind != CALLER_FEDERATED;
}

/* ---- principals ---- */

/*
 * May a permissions boundary or session policy stand between "*" and the caller? With a federated
 * user it does: only a policy that explicitly names the session counts by itself (IAM User Guide,
 * "Permissions for GetFederationToken").
 */
static bool may_be_session(const struct iam_caller *caller)
{
    return caller->kind == CALLER_UNKNOWN || caller->kind == CALLER_ROLE ||
           caller->kind == CALLER_SESSION || caller->kind == CALLER_FEDERATED_USER;
}

static bool is_session(const struct iam_caller *caller)
{
    return caller->kind == CALLER_ROLE || caller->kind == CALLER_SESSION;
}

/* What the text of one principal says of the caller. */
struct said {
    enum iam_naming naming;
    enum truth truth;
};

static struct said said_if(enum iam_naming naming, bool named)
{
    return (struct said){naming, truth_of(named)};
}

/* The role, or one session of it: an ARN of the caller's account. */
static struct said role_named(struct str text, const struct iam_caller *caller, bool open)
{
    struct iam_caller named;
    if (!iam_caller_parse(text, &named)) {
        return said_if(NAMED_NOT, false);
    }
    bool same_role = caller->role.len && str_eq(named.role, caller->role);
    if (named.kind == CALLER_ROLE) {
        /* A role's ARN as the caller is compared with its path, a session's has none. */
        bool same = caller->kind == CALLER_ROLE ? str_eq(text, caller->text) : same_role;
        return said_if(NAMED_ROLE, same);
    }
    if (named.kind == CALLER_SESSION && caller->kind == CALLER_ROLE && same_role && open) {
        return (struct said){NAMED_SELF, TRUTH_UNKNOWN};
    }
    return said_if(NAMED_SELF, str_eq(text, caller->text));
}

/* Unique ids (AROA…, AIDA…) stand for roles and users that were deleted; whose, nobody can tell. */
static bool is_unique_id(struct str text)
{
    return text.len >= 16 && (str_starts(text, STR("AROA")) || str_starts(text, STR("AIDA")));
}

/* An ARN of IAM or STS; accounts of another partition are others, whatever their numbers. */
static bool is_of_partition(const struct arn *arn, const struct iam_caller *caller)
{
    bool principal = str_eq(arn->service, STR("iam")) || str_eq(arn->service, STR("sts"));
    return principal && (caller->partition.len == 0 || str_eq(arn->partition, caller->partition));
}

static struct said aws_says(struct str text, const struct iam_caller *caller, bool open)
{
    struct arn arn;
    bool is_arn = arn_parse(text, &arn);
    if (!is_arn && !account_id_is_valid(text)) {
        bool may_be = open && is_unique_id(text) && iam_caller_is_identity(caller);
        return (struct said){NAMED_SELF, may_be ? TRUTH_UNKNOWN : TRUTH_FALSE};
    }
    if (!iam_caller_is_identity(caller) || (is_arn && !is_of_partition(&arn, caller))) {
        return said_if(NAMED_NOT, false);
    }
    struct str account = is_arn ? arn.account : text;
    if (caller->account.len == 0) {
        return (struct said){NAMED_SELF, TRUTH_UNKNOWN};
    }
    if (!str_eq(account, caller->account)) {
        return said_if(NAMED_NOT, false);
    }
    if (!is_arn || str_eq(arn.resource, STR("root"))) {
        return said_if(caller->kind == CALLER_ROOT ? NAMED_SELF : NAMED_ACCOUNT, true);
    }
    if (caller->kind == CALLER_UNKNOWN) {
        return (struct said){NAMED_SELF, TRUTH_UNKNOWN};
    }
    return is_session(caller) ? role_named(text, caller, open)
                              : said_if(NAMED_SELF, str_eq(text, caller->text));
}

static struct said sort_says(enum iam_sort sort, struct str text, const struct iam_caller *caller,
                             bool open)
{
    switch (sort) {
    case SORT_AWS:
        return aws_says(text, caller, open);
    case SORT_SERVICE:
        return said_if(NAMED_SELF, caller->kind == CALLER_SERVICE && str_eq(text, caller->text));
    case SORT_FEDERATED:
        return said_if(NAMED_SELF, caller->kind == CALLER_FEDERATED && str_eq(text, caller->text));
    case SORT_CANONICAL_USER: /* whose account it is, no ARN tells */
    case SORT_COUNT:
        break;
    }
    return (struct said){NAMED_SELF,
                         open && iam_caller_is_identity(caller) ? TRUTH_UNKNOWN : TRUTH_FALSE};
}

/* `names` counts how often each way was used, for NotPrincipal. */
static void hear(struct iam_naming_truth *names, enum truth exactly[NAMING_COUNT], struct said said)
{
    for (size_t i = 0; i <= (size_t)said.naming; i++) {
        names->at_least[i] = truth_or(names->at_least[i], said.truth);
    }
    exactly[said.naming] = truth_or(exactly[said.naming], said.truth);
}

/* Somebody is named, and it may be the caller in any way. */
static void hear_unknown(struct iam_naming_truth *names, enum truth exactly[NAMING_COUNT])
{
    for (size_t i = NAMED_ACCOUNT; i < NAMING_COUNT; i++) {
        hear(names, exactly, (struct said){(enum iam_naming)i, TRUTH_UNKNOWN});
    }
}

/* "*": the caller in every way, but a session not as directly as by its own ARN. */
static void hear_everybody(struct iam_naming_truth *names, enum truth exactly[NAMING_COUNT],
                           const struct iam_caller *caller)
{
    enum truth session = may_be_session(caller) ? TRUTH_FALSE : TRUTH_TRUE;
    enum truth self = caller->kind == CALLER_UNKNOWN ? TRUTH_UNKNOWN : session;
    hear(names, exactly, said_if(NAMED_ROLE, true));
    hear(names, exactly, (struct said){NAMED_SELF, self});
    for (size_t i = NAMED_ACCOUNT; i < NAMING_COUNT; i++) {
        exactly[i] = TRUTH_TRUE;
    }
}

static void hear_texts(const struct iam_texts *texts, enum iam_sort sort,
                       const struct iam_caller *caller, bool open, uint64_t *budget,
                       struct iam_naming_truth *names, enum truth exactly[NAMING_COUNT])
{
    for (uint32_t i = 0; i < texts->count; i++) {
        if (texts->items[i].unknown || *budget == 0) {
            hear_unknown(names, exactly);
            continue;
        }
        --*budget;
        if (sort == SORT_AWS && str_eq(texts->items[i].text, STR("*"))) {
            hear_everybody(names, exactly, caller);
        } else {
            hear(names, exactly, sort_says(sort, texts->items[i].text, caller, open));
        }
    }
    if (texts->unknown) {
        hear_unknown(names, exactly);
    }
}

/* Is the caller excepted from a Deny with NotPrincipal? All of their identities must be listed. */
static enum truth is_spared(const enum truth exactly[NAMING_COUNT], const struct iam_caller *caller)
{
    if (caller->kind == CALLER_UNKNOWN) {
        return exactly[NAMED_SELF] == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN;
    }
    if (!iam_caller_is_identity(caller) || caller->kind == CALLER_ROOT) {
        return exactly[NAMED_SELF];
    }
    enum truth spared = truth_and(exactly[NAMED_ACCOUNT], exactly[NAMED_SELF]);
    /* Of a role, the session's name is not known; without its ARN it is not spared. */
    return is_session(caller) ? truth_and(spared, exactly[NAMED_ROLE]) : spared;
}

static struct iam_naming_truth all_but(const enum truth exactly[NAMING_COUNT],
                                       const struct iam_naming_truth *names, bool deny,
                                       const struct iam_caller *caller)
{
    struct iam_naming_truth result = {{TRUTH_TRUE}};
    enum truth left_out = deny ? is_spared(exactly, caller) : names->at_least[NAMED_ACCOUNT];
    for (size_t i = NAMED_ACCOUNT; i < NAMING_COUNT; i++) {
        result.at_least[i] = truth_not(left_out);
    }
    if (may_be_session(caller)) { /* as "*" does */
        bool may_be_user = caller->kind == CALLER_UNKNOWN;
        result.at_least[NAMED_SELF] =
            may_be_user ? truth_and(result.at_least[NAMED_SELF], TRUTH_UNKNOWN) : TRUTH_FALSE;
    }
    return result;
}

struct iam_naming_truth iam_principals_name(const struct iam_principals *principals, bool deny,
                                            const struct iam_caller *caller, bool open,
                                            uint64_t *budget)
{
    struct iam_naming_truth names = {{TRUTH_TRUE}};
    enum truth exactly[NAMING_COUNT] = {TRUTH_FALSE};
    if (!principals->key) {
        return names;
    }
    if (principals->unknown) {
        hear_unknown(&names, exactly);
    }
    for (size_t i = 0; i < SORT_COUNT; i++) {
        hear_texts(&principals->sorts[i], (enum iam_sort)i, caller, open, budget, &names, exactly);
    }
    return principals->negated ? all_but(exactly, &names, deny, caller) : names;
}
