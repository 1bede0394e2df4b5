/* SPDX-License-Identifier: MIT */
/*
 * Placeholders: the marks in a text that a tool fills in before the service or program that the text is for
 * reads it. What such a text says is not known from the file.
 */
#ifndef EKSLINT_MODEL_PLACEHOLDER_H
#define EKSLINT_MODEL_PLACEHOLDER_H

#include "tree/tree.h"

/* A dollar or two braces: most texts have neither. False: no text inside of this one has a placeholder of policies. */
bool placeholder_may_be_in(struct str text);

/*
 * Is there one in a text of an IAM policy, where ${aws:username} is none: "{{ .Values.role }}", "${bucket}",
 * "$ACCOUNT_ID". What a reader of documentation has to replace ("<region>", "AWS_ACCOUNT_ID") is none: no tool
 * does so, and who forgot it wants to hear of it.
 */
bool placeholder_is_in_policy(struct str text);

/*
 * Is there one in a value that is one word: "${CLUSTER_NAME}-ng", "$REGION" and "$(REGION)" as envsubst, shells and
 * pipelines have them, "{{ cluster }}". A text with white space outside of the braces is a script or a sentence,
 * whose dollars are its own: false.
 */
bool placeholder_is_in_word(struct str text);

/* Make each string of `tree` that has a placeholder in a word an unknown value. */
void placeholder_mark_words(struct tree *tree);

#endif
