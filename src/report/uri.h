/* SPDX-License-Identifier: MIT */
/* Names of files as URI references (RFC 3986). */
#ifndef EKSLINT_REPORT_URI_H
#define EKSLINT_REPORT_URI_H

#include "base/arena.h"

/*
 * A path as a reference: all but unreserved characters and '/' is percent-encoded byte by byte (§2.1;
 * ':' too, which would make a scheme of what stands before it, §4.2). A relative path gives a relative
 * reference, without a leading "./"; an absolute one a file: URI. Memory in arena.
 */
struct str uri_of_path(struct arena *arena, struct str path, bool *is_relative);

/* An http: or https: URI of characters that a URI may hold: what may be shown as a link. */
bool uri_is_web(struct str text);

#endif
