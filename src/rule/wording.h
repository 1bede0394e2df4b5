/* SPDX-License-Identifier: MIT */
/*
 * Texts with placeholders: "No key pair '{@}' in {$.gitlab.region}". Between braces stands a
 * JSONPath query or a function call; {{ and }} are literal braces. A query prints its values
 * separated by commas, a missing value prints as "?", of a secret no more than secret_write() does, and a very long value is
 * cut.
 */
#ifndef EKSLINT_RULE_WORDING_H
#define EKSLINT_RULE_WORDING_H

#include "path/path.h"

/* Literal text, or a placeholder. */
struct wording_part {
    struct str literal;
    struct path_program *program; /* NULL for literal text */
    uint32_t lo, hi;              /* the expression's bytes in the wording's text */
};

struct wording {
    struct str text;
    const struct wording_part *parts;
    size_t count;
};

/*
 * Compile a text (kept by reference). On failure returns false and fills *error, whose range is in
 * bytes of the text.
 */
MUST_USE bool wording_compile(const struct path_compiler *compiler, struct str text,
                              struct wording *out, struct path_error *error);

/* Append the text with its placeholders filled in. */
void wording_render(const struct wording *wording, struct path_env *env, struct buf *out);

/*
 * The same for a shell command: what a placeholder puts in is quoted where the shell would read
 * more than a word in it, since the values come from files that strangers wrote. Where a value
 * is not known, or a program would take it for an option or fetch it (the AWS CLI reads what
 * file:// names), there is no command, and nothing is appended.
 */
void wording_render_command(const struct wording *wording, struct path_env *env, struct buf *out);

/*
 * The same for a file's name below some folder: what a placeholder puts in is one part of it or a
 * piece of one, never a folder above. Characters that are none of letters, digits and _ + = , . @ -
 * (those of IAM's names), and a leading dot or dash, become '_'.
 */
void wording_render_file(const struct wording *wording, struct path_env *env, struct buf *out);

/*
 * The same for a value that goes into a document: whole, or not at all. False where a placeholder is not
 * one known value, or is a secret, or too long; what was appended then is of no use.
 */
MUST_USE bool wording_render_value(const struct wording *wording, struct path_env *env,
                                   struct buf *out);

/* Append a datum as people read it: strings as they are, lists with commas, unknown as "?". */
void wording_write_datum(const struct path_env *env, const struct path_datum *datum,
                         struct buf *out);

#endif
