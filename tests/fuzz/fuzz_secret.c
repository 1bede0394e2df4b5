/* SPDX-License-Identifier: MIT */
/*
 * Secrets in any text: what is found has the shape, what is hidden lies inside, and a message of the
 * same text loses every run of that shape. What is advised about a text reads nothing beyond it.
 */
#include "model/capture.h"
#include "text/secret.h"

#include "check.h"

enum { INPUT_MAX = 4096, SHAPE_MIN = 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_shapes(struct str text)
{
    struct span found = {0};
    for (size_t at = 0; secret_find_shape(text, at, &found); at = found.hi) {
        size_t len = found.hi - found.lo;
        CHECK(found.lo >= at && found.lo < found.hi && found.hi <= text.len);
        CHECK(len >= SHAPE_MIN);
        struct span again = {0};
        CHECK(secret_find_shape(str_slice(text, found.lo, found.hi), 0, &again));
        CHECK(again.lo == 0 && again.hi == len);
    }
}

static void check_hidden(struct arena *arena, struct str text)
{
    struct sources sources;
    struct span shape;
    sources_init(&sources, arena);
    struct source *source = sources_add(&sources, STR("f"), text);
    secret_hide_shapes(source);
    secret_hide_named(source);
    for (size_t i = 0; i < source->secret_count; i++) {
        CHECK(source->secrets[i].lo <= source->secrets[i].hi);
        CHECK(source->secrets[i].hi <= source->bytes.len);
    }
    struct str redacted = secret_redact(source, source->bytes, arena);
    CHECK(redacted.len <= source->bytes.len);
    CHECK(source->secret_count || redacted.ptr == source->bytes.ptr);
    CHECK(!secret_find_shape(redacted, 0, &shape));
    struct str again = secret_redact(source, redacted, arena);
    CHECK(str_eq(again, redacted));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str text = {(const char *)data, size < INPUT_MAX ? size : INPUT_MAX};
    check_shapes(text);
    check_hidden(&arena, text);
    bool pair = secret_is_pair(text);
    CHECK(!pair || text.len > SECRET_MIN_BYTES);
    CHECK(!secret_is_aws_name(text) || text.len > 0);
    size_t at = size ? data[0] : 0;
    /* What is wrong whatever it should be is wrong as JSON, too. */
    CHECK(!capture_advice(text, at, false).len || capture_advice(text, at, true).len);
    arena_release(&arena);
    return 0;
}
