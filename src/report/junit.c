/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML as GitLab and Jenkins read it: a suite for each file with something to say, and one of
 * the rules that passed. GitLab shows the class name, the name and the text of an element, not its
 * attributes, and drops the second test of a name in a class. A finding below --fail-on is a test that
 * passed, and is said in what the suite printed; what is undecided, suppressed or in the baseline is skipped; an
 * input that could not be read is an error. What is written is valid by the schema of Jenkins' xUnit plugin
 * and by that of Ant's JUnit task, which wants a time and a host, and has no place for a file or line but the texts.
 * Source: GitLab Docs, "Unit test reports"; the XML schemas of Jenkins' xUnit plugin and of Ant's JUnit task.
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
        [VERDICT_FAILED] = "failure",
        [VERDICT_UNKNOWN] = "skipped",
        [VERDICT_KNOWN] = "skipped",
        [VERDICT_ERROR] = "error",
    };
    const char *element = elements[verdict->outcome];
    if (!element) {
        return;
    }
    bool failed = verdict->outcome == VERDICT_FAILED || verdict->outcome == VERDICT_ERROR;
    const struct finding *finding = failed ? verdict->finding : NULL;
    xml_begin(xml, element);
    xml_attribute(xml, "message", first_line(verdict->text));
    if (failed) {
        xml_attribute(xml, "type", finding ? severity_name(finding->severity) : run_suite);
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

/* When and where, as Ant's schema wants it: the day that is judged as of, wherever that is done. */
static void write_circumstances(struct xml *xml, const struct report *report, size_t number)
{
    struct str day = report->today.len ? report->today : STR("1970-01-01");
    xml_attribute(xml, "package", run_suite);
    xml_attribute_size(xml, "id", number);
    xml_attribute(xml, "timestamp", arena_format(report->scratch, "%.*sT00:00:00", STR_ARG(day)));
    xml_attribute(xml, "hostname", STR("localhost"));
    xml_attribute(xml, "time", STR("0"));
}

/* Findings that fail nothing: a test that passed has no place for a text. */
static void write_notes(struct xml *xml, const struct report *report, const struct verdict *items,
                        size_t count)
{
    xml_begin(xml, "system-out");
    for (size_t i = 0; i < count; i++) {
        if (items[i].outcome == VERDICT_NOTED) {
            write_place(xml, report, &items[i]);
            xml_text(xml, items[i].text);
            xml_text(xml, STR("\n"));
        }
    }
    xml_end(xml, "system-out");
    xml_begin(xml, "system-err");
    xml_end(xml, "system-err");
}

static void write_suite(struct xml *xml, const struct report *report, const struct verdict *items,
                        size_t count, size_t number)
{
    size_t counts[VERDICT_COUNT] = {0};
    for (size_t i = 0; i < count; i++) {
        counts[items[i].outcome]++;
    }
    xml_begin(xml, "testsuite");
    xml_attribute(xml, "name", class_of(&items[0]));
    write_counts(xml, counts);
    write_circumstances(xml, report, number);
    xml_begin(xml, "properties");
    xml_end(xml, "properties");
    for (size_t i = 0; i < count; i++) {
        write_case(xml, report, &items[i]);
    }
    write_notes(xml, report, items, count);
    xml_end(xml, "testsuite");
}

void report_junit(const struct report *report, struct buf *out)
{
    struct verdicts verdicts;
    struct xml xml;
    size_t number = 0;
    verdicts_make(report, &verdicts);
    xml_start(&xml, out);
    xml_begin(&xml, "testsuites");
    for (size_t i = 0, end; i < verdicts.count; i = end) {
        for (end = i;
             end < verdicts.count && str_eq(verdicts.items[end].file, verdicts.items[i].file);
             end++) {
        }
        write_suite(&xml, report, &verdicts.items[i], end - i, number++);
    }
    xml_end(&xml, "testsuites");
}
