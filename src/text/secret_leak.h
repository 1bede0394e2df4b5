/* SPDX-License-Identifier: MIT */
/*
 * Which texts are certainly secrets, for findings that say so. secret.h hides whatever may be one; here
 * only what somebody would have to revoke counts: examples of documentations, placeholders, references
 * and random texts of which nothing says what they are do not.
 */
#ifndef EKSLINT_TEXT_SECRET_LEAK_H
#define EKSLINT_TEXT_SECRET_LEAK_H

#include "text/secret.h"

/*
 * An access key's id, AKIA… or ASIA… (IAM User Guide, "IAM identifiers"), alone or in a text, and none of an example.
 */
bool secret_has_key_id(struct str text);

/*
 * What a secret key needs to be told from other random texts: the name that it stands under, or its id
 * beside it. Either may be missing; in a text the name may stand before the value, or the id anywhere.
 */
struct secret_context {
    struct str name;
    bool beside_key_id;
};

/* The first secret of a sort at or behind `from`. */
MUST_USE bool secret_find_leak(struct str text, size_t from, const struct secret_context *context,
                               enum secret_sort sort, struct span *found);

/*
 * Does a text stand for a value that is put in later, or that was taken out: blank, a reference, a word
 * such as REDACTED or changeme?
 */
bool secret_is_placeholder(struct str text);

#endif
