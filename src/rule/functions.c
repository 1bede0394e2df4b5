/* SPDX-License-Identifier: MIT */
/*
 * The function extensions of rules. All are pure. Where an argument is unknown, or Nothing where a
 * value is needed, a logical function answers unknown for the former and false for the latter, and
 * a function that gives a value unknown and Nothing.
 */
#include "rule/functions.h"

#include "aws/arn.h"
#include "aws/region.h"
#include "aws/wildcard.h"
#include "rule/function_args.h"
#include "rule/wording.h"
#include "tree/symbol.h"

enum { TEXT_MAX_BYTES = 4096, SUGGESTIONS_MAX = 4096 };

/* ---- the rule's own ---- */

static void call_this(struct path_env *env, const struct path_datum *args, size_t given,
                      struct path_datum *result)
{
    (void)args;
    (void)given;
    if (env->current.node) {
        result->value = path_node_value(env, env->current.node);
    }
}

static void call_row(struct path_env *env, const struct path_datum *args, size_t given,
                     struct path_datum *result)
{
    (void)given;
    const struct rule_context *context = env->context;
    const struct node *value = NULL;
    if (context && context->row && is_text(&args[0])) {
        value = tree_member(context->row_tree, context->row, args[0].value.string);
    }
    if (node_is(value, NODE_NUMBER)) {
        result->value =
            (struct value){.kind = VALUE_NUMBER, .number = tree_number(context->row_tree, value)};
    } else if (node_is(value, NODE_BOOL)) {
        result->value =
            (struct value){.kind = VALUE_BOOL, .boolean = tree_bool(context->row_tree, value)};
    } else if (node_is(value, NODE_STRING)) {
        set_text(result, tree_text(context->row_tree, value));
    }
}

/* ---- values and lists ---- */

static void call_in(struct path_env *env, const struct path_datum *args, size_t given,
                    struct path_datum *result)
{
    (void)given;
    enum truth found = truth_of(false);
    for (size_t i = 0; i < args[1].nodes.count && found != TRUTH_TRUE; i++) {
        struct value item = path_node_value(env, args[1].nodes.items[i].node);
        found = truth_or(found, path_values_equal(env, &args[0].value, &item));
    }
    bool hidden = args[0].value.kind == VALUE_UNKNOWN && args[0].value.string.len == 0;
    if (args[1].nodes.unknown || hidden) {
        found = truth_or(found, TRUTH_UNKNOWN);
    }
    result->logical = found;
}

static void call_list(struct path_env *env, const struct path_datum *args, size_t given,
                      struct path_datum *result)
{
    (void)given;
    struct buf text = buf_with_max(TEXT_MAX_BYTES);
    if (args[0].nodes.count) {
        wording_write_datum(env, &args[0], &text);
    } else {
        buf_add_c(&text, args[0].nodes.unknown ? "?" : "-");
    }
    set_text(result, arena_str(env->scratch, buf_str(&text)));
    buf_release(&text);
}

/* What stands without quotes, YAML 1.1 tools may read as octal, a float or a boolean. */
static void call_is_quoted(struct path_env *env, const struct path_datum *args, size_t given,
                           struct path_datum *result)
{
    (void)env;
    (void)given;
    const struct node *node = args[0].value.node;
    bool quoted =
        node_is(node, NODE_STRING) && node->style >= STYLE_SINGLE && node->style <= STYLE_FOLDED;
    result->logical = args[0].value.kind == VALUE_UNKNOWN ? TRUTH_UNKNOWN : truth_of(quoted);
}

static void call_text(struct path_env *env, const struct path_datum *args, size_t given,
                      struct path_datum *result)
{
    (void)given;
    const struct node *node = args[0].value.node;
    if (pass_unknown(&args[0], result)) {
        return;
    }
    if (node && !node_is_container(node)) {
        set_text(result, tree_text(env->tree, node));
        result->value.node = node;
    } else if (is_text(&args[0])) {
        result->value = args[0].value;
    }
}

static void call_first_of(struct path_env *env, const struct path_datum *args, size_t given,
                          struct path_datum *result)
{
    (void)env;
    (void)given;
    result->value = args[args[0].value.kind == VALUE_NOTHING].value;
}

/* Where one part is no text there is no whole: half of an ARN must not be asked about. */
static void call_concat(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    struct buf text = buf_with_max(TEXT_MAX_BYTES);
    bool good = true;
    for (size_t i = 0; i < given; i++) {
        good = good && is_text(&args[i]);
        if (good) {
            buf_add(&text, args[i].value.string);
        }
    }
    if (any_unknown(args, given)) {
        result->value.kind = VALUE_UNKNOWN;
    } else if (good && !text.truncated) {
        set_text(result, arena_str(env->scratch, buf_str(&text)));
    }
    buf_release(&text);
}

static void call_known(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)env;
    (void)given;
    bool known = args[0].nodes.count > 0;
    for (size_t i = 0; i < args[0].nodes.count; i++) {
        known = known && args[0].nodes.items[i].node->kind != NODE_UNKNOWN;
    }
    result->logical = truth_of(known && !args[0].nodes.unknown);
}

static void call_suggest(struct path_env *env, const struct path_datum *args, size_t given,
                         struct path_datum *result)
{
    (void)given;
    size_t count = args[1].nodes.count < SUGGESTIONS_MAX ? args[1].nodes.count : SUGGESTIONS_MAX;
    (void)pass_unknown(&args[0], result);
    struct str *candidates = arena_array(env->scratch, struct str, count);
    if (!is_text(&args[0]) || !path_spend(env, count)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        candidates[i] = tree_text(env->tree, args[1].nodes.items[i].node);
    }
    struct str nearest = str_nearest(args[0].value.string, candidates, count);
    /* The node comes along: messages ask it whether the text may be shown. */
    for (size_t i = 0; i < count && nearest.len && !result->value.node; i++) {
        if (str_eq(candidates[i], nearest)) {
            set_text(result, nearest);
            result->value.node = args[1].nodes.items[i].node;
        }
    }
}

static void call_like(struct path_env *env, const struct path_datum *args, size_t given,
                      struct path_datum *result)
{
    bool both = is_text(&args[0]) && is_text(&args[1]);
    result->logical = truth_of(false);
    if (any_unknown(args, given)) {
        result->logical = TRUTH_UNKNOWN;
    } else if (both) {
        uint64_t left = comparisons_left(env);
        result->logical =
            wildcard_match_within(args[1].value.string, args[0].value.string, false, &left);
        charge_comparisons(env, left);
    }
}

/* ---- ARNs and regions ---- */

static void call_is_arn(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    (void)env;
    struct arn arn;
    result->logical = any_unknown(args, given)
                          ? TRUTH_UNKNOWN
                          : truth_of(is_text(&args[0]) && arn_parse(args[0].value.string, &arn));
}

/* The ARN that a role of a template or plan will have is one, whatever it will be. */
static bool is_symbol_of_role(const struct value *value)
{
    struct symbol symbol;
    return value->kind == VALUE_UNKNOWN && symbol_parse(value->string, &symbol) &&
           (str_eq(symbol.sort, STR("AWS::IAM::Role.Arn")) ||
            str_eq(symbol.sort, STR("aws_iam_role.arn")));
}

static void call_is_role_arn(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)env;
    if (is_symbol_of_role(&args[0].value)) {
        result->logical = TRUTH_TRUE;
        return;
    }
    size_t lo = 0;
    size_t hi = 0;
    bool good = is_text(&args[0]) && role_arn_check(args[0].value.string, &lo, &hi) == ROLE_ARN_OK;
    result->logical = any_unknown(args, given) ? TRUTH_UNKNOWN : truth_of(good);
}

static void call_role_arn_fault(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)env;
    (void)given;
    size_t lo = 0;
    size_t hi = 0;
    struct str fault = is_text(&args[0])
                           ? role_arn_fault_name(role_arn_check(args[0].value.string, &lo, &hi))
                           : (struct str){0};
    answer_text(&args[0], fault, result);
}

static void call_arn_part(struct path_env *env, const struct path_datum *args, size_t given,
                          struct path_datum *result)
{
    (void)env;
    (void)given;
    struct arn arn;
    struct str field = {0};
    if (pass_unknown(&args[0], result)) {
        return;
    }
    if (is_text(&args[0]) && is_text(&args[1]) && arn_parse(args[0].value.string, &arn) &&
        arn_field(&arn, args[1].value.string, &field)) {
        set_text(result, field);
    }
}

static int check_arn_part(struct arena *arena, const struct str *const *literals, size_t given,
                          struct str *problem)
{
    (void)arena;
    struct arn arn = {0};
    struct str field;
    if (given > 1 && literals[1] && !arn_field(&arn, *literals[1], &field)) {
        *problem =
            STR("an ARN has no such part; it has partition, service, region, account, resource, "
                "resource-type, path, name");
        return 1;
    }
    return -1;
}

static void call_is_account_id(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)env;
    result->logical =
        any_unknown(args, given)
            ? TRUTH_UNKNOWN
            : truth_of(is_text(&args[0]) && account_id_is_valid(args[0].value.string));
}

static void call_partition(struct path_env *env, const struct path_datum *args, size_t given,
                           struct path_datum *result)
{
    (void)env;
    (void)given;
    answer_text(&args[0],
                is_text(&args[0]) ? region_partition(args[0].value.string) : (struct str){0},
                result);
}

static void call_known_region(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)env;
    result->logical = any_unknown(args, given)
                          ? TRUTH_UNKNOWN
                          : truth_of(is_text(&args[0]) && region_is_known(args[0].value.string));
}

static void call_nearest_region(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)env;
    (void)given;
    struct str nearest = is_text(&args[0]) ? region_nearest(args[0].value.string) : (struct str){0};
    answer_text(&args[0], nearest, result);
}

/* The text among the others that only letter case tells from the value. */
static void call_spelling_of(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)env;
    if (any_unknown(args, given)) {
        result->value.kind = VALUE_UNKNOWN;
        return;
    }
    for (size_t i = given; i > 1; i--) {
        if (is_text(&args[0]) && is_text(&args[i - 1]) &&
            str_eq_nocase(args[0].value.string, args[i - 1].value.string)) {
            set_text(result, args[i - 1].value.string);
        }
    }
}

/* Without what comes along when a value is copied: white space, quotes, brackets, a comma. */
static void call_trimmed(struct path_env *env, const struct path_datum *args, size_t given,
                         struct path_datum *result)
{
    static const char stray[] = " \t\r\n\v\f'\"`<>()[]{},;";
    (void)env;
    (void)given;
    struct str text = is_text(&args[0]) ? args[0].value.string : (struct str){0};
    while (text.len && text.ptr[0] && strchr(stray, text.ptr[0])) {
        text = str_from(text, 1);
    }
    while (text.len && text.ptr[text.len - 1] && strchr(stray, text.ptr[text.len - 1])) {
        text = str_slice(text, 0, text.len - 1);
    }
    answer_text(&args[0], text, result);
}

/*
 * The table, in alphabetical order. V, L, N: ValueType, LogicalType, NodesType. An example is true
 * as it stands: on the tree `null`, or, where it needs roles, rows or names, on the sample in
 * tests/unit/test_rule_functions.c.
 */
#define V TYPE_VALUE
#define L TYPE_LOGICAL
#define N TYPE_NODES

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("arn_part", V, 2, 2, call_arn_part, check_arn_part,
             "arn_part(value, part) -> value",
             "A part of an ARN: partition, service, region, account, resource, resource-type, path or name; Nothing where the value is no ARN.",
             "arn_part('arn:aws:iam::111122223333:role/a/b', 'name') == 'b'", V, V),
    FUNCTION("concat", V, 2, 10, call_concat, NULL,
             "concat(value, value, …) -> value",
             "The strings one behind the other, as for an ARN; Nothing where one of them is no string, or the whole is longer than 4096 bytes.",
             "concat('arn:aws:iam::', '111122223333', ':role/x') == 'arn:aws:iam::111122223333:role/x'", V, V, V, V, V, V, V, V, V, V),
    FUNCTION("first_of", V, 2, 2, call_first_of, NULL,
             "first_of(value, value) -> value",
             "The first value, or, where it is Nothing, the second; unknown where the first is.",
             "first_of($.nowhere, 'x') == 'x'", V, V),
    FUNCTION("in", L, 2, 2, call_in, NULL,
             "in(value, nodes) -> logical",
             "The value equals one of the nodes; unknown where the nodes are not all known and none of the known ones is equal.",
             "in('abc', $.names[*])", V, N),
    FUNCTION("is_account_id", L, 1, 1, call_is_account_id, NULL,
             "is_account_id(value) -> logical", "The value is a string of twelve digits.",
             "is_account_id('111122223333')", V),
    FUNCTION("is_arn", L, 1, 1, call_is_arn, NULL,
             "is_arn(value) -> logical", "The value is a string of the form arn:partition:service:region:account:resource.",
             "is_arn('arn:aws:s3:::bucket')", V),
    FUNCTION("is_quoted", L, 1, 1, call_is_quoted, NULL,
             "is_quoted(value) -> logical", "The string is written in quotes or as a block: no tool reads it as a number or a boolean.",
             "is_quoted($.action)", V),
    FUNCTION("is_role_arn", L, 1, 1, call_is_role_arn, NULL,
             "is_role_arn(value) -> logical", "The value is the ARN of an IAM role: service, account, path and name are well formed; or the one that a role of a template or plan will have.",
             "is_role_arn('arn:aws:iam::111122223333:role/eks')", V),
    FUNCTION("known", L, 1, 1, call_known, NULL,
             "known(nodes) -> logical", "The query selects something, and all of it is known; never unknown itself.",
             "known($.names)", N),
    FUNCTION("known_region", L, 1, 1, call_known_region, NULL,
             "known_region(value) -> logical", "The value names a region of the table that ekslint carries.",
             "known_region('ap-northeast-1')", V),
    FUNCTION("like", L, 2, 2, call_like, NULL,
             "like(value, pattern) -> logical", "The value matches the pattern with IAM's wildcards * and ?, letter case included.",
             "like('gitlab-eks-x', 'gitlab-eks-*')", V, V),
    FUNCTION("list", V, 1, 1, call_list, NULL,
             "list(nodes) -> value", "The values as one text, separated by commas; '-' for none. For messages.",
             "list($.a) == '-'", N),
    FUNCTION("nearest_region", V, 1, 1, call_nearest_region, NULL,
             "nearest_region(value) -> value", "The known region with the most similar name; Nothing where none is near.",
             "nearest_region('ap-northeast1') == 'ap-northeast-1'", V),
    FUNCTION("partition", V, 1, 1, call_partition, NULL,
             "partition(region) -> value", "The partition that a region belongs to.",
             "partition('cn-north-1') == 'aws-cn'", V),
    FUNCTION("role_arn_fault", V, 1, 1, call_role_arn_fault, NULL,
             "role_arn_fault(value) -> value",
             "Why the value is no ARN of an IAM role: blank, quote, not-arn, partition, service, region, account, type, path, name; or ok.",
             "role_arn_fault('arn:aws:iam::1:role/x') == 'account'", V),
    FUNCTION("row", V, 1, 1, call_row, NULL,
             "row(name) -> value", "A value of the current row of the rule's foreach; Nothing where it is null.",
             "row('action') == 'ec2:DescribeVpcs'", V),
    FUNCTION("spelling_of", V, 2, 10, call_spelling_of, NULL,
             "spelling_of(value, text, …) -> value",
             "The one of the texts that is the value but for letter case; Nothing where none is.",
             "spelling_of('allow', 'Allow', 'Deny') == 'Allow'", V, V, V, V, V, V, V, V, V, V),
    FUNCTION("suggest", V, 2, 2, call_suggest, NULL,
             "suggest(value, nodes) -> value", "The node most similar to the value; Nothing where none is near.",
             "suggest('abd', $.names[*]) == 'abc'", V, N),
    FUNCTION("text", V, 1, 1, call_text, NULL,
             "text(value) -> value", "A scalar as it was written: 0123 stays '0123', 1.20 stays '1.20'.",
             "text('a') == 'a'", V),
    FUNCTION("this", V, 0, 0, call_this, NULL,
             "this() -> value", "The node that the rule's select chose, also inside a nested filter.",
             "this() == @", V),
    FUNCTION("trimmed", V, 1, 1, call_trimmed, NULL,
             "trimmed(value) -> value",
             "The text without the white space, quotes, brackets and commas around it that come along when a value is copied.",
             "trimmed(' x, ') == 'x'", V),
};
/* clang-format on */

#undef V
#undef L
#undef N

const struct path_functions rule_functions = {functions, COUNT_OF(functions), &rule_iam_functions};
