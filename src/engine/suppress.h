/* SPDX-License-Identifier: MIT */
/*
 * Inside the library: what the files and the configuration say is tolerated, and setting that apart from
 * the findings that count.
 *
 * What a rule says is hidden where its finding points: in the scope of a comment, or at the path of an
 * entry. The narrowest scope counts, so that a wide one beside it shows as unused. "Unused" is said only
 * where all that the suppression could hide was judged and decided in this run: of a hook that sees one
 * file, a rule that was not asked for, or a fact that is missing, nothing follows.
 */
#ifndef EKSLINT_ENGINE_SUPPRESS_H
#define EKSLINT_ENGINE_SUPPRESS_H

#include "ekslint.h"

#include "rule/suppression.h"

enum { ENGINE_SUPPRESSIONS_MAX = 10000 };

struct engine_suppressions {
    bool off;                  /* nothing is tolerated, and nothing said about it */
    bool whole;                /* all files below the configuration's folder were given */
    struct suppression *items; /* of the last run: comments by place, then the configuration's */
    size_t count, capacity;
    size_t comment_count;
};

/* Set what is suppressed apart from the sorted findings, and report what is wrong with suppressions. */
void engine_suppress(ekslint *e);

/* Does the configuration forbid to suppress a rule? The place where that is written, or NULL. */
const struct config_text *engine_forbids(const ekslint *e, struct str rule);

/* Does the entry of a configuration cover a file? */
bool engine_covers_file(ekslint *e, const struct config_suppression *entry, struct str file);

/* Do the configuration's rules of suppressing name what there is? Mistakes are reported. */
void engine_check_suppressions(ekslint *e, const struct config_file *file);

/*
 * Can what a rule says of a file, and of the bytes `scope` of it, be said to be all known: was it asked
 * for, and decided?
 */
bool engine_is_decided(ekslint *e, struct str rule, const struct source *source, struct span scope);

#endif
