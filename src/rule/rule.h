/* SPDX-License-Identifier: MIT */
/*
 * Rules: one YAML file each, checked and compiled when loaded. What decides a rule (select, when,
 * needs, require) is compiled at once; its texts, which only a finding needs, on first use.
 */
#ifndef EKSLINT_RULE_RULE_H
#define EKSLINT_RULE_RULE_H

#include "model/kind.h"
#include "rule/edit.h"
#include "rule/functions.h"
#include "rule/name.h"
#include "rule/stage.h"
#include "rule/wording.h"
#include "tree/builder.h"

/* What an empty selection means. */
enum if_absent { ABSENT_SKIP, ABSENT_FAIL, ABSENT_UNKNOWN, ABSENT_COUNT };

/* "skip", "fail", "unknown". */
struct str if_absent_name(enum if_absent absent);

enum { NEEDS_MAX = 16, RULE_KINDS_MAX = 20 };

/* A fact without which the rule is undecided. */
struct need {
    struct path_program *fact;
    struct str fact_text;
    struct wording collect; /* empty: nothing collects it */
    struct wording save_as; /* the file for what `collect` prints; empty: no name of its own */
    struct wording account; /* the AWS account of which `collect` asks; or empty */
    struct wording names;   /* lists the names for which NAME stands in the two; or empty */
    bool linked;            /* queries of the rule depend on it */
};

/*
 * A documented error text and where the user meets it. Of one error there may be several, each in
 * the spelling of some versions of GitLab (symptom.h).
 */
struct symptom {
    struct wording text[LANGUAGE_COUNT];
    uint32_t since, until; /* the first and the last version that shows it; 0: open */
    bool heading;          /* the documentation describes this very cause under the text */
    struct str attribute;  /* whose name GitLab puts before the text; or empty */
    struct str where;
    struct str source;
};

/* What people read; every text has at least its English form in each slot. */
struct rule_texts {
    struct wording message[LANGUAGE_COUNT];
    struct wording fix[LANGUAGE_COUNT];
    struct wording why[LANGUAGE_COUNT];        /* why it matters; or empty */
    struct wording exceptions[LANGUAGE_COUNT]; /* where it may be left as it is; or empty */
    struct str title[LANGUAGE_COUNT];
    struct symptom *symptoms;
    size_t symptom_count;
    struct str *docs;
    size_t doc_count;
    const struct rule_edits *edits; /* that mend it; or NULL */
};

struct rule {
    struct str id;
    struct str file;            /* the file that it was loaded from */
    enum severity severity;     /* that it is judged as */
    enum severity own_severity; /* that its file has */
    bool pedantic;
    bool dated;              /* may call today() */
    struct str aka;          /* what other tools call the check, separated by commas; or empty */
    struct str finding_type; /* the severity in AWS's words: "SECURITY_WARNING"; or empty */
    struct str stage;
    const struct kind *kind; /* the first of `kinds` */
    const struct kind *kinds[RULE_KINDS_MAX];
    size_t kind_count;
    struct str kind_list; /* their ids, separated by commas */
    enum if_absent if_absent;
    struct path_program *select;
    struct str select_text;
    struct path_program *point_at; /* where a finding points; NULL: at the judged node */
    struct path_program *when;     /* NULL: always */
    struct path_program *require;
    /* The rule passes policies without these faults: that they are absent is all it asks */
    enum iam_fault_id guards[RULE_GUARDS_MAX];
    size_t guard_count; /* 0: a rule of another kind */
    bool guards_here;   /* they are asked of the judged node itself */
    struct need *needs;
    size_t need_count;
    bool when_needs;                /* `when` cannot be known without some of these facts */
    const struct tree *tree;        /* the definition; holds the foreach rows */
    const struct node *rows;        /* an array of objects; NULL: the rule runs once */
    const struct rule_texts *texts; /* NULL until ruleset_texts() */
};

/* The rule's guards as a set. */
static inline struct iam_fault_set rule_guard_set(const struct rule *rule)
{
    struct iam_fault_set set = {0};
    for (size_t i = 0; i < rule->guard_count; i++) {
        iam_fault_set_add(&set, rule->guards[i]);
    }
    return set;
}

struct policy_library;

/* What loading rules needs. */
struct rule_loader {
    struct arena *arena;
    struct sources *sources;
    struct atoms *atoms;
    struct kinds *kinds;
    struct findings *findings;
    struct builder builder;
    const struct flows *flows;            /* a rule's stage is one of theirs; NULL: not checked */
    const struct policy_library *library; /* for the tests inside rule files; or NULL */
};

/*
 * Decode a rule from its definition. Checked: the shape of the file ("schema/…"), the id, the kind,
 * every expression and placeholder ("rule/expression", at the exact place inside the YAML string),
 * selectors that can match no document of the kind ("rule/unreachable"), literal patterns, today()
 * in a rule that is not dated ("rule/dated"), the stage ("rule/stage"), and that what `save-as`
 * keeps comes from a command that only reads ("rule/collect"). With `trusted` (built-in rules,
 * checked when the program was built) the shape is not checked again, and texts are left for
 * rule_decode_texts(). Returns false after reporting.
 */
MUST_USE bool rule_decode(struct rule_loader *loader, const struct tree *tree,
                          const struct node *root, bool trusted, struct rule *rule);

/* Compile the texts of a rule from a definition that holds them (the built-in one's full text). */
MUST_USE bool rule_decode_texts(struct rule_loader *loader, const struct tree *tree,
                                const struct node *root, struct rule *rule);

/*
 * Compile the symptoms of a rule from a definition that was checked (the built-in one's), into texts
 * that hold nothing else.
 */
MUST_USE bool rule_decode_symptoms(struct rule_loader *loader, const struct tree *tree,
                                   const struct node *root, struct rule *rule,
                                   struct rule_texts *texts);

#endif
