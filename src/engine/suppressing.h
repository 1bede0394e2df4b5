/* SPDX-License-Identifier: MIT */
/* Inside of suppress.c: what is wrong with suppressions, and saying so. */
#ifndef EKSLINT_ENGINE_SUPPRESSING_H
#define EKSLINT_ENGINE_SUPPRESSING_H

#include "engine/engine.h"

struct suppressing {
    ekslint *e;
    struct findings said; /* about suppressions: nothing hides it */
};

/* What is said about a suppression; messages have one place for its rule, or none. */
enum remark {
    REMARK_UNUSED,
    REMARK_ENTRY,
    REMARK_NOTHING,
    REMARK_ALIAS,
    REMARK_EXPIRED,
    REMARK_FORBIDDEN,
    REMARK_TOO_MANY,
    REMARK_COUNT
};

/* Say something of a place; the message and the fix are in the language of the run. */
struct finding *suppressing_say(struct suppressing *s, const char *id, enum severity severity,
                                struct location at, struct str message, struct str fix);

/* Make a remark on a suppression of a rule. */
struct finding *suppressing_remark(struct suppressing *s, enum remark what, struct location at,
                                   struct str rule);

/* Is it the id of a rule, or of what else may be tolerated? */
bool suppressing_knows_rule(const ekslint *e, struct str id);

/* That no rule has this id, with the nearest. Memory in arena. */
struct str suppressing_unknown_rule(ekslint *e, struct arena *arena, enum language language,
                                    struct str id);

#endif
