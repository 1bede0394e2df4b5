/* SPDX-License-Identifier: MIT */
/*
 * libyaml's events with our positions. Everything that is peculiar to libyaml's marks ends here:
 * code points become bytes, containers and scalars get the spans that the tree documents, anchors
 * and tags are not part of them.
 */
#ifndef EKSLINT_TREE_YAML_EVENTS_H
#define EKSLINT_TREE_YAML_EVENTS_H

#include "tree/tree.h"

enum event_kind {
    EVENT_STREAM_START,
    EVENT_STREAM_END,
    EVENT_DOCUMENT_START,
    EVENT_DOCUMENT_END,
    EVENT_ALIAS,
    EVENT_SCALAR,
    EVENT_SEQUENCE_START,
    EVENT_SEQUENCE_END,
    EVENT_MAPPING_START,
    EVENT_MAPPING_END,
    EVENT_KIND_COUNT
};

/* Texts are libyaml's: valid until the next event is read. */
struct yaml_event {
    enum event_kind kind;
    enum node_style style; /* of scalars and of the start of containers */
    struct span
        span; /* the start of a container is empty at its first byte, its end empty behind the last */
    struct str anchor; /* of scalars, containers and aliases, or empty */
    struct str tag;    /* resolved: "!Sub", "tag:yaml.org,2002:str"; "!" is the non-specific tag */
    struct str value;  /* of scalars */
};

/* Why libyaml stopped, in its words; places are bytes. */
struct yaml_problem {
    struct str problem;
    struct str context; /* "while scanning a quoted scalar", or empty */
    uint32_t at;
    uint32_t context_at; /* where that began; `at` where there is no context */
};

struct yaml_events;

/*
 * Start on a source whose bytes are well-formed UTF-8; memory in arena, and libyaml's own until
 * events_close().
 */
struct yaml_events *events_open(struct arena *arena, struct source *source);
void events_close(struct yaml_events *events);

/*
 * The next event; false with *problem set where libyaml refuses the text. Not to be called again
 * after that.
 */
MUST_USE bool events_next(struct yaml_events *events, struct yaml_event *event,
                          struct yaml_problem *problem);

#endif
