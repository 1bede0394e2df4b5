/* SPDX-License-Identifier: MIT */
/* The pieces of reports for people. */
#include "report/pieces.h"

#include <stdio.h>

enum { HEADER_HANG = 4, LABEL_INDENT = 2 };

void writer_init(struct writer *writer, const struct report *report, struct buf *out)
{
    *writer = (struct writer){
        .report = report,
        .flow = {.out = out, .width = report->width, .color = report->color},
    };
    framer_init(&writer->framer, &writer->flow);
}

enum ink severity_ink(enum severity severity)
{
    static const enum ink inks[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = INK_INFO,
        [SEVERITY_WARNING] = INK_WARNING,
        [SEVERITY_ERROR] = INK_ERROR,
    };
    return inks[severity];
}

static enum word severity_word(enum severity severity)
{
    static const enum word words[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = WORD_INFO,
        [SEVERITY_WARNING] = WORD_WARNING,
        [SEVERITY_ERROR] = WORD_ERROR,
    };
    return words[severity];
}

void write_word(struct writer *writer, enum ink ink, enum word word)
{
    flow_words(&writer->flow, ink, words_get(writer->report->language, word));
}

void write_word_count(struct writer *writer, enum ink ink, enum word word, size_t count)
{
    flow_words(&writer->flow, ink,
               words_count(writer->report->scratch, writer->report->language, word, count));
}

void write_label(struct writer *writer, enum ink ink, enum word word)
{
    write_word(writer, ink, word);
    write_word(writer, ink, WORD_COLON);
    flow_words(&writer->flow, INK_PLAIN, STR(" "));
}

void write_place(struct writer *writer, const struct spot *spot, bool has_position)
{
    char position[32] = ":";
    if (has_position) {
        snprintf(position, sizeof position, ":%u:%u:", (unsigned)spot->start.line,
                 (unsigned)spot->start.column);
    }
    writer->flow.hang = HEADER_HANG;
    flow_raw(&writer->flow, INK_BOLD, spot->file.len ? spot->file : STR("ekslint"));
    flow_raw(&writer->flow, INK_BOLD, str_from_c(position));
    flow_words(&writer->flow, INK_PLAIN, STR(" "));
}

void write_header(struct writer *writer, const struct finding *finding)
{
    struct spot spot = spot_of_finding(writer->report->sources, finding);
    write_place(writer, &spot, finding->has_location);
    write_label(writer, severity_ink(finding->severity), severity_word(finding->severity));
    flow_words(&writer->flow, INK_BOLD, str_trim(finding->message));
    /* In one piece, so that it is wrapped as one word. */
    flow_words(&writer->flow, INK_PLAIN,
               arena_format(writer->report->scratch, " [%.*s]", STR_ARG(finding->rule)));
    flow_end(&writer->flow);
}

void write_frame(struct writer *writer, struct location at, enum ink ink)
{
    struct place place = sources_resolve(writer->report->sources, at.source, at.span);
    frame_write(&writer->framer, place, ink);
}

static void write_one_related(struct writer *writer, const struct related *related)
{
    struct spot spot = spot_of(writer->report->sources, related->at);
    write_place(writer, &spot, true);
    write_label(writer, INK_INFO, WORD_NOTE);
    flow_words(&writer->flow, INK_PLAIN, str_trim(related->message));
    flow_end(&writer->flow);
    write_frame(writer, related->at, INK_INFO);
}

void write_related(struct writer *writer, const struct finding *finding)
{
    for (const struct related *related = finding->related; related; related = related->next) {
        write_one_related(writer, related);
    }
}

void write_labelled(struct writer *writer, enum word label, struct str text)
{
    struct flow *flow = &writer->flow;
    flow->spaces = LABEL_INDENT;
    write_label(writer, INK_BOLD, label);
    flow->hang = flow->column + flow->spaces;
    flow_lines(flow, INK_PLAIN, text);
    flow_end(flow);
}
