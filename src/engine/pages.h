/* SPDX-License-Identifier: MIT */
/* What is told of rules: the sections of `explain` and of their pages. */
#ifndef EKSLINT_ENGINE_PAGES_H
#define EKSLINT_ENGINE_PAGES_H

#include "engine/engine.h"
#include "report/page.h"

/*
 * The page of a rule that ruleset_read() has read, in a language. Memory in the handle's arenas,
 * none of which is emptied.
 */
void engine_page(ekslint *e, struct rule *rule, enum language language,
                 const ekslint_output *output, struct page *page);

#endif
