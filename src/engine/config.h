/* SPDX-License-Identifier: MIT */
/*
 * Inside the library: the configuration of a handle, from the files that were handed in to the layers
 * by which each file of the run is judged. One run has one configuration: the file that was named or
 * found, and before it what it extends.
 */
#ifndef EKSLINT_ENGINE_CONFIG_H
#define EKSLINT_ENGINE_CONFIG_H

#include "ekslint.h"

#include "rule/config.h"

enum {
    CONFIG_FILES_MAX = 64,     /* of a run, each counted as often as it is extended */
    CONFIG_OVERRIDES_MAX = 64, /* of all of them: bits of a choice */
    CONFIG_PATTERNS_MAX_BYTES = 16 * 1024
};

/* A file of the configuration. */
struct config_part {
    struct config_file file;
    struct str name;
    struct str identity;        /* the same for the same file, whatever it is called */
    struct config_part **bases; /* as many as `extends`; NULL where there is none */
    bool open;                  /* while the order is found: on the way to where one is */
};

/* How the files are judged to which the same overrides apply. */
struct engine_choice {
    uint64_t overrides; /* bits of the configuration's overrides, in its order */
    struct rule_choice layers;
};

struct engine_config {
    struct config_part *parts[CONFIG_FILES_MAX];
    size_t count;
    const struct config_part *order[CONFIG_FILES_MAX]; /* lowest first */
    size_t order_count;
    bool ordered;
    bool wrong;                 /* a mistake was reported */
    size_t part, item;          /* what is asked for next */
    struct config_part *asking; /* whose request was answered last, and which */
    size_t asked;
    ekslint_config_request request;
    struct str here, folder; /* the current folder and the one that patterns start from, absolute */
    bool has_overrides;
    const struct engine_choice **choices; /* those that were asked for so far */
    size_t choice_count, choice_capacity;
    const struct engine_choice **used; /* those of the documents, once they were gathered */
    size_t used_count, gathered;       /* and of how many documents that was */
};

/* How a file is judged, by its name. */
const struct engine_choice *engine_choice_of(ekslint *e, struct str file);

/* Find the choices of all documents, at least one, for `used`; returns how many there are. */
size_t engine_gather_choices(ekslint *e);

/* What a name is for patterns: the path below the configuration's folder, or empty. In arena. */
struct str engine_config_path(const ekslint *e, struct arena *arena, struct str name);

/* The kind that the configuration gives a file, with its place; an empty text where it gives none. */
struct config_text engine_config_kind(ekslint *e, struct str file);

/* Is the file, or everything in the folder, left out? `at` is then where that is written. */
bool engine_config_excludes(ekslint *e, struct str name, bool is_folder, struct location *at);

/* The value of the highest file that has one: `fail-on`, `lang`, `baseline`. Empty where none has. */
struct config_text engine_config_fail_on(const ekslint *e);
struct config_text engine_config_language(const ekslint *e);
struct config_text engine_config_baseline(const ekslint *e);

/* "error", "warning", "info", "unknown"; false for another word. */
MUST_USE bool engine_fail_on(ekslint *e, struct str threshold);
void engine_set_language(ekslint *e, struct str language);

/* The kind that all documents are taken for, as the caller asked. */
struct engine_kind {
    const struct kind *kind;
    struct str resource_type;
};

/* Take the documents of a file for the kind that the configuration says, unless the caller said one. */
struct engine_kind engine_force_kind(ekslint *e, struct str file);
void engine_restore_kind(ekslint *e, struct engine_kind asked);

#endif
