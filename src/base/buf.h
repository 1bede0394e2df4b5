/* SPDX-License-Identifier: MIT */
/*
 * Bounded output buffers. Invariants: a buffer never grows beyond `max` bytes; what does not fit is
 * dropped whole and `truncated` stays set, so a writer checks once at the end. The zero value with
 * a max set is empty and valid. Storage is malloc'd, not from an arena: outputs may be large and
 * are freed one by one.
 */
#ifndef EKSLINT_BASE_BUF_H
#define EKSLINT_BASE_BUF_H

#include "base/str.h"

struct buf {
    char *ptr;
    size_t len;
    size_t capacity;
    size_t max;
    bool truncated;
};

/* An empty buffer of at most max bytes. */
static inline struct buf buf_with_max(size_t max)
{
    return (struct buf){.max = max};
}

void buf_release(struct buf *buf);

/* The contents; valid until the next append. */
static inline struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->ptr, buf->len};
}

void buf_add(struct buf *buf, struct str s);
void buf_add_c(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_add_repeat(struct buf *buf, char c, size_t count);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
