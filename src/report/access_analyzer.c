/* SPDX-License-Identifier: MIT */
/*
 * The findings in the shape of IAM Access Analyzer's ValidatePolicy, file by file, for tools that read
 * its answers. Lines count from 1, columns and offsets from 0 in code points, ends are exclusive; a path
 * leads from the root of the file to the place, with {"key"} as the last step where the place is a
 * member's name. Of a policy that stands in another document (saved CLI output) that root is the
 * document's, so that path and span are of one text. What a rule without a code says stands under the
 * rule's id. Source: IAM Access Analyzer API Reference, "ValidatePolicyFinding", "Location", "Span".
 */
#include "report/formats.h"
#include "report/json_value.h"
#include "report/spot.h"

#include <stdlib.h>

static const struct str guide = STR_INIT("https://docs.aws.amazon.com/IAM/latest/UserGuide/"
                                         "access-analyzer-reference-policy-checks.html");

/* ---- positions ---- */

/* Code points before an offset of the file; a byte order mark is none. */
static size_t count_before(struct source *source, uint32_t offset)
{
    size_t count = 0;
    if (source_is_ascii(source)) {
        return offset;
    }
    for (uint32_t i = 0; i < offset; i++) {
        count += ((unsigned char)source->bytes.ptr[i] & 0xC0u) != 0x80u;
    }
    return count;
}

static json_t *position_of(struct source *source, uint32_t offset)
{
    struct position position = source_position(source, offset);
    json_t *entry = json_value_object();
    json_value_put(entry, "line", json_value_size(position.line));
    json_value_put(entry, "column", json_value_size(position.column - 1));
    json_value_put(entry, "offset", json_value_size(count_before(source, offset)));
    return entry;
}

static json_t *location_of(const struct report *report, struct location at)
{
    struct place place = sources_resolve(report->sources, at.source, at.span);
    json_t *path = json_value_array();
    json_t *span = json_value_object();
    json_t *entry = json_value_object();
    struct report_steps steps = {0};
    if (report->steps_at) {
        report->steps_at(report->context, at, &steps);
    }
    for (size_t i = 0; i < steps.count; i++) {
        const struct report_step *step = &steps.items[i];
        json_t *item = json_value_object();
        bool name = step->is_name;
        bool key = name && steps.is_key && i + 1 == steps.count;
        json_value_put(item, name ? (key ? "key" : "value") : "index",
                       name ? json_value_str(step->name) : json_value_size(step->index));
        json_value_append(path, item);
    }
    if (steps.whole) {
        place.span = (struct span){0, (uint32_t)place.source->bytes.len};
    }
    json_value_put(span, "start", position_of(place.source, place.span.lo));
    json_value_put(span, "end", position_of(place.source, place.span.hi));
    json_value_put(entry, "path", path);
    json_value_put(entry, "span", span);
    return entry;
}

static json_t *locations_of(const struct report *report, const struct finding *finding)
{
    json_t *list = json_value_array();
    for (size_t i = 0; i < finding->place_count; i++) {
        json_value_append(list, location_of(report, finding->places[i]));
    }
    if (finding->place_count == 0 && finding->has_location) {
        json_value_append(list, location_of(report, finding->at));
    }
    return list;
}

/* ---- findings ---- */

static struct str type_of(const struct finding *finding, const struct report_check *check)
{
    static const struct str types[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = STR_INIT("SUGGESTION"),
        [SEVERITY_WARNING] = STR_INIT("WARNING"),
        [SEVERITY_ERROR] = STR_INIT("ERROR"),
    };
    return check->type.len ? check->type : types[finding->severity];
}

/* The section of the guide that explains a check: its anchor is made of the type and the code. */
static struct str link_of(const struct report *report, struct str type, struct str code)
{
    struct buf link = buf_with_max(MESSAGE_MAX_BYTES);
    buf_printf(&link, "%.*s#access-analyzer-reference-policy-checks-", STR_ARG(guide));
    struct str kind = str_eq(type, STR("WARNING")) ? STR("general-warning") : type;
    struct str parts[] = {kind, STR("-"), code};
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        for (size_t i = 0; i < parts[p].len; i++) {
            char c = parts[p].ptr[i];
            buf_add_char(&link, c == '_' ? '-' : char_lower(c));
        }
    }
    struct str kept = arena_str(report->scratch, buf_str(&link));
    buf_release(&link);
    return kept;
}

static json_t *finding_of(const struct report *report, const struct finding *finding)
{
    struct report_check check = {0};
    if (str_eq(finding->rule, STR("syntax/json"))) {
        check = (struct report_check){STR("JSON_SYNTAX_ERROR"), STR("ERROR")};
    } else if (report->check_of) {
        report->check_of(report->context, finding->rule, &check);
    }
    struct str type = type_of(finding, &check);
    struct str link = finding->doc_count ? finding->docs[0] : (struct str){0};
    json_t *entry = json_value_object();
    json_value_put(entry, "findingDetails", json_value_str(finding->message));
    json_value_put(entry, "findingType", json_value_str(type));
    json_value_put(entry, "issueCode", json_value_str(check.code.len ? check.code : finding->rule));
    json_value_put(entry, "learnMoreLink",
                   json_value_str(check.code.len ? link_of(report, type, check.code) : link));
    json_value_put(entry, "locations", locations_of(report, finding));
    return entry;
}

static struct str file_of(const struct report *report, const struct finding *finding)
{
    return spot_of_finding(report->sources, finding).file;
}

/* Where the first of a finding's places stands; by this the service sorts. */
static uint32_t start_of(const struct report *report, const struct finding *finding)
{
    struct location at = finding->place_count ? finding->places[0] : finding->at;
    return finding->has_location ? sources_resolve(report->sources, at.source, at.span).span.lo : 0;
}

struct row {
    const struct finding *finding;
    uint32_t start;
    size_t order;
};

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;
    int order = (a->start > b->start) - (a->start < b->start);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static json_t *result_of(const struct report *report, struct row *rows, size_t count)
{
    json_t *findings = json_value_array();
    json_t *entry = json_value_object();
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) {
        json_value_append(findings, finding_of(report, rows[i].finding));
    }
    json_value_put(entry, "file", json_value_str(file_of(report, rows[0].finding)));
    json_value_put(entry, "findings", findings);
    return entry;
}

/* Files without findings have no entry. */
void report_access_analyzer(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    struct row *rows = arena_array(report->scratch, struct row, findings->count);
    buf_add_c(out, "{\"results\": [");
    for (size_t i = 0, end, written = 0; i < findings->count; i = end, written++) {
        struct str file = file_of(report, &findings->items[i]);
        for (end = i; end < findings->count && str_eq(file_of(report, &findings->items[end]), file);
             end++) {
            const struct finding *finding = &findings->items[end];
            rows[end - i] = (struct row){finding, start_of(report, finding), end};
        }
        buf_add_c(out, written ? ",\n  " : "\n  ");
        json_value_write(out, result_of(report, rows, end - i), 2);
    }
    buf_add_c(out, findings->count ? "\n]}\n" : "]}\n");
}
