/* SPDX-License-Identifier: MIT */
/* Names by which rules are called: ids, the names that other tools have, and patterns of both. */
#ifndef EKSLINT_RULE_NAME_H
#define EKSLINT_RULE_NAME_H

#include "base/str.h"

enum { RULE_ID_MAX_BYTES = 128 };

/* Is the kind one of a comma-separated list? */
bool rule_kind_listed(struct str list, struct str kind);

/* "family/name" of lower-case letters, digits and dashes. */
bool rule_id_is_valid(struct str id);

/* Does the id match a pattern with IAM-like '*' ('*' crosses '/'). */
bool rule_id_matches(struct str id, struct str glob);

/* The same of the id or one of the other names, a list separated by commas. */
bool rule_name_matches(struct str id, struct str aka, struct str glob);

#endif
