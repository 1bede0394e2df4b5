/* SPDX-License-Identifier: MIT */
#include "aws/arn.h"
#include "support.h"

static const struct {
    const char *text;
    const char *fields[8]; /* in the order of `names`; NULL: no ARN */
} splits[] = {
    {"arn:aws:iam::123456789012:role/eks",
     {"aws", "iam", "", "123456789012", "role/eks", "role", "/", "eks"}},
    {"arn:aws-cn:iam::123456789012:role/a/b/c",
     {"aws-cn", "iam", "", "123456789012", "role/a/b/c", "role", "/a/b/", "c"}},
    {"arn:aws:iam::123456789012:root", {"aws", "iam", "", "123456789012", "root", "root", "", ""}},
    {"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/eks:*",
     {"aws", "logs", "eu-west-1", "123456789012", "log-group:/aws/eks:*", "log-group:", "/aws/",
      "eks:*"}},
    {"arn:aws:s3:::bucket", {"aws", "s3", "", "", "bucket", "bucket", "", ""}},
    {"arn:::::", {"", "", "", "", "", "", "", ""}},
    {"arn:aws:iam::123456789012:role/",
     {"aws", "iam", "", "123456789012", "role/", "role", "/", ""}},
    {"arn:aws:iam::123456789012:/", {"aws", "iam", "", "123456789012", "/", "", "/", ""}},
    {"", {NULL}},
    {"arn", {NULL}},
    {"arn:", {NULL}},
    {"arn:aws:iam::123456789012", {NULL}},
    {"ARN:aws:iam::123456789012:role/x", {NULL}},
    {" arn:aws:iam::123456789012:role/x", {NULL}},
    {"xarn:aws:iam::123456789012:role/x", {NULL}},
};

static void an_arn_is_split_at_its_first_five_colons(void **state)
{
    static const char *const names[] = {"partition", "service",       "region", "account",
                                        "resource",  "resource-type", "path",   "name"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(splits); i++) {
        struct arn arn;
        bool parsed = arn_parse(str_from_c(splits[i].text), &arn);
        assert_int_equal(parsed, splits[i].fields[0] != NULL);
        for (size_t n = 0; parsed && n < COUNT_OF(names); n++) {
            struct str field = STR("untouched");
            assert_true(arn_field(&arn, str_from_c(names[n]), &field));
            assert_str_equal(field, str_from_c(splits[i].fields[n]));
        }
    }
}

static void a_field_of_another_name_does_not_exist(void **state)
{
    static const char *const names[] = {"", "Account", "accounts", "arn", "type"};
    (void)state;
    struct arn arn;
    assert_true(arn_parse(STR("arn:aws:iam::123456789012:role/eks"), &arn));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str field = STR("untouched");
        assert_false(arn_field(&arn, str_from_c(names[i]), &field));
        assert_str_equal(field, STR("untouched"));
    }
}

#define SIXTY_FOUR "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

/* `part` is what is wrong, and where: the text between the marks. */
static const struct {
    const char *text;
    const char *fault;
    const char *part;
} faults[] = {
    {"arn:aws:iam::123456789012:role/eks", "ok", NULL},
    {"arn:aws:iam::123456789012:role/a/b/eks_+=,.@-1", "ok", NULL},
    {"arn:aws-us-gov:iam::123456789012:role/eks", "ok", NULL},
    {"arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
     "ok", NULL},
    {"arn:aws:iam::123456789012:role/" SIXTY_FOUR, "ok", NULL},
    {"arn:aws:iam::123456789012:role/" SIXTY_FOUR "e", "name", SIXTY_FOUR "e"},
    {"", "not-arn", ""},
    {"eks", "not-arn", "eks"},
    {"arn:aws:iam::123456789012", "not-arn", "arn:aws:iam::123456789012"},
    {"arn:aws:iam::123456789012:role/eks ", "blank", " "},
    {"\tarn:aws:iam::123456789012:role/eks", "blank", "\t"},
    {"arn:aws:iam::123456789012:role/e ks", "blank", " "},
    {"'arn:aws:iam::123456789012:role/eks'", "quote", "'"},
    {"arn:aws:iam::123456789012:role/eks,", "quote", ","},
    {"<arn:aws:iam::123456789012:role/eks", "quote", "<"},
    {"arn::iam::123456789012:role/eks", "partition", ""},
    {"arn:aws:eks::123456789012:role/eks", "service", "eks"},
    {"arn:aws:IAM::123456789012:role/eks", "service", "IAM"},
    {"arn:aws:sts::123456789012:assumed-role/eks/x", "service", "sts"},
    {"arn:aws:iam:us-east-1:123456789012:role/eks", "region", "us-east-1"},
    {"arn:aws:iam::12345678901:role/eks", "account", "12345678901"},
    {"arn:aws:iam::1234567890123:role/eks", "account", "1234567890123"},
    {"arn:aws:iam::12345678901x:role/eks", "account", "12345678901x"},
    {"arn:aws:iam:::role/eks", "account", ""},
    {"arn:aws:iam::123456789012:user/eks", "type", "user"},
    {"arn:aws:iam::123456789012:Role/eks", "type", "Role"},
    {"arn:aws:iam::123456789012:roleeks", "type", "roleeks"},
    {"arn:aws:iam::123456789012:role:eks", "type", "role:eks"},
    {"arn:aws:iam::123456789012:role", "type", "role"},
    {"arn:aws:iam::123456789012:/role/eks", "type", "/role/eks"},
    {"arn:aws:iam::123456789012:", "type", ""},
    {"arn:aws:iam::123456789012:role/", "name", ""},
    {"arn:aws:iam::123456789012:role/a//eks", "path", "/a//"},
    {"arn:aws:iam::123456789012:role/\xC3\xA9/eks", "path", "/\xC3\xA9/"},
    {"arn:aws:iam::123456789012:role/eks*", "name", "*"},
    {"arn:aws:iam::123456789012:role/e!ks", "name", "!ks"},
    {"arn:aws:iam::123456789012:role/\xE3\x83\xAD", "name", "\xE3\x83\xAD"},
};

static void the_first_fault_of_a_role_arn_is_named_with_its_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        struct str text = str_from_c(faults[i].text);
        size_t lo = 0;
        size_t hi = 0;
        enum role_arn_fault fault = role_arn_check(text, &lo, &hi);
        assert_str_equal(role_arn_fault_name(fault), str_from_c(faults[i].fault));
        if (faults[i].part) {
            assert_true(lo <= hi && hi <= text.len);
            assert_str_equal(str_slice(text, lo, hi), str_from_c(faults[i].part));
        }
    }
}

static void a_path_may_have_512_bytes(void **state)
{
    (void)state;
    char text[700] = "arn:aws:iam::123456789012:role/";
    size_t start = strlen(text);
    memset(text + start, 'p', 600);
    size_t lo;
    size_t hi;
    text[start + 510] = '/';
    text[start + 511] = 'x';
    assert_int_equal(role_arn_check((struct str){text, start + 512}, &lo, &hi), ROLE_ARN_OK);
    text[start + 510] = 'p';
    text[start + 511] = '/';
    text[start + 512] = 'x';
    assert_int_equal(role_arn_check((struct str){text, start + 513}, &lo, &hi), ROLE_ARN_PATH);
}

static void each_fault_has_a_word_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE_ARN_FAULT_COUNT; i++) {
        struct str name = role_arn_fault_name((enum role_arn_fault)i);
        assert_true(name.len > 0);
        for (int other = 0; other < i; other++) {
            assert_false(str_eq(name, role_arn_fault_name((enum role_arn_fault)other)));
        }
    }
}

static void an_account_id_is_twelve_digits(void **state)
{
    static const struct {
        struct str text;
        bool valid;
    } rows[] = {
        {STR_INIT("123456789012"), true},
        {STR_INIT("000000000000"), true},
        {STR_INIT(""), false},
        {STR_INIT("12345678901"), false},
        {STR_INIT("1234567890123"), false},
        {STR_INIT("1234-5678-90"), false},
        {STR_INIT(" 23456789012"), false},
        {STR_INIT("12345678901\0"), false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(account_id_is_valid(rows[i].text), rows[i].valid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arn_is_split_at_its_first_five_colons),
        cmocka_unit_test(a_field_of_another_name_does_not_exist),
        cmocka_unit_test(the_first_fault_of_a_role_arn_is_named_with_its_bytes),
        cmocka_unit_test(a_path_may_have_512_bytes),
        cmocka_unit_test(each_fault_has_a_word_of_its_own),
        cmocka_unit_test(an_account_id_is_twelve_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
