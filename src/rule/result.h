/* SPDX-License-Identifier: MIT */
/*
 * What a run comes to: findings, what could not be decided, and the counts. The model of all
 * reports.
 */
#ifndef EKSLINT_RULE_RESULT_H
#define EKSLINT_RULE_RESULT_H

#include "text/finding.h"

/* A rule that could not be decided at a node, and what is missing to decide it. */
struct undecided {
    struct str rule;
    enum severity severity;
    struct str stage;
    uint32_t row; /* as of a finding */
    struct location at;
    struct str needs;   /* the missing facts, in words or as queries */
    struct str collect; /* the command that collects them, or empty */
    struct str save_as; /* the file that its output goes to, or empty */
    struct str account; /* the AWS account of which the command asks, as far as that is known */
    struct str names;   /* the command that lists the names for NAME in these two, or empty */
    struct str reason;  /* why, where no fact is missing: "the step budget ran out" */
};

/* Beyond the limit 'findings' nothing is kept and `dropped` counts. */
struct undecided_list {
    struct arena *arena;
    struct undecided *items;
    size_t count, capacity;
    size_t dropped;
};

/*
 * Rules by their outcome over the whole run: the worst of their nodes, in the order fail, unknown,
 * pass.
 */
struct rule_tally {
    size_t fail, pass, not_applicable, unknown;
};

struct suppression;
struct baseline_entry;

/* A finding that somebody wrote down to be tolerated. */
struct suppressed {
    struct finding finding;
    const struct suppression *by;
};

struct suppressed_list {
    struct suppressed *items;
    size_t count, capacity;
};

struct results {
    struct findings *findings;         /* sorted */
    struct suppressed_list suppressed; /* the same; they count for nothing */
    bool has_baseline;
    struct findings baselined;          /* known by the baseline; they count for nothing either */
    const struct baseline_entry *stale; /* of the baseline: no longer met, `count` times each */
    size_t stale_count, stale_findings; /* entries, and what they count to */
    struct undecided_list undecided;    /* sorted by file, position, rule */
    size_t files;                       /* given and read */
    size_t documents;                   /* of a known kind */
    size_t skipped_files;               /* readable, but without a document of a known kind */
    size_t errors, warnings, infos;
    struct rule_tally rules;
};

#endif
