/* SPDX-License-Identifier: MIT */
/*
 * Commands that collect facts: is one safe to be put into a script that a user runs? This judges the
 * text; that what a placeholder put in is quoted is wording_render_command()'s.
 */
#ifndef EKSLINT_RULE_COMMAND_H
#define EKSLINT_RULE_COMMAND_H

#include "rule/wording.h"

/*
 * One command that only reads: "aws SERVICE OPERATION …" with an operation that starts with
 * describe-, get- or list- (the AWS CLI's names of reading operations), or "kubectl get …". Outside
 * of single quotes no character has a meaning to a shell, and there are no control characters at all.
 */
bool command_only_reads(struct str text);

/*
 * The name of a file that lies below the folder it is written in: relative, without empty parts and
 * parts that start with a dot or a dash, of letters, digits and _ + = , . @ - alone.
 */
bool command_file_is_below(struct str file);

/* The word that stands for each of the listed names in a command and in the file of its output. */
#define COMMAND_NAME "NAME"

/* Where the last COMMAND_NAME stands as a word of its own between other characters; text.len if nowhere. */
size_t command_find_name(struct str text);

/* The same for a text with placeholders, each of which stands for one word or a part of one. */
bool command_wording_only_reads(const struct wording *wording);
bool command_wording_is_file(const struct wording *wording);

#endif
