/* SPDX-License-Identifier: MIT */
/* What is taken for a secret, by shape, by name and by what stands behind a name; and what is not. */
#include "support.h"

#include "text/secret.h"

#include <stdio.h>
#include <stdlib.h>

#define KEY "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"
#define TEN "IQoJb3JpZ2"
#define FIFTY TEN TEN TEN TEN TEN

static void test_a_key_and_a_token_are_told_by_their_shape(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t lo, hi; /* 0, 0: none */
    } rows[] = {
        {KEY, 0, 40},
        {"a " KEY ", b", 2, 42},
        {"x=" KEY "=", 2, 42},
        {"short \"" KEY "\"", 7, 47},
        {FIFTY FIFTY, 0, 100},
        {FIFTY FIFTY "+/x==", 0, 103},
        {"", 0, 0},
        {KEY "x", 0, 0},                                    /* 41 */
        {"wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEK", 0, 0},  /* 39 */
        {"0123456789abcdef0123456789abcdef01234567", 0, 0}, /* an external ID, a digest */
        {"0123456789ABCDEF0123456789ABCDEF01234567", 0, 0},
        {"ThisIsARoleNameOfFortyLettersExactlyOrSo", 0, 0},                /* no digit */
        {FIFTY "IQoJb3JpZ2IQoJb3JpZ2IQoJb3JpZ2IQoJb3JpZ2IQoJb3JpZ", 0, 0}, /* 99 */
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct span found = {0, 0};
        bool any = secret_find_shape(str_from_c(rows[i].text), 0, &found);
        if (any != (rows[i].hi > 0) ||
            (any && (found.lo != rows[i].lo || found.hi != rows[i].hi))) {
            fail_msg("%s: %d, %u to %u", rows[i].text, any, found.lo, found.hi);
        }
    }
}

static void test_names_are_known_in_any_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool aws, any;
    } rows[] = {
        {"secret_access_key", true, true},
        {"AWS_SECRET_ACCESS_KEY", true, true},
        {"SecretAccessKey", true, true},
        {"Secret Access Key", true, true},
        {"secrt_acces_key", true, true},
        {"PROD_AWS_SECRET_ACCESS_KEY", true, true},
        {"aws_session_token", true, true},
        {"SessionToken", true, true},
        {"secret_key", true, true},
        {"aws_security_token", true, true},
        {"password", true, true},
        {"ci_token", false, true},
        {"access_key_id", false, false},
        {"secretsmanager", false, true},
        {"key_pair", false, false},
        {"id_tokens", false, true},
        {"external_id", false, false},
        {"", false, false},
        {"automountServiceAccountToken", false, true},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str name = str_from_c(rows[i].name);
        if (secret_is_aws_name(name) != rows[i].aws || secret_is_name(name) != rows[i].any) {
            fail_msg("%s: %d %d", rows[i].name, secret_is_aws_name(name), secret_is_name(name));
        }
    }
}

/* The text with what is hidden as '*', and line ends as '|'. */
static struct str masked(struct arena *arena, struct source *source)
{
    char *text = arena_alloc(arena, source->bytes.len + 1);
    memcpy(text, source->bytes.ptr, source->bytes.len);
    for (size_t i = 0; i < source->secret_count; i++) {
        for (uint32_t at = source->secrets[i].lo; at < source->secrets[i].hi; at++) {
            text[at] = text[at] == '\n' ? '\n' : '*';
        }
    }
    return (struct str){text, source->bytes.len};
}

static void test_what_stands_behind_a_name_is_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *text, *masked;
    } rows[] = {
        {"secret_access_key: abc\nregion: x\n", "secret_access_key*****\nregion: x\n"},
        {"  secret_access_key: |\n    abc\n    de\n  region: x\n",
         "  secret_access_key***\n*******\n******\n  region: x\n"},
        {"secret_access_key: abc\ndef\nregion: x", "secret_access_key*****\n***\nregion: x"},
        {"{\"SecretAccessKey\":\n\n\"a:b\"\n, \"x\": 1}",
         "{\"SecretAccessKey**\n\n*****\n, \"x\": 1}"},
        {"secret_access_key = abc==\ndef==\nregion = x",
         "secret_access_key********\n*****\nregion = x"},
        {"a secret_access_key, b", "a secret_access_key, b"},
        {"{text(@.secret_access_key)}", "{text(@.secret_access_key)}"},
        {"secretsmanager:GetSecretValue", "secretsmanager:GetSecretValue"},
        {"kind: Secret\nx: abc", "************\n******"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena = {0};
        struct sources sources;
        sources_init(&sources, &arena);
        struct source *source = sources_add(&sources, STR("f"), str_from_c(rows[i].text));
        secret_hide_named(source);
        assert_str_equal(masked(&arena, source), str_from_c(rows[i].masked));
        arena_release(&arena);
    }
}

/* As a program that reads the text would have it, whatever the format is. */
static void test_what_is_written_with_escapes_is_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t lo, hi;
    } rows[] = {
        {"{\"k\": \"g\\u006cpat-ABCDEFGHIJKLMNOPQRST\" \"x\"", 7, 38},
        {"k: \"glpat\\x2DABCDEFGHIJKLMNOPQRST\"", 4, 33},
        {"{\"k\": \"wJalrXUtnFEMI\\/K7MDENG\\/bPxRfiCYEXAMPLEKEY\"", 7, 49},
        {"https://x/?t=glpat%2DABCDEFGHIJKLMNOPQRST", 13, 41},
        {"{\"k\": \"g\\u006cpat\"", 0, 0},
        {"100%25 of C:\\users\\x", 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena = {0};
        struct sources sources;
        sources_init(&sources, &arena);
        struct source *source = sources_add(&sources, STR("f"), str_from_c(rows[i].text));
        secret_hide_shapes(source);
        bool wanted = rows[i].hi > 0;
        if (source->secret_count != wanted || (wanted && (source->secrets[0].lo != rows[i].lo ||
                                                          source->secrets[0].hi != rows[i].hi))) {
            fail_msg("%s: %zu hidden, the first from %u to %u", rows[i].text, source->secret_count,
                     source->secret_count ? source->secrets[0].lo : 0,
                     source->secret_count ? source->secrets[0].hi : 0);
        }
        arena_release(&arena);
    }
}

static void test_messages_lose_what_their_file_hides(void **state)
{
    (void)state;
    static const struct {
        const char *message, *redacted;
    } rows[] = {
        {"the key 'correct-horse-battery-staple' is bad", "the key '…aple' is bad"},
        {"'" KEY "'", "'…LEKY'"},
        {"'" KEY "…'", "'***…'"},
        {"battery-staple-correct-horse-b", "battery-staple-correct-horse-b"},
        {"'horse-battery-staple'", "'…aple'"},
        {"correct-horse-ba is a part", "*** is a part"},
        {"it starts with correct", "it starts with correct"},
        {"the value of secret_access_key", "the value of secret_access_key"},
    };
    struct arena arena = {0};
    struct sources sources;
    sources_init(&sources, &arena);
    struct source *source = sources_add(&sources, STR("f"), STR("k: correct-horse-battery-staple"));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str message = str_from_c(rows[i].message);
        source->secret_count = 0;
        assert_ptr_equal(secret_redact(source, message, &arena).ptr, message.ptr);
        source_hide(source, (struct span){3, 31});
        assert_str_equal(secret_redact(source, message, &arena), str_from_c(rows[i].redacted));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_key_and_a_token_are_told_by_their_shape),
        cmocka_unit_test(test_names_are_known_in_any_spelling),
        cmocka_unit_test(test_what_stands_behind_a_name_is_hidden),
        cmocka_unit_test(test_what_is_written_with_escapes_is_hidden),
        cmocka_unit_test(test_messages_lose_what_their_file_hides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
