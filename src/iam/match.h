/* SPDX-License-Identifier: MIT */
/*
 * Does a statement match a request? Element by element, three-valued, so that the nearest statement
 * to an answer can be named. Sources: IAM User Guide, "IAM JSON policy elements: Action",
 * "… Resource", "… Condition" and "Set operators for multivalued context keys".
 */
#ifndef EKSLINT_IAM_MATCH_H
#define EKSLINT_IAM_MATCH_H

#include "iam/caller.h"
#include "iam/context.h"

struct iam_request {
    struct str action; /* "ec2:DescribeVpcs" */
    /*
     * An ARN; or "*" for a call without resource-level permissions, which only a Resource that
     * matches everything covers.
     */
    struct str resource;
    bool resource_is_pattern;        /* the resource's wildcards stand for every such resource */
    const struct iam_caller *caller; /* NULL: nothing is known of who calls */
    const struct iam_context *context;
    struct arena *arena; /* for the texts of variables, and for results */
    /*
     * In comparisons, as in aws/wildcard.h; a statement that is looked at costs some, too. Used up:
     * everything is unknown.
     */
    uint64_t *budget;
};

/* As iam_context_find(), but a key that is looked at costs budget; KEY_UNKNOWN where that ends. */
enum iam_presence iam_request_find(const struct iam_request *request, struct str name,
                                   const struct iam_key **key);

/* As iam_expand(), but each byte costs budget; KEY_UNKNOWN where that ends. */
struct iam_expansion iam_request_expand(const struct iam_request *request, struct str text,
                                        bool literal_values);

/* *text as iam_literal_text() makes it, each byte for budget; false where that ends. */
MUST_USE bool iam_request_literals(const struct iam_request *request, struct str *text);

/* What each element of a statement says of a request. */
struct iam_match {
    enum truth action, principal, resource, condition;
    struct iam_naming_truth naming;
    const struct iam_test *failed; /* the first test that is false, else the first unknown one */
    uint32_t failed_count;         /* tests that are not true */
};

/*
 * Match all elements but those behind one that is false: action, principal (where `by_principal`),
 * resource, condition, in this order.
 */
struct iam_match iam_statement_match(const struct iam_statement *statement,
                                     const struct iam_request *request, bool by_principal);

/*
 * The same in two steps, for several resources: the action, which is false whatever the resource, and the rest with what
 * the first step said.
 */
enum truth iam_statement_match_action(const struct iam_statement *statement,
                                      const struct iam_request *request);
struct iam_match iam_statement_match_rest(const struct iam_statement *statement,
                                          const struct iam_request *request, bool by_principal,
                                          enum truth action);

/* All elements together, with the statement's own faults: NAMED_ACCOUNT or more of the principal. */
enum truth iam_match_all(const struct iam_match *match, const struct iam_statement *statement,
                         enum iam_naming naming);

/*
 * Is one condition test met? Absent keys make positive operators false and negated ones true,
 * IfExists and ForAllValues make them true, ForAnyValue false.
 */
enum truth iam_test_met(const struct iam_test *test, const struct iam_request *request);

#endif
