/* SPDX-License-Identifier: MIT */
/*
 * The rules of a run: built-in ones, loaded when a document of their kind turns up, and the user's,
 * loaded and checked at once. The same id replaces.
 */
#ifndef EKSLINT_RULE_RULESET_H
#define EKSLINT_RULE_RULESET_H

#include "rule/choice.h"
#include "rule/managed.h"
#include "rule/rule.h"
#include "rule/run.h"

enum slot_state { SLOT_UNLOADED, SLOT_LOADED, SLOT_BROKEN };

struct rule_slot {
    struct str id;
    struct str kind; /* or several, separated by commas */
    struct str aka;  /* the same */
    struct str stage;
    struct iam_fault_set
        guards; /* a policy without these faults passes; empty: the rule must run */
    bool pedantic;
    const struct builtin_row *builtin; /* NULL: the user's */
    enum slot_state state;
    struct rule *rule; /* where loaded */
    uint32_t group;    /* of a user's rule, as of struct ruleset when it was added */
    bool was_run;
    enum outcome worst;      /* over the run */
    struct rule_cost cost;   /* where somebody measures */
    enum severity failed_as; /* the highest severity of a failure, where it failed */
};

struct ruleset {
    struct rule_loader loader;
    const struct builtin_rules *builtin;
    struct rule_slot *slots; /* by id */
    size_t count, capacity;
    struct rule_layer preset; /* what the caller's purpose implies: the lowest layer */
    struct rule_layer asked;  /* what the caller asked for: the highest */
    uint32_t group;           /* rules that are added together: none of them may replace another */
    struct flows *flows;      /* NULL until ruleset_flows() */
    const struct tree *flow_definitions; /* an array of them */
    struct managed_policies managed;
};

/*
 * Take the built-in rules and managed policies in, unloaded; `builtin` may be NULL. `loader` is
 * filled in but for its builder and library. The set must stay where it is.
 */
void ruleset_init(struct ruleset *set, const struct rule_loader *loader,
                  const struct builtin_rules *builtin);
void ruleset_release(struct ruleset *set);

/* The flows that rules attach to; they are built in. NULL where they cannot be loaded, which is a bug. */
const struct flows *ruleset_flows(struct ruleset *set);

/* Drop the built-in rules. */
void ruleset_drop_builtin(struct ruleset *set);

/*
 * Add the rule of a file (one YAML document). It replaces one of the same id, unless that is of the
 * same group. The file of the built-in flow, as it is, is nothing to add and no mistake. False after
 * reporting what is wrong with it.
 */
MUST_USE bool ruleset_add(struct ruleset *set, struct source *source);

/* Note a wish in the highest layer. False where no rule matches the glob. */
MUST_USE bool ruleset_wish(struct ruleset *set, struct rule_wish wish);

/* Does a rule match the glob, a built-in one that was dropped included? */
bool ruleset_knows(const struct ruleset *set, struct str glob);

/* Load the slot's rule where that is not done yet; false where it cannot be. */
MUST_USE bool ruleset_load(struct ruleset *set, struct rule_slot *slot);

/*
 * The rule of a slot with its texts, from its file, tests included (rule->tree): a built-in rule is
 * read and checked as a user's is. False where it is wrong, which has been reported.
 */
MUST_USE bool ruleset_read(struct ruleset *set, const struct rule_slot *slot, struct rule *rule);

/* Load everything, for listings and look-ups. */
void ruleset_load_all(struct ruleset *set);

/* The texts of a loaded rule, compiled on first use; NULL where they are wrong. */
const struct rule_texts *ruleset_texts(struct ruleset *set, struct rule *rule);

/*
 * The symptoms of a loaded rule, in texts that need not hold more: a built-in rule's file is not
 * read for them. NULL where they are wrong.
 */
const struct rule_texts *ruleset_symptoms(struct ruleset *set, struct rule *rule);

/* What choices look at. */
static inline struct rule_label ruleset_label(const struct rule_slot *slot)
{
    return (struct rule_label){slot->id, slot->aka, slot->pedantic, slot->builtin != NULL};
}

/* By id, or by a name that other tools have for the rule. */
struct rule_slot *ruleset_find(struct ruleset *set, struct str id);

/* The id nearest to a misspelt one, or empty. Memory in arena. */
struct str ruleset_nearest(const struct ruleset *set, struct str id, struct arena *arena);

/* The text of a rule's file. */
struct str ruleset_text(const struct ruleset *set, const struct rule_slot *slot);

#endif
