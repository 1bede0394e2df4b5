/* SPDX-License-Identifier: MIT */
/*
 * Patterns and what is claimed of them: three lines are two patterns and a text. Claims about two
 * patterns agree with one another and with what the text shows, and cost no more than they say.
 */
#include "aws/resource.h"
#include "aws/wildcard.h"
#include "base/utf8.h"

#include "check.h"

enum { INPUT_MAX = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The answer, which a budget of what the two can cost suffices for, and a smaller one may not. */
static enum truth ask(enum truth (*judge)(struct str a, struct str b, uint64_t *budget),
                      struct str a, struct str b)
{
    uint64_t most = 100 * (a.len + 1) * (b.len + 1);
    uint64_t budget = most;
    enum truth truth = judge(a, b, &budget);
    uint64_t cost = most - budget;
    CHECK(budget > 0);
    budget = cost;
    CHECK(judge(a, b, &budget) == truth && budget == 0);
    budget = cost / 2;
    enum truth small = judge(a, b, &budget);
    CHECK(small == truth || small == TRUTH_UNKNOWN);
    return truth;
}

static void check_wildcards(struct str a, struct str b, struct str text, bool nocase)
{
    bool covers = wildcard_covers(a, b, nocase);
    bool overlaps = wildcard_overlaps(a, b, nocase);
    CHECK(wildcard_covers(a, a, nocase) && wildcard_overlaps(a, a, nocase));
    CHECK(wildcard_covers(STR("*"), a, nocase));
    CHECK(overlaps == wildcard_overlaps(b, a, nocase));
    CHECK(!covers || overlaps);
    bool match_a = wildcard_match(a, text, nocase);
    bool match_b = wildcard_match(b, text, nocase);
    CHECK(!(match_b && covers) || match_a);
    CHECK(!(match_a && match_b) || overlaps);
    if (!wildcard_is_pattern(text)) {
        CHECK(wildcard_covers(a, text, nocase) == match_a);
        CHECK(wildcard_overlaps(a, text, nocase) == match_a);
        CHECK(wildcard_overlaps(text, a, nocase) == match_a);
    }
}

static void check_resources(struct str a, struct str b, struct str text)
{
    enum truth covers = ask(resource_covers_within, a, b);
    enum truth overlaps = ask(resource_overlaps_within, a, b);
    enum truth match_a = ask(resource_match_within, a, text);
    enum truth match_b = ask(resource_match_within, b, text);
    CHECK(match_a != TRUTH_UNKNOWN && match_b != TRUTH_UNKNOWN);
    CHECK(match_a != TRUTH_TRUE || wildcard_match(a, text, false));
    CHECK(ask(resource_covers_within, a, a) == TRUTH_TRUE);
    CHECK(ask(resource_overlaps_within, b, a) == overlaps);
    CHECK(covers != TRUTH_TRUE || match_b != TRUTH_TRUE || match_a == TRUTH_TRUE);
    CHECK(overlaps != TRUTH_FALSE || match_a == TRUTH_FALSE || match_b == TRUTH_FALSE);
    CHECK(covers != TRUTH_TRUE || overlaps != TRUTH_FALSE);
    if (ask(arn_like_within, a, text) == TRUTH_TRUE) {
        CHECK(match_a == TRUTH_TRUE);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size < INPUT_MAX ? size : INPUT_MAX};
    struct str a;
    struct str b;
    str_cut(text, '\n', &a, &text);
    str_cut(text, '\n', &b, &text);
    /* What is no UTF-8 must do no harm; claims are for what is. */
    uint64_t budget = UINT64_MAX;
    wildcard_covers(a, b, true);
    wildcard_overlaps(a, b, false);
    resource_covers_within(a, b, &budget);
    resource_overlaps_within(a, b, &budget);
    if (utf8_find_malformed((struct str){(const char *)data, size}) == size) {
        check_wildcards(a, b, text, false);
        check_wildcards(a, b, text, true);
        check_resources(a, b, text);
    }
    return 0;
}
