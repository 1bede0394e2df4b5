/* SPDX-License-Identifier: MIT */
/*
 * The source frame under a message: the line with its number, and a marker under the span.
 *
 *     12 |   arn: arn:aws:iam::12345:role/x
 *        |        ^~~~~~~~~~~~~~~~~~~~~~~~~
 *
 * A line that is too long is cut around the span ("…"), a tab takes four columns, and a span of
 * several lines is marked to the end of its first.
 */
#ifndef EKSLINT_REPORT_FRAME_H
#define EKSLINT_REPORT_FRAME_H

#include "report/flow.h"
#include "text/source.h"

struct framer {
    struct flow *flow;
    /*
     * The last line shown: findings are sorted, so that many on one long line come after each
     * other.
     */
    struct source *source;
    uint32_t line;
    uint32_t line_start;
    struct str excerpt;
    struct arena memory; /* of that excerpt alone */
};

/* flow->width is the width to fit; where it is 0, FRAME_WIDTH is. */
enum { FRAME_WIDTH = 120 };

void framer_init(struct framer *framer, struct flow *flow);
void framer_release(struct framer *framer);

/* Write the frame of a span of a file; nothing for an empty line, where there is nothing to see. */
void frame_write(struct framer *framer, struct place place, enum ink ink);

#endif
