/* SPDX-License-Identifier: MIT */
/*
 * What the compiler and the evaluator need to know of the standard functions. Private to this
 * folder.
 */
#ifndef EKSLINT_PATH_FUNCTIONS_H
#define EKSLINT_PATH_FUNCTIONS_H

#include "path/path.h"

struct iregexp;

/*
 * True for match() and search(), whose second argument is a pattern; match() wants it to match the
 * whole string.
 */
bool function_takes_pattern(const struct path_function *function, bool *whole);

/* Match a string with a pattern that the compiler has compiled (NULL: no I-Regexp). */
enum truth function_match(struct path_env *env, const struct iregexp *regexp,
                          const struct value *subject);

#endif
