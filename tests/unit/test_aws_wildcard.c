/* SPDX-License-Identifier: MIT */
#include "aws/wildcard.h"
#include "base/buf.h"
#include "support.h"

static const struct {
    const char *pattern;
    const char *text;
    bool matches;
    bool matches_nocase;
} rows[] = {
    {"", "", true, true},
    {"", "a", false, false},
    {"*", "", true, true},
    {"***", "", true, true},
    {"?", "", false, false},
    {"?", "a", true, true},
    {"?", "ab", false, false},
    {"??", "ab", true, true},
    {"*?", "", false, false},
    {"?*", "a", true, true},
    {"*?*", "abc", true, true},
    {"a", "a", true, true},
    {"a", "A", false, true},
    {"ec2:Describe*", "EC2:describevpcs", false, true},
    {"ec2:Describe*", "ec2:DescribeVpcs", true, true},
    {"ec2:Describe*", "ec2:Describe", true, true},
    {"ec2:*s", "ec2:DescribeVpcs", true, true},
    {"ec2:*Tags", "ec2:DescribeVpcs", false, false},
    {"*:*", "sts:AssumeRole", true, true},
    {"*a*b", "aab", true, true},
    {"*ab", "aab", true, true},
    {"*aab", "aaab", true, true},
    {"a*b*c", "abcbc", true, true},
    {"a*b*c", "abcb", false, false},
    {"a*bc", "abxbc", true, true},
    {"*a?c*", "xxabcxx", true, true},
    {"arn:aws:iam::*:role/gitlab-*", "arn:aws:iam::123456789012:role/gitlab-eks", true, true},
    {"arn:aws:iam::*:role/gitlab-*", "arn:aws:iam::123456789012:role/eks", false, false},
    {"arn:aws:s3:::*/x", "arn:aws:s3:::a/b/x", true, true},
    /* No escapes, no classes. */
    {"\\*", "*", false, false},
    {"\\*", "\\abc", true, true},
    {"[a]", "a", false, false},
    {"*", "*", true, true},
    {"arn:*", "*", false, false},
    /* '?' is one character, however many bytes it has. */
    {"?", "\xC3\xA9", true, true},
    {"??", "\xC3\xA9", false, false},
    {"*??", "\xC3\xA9", false, false},
    {"x?y", "x\xE3\x83\xADy", true, true},
    {"*?\xE3\x83\xAD", "\xE3\x83\xAD", false, false},
    {"*??b*z",
     "\xC3\xA9"
     "abz",
     true, true},
    {"*??b*z",
     "\xC3\xA9"
     "bxz",
     false, false},
    /* Bytes that are no UTF-8 are a character each. */
    {"?", "\xFF", true, true},
    {"??", "\xC3\xC3", true, true},
};

static void stars_and_question_marks_match_as_in_iam(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str pattern = str_from_c(rows[i].pattern);
        struct str text = str_from_c(rows[i].text);
        if (wildcard_match(pattern, text, false) != rows[i].matches ||
            wildcard_match(pattern, text, true) != rows[i].matches_nocase) {
            fail_msg("'%s' on '%s'", rows[i].pattern, rows[i].text);
        }
    }
}

/* Backtracking into each of the stars would take more steps than there are atoms. */
static void a_pattern_of_many_stars_costs_no_more_than_pattern_times_text(void **state)
{
    (void)state;
    struct buf pattern = buf_with_max(1 << 16);
    struct buf text = buf_with_max(1 << 16);
    buf_add_repeat(&text, 'a', 20000);
    for (int i = 0; i < 40; i++) {
        buf_add_c(&pattern, "*a");
    }
    buf_add_char(&pattern, 'b');
    uint64_t most = pattern.len * text.len;
    uint64_t budget = most;
    assert_int_equal(wildcard_match_within(buf_str(&pattern), buf_str(&text), false, &budget),
                     TRUTH_FALSE);
    assert_true(budget > 0 && budget < most);
    uint64_t cost = most - budget;
    budget = cost;
    assert_int_equal(wildcard_match_within(buf_str(&pattern), buf_str(&text), false, &budget),
                     TRUTH_FALSE);
    assert_int_equal(budget, 0);
    budget = cost - 1;
    assert_int_equal(wildcard_match_within(buf_str(&pattern), buf_str(&text), false, &budget),
                     TRUTH_UNKNOWN);
    buf_add_char(&text, 'b');
    assert_true(wildcard_match(buf_str(&pattern), buf_str(&text), false));
    buf_release(&pattern);
    buf_release(&text);
}

/* The definition, letter by letter; exponential, so for short texts only. */
static bool matches_by_definition(const char *pattern, const char *text)
{
    if (*pattern == '\0') {
        return *text == '\0';
    }
    if (*pattern == '*') {
        return matches_by_definition(pattern + 1, text) ||
               (*text && matches_by_definition(pattern, text + 1));
    }
    return *text && (*pattern == '?' || *pattern == *text) &&
           matches_by_definition(pattern + 1, text + 1);
}

/* Word number n over an alphabet, shortest first; false behind the last of `longest` letters. */
static void make_word(unsigned n, const char *alphabet, char *word)
{
    unsigned base = (unsigned)strlen(alphabet);
    size_t len = 0;
    for (; n; n = (n - 1) / base) {
        word[len++] = alphabet[(n - 1) % base];
    }
    word[len] = '\0';
}

static void every_short_pattern_matches_what_the_definition_says(void **state)
{
    (void)state;
    for (unsigned p = 0; p < 1365; p++) {
        char pattern[16];
        make_word(p, "ab*?", pattern);
        for (unsigned t = 0; t < 127; t++) {
            char text[16];
            make_word(t, "ab", text);
            bool expected = matches_by_definition(pattern, text);
            if (wildcard_match(str_from_c(pattern), str_from_c(text), false) != expected) {
                fail_msg("'%s' on '%s' is not %d", pattern, text, expected);
            }
        }
    }
}

static void a_pattern_holds_a_star_or_a_question_mark(void **state)
{
    (void)state;
    assert_true(wildcard_is_pattern(STR("a*")));
    assert_true(wildcard_is_pattern(STR("?")));
    assert_false(wildcard_is_pattern(STR("")));
    assert_false(wildcard_is_pattern(STR("arn:aws:iam::123456789012:role/eks")));
}

static void stars_are_nothing_but_stars(void **state)
{
    (void)state;
    assert_true(wildcard_is_stars(STR("*")));
    assert_true(wildcard_is_stars(STR("***")));
    assert_false(wildcard_is_stars(STR("")));
    assert_false(wildcard_is_stars(STR("*?")));
    assert_false(wildcard_is_stars(STR("*a*")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stars_and_question_marks_match_as_in_iam),
        cmocka_unit_test(a_pattern_of_many_stars_costs_no_more_than_pattern_times_text),
        cmocka_unit_test(every_short_pattern_matches_what_the_definition_says),
        cmocka_unit_test(a_pattern_holds_a_star_or_a_question_mark),
        cmocka_unit_test(stars_are_nothing_but_stars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
