/* SPDX-License-Identifier: MIT */
/* A source, its findings and one tree read from it: what each test of the readers sets up. */
#ifndef EKSLINT_TESTS_UNIT_READING_H
#define EKSLINT_TESTS_UNIT_READING_H

#include "support.h"
#include "tree/read_json.h"
#include "tree/read_yaml.h"

struct reading {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct source *source;
    struct tree tree;
};

/* `bytes` must outlive the reading. */
static inline void reading_open(struct reading *reading, struct str bytes)
{
    *reading = (struct reading){0};
    sources_init(&reading->sources, &reading->arena);
    atoms_init(&reading->atoms, &reading->arena, NULL);
    reading->findings.arena = &reading->arena;
    reading->source = sources_add(&reading->sources, STR("test"), bytes);
    tree_init(&reading->tree, &reading->arena, &reading->sources, &reading->atoms);
}

static inline void reading_close(struct reading *reading)
{
    builder_release(&reading->builder);
    arena_release(&reading->arena);
}

static inline bool reading_json(struct reading *reading, struct str bytes)
{
    reading_open(reading, bytes);
    return json_read_whole(&reading->builder, &reading->tree, reading->source, &reading->findings);
}

/* The next document of an open stream, into a fresh tree. */
static inline enum yaml_result reading_next(struct reading *reading, struct yaml_stream *stream)
{
    tree_init(&reading->tree, &reading->arena, &reading->sources, &reading->atoms);
    return yaml_read(stream, &reading->builder, &reading->tree);
}

/* The first document of a text. */
static inline enum yaml_result reading_yaml(struct reading *reading, struct str bytes)
{
    reading_open(reading, bytes);
    struct yaml_stream *stream = yaml_open(&reading->arena, reading->source, &reading->findings);
    enum yaml_result result = reading_next(reading, stream);
    yaml_close(stream);
    return result;
}

/* "line:column" of a byte, in the reading's arena. */
static inline struct str reading_position(struct reading *reading, uint32_t offset)
{
    struct position position = source_position(reading->source, offset);
    return arena_format(&reading->arena, "%u:%u", position.line, position.column);
}

/* "line:column-line:column" of a span. */
static inline struct str reading_span(struct reading *reading, struct span span)
{
    struct str lo = reading_position(reading, span.lo);
    struct str hi = reading_position(reading, span.hi);
    return arena_format(&reading->arena, "%.*s-%.*s", STR_ARG(lo), STR_ARG(hi));
}

#endif
