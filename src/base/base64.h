/* SPDX-License-Identifier: MIT */
/* Base64 as RFC 4648 §4 defines it, strictly. */
#ifndef EKSLINT_BASE_BASE64_H
#define EKSLINT_BASE_BASE64_H

#include "base/arena.h"

/*
 * Decode text into *bytes, which lives as long as the arena. The padding must be there (§3.2), and
 * nothing that is not of the alphabet, line breaks included (§3.3), nor bits behind the last byte
 * (§3.5). False, with *bytes as it was, for any other text; the empty text is no bytes.
 */
MUST_USE bool base64_decode(struct arena *arena, struct str text, struct str *bytes);

#endif
