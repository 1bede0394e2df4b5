/* SPDX-License-Identifier: MIT */
#include "pattern_table.h"

#include "aws/resource.h"
#include "base/buf.h"

#include <stdio.h>

#define ROLE "arn:aws:iam::111122223333:role/"
#define LOGS "arn:aws:logs:us-east-1:111122223333:log-group:"

static const char *const words[TRUTH_COUNT] = {"false", "true", "unknown"};

struct row {
    const char *a, *b, *expected;
};

static void run_rows(const struct row *rows, size_t count,
                     enum truth (*judge)(struct str a, struct str b, uint64_t *budget))
{
    for (size_t i = 0; i < count; i++) {
        uint64_t budget = 1000000;
        enum truth truth = judge(str_from_c(rows[i].a), str_from_c(rows[i].b), &budget);
        if (strcmp(words[truth], rows[i].expected) != 0) {
            fail_msg("'%s' and '%s': %s", rows[i].a, rows[i].b, words[truth]);
        }
    }
}

/* IAM User Guide, "IAM JSON policy elements: Resource", "Using wildcards in resource ARNs". */
static void a_wildcard_stays_in_its_segment_but_for_a_star_at_its_end(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"*", "*", "true"},
        {"*", ROLE "eks", "true"},
        {ROLE "eks", ROLE "eks", "true"},
        {ROLE "eks", ROLE "EKS", "false"},
        {ROLE "e?s", ROLE "eks", "true"},
        {ROLE "*", "*", "false"},
        {"arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/2/test/3/object.jpg", "true"},
        {"arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1-test/object.jpg", "false"},
        {"arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b//test/", "true"},
        /* A '*' that ends its segment goes on. */
        {"arn:aws:iam::*", ROLE "eks", "true"},
        {"arn:aws:iam:*:role/*", ROLE "eks", "true"},
        {"arn:*:role/eks", ROLE "eks", "true"},
        {"arn:**:role/eks", ROLE "eks", "true"},
        {"arn:aws:dynamodb:*:table/prod-*", "arn:aws:dynamodb:us-east-1:1:table/prod-x", "true"},
        {"arn:aws:dynamodb:us-*:table/x", "arn:aws:dynamodb:us-east-1:1:table/x", "true"},
        /* One with something behind it, and a '?', do not. */
        {"arn:aws:iam*role/eks", ROLE "eks", "false"},
        {"arn:aws:iam::*/eks", ROLE "eks", "false"},
        {"arn:aws:iam::*3:role/eks", ROLE "eks", "true"},
        {"arn:aws:iam?:111122223333:role/eks", ROLE "eks", "false"},
        {"arn:aws:iam:?111122223333:role/eks", ROLE "eks", "false"},
        {"arn:aws:ec2:us-*-1:1:vpc/v", "arn:aws:ec2:us-east-1:1:vpc/v", "true"},
        {"arn:aws:ec2:us-*-1:1:vpc/v", "arn:aws:ec2:us-x:y-1:1:vpc/v", "false"},
        /* An earlier '*' has to move on: the second one may not take the colon. */
        {"arn:aws:*:a*b:x", "arn:aws:a1:ab:x", "true"},
        {"arn:aws:*:a*b:x", "arn:aws:p:a1:ab:x", "true"},
        {"arn:aws:*:a*b:x", "arn:aws:p:a1:cb:x", "false"},
        /* Colons of the sixth part are characters like others. */
        {LOGS "/aws/*x:*", LOGS "/aws/eks/a:x:log-stream:1", "true"},
        {LOGS "?", LOGS ":", "true"},
        {"arn:aws:s3:::b/*.json", "arn:aws:s3:::b/2024-01-01T10:00:00.json", "true"},
    };
    run_rows(rows, COUNT_OF(rows), resource_match_within);
}

static void patterns_are_compared_as_what_they_match(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"*", ROLE "*", "true"},
        {ROLE "*", "*", "false"},
        {ROLE "eks-*", ROLE "eks-?*", "true"},
        {ROLE "eks-*", ROLE "*", "false"},
        {"arn:aws:iam::*", ROLE "*", "true"},
        {"arn:aws:iam::*:role/*", ROLE "*", "true"},
        {"arn:aws:ec2:us-*-1:*:vpc/*", "arn:aws:ec2:us-east-1:1:vpc/v", "true"},
        {"arn:aws:ec2:us-*-1:*:vpc/*", "arn:aws:ec2:us-??st-1:1:vpc/*", "true"},
        {"arn:aws:ec2:us-*-1:*:vpc/*", "arn:aws:ec2:us-*-1:*:vpc/*", "true"},
        {"arn:aws:ec2:us-*-1:*:vpc/*", "arn:aws:ec2:us-*-2:*:vpc/*", "false"},
        /* Whether it does depends on colons that the narrow one may put before the -1. */
        {"arn:aws:ec2:us-*-1:*", "arn:aws:ec2:us-*:x-1:*", "unknown"},
        {"arn:aws:iam*role/*", ROLE "eks", "false"},
    };
    run_rows(rows, COUNT_OF(rows), resource_covers_within);
    static const struct row overlapping[] = {
        {ROLE "eks-*", ROLE "*-node", "true"},
        {ROLE "eks-*", ROLE "ec2-*", "false"},
        {"*", ROLE "ec2-*", "true"},
        {"arn:aws:ec2:us-*-1:*:vpc/*", "arn:aws:ec2:*:1:vpc/v", "true"},
        {"arn:aws:ec2:us-*-1:*:vpc/*", "arn:aws:ec2:eu-*:1:vpc/v", "false"},
        {"arn:aws:iam*role/*", ROLE "eks", "false"},
        {"arn:aws:iam*role/*", ROLE "*", "unknown"},
    };
    run_rows(overlapping, COUNT_OF(overlapping), resource_overlaps_within);
}

/* IAM User Guide, "IAM JSON policy elements: Condition operators", "ARN condition operators". */
static void the_arn_operators_compare_part_by_part(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {ROLE "eks", ROLE "eks", "true"},
        {ROLE "eks", ROLE "Eks", "false"},
        {"arn:aws:iam::*:role/*", ROLE "eks", "true"},
        {"arn:*:iam::*:role/e?s", ROLE "eks", "true"},
        {"arn:*:*:*:*:*", ROLE "eks", "true"},
        {"*:*:*:*:*:*", ROLE "eks", "true"},
        {"arn:aws:iam:*:role/*", ROLE "eks", "false"},
        {"arn:aws:iam::*", ROLE "eks", "false"},
        {"*", ROLE "eks", "false"},
        {"*:*:*:*:*:*", "eks", "false"},
        {"*:*:*:*:*:*", "a:b:c:d:e:f", "false"},
        {LOGS "*", LOGS "a:*", "true"},
        {"", "", "false"},
    };
    run_rows(rows, COUNT_OF(rows), arn_like_within);
}

/* The definition, letter by letter, with the colons of the text counted. */
static bool matches_by_definition(const char *pattern, const char *text, int colons)
{
    if (*pattern == '\0') {
        return *text == '\0';
    }
    bool bound = *text == ':' && colons < 5;
    int behind = colons + (*text == ':');
    if (*pattern == '*') {
        bool free = pattern[1] == '\0' || pattern[1] == ':';
        return matches_by_definition(pattern + 1, text, colons) ||
               (*text && (free || !bound) && matches_by_definition(pattern, text + 1, behind));
    }
    return *text && (*pattern == '?' ? !bound : *pattern == *text) &&
           matches_by_definition(pattern + 1, text + 1, behind);
}

static bool matches(struct str pattern, struct str text)
{
    return matches_by_definition(pattern.ptr, text.ptr, 0);
}

/* Behind a prefix with three colons the fifth one lies inside of patterns and texts. */
#define PREFIX "x:y::"

static bool matches_behind_prefix(struct str pattern, struct str text)
{
    return matches_by_definition(pattern.ptr, text.ptr, 3);
}

static struct str make_resource(size_t n, const char *alphabet, const char *prefix,
                                char out[2 * WORD_MAX])
{
    char word[WORD_MAX];
    make_word(n, alphabet, word);
    snprintf(out, 2 * WORD_MAX, "%s%s", prefix, word);
    return str_from_c(out);
}

/* Only on such a wildcard may an answer depend. */
static bool has_bound_wildcard(const char *pattern)
{
    for (; *pattern; pattern++) {
        if (*pattern == '?' || (*pattern == '*' && pattern[1] && !strchr(":*", pattern[1]))) {
            return true;
        }
    }
    return false;
}

static void hold_matching_to_the_definition(const struct pattern_table *table, size_t a,
                                            const char *prefix, const char *letters)
{
    char pattern[2 * WORD_MAX];
    char text[2 * WORD_MAX];
    struct str p = make_resource(a, table->alphabet, prefix, pattern);
    for (size_t t = 0; t < table->texts; t++) {
        uint64_t budget = 10000;
        struct str resource = make_resource(t, letters, prefix, text);
        bool expected = table->rows[a * table->words + t / 64] >> (t % 64) & 1;
        if (resource_match_within(p, resource, &budget) != truth_of(expected)) {
            fail_msg("'%s' on '%s'", pattern, text);
        }
    }
}

static void hold_pair_to_its_texts(const struct pattern_table *table, size_t a, size_t b,
                                   const char *prefix)
{
    char first[2 * WORD_MAX];
    char second[2 * WORD_MAX];
    struct str p = make_resource(a, table->alphabet, prefix, first);
    struct str q = make_resource(b, table->alphabet, prefix, second);
    uint64_t budget = 10000;
    enum truth covers = resource_covers_within(p, q, &budget);
    enum truth overlaps = resource_overlaps_within(p, q, &budget);
    assert_true(budget > 0);
    assert_true(covers != TRUTH_UNKNOWN || has_bound_wildcard(first));
    assert_true(overlaps != TRUTH_UNKNOWN || has_bound_wildcard(first) ||
                has_bound_wildcard(second));
    if (covers != TRUTH_UNKNOWN && covers != truth_of(pattern_table_covers(table, a, b))) {
        fail_msg("'%s' covers '%s'", first, second);
    }
    if (overlaps != TRUTH_UNKNOWN && overlaps != truth_of(pattern_table_overlaps(table, a, b))) {
        fail_msg("'%s' overlaps '%s'", first, second);
    }
}

static void every_short_pattern_is_judged_by_the_definition(void **state)
{
    (void)state;
    static const struct {
        const char *prefix;
        bool (*matches)(struct str pattern, struct str text);
    } places[] = {{"", matches}, {PREFIX, matches_behind_prefix}};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct pattern_table table = pattern_table_new("a:*?", 4, "a:#", 7, places[i].matches);
        for (size_t a = 0; a < table.patterns; a++) {
            hold_matching_to_the_definition(&table, a, places[i].prefix, "a:#");
            for (size_t b = 0; b < table.patterns; b++) {
                hold_pair_to_its_texts(&table, a, b, places[i].prefix);
            }
        }
        free(table.rows);
    }
}

static void a_long_pattern_and_a_small_budget_leave_it_open(void **state)
{
    (void)state;
    struct buf pattern = buf_with_max(1 << 16);
    buf_add_c(&pattern, "arn:*");
    buf_add_repeat(&pattern, '*', RESOURCE_PATTERN_MAX);
    buf_add_c(&pattern, ":a*b:x");
    uint64_t budget = UINT64_MAX;
    assert_int_equal(resource_match_within(buf_str(&pattern), STR("arn:aws:p:a1:ab:x"), &budget),
                     TRUTH_UNKNOWN);
    budget = UINT64_MAX;
    assert_int_equal(
        resource_match_within(STR("arn:aws:*:a*b:x"), STR("arn:aws:p:a1:ab:x"), &budget),
        TRUTH_TRUE);
    uint64_t cost = UINT64_MAX - budget;
    for (uint64_t given = 0; given < cost; given++) {
        budget = given;
        assert_int_equal(
            resource_match_within(STR("arn:aws:*:a*b:x"), STR("arn:aws:p:a1:ab:x"), &budget),
            TRUTH_UNKNOWN);
    }
    buf_release(&pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wildcard_stays_in_its_segment_but_for_a_star_at_its_end),
        cmocka_unit_test(patterns_are_compared_as_what_they_match),
        cmocka_unit_test(the_arn_operators_compare_part_by_part),
        cmocka_unit_test(every_short_pattern_is_judged_by_the_definition),
        cmocka_unit_test(a_long_pattern_and_a_small_budget_leave_it_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
