/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML as GitLab and Jenkins read it: a suite for each file with something to say, and one of
 * the rules that passed. GitLab shows the class name, the name and the text of an element, not its
 * attributes, and drops the second test of a name in a class. A finding below --fail-on is a test that
 * passed and says so; what is undecided, suppressed or in the baseline is skipped; an input that could not be read is an error.
 * Source: GitLab Docs, "Unit test reports"; the XML schema of Jenkins' xUnit plugin.
 */
#include "report/formats.h"
#include "report/verdicts.h"
#include "report/visible.h"
#include "report/xml.h"

static const struct str run_suite = STR_INIT("ekslint");

/* What the tests of a suite are in. */
static struct str class_of(const struct verdict *verdict)
{
    return verdict->file.len ? verdict->file : run_suite;
}

static struct str first_line(struct str text)
{
    return str_slice(text, 0, str_find_char(text, '\n'));
}

/* A line feed in a file's name must not end a line of the text. */
static void write_place(struct xml *xml, const struct report *report, const struct verdict *verdict)
{
    struct buf place = buf_with_max(SIZE_MAX / 2);
    visible_add(&place, verdict->file);
    buf_printf(&place, ":%u:%u: ", (unsigned)verdict->line, (unsigned)verdict->column);
    xml_text(xml, arena_str(report->scratch, buf_str(&place)));
    buf_release(&place);
}

static void write_outcome(struct xml *xml, const struct report *report,
                          const struct verdict *verdict)
{
    static const char *const elements[VERDICT_COUNT] = {
        [VERDICT_NOTED] = "system-out", [VERDICT_FAILED] = "failure", [VERDICT_UNKNOWN] = "skipped",
        [VERDICT_KNOWN] = "skipped",    [VERDICT_ERROR] = "error",
    };
    const char *element = elements[verdict->outcome];
    if (!element) {
        return;
    }
    xml_begin(xml, element);
    if (verdict->outcome != VERDICT_NOTED) {
        xml_attribute(xml, "message", first_line(verdict->text));
    }
    if (verdict->finding && verdict->outcome != VERDICT_NOTED &&
        verdict->outcome != VERDICT_KNOWN) {
        xml_attribute(xml, "type", severity_name(verdict->finding->severity));
    }
    if (verdict->line) {
        write_place(xml, report, verdict);
    }
    xml_text(xml, verdict->text);
    xml_end(xml, element);
}

static void write_case(struct xml *xml, const struct report *report, const struct verdict *verdict)
{
    xml_begin(xml, "testcase");
    xml_attribute(xml, "classname", class_of(verdict));
    xml_attribute(xml, "name", verdict->name);
    if (verdict->file.len) {
        xml_attribute(xml, "file", verdict->file);
        xml_attribute_size(xml, "line", verdict->line);
    }
    xml_attribute(xml, "time", STR("0"));
    write_outcome(xml, report, verdict);
    xml_end(xml, "testcase");
}

static void write_counts(struct xml *xml, const size_t counts[VERDICT_COUNT])
{
    size_t tests = 0;
    for (size_t i = 0; i < VERDICT_COUNT; i++) {
        tests += counts[i];
    }
    xml_attribute_size(xml, "tests", tests);
    xml_attribute_size(xml, "failures", counts[VERDICT_FAILED]);
    xml_attribute_size(xml, "errors", counts[VERDICT_ERROR]);
    xml_attribute_size(xml, "skipped", counts[VERDICT_UNKNOWN] + counts[VERDICT_KNOWN]);
}

static void write_suite(struct xml *xml, const struct report *report, const struct verdict *items,
                        size_t count)
{
    size_t counts[VERDICT_COUNT] = {0};
    for (size_t i = 0; i < count; i++) {
        counts[items[i].outcome]++;
    }
    xml_begin(xml, "testsuite");
    xml_attribute(xml, "name", class_of(&items[0]));
    write_counts(xml, counts);
    for (size_t i = 0; i < count; i++) {
        write_case(xml, report, &items[i]);
    }
    xml_end(xml, "testsuite");
}

void report_junit(const struct report *report, struct buf *out)
{
    struct verdicts verdicts;
    struct xml xml;
    verdicts_make(report, &verdicts);
    xml_start(&xml, out);
    xml_begin(&xml, "testsuites");
    xml_attribute(&xml, "name", STR("ekslint"));
    write_counts(&xml, verdicts.counts);
    for (size_t i = 0, end; i < verdicts.count; i = end) {
        for (end = i;
             end < verdicts.count && str_eq(verdicts.items[end].file, verdicts.items[i].file);
             end++) {
        }
        write_suite(&xml, report, &verdicts.items[i], end - i);
    }
    xml_end(&xml, "testsuites");
}
