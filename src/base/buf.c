/* SPDX-License-Identifier: MIT */
/* Bounded output buffers: doubling storage up to a stated maximum, then a sticky `truncated`. */
#include "base/buf.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUF_FIRST = 256 };

void buf_release(struct buf *buf)
{
    free(buf->ptr);
    *buf = (struct buf){.max = buf->max};
}

/*
 * Room for `more` bytes and the NUL that vsnprintf() writes behind them, or false with `truncated`
 * set.
 */
static bool buf_reserve(struct buf *buf, size_t more)
{
    if (buf->truncated || more > buf->max - buf->len) {
        buf->truncated = true;
        return false;
    }
    if (more < buf->capacity - buf->len) {
        return true;
    }
    size_t capacity = buf->capacity ? buf->capacity : BUF_FIRST;
    while (capacity - buf->len <= more) {
        capacity *= 2;
    }
    char *larger = realloc(buf->ptr, capacity);
    if (!larger) {
        memory_exhausted();
    }
    buf->ptr = larger;
    buf->capacity = capacity;
    return true;
}

void buf_add(struct buf *buf, struct str s)
{
    if (s.len && buf_reserve(buf, s.len)) {
        memcpy(buf->ptr + buf->len, s.ptr, s.len);
        buf->len += s.len;
    }
}

void buf_add_c(struct buf *buf, const char *text)
{
    buf_add(buf, str_from_c(text));
}

void buf_add_char(struct buf *buf, char c)
{
    if (buf_reserve(buf, 1)) {
        buf->ptr[buf->len++] = c;
    }
}

void buf_add_repeat(struct buf *buf, char c, size_t count)
{
    if (count && buf_reserve(buf, count)) {
        memset(buf->ptr + buf->len, c, count);
        buf->len += count;
    }
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len <= 0 || !buf_reserve(buf, (size_t)len)) {
        return;
    }
    va_start(args, format);
    vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}
