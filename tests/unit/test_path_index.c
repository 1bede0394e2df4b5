/* SPDX-License-Identifier: MIT */
/*
 * Indexes of filters: what is selected with them is what is selected without them, for every kind of
 * value on both sides; what they cost; what bounds them.
 */
#include "path/index.h"
#include "path_fixture.h"

enum { STEPS = 1000000 };

/* A string that begins with "?" becomes an unknown value; with \u001f in it, one with a symbol. */
static void read_with_symbols(struct fixture *f, struct str json)
{
    fixture_read(f, json);
    for (size_t i = 0; i < f->tree.count; i++) {
        struct node *node = &f->tree.nodes[i];
        if (node->kind == NODE_STRING && str_starts(tree_text(&f->tree, node), STR("?"))) {
            node->kind = NODE_UNKNOWN;
        }
    }
}

static struct path_env indexed_env(struct fixture *f, struct path_indexes *indexes)
{
    struct path_env env = fixture_env(f);
    indexes->arena = &f->arena;
    env.indexes = indexes;
    return env;
}

static void assert_same_nodes(const struct nodelist *a, const struct nodelist *b, struct str query)
{
    bool same = a->count == b->count && a->unknown == b->unknown;
    for (size_t i = 0; same && i < a->count; i++) {
        same = a->items[i].node == b->items[i].node;
    }
    if (!same) {
        fail_msg("'%.*s' selects %zu nodes%s by its index and %zu%s without", STR_ARG(query),
                 b->count, b->unknown ? " and perhaps more" : "", a->count,
                 a->unknown ? " and perhaps more" : "");
    }
}

/* Twice: the index is built the first time, and found the second time. */
static void compare(struct fixture *f, struct path_indexes *indexes, struct str query)
{
    const struct path_program *program = fixture_compile(f, PATH_QUERY, query);
    struct path_env plain = fixture_env(f);
    struct nodelist walked;
    path_select(program, &plain, &walked);
    for (int round = 0; round < 2; round++) {
        struct path_env env = indexed_env(f, indexes);
        struct nodelist found;
        path_select(program, &env, &found);
        assert_false(env.exhausted);
        assert_same_nodes(&walked, &found, query);
    }
}

/* ---- every kind of value beside every other ---- */

static const char *const values[] = {
    "null",
    "true",
    "false",
    "0",
    "-0.0",
    "1",
    "1.0",
    "10e-1",
    "2",
    "1e400",
    "9007199254740993",
    "9007199254740992",
    "\"\"",
    "\"1\"",
    "\"a\"",
    "\"\\u0061\"",
    "\"null\"",
    "\"a much longer text, of which the last letter differs: x\"",
    "\"a much longer text, of which the last letter differs: y\"",
    "[]",
    "[1]",
    "[1.0]",
    "[2]",
    "[\"?\"]",
    "{}",
    "{\"x\": 1}",
    "{\"x\": 1.0}",
    "{\"x\": \"?\"}",
    "{\"y\": 1}",
    "\"?\"",
    "\"?f\\u001fsort\\u001fa\"",
    "\"?f\\u001fsort\\u001fb\"",
    "\"?f\\u001fother\\u001fa\"",
};

/* Of each value a child that is it, one that has it as a member, and one that has it deeper. */
static struct buf every_value(void)
{
    static const char *const forms[] = {"%s", "{\"k\": %s}", "{\"k\": {\"m\": %s}, \"n\": 1}"};
    struct buf json = buf_with_max(1 << 20);
    buf_add_c(&json, "{\"wanted\": [");
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        buf_printf(&json, "%s%s", i ? "," : "", values[i]);
    }
    buf_add_c(&json, "], \"list\": [{}, {\"other\": 1}, []");
    struct buf object = buf_with_max(1 << 20);
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        for (size_t form = 0; form < COUNT_OF(forms); form++) {
            struct buf child = buf_with_max(1 << 10);
            /* The forms are those of the table above. */
            const char *at = strchr(forms[form], '%');
            buf_add(&child, (struct str){forms[form], (size_t)(at - forms[form])});
            buf_add_c(&child, values[i]);
            buf_add_c(&child, at + 2);
            buf_printf(&json, ",%.*s", STR_ARG(buf_str(&child)));
            buf_printf(&object, "%s\"m%zu-%zu\": %.*s", object.len ? "," : "", i, form,
                       STR_ARG(buf_str(&child)));
            buf_release(&child);
        }
    }
    buf_printf(&json, "], \"object\": {%.*s}}", STR_ARG(buf_str(&object)));
    buf_release(&object);
    return json;
}

/* %s: the value that is asked for. */
static const char *const filters[] = {
    "$.list[?@ == %s]",
    "$.list[?@.k == %s]",
    "$.list[?@.k.m == %s]",
    "$.object[?@.k == %s]",
    "$.list[?%s == @.k]",
    "$.list[?@.k == %s].k",
    "$.list[?@.k == %s && @.n == 1]",
    "$.list[?@.k && @.k == %s]",
    "$.list[?@.n != 1 && (@.k.m == %s || @.k == %s)]",
    "$[?@[?@.k == %s]]",
    "$.*[?@.k == %s][?@ == %s]",
    "$..[?@.k == %s]",
    "$.list[?@.none == %s]",
    "$.list[?!(@.k == %s)]",
    "$.list[?@.k != %s]",
    "$.list[?@.k >= %s]",
};

static struct str with_value(struct buf *out, const char *filter, struct str value)
{
    out->len = 0;
    for (const char *c = filter; *c; c++) {
        if (c[0] == '%' && c[1] == 's') {
            buf_add(out, value);
            c++;
        } else {
            buf_add_char(out, *c);
        }
    }
    return buf_str(out);
}

static void every_value_is_found_as_it_is_without_an_index(void **state)
{
    (void)state;
    struct fixture f;
    struct buf json = every_value();
    struct buf query = buf_with_max(4096);
    read_with_symbols(&f, buf_str(&json));
    struct path_indexes indexes = {0};
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        for (size_t v = 0; v <= COUNT_OF(values); v++) { /* the last one is none: Nothing */
            struct str value = arena_format(&f.arena, "$.wanted[%zu]", v);
            compare(&f, &indexes, with_value(&query, filters[i], value));
        }
        static const char *const literals[] = {"null", "true", "0", "1.0", "'a'", "''"};
        for (size_t v = 0; v < COUNT_OF(literals); v++) {
            compare(&f, &indexes, with_value(&query, filters[i], str_from_c(literals[v])));
        }
    }
    assert_true(indexes.count >= 6); /* list by @, k, k.m, none and n; object by k */
    buf_release(&query);
    buf_release(&json);
    fixture_release(&f);
}

/* ---- what is selected, said outright ---- */

/* Enough of them for an index. */
#define ZEROS "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"

static const struct {
    const char *list, *filter;
    size_t count;
    bool unknown;
} selections[] = {
    {ZEROS, "@ == 1", 0, false},
    {ZEROS ",1"
           ",1.0,10e-1",
     "@ == 1", 3, false},
    {ZEROS ",-0.0", "@ == 0", 41, false},
    {ZEROS ",\"1\"", "@ == 1", 0, false},
    {ZEROS ",{\"k\": 1}", "@.k == 1", 1, false},
    {ZEROS ",{\"k\": 1}", "@.k == $.nothing", 40, false},
    {ZEROS ",{\"k\": \"?\"}", "@.k == 1", 0, true},
    {ZEROS ",{\"k\": \"?\"},{\"k\": 1}", "@.k == 1", 1, true},
    {ZEROS ",\"?\"", "@.k == 1", 0, true},
    {ZEROS ",{\"k\": \"?\"}", "@.k == 1 && @.x", 0, false},
    {ZEROS ",{\"k\": \"?\", \"x\": 1}", "@.k == 1 && @.x", 0, true},
    {ZEROS ",{\"k\": 1}", "@.k == $.unknown", 0, true},
    {ZEROS ",[1]", "@ == $.array", 1, false},
    {ZEROS ",[\"?\"]", "@ == $.array", 0, true},
    {ZEROS ",[1]", "@[0] == 1", 1, false},
};

static void equality_is_that_of_the_rfc(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(selections); i++) {
        struct fixture f;
        struct arena texts = {0};
        fixture_read(&f,
                     arena_format(&texts, "{\"array\": [1], \"unknown\": \"?\", \"list\": [%s]}",
                                  selections[i].list));
        struct path_indexes indexes = {0};
        struct path_env env = indexed_env(&f, &indexes);
        struct nodelist nodes;
        path_select(fixture_compile(&f, PATH_QUERY,
                                    arena_format(&texts, "$.list[?%s]", selections[i].filter)),
                    &env, &nodes);
        if (nodes.count != selections[i].count || nodes.unknown != selections[i].unknown) {
            fail_msg("%s of %s", selections[i].filter, selections[i].list);
        }
        fixture_release(&f);
        arena_release(&texts);
    }
}

/* ---- by chance ---- */

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % below;
}

static void draw_value(uint64_t *state, struct buf *out, unsigned depth)
{
    uint32_t kind = draw(state, depth ? 10 : 7);
    if (kind < 7) {
        static const char *const scalars[] = {"0", "1", "\"a\"", "\"b\"", "null", "true", "\"?\""};
        buf_add_c(out, scalars[kind]);
        return;
    }
    bool object = kind > 7;
    static const char *const names[] = {"a", "b", "c"};
    uint32_t count = object ? draw(state, 4) : draw(state, 40);
    buf_add_char(out, object ? '{' : '[');
    for (uint32_t i = 0; i < count; i++) {
        buf_add_c(out, i ? "," : "");
        if (object) {
            buf_printf(out, "\"%s\":", names[i]);
        }
        draw_value(state, out, depth - 1);
    }
    buf_add_char(out, object ? '}' : ']');
}

static void draw_query(uint64_t *state, struct buf *out)
{
    static const char *const from[] = {"$.*", "$..*", "$.list", "$..a", "$"};
    static const char *const keys[] = {"@", "@.a", "@.a.b", "@.b", "@['a','b']", "@[0]", "@.c.a"};
    static const char *const others[] = {"0",           "'a'",       "null",   "true",
                                         "$.list[0]",   "$.one",     "$.none", "$.list.a",
                                         "$.list[3].a", "count($.*)"};
    static const char *const more[] = {"", " && @.b", " && @.a == $.one", " || @.b", " && !@.c"};
    const char *key = keys[draw(state, COUNT_OF(keys))];
    bool singular = !strchr(key, ',');
    buf_printf(out, "%s[?", from[draw(state, COUNT_OF(from))]);
    if (draw(state, 4) == 0) {
        buf_add_c(out, "@ != 1 && ");
    }
    if (singular && draw(state, 2)) {
        buf_printf(out, "%s == %s", key, others[draw(state, COUNT_OF(others))]);
    } else if (singular) {
        buf_printf(out, "%s == %s", others[draw(state, COUNT_OF(others))], key);
    } else {
        buf_add_c(out, key);
    }
    buf_printf(out, "%s]", more[draw(state, COUNT_OF(more))]);
}

static void what_chance_writes_is_found_as_it_is_without_an_index(void **state)
{
    (void)state;
    enum { DOCUMENTS = 300, QUERIES = 20, LIST = 40 };
    uint64_t chance = 20260926;
    size_t built = 0;
    for (int document = 0; document < DOCUMENTS; document++) {
        struct fixture f;
        struct buf text = buf_with_max(1 << 20);
        struct buf query = buf_with_max(1 << 10);
        buf_add_c(&text, "{\"one\": 1, \"list\": [");
        for (int i = 0; i < LIST; i++) {
            buf_add_c(&text, i ? "," : "");
            draw_value(&chance, &text, 3);
        }
        buf_add_c(&text, "]}");
        fixture_read(&f, buf_str(&text));
        struct path_indexes indexes = {.eager = document % 2 == 0};
        for (int i = 0; i < QUERIES; i++) {
            query.len = 0;
            draw_query(&chance, &query);
            compare(&f, &indexes, buf_str(&query));
        }
        built += indexes.count;
        buf_release(&query);
        buf_release(&text);
        fixture_release(&f);
    }
    assert_true(built > DOCUMENTS);
}

/* ---- what it costs ---- */

static uint64_t steps_of(struct fixture *f, struct path_indexes *indexes, struct str query)
{
    struct path_env env = indexed_env(f, indexes);
    struct nodelist nodes;
    path_select(fixture_compile(f, PATH_QUERY, query), &env, &nodes);
    assert_false(env.exhausted);
    return STEPS - env.steps;
}

/* The text has to live as long as the tree. */
static struct buf read_list(struct fixture *f, size_t count)
{
    struct buf json = buf_with_max(1 << 20);
    buf_add_c(&json, "{\"wanted\": 7, \"list\": [");
    for (size_t i = 0; i < count; i++) {
        buf_printf(&json, "%s{\"id\": %zu}", i ? "," : "", i);
    }
    buf_add_c(&json, "]}");
    fixture_read(f, buf_str(&json));
    return json;
}

static void release_list(struct fixture *f, struct buf *json)
{
    fixture_release(f);
    buf_release(json);
}

static void each_run_pays_once_for_an_index(void **state)
{
    (void)state;
    enum { COUNT = 1000, FEW = 20 };
    struct fixture f;
    struct buf json = read_list(&f, COUNT);
    struct path_indexes indexes = {0};
    path_indexes_begin(&indexes);
    uint64_t first = steps_of(&f, &indexes, STR("$.list[?@.id == $.wanted]"));
    assert_in_range(first, COUNT, 3 * COUNT);
    assert_in_range(steps_of(&f, &indexes, STR("$.list[?@.id == $.wanted]")), 1, FEW);
    assert_in_range(steps_of(&f, &indexes, STR("$.list[?9 == @.id && @.id]")), 1, FEW);
    path_indexes_begin(&indexes);
    assert_int_equal(steps_of(&f, &indexes, STR("$.list[?@.id == $.wanted]")), first);
    assert_int_equal(indexes.count, 1);
    release_list(&f, &json);
}

static void an_index_beyond_the_budget_is_not_paid(void **state)
{
    (void)state;
    struct fixture f;
    struct buf json = read_list(&f, 1000);
    struct path_indexes indexes = {0};
    struct path_env env = indexed_env(&f, &indexes);
    env.steps = 100;
    struct nodelist nodes;
    path_select(fixture_compile(&f, PATH_QUERY, STR("$.list[?@.id == 7]")), &env, &nodes);
    assert_true(env.exhausted);
    assert_true(nodes.unknown);
    release_list(&f, &json);
}

/* ---- what bounds it ---- */

static void few_children_are_walked(void **state)
{
    (void)state;
    struct fixture f;
    struct buf json = read_list(&f, INDEX_MIN_CHILDREN - 1);
    struct path_indexes indexes = {0};
    (void)steps_of(&f, &indexes, STR("$.list[?@.id == 7]"));
    assert_int_equal(indexes.count, 0);
    release_list(&f, &json);
    json = read_list(&f, INDEX_MIN_CHILDREN);
    indexes = (struct path_indexes){0};
    (void)steps_of(&f, &indexes, STR("$.list[?@.id == 7]"));
    assert_int_equal(indexes.count, 1);
    release_list(&f, &json);
}

static void full_indexes_take_no_more(void **state)
{
    (void)state;
    enum { COUNT = 100, MEMBERS = 20 };
    struct fixture f;
    struct buf json = read_list(&f, COUNT);
    struct path_indexes indexes = {0};
    size_t most = INDEX_MAX_ENTRIES_PER_NODE * f.tree.count;
    for (int i = 0; i < MEMBERS; i++) {
        compare(&f, &indexes, arena_format(&f.arena, "$.list[?@.id.m%d == $.none]", i));
    }
    assert_true(indexes.entries <= most);
    assert_int_equal(indexes.count, most / COUNT);
    release_list(&f, &json);
}

static void a_long_query_is_no_key(void **state)
{
    (void)state;
    struct fixture f;
    struct buf json = read_list(&f, 100);
    struct path_indexes indexes = {0};
    compare(&f, &indexes, STR("$.list[?@.a.b.c.d.e.f == 1]"));
    assert_int_equal(indexes.count, 1);
    compare(&f, &indexes, STR("$.list[?@.a.b.c.d.e.f.g == 1]"));
    assert_int_equal(indexes.count, 1);
    release_list(&f, &json);
}

static void what_is_no_equality_with_something_fixed_has_no_index(void **state)
{
    static const char *const queries[] = {
        "$.list[?@.id != 1]",    "$.list[?@.id == @.other]",
        "$.list[?@.id <= 1]",    "$.list[?@.id == 1 || @.id == 2]",
        "$.list[?!(@.id == 1)]", "$.list[?@.id]",
        "$.list[?@[0] == 1]",    "$.list[?$.list[0].id == $.list[1].id]",
        "$.list[?1 == 1]",       "$.list[?@.id == value(@..id)]",
    };
    (void)state;
    struct fixture f;
    struct buf json = read_list(&f, 100);
    struct path_indexes indexes = {0};
    for (size_t i = 0; i < COUNT_OF(queries); i++) {
        compare(&f, &indexes, str_from_c(queries[i]));
    }
    assert_int_equal(indexes.count, 0);
    release_list(&f, &json);
}

/* ---- lists of nothing but unknown values, of which symbols tell ---- */

static void unknown_values_are_told_apart_by_their_symbols(void **state)
{
    static const char *const unknowns[] = {
        "\"?\"",
        "\"?f\\u001fsort\\u001fa\"",
        "\"?f\\u001fsort\\u001fb\"",
        "\"?g\\u001fsort\\u001fa\"",
        "\"?f\\u001fother\\u001fa\"",
        "\"?f\\u001f\\u001fa\"",
        "\"?f\\u001f\\u001fb\"",
        "\"known\"",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(unknowns) * COUNT_OF(unknowns) * COUNT_OF(unknowns); i++) {
        const char *a = unknowns[i % COUNT_OF(unknowns)];
        const char *b = unknowns[i / COUNT_OF(unknowns) % COUNT_OF(unknowns)];
        const char *wanted = unknowns[i / COUNT_OF(unknowns) / COUNT_OF(unknowns)];
        struct fixture f;
        struct buf json = buf_with_max(1 << 10);
        buf_printf(&json, "{\"wanted\": %s, \"list\": [{\"k\": %s}, {\"k\": %s}, {\"k\": %s}]}",
                   wanted, a, b, a);
        read_with_symbols(&f, buf_str(&json));
        struct path_indexes indexes = {.eager = true};
        compare(&f, &indexes, STR("$.list[?@.k == $.wanted]"));
        assert_int_equal(indexes.count, 1);
        fixture_release(&f);
        buf_release(&json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_is_found_as_it_is_without_an_index),
        cmocka_unit_test(equality_is_that_of_the_rfc),
        cmocka_unit_test(what_chance_writes_is_found_as_it_is_without_an_index),
        cmocka_unit_test(each_run_pays_once_for_an_index),
        cmocka_unit_test(an_index_beyond_the_budget_is_not_paid),
        cmocka_unit_test(few_children_are_walked),
        cmocka_unit_test(full_indexes_take_no_more),
        cmocka_unit_test(a_long_query_is_no_key),
        cmocka_unit_test(what_is_no_equality_with_something_fixed_has_no_index),
        cmocka_unit_test(unknown_values_are_told_apart_by_their_symbols),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
