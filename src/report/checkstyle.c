/* SPDX-License-Identifier: MIT */
/*
 * The XML of Checkstyle, which many viewers read: a file for each file with findings, an error for
 * each finding. Jenkins takes what stands behind the last '.' of a source for the check, so that the
 * rule's id stands behind "ekslint.".
 */
#include "report/formats.h"
#include "report/spot.h"
#include "report/xml.h"

static void write_error(struct xml *xml, const struct report *report, const struct spot *spot,
                        const struct finding *finding)
{
    xml_begin(xml, "error");
    xml_attribute_size(xml, "line", spot->start.line);
    xml_attribute_size(xml, "column", spot->start.column);
    xml_attribute(xml, "severity", severity_name(finding->severity));
    xml_attribute(xml, "message", str_trim(finding->message));
    xml_attribute(xml, "source",
                  arena_format(report->scratch, "ekslint.%.*s", STR_ARG(finding->rule)));
    xml_end(xml, "error");
}

void report_checkstyle(const struct report *report, struct buf *out)
{
    const struct findings *findings = report->results->findings;
    struct str file = {0};
    struct xml xml;
    xml_start(&xml, out);
    xml_begin(&xml, "checkstyle");
    xml_attribute(&xml, "version", STR("4.3"));
    for (size_t i = 0; i < findings->count; i++) {
        struct spot spot = spot_of_finding(report->sources, &findings->items[i]);
        if (i == 0 || !str_eq(spot.file, file)) {
            if (i > 0) {
                xml_end(&xml, "file");
            }
            file = spot.file;
            xml_begin(&xml, "file");
            xml_attribute(&xml, "name", file);
        }
        write_error(&xml, report, &spot, &findings->items[i]);
    }
    if (findings->count) {
        xml_end(&xml, "file");
    }
    xml_end(&xml, "checkstyle");
}
