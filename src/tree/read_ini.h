/* SPDX-License-Identifier: MIT */
/*
 * The reader of the AWS CLI's config and credentials files: INI with sections in brackets,
 * `key = value`, whole-line comments, and settings one level deeper behind a key without a value:
 *
 *   [profile ci]
 *   role_arn = arn:aws:iam::123456789012:role/ci
 *   s3 =
 *     max_concurrent_requests = 20
 *
 * The tree is an object of sections, each an object of strings; a nested block is an object. Names
 * of sections are as written between the brackets; those of keys are in lower case, as the CLI reads
 * them. Source: AWS CLI User Guide, "Configuration and credential file settings".
 */
#ifndef EKSLINT_TREE_READ_INI_H
#define EKSLINT_TREE_READ_INI_H

#include "text/finding.h"
#include "tree/builder.h"

/*
 * Read a whole source into `tree` (initialised, empty). Each line that the CLI would not take is
 * reported ("syntax/ini") and left out, so that the others are still judged; a section or key given
 * twice is reported as in the other readers, and at most a hundred of either. Returns false where a line was refused; the tree has a
 * root all the same, unless the text is no UTF-8.
 */
MUST_USE bool ini_read(struct builder *builder, struct tree *tree, struct source *source,
                       struct findings *findings);

/*
 * Does a text of which no name says anything look like such a file: is its first line with content a
 * section's name, and no JSON or YAML list?
 */
bool ini_is_likely(struct str bytes);

#endif
