/* SPDX-License-Identifier: MIT */
/* The parts that help texts are made of, 80 columns wide, and the long one about configuration. */
#ifndef EKSLINT_CLI_HELP_H
#define EKSLINT_CLI_HELP_H

#include "base/buf.h"

/* A term and what it means, in two columns, of which the second starts at `column`. */
void help_definition(struct buf *out, unsigned column, struct str term, struct str meaning);

void help_paragraph(struct buf *out, struct str text);

/* "Formats: text, json, …", further lines indented. */
void help_list(struct buf *out, struct str label, struct str items);

/* Where a configuration is found, what wins, how patterns are written, and every key. */
void help_configuration(struct buf *out);

#endif
