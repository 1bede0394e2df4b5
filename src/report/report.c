/* SPDX-License-Identifier: MIT */
/* The table of formats. */
#include "report/report.h"

#include "report/formats.h"

static const struct report_format formats[] = {
    {STR_INIT("text"), report_text},
    {STR_INIT("oneline"), report_oneline},
    {STR_INIT("json"), report_json},
    {STR_INIT("jsonl"), report_json_lines},
    {STR_INIT("sarif"), report_sarif},
    {STR_INIT("gitlab"), report_gitlab},
    {STR_INIT("junit"), report_junit},
    {STR_INIT("github"), report_github},
    {STR_INIT("checkstyle"), report_checkstyle},
    {STR_INIT("tap"), report_tap},
    {STR_INIT("access-analyzer"), report_access_analyzer},
};

const struct report_format *report_find(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        if (str_eq(formats[i].name, name)) {
            return &formats[i];
        }
    }
    return NULL;
}

static const struct report_format diagnosis_formats[] = {
    {STR_INIT("text"), report_diagnosis_text},
    {STR_INIT("json"), report_diagnosis_json},
};

const struct report_format *report_find_diagnosis(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(diagnosis_formats); i++) {
        if (str_eq(diagnosis_formats[i].name, name)) {
            return &diagnosis_formats[i];
        }
    }
    return NULL;
}

struct str report_names(struct arena *arena)
{
    struct str names = formats[0].name;
    for (size_t i = 1; i < COUNT_OF(formats); i++) {
        names = arena_format(arena, "%.*s, %.*s", STR_ARG(names), STR_ARG(formats[i].name));
    }
    return names;
}
