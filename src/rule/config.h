/* SPDX-License-Identifier: MIT */
/*
 * A configuration file (.ekslint.yaml), decoded. Its shape is that of the kind `config`; this module
 * turns what stands there into layers of wishes and compiled patterns, each with its place. What it
 * names outside of itself (other files, rules, kinds of documents) is for others to look up.
 */
#ifndef EKSLINT_RULE_CONFIG_H
#define EKSLINT_RULE_CONFIG_H

#include "base/path_glob.h"
#include "rule/choice.h"
#include "rule/rule.h"

enum { CONFIG_MAX_BYTES = 1024 * 1024, CONFIG_SUPPRESSIONS_MAX = 1000 };

/* A text and where it is written; an empty text is one that is not given. */
struct config_text {
    struct str text;
    struct location at;
};

struct config_texts {
    struct config_text *items;
    size_t count;
};

struct config_globs {
    struct path_glob *globs;
    struct location *places;
    size_t count;
};

/* Another layer for the files that the patterns cover. */
struct config_override {
    struct config_globs files;
    struct rule_layer layer;
};

/* An entry of `suppressions`: a rule, where it is tolerated, why, and until when. */
struct config_suppression {
    struct config_text rule, reason, until;
    struct config_globs files;
    struct str
        path; /* normalized (RFC 9535 §2.7); what is at it or below; empty: all of the file */
};

struct config_file {
    const struct source *source;
    struct config_texts extends; /* paths as written */
    struct config_texts rules;   /* the same */
    struct rule_layer layer;
    struct config_text fail_on;
    struct config_text language;
    struct config_globs exclude;
    struct config_globs kind_files; /* the keys of `kinds` */
    struct config_text *kinds;      /* the values, as many */
    struct config_override *overrides;
    size_t override_count;
    struct config_suppression *suppressions;
    size_t suppression_count;
    struct config_texts forbidden; /* `forbid-suppressing`: ids and globs */
    struct config_text baseline;   /* a path as written */
};

/*
 * Read a configuration file. An empty one is valid and says nothing. Every mistake is reported to the
 * loader's findings, at its place: "syntax/…", "schema/…", "config/several" (a second document),
 * "config/text" (an empty one, a NUL), "config/pattern", "config/date", "config/path". Returns false where there was any; *file then
 * holds what could be decoded. All memory is in the loader's arena.
 */
MUST_USE bool config_read(struct rule_loader *loader, struct source *source,
                          struct config_file *file);

/* How long the patterns are together. */
size_t config_globs_bytes(const struct config_globs *globs);

/* Does the last of the patterns that cover the path take it? `at` is then where that one is written. */
bool config_globs_take(const struct config_globs *globs, struct str path, bool is_folder,
                       struct location *at);

#endif
