/* SPDX-License-Identifier: MIT */
/* From spans to lines and columns. */
#include "report/spot.h"

struct spot spot_of(const struct sources *sources, struct location at)
{
    struct place place = sources_resolve(sources, at.source, at.span);
    return (struct spot){
        .file = place.source->name,
        .start = source_position(place.source, place.span.lo),
        .end = source_position(place.source, place.span.hi),
    };
}

struct spot spot_of_finding(const struct sources *sources, const struct finding *finding)
{
    if (finding->has_location) {
        return spot_of(sources, finding->at);
    }
    static const struct position first = {.line = 1, .column = 1};
    return (struct spot){.file = finding->file, .start = first, .end = first};
}
