/* SPDX-License-Identifier: MIT */
/*
 * The strict JSON reader's own promises: places and words of its errors, repeated names, escapes,
 * depth, JSON lines.
 */
#include "base/buf.h"
#include "reading.h"

enum { DEPTH = 512 }; /* the limit's default */

static const struct {
    struct str text;
    const char *at;
    const char *message;
} errors[] = {
    {STR_INIT(""), "1:1-1:1", "expected a value, found the end of the text"},
    {STR_INIT(" \n"), "2:1-2:1", "expected a value, found the end of the text"},
    {STR_INIT("{\n  \"a\": 1,\n}"), "3:1-3:2",
     "nothing follows the ',' before this bracket; remove the ','"},
    {STR_INIT("{\"a\": 1, 2}"), "1:10-1:11",
     "expected a member's name in double quotes after ',', found '2'"},
    {STR_INIT("{a: 1}"), "1:2-1:3", "expected '}' or a member's name in double quotes, found 'a'"},
    {STR_INIT("{'a': 1}"), "1:2-1:3",
     "expected '}' or a member's name in double quotes, found a single quote"},
    {STR_INIT("{\"a\" 1}"), "1:6-1:7", "expected ':' after the member's name, found '1'"},
    {STR_INIT("{\"a\": 1\n \"b\": 2}"), "2:2-2:3",
     "expected ',' or '}' after the member, found '\"'"},
    {STR_INIT("{\"a\": }"), "1:7-1:8", "expected a value, found '}'"},
    {STR_INIT("{\"a\""), "1:5-1:5",
     "expected ':' after the member's name, found the end of the text"},
    {STR_INIT("[1 2]"), "1:4-1:5", "expected ',' or ']' after the element, found '2'"},
    {STR_INIT("[1,]"), "1:4-1:5", "nothing follows the ',' before this bracket; remove the ','"},
    {STR_INIT("[,]"), "1:2-1:3", "expected a value, found ','"},
    {STR_INIT("[1"), "1:3-1:3", "expected ',' or ']' after the element, found the end of the text"},
    {STR_INIT("[1}"), "1:3-1:4", "expected ',' or ']' after the element, found '}'"},
    {STR_INIT("[\r\n  tru\r\n]"), "2:3-2:4", "expected a value, found 't'"},
    {STR_INIT("[True]"), "1:2-1:3", "expected a value, found 'T'"},
    {STR_INIT("[truex]"), "1:6-1:7", "expected ',' or ']' after the element, found 'x'"},
    {STR_INIT("[NaN]"), "1:2-1:3", "expected a value, found 'N'"},
    {STR_INIT("[\xC3\xA9]"), "1:2-1:3", "expected a value, found '\xC3\xA9'"},
    {STR_INIT("[\xFF]"), "1:2-1:3", "expected a value, found the byte 0xFF"},
    {STR_INIT("[\x01]"), "1:2-1:3", "expected a value, found the control character U+0001"},
    {STR_INIT("[\0]"), "1:2-1:3", "expected a value, found the control character U+0000"},
    {STR_INIT("// no\n1"), "1:1-1:2",
     "expected a value, found a comment, which JSON does not have"},
    {STR_INIT("[012345678901]"), "1:2-1:4",
     "a number must not start with 0; quote it if it is an id"},
    {STR_INIT("[-]"), "1:3-1:4", "expected a digit, found ']'"},
    {STR_INIT("[+1]"), "1:2-1:3", "expected a value, found '+'"},
    {STR_INIT("[1.]"), "1:4-1:5", "expected a digit, found ']'"},
    {STR_INIT("[.5]"), "1:2-1:3", "expected a value, found '.'"},
    {STR_INIT("[1e]"), "1:4-1:5", "expected a digit, found ']'"},
    {STR_INIT("[1e+"), "1:5-1:5", "expected a digit, found the end of the text"},
    {STR_INIT("\"\xC3\xA9\xC3\xA9"), "1:1-1:2", "this string has no closing quote"},
    {STR_INIT("[\"\xC3\xA9\xC3\xA9 \xFF\"]"), "1:6-1:7",
     "this byte is not valid UTF-8; save the file as UTF-8"},
    {STR_INIT("\"\xED\xA0\x80\""), "1:2-1:3",
     "this byte is not valid UTF-8; save the file as UTF-8"},
    {STR_INIT("\"a\tb\""), "1:3-1:4",
     "expected an escape such as \\n in place of a control character in a string, found the "
     "control character U+0009"},
    {STR_INIT("[\"a\n, \"b\"]"), "1:2-1:4",
     "this string has no closing quote in its line; add it, or write \\n for a line break"},
    {STR_INIT("\"\\q\""), "1:2-1:4",
     "unknown escape in a string; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX"},
    {STR_INIT("\"\\"), "1:3-1:3",
     "expected an escape's second character, found the end of the text"},
    {STR_INIT("\"\\u12g4\""), "1:2-1:4", "expected four hexadecimal digits after '\\u'"},
    {STR_INIT("\"\\uD83D\""), "1:2-1:8",
     "this escape is half of a surrogate pair; write both halves or the character itself"},
    {STR_INIT("\"\\uDE00\""), "1:2-1:8",
     "this escape is half of a surrogate pair; write both halves or the character itself"},
    {STR_INIT("\"\\uD83D\\u0041\""), "1:2-1:8",
     "this escape is half of a surrogate pair; write both halves or the character itself"},
    {STR_INIT("{} {}"), "1:4-1:5", "expected the end of the text after the document, found '{'"},
    {STR_INIT("\xFF\xFE{\0}\0"), "1:1-1:1",
     "this text is UTF-16 or UTF-32; save the file as UTF-8"},
    {STR_INIT("\0{\0}"), "1:1-1:1", "this text is UTF-16 or UTF-32; save the file as UTF-8"},
};

static void errors_say_where_and_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(errors); i++) {
        struct reading r;
        assert_false(reading_json(&r, errors[i].text));
        assert_int_equal(r.findings.count, 1);
        const struct finding *finding = &r.findings.items[0];
        assert_str_equal(finding->message, str_from_c(errors[i].message));
        assert_str_equal(reading_span(&r, finding->at.span), str_from_c(errors[i].at));
        assert_str_equal(finding->rule, STR("syntax/json"));
        assert_true(finding->unreadable && finding->severity == SEVERITY_ERROR);
        reading_close(&r);
    }
}

static void bom_counts_in_offsets_and_not_in_columns(void **state)
{
    (void)state;
    struct reading r;
    assert_false(reading_json(&r, STR("\xEF\xBB\xBF[x]")));
    struct position position = source_position(r.source, r.findings.items[0].at.span.lo);
    assert_int_equal(position.column, 2);
    assert_int_equal(position.offset, 4);
    reading_close(&r);
}

static void strings_are_decoded(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        struct str value;
        bool pooled;
    } cases[] = {
        {STR_INIT("\"\""), STR_INIT(""), false},
        {STR_INIT("\"plain \xE2\x82\xAC\""), STR_INIT("plain \xE2\x82\xAC"), false},
        {STR_INIT("\"exactly8\""), STR_INIT("exactly8"), false},
        {STR_INIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), STR_INIT("\"\\/\b\f\n\r\t"), true},
        {STR_INIT("\"seven77\\n\""), STR_INIT("seven77\n"), true},
        {STR_INIT("\"\\u0041\\u00e9\\u20AC\\uD83D\\uDE00\""),
         STR_INIT("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), true},
        {STR_INIT("\"a\\u0000b\""), STR_INIT("a\0b"), true},
        {STR_INIT("\"\x7F\""), STR_INIT("\x7F"), false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_true(reading_json(&r, cases[i].text));
        assert_true(node_is(r.tree.root, NODE_STRING));
        assert_str_equal(tree_text(&r.tree, r.tree.root), cases[i].value);
        assert_int_equal((r.tree.root->flags & NODE_IN_POOL) != 0, cases[i].pooled);
        assert_int_equal(r.tree.root->hi, cases[i].text.len);
        reading_close(&r);
    }
}

static void every_value_and_key_has_its_span(void **state)
{
    (void)state;
    struct reading r;
    assert_true(reading_json(&r, STR(" {\n \"a\" : [ true , -1.5e3 ] ,\n\t\"\\u0062\":null}\n")));
    const struct node *root = r.tree.root;
    const struct node *array = tree_member(&r.tree, root, STR("a"));
    const struct node *null = tree_member(&r.tree, root, STR("b"));
    static const char *const expected[] = {"1:2-3:16",  "2:2-2:5",  "2:8-2:25", "2:10-2:14",
                                           "2:17-2:23", "3:2-3:10", "3:11-3:15"};
    const struct node *nodes[] = {root,
                                  node_key_of(array),
                                  array,
                                  tree_element(&r.tree, array, 0),
                                  tree_element(&r.tree, array, 1),
                                  node_key_of(null),
                                  null};
    for (size_t i = 0; i < COUNT_OF(nodes); i++) {
        assert_str_equal(reading_span(&r, (struct span){nodes[i]->lo, nodes[i]->hi}),
                         str_from_c(expected[i]));
    }
    assert_true(tree_number(&r.tree, nodes[4]) <= -1500 && tree_number(&r.tree, nodes[4]) >= -1500);
    reading_close(&r);
}

/* An object of `others` more members, in which "twice" stands first and last. */
static struct str object_with_repeated_name(struct arena *arena, unsigned others)
{
    struct buf text = buf_with_max(1 << 20);
    buf_add_c(&text, "{\"twice\": 1");
    for (unsigned i = 0; i < others; i++) {
        buf_printf(&text, ",\n\"n%u\": %u", i, i);
    }
    buf_add_c(&text, ",\n\"twice\": 2}");
    struct str copy = arena_str(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static void repeated_name_is_reported_and_the_last_wins(void **state)
{
    (void)state;
    /* Small objects are compared pair by pair, larger ones by a table. */
    static const unsigned others[] = {0, 1, 10, 11, 12, 13, 100, 1000};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        struct arena arena = {0};
        struct reading r;
        assert_true(reading_json(&r, object_with_repeated_name(&arena, others[i])));
        assert_int_equal(r.findings.count, 1);
        const struct finding *finding = &r.findings.items[0];
        assert_str_equal(finding->rule, STR("syntax/duplicate-key"));
        assert_str_equal(finding->message, STR("the name 'twice' stands twice in this object; the "
                                               "last one counts, remove the other"));
        assert_int_equal(finding->severity, SEVERITY_WARNING);
        assert_false(finding->unreadable);
        struct str at = arena_format(&arena, "%u:1-%u:8", others[i] + 2, others[i] + 2);
        assert_str_equal(reading_span(&r, finding->at.span), at);
        assert_non_null(finding->related);
        assert_str_equal(reading_span(&r, finding->related->at.span), STR("1:2-1:9"));
        assert_str_equal(finding->related->message, STR("first here"));
        assert_int_equal(node_size(r.tree.root), others[i] + 1);
        assert_str_equal(tree_text(&r.tree, tree_member(&r.tree, r.tree.root, STR("twice"))),
                         STR("2"));
        reading_close(&r);
        arena_release(&arena);
    }
}

static void each_repetition_relates_to_the_one_before(void **state)
{
    (void)state;
    struct reading r;
    assert_true(reading_json(&r, STR("{\"a\": 1, \"a\": 2, \"\\u0061\": 3, \"b\": {\"a\": 4}}")));
    assert_int_equal(r.findings.count, 2);
    assert_str_equal(reading_span(&r, r.findings.items[0].at.span), STR("1:10-1:13"));
    assert_str_equal(reading_span(&r, r.findings.items[0].related->at.span), STR("1:2-1:5"));
    assert_str_equal(reading_span(&r, r.findings.items[1].at.span), STR("1:18-1:26"));
    assert_str_equal(reading_span(&r, r.findings.items[1].related->at.span), STR("1:10-1:13"));
    assert_int_equal(node_size(r.tree.root), 2);
    assert_str_equal(tree_text(&r.tree, tree_member(&r.tree, r.tree.root, STR("a"))), STR("3"));
    reading_close(&r);
}

static bool reads_nested(struct reading *r, char *text, size_t levels)
{
    memset(text, '[', levels);
    memset(text + levels, ']', levels);
    return reading_json(r, (struct str){text, 2 * levels});
}

static void depth_is_limited(void **state)
{
    (void)state;
    static char text[2 * (DEPTH + 1)];
    struct reading r;
    assert_true(reads_nested(&r, text, DEPTH));
    reading_close(&r);
    assert_false(reads_nested(&r, text, DEPTH + 1));
    assert_str_equal(r.findings.items[0].message,
                     STR("more than 512 levels of nesting (limit 'depth'; --limit depth=N "
                         "raises it, to 2048 levels at most)"));
    assert_int_equal(r.findings.items[0].at.span.lo, DEPTH);
    reading_close(&r);
}

static void lines_are_read_one_by_one(void **state)
{
    (void)state;
    struct reading r;
    reading_open(&r, STR("{\"n\": 1}\n\n [2]\n\"3\" 4"));
    struct json_cursor cursor = {r.source, 0};
    static const char *const expected[] = {"1:1-1:9", "3:2-3:5", "4:1-4:4", "4:5-4:6"};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_false(json_at_end(&cursor));
        tree_init(&r.tree, &r.arena, &r.sources, &r.atoms);
        assert_true(json_read(&r.builder, &r.tree, &cursor, &r.findings));
        struct span span = {r.tree.root->lo, r.tree.root->hi};
        assert_str_equal(reading_span(&r, span), str_from_c(expected[i]));
    }
    assert_true(json_at_end(&cursor));
    reading_close(&r);
}

static void a_builder_is_clean_after_a_refusal(void **state)
{
    (void)state;
    struct reading r;
    assert_false(reading_json(&r, STR("{\"a\": [1, {\"b\": ")));
    struct source *other = sources_add(&r.sources, STR("other"), STR("[1]"));
    tree_init(&r.tree, &r.arena, &r.sources, &r.atoms);
    assert_true(json_read_whole(&r.builder, &r.tree, other, &r.findings));
    assert_int_equal(node_size(r.tree.root), 1);
    reading_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_say_where_and_what),
        cmocka_unit_test(bom_counts_in_offsets_and_not_in_columns),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(every_value_and_key_has_its_span),
        cmocka_unit_test(repeated_name_is_reported_and_the_last_wins),
        cmocka_unit_test(each_repetition_relates_to_the_one_before),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(lines_are_read_one_by_one),
        cmocka_unit_test(a_builder_is_clean_after_a_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
