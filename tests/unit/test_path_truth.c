/* SPDX-License-Identifier: MIT */
/*
 * Evaluation beyond RFC 9535: three-valued truth over nodes that are unknown ("?" in the
 * documents) and over missing facts; and what the compliance suite does not reach.
 */
#include "path_fixture.h"

struct truth_case {
    const char *test;
    enum truth expected;
};

/* One document for all: ? stands for an unknown value. */
static const char document[] =
    "{\"u\": \"?\", \"t\": true, \"s\": \"abc\", \"n\": 2, \"nul\": null, \"e\": [], \"eo\": {},"
    " \"a\": [1, 2], \"o\": {\"x\": 1},"
    " \"ua\": [1, \"?\"], \"uo\": {\"x\": 1, \"y\": \"?\"}, \"all\": [\"?\", \"?\"],"
    " \"deep\": [{\"k\": 1, \"v\": \"?\"}, {\"k\": \"?\", \"v\": 2}, {\"k\": 3, \"v\": 3}]}";

#define T TRUTH_TRUE
#define F TRUTH_FALSE
#define U TRUTH_UNKNOWN

static const struct truth_case existence[] = {
    {"$.u", U},
    {"$.t", T},
    {"$.no", F},
    {"!$.u", U},
    {"!$.no", T},
    {"$.u.x", U},
    {"$.u[0]", U},
    {"$.u.*", U},
    {"$.u..x", U},
    {"$.u[?@]", U},
    {"$.no.x", F},
    {"$.s.x", F},
    {"$.s.*", F},
    {"$.e[*]", F},
    {"$.e[0]", F},
    {"$.ua[*]", T},
    {"$.ua[1]", U},
    {"$.ua[2]", F},
    {"$.all[*]", U},
    {"$.all[0,1]", U},
    {"$.ua[0].x", F},
    {"$.ua[*].x", U},
    {"$.uo.x", T},
    {"$.uo.y", U},
    {"$.uo.z", F},
    {"$.uo.*.z", U},
    {"$..x", T},
    {"$..nowhere", U},
    {"$.a..x", F},
    {"$.o..nowhere", F},
    {"$.deep[?@.k]", T},
    {"$.deep[?@.k == 1]", T},
    {"$.deep[?@.k == 9]", U},
    {"$.deep[?@.v == 9]", U},
    {"$.deep[?@.k == 3 && @.v == 9]", F},
    {"$.deep[2][?@ == 9]", F},
    {"$.deep[1:][?@ == 1]", U},
    {"$.deep[?@.k == 3].v", T},
    {"$.deep[?@.none == 1]", F},
    {"$.all[?@ == 1]", U},
};

static const struct truth_case comparisons[] = {
    {"$.u == 1", U},      {"$.u != 1", U},       {"$.u < 1", U},          {"$.u >= 'x'", U},
    {"$.u == null", U},   {"$.u == $.u", U},     {"$.u == $.no", U},      {"$.u.x == $.no", U},
    {"$.u[3] == 1", U},   {"$.no == $.none", T}, {"$.no == $.u.x", U},    {"$.nul == null", T},
    {"$.nul == $.no", F}, {"$.no != 1", T},      {"$.no < 1", F},         {"$.no <= $.none", T},
    {"$.t == true", T},   {"$.t < true", F},     {"$.t <= true", T},      {"$.n > 1", T},
    {"$.n >= 2", T},      {"$.n < 2", F},        {"$.n <= 2", T},         {"$.n > 'a'", F},
    {"$.s < 'abd'", T},   {"$.s > 'ab'", T},     {"'\xC3\xA9' > 'z'", T}, {"$.s == 2", F},
    {"1 == 1.0", T},      {"-0 == 0", T},        {"1e2 == 100", T},       {"$.t != $.s", T},
};

/*
 * Containers are equal member by member; what is unknown inside counts unless something known
 * differs.
 */
static const char containers[] =
    "{\"a12\": [1, 2], \"b12\": [1, 2], \"a1u\": [1, \"?\"], \"a2u\": [2, \"?\"], \"au\": [\"?\"],"
    " \"a\": [], \"a123\": [1, 2, 3], \"ox1\": {\"x\": 1}, \"oy1\": {\"y\": 1},"
    " \"oxy\": {\"x\": 1, \"y\": 2}, \"oyx\": {\"y\": 2, \"x\": 1}, \"oxu\": {\"x\": \"?\"},"
    " \"oxyu\": {\"x\": 1, \"y\": \"?\"}, \"ox2yu\": {\"x\": 2, \"y\": \"?\"}, \"o\": {},"
    " \"nest\": [{\"k\": [1, \"?\"]}], \"nest2\": [{\"k\": [2, \"?\"]}], \"nest3\": [{\"k\": [1, "
    "3]}]}";

static const struct truth_case deep_equality[] = {
    {"$.a12 == $.b12", T},    {"$.a12 == $.a123", F},    {"$.a12 == $.a1u", U},
    {"$.a12 == $.a2u", F},    {"$.a1u == $.a1u", U},     {"$.a123 == $.a1u", U},
    {"$.a == $.au", U},       {"$.a == $.a12", F},       {"$.a != $.au", U},
    {"$.a12 != $.a2u", T},    {"$.ox1 == $.oy1", F},     {"$.oxy == $.oyx", T},
    {"$.oxy == $.ox1", F},    {"$.ox1 == $.oxy", F},     {"$.ox1 == $.oxu", U},
    {"$.oy1 == $.oxu", F},    {"$.oxy == $.oxyu", U},    {"$.oxyu == $.oxy", U},
    {"$.oxy == $.ox2yu", F},  {"$.ox1 == $.oxyu", U},    {"$.oxyu == $.ox1", U},
    {"$.o == $.oxu", U},      {"$.o == $.oxyu", F},      {"$.o == $.a", F},
    {"$.nest == $.nest3", U}, {"$.nest2 == $.nest3", F}, {"$.a12 <= $.b12", T},
    {"$.a12 < $.b12", F},     {"$.a1u >= $.a12", U},     {"$.a12 == 1", F},
    {"$.a12 == $.none", F},
};

/* The truth tables of Kleene's logic, by way of t (true), no (false) and u (unknown). */
static const struct truth_case logic[] = {
    {"$.t && $.t", T},         {"$.t && $.no", F},        {"$.t && $.u", U},
    {"$.no && $.t", F},        {"$.no && $.no", F},       {"$.no && $.u", F},
    {"$.u && $.t", U},         {"$.u && $.no", F},        {"$.u && $.u", U},
    {"$.t || $.t", T},         {"$.t || $.no", T},        {"$.t || $.u", T},
    {"$.no || $.t", T},        {"$.no || $.no", F},       {"$.no || $.u", U},
    {"$.u || $.t", T},         {"$.u || $.no", U},        {"$.u || $.u", U},
    {"!($.u && $.t)", U},      {"!($.u && $.no)", T},     {"!($.u || $.t)", F},
    {"$.u && $.u && $.no", F}, {"$.u || $.no || $.t", T}, {"$.u && $.no || $.t", T},
};

static const struct truth_case functions[] = {
    {"length($.u) == 1", U},
    {"length($.s) == 3", T},
    {"length($.no) == 0", F},
    {"length($.no) == $.none", T},
    {"length($.n) == $.none", T},
    {"length($.a) == 2", T},
    {"length($.o) == 1", T},
    {"length($.ua) == 2", U},
    {"length($.uo) == 2", U},
    {"length($.u.x) == 0", U},
    {"length('\xE2\x82\xAC') == 1", T},
    {"count($.a[*]) == 2", T},
    {"count($.no) == 0", T},
    {"count($.u) == 1", U},
    {"count($.u.*) == 0", U},
    {"count($.ua[*]) == 2", U},
    {"count($.ua[0]) == 1", T},
    {"count($..zzz) == 0", U},
    {"value($.a[0]) == 1", T},
    {"value($.a[*]) == $.no", T},
    {"value($.u) == 1", U},
    {"value($.u.*) == 1", U},
    {"value($.ua[*]) == 1", U},
    {"value($.all[*]) == $.no", U},
    {"value($['s','n','u']) == $.no", T},
    {"value($.no) == $.none", T},
    {"match($.s, 'a.c')", T},
    {"match($.u, 'a.c')", U},
    {"match($.n, '2')", F},
    {"match($.s, $.s)", T},
    {"match($.s, $.u)", U},
    {"match($.s, $.n)", F},
    {"match($.no, 'a')", F},
    {"match($.u, '(')", F},
    {"match($.s, '(')", F},
    {"search($.s, 'b')", T},
    {"search($.u, 'b')", U},
    {"search($.s, $.no)", F},
    {"!search($.u.x, 'b')", U},
    {"search($.s, value($..zzz))", U},
};

static void check_truth(const char *json, const struct truth_case *cases, size_t count)
{
    struct fixture f;
    fixture_read(&f, str_from_c(json));
    for (size_t i = 0; i < count; i++) {
        struct path_env env = fixture_env(&f);
        const struct path_program *program =
            fixture_compile(&f, PATH_LOGICAL, str_from_c(cases[i].test));
        enum truth truth = path_test(program, &env);
        if (truth != cases[i].expected) {
            fail_msg("'%s' is %d, not %d", cases[i].test, (int)truth, (int)cases[i].expected);
        }
    }
    fixture_release(&f);
}

static void unknown_nodes_may_exist_or_not(void **state)
{
    (void)state;
    check_truth(document, existence, COUNT_OF(existence));
}

static void comparing_with_the_unknown_is_unknown(void **state)
{
    (void)state;
    check_truth(document, comparisons, COUNT_OF(comparisons));
}

static void containers_differ_only_where_it_is_known(void **state)
{
    (void)state;
    check_truth(containers, deep_equality, COUNT_OF(deep_equality));
}

static void logic_is_kleenes(void **state)
{
    (void)state;
    check_truth(document, logic, COUNT_OF(logic));
}

static void functions_over_the_unknown_are_unknown(void **state)
{
    (void)state;
    check_truth(document, functions, COUNT_OF(functions));
}

/* The normalized paths of a nodelist, one after the other, and "?" where there may be more. */
static struct str paths_of(struct fixture *f, const struct nodelist *nodes)
{
    struct buf text = buf_with_max(4096);
    for (size_t i = 0; i < nodes->count; i++) {
        path_write(&text, &f->atoms, nodes->items[i].where);
        buf_add_char(&text, ' ');
    }
    buf_add_c(&text, nodes->unknown ? "?" : "");
    struct str copy = arena_str(&f->arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

struct select_case {
    const char *query;
    const char *paths;
};

static const struct select_case selections[] = {
    {"$", "$ "},
    {"$.u", "$['u'] "},
    {"$.u.x", "?"},
    {"$.u..x", "?"},
    {"$.ua[*]", "$['ua'][0] $['ua'][1] "},
    {"$.ua[*].x", "?"},
    {"$.uo.*", "$['uo']['x'] $['uo']['y'] "},
    {"$.ua..*", "$['ua'][0] $['ua'][1] ?"},
    {"$.a..*", "$['a'][0] $['a'][1] "},
    {"$.deep[?@.k > 2]", "$['deep'][2] ?"},
    {"$.deep[?@.k > 2 || @.v == 2].v", "$['deep'][1]['v'] $['deep'][2]['v'] ?"},
    {"$.deep[?@.v].k", "$['deep'][1]['k'] $['deep'][2]['k'] ?"},
    {"$.deep[*]['v','k']",
     "$['deep'][0]['v'] $['deep'][0]['k'] $['deep'][1]['v'] $['deep'][1]['k'] "
     "$['deep'][2]['v'] $['deep'][2]['k'] "},
    {"$.a[-1,0,5]", "$['a'][1] $['a'][0] "},
    {"$.deep[::-2].k", "$['deep'][2]['k'] $['deep'][0]['k'] "},
    {"$['o','o'].x", "$['o']['x'] $['o']['x'] "},
    {"$..k", "$['deep'][0]['k'] $['deep'][1]['k'] $['deep'][2]['k'] ?"},
};

static void selections_say_whether_there_may_be_more(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR(document));
    for (size_t i = 0; i < COUNT_OF(selections); i++) {
        struct path_env env = fixture_env(&f);
        struct nodelist nodes;
        path_select(fixture_compile(&f, PATH_QUERY, str_from_c(selections[i].query)), &env, &nodes);
        assert_str_equal(paths_of(&f, &nodes), str_from_c(selections[i].paths));
    }
    fixture_release(&f);
}

static void relative_queries_go_on_from_the_current_item(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR(document));
    struct path_env env = fixture_env(&f);
    struct nodelist nodes;
    path_select(fixture_compile(&f, PATH_QUERY, STR("$.deep[2]")), &env, &nodes);
    env.current = nodes.items[0];
    path_select(fixture_compile(&f, PATH_QUERY, STR("@.*")), &env, &nodes);
    assert_str_equal(paths_of(&f, &nodes), STR("$['deep'][2]['k'] $['deep'][2]['v'] "));
    struct path_datum result;
    path_evaluate(fixture_compile(&f, PATH_PLACEHOLDER, STR("@.k")), &env, &result);
    assert_int_equal(result.type, TYPE_NODES);
    assert_str_equal(paths_of(&f, &result.nodes), STR("$['deep'][2]['k'] "));
    /* '@' inside a filter is the filtered node, and the outer one again behind it */
    static const struct truth_case tests[] = {{"@.k == 3", T},
                                              {"$.a[?@ == 2]", T},
                                              {"$.a[?@ == 3]", F},
                                              {"$.deep[?@.k == 3][?@ == 3] && @.v == 3", T}};
    for (size_t i = 0; i < COUNT_OF(tests); i++) {
        assert_int_equal(
            path_test(fixture_compile(&f, PATH_LOGICAL, str_from_c(tests[i].test)), &env),
            tests[i].expected);
    }
    fixture_release(&f);
}

static void without_a_current_item_nothing_is_selected(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR(document));
    struct path_env env = fixture_env(&f);
    env.current = (struct path_item){0};
    struct nodelist nodes;
    path_select(fixture_compile(&f, PATH_QUERY, STR("@.*")), &env, &nodes);
    assert_int_equal(nodes.count, 0);
    assert_false(nodes.unknown);
    assert_int_equal(
        path_test(fixture_compile(&f, PATH_LOGICAL, STR("@ || @.a || @.a == 1")), &env),
        TRUTH_FALSE);
    fixture_release(&f);
}

/*
 * What functions of higher floors may do: give nodes, take conditions, look at the outermost '@'.
 */
static void call_first(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)given;
    result->nodes.unknown = args[0].nodes.unknown;
    if (args[0].nodes.count) {
        nodelist_add(env, &result->nodes, args[0].nodes.items[0]);
    }
}

static void call_same(struct path_env *env, const struct path_datum *args, size_t given,
                      struct path_datum *result)
{
    (void)env;
    assert_int_equal(given, 2);
    bool unknown = args[0].logical == TRUTH_UNKNOWN || args[1].logical == TRUTH_UNKNOWN;
    result->logical = unknown ? TRUTH_UNKNOWN : truth_of(args[0].logical == args[1].logical);
}

static void call_outer(struct path_env *env, const struct path_datum *args, size_t given,
                       struct path_datum *result)
{
    (void)args;
    assert_int_equal(given, 0);
    result->value = path_node_value(env, env->current.node);
}

static const struct path_function more_functions[] = {
    {.name = STR_INIT("first"),
     .result = TYPE_NODES,
     .required = 1,
     .count = 1,
     .params = {TYPE_NODES},
     .call = call_first},
    {.name = STR_INIT("same"),
     .result = TYPE_LOGICAL,
     .required = 2,
     .count = 2,
     .params = {TYPE_LOGICAL, TYPE_LOGICAL},
     .call = call_same},
    {.name = STR_INIT("outer"), .result = TYPE_VALUE, .call = call_outer},
};

static const struct path_functions all_functions = {more_functions, COUNT_OF(more_functions),
                                                    &path_standard_functions};

static const struct truth_case more_tests[] = {
    {"first($.a[*])", T},
    {"first($.no)", F},
    {"first($.u)", U},
    {"first($.u.x)", U},
    {"value(first($.a[*])) == 1", T},
    {"count(first(first($.a[*]))) == 1", T},
    {"same($.t, $.no)", F},
    {"same($.t == false, first($.no))", T},
    {"same($.u, $.t)", U},
    {"same(first($.a), !match($.s, 'x') && $.n > 1)", T},
    /* '@' is 2 here, and stays so for outer() inside of filters */
    {"@ == 2 && outer() == 2", T},
    {"$.a[?@ == outer()]", T},
    {"$.a[?@ == outer()][?@ == 1]", F},
    {"$.deep[?@.v[?@ == 1] || @.v == outer()]", T},
    {"$.a[?@ == 1 && outer() == 1]", F},
};

static void functions_may_have_any_type(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR(document));
    struct path_compiler compiler = {
        .arena = &f.arena, .atoms = &f.atoms, .functions = &all_functions};
    struct path_error error;
    struct path_env env = fixture_env(&f);
    env.current.node = tree_member(&f.tree, f.tree.root, STR("n"));
    for (size_t i = 0; i < COUNT_OF(more_tests); i++) {
        const struct path_program *program =
            path_compile(&compiler, PATH_LOGICAL, str_from_c(more_tests[i].test), &error);
        assert_non_null(program);
        enum truth truth = path_test(program, &env);
        if (truth != more_tests[i].expected) {
            fail_msg("'%s' is %d", more_tests[i].test, (int)truth);
        }
    }
    /* A function that gives nodes gets them with their places, and hands them on. */
    struct path_datum result;
    path_evaluate(
        path_compile(&compiler, PATH_PLACEHOLDER, STR("first($.deep[?@.k > 2].v)"), &error), &env,
        &result);
    assert_int_equal(result.type, TYPE_NODES);
    assert_str_equal(paths_of(&f, &result.nodes), STR("$['deep'][2]['v'] ?"));
    fixture_release(&f);
}

struct fact_case {
    const char *fact;
    const char *test;
    unsigned linked;
    enum truth when_missing;
};

static const struct fact_case facts[] = {
    {"$.a", "$.a", 1, U},
    {"$.a", "$['a']", 1, U},
    {"$.a", "$[ 'a' ] [0] == 1", 1, U},
    {"$.a", "count($.a[*]) == 2", 1, U},
    {"$.a", "$.a && $.a[0] == 1", 2, U},
    {"$.a", "$.no && $.a", 1, F},
    {"$.a", "$.t || $.a", 1, T},
    {"$.a", "$.o", 0, T},
    {"$.a", "$..a", 0, T},
    {"$.a", "$['a','o']", 0, T},
    {"$.a[0]", "$.a", 0, T},
    {"$.a[0]", "$.a[-1]", 0, T},
    {"$.a", "$.deep[?@.k == $.a[0]]", 1, U},
    {"$.a", "length($.a) == 2", 1, U},
    {"$.deep[?@.k == $.n].v", "$.deep[?@.k == $.n].v", 1, U},
    {"$.deep[?@.k == $.n].v", "$.deep[?@['k'] == $['n']]['v'].x", 1, U},
    {"$.deep[?@.k == $.n].v", "$.deep[?@.k != $.n].v", 0, T},
    {"$.deep[?@.k == 1]", "$.deep[?@.k == 1.0][0:2]", 1, U},
    {"$.deep[?@.k == 1]", "$.deep[?@.k == '1']", 0, U}, /* k itself is unknown somewhere */
    {"$.deep[?match(@.s, 'a')]", "$.deep[?match(@.s, 'a')].x || $.t", 1, T},
    {"$.deep[?match(@.s, 'a')]", "$.deep[?search(@.s, 'a')].x || $.t", 0, T},
    {"$.a[1:]", "$.a[1:][0] || $.a[1:2]", 1, T},
    {"@.a", "@.a", 1, U},
    {"@.a", "$.a", 0, T},
    {"@.a", "$.deep[?@.a]", 0, F},
    {"@.a", "value(@.a[0]) == 1", 1, U},
};

static void queries_over_missing_facts_are_unknown(void **state)
{
    (void)state;
    enum { BIT = 31 };
    struct fixture f;
    fixture_read(&f, STR(document));
    for (size_t i = 0; i < COUNT_OF(facts); i++) {
        struct path_env env = fixture_env(&f);
        struct path_program *program = fixture_compile(&f, PATH_LOGICAL, str_from_c(facts[i].test));
        enum truth before = path_test(program, &env);
        const struct path_program *fact =
            fixture_compile(&f, PATH_QUERY, str_from_c(facts[i].fact));
        unsigned linked = path_link_fact(program, fact, BIT);
        assert_int_equal(path_test(program, &env), before);
        env.missing_facts = UINT32_C(1) << BIT;
        enum truth missing = path_test(program, &env);
        if (linked != facts[i].linked || missing != facts[i].when_missing) {
            fail_msg("'%s' on '%s': %u linked, truth %d", facts[i].fact, facts[i].test, linked,
                     (int)missing);
        }
    }
    fixture_release(&f);
}

static void a_missing_fact_gives_an_unknown_nodelist(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR(document));
    struct path_program *query = fixture_compile(&f, PATH_QUERY, STR("$.a[*]"));
    assert_int_equal(path_link_fact(query, fixture_compile(&f, PATH_QUERY, STR("$.a")), 0), 1);
    struct path_env env = fixture_env(&f);
    env.missing_facts = 1;
    struct nodelist nodes;
    path_select(query, &env, &nodes);
    assert_int_equal(nodes.count, 0);
    assert_true(nodes.unknown);
    fixture_release(&f);
}

/* ---- what the root must have ---- */

static const struct {
    struct str expression;
    const char *names; /* "" where the root need not have any */
} needs[] = {
    {STR_INIT("$.a"), "a "},
    {STR_INIT("$.a.b[0]"), "a "},
    {STR_INIT("$['a','b'].c"), "a b "},
    {STR_INIT("$.a == 'x'"), "a "},
    {STR_INIT("'x' == $.a.b"), "a "},
    {STR_INIT("$.a && $.b"), "a "},
    {STR_INIT("!$.a && $.b"), "b "},
    {STR_INIT("$.a || $.b || $.c == 1"), "a b c "},
    {STR_INIT("($.a || $.b) && !$.c"), "a b "},
    {STR_INIT("$.a.b || $.a.c || $.a[?@.d]"), "a "},
    {STR_INIT("(!$.a || $.b) && $.c"), "c "},
    {STR_INIT("$.a || !$.b"), ""},
    {STR_INIT("!$.a"), ""},
    {STR_INIT("$"), ""},
    {STR_INIT("@.a"), ""},
    {STR_INIT("$.*"), ""},
    {STR_INIT("$..a"), ""},
    {STR_INIT("$['a',0]"), ""},
    {STR_INIT("$[?@.a]"), ""},
    {STR_INIT("$.a != 'x'"), ""},
    {STR_INIT("$.a == $.b"), ""},
    {STR_INIT("$.a < 1"), ""},
    {STR_INIT("count($.a) == 0"), ""},
    {STR_INIT("$['a','b','c','d'] || $['e','f','g','h','i']"), ""}, /* more than are asked for */
};

static void names_that_the_root_must_have_are_known(void **state)
{
    (void)state;
    enum { MOST = 8 };
    for (size_t i = 0; i < COUNT_OF(needs); i++) {
        struct fixture f;
        fixture_read(&f, STR("{}"));
        uint32_t names[MOST];
        struct buf said = buf_with_max(256);
        size_t count =
            path_root_names(fixture_compile(&f, PATH_LOGICAL, needs[i].expression), names, MOST);
        for (size_t n = 0; n < count; n++) {
            buf_printf(&said, "%.*s ", STR_ARG(atoms_text(&f.atoms, names[n])));
        }
        if (!str_eq(buf_str(&said), str_from_c(needs[i].names))) {
            fail_msg("'%.*s' needs '%.*s'", STR_ARG(needs[i].expression), STR_ARG(buf_str(&said)));
        }
        buf_release(&said);
        fixture_release(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_nodes_may_exist_or_not),
        cmocka_unit_test(comparing_with_the_unknown_is_unknown),
        cmocka_unit_test(containers_differ_only_where_it_is_known),
        cmocka_unit_test(logic_is_kleenes),
        cmocka_unit_test(functions_over_the_unknown_are_unknown),
        cmocka_unit_test(selections_say_whether_there_may_be_more),
        cmocka_unit_test(relative_queries_go_on_from_the_current_item),
        cmocka_unit_test(without_a_current_item_nothing_is_selected),
        cmocka_unit_test(functions_may_have_any_type),
        cmocka_unit_test(queries_over_missing_facts_are_unknown),
        cmocka_unit_test(a_missing_fact_gives_an_unknown_nodelist),
        cmocka_unit_test(names_that_the_root_must_have_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
