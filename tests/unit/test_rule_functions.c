/* SPDX-License-Identifier: MIT */
/* The function extensions of rules: their examples, and their answers in three values. */
#include "model_world.h"

#include "rule/functions.h"

/* Evaluate a logical expression; the row of `foreach` is the tree's root, too. */
static enum truth evaluate(struct model *model, const struct tree *tree, const char *expression)
{
    struct path_compiler compiler = {&model->arena, &model->atoms, &rule_functions, true};
    struct path_error error;
    struct path_program *program =
        path_compile(&compiler, PATH_LOGICAL, str_from_c(expression), &error);
    if (!program) {
        fail_msg("%s\n  at %u: %.*s", expression, error.lo, STR_ARG(error.message));
    }
    struct rule_context context = {tree, tree->root};
    struct path_env env = {
        .tree = tree,
        .root = tree->root,
        .current = {tree->root, NULL},
        .scratch = &model->scratch,
        .steps = 100000,
        .context = &context,
    };
    return path_test(program, &env);
}

/* What the examples that need a document are about. Its root serves as the row of `foreach`. */
static const char sample[] =
    "{names: [abc, xyz], action: 'ec2:DescribeVpcs', roles: [\n"
    " {policies: [{Statement: [{Effect: Allow, Action: ['ec2:Describe*'], Resource: ['*']}]}],\n"
    "  managed_policies: [], trust_policy: {Statement: [{Effect: Allow,\n"
    "  Action: ['sts:AssumeRole'], Principal: {AWS: ['111122223333'],\n"
    "  Service: [eks.amazonaws.com]}, Condition: {StringEquals: {'sts:ExternalId': [abc]}}}]}}]}";

static void each_example_is_true_as_it_stands(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *null = model_tree(model, "~");
    const struct tree *document = model_tree(model, sample);
    for (const struct path_functions *table = &rule_functions; table; table = table->next) {
        for (size_t i = 0; i < table->count; i++) {
            const struct path_function *function = &table->items[i];
            struct str example = arena_str(&model->arena, function->example);
            assert_true(str_find(example, function->name) < example.len);
            if (evaluate(model, null, example.ptr) != TRUTH_TRUE &&
                evaluate(model, document, example.ptr) != TRUTH_TRUE) {
                fail_msg("%.*s", STR_ARG(example));
            }
        }
    }
    model_free(model);
}

static void the_table_is_in_order_and_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < rule_functions.count; i++) {
        const struct path_function *function = &rule_functions.items[i];
        assert_true(i == 0 || str_compare(rule_functions.items[i - 1].name, function->name) < 0);
        assert_true(str_starts(function->signature, function->name));
        assert_true(str_ends(function->summary, STR(".")));
        assert_true(function->required <= function->count);
        assert_true(function->count <= FUNCTION_MAX_PARAMS);
        assert_non_null(function->call);
    }
}

static const char document[] =
    "{hidden: !unknown '', a: b, list: [x, abd], some: [x, !unknown ''], number: 3, 'null': null,\n"
    " object: {k: v}, action: act, flag: true,\n"
    " arn: 'arn:aws:iam::111122223333:role/p/n',\n"
    " role: {policies: [{Statement: [{Effect: Allow, Action: ['a:*'], Resource: ['*']}]}],\n"
    "        managed_policies: [], trust_policy: {Statement: [{Effect: Allow, Action: ['*'],\n"
    "        Principal: {AWS: ['111122223333'], Service: [eks.amazonaws.com]},\n"
    "        Condition: {StringEquals: {'sts:ExternalId': [id]}}}]}}, bare: {name: x}}";

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
    {"trusts($.role, '111122223333', '', 'id')", "true"},
    {"trusts($.role, '111122223333', '', 'no')", "false"},
    {"trusts($.role, '111122223333', '', '')", "false"},
    {"trusts($.role, '111122223333', '', $.hidden)", "unknown"},
    {"trusts($.role, $.hidden, '', 'id')", "unknown"},
    {"trusts($.bare, '111122223333', '', 'id')", "unknown"},
    {"trusts($.hidden, '111122223333', '', 'id')", "unknown"},
    {"trusts_caller($.role, '111122223333', '')", "true"},
    {"trusts_caller($.role, '999999999999', '')", "false"},
    {"accepts_external_id($.role, '111122223333', '', 'id')", "true"},
    {"accepts_external_id($.role, '111122223333', '', 'no')", "false"},
    {"accepts_external_id($.role, '111122223333', '', $.nowhere)", "unknown"},
    {"trusts_service($.role, 'eks.amazonaws.com')", "true"},
    {"trusts_service($.role, 'ec2.amazonaws.com')", "false"},
    {"trusts_service($.role, $.hidden)", "unknown"},
    {"trusts_service($.bare, 'eks.amazonaws.com')", "unknown"},
};

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
        cmocka_unit_test(the_table_is_in_order_and_complete),
        cmocka_unit_test(what_is_unknown_stays_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
