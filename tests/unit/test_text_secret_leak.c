/* SPDX-License-Identifier: MIT */
/* What is certainly a secret, by sort; and what looks like one and is none. */
#include "support.h"

#include "text/secret_leak.h"

#define KEY "h8Zk2LmQ9xTtR4vBn6YpWc1DsFgJe3Ua5HiKoXuM"
#define ID "AKIAQ3EGRZX7TESTKEY2"
#define CHUNK "9kQ7rT3uV5wXyZ2aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456"
#define BODY "MIIEowIBAAKCAQEAz3kQ7rT9uV5wXyZ2aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"
#define ENCODED "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVBejNrUTdyVDl1"
#define GITLAB "glpat-x9Kq2ZrT7vLm4NwBs8Yd"

static void each_sort_is_found_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        enum secret_sort sort;
        const char *name, *text;
        uint32_t lo, hi; /* 0, 0: none */
        bool beside;
    } rows[] = {
        {SECRET_AWS_KEY, "aws_secret_access_key", KEY, 0, 40, false},
        {SECRET_AWS_KEY, "secretKey", KEY, 0, 40, false},
        {SECRET_AWS_KEY, "x", KEY, 0, 40, true},
        {SECRET_AWS_KEY, "x", KEY, 0, 0, false},
        {SECRET_AWS_KEY, "x", "AWS_SECRET_ACCESS_KEY=" KEY, 22, 62, false},
        {SECRET_AWS_KEY, "x", "{\\\"SecretAccessKey\\\": \\\"" KEY "\\\"}", 24, 64, false},
        {SECRET_AWS_KEY, "x", ID ":" KEY, 21, 61, false},
        {SECRET_AWS_KEY, "x", "digest=" KEY, 0, 0, false},
        {SECRET_AWS_KEY, "secret_key", "a " KEY, 0, 0, false}, /* a text about something */
        {SECRET_AWS_KEY, "secret_key", KEY "x", 0, 0, false},
        {SECRET_AWS_KEY, "secret_key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", 0, 0, true},
        {SECRET_AWS_KEY, "secret_key", "0123456789abcdef0123456789abcdef01234567", 0, 0, true},
        {SECRET_AWS_KEY, "secret_key", "Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1A", 0, 0, true},
        {SECRET_AWS_SESSION, "x", "IQoJb3JpZ2lu" CHUNK CHUNK, 0, 108, false},
        {SECRET_AWS_SESSION, "SessionToken", "x/" CHUNK CHUNK "ab", 0, 100, false},
        {SECRET_AWS_SESSION, "certificate", "x/" CHUNK CHUNK "ab", 0, 0, false},
        {SECRET_AWS_SESSION, "SessionToken", "EXAMPLE" CHUNK CHUNK, 0, 0, false},
        {SECRET_PRIVATE_KEY, "", "-----BEGIN PRIVATE KEY-----\n" BODY "\n-----END", 27, 93, false},
        {SECRET_PRIVATE_KEY, "", "-----BEGIN PRIVATE KEY-----\n...\n-----END", 0, 0, false},
        {SECRET_PRIVATE_KEY, "", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" BODY "\n-----END", 0, 0,
         false},
        {SECRET_PRIVATE_KEY, "",
         "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n" BODY "\n-----END", 0, 0,
         false},
        {SECRET_PRIVATE_KEY, "",
         "-----BEGIN ENCRYPTED PRIVATE KEY-----a-----END -----BEGIN PRIVATE KEY-----" BODY
         "-----END",
         74, 138, false}, /* in one line */
        {SECRET_PRIVATE_KEY, "", ENCODED " -----BEGIN PRIVATE KEY-----" BODY, 0, 76, false},
        {SECRET_PRIVATE_KEY, "", "-----BEGIN PRIVATE KEY-----" BODY " " ENCODED, 27, 168, false},
        {SECRET_PRIVATE_KEY, "", "-----BEGIN CERTIFICATE-----\n" BODY "\n-----END", 0, 0, false},
        {SECRET_GITLAB, "", "x=" GITLAB, 2, 28, false},
        {SECRET_GITHUB, "", GITLAB, 0, 0, false},
        {SECRET_GITLAB, "", "glpat-xxxxxxxxxxxxxxxxxxxx", 0, 0, false},
        {SECRET_GITLAB, "", "glpat-your-token-goes-here", 0, 0, false},
        {SECRET_GITLAB, "", "glpat-xxxxxxxxxxxxxxxxxxxx " GITLAB, 27, 53, false},
        {SECRET_SERVICE, "", "hvs.CAESIJ9x2LmQ7kTtR4vBn6YpWc1D", 0, 32, false},
        {SECRET_BEARER, "", "arn:aws:iam::123456789012:role/x", 0, 0, false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct secret_context context = {str_from_c(rows[i].name), rows[i].beside};
        struct span found = {0, 0};
        bool any = secret_find_leak(str_from_c(rows[i].text), 0, &context, rows[i].sort, &found);
        if (any != (rows[i].hi > 0) ||
            (any && (found.lo != rows[i].lo || found.hi != rows[i].hi))) {
            fail_msg("row %zu, %s: %d, %u to %u", i, rows[i].text, any, found.lo, found.hi);
        }
    }
}

static void ids_of_keys_are_told_from_examples(void **state)
{
    (void)state;
    assert_true(secret_has_key_id(STR(ID)));
    assert_true(secret_has_key_id(STR("key=ASIAQ3EGRZX7TESTKEY2;")));
    assert_false(secret_has_key_id(STR("AKIAIOSFODNN7EXAMPLE")));
    assert_false(secret_has_key_id(STR("AKIAQ3EGRZX7TESTKEY")));
    assert_false(secret_has_key_id(STR("AKIAQ3EGRZX7TESTKEY22")));
    assert_false(secret_has_key_id(STR("AROAQ3EGRZX7TESTKEY2")));
    assert_false(secret_has_key_id(STR("AKIAQ3EGRZX1TESTKEY2"))); /* no base32 */
    assert_false(secret_has_key_id(STR("")));
}

static void placeholders_are_told_from_passwords(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
    } rows[] = {
        {"", true},
        {" ", true},
        {"xxxxxxxx", true},
        {"${PASSWORD}", true},
        {"$PASSWORD", true},
        {"$(cat x)", true},
        {"{{ .Values.x }}", true},
        {"<password>", true},
        {"%PASSWORD%", true},
        {"REDACTED", true},
        {"DATA+OMITTED", true},
        {"ChangeMe", true},
        {"an-example", true},
        {"hunter2", false},
        {"123456", false},
        {"q8Zk2LmQ9xTt", false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (secret_is_placeholder(str_from_c(rows[i].text)) != rows[i].is) {
            fail_msg("%s", rows[i].text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sort_is_found_where_it_stands),
        cmocka_unit_test(ids_of_keys_are_told_from_examples),
        cmocka_unit_test(placeholders_are_told_from_passwords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
