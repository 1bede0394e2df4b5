/* SPDX-License-Identifier: MIT */
/* The function extensions of rules: their examples, and their answers in three values. */
#include "model_world.h"

#include "rule/functions.h"

/* Evaluate a logical expression; the row of `foreach` is the tree's root, too. */
static enum truth evaluate_within(struct model *model, const struct tree *tree,
                                  const char *expression, uint64_t steps)
{
    struct path_compiler compiler = {&model->arena, &model->atoms, &rule_functions, true};
    struct path_error error;
    struct path_program *program =
        path_compile(&compiler, PATH_LOGICAL, str_from_c(expression), &error);
    if (!program) {
        fail_msg("%s\n  at %u: %.*s", expression, error.lo, STR_ARG(error.message));
    }
    struct iam_checker checker = {.arena = &model->arena};
    struct rule_policy policy = {.checker = &checker,
                                 .arena = &model->arena,
                                 .tree = tree,
                                 .root = tree->root,
                                 .kind = STR("iam-resource-policy"),
                                 .resource_type = STR("AWS::S3::Bucket"),
                                 .named = true};
    struct rule_context context = {
        .row_tree = tree, .row = tree->root, .today = STR("2024-03-01"), .policy = &policy};
    struct path_env env = {
        .tree = tree,
        .root = tree->root,
        .current = {tree->root, NULL},
        .scratch = &model->scratch,
        .steps = steps,
        .context = &context,
    };
    return path_test(program, &env);
}

static enum truth evaluate(struct model *model, const struct tree *tree, const char *expression)
{
    return evaluate_within(model, tree, expression, 100000);
}

/* What the examples that need a document are about. Its root serves as the row of `foreach`. */
static const char sample[] =
    "{names: [abc, xyz], action: 'ec2:DescribeVpcs', roles: [\n"
    " {policies: [{Statement: [{Effect: Allow, Action: ['ec2:Describe*'], Resource: ['*']}]}],\n"
    "  managed_policies: [], trust_policy: {Statement: [{Effect: Allow,\n"
    "  Action: ['sts:AssumeRole'], Principal: {AWS: ['111122223333'],\n"
    "  Service: [eks.amazonaws.com]}, Condition: {StringEquals: {'sts:ExternalId': [abc]}}}]}}]}";

static const char sample_policy[] =
    "{Version: '2012-10-17', Statement: [{Effect: Allow, Resource: ['*'],\n"
    "  Action: ['s3:ListObjectsV2', 'iam:PassRole'],\n"
    "  Condition: {StringLike: {'aws:SourceIp': [x]}}},\n"
    " {Effect: Allow, Action: ['iam:Get*'], Resource: ['*']}]}";

static void each_example_is_true_as_it_stands(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *null = model_tree(model, "~");
    const struct tree *document = model_tree(model, sample);
    const struct tree *written = model_tree(model, sample_policy);
    for (const struct path_functions *table = &rule_functions; table; table = table->next) {
        for (size_t i = 0; i < table->count; i++) {
            const struct path_function *function = &table->items[i];
            struct str example = arena_str(&model->arena, function->example);
            assert_true(str_find(example, function->name) < example.len);
            if (evaluate(model, null, example.ptr) != TRUTH_TRUE &&
                evaluate(model, document, example.ptr) != TRUTH_TRUE &&
                evaluate(model, written, example.ptr) != TRUTH_TRUE) {
                fail_msg("%.*s", STR_ARG(example));
            }
        }
    }
    model_free(model);
}

static void each_table_is_in_order_and_complete(void **state)
{
    (void)state;
    for (const struct path_functions *table = &rule_functions; table != &path_standard_functions;
         table = table->next) {
        assert_true(table->count > 0);
        for (size_t i = 0; i < table->count; i++) {
            const struct path_function *function = &table->items[i];
            assert_true(i == 0 || str_compare(table->items[i - 1].name, function->name) < 0);
            assert_true(str_starts(function->signature, function->name));
            assert_true(str_ends(function->summary, STR(".")));
            assert_true(function->required <= function->count);
            assert_true(function->count <= FUNCTION_MAX_PARAMS);
            assert_non_null(function->call);
        }
    }
}

static const char document[] =
    "{hidden: !unknown '', v110: 1.10, v12: 1.2, whole: 15, day: 2024-02-28,\n"
    " odd: [1.x, 1..2, '1.2.', '', v, 1.2ee, soon, 2023-02-29], a: b, list: [x, abd], some: [x, "
    "!unknown ''], number: 3, 'null': null,\n"
    " object: {k: v}, action: act, flag: true,\n"
    " arn: 'arn:aws:iam::111122223333:role/p/n',\n"
    " role: {policies: [{Statement: [{Effect: Allow, Action: ['a:*'], Resource: ['*']}]}],\n"
    "        managed_policies: [], trust_policy: {Statement: [{Effect: Allow, Action: ['*'],\n"
    "        Principal: {AWS: ['111122223333'], Service: [eks.amazonaws.com]},\n"
    "        Condition: {StringEquals: {'sts:ExternalId': [id]}}}]}}, bare: {name: x},\n"
    " keyed: {policies: [{Statement: [{Effect: Allow, Action: ['a:*'], Resource: ['*'], "
    "Condition:\n"
    "        {StringEquals: {'aws:RequestedRegion': [eu-west-1]}}}]}], managed_policies: []},\n"
    " denied: {policies: [{Statement: [{Effect: Allow, Action: ['a:*'], Resource: ['*']},\n"
    "        {Effect: Deny, Action: ['a:*'], Resource: ['arn:aws:s3:::b/x']}]}],\n"
    "        managed_policies: []},\n"
    " schema: {'$ref': '#/definitions/Top', definitions: {Top: {additionalProperties: false,\n"
    "   properties: {k: {type: string}, in: {'$ref': '#/$defs/Open'}, again: {'$ref': "
    "'#/definitions/Top'},\n"
    "   far: {'$ref': 'https://example.com/x'}, loop: {'$ref': '#/definitions/Loop'}}},\n"
    "   Loop: {'$ref': '#/definitions/Loop'}, Bare: {additionalProperties: false},\n"
    "   Pattern: {additionalProperties: false, patternProperties: {x: {}}}},\n"
    "   '$defs': {Open: {properties: {deep: {additionalProperties: false, properties: {}}}}}},\n"
    " fits: {k: 1, in: {other: 1, deep: {}}, again: {again: {k: 1}}, far: {x: 1}, loop: {x: 1}},\n"
    " bad: {k: 1, q: 2, in: {deep: {r: 3}}, again: {s: 4}},\n"
    " perhaps: {s: !unknown ''}}";

static const struct {
    const char *expression, *truth;
} rows[] = {
    {"in('x', $.list[*])", "true"},
    {"in('y', $.list[*])", "false"},
    {"in('y', $.some[*])", "unknown"},
    {"in('x', $.some[*])", "true"},
    {"in($.hidden, $.list[*])", "unknown"},
    {"in('x', $.hidden)", "unknown"},
    {"in('x', $.nowhere)", "false"},
    {"in($.nowhere, $.list[*])", "false"},
    {"in(3, $.number)", "true"},
    {"in(null, $.*)", "true"},
    {"in($.object, $.*)", "true"},
    {"list($.list[*]) == 'x, abd'", "true"},
    {"list($.nowhere) == '-'", "true"},
    {"text($.number) == '3'", "true"},
    {"text($.hidden) == '3'", "unknown"},
    {"text($.object) == ''", "false"},
    {"known($.a)", "true"},
    {"known($.hidden)", "false"},
    {"known($.hidden.x)", "false"},
    {"known($.some[*])", "false"},
    {"known($.nowhere)", "false"},
    {"suggest('abc', $.list[*]) == 'abd'", "true"},
    {"suggest('zzz', $.list[*]) == 'abd'", "false"},
    {"suggest($.hidden, $.list[*]) == 'abd'", "unknown"},
    {"suggest(3, $.list[*]) == 'abd'", "false"},
    {"like($.arn, 'arn:*:role/?/n')", "true"},
    {"like($.arn, 'ARN:*')", "false"},
    {"like($.hidden, '*')", "unknown"},
    {"like($.a, $.hidden)", "unknown"},
    {"like($.number, '*')", "false"},
    {"is_arn($.arn)", "true"},
    {"is_arn($.a)", "false"},
    {"is_arn($.hidden)", "unknown"},
    {"is_arn($.nowhere)", "false"},
    {"is_quoted($.arn)", "true"},
    {"is_quoted($.a)", "false"},
    {"is_quoted($.number)", "false"},
    {"is_quoted($.hidden)", "unknown"},
    {"is_quoted($.nowhere)", "false"},
    {"is_role_arn($.arn)", "true"},
    {"is_role_arn($.number)", "false"},
    {"is_role_arn($.hidden)", "unknown"},
    {"role_arn_fault($.arn) == 'ok'", "true"},
    {"role_arn_fault($.hidden) == 'ok'", "unknown"},
    {"role_arn_fault($.number) == 'ok'", "false"},
    {"arn_part($.arn, 'path') == '/p/'", "true"},
    {"arn_part($.hidden, 'path') == '/p/'", "unknown"},
    {"arn_part($.a, 'path') == '/p/'", "false"},
    {"arn_part($.arn, $.a) == '/p/'", "false"},
    {"is_account_id('111122223333')", "true"},
    {"is_account_id($.number)", "false"},
    {"is_account_id($.hidden)", "unknown"},
    {"partition('cn-north-1') == 'aws-cn'", "true"},
    {"partition($.hidden) == 'aws'", "unknown"},
    {"known_region('us-east-1')", "true"},
    {"known_region($.a)", "false"},
    {"known_region($.hidden)", "unknown"},
    {"nearest_region('us-esat-1') == 'us-east-1'", "true"},
    {"nearest_region($.hidden) == 'us-east-1'", "unknown"},
    {"row('action') == 'act'", "true"},
    {"row('number') == 3", "true"},
    {"row('flag') == true", "true"},
    {"row('nowhere') == 'act'", "false"},
    {"first_of(row('null'), 'x') == 'x'", "true"},
    {"this() == 'x'", "false"},
    {"!$.list[?@ == this()]", "true"},
    {"this() == $", "unknown"},
    {"allows($.role, 'a:b', '*')", "true"},
    {"allows($.role, 'b:b', '*')", "false"},
    {"allows($.role, $.hidden, '*')", "unknown"},
    {"allows($.nowhere, 'a:b', '*')", "unknown"},
    {"allows($.hidden, 'a:b', '*')", "unknown"},
    {"allows($.bare, 'a:b', '*')", "unknown"},
    {"allows($.a, 'a:b', '*')", "unknown"},
    {"allows($['role','bare'], 'a:b', '*')", "unknown"},
    {"allows($.role, 'a:b', '*', 'k', 'v')", "true"},
    {"allows($.keyed, 'a:b', '*')", "unknown"},
    {"allows($.keyed, 'a:b', '*', 'aws:requestedregion', 'eu-west-1')", "true"},
    {"allows($.keyed, 'a:b', '*', 'aws:RequestedRegion', 'us-east-1')", "false"},
    {"allows($.keyed, 'a:b', '*', 'aws:RequestedRegion', '')", "false"},
    {"allows($.keyed, 'a:b', '*', 'aws:RequestedRegion', $.hidden)", "unknown"},
    {"allows($.denied, 'a:b', 'arn:aws:s3:::b/x')", "false"},
    {"allows($.denied, 'a:b', 'arn:aws:s3:::b/*')", "unknown"},
    {"allows($.denied, 'a:b', 'arn:aws:s3:::c/*')", "true"},
    {"allow_fault($.denied, 'a:b', 'arn:aws:s3:::b/x') == 'deny'", "true"},
    {"allow_fault($.keyed, 'b:b', '*') == 'action'", "true"},
    {"allow_fault($.keyed, 'a:b', '*') == 'undecided'", "true"},
    {"allow_fault($.keyed, 'a:b', '*', 'aws:RequestedRegion', $.hidden) == 'undecided'", "unknown"},
    {"allow_fault($.bare, 'a:b', '*') == 'none'", "unknown"},
    {"count(denied_by($.denied, 'a:b', 'arn:aws:s3:::b/x')) == 1", "true"},
    {"count(denied_by($.denied, 'a:b', '*')) == 0", "true"},
    {"count(denied_by($.hidden, 'a:b', '*')) == 0", "unknown"},
    {"count(allow_gap($.role, 'b:b', '*')) == 1", "true"},
    {"count(allow_gap($.role, 'a:b', '*')) == 0", "true"},
    {"count(allow_gap($.hidden, 'a:b', '*')) == 0", "unknown"},
    {"trusts($.role, '111122223333', 'sts:AssumeRole', 'id')", "true"},
    {"trusts($.role, '111122223333', 'sts:AssumeRole', 'no')", "false"},
    {"trusts($.role, '111122223333', 'sts:AssumeRole', '')", "false"},
    {"trusts($.role, '111122223333', 'sts:AssumeRole')", "unknown"},
    {"trusts($.role, '111122223333', 'sts:AssumeRole', $.hidden)", "unknown"},
    {"trusts($.role, $.hidden, 'sts:AssumeRole', 'id')", "unknown"},
    {"trusts($.role, 'nobody', 'sts:AssumeRole', 'id')", "unknown"},
    {"trusts($.bare, '111122223333', 'sts:AssumeRole', 'id')", "unknown"},
    {"trusts($.hidden, '111122223333', 'sts:AssumeRole', 'id')", "unknown"},
    {"trusts($.role, 'eks.amazonaws.com', 'sts:AssumeRole', 'id')", "true"},
    {"trusts($.role, 'ec2.amazonaws.com', 'sts:AssumeRole', 'id')", "false"},
    {"trust_fault($.role, '111122223333', 'sts:AssumeRole', 'id') == 'ok'", "true"},
    {"trust_fault($.role, '111122223333', 'sts:AssumeRole', 'no') == 'condition'", "true"},
    {"trust_fault($.role, '111122223333', 'sts:AssumeRole') == 'undecided'", "true"},
    {"trust_fault($.role, '111122223333', 'sts:AssumeRole', $.hidden) == 'undecided'", "unknown"},
    {"trust_fault($.role, '999999999999', 'sts:AssumeRole') == 'principal'", "true"},
    {"trust_fault($.bare, '111122223333', 'sts:AssumeRole') == 'none'", "unknown"},
    {"trust_fault_key($.role, '111122223333', 'sts:AssumeRole', 'no') == 'sts:ExternalId'", "true"},
    {"trust_fault_key($.role, '111122223333', 'sts:AssumeRole', 'id') == 'sts:ExternalId'",
     "false"},
    {"trust_fault_key($.hidden, '111122223333', 'sts:AssumeRole', 'id') == 'sts:ExternalId'",
     "unknown"},
    {"count(trust_gap($.role, '111122223333', 'sts:AssumeRole', 'no')) == 1", "true"},
    {"count(trust_gap($.role, '111122223333', 'sts:AssumeRole', 'id')) == 0", "true"},
    {"count(trust_gap($.hidden, '111122223333', 'sts:AssumeRole', 'id')) == 0", "unknown"},
    {"concat($.a, '/', $.a, '/*') == 'b/b/*'", "true"},
    {"concat('', '') == ''", "true"},
    {"concat('x', $.nowhere) == 'x'", "false"},
    {"concat(1, 'x') == '1x'", "false"},
    {"concat($.hidden, 'x') == 'x'", "unknown"},
    {"concat($.hidden, $.nowhere) == 'x'", "unknown"},
    {"first_of($.a, 'x') == 'b'", "true"},
    {"first_of($.nowhere, $.nowhere) == 'x'", "false"},
    {"first_of($.hidden, 'x') == 'x'", "unknown"},
    {"known_service('eks')", "true"},
    {"known_service($.number)", "false"},
    {"known_service($.hidden)", "unknown"},
    {"known_action('eks:DescribeClutser')", "false"},
    {"known_action($.hidden)", "unknown"},
    {"known_action($.nowhere)", "false"},
    {"known_condition_key('aws:Nothing')", "false"},
    {"known_condition_key($.hidden)", "unknown"},
    {"known_resource_type('eks:nothing')", "false"},
    {"known_resource_type($.hidden)", "unknown"},
    {"known_service_principal('nothing.amazonaws.com')", "false"},
    {"known_service_principal($.hidden)", "unknown"},
    {"supports_rcp('eks')", "false"},
    {"supports_rcp($.hidden)", "unknown"},
    {"action_level('no:thing') == 'Read'", "false"},
    {"action_level($.hidden) == 'Read'", "unknown"},
    {"action_name($.number) == 'x'", "false"},
    {"action_name($.hidden) == 'x'", "unknown"},
    {"resource_types('eks:DescribeNodegroup') == 'nodegroup'", "true"},
    {"resource_types('no:thing') == '*'", "false"},
    {"resource_types($.hidden) == '*'", "unknown"},
    {"arn_format('no:thing') == ''", "false"},
    {"arn_format($.hidden) == ''", "unknown"},
    {"dns_suffix('nowhere') == ''", "false"},
    {"dns_suffix($.hidden) == ''", "unknown"},
    {"oidc_issuer('arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/"
     "0A') == 'oidc.eks.eu-west-1.amazonaws.com/id/0A'",
     "true"},
    {"oidc_issuer('arn:aws:iam::111122223333:role/x') == ''", "false"},
    {"oidc_issuer('http://x') == ''", "false"},
    {"get($.object, 'k') == 'v'", "true"},
    {"get($, 'object', 'k') == 'v'", "true"},
    {"get($, 'object', 'k', 'more') == 'v'", "false"},
    {"get($.object, 'nothing') == 'v'", "false"},
    {"get($.object, $.number) == 'v'", "false"},
    {"get($.number, 'k') == 'v'", "false"},
    {"get($.hidden, 'k') == 'v'", "unknown"},
    {"get($.object, $.hidden) == 'v'", "unknown"},
    {"get($, 'hidden') == 'v'", "unknown"},
    {"get($, 'hidden', 'k') == 'v'", "unknown"},
    {"oidc_issuer($.number) == ''", "false"},
    {"oidc_issuer($.hidden) == ''", "unknown"},
    {"minors_between('1.31', '1.29') == -2", "true"},
    {"minors_between('1.9', '1.10') == 1", "true"},
    {"minors_between('1', '1.10') == 0", "false"},
    {"minors_between('2.1', '1.1') == 0", "false"},
    {"minors_between('1.29x', '1.29') == 0", "false"},
    {"minors_between('1.12345', '1.12345') == 0", "false"},
    {"minors_between($.number, '1.29') == 0", "false"},
    {"minors_between($.hidden, '1.29') == 0", "unknown"},
    {"instance_architecture('a1.large') == 'arm64'", "true"},
    {"instance_architecture('im4gn.large') == 'arm64'", "true"},
    {"instance_architecture('g5g.xlarge') == 'arm64'", "true"},
    {"instance_architecture('g5.xlarge') == 'x86_64'", "true"},
    {"instance_architecture('c7i-flex.large') == 'x86_64'", "false"},
    {"instance_architecture('mac2.metal') == 'x86_64'", "false"},
    {"instance_architecture('u-6tb1.metal') == 'x86_64'", "false"},
    {"instance_architecture('m5') == 'x86_64'", "false"},
    {"instance_architecture('m5.') == 'x86_64'", "false"},
    {"instance_architecture('5m.large') == 'x86_64'", "false"},
    {"instance_architecture($.hidden) == 'x86_64'", "unknown"},
    {"zone_region('us-west-2-lax-1a') == 'us-west-2'", "false"},
    {"zone_region('nowhere') == ''", "false"},
    {"zone_region($.hidden) == ''", "unknown"},
    {"cidr_prefix('fc00::/7') == 7", "true"},
    {"cidr_prefix('10.0.0.1') == 32", "true"},
    {"cidr_prefix('x') == 32", "false"},
    {"cidr_prefix($.hidden) == 32", "unknown"},
    {"count(beyond_schema($.fits, $.schema)) == 0", "true"},
    {"count(beyond_schema($.bad, $.schema)) == 3", "true"},
    {"in(2, beyond_schema($.bad, $.schema)) && in(3, beyond_schema($.bad, $.schema))", "true"},
    {"count(beyond_schema($.object, $.schema.definitions.Bare)) == 1", "true"},
    {"count(beyond_schema($.object, $.schema.definitions.Pattern)) == 0", "true"},
    {"count(beyond_schema($.list, $.schema)) == 0", "true"},
    {"count(beyond_schema($.nowhere, $.schema)) == 0", "true"},
    {"count(beyond_schema($.bad, $.nowhere)) == 0", "true"},
    {"count(beyond_schema($.bad, $.a)) == 0", "true"},
    {"count(beyond_schema($.perhaps, $.schema)) == 0", "unknown"},
    {"count(beyond_schema($.hidden, $.schema)) == 0", "unknown"},
    {"count(beyond_schema($.bad, $.hidden)) == 0", "unknown"},
    {"at_least_distinct($.list[*], 2)", "true"},
    {"at_least_distinct($.list[*], 9)", "false"},
    {"at_least_distinct($.nowhere[*], 1)", "false"},
    {"at_least_distinct($.hidden[*], 1)", "unknown"},
    {"at_least_distinct($.some[*], 1)", "true"},
    {"at_least_distinct($.some[*], 2)", "unknown"},
    {"at_least_distinct($.list[*], $.hidden)", "unknown"},
    {"dns_suffix(partition('cn-north-1')) == 'amazonaws.com.cn'", "true"},
    {"condition_key_type('aws:Nothing') == 'String'", "false"},
    {"condition_key_type($.hidden) == 'String'", "unknown"},
    {"is_multivalued_key('aws:SourceArn')", "false"},
    {"is_multivalued_key('aws:Nothing')", "unknown"},
    {"is_multivalued_key($.number)", "false"},
    {"is_multivalued_key($.hidden)", "unknown"},
    {"supports_condition_key('iam:Pass*', 'iam:PassedToService')", "true"},
    {"supports_condition_key('iam:CreateUser', 'iam:PassedToService')", "false"},
    {"supports_condition_key('no:thing', 'iam:PassedToService')", "unknown"},
    {"supports_condition_key('iam:PassRole', $.number)", "false"},
    {"supports_condition_key('iam:PassRole', $.hidden)", "unknown"},
    {"supports_resource('eks:ListClusters', '*')", "true"},
    {"supports_resource('eks:ListClusters', 'arn:aws:eks:*:*:cluster/x')", "false"},
    {"supports_resource('eks:*', 'arn:aws:eks:*:*:cluster/x')", "true"},
    {"supports_resource('no:thing', '*')", "unknown"},
    {"supports_resource($.hidden, '*')", "unknown"},
    {"supports_resource($.number, '*')", "false"},
    {"arn_matches_type('arn:aws:s3:::b', 'eks:cluster')", "false"},
    {"arn_matches_type('arn:aws:s3:::b', 'no:thing')", "unknown"},
    {"arn_matches_type($.hidden, 'eks:cluster')", "unknown"},
    {"arn_matches_type($.number, 'eks:cluster')", "false"},
    {"matches_any_action('ec2:Zzz*')", "false"},
    {"matches_any_action('zz?:*')", "false"},
    {"matches_any_action($.number)", "false"},
    {"matches_any_action($.hidden)", "unknown"},
    {"count_actions('no:thing') == 0", "true"},
    {"count_actions('*') > 20000", "true"},
    {"count_actions($.number) == 0", "false"},
    {"count_actions($.hidden) == 0", "unknown"},
    {"suggest_action('eks:Qwertyuiop') == ''", "false"},
    {"suggest_action($.hidden) == ''", "unknown"},
    {"suggest_service($.hidden) == ''", "unknown"},
    {"suggest_service($.number) == ''", "false"},
    {"suggest_service(':') == 'q' || suggest_service('*') == 'q'", "false"},
    {"suggest_condition_key($.hidden) == ''", "unknown"},
    {"suggest_service_principal($.hidden) == ''", "unknown"},
    {"suggest_service_principal('zzz') == ''", "false"},
    {"cidr_contains('10.0.0.0/8', '10.1.2.0/24')", "true"},
    {"cidr_contains('10.1.2.0/24', '10.0.0.0/8')", "false"},
    {"cidr_contains('10.0.0.0/8', '10.1.2.3')", "true"},
    {"cidr_contains('10.0.0.0/8', '2001:db8::/32')", "false"},
    {"cidr_contains('10.0.0.0/8', $.a)", "false"},
    {"cidr_contains('10.0.0.0/8', $.nowhere)", "false"},
    {"cidr_contains('10.0.0.0/8', $.hidden)", "unknown"},
    {"cidr_overlaps('10.1.0.0/16', '10.0.0.0/8')", "true"},
    {"cidr_overlaps('10.1.0.0/16', '10.2.0.0/16')", "false"},
    {"cidr_overlaps($.hidden, '10.2.0.0/16')", "unknown"},
    {"is_cidr('10.0.0.0/33')", "false"},
    {"is_cidr('10.0.0.1/8')", "true"},
    {"is_cidr('10.0.0.1')", "false"},
    {"is_cidr($.number)", "false"},
    {"is_cidr($.hidden)", "unknown"},
    {"is_ip('10.0.0.1')", "true"},
    {"is_ip('::1')", "true"},
    {"is_ip('10.0.0.1/32')", "false"},
    {"is_ip($.hidden)", "unknown"},
    {"covers('ec2:*', 'ec2:Describe*')", "true"},
    {"covers('ec2:*', 'EC2:Describe*')", "false"},
    {"covers('ec2:Describe*', 'ec2:*')", "false"},
    {"covers('ec2:*', $.hidden)", "unknown"},
    {"covers('*', $.number)", "false"},
    {"overlaps('ec2:*Vpcs', 'ec2:Describe*')", "true"},
    {"overlaps('ec2:*Vpcs', 'ec2:*Tags')", "false"},
    {"overlaps($.hidden, 'ec2:*Tags')", "unknown"},
    {"version_at_least('14.9', '14.10')", "false"},
    {"version_at_least('14.10', '14.9')", "true"},
    {"version_at_least('v14.9.0-ee', '14.9')", "true"},
    {"version_at_least('1.21-eks-1a2b3c', '1.21')", "true"},
    {"version_at_least('1.20', '1.2')", "true"},
    {"version_below('1.2', '1.20')", "true"},
    {"version_below('1.20', '1.20.0')", "false"},
    {"version_at_least($.v110, '1.9')", "true"},
    {"version_below($.v12, '1.10')", "true"},
    {"version_at_least($.whole, '14.10')", "true"},
    {"version_at_least($.odd[0], '1.0')", "false"},
    {"version_below($.odd[0], '1.0')", "false"},
    {"version_at_least($.odd[1], '1.0')", "false"},
    {"version_at_least($.odd[2], '1.0')", "false"},
    {"version_at_least($.odd[3], '1.0')", "false"},
    {"version_at_least($.odd[4], '1.0')", "false"},
    {"version_at_least($.odd[5], '1.0')", "false"},
    {"version_at_least('99999999999999999999999.1', '99999999999999999999998.2')", "true"},
    {"version_at_least('1.007', '1.7')", "true"},
    {"version_at_least($.hidden, '1.0')", "unknown"},
    {"version_below($.hidden, '1.0')", "unknown"},
    {"version_below($.nowhere, '1.0')", "false"},
    {"before_date($.day, '2024-02-29')", "true"},
    {"before_date('2024-02-29', $.day)", "false"},
    {"before_date('2024-02-29', '2024-02-29')", "false"},
    {"before_date('2024-02-29T00:00:00+01:00', '2024-02-29')", "true"},
    {"before_date($.odd[6], '2024-02-29')", "false"},
    {"before_date($.odd[7], '2024-02-29')", "false"},
    {"before_date($.hidden, '2024-02-29')", "unknown"},
    {"days_between('2024-02-28', '2024-03-01') == 2", "true"},
    {"days_between('2023-02-28', '2023-03-01') == 1", "true"},
    {"days_between('2024-03-01', '2024-02-28') == -2", "true"},
    {"days_between('0000-01-01', '9999-12-31') == 3652424", "true"},
    {"days_between($.day, '2024-02-29') == 1", "true"},
    {"days_between($.odd[6], '2024-02-29') == $.nowhere", "true"},
    {"days_between($.day, $.number) == $.nowhere", "true"},
    {"days_between($.hidden, '2024-02-29') == 1", "unknown"},
    {"days_between('2024-02-29', $.hidden) == 1", "unknown"},
    {"minutes_between('2024-02-29T00:00:00Z', '2024-02-29T00:00:59.999Z') == 0", "true"},
    {"minutes_between('2024-02-29T00:00:00.5Z', '2024-02-29T00:01:00.4Z') == 0", "true"},
    {"minutes_between('2024-02-29T00:01:00Z', '2024-02-29T00:00:59Z') == -1", "true"},
    {"minutes_between('2024-02-29T00:01:00Z', '2024-02-29T00:00:00Z') == -1", "true"},
    {"minutes_between('2024-02-29T00:00:00+01:00', '2024-02-29') == 60", "true"},
    {"minutes_between('0000-01-01', '9999-12-31') == 5259490560", "true"},
    {"minutes_between($.odd[6], '2024-02-29') == $.nowhere", "true"},
    {"minutes_between($.day, $.number) == $.nowhere", "true"},
    {"minutes_between($.hidden, '2024-02-29') == 1", "unknown"},
    {"today() == '2024-03-01'", "true"},
    {"before_date(today(), '2024-03-02')", "true"},
    {"before_date(today(), '2024-03-01')", "false"},
};

/* A literal that is none is found when the rule is loaded, not by a rule that never fires. */
static void a_literal_of_the_wrong_form_is_an_error_of_the_expression(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "cidr_contains('10.0.0.0/33', $.a)", "cidr_overlaps($.a, '10.0.0')",
        "version_at_least($.a, 'latest')",   "version_below('', $.a)",
        "before_date($.a, '2023-02-29')",    "days_between($.a, '2024-02')",
        "minutes_between('noon', $.a)",
    };
    struct model *model = model_new();
    struct path_compiler compiler = {&model->arena, &model->atoms, &rule_functions, true};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct path_error error;
        assert_null(path_compile(&compiler, PATH_LOGICAL, str_from_c(wrong[i]), &error));
        assert_true(str_find(error.message, STR("'")) < error.message.len);
    }
    model_free(model);
}

/* What costs more steps than there are is unknown, not "no". */
static void a_costly_question_is_undecided(void **state)
{
    static const char *const costly[] = {
        "count_actions('*:*q*q*q*q') == 0",
        "matches_any_action('*:*q*q*q*q')",
        "supports_condition_key('*', 'no:key')",
        "supports_resource('*', 'arn:aws:nothing:*:*:x')",
    };
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, "~");
    for (size_t i = 0; i < COUNT_OF(costly); i++) {
        assert_row(costly[i],
                   str_from_c(truth_words[evaluate_within(model, tree, costly[i], 5000)]),
                   "unknown");
    }
    model_free(model);
}

static void what_is_unknown_stays_unknown(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, document);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        enum truth truth = evaluate(model, tree, rows[i].expression);
        assert_row(rows[i].expression, str_from_c(truth_words[truth]), rows[i].truth);
    }
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_true_as_it_stands),
        cmocka_unit_test(each_table_is_in_order_and_complete),
        cmocka_unit_test(what_is_unknown_stays_unknown),
        cmocka_unit_test(a_costly_question_is_undecided),
        cmocka_unit_test(a_literal_of_the_wrong_form_is_an_error_of_the_expression),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
