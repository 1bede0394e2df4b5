/* SPDX-License-Identifier: MIT */
/*
 * The Test Anything Protocol: a line for each test, with a block of YAML below those that have something
 * to say. Values in it are JSON strings, which YAML reads as its own. In a description '#' and '\' are
 * escaped, so that no file's name can skip a test. Version 13 is said although version 14 would hold as
 * well: Perl's reader takes a later one for a mistake. Source: testanything.org, "TAP specification".
 */
#include "report/formats.h"
#include "report/json_value.h"
#include "report/verdicts.h"
#include "report/visible.h"

static void add_description(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        struct glyph glyph;
        at += visible_next(str_from(text, at), &glyph);
        for (size_t i = 0; i < glyph.len; i++) {
            if (glyph.text[i] == '#' || glyph.text[i] == '\\') {
                buf_add_char(out, '\\');
            }
            buf_add_char(out, glyph.text[i]);
        }
    }
}

static void add_text(struct buf *out, const char *key, struct str value)
{
    buf_printf(out, "  %s: ", key);
    json_value_write_line(out, json_value_str(value));
    buf_add_char(out, '\n');
}

static void add_block(struct buf *out, const struct verdict *verdict)
{
    const struct finding *finding = verdict->finding;
    buf_add_c(out, "  ---\n");
    add_text(out, "message", finding ? str_trim(finding->message) : verdict->text);
    if (finding) {
        add_text(out, "severity", severity_name(finding->severity));
        add_text(out, "rule", finding->rule);
        add_text(out, "path", finding->path);
        add_text(out, "fix", str_trim(finding->fix));
        add_text(out, "fingerprint", finding->fingerprint);
    }
    if (verdict->line) {
        buf_add_c(out, "  at:\n  ");
        add_text(out, "file", verdict->file);
        buf_printf(out, "    line: %u\n    column: %u\n", (unsigned)verdict->line,
                   (unsigned)verdict->column);
    }
    buf_add_c(out, "  ...\n");
}

static void add_verdict(struct buf *out, size_t number, const struct verdict *verdict)
{
    bool failed = verdict->outcome == VERDICT_FAILED || verdict->outcome == VERDICT_ERROR;
    buf_printf(out, "%s %zu - ", failed ? "not ok" : "ok", number);
    if (verdict->file.len) {
        add_description(out, verdict->file);
        buf_add_c(out, ": ");
    }
    add_description(out, verdict->name);
    if (verdict->outcome == VERDICT_UNKNOWN || verdict->outcome == VERDICT_KNOWN) {
        buf_add_c(out, " # SKIP ");
        add_description(out, verdict->text);
    }
    buf_add_char(out, '\n');
    if (failed || verdict->outcome == VERDICT_NOTED) {
        add_block(out, verdict);
    }
}

void report_tap(const struct report *report, struct buf *out)
{
    struct verdicts verdicts;
    verdicts_make(report, &verdicts);
    buf_printf(out, "TAP version 13\n1..%zu\n", verdicts.count);
    for (size_t i = 0; i < verdicts.count; i++) {
        add_verdict(out, i + 1, &verdicts.items[i]);
    }
}
