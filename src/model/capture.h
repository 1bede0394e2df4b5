/* SPDX-License-Identifier: MIT */
/*
 * What people send instead of saved output: what a terminal showed. A text that is no JSON is often
 * one with the command line above it, a table, or what a command said when it failed; a syntax error
 * alone does not tell them what to do.
 * Source: AWS CLI User Guide, "Setting the output format in the AWS CLI".
 */
#ifndef EKSLINT_MODEL_CAPTURE_H
#define EKSLINT_MODEL_CAPTURE_H

#include "base/str.h"

/*
 * What to do about a text in which a reader stumbled at byte `at`; `json`: it should be JSON. Empty
 * where it looks like nothing known. Constant text.
 */
struct str capture_advice(struct str text, size_t at, bool json);

#endif
