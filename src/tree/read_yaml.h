/* SPDX-License-Identifier: MIT */
/*
 * The YAML reader on libyaml's events. Scalars are resolved by the YAML 1.2 core schema (§10.3) and
 * keep their text, style and tag. Merge keys (`<<`) are applied, as the tools that read these files
 * do. Positions are ours, in bytes; libyaml's line counter is never used (it counts code points,
 * and NEL, LS and PS as line breaks).
 *
 * Spans: a node without its anchor and tag; a block mapping from its first key and a block sequence
 * from its first '-' to the end of the last child; a block scalar from its '|' or '>' to the end of
 * its last content line; an absent value is empty behind the indicator that calls for it; an alias
 * is its token, and shares its anchor's children. Members that came through a merge key keep the
 * place where they are written.
 */
#ifndef EKSLINT_TREE_READ_YAML_H
#define EKSLINT_TREE_READ_YAML_H

#include "text/finding.h"
#include "tree/builder.h"

struct yaml_stream;

/* Start reading a source's documents; memory in arena. yaml_close() must follow. */
struct yaml_stream *yaml_open(struct arena *arena, struct source *source,
                              struct findings *findings);

enum yaml_result { YAML_DOCUMENT, YAML_END, YAML_ERROR };

/*
 * Read the next document into `tree` (initialised, empty). YAML_END: no more. YAML_ERROR: one
 * "syntax/yaml" error was reported and the rest of the stream cannot be read. An empty document is
 * a null node. Reported besides: "syntax/duplicate-key" (a warning; the last value wins). Refused
 * besides what libyaml refuses: text that is not UTF-8, an anchor that contains itself, aliases
 * more than 1000 %TAG lines or one of more than 1000 bytes, and what is beyond the limits of the
 * source (base/limits.def).
 */
enum yaml_result yaml_read(struct yaml_stream *stream, struct builder *builder, struct tree *tree);

void yaml_close(struct yaml_stream *stream);

/*
 * True where a plain scalar means something else to YAML 1.1 tools (go-yaml v2, PyYAML, libyaml
 * users) than by the 1.2 core schema: yes/no/on/off, octal by a leading 0, sexagesimal 1:30, 1_000,
 * 0b1.
 */
bool yaml_differs_in_1_1(struct str plain);

#endif
