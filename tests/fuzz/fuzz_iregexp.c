/* SPDX-License-Identifier: MIT */
/*
 * I-Regexp: the first line of the input is a pattern, the rest a subject. Whatever the grammar
 * accepts PCRE2 accepts, but for its size; a match of the whole is a match of a part; and a subject
 * that is made long, for the other matcher, matches as the short one does.
 */
#include "base/utf8.h"
#include "path/iregexp.h"

#include "check.h"

enum { SUBJECT_MAX = 300, PADDING = 1100 };

static const struct iregexp *compile(struct arena *arena, struct str pattern, bool whole)
{
    size_t at = 0;
    struct str problem = {0};
    const struct iregexp *regexp = iregexp_compile(arena, pattern, whole, &at, &problem);
    CHECK(regexp || (at <= pattern.len && problem.len > 0));
    CHECK(!str_starts(problem, STR("PCRE2")) || str_ends(problem, STR("is too large")));
    return regexp;
}

/* "0*;(pattern)" on "0;subject" and on "000…;subject". */
static void check_long(struct arena *arena, struct str pattern, struct str subject)
{
    const struct iregexp *padded =
        compile(arena, arena_format(arena, "0*;(%.*s)", STR_ARG(pattern)), true);
    if (!padded) {
        return; /* too large now */
    }
    char text[PADDING + 1 + SUBJECT_MAX];
    memset(text, '0', PADDING);
    text[PADDING] = ';';
    memcpy(text + PADDING + 1, subject.ptr, subject.len);
    enum truth from_short =
        iregexp_match(padded, (struct str){text + PADDING - 1, subject.len + 2}, &limits_default);
    enum truth from_long =
        iregexp_match(padded, (struct str){text, PADDING + 1 + subject.len}, &limits_default);
    CHECK(from_short == from_long || from_short == TRUTH_UNKNOWN || from_long == TRUTH_UNKNOWN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str pattern, subject;
    str_cut((struct str){(const char *)data, size}, '\n', &pattern, &subject);
    subject = str_slice(subject, 0, SUBJECT_MAX);
    const struct iregexp *whole = compile(&arena, pattern, true);
    const struct iregexp *part = compile(&arena, pattern, false);
    iregexp_may_backtrack(pattern);
    if (whole && part && subject.len) {
        enum truth all = iregexp_match(whole, subject, &limits_default);
        enum truth some = iregexp_match(part, subject, &limits_default);
        CHECK(all != TRUTH_TRUE || some != TRUTH_FALSE);
        CHECK(utf8_find_malformed(subject) == subject.len ||
              (all == TRUTH_FALSE && some == TRUTH_FALSE));
        check_long(&arena, pattern, subject);
    }
    arena_release(&arena);
    return 0;
}
