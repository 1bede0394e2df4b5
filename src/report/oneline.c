/* SPDX-License-Identifier: MIT */
/*
 * The format of compilers, one finding a line: FILE:LINE:COLUMN: SEVERITY: MESSAGE [RULE]. Control
 * characters are escaped in every part, so that neither a file's name nor a value in a message can
 * forge a line. The words are English in every language: programs read this.
 */
#include "report/formats.h"
#include "report/spot.h"
#include "report/visible.h"

static void write_finding(const struct report *report, const struct finding *finding,
                          struct buf *out)
{
    struct spot spot = spot_of_finding(report->sources, finding);
    visible_add(out, spot.file.len ? spot.file : STR("ekslint"));
    buf_printf(out, ":%u:%u: ", (unsigned)spot.start.line, (unsigned)spot.start.column);
    buf_add(out, severity_name(finding->severity));
    buf_add(out, STR(": "));
    visible_add(out, str_trim(finding->message));
    buf_add(out, STR(" ["));
    visible_add(out, finding->rule);
    buf_add(out, STR("]\n"));
}

void report_oneline(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    for (size_t i = 0; i < findings->count; i++) {
        write_finding(report, &findings->items[i], out);
    }
}
