/* SPDX-License-Identifier: MIT */
/*
 * Whether the repetitions of a pattern compete for characters, told from the shapes of its parts.
 * Private to this folder.
 *
 * A backtracking matcher has a choice where a part that could end may also go on (`tail`) and what
 * follows starts with the same character. One such choice costs nothing much; inside of a
 * repetition, or between two of them, they multiply. The answer is on the safe side: where it is
 * "no", matching is linear but for what the second repetition sees of the first through fixed
 * characters between them, as in .*a.*b.
 */
#ifndef EKSLINT_PATH_IREGEXP_SHAPE_H
#define EKSLINT_PATH_IREGEXP_SHAPE_H

#include "base/base.h"

/* Characters: ASCII one by one, all others as one. Larger than the truth where in doubt. */
struct charset {
    uint64_t ascii[2];
    bool beyond;
};

extern const struct charset charset_all;

void charset_add(struct charset *set, uint32_t from, uint32_t to);
struct charset charset_complement(struct charset set);

struct shape {
    bool nullable;             /* matches the empty string */
    struct charset first;      /* characters it may start with */
    struct charset tail;       /* characters with which it may go on where it could end */
    struct charset loop_first; /* as first, of unbounded repetitions at its start */
    struct charset loop_tail;  /* as tail, of unbounded repetitions at its end */
    bool has_choice;           /* a choice that multiplies if this is repeated without bound */
    bool may_backtrack;        /* the answer */
};

/*
 * One character of a set; the empty string; one after the other; either; repeated (max UINT32_MAX:
 * without bound).
 */
struct shape shape_of_char(struct charset set);
struct shape shape_of_nothing(void);
struct shape shape_join(struct shape a, struct shape b);
struct shape shape_either(struct shape a, struct shape b);
struct shape shape_repeat(struct shape a, uint32_t min, uint32_t max);

#endif
