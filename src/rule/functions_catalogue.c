/* SPDX-License-Identifier: MIT */
/*
 * The function extensions that ask the IAM catalogue. As in functions.c, an unknown argument makes
 * the answer unknown, and a value that is no text makes it false or Nothing. Questions about an
 * action that the catalogue does not know are unknown, too: it cannot tell.
 */
#include "rule/functions.h"

#include "aws/catalogue.h"
#include "aws/region.h"
#include "rule/function_args.h"

/* Steps for going through the names of a service, or of all keys, once. */
enum { STEPS_PER_SEARCH = 1000 };

/* ---- is it known? ---- */

static void set_known(const struct path_datum *args, size_t given, struct path_datum *result,
                      bool known)
{
    result->logical = any_unknown(args, given) ? TRUTH_UNKNOWN : truth_of(known);
}

static void call_known_service(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)env;
    set_known(args, given, result,
              is_text(&args[0]) && catalogue_find_service(args[0].value.string) != CATALOGUE_NONE);
}

static void call_known_action(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)env;
    set_known(args, given, result,
              is_text(&args[0]) && catalogue_find_action(args[0].value.string) != CATALOGUE_NONE);
}

static void call_known_condition_key(struct path_env *env, const struct path_datum *args,
                                     size_t given, struct path_datum *result)
{
    (void)env;
    set_known(args, given, result,
              is_text(&args[0]) && catalogue_find_key(args[0].value.string) != CATALOGUE_NONE);
}

static void call_known_resource_type(struct path_env *env, const struct path_datum *args,
                                     size_t given, struct path_datum *result)
{
    (void)env;
    set_known(args, given, result,
              is_text(&args[0]) && catalogue_find_type(args[0].value.string) != CATALOGUE_NONE);
}

static void call_known_service_principal(struct path_env *env, const struct path_datum *args,
                                         size_t given, struct path_datum *result)
{
    (void)env;
    set_known(args, given, result,
              is_text(&args[0]) && catalogue_knows_principal(args[0].value.string));
}

static void call_supports_rcp(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)env;
    uint32_t service =
        is_text(&args[0]) ? catalogue_find_service(args[0].value.string) : CATALOGUE_NONE;
    set_known(args, given, result, service != CATALOGUE_NONE && catalogue_service_has_rcp(service));
}

/* ---- what is said of it? ---- */

static void call_catalogue_date(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)env;
    (void)args;
    (void)given;
    set_text(result, STR(CATALOGUE_DATE));
}

/* The number of the action that an argument names; passes an unknown argument on. */
static uint32_t find_action(const struct path_datum *arg, struct path_datum *result)
{
    (void)pass_unknown(arg, result);
    return is_text(arg) ? catalogue_find_action(arg->value.string) : CATALOGUE_NONE;
}

static void call_action_level(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)env;
    (void)given;
    uint32_t action = find_action(&args[0], result);
    if (action != CATALOGUE_NONE) {
        set_text(result, access_level_name(catalogue_action_level(action)));
    }
}

static void set_action_name(struct path_env *env, struct path_datum *result, uint32_t action)
{
    struct catalogue_text text;
    if (action != CATALOGUE_NONE) {
        set_text(result, arena_str(env->scratch, catalogue_action_name(action, &text)));
    }
}

static void call_action_name(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)given;
    set_action_name(env, result, find_action(&args[0], result));
}

static void call_resource_types(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)given;
    uint32_t action = find_action(&args[0], result);
    if (action == CATALOGUE_NONE) {
        return;
    }
    size_t count = catalogue_action_resource_count(action);
    struct buf names = buf_with_max(CATALOGUE_ARN_MAX);
    for (size_t i = 0; i < count; i++) {
        buf_add_c(&names, i ? ", " : "");
        buf_add(&names, catalogue_type_name(catalogue_action_resource(action, i).type));
    }
    set_text(result, arena_str(env->scratch, count ? buf_str(&names) : STR("*")));
    buf_release(&names);
}

static void call_arn_format(struct path_env *env, const struct path_datum *args, size_t given,
                            struct path_datum *result)
{
    (void)given;
    struct catalogue_text text;
    uint32_t type = is_text(&args[0]) ? catalogue_find_type(args[0].value.string) : CATALOGUE_NONE;
    struct str format = type != CATALOGUE_NONE
                            ? arena_str(env->scratch, catalogue_type_arn(type, &text))
                            : (struct str){0};
    answer_text(&args[0], format, result);
}

static void call_dns_suffix(struct path_env *env, const struct path_datum *args, size_t given,
                            struct path_datum *result)
{
    (void)env;
    (void)given;
    struct str suffix =
        is_text(&args[0]) ? partition_dns_suffix(args[0].value.string) : (struct str){0};
    answer_text(&args[0], suffix, result);
}

/* ---- condition keys ---- */

static void call_condition_key_type(struct path_env *env, const struct path_datum *args,
                                    size_t given, struct path_datum *result)
{
    (void)env;
    (void)given;
    uint32_t key = is_text(&args[0]) ? catalogue_find_key(args[0].value.string) : CATALOGUE_NONE;
    struct str type = key != CATALOGUE_NONE ? key_type_name(catalogue_key_type(key),
                                                            catalogue_key_is_multivalued(key))
                                            : (struct str){0};
    answer_text(&args[0], type, result);
}

static void call_is_multivalued_key(struct path_env *env, const struct path_datum *args,
                                    size_t given, struct path_datum *result)
{
    (void)env;
    (void)given;
    uint32_t key = is_text(&args[0]) ? catalogue_find_key(args[0].value.string) : CATALOGUE_NONE;
    if (key != CATALOGUE_NONE) {
        result->logical = truth_of(catalogue_key_is_multivalued(key));
    } else {
        bool undecided = is_text(&args[0]) || args[0].value.kind == VALUE_UNKNOWN;
        result->logical = undecided ? TRUTH_UNKNOWN : truth_of(false);
    }
}

/* ---- questions about all actions of a pattern ---- */

typedef bool ask_fn(struct path_env *env, uint32_t action, struct str subject);

/* What the expansion took of its budget, charged as steps. */
static void charge_expansion(struct path_env *env, const struct catalogue_expansion *expansion,
                             uint64_t budget)
{
    path_spend(env, expansion->exhausted ? UINT64_MAX
                                         : (budget - expansion->budget) / COMPARISONS_PER_STEP);
}

/* One of the actions answers yes; unknown where the pattern matches none, or the budget ends. */
static enum truth ask_any(struct path_env *env, struct str pattern, struct str subject, ask_fn *ask)
{
    uint64_t budget = comparisons_left(env);
    struct catalogue_expansion expansion = catalogue_expand(pattern, budget);
    enum truth answer = TRUTH_UNKNOWN;
    uint32_t action;
    while (answer != TRUTH_TRUE && !env->exhausted && catalogue_next_action(&expansion, &action)) {
        answer = truth_of(ask(env, action, subject));
    }
    charge_expansion(env, &expansion, budget);
    return env->exhausted ? TRUTH_UNKNOWN : answer;
}

static void call_about_actions(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result, ask_fn *ask)
{
    result->logical = truth_of(false);
    if (any_unknown(args, given)) {
        result->logical = TRUTH_UNKNOWN;
    } else if (is_text(&args[0]) && is_text(&args[1])) {
        result->logical = ask_any(env, args[0].value.string, args[1].value.string, ask);
    }
}

static bool ask_key(struct path_env *env, uint32_t action, struct str name)
{
    return path_spend(env, 1 + catalogue_action_resource_count(action)) &&
           catalogue_action_find_key(action, name) != CATALOGUE_NONE;
}

static void call_supports_condition_key(struct path_env *env, const struct path_datum *args,
                                        size_t given, struct path_datum *result)
{
    call_about_actions(env, args, given, result, ask_key);
}

/* A character of the ARN is held against each place of each format. */
static bool ask_resource(struct path_env *env, uint32_t action, struct str arn)
{
    size_t types = catalogue_action_resource_count(action);
    return path_spend(env, 1 + types * (1 + arn.len)) && catalogue_action_fits(action, arn);
}

static void call_supports_resource(struct path_env *env, const struct path_datum *args,
                                   size_t given, struct path_datum *result)
{
    call_about_actions(env, args, given, result, ask_resource);
}

static void call_arn_matches_type(struct path_env *env, const struct path_datum *args, size_t given,
                                  struct path_datum *result)
{
    result->logical = truth_of(false);
    if (any_unknown(args, given)) {
        result->logical = TRUTH_UNKNOWN;
    } else if (is_text(&args[0]) && is_text(&args[1])) {
        uint32_t type = catalogue_find_type(args[1].value.string);
        result->logical = type == CATALOGUE_NONE || !path_spend(env, 1 + args[0].value.string.len)
                              ? TRUTH_UNKNOWN
                              : truth_of(catalogue_type_fits(type, args[0].value.string));
    }
}

static bool ask_nothing(struct path_env *env, uint32_t action, struct str subject)
{
    (void)env;
    (void)action;
    (void)subject;
    return true;
}

static void call_matches_any_action(struct path_env *env, const struct path_datum *args,
                                    size_t given, struct path_datum *result)
{
    result->logical = truth_of(false);
    if (any_unknown(args, given)) {
        result->logical = TRUTH_UNKNOWN;
    } else if (is_text(&args[0])) {
        enum truth any = ask_any(env, args[0].value.string, (struct str){0}, ask_nothing);
        result->logical = any == TRUTH_TRUE || env->exhausted ? any : truth_of(false);
    }
}

static void call_count_actions(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)given;
    if (!is_text(&args[0])) {
        (void)pass_unknown(&args[0], result);
        return;
    }
    uint64_t budget = comparisons_left(env);
    struct catalogue_expansion expansion = catalogue_expand(args[0].value.string, budget);
    uint32_t action;
    double count = 0;
    while (catalogue_next_action(&expansion, &action)) {
        count++;
    }
    charge_expansion(env, &expansion, budget);
    if (!expansion.exhausted) {
        result->value = (struct value){.kind = VALUE_NUMBER, .number = count};
    }
}

/* ---- what was meant? ---- */

/* The text to look for, or an empty one; passes an unknown argument on. */
static struct str to_search(struct path_env *env, const struct path_datum *arg,
                            struct path_datum *result)
{
    (void)pass_unknown(arg, result);
    return is_text(arg) && path_spend(env, STEPS_PER_SEARCH) ? arg->value.string : (struct str){0};
}

static void call_suggest_action(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)given;
    struct str name = to_search(env, &args[0], result);
    set_action_name(env, result, name.len ? catalogue_nearest_action(name) : CATALOGUE_NONE);
}

static void call_suggest_service(struct path_env *env, const struct path_datum *args, size_t given,
                                 struct path_datum *result)
{
    (void)given;
    struct str name = to_search(env, &args[0], result);
    uint32_t service = name.len ? catalogue_nearest_service(name) : CATALOGUE_NONE;
    if (service != CATALOGUE_NONE) {
        set_text(result, catalogue_service_name(service));
    }
}

static void call_suggest_condition_key(struct path_env *env, const struct path_datum *args,
                                       size_t given, struct path_datum *result)
{
    (void)given;
    struct str name = to_search(env, &args[0], result);
    uint32_t key = name.len ? catalogue_nearest_key(name) : CATALOGUE_NONE;
    if (key != CATALOGUE_NONE) {
        set_text(result, catalogue_key_name(key));
    }
}

static void call_suggest_service_principal(struct path_env *env, const struct path_datum *args,
                                           size_t given, struct path_datum *result)
{
    (void)given;
    struct str name = to_search(env, &args[0], result);
    struct str nearest = name.len ? catalogue_nearest_principal(name) : (struct str){0};
    if (nearest.len) {
        set_text(result, nearest);
    }
}

/* In alphabetical order; see functions.c for what an example is. */
#define V TYPE_VALUE
#define L TYPE_LOGICAL

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("action_level", V, 1, 1, call_action_level, NULL,
             "action_level(action) -> value",
             "The access level of an action: List, Read, Write, Tagging or Permissions management; Nothing where the catalogue does not know it.",
             "action_level('iam:passrole') == 'Write'", V),
    FUNCTION("action_name", V, 1, 1, call_action_name, NULL,
             "action_name(action) -> value", "An action in AWS's spelling; Nothing where the catalogue does not know it.",
             "action_name('EKS:describecluster') == 'eks:DescribeCluster'", V),
    FUNCTION("arn_format", V, 1, 1, call_arn_format, NULL,
             "arn_format(type) -> value", "The form of the ARNs of a resource type, written service:type.",
             "arn_format('s3:object') == 'arn:${Partition}:s3:::${BucketName}/${ObjectName}'", V),
    FUNCTION("arn_matches_type", L, 2, 2, call_arn_matches_type, NULL,
             "arn_matches_type(arn, type) -> logical",
             "A resource of this type, written service:type, can have the ARN; wildcards and policy variables in it stand for any text; unknown for a type that the catalogue does not know.",
             "arn_matches_type('arn:aws:eks:*:*:cluster/prod-*', 'eks:cluster')", V, V),
    FUNCTION("catalogue_date", V, 0, 0, call_catalogue_date, NULL,
             "catalogue_date() -> value", "The date of the IAM catalogue that ekslint carries, YYYY-MM-DD. For messages.",
             "catalogue_date() >= '2026-09-26'", V),
    FUNCTION("condition_key_type", V, 1, 1, call_condition_key_type, NULL,
             "condition_key_type(key) -> value",
             "The type of a condition key: String, Numeric, Date, Bool, IPAddress or ARN, with ArrayOf before it where it is multivalued; Nothing where the catalogue does not know it.",
             "condition_key_type('aws:ResourceTag/team') == 'String'", V),
    FUNCTION("count_actions", V, 1, 1, call_count_actions, NULL,
             "count_actions(pattern) -> value", "How many actions of the catalogue an action pattern matches.",
             "count_actions('sts:AssumeRoleWith*') == 2", V),
    FUNCTION("dns_suffix", V, 1, 1, call_dns_suffix, NULL,
             "dns_suffix(partition) -> value", "The domain of a partition's services; Nothing for an unknown partition.",
             "dns_suffix('aws-cn') == 'amazonaws.com.cn'", V),
    FUNCTION("is_multivalued_key", L, 1, 1, call_is_multivalued_key, NULL,
             "is_multivalued_key(key) -> logical", "A request can have several values of this condition key; unknown where the catalogue does not know it.",
             "is_multivalued_key('aws:TagKeys')", V),
    FUNCTION("known_action", L, 1, 1, call_known_action, NULL,
             "known_action(value) -> logical", "The value is an action of the IAM catalogue, service:Name in any letter case.",
             "known_action('eks:DescribeCluster')", V),
    FUNCTION("known_condition_key", L, 1, 1, call_known_condition_key, NULL,
             "known_condition_key(value) -> logical", "The value is a condition key of the IAM catalogue, or a claim (aud, sub, …) of an identity provider.",
             "known_condition_key('oidc.eks.us-east-1.amazonaws.com/id/0A1B:aud')", V),
    FUNCTION("known_resource_type", L, 1, 1, call_known_resource_type, NULL,
             "known_resource_type(value) -> logical", "The value is a resource type of the IAM catalogue, written service:type.",
             "known_resource_type('eks:nodegroup')", V),
    FUNCTION("known_service", L, 1, 1, call_known_service, NULL,
             "known_service(value) -> logical", "The value is a service prefix of the IAM catalogue.",
             "known_service('elasticloadbalancing')", V),
    FUNCTION("known_service_principal", L, 1, 1, call_known_service_principal, NULL,
             "known_service_principal(value) -> logical",
             "The value is one of the service principals that EKS and the services around it use; others exist.",
             "known_service_principal('pods.eks.amazonaws.com')", V),
    FUNCTION("matches_any_action", L, 1, 1, call_matches_any_action, NULL,
             "matches_any_action(pattern) -> logical", "An action pattern with the wildcards * and ? matches an action of the IAM catalogue.",
             "matches_any_action('ec2:describe*')", V),
    FUNCTION("resource_types", V, 1, 1, call_resource_types, NULL,
             "resource_types(action) -> value",
             "The names of the resource types that an action takes, separated by commas; '*' where it takes none; Nothing where the catalogue does not know it. For messages.",
             "resource_types('eks:ListClusters') == '*'", V),
    FUNCTION("suggest_action", V, 1, 1, call_suggest_action, NULL,
             "suggest_action(value) -> value", "The action of the catalogue that was most likely meant; Nothing where none is near.",
             "suggest_action('eks:DescribeClutser') == 'eks:DescribeCluster'", V),
    FUNCTION("suggest_condition_key", V, 1, 1, call_suggest_condition_key, NULL,
             "suggest_condition_key(value) -> value", "The condition key of the catalogue with the most similar name; Nothing where none is near.",
             "suggest_condition_key('aws:SorceArn') == 'aws:SourceArn'", V),
    FUNCTION("suggest_service", V, 1, 1, call_suggest_service, NULL,
             "suggest_service(value) -> value", "The service prefix of the catalogue that is most similar; Nothing where none is near.",
             "suggest_service('elasticloadbalncing') == 'elasticloadbalancing'", V),
    FUNCTION("suggest_service_principal", V, 1, 1, call_suggest_service_principal, NULL,
             "suggest_service_principal(value) -> value",
             "The known service principal with the most similar name; Nothing where none is near.",
             "suggest_service_principal('pod.eks.amazonaws.com') == 'pods.eks.amazonaws.com'", V),
    FUNCTION("supports_condition_key", L, 2, 2, call_supports_condition_key, NULL,
             "supports_condition_key(action, key) -> logical",
             "A request for the action, or for one that the pattern matches, can have the condition key; global keys count, tag keys only where they are listed; unknown where no action is known.",
             "supports_condition_key('iam:PassRole', 'iam:PassedToService')", V, V),
    FUNCTION("supports_rcp", L, 1, 1, call_supports_rcp, NULL,
             "supports_rcp(service) -> logical", "Resource control policies govern the service of this prefix.",
             "supports_rcp('sts')", V),
    FUNCTION("supports_resource", L, 2, 2, call_supports_resource, NULL,
             "supports_resource(action, arn) -> logical",
             "The action, or one that the pattern matches, takes a resource that the ARN, with its wildcards, can mean; unknown where no action is known.",
             "supports_resource('s3:GetObject', 'arn:aws:s3:::bucket/*')", V, V),
};
/* clang-format on */

#undef V
#undef L

const struct path_functions rule_catalogue_functions = {functions, COUNT_OF(functions),
                                                        &path_standard_functions};
