/* SPDX-License-Identifier: MIT */
/*
 * The strict JSON reader against JSONTestSuite, against jansson as a second opinion, and against
 * itself: the text of every node's span is read again and must give an equal node.
 */
#include "reading.h"

#include <jansson.h>

#include <math.h>
#include <stdlib.h>

enum { FILES_Y = 95, FILES_N = 188, CORPUS_FILES = 1641 };

/*
 * What RFC 8259 leaves open, decided: numbers of any size, no lone surrogates, nothing but UTF-8, a
 * BOM is skipped.
 */
static const struct {
    const char *name;
    bool accepted;
} undefined[] = {
    {"i_number_double_huge_neg_exp.json", true},
    {"i_number_huge_exp.json", true},
    {"i_number_neg_int_huge_exp.json", true},
    {"i_number_pos_double_huge_exp.json", true},
    {"i_number_real_neg_overflow.json", true},
    {"i_number_real_pos_overflow.json", true},
    {"i_number_real_underflow.json", true},
    {"i_number_too_big_neg_int.json", true},
    {"i_number_too_big_pos_int.json", true},
    {"i_number_very_big_negative_int.json", true},
    {"i_object_key_lone_2nd_surrogate.json", false},
    {"i_string_1st_surrogate_but_2nd_missing.json", false},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", false},
    {"i_string_UTF-16LE_with_BOM.json", false},
    {"i_string_UTF-8_invalid_sequence.json", false},
    {"i_string_UTF8_surrogate_U+D800.json", false},
    {"i_string_incomplete_surrogate_and_escape_valid.json", false},
    {"i_string_incomplete_surrogate_pair.json", false},
    {"i_string_incomplete_surrogates_escape_valid.json", false},
    {"i_string_invalid_lonely_surrogate.json", false},
    {"i_string_invalid_surrogate.json", false},
    {"i_string_invalid_utf-8.json", false},
    {"i_string_inverted_surrogates_U+1D11E.json", false},
    {"i_string_iso_latin_1.json", false},
    {"i_string_lone_second_surrogate.json", false},
    {"i_string_lone_utf8_continuation_byte.json", false},
    {"i_string_not_in_unicode_range.json", false},
    {"i_string_overlong_sequence_2_bytes.json", false},
    {"i_string_overlong_sequence_6_bytes.json", false},
    {"i_string_overlong_sequence_6_bytes_null.json", false},
    {"i_string_truncated-utf-8.json", false},
    {"i_string_utf16BE_no_BOM.json", false},
    {"i_string_utf16LE_no_BOM.json", false},
    {"i_structure_500_nested_arrays.json", true},
    {"i_structure_UTF-8_BOM_empty_object.json", true},
};

static bool is_undefined_accepted(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(undefined); i++) {
        if (strcmp(undefined[i].name, name) == 0) {
            return undefined[i].accepted;
        }
    }
    fail_msg("'%s' is not in the table", name);
    return false;
}

/* A refusal is one error that says where: inside the text or at its end. */
static void assert_refusal(struct reading *r, const char *name)
{
    if (r->findings.count != 1) {
        fail_msg("%s: %zu findings", name, r->findings.count);
    }
    const struct finding *finding = &r->findings.items[0];
    assert_str_equal(finding->rule, STR("syntax/json"));
    assert_true(finding->unreadable && finding->has_location);
    assert_true(finding->message.len > 0);
    assert_true(finding->at.span.lo <= finding->at.span.hi);
    assert_true(finding->at.span.hi <= r->source->bytes.len);
    struct position position = source_position(r->source, finding->at.span.lo);
    assert_true(position.line >= 1 && position.column >= 1);
    assert_null(r->tree.root);
}

static void suite_is_judged_as_it_says(void **state)
{
    (void)state;
    char *folder = test_shared_path("conformance/json");
    struct test_files files = test_list_files(folder, ".json");
    size_t counts[2] = {0};
    size_t undefined_count = 0;
    for (size_t i = 0; i < files.count; i++) {
        const char *name = files.items[i].name;
        bool expected = name[0] == 'i' ? is_undefined_accepted(name) : name[0] == 'y';
        struct str bytes = test_read_file(files.items[i].path);
        struct reading r;
        bool accepted = reading_json(&r, bytes);
        if (accepted != expected) {
            fail_msg("'%s' is %s", name, accepted ? "accepted" : "refused");
        }
        if (!accepted) {
            assert_refusal(&r, name);
        }
        undefined_count += name[0] == 'i';
        counts[accepted] += name[0] != 'i';
        reading_close(&r);
        test_free_contents(bytes);
    }
    assert_int_equal(counts[true], FILES_Y);
    assert_int_equal(counts[false], FILES_N);
    assert_int_equal(undefined_count, COUNT_OF(undefined));
    test_free_files(&files);
    free(folder);
}

static bool same(const struct tree *tree, const struct node *node, const json_t *json);

static bool same_array(const struct tree *tree, const struct node *node, const json_t *json)
{
    if (node->kind != NODE_ARRAY || node_size(node) != json_array_size(json)) {
        return false;
    }
    for (uint32_t i = 0; i < node_size(node); i++) {
        if (!same(tree, tree_element(tree, node, i), json_array_get(json, i))) {
            return false;
        }
    }
    return true;
}

static bool same_object(const struct tree *tree, const struct node *node, const json_t *json)
{
    if (node->kind != NODE_OBJECT || node_size(node) != json_object_size(json)) {
        return false;
    }
    for (uint32_t i = 0; i < node_size(node); i++) {
        struct str name = tree_text(tree, tree_key(tree, node, i));
        const json_t *value = json_object_getn(json, name.ptr, name.len);
        if (!value || !same(tree, tree_value(tree, node, i), value)) {
            return false;
        }
    }
    return true;
}

/* Our node and jansson's value are the same JSON. */
static bool same(const struct tree *tree, const struct node *node, const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return same_object(tree, node, json);
    case JSON_ARRAY:
        return same_array(tree, node, json);
    case JSON_STRING:
        return node->kind == NODE_STRING &&
               str_eq(tree_text(tree, node),
                      (struct str){json_string_value(json), json_string_length(json)});
    case JSON_INTEGER:
    case JSON_REAL:
        return node->kind == NODE_NUMBER &&
               fabs(tree_number(tree, node) - json_number_value(json)) <= 0;
    case JSON_TRUE:
    case JSON_FALSE:
        return node->kind == NODE_BOOL && tree_bool(tree, node) == json_is_true(json);
    case JSON_NULL:
        return node->kind == NODE_NULL;
    }
    return false;
}

/* False where jansson refuses the text; fails where it accepts it and sees something else. */
static bool agrees_with_jansson(struct reading *r, const char *name)
{
    json_error_t error;
    struct str bytes = r->source->bytes;
    json_t *json = json_loadb(bytes.ptr, bytes.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!json) {
        return false;
    }
    if (!same(&r->tree, r->tree.root, json)) {
        fail_msg("'%s': jansson reads another value", name);
    }
    json_decref(json);
    return true;
}

/* The text of a node, read as a document of its own, is an equal node. */
static void assert_reads_again(struct reading *r, const struct node *node, const char *name)
{
    struct reading again;
    bool read = reading_json(&again, str_slice(r->source->bytes, node->lo, node->hi));
    if (!read) {
        fail_msg("'%s': the text at %.*s is no value", name,
                 STR_ARG(reading_position(r, node->lo)));
    }
    bool equal = node->kind == NODE_KEY ? again.tree.root->kind == NODE_STRING &&
                                              str_eq(tree_text(&again.tree, again.tree.root),
                                                     tree_text(&r->tree, node))
                                        : tree_equal(&again.tree, again.tree.root, &r->tree, node);
    if (!equal) {
        fail_msg("'%s': the text at %.*s is another value", name,
                 STR_ARG(reading_position(r, node->lo)));
    }
    reading_close(&again);
}

static size_t assert_all_read_again(struct reading *r, const struct node *node, const char *name)
{
    size_t count = 1;
    assert_reads_again(r, node, name);
    for (uint32_t i = 0; node_is_container(node) && i < node->count; i++) {
        count += assert_all_read_again(r, tree_children(&r->tree, node) + i, name);
    }
    return count;
}

static void suite_agrees_with_jansson(void **state)
{
    (void)state;
    char *folder = test_shared_path("conformance/json");
    struct test_files files = test_list_files(folder, ".json");
    for (size_t i = 0; i < files.count; i++) {
        const char *name = files.items[i].name;
        if (name[0] != 'y') {
            continue;
        }
        struct str bytes = test_read_file(files.items[i].path);
        struct reading r;
        assert_true(reading_json(&r, bytes));
        /* jansson's keys are C strings: even with JSON_ALLOW_NUL it refuses U+0000 in them. */
        bool refuses = strcmp(name, "y_object_escaped_null_in_key.json") == 0;
        if (agrees_with_jansson(&r, name) == refuses) {
            fail_msg("'%s': jansson %s it", name, refuses ? "accepts" : "refuses");
        }
        assert_all_read_again(&r, r.tree.root, name);
        reading_close(&r);
        test_free_contents(bytes);
    }
    test_free_files(&files);
    free(folder);
}

static void managed_policies_agree_with_jansson(void **state)
{
    (void)state;
    char *folder = test_shared_path("corpus/managed-policies");
    struct test_files files = test_list_files(folder, ".json");
    size_t nodes = 0;
    assert_int_equal(files.count, CORPUS_FILES);
    for (size_t i = 0; i < files.count; i++) {
        struct str bytes = test_read_file(files.items[i].path);
        struct reading r;
        assert_true(reading_json(&r, bytes));
        assert_int_equal(r.findings.count, 0);
        assert_true(agrees_with_jansson(&r, files.items[i].name));
        nodes += assert_all_read_again(&r, r.tree.root, files.items[i].name);
        reading_close(&r);
        test_free_contents(bytes);
    }
    assert_true(nodes > 100000);
    test_free_files(&files);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suite_is_judged_as_it_says),
        cmocka_unit_test(suite_agrees_with_jansson),
        cmocka_unit_test(managed_policies_agree_with_jansson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
