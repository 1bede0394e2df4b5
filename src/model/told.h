/* SPDX-License-Identifier: MIT */
/*
 * What a document tells the case where that is not what is written: of a CloudFormation template the resources
 * with unknown values for its functions, of a Terraform plan the resources as they will be. Unknown values that
 * refer to one thing have its symbol (tree/symbol.h), so that the case can join what refers to it.
 */
#ifndef EKSLINT_MODEL_TOLD_H
#define EKSLINT_MODEL_TOLD_H

#include "model/document.h"

/*
 * The tree that feeds of the document's kind walk: of a template, a copy in which each resource has `Ref` and
 * `Arn` beside its Type, as they will be, and in which Ref to a resource whose name is written is that name
 * (kind->refs). Any other document's is the one that was read.
 */
const struct tree *told_tree(struct document_reader *reader, const struct document *document);

#endif
