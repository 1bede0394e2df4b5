/* SPDX-License-Identifier: MIT */
/*
 * The report for people, in the manner of compilers: place, severity, message, rule; the source
 * with the span marked; related places; the symptoms by which the user will meet the problem, and
 * the fix. The end of the report is in summary.c.
 */
#include "report/formats.h"
#include "report/frame.h"
#include "report/spot.h"
#include "report/summary.h"
#include "report/words.h"

#include <stdio.h>

enum { HEADER_HANG = 4, LABEL_INDENT = 2 };

static const enum ink severity_inks[SEVERITY_COUNT] = {
    [SEVERITY_INFO] = INK_INFO,
    [SEVERITY_WARNING] = INK_WARNING,
    [SEVERITY_ERROR] = INK_ERROR,
};

static const enum word severity_words[SEVERITY_COUNT] = {
    [SEVERITY_INFO] = WORD_INFO,
    [SEVERITY_WARNING] = WORD_WARNING,
    [SEVERITY_ERROR] = WORD_ERROR,
};

struct writer {
    const struct report *report;
    struct flow flow;
    struct framer framer;
};

static void write_label(struct writer *writer, enum ink ink, enum word word)
{
    flow_words(&writer->flow, ink, words_get(writer->report->language, word));
    flow_words(&writer->flow, ink, words_get(writer->report->language, WORD_COLON));
    flow_words(&writer->flow, INK_PLAIN, STR(" "));
}

/* "file:12:8: ", or "file: " for what concerns the file as a whole. */
static void write_place(struct writer *writer, const struct spot *spot, bool has_position)
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

static void write_header(struct writer *writer, const struct finding *finding)
{
    struct spot spot = spot_of_finding(writer->report->sources, finding);
    write_place(writer, &spot, finding->has_location);
    write_label(writer, severity_inks[finding->severity], severity_words[finding->severity]);
    flow_words(&writer->flow, INK_BOLD, str_trim(finding->message));
    /* In one piece, so that it is wrapped as one word. */
    flow_words(&writer->flow, INK_PLAIN,
               arena_format(writer->report->scratch, " [%.*s]", STR_ARG(finding->rule)));
    flow_end(&writer->flow);
}

static void write_frame(struct writer *writer, struct location at, enum ink ink)
{
    struct place place = sources_resolve(writer->report->sources, at.source, at.span);
    frame_write(&writer->framer, place, ink);
}

static void write_related(struct writer *writer, const struct related *related)
{
    struct spot spot = spot_of(writer->report->sources, related->at);
    write_place(writer, &spot, true);
    write_label(writer, INK_INFO, WORD_NOTE);
    flow_words(&writer->flow, INK_PLAIN, str_trim(related->message));
    flow_end(&writer->flow);
    write_frame(writer, related->at, INK_INFO);
}

static void write_labelled(struct writer *writer, enum word label, struct str text)
{
    struct flow *flow = &writer->flow;
    flow->spaces = LABEL_INDENT;
    write_label(writer, INK_BOLD, label);
    flow->hang = flow->column + flow->spaces;
    flow_lines(flow, INK_PLAIN, text);
    flow_end(flow);
}

static void write_finding(struct writer *writer, const struct finding *finding)
{
    write_header(writer, finding);
    if (finding->has_location) {
        write_frame(writer, finding->at, severity_inks[finding->severity]);
    }
    for (const struct related *related = finding->related; related; related = related->next) {
        write_related(writer, related);
    }
    for (size_t i = 0; i < finding->symptom_count; i++) {
        write_labelled(writer, WORD_SYMPTOM, finding->symptoms[i]);
    }
    if (str_trim(finding->fix).len) {
        write_labelled(writer, WORD_FIX, finding->fix);
    }
}

void report_text(const struct report *report, struct buf *out)
{
    struct writer writer = {
        .report = report,
        .flow = {.out = out, .width = report->width, .color = report->color},
    };
    framer_init(&writer.framer, &writer.flow);
    const struct findings *findings = report->results->findings;
    for (size_t i = 0; i < findings->count; i++) {
        if (i > 0) {
            buf_add_char(out, '\n');
        }
        write_finding(&writer, &findings->items[i]);
    }
    framer_release(&writer.framer);
    if (!report->quiet) {
        if (findings->count > 0) {
            buf_add_char(out, '\n');
        }
        summary_write(report, &writer.flow);
    }
}
