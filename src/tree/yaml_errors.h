/* SPDX-License-Identifier: MIT */
/* libyaml's complaints in the words of the person who wrote the file. */
#ifndef EKSLINT_TREE_YAML_ERRORS_H
#define EKSLINT_TREE_YAML_ERRORS_H

#include "text/finding.h"
#include "tree/yaml_events.h"

/* Report a problem as "syntax/yaml", at its exact place, with what to do about it. */
void yaml_report(struct findings *findings, const struct source *source,
                 const struct yaml_problem *problem);

#endif
