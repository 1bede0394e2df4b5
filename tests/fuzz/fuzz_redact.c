/* SPDX-License-Identifier: MIT */
/*
 * Redaction of any text: nothing of a secret that has a shape is left, neither the first nor the second
 * time, whatever stands around it; lines stay, and the copy of an equal text is equal.
 */
#include "text/redact.h"
#include "text/secret.h"

#include "check.h"

enum { INPUT_MAX = 4096, PIECE = 8, OUTPUT_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_lines(struct str text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++) {
        lines += text.ptr[i] == '\n';
    }
    return lines;
}

static struct str redact(struct arena *arena, struct str text, struct source **read)
{
    struct redactor redactor;
    struct sources sources;
    struct arena scratch = {0};
    struct buf out = buf_with_max(OUTPUT_MAX);
    sources_init(&sources, arena);
    redactor_init(&redactor, arena);
    redactor_keep(&redactor, STR("kube-system"));
    redactor_know(&redactor, STR("cluster role name"));
    *read = sources_add(&sources, STR("f"), text);
    secret_hide_shapes(*read);
    secret_hide_named(*read);
    redactor_learn_secrets(&redactor, *read, &scratch);
    redactor_learn(&redactor, *read, &scratch);
    redactor_write(&redactor, *read, &scratch, &out);
    CHECK(!out.truncated);
    for (size_t i = 0; i < redactor.count; i++) {
        CHECK(redactor.list[i].original.len > 0);
    }
    struct str copy = arena_str(arena, buf_str(&out));
    buf_release(&out);
    arena_release(&scratch);
    return copy;
}

/* A text that is the pattern of redacted secrets already stays so. */
static bool is_pattern(struct str piece)
{
    for (size_t i = 0; i < piece.len; i++) {
        if (str_find_char(STR("xX01"), piece.ptr[i]) == 4) {
            return false;
        }
    }
    return true;
}

static void check_secrets(struct str text, struct str copy)
{
    struct span found = {0};
    for (size_t at = 0; secret_find_shape(text, at, &found); at = found.hi) {
        struct str secret = str_slice(text, found.lo, found.hi);
        for (size_t i = 0; i + PIECE <= secret.len; i += PIECE) {
            struct str piece = str_slice(secret, i, i + PIECE);
            bool elsewhere = str_find(str_slice(text, 0, found.lo), piece) < found.lo ||
                             str_find(str_from(text, found.hi), piece) < text.len - found.hi;
            CHECK(is_pattern(piece) || elsewhere || str_find(copy, piece) == copy.len);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct source *read;
    struct str text = {(const char *)data, size < INPUT_MAX ? size : INPUT_MAX};
    struct str copy = redact(&arena, text, &read);
    CHECK(count_lines(copy) == count_lines(text));
    CHECK(str_eq(copy, redact(&arena, text, &read)));
    check_secrets(read->bytes, copy);
    struct str again = redact(&arena, copy, &read);
    CHECK(count_lines(again) == count_lines(text));
    check_secrets(read->bytes, again);
    arena_release(&arena);
    return 0;
}
