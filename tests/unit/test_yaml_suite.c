/* SPDX-License-Identifier: MIT */
/*
 * The YAML reader against yaml-test-suite. What is accepted and refused is libyaml's doing and
 * pinned case by case in tests/data/yaml-suite-verdicts.txt, so that a change of either is seen;
 * the values of what is accepted must be those of the suite's JSON, and every span and every map of
 * a scalar must hold together.
 */
#include "reading.h"
#include "tree/inner.h"
#include "tree/locate.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { CASES = 402, VALID_ACCEPTED = 257, INVALID_REFUSED = 78, COMPARED = 239 };

/* Accepted and valid, but not the value that the suite's JSON has. */
static const struct {
    const char *name;
    const char *reason;
} other_values[] = {
    {"652Z",
     "libyaml takes '?' in flow context for the indicator, with or without a space behind it"},
    {"HM87/01", "the same"},
    {"JEF9/02", "libyaml drops a last line that is white space without a line break"},
    {"L24T/01", "the same"},
    {"Y2GN", "libyaml ends an anchor's name at ':'"},
};

static bool has_other_value(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(other_values); i++) {
        if (str_eq(name, str_from_c(other_values[i].name))) {
            return true;
        }
    }
    return false;
}

static struct str read_list(void)
{
    return test_read_file(EKSLINT_SOURCE_DIR "/tests/data/yaml-suite-verdicts.txt");
}

/* The path of a file of a case, or NULL where the case has none. */
static char *case_file(struct str name, const char *file)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/conformance/yaml/%.*s/%s", EKSLINT_SHARED_DIR, STR_ARG(name),
             file);
    struct stat status;
    return stat(path, &status) == 0 ? path : NULL;
}

/* One case of the list: its name and what is to be expected of it. */
struct verdict {
    struct str name;
    bool valid, accepted;
};

static bool next_verdict(struct str *list, struct verdict *verdict)
{
    struct str line;
    struct str validity;
    struct str decision;
    if (list->len == 0) {
        return false;
    }
    str_cut(*list, '\n', &line, list);
    assert_true(str_cut(line, ' ', &verdict->name, &validity));
    assert_true(str_cut(validity, ' ', &validity, &decision));
    verdict->valid = str_eq(validity, STR("valid"));
    verdict->accepted = str_eq(decision, STR("accepted"));
    return true;
}

typedef void (*node_visitor)(struct reading *r, struct str name, const struct node *node,
                             const struct node *parent);

static void walk(struct reading *r, struct str name, const struct node *node,
                 const struct node *parent, node_visitor visit)
{
    visit(r, name, node, parent);
    for (uint32_t i = 0; node_is_container(node) && i < node->count; i++) {
        walk(r, name, tree_children(&r->tree, node) + i, node, visit);
    }
}

/* Runs `visit` over all documents of a case; true where the stream was read to its end. */
static bool read_case(struct reading *r, struct str name, struct str bytes, node_visitor visit)
{
    reading_open(r, bytes);
    struct yaml_stream *stream = yaml_open(&r->arena, r->source, &r->findings);
    enum yaml_result result;
    while ((result = reading_next(r, stream)) == YAML_DOCUMENT) {
        if (visit) {
            walk(r, name, r->tree.root, NULL, visit);
        }
    }
    yaml_close(stream);
    return result == YAML_END;
}

static void assert_located_error(struct reading *r, struct str name)
{
    size_t errors = 0;
    for (size_t i = 0; i < r->findings.count; i++) {
        const struct finding *finding = &r->findings.items[i];
        errors += finding->severity == SEVERITY_ERROR;
        assert_true(finding->at.span.lo <= finding->at.span.hi);
        assert_true(finding->at.span.hi <= r->source->bytes.len);
    }
    if (errors != 1) {
        fail_msg("%.*s: %zu errors", STR_ARG(name), errors);
    }
}

/* Each test runs over the list; the shared folder decides whether it can. */
static struct str start(void)
{
    free(test_shared_path("conformance/yaml"));
    return read_list();
}

static void verdicts_are_the_pinned_ones(void **state)
{
    (void)state;
    struct str whole = start();
    struct str list = whole;
    size_t counts[2][2] = {{0}};
    for (struct verdict verdict; next_verdict(&list, &verdict);) {
        assert_int_equal(case_file(verdict.name, "error") == NULL, verdict.valid);
        struct str bytes = test_read_file(case_file(verdict.name, "in.yaml"));
        struct reading r;
        bool accepted = read_case(&r, verdict.name, bytes, NULL);
        if (accepted != verdict.accepted) {
            fail_msg("%.*s is %s", STR_ARG(verdict.name), accepted ? "accepted" : "refused");
        }
        if (!accepted) {
            assert_located_error(&r, verdict.name);
        }
        counts[verdict.valid][accepted]++;
        reading_close(&r);
        test_free_contents(bytes);
    }
    assert_int_equal(counts[true][true], VALID_ACCEPTED);
    assert_int_equal(counts[false][false], INVALID_REFUSED);
    assert_int_equal(counts[true][true] + counts[true][false] + counts[false][true] +
                         counts[false][false],
                     CASES);
    test_free_contents(whole);
}

/* The documents of a case beside those of its in.json. */
static bool has_values_of_json(struct str name, struct str yaml, struct str json)
{
    struct reading r;
    struct reading expected;
    reading_open(&r, yaml);
    reading_open(&expected, json);
    struct yaml_stream *stream = yaml_open(&r.arena, r.source, &r.findings);
    struct json_cursor cursor = {expected.source, 0};
    bool equal = true;
    while (equal && reading_next(&r, stream) == YAML_DOCUMENT) {
        tree_init(&expected.tree, &expected.arena, &expected.sources, &expected.atoms);
        bool more = !json_at_end(&cursor);
        if (more && !json_read(&expected.builder, &expected.tree, &cursor, &expected.findings)) {
            fail_msg("%.*s: in.json is no JSON", STR_ARG(name));
        }
        equal = more && tree_equal(&r.tree, r.tree.root, &expected.tree, expected.tree.root);
    }
    equal = equal && json_at_end(&cursor);
    yaml_close(stream);
    reading_close(&r);
    reading_close(&expected);
    return equal;
}

static void values_are_those_of_the_json(void **state)
{
    (void)state;
    struct str whole = start();
    struct str list = whole;
    size_t compared = 0;
    for (struct verdict verdict; next_verdict(&list, &verdict);) {
        if (!verdict.valid || !verdict.accepted || !case_file(verdict.name, "in.json")) {
            continue;
        }
        struct str json = test_read_file(case_file(verdict.name, "in.json"));
        struct str yaml = test_read_file(case_file(verdict.name, "in.yaml"));
        if (has_values_of_json(verdict.name, yaml, json) == has_other_value(verdict.name)) {
            fail_msg("%.*s: the value is %s that of in.json", STR_ARG(verdict.name),
                     has_other_value(verdict.name) ? "now" : "not");
        }
        compared++;
        test_free_contents(json);
        test_free_contents(yaml);
    }
    assert_int_equal(compared, COMPARED);
    test_free_contents(whole);
}

/*
 * Spans are in the text, and a node's are in its parent's but below an alias. (No case has a merge
 * key that is used.)
 */
static void check_span(struct reading *r, struct str name, const struct node *node,
                       const struct node *parent)
{
    bool inside = node->lo <= node->hi && node->hi <= r->source->bytes.len;
    if (parent && !(parent->flags & NODE_ALIAS)) {
        inside = inside && node->lo >= parent->lo && node->hi <= parent->hi;
    }
    if (!inside) {
        fail_msg("%.*s: a span at %.*s", STR_ARG(name),
                 STR_ARG(reading_span(r, (struct span){node->lo, node->hi})));
    }
}

/*
 * The place of every node leads back to it, or to one in the same place; the place of a key to its
 * value.
 */
static void check_location(struct reading *r, struct str name, const struct node *node,
                           const struct node *parent)
{
    (void)parent;
    struct buf path = buf_with_max(4096);
    const struct node *found = tree_locate(&r->tree, (struct span){node->lo, node->hi}, &path);
    bool same_place = found && found->lo == node->lo && found->hi == node->hi;
    if (node->kind == NODE_KEY ? found != node + 1 : !same_place) {
        fail_msg("%.*s: %.*s at %.*s", STR_ARG(name), STR_ARG(buf_str(&path)),
                 STR_ARG(reading_span(r, (struct span){node->lo, node->hi})));
    }
    buf_release(&path);
}

/*
 * Runs of a map stand one behind the other over the whole text; those of equal lengths spell it
 * byte by byte.
 */
static void check_map(struct reading *r, struct str name, const struct node *node,
                      const struct node *parent)
{
    (void)parent;
    if (node_is_container(node)) {
        return;
    }
    struct str text = tree_text(&r->tree, node);
    struct str bytes = r->source->bytes;
    struct span_map map = scalar_map(&r->arena, &r->tree, node);
    uint32_t done = 0;
    bool whole = true;
    for (uint32_t i = 0; i < map.count; i++) {
        const struct span_run *run = &map.runs[i];
        whole = whole && run->child == done && (size_t)run->parent + run->parent_len <= bytes.len;
        /*
         * One byte for one, as a CR for a line feed or a line feed for a space, needs no equality.
         */
        if (run->child_len == run->parent_len && run->child_len > 1) {
            whole = whole && str_eq(str_slice(text, run->child, run->child + run->child_len),
                                    str_slice(bytes, run->parent, run->parent + run->parent_len));
        }
        done += run->child_len;
    }
    bool exact = text.len < 2 || map.count != 1 || map.runs[0].child_len == map.runs[0].parent_len;
    bool may_be_whole = node->flags & NODE_ALIAS || node->kind == NODE_KEY;
    if (!whole || done != text.len || (!exact && !may_be_whole)) {
        fail_msg("%.*s: the map of the scalar at %.*s (%.*s)", STR_ARG(name),
                 STR_ARG(reading_position(r, node->lo)), STR_ARG(text));
    }
}

static void check_all(node_visitor visit)
{
    struct str whole = start();
    struct str list = whole;
    for (struct verdict verdict; next_verdict(&list, &verdict);) {
        struct str bytes = test_read_file(case_file(verdict.name, "in.yaml"));
        struct reading r;
        read_case(&r, verdict.name, bytes, visit);
        reading_close(&r);
        test_free_contents(bytes);
    }
    test_free_contents(whole);
}

static void spans_are_nested(void **state)
{
    (void)state;
    check_all(check_span);
}

static void places_lead_back(void **state)
{
    (void)state;
    check_all(check_location);
}

static void maps_spell_the_text(void **state)
{
    (void)state;
    check_all(check_map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_the_pinned_ones),
        cmocka_unit_test(values_are_those_of_the_json),
        cmocka_unit_test(spans_are_nested),
        cmocka_unit_test(places_lead_back),
        cmocka_unit_test(maps_spell_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
