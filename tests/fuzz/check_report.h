/* SPDX-License-Identifier: MIT */
/*
 * Is a text a well-formed document of a report format? Checkers of our own, and smaller than the
 * standards: they accept what the reports write and nothing else. JSON is jansson's to judge.
 */
#ifndef EKSLINT_TESTS_FUZZ_CHECK_REPORT_H
#define EKSLINT_TESTS_FUZZ_CHECK_REPORT_H

#include "base/utf8.h"

#include <jansson.h>

/* UTF-8 without anything that steers a terminal, reorders text or is no character of XML 1.0. */
static inline bool report_is_clean(struct str text)
{
    while (text.len) {
        uint32_t c = 0;
        size_t len = utf8_decode(text, &c);
        bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
        bool bad = c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
                   (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
        if (len == 0 || control || bad) {
            return false;
        }
        text = str_from(text, len);
    }
    return true;
}

/* ---- XML ---- */

enum { XML_DEPTH = 8, XML_ATTRIBUTES = 16 };

static inline bool xml_skip(struct str *text, const char *expected)
{
    bool there = str_starts(*text, str_from_c(expected));
    *text = str_from(*text, there ? strlen(expected) : 0);
    return there;
}

static inline struct str xml_take_name(struct str *text)
{
    size_t len = 0;
    while (len < text->len && (char_is_alpha(text->ptr[len]) || text->ptr[len] == '-')) {
        len++;
    }
    struct str name = str_slice(*text, 0, len);
    *text = str_from(*text, len);
    return name;
}

/* Character data up to one of two ends: no '<', '>' or '"', and '&' only as a reference. */
static inline bool xml_take_text(struct str *text, char end)
{
    static const char *const references[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#10;", "&#9;"};
    while (text->len && text->ptr[0] != end) {
        bool known = strchr("<>\"&", text->ptr[0]) == NULL;
        for (size_t i = 0; i < COUNT_OF(references) && text->ptr[0] == '&'; i++) {
            known = known || str_starts(*text, str_from_c(references[i]));
        }
        if (!known || (end == '"' && (text->ptr[0] == '\n' || text->ptr[0] == '\t'))) {
            return false;
        }
        *text = str_from(*text, 1);
    }
    return text->len > 0;
}

static inline bool xml_take_attributes(struct str *text)
{
    struct str names[XML_ATTRIBUTES];
    size_t count = 0;
    while (xml_skip(text, " ")) {
        struct str name = xml_take_name(text);
        for (size_t i = 0; i < count; i++) {
            if (str_eq(names[i], name)) {
                return false;
            }
        }
        if (count == XML_ATTRIBUTES || name.len == 0 || !xml_skip(text, "=\"") ||
            !xml_take_text(text, '"') || !xml_skip(text, "\"")) {
            return false;
        }
        names[count++] = name;
    }
    return true;
}

static inline bool report_is_xml(struct str text)
{
    struct str open[XML_DEPTH];
    size_t depth = 0;
    if (!xml_skip(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")) {
        return false;
    }
    do {
        if (xml_skip(&text, "</")) {
            if (depth == 0 || !str_eq(xml_take_name(&text), open[--depth]) ||
                !xml_skip(&text, ">")) {
                return false;
            }
        } else {
            if (depth == XML_DEPTH || !xml_skip(&text, "<")) {
                return false;
            }
            open[depth++] = xml_take_name(&text);
            if (open[depth - 1].len == 0 || !xml_take_attributes(&text)) {
                return false;
            }
            if (xml_skip(&text, "/>")) {
                depth--;
            } else if (!xml_skip(&text, ">")) {
                return false;
            }
        }
        if (depth > 0 && !xml_take_text(&text, '<')) {
            return false;
        }
    } while (depth > 0);
    return str_eq(text, STR("\n"));
}

/* ---- JSON, lines ---- */

static inline bool report_is_json(struct str text)
{
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    json_decref(root);
    return root != NULL;
}

/* How many lines there are, each of which must begin with one of two texts; SIZE_MAX if one does not. */
static inline size_t report_count_lines(struct str text, const char *start, const char *other)
{
    size_t count = 0;
    struct str line;
    while (str_cut(text, '\n', &line, &text)) {
        bool good = str_starts(line, str_from_c(start)) || str_starts(line, str_from_c(other));
        if (!good) {
            return SIZE_MAX;
        }
        count++;
    }
    return text.len ? SIZE_MAX : count;
}

/* JSON lines of one "type" each. */
static inline bool report_is_json_lines(struct str text)
{
    struct str line;
    while (str_cut(text, '\n', &line, &text)) {
        if (!str_starts(line, STR("{\"type\":\"")) || !report_is_json(line)) {
            return false;
        }
    }
    return text.len == 0;
}

/* TAP 13 with as many test lines as the plan says; all else is in blocks. */
static inline bool report_is_tap(struct str text)
{
    struct str line;
    size_t planned = 0;
    size_t count = 0;
    if (!xml_skip(&text, "TAP version 13\n1..")) {
        return false;
    }
    for (; text.len && char_is_digit(text.ptr[0]); text = str_from(text, 1)) {
        planned = planned * 10 + (size_t)(text.ptr[0] - '0');
    }
    if (!xml_skip(&text, "\n")) {
        return false;
    }
    while (str_cut(text, '\n', &line, &text)) {
        bool test = str_starts(line, STR("ok ")) || str_starts(line, STR("not ok "));
        count += test;
        if (!test && !str_starts(line, STR("  "))) {
            return false;
        }
    }
    return text.len == 0 && count == planned && planned > 0;
}

#endif
