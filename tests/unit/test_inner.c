/* SPDX-License-Identifier: MIT */
/*
 * Documents inside strings: an inner node's place in the outer file, for each way in which a string
 * can be written, and the map from a scalar's text to its bytes.
 */
#include "base/buf.h"
#include "reading.h"
#include "tree/inner.h"

/* The document in the string `outer`; it is JSON. */
static void read_inner(struct reading *r, const struct node *outer)
{
    struct source *source = scalar_source(&r->tree, outer);
    struct tree inner;
    tree_init(&inner, &r->arena, &r->sources, &r->atoms);
    assert_true(json_read_whole(&r->builder, &inner, source, &r->findings));
    r->tree = inner;
}

/* "line:column-line:column" in the file that holds a node of an inner document. */
static struct str outer_span(struct reading *r, const struct node *node)
{
    struct place place =
        sources_resolve(&r->sources, node->source, (struct span){node->lo, node->hi});
    assert_ptr_equal(place.source, r->source);
    return reading_span(r, place.span);
}

static const struct node *member(const struct reading *r, const struct node *node, const char *name)
{
    const struct node *value = tree_member(&r->tree, node, str_from_c(name));
    assert_non_null(value);
    return value;
}

static void inner_nodes_have_places_in_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *root;  /* of the document in `doc` */
        const char *key;   /* of its member "k" */
        const char *value; /* of that member */
    } cases[] = {
        /* literal: the indent is no part of the text */
        {"doc: |\n  {\n    \"k\": [1]\n  }\n", "2:3-4:4", "3:5-3:8", "3:10-3:13"},
        {"doc: |\r\n  {\r\n    \"k\": [1]\r\n  }\r\n", "2:3-4:4", "3:5-3:8", "3:10-3:13"},
        {"doc: |-\n    {\n    \n\n    \"k\": \"\xE6\x9D\xB1\"}", "2:5-5:14", "5:5-5:8",
         "5:10-5:13"},
        {"doc: |2\n    {\"k\": 1}\n", "2:5-2:13", "2:6-2:9", "2:11-2:12"},
        {"\xC3\xA9: 1\ndoc: !x &y |+ # c\n  {\"k\": 1}\n\n\n", "3:3-3:11", "3:4-3:7", "3:9-3:10"},
        /* folded */
        {"doc: >\n  {\n  \"k\":\n\n  [1]\n  }\n", "2:3-6:4", "3:3-3:6", "5:3-5:6"},
        {"doc: >-\n\n  {\n    \"k\":\n    [1]\n  }\n", "3:3-6:4", "4:5-4:8", "5:5-5:8"},
        /* double quotes: escapes and folds */
        {"doc: \"{\\\"k\\\": \\\"\\u00e9\\\"}\"\n", "1:7-1:26", "1:8-1:13", "1:15-1:25"},
        {"doc: \"{\n  \\\"k\\\":\n\n  1}\"\n", "1:7-4:5", "2:3-2:8", "4:3-4:4"},
        {"doc: \"{\\\n  \\\"k\\\": \\\n  1}\"\n", "1:7-3:5", "2:3-2:8", "3:3-3:4"},
        {"doc: \"{\\x22k\\x22\\x3a\\t1}\"\n", "1:7-1:25", "1:8-1:17", "1:23-1:24"},
        /* single quotes */
        {"doc: '{\"k\": \"it''s\"}'\n", "1:7-1:21", "1:8-1:11", "1:13-1:20"},
        {"doc: '{\n\n  \"k\":\n   1}'\n", "1:7-4:6", "3:3-3:6", "4:4-4:5"},
        /* a JSON string, read as YAML */
        {"{\"doc\": \"{\\\"k\\\": \\\"\\u00e9\\\"}\"}", "1:10-1:29", "1:11-1:16", "1:18-1:28"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        read_inner(&r, member(&r, r.tree.root, "doc"));
        const struct node *value = member(&r, r.tree.root, "k");
        assert_str_equal(outer_span(&r, r.tree.root), str_from_c(cases[i].root));
        assert_str_equal(outer_span(&r, node_key_of(value)), str_from_c(cases[i].key));
        assert_str_equal(outer_span(&r, value), str_from_c(cases[i].value));
        reading_close(&r);
    }
}

/* A number over two lines of a plain scalar is no JSON, but an array is. */
static void plain_scalars_over_lines_are_mapped(void **state)
{
    (void)state;
    struct reading r;
    assert_int_equal(reading_yaml(&r, STR("doc: 1\n  \n  2\t\n   3 \n")), YAML_DOCUMENT);
    const struct node *doc = member(&r, r.tree.root, "doc");
    assert_str_equal(tree_text(&r.tree, doc), STR("1\n2 3"));
    static const char *const expected[] = {"1:6-1:7", "1:7-3:3", "3:3-3:4", "3:4-4:4", "4:4-4:5"};
    for (uint32_t i = 0; i < COUNT_OF(expected); i++) {
        struct span span = scalar_subspan(&r.arena, &r.tree, doc, i, i + 1);
        assert_str_equal(reading_span(&r, span), str_from_c(expected[i]));
    }
    reading_close(&r);
}

static void json_in_json_is_mapped(void **state)
{
    (void)state;
    struct reading r;
    assert_true(reading_json(
        &r, STR("{\n \"doc\": \"{\\n\\t\\\"k\\\":\\u0020\\\"\\uD83D\\uDE00*\\\"}\"}")));
    read_inner(&r, member(&r, r.tree.root, "doc"));
    const struct node *value = member(&r, r.tree.root, "k");
    assert_str_equal(outer_span(&r, r.tree.root), STR("2:10-2:45"));
    assert_str_equal(outer_span(&r, node_key_of(value)), STR("2:15-2:20"));
    assert_str_equal(outer_span(&r, value), STR("2:27-2:44"));
    struct span star = scalar_subspan(&r.arena, &r.tree, value, 4, 5);
    struct place place = sources_resolve(&r.sources, value->source, star);
    assert_str_equal(reading_span(&r, place.span), STR("2:41-2:42"));
    reading_close(&r);
}

static void documents_nest_two_deep(void **state)
{
    (void)state;
    struct reading r;
    /* YAML literal > JSON > JSON in a string of that */
    assert_int_equal(
        reading_yaml(&r,
                     STR("# c\nouter: |\n  {\"inner\":\n     \"{\\\"k\\\": [1, \\\"*\\\"]}\"}\n")),
        YAML_DOCUMENT);
    read_inner(&r, member(&r, r.tree.root, "outer"));
    assert_str_equal(outer_span(&r, member(&r, r.tree.root, "inner")), STR("4:6-4:27"));
    read_inner(&r, member(&r, r.tree.root, "inner"));
    const struct node *array = member(&r, r.tree.root, "k");
    assert_str_equal(outer_span(&r, r.tree.root), STR("4:7-4:26"));
    assert_str_equal(outer_span(&r, array), STR("4:15-4:25"));
    assert_str_equal(outer_span(&r, tree_element(&r.tree, array, 1)), STR("4:19-4:24"));
    reading_close(&r);
}

static void inner_errors_have_places_in_the_file(void **state)
{
    (void)state;
    struct reading r;
    assert_int_equal(reading_yaml(&r, STR("doc: |\n  {\n    \"k\": tru\n  }\n")), YAML_DOCUMENT);
    struct source *source = scalar_source(&r.tree, member(&r, r.tree.root, "doc"));
    struct tree inner;
    tree_init(&inner, &r.arena, &r.sources, &r.atoms);
    assert_false(json_read_whole(&r.builder, &inner, source, &r.findings));
    struct location at = r.findings.items[0].at;
    struct place place = sources_resolve(&r.sources, at.source, at.span);
    assert_str_equal(reading_span(&r, place.span), STR("3:10-3:11"));
    reading_close(&r);
}

static void parts_of_scalars_have_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *part;
        const char *at;
    } cases[] = {
        {"arn:aws:iam::*:role", "*", "1:14-1:15"},
        {"'it''s *'", "*", "1:8-1:9"},
        {"'it''s *'", "'", "1:4-1:6"},
        {"\"\\u0041\\x42C\\_*\"", "A", "1:2-1:8"},
        {"\"\\u0041\\x42C\\_*\"", "B", "1:8-1:12"},
        {"\"\\u0041\\x42C\\_*\"", "C", "1:12-1:13"},
        {"\"\\u0041\\x42C\\_*\"", "\xC2\xA0", "1:13-1:15"},
        {"\"\\u0041\\x42C\\_*\"", "*", "1:15-1:16"},
        {"\"\xE6\x9D\xB1\\n\xE4\xBA\xAC\"", "\xE4\xBA\xAC", "1:5-1:6"},
        {"\"\\0\\a\\b\\t\\v\\f\\r\\e\\ \\\"\\/\\\\\\N\\L\\P\\U0001F600*\"", "*", "1:42-1:43"},
        {"\"a\\\n  b *\"", "b *", "2:3-2:6"},
        {"\"a  \n\n  b *\"", "\n", "1:3-3:3"},
        {"|\n  a\n  b *\n", "*", "3:5-3:6"},
        {"|\n  a\n  b *\n", "a\nb", "2:3-3:4"},
        {"|\n  a\n  b *\n", "\nb", "2:4-3:4"},
        {">\n  a\n  b\n\n  c\n   d *\n", "*", "6:6-6:7"},
        {">\n  a\n  b\n\n  c\n   d *\n", "b", "3:3-3:4"},
        {">\n  a\n  b\n\n  c\n   d *\n", "a b", "2:3-3:4"},
        {">\n  a\n  || b\n", " || b", "3:3-3:7"},
        {">-\n  a ||\n  b\n", "a || ", "2:3-2:7"},
        {">\n  a\n  b\n", " ", "2:4-3:3"},
        {"a\n  b c", " b", "2:3-2:4"},
        {"a b\n  c", " b", "1:2-1:4"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        struct str text = tree_text(&r.tree, r.tree.root);
        uint32_t from = (uint32_t)str_find(text, str_from_c(cases[i].part));
        uint32_t to = from + (uint32_t)strlen(cases[i].part);
        assert_true(from < text.len);
        struct span span = scalar_subspan(&r.arena, &r.tree, r.tree.root, from, to);
        assert_str_equal(reading_span(&r, span), str_from_c(cases[i].at));
        reading_close(&r);
    }
}

/* An alias is shown where it stands, whole: its text is written somewhere else. */
static void parts_of_an_alias_are_the_alias(void **state)
{
    (void)state;
    struct reading r;
    assert_int_equal(reading_yaml(&r, STR("- &abc text\n- *abc\n- &d \"a\\tb\"\n- *d\n")),
                     YAML_DOCUMENT);
    struct span span =
        scalar_subspan(&r.arena, &r.tree, tree_element(&r.tree, r.tree.root, 1), 0, 1);
    assert_str_equal(reading_span(&r, span), STR("2:3-2:7"));
    span = scalar_subspan(&r.arena, &r.tree, tree_element(&r.tree, r.tree.root, 3), 2, 3);
    assert_str_equal(reading_span(&r, span), STR("4:3-4:5"));
    reading_close(&r);
}

static void keys_are_mapped_where_they_are_written_plainly(void **state)
{
    (void)state;
    struct reading r;
    assert_true(reading_json(&r, STR("{\"a:b\": 1, \"\\u0063\": 2}")));
    struct span span = scalar_subspan(&r.arena, &r.tree, tree_key(&r.tree, r.tree.root, 0), 2, 3);
    assert_str_equal(reading_span(&r, span), STR("1:5-1:6"));
    span = scalar_subspan(&r.arena, &r.tree, tree_key(&r.tree, r.tree.root, 1), 0, 1);
    assert_str_equal(reading_span(&r, span), STR("1:12-1:20"));
    reading_close(&r);
}

/* A scalar that no file spells has only the place that it was given. */
static void made_up_text_maps_as_a_whole(void **state)
{
    (void)state;
    struct reading r;
    assert_true(reading_json(&r, STR("\"abcd\"")));
    struct location at = node_location(r.tree.root);
    struct node made = tree_scalar(&r.tree, NODE_STRING, STR("other!"), at);
    struct span_map map = scalar_map(&r.arena, &r.tree, &made);
    struct span span = span_map_to_parent(&map, (struct span){0, 1});
    assert_int_equal(span.lo, 0);
    assert_int_equal(span.hi, 6);
    reading_close(&r);
}

static void empty_texts_have_a_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *at;
    } cases[] = {{"''", "1:2-1:2"}, {"\"\"", "1:2-1:2"}, {"|-\n", "1:1-1:1"}, {"!!str", "1:6-1:6"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        struct span span = scalar_subspan(&r.arena, &r.tree, r.tree.root, 0, 0);
        assert_str_equal(reading_span(&r, span), str_from_c(cases[i].at));
        reading_close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inner_nodes_have_places_in_the_file),
        cmocka_unit_test(plain_scalars_over_lines_are_mapped),
        cmocka_unit_test(json_in_json_is_mapped),
        cmocka_unit_test(documents_nest_two_deep),
        cmocka_unit_test(inner_errors_have_places_in_the_file),
        cmocka_unit_test(parts_of_scalars_have_places),
        cmocka_unit_test(parts_of_an_alias_are_the_alias),
        cmocka_unit_test(keys_are_mapped_where_they_are_written_plainly),
        cmocka_unit_test(made_up_text_maps_as_a_whole),
        cmocka_unit_test(empty_texts_have_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
