/* SPDX-License-Identifier: MIT */
/*
 * Where secrets stand in a text, told by the names that AWS gives them and by their shape. People
 * put them under wrong names, into wrong fields, into comments, and into files with mistakes of
 * which there is no tree: what is shown of a file is checked as text.
 *
 * A secret access key is 40 characters of base64, a session token far longer (AWS IAM User Guide,
 * "Programmatic access with AWS security credentials"; STS API, "AssumeRole").
 */
#ifndef EKSLINT_TEXT_SECRET_H
#define EKSLINT_TEXT_SECRET_H

#include "text/finding.h"

/* A piece of text shorter than this is shown wherever it stands: it gives nothing away. */
enum { SECRET_MIN_BYTES = 8 };

/*
 * The first run at or behind `from` that has the shape of a secret key or a session token, or of a token
 * that its service made to be known: GitLab's, GitHub's, that of `aws eks get-token`, a JSON Web Token, a
 * private key in base64.
 */
MUST_USE bool secret_find_shape(struct str text, size_t from, struct span *found);

/* What a secret is, as rules tell it apart. */
enum secret_sort {
    SECRET_AWS_KEY,
    SECRET_AWS_SESSION,
    SECRET_PRIVATE_KEY,
    SECRET_GITLAB,
    SECRET_GITHUB,
    SECRET_SERVICE, /* Vault, npm, Slack */
    SECRET_BEARER,  /* a JSON Web Token, or what `aws eks get-token` prints */
    SECRET_SORT_COUNT
};

/* The first of those tokens that are told by what they begin with. */
MUST_USE bool secret_find_token(struct str text, size_t from, struct span *found,
                                enum secret_sort *sort);

/* The first body of a private key in PEM; where it has no end, up to the end of the text. */
MUST_USE bool secret_find_key_block(struct str text, size_t from, struct span *found);

/*
 * Is this a name that AWS gives to a secret key or a session token, in any spelling or misspelt, or
 * Kubernetes and others to a password, a token or a key?
 */
bool secret_is_aws_name(struct str name);

/* That, or any other name of a secret, a token or a password. */
bool secret_is_name(struct str name);

/* A name and its value in one: "secret_access_key=…", where a blank or a colon is missing. */
bool secret_is_pair(struct str text);

/* Hide every run of a file that has the shape of a secret; done once. */
void secret_hide_shapes(struct source *source);

/*
 * Hide what stands behind the names of secrets, up to the end of the value as far as lines tell it.
 * For files whose syntax is broken: more may be hidden than the value. All of a Kubernetes Secret.
 */
void secret_hide_named(struct source *source);

/*
 * A message about a file without what the file hides: a run of letters, digits and -_/+ that is part
 * of a hidden text, or has its shape, is replaced as secret_write() does, or by "***" where it may not be the end of
 * the secret. Words are too short to be taken for one. Memory in arena where anything was replaced.
 */
struct str secret_redact(const struct source *source, struct str message, struct arena *arena);

/* A copy of a text by itself with '*' for each byte of a secret in it, by name and by shape; it ends with a NUL. */
struct str secret_hide_in(struct arena *arena, struct str text);

/*
 * The same for the messages and fixes of the findings from `first` on, whose files then hide what has the
 * shape of a secret.
 */
void secret_redact_findings(struct findings *findings, size_t first, const struct sources *sources);

#endif
