/* SPDX-License-Identifier: MIT */
/* The subset of JSON Schema: what is accepted, what is refused, where and in which words. */
#include "model_world.h"

static const char shape[] =
    "{type: object, additionalProperties: false, required: [name],\n"
    " properties: {\n"
    "  name: {type: string},\n"
    "  count: {type: integer},\n"
    "  ratio: {type: number},\n"
    "  flag: {type: boolean},\n"
    "  maybe: {type: [string, 'null']},\n"
    "  many: {type: [string, number, object]},\n"
    "  colour: {enum: [red, green, 3]},\n"
    "  version: {const: v1},\n"
    "  pair: {type: array, minItems: 2, items: {type: string}},\n"
    "  any: {},\n"
    "  open: {type: object, properties: {known: {type: string}}},\n"
    "  map: {type: object, additionalProperties: {type: integer}},\n"
    "  texts: {anyOf: [{type: string}, {type: array, items: {type: string}},\n"
    "                  {type: object, additionalProperties: false, required: [en],\n"
    "                   properties: {en: {type: string}, ja: {type: string}}}]},\n"
    "  person: {$ref: '#/$defs/person'},\n"
    "  again: {$ref: '#/$defs/again'},\n"
    "  ping: {$ref: '#/$defs/ping'},\n"
    "  nowhere: {$ref: '#/$defs/nowhere'},\n"
    "  secret: {type: [string, 'null'], writeOnly: true},\n"
    "  choice: {enum: [one, two], writeOnly: true}},\n"
    " $defs: {\n"
    "  person: {type: object, additionalProperties: false,\n"
    "           properties: {name: {type: string}, child: {$ref: '#/$defs/person'},\n"
    "                        secret: {type: string, writeOnly: true}}},\n"
    "  again: {$ref: '#/$defs/again'},\n"
    "  ping: {$ref: '#/$defs/pong'}, pong: {$ref: '#/$defs/ping'}}}\n";

#define KEYS                                                                                       \
    "name, count, ratio, flag, maybe, many, colour, version, pair, any, open, map, texts, "        \
    "person, again, ping, nowhere, secret, choice"
#define QUOTE_IT(number)                                                                           \
    "schema/wrong-type: expected a string, found the number " number "; put it in quotes, since "  \
    "unquoted digits are read as a number and lose leading or trailing zeros: \"" number "\""

static const struct {
    const char *yaml;
    const char *findings; /* "" where it is accepted */
} rows[] = {
    {"{name: x}", ""},
    {"{}", "tree:1:1 schema/missing-key: the key 'name' is missing here"},
    {"[]", "tree:1:1 schema/wrong-type: expected object, found array"},
    {"x", "tree:1:1 schema/wrong-type: expected object, found string"},
    {"~", "tree:1:1 schema/wrong-type: expected object, found null"},
    /* type */
    {"{name: 123}", "tree:1:8 " QUOTE_IT("123")},
    {"{name: 0123}", "tree:1:8 " QUOTE_IT("0123")},
    {"{name: true}", "tree:1:8 schema/wrong-type: expected string, found boolean"},
    {"{name: }", "tree:1:7 schema/wrong-type: expected string, found null"},
    {"{name: [x]}", "tree:1:8 schema/wrong-type: expected string, found array"},
    {"{name: x, count: 3}", ""},
    {"{name: x, count: 3.0}", ""},
    {"{name: x, count: -0x1F}", "tree:1:18 schema/wrong-type: expected integer, found string"},
    {"{name: x, count: 0x1F}", ""},
    {"{name: x, count: 3.5}", "tree:1:18 schema/wrong-type: expected integer, found number"},
    {"{name: x, count: .inf}", "tree:1:18 schema/wrong-type: expected integer, found number"},
    {"{name: x, count: .nan}", "tree:1:18 schema/wrong-type: expected integer, found number"},
    {"{name: x, count: 1e300}", "tree:1:18 schema/wrong-type: expected integer, found number"},
    {"{name: x, count: '3'}", "tree:1:18 schema/wrong-type: expected integer, found string"},
    {"{name: x, ratio: 3.5, flag: false, maybe: null, many: {}}", ""},
    {"{name: x, flag: 'no'}", "tree:1:17 schema/wrong-type: expected boolean, found string"},
    {"{name: x, maybe: true}",
     "tree:1:18 schema/wrong-type: expected string or null, found boolean"},
    {"{name: x, many: []}",
     "tree:1:17 schema/wrong-type: expected string, number or object, found array"},
    /* enum and const */
    {"{name: x, colour: red}", ""},
    {"{name: x, colour: 3.0}", ""},
    {"{name: x, colour: gren}", "tree:1:19 schema/wrong-value: expected 'red', 'green' or '3', "
                                "found 'gren'; did you mean 'green'?"},
    {"{name: x, colour: '3'}", "tree:1:19 schema/wrong-value: expected 'red', 'green' or '3', "
                               "found '3'; did you mean '3'?"},
    {"{name: x, colour: zzz}", "tree:1:19 schema/wrong-value: expected 'red', 'green' or '3', "
                               "found 'zzz'"},
    {"{name: x, colour: {}}", "tree:1:19 schema/wrong-value: expected 'red', 'green' or '3', "
                              "found an object"},
    {"{name: x, version: v1}", ""},
    {"{name: x, version: v2}", "tree:1:20 schema/wrong-value: expected 'v1', found 'v2'"},
    {"{name: x, version: [v1]}", "tree:1:20 schema/wrong-value: expected 'v1', found an array"},
    {"{name: x, version: }", "tree:1:19 schema/wrong-value: expected 'v1', found null"},
    /* items and minItems */
    {"{name: x, pair: [a, b]}", ""},
    {"{name: x, pair: [a]}", "tree:1:17 schema/wrong-value: expected at least 2 elements"},
    {"{name: x, pair: [a, {}, c, 4]}",
     "tree:1:21 schema/wrong-type: expected string, found object\ntree:1:28 " QUOTE_IT("4")},
    /* additionalProperties and properties */
    {"{name: x, conut: 3}", "tree:1:11 schema/unknown-key: unknown key 'conut'; did you mean "
                            "'count'?"},
    {"{name: x, zzzzzz: 3}",
     "tree:1:11 schema/unknown-key: unknown key 'zzzzzz'; the keys here are " KEYS},
    {"{name: x, any: {anything: [1]}, open: {known: a, other: 1}, map: {a: 1, b: 2}}", ""},
    {"{name: x, open: {known: []}}", "tree:1:25 schema/wrong-type: expected string, found array"},
    {"{name: x, map: {a: 1, b: c}}", "tree:1:26 schema/wrong-type: expected integer, found string"},
    /* anyOf */
    {"{name: x, texts: a}", ""},
    {"{name: x, texts: [a, b]}", ""},
    {"{name: x, texts: {en: a, ja: b}}", ""},
    {"{name: x, texts: {ja: b}}", "tree:1:11 schema/missing-key: the key 'en' is missing here"},
    {"{name: x, texts: {en: b, jaa: c}}", "tree:1:26 schema/unknown-key: unknown key 'jaa'; did "
                                          "you mean 'ja'?"},
    {"{name: x, texts: [a, []]}", "tree:1:22 schema/wrong-type: expected string, found array"},
    {"{name: x, texts: true}",
     "tree:1:18 schema/wrong-type: expected string, array or object, found boolean"},
    /* $ref */
    {"{name: x, person: {name: a, child: {child: {name: b}}}}", ""},
    {"{name: x, person: {child: {child: {nmae: b}}}}",
     "tree:1:36 schema/unknown-key: unknown key 'nmae'; did you mean 'name'?"},
    {"{name: x, again: 1, ping: {}, nowhere: []}", ""},
    /* A value that cannot be known is never wrong. */
    {"{name: !unknown '', count: !unknown '', person: {name: !unknown ''}}", ""},
    {"!unknown ''", ""},
    /* Several at once, in order. */
    {"{count: x, nmae: y}", "tree:1:1 schema/missing-key: the key 'name' is missing here\n"
                            "tree:1:9 schema/wrong-type: expected integer, found string\n"
                            "tree:1:12 schema/unknown-key: unknown key 'nmae'; did you mean "
                            "'name'?"},
};

static void each_breach_is_reported_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct model *model = model_new();
        const struct tree *schema_tree = model_tree(model, shape);
        struct schema schema = {schema_tree, schema_tree->root};
        const struct tree *tree = model_tree(model, rows[i].yaml);
        bool valid = schema_validate(&schema, tree, tree->root, &model->findings);
        assert_row(rows[i].yaml, model_findings(model), rows[i].findings);
        assert_int_equal(valid, rows[i].findings[0] == '\0');
        model_free(model);
    }
}

/* The values below are secrets: no message may hold one. */
static void secrets_are_never_in_messages(void **state)
{
    static const char *const texts[] = {
        "{name: x, secret: 987654321}",      "{name: x, secret: [TopSecret]}",
        "{name: x, secret: {a: TopSecret}}", "{name: x, choice: TopSecret}",
        "{name: x, choice: 987654321}",      "{name: x, person: {secret: 987654321}}",
        "{name: x, secert: TopSecret}",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct model *model = model_new();
        const struct tree *schema_tree = model_tree(model, shape);
        struct schema schema = {schema_tree, schema_tree->root};
        const struct tree *tree = model_tree(model, texts[i]);
        assert_false(schema_validate(&schema, tree, tree->root, &model->findings));
        struct str said = model_findings(model);
        assert_int_equal(str_find(said, STR("TopSecret")), said.len);
        assert_int_equal(str_find(said, STR("987654321")), said.len);
        model_free(model);
    }
}

struct secrets {
    struct model *model;
    const struct tree *tree;
    struct buf found;
};

static void note_secret(void *context, const struct node *secret)
{
    struct secrets *secrets = context;
    buf_add_c(&secrets->found, secrets->found.len ? " " : "");
    buf_add(&secrets->found, model_json(secrets->model, secrets->tree, secret));
}

static void secrets_are_found_wherever_they_stand(void **state)
{
    static const struct {
        const char *yaml, *secrets;
    } cases[] = {
        {"{name: x, secret: a}", "\"a\""},
        {"{secret: [a, b], maybe: c}", "[\"a\",\"b\"]"},
        {"{person: {child: {child: {secret: d}}}}", "\"d\""},
        /* Under a misspelt name it is a secret all the same. */
        {"{secert: a, nmae: b}", "\"a\""},
        {"{person: {Secret: 1}}", "1"},
        {"[]", ""},
        {"{person: x, again: {secret: x}}", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct model *model = model_new();
        const struct tree *schema_tree = model_tree(model, shape);
        struct schema schema = {schema_tree, schema_tree->root};
        struct secrets secrets = {model, model_tree(model, cases[i].yaml), buf_with_max(1000)};
        schema_find_secrets(&schema, secrets.tree, secrets.tree->root, note_secret, &secrets);
        assert_row(cases[i].yaml, buf_str(&secrets.found), cases[i].secrets);
        buf_release(&secrets.found);
        model_free(model);
    }
}

static void references_that_lead_nowhere_resolve_to_nothing(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, shape);
    struct schema schema = {tree, tree->root};
    static const char *const names[] = {"again", "ping", "nowhere", "no such property"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_null(schema_property(&schema, schema.top, str_from_c(names[i])));
    }
    assert_null(schema_resolve(&schema, NULL));
    assert_true(schema_is_open(&schema, schema_property(&schema, schema.top, STR("any"))));
    assert_false(schema_is_open(&schema, schema_property(&schema, schema.top, STR("name"))));
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_breach_is_reported_at_its_place),
        cmocka_unit_test(secrets_are_never_in_messages),
        cmocka_unit_test(secrets_are_found_wherever_they_stand),
        cmocka_unit_test(references_that_lead_nowhere_resolve_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
