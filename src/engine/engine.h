/* SPDX-License-Identifier: MIT */
/*
 * Inside the library: what an ekslint handle holds. Shared by the files that implement ekslint.h.
 */
#ifndef EKSLINT_ENGINE_ENGINE_H
#define EKSLINT_ENGINE_ENGINE_H

#include "ekslint.h"

#include "engine/baseline.h"
#include "engine/config.h"
#include "engine/suppress.h"
#include "model/case.h"
#include "report/explained.h"
#include "report/rule_tests.h"
#include "rule/ruleset.h"

/* A rule that is wanted; what it is loaded for is known once it has something to do. */
struct wanted_rule {
    struct rule_slot *slot;
    bool ready;             /* loaded, and its severity is known */
    enum severity severity; /* by the choice */
};

/* The rules of a kind that a choice wants; of the case, those that any of the run's choices wants. */
struct kind_rules {
    struct str kind;
    const struct engine_choice *choice; /* NULL: any */
    struct wanted_rule *items;          /* by id */
    size_t count;
    struct wanted_rule **always; /* those of them that run whatever faults a policy has */
    size_t always_count;
    struct iam_fault_set guards; /* of all others */
    bool passed;                 /* a policy without these faults was met */
};

/* A file with edits made. */
struct fixed_file {
    struct str name, text; /* as a whole, with its byte order mark */
    const struct text_edit *edits;
    struct span *spans; /* of the edits, in the new text */
    size_t edit_count;
};

/* What finds edits, and what the last ekslint_fix() made. */
struct engine_fixer {
    struct patcher patchers[4]; /* of the trees that were edited last; unused ones have no tree */
    size_t next;
    struct str *blocked; /* rules whose edits are not made */
    size_t blocked_count, blocked_capacity;
    struct str *rules; /* whose edits were made */
    size_t rule_count, rule_capacity;
    struct fixed_file *files;
    size_t file_count, file_capacity;
    size_t made; /* findings whose edits were made */
};

/* How things were before the first file; once files were forgotten, before the next. */
struct engine_start {
    bool set;
    struct arena_mark memory, scratch;
    struct atoms_mark atoms;
    size_t sources;  /* how many there were */
    size_t compiled; /* as of struct kinds */
};

struct ekslint {
    struct arena arena;   /* settings, and what files leave behind until they are forgotten */
    struct arena lasting; /* what is loaded when it is needed: rules, kinds, choices */
    struct arena names;   /* the atoms, and nothing else */
    struct arena scratch; /* emptied between steps */
    struct arena part;    /* emptied between documents: normal forms, what the rules of one share */
    struct limits limits;
    struct sources sources;
    struct atoms atoms;
    struct kinds kinds;
    struct ruleset rules;
    struct iam_checker checker;
    struct kind_rules *wanted; /* by kind, as kinds turn up in a check */
    size_t wanted_count, wanted_capacity;
    struct engine_config config;
    struct engine_suppressions suppressions;
    struct engine_baseline baseline;
    struct document_reader reader;
    struct document_list documents;
    struct findings findings; /* of the files */
    struct findings problems; /* of rule files */
    struct results results;
    size_t rules_checked;                /* by the last ekslint_check_rules() */
    const struct rule_tests *rule_tests; /* of the last ekslint_test_rules(), or NULL */
    struct diagnosis diagnosis; /* of the last ekslint_diagnose(); without steps before that */
    enum language language;
    struct str today; /* YYYY-MM-DD, or empty */
    enum severity fail_on;
    bool fail_on_unknown;
    bool fail_on_asked, language_asked; /* by the caller: a configuration does not count */
    bool unknown_policies;              /* some policy of a template cannot be known */
    bool unread;                        /* some input could not be read or parsed */
    bool broken;                        /* the built-in data does not load: a bug */
    bool keeps_choices;                 /* `wanted` holds for more than one check */
    struct engine_start start;
    bool no_cases;                    /* documents are not joined */
    bool one_case;                    /* all documents are of one case, wherever they lie */
    const struct flow_steps *flow;    /* that a diagnosis walks; NULL: what the files suggest */
    const struct flow_steps *foreign; /* rules of its stages are not about the case at hand */
    struct pattern_match *matches;    /* of the error text that was asked about */
    size_t match_count;
    struct engine_fixer fixer;
    struct engine_redaction *redaction;  /* of ekslint_redact_add(), or NULL */
    struct symptom_texts *symptom_texts; /* of all rules, for their pages; or NULL */
    unsigned long long (*clock)(void);   /* of ekslint_measure(), or NULL */
    const struct rule_watch *watch;      /* of ekslint_trace(), or NULL */
    struct atoms references;             /* names that documents refer to, as they were met */
    uint32_t reference_next;             /* the first that nobody has asked for yet */
    size_t references_read;              /* documents whose references are in */
};

/* To be called before anything of a file is kept. */
void engine_begin_files(ekslint *e);

/* Read a file's documents; `met` as for ekslint_add_met_file(). False where it cannot be read, which is reported. */
bool engine_add_file(ekslint *e, struct str name, struct str bytes, bool met);

/* Move limits by settings with NULL behind the last; those that are wrong change nothing. */
void engine_set_limits(ekslint *e, const char *const *settings);

/* What rules are run with. */
struct runner engine_runner(ekslint *e);

/* Are these documents, of one case without settings of GitLab's, about EKS and not GitLab's integration? */
bool engine_is_eks(const struct document_list *documents);

/*
 * Judge a joined case. `eks`: it is about EKS alone, so that the rules of GitLab's stages are not
 * applicable.
 */
void engine_judge_case(ekslint *e, const struct joined_case *joined, bool eks);

/* Judge a tree by every rule of the kind that is wanted; `policy` is NULL where it is none. */
void engine_run_kind(ekslint *e, struct str kind, const struct tree *tree, const struct node *root,
                     struct rule_policy *policy);

/* Is a rule of the kind wanted, for the file of a document's root? */
bool engine_has_rules(ekslint *e, struct str kind, const struct node *root);

/* Does the caller want the rule, whatever its profile and the configuration? */
bool engine_asks_for(const ekslint *e, const struct rule_slot *slot);

/* Judge each document by itself. */
void engine_run_documents(ekslint *e);

/* The document of a file that a place is in, or NULL. */
const struct document *engine_find_document(const ekslint *e, struct place place);

/* Give a finding the edits of files that its rule's changes come to, or why there are none. */
void engine_edit_finding(void *context, const struct rule_changes *changes,
                         struct finding *finding);

/* A document that a case is built around. */
bool engine_is_main(const struct document *document);

/* Join the documents into cases and judge those. */
void engine_run_cases(ekslint *e);

/* Sort, drop repeated findings, set apart what is suppressed, count. */
void engine_finish_results(ekslint *e);

/* Append the normalized path of a place in its file. */
void engine_path_at(void *context, struct location at, struct buf *out);

int engine_status(const ekslint *e);

/* The steps from a file's root to a place, for reports; `context` is the handle. */
void engine_steps_at(void *context, struct location at, struct report_steps *steps);

/* What a report is written from; the results are those of the last check. */
struct report engine_report(ekslint *e, const ekslint_output *output);

enum language engine_language(const ekslint_output *output);

/*
 * A buffer as a text that the caller owns; the buffer is empty afterwards. What did not fit is no text: half a
 * report is taken for a whole one.
 */
ekslint_text engine_take_text(struct buf *buf);

enum { ENGINE_TEXT_MAX = 1 << 30 };

#endif
