/* SPDX-License-Identifier: MIT */
/*
 * What is certainly a secret, of each sort and in each context: it lies in the text, the search behind it ends, more
 * context never finds less, what is shown of it are its last four characters at most, and what a message of the text's
 * file says loses it. The first line of an input is the name that its text stands under.
 */
#include "text/secret_leak.h"
#include "text/secret_tail.h"

#include "check.h"

enum { INPUT_MAX = 4096, TOKEN_MIN = 20, RUN_MIN = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_run_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || (c != '\0' && strchr("-_/+", c));
}

/* What may stand around a secret is not of it. */
static struct str strip_end(struct str text)
{
    while (text.len && strchr(" \t\r\n\"',", text.ptr[text.len - 1])) {
        text.len--;
    }
    return text;
}

static void check_shown(struct arena *arena, struct str secret)
{
    struct str shown = secret_shown(arena, secret);
    struct str mark = STR("…");
    if (str_eq(shown, STR("***"))) {
        return;
    }
    CHECK(secret.len >= SECRET_TAILED_MIN_BYTES);
    CHECK(str_starts(shown, mark) && shown.len == mark.len + SECRET_TAIL_BYTES);
    CHECK(secret_shown_len(shown) == shown.len);
    CHECK(str_ends(strip_end(secret), str_from(shown, mark.len)));
}

/* No run of the secret that is too long for a word is in the message. */
static void check_lost(struct str message, struct str secret)
{
    for (size_t at = 0; at < secret.len; at++) {
        size_t start = at;
        while (at < secret.len && is_run_char(secret.ptr[at])) {
            at++;
        }
        struct str run = str_slice(secret, start, at);
        CHECK(run.len < RUN_MIN || str_find(message, run) == message.len);
    }
}

/* As rules do it: the text is hidden, and then a message quotes the secret, or the whole text. */
static void check_message(struct arena *arena, struct str text, struct str secret)
{
    struct sources sources;
    sources_init(&sources, arena);
    struct source *source = sources_add(&sources, STR("f"), text);
    source_hide(source, (struct span){0, (uint32_t)text.len});
    struct str whole = secret_redact(source, text, arena);
    CHECK(whole.len <= text.len);
    check_lost(whole, secret);
    struct str message = arena_format(arena, "'%.*s' is no word", STR_ARG(secret));
    struct str said = secret_redact(source, message, arena);
    CHECK(said.len <= message.len);
    CHECK(str_starts(said, STR("'")) && str_ends(said, STR("' is no word")));
    check_lost(said, secret);
}

static void check_found(struct arena *arena, struct str text, struct span found)
{
    struct str secret = str_slice(text, found.lo, found.hi);
    CHECK(secret.len >= TOKEN_MIN);
    check_shown(arena, secret);
    check_message(arena, text, secret);
    bool pem = str_ends(str_slice(text, 0, found.lo), STR("PRIVATE KEY-----"));
    if (!pem) { /* which has no shape */
        /* A finding says less often "secret" than an output hides one. */
        struct span shape = {0};
        CHECK(secret_find_shape(secret, 0, &shape) && shape.lo == 0);
        CHECK(secret_shown_len(secret_shown(arena, secret)) > 0);
    }
}

/* How many there are. Every one begins behind the one before it. */
static size_t check_sort(struct arena *arena, struct str text, const struct secret_context *context,
                         enum secret_sort sort)
{
    struct span found = {0};
    size_t count = 0;
    for (size_t at = 0; secret_find_leak(text, at, context, sort, &found); at = found.hi) {
        CHECK(found.lo >= at && found.lo < found.hi && found.hi <= text.len);
        check_found(arena, text, found);
        count++;
    }
    CHECK(!secret_find_leak(text, text.len, context, sort, &found));
    return count;
}

static void check_contexts(struct arena *arena, struct str name, struct str text)
{
    const struct secret_context contexts[] = {
        {{0}, false}, {{0}, true}, {name, false}, {name, true}, {STR("SecretAccessKey"), true},
    };
    for (int i = 0; i < SECRET_SORT_COUNT; i++) {
        enum secret_sort sort = (enum secret_sort)i;
        size_t least = check_sort(arena, text, &contexts[0], sort);
        for (size_t j = 1; j < COUNT_OF(contexts); j++) {
            size_t count = check_sort(arena, text, &contexts[j], sort);
            bool depends = sort == SECRET_AWS_KEY || sort == SECRET_AWS_SESSION;
            CHECK(depends ? count >= least : count == least);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str input = {(const char *)data, size < INPUT_MAX ? size : INPUT_MAX};
    size_t line = str_find_char(input, '\n');
    struct str name = str_slice(input, 0, line);
    struct str text = str_from(input, line < input.len ? line + 1 : line);
    check_contexts(&arena, name, text);
    CHECK(!secret_has_key_id(text) || text.len >= TOKEN_MIN);
    /* Blanks around it say nothing. */
    CHECK(secret_is_placeholder(text) == secret_is_placeholder(str_trim(text)));
    arena_release(&arena);
    return 0;
}
