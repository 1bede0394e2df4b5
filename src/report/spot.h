/* SPDX-License-Identifier: MIT */
/* Where something is, as reports say it: a file's name with the positions of a start and an end. */
#ifndef EKSLINT_REPORT_SPOT_H
#define EKSLINT_REPORT_SPOT_H

#include "text/finding.h"

struct spot {
    struct str file;
    struct position start, end; /* the end is exclusive */
};

struct spot spot_of(const struct sources *sources, struct location at);

/* The same for a finding; one without a location stands at the start of its file. */
struct spot spot_of_finding(const struct sources *sources, const struct finding *finding);

#endif
