/* SPDX-License-Identifier: MIT */
/* Two patterns: what one covers, and whether they overlap. */
#include "pattern_table.h"

#include "aws/wildcard.h"
#include "base/buf.h"

static const struct {
    const char *wide, *narrow;
    bool covers, overlaps;
} rows[] = {
    {"", "", true, true},
    {"*", "", true, true},
    {"", "*", false, true},
    {"*", "?", true, true},
    {"?", "*", false, true},
    {"?*", "*?", true, true},
    {"*?", "?*", true, true},
    {"??*", "*??", true, true},
    {"?*?", "*??", true, true},
    {"**", "*", true, true},
    {"?", "a", true, true},
    {"a", "?", false, true},
    {"a*", "a?b*", true, true},
    {"a?b*", "a*", false, true},
    {"*b", "a*b", true, true},
    {"a*b", "a*c", false, false},
    {"a*b", "*c*", false, true},
    {"*a*", "*b*", false, true},
    {"*a*b*", "*ab*", true, true},
    {"*ab*", "*a*b*", false, true},
    {"*aba*", "*ab*ba*", false, true},
    {"*a?b*", "*a*?b*", false, true},
    {"*a*?b*", "*a??b*", true, true},
    {"a?b", "a*b", false, true},
    {"a?b", "a??b", false, false},
    {"??", "?", false, false},
    {"*??", "?", false, false},
    {"x?*z", "x*?*z", true, true},
    {"x??*z", "x*?*z", false, true},
    {"*abab", "*ab*abab", true, true},
    {"*abab", "*ab*", false, true},
    {"ec2:*", "ec2:Describe*", true, true},
    {"ec2:Describe*s", "ec2:*Vpcs", false, true},
    {"ec2:Describe*", "ec2:Create*", false, false},
    {"arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/eks-*", true, true},
    {"arn:aws:iam::*:role/eks-*", "arn:aws:iam::111122223333:role/*", false, true},
    /* '?' is one character, however many bytes it has. */
    {"?", "\xC3\xA9", true, true},
    {"??", "\xC3\xA9", false, false},
    {"?*", "\xC3\xA9", true, true},
    {"*??", "\xC3\xA9", false, false},
    {"*??", "\xC3\xA9?", true, true},
    {"\xC3\xA9*", "\xC3\xA8*", false, false},
    {"*\xC3\xA9", "*\xC3\xA8", false, false},
    {"*\xC3\xA9", "*?", false, true},
    {"\xC3\xA9?", "?\xE3\x83\xAD", false, true},
    {"*?", "*\xE3\x83\xAD", true, true},
};

static void what_covers_and_overlaps(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str wide = str_from_c(rows[i].wide);
        struct str narrow = str_from_c(rows[i].narrow);
        if (wildcard_covers(wide, narrow, false) != rows[i].covers) {
            fail_msg("'%s' covers '%s'", rows[i].wide, rows[i].narrow);
        }
        if (wildcard_overlaps(wide, narrow, false) != rows[i].overlaps ||
            wildcard_overlaps(narrow, wide, false) != rows[i].overlaps) {
            fail_msg("'%s' overlaps '%s'", rows[i].wide, rows[i].narrow);
        }
    }
}

static void letter_case_counts_only_where_it_is_asked_for(void **state)
{
    (void)state;
    assert_false(wildcard_covers(STR("EC2:describe*"), STR("ec2:DescribeVpc?"), false));
    assert_true(wildcard_covers(STR("EC2:describe*"), STR("ec2:DescribeVpc?"), true));
    assert_false(wildcard_overlaps(STR("*:describe*S"), STR("ec2:*Vpcs"), false));
    assert_true(wildcard_overlaps(STR("*:describe*S"), STR("ec2:*Vpcs"), true));
}

static bool matches(struct str pattern, struct str text)
{
    return wildcard_match(pattern, text, false);
}

/* `letters` has one letter that patterns do not have: texts may hold any. */
static void hold_to_the_meaning(const char *alphabet, size_t longest, const char *letters,
                                size_t longest_text)
{
    struct pattern_table table =
        pattern_table_new(alphabet, longest, letters, longest_text, matches);
    for (size_t a = 0; a < table.patterns; a++) {
        for (size_t b = 0; b < table.patterns; b++) {
            char wide[WORD_MAX];
            char narrow[WORD_MAX];
            struct str w = make_word(a, alphabet, wide);
            struct str n = make_word(b, alphabet, narrow);
            if (wildcard_covers(w, n, false) != pattern_table_covers(&table, a, b)) {
                fail_msg("'%s' covers '%s'", wide, narrow);
            }
            if (wildcard_overlaps(w, n, false) != pattern_table_overlaps(&table, a, b)) {
                fail_msg("'%s' overlaps '%s'", wide, narrow);
            }
        }
    }
    free(table.rows);
}

static void every_pair_of_short_patterns_is_judged_by_its_texts(void **state)
{
    (void)state;
    hold_to_the_meaning("ab*?", 4, "ab#", 8);
    hold_to_the_meaning("a*?", 5, "a#", 10);
}

/* A number that looks random and is the same in every run. */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static struct str random_word(uint64_t *seed, const char *alphabet, size_t longest,
                              char word[WORD_MAX])
{
    size_t len = next_random(seed) % (longest + 1);
    for (size_t i = 0; i < len; i++) {
        word[i] = alphabet[next_random(seed) % strlen(alphabet)];
    }
    word[len] = '\0';
    return (struct str){word, len};
}

static void covering_is_an_order_that_agrees_with_matching(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t i = 0; i < 200000; i++) {
        char words[4][WORD_MAX];
        struct str a = random_word(&seed, "ab**?", 8, words[0]);
        struct str b = random_word(&seed, "ab*?", 8, words[1]);
        struct str c = random_word(&seed, "ab?", 8, words[2]);
        struct str text = random_word(&seed, "ab", 8, words[3]);
        bool good = wildcard_covers(a, a, false) && wildcard_overlaps(a, a, false);
        bool a_b = wildcard_covers(a, b, false);
        good = good && (!a_b || wildcard_overlaps(a, b, false));
        good = good && (!a_b || !wildcard_covers(b, c, false) || wildcard_covers(a, c, false));
        good = good && wildcard_overlaps(a, b, false) == wildcard_overlaps(b, a, false);
        good = good && (!a_b || !wildcard_match(b, text, false) || wildcard_match(a, text, false));
        good = good && wildcard_covers(a, text, false) == wildcard_match(a, text, false);
        good = good && wildcard_overlaps(a, text, false) == wildcard_match(a, text, false);
        if (!good) {
            fail_msg("'%s' '%s' '%s' '%s'", words[0], words[1], words[2], words[3]);
        }
    }
}

/* Bounds that a budget holds; it runs out to unknown at one less than the cost, not before. */
static void hold_to_its_budget(enum truth (*judge)(struct str a, struct str b, bool nocase,
                                                   uint64_t *budget),
                               struct str a, struct str b, enum truth expected)
{
    uint64_t most = 2 * (a.len + 1) * (b.len + 1);
    uint64_t budget = most;
    assert_int_equal(judge(a, b, false, &budget), expected);
    uint64_t cost = most - budget;
    assert_true(cost > 0 && cost < most);
    budget = cost;
    assert_int_equal(judge(a, b, false, &budget), expected);
    assert_int_equal(budget, 0);
    budget = cost - 1;
    assert_int_equal(judge(a, b, false, &budget), TRUTH_UNKNOWN);
}

static void patterns_of_many_stars_cost_no_more_than_their_product(void **state)
{
    (void)state;
    struct buf stars = buf_with_max(1 << 16);
    struct buf long_run = buf_with_max(1 << 16);
    struct buf singles = buf_with_max(1 << 16);
    for (int i = 0; i < 40; i++) {
        buf_add_c(&stars, "*a??????a");
    }
    buf_add_char(&stars, 'b');
    buf_add_repeat(&long_run, 'a', 5000);
    buf_add_repeat(&singles, '?', 300);
    buf_add_char(&singles, '*');
    hold_to_its_budget(wildcard_covers_within, buf_str(&stars), buf_str(&long_run), TRUTH_FALSE);
    hold_to_its_budget(wildcard_overlaps_within, buf_str(&stars), buf_str(&long_run), TRUTH_FALSE);
    hold_to_its_budget(wildcard_covers_within, buf_str(&singles), buf_str(&singles), TRUTH_TRUE);
    hold_to_its_budget(wildcard_overlaps_within, STR("abc*d"), STR("ab*cd"), TRUTH_TRUE);
    /* A run is looked through once, not from each of its '?'. */
    struct str run = str_slice(buf_str(&singles), 0, 300);
    uint64_t budget = 4 * run.len;
    assert_int_equal(wildcard_covers_within(run, run, false, &budget), TRUTH_TRUE);
    buf_release(&stars);
    buf_release(&long_run);
    buf_release(&singles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_covers_and_overlaps),
        cmocka_unit_test(letter_case_counts_only_where_it_is_asked_for),
        cmocka_unit_test(every_pair_of_short_patterns_is_judged_by_its_texts),
        cmocka_unit_test(covering_is_an_order_that_agrees_with_matching),
        cmocka_unit_test(patterns_of_many_stars_cost_no_more_than_their_product),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
