/* SPDX-License-Identifier: MIT */
/*
 * Running text for a terminal: words wrapped at a width, further lines indented, runs of text in
 * colour. Lines break at spaces and between East Asian wide characters, never inside other words:
 * an ARN or a command stays in one piece even where it is longer than the line, so that it can be
 * copied.
 */
#ifndef EKSLINT_REPORT_FLOW_H
#define EKSLINT_REPORT_FLOW_H

#include "report/visible.h"

enum ink { INK_PLAIN, INK_BOLD, INK_ERROR, INK_WARNING, INK_INFO, INK_COUNT };

struct flow {
    struct buf *out;
    unsigned width; /* of the terminal; 0 = do not wrap */
    unsigned hang;  /* columns by which further lines are indented */
    bool color;
    unsigned column;   /* where the cursor stands, from 0 */
    unsigned spaces;   /* seen, and written only if the line goes on */
    struct glyph last; /* the last character written */
};

/*
 * Append text without wrapping: places, markers and commands. Control characters are shown as
 * escapes.
 */
void flow_raw(struct flow *flow, enum ink ink, struct str text);

/* Append words, wrapped. Control characters, line feeds too, are shown as escapes. */
void flow_words(struct flow *flow, enum ink ink, struct str text);

/*
 * Append words in which a line feed starts a new line, as in a fix of several lines. Outer blanks
 * are dropped.
 */
void flow_lines(struct flow *flow, enum ink ink, struct str text);

/* End the line. The next one starts at column 0. */
void flow_end(struct flow *flow);

#endif
