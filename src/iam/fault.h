/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with the parts of a policy, found in one pass over its normal form, so that many
 * rules can ask for it and a policy without faults costs nothing more. A fault is a property of a part
 * (fault.def); whether it matters, in which kinds of policy and how much, is for rules to say.
 * Sources: IAM User Guide, "Grammar of the IAM JSON policy language", "IAM JSON policy elements:
 * Condition operators", "Variables and tags"; "IAM Access Analyzer policy check reference" for which
 * fault hides which.
 */
#ifndef EKSLINT_IAM_FAULT_H
#define EKSLINT_IAM_FAULT_H

#include "base/arena.h"
#include "tree/tree.h"

enum iam_fault_id {
#define FAULT(id, name, summary) FAULT_##id,
#include "iam/fault.def"
#undef FAULT
    FAULT_COUNT
};

/* A set of faults by their ids; zero is the empty one. */
enum { FAULT_SET_WORDS = (FAULT_COUNT + 63) / 64 };
struct iam_fault_set {
    uint64_t words[FAULT_SET_WORDS];
};

static inline void iam_fault_set_add(struct iam_fault_set *set, enum iam_fault_id id)
{
    set->words[id / 64] |= UINT64_C(1) << id % 64;
}

static inline bool iam_fault_set_has(const struct iam_fault_set *set, enum iam_fault_id id)
{
    return set->words[id / 64] >> id % 64 & 1;
}

static inline void iam_fault_set_merge(struct iam_fault_set *set, const struct iam_fault_set *more)
{
    for (size_t i = 0; i < FAULT_SET_WORDS; i++) {
        set->words[i] |= more->words[i];
    }
}

/* Is a fault in both sets? */
static inline bool iam_fault_set_meets(const struct iam_fault_set *a, const struct iam_fault_set *b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < FAULT_SET_WORDS; i++) {
        both |= a->words[i] & b->words[i];
    }
    return both != 0;
}

/* Is a fault from `first` up to, and without, `end` in the set? */
static inline bool iam_fault_set_has_any(const struct iam_fault_set *set, enum iam_fault_id first,
                                         enum iam_fault_id end)
{
    for (size_t i = 0; i < FAULT_SET_WORDS; i++) {
        size_t low = i * 64 < (size_t)first ? (size_t)first - i * 64 : 0;
        size_t high = i * 64 < (size_t)end ? (size_t)end - i * 64 : 0;
        uint64_t from = low < 64 ? UINT64_MAX << low : 0;
        uint64_t below = high < 64 ? (UINT64_C(1) << high) - 1 : UINT64_MAX;
        if (set->words[i] & from & below) {
            return true;
        }
    }
    return false;
}

static inline bool iam_fault_set_is_empty(const struct iam_fault_set *set)
{
    return !iam_fault_set_meets(set, set);
}

/*
 * What is looked for together, in the order of fault.def: a group costs nothing until a rule asks for one
 * of its faults.
 */
enum iam_fault_group {
    FAULTS_OF_PARTS, /* the grammar's parts, each by itself or within its statement */
    FAULTS_OF_REACH, /* from FAULT_ALLOW_NOWHERE: actions against the statement's resources */
    FAULTS_PEDANTIC, /* from FAULT_ALLOW_NOWHERE_LISTED: what only pedantic rules ask for */
    FAULT_GROUP_COUNT
};

/* What some faults have beside their place. */
struct iam_fault_detail {
    struct str text;  /* what fault.def says of it; or empty */
    struct str other; /* the same */
    size_t count;     /* the same; 0 */
    const struct node **
        places; /* where it shows, in the order of Access Analyzer; the first is the fault's node */
    size_t place_count, place_capacity; /* none: at that node alone */
};

/* Small, since there may be several for each statement of a very long policy. */
struct iam_fault {
    const struct node *node;
    struct iam_fault_detail *detail; /* or NULL; iam_fault_detail() */
    enum iam_fault_id id;
    bool open; /* nobody can say whether it is one: it hangs on a part that is unknown */
};

/* Never NULL: of a fault without details, all is empty. */
const struct iam_fault_detail *iam_fault_detail(const struct iam_fault *fault);

/* Texts by their hash: a later one takes an earlier one's place. */
struct clean_texts {
    struct str *items;
    size_t slots, count;
};

enum { IAM_SERVICES_NOTED = 64 };

/* What is looked up again for each policy: made once, in an arena that outlives all policies. */
struct iam_checker {
    struct arena *arena;
    uint32_t services[IAM_SERVICES_NOTED]; /* that were found last, each at a place by its name */
    struct str unknown, nearest; /* the last unknown service, and the nearest name to it */
    struct clean_texts actions, resources; /* that were found without faults */
};

/* The faults of one policy. */
struct iam_faults {
    struct arena *arena;
    struct iam_fault *items;
    size_t count, capacity;
    bool unknown;   /* the policy has parts that cannot be known */
    bool exhausted; /* too much to compare: more faults may exist */
    struct iam_fault_set present;
};

/*
 * Find the faults of a policy in normal form (model/policy.h). Time is linear in its size, but for
 * comparing patterns, which has a budget of the same order. Memory in `arena`.
 */
void iam_faults_find(struct iam_checker *checker, struct arena *arena, const struct tree *tree,
                     const struct node *root, struct iam_faults *faults);

/*
 * The same for another group, which builds on what was found of the policy's parts: nothing is said of
 * what has a fault there.
 */
void iam_faults_find_more(struct iam_checker *checker, struct arena *arena, const struct tree *tree,
                          const struct node *root, enum iam_fault_group group,
                          const struct iam_faults *parts, struct iam_faults *faults);

enum iam_fault_group iam_fault_group(enum iam_fault_id id);

/* The first fault of a group; of FAULT_GROUP_COUNT, FAULT_COUNT. */
enum iam_fault_id iam_fault_group_start(enum iam_fault_group group);

/* The fault at this part, which may be an open one, or NULL. */
const struct iam_fault *iam_faults_at(const struct iam_faults *faults, enum iam_fault_id id,
                                      const struct node *node);

/* By its name in fault.def; FAULT_COUNT where there is none. */
enum iam_fault_id iam_fault_find(struct str name);
struct str iam_fault_name(enum iam_fault_id id);
struct str iam_fault_summary(enum iam_fault_id id);

#endif
