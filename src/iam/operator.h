/* SPDX-License-Identifier: MIT */
/*
 * Condition operators: their names with the prefixes and the suffix they may have, and what each
 * compares. Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set
 * operators for multivalued context keys".
 */
#ifndef EKSLINT_IAM_OPERATOR_H
#define EKSLINT_IAM_OPERATOR_H

#include "base/arena.h"

enum iam_family {
    FAMILY_STRING,
    FAMILY_NUMERIC,
    FAMILY_DATE,
    FAMILY_BOOL,
    FAMILY_BINARY,
    FAMILY_IP,
    FAMILY_ARN,
    FAMILY_NULL,
    FAMILY_COUNT
};

enum iam_comparison {
    COMPARE_EQUAL,
    COMPARE_EQUAL_NOCASE,
    COMPARE_LIKE,
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_GREATER,
    COMPARE_GREATER_EQUAL,
    COMPARISON_COUNT
};

struct iam_operator {
    struct str name;
    enum iam_family family;
    enum iam_comparison comparison;
    bool negated;
};

/* ForAllValues: and ForAnyValue: before an operator's name. */
enum iam_quantifier { QUANTIFIER_NONE, QUANTIFIER_ALL, QUANTIFIER_ANY };

/* An operator as a policy writes it: "ForAnyValue:StringLikeIfExists". */
struct iam_operator_use {
    const struct iam_operator *compare;
    enum iam_quantifier quantifier;
    bool if_exists;
};

/*
 * Take a written operator apart. Names count in their exact case. False where it is none; *nearest
 * then holds the nearest name with its prefix and suffix (memory in arena), or is empty.
 */
MUST_USE bool iam_operator_parse(struct arena *arena, struct str text, struct iam_operator_use *use,
                                 struct str *nearest);

/* All operators, in the order of the documentation. */
extern const struct iam_operator iam_operators[];
extern const size_t iam_operator_count;

#endif
