/* SPDX-License-Identifier: MIT */
/*
 * Text from files and file names as people may see it: what could move a terminal's cursor, hide or
 * reorder text (control characters, bidirectional controls, invisible characters, broken UTF-8) is
 * shown as an escape.
 */
#ifndef EKSLINT_REPORT_VISIBLE_H
#define EKSLINT_REPORT_VISIBLE_H

#include "base/buf.h"

enum { GLYPH_MAX_BYTES = 12 };

/* One character as it is shown. */
struct glyph {
    char text[GLYPH_MAX_BYTES];
    uint8_t len;
    uint8_t width; /* columns of a terminal: 0 for a combining character */
    uint32_t
        code_point; /* of a character that is shown as itself; 0 where it is shown as an escape */
};

/*
 * The first character of s, which must not be empty, and how many of its bytes it takes. \n, \r and
 * \t are shown by these names, other control characters and malformed bytes as \xNN, invisible
 * characters as \uNNNN.
 */
size_t visible_next(struct str s, struct glyph *glyph);

/* How many characters s begins with that are shown as they are, in one byte and one column each. */
size_t visible_plain_len(struct str s);

/*
 * Is a character above U+007F shown as an escape: C1 controls, what hides or reorders text, what is
 * none in XML?
 */
bool visible_is_escaped(uint32_t code_point);

/* Append all of s so. */
void visible_add(struct buf *out, struct str s);

#endif
