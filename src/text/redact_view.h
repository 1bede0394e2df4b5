/* SPDX-License-Identifier: MIT */
/*
 * A text as it is looked through for names: escapes of JSON and YAML and percent signs of URLs stand
 * for what they mean, in whatever format, and each character knows its bytes. A mark says what a
 * character is part of.
 */
#ifndef EKSLINT_TEXT_REDACT_VIEW_H
#define EKSLINT_TEXT_REDACT_VIEW_H

#include "base/arena.h"

enum redact_mark {
    REDACT_PLAIN,   /* nothing is known of it */
    REDACT_KEEP,    /* it means something to AWS or to Kubernetes */
    REDACT_NAME,    /* of the user's */
    REDACT_SECRET,  /* of which nothing is kept */
    REDACT_ACCOUNT, /* twelve digits, with hyphens or without */
    REDACT_DIGITS,  /* digits that may be meant for an account's */
    REDACT_HEX,     /* of a resource's id, a UUID, an issuer */
    REDACT_KEY_ID,  /* what follows AKIA */
    REDACT_IPV4,
    REDACT_IPV6,
    REDACT_MARK_COUNT
};

struct redact_view {
    char *text;
    size_t len;
    uint32_t *at;         /* where the bytes of each character begin; one more at the end */
    unsigned char *marks; /* enum redact_mark */
};

/* Memory in arena: six bytes for each of `raw`, which is at most SOURCE_MAX_BYTES. */
struct redact_view redact_view_make(struct arena *arena, struct str raw);

static inline struct str redact_view_str(const struct redact_view *view, size_t from, size_t to)
{
    return str_slice((struct str){view->text, view->len}, from, to);
}

/* Mark what has no mark yet in [from, to). */
void redact_view_mark(struct redact_view *view, size_t from, size_t to, enum redact_mark mark);

/* A letter, a digit or a byte of a character outside of ASCII: what words are made of. */
bool redact_is_word(char c);

/* The end of the word that a place is in. */
size_t redact_word_end(const struct redact_view *view, size_t from);

#endif
