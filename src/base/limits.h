/* SPDX-License-Identifier: MIT */
/*
 * What a run does at most: one table, limits.def. Whoever reads or judges asks the limits that its
 * sources carry (text/source.h); a message about a limit that was reached ends in
 * limit_advice().
 */
#ifndef EKSLINT_BASE_LIMITS_H
#define EKSLINT_BASE_LIMITS_H

#include "base/arena.h"

enum limit {
#define LIMIT(id, name, value, least, most, unit, what) LIMIT_##id,
#include "base/limits.def"
#undef LIMIT
    LIMIT_COUNT
};

struct limits {
    uint64_t of[LIMIT_COUNT];
};

extern const struct limits limits_default;

struct limit_row {
    struct str name;
    uint64_t value, least, most; /* the default, and how far it can be moved */
    struct str unit, what;       /* "values", "in a document" */
};

extern const struct limit_row limit_rows[LIMIT_COUNT];

/*
 * Move a limit: "depth=1024"; K, M and G behind the number are 2^10, 2^20 and 2^30. False, with the
 * limits as they were and *why in the arena, where it names no limit or no number in its range.
 */
MUST_USE bool limits_set(struct limits *limits, struct arena *arena, struct str setting,
                         struct str *why);

/* An amount of the limit's unit, for people: "512 levels", "256 MiB". Memory in arena, if any. */
struct str limit_amount(struct arena *arena, enum limit limit, uint64_t amount);

/*
 * What a message about a limit says last, in brackets: which limit it is, and how far `--limit` can
 * move it.
 */
struct str limit_advice(struct arena *arena, enum limit limit);

/* A whole message: "more than 512 levels of nesting", and the advice. */
struct str limit_reached(struct arena *arena, const struct limits *limits, enum limit limit);

#endif
