/* SPDX-License-Identifier: MIT */
/*
 * I-Regexp on PCRE2: the only file that knows pcre2.h. Patterns are compiled without captures, and
 * PCRE2's memory for them comes from the caller's arena.
 *
 * Two matchers, one answer. Short subjects are matched by pcre2_match(), which backtracks: it is
 * the faster one, and the match limit ends what explodes. What hits that limit, and every long
 * subject, goes to pcre2_dfa_match(), whose time is linear in the subject because an I-Regexp has
 * no captures and no back references. It keeps all states that the pattern may be in; how many, is
 * bounded so that their square times the subject's length stays below DFA_WORK for each of the
 * limit's tries. Only a pattern that needs more is TRUTH_UNKNOWN.
 */
#include "path/iregexp.h"

#include "base/memory.h"
#include "path/iregexp_form.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    SHORT_SUBJECT = 1024,
    POOL_BYTES = 32768, /* of one match: what PCRE2 10.42 asks for first is 20 KiB */
    DFA_STATES_MOST = 1000,
    DFA_STATES_LEAST = 20,
    DFA_INTS_PER_STATE = 6, /* two lists of states, three ints to a state */
    DFA_INTS_FIXED = 20,
    DFA_WORK = 10000, /* comparisons of states that take as long as a try */
};

struct iregexp {
    pcre2_code *code;
    bool may_backtrack;
};

static void *arena_malloc(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void arena_free(void *block, void *arena)
{
    (void)block;
    (void)arena;
}

/* The memory of one match, on the stack; what does not fit comes from the heap. */
struct pool {
    size_t used;
    _Alignas(max_align_t) char bytes[POOL_BYTES];
};

static void *pool_malloc(size_t size, void *context)
{
    struct pool *pool = context;
    size_t rounded = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
    if (rounded < size || rounded > POOL_BYTES - pool->used) {
        void *block = malloc(size);
        if (!block) {
            memory_exhausted();
        }
        return block;
    }
    void *block = pool->bytes + pool->used;
    pool->used += rounded;
    return block;
}

static void pool_free(void *block, void *context)
{
    const struct pool *pool = context;
    const char *byte = block;
    if (byte < pool->bytes || byte >= pool->bytes + POOL_BYTES) {
        free(block);
    }
}

/*
 * A search is a match at the start of the string behind anything at all, rather than PCRE2's own
 * search for a start: it is one match under one limit, and linear for the DFA.
 */
static struct str wrap_pattern(struct arena *arena, struct str pcre, bool whole)
{
    return whole ? arena_format(arena, "\\A(?:%.*s)\\z", STR_ARG(pcre))
                 : arena_format(arena, "\\A(?s:.*?)(?:%.*s)", STR_ARG(pcre));
}

static struct iregexp *compile(struct arena *arena, const struct iregexp_form *form, bool whole,
                               struct str *problem)
{
    pcre2_general_context *memory = pcre2_general_context_create(arena_malloc, arena_free, arena);
    pcre2_compile_context *context = pcre2_compile_context_create(memory);
    struct str text = wrap_pattern(arena, buf_str(&form->pcre), whole);
    int error = 0;
    PCRE2_SIZE error_at = 0;
    uint32_t options =
        PCRE2_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)text.ptr, text.len, options, &error, &error_at, context);
    if (!code) {
        /* The grammar has been checked, so what is left is size. */
        char message[128];
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
        *problem = arena_format(arena, "PCRE2 says: %s", message);
        return NULL;
    }
    struct iregexp *regexp = arena_new(arena, struct iregexp);
    regexp->code = code;
    regexp->may_backtrack = form->may_backtrack;
    return regexp;
}

struct iregexp *iregexp_compile(struct arena *arena, struct str pattern, bool whole, size_t *at,
                                struct str *problem)
{
    *at = 0;
    if (pattern.len > IREGEXP_MAX_BYTES) {
        *problem = arena_format(arena, "a pattern has at most %d bytes", IREGEXP_MAX_BYTES);
        return NULL;
    }
    struct iregexp_form form;
    struct iregexp *regexp = NULL;
    if (iregexp_read(pattern, &form)) {
        regexp = compile(arena, &form, whole, problem);
    } else {
        *at = form.problem_at;
        *problem = form.problem;
    }
    buf_release(&form.pcre);
    return regexp;
}

bool iregexp_may_backtrack(struct str pattern)
{
    struct iregexp_form form;
    bool may = iregexp_read(pattern, &form) && form.may_backtrack;
    buf_release(&form.pcre);
    return may;
}

bool iregexp_backtracks(const struct iregexp *regexp)
{
    return regexp->may_backtrack;
}

/* What PCRE2's return code means; false where it reached a limit. */
static bool decide(int code, enum truth *truth)
{
    switch (code) {
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_NOMEMORY:
    case PCRE2_ERROR_DFA_WSSIZE:
        *truth = TRUTH_UNKNOWN;
        return false;
    default:
        /* The other errors: no match, or a subject that is not UTF-8. */
        *truth = truth_of(code >= 0);
        return true;
    }
}

/*
 * The number of states that the DFA may be in, so that its work stays bounded; 0 where that is too
 * much for any number.
 */
static size_t state_limit(size_t len, const struct limits *limits)
{
    uint64_t work = limits->of[LIMIT_REGEX_MATCHES] * DFA_WORK / (len + 1);
    size_t states = DFA_STATES_MOST;
    while (states > DFA_STATES_LEAST && states * states > work) {
        states -= states / 8;
    }
    return states * states > work ? 0 : states;
}

static enum truth match_dfa(const struct iregexp *regexp, struct str subject,
                            const struct limits *limits, pcre2_match_data *data,
                            pcre2_match_context *context)
{
    size_t states = state_limit(subject.len, limits);
    if (states == 0) {
        return TRUTH_UNKNOWN;
    }
    int workspace[DFA_INTS_FIXED + DFA_INTS_PER_STATE * DFA_STATES_MOST];
    int code =
        pcre2_dfa_match(regexp->code, (PCRE2_SPTR)subject.ptr, subject.len, 0, PCRE2_DFA_SHORTEST,
                        data, context, workspace, DFA_INTS_FIXED + DFA_INTS_PER_STATE * states);
    enum truth truth;
    decide(code, &truth);
    return truth;
}

enum truth iregexp_match(const struct iregexp *regexp, struct str subject,
                         const struct limits *limits)
{
    struct pool pool;
    pool.used = 0;
    subject.ptr = subject.ptr ? subject.ptr : "";
    pcre2_general_context *memory = pcre2_general_context_create(pool_malloc, pool_free, &pool);
    pcre2_match_data *data = pcre2_match_data_create(1, memory);
    pcre2_match_context *context = pcre2_match_context_create(memory);
    pcre2_set_match_limit(context, (uint32_t)limits->of[LIMIT_REGEX_MATCHES]);
    pcre2_set_depth_limit(context, (uint32_t)limits->of[LIMIT_REGEX_DEPTH]);
    pcre2_set_heap_limit(context, (uint32_t)limits->of[LIMIT_REGEX_KIB]);
    enum truth truth = TRUTH_UNKNOWN;
    int code = PCRE2_ERROR_MATCHLIMIT;
    if (subject.len <= SHORT_SUBJECT) {
        code = pcre2_match(regexp->code, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, data, context);
    }
    if (!decide(code, &truth)) {
        truth = match_dfa(regexp, subject, limits, data, context);
    }
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_general_context_free(memory);
    return truth;
}
