/* SPDX-License-Identifier: MIT */
/*
 * GitLab's Code Quality report: an array of violations. GitLab keeps one of those that share a
 * fingerprint, shows the description, and places it by the line; positions are of the Code Climate
 * specification that the format is a part of. Columns count from 1, as lines do. What could not be
 * decided is no violation and has no place here. Source: GitLab Docs, "Code Quality", "Code Quality
 * report format".
 */
#include "report/formats.h"
#include "report/json_value.h"
#include "report/spot.h"

static json_t *position_of(struct position position)
{
    json_t *entry = json_value_object();
    json_value_put(entry, "line", json_value_size(position.line));
    json_value_put(entry, "column", json_value_size(position.column));
    return entry;
}

static json_t *location_of(const struct spot *spot)
{
    json_t *lines = json_value_object();
    json_value_put(lines, "begin", json_value_size(spot->start.line));
    json_value_put(lines, "end", json_value_size(spot->end.line));
    json_t *positions = json_value_object();
    json_value_put(positions, "begin", position_of(spot->start));
    json_value_put(positions, "end", position_of(spot->end));
    json_t *location = json_value_object();
    json_value_put(location, "path", json_value_str(spot->file));
    json_value_put(location, "lines", lines);
    json_value_put(location, "positions", positions);
    return location;
}

static struct str severity_of(const struct finding *finding)
{
    static const struct str names[SEVERITY_COUNT] = {
        [SEVERITY_INFO] = STR_INIT("info"),
        [SEVERITY_WARNING] = STR_INIT("minor"),
        [SEVERITY_ERROR] = STR_INIT("critical"),
    };
    return finding->unreadable ? STR("blocker") : names[finding->severity];
}

static json_t *violation_of(const struct report *report, const struct finding *finding)
{
    struct spot spot = spot_of_finding(report->sources, finding);
    struct str description =
        arena_format(report->scratch, "%.*s [%.*s]", STR_ARG(str_trim(finding->message)),
                     STR_ARG(finding->rule));
    json_t *content = json_value_object();
    json_value_put(content, "body", json_value_str(finding->fix));
    json_t *entry = json_value_object();
    json_value_put(entry, "type", json_value_str(STR("issue")));
    json_value_put(entry, "check_name", json_value_str(finding->rule));
    json_value_put(entry, "description", json_value_str(description));
    json_value_put(entry, "content", content);
    json_value_put(entry, "severity", json_value_str(severity_of(finding)));
    json_value_put(entry, "fingerprint", json_value_str(finding->fingerprint));
    json_value_put(entry, "location", location_of(&spot));
    return entry;
}

void report_gitlab(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    buf_add_char(out, '[');
    for (size_t i = 0; i < findings->count; i++) {
        buf_add_c(out, i ? ",\n  " : "\n  ");
        json_value_write(out, violation_of(report, &findings->items[i]), 2);
    }
    buf_add_c(out, findings->count ? "\n]\n" : "]\n");
}
