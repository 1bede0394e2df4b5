/* SPDX-License-Identifier: MIT */
/*
 * The edits of a rule: what --fix changes where it fires. A rule says which nodes of what it judges are
 * replaced, put in or taken out; the tree's patches (tree/patch.h) turn that into bytes of the file.
 */
#ifndef EKSLINT_RULE_EDIT_H
#define EKSLINT_RULE_EDIT_H

#include "rule/wording.h"
#include "tree/builder.h"
#include "tree/patch.h"

enum { RULE_STEPS_MAX = 8, RULE_CHANGES_MAX = 64, RULE_VALUES_MAX = 64 };

struct rule_step {
    enum patch_op op;
    struct path_program *target; /* gives nodes */
    struct str key;              /* PATCH_INSERT into an object; else empty: into a list */
    bool first;
    const struct node *with;     /* of the rule's tree; NULL: PATCH_DELETE */
    const struct wording *texts; /* of the strings in it, in their order */
};

struct rule_edits {
    bool safe;
    struct path_program *when; /* NULL: always */
    struct rule_step steps[RULE_STEPS_MAX];
    size_t count;
    const struct tree *tree; /* of the rule */
};

/* The changes of one finding. */
struct rule_changes {
    struct patch_change items[RULE_CHANGES_MAX];
    size_t count;
};

/*
 * The changes for the node that env->current is. False where there is nothing to change: `when` is not
 * true, nothing is selected, a value is not known. Memory in arena.
 */
MUST_USE bool rule_edits_plan(const struct rule_edits *edits, struct path_env *env,
                              struct arena *arena, struct rule_changes *changes);

struct decoder;

/* Decode the edits of a definition and check them as its other parts; NULL in *edits for none. */
MUST_USE bool rule_edits_decode(struct decoder *d, const struct node *node,
                                const struct rule_edits **edits);

#endif
