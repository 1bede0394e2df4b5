/* SPDX-License-Identifier: MIT */
/* What the parts of the search for faults share. Private to fault*.c. */
#ifndef EKSLINT_IAM_INSPECTION_H
#define EKSLINT_IAM_INSPECTION_H

#include "iam/fault.h"
#include "iam/operator.h"

/* What one look at a text tells. */
struct text_look {
    uint32_t hash; /* the same for all spellings that differ in letter case alone */
    bool pattern;  /* has '*' or '?' */
    bool dollar;   /* has '$' */
};

/* A part of a policy is judged by its statement. */
struct inspection {
    struct iam_checker *checker;
    struct iam_faults *faults;
    const struct tree *tree;
    bool variables;                 /* the policy's version has policy variables */
    bool any_version;               /* it may have them or not: the version cannot be known */
    const struct iam_faults *parts; /* of a group that builds on them; else NULL */
    size_t suggestions;             /* that were looked for */
    struct str unknown;             /* the service that one was looked for last */
    uint64_t budget;                /* comparisons of characters that are left */
    size_t places;                  /* of faults that may still be noted */
    /* The statement at hand; NULL where it has no such element, or one of a wrong type. */
    const struct node *statement;
    const struct node *effect, *action, *not_action, *resource, *not_resource;
    const struct node *principal, *not_principal, *condition;
    unsigned elements;      /* that it has, of whatever type: bits by enum element of fault.c */
    unsigned open_elements; /* those whose values cannot be known, and which may be left out */
    bool open_condition;    /* the Condition, or what stands under an operator, cannot be known */
    enum truth by_caller;   /* has it values for a condition key that its caller writes? */
    const struct text_look *looks; /* of the entries of `action` */
    struct key_uses *uses;         /* what was found of its actions' keys; fault_key.c */
    bool may_pass_on;              /* among these are patterns, or actions of iam */
};

/* One key under an operator. */
struct tested_key {
    const struct iam_operator_use *use;
    struct str operator_name;
    const struct node *key;    /* NODE_KEY */
    const struct node *values; /* an array, or unknown */
    struct str name;           /* as the normal form spells it */
    uint32_t number;           /* in the catalogue, or CATALOGUE_NONE */
    bool known;                /* no fault of the name itself */
    bool open;                 /* some of the values cannot be known */
};

struct text_look look_at(struct str text);

struct iam_fault *add_fault(struct inspection *in, enum iam_fault_id id, const struct node *node);

/* To be filled in. */
struct iam_fault_detail *fault_detail(struct inspection *in, struct iam_fault *fault);

void add_fault_text(struct inspection *in, enum iam_fault_id id, const struct node *node,
                    struct str text);

/* What is a fault unless something unknown keeps it away. */
void add_open_fault(struct inspection *in, enum iam_fault_id id, const struct node *node);
/* May two of the texts be the same, letter case aside? False only where none is. */
bool may_repeat(struct arena *arena, const struct text_look *looks, uint32_t count);

/* Another place at which a fault shows; the first is the fault's own node. */
void add_place(struct inspection *in, struct iam_fault *fault, const struct node *node);

static inline struct str text_of(const struct inspection *in, const struct node *node)
{
    return tree_text(in->tree, node);
}

static inline bool is_string(const struct node *node)
{
    return node->kind == NODE_STRING;
}

static inline bool statement_allows(const struct inspection *in)
{
    return in->effect && str_eq(text_of(in, in->effect), STR("Allow"));
}

/*
 * Was the text found without faults lately? Policies repeat each other's actions and resources. Only texts
 * that stand in sources are noted, which live as long as the checker.
 */
bool is_known_clean(const struct clean_texts *texts, struct str text, struct text_look look);
void note_clean(struct inspection *in, struct clean_texts *texts, const struct node *node,
                struct text_look look);

/* Spend comparisons of the policy's budget; false, with more faults possible, where it is used up. */
bool spend(struct inspection *in, uint64_t comparisons);

/* Looking for similar names is slow, so a policy gets so many suggestions and no more. */
enum { SUGGESTIONS_MAX = 32 };
static inline bool may_suggest(struct inspection *in)
{
    return in->suggestions++ < SUGGESTIONS_MAX;
}

/* catalogue_find_service(), of names that come again and again. */
uint32_t find_service(struct inspection *in, struct str name);

/* The service with the most similar name, or empty. */
struct str meant_service(struct inspection *in, struct str service);

/* A text with '*' for each policy variable, in the arena where there is one. */
struct str without_variables(struct inspection *in, struct str text);

/* Names, one after the other, separated by ", "; each once, and not too many. */
struct str add_to_list(struct inspection *in, struct str list, struct str name);

/* Is the action, by its name or a pattern, among the entries? One that is unknown may be any. */
enum truth reaches_action(struct inspection *in, const struct node *entries, struct str action);

/* Is one of the entries of a list unknown? */
bool has_unknown_entry(const struct inspection *in, const struct node *list);

void inspect_actions(struct inspection *in, const struct node *entries);
void inspect_resources(struct inspection *in, const struct node *entries);
void inspect_cover(struct inspection *in, const struct node *entries, const struct text_look *looks,
                   enum iam_fault_id id, bool nocase);
void inspect_variables(struct inspection *in, const struct node *node);
void inspect_no_variables(struct inspection *in, const struct node *node, struct str text);
void inspect_condition(struct inspection *in);
void inspect_values(struct inspection *in, const struct tested_key *test);
void inspect_stars(struct inspection *in, const struct tested_key *test);
void inspect_key_use(struct inspection *in, const struct tested_key *test);
void inspect_principal(struct inspection *in, const struct node *principal);
void inspect_trust(struct inspection *in);
void inspect_grants(struct inspection *in);
void inspect_sids(struct inspection *in, const struct node *statements);
void inspect_repetition(struct inspection *in, const struct node *statements);
void inspect_reach(struct inspection *in, const struct node *statements,
                   enum iam_fault_group group);

#endif
