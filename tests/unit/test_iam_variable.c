/* SPDX-License-Identifier: MIT */
/*
 * Policy variables in conditions. Page of all tables: IAM User Guide, "IAM policy elements:
 * Variables and tags", by its sections.
 */
#include "iam_condition_rows.h"

/* "Using variables in policies", "Tags as policy variables" */
static const struct condition_row values[] = {
    {"{\"StringEquals\": {\"k\": \"${aws:username}\"}}",
     "{\"k\": \"bob\", \"aws:username\": \"bob\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${aws:username}\"}}",
     "{\"k\": \"bob\", \"aws:username\": \"ann\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${AWS:UserName}\"}}",
     "{\"k\": \"bob\", \"aws:username\": \"bob\"}", YES},
    {"{\"StringLike\": {\"s3:prefix\": [\"\", \"home/\", \"home/${aws:username}/*\"]}}",
     "{\"s3:prefix\": \"home/bob/x\", \"aws:username\": \"bob\"}", YES},
    {"{\"StringLike\": {\"s3:prefix\": \"home/${aws:username}/*\"}}",
     "{\"s3:prefix\": \"home/ann/x\", \"aws:username\": \"bob\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${a}-${b}${a}\"}}",
     "{\"k\": \"1-21\", \"a\": \"1\", \"b\": \"2\"}", YES},
    {"{\"StringEquals\": {\"ec2:ResourceTag/team\": \"${aws:PrincipalTag/team}\"}}",
     "{\"ec2:ResourceTag/team\": \"x y\", \"aws:PrincipalTag/team\": \"x y\"}", YES},
    {"{\"StringEqualsIgnoreCase\": {\"k\": \"${a}\"}}", "{\"k\": \"BOB\", \"a\": \"bob\"}", YES},
    {"{\"StringNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"bob\", \"a\": \"bob\"}", NO},
    {"{\"StringNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"bob\", \"a\": \"ann\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:aws:iam::${aws:PrincipalAccount}:role/*\"}}",
     "{\"k\": \"arn:aws:iam::111122223333:role/a\", \"aws:PrincipalAccount\": \"111122223333\"}",
     YES},
    {"{\"ArnEquals\": {\"k\": \"arn:aws:iam::${aws:PrincipalAccount}:role/*\"}}",
     "{\"k\": \"arn:aws:iam::111122223333:role/a\", \"aws:PrincipalAccount\": \"444455556666\"}",
     NO},
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"\", \"a\": \"\"}", YES},
    /* A value is text, not a variable again. */
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"${b}\", \"a\": \"${b}\", \"b\": \"c\"}",
     YES},
};

/* "Policy variables with no value": nothing is equal to it or like it. */
static const struct condition_row no_value[] = {
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"\"}", NO},
    {"{\"StringLike\": {\"k\": \"${a}*\"}}", "{\"k\": \"b\"}", NO},
    {"{\"ArnLike\": {\"k\": \"arn:aws:s3:::${a}\"}}", "{\"k\": \"arn:aws:s3:::\"}", NO},
    {"{\"StringNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\"}", YES},
    {"{\"StringNotLike\": {\"k\": \"${a}*\"}}", "{\"k\": \"b\"}", YES},
    {"{\"ArnNotLike\": {\"k\": \"arn:aws:s3:::${a}\"}}", "{\"k\": \"arn:aws:s3:::b\"}", YES},
    {"{\"StringEquals\": {\"k\": [\"${a}\", \"b\"]}}", "{\"k\": \"b\"}", YES},
    {"{\"StringNotEquals\": {\"k\": [\"${a}\", \"b\"]}}", "{\"k\": \"b\"}", NO},
    {"{\"ForAllValues:StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": [\"b\"]}", NO},
    {"{\"ForAllValues:StringEquals\": {\"k\": \"${a}\"}}", "{}", YES},
    {"{\"StringEqualsIfExists\": {\"k\": \"${a}\"}}", "{\"k\": \"b\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": null}", NO},
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"\", \"a\": []}", NO},
    /* "Single-valued vs. multivalued context keys": those with several cannot be variables. */
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": [\"b\", \"c\"]}", NO},
    {"{\"StringNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": [\"b\", \"c\"]}", YES},
    /* No key has such a name. */
    {"{\"StringEquals\": {\"k\": \"${}\"}}", "{\"k\": \"${}\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${ a }\"}}", "{\"k\": \"b\", \"a\": \"b\"}", NO},
    /* A value that is there and not known. */
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": !unknown \"\"}", MAYBE},
    {"{\"StringNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": !unknown \"\"}", MAYBE},
    {"{\"StringEquals\": {\"k\": \"${a}${b}\"}}", "{\"k\": \"b\", \"a\": !unknown \"\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${b}${a}\"}}", "{\"k\": \"b\", \"a\": !unknown \"\"}", NO},
};

/* "Specifying default values" */
static const struct condition_row defaults[] = {
    {"{\"StringEquals\": {\"k\": \"${aws:PrincipalTag/team, 'none'}\"}}", "{\"k\": \"none\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${aws:PrincipalTag/team, 'none'}\"}}",
     "{\"k\": \"none\", \"aws:PrincipalTag/team\": \"x\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${aws:PrincipalTag/team, 'none'}\"}}",
     "{\"k\": \"x\", \"aws:PrincipalTag/team\": \"x\"}", YES},
    {"{\"StringEquals\": {\"k\": \"a/${aws:userid, 'anonymous'}/b\"}}",
     "{\"k\": \"a/anonymous/b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${a, ''}\"}}", "{\"k\": \"\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${a, 'x, y'}\"}}", "{\"k\": \"x, y\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${a, 'None'}\"}}", "{\"k\": \"none\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${a, 'none'}\"}}", "{\"k\": \"none\", \"a\": !unknown \"\"}",
     MAYBE},
    /* No default by its form, and no key by its name. */
    {"{\"StringEquals\": {\"k\": \"${a, none}\"}}", "{\"k\": \"none\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${a, 'none}\"}}", "{\"k\": \"none\"}", NO},
};

/* "Special characters" */
static const struct condition_row specials[] = {
    {"{\"StringLike\": {\"k\": \"a${*}\"}}", "{\"k\": \"a*\"}", YES},
    {"{\"StringLike\": {\"k\": \"a${*}\"}}", "{\"k\": \"ab\"}", NO},
    {"{\"StringLike\": {\"k\": \"*${*}\"}}", "{\"k\": \"ab*\"}", YES},
    {"{\"StringLike\": {\"k\": \"*${*}*\"}}", "{\"k\": \"ab\"}", NO},
    {"{\"StringLike\": {\"k\": \"?${?}\"}}", "{\"k\": \"??\"}", YES},
    {"{\"StringLike\": {\"k\": \"?${?}\"}}", "{\"k\": \"?a\"}", NO},
    {"{\"StringNotLike\": {\"k\": \"a${*}\"}}", "{\"k\": \"ab\"}", YES},
    {"{\"StringLike\": {\"k\": \"${$}{a}\"}}", "{\"k\": \"${a}\", \"a\": \"b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${$}5\"}}", "{\"k\": \"$5\"}", YES},
    {"{\"StringEquals\": {\"k\": \"a${*}\"}}", "{\"k\": \"a*\"}", YES},
    {"{\"StringEquals\": {\"k\": \"a${?}\"}}", "{\"k\": \"ab\"}", NO},
    {"{\"StringEquals\": {\"k\": \"*${*}\"}}", "{\"k\": \"**\"}", YES},
    {"{\"StringEquals\": {\"k\": \"?${*}\"}}", "{\"k\": \"?*\"}", YES},
    {"{\"StringNotEquals\": {\"k\": \"*${*}\"}}", "{\"k\": \"**\"}", NO},
    {"{\"StringEqualsIgnoreCase\": {\"k\": \"*A${?}\"}}", "{\"k\": \"*a?\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:aws:s3:::b/${*}\"}}", "{\"k\": \"arn:aws:s3:::b/*\"}", YES},
    {"{\"ArnLike\": {\"k\": \"arn:aws:s3:::b/${*}\"}}", "{\"k\": \"arn:aws:s3:::b/c\"}", NO},
};

/*
 * Wildcards in the value of a key: wildcards where the operator takes them (Access Analyzer policy
 * check reference, "Variable usage too permissive"), else themselves.
 */
static const struct condition_row wild_values[] = {
    {"{\"StringLike\": {\"k\": \"home/${a}\"}}", "{\"k\": \"home/bob\", \"a\": \"*\"}", YES},
    {"{\"StringLike\": {\"k\": \"home/${a}\"}}", "{\"k\": \"home/bob\", \"a\": \"b?b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"home/${a}\"}}", "{\"k\": \"home/bob\", \"a\": \"*\"}", NO},
    {"{\"StringEquals\": {\"k\": \"home/${a}\"}}", "{\"k\": \"home/*\", \"a\": \"*\"}", YES},
    {"{\"StringEquals\": {\"k\": \"*/${a}\"}}", "{\"k\": \"*/*\", \"a\": \"*\"}", YES},
    {"{\"StringLike\": {\"k\": \"${*}${a}\"}}", "{\"k\": \"*bob\", \"a\": \"*\"}", YES},
    {"{\"StringLike\": {\"k\": \"${*}${a}\"}}", "{\"k\": \"bob\", \"a\": \"*\"}", NO},
};

/* "Where you can use policy variables": String and ARN operators. Elsewhere it is text. */
static const struct condition_row other_operators[] = {
    {"{\"NumericEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"1\", \"a\": \"1\"}", NO},
    {"{\"NumericNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"1\", \"a\": \"1\"}", YES},
    {"{\"DateEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"2020-01-01\", \"a\": \"2020-01-01\"}", NO},
    {"{\"Bool\": {\"k\": \"${a}\"}}", "{\"k\": \"true\", \"a\": \"true\"}", NO},
    {"{\"IpAddress\": {\"k\": \"${a}\"}}", "{\"k\": \"10.0.0.1\", \"a\": \"10.0.0.1\"}", NO},
    {"{\"BinaryEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"QUI=\", \"a\": \"QUI=\"}", NO},
    {"{\"Null\": {\"k\": \"${a}\"}}", "{\"a\": \"true\"}", NO},
};

/* What is no variable by its form is text. */
static const struct condition_row no_variables[] = {
    {"{\"StringEquals\": {\"k\": \"${aws:username\"}}", "{\"k\": \"${aws:username\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${\"}}", "{\"k\": \"${\"}", YES},
    {"{\"StringEquals\": {\"k\": \"${a}${b\"}}", "{\"k\": \"1${b\", \"a\": \"1\"}", YES},
    {"{\"StringLike\": {\"k\": \"${a*\"}}", "{\"k\": \"${a-b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"$a\"}}", "{\"k\": \"$a\", \"a\": \"b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"$${a}\"}}", "{\"k\": \"$b\", \"a\": \"b\"}", YES},
    {"{\"StringEquals\": {\"k\": \"{a}\"}}", "{\"k\": \"{a}\", \"a\": \"b\"}", YES},
};

static const struct condition_row open_rows[] = {
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\"}", MAYBE},
    {"{\"StringEquals\": {\"k\": [\"${a}\", \"b\"]}}", "{\"k\": \"b\"}", YES},
    {"{\"StringNotEquals\": {\"k\": [\"${a}\", \"b\"]}}", "{\"k\": \"b\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${a, 'b'}\"}}", "{\"k\": \"b\"}", MAYBE},
    {"{\"StringEquals\": {\"k\": \"${a, 'b'}\"}}", "{\"k\": \"b\", \"a\": null}", YES},
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": null}", NO},
    {"{\"StringEquals\": {\"k\": \"${*}\"}}", "{\"k\": \"*\"}", YES},
};

/* "…elements: Version": before 2012-10-17 a variable is text. */
static const struct condition_row old_rows[] = {
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"b\", \"a\": \"b\"}", NO},
    {"{\"StringEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"${a}\", \"a\": \"b\"}", YES},
    {"{\"StringNotEquals\": {\"k\": \"${a}\"}}", "{\"k\": \"${a}\"}", NO},
    {"{\"StringLike\": {\"k\": \"${*}\"}}", "{\"k\": \"${bcd}\"}", YES},
};

static void variables_take_the_values_of_keys(void **state)
{
    (void)state;
    ASSERT_CLOSED(values);
}

static void nothing_is_like_a_variable_without_value(void **state)
{
    (void)state;
    ASSERT_CLOSED(no_value);
}

static void defaults_stand_in_for_absent_keys(void **state)
{
    (void)state;
    ASSERT_CLOSED(defaults);
}

static void special_characters_can_be_meant_literally(void **state)
{
    (void)state;
    ASSERT_CLOSED(specials);
}

static void wildcards_in_values_count_where_the_operator_takes_them(void **state)
{
    (void)state;
    ASSERT_CLOSED(wild_values);
}

static void other_operators_take_no_variables(void **state)
{
    (void)state;
    ASSERT_CLOSED(other_operators);
}

static void what_has_not_the_form_of_a_variable_is_text(void **state)
{
    (void)state;
    ASSERT_CLOSED(no_variables);
}

static void open_contexts_leave_variables_unknown(void **state)
{
    (void)state;
    ASSERT_OPEN(open_rows);
}

static void old_policies_have_no_variables(void **state)
{
    (void)state;
    assert_conditions(VERSION_OLD, false, old_rows, COUNT_OF(old_rows));
}

/* 64 KiB is where values are no longer put in. */
static void a_text_that_grows_too_long_is_unknown(void **state)
{
    enum { VALUE_BYTES = 1 << 15 };
    (void)state;
    struct arena arena = {0};
    char *bytes = arena_alloc(&arena, VALUE_BYTES);
    memset(bytes, 'x', VALUE_BYTES);
    struct str value = {bytes, VALUE_BYTES};
    struct iam_key key = {.name = STR("a"), .values = &value, .count = 1};
    struct iam_context context = {.keys = &key, .count = 1};
    struct iam_expansion twice = iam_expand(&arena, &context, STR("${a}${a}"), true);
    assert_int_equal(twice.presence, KEY_PRESENT);
    assert_int_equal(twice.text.len, 2 * VALUE_BYTES);
    struct iam_expansion beyond = iam_expand(&arena, &context, STR("${a}${a}x"), true);
    assert_int_equal(beyond.presence, KEY_UNKNOWN);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_take_the_values_of_keys),
        cmocka_unit_test(nothing_is_like_a_variable_without_value),
        cmocka_unit_test(defaults_stand_in_for_absent_keys),
        cmocka_unit_test(special_characters_can_be_meant_literally),
        cmocka_unit_test(wildcards_in_values_count_where_the_operator_takes_them),
        cmocka_unit_test(other_operators_take_no_variables),
        cmocka_unit_test(what_has_not_the_form_of_a_variable_is_text),
        cmocka_unit_test(open_contexts_leave_variables_unknown),
        cmocka_unit_test(old_policies_have_no_variables),
        cmocka_unit_test(a_text_that_grows_too_long_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
