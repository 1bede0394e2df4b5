/* SPDX-License-Identifier: MIT */
/* The parts that help texts are made of, 80 columns wide, and the long one about configuration. */
#ifndef EKSLINT_CLI_HELP_H
#define EKSLINT_CLI_HELP_H

#include "base/buf.h"

/* A term and what it means, in two columns, of which the second starts at `column`. */
void help_definition(struct buf *out, unsigned column, struct str term, struct str meaning);

void help_paragraph(struct buf *out, struct str text);

/* Where a configuration is found, what wins, how patterns are written, and every key. */
void help_configuration(struct buf *out);

#endif
