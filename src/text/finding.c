/* SPDX-License-Identifier: MIT */
/* Findings: a bounded list and its order. */
#include "text/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct str severity_names[SEVERITY_COUNT] = {
    [SEVERITY_INFO] = STR_INIT("info"),
    [SEVERITY_WARNING] = STR_INIT("warning"),
    [SEVERITY_ERROR] = STR_INIT("error"),
};

struct str severity_name(enum severity severity)
{
    return severity_names[severity];
}

bool severity_parse(struct str name, enum severity *severity)
{
    for (size_t i = 0; i < COUNT_OF(severity_names); i++) {
        if (str_eq(name, severity_names[i])) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}

bool findings_refuse(struct findings *findings)
{
    size_t most = findings->most ? findings->most : (size_t)limits_default.of[LIMIT_FINDINGS];
    bool full = findings->count >= most;
    findings->dropped += full;
    return full;
}

struct finding *findings_add(struct findings *findings, const struct finding *finding)
{
    if (findings_refuse(findings)) {
        return NULL;
    }
    findings->items = arena_grow(findings->arena, findings->items, findings->count,
                                 &findings->capacity, sizeof *findings->items);
    findings->items[findings->count] = *finding;
    return &findings->items[findings->count++];
}

struct finding *findings_error(struct findings *findings, struct str rule, struct location at,
                               const char *format, ...)
{
    if (findings_refuse(findings)) {
        return NULL;
    }
    char text[MESSAGE_MAX_BYTES];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t kept = len < 0 ? 0 : (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    struct finding finding = {
        .rule = rule,
        .severity = SEVERITY_ERROR,
        .has_location = true,
        .at = at,
        .message = arena_str(findings->arena, (struct str){text, kept}),
    };
    return findings_add(findings, &finding);
}

void finding_relate(struct findings *findings, struct finding *finding, struct location at,
                    struct str message)
{
    if (!finding) {
        return;
    }
    struct related *related = arena_new(findings->arena, struct related);
    *related = (struct related){.at = at, .message = arena_str(findings->arena, message)};
    struct related **end = &finding->related;
    while (*end) {
        end = &(*end)->next;
    }
    *end = related;
}

/* What a finding is sorted by, resolved once. */
struct sort_row {
    const struct finding *finding;
    struct str file;
    struct span span;
    size_t order;
};

static int compare_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const void *left, const void *right)
{
    const struct sort_row *a = left;
    const struct sort_row *b = right;
    int order = str_compare(a->file, b->file);
    if (order == 0) {
        order = compare_u32(a->span.lo, b->span.lo);
    }
    if (order == 0) {
        order = compare_u32(a->span.hi, b->span.hi);
    }
    if (order == 0) {
        order = str_compare(a->finding->rule, b->finding->rule);
    }
    if (order == 0) {
        order = str_compare(a->finding->message, b->finding->message);
    }
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/*
 * Put each finding where its row is: a finding is large, and a hundred thousand of them are moved and not copied. Each
 * cycle begins with the one whose place is needed first.
 */
static void move_to_rows(struct finding *items, struct sort_row *rows, size_t count)
{
    for (size_t start = 0; start < count; start++) {
        const struct finding first = items[start];
        size_t to = start;
        while (rows[to].order != start) {
            size_t from = rows[to].order;
            items[to] = items[from];
            rows[to].order = to;
            to = from;
        }
        items[to] = first;
        rows[to].order = to;
    }
}

void findings_sort(struct findings *findings, const struct sources *sources)
{
    struct sort_row *rows = arena_array(findings->arena, struct sort_row, findings->count);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        rows[i] = (struct sort_row){.finding = finding, .file = finding->file, .order = i};
        if (finding->has_location) {
            struct place place = sources_resolve(sources, finding->at.source, finding->at.span);
            rows[i].file = place.source->name;
            rows[i].span = place.span;
        }
    }
    if (findings->count) {
        qsort(rows, findings->count, sizeof *rows, compare_rows);
    }
    move_to_rows(findings->items, rows, findings->count);
}
