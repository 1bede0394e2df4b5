/* SPDX-License-Identifier: MIT */
/*
 * Where every node of a YAML file stands: testdata/spans/NAME.yaml beside NAME.spans, one line for
 * each node in document order: its path (a key has its member's), place, kind, style and text.
 * Lines and columns do not depend on how lines end or on a byte order mark, so the same lines are
 * expected of each variant.
 */
#include "base/buf.h"
#include "reading.h"
#include "tree/locate.h"

#include <stdlib.h>

enum { DUMP_MAX = 1 << 20 };

static const char *const styles[] = {"plain",  "single", "double", "literal",
                                     "folded", "flow",   "block"};

static void add_text(struct buf *dump, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '\n':
            buf_add_c(dump, "\\n");
            break;
        case '\t':
            buf_add_c(dump, "\\t");
            break;
        default:
            buf_add_char(dump, text.ptr[i]);
        }
    }
}

static void add_line(struct buf *dump, struct reading *r, struct str path, const struct node *node)
{
    struct str place = reading_span(r, (struct span){node->lo, node->hi});
    struct str tag = tree_tag(&r->tree, node);
    buf_printf(dump, "%.*s %.*s %.*s", STR_ARG(path), STR_ARG(place),
               STR_ARG(node_kind_name(node->kind)));
    if (node->kind != NODE_KEY) {
        buf_printf(dump, " %s", styles[node->style]);
    }
    if (node->flags & NODE_ALIAS) {
        buf_add_c(dump, " alias");
    }
    if (tag.len) {
        buf_printf(dump, " %.*s", STR_ARG(tag));
    }
    if (!node_is_container(node)) {
        buf_add_c(dump, " |");
        add_text(dump, tree_text(&r->tree, node));
        buf_add_c(dump, "|");
    }
    buf_add_char(dump, '\n');
}

/* Append a node and what is below it; `path` is left as it was. */
static void add_nodes(struct buf *dump, struct reading *r, struct buf *path,
                      const struct node *node)
{
    size_t len = path->len;
    add_line(dump, r, buf_str(path), node);
    for (uint32_t i = 0; i < node_size(node); i++) {
        const struct node *child = node->kind == NODE_OBJECT ? tree_value(&r->tree, node, i)
                                                             : tree_element(&r->tree, node, i);
        if (node->kind == NODE_OBJECT) {
            path_add_name(path, tree_text(&r->tree, node_key_of(child)));
            add_line(dump, r, buf_str(path), node_key_of(child));
        } else {
            path_add_index(path, i);
        }
        add_nodes(dump, r, path, child);
        path->len = len;
    }
}

static struct buf dump_spans(struct str yaml)
{
    struct buf dump = buf_with_max(DUMP_MAX);
    struct buf path = buf_with_max(DUMP_MAX);
    struct reading r;
    assert_int_equal(reading_yaml(&r, yaml), YAML_DOCUMENT);
    assert_int_equal(r.findings.count, 0);
    buf_add_char(&path, '$');
    add_nodes(&dump, &r, &path, r.tree.root);
    assert_false(dump.truncated);
    buf_release(&path);
    reading_close(&r);
    return dump;
}

/* The same text after `start`, with other line ends. */
static struct buf vary(struct str text, const char *start, const char *line_end)
{
    struct buf varied = buf_with_max(DUMP_MAX);
    buf_add_c(&varied, start);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            buf_add_c(&varied, line_end);
        } else {
            buf_add_char(&varied, text.ptr[i]);
        }
    }
    return varied;
}

static void every_node_is_where_it_should_be(void **state)
{
    (void)state;
    static const struct {
        const char *start;
        const char *line_end;
    } variants[] = {
        {"", "\n"}, {"", "\r\n"}, {"", "\r"}, {"\xEF\xBB\xBF", "\n"}, {"\xEF\xBB\xBF", "\r\n"}};
    struct test_files files = test_list_files(EKSLINT_SOURCE_DIR "/testdata/spans", ".yaml");
    assert_true(files.count > 0);
    for (size_t i = 0; i < files.count; i++) {
        struct str yaml = test_read_file(files.items[i].path);
        struct buf expected_path = buf_with_max(DUMP_MAX);
        struct str stem = str_from_c(files.items[i].path);
        buf_printf(&expected_path, "%.*s.spans%c", (int)(stem.len - strlen(".yaml")), stem.ptr,
                   '\0');
        struct str expected = test_read_file(expected_path.ptr);
        for (size_t v = 0; v < COUNT_OF(variants); v++) {
            struct buf varied = vary(yaml, variants[v].start, variants[v].line_end);
            struct buf dump = dump_spans(buf_str(&varied));
            assert_str_equal(buf_str(&dump), expected);
            buf_release(&dump);
            buf_release(&varied);
        }
        buf_release(&expected_path);
        test_free_contents(expected);
        test_free_contents(yaml);
    }
    test_free_files(&files);
}

/*
 * Byte offsets do depend on them: of a key behind three lines and four characters of more than one
 * byte.
 */
static void offsets_count_every_byte(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        uint32_t offset;
    } cases[] = {
        {STR_INIT("a: \xC3\xA9\n# \xE6\x9D\xB1\xF0\x9F\x98\x80\n\nb: 1\n"), 17},
        {STR_INIT("a: \xC3\xA9\r\n# \xE6\x9D\xB1\xF0\x9F\x98\x80\r\n\r\nb: 1\r\n"), 20},
        {STR_INIT("\xEF\xBB\xBF"
                  "a: \xC3\xA9\n# \xE6\x9D\xB1\xF0\x9F\x98\x80\n\nb: 1\n"),
         20},
        {STR_INIT("a: \xC2\x85\n#\xE2\x80\xA8#\xF0\x9F\x98\x80\n\nb: 1\n"), 17},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading r;
        assert_int_equal(reading_yaml(&r, cases[i].text), YAML_DOCUMENT);
        const struct node *key = node_key_of(tree_member(&r.tree, r.tree.root, STR("b")));
        struct position position = source_position(r.source, key->lo);
        assert_int_equal(position.offset, cases[i].offset);
        assert_int_equal(position.column, 1);
        reading_close(&r);
    }
}

/* Far into a text, where the table of code points has many entries. */
static void offsets_hold_far_into_the_text(void **state)
{
    (void)state;
    struct buf text = buf_with_max(DUMP_MAX);
    enum { LINES = 1000 };
    for (unsigned i = 0; i < LINES; i++) {
        buf_printf(&text, "\xC3\xA9%04u: [\xE6\x9D\xB1, \"\xF0\x9F\x98\x80\"]\n", i);
    }
    struct reading r;
    assert_int_equal(reading_yaml(&r, buf_str(&text)), YAML_DOCUMENT);
    assert_int_equal(node_size(r.tree.root), LINES);
    for (uint32_t i = 0; i < LINES; i++) {
        const struct node *value = tree_value(&r.tree, r.tree.root, i);
        struct str place = arena_format(&r.arena, "%u:8-%u:16", i + 1, i + 1);
        assert_str_equal(reading_span(&r, (struct span){value->lo, value->hi}), place);
        assert_str_equal(tree_text(&r.tree, tree_element(&r.tree, value, 1)),
                         STR("\xF0\x9F\x98\x80"));
    }
    reading_close(&r);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_is_where_it_should_be),
        cmocka_unit_test(offsets_count_every_byte),
        cmocka_unit_test(offsets_hold_far_into_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
