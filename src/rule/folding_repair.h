/* SPDX-License-Identifier: MIT */
/* The passes of folding_repair(). Each writes at most as many bytes as it reads. */
#ifndef EKSLINT_RULE_FOLDING_REPAIR_H
#define EKSLINT_RULE_FOLDING_REPAIR_H

#include "base/str.h"

/* A text that is being written; ptr has room for as many bytes as the pass reads. */
struct repaired {
    char *ptr;
    size_t len;
};

/* &quot; &#39; &#x27; and the like (HTML, "Named character references"; the common ones). */
void repair_entities(struct str from, struct repaired *to);

/* \n \" \u003a (RFC 8259 §7), \' of shells, \_ of Markdown. */
void repair_escapes(struct str from, struct repaired *to);

/* ESC [ … letter (ECMA-48 §5.4), and other escape sequences of two characters. */
void repair_colors(struct str from, struct repaired *to);

/* "> ", "| ", "12 | ", "* ", "- " at the start of a line, as quotes, tables and lists have them. */
void repair_line_starts(struct str from, struct repaired *to);

#endif
