/* SPDX-License-Identifier: MIT */
/*
 * Names of condition operators. Pages: IAM User Guide, "IAM JSON policy elements: Condition
 * operators" and "Set operators for multivalued context keys".
 */
#include "support.h"

#include "iam/operator.h"

/* The tables of the page, row by row. */
static const struct {
    const char *name;
    enum iam_family family;
    enum iam_comparison comparison;
    bool negated;
} operators[] = {
    {"StringEquals", FAMILY_STRING, COMPARE_EQUAL, false},
    {"StringNotEquals", FAMILY_STRING, COMPARE_EQUAL, true},
    {"StringEqualsIgnoreCase", FAMILY_STRING, COMPARE_EQUAL_NOCASE, false},
    {"StringNotEqualsIgnoreCase", FAMILY_STRING, COMPARE_EQUAL_NOCASE, true},
    {"StringLike", FAMILY_STRING, COMPARE_LIKE, false},
    {"StringNotLike", FAMILY_STRING, COMPARE_LIKE, true},
    {"NumericEquals", FAMILY_NUMERIC, COMPARE_EQUAL, false},
    {"NumericNotEquals", FAMILY_NUMERIC, COMPARE_EQUAL, true},
    {"NumericLessThan", FAMILY_NUMERIC, COMPARE_LESS, false},
    {"NumericLessThanEquals", FAMILY_NUMERIC, COMPARE_LESS_EQUAL, false},
    {"NumericGreaterThan", FAMILY_NUMERIC, COMPARE_GREATER, false},
    {"NumericGreaterThanEquals", FAMILY_NUMERIC, COMPARE_GREATER_EQUAL, false},
    {"DateEquals", FAMILY_DATE, COMPARE_EQUAL, false},
    {"DateNotEquals", FAMILY_DATE, COMPARE_EQUAL, true},
    {"DateLessThan", FAMILY_DATE, COMPARE_LESS, false},
    {"DateLessThanEquals", FAMILY_DATE, COMPARE_LESS_EQUAL, false},
    {"DateGreaterThan", FAMILY_DATE, COMPARE_GREATER, false},
    {"DateGreaterThanEquals", FAMILY_DATE, COMPARE_GREATER_EQUAL, false},
    {"Bool", FAMILY_BOOL, COMPARE_EQUAL, false},
    {"BinaryEquals", FAMILY_BINARY, COMPARE_EQUAL, false},
    {"IpAddress", FAMILY_IP, COMPARE_EQUAL, false},
    {"NotIpAddress", FAMILY_IP, COMPARE_EQUAL, true},
    {"ArnEquals", FAMILY_ARN, COMPARE_LIKE, false},
    {"ArnLike", FAMILY_ARN, COMPARE_LIKE, false},
    {"ArnNotEquals", FAMILY_ARN, COMPARE_LIKE, true},
    {"ArnNotLike", FAMILY_ARN, COMPARE_LIKE, true},
    {"Null", FAMILY_NULL, COMPARE_EQUAL, false},
};

static const struct {
    const char *prefix;
    enum iam_quantifier quantifier;
} prefixes[] = {
    {"", QUANTIFIER_NONE},
    {"ForAllValues:", QUANTIFIER_ALL},
    {"ForAnyValue:", QUANTIFIER_ANY},
};

static void operators_take_prefixes_and_a_suffix(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_int_equal(COUNT_OF(operators), iam_operator_count);
    for (size_t i = 0; i < COUNT_OF(operators); i++) {
        for (size_t k = 0; k < COUNT_OF(prefixes); k++) {
            for (int if_exists = 0; if_exists < 2; if_exists++) {
                struct str text = arena_format(&arena, "%s%s%s", prefixes[k].prefix,
                                               operators[i].name, if_exists ? "IfExists" : "");
                struct iam_operator_use use;
                struct str nearest = {0};
                bool good = iam_operator_parse(&arena, text, &use, &nearest);
                bool null = operators[i].family == FAMILY_NULL;
                assert_int_equal(good, !(null && if_exists));
                if (good) {
                    assert_str_equal(use.compare->name, str_from_c(operators[i].name));
                    assert_int_equal(use.compare->family, operators[i].family);
                    assert_int_equal(use.compare->comparison, operators[i].comparison);
                    assert_int_equal(use.compare->negated, operators[i].negated);
                    assert_int_equal(use.quantifier, prefixes[k].quantifier);
                    assert_int_equal(use.if_exists, if_exists);
                }
            }
        }
    }
    arena_release(&arena);
}

/* What is no operator, and the nearest one. Letter case counts. */
static const struct {
    const char *text, *nearest;
} misspelt[] = {
    {"stringEquals", "StringEquals"},
    {"STRINGEQUALS", "StringEquals"},
    {"StringEqual", "StringEquals"},
    {"StringEquels", "StringEquals"},
    {"StringNotEqual", "StringNotEquals"},
    {"StringLikes", "StringLike"},
    {"ArnLke", "ArnLike"},
    {"IPAddress", "IpAddress"},
    {"NotIPAddress", "NotIpAddress"},
    {"Boolean", ""},
    {"bool", "Bool"},
    {"null", "Null"},
    {"NumericGreaterThanEqual", "NumericGreaterThanEquals"},
    {"DateLessThen", "DateLessThan"},
    {"", ""},
    {"IfExists", ""},
    {"Equals", ""},
    /* the suffix */
    {"StringEqualIfExists", "StringEqualsIfExists"},
    {"StringEqualsIfExist", "StringEqualsIfExists"},
    {"StringEqualsIfexists", "StringEqualsIfExists"},
    {"StringEqualsIfExistsIfExists", "StringEqualsIfExists"},
    {"NullIfExists", "Null"},
    {"nullIfExists", "Null"},
    {"ForAllValues:NullIfExists", "ForAllValues:Null"},
    {"NumIfExists", ""},
    /* the prefix */
    {"ForAnyValues:StringLike", "ForAnyValue:StringLike"},
    {"ForAllValue:StringEquals", "ForAllValues:StringEquals"},
    {"forAnyValue:StringLike", "ForAnyValue:StringLike"},
    {"ForAnyValue:StringLikeifexists", "ForAnyValue:StringLikeIfExists"},
    {"ForAnyValue:stringlike", "ForAnyValue:StringLike"},
    {"ForAllValues:StringEqual", "ForAllValues:StringEquals"},
    {"ForAnyValue: StringLike", "ForAnyValue:StringLike"},
    {"ForAnyValue:", ""},
    {"Each:StringLike", ""},
    {"ForAllValues:ForAnyValue:StringLike", ""},
};

static void what_is_misspelt_is_told_the_nearest_name(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(misspelt); i++) {
        struct iam_operator_use use;
        struct str nearest = STR("nothing was written");
        if (iam_operator_parse(&arena, str_from_c(misspelt[i].text), &use, &nearest)) {
            fail_msg("'%s' is no operator", misspelt[i].text);
        }
        if (!str_eq(nearest, str_from_c(misspelt[i].nearest))) {
            fail_msg("'%s': '%.*s' and not '%s'", misspelt[i].text, STR_ARG(nearest),
                     misspelt[i].nearest);
        }
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_take_prefixes_and_a_suffix),
        cmocka_unit_test(what_is_misspelt_is_told_the_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
