/* SPDX-License-Identifier: MIT */
/*
 * Changes of documents as edits of their text: what comes of each way in which a list or an object can be
 * written, and what is refused. That the result reads as it is meant is checked for every row.
 */
#include "base/buf.h"
#include "reading.h"
#include "tree/inner.h"
#include "tree/patch.h"

/* The node that a path as "a.1.b" leads to; a name in parentheses at its end means the name itself. */
static const struct node *walk(const struct reading *r, struct str path)
{
    const struct node *node = r->tree.root;
    struct str step;
    struct str rest = path;
    for (bool more = path.len > 0; more && node;) {
        more = str_cut(rest, '.', &step, &rest);
        bool name = str_starts(step, STR("("));
        if (name) {
            return node_key_of(tree_member(&r->tree, node, str_slice(step, 1, step.len - 1)));
        }
        node = node->kind == NODE_ARRAY
                   ? tree_element(&r->tree, node, (uint32_t)(step.ptr[0] - '0'))
                   : tree_member(&r->tree, node, step);
    }
    assert_non_null(node);
    return node;
}

struct row {
    const char *text;
    const char *change; /* "delete PATH", "insert PATH VALUE", "put PATH KEY VALUE", "first …", … */
    const char *result; /* NULL: refused */
};

/* The next word of a change. */
static struct str next_word(struct str *rest)
{
    struct str word;
    (void)str_cut(*rest, ' ', &word, rest);
    return word;
}

static void parse_change(struct reading *r, struct str text, struct patch_change *change)
{
    struct str rest = text;
    struct str word = next_word(&rest);
    change->first = str_eq(word, STR("first"));
    word = change->first ? next_word(&rest) : word;
    change->op = str_eq(word, STR("delete"))    ? PATCH_DELETE
                 : str_eq(word, STR("replace")) ? PATCH_REPLACE
                                                : PATCH_INSERT;
    change->list = str_eq(word, STR("insert"));
    struct str path = next_word(&rest);
    change->at = node_location(walk(r, str_eq(path, STR("$")) ? (struct str){0} : path));
    change->key = str_eq(word, STR("put")) ? next_word(&rest) : (struct str){0};
    struct tree *value = arena_new(&r->arena, struct tree);
    tree_init(value, &r->arena, &r->sources, &r->atoms);
    if (rest.len) {
        struct source *source = sources_add(&r->sources, STR("value"), rest);
        struct yaml_stream *stream = yaml_open(&r->arena, source, &r->findings);
        assert_int_equal(yaml_read(stream, &r->builder, value), YAML_DOCUMENT);
        yaml_close(stream);
    }
    change->tree = value;
    change->value = value->root;
}

static void check(const struct row *row)
{
    struct reading r;
    struct str text = str_from_c(row->text);
    bool json = text.ptr[0] == '{' && str_find(text, STR("\"")) == 1;
    if (json) {
        assert_true(reading_json(&r, text));
    } else {
        assert_int_equal(reading_yaml(&r, text), YAML_DOCUMENT);
    }
    struct patch_change changes[4] = {0};
    size_t count = 0;
    struct str one;
    struct str rest = str_from_c(row->change);
    for (bool more = true; more; count++) {
        more = str_cut(rest, ';', &one, &rest);
        parse_change(&r, one, &changes[count]);
    }
    struct patcher patcher = {.arena = &r.arena, .tree = &r.tree};
    struct text_edits edits = {.arena = &r.arena};
    struct str why = {0};
    bool planned = patch_plan(&patcher, changes, count, &edits, &why);
    text_edits_sort(&edits);
    struct str result = text_edits_apply(&r.arena, r.source, edits.items, edits.count);
    if (row->result) {
        assert_str_equal(planned ? result : why, str_from_c(row->result));
    } else {
        assert_str_equal(planned ? result : STR("refused"), STR("refused"));
        assert_true(why.len > 0);
        assert_int_equal(edits.count, 0);
    }
    reading_close(&r);
}

static void entries_are_put_into_lists(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{\"a\":[]}", "insert a x", "{\"a\":[\"x\"]}"},
        {"{\"a\":[ ]}", "insert a x", "{\"a\":[\"x\" ]}"},
        {"{\"a\":[1,2]}", "insert a x", "{\"a\":[1,2,\"x\"]}"},
        {"{\"a\": [1]}", "insert a 2", "{\"a\": [1, 2]}"},
        {"{\"a\": [1, 2]}", "first insert a x", "{\"a\": [\"x\", 1, 2]}"},
        {"{\"a\": [\r\n\t1,\r\n\t2\r\n]}", "insert a 3", "{\"a\": [\r\n\t1,\r\n\t2,\r\n\t3\r\n]}"},
        {"{\"a\": \"x\"}", "insert a z", "{\"a\": [\"x\", \"z\"]}"},
        {"{\"a\": {\"b\": 1}}", "insert a {\"c\": 2}", "{\"a\": [{\"b\": 1}, {\"c\":2}]}"},
        {"a: s3:Get # why\n", "insert a s3:Put", "a: [\"s3:Get\", \"s3:Put\"] # why\n"},
        {"a: 'x' # why\n", "insert a z", "a: ['x', 'z'] # why\n"},
        {"a: [] # none\n", "insert a x", "a: [\"x\"] # none\n"},
        {"a: [x, y] # both\n", "insert a z", "a: [x, y, z] # both\n"},
        {"a: [x, y,]\n", "insert a z", "a: [x, y, z,]\n"},
        {"a: [\n  x, # one\n  y # two\n]\n", "insert a z",
         "a: [\n  x, # one\n  y, # two\n  z\n]\n"},
        {"a: [\n  x, # one\n  y, # two\n]\n", "insert a z",
         "a: [\n  x, # one\n  y, # two\n  z,\n]\n"},
        {"a: [x, # one\n  ]\n", "insert a z", "a: [x, # one\n    z,\n  ]\n"},
        {"a:\n  - x # one\n  # below\nb: 1\n", "insert a z",
         "a:\n  - x # one\n  - z\n  # below\nb: 1\n"},
        {"a:\n- 'x'\nb: 1", "insert a z", "a:\n- 'x'\n- 'z'\nb: 1"},
        {"a:\r\n  - x\r\n", "insert a z", "a:\r\n  - x\r\n  - z\r\n"},
        {"- - x\n  - y\n", "insert 0 z", "- - x\n  - y\n  - z\n"},
        {"- a", "insert $ b", "- a\n- b"},
        {"a:\n  - x\n", "first insert a z", "a:\n  - z\n  - x\n"},
        {"a:\n  - |\n    text\n\nb: 1\n", "insert a z", "a:\n  - |\n    text\n  - z\n\nb: 1\n"},
        {"a:\n  - x\n", "insert a \"- q\"", "a:\n  - x\n  - \"- q\"\n"},
        {"a:\n  - x\n", "insert a \"1.20\"", "a:\n  - x\n  - \"1.20\"\n"},
        {"a:\n  - x\n", "insert a \"no\"", "a:\n  - x\n  - \"no\"\n"},
        {"a:\n  - x\n", "insert a \"2012-10-17\"", "a:\n  - x\n  - \"2012-10-17\"\n"},
        {"a:\n", "insert a z", NULL},
        {"a: !Sub x\n", "insert a z", NULL},
        {"a: &b x\nc: *b\n", "insert a z", NULL},
        {"a: &b [x]\nc: *b\n", "insert a z", NULL},
        {"a: &b [x]\nc: *b\n", "insert c y", NULL},
        {"a: |\n  x\n", "insert a z", NULL},
        {"a:\n  b: 1\n", "insert a z", NULL},
        {"a:\n  - |+\n    x\n\nb: 1\n", "insert a z", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check(&rows[i]);
    }
}

static void members_are_put_into_objects(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{\"a\": {}}", "put a k v", "{\"a\": {\"k\": \"v\"}}"},
        {"{\"a\":1}", "put $ k v", "{\"a\":1, \"k\":\"v\"}"},
        {"{\"a\": 1}", "first put $ k v", "{\"k\": \"v\", \"a\": 1}"},
        {"{\n  \"a\": 1\n}\n", "first put $ k v", "{\n  \"k\": \"v\",\n  \"a\": 1\n}\n"},
        {"{\n  \"a\": 1\n}\n", "put $ k [v]", "{\n  \"a\": 1,\n  \"k\": [\"v\"]\n}\n"},
        {"a: 1 # c\n", "put $ k v", "a: 1 # c\nk: v\n"},
        {"# head\na: 1\n", "first put $ k v", "# head\nk: v\na: 1\n"},
        {"- a: 1\n  b: 2\n", "put 0 k v", "- a: 1\n  b: 2\n  k: v\n"},
        {"- a: 1\n", "first put 0 k v", "- k: v\n  a: 1\n"},
        {"'a': 1\n", "put $ k v", "'a': 1\n'k': v\n"},
        {"a: {b: c}\n", "put a k v", "a: {b: c, k: v}\n"},
        {"a: {b: }\n", "put a k v", "a: {b: , k: \"v\" }\n"},
        {"a: {}\n", "put a k v", "a: {\"k\": \"v\"}\n"},
        {"a: 1\n", "put $ a v", NULL},
        {"a: 1\n", "put a k v", NULL},
        {"? a\n: 1\n", "put $ k v", NULL},
        {"b: &b {x: 1}\na:\n  <<: *b\n", "put b k v", NULL},
        {"b: &b {x: 1}\na:\n  <<: *b\n", "put a x v", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check(&rows[i]);
    }
}

static void entries_are_taken_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{\"a\": [1, 2, 3]}", "delete a.0", "{\"a\": [2, 3]}"},
        {"{\"a\": [1, 2, 3]}", "delete a.1", "{\"a\": [1, 3]}"},
        {"{\"a\": [1, 2, 3]}", "delete a.2", "{\"a\": [1, 2]}"},
        {"{\"a\": [1, 2, 3]}", "delete a.0;delete a.1", "{\"a\": [3]}"},
        {"{\"a\": [1, 2, 3]}", "delete a.0;delete a.2", "{\"a\": [2]}"},
        {"{\"a\": [1, 2, 3]}", "delete a.1;delete a.2", "{\"a\": [1]}"},
        {"{\"a\": [1, 2, 3]}", "delete a.0;delete a.1;delete a.2", "{\"a\": []}"},
        {"{\"a\": [ 1 ]}", "delete a.0", "{\"a\": []}"},
        {"{\n  \"a\": 1,\n  \"b\": 2\n}", "delete a", "{\n  \"b\": 2\n}"},
        {"{\n  \"a\": 1,\n  \"b\": 2\n}", "delete b", "{\n  \"a\": 1\n}"},
        {"{\"a\": 1}", "delete a", "{}"},
        {"a: [x, # one\n  y, # two\n  z # three\n]\n", "delete a.0",
         "a: [y, # two\n  z # three\n]\n"},
        {"a: [x, # one\n  y, # two\n  z # three\n]\n", "delete a.1",
         "a: [x, # one\n  z # three\n]\n"},
        {"a: [x, # one\n  y, # two\n  z # three\n]\n", "delete a.2",
         "a: [x, # one\n  y # two\n]\n"},
        {"a: [\n  # of x\n  x,\n  # of y\n  y\n]\n", "delete a.0", "a: [\n  # of y\n  y\n]\n"},
        {"a: [x, y,]\n", "delete a.1", "a: [x, ]\n"},
        {"a: [x, # one\n  y]\n", "delete a.1", "a: [x # one\n  ]\n"},
        {"a: [!Sub x, y]\n", "delete a.0", "a: [y]\n"},
        {"a:\n  # of x\n  - x # one\n  # of y\n  - y # two\n  # of z\n  - z # three\nb: 1\n",
         "delete a.0", "a:\n  # of y\n  - y # two\n  # of z\n  - z # three\nb: 1\n"},
        {"a:\n  # of x\n  - x # one\n  # of y\n  - y # two\n  # of z\n  - z # three\nb: 1\n",
         "delete a.1", "a:\n  # of x\n  - x # one\n  # of z\n  - z # three\nb: 1\n"},
        {"a:\n  # of x\n  - x # one\n  # of y\n  - y # two\n  # of z\n  - z # three\nb: 1\n",
         "delete a.2", "a:\n  # of x\n  - x # one\n  # of y\n  - y # two\nb: 1\n"},
        {"a:\n  - x # one\nb: 1\n", "delete a.0", "a: []\nb: 1\n"},
        {"a: # all\n- x\nb: 1\n", "delete a.0", "a: [] # all\nb: 1\n"},
        {"- k: v\n  l: w\n", "delete 0.k", "- l: w\n"},
        {"- k: v\n  l: w\n", "delete 0.l", "- k: v\n"},
        {"- k: v\n", "delete 0.k", "- {}\n"},
        {"a: 1\nb:\n  c: 2\n", "delete b", "a: 1\n"},
        {"a: 1\n# of b\nb: 2\n", "delete a", "# of b\nb: 2\n"},
        {"a: &x 1\nb: *x\n", "delete a", NULL},
        {"a: &x 1\nb: *x\n", "delete b", "a: &x 1\n"},
        {"b: &b {x: 1}\na:\n  <<: *b\n  y: 2\n", "delete a.y", NULL},
        {"a: 1\n", "delete $", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check(&rows[i]);
    }
}

static void values_and_names_are_replaced(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{\"a\": \"x\"}", "replace a y", "{\"a\": \"y\"}"},
        {"{\"a\": \"x\"}", "replace a \"q\\\"\\n\"", "{\"a\": \"q\\\"\\n\"}"},
        {"{\"a\": 5}", "replace a \"5\"", "{\"a\": \"5\"}"},
        {"{\"a\": {\"b\": 1}}", "replace a x", "{\"a\": \"x\"}"},
        {"{\"a\": 1}", "replace (a) b", "{\"b\": 1}"},
        {"a: x # c\n", "replace a z", "a: z # c\n"},
        {"a: 'x'\n", "replace a it's", "a: 'it''s'\n"},
        {"a: 'x'\n", "replace a \"a\\nb\"", "a: \"a\\nb\"\n"},
        {"a: \"x\"\n", "replace a y", "a: \"y\"\n"},
        {"a: 1.20 # v\n", "replace a \"1.20\"", "a: \"1.20\" # v\n"},
        {"a: x\n", "replace a \"b: c\"", "a: \"b: c\"\n"},
        {"a: [x]\n", "replace a.0 \"b,c\"", "a: [\"b,c\"]\n"},
        {"a:\nb: 1\n", "replace a x", "a: x\nb: 1\n"},
        {"a: |\n  x\n  y\nb: 1\n", "replace a \"p\\nq\\n\"", "a: |\n  p\n  q\nb: 1\n"},
        {"a: |\n  x\nb: 1\n", "replace a p", "a: \"p\"\nb: 1\n"},
        {"a: >\n  x\n  y\nb: 1\n", "replace a p", "a: \"p\"\nb: 1\n"},
        {"a: long\n  text\nb: 1\n", "replace a p", "a: p\nb: 1\n"},
        {"'a' : 1\n", "replace (a) b", "'b' : 1\n"},
        {"a: {b: 1}\n", "replace (a) c", "c: {b: 1}\n"},
        {"a: &x 1\nb: *x\n", "replace b 2", "a: &x 1\nb: 2\n"},
        {"a: &x 1\nb: *x\n", "replace a 2", NULL},
        {"a: !t x\n", "replace a y", NULL},
        {"a:\n>-\n  x\n", "replace a y", NULL},
        {"a: | # c\n  x\n", "replace a y", NULL},
        {"a:\n  b: 1\n", "replace a x", NULL},
        {"a: [x, # c\n y]\n", "replace a x", NULL},
        {"a: 1\nb: 2\n", "replace (a) b", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check(&rows[i]);
    }
}

/* ---- documents inside strings ---- */

static void documents_inside_strings_are_edited_in_the_file(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"d: |\n  {\"a\": [1,\n    2]}\n", "insert a x",
         "d: |\n  {\"a\": [1,\n    2,\n    \"x\"]}\n"},
        {"d: |\n  {\n    \"a\": 1\n  }\n", "first put $ k v",
         "d: |\n  {\n    \"k\": \"v\",\n    \"a\": 1\n  }\n"},
        {"d: |\r\n  {\r\n    \"a\": 1,\r\n    \"b\": 2\r\n  }\r\n", "delete b",
         "d: |\r\n  {\r\n    \"a\": 1\r\n  }\r\n"},
        {"d: \"{\\\"a\\\": [1]}\"\n", "insert a x", "d: \"{\\\"a\\\": [1, \\\"x\\\"]}\"\n"},
        {"d: '{\"a\": [1]}'\n", "insert a it's", "d: '{\"a\": [1, \"it''s\"]}'\n"},
        {"d: >-\n  {\"a\":\n  [1]}\n", "insert a x", NULL},
        {"d: |2\n    {\"a\": [1]}\n", "insert a x", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct reading r;
        struct str why = {0};
        assert_int_equal(reading_yaml(&r, str_from_c(rows[i].text)), YAML_DOCUMENT);
        struct tree outer = r.tree;
        struct source *source = scalar_source(&outer, tree_member(&outer, outer.root, STR("d")));
        tree_init(&r.tree, &r.arena, &r.sources, &r.atoms);
        assert_true(json_read_whole(&r.builder, &r.tree, source, &r.findings));
        struct tree inner = r.tree;
        struct patch_change change = {0};
        parse_change(&r, str_from_c(rows[i].change), &change);
        struct patcher patcher = {.arena = &r.arena, .tree = &inner};
        struct text_edits edits = {.arena = &r.arena};
        assert_true(patch_plan(&patcher, &change, 1, &edits, &why));
        bool lifted = patch_lift(&r.arena, &outer, source, &edits, &why);
        text_edits_sort(&edits);
        struct str result = text_edits_apply(&r.arena, r.source, edits.items, edits.count);
        assert_str_equal(lifted ? result : STR("refused"),
                         rows[i].result ? str_from_c(rows[i].result) : STR("refused"));
        reading_close(&r);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_put_into_lists),
        cmocka_unit_test(members_are_put_into_objects),
        cmocka_unit_test(entries_are_taken_out),
        cmocka_unit_test(values_and_names_are_replaced),
        cmocka_unit_test(documents_inside_strings_are_edited_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
