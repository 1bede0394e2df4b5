/* SPDX-License-Identifier: MIT */
/*
 * Scalars by the YAML 1.2 core schema (§10.3.2), and where YAML 1.1 tools see something else. The
 * 1.1 side follows what is in use (PyYAML's and go-yaml v2's tables), which is the type repository
 * of yaml.org/type with floats that need a dot. Timestamps are left out: `Version: 2012-10-17`
 * without quotes is common and harmless.
 */
#include "tree/yaml_scalar.h"

#include "tree/read_yaml.h"

#define CORE_TAG "tag:yaml.org,2002:"

size_t yaml_break(struct str s)
{
    if (s.len == 0) {
        return 0;
    }
    switch (s.ptr[0]) {
    case '\n':
        return 1;
    case '\r':
        return s.len > 1 && s.ptr[1] == '\n' ? 2 : 1;
    case '\xC2':
        return s.len > 1 && s.ptr[1] == '\x85' ? 2 : 0;
    case '\xE2':
        return str_starts(s, STR("\xE2\x80\xA8")) || str_starts(s, STR("\xE2\x80\xA9")) ? 3 : 0;
    default:
        return 0;
    }
}

static bool is_one_of(struct str text, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(text, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_null(struct str text)
{
    static const struct str words[] = {STR_INIT("~"), STR_INIT("null"), STR_INIT("Null"),
                                       STR_INIT("NULL")};
    return text.len == 0 || is_one_of(text, words, COUNT_OF(words));
}

static bool is_bool(struct str text)
{
    static const struct str words[] = {STR_INIT("true"),  STR_INIT("True"),  STR_INIT("TRUE"),
                                       STR_INIT("false"), STR_INIT("False"), STR_INIT("FALSE")};
    return is_one_of(text, words, COUNT_OF(words));
}

static bool is_bool_word_1_1(struct str text)
{
    static const struct str words[] = {
        STR_INIT("y"),   STR_INIT("Y"),   STR_INIT("yes"), STR_INIT("Yes"),
        STR_INIT("YES"), STR_INIT("n"),   STR_INIT("N"),   STR_INIT("no"),
        STR_INIT("No"),  STR_INIT("NO"),  STR_INIT("on"),  STR_INIT("On"),
        STR_INIT("ON"),  STR_INIT("off"), STR_INIT("Off"), STR_INIT("OFF")};
    return is_one_of(text, words, COUNT_OF(words));
}

static bool is_sign(char c)
{
    return c == '+' || c == '-';
}

static struct str without_sign(struct str text)
{
    return str_from(text, text.len && is_sign(text.ptr[0]) ? 1 : 0);
}

/* The number of characters at the start of text that stand in `set`. */
static size_t span_of(struct str text, const char *set)
{
    size_t len = 0;
    while (len < text.len && text.ptr[len] && strchr(set, text.ptr[len])) {
        len++;
    }
    return len;
}

static const char decimal[] = "0123456789";

/* One or more characters of `set` and nothing else. */
static bool consists_of(struct str text, const char *set)
{
    return text.len > 0 && span_of(text, set) == text.len;
}

/* [-+]?[0-9]+ | 0o[0-7]+ | 0x[0-9a-fA-F]+ */
static bool is_int(struct str text)
{
    if (str_starts(text, STR("0o"))) {
        return consists_of(str_from(text, 2), "01234567");
    }
    if (str_starts(text, STR("0x"))) {
        return consists_of(str_from(text, 2), "0123456789abcdefABCDEF");
    }
    return consists_of(without_sign(text), decimal);
}

/* [-+]?(\.inf|\.Inf|\.INF) | \.nan|\.NaN|\.NAN */
static bool is_special_float(struct str text)
{
    static const struct str infinities[] = {STR_INIT(".inf"), STR_INIT(".Inf"), STR_INIT(".INF")};
    static const struct str nans[] = {STR_INIT(".nan"), STR_INIT(".NaN"), STR_INIT(".NAN")};
    return is_one_of(without_sign(text), infinities, COUNT_OF(infinities)) ||
           is_one_of(text, nans, COUNT_OF(nans));
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool is_float(struct str text)
{
    struct str rest = without_sign(text);
    size_t whole = span_of(rest, decimal);
    rest = str_from(rest, whole);
    if (rest.len && rest.ptr[0] == '.') {
        size_t fraction = span_of(str_from(rest, 1), decimal);
        if (whole == 0 && fraction == 0) {
            return false;
        }
        rest = str_from(rest, 1 + fraction);
    } else if (whole == 0) {
        return false;
    }
    if (rest.len == 0) {
        return true;
    }
    return char_lower(rest.ptr[0]) == 'e' && consists_of(without_sign(str_from(rest, 1)), decimal);
}

static bool is_number(struct str text)
{
    return is_int(text) || is_float(text) || is_special_float(text);
}

enum node_kind yaml_resolve(struct str plain)
{
    if (is_null(plain)) {
        return NODE_NULL;
    }
    if (is_bool(plain)) {
        return NODE_BOOL;
    }
    return is_number(plain) ? NODE_NUMBER : NODE_STRING;
}

enum node_kind yaml_resolve_tagged(struct str tag, struct str text)
{
    if (str_eq(tag, STR(CORE_TAG "null"))) {
        return is_null(text) ? NODE_NULL : NODE_STRING;
    }
    if (str_eq(tag, STR(CORE_TAG "bool"))) {
        return is_bool(text) ? NODE_BOOL : NODE_STRING;
    }
    if (str_eq(tag, STR(CORE_TAG "int"))) {
        return is_int(text) ? NODE_NUMBER : NODE_STRING;
    }
    if (str_eq(tag, STR(CORE_TAG "float"))) {
        return is_number(text) ? NODE_NUMBER : NODE_STRING;
    }
    return NODE_STRING;
}

bool yaml_is_merge_tag(struct str tag)
{
    return str_eq(tag, STR(CORE_TAG "merge"));
}

/* [0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)? without its sign */
static bool is_sexagesimal(struct str text)
{
    size_t len = text.len && char_is_digit(text.ptr[0]) ? span_of(text, "0123456789_") : 0;
    struct str rest = str_from(text, len);
    if (len == 0 || rest.len == 0 || rest.ptr[0] != ':') {
        return false;
    }
    while (rest.len && rest.ptr[0] == ':') {
        size_t digits = span_of(str_from(rest, 1), decimal);
        if (digits == 0 || digits > 2 || (digits == 2 && rest.ptr[1] > '5')) {
            return false;
        }
        rest = str_from(rest, 1 + digits);
    }
    return rest.len == 0 ||
           (rest.ptr[0] == '.' && span_of(str_from(rest, 1), "0123456789_") == rest.len - 1);
}

/* 0b[01_]+ | 0[0-7_]* | [1-9][0-9_]* | 0x[0-9a-fA-F_]+ without its sign */
static bool is_int_1_1(struct str text)
{
    if (str_starts(text, STR("0b"))) {
        return consists_of(str_from(text, 2), "01_");
    }
    if (str_starts(text, STR("0x"))) {
        return consists_of(str_from(text, 2), "0123456789abcdefABCDEF_");
    }
    if (text.len == 0 || !char_is_digit(text.ptr[0])) {
        return false;
    }
    return consists_of(text, text.ptr[0] == '0' ? "01234567_" : "0123456789_");
}

/*
 * ([0-9][0-9_]*\.[0-9_]* | \.[0-9][0-9_]*)([eE][-+][0-9]+)? without its sign: a float needs a dot
 */
static bool is_float_1_1(struct str text)
{
    size_t whole = text.len && char_is_digit(text.ptr[0]) ? span_of(text, "0123456789_") : 0;
    struct str rest = str_from(text, whole);
    if (rest.len == 0 || rest.ptr[0] != '.') {
        return false;
    }
    rest = str_from(rest, 1);
    if (whole == 0 && (rest.len == 0 || !char_is_digit(rest.ptr[0]))) {
        return false;
    }
    rest = str_from(rest, span_of(rest, "0123456789_"));
    if (rest.len == 0) {
        return true;
    }
    return char_lower(rest.ptr[0]) == 'e' && rest.len > 1 && is_sign(rest.ptr[1]) &&
           consists_of(str_from(rest, 2), decimal);
}

static enum node_kind resolve_1_1(struct str plain)
{
    if (is_null(plain)) {
        return NODE_NULL;
    }
    if (is_bool(plain) || is_bool_word_1_1(plain)) {
        return NODE_BOOL;
    }
    struct str body = without_sign(plain);
    bool number =
        is_special_float(plain) || is_int_1_1(body) || is_sexagesimal(body) || is_float_1_1(body);
    return number ? NODE_NUMBER : NODE_STRING;
}

/*
 * Digits that both versions read as a number, but 1.1 in base eight: 0777. One digit is the same in
 * both.
 */
static bool is_other_octal(struct str plain)
{
    struct str digits = without_sign(plain);
    if (digits.len < 2 || digits.ptr[0] != '0' || !consists_of(digits, "01234567")) {
        return false;
    }
    return digits.len - span_of(digits, "0") > 1;
}

bool yaml_differs_in_1_1(struct str plain)
{
    return yaml_resolve(plain) != resolve_1_1(plain) || is_other_octal(plain);
}
