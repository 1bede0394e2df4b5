/* SPDX-License-Identifier: MIT */
/*
 * What is said about text that is no YAML, or more than is read: the words and the exact place of
 * each.
 */
#include "reading.h"

static const struct {
    struct str text;
    const char *at;
    const char *message;
    const char *related; /* the second place, or NULL */
} errors[] = {
    {STR_INIT("a:\n\tb: 1\n"), "2:1-2:2", "a tab cannot indent YAML; use spaces", NULL},
    {STR_INIT("a: b\n\tc: d\n"), "2:1-2:2", "a tab cannot indent YAML; use spaces", NULL},
    {STR_INIT("a: |\n\tb\n"), "2:1-2:2", "a tab cannot indent YAML; use spaces", NULL},
    {STR_INIT("x: 1\nport:80\nb: 2\n"), "2:1-2:8",
     "expected 'key: value' here; put a space after the ':'", NULL},
    {STR_INIT("a: 1\nfoo\n"), "2:1-2:4",
     "expected 'key: value' here; add the ':', or indent the line if it continues the value "
     "above",
     NULL},
    {STR_INIT("\xC3\xA9: b: c\n"), "1:5-1:6",
     "a second ':' in one line; put the value in quotes if the ':' belongs to it", NULL},
    {STR_INIT("a:1\nb: 2\n"), "2:2-2:3",
     "a key cannot stand here because the value above goes on in this line; indent it like its "
     "neighbours and put a space after each ':'",
     NULL},
    {STR_INIT("a: 1\n  b: 2\n"), "2:4-2:5",
     "a key cannot stand here because the value above goes on in this line; indent it like its "
     "neighbours and put a space after each ':'",
     NULL},
    {STR_INIT("a: - b\n"), "1:4-1:5",
     "a list cannot start here; put each '- item' on a line of its own", NULL},
    {STR_INIT("a: \"b\n"), "1:4-1:5", "this quote is never closed; add the closing quote", NULL},
    {STR_INIT("a: 'b\nc: d\n"), "1:4-1:5", "this quote is never closed; add the closing quote",
     NULL},
    {STR_INIT("a: \"b\n---\nc: d\n"), "1:4-1:5",
     "this quote is not closed before the document ends; add the closing quote", NULL},
    {STR_INIT("a: \"b\" c\n"), "1:8-1:9",
     "text behind a closing quote; put the whole value in quotes, or look for a quote that is "
     "missing above",
     "1:1-1:2"},
    {STR_INIT("a: \"b\nc: \"d\"\n"), "2:5-2:6",
     "text behind a closing quote; put the whole value in quotes, or look for a quote that is "
     "missing above",
     "1:1-1:2"},
    {STR_INIT("a:\n  b: 1\n c: 2\n"), "3:2-3:3",
     "expected a key of the mapping above; indent this line like the mapping's other keys",
     "1:1-1:2"},
    {STR_INIT("a: 1\n- b\n"), "2:1-2:2",
     "expected a key, found a list item; indent it below the key that it belongs to", "1:1-1:2"},
    {STR_INIT("- a\nb: 1\n"), "2:1-2:2",
     "expected '- ' for the list's next item; indent this line like the list's other items",
     "1:1-1:2"},
    {STR_INIT("a: [1, 2\n"), "1:4-1:5", "this '[' is never closed; add ']'", NULL},
    {STR_INIT("a: {b: 1\n"), "1:4-1:5", "this '{' is never closed; add '}'", NULL},
    {STR_INIT("a: [1 2\nb: 3\n"), "2:2-2:3",
     "expected ',' or ']' here; add the one that is missing", "1:4-1:5"},
    {STR_INIT("a: {b: 1\nc: 3}\n"), "2:2-2:3",
     "expected ',' or '}' here; add the one that is missing", "1:4-1:5"},
    {STR_INIT("a: ]\n"), "1:4-1:5",
     "this bracket closes nothing; remove it, or put the value in quotes", NULL},
    {STR_INIT("a: [1, , 2]\n"), "1:8-1:9",
     "expected a value here; remove the extra ',', or put the value in quotes", NULL},
    {STR_INIT("Resource: *\n"), "1:11-1:12", "'*' starts an alias in YAML; put the value in quotes",
     NULL},
    {STR_INIT("a: & b\n"), "1:4-1:5", "'&' starts an anchor in YAML; put the value in quotes",
     NULL},
    {STR_INIT("a: @b\n"), "1:4-1:5",
     "a value cannot start with this character; put the value in quotes", NULL},
    {STR_INIT("a: %b\n"), "1:4-1:5",
     "a value cannot start with this character; put the value in quotes", NULL},
    {STR_INIT("a: \"\\d\"\n"), "1:5-1:6",
     "unknown escape in double quotes; write '\\\\' for a backslash, or use single quotes", NULL},
    {STR_INIT("a: \"\\xg0\"\n"), "1:7-1:8",
     "expected hexadecimal digits after the escape; write '\\\\' for a backslash, or use "
     "single quotes",
     NULL},
    {STR_INIT("a: \"\\uD800\"\n"), "1:7-1:8",
     "this escape is no Unicode character; write the character itself", NULL},
    {STR_INIT("a: |x\n  b\n"), "1:5-1:6",
     "only '+', '-' and a digit may follow '|' or '>'; start the text on the next line", NULL},
    {STR_INIT("a: !x!y z\n"), "1:4-1:5",
     "this tag's handle is not defined; put the value in quotes if the '!' belongs to it", NULL},
    {STR_INIT("%YAML 3.0\n--- a\n"), "1:1-1:2",
     "this YAML version is not supported; remove the %YAML line", NULL},
    {STR_INIT("a: &x [*x]\n"), "1:8-1:10", "the anchor 'x' contains itself", NULL},
    {STR_INIT("a: &x\n  b: {c: *x}\n"), "2:10-2:12", "the anchor 'x' contains itself", NULL},
    {STR_INIT("\xC3\xA9: *b\n"), "1:4-1:6",
     "nothing above is named by the anchor 'b' of this alias; put the value in quotes if it is "
     "no alias",
     NULL},
    {STR_INIT("\xFF\xFEk\0"), "1:1-1:1", "this text is UTF-16 or UTF-32; save the file as UTF-8",
     NULL},
    {STR_INIT("\xFE\xFF\0k"), "1:1-1:1", "this text is UTF-16 or UTF-32; save the file as UTF-8",
     NULL},
    {STR_INIT("a\0:\0 \0"), "1:1-1:1", "this text is UTF-16 or UTF-32; save the file as UTF-8",
     NULL},
    {STR_INIT("abcdef: \0\n"), "1:9-1:10",
     "the control character U+0000 cannot stand in YAML; remove it, or write it as an escape "
     "in double quotes",
     NULL},
    {STR_INIT("\xC3\xA9: \x1B\n"), "1:4-1:5",
     "the control character U+001B cannot stand in YAML; remove it, or write it as an escape "
     "in double quotes",
     NULL},
    {STR_INIT("\xC3\xA9: \xC3(\n"), "1:4-1:5",
     "this byte is not valid UTF-8; save the file as UTF-8", NULL},
};

static void errors_say_where_and_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(errors); i++) {
        struct reading r;
        enum yaml_result result = reading_yaml(&r, errors[i].text);
        if (result != YAML_ERROR) {
            fail_msg("%.*s: %d", STR_ARG(errors[i].text), (int)result);
        }
        assert_int_equal(r.findings.count, 1);
        const struct finding *finding = &r.findings.items[0];
        assert_str_equal(finding->message, str_from_c(errors[i].message));
        assert_str_equal(reading_span(&r, finding->at.span), str_from_c(errors[i].at));
        assert_str_equal(finding->rule, STR("syntax/yaml"));
        assert_true(finding->unreadable && finding->severity == SEVERITY_ERROR);
        assert_int_equal(finding->related != NULL, errors[i].related != NULL);
        if (errors[i].related) {
            assert_str_equal(reading_span(&r, finding->related->at.span),
                             str_from_c(errors[i].related));
        }
        reading_close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_say_where_and_what),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
