/* SPDX-License-Identifier: MIT */
/*
 * What a YAML file says that its document is, where the content does not show it: the comment
 * "# ekslint: kind=iam-scp", or with the type of the resource that a policy is on,
 * "# ekslint: kind=iam-resource-policy:AWS::S3::Bucket". JSON has no comments.
 */
#ifndef EKSLINT_MODEL_DIRECTIVE_H
#define EKSLINT_MODEL_DIRECTIVE_H

#include "model/document.h"

/* "iam-resource-policy:AWS::S3::Bucket" is a kind with a type of resource. */
void directive_split_kind(struct str text, struct str *kind, struct str *resource_type);

/*
 * Take the kind of a document from a directive above it (behind the document before it in the same
 * source) or in it. False, with the document as it was, where there is none; one that names no kind
 * is reported ("file/directive") with the nearest.
 */
bool directive_apply(struct document_reader *reader, struct document *document,
                     const struct document_list *documents);

#endif
