/* SPDX-License-Identifier: MIT */
/* Whether two IAM documents say the same, however they are written. */
#ifndef EKSLINT_MODEL_DIFFER_H
#define EKSLINT_MODEL_DIFFER_H

#include "model/feed.h"

/*
 * True where both are IAM documents and differ in more than order, lists of one, and the two
 * spellings of an account as a principal (the id and its root user's ARN: IAM User Guide, "AWS JSON
 * policy elements: Principal"). Documents too large to compare do not differ.
 */
bool policies_differ(struct document_reader *reader, struct told a, struct told b);

#endif
