/* SPDX-License-Identifier: MIT */
/*
 * Source texts and positions in them. A source is a file's bytes, or a document that stands inside
 * a string of another source (JSON in a YAML block scalar). Positions are byte spans [lo, hi) in
 * one source; line and column are computed when something is printed, from a line index built on
 * first use.
 *
 * Lines end at LF, CR LF or a lone CR, as editors and the Language Server Protocol count them.
 * Columns count Unicode code points from 1. A byte order mark is stripped and counts in offsets,
 * never in columns.
 */
#ifndef EKSLINT_TEXT_SOURCE_H
#define EKSLINT_TEXT_SOURCE_H

#include "base/limits.h"

/* What spans can say of a source; the limit 'document-bytes' lies below it. */
enum { SOURCE_MAX_BYTES = 1 << 30 };

/*
 * A half-open range of bytes of one source, BOM not counted. lo == hi marks a place between two
 * characters.
 */
struct span {
    uint32_t lo, hi;
};

/* A span of any source, inner ones included. */
struct location {
    uint32_t source; /* id */
    struct span span;
};

/*
 * One run of a text that was decoded from another: `child` is where it starts in the decoded text,
 * `parent` and `parent_len` what it came from. A run of equal lengths maps byte by byte; any other
 * (an escape, a fold) only whole.
 */
struct span_run {
    uint32_t child, child_len;
    uint32_t parent, parent_len;
};

/*
 * A decoded text's way back to the bytes it was read from: runs in order of `child`, without gaps.
 */
struct span_map {
    const struct span_run *runs;
    uint32_t count;
};

/* The parent's bytes for [span.lo, span.hi) of the decoded text. */
struct span span_map_to_parent(const struct span_map *map, struct span span);

/* How many code points stand before a place: columns on a line of any length cost the same. */
struct column_mark {
    uint32_t offset;
    uint32_t count;
};

struct source {
    uint32_t id;                 /* index in its struct sources */
    struct str name;             /* as given by the user; for messages and reports */
    struct str bytes;            /* without BOM */
    const struct limits *limits; /* on reading it: the defaults, until its owner sets others */
    uint32_t bom_len;            /* bytes of BOM stripped: 0 or 3 */
    bool looked_through, ascii;  /* for source_is_ascii() */
    uint32_t parent;             /* id of the outer source, or its own id for a file */
    struct span_map map;         /* to the parent's bytes; unused for a file */
    struct arena *arena;         /* for the line index and the list of secrets */
    struct span *secrets;        /* bytes that no output may show, in order, none in another */
    size_t secret_count, secret_capacity;
    bool shapes_hidden;        /* by secret_hide_shapes() */
    struct column_mark *marks; /* with the line index; NULL where bytes are code points */
    uint32_t *line_starts;     /* built on first use */
    uint32_t line_count;
};

/*
 * All the sources of a run; ids are indexes. Sources never move and live as long as the arena, but for those that are
 * forgotten.
 */
struct sources {
    struct arena *arena;
    const struct limits *limits; /* on judging what they hold; likewise */
    struct source **items;
    size_t count, capacity;
};

void sources_init(struct sources *sources, struct arena *arena);

/*
 * Add a file's text. `bytes` must outlive the sources and be at most SOURCE_MAX_BYTES; `name` is
 * copied. A UTF-8 BOM is stripped; text in another encoding is kept as it is, for the readers to
 * refuse.
 */
struct source *sources_add(struct sources *sources, struct str name, struct str bytes);

/* The same with what belongs to the source in an arena of its own, which may end before the others. */
struct source *sources_add_passing(struct sources *sources, struct arena *arena, struct str name,
                                   struct str bytes);

/*
 * Forget the sources from `first` on whose memory is in `arena`: ids behind the last that is left are given anew,
 * and those before it stand for an empty source. Returns whether any is left.
 */
bool sources_forget(struct sources *sources, size_t first, const struct arena *arena);

/*
 * Add a document found inside a string of `parent`; `bytes` and the map's runs must outlive the
 * sources.
 */
struct source *sources_add_inner(struct sources *sources, const struct source *parent,
                                 struct str bytes, struct span_map map);

struct source *sources_get(const struct sources *sources, uint32_t id);

/* No byte above 0x7F: the index of a code point is its offset in bytes. Looks through the text when first asked. */
bool source_is_ascii(struct source *source);

/* A span in a file. */
struct place {
    struct source *source; /* the outermost source: a file */
    struct span span;
};

/* Where a span of any source stands in the file that holds it. */
struct place sources_resolve(const struct sources *sources, uint32_t id, struct span span);

struct position {
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in code points */
    uint32_t offset; /* bytes from the start of the file, BOM counted */
};

/*
 * The position of a byte offset (at most bytes.len) of a file. Builds the line index on first use.
 */
struct position source_position(struct source *source, uint32_t offset);

/* The text of line `line` (from 1) without its end, or the empty view beyond the last. */
struct str source_line(struct source *source, uint32_t line);

/* Keep a span (of the file) out of every excerpt and message. */
void source_hide(struct source *source, struct span span);

/* Does a place of any source overlap what its file hides? */
bool sources_is_hidden(const struct sources *sources, struct location at);

/*
 * source_line() for people: hidden bytes are replaced by '*', one for each, but for what
 * secret_tail() lets be seen. Memory in arena where anything was hidden.
 */
struct str source_excerpt(struct source *source, uint32_t line, struct arena *arena);

#endif
