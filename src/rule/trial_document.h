/* SPDX-License-Identifier: MIT */
/* From what a test has written to the document or case that the rule judges. */
#ifndef EKSLINT_RULE_TRIAL_DOCUMENT_H
#define EKSLINT_RULE_TRIAL_DOCUMENT_H

#include "rule/rule.h"

/*
 * Build what `written`, a node of a rule file's tree, stands for: a document of `kind` as rules see
 * it, or a case. A case may also be written as the files that it is joined from, `files: {name:
 * content}`, where a content is a text as in the file, or the document itself. `notes` gets what the readers
 * say of these files. False, with *why in loader->arena, where a file cannot be read.
 */
MUST_USE bool trial_document_build(struct rule_loader *loader, struct arena *scratch,
                                   const struct tree *from, const struct node *written,
                                   const struct kind *kind, struct tree *document,
                                   struct findings *notes, struct str *why);

#endif
