/* SPDX-License-Identifier: MIT */
/*
 * Which rules are wanted, and how severe they are: layers of wishes, the lowest first. Defaults are
 * below configuration files, those below their overrides for some files, and the command line is on
 * top. A later layer wins:
 *
 *   profile   the one of the highest layer that has one
 *   select    starts anew: only these, whatever lower layers select or ignore. A glob reaches the
 *             rules of the profile; the id of a rule, or a name that other tools have for it,
 *             reaches that rule in any profile
 *   ignore    takes rules away; within a layer it wins over `select`
 *   severity  of all that match, the last of the highest layer
 */
#ifndef EKSLINT_RULE_CHOICE_H
#define EKSLINT_RULE_CHOICE_H

#include "text/finding.h"

/* Which rules of the profile pedantic are wanted beside those of the profile default. */
enum rule_profile {
    PROFILE_DEFAULT,
    PROFILE_CHECKS, /* of the built-in rules only those that are a check of another tool, too (`aka`) */
    PROFILE_PEDANTIC
};

/* "default", "access-analyzer", "pedantic". False for another name. */
MUST_USE bool rule_profile_parse(struct str name, enum rule_profile *profile);
struct str rule_profile_name(enum rule_profile profile);

enum wish_kind { WISH_SELECT, WISH_IGNORE, WISH_SEVERITY };

/* A wish about the rules that match a glob. */
struct rule_wish {
    struct str glob;
    enum wish_kind what;
    enum severity severity;
    struct location at; /* where it is written, in a layer that has places */
};

struct rule_layer {
    struct rule_wish *wishes;
    size_t count, capacity;
    bool selects; /* one of them is WISH_SELECT */
    bool has_profile;
    enum rule_profile profile;
    struct location profile_at;
    bool located; /* the places are valid: the layer is of a file */
};

struct rule_choice {
    const struct rule_layer **layers;
    size_t count;
};

/* What a choice looks at in a rule. */
struct rule_label {
    struct str id;
    struct str aka; /* the names that other tools have, separated by commas; or empty */
    bool pedantic;
    bool built_in;
};

/* Add a wish; the memory is in arena. */
void rule_layer_add(struct arena *arena, struct rule_layer *layer, struct rule_wish wish);

bool rule_choice_wants(const struct rule_choice *choice, struct rule_label rule);

/* The wish that decides the rule's severity, or NULL; its layer in *layer. */
const struct rule_wish *rule_choice_severity(const struct rule_choice *choice,
                                             struct rule_label rule,
                                             const struct rule_layer **layer);

/* The highest layer with a profile, or NULL. */
const struct rule_layer *rule_choice_profile(const struct rule_choice *choice);

#endif
