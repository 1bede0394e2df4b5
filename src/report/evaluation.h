/* SPDX-License-Identifier: MIT */
/*
 * Results of `simulate` as JSON, in the shape of `aws iam simulate-custom-policy`: EvalActionName,
 * EvalResourceName, EvalDecision, MatchedStatements, MissingContextValues; and of our own,
 * DecidedBy and, for a denial, DenialReason, which names the statement that denies or the one
 * nearest to allowing and what in it does not match. Written by hand and not by a library: results
 * are many and small, and strings are escaped by tree/write_json.h.
 */
#ifndef EKSLINT_REPORT_EVALUATION_H
#define EKSLINT_REPORT_EVALUATION_H

#include "base/buf.h"
#include "iam/simulation.h"

/* How results are laid out: on one line, or for people. */
struct evaluation_writer {
    struct buf *out;
    struct arena *arena; /* scratch */
    struct sources *sources;
    bool pretty;
    unsigned depth; /* of nesting, for `pretty` */
};

/* One element of EvaluationResults. */
void evaluation_write(struct evaluation_writer *w, const struct iam_request *request,
                      const struct iam_decision *decision);

/* The findings of a request that could not be read: {"Errors": [{"Message", "File", "Line", "Column"}]}. */
void evaluation_write_errors(struct evaluation_writer *w, const struct findings *findings,
                             size_t from);

/* Punctuation that `pretty` spreads over lines. */
void evaluation_open(struct evaluation_writer *w, char bracket);
void evaluation_close(struct evaluation_writer *w, char bracket, bool empty);
void evaluation_next(struct evaluation_writer *w, bool first);
void evaluation_member(struct evaluation_writer *w, const char *name, bool first);

#endif
