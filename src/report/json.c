/* SPDX-License-Identifier: MIT */
/*
 * The JSON report, as DESIGN §2.1 fixes it. Every key of every entry and every list is present,
 * empty where there is nothing to say, but for the edits of what no tool mends. Entries are made and written one by one.
 */
#include "report/formats.h"
#include "report/json_value.h"
#include "report/spot.h"
#include "report/words.h"
#include "rule/baseline.h"
#include "rule/suppression.h"

enum { REPORT_VERSION = 1, ENTRY_INDENT = 4 };

static void put_start(json_t *entry, const struct spot *spot)
{
    json_value_put(entry, "file", json_value_str(spot->file));
    json_value_put(entry, "line", json_value_size(spot->start.line));
    json_value_put(entry, "column", json_value_size(spot->start.column));
}

static void put_spot(json_t *entry, const struct spot *spot)
{
    put_start(entry, spot);
    json_value_put(entry, "endLine", json_value_size(spot->end.line));
    json_value_put(entry, "endColumn", json_value_size(spot->end.column));
}

static json_t *related_of(const struct report *report, const struct finding *finding)
{
    json_t *list = json_value_array();
    for (const struct related *related = finding->related; related; related = related->next) {
        struct spot spot = spot_of(report->sources, related->at);
        json_t *entry = json_value_object();
        put_spot(entry, &spot);
        json_value_put(entry, "message", json_value_str(related->message));
        json_value_append(list, entry);
    }
    return list;
}

/* What a tool may change in its place: all of it, or nothing. */
static json_t *edits_of(const struct report *report, const struct finding *finding)
{
    json_t *list = json_value_array();
    for (size_t i = 0; i < finding->edit_count; i++) {
        const struct text_edit *edit = &finding->edits[i];
        struct spot spot = spot_of(report->sources, edit->at);
        json_t *entry = json_value_object();
        json_value_put(entry, "file", json_value_str(spot.file));
        json_value_put(entry, "offset", json_value_size(spot.start.offset));
        json_value_put(entry, "endOffset", json_value_size(spot.end.offset));
        json_value_put(entry, "text", json_value_str(edit->text));
        json_value_append(list, entry);
    }
    return list;
}

static json_t *finding_of(const struct report *report, const struct finding *finding)
{
    struct spot spot = spot_of_finding(report->sources, finding);
    json_t *entry = json_value_object();
    json_value_put(entry, "rule", json_value_str(finding->rule));
    json_value_put(entry, "severity", json_value_str(severity_name(finding->severity)));
    json_value_put(entry, "result", json_value_str(STR("fail")));
    put_spot(entry, &spot);
    json_value_put(entry, "offset", json_value_size(spot.start.offset));
    json_value_put(entry, "endOffset", json_value_size(spot.end.offset));
    json_value_put(entry, "path", json_value_str(finding->path));
    json_value_put(entry, "kind", json_value_str(finding->kind));
    json_value_put(entry, "message", json_value_str(finding->message));
    json_value_put(entry, "symptoms", json_value_strs(finding->symptoms, finding->symptom_count));
    json_value_put(entry, "stage", json_value_str(finding->stage));
    json_value_put(entry, "fix", json_value_str(finding->fix));
    json_value_put(entry, "docs", json_value_strs(finding->docs, finding->doc_count));
    json_value_put(entry, "related", related_of(report, finding));
    json_value_put(entry, "fingerprint", json_value_str(finding->fingerprint));
    if (finding->edit_count) {
        json_value_put(entry, "edits", edits_of(report, finding));
        json_value_put(entry, "editsSafe", json_value_bool(!finding->edits_unsafe));
    }
    return entry;
}

/* How it came to be tolerated: where somebody wrote that, and why. */
static json_t *suppressed_of(const struct report *report, const struct suppressed *suppressed)
{
    const struct suppression *by = suppressed->by;
    struct spot spot = spot_of(report->sources, by->at);
    json_t *suppression = json_value_object();
    json_value_put(suppression, "kind",
                   json_value_str(by->in_source ? STR("inSource") : STR("external")));
    put_start(suppression, &spot);
    json_value_put(suppression, "reason", json_value_str(by->reason));
    json_value_put(suppression, "until", json_value_str(by->until));
    json_t *entry = finding_of(report, &suppressed->finding);
    json_value_put(entry, "suppression", suppression);
    return entry;
}

static json_t *stale_of(const struct baseline_entry *stale)
{
    json_t *entry = json_value_object();
    json_value_put(entry, "rule", json_value_str(stale->rule));
    json_value_put(entry, "file", json_value_str(stale->file));
    json_value_put(entry, "fingerprint", json_value_str(stale->fingerprint));
    json_value_put(entry, "count", json_value_size(stale->count));
    return entry;
}

static json_t *undecided_of(const struct report *report, const struct undecided *undecided)
{
    struct spot spot = spot_of(report->sources, undecided->at);
    json_t *entry = json_value_object();
    json_value_put(entry, "rule", json_value_str(undecided->rule));
    put_start(entry, &spot);
    json_value_put(entry, "needs", json_value_str(undecided->needs));
    json_value_put(entry, "collect", json_value_str(undecided->collect));
    json_value_put(entry, "stage", json_value_str(undecided->stage));
    json_value_put(entry, "reason", json_value_str(undecided->reason));
    return entry;
}

static json_t *summary_of(const struct results *results)
{
    json_t *rules = json_value_object();
    json_value_put(rules, "fail", json_value_size(results->rules.fail));
    json_value_put(rules, "pass", json_value_size(results->rules.pass));
    json_value_put(rules, "notApplicable", json_value_size(results->rules.not_applicable));
    json_value_put(rules, "unknown", json_value_size(results->rules.unknown));
    json_t *summary = json_value_object();
    json_value_put(summary, "files", json_value_size(results->files));
    json_value_put(summary, "documents", json_value_size(results->documents));
    json_value_put(summary, "errors", json_value_size(results->errors));
    json_value_put(summary, "warnings", json_value_size(results->warnings));
    json_value_put(summary, "infos", json_value_size(results->infos));
    json_value_put(summary, "unknown", json_value_size(results->undecided.count));
    json_value_put(summary, "suppressed", json_value_size(results->suppressed.count));
    json_value_put(summary, "baselined", json_value_size(results->baselined.count));
    json_value_put(summary, "stale", json_value_size(results->stale_findings));
    json_value_put(summary, "rules", rules);
    /* Beyond the limits, findings are only counted; that must not look like a complete report. */
    if (results->findings->dropped) {
        json_value_put(summary, "dropped", json_value_size(results->findings->dropped));
    }
    return summary;
}

static void open_list(struct buf *out, const char *key)
{
    buf_printf(out, ",\n  \"%s\": [", key);
}

static void add_entry(struct buf *out, size_t index, json_t *entry)
{
    buf_add_c(out, index ? ",\n" : "\n");
    buf_add_repeat(out, ' ', ENTRY_INDENT);
    json_value_write(out, entry, ENTRY_INDENT);
}

static void close_list(struct buf *out, size_t count)
{
    buf_add_c(out, count ? "\n  ]" : "]");
}

static void write_findings(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    open_list(out, "findings");
    for (size_t i = 0; i < findings->count; i++) {
        add_entry(out, i, finding_of(report, &findings->items[i]));
    }
    close_list(out, findings->count);
}

/* What was found and does not count, and what was expected and is not there. */
static void write_known(const struct report *report, struct buf *out)
{
    const struct results *results = report->results;
    open_list(out, "suppressed");
    for (size_t i = 0; i < results->suppressed.count; i++) {
        add_entry(out, i, suppressed_of(report, &results->suppressed.items[i]));
    }
    close_list(out, results->suppressed.count);
    open_list(out, "baselined");
    for (size_t i = 0; i < results->baselined.count; i++) {
        add_entry(out, i, finding_of(report, &results->baselined.items[i]));
    }
    close_list(out, results->baselined.count);
    open_list(out, "stale");
    for (size_t i = 0; i < results->stale_count; i++) {
        add_entry(out, i, stale_of(&results->stale[i]));
    }
    close_list(out, results->stale_count);
}

static void write_unknown(const struct report *report, struct buf *out)
{
    const struct undecided_list *undecided = &report->results->undecided;
    open_list(out, "unknown");
    for (size_t i = 0; i < undecided->count; i++) {
        add_entry(out, i, undecided_of(report, &undecided->items[i]));
    }
    close_list(out, undecided->count);
    write_known(report, out);
    buf_add_c(out, ",\n  \"summary\": ");
    json_value_write(out, summary_of(report->results), 2);
    buf_add_c(out, "\n}\n");
}

void report_json(const struct report *report, struct buf *out)
{
    buf_printf(out, "{\n  \"version\": %d,\n  \"tool\": ", REPORT_VERSION);
    json_value_write(out, json_value_tool(report->version, report->catalogue), 2);
    write_findings(report, out);
    write_unknown(report, out);
}

/* ---- one entry a line ---- */

static void write_line(struct buf *out, const char *type, json_t *entry)
{
    json_t *line = json_value_object();
    json_value_put(line, "type", json_value_str(str_from_c(type)));
    json_value_update(line, entry);
    json_value_write_line(out, line);
    buf_add_char(out, '\n');
}

static void write_known_lines(const struct report *report, struct buf *out)
{
    const struct results *results = report->results;
    for (size_t i = 0; i < results->suppressed.count; i++) {
        write_line(out, "suppressed", suppressed_of(report, &results->suppressed.items[i]));
    }
    for (size_t i = 0; i < results->baselined.count; i++) {
        write_line(out, "baselined", finding_of(report, &results->baselined.items[i]));
    }
    for (size_t i = 0; i < results->stale_count; i++) {
        write_line(out, "stale", stale_of(&results->stale[i]));
    }
}

/*
 * The same entries, each with a "type", for programs that read while we write: findings, what is
 * unknown, and the summary last, so that a report that was cut off is seen to be.
 */
void report_json_lines(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    const struct undecided_list *undecided = &report->results->undecided;
    for (size_t i = 0; i < findings->count; i++) {
        write_line(out, "finding", finding_of(report, &findings->items[i]));
    }
    for (size_t i = 0; i < undecided->count; i++) {
        write_line(out, "unknown", undecided_of(report, &undecided->items[i]));
    }
    write_known_lines(report, out);
    json_t *summary = json_value_object();
    json_value_put(summary, "version", json_value_size(REPORT_VERSION));
    json_value_put(summary, "tool", json_value_tool(report->version, report->catalogue));
    json_value_update(summary, summary_of(report->results));
    write_line(out, "summary", summary);
}

/* ---- a stream ---- */

void report_json_stream(const struct report *report, const struct report_line *line,
                        struct buf *out)
{
    const struct findings *findings = report->results->findings;
    const struct undecided_list *undecided = &report->results->undecided;
    json_t *answer = json_value_object();
    json_value_put(answer, "name", line->has_name ? json_value_str(line->name) : json_null());
    if (line->error.len) {
        json_value_put(answer, "line", json_value_size(line->number));
        json_value_put(answer, "error", json_value_str(line->error));
    } else {
        json_t *found = json_value_array();
        json_t *unknown = json_value_array();
        for (size_t i = 0; i < findings->count; i++) {
            json_value_append(found, finding_of(report, &findings->items[i]));
        }
        for (size_t i = 0; i < undecided->count; i++) {
            json_value_append(unknown, undecided_of(report, &undecided->items[i]));
        }
        json_value_put(answer, "findings", found);
        json_value_put(answer, "unknown", unknown);
        json_value_put(answer, "summary", summary_of(report->results));
        if (line->excluded) {
            json_value_put(answer, "excluded", json_value_bool(true));
        }
    }
    json_value_write_line(out, answer);
    buf_add_char(out, '\n');
}

/* ---- a diagnosis ---- */

static json_t *error_of(const struct report *report, const struct finding *finding)
{
    struct spot spot = spot_of_finding(report->sources, finding);
    json_t *entry = json_value_object();
    json_value_put(entry, "text", json_value_str(str_trim(diagnosis_error_text(finding))));
    json_value_put(entry, "rule", json_value_str(finding->rule));
    put_start(entry, &spot);
    json_value_put(entry, "message", json_value_str(finding->message));
    json_value_put(entry, "fix", json_value_str(finding->fix));
    return entry;
}

/* A step of which nothing was evaluated is unknown for a reason, too: an entry of no rule says it. */
static json_t *not_evaluated(const struct report *report, const struct stage_verdict *verdict)
{
    json_t *entry = json_value_object();
    json_value_put(entry, "rule", json_value_str(STR("flow/not-evaluated")));
    json_value_put(entry, "file", json_value_str((struct str){0}));
    json_value_put(entry, "needs", json_value_str((struct str){0}));
    json_value_put(entry, "collect", json_value_str((struct str){0}));
    json_value_put(entry, "stage", json_value_str(verdict->stage->id));
    json_value_put(entry, "reason",
                   json_value_str(words_get(report->language, WORD_NOT_EVALUATED)));
    return entry;
}

static json_t *stage_of(const struct report *report, const struct stage_verdict *verdict)
{
    json_t *errors = json_value_array();
    json_t *unknown = json_value_array();
    json_t *suppressed = json_value_array();
    for (size_t i = 0; i < verdict->suppressed_count; i++) {
        json_value_append(suppressed, error_of(report, &verdict->suppressed[i]->finding));
    }
    for (size_t i = 0; i < verdict->error_count; i++) {
        json_value_append(errors, error_of(report, verdict->errors[i]));
    }
    for (size_t i = 0; i < verdict->unknown_count; i++) {
        json_value_append(unknown, undecided_of(report, verdict->unknown[i]));
    }
    if (!verdict->evaluated) {
        json_value_append(unknown, not_evaluated(report, verdict));
    }
    json_t *entry = json_value_object();
    json_value_put(entry, "id", json_value_str(verdict->stage->id));
    json_value_put(entry, "title",
                   json_value_str(verdict->stage->title[language_of_report(report)]));
    json_value_put(entry, "outcome", json_value_str(stage_outcome_name(verdict->outcome)));
    json_value_put(entry, "reached", json_value_bool(verdict->reached));
    json_value_put(entry, "errors", errors);
    json_value_put(entry, "suppressed", suppressed);
    json_value_put(entry, "unknown", unknown);
    return entry;
}

void report_diagnosis_json(const struct report *report, struct buf *out)
{
    const struct diagnosis *diagnosis = report->diagnosis;
    buf_printf(out, "{\n  \"version\": %d,\n  \"flow\": ", REPORT_VERSION);
    json_value_write(out, json_value_str(diagnosis->steps->id), 2);
    open_list(out, "stages");
    for (size_t i = 0; i < diagnosis->steps->count; i++) {
        add_entry(out, i, stage_of(report, &diagnosis->stages[i]));
    }
    close_list(out, diagnosis->steps->count);
    write_findings(report, out);
    write_unknown(report, out);
}
