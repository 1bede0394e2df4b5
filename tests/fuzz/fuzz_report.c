/* SPDX-License-Identifier: MIT */
/*
 * Reports of findings whose every text a stranger wrote: whatever it is, each format stays well-formed,
 * has the number of lines that its findings give, and nothing in it steers a terminal.
 */
#include "report/report.h"

#include "check.h"
#include "check_report.h"

#include <stdint.h>

enum { PIECES = 8, FINDINGS = 3 };

/* The input cut at its zero bytes: the texts of a finding. */
static void cut(struct str text, struct str *pieces)
{
    for (size_t i = 0; i < PIECES; i++) {
        str_cut(text, '\0', &pieces[i], &text);
    }
}

static void check_format(struct str name, struct str text)
{
    static const struct str json[] = {STR_INIT("json"), STR_INIT("sarif"), STR_INIT("gitlab"),
                                      STR_INIT("access-analyzer")};
    for (size_t i = 0; i < COUNT_OF(json); i++) {
        CHECK(!str_eq(name, json[i]) || report_is_json(text));
    }
    if (str_eq(name, STR("jsonl"))) {
        CHECK(report_is_json_lines(text));
        CHECK(report_count_lines(text, "{\"type\":\"", "{") == FINDINGS + 2);
    } else if (str_eq(name, STR("github"))) {
        CHECK(report_count_lines(text, "::error ", "::notice title=ekslint::") == FINDINGS + 1);
    } else if (str_eq(name, STR("oneline"))) {
        CHECK(report_count_lines(text, "", "") == FINDINGS);
    } else if (str_eq(name, STR("tap"))) {
        CHECK(report_is_tap(text));
    } else if (str_eq(name, STR("junit")) || str_eq(name, STR("checkstyle"))) {
        CHECK(report_is_xml(text));
    }
    CHECK(report_is_clean(text));
}

static void add_findings(struct findings *findings, const struct source *source,
                         const struct str *pieces)
{
    struct finding finding = {
        .rule = STR("test/rule"),
        .severity = SEVERITY_ERROR,
        .has_location = true,
        .at = {source->id, {0, (uint32_t)source->bytes.len}},
        .message = pieces[2],
        .path = pieces[3],
        .fix = pieces[4],
        .symptoms = &pieces[5],
        .symptom_count = 1,
        .docs = &pieces[6],
        .doc_count = 1,
        .fingerprint = STR("0123456789abcdef"),
    };
    finding_relate(findings, findings_add(findings, &finding), finding.at, pieces[7]);
    findings_add(findings, &finding);
    finding.has_location = false;
    finding.unreadable = true;
    finding.file = pieces[1];
    findings_add(findings, &finding);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct sources sources;
    struct str pieces[PIECES] = {{0}};
    sources_init(&sources, &arena);
    cut((struct str){(const char *)data, size}, pieces);
    struct source *source = sources_add(&sources, pieces[0], pieces[1]);
    struct findings findings = {.arena = &arena};
    add_findings(&findings, source, pieces);
    findings_sort(&findings, &sources);
    struct undecided undecided = {.rule = STR("test/unknown"),
                                  .at = {source->id, {0, 0}},
                                  .needs = pieces[2],
                                  .collect = pieces[3],
                                  .reason = pieces[4]};
    struct results results = {.findings = &findings,
                              .undecided = {.items = &undecided, .count = 1},
                              .errors = FINDINGS,
                              .documents = 1,
                              .rules = {.fail = 1, .unknown = 1}};
    struct report report = {
        .results = &results, .sources = &sources, .scratch = &arena, .version = STR("0.1.0")};
    struct str names = report_names(&arena);
    bool more = true;
    while (more) {
        struct str name;
        more = str_cut(names, ',', &name, &names);
        name = str_trim(name);
        struct buf out = buf_with_max(1 << 28);
        report_find(name)->write(&report, &out);
        CHECK(!out.truncated);
        check_format(name, buf_str(&out));
        buf_release(&out);
    }
    arena_release(&arena);
    return 0;
}
