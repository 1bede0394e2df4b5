/* SPDX-License-Identifier: MIT */
/*
 * Condition tests. A value of the policy that is malformed for its operator (a date that is none)
 * equals nothing. Policy variables stand only where String and ARN operators compare
 * ("IAM policy elements: Variables and tags").
 */
#include "iam/match.h"

#include "aws/cidr.h"
#include "aws/moment.h"
#include "aws/resource.h"
#include "aws/wildcard.h"
#include "base/base64.h"
#include "base/decimal.h"

static bool order_fits(enum iam_comparison comparison, int order)
{
    switch (comparison) {
    case COMPARE_EQUAL:
    case COMPARE_EQUAL_NOCASE:
    case COMPARE_LIKE:
    case COMPARISON_COUNT:
        break;
    case COMPARE_LESS:
        return order < 0;
    case COMPARE_LESS_EQUAL:
        return order <= 0;
    case COMPARE_GREATER:
        return order > 0;
    case COMPARE_GREATER_EQUAL:
        return order >= 0;
    }
    return order == 0;
}

static bool dates_fit(enum iam_comparison comparison, struct str asked, struct str wanted)
{
    struct moment a;
    struct moment b;
    return moment_parse(asked, &a) && moment_parse(wanted, &b) &&
           order_fits(comparison, moment_compare(&a, &b));
}

static bool numbers_fit(enum iam_comparison comparison, struct str asked, struct str wanted)
{
    int order;
    return decimal_compare(asked, wanted, &order) && order_fits(comparison, order);
}

static bool addresses_fit(struct str asked, struct str wanted)
{
    struct ip_range address;
    struct ip_range range;
    return ip_range_parse(asked, &address) && ip_range_parse(wanted, &range) &&
           ip_range_contains(&range, &address);
}

/* Letter case does not count; a text that is neither value equals nothing. */
static bool booleans_fit(struct str asked, struct str wanted)
{
    bool boolean = str_eq_nocase(wanted, STR("true")) || str_eq_nocase(wanted, STR("false"));
    return boolean && str_eq_nocase(asked, wanted);
}

static bool bytes_fit(struct arena *arena, struct str asked, struct str wanted)
{
    struct str a;
    struct str b;
    return base64_decode(arena, asked, &a) && base64_decode(arena, wanted, &b) && str_eq(a, b);
}

static enum truth strings_fit(enum iam_comparison comparison, struct str asked, struct str wanted,
                              uint64_t *budget)
{
    if (comparison == COMPARE_LIKE) {
        return wildcard_match_within(wanted, asked, false, budget);
    }
    return truth_of(comparison == COMPARE_EQUAL_NOCASE ? str_eq_nocase(asked, wanted)
                                                       : str_eq(asked, wanted));
}

/* A value of the request against one of the policy, variables put in. */
static enum truth texts_fit(const struct iam_operator *compare, struct str asked, struct str wanted,
                            const struct iam_request *request)
{
    switch (compare->family) {
    case FAMILY_STRING:
        return strings_fit(compare->comparison, asked, wanted, request->budget);
    case FAMILY_ARN:
        return arn_like_within(wanted, asked, request->budget);
    case FAMILY_NUMERIC:
        return truth_of(numbers_fit(compare->comparison, asked, wanted));
    case FAMILY_DATE:
        return truth_of(dates_fit(compare->comparison, asked, wanted));
    case FAMILY_BOOL:
        return truth_of(booleans_fit(asked, wanted));
    case FAMILY_BINARY:
        return truth_of(bytes_fit(request->arena, asked, wanted));
    case FAMILY_IP:
        return truth_of(addresses_fit(asked, wanted));
    case FAMILY_NULL:
    case FAMILY_COUNT:
        break;
    }
    return TRUTH_UNKNOWN;
}

/* Values with wildcards inside are wildcards where the operator takes them. */
static enum truth variable_fits(const struct iam_operator *compare, struct str asked,
                                struct str wanted, const struct iam_request *request)
{
    bool takes_wildcards = compare->comparison == COMPARE_LIKE;
    struct iam_expansion expansion = iam_request_expand(request, wanted, !takes_wildcards);
    switch (expansion.presence) {
    case KEY_ABSENT:
        return TRUTH_FALSE;
    case KEY_UNKNOWN:
        return TRUTH_UNKNOWN;
    case KEY_PRESENT:
        break;
    }
    struct str text = expansion.text;
    if (expansion.literals && (!iam_request_literals(request, &asked) ||
                               (!takes_wildcards && !iam_request_literals(request, &text)))) {
        return TRUTH_UNKNOWN;
    }
    return texts_fit(compare, asked, text, request);
}

static enum truth value_fits(const struct iam_test *test, struct str asked,
                             const struct iam_text *wanted, const struct iam_request *request)
{
    const struct iam_operator *compare = test->compare;
    bool takes_variables = compare->family == FAMILY_STRING || compare->family == FAMILY_ARN;
    if (wanted->unknown || *request->budget == 0) {
        return TRUTH_UNKNOWN;
    }
    --*request->budget;
    if (wanted->variable && takes_variables) {
        return variable_fits(compare, asked, wanted->text, request);
    }
    return texts_fit(compare, asked, wanted->text, request);
}

/* Does a value of the request fit one of the policy's? */
static enum truth fits_any(const struct iam_test *test, struct str asked,
                           const struct iam_request *request)
{
    enum truth any = test->values.unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; i < test->values.count && any != TRUTH_TRUE; i++) {
        any = truth_or(any, value_fits(test, asked, &test->values.items[i], request));
    }
    return any;
}

/* One value of the request: it fits, or, for a negated operator, it fits none. */
static enum truth value_meets(const struct iam_test *test, struct str asked,
                              const struct iam_request *request)
{
    enum truth fits = fits_any(test, asked, request);
    return test->compare->negated ? truth_not(fits) : fits;
}

/* A key with an empty value alone counts as empty for the set operators. */
static bool is_empty_set(const struct iam_key *key)
{
    return key->count == 1 && key->values[0].len == 0;
}

static enum truth present_meets(const struct iam_test *test, const struct iam_key *key,
                                const struct iam_request *request)
{
    bool all = test->quantifier == QUANTIFIER_ALL ||
               (test->quantifier == QUANTIFIER_NONE && test->compare->negated);
    if (test->quantifier != QUANTIFIER_NONE && is_empty_set(key)) {
        return truth_of(all);
    }
    enum truth met = truth_of(all);
    for (uint32_t i = 0; i < key->count; i++) {
        enum truth one = value_meets(test, key->values[i], request);
        met = all ? truth_and(met, one) : truth_or(met, one);
    }
    return met;
}

static enum truth absent_meets(const struct iam_test *test)
{
    if (test->if_exists || test->quantifier == QUANTIFIER_ALL) {
        return TRUTH_TRUE;
    }
    return truth_of(test->quantifier == QUANTIFIER_NONE && test->compare->negated);
}

/* "true": the key is absent, "false": it is there. */
static enum truth null_met(const struct iam_test *test, enum iam_presence presence)
{
    if (test->quantifier != QUANTIFIER_NONE) {
        return truth_of(test->quantifier == QUANTIFIER_ALL);
    }
    enum truth absent = presence == KEY_UNKNOWN ? TRUTH_UNKNOWN : truth_of(presence == KEY_ABSENT);
    enum truth met = test->values.unknown ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; i < test->values.count; i++) {
        const struct iam_text *value = &test->values.items[i];
        enum truth one = TRUTH_FALSE;
        if (value->unknown) {
            one = TRUTH_UNKNOWN;
        } else if (str_eq_nocase(value->text, STR("true"))) {
            one = absent;
        } else if (str_eq_nocase(value->text, STR("false"))) {
            one = truth_not(absent);
        }
        met = truth_or(met, one);
    }
    return met;
}

/*
 * A key without values is null, that is absent: "the key exists and its value is not null"
 * ("Condition operator to check existence of condition keys"). One with an empty text is there.
 */
enum truth iam_test_met(const struct iam_test *test, const struct iam_request *request)
{
    const struct iam_key *key = NULL;
    enum iam_presence presence = iam_request_find(request, test->name, &key);
    if (presence == KEY_PRESENT && key->count == 0) {
        presence = KEY_ABSENT;
    }
    if (test->compare->family == FAMILY_NULL) {
        /* A key that is there with an unknown value is there. */
        return null_met(test, key && key->unknown ? KEY_PRESENT : presence);
    }
    switch (presence) {
    case KEY_ABSENT:
        return absent_meets(test);
    case KEY_PRESENT:
        return present_meets(test, key, request);
    case KEY_UNKNOWN:
        break;
    }
    return TRUTH_UNKNOWN;
}
