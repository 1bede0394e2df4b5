/* SPDX-License-Identifier: MIT */
/*
 * The built-in rules, as embed.c writes them into the binary: for each rule what decides it, as
 * JSON, which loads in a microsecond, its symptoms in the same way, for the error text that may be
 * any rule's, and its whole file, which only a finding, `explain` or a test of the rule needs. A row
 * has what tells whether the rule is wanted. One pool of characters and rows of offsets: no
 * pointers, so no relocations and no cost at start-up however many rules there are.
 */
#ifndef EKSLINT_RULE_BUILTIN_H
#define EKSLINT_RULE_BUILTIN_H

#include "iam/fault.h"

/* A piece of the pool. */
struct builtin_piece {
    uint32_t at, len;
};

struct builtin_row {
    struct builtin_piece id, kind, aka, stage, core, symptoms;
    struct builtin_piece yaml; /* the file without its tests, which stand behind it in `file` */
    struct builtin_piece file;
    struct iam_fault_set guards; /* rule_guard_set(): a policy without them needs no more of it */
    bool pedantic;
};

/* A managed policy of AWS: the resource of its ARN, and its definition as JSON (managed.h). */
struct builtin_managed {
    struct builtin_piece resource, definition;
};

struct builtin_rules {
    const char *pool;
    const struct builtin_row *rows; /* by id */
    size_t count;
    struct builtin_piece kinds; /* the kind definitions, a JSON array */
    struct builtin_piece init;  /* the commented gitlab-eks.yaml of `ekslint init` */
    struct builtin_piece flows; /* the definitions of the flows, a JSON array */
    const struct builtin_managed *managed;
    size_t managed_count;
};

extern const struct builtin_rules builtin_rules;

static inline struct str builtin_text(const struct builtin_rules *rules, struct builtin_piece piece)
{
    return (struct str){rules->pool + piece.at, piece.len};
}

#endif
