/* SPDX-License-Identifier: MIT */
/*
 * Patterns of paths, with the meaning that .gitignore gives them (git's documentation, gitignore,
 * "Pattern format") where that is well defined, and an error where it is not:
 *
 *   *       any number of characters, but no '/'
 *   ?       one character, but no '/'
 *   **      as a whole part of the path: any number of folders; at the end: everything below
 *   \x      the character x itself
 *   a/      a slash at the end: folders only
 *   /a a/b  a slash in front or within: the whole path from the top; without one the pattern
 *           may match at any depth
 *   !a      in a list: what matches is taken back
 *
 * A pattern that matches a folder covers everything below it. In a list the last pattern that covers
 * a path decides. Letter case counts. Refused with a message: brackets and braces, which other tools
 * have and this one does not; '**' beside other characters; parts that no path has ('.', '..', none).
 *
 * A path is compared once, character by character, with all places of the pattern at which it may
 * stand: the time is at most path x pattern, whatever both hold; nothing is tried again.
 */
#ifndef EKSLINT_BASE_PATH_GLOB_H
#define EKSLINT_BASE_PATH_GLOB_H

#include "base/arena.h"

enum { PATH_GLOB_MAX_BYTES = 256 };

struct path_glob_step;

struct path_glob {
    struct str text;   /* as written */
    bool negated;      /* begins with '!' */
    bool folders_only; /* ends in '/' */
    const struct path_glob_step *steps;
    size_t count;
};

/* What is wrong with a pattern: the bytes [lo, hi) of it, and why. */
struct path_glob_error {
    uint32_t lo, hi;
    const char *message;
};

/* Compile a pattern. The text must live as long as the pattern; the rest is in arena. */
MUST_USE bool path_glob_compile(struct arena *arena, struct str text, struct path_glob *glob,
                                struct path_glob_error *error);

/*
 * Does the pattern match a path, or a folder that it lies in? The path is normalized, relative
 * ("a/b.json") and not empty. `is_folder`: the path itself is one. '!' is left to the caller.
 */
bool path_glob_covers(const struct path_glob *glob, struct str path, bool is_folder);

/*
 * The last of the patterns that covers the path, or NULL; where that one is negated the path is taken
 * back.
 */
const struct path_glob *path_globs_last(const struct path_glob *globs, size_t count,
                                        struct str path, bool is_folder);

#endif
