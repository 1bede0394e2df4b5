/* SPDX-License-Identifier: MIT */
/* What the reports for people are made of: places, labels, frames, whole findings. */
#ifndef EKSLINT_REPORT_PIECES_H
#define EKSLINT_REPORT_PIECES_H

#include "report/frame.h"
#include "report/report.h"
#include "report/spot.h"
#include "report/words.h"

struct writer {
    const struct report *report;
    struct flow flow;
    struct framer framer;
};

/* The writer's flow is that of the report's terminal; framer_release() its framer in the end. */
void writer_init(struct writer *writer, const struct report *report, struct buf *out);

/* A word, or one with its number, wrapped. */
void write_word(struct writer *writer, enum ink ink, enum word word);
void write_word_count(struct writer *writer, enum ink ink, enum word word, size_t count);

/* "error: " */
void write_label(struct writer *writer, enum ink ink, enum word word);

/* "file:12:8: ", or "file: " for what concerns the file as a whole. */
void write_place(struct writer *writer, const struct spot *spot, bool has_position);

/* The place, severity, message and rule of a finding, as one paragraph. */
void write_header(struct writer *writer, const struct finding *finding);

/* The source with the span marked. */
void write_frame(struct writer *writer, struct location at, enum ink ink);

/* The second places of a finding, each with its frame. */
void write_related(struct writer *writer, const struct finding *finding);

/* "  fix: …", of several lines where the text has them. */
void write_labelled(struct writer *writer, enum word label, struct str text);

/* The ink of a severity. */
enum ink severity_ink(enum severity severity);

#endif
