/* SPDX-License-Identifier: MIT */
/*
 * I-Regexp (RFC 9485): its grammar, what matches, what is refused and where, and the limits of
 * matching.
 */
#include "path/iregexp.h"
#include "support.h"

#include <stdlib.h>

struct match_case {
    const char *pattern;
    const char *subject;
    bool whole, part; /* does it match the whole string, some part of it? */
};

static const struct match_case matches[] = {
    {"", "", true, true},
    {"", "a", false, true},
    {"ab", "ab", true, true},
    {"ab", "xaby", false, true},
    {"ab", "ba", false, false},
    {"a|bc", "bc", true, true},
    {"|a", "", true, true},
    {"(a|b)c", "bc", true, true},
    {"()", "", true, true},
    {"a*b+c?", "bbb", true, true},
    {"a{2}", "aa", true, true},
    {"a{2}", "aaa", false, true},
    {"a{2,}", "aaaa", true, true},
    {"a{2,3}", "a", false, false},
    {"a{2,3}", "aaa", true, true},
    {"a{0}", "", true, true},
    {"a{007}", "aaaaaaa", true, true},
    /* RFC 9485 §5.3: '.' is anything but CR and LF */
    {".", "\n", false, false},
    {".", "\r", false, false},
    {".", "\xE2\x80\xA8", true, true},
    {".", "\xF0\x9D\x84\x9E", true, true},
    {"..", "\xC3\xA9x", true, true},
    /* escapes and characters that only other dialects give a meaning */
    {"\\n\\r\\t", "\n\r\t", true, true},
    {"\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}", "()*+-.?[\\]^{|}", true, true},
    {"a-b,c/d#e f\"'<>@_`~!%&:;=", "a-b,c/d#e f\"'<>@_`~!%&:;=", true, true},
    {"\x01\x7F", "\x01\x7F", true, true},
    {"\xC3\xA9+", "\xC3\xA9\xC3\xA9", true, true},
    {"(\\(x\\))", "(x)", true, true},
    /* classes */
    {"[a-c]", "b", true, true},
    {"[^a-c]", "b", false, false},
    {"[^a-c]", "\n", true, true},
    {"[-a]", "-", true, true},
    {"[a-]", "-", true, true},
    {"[a-]", "b", false, false},
    {"[--]", "-", true, true},
    {"[^-]", "-", false, false},
    {"[^-]", "x", true, true},
    {"[a^]", "^", true, true},
    {"[a\\]b]", "]", true, true},
    {"[\\[-\\]]", "\\", true, true},
    {"[.]", "x", false, false},
    {"[:alpha:]", "a", true, true},
    {"[:alpha:]", "b", false, false},
    {"[$]", "$", true, true},
    {"[&&a]", "&", true, true},
    {"[\xD0\xB0-\xD1\x8F]", "\xD0\xB6", true, true},
    /* categories */
    {"\\p{Lu}", "\xD0\x96", true, true},
    {"\\p{Lu}", "\xD0\xB6", false, false},
    {"\\P{Lu}", "\xD0\xB6", true, true},
    {"\\p{L}\\p{Nd}*", "a12", true, true},
    {"[\\p{L}_]+", "ab_c", true, true},
    {"[^\\p{L}]", "1", true, true},
    {"[\\P{L}]", "a", false, false},
    {"\\p{Zs}\\p{Sc}\\p{Pd}\\p{Mn}*\\p{Cc}", " $-\n", true, true},
    /*
     * '^' and '$' as the RFC's mappings (§5.3, §5.4) and the compliance suite of RFC 9535 have them
     */
    {"^ab.*", "abc", true, true},
    {"^ab", "xab", false, false},
    {".*bc$", "abc", true, true},
    {"bc$", "abcx", false, false},
    {"^*a$?", "a", true, true},
    /* the whole string, to its last line end */
    {"ab", "ab\n", false, true},
    {"a|ab", "ab", true, true},
    /* text that is not UTF-8 matches nothing */
    {".*", "\xFF", false, false},
    /* RFC 9485 §7 and other patterns of practice */
    {"[A-Z]{2}[0-9]{5}", "AZ12345", true, true},
    {"arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role/.+", "arn:aws:iam::123456789012:role/x", true,
     true},
    {"vpc-([0-9a-f]{8}|[0-9a-f]{17})", "vpc-0a1b2c3d4e5f60718", true, true},
    {"vpc-([0-9a-f]{8}|[0-9a-f]{17})", "vpc-0a1b2c3d4", false, true},
};

static enum truth match(struct arena *arena, const char *pattern, struct str subject, bool whole)
{
    size_t at = 0;
    struct str problem = {0};
    const struct iregexp *regexp =
        iregexp_compile(arena, str_from_c(pattern), whole, &at, &problem);
    if (!regexp) {
        fail_msg("'%s' at %zu: %.*s", pattern, at, STR_ARG(problem));
    }
    return iregexp_match(regexp, subject, &limits_default);
}

static void patterns_match_what_the_rfc_says(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(matches); i++) {
        const struct match_case *c = &matches[i];
        enum truth whole = match(&arena, c->pattern, str_from_c(c->subject), true);
        enum truth part = match(&arena, c->pattern, str_from_c(c->subject), false);
        if (whole != truth_of(c->whole) || part != truth_of(c->part)) {
            fail_msg("'%s' on '%s': whole %d, part %d", c->pattern, c->subject, (int)whole,
                     (int)part);
        }
    }
    arena_release(&arena);
}

/*
 * Both matchers must agree: pad the subject until it is a long one, and the pattern with what
 * matches the padding only.
 */
static void long_subjects_match_as_short_ones_do(void **state)
{
    (void)state;
    enum { PADDING = 5000 };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(matches); i++) {
        const struct match_case *c = &matches[i];
        if (strchr(c->pattern, '^') == c->pattern) {
            continue; /* does not stand at the start any more */
        }
        struct str whole = arena_format(&arena, "0*;(%s)", c->pattern);
        struct str part = arena_format(&arena, "0*;(.|\\n|\\r)*(%s)", c->pattern);
        struct str subject = arena_format(&arena, "%0*d;%s", PADDING, 0, c->subject);
        assert_int_equal(match(&arena, whole.ptr, subject, true), truth_of(c->whole));
        assert_int_equal(match(&arena, part.ptr, subject, false), truth_of(c->part));
    }
    arena_release(&arena);
}

struct wrong_case {
    const char *pattern;
    size_t at;
    const char *message; /* part of it */
};

static const struct wrong_case wrong[] = {
    {"*a", 0, "nothing to repeat"},
    {"a**", 2, "nothing to repeat"},
    {"a*?", 2, "lazy"},
    {"a++", 2, "possessive"},
    {"a{2}{3}", 4, "nothing to repeat"},
    {"|+", 1, "nothing to repeat"},
    {"(*a)", 1, "nothing to repeat"},
    {"{2}", 0, "nothing to repeat"},
    {"a{", 2, "number of repetitions"},
    {"a{,2}", 2, "number of repetitions"},
    {"a{2", 1, "not closed"},
    {"a{2,1}", 1, "larger than the most"},
    {"a{65536}", 2, "65535"},
    {"a{99999999999999999999}", 2, "65535"},
    {"(a", 0, "not closed"},
    {"a)", 1, "not opened"},
    {"a]", 1, "not opened"},
    {"a}", 1, "not opened"},
    {"x[a", 1, "not closed"},
    {"[]", 0, "empty"},
    {"[^]", 0, "empty"},
    {"[z-a]", 1, "wrong way round"},
    {"[a-c-e]", 4, "first or last"},
    {"[a-\\p{L}]", 3, "no such escape"},
    {"[[a]", 1, "'\\['"},
    {"[\\d]", 1, "[0-9]"},
    {"\\d", 0, "[0-9]"},
    {"\\D", 0, "[^0-9]"},
    {"\\w", 0, "[0-9A-Za-z_]"},
    {"\\W", 0, "[^0-9A-Za-z_]"},
    {"a\\s", 1, "[ \\t\\n\\r]"},
    {"\\S", 0, "[^ \\t\\n\\r]"},
    {"\\bx", 0, "no anchors"},
    {"\\Ax\\z", 0, "no anchors"},
    {"(a)\\1", 3, "no such escape"},
    {"\\$", 0, "[$]"},
    {"\\/", 0, "no such escape"},
    {"a\\", 1, "no such escape"},
    {"(?:a)", 0, "plain groups"},
    {"a(?=b)", 1, "plain groups"},
    {"(?i)a", 0, "plain groups"},
    {"\\p", 2, "category"},
    {"\\p{", 2, "category"},
    {"\\p{Xx}", 2, "category"},
    {"\\p{Lx}", 4, "no such"},
    {"\\p{Lul}", 4, "no such"},
    {"\\pL", 2, "braces"},
    {"\\p{IsBasicLatin}", 2, "category"},
    {"\\p{Cs}", 4, "no such"},
    {"a\xFF", 1, "UTF-8"},
    {"[\xC3]", 1, "UTF-8"},
    {"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("
     "(((((((("
     "a))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))"
     ")))))))))",
     100, "nested more than 100"},
    {"((a{1,9}){99}){999}", 0, "too large"},
};

static void what_is_no_iregexp_is_refused_at_its_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        const struct wrong_case *c = &wrong[i];
        size_t at = 0;
        struct str problem = {0};
        if (iregexp_compile(&arena, str_from_c(c->pattern), true, &at, &problem)) {
            fail_msg("'%s' is accepted", c->pattern);
        }
        if (at != c->at || str_find(problem, str_from_c(c->message)) == problem.len) {
            fail_msg("'%s' at %zu: %.*s", c->pattern, at, STR_ARG(problem));
        }
        assert_false(iregexp_may_backtrack(str_from_c(c->pattern)) && c->at != 0);
    }
    arena_release(&arena);
}

static void patterns_have_a_largest_size(void **state)
{
    (void)state;
    struct arena arena = {0};
    char pattern[IREGEXP_MAX_BYTES + 1];
    memset(pattern, 'a', sizeof pattern);
    size_t at = 0;
    struct str problem = {0};
    assert_non_null(
        iregexp_compile(&arena, (struct str){pattern, sizeof pattern - 1}, true, &at, &problem));
    assert_null(
        iregexp_compile(&arena, (struct str){pattern, sizeof pattern}, true, &at, &problem));
    assert_true(str_find(problem, STR("at most 4096 bytes")) < problem.len);
    arena_release(&arena);
}

struct speed_case {
    const char *pattern;
    bool may_backtrack;
};

static const struct speed_case speeds[] = {
    /* one repetition, or several that cannot compete */
    {"", false},
    {".*", false},
    {".+x", false},
    {"[a-z]+[0-9]+", false},
    {"[a-z]+(-[a-z]+)*", false},
    {"([a-z]+\\.)*x?", false},
    {"(ab|cd)*", false},
    {"(a*b)*", false},
    {"(a|b)+c*", false},
    {"a?b?c*", false},
    {"[a-z]{1,5}[a-z]{1,5}", false},
    {"(a{3}){40}", false},
    {"arn:aws:iam::[0-9]{12}:role/[0-9A-Za-z+=,.@_/-]+", false},
    {"[a-z]([a-z0-9-]{0,61}[a-z0-9])?", false},
    {"[^a]*a*", false},
    {"\\P{L}|.*", false},
    /* one inside another, both of which may take the same character */
    {"(a+)+", true},
    {"(a*)*", true},
    {"(a|aa)+", true},
    {"(a|a)*", true},
    {"([a-z]+b?)*", true},
    {"(a?a)*", true},
    {"(.*,)*", true},
    {"((a+)b?)*c", true},
    {"(a+){20}", true},
    {"(a?){30}a{30}", true},
    {"(a{1,99}){1,99}", true},
    /* neighbours that share characters */
    {"a*a*", true},
    {".*[a-z]*", true},
    {"[a-z]+[a-z0-9]*", true},
    {"a*b?a*", true},
    {"a+(a+|b)", true},
    {"(a+){2}", true},
    {"\\p{L}+\\p{N}+", true}, /* disjoint in truth, but categories are not looked up */
    {"[^\\p{L}]*x*", true},
    {"\xC3\xA9*\xC3\xA8*", true}, /* nor are characters beyond ASCII told apart */
};

static void competing_repetitions_are_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(speeds); i++) {
        if (iregexp_may_backtrack(str_from_c(speeds[i].pattern)) != speeds[i].may_backtrack) {
            fail_msg("'%s' should be %s", speeds[i].pattern,
                     speeds[i].may_backtrack ? "refused" : "fine");
        }
    }
}

/* What explodes for a backtracking matcher is decided all the same. */
static void catastrophic_patterns_are_decided(void **state)
{
    (void)state;
    static const char *const patterns[] = {"(a+)+",   "(a*)*",         "(a|a)*",
                                           "(a|aa)+", "(a?){30}a{30}", "a*a*a*a*a*a*"};
    struct arena arena = {0};
    char subject[900];
    memset(subject, 'a', sizeof subject - 1);
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        bool bounded = patterns[i][1] == 'a' && patterns[i][2] == '?';
        subject[sizeof subject - 1] = 'a';
        assert_int_equal(match(&arena, patterns[i], (struct str){subject, sizeof subject}, true),
                         truth_of(!bounded));
        subject[sizeof subject - 1] = '!';
        assert_int_equal(match(&arena, patterns[i], (struct str){subject, sizeof subject}, true),
                         TRUTH_FALSE);
    }
    arena_release(&arena);
}

/* A search over a megabyte in which every start looks promising. */
static void searches_are_linear(void **state)
{
    (void)state;
    enum { LEN = 1 << 20 };
    struct arena arena = {0};
    char *subject = malloc(LEN);
    assert_non_null(subject);
    memset(subject, 'a', LEN);
    assert_int_equal(match(&arena, "[a-z]*1", (struct str){subject, LEN}, false), TRUTH_FALSE);
    assert_int_equal(match(&arena, "a+b", (struct str){subject, LEN}, false), TRUTH_FALSE);
    subject[LEN - 1] = '1';
    assert_int_equal(match(&arena, "[a-z]*1", (struct str){subject, LEN}, false), TRUTH_TRUE);
    free(subject);
    arena_release(&arena);
}

/*
 * Each limit ends the matcher that backtracks, and the one that does not takes over; with as few tries as
 * here that one has no work left for a subject of this length.
 */
static void each_limit_is_reached(void **state)
{
    (void)state;
    enum { LEN = 1000, TRIES = 39 };
    static const struct {
        enum limit limit;
        uint64_t low;
    } cases[] = {{LIMIT_REGEX_MATCHES, 2}, {LIMIT_REGEX_DEPTH, 1}, {LIMIT_REGEX_KIB, 1}};
    struct arena arena = {0};
    size_t at = 0;
    struct str problem = {0};
    const struct iregexp *regexp =
        iregexp_compile(&arena, STR("(ab)?(ab)?(ab)?(ab)?(ab)?(ab)?(ab)?(ab)?(ab)?(ab)?[^z]*"),
                        true, &at, &problem);
    char subject[LEN];
    for (size_t i = 0; i < LEN; i++) {
        subject[i] = "ab"[i % 2];
    }
    struct limits limits = limits_default;
    limits.of[LIMIT_REGEX_MATCHES] = TRIES;
    struct str text = {subject, LEN};
    assert_int_equal(iregexp_match(regexp, text, &limits), TRUTH_TRUE);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct limits lower = limits;
        lower.of[cases[i].limit] = cases[i].low;
        assert_int_equal(iregexp_match(regexp, text, &lower), TRUTH_UNKNOWN);
        lower.of[LIMIT_REGEX_MATCHES] = limits_default.of[LIMIT_REGEX_MATCHES];
        assert_int_equal(iregexp_match(regexp, text, &lower), TRUTH_TRUE);
    }
    arena_release(&arena);
}

/* More states at once than the work limit allows for such a subject; and a subject beyond all. */
static void what_needs_too_many_states_is_unknown(void **state)
{
    (void)state;
    enum { LEN = 200000, LEN_BEYOND = 3000000 };
    static const char pattern[] = "(.*a.{200}b|.*a.{190}c)";
    struct arena arena = {0};
    char *subject = malloc(LEN_BEYOND);
    assert_non_null(subject);
    memset(subject, 'a', LEN_BEYOND);
    assert_int_equal(match(&arena, pattern, (struct str){subject, LEN / 100}, false), TRUTH_FALSE);
    assert_int_equal(match(&arena, pattern, (struct str){subject, LEN}, false), TRUTH_UNKNOWN);
    assert_int_equal(match(&arena, "a*", (struct str){subject, LEN_BEYOND}, true), TRUTH_UNKNOWN);
    free(subject);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_what_the_rfc_says),
        cmocka_unit_test(long_subjects_match_as_short_ones_do),
        cmocka_unit_test(what_is_no_iregexp_is_refused_at_its_place),
        cmocka_unit_test(patterns_have_a_largest_size),
        cmocka_unit_test(competing_repetitions_are_recognised),
        cmocka_unit_test(catastrophic_patterns_are_decided),
        cmocka_unit_test(searches_are_linear),
        cmocka_unit_test(what_needs_too_many_states_is_unknown),
        cmocka_unit_test(each_limit_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
