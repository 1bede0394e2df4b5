/* SPDX-License-Identifier: MIT */
/*
 * Messages are made whole and written with one call, so that those of parallel runs do not mix
 * within a line.
 */
#include "cli/message.h"

#include "base/buf.h"
#include "cli/io.h"
#include "report/visible.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { MESSAGE_MAX = 8192 };

void message_text(struct str text)
{
    if (!io_write_all(STDERR_FILENO, text)) {
        return; /* there is nobody to tell */
    }
}

static void print(const char *format, va_list args)
{
    char text[MESSAGE_MAX];
    int len = vsnprintf(text, sizeof text, format, args);
    if (len < 0) {
        return;
    }
    size_t kept = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    struct buf line = buf_with_max((size_t)MESSAGE_MAX * 8);
    buf_add(&line, STR("ekslint: "));
    visible_add(&line, (struct str){text, kept});
    buf_add_char(&line, '\n');
    message_text(buf_str(&line));
    buf_release(&line);
}

void message_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(format, args);
    va_end(args);
}

void message_note(const char *format, ...)
{
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    va_list args;
    va_start(args, format);
    print(format, args);
    va_end(args);
}
