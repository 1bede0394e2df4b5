/* SPDX-License-Identifier: MIT */
/*
 * Workflow commands of GitHub Actions, one finding a line, which the runner turns into annotations:
 * ::error file=…,line=…,col=…,endLine=…,endColumn=…,title=RULE::MESSAGE. In values '%', CR and LF are
 * escaped, in properties ':' and ',' as well; what else could steer a terminal is shown as in reports
 * for people. Columns are given only where start and end are on one line (the runner takes no others),
 * and endColumn is the last one, not the one behind it. What could not be decided is in a notice at the
 * end, unless no summary is wanted. Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
#include "report/formats.h"
#include "report/sentences.h"
#include "report/spot.h"
#include "report/visible.h"

static void add_escaped(struct buf *out, struct str text, bool property)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%' || (property && (c == ':' || c == ','))) {
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        } else {
            buf_add_char(out, c);
        }
    }
}

static void add_visible(struct buf *out, struct str text, bool property)
{
    for (size_t at = 0; at < text.len;) {
        struct glyph glyph;
        at += visible_next(str_from(text, at), &glyph);
        add_escaped(out, (struct str){glyph.text, glyph.len}, property);
    }
}

/* The lines of a text, with their ends escaped. */
static void add_message(struct buf *out, struct str text)
{
    struct str line;
    bool more = true;
    for (bool first = true; more; first = false) {
        more = str_cut(text, '\n', &line, &text);
        buf_add_c(out, first ? "" : "%0A");
        add_visible(out, str_trim(line), false);
    }
    buf_add_char(out, '\n');
}

static void add_place(const struct report *report, const struct finding *finding, struct buf *out)
{
    struct spot spot = spot_of_finding(report->sources, finding);
    if (spot.file.len == 0) {
        return;
    }
    buf_add_c(out, "file=");
    add_visible(out, spot.file, true);
    buf_printf(out, ",line=%u", (unsigned)spot.start.line);
    bool one_line = spot.start.line == spot.end.line;
    unsigned last = spot.end.column > spot.start.column ? spot.end.column - 1 : spot.start.column;
    if (finding->has_location && one_line) {
        buf_printf(out, ",col=%u", (unsigned)spot.start.column);
    }
    buf_printf(out, ",endLine=%u", (unsigned)spot.end.line);
    if (finding->has_location && one_line) {
        buf_printf(out, ",endColumn=%u", last);
    }
    buf_add_char(out, ',');
}

static void write_finding(const struct report *report, const struct finding *finding,
                          struct buf *out)
{
    static const char *const commands[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = "notice",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
    };
    buf_printf(out, "::%s ", commands[finding->severity]);
    add_place(report, finding, out);
    buf_add_c(out, "title=");
    add_visible(out, finding->rule, true);
    buf_add_c(out, "::");
    add_message(out, sentence_finding(report, finding));
}

void report_github(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    for (size_t i = 0; i < findings->count; i++) {
        write_finding(report, &findings->items[i], out);
    }
    bool nothing = sentence_nothing(report).len > 0;
    bool open = findings->dropped || report->results->undecided.count;
    if (nothing || (open && !report->quiet)) {
        buf_printf(out, "::%s title=ekslint::", nothing ? "error" : "notice");
        add_message(out, sentence_summary(report));
    }
}
