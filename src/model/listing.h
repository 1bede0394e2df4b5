/* SPDX-License-Identifier: MIT */
/* Inside gathering: what roles and users, and the other lists of the case share. */
#ifndef EKSLINT_MODEL_LISTING_H
#define EKSLINT_MODEL_LISTING_H

#include "model/holder.h"

/* The name at the end of an ARN, or empty. */
struct str arn_name_of(struct str text);

/*
 * Is `name` one of the parts of a file's name between dots: list-attached-role-policies.NAME.json?
 */
bool file_names(struct str file, struct str name);

/* Take a value unless there is one; where there is, a different text is reported. */
void told_take(const struct feeding *feeding, struct told *slot, struct told value);

/* Take what an entry tells of a role, user or group. */
void holder_feed(struct gathered *gathered, const struct feeding *feeding,
                 const struct listing_of *of, struct holder_list *list, const struct node *item);

/* The part of gather_finish() that is about roles, users and groups. */
void holders_finish(struct gathered *gathered);

#endif
