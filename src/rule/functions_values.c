/* SPDX-License-Identifier: MIT */
/*
 * Functions that compare values: address ranges, IAM's wildcards, versions and dates. All are
 * logical and pure. As with all functions of rules (rule/functions.c), the answer is unknown where
 * an argument is, and false where one is not of the form that is compared: a rule that must tell
 * the two apart asks for the form first. A literal of a wrong form is an error of the expression.
 */
#include "rule/functions.h"

#include "aws/cidr.h"
#include "aws/moment.h"
#include "aws/wildcard.h"
#include "rule/function_args.h"

enum { SECONDS_PER_MINUTE = 60 };

/* ---- forms ---- */

/*
 * Versions: an optional "v", numbers of any length between dots, and what follows behind a '-' or
 * '+', which does not count: 14.9.0-ee is 14.9.0, and 1.21-eks-1a2b3c is 1.21. A number that is
 * left out is 0; 1.20 is not 1.2.
 */
static bool next_number(struct str *rest, struct str *number)
{
    str_cut(*rest, '.', number, rest);
    for (size_t i = 0; i < number->len; i++) {
        if (!char_is_digit(number->ptr[i])) {
            return false;
        }
    }
    return number->len > 0;
}

/* The numbers and dots of a version; false where text is none. */
static bool version_numbers(struct str text, struct str *numbers)
{
    text = str_from(text, str_starts(text, STR("v")));
    size_t minus = str_find_char(text, '-');
    size_t plus = str_find_char(text, '+');
    *numbers = str_slice(text, 0, minus < plus ? minus : plus);
    bool good = numbers->len > 0 && !str_ends(*numbers, STR("."));
    struct str number;
    for (struct str rest = *numbers; good && rest.len;) {
        good = next_number(&rest, &number);
    }
    return good;
}

static bool is_version(struct str text)
{
    struct str numbers;
    return version_numbers(text, &numbers);
}

static bool is_range(struct str text)
{
    struct ip_range range;
    return ip_range_parse(text, &range);
}

static bool is_moment(struct str text)
{
    struct moment moment;
    return moment_parse(text, &moment);
}

static int check_forms(const struct str *const *literals, size_t given,
                       bool (*has_form)(struct str text))
{
    for (size_t i = 0; i < given; i++) {
        if (literals[i] && !has_form(*literals[i])) {
            return (int)i;
        }
    }
    return -1;
}

static int check_ranges(struct arena *arena, const struct str *const *literals, size_t given,
                        struct str *problem)
{
    (void)arena;
    *problem = STR("this is no address and no CIDR range, such as '10.0.0.0/8'");
    return check_forms(literals, given, is_range);
}

static int check_versions(struct arena *arena, const struct str *const *literals, size_t given,
                          struct str *problem)
{
    (void)arena;
    *problem = STR("this is no version: write numbers with dots, such as '14.10'");
    return check_forms(literals, given, is_version);
}

static int check_dates(struct arena *arena, const struct str *const *literals, size_t given,
                       struct str *problem)
{
    (void)arena;
    *problem = STR("this is no date: write one such as '2024-02-29'");
    return check_forms(literals, given, is_moment);
}

static bool is_day(struct str text)
{
    int32_t days;
    return date_parse(text, &days);
}

static int check_days(struct arena *arena, const struct str *const *literals, size_t given,
                      struct str *problem)
{
    (void)arena;
    *problem = STR("this is no day: write one such as '2024-02-29'");
    return check_forms(literals, given, is_day);
}

/* ---- address ranges ---- */

static void compare_ranges(const struct path_datum *args, size_t given, struct path_datum *result,
                           bool (*holds)(const struct ip_range *a, const struct ip_range *b))
{
    struct ip_range a;
    struct ip_range b;
    bool both = is_text(&args[0]) && ip_range_parse(args[0].value.string, &a) &&
                is_text(&args[1]) && ip_range_parse(args[1].value.string, &b);
    result->logical = any_unknown(args, given) ? TRUTH_UNKNOWN : truth_of(both && holds(&a, &b));
}

static void call_cidr_contains(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)env;
    compare_ranges(args, given, result, ip_range_contains);
}

static void call_cidr_overlaps(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    (void)env;
    compare_ranges(args, given, result, ip_range_overlaps);
}

/* An address or a range, told apart by the prefix. */
static void judge_range(const struct path_datum *args, size_t given, struct path_datum *result,
                        bool with_prefix)
{
    struct ip_range range;
    struct str text = is_text(&args[0]) ? args[0].value.string : (struct str){0};
    bool has_prefix = str_find_char(text, '/') < text.len;
    result->logical = any_unknown(args, given)
                          ? TRUTH_UNKNOWN
                          : truth_of(ip_range_parse(text, &range) && has_prefix == with_prefix);
}

static void call_is_cidr(struct path_env *env, const struct path_datum *args, size_t given,
                         struct path_datum *result)
{
    (void)env;
    judge_range(args, given, result, true);
}

static void call_is_ip(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)env;
    judge_range(args, given, result, false);
}

/* ---- wildcards ---- */

static void compare_patterns(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result,
                             enum truth (*holds)(struct str a, struct str b, bool nocase,
                                                 uint64_t *budget))
{
    result->logical = any_unknown(args, given) ? TRUTH_UNKNOWN : TRUTH_FALSE;
    if (is_text(&args[0]) && is_text(&args[1])) {
        uint64_t left = comparisons_left(env);
        result->logical = holds(args[0].value.string, args[1].value.string, false, &left);
        charge_comparisons(env, left);
    }
}

static void call_covers(struct path_env *env, const struct path_datum *args, size_t given,
                        struct path_datum *result)
{
    compare_patterns(env, args, given, result, wildcard_covers_within);
}

static void call_overlaps(struct path_env *env, const struct path_datum *args, size_t given,
                          struct path_datum *result)
{
    compare_patterns(env, args, given, result, wildcard_overlaps_within);
}

/* ---- versions ---- */

/* A version that was written without quotes is a number to YAML, but not one number: 1.20. */
static struct str written_text(const struct path_env *env, const struct path_datum *arg)
{
    const struct node *node = arg->value.node;
    if (is_text(arg)) {
        return arg->value.string;
    }
    return node_is(node, NODE_NUMBER) ? tree_text(env->tree, node) : (struct str){0};
}

static int compare_numbers(struct str a, struct str b)
{
    while (a.len && a.ptr[0] == '0') {
        a = str_from(a, 1);
    }
    while (b.len && b.ptr[0] == '0') {
        b = str_from(b, 1);
    }
    return a.len != b.len ? (a.len < b.len ? -1 : 1) : str_compare(a, b);
}

static int compare_versions(struct str a, struct str b)
{
    int order = 0;
    while (order == 0 && (a.len || b.len)) {
        struct str x;
        struct str y;
        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        order = compare_numbers(x, y);
    }
    return order;
}

static void judge_version(struct path_env *env, const struct path_datum *args, size_t given,
                          struct path_datum *result, bool below)
{
    struct str version;
    struct str limit;
    bool both = version_numbers(written_text(env, &args[0]), &version) &&
                version_numbers(written_text(env, &args[1]), &limit);
    result->logical = any_unknown(args, given)
                          ? TRUTH_UNKNOWN
                          : truth_of(both && (compare_versions(version, limit) < 0) == below);
}

static void call_version_at_least(struct path_env *env, const struct path_datum *args, size_t given,
                                  struct path_datum *result)
{
    judge_version(env, args, given, result, false);
}

static void call_version_below(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    judge_version(env, args, given, result, true);
}

/* ---- dates ---- */

static void call_before_date(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)env;
    struct moment value;
    struct moment date;
    bool both = is_text(&args[0]) && moment_parse(args[0].value.string, &value) &&
                is_text(&args[1]) && moment_parse(args[1].value.string, &date);
    result->logical = any_unknown(args, given)
                          ? TRUTH_UNKNOWN
                          : truth_of(both && moment_compare(&value, &date) < 0);
}

/* Whole days from the first to the second, negative where the second is earlier. */
static void call_days_between(struct path_env *env, const struct path_datum *args, size_t given,
                              struct path_datum *result)
{
    (void)env;
    int32_t from;
    int32_t to;
    if (any_unknown(args, given)) {
        result->value.kind = VALUE_UNKNOWN;
    } else if (is_text(&args[0]) && date_parse(args[0].value.string, &from) && is_text(&args[1]) &&
               date_parse(args[1].value.string, &to)) {
        result->value = (struct value){.kind = VALUE_NUMBER, .number = (double)to - from};
    }
}

/* Whole minutes from the first moment to the second, rounded down; negative where it is earlier. */
static void call_minutes_between(struct path_env *env, const struct path_datum *args, size_t given,
                                 struct path_datum *result)
{
    (void)env;
    struct moment from;
    struct moment to;
    if (any_unknown(args, given)) {
        result->value.kind = VALUE_UNKNOWN;
    } else if (is_text(&args[0]) && moment_parse(args[0].value.string, &from) &&
               is_text(&args[1]) && moment_parse(args[1].value.string, &to)) {
        int64_t seconds = to.seconds - from.seconds - (to.nanos < from.nanos);
        int64_t minutes = seconds / SECONDS_PER_MINUTE - (seconds % SECONDS_PER_MINUTE < 0);
        result->value = (struct value){.kind = VALUE_NUMBER, .number = (double)minutes};
    }
}

/* Whoever runs the rules says what day it is; the library has no clock. */
static void call_today(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)args;
    (void)given;
    const struct rule_context *context = env->context;
    if (context && context->today.len) {
        set_text(result, context->today);
    } else {
        result->value.kind = VALUE_UNKNOWN;
    }
}

/* The table, in alphabetical order; V and L as in rule/functions.c. */
#define V TYPE_VALUE
#define L TYPE_LOGICAL

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("before_date", L, 2, 2, call_before_date, check_dates,
             "before_date(value, date) -> logical",
             "The value is a date, or a time with its zone, before the other; false where one of them is neither.",
             "before_date('2024-02-28', '2024-02-29')", V, V),
    FUNCTION("cidr_contains", L, 2, 2, call_cidr_contains, check_ranges,
             "cidr_contains(outer, inner) -> logical",
             "All addresses of the second range or address are in the first; false where one of them is neither.",
             "cidr_contains('10.0.0.0/8', '10.1.0.0/16')", V, V),
    FUNCTION("cidr_overlaps", L, 2, 2, call_cidr_overlaps, check_ranges,
             "cidr_overlaps(a, b) -> logical",
             "The two ranges have an address in common; false where one of them is no range and no address.",
             "cidr_overlaps('10.1.0.0/16', '10.0.0.0/8')", V, V),
    FUNCTION("covers", L, 2, 2, call_covers, NULL,
             "covers(wide, narrow) -> logical",
             "Whatever matches the second pattern matches the first, with IAM's wildcards * and ? in both, letter case included.",
             "covers('ec2:*', 'ec2:Describe*')", V, V),
    FUNCTION("days_between", V, 2, 2, call_days_between, check_days,
             "days_between(from, to) -> value",
             "The days from one date, YYYY-MM-DD, to another, as a number, negative where the other is earlier; Nothing where one of them is no date.",
             "days_between('2024-02-28', '2024-03-01') == 2", V, V),
    FUNCTION("is_cidr", L, 1, 1, call_is_cidr, NULL,
             "is_cidr(value) -> logical",
             "The value is an IPv4 or IPv6 range with its prefix, such as 10.0.0.0/8.",
             "is_cidr('10.0.0.0/8')", V),
    FUNCTION("is_ip", L, 1, 1, call_is_ip, NULL,
             "is_ip(value) -> logical",
             "The value is an IPv4 or IPv6 address without a prefix.",
             "is_ip('2001:db8::1')", V),
    FUNCTION("minutes_between", V, 2, 2, call_minutes_between, check_dates,
             "minutes_between(from, to) -> value",
             "The whole minutes from one time with its zone, or date, to another, as a number, negative where the other is earlier; Nothing where one of them is neither.",
             "minutes_between('2024-02-28T23:30:00Z', '2024-02-29T00:00:59Z') == 30", V, V),
    FUNCTION("overlaps", L, 2, 2, call_overlaps, NULL,
             "overlaps(a, b) -> logical",
             "Something matches both patterns, with IAM's wildcards * and ? in both, letter case included.",
             "overlaps('ec2:*Vpcs', 'ec2:Describe*')", V, V),
    FUNCTION("today", V, 0, 0, call_today, NULL,
             "today() -> value",
             "The date that the run is judged as of, YYYY-MM-DD; only rules marked 'dated: true' may call it.",
             "days_between('2024-02-29', today()) >= 0", V),
    FUNCTION("version_at_least", L, 2, 2, call_version_at_least, check_versions,
             "version_at_least(value, minimum) -> logical",
             "The value is a version not below the minimum: 14.10 is above 14.9, and what follows behind - or + does not count; false where one of them is no version.",
             "version_at_least('v14.10.0-ee', '14.9')", V, V),
    FUNCTION("version_below", L, 2, 2, call_version_below, check_versions,
             "version_below(value, limit) -> logical",
             "The value is a version below the limit; false where one of them is no version.",
             "version_below('14.9', '14.10')", V, V),
};
/* clang-format on */

#undef V
#undef L

const struct path_functions rule_value_functions = {functions, COUNT_OF(functions),
                                                    &rule_eks_functions};
