/* SPDX-License-Identifier: MIT */
/* What a Terraform plan tells the case. Private to this folder. */
#ifndef EKSLINT_MODEL_TOLD_PLAN_H
#define EKSLINT_MODEL_TOLD_PLAN_H

#include "model/document.h"

/*
 * The resources as they will be: {resources: [{address, type, name, values, before}]}. In `values` what is known
 * after apply is an unknown value. It has a symbol where the configuration says that it is an attribute of one
 * resource; and each resource's `arn`, `id` and `name` have their own.
 */
const struct tree *told_plan(struct document_reader *reader, const struct document *document);

#endif
