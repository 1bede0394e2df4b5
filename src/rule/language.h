/* SPDX-License-Identifier: MIT */
/* The languages of the texts in rules and flows. */
#ifndef EKSLINT_RULE_LANGUAGE_H
#define EKSLINT_RULE_LANGUAGE_H

enum language { LANGUAGE_EN, LANGUAGE_JA, LANGUAGE_COUNT };

#endif
