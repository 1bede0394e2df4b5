/* SPDX-License-Identifier: MIT */
/*
 * The text of a .gitignore file, and what it says of a path, as git itself decides it (git's
 * documentation, gitignore, "Pattern format"): comments, '!', anchored patterns, '**', patterns for
 * folders only, character classes, escaped characters and blanks. Bytes are compared, and letter case
 * counts.
 *
 * Nothing is tried twice: a path is read once while the set of places in the pattern that it may
 * stand at is kept, so the time is at most path x pattern whatever both hold. `base/path_glob.h` is the
 * stricter kin for the project's own configuration, which refuses what it does not know; a .gitignore
 * belongs to git, where nothing is an error.
 */
#ifndef EKSLINT_BASE_GITIGNORE_H
#define EKSLINT_BASE_GITIGNORE_H

#include "base/arena.h"

/* A longer pattern matches nothing: no path that can be opened is as long (Linux, PATH_MAX). */
enum { GITIGNORE_PATTERN_MAX = 4096 };

struct gitignore_step;

struct gitignore_pattern {
    struct str literal; /* what the text begins with, before the first special character */
    const struct gitignore_step *steps; /* the rest */
    size_t count;
    size_t tail; /* of them, how many plain bytes at the end */
    bool negated, folders_only;
    bool any_depth; /* no slash: the name alone is compared */
};

/* In the order of the file. */
struct gitignore {
    struct gitignore_pattern *items;
    size_t count, capacity;
};

/* What a file says of a path: nothing, leave it out, or take it although an earlier line left it out. */
enum gitignore_says { GITIGNORE_NOTHING, GITIGNORE_OUT, GITIGNORE_IN };

/* Add the patterns of a file's text, which must live as long as the list; memory in arena. */
void gitignore_add(struct arena *arena, struct gitignore *list, struct str text);

/*
 * The last pattern that matches decides. `path` is relative to the folder of the file ("a/b.json"), and
 * no folder on the way to it is left out: of those the caller asks first, and does not enter them.
 */
enum gitignore_says gitignore_judge(const struct gitignore *list, struct str path, bool is_folder);

#endif
