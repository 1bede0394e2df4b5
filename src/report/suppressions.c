/* SPDX-License-Identifier: MIT */
/*
 * What is tolerated: a list of the suppressions of a run, each with the findings that it hides. Those that
 * a directive with a mistake would have made are not among them; the report of a check has the mistake.
 */
#include "report/json_value.h"
#include "report/pieces.h"
#include "report/report.h"
#include "rule/suppression.h"

enum { LIST_VERSION = 1, INDENT = 2, ENTRY_INDENT = 4 };

static const enum word state_words[SUPPRESSION_STATE_COUNT] = {
    [SUPPRESSION_USED] = WORD_STATE_USED,           [SUPPRESSION_UNUSED] = WORD_STATE_UNUSED,
    [SUPPRESSION_OPEN] = WORD_STATE_OPEN,           [SUPPRESSION_EXPIRED] = WORD_STATE_EXPIRED,
    [SUPPRESSION_FORBIDDEN] = WORD_STATE_FORBIDDEN,
};

/* ---- for people ---- */

static void start_line(struct writer *writer, unsigned column)
{
    writer->flow.spaces = column;
    writer->flow.hang = column + INDENT;
}

static void write_hidden(struct writer *writer, const struct suppression *by)
{
    const struct suppressed_list *list = &writer->report->results->suppressed;
    for (size_t i = 0, left = by->hidden; i < list->count && left; i++) {
        if (list->items[i].by == by) {
            const struct finding *finding = &list->items[i].finding;
            left--;
            struct spot spot = spot_of_finding(writer->report->sources, finding);
            start_line(writer, INDENT);
            write_label(writer, INK_BOLD, WORD_HIDES);
            write_place(writer, &spot, true);
            flow_words(&writer->flow, INK_PLAIN, finding->message);
            flow_end(&writer->flow);
        }
    }
}

static void write_one(struct writer *writer, const struct suppression *item)
{
    struct spot spot = spot_of(writer->report->sources, item->at);
    start_line(writer, 0);
    write_place(writer, &spot, true);
    flow_words(&writer->flow, INK_PLAIN, item->rule);
    write_word(writer, INK_PLAIN, WORD_OPEN_LIST);
    write_word(writer, INK_PLAIN, state_words[item->state]);
    if (item->until.len) {
        write_word(writer, INK_PLAIN, WORD_COMMA);
        write_word(writer, INK_PLAIN, WORD_LAST_DAY);
        flow_words(&writer->flow, INK_PLAIN, item->until);
    }
    write_word(writer, INK_PLAIN, WORD_CLOSE);
    flow_end(&writer->flow);
    write_labelled(writer, WORD_REASON, item->reason);
    write_hidden(writer, item);
}

void report_suppressions_text(const struct report *report, const struct suppression *const *items,
                              size_t count, struct buf *out)
{
    struct writer writer;
    writer_init(&writer, report, out);
    for (size_t i = 0; i < count; i++) {
        write_one(&writer, items[i]);
        buf_add_char(out, '\n');
    }
    framer_release(&writer.framer);
    start_line(&writer, 0);
    write_word_count(&writer, INK_PLAIN, WORD_SUPPRESSIONS, count);
    write_word(&writer, INK_PLAIN, WORD_COMMA);
    write_word_count(&writer, INK_PLAIN, WORD_HIDDEN, report->results->suppressed.count);
    flow_end(&writer.flow);
}

/* ---- for programs ---- */

static void put_place(json_t *entry, const struct spot *spot)
{
    json_value_put(entry, "file", json_value_str(spot->file));
    json_value_put(entry, "line", json_value_size(spot->start.line));
    json_value_put(entry, "column", json_value_size(spot->start.column));
}

static json_t *hidden_of(const struct report *report, const struct suppression *by)
{
    const struct suppressed_list *list = &report->results->suppressed;
    json_t *hidden = json_value_array();
    for (size_t i = 0, left = by->hidden; i < list->count && left; i++) {
        const struct finding *finding = &list->items[i].finding;
        if (list->items[i].by == by) {
            left--;
            struct spot spot = spot_of_finding(report->sources, finding);
            json_t *entry = json_value_object();
            put_place(entry, &spot);
            json_value_put(entry, "severity", json_value_str(severity_name(finding->severity)));
            json_value_put(entry, "message", json_value_str(finding->message));
            json_value_put(entry, "fingerprint", json_value_str(finding->fingerprint));
            json_value_append(hidden, entry);
        }
    }
    return hidden;
}

void report_suppressions_json(const struct report *report, const struct suppression *const *items,
                              size_t count, struct buf *out)
{
    buf_printf(out, "{\n  \"version\": %d,\n  \"suppressions\": [", LIST_VERSION);
    for (size_t i = 0; i < count; i++) {
        struct spot spot = spot_of(report->sources, items[i]->at);
        json_t *entry = json_value_object();
        json_value_put(entry, "rule", json_value_str(items[i]->rule));
        json_value_put(entry, "kind",
                       json_value_str(items[i]->in_source ? STR("inSource") : STR("external")));
        put_place(entry, &spot);
        json_value_put(entry, "reason", json_value_str(items[i]->reason));
        json_value_put(entry, "until", json_value_str(items[i]->until));
        json_value_put(entry, "state", json_value_str(suppression_state_name(items[i]->state)));
        json_value_put(entry, "hides", hidden_of(report, items[i]));
        buf_add_c(out, i ? ",\n    " : "\n    ");
        json_value_write(out, entry, ENTRY_INDENT);
    }
    buf_add_c(out, count ? "\n  ]\n}\n" : "]\n}\n");
}
