/* SPDX-License-Identifier: MIT */
/* Which of a rule's symptoms a version of GitLab shows. */
#ifndef EKSLINT_RULE_SYMPTOM_H
#define EKSLINT_RULE_SYMPTOM_H

#include "rule/rule.h"

/*
 * "13.7", "13.7.2", "v13.7.2-ee" as a number that grows with the version; what stands behind the
 * second number does not count. False, with 0, where text does not begin with two numbers.
 */
bool symptom_version_parse(struct str text, uint32_t *version);

/*
 * Does this version show the text? Without a version (0): the spelling of the newest, that is one
 * without `until`.
 */
bool symptom_is_shown(const struct symptom *symptom, uint32_t version);

/*
 * The spelling that a version shows: the rule's first symptom that it shows, else its first one.
 * NULL where the rule documents none.
 */
const struct symptom *symptom_pick(const struct rule_texts *texts, uint32_t version);

/* "13.7", for a version that was parsed. */
void symptom_version_write(uint32_t version, struct buf *out);

/* Is the text of a symptom one of these? */
bool symptom_is_among(const struct str *texts, size_t count, struct str text);

#endif
