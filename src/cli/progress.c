/* SPDX-License-Identifier: MIT */
/* The line is erased by "carriage return, erase to the end of the line" (ECMA-48, EL). */
#include "cli/progress.h"

#include "base/str.h"
#include "cli/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Fewer files are read before anyone could read the line; between two steps there are as many. */
enum { LONG_RUN = 1000, STEP = 250 };

#define ERASE "\r\x1b[K"

static void show(const char *text, size_t done, size_t total)
{
    char line[80];
    int len = snprintf(line, sizeof line, ERASE "ekslint: %s %zu of %zu files", text, done, total);
    message_text((struct str){line, (size_t)len < sizeof line ? (size_t)len : sizeof line - 1});
}

struct progress progress_begin(size_t total, bool quiet)
{
    const char *terminal = getenv("TERM");
    bool can_erase = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
    return (struct progress){.total = total, .shown = can_erase && !quiet && total >= LONG_RUN};
}

void progress_step(const struct progress *progress, size_t done)
{
    if (progress->shown && done % STEP == 0) {
        show("read", done, progress->total);
    }
}

void progress_judging(const struct progress *progress)
{
    if (progress->shown) {
        show("judging", progress->total, progress->total);
    }
}

void progress_end(struct progress *progress)
{
    if (progress->shown) {
        message_text(STR(ERASE));
    }
    progress->shown = false;
}
