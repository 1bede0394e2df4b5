/* SPDX-License-Identifier: MIT */
/*
 * What the JSON-family formats share on top of jansson: strings of any bytes, and values written
 * one by one, so that a report of many findings is never held as a tree. Characters that move a
 * terminal's cursor, end a line for some reader (U+0085, U+2028) or hide text are written as \u
 * escapes. Where memory runs out, these abort, like the arenas.
 */
#ifndef EKSLINT_REPORT_JSON_VALUE_H
#define EKSLINT_REPORT_JSON_VALUE_H

#include "base/buf.h"

#include <jansson.h>

/* An empty object or array. */
json_t *json_value_object(void);
json_t *json_value_array(void);

/* Malformed UTF-8 becomes U+FFFD, one for each byte: JSON has no other bytes (RFC 8259 §8.1). */
json_t *json_value_str(struct str s);
json_t *json_value_strs(const struct str *items, size_t count);
json_t *json_value_size(size_t number);
json_t *json_value_bool(bool value);

/* This tool, as reports name it, with the date of the data in it. */
json_t *json_value_tool(struct str version, struct str catalogue);

/* Add a member or an element, which then belongs to the container. */
void json_value_put(json_t *object, const char *key, json_t *value);
/* Move the members of `from`, which is freed, behind those of an object. */
void json_value_update(json_t *object, json_t *from);
void json_value_append(json_t *array, json_t *value);

/*
 * Append a value as text, two columns a level, with further lines indented by `indent` columns
 * more; the value is freed.
 */
void json_value_write(struct buf *out, json_t *value, unsigned indent);

/* The same on one line, without its end. */
void json_value_write_line(struct buf *out, json_t *value);

#endif
