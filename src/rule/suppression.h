/* SPDX-License-Identifier: MIT */
/*
 * What somebody wrote down to be tolerated: a rule at a place, the reason, and perhaps the last day. Either
 * a comment in the file,
 *
 *   # ekslint: allow RULE-ID [until=YYYY-MM-DD] -- REASON
 *
 * whose scope is what it stands beside or above (model/comment.h), or an entry of `suppressions` in the
 * configuration. One rule by its id and a reason of its own each: a pattern would also tolerate what
 * nobody has looked at.
 */
#ifndef EKSLINT_RULE_SUPPRESSION_H
#define EKSLINT_RULE_SUPPRESSION_H

#include "rule/config.h"
#include "rule/language.h"

/* What became of one in a run. */
enum suppression_state {
    SUPPRESSION_USED,
    SUPPRESSION_UNUSED, /* what it could hide was judged, and there is nothing */
    SUPPRESSION_OPEN,   /* the same was not judged, or could not be decided, in this run */
    SUPPRESSION_EXPIRED,
    SUPPRESSION_FORBIDDEN,
    SUPPRESSION_STATE_COUNT
};

/* "used", "unused", "undecided", "expired", "forbidden". */
struct str suppression_state_name(enum suppression_state state);

struct suppression {
    struct str rule, reason;
    struct str until;   /* the last day, YYYY-MM-DD; or empty */
    struct location at; /* the directive, or the entry's rule */
    struct location rule_at, until_at;
    bool in_source;    /* a comment; else an entry of the configuration, which `entry` is */
    struct span scope; /* of a comment: bytes of the same source; lo == hi: nothing */
    bool has_alias;    /* in the scope */
    const struct config_suppression *entry;
    enum suppression_state state;
    size_t hidden; /* how many findings */
};

/* What is wrong with a directive. */
enum suppression_fault {
    SUPPRESSION_GOOD,
    SUPPRESSION_NO_DIRECTIVE, /* another word than 'allow' */
    SUPPRESSION_NO_RULE,
    SUPPRESSION_PATTERN,
    SUPPRESSION_SEVERAL,
    SUPPRESSION_NO_REASON,
    SUPPRESSION_BAD_DATE,
    SUPPRESSION_FAULT_COUNT
};

/* A directive taken apart; all are parts of its text. */
struct suppression_words {
    struct str rule, until, reason;
    struct str wrong; /* where there is a fault: the word that it is about, which may be empty */
};

/* Take apart what stands behind "ekslint:" in a comment. The first fault counts. */
enum suppression_fault suppression_parse(struct str text, struct suppression_words *words);

/* What is wrong, and what to write instead. */
struct str suppression_fault_message(struct arena *arena, enum language language,
                                     enum suppression_fault fault, struct str wrong);

/* Is the day `today` (YYYY-MM-DD; empty: not known, then never) behind the last one? */
bool suppression_is_over(struct str until, struct str today);

/* Does the id, or pattern, name something that is said without being a rule, and may be tolerated? */
bool suppression_knows_other(struct str glob);

/* Does a normalized path lie at or below another? An empty one covers all. */
bool suppression_covers_path(struct str prefix, struct str path);

#endif
