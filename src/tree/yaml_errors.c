/* SPDX-License-Identifier: MIT */
/*
 * libyaml's complaints in the words of the person who wrote the file: one table, first match wins.
 * libyaml names the token that it could not use; the rows look at the text around it to name the
 * mistake, and only where the text leaves no doubt. A problem that is in no row is reported as
 * libyaml puts it.
 */
#include "tree/yaml_errors.h"

#include "base/utf8.h"
#include "tree/report.h"
#include "tree/yaml_scalar.h"

/* The text and the place that a problem is about. */
struct scene {
    struct str bytes;
    uint32_t at, context_at;
};

static uint32_t line_start(struct str bytes, uint32_t at)
{
    while (at > 0 && bytes.ptr[at - 1] != '\n' && bytes.ptr[at - 1] != '\r') {
        at--;
    }
    return at;
}

static uint32_t line_end(struct str bytes, uint32_t at)
{
    while (at < bytes.len && bytes.ptr[at] != '\n' && bytes.ptr[at] != '\r') {
        at++;
    }
    return at;
}

static bool stands(const struct scene *scene, uint32_t at, char c)
{
    return at < scene->bytes.len && scene->bytes.ptr[at] == c;
}

static bool at_tab(const struct scene *scene)
{
    return stands(scene, scene->at, '\t');
}

static bool at_list_item(const struct scene *scene)
{
    return stands(scene, scene->at, '-');
}

static bool at_end(const struct scene *scene)
{
    return scene->at >= scene->bytes.len;
}

static bool at_closing(const struct scene *scene)
{
    return stands(scene, scene->at, ']') || stands(scene, scene->at, '}');
}

/* A ':' with a space behind it, earlier in the line. */
static bool is_second_colon(const struct scene *scene)
{
    struct str before = str_slice(scene->bytes, line_start(scene->bytes, scene->at), scene->at);
    return str_find(before, STR(": ")) < before.len;
}

/* The text before, on the same line, ends in a quote: `"one" two`. */
static bool is_after_quote(const struct scene *scene)
{
    uint32_t start = line_start(scene->bytes, scene->at);
    struct str before = str_trim(str_slice(scene->bytes, start, scene->at));
    return str_ends(before, STR("\"")) || str_ends(before, STR("'"));
}

/*
 * The line of the key has a ':' that is followed by something other than a blank or a '/':
 * `port:80`.
 */
static bool is_colon_without_space(const struct scene *scene)
{
    uint32_t end = line_end(scene->bytes, scene->context_at);
    for (uint32_t i = scene->context_at; i + 1 < end; i++) {
        char next = scene->bytes.ptr[i + 1];
        if (scene->bytes.ptr[i] == ':') {
            return !yaml_is_blank(next) && next != '/';
        }
    }
    return false;
}

enum problem_place { AT_PROBLEM, AT_CONTEXT, AT_CONTEXT_LINE };

#define TAB_MESSAGE "a tab cannot indent YAML; use spaces"

static const struct {
    struct str problem;
    struct str context; /* empty: any */
    bool (*applies)(const struct scene *scene);
    enum problem_place place;
    struct str message;
    struct str related; /* what started at the context, or empty */
} rows[] = {
    {STR_INIT("found character that cannot start any token"),
     {0},
     at_tab,
     AT_PROBLEM,
     STR_INIT(TAB_MESSAGE),
     {0}},
    {STR_INIT("found character that cannot start any token"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("a value cannot start with this character; put the value in quotes"),
     {0}},
    {STR_INIT("found a tab character that violates indentation"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT(TAB_MESSAGE),
     {0}},
    {STR_INIT("found a tab character where an indentation space is expected"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT(TAB_MESSAGE),
     {0}},
    {STR_INIT("could not find expected ':'"),
     {0},
     is_colon_without_space,
     AT_CONTEXT_LINE,
     STR_INIT("expected 'key: value' here; put a space after the ':'"),
     {0}},
    {STR_INIT("could not find expected ':'"),
     {0},
     NULL,
     AT_CONTEXT_LINE,
     STR_INIT("expected 'key: value' here; add the ':', or indent the line if it continues the "
              "value above"),
     {0}},
    {STR_INIT("mapping values are not allowed in this context"),
     {0},
     is_second_colon,
     AT_PROBLEM,
     STR_INIT("a second ':' in one line; put the value in quotes if the ':' belongs to it"),
     {0}},
    {STR_INIT("mapping values are not allowed in this context"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("a key cannot stand here because the value above goes on in this line; indent it "
              "like its neighbours and "
              "put a space after each ':'"),
     {0}},
    {STR_INIT("block sequence entries are not allowed in this context"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("a list cannot start here; put each '- item' on a line of its own"),
     {0}},
    {STR_INIT("mapping keys are not allowed in this context"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("a key cannot start here; put the value in quotes if the '?' belongs to it"),
     {0}},
    {STR_INIT("did not find expected key"),
     {0},
     is_after_quote,
     AT_PROBLEM,
     STR_INIT("text behind a closing quote; put the whole value in quotes, or look for a quote "
              "that is missing above"),
     STR_INIT("the mapping starts here")},
    {STR_INIT("did not find expected key"),
     {0},
     at_list_item,
     AT_PROBLEM,
     STR_INIT("expected a key, found a list item; indent it below the key that it belongs to"),
     STR_INIT("the mapping starts here")},
    {STR_INIT("did not find expected key"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT(
         "expected a key of the mapping above; indent this line like the mapping's other keys"),
     STR_INIT("the mapping starts here")},
    {STR_INIT("did not find expected '-' indicator"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT(
         "expected '- ' for the list's next item; indent this line like the list's other items"),
     STR_INIT("the list starts here")},
    {STR_INIT("did not find expected ',' or ']'"),
     {0},
     at_end,
     AT_CONTEXT,
     STR_INIT("this '[' is never closed; add ']'"),
     {0}},
    {STR_INIT("did not find expected ',' or ']'"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("expected ',' or ']' here; add the one that is missing"),
     STR_INIT("'[' opens here")},
    {STR_INIT("did not find expected ',' or '}'"),
     {0},
     at_end,
     AT_CONTEXT,
     STR_INIT("this '{' is never closed; add '}'"),
     {0}},
    {STR_INIT("did not find expected ',' or '}'"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("expected ',' or '}' here; add the one that is missing"),
     STR_INIT("'{' opens here")},
    {STR_INIT("did not find expected node content"),
     {0},
     at_end,
     AT_PROBLEM,
     STR_INIT("expected a value, found the end of the text; a bracket above is never closed"),
     {0}},
    {STR_INIT("did not find expected node content"),
     {0},
     at_closing,
     AT_PROBLEM,
     STR_INIT("this bracket closes nothing; remove it, or put the value in quotes"),
     {0}},
    {STR_INIT("did not find expected node content"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("expected a value here; remove the extra ',', or put the value in quotes"),
     {0}},
    {STR_INIT("found unexpected end of stream"),
     STR_INIT("while scanning a quoted scalar"),
     NULL,
     AT_CONTEXT,
     STR_INIT("this quote is never closed; add the closing quote"),
     {0}},
    {STR_INIT("found unexpected document indicator"),
     STR_INIT("while scanning a quoted scalar"),
     NULL,
     AT_CONTEXT,
     STR_INIT("this quote is not closed before the document ends; add the closing quote"),
     {0}},
    {STR_INIT("found unknown escape character"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT(
         "unknown escape in double quotes; write '\\\\' for a backslash, or use single quotes"),
     {0}},
    {STR_INIT("did not find expected hexdecimal number"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("expected hexadecimal digits after the escape; write '\\\\' for a backslash, or use "
              "single quotes"),
     {0}},
    {STR_INIT("found invalid Unicode character escape code"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("this escape is no Unicode character; write the character itself"),
     {0}},
    {STR_INIT("did not find expected comment or line break"),
     STR_INIT("while scanning a block scalar"),
     NULL,
     AT_PROBLEM,
     STR_INIT("only '+', '-' and a digit may follow '|' or '>'; start the text on the next line"),
     {0}},
    {STR_INIT("found an indentation indicator equal to 0"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("the indent behind '|' or '>' must be 1 to 9"),
     {0}},
    {STR_INIT("did not find expected alphabetic or numeric character"),
     STR_INIT("while scanning an alias"),
     NULL,
     AT_CONTEXT,
     STR_INIT("'*' starts an alias in YAML; put the value in quotes"),
     {0}},
    {STR_INIT("did not find expected alphabetic or numeric character"),
     STR_INIT("while scanning an anchor"),
     NULL,
     AT_CONTEXT,
     STR_INIT("'&' starts an anchor in YAML; put the value in quotes"),
     {0}},
    {STR_INIT("found undefined tag handle"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("this tag's handle is not defined; put the value in quotes if the '!' belongs to it"),
     {0}},
    {STR_INIT("found incompatible YAML document"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("this YAML version is not supported; remove the %YAML line"),
     {0}},
    {STR_INIT("did not find expected <document start>"),
     {0},
     is_after_quote,
     AT_PROBLEM,
     STR_INIT("text behind a closing quote; put the whole value in quotes"),
     {0}},
    {STR_INIT("did not find expected <document start>"),
     {0},
     NULL,
     AT_PROBLEM,
     STR_INIT("the document ends before this line; indent it like its neighbours, or start a new "
              "document with '---'"),
     {0}},
};

/* The row for a problem, or the number of rows. */
static size_t find_row(const struct yaml_problem *problem, const struct scene *scene)
{
    size_t i = 0;
    for (; i < COUNT_OF(rows); i++) {
        bool matches = str_eq(rows[i].problem, problem->problem) &&
                       (rows[i].context.len == 0 || str_eq(rows[i].context, problem->context)) &&
                       (!rows[i].applies || rows[i].applies(scene));
        if (matches) {
            break;
        }
    }
    return i;
}

/* The character at a place; empty at the end of the text. */
static struct span char_at(struct str bytes, uint32_t at)
{
    uint32_t code_point;
    return (struct span){at, at + (uint32_t)utf8_decode(str_from(bytes, at), &code_point)};
}

static struct span span_of_place(const struct scene *scene, enum problem_place place)
{
    switch (place) {
    case AT_PROBLEM:
        break;
    case AT_CONTEXT:
        return char_at(scene->bytes, scene->context_at);
    case AT_CONTEXT_LINE:
        return (struct span){scene->context_at, line_end(scene->bytes, scene->context_at)};
    }
    return char_at(scene->bytes, scene->at);
}

/* Words for what no row knows; control characters (YAML 1.2 §5.1) are named by their number. */
static struct str describe(struct arena *arena, const struct yaml_problem *problem,
                           struct str bytes)
{
    uint32_t code_point = 0;
    if (str_eq(problem->problem, STR("control characters are not allowed"))) {
        utf8_decode(str_from(bytes, problem->at), &code_point);
        return arena_format(
            arena,
            "the control character U+%04X cannot stand in YAML; remove it, or write it as an "
            "escape in double quotes",
            (unsigned)code_point);
    }
    if (problem->context.len == 0) {
        return arena_str(arena, problem->problem);
    }
    return arena_format(arena, "%.*s %.*s", STR_ARG(problem->context), STR_ARG(problem->problem));
}

void yaml_report(struct findings *findings, const struct source *source,
                 const struct yaml_problem *problem)
{
    struct scene scene = {source->bytes, problem->at, problem->context_at};
    struct location at = {source->id, char_at(scene.bytes, scene.at)};
    size_t row = find_row(problem, &scene);
    if (row == COUNT_OF(rows)) {
        struct str words = describe(findings->arena, problem, scene.bytes);
        report_unreadable(findings, STR("syntax/yaml"), at, words);
        return;
    }
    at.span = span_of_place(&scene, rows[row].place);
    struct finding *finding =
        report_unreadable(findings, STR("syntax/yaml"), at, rows[row].message);
    if (rows[row].related.len) {
        struct location start = {source->id, char_at(scene.bytes, scene.context_at)};
        finding_relate(findings, finding, start, rows[row].related);
    }
}
