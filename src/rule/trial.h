/* SPDX-License-Identifier: MIT */
/*
 * The tests inside a rule file: documents or cases on which the rule must fire, pass, be undecided
 * or not apply. A value tagged !unknown stands for one that cannot be known. Documents are read once
 * and judged as often as there are variants of the rule (mutant.h), with the code that judges users'
 * documents (run.h).
 */
#ifndef EKSLINT_RULE_TRIAL_H
#define EKSLINT_RULE_TRIAL_H

#include "rule/run.h"

/* How a test can come out wrong. */
enum trial_fault {
    TRIAL_NOISY,      /* the rule fired, and should not */
    TRIAL_MISSING,    /* it did not fire, and should */
    TRIAL_UNDECIDED,  /* it should be decided, and is not */
    TRIAL_IDLE,       /* it does not apply, and should */
    TRIAL_SILENT,     /* it passes, and should be undecided or not apply */
    TRIAL_MISPLACED,  /* it fires elsewhere than at `at` */
    TRIAL_MISWORDED,  /* no message has the part that `message` wants */
    TRIAL_MISCOUNTED, /* it has more or fewer than `findings` or `undecided` says */
    TRIAL_UNASKED,    /* no missing fact or command has the part that `collect` wants */
    TRIAL_UNMENDED,   /* its edits make another document than `fixed` */
    TRIAL_MALFORMED,  /* the test itself is wrong; `said` tells why */
    TRIAL_FAULT_COUNT
};

/* "noisy", "missing", … as reports and scripts have it. */
struct str trial_fault_name(enum trial_fault fault);

/* "fails", "passes", "unknown", "not-applicable": the key of a test that expects it. */
struct str outcome_key(enum outcome outcome);

struct trial_problem {
    enum trial_fault fault;
    struct location at; /* in the rule file: the outcome's key, or the part that was not met */
    struct str name;    /* of the test, or empty */
    enum outcome expected, came;
    struct str wanted; /* the place, or the part of a text */
    struct str said;   /* what came instead: messages, facts; or why the test is wrong */
    bool has_fired;
    struct location fired; /* where the rule fired and should not */
    struct str fired_path; /* the same as a path in the test's document, or empty */
    struct trial_problem *next;
};

/* A place at which a test wants the rule to fire. */
struct trial_place {
    const struct node *query;
    struct nodelist nodes;
};

/* One test, its document ready to be judged. */
struct trial {
    const struct node *test;    /* in the rule's file */
    const struct node *written; /* the value of its outcome's key */
    const struct node *as;      /* the kind that it is run as; NULL: the rule's first */
    bool guessed;               /* that kind was not said to be it */
    bool broken;                /* the test itself is wrong, and is not judged */
    enum outcome expected;
    struct tree document;  /* as rules see it */
    struct findings notes; /* what the readers say of the files that it is joined from */
    uint32_t first_source, source_end; /* of the files that it is joined from */
    struct permissions permissions;
    struct rule_policy policy;
    bool is_policy;
    struct trial_place *places;
    size_t place_count;
};

/* The steps that the queries of a test's `at` may take. */
enum { TRIAL_STEPS = 1000000 };

/* All tests of one rule. The members up to `tree` are given, the others zero. */
struct trials {
    struct rule_loader *loader;
    struct arena *scratch;
    struct arena *part;      /* of one judgement; emptied after each */
    const struct tree *tree; /* the rule's file */
    struct iam_checker checker;
    struct trial *items;
    size_t count;
    size_t passed, failed;
    size_t expected[OUTCOME_FAIL + 1]; /* how many tests expect each outcome */
    struct trial_problem *problems, **last;
    bool quiet; /* nobody wants to know what is wrong */
};

/*
 * Read the tests of a rule file with `rule` as decoded from it (texts included). Tests that are wrong
 * themselves become problems and count as failed. Memory in loader->arena.
 */
void trials_read(struct trials *trials, const struct rule *rule);

/* What a rule says of a test's document. */
struct trial_verdict {
    enum outcome outcome;
    struct findings fired;
    struct undecided_list undecided;
};

/*
 * Judge one test's document in a language, whatever the test expects. `watch` may be NULL. Memory in
 * trials->part, which the caller empties.
 */
struct trial_verdict trial_judge(const struct trials *trials, struct trial *trial,
                                 struct rule *rule, enum language language,
                                 const struct rule_watch *watch);

/*
 * The members `texts` and `path` of a runner of trials: the texts that the rule was decoded with, and `$` for
 * every place, as a verdict goes by locations. `context` is not used.
 */
const struct rule_texts *trial_texts(void *context, struct rule *rule);
void trial_path(void *context, struct location at, struct buf *out);

/* Judge all of them. What is wrong is added to `problems`, in the order of the file. */
void trials_run(struct trials *trials, struct rule *rule);

/*
 * Does a variant of the rule come out of every test as the rule should? Ends at the first that tells
 * them apart.
 */
bool trials_hold(struct trials *trials, struct rule *variant);

#endif
