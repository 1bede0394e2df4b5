/* SPDX-License-Identifier: MIT */
/* Comparisons (RFC 9535 §2.3.5.2.2), three-valued. Private to this folder. */
#ifndef EKSLINT_PATH_COMPARE_H
#define EKSLINT_PATH_COMPARE_H

#include "path/program.h"

enum truth compare_values(struct path_env *env, enum path_comparison comparison,
                          const struct value *a, const struct value *b);

#endif
