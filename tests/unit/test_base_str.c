/* SPDX-License-Identifier: MIT */
/* String views: slices, search, order, trimming, and the distance behind "did you mean". */
#include "support.h"

#include "base/str.h"

static void test_a_view_made_of_null_is_the_empty_string(void **state)
{
    (void)state;
    assert_str_equal(str_from_c(NULL), (struct str){0});
    assert_str_equal(str_from_c(""), (struct str){0});
    assert_int_equal(str_from_c("abc").len, 3);
}

static void test_equality_counts_bytes_and_not_nuls(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        bool equal, equal_nocase;
    } cases[] = {
        {STR_INIT(""), {0}, true, true},
        {STR_INIT("a"), STR_INIT("a"), true, true},
        {STR_INIT("a"), STR_INIT("A"), false, true},
        {STR_INIT("a"), STR_INIT("ab"), false, false},
        {STR_INIT("a\0b"), STR_INIT("a\0c"), false, false},
        {STR_INIT("s3:GetObject"), STR_INIT("S3:getobject"), false, true},
        {STR_INIT("@"), STR_INIT("`"), false, false}, /* 0x20 apart like letters, but none */
        {STR_INIT("["), STR_INIT("{"), false, false},
        {STR_INIT("\xC3\x84"), STR_INIT("\xC3\xA4"), false, false}, /* Ä, ä: ASCII rules only */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(str_eq(cases[i].a, cases[i].b), cases[i].equal);
        assert_int_equal(str_eq(cases[i].b, cases[i].a), cases[i].equal);
        assert_int_equal(str_eq_nocase(cases[i].a, cases[i].b), cases[i].equal_nocase);
        assert_int_equal(str_eq_nocase(cases[i].b, cases[i].a), cases[i].equal_nocase);
    }
}

static void test_a_slice_is_clipped_to_its_string(void **state)
{
    (void)state;
    static const struct {
        size_t from, to;
        struct str slice;
    } cases[] = {
        {0, 5, STR_INIT("hello")},
        {1, 3, STR_INIT("el")},
        {0, 0, {0}},
        {3, SIZE_MAX, STR_INIT("lo")},
        {5, 9, {0}},
        {7, 9, {0}},
        {3, 2, {0}},
        {SIZE_MAX, 2, {0}},
        {SIZE_MAX, SIZE_MAX, {0}},
        {0, SIZE_MAX, STR_INIT("hello")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_str_equal(str_slice(STR("hello"), cases[i].from, cases[i].to), cases[i].slice);
    }
    assert_str_equal(str_from(STR("hello"), 4), STR("o"));
    assert_str_equal(str_from(STR("hello"), 6), (struct str){0});
    assert_null(str_slice((struct str){0}, 0, 1).ptr);
}

static void test_prefixes_and_suffixes_may_be_empty_or_whole(void **state)
{
    (void)state;
    static const struct {
        struct str s, part;
        bool starts, ends;
    } cases[] = {
        {STR_INIT("arn:aws"), STR_INIT("arn:"), true, false},
        {STR_INIT("arn:aws"), STR_INIT("aws"), false, true},
        {STR_INIT("aws"), STR_INIT("aws"), true, true},
        {STR_INIT("aws"), STR_INIT("xaws"), false, false},
        {STR_INIT("aws"), {0}, true, true},
        {{0}, {0}, true, true},
        {{0}, STR_INIT("a"), false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(str_starts(cases[i].s, cases[i].part), cases[i].starts);
        assert_int_equal(str_ends(cases[i].s, cases[i].part), cases[i].ends);
    }
}

static void test_order_is_that_of_bytes_and_a_prefix_comes_first(void **state)
{
    (void)state;
    static const struct str rising[] = {
        {0},
        STR_INIT("\0"),
        STR_INIT("A"),
        STR_INIT("a"),
        STR_INIT("a\0"),
        STR_INIT("ab"),
        STR_INIT("b"),
        STR_INIT("\xC3\xA9"),         /* U+00E9 */
        STR_INIT("\xE3\x81\x82"),     /* U+3042 */
        STR_INIT("\xF0\x9F\x98\x80"), /* U+1F600 */
    };
    for (size_t i = 0; i < COUNT_OF(rising); i++) {
        for (size_t j = 0; j < COUNT_OF(rising); j++) {
            int order = str_compare(rising[i], rising[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    }
}

static void test_find_gives_the_first_place_or_the_length(void **state)
{
    (void)state;
    static const struct {
        struct str s, needle;
        size_t at;
    } cases[] = {
        {STR_INIT("abcabc"), STR_INIT("abc"), 0},
        {STR_INIT("abcabc"), STR_INIT("cab"), 2},
        {STR_INIT("abcabc"), STR_INIT("c"), 2},
        {STR_INIT("abcabc"), STR_INIT("abd"), 6},
        {STR_INIT("aab"), STR_INIT("ab"), 1},
        {STR_INIT("aaab"), STR_INIT("aab"), 1},
        {STR_INIT("abab"), STR_INIT("abb"), 4},
        {STR_INIT("ab"), STR_INIT("abc"), 2},
        {STR_INIT("abc"), {0}, 0},
        {{0}, {0}, 0},
        {{0}, STR_INIT("a"), 0},
        {STR_INIT("a\0b"), STR_INIT("\0b"), 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(str_find(cases[i].s, cases[i].needle), cases[i].at);
    }
    assert_int_equal(str_find_char(STR("a:b:c"), ':'), 1);
    assert_int_equal(str_find_char(STR("abc"), ':'), 3);
    assert_int_equal(str_find_char((struct str){0}, ':'), 0);
    assert_int_equal(str_after_last(STR("a/b/c"), '/'), 4);
    assert_int_equal(str_after_last(STR("a/"), '/'), 2);
    assert_int_equal(str_after_last(STR("abc"), '/'), 0);
    assert_int_equal(str_after_last((struct str){0}, '/'), 0);
}

static void test_cut_splits_at_the_first_separator(void **state)
{
    (void)state;
    static const struct {
        struct str s, head, rest;
        bool found;
    } cases[] = {
        {STR_INIT("arn:aws:iam"), STR_INIT("arn"), STR_INIT("aws:iam"), true},
        {STR_INIT("arn"), STR_INIT("arn"), {0}, false},
        {STR_INIT("arn:"), STR_INIT("arn"), {0}, true},
        {STR_INIT(":arn"), {0}, STR_INIT("arn"), true},
        {STR_INIT(":"), {0}, {0}, true},
        {{0}, {0}, {0}, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str head = STR("not touched"), rest = STR("not touched");
        assert_int_equal(str_cut(cases[i].s, ':', &head, &rest), cases[i].found);
        assert_str_equal(head, cases[i].head);
        assert_str_equal(rest, cases[i].rest);
    }
}

static void test_cut_may_write_over_the_string_it_cuts(void **state)
{
    (void)state;
    struct str rest = STR("a,b,,c"), part;
    static const struct str parts[] = {STR_INIT("a"), STR_INIT("b"), {0}, STR_INIT("c")};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        bool more = str_cut(rest, ',', &part, &rest);
        assert_str_equal(part, parts[i]);
        assert_int_equal(more, i + 1 < COUNT_OF(parts));
    }
    assert_int_equal(rest.len, 0);
}

static void test_trim_takes_blanks_off_both_ends_only(void **state)
{
    (void)state;
    static const struct {
        struct str s, trimmed;
    } cases[] = {
        {STR_INIT(" a b\t"), STR_INIT("a b")},
        {STR_INIT("\r\n a\r\n"), STR_INIT("a")},
        {STR_INIT("a"), STR_INIT("a")},
        {STR_INIT(" \t\r\n"), {0}},
        {{0}, {0}},
        {STR_INIT("\va\f"), STR_INIT("\va\f")},
        {STR_INIT("\0 "), STR_INIT("\0")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_str_equal(str_trim(cases[i].s), cases[i].trimmed);
    }
}

static void test_equal_strings_have_equal_hashes_wherever_they_stand(void **state)
{
    (void)state;
    char copy[] = "xiam:PassRole";
    assert_int_equal(str_hash(str_from_c(copy + 1), 7), str_hash(STR("iam:PassRole"), 7));
    assert_int_equal(str_hash((struct str){0}, 7), str_hash(STR(""), 7));
    assert_int_not_equal(str_hash(STR("ab"), 7), str_hash(STR("ba"), 7));
    assert_int_not_equal(str_hash(STR("eks:DescribeCluster"), 7),
                         str_hash(STR("eks:DescribeCluster"), 8));
    assert_int_not_equal(str_hash(STR("a"), 7), str_hash(STR("a\0"), 7));
}

static void test_distance_counts_edits_and_swaps_without_regard_to_case(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        size_t limit, distance;
    } cases[] = {
        {{0}, {0}, 3, 0},
        {STR_INIT("abc"), {0}, 3, 3},
        {STR_INIT("abc"), {0}, 2, 3}, /* over the limit: limit + 1 */
        {STR_INIT("Action"), STR_INIT("action"), 0, 0},
        {STR_INIT("Action"), STR_INIT("Actions"), 3, 1},
        {STR_INIT("Action"), STR_INIT("Acton"), 3, 1},
        {STR_INIT("Action"), STR_INIT("Aktion"), 3, 1},
        {STR_INIT("Action"), STR_INIT("Actoin"), 3, 1},
        {STR_INIT("Action"), STR_INIT("Actoin"), 0, 1},
        {STR_INIT("ca"), STR_INIT("abc"), 9, 3}, /* no edit inside a swapped pair */
        {STR_INIT("kitten"), STR_INIT("sitting"), 9, 3},
        {STR_INIT("Resource"), STR_INIT("Principal"), 2, 3},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t limit = cases[i].limit;
        assert_int_equal(str_distance(cases[i].a, cases[i].b, limit), cases[i].distance);
        assert_int_equal(str_distance(cases[i].b, cases[i].a, limit), cases[i].distance);
    }
}

/* The table that the distance is defined by (optimal string alignment), whole. */
static size_t distance_by_table(struct str a, struct str b)
{
    size_t table[65][65];
    for (size_t i = 0; i <= a.len; i++) {
        for (size_t j = 0; j <= b.len; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            size_t other = a.ptr[i - 1] != b.ptr[j - 1];
            size_t best = table[i - 1][j - 1] + other;
            best = table[i - 1][j] + 1 < best ? table[i - 1][j] + 1 : best;
            best = table[i][j - 1] + 1 < best ? table[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                table[i - 2][j - 2] + 1 < best) {
                best = table[i - 2][j - 2] + 1;
            }
            table[i][j] = best;
        }
    }
    return table[a.len][b.len];
}

static void test_distance_is_that_of_its_table(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (size_t round = 0; round < 20000; round++) {
        char bytes[2][64];
        struct str words[2];
        for (size_t w = 0; w < 2; w++) {
            random = random * 1664525u + 1013904223u;
            words[w] = (struct str){bytes[w], (random >> 16) % (round % 8 ? 12 : 65)};
            for (size_t i = 0; i < words[w].len; i++) {
                random = random * 1664525u + 1013904223u;
                bytes[w][i] = (char)('a' + (random >> 16) % 4);
            }
        }
        size_t distance = distance_by_table(words[0], words[1]);
        size_t limit = round % 20;
        assert_int_equal(str_distance(words[0], words[1], limit),
                         distance <= limit ? distance : limit + 1);
    }
}

static void test_distance_gives_up_above_64_bytes(void **state)
{
    (void)state;
    char text[65];
    memset(text, 'a', sizeof text);
    struct str longest = {text, 64}, too_long = {text, 65};
    assert_int_equal(str_distance(longest, longest, 2), 0);
    assert_int_equal(str_distance(longest, str_from(longest, 1), 2), 1);
    assert_int_equal(str_distance(too_long, too_long, 2), 3);
    assert_int_equal(str_distance(too_long, longest, 2), 3);
    assert_int_equal(str_distance(longest, too_long, 2), 3);
}

static void test_the_nearest_candidate_is_named_only_when_near(void **state)
{
    (void)state;
    static const struct str candidates[] = {STR_INIT("Principal"), STR_INIT("Action"),
                                            STR_INIT("NotAction"), STR_INIT("Resource"),
                                            STR_INIT("Effect"),    STR_INIT("Effort")};
    static const struct {
        struct str word, nearest;
    } cases[] = {
        {STR_INIT("Resorce"), STR_INIT("Resource")},
        {STR_INIT("principle"), STR_INIT("Principal")},
        {STR_INIT("Action"), STR_INIT("Action")},
        {STR_INIT("NoAction"), STR_INIT("NotAction")},
        {STR_INIT("Effct"), STR_INIT("Effect")},
        {STR_INIT("Condition"), {0}},
        {STR_INIT("Efforct"), STR_INIT("Effort")},
        {STR_INIT("Effxxt"), STR_INIT("Effect")},
        {{0}, {0}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str nearest = str_nearest(cases[i].word, candidates, COUNT_OF(candidates));
        assert_str_equal(nearest, cases[i].nearest);
    }
    assert_str_equal(str_nearest(STR("Action"), NULL, 0), (struct str){0});
    static const struct str letters[] = {STR_INIT("q"), STR_INIT("ab")};
    assert_str_equal(str_nearest(STR(":"), letters, COUNT_OF(letters)), (struct str){0});
    assert_str_equal(str_nearest(STR("Q"), letters, COUNT_OF(letters)), STR("q"));
    assert_str_equal(str_nearest(STR("ac"), letters, COUNT_OF(letters)), STR("ab"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_view_made_of_null_is_the_empty_string),
        cmocka_unit_test(test_equality_counts_bytes_and_not_nuls),
        cmocka_unit_test(test_a_slice_is_clipped_to_its_string),
        cmocka_unit_test(test_prefixes_and_suffixes_may_be_empty_or_whole),
        cmocka_unit_test(test_order_is_that_of_bytes_and_a_prefix_comes_first),
        cmocka_unit_test(test_find_gives_the_first_place_or_the_length),
        cmocka_unit_test(test_cut_splits_at_the_first_separator),
        cmocka_unit_test(test_cut_may_write_over_the_string_it_cuts),
        cmocka_unit_test(test_trim_takes_blanks_off_both_ends_only),
        cmocka_unit_test(test_equal_strings_have_equal_hashes_wherever_they_stand),
        cmocka_unit_test(test_distance_counts_edits_and_swaps_without_regard_to_case),
        cmocka_unit_test(test_distance_is_that_of_its_table),
        cmocka_unit_test(test_distance_gives_up_above_64_bytes),
        cmocka_unit_test(test_the_nearest_candidate_is_named_only_when_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
