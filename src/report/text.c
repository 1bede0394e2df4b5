/* SPDX-License-Identifier: MIT */
/*
 * The report for people, in the manner of compilers: place, severity, message, rule; the source
 * with the span marked; related places; the symptoms by which the user will meet the problem, and
 * the fix. The end of the report is in summary.c.
 */
#include "report/formats.h"
#include "report/pieces.h"
#include "report/summary.h"

static void write_finding(struct writer *writer, const struct finding *finding)
{
    write_header(writer, finding);
    if (finding->has_location) {
        write_frame(writer, finding->at, severity_ink(finding->severity));
    }
    write_related(writer, finding);
    for (size_t i = 0; i < finding->symptom_count; i++) {
        write_labelled(writer, WORD_SYMPTOM, finding->symptoms[i]);
    }
    if (str_trim(finding->fix).len) {
        write_labelled(writer, WORD_FIX, finding->fix);
    }
    if (finding->edit_count) {
        write_labelled(writer, WORD_FIXABLE,
                       words_get(writer->report->language,
                                 finding->edits_unsafe ? WORD_WITH_UNSAFE : WORD_WITH_FIX));
    }
}

void report_text(const struct report *report, struct buf *out)
{
    struct writer writer;
    writer_init(&writer, report, out);
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
