/* SPDX-License-Identifier: MIT */
/*
 * Conditions against contexts. All rows follow the IAM User Guide; each table names its page. What
 * the pages leave open is in tables of its own, which say so.
 */
#include "iam_condition_rows.h"

/* ---- every operator, in every form ---- */

/*
 * A value of the policy, one of the request that is matched by it and one that is not. Page: "IAM
 * JSON policy elements: Condition operators".
 */
static const struct {
    const char *name, *wanted, *fits, *misses;
    bool negated;
} operators[] = {
    {"StringEquals", "ab", "ab", "Ab", false},
    {"StringNotEquals", "ab", "ab", "Ab", true},
    {"StringEqualsIgnoreCase", "ab", "AB", "abc", false},
    {"StringNotEqualsIgnoreCase", "ab", "AB", "abc", true},
    {"StringLike", "a*c?", "abbcd", "abbc", false},
    {"StringNotLike", "a*c?", "abbcd", "abbc", true},
    {"NumericEquals", "10", "10.0", "11", false},
    {"NumericNotEquals", "10", "10.0", "11", true},
    {"NumericLessThan", "10", "9.5", "10", false},
    {"NumericLessThanEquals", "10", "10", "10.5", false},
    {"NumericGreaterThan", "10", "11", "10", false},
    {"NumericGreaterThanEquals", "10", "10", "9", false},
    {"DateEquals", "2020-01-01T00:00:01Z", "1577836801", "2020-01-01T00:00:02Z", false},
    {"DateNotEquals", "2020-01-01T00:00:01Z", "1577836801", "2020-01-01T00:00:02Z", true},
    {"DateLessThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z", false},
    {"DateLessThanEquals", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z", "2020-01-01T00:00:02Z",
     false},
    {"DateGreaterThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:02Z", "2020-01-01T00:00:01Z",
     false},
    {"DateGreaterThanEquals", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z",
     "2020-01-01T00:00:00Z", false},
    {"Bool", "true", "true", "false", false},
    {"BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5",
     false},
    {"IpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0", false},
    {"NotIpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0", true},
    {"ArnEquals", "arn:aws:sns:*:123456789012:T?", "arn:aws:sns:eu-west-1:123456789012:T1",
     "arn:aws:sns:eu-west-1:123456789012:T", false},
    {"ArnLike", "arn:aws:sns:*:123456789012:T?", "arn:aws:sns:eu-west-1:123456789012:T1",
     "arn:aws:sns:eu-west-1:123456789012:T", false},
    {"ArnNotEquals", "arn:aws:sns:*:123456789012:T?", "arn:aws:sns:eu-west-1:123456789012:T1",
     "arn:aws:sns:eu-west-1:123456789012:T", true},
    {"ArnNotLike", "arn:aws:sns:*:123456789012:T?", "arn:aws:sns:eu-west-1:123456789012:T1",
     "arn:aws:sns:eu-west-1:123456789012:T", true},
};

/* What the request has for the key. */
enum values { NO_KEY, SURELY_NO_KEY, NO_VALUES, FITS, MISSES, FITS_TWICE, BOTH, MISSES_TWICE, NEW };

/*
 * Whether it is met, for positive and negated operators. Pages: "Condition operators" (absent keys,
 * IfExists), "Set operators for multivalued context keys" (ForAllValues, ForAnyValue; the examples
 * of "Multivalued context key examples" have them negated), "Conditions with multiple context keys
 * or values" (NOR).
 */
static const struct {
    const char *prefix, *suffix;
    enum values values;
    enum truth positive, negated;
} forms[] = {
    {"", "", FITS, YES, NO},
    {"", "", MISSES, NO, YES},
    {"", "", NO_KEY, NO, YES},
    {"", "", SURELY_NO_KEY, NO, YES},
    {"", "IfExists", FITS, YES, NO},
    {"", "IfExists", MISSES, NO, YES},
    {"", "IfExists", NO_KEY, YES, YES},
    {"", "IfExists", SURELY_NO_KEY, YES, YES},
    {"ForAllValues:", "", FITS_TWICE, YES, NO},
    {"ForAllValues:", "", BOTH, NO, NO},
    {"ForAllValues:", "", MISSES_TWICE, NO, YES},
    {"ForAllValues:", "", NO_KEY, YES, YES},
    {"ForAllValues:", "", NO_VALUES, YES, YES},
    {"ForAnyValue:", "", FITS_TWICE, YES, NO},
    {"ForAnyValue:", "", BOTH, YES, YES},
    {"ForAnyValue:", "", MISSES_TWICE, NO, YES},
    {"ForAnyValue:", "", NO_KEY, NO, NO},
    {"ForAnyValue:", "", NO_VALUES, NO, NO},
    {"ForAllValues:", "IfExists", BOTH, NO, NO},
    {"ForAllValues:", "IfExists", NO_KEY, YES, YES},
    {"ForAnyValue:", "IfExists", BOTH, YES, YES},
    {"ForAnyValue:", "IfExists", MISSES, NO, YES},
    {"ForAnyValue:", "IfExists", NO_KEY, YES, YES},
    /* A value that is there and not known. */
    {"", "", NEW, MAYBE, MAYBE},
    {"", "IfExists", NEW, MAYBE, MAYBE},
    {"ForAllValues:", "", NEW, MAYBE, MAYBE},
    {"ForAnyValue:", "", NEW, MAYBE, MAYBE},
    /* A key without a value is not there ("Condition operators": null). */
    {"", "", NO_VALUES, NO, YES},
    {"", "IfExists", NO_VALUES, YES, YES},
    {"ForAnyValue:", "IfExists", NO_VALUES, YES, YES},
    /* AWS asks for a set operator with several values; without one, any may match or none. */
    {"", "", BOTH, YES, NO},
    {"", "", MISSES_TWICE, NO, YES},
};

static void write_context(char *out, size_t size, enum values values, const char *fits,
                          const char *misses)
{
    switch (values) {
    case NO_KEY:
        snprintf(out, size, "{}");
        break;
    case SURELY_NO_KEY:
        snprintf(out, size, "{\"k\": null}");
        break;
    case NO_VALUES:
        snprintf(out, size, "{\"k\": []}");
        break;
    case FITS:
        snprintf(out, size, "{\"k\": \"%s\"}", fits);
        break;
    case MISSES:
        snprintf(out, size, "{\"k\": \"%s\"}", misses);
        break;
    case FITS_TWICE:
        snprintf(out, size, "{\"k\": [\"%s\", \"%s\"]}", fits, fits);
        break;
    case BOTH:
        snprintf(out, size, "{\"k\": [\"%s\", \"%s\"]}", misses, fits);
        break;
    case MISSES_TWICE:
        snprintf(out, size, "{\"k\": [\"%s\", \"%s\"]}", misses, misses);
        break;
    case NEW:
        snprintf(out, size, "{\"k\": !unknown \"\"}");
        break;
    }
}

static void assert_forms(bool open, bool skip_absent)
{
    struct model *model = model_new();
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(operators); i++) {
        for (size_t k = 0; k < COUNT_OF(forms); k++) {
            char condition[CONDITION_TEXT_MAX];
            char context[CONDITION_TEXT_MAX];
            if (skip_absent && forms[k].values == NO_KEY) {
                continue;
            }
            snprintf(condition, sizeof condition, "{\"%s%s%s\": {\"k\": \"%s\"}}", forms[k].prefix,
                     operators[i].name, forms[k].suffix, operators[i].wanted);
            write_context(context, sizeof context, forms[k].values, operators[i].fits,
                          operators[i].misses);
            enum truth met = condition_met(model, VERSION_NOW, condition, context, open);
            enum truth expected = operators[i].negated ? forms[k].negated : forms[k].positive;
            if (met != expected) {
                print_error("%s\n  in %s\n  is %s and not %s\n", condition, context,
                            truth_words[met], truth_words[expected]);
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
    model_free(model);
}

static void operators_compare_in_every_form(void **state)
{
    (void)state;
    assert_int_equal(COUNT_OF(operators) + 1, iam_operator_count); /* and Null */
    assert_forms(false, false);
}

static void what_an_open_context_lists_is_known(void **state)
{
    (void)state;
    assert_forms(true, true);
}

static void what_an_open_context_does_not_list_is_unknown(void **state)
{
    (void)state;
    struct model *model = model_new();
    for (size_t i = 0; i < COUNT_OF(operators); i++) {
        for (size_t k = 0; k < COUNT_OF(forms); k++) {
            char condition[CONDITION_TEXT_MAX];
            snprintf(condition, sizeof condition, "{\"%s%s%s\": {\"k\": \"%s\"}}", forms[k].prefix,
                     operators[i].name, forms[k].suffix, operators[i].wanted);
            assert_int_equal(condition_met(model, VERSION_NOW, condition, "{\"l\": \"x\"}", true),
                             TRUTH_UNKNOWN);
            assert_int_equal(condition_met(model, VERSION_NOW, condition, NULL, false),
                             TRUTH_UNKNOWN);
        }
    }
    model_free(model);
}

/* ---- several of everything ---- */

/* Page: "Conditions with multiple context keys or values" (AND, AND, OR, NOR). */
static const struct condition_row combinations[] = {
    {"{}", "{}", YES},
    {"{\"StringEquals\": {}}", "{}", YES},
    {"{\"StringEquals\": {\"k\": [\"a\", \"b\"]}}", "{\"k\": \"b\"}", YES},
    {"{\"StringEquals\": {\"k\": [\"a\", \"b\"]}}", "{\"k\": \"c\"}", NO},
    {"{\"StringNotEquals\": {\"k\": [\"a\", \"b\"]}}", "{\"k\": \"b\"}", NO},
    {"{\"StringNotEquals\": {\"k\": [\"a\", \"b\"]}}", "{\"k\": \"c\"}", YES},
    {"{\"StringEquals\": {\"k\": []}}", "{\"k\": \"a\"}", NO},
    {"{\"StringNotEquals\": {\"k\": []}}", "{\"k\": \"a\"}", YES},
    {"{\"NotIpAddress\": {\"k\": [\"192.0.2.0/24\", \"203.0.113.0/24\"]}}",
     "{\"k\": \"203.0.113.7\"}", NO},
    {"{\"NotIpAddress\": {\"k\": [\"192.0.2.0/24\", \"203.0.113.0/24\"]}}", "{\"k\": \"10.0.0.1\"}",
     YES},
    {"{\"StringEquals\": {\"k\": \"a\", \"l\": \"b\"}}", "{\"k\": \"a\", \"l\": \"b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"a\", \"l\": \"b\"}}", "{\"k\": \"a\", \"l\": \"c\"}", NO},
    {"{\"StringEquals\": {\"k\": \"a\", \"l\": \"b\"}}", "{\"k\": \"a\"}", NO},
    {"{\"StringEquals\": {\"k\": \"a\"}, \"Bool\": {\"l\": \"true\"}}",
     "{\"k\": \"a\", \"l\": \"true\"}", YES},
    {"{\"StringEquals\": {\"k\": \"a\"}, \"Bool\": {\"l\": \"true\"}}",
     "{\"k\": \"a\", \"l\": \"false\"}", NO},
    /* "Multivalued context key examples": ForAllValues with Null. */
    {"{\"ForAllValues:StringLike\": {\"aws:TagKeys\": \"key1*\"}, "
     "\"Null\": {\"aws:TagKeys\": \"false\"}}",
     "{}", NO},
    {"{\"ForAllValues:StringLike\": {\"aws:TagKeys\": \"key1*\"}, "
     "\"Null\": {\"aws:TagKeys\": \"false\"}}",
     "{\"aws:TagKeys\": [\"key1:hr\", \"key1:personnel\"]}", YES},
    {"{\"ForAllValues:StringNotLike\": {\"aws:TagKeys\": \"key1*\"}}",
     "{\"aws:TagKeys\": \"key1:legal\"}", NO},
    {"{\"ForAllValues:StringNotLike\": {\"aws:TagKeys\": \"key1*\"}}",
     "{\"aws:TagKeys\": \"key2:audit\"}", YES},
    {"{\"ForAllValues:StringNotLike\": {\"aws:TagKeys\": [\"key1*\", \"key2*\"]}}",
     "{\"aws:TagKeys\": [\"key1:legal\", \"key3:x\"]}", NO},
    {"{\"ForAllValues:StringEquals\": {\"aws:TagKeys\": []}}", "{\"aws:TagKeys\": \"a\"}", NO},
    /* An empty text alone is an empty set for the set operators (their page). */
    {"{\"ForAllValues:StringEquals\": {\"k\": \"a\"}}", "{\"k\": [\"\"]}", YES},
    {"{\"ForAnyValue:StringEquals\": {\"k\": \"\"}}", "{\"k\": [\"\"]}", NO},
    {"{\"ForAnyValue:StringEquals\": {\"k\": \"\"}}", "{\"k\": [\"\", \"a\"]}", YES},
    {"{\"StringEquals\": {\"s3:prefix\": [\"\", \"home/\"]}}", "{\"s3:prefix\": \"\"}", YES},
};

static void values_are_alternatives_and_all_tests_count(void **state)
{
    (void)state;
    ASSERT_CLOSED(combinations);
}

/* Three-valued: what does not matter may be unknown. */
static const struct condition_row open_combinations[] = {
    {"{\"StringEquals\": {\"k\": \"a\", \"l\": \"b\"}}", "{\"k\": \"x\"}", NO},
    {"{\"StringEquals\": {\"k\": \"a\", \"l\": \"b\"}}", "{\"k\": \"a\"}", MAYBE},
    {"{\"StringEquals\": {\"k\": \"a\"}, \"Bool\": {\"l\": \"true\"}}", "{\"l\": \"false\"}", NO},
    {"{\"StringEquals\": {\"k\": \"a\"}, \"Bool\": {\"l\": \"true\"}}", "{\"l\": \"true\"}", MAYBE},
    /* Values of the policy that are not known. */
    {"{\"StringEquals\": {\"k\": [!unknown \"\", \"a\"]}}", "{\"k\": \"a\"}", YES},
    {"{\"StringEquals\": {\"k\": [!unknown \"\", \"a\"]}}", "{\"k\": \"b\"}", MAYBE},
    {"{\"StringNotEquals\": {\"k\": [!unknown \"\", \"a\"]}}", "{\"k\": \"a\"}", NO},
    {"{\"StringNotEquals\": {\"k\": [!unknown \"\", \"a\"]}}", "{\"k\": \"b\"}", MAYBE},
    {"{\"StringEquals\": {\"k\": !unknown \"\"}}", "{\"k\": \"a\"}", MAYBE},
    {"{\"StringEquals\": {\"k\": !unknown \"\"}}", "{\"k\": null}", NO},
    {"{\"StringEqualsIfExists\": {\"k\": !unknown \"\"}}", "{\"k\": null}", YES},
    {"{\"StringEquals\": !unknown \"\"}", "{}", MAYBE},
    {"{\"StringEquals\": !unknown \"\", \"Bool\": {\"k\": \"true\"}}", "{\"k\": \"false\"}", NO},
    {"!unknown \"\"", "{}", MAYBE},
    {"{\"ForAllValues:StringEquals\": {\"k\": [\"a\", !unknown \"\"]}}", "{\"k\": [\"a\", \"b\"]}",
     MAYBE},
    {"{\"ForAnyValue:StringEquals\": {\"k\": [\"a\", !unknown \"\"]}}", "{\"k\": [\"a\", \"b\"]}",
     YES},
};

static void the_unknown_counts_only_where_it_decides(void **state)
{
    (void)state;
    ASSERT_OPEN(open_combinations);
}

/* Page: "Condition operators", "Condition operator to check existence of condition keys". */
static const struct condition_row null_rows[] = {
    {"{\"Null\": {\"aws:TokenIssueTime\": \"true\"}}", "{}", YES},
    {"{\"Null\": {\"aws:TokenIssueTime\": \"true\"}}", "{\"aws:TokenIssueTime\": \"1\"}", NO},
    {"{\"Null\": {\"aws:TokenIssueTime\": \"false\"}}", "{}", NO},
    {"{\"Null\": {\"aws:TokenIssueTime\": \"false\"}}", "{\"aws:TokenIssueTime\": \"1\"}", YES},
    {"{\"Null\": {\"k\": true}}", "{}", YES},
    {"{\"Null\": {\"k\": false}}", "{}", NO},
    {"{\"Null\": {\"k\": \"True\"}}", "{}", YES},
    {"{\"Null\": {\"k\": [\"true\", \"false\"]}}", "{}", YES},
    {"{\"Null\": {\"k\": [\"true\", \"false\"]}}", "{\"k\": \"1\"}", YES},
    {"{\"Null\": {\"k\": \"maybe\"}}", "{}", NO},
    {"{\"Null\": {\"k\": []}}", "{}", NO},
    {"{\"Null\": {\"k\": !unknown \"\"}}", "{}", MAYBE},
    /* A key that is there with a value that is not known is there. */
    {"{\"Null\": {\"k\": \"true\"}}", "{\"k\": !unknown \"\"}", NO},
    {"{\"Null\": {\"k\": \"false\"}}", "{\"k\": !unknown \"\"}", YES},
    /* "the key exists and its value is not null": no value is null. */
    {"{\"Null\": {\"k\": \"true\"}}", "{\"k\": []}", YES},
    {"{\"Null\": {\"k\": \"false\"}}", "{\"k\": []}", NO},
    /* Quantified it says nothing (Access Analyzer policy check reference). */
    {"{\"ForAllValues:Null\": {\"k\": \"true\"}}", "{\"k\": \"1\"}", YES},
    {"{\"ForAnyValue:Null\": {\"k\": \"true\"}}", "{}", NO},
};

static const struct condition_row open_null_rows[] = {
    {"{\"Null\": {\"k\": \"true\"}}", "{}", MAYBE},
    {"{\"Null\": {\"k\": \"true\"}}", "{\"k\": null}", YES},
    {"{\"Null\": {\"k\": \"false\"}}", "{\"k\": null}", NO},
    {"{\"Null\": {\"k\": \"false\"}}", "{\"k\": \"1\"}", YES},
    {"{\"Null\": {\"k\": \"maybe\"}}", "{}", NO},
};

static void null_asks_whether_a_key_is_there(void **state)
{
    (void)state;
    ASSERT_CLOSED(null_rows);
    ASSERT_OPEN(open_null_rows);
}

/* Page: "IAM JSON policy elements: Condition" (key names are not case-sensitive). */
static const struct condition_row key_rows[] = {
    {"{\"StringEquals\": {\"AWS:Username\": \"a\"}}", "{\"aws:username\": \"a\"}", YES},
    {"{\"StringEquals\": {\"aws:PrincipalTag/Team\": \"a\"}}", "{\"aws:principaltag/team\": \"a\"}",
     YES},
    {"{\"StringEquals\": {\"aws:username\": \"A\"}}", "{\"AWS:USERNAME\": \"a\"}", NO},
    {"{\"StringEquals\": {\"aws:user\": \"a\"}}", "{\"aws:username\": \"a\"}", NO},
};

static void key_names_count_in_any_case(void **state)
{
    (void)state;
    ASSERT_CLOSED(key_rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_compare_in_every_form),
        cmocka_unit_test(what_an_open_context_lists_is_known),
        cmocka_unit_test(what_an_open_context_does_not_list_is_unknown),
        cmocka_unit_test(values_are_alternatives_and_all_tests_count),
        cmocka_unit_test(the_unknown_counts_only_where_it_decides),
        cmocka_unit_test(null_asks_whether_a_key_is_there),
        cmocka_unit_test(key_names_count_in_any_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
