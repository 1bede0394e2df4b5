/* SPDX-License-Identifier: MIT */
/*
 * What YAML texts mean: scalars, tags, anchors, merge keys, repeated keys, streams; and the limits
 * of what is read.
 */
#include "base/buf.h"
#include "reading.h"

#include <stdlib.h>

enum { DEPTH = 512 }; /* the limit's default */

static void plain_scalars_follow_the_core_schema(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum node_kind kind;
    } cases[] = {
        {"~", NODE_NULL},        {"null", NODE_NULL},
        {"Null", NODE_NULL},     {"NULL", NODE_NULL},
        {"nULL", NODE_STRING},   {"true", NODE_BOOL},
        {"True", NODE_BOOL},     {"TRUE", NODE_BOOL},
        {"false", NODE_BOOL},    {"False", NODE_BOOL},
        {"FALSE", NODE_BOOL},    {"tRUE", NODE_STRING},
        {"yes", NODE_STRING},    {"no", NODE_STRING},
        {"on", NODE_STRING},     {"off", NODE_STRING},
        {"0", NODE_NUMBER},      {"-0", NODE_NUMBER},
        {"+12", NODE_NUMBER},    {"-19", NODE_NUMBER},
        {"0777", NODE_NUMBER},   {"0o17", NODE_NUMBER},
        {"0o18", NODE_STRING},   {"-0o17", NODE_STRING},
        {"0xfF", NODE_NUMBER},   {"0xG", NODE_STRING},
        {"-0xF", NODE_STRING},   {"0x", NODE_STRING},
        {"0b1", NODE_STRING},    {"1_000", NODE_STRING},
        {"1:30", NODE_STRING},   {"1.5", NODE_NUMBER},
        {"1.", NODE_NUMBER},     {".5", NODE_NUMBER},
        {"-.5", NODE_NUMBER},    {".", NODE_STRING},
        {"1e3", NODE_NUMBER},    {"1.5E-3", NODE_NUMBER},
        {"1e", NODE_STRING},     {"1e+", NODE_STRING},
        {"e3", NODE_STRING},     {".e3", NODE_STRING},
        {"1.2.3", NODE_STRING},  {".inf", NODE_NUMBER},
        {"-.INF", NODE_NUMBER},  {"+.Inf", NODE_NUMBER},
        {".iNF", NODE_STRING},   {".nan", NODE_NUMBER},
        {".NaN", NODE_NUMBER},   {"-.nan", NODE_STRING},
        {"1 2", NODE_STRING},    {"2012-10-17", NODE_STRING},
        {"+", NODE_STRING},      {"- ", NODE_ARRAY},
        {"<<", NODE_STRING},     {"=", NODE_STRING},
        {"'1'", NODE_STRING},    {"\"~\"", NODE_STRING},
        {"|\n  1", NODE_STRING}, {">\n  true", NODE_STRING},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        if (r.tree.root->kind != cases[i].kind) {
            fail_msg("%s is a %s", cases[i].text, node_kind_name(r.tree.root->kind).ptr);
        }
        reading_close(&r);
    }
}

static void numbers_have_their_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"0777", 777},    {"0o17", 15},  {"0xfF", 255},
                 {"+1.5e3", 1500}, {"-.5", -0.5}, {"1.", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        double value = tree_number(&r.tree, r.tree.root);
        assert_true(value <= cases[i].value && value >= cases[i].value);
        reading_close(&r);
    }
}

static void older_tools_may_see_another_value(void **state)
{
    (void)state;
    static const char *const differ[] = {
        "yes",   "Yes",   "YES",          "no",  "No",    "NO",   "on",        "On",       "ON",
        "off",   "Off",   "OFF",          "y",   "N",     "0777", "0o17",      "0b101",    "-0b1",
        "1_000", "1_0.5", "012345678901", "010", "-0777", "1:30", "190:20:30", "20:30.15", "0x_F",
        "-0xF",  "1e3",   "12e03",        "089", "+0777",
    };
    static const char *const agree[] = {
        "",     "~",    "null",   "true", "False", "0",    "00",   "07",   "-7",   "123456789012",
        "0xFF", "1.20", "1.5e+3", ".5",   "-.inf", ".nan", "text", "1:60", "1:3a", "2012-10-17",
        "yes!", "nO",   "a_b",    "08a",  "1.2.3", "0o18", "_1",   ":30",  "-",    "+",
        "1:",   "0b2",  ".",
    };
    for (size_t i = 0; i < COUNT_OF(differ); i++) {
        if (!yaml_differs_in_1_1(str_from_c(differ[i]))) {
            fail_msg("'%s' should differ", differ[i]);
        }
    }
    for (size_t i = 0; i < COUNT_OF(agree); i++) {
        if (yaml_differs_in_1_1(str_from_c(agree[i]))) {
            fail_msg("'%s' should not differ", agree[i]);
        }
    }
}

static void tags_decide_the_kind_and_are_kept(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum node_kind kind;
        const char *tag;
        const char *value;
    } cases[] = {
        {"!!str 12", NODE_STRING, "tag:yaml.org,2002:str", "12"},
        {"!!str", NODE_STRING, "tag:yaml.org,2002:str", ""},
        {"!!int \"12\"", NODE_NUMBER, "tag:yaml.org,2002:int", "12"},
        {"!!int 1.5", NODE_STRING, "tag:yaml.org,2002:int", "1.5"},
        {"!!float 1", NODE_NUMBER, "tag:yaml.org,2002:float", "1"},
        {"!!float x", NODE_STRING, "tag:yaml.org,2002:float", "x"},
        {"!!bool 'true'", NODE_BOOL, "tag:yaml.org,2002:bool", "true"},
        {"!!bool yes", NODE_STRING, "tag:yaml.org,2002:bool", "yes"},
        {"!!null ''", NODE_NULL, "tag:yaml.org,2002:null", ""},
        {"!!null x", NODE_STRING, "tag:yaml.org,2002:null", "x"},
        {"!!seq [1]", NODE_ARRAY, "tag:yaml.org,2002:seq", ""},
        {"!!map {a: 1}", NODE_OBJECT, "tag:yaml.org,2002:map", ""},
        {"!!binary YQ==", NODE_STRING, "tag:yaml.org,2002:binary", "YQ=="},
        {"! 12", NODE_STRING, "", "12"},
        {"! [1]", NODE_ARRAY, "", ""},
        {"!Sub 12", NODE_STRING, "!Sub", "12"},
        {"!GetAtt [a, b]", NODE_ARRAY, "!GetAtt", ""},
        {"!If\n- a\n- b\n", NODE_ARRAY, "!If", ""},
        {"!Ref &x y", NODE_STRING, "!Ref", "y"},
        {"&x !Ref y", NODE_STRING, "!Ref", "y"},
        {"!<tag:example.com,2000:x> y", NODE_STRING, "tag:example.com,2000:x", "y"},
        {"%TAG !e! tag:example.com,2000:\n--- !e!x y", NODE_STRING, "tag:example.com,2000:x", "y"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        if (r.tree.root->kind != cases[i].kind) {
            fail_msg("%s is a %s", cases[i].text, node_kind_name(r.tree.root->kind).ptr);
        }
        assert_str_equal(tree_tag(&r.tree, r.tree.root), str_from_c(cases[i].tag));
        assert_str_equal(tree_text(&r.tree, r.tree.root), str_from_c(cases[i].value));
        reading_close(&r);
    }
}

/*
 * The first document as compact JSON-like text, with strings bare: enough to see structure and
 * order.
 */
static void add_value(struct buf *out, const struct tree *tree, const struct node *node)
{
    bool object = node->kind == NODE_OBJECT;
    if (!node_is_container(node)) {
        buf_add(out, node->kind == NODE_NULL ? STR("null") : tree_text(tree, node));
        return;
    }
    buf_add_char(out, object ? '{' : '[');
    for (uint32_t i = 0; i < node_size(node); i++) {
        buf_add_c(out, i ? ", " : "");
        if (object) {
            buf_add(out, tree_text(tree, tree_key(tree, node, i)));
            buf_add_c(out, ": ");
        }
        add_value(out, tree, object ? tree_value(tree, node, i) : tree_element(tree, node, i));
    }
    buf_add_char(out, object ? '}' : ']');
}

static void structures_are_what_they_mean(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *value;
    } cases[] = {
        /* keys of any kind are their text */
        {"1: a\n~: b\ntrue: c\n'': d\n", "{1: a, ~: b, true: c, : d}"},
        {"? [a, b]\n: c\n? {d: e}\n: f\n", "{[a, b]: c, {d: e}: f}"},
        {"? |\n  x\n: y\n", "{x\n: y}"},
        {"&k key: v\nother: *k\n", "{key: v, other: key}"},
        {"- &k a\n- {*k : b}\n", "[a, {a: b}]"},
        {"? &k [a]\n: *k\n", "{[a]: [a]}"},
        {"a: &x [1]\n? *x\n: b\n", "{a: [1], *x: b}"},
        /* anchors */
        {"a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "{a: 1, b: 1, c: 2, d: 2}"},
        {"- &x [&x a, *x]\n- *x\n", "[[a, a], a]"},
        {"- &e\n- *e\n", "[null, null]"},
        {"[&a a, &b b, *a , *b ]", "[a, b, a, b]"},
        /* merge keys: explicit keys win wherever they stand, then the first that has the name */
        {"- &a {x: 1, y: 2}\n- {<<: *a, y: 3}\n", "[{x: 1, y: 2}, {y: 3, x: 1}]"},
        {"- &a {x: 1, y: 2}\n- {y: 3, <<: *a}\n", "[{x: 1, y: 2}, {y: 3, x: 1}]"},
        {"- &a {x: 1}\n- &b {x: 2, z: 3}\n- <<: [*a, *b, {w: 4}]\n",
         "[{x: 1}, {x: 2, z: 3}, {x: 1, z: 3, w: 4}]"},
        {"- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b}\n", "[{x: 1}, {y: 2, x: 1}, {y: 2, x: 1}]"},
        {"- &a {x: 1}\n- &b {x: 2, y: 2}\n- {<<: *a, <<: *b}\n",
         "[{x: 1}, {x: 2, y: 2}, {x: 1, y: 2}]"},
        {"<<: {a: 1}\n", "{a: 1}"},
        {"!!merge <<: {a: 1}\n", "{a: 1}"},
        {"<<: []\nb: 1\n", "{b: 1}"},
        {"<<: {}\n", "{}"},
        /* what is no merge */
        {"<<: 1\n", "{<<: 1}"},
        {"<<: [{a: 1}, 2]\n", "{<<: [{a: 1}, 2]}"},
        {"'<<': {a: 1}\n", "{<<: {a: 1}}"},
        {"!!str <<: {a: 1}\n", "{<<: {a: 1}}"},
        {"<<:\n", "{<<: null}"},
        /* flow and empty values */
        {"{a, b: , ? c, ? d : e, 'f':g}", "{a: null, b: null, c: null, d: e, f: g}"},
        {"[a, b: c, ]", "[a, {b: c}]"},
        {"a:\nb:\n- \n-\n", "{a: null, b: [null, null]}"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        struct buf value = buf_with_max(1000);
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        assert_int_equal(r.findings.count, 0);
        add_value(&value, &r.tree, r.tree.root);
        assert_str_equal(buf_str(&value), str_from_c(cases[i].value));
        buf_release(&value);
        reading_close(&r);
    }
}

static void an_alias_has_its_own_place(void **state)
{
    (void)state;
    struct reading r;
    assert_int_equal(reading_yaml(&r, STR("a: &x\n  b: \"c\\n\"\nd: *x\n")), YAML_DOCUMENT);
    const struct node *anchored = tree_member(&r.tree, r.tree.root, STR("a"));
    const struct node *alias = tree_member(&r.tree, r.tree.root, STR("d"));
    assert_false(anchored->flags & NODE_ALIAS);
    assert_true(alias->flags & NODE_ALIAS);
    assert_str_equal(reading_span(&r, (struct span){alias->lo, alias->hi}), STR("3:4-3:6"));
    assert_ptr_equal(tree_children(&r.tree, alias), tree_children(&r.tree, anchored));
    reading_close(&r);
}

static void merged_members_stay_where_they_are_written(void **state)
{
    (void)state;
    struct reading r;
    assert_int_equal(reading_yaml(&r, STR("a: &x {k: v}\nb: {<<: *x}\n")), YAML_DOCUMENT);
    const struct node *merged =
        tree_member(&r.tree, tree_member(&r.tree, r.tree.root, STR("b")), STR("k"));
    assert_str_equal(reading_span(&r, (struct span){merged->lo, merged->hi}), STR("1:11-1:12"));
    reading_close(&r);
}

static void repeated_keys_are_reported(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *again;
        const char *first;
        const char *value;
    } cases[] = {
        {"a: 1\nb: 2\na: 3\n", "3:1-3:2", "1:1-1:2", "{b: 2, a: 3}"},
        {"{a: 1, \"a\": 2}", "1:8-1:11", "1:2-1:3", "{a: 2}"},
        {"1: x\n'1': y\n", "2:1-2:4", "1:1-1:2", "{1: y}"},
        {"a:\n  b: 1\n  b:\n", "3:3-3:4", "2:3-2:4", "{a: {b: null}}"},
        {"? [a]\n: 1\n? [a]\n: 2\n", "3:3-3:6", "1:3-1:6", "{[a]: 2}"},
        {"<<: {c: 1}\na: 1\na: 2\n", "3:1-3:2", "2:1-2:2", "{a: 2, c: 1}"},
        {"'<<': 1\n'<<': 2\n", "2:1-2:5", "1:1-1:5", "{<<: 2}"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        struct buf value = buf_with_max(1000);
        assert_int_equal(reading_yaml(&r, str_from_c(cases[i].text)), YAML_DOCUMENT);
        assert_int_equal(r.findings.count, 1);
        const struct finding *finding = &r.findings.items[0];
        assert_str_equal(finding->rule, STR("syntax/duplicate-key"));
        assert_int_equal(finding->severity, SEVERITY_WARNING);
        assert_false(finding->unreadable);
        assert_str_equal(reading_span(&r, finding->at.span), str_from_c(cases[i].again));
        assert_str_equal(reading_span(&r, finding->related->at.span), str_from_c(cases[i].first));
        add_value(&value, &r.tree, r.tree.root);
        assert_str_equal(buf_str(&value), str_from_c(cases[i].value));
        buf_release(&value);
        reading_close(&r);
    }
}

static void streams_hold_documents(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *values[4];
        enum yaml_result end;
    } cases[] = {
        {"", {NULL}, YAML_END},
        {"# nothing\n", {NULL}, YAML_END},
        {"---\n", {"null"}, YAML_END},
        {"--- # x\n---\n...\n", {"null", "null"}, YAML_END},
        {"a: 1\n", {"{a: 1}"}, YAML_END},
        {"--- a\n--- b\n...\n--- c\n", {"a", "b", "c"}, YAML_END},
        {"%YAML 1.2\n--- a\n...\n%YAML 1.1\n--- yes\n", {"a", "yes"}, YAML_END},
        {"a: &x 1\n---\nb: *x\n", {"{a: 1}"}, YAML_ERROR},
        {"a: 1\n---\n]\n", {"{a: 1}"}, YAML_ERROR},
        {"\"a\" b\n", {"a"}, YAML_ERROR},
        {"a: 1\n]\n", {NULL}, YAML_ERROR},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        reading_open(&r, str_from_c(cases[i].text));
        struct yaml_stream *stream = yaml_open(&r.arena, r.source, &r.findings);
        for (size_t j = 0; cases[i].values[j]; j++) {
            struct buf value = buf_with_max(1000);
            assert_int_equal(reading_next(&r, stream), YAML_DOCUMENT);
            add_value(&value, &r.tree, r.tree.root);
            assert_str_equal(buf_str(&value), str_from_c(cases[i].values[j]));
            buf_release(&value);
        }
        assert_int_equal(reading_next(&r, stream), cases[i].end);
        assert_null(r.tree.root);
        assert_int_equal(r.findings.count, cases[i].end == YAML_ERROR);
        assert_int_equal(reading_next(&r, stream), YAML_END);
        yaml_close(stream);
        reading_close(&r);
    }
}

static void an_empty_document_is_an_empty_null(void **state)
{
    (void)state;
    struct reading r;
    assert_int_equal(reading_yaml(&r, STR("# c\n---  # x\n")), YAML_DOCUMENT);
    assert_int_equal(r.tree.root->kind, NODE_NULL);
    assert_str_equal(reading_span(&r, (struct span){r.tree.root->lo, r.tree.root->hi}),
                     STR("2:4-2:4"));
    reading_close(&r);
}

/* Each line an array of ten of the line before: 10^levels values. */
static struct buf alias_bomb(unsigned levels)
{
    struct buf text = buf_with_max(10000);
    buf_add_c(&text, "- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (unsigned i = 1; i < levels; i++) {
        buf_printf(&text, "- &a%u [", i);
        for (unsigned j = 0; j < 10; j++) {
            buf_printf(&text, "%s*a%u", j ? ", " : "", i - 1);
        }
        buf_add_c(&text, "]\n");
    }
    return text;
}

static void expansion_is_limited(void **state)
{
    (void)state;
    struct reading r;
    struct buf text = alias_bomb(6); /* 10 + 100 + ... + 10^6: below the limit */
    assert_int_equal(reading_yaml(&r, buf_str(&text)), YAML_DOCUMENT);
    reading_close(&r);
    buf_release(&text);
    text = alias_bomb(40); /* would overflow any counter */
    assert_int_equal(reading_yaml(&r, buf_str(&text)), YAML_ERROR);
    assert_str_equal(
        r.findings.items[0].message,
        STR("the alias 'a5' brings more than 4000000 values through the aliases of a document "
            "(limit 'alias-nodes'; --limit alias-nodes=N raises it, to 100000000 values at "
            "most)"));
    assert_str_equal(reading_span(&r, r.findings.items[0].at.span), STR("7:18-7:21"));
    reading_close(&r);
    buf_release(&text);
}

static void merging_counts_as_expansion(void **state)
{
    (void)state;
    struct buf text = buf_with_max(1 << 20);
    buf_add_c(&text, "- &m {");
    for (unsigned i = 0; i < 1000; i++) {
        buf_printf(&text, "k%u: v, ", i);
    }
    buf_add_c(&text, "}\n");
    for (unsigned i = 0; i < 5000; i++) {
        buf_add_c(&text, "- {<<: *m}\n");
    }
    struct reading r;
    assert_int_equal(reading_yaml(&r, buf_str(&text)), YAML_ERROR);
    assert_str_equal(
        r.findings.items[0].message,
        STR("the alias 'm' brings more than 4000000 values through the aliases of a document "
            "(limit 'alias-nodes'; --limit alias-nodes=N raises it, to 100000000 values at "
            "most)"));
    reading_close(&r);
    buf_release(&text);
}

static enum yaml_result read_levels(struct reading *r, const char *open, const char *close,
                                    unsigned levels)
{
    struct buf text = buf_with_max(1 << 20);
    for (unsigned i = 0; i < levels; i++) {
        buf_add_c(&text, open);
    }
    buf_add_c(&text, "x");
    for (unsigned i = 0; i < levels; i++) {
        buf_add_c(&text, close);
    }
    enum yaml_result result = reading_yaml(r, buf_str(&text));
    buf_release(&text); /* the tree's texts are gone with it */
    return result;
}

static void depth_is_limited(void **state)
{
    (void)state;
    static const struct {
        const char *open;
        const char *close;
        unsigned limit;
        const char *message;
    } cases[] = {
        {"[", "]", 128,
         "more than 128 levels of brackets in YAML (limit 'flow-depth', which is fixed)"},
        {"{a: ", "}", 128,
         "more than 128 levels of brackets in YAML (limit 'flow-depth', which is fixed)"},
        {"- ", "", DEPTH,
         "more than 512 levels of nesting (limit 'depth'; --limit depth=N raises it, to 2048 "
         "levels "
         "at most)"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(read_levels(&r, cases[i].open, cases[i].close, cases[i].limit),
                         YAML_DOCUMENT);
        reading_close(&r);
        assert_int_equal(read_levels(&r, cases[i].open, cases[i].close, cases[i].limit + 1),
                         YAML_ERROR);
        assert_str_equal(r.findings.items[0].message, str_from_c(cases[i].message));
        reading_close(&r);
    }
}

static void tag_lines_are_limited(void **state)
{
    (void)state;
    for (unsigned extra = 0; extra < 2; extra++) {
        struct buf many = buf_with_max(1 << 20);
        for (unsigned i = 0; i < 1000 + extra; i++) {
            buf_printf(&many, "%%TAG !t%u! tag:example.com,2000:\n", i);
        }
        buf_add_c(&many, "--- !t7!x y\n");
        struct buf longer = buf_with_max(1 << 20);
        buf_add_c(&longer, "%TAG !t! tag:example.com,2000:");
        buf_add_repeat(&longer, 'x', 1000 + extra - longer.len);
        buf_add_c(&longer, "\n--- !t!x y\n");
        const struct buf *texts[] = {&many, &longer};
        for (size_t i = 0; i < COUNT_OF(texts); i++) {
            struct reading r;
            assert_int_equal(reading_yaml(&r, buf_str(texts[i])),
                             extra ? YAML_ERROR : YAML_DOCUMENT);
            if (extra) {
                assert_str_equal(
                    r.findings.items[0].message,
                    STR("too many %TAG lines, or too long a one; write tags out in full"));
            }
            reading_close(&r);
        }
        buf_release(&many);
        buf_release(&longer);
    }
}

/* Aliases of aliases nest without any nesting in the text. */
static void depth_through_aliases_is_limited(void **state)
{
    (void)state;
    for (unsigned extra = 0; extra < 2; extra++) {
        struct buf text = buf_with_max(1 << 20);
        buf_add_c(&text, "- &a0 [x]\n");
        for (unsigned i = 1; i < DEPTH - 1 + extra; i++) {
            buf_printf(&text, "- &a%u [*a%u]\n", i, i - 1);
        }
        struct reading r;
        enum yaml_result result = reading_yaml(&r, buf_str(&text));
        assert_int_equal(result, extra ? YAML_ERROR : YAML_DOCUMENT);
        if (extra) {
            assert_str_equal(r.findings.items[0].message,
                             STR("the alias 'a510' brings more than 512 levels of nesting (limit "
                                 "'depth'; --limit depth=N raises it, to 2048 levels at most)"));
        }
        reading_close(&r);
        buf_release(&text);
    }
}

static void assert_same_spans(struct reading *json, const struct node *a, struct reading *yaml,
                              const struct node *b)
{
    assert_int_equal(a->kind, b->kind);
    if (a->lo != b->lo || a->hi != b->hi) {
        fail_msg("%.*s as JSON, %.*s as YAML",
                 STR_ARG(reading_span(json, (struct span){a->lo, a->hi})),
                 STR_ARG(reading_span(yaml, (struct span){b->lo, b->hi})));
    }
    for (uint32_t i = 0; node_is_container(a) && i < a->count; i++) {
        assert_same_spans(json, tree_children(&json->tree, a) + i, yaml,
                          tree_children(&yaml->tree, b) + i);
    }
}

/* JSON is YAML: both readers must give the same values in the same places. */
static void json_is_the_same_to_both_readers(void **state)
{
    (void)state;
    char *folder = test_shared_path("corpus/managed-policies");
    struct test_files files = test_list_files(folder, ".json");
    for (size_t i = 0; i < files.count; i++) {
        struct str bytes = test_read_file(files.items[i].path);
        struct reading json;
        struct reading yaml;
        assert_true(reading_json(&json, bytes));
        assert_int_equal(reading_yaml(&yaml, bytes), YAML_DOCUMENT);
        assert_true(tree_equal(&json.tree, json.tree.root, &yaml.tree, yaml.tree.root));
        assert_same_spans(&json, json.tree.root, &yaml, yaml.tree.root);
        reading_close(&json);
        reading_close(&yaml);
        test_free_contents(bytes);
    }
    assert_int_equal(files.count, 1641);
    test_free_files(&files);
    free(folder);
}

static void eksctl_files_are_read(void **state)
{
    (void)state;
    char *folder = test_shared_path("corpus/eksctl");
    struct test_files files = test_list_files(folder, ".yaml");
    for (size_t i = 0; i < files.count; i++) {
        struct str bytes = test_read_file(files.items[i].path);
        struct reading r;
        assert_int_equal(reading_yaml(&r, bytes), YAML_DOCUMENT);
        assert_int_equal(r.findings.count, 0);
        reading_close(&r);
        test_free_contents(bytes);
    }
    assert_true(files.count >= 20);
    test_free_files(&files);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_scalars_follow_the_core_schema),
        cmocka_unit_test(numbers_have_their_values),
        cmocka_unit_test(older_tools_may_see_another_value),
        cmocka_unit_test(tags_decide_the_kind_and_are_kept),
        cmocka_unit_test(structures_are_what_they_mean),
        cmocka_unit_test(an_alias_has_its_own_place),
        cmocka_unit_test(merged_members_stay_where_they_are_written),
        cmocka_unit_test(repeated_keys_are_reported),
        cmocka_unit_test(streams_hold_documents),
        cmocka_unit_test(an_empty_document_is_an_empty_null),
        cmocka_unit_test(expansion_is_limited),
        cmocka_unit_test(merging_counts_as_expansion),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(tag_lines_are_limited),
        cmocka_unit_test(depth_through_aliases_is_limited),
        cmocka_unit_test(json_is_the_same_to_both_readers),
        cmocka_unit_test(eksctl_files_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
