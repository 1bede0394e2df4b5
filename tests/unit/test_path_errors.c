/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with an expression is said at the exact bytes, with advice. In the tables the
 * second string marks them: '^' under each byte of the range, '|' where the range is empty.
 */
#include "path_fixture.h"

#include "base/utf8.h"

#include <stdio.h>

struct error_case {
    const char *text;
    const char *marks;
    const char *message; /* part of it */
};

static const struct error_case query_errors[] = {
    {"", "|", "begins with '$', found the end"},
    {" $", "^", "found white space"},
    {"$ ", " ^", "white space at the end"},
    {"$.a \n", "   ^^", "white space at the end"},
    {"a.b", "^", "a query begins with '$': $.a"},
    {"my-name", "^^^^^^^", "$.my-name"},
    {".a", "^", "$.a"},
    {"[0]", "^", "$[0]"},
    {"'a'", "^", "a query, which begins with '$', found '''"},
    {"$a", " ^", "a '.' is missing"},
    {"$['a']b", "      ^", "a '.' is missing"},
    {"$.a b", "    ^", "the end of the query, found 'b'"},
    {"$.a == 1", "    ^", "no operators outside of a filter"},
    {"$.a,$.b", "   ^", "found ','"},
    {"$.a\xE2\x82\xAC,", "      ^", "found ','"},
    {"$.a)", "   ^", "found ')'"},
    {"$.a\x01", "   ^", "the control character U+0001"},
    {"$.\xFF", "  ^", "UTF-8"},
    /* segments */
    {"$.", "  |", "a member name or '*' after the dot"},
    {"$..", "   |", "a member name or '*' after the dot"},
    {"$. a", "  ^", "found white space"},
    {"$...a", " ^^^", "too many dots"},
    {"$.'a'", " ^^", "['name']"},
    {"$..\"a\"", " ^^^", "..['name']"},
    {"$.[0]", " ^^", "no '.' stands before '['"},
    {"$.1a", "  ^^", "['1a']"},
    {"$.$ref", "  ^^^^", "['$ref']"},
    {"$.node-count.x", "  ^^^^^^^^^^", "a name with '-' must be quoted: ['node-count']"},
    {"$.a$b", "  ^^^", "a name with '$' must be quoted: ['a$b']"},
    {"$.(a)", "  ^", "found '('"},
    /* selectors */
    {"$[", "  |", "a selector"},
    {"$[]", "  ^", "a selector"},
    {"$['a',]", "      ^", "a selector"},
    {"$[,'a']", "  ^", "a selector"},
    {"$[a]", "  ^", "a name in brackets is quoted: ['a']"},
    {"$[node-count]", "  ^^^^^^^^^^", "['node-count']"},
    {"$[@.a]", "  ^", "a filter begins with '?': [?@"},
    {"$[(@.a)]", "  ^", "a filter begins with '?': [?("},
    {"$['a'", " ^^^^", "not closed"},
    {"$['a' 'b']", "      ^", "',' or ']'"},
    {"$[0 1]", "    ^", "',' or ']'"},
    {"$[01]", "  ^^", "leading zeros"},
    {"$[-01]", "  ^^^", "leading zeros"},
    {"$[-0]", "  ^^", "-0"},
    {"$[-]", "   ^", "a digit"},
    {"$[1.5]", "  ^^^", "whole number"},
    {"$[+1]", "  ^", "a selector"},
    {"$[9007199254740992]", "  ^^^^^^^^^^^^^^^^", "2^53"},
    {"$[-9007199254740992]", "  ^^^^^^^^^^^^^^^^^", "2^53"},
    {"$[100000000000000000000000000000]", "  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^", "2^53"},
    {"$[1:-0]", "    ^^", "-0"},
    {"$[1:2:03]", "      ^^", "leading zeros"},
    {"$[1:2:3:4]", "       ^", "',' or ']'"},
    /* strings */
    {"$['a", "  ^^", "another '"},
    {"$[\"a\\\"]", "  ^^^^^", "another \""},
    {"$['\\", "  ^^", "another '"},
    {"$['a\\x']", "    ^^", "unknown escape"},
    {"$['\\\"']", "   ^^", "unknown escape"},
    {"$['\t']", "   ^", "\\u0009"},
    {"$['\\u12g4']", "   ^^^^", "four hexadecimal digits"},
    {"$['\\ud800']", "   ^^^^^^", "surrogate"},
    {"$['\\udc00']", "   ^^^^^^", "surrogate"},
    {"$['\\ud800\\u0041']", "   ^^^^^^^^^^^^", "surrogate"},
    {"$['\\ud800\\u00']", "         ^^^^", "four hexadecimal digits"},
    {"$['\\\xC3\xA9']", "   ^^^", "unknown escape"},
    /* '@' */
    {"$[?]", "   ^", "a query, a literal or a function"},
    {"$[?@.a", " ^^^^^", "not closed"},
    {"$[?(@.a]", "       ^", "'&&', '||' or ')'"},
};

static const struct error_case logical_errors[] = {
    {"", "|", "found the end"},
    {"@.a b", "    ^", "an operator or the end"},
    {"@.a == 1)", "        ^", "found ')'"},
    {"@.a[?@.b]]", "         ^", "found ']'"},
    {"@.a ||", "      |", "found the end"},
    {"&& @.a", "^", "found '&'"},
    {"()", " ^", "found ')'"},
    {"(@.a", "^^^^", "it needs ')'"},
    {"[?@.a]", "^", "arrays and objects"},
    /* the habits of other languages */
    {"@.a = 1", "    ^", "write '=='"},
    {"@.a === 1", "    ^^^", "write '=='"},
    {"@.a !== 1", "    ^^^", "write '!='"},
    {"@.a =~ 'x'", "    ^^", "match("},
    {"@.a <> 1", "    ^^", "write '!='"},
    {"@.a => 1", "    ^^", "write '>='"},
    {"@.a and @.b", "    ^^^", "write '&&'"},
    {"@.a OR @.b", "    ^^", "write '||'"},
    {"@.a==1 & @.b", "       ^", "write '&&'"},
    {"@.a | @.b", "    ^", "write '||'"},
    {"@.a in ['x']", "    ^^", "joined with '||'"},
    {"@.a contains 'x'", "    ^^^^^^^^", "a filter"},
    {"not @.a", "^^^", "write '!'"},
    {"!!@.a", "^^", "leave both out"},
    {"! ! @.a", "^^^", "leave both out"},
    {"@.a == True", "       ^^^^", "'true' in lower case"},
    {"@.a == NULL", "       ^^^^", "'null' in lower case"},
    {"@.a == foo", "       ^^^", "'foo'"},
    {"@.a == [1]", "       ^", "arrays and objects"},
    {"@.a == {}", "       ^", "arrays and objects"},
    {"count (@.*) == 1", "     ^", "no white space"},
    /* literals */
    {"true", "^^^^", "no condition"},
    {"'a' && @.b", "^^^", "no condition"},
    {"@.a == 01", "       ^^", "leading zeros"},
    {"@.a == 1.", "         |", "decimal point"},
    {"@.a == 1.e1", "         ^", "decimal point"},
    {"@.a == 1e", "         |", "exponent"},
    {"@.a == .5", "       ^", "a query, a literal or a function"},
    {"@.a == +1", "       ^", "a query, a literal or a function"},
    {"@.a == -", "        |", "a digit"},
    {"@.a == '\\d'", "        ^^", "written twice"},
    /* comparisons (RFC 9535 §2.4.3) */
    {"!@.a == 1", "     ^^", "write !("},
    {"(@.a) == 1", "      ^^", "cannot be compared"},
    {"!(@.a) < 1", "       ^", "cannot be compared"},
    {"@.a == @.b == @.c", "           ^^", "chained"},
    {"@.a[*] == 1", "^^^^^^", "value(@.a[*])"},
    {"1 == @.a[*]", "     ^^^^^^", "value(@.a[*])"},
    {"@..a == 'x'", "^^^^", "value(@..a)"},
    {"@['a','b'] == 1", "^^^^^^^^^^", "several nodes"},
    {"@[0:1] == 1", "^^^^^^", "several nodes"},
    {"@[?@.a] == 1", "^^^^^^^", "several nodes"},
    {"match(@.a, 'x') == true", "^^^^^^^^^^^^^^^", "true or false by itself"},
    {"nodes(@.a) == 1", "^^^^^^^^^^", "use value(nodes(@.a))"},
    /* functions */
    {"lenght(@.a) == 1", "^^^^^^", "did you mean 'length'?"},
    {"nothing_like_it(@.a)", "^^^^^^^^^^^^^^^", "unknown function 'nothing_like_it'"},
    {"length(@.a)", "^^^^^^^^^^^", "compare it: length(@.a) == "},
    {"!length(@.a)", " ^^^^^^^^^^^", "no condition"},
    {"length() == 1", "^^^^^^^^", "too few arguments: length(value) -> value"},
    {"match(@.a)", "^^^^^^^^^^", "too few arguments"},
    {"count(@.a, 1) > 1", "           ^", "too many arguments: count(nodes) -> value"},
    {"zero(1)", "     ^", "too many arguments"},
    {"match(@.a, 'x'", "^^^^^^^^^^^^^^", "it needs ')'"},
    {"match(@.a 'x')", "          ^", "',' or ')'"},
    {"match(@.a,)", "          ^", "a query, a literal or a function"},
    {"length(@.*) == 1", "       ^^^", "value(@.*)"},
    {"length(nodes(@)) == 1", "       ^^^^^^^^", "gives nodes"},
    {"length(match(@,'a')) == 1", "       ^^^^^^^^^^^^", "true or false"},
    {"length(@.a == 1) == 1", "           ^^", "no comparison"},
    {"length(@.a && @.b) == 1", "           ^", "',' or ')'"},
    {"length((@.a)) == 1", "       ^", "a query, a literal or a function"},
    {"count(1) == 1", "      ^", "must be a query"},
    {"count(length(@)) == 1", "      ^^^^^^^^^", "must be a query"},
    {"choice(1)", "       ^", "no condition"},
    {"choice(length(@))", "       ^^^^^^^^^", "no condition"},
    {"even('abc')", "     ^^^^^", "an even number"},
    {"match(@, '(')[0]", "             ^", "an operator or the end"},
};

static const struct error_case placeholder_errors[] = {
    {"", "|", "found the end"},        {"'a'", "^^^", "no literal"},
    {" 1 ", " ^", "no literal"},       {"length(@.a) == 2", "            ^", "found '='"},
    {"@.a @.b", "    ^", "found '@'"}, {"name", "^^^^", "unknown word"},
};

/* More functions than the RFC has, to reach every combination of types. */
static void call_zero(struct path_env *env, const struct path_datum *args, size_t given,
                      struct path_datum *result)
{
    (void)env;
    (void)args;
    (void)given;
    (void)result;
}

static int check_even(struct arena *arena, const struct str *const *literals, size_t given,
                      struct str *problem)
{
    (void)arena;
    *problem = STR("this must have an even number of characters");
    return given && literals[0] && literals[0]->len % 2 ? 0 : -1;
}

static const struct path_function more_functions[] = {
    {.name = STR_INIT("nodes"),
     .result = TYPE_NODES,
     .required = 1,
     .count = 1,
     .params = {TYPE_NODES},
     .call = call_zero,
     .signature = STR_INIT("nodes(nodes) -> nodes")},
    {.name = STR_INIT("zero"),
     .result = TYPE_LOGICAL,
     .call = call_zero,
     .signature = STR_INIT("zero() -> logical")},
    {.name = STR_INIT("choice"),
     .result = TYPE_LOGICAL,
     .required = 1,
     .count = 1,
     .params = {TYPE_LOGICAL},
     .call = call_zero,
     .signature = STR_INIT("choice(logical) -> logical")},
    {.name = STR_INIT("even"),
     .result = TYPE_LOGICAL,
     .required = 1,
     .count = 1,
     .params = {TYPE_VALUE},
     .call = call_zero,
     .check = check_even,
     .signature = STR_INIT("even(value) -> logical")},
};

static const struct path_functions functions = {more_functions, COUNT_OF(more_functions),
                                                &path_standard_functions};

static struct path_program *compile(struct arena *arena, enum path_goal goal, struct str text,
                                    struct path_error *error)
{
    struct atoms atoms;
    atoms_init(&atoms, arena, NULL);
    struct path_compiler compiler = {.arena = arena, .atoms = &atoms, .functions = &functions};
    return path_compile(&compiler, goal, text, error);
}

static void marks_of(const struct path_error *error, char *marks, size_t size)
{
    int len = snprintf(marks, size, "%*s%s", (int)error->lo, "", error->lo == error->hi ? "|" : "");
    for (uint32_t i = error->lo; i < error->hi && (size_t)len + 1 < size; i++) {
        marks[len++] = '^';
    }
    marks[len] = '\0';
}

static void check_errors(enum path_goal goal, const struct error_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct error_case *c = &cases[i];
        struct arena arena = {0};
        struct path_error error;
        char marks[128];
        if (compile(&arena, goal, str_from_c(c->text), &error)) {
            fail_msg("'%s' is accepted", c->text);
        }
        marks_of(&error, marks, sizeof marks);
        if (strcmp(marks, c->marks) != 0 ||
            str_find(error.message, str_from_c(c->message)) == error.message.len) {
            fail_msg("\n%s\n%s\n%.*s", c->text, marks, STR_ARG(error.message));
        }
        arena_release(&arena);
    }
}

static void wrong_queries_are_refused_at_the_byte(void **state)
{
    (void)state;
    check_errors(PATH_QUERY, query_errors, COUNT_OF(query_errors));
}

static void wrong_conditions_are_refused_at_the_byte(void **state)
{
    (void)state;
    check_errors(PATH_LOGICAL, logical_errors, COUNT_OF(logical_errors));
}

static void wrong_placeholders_are_refused_at_the_byte(void **state)
{
    (void)state;
    check_errors(PATH_PLACEHOLDER, placeholder_errors, COUNT_OF(placeholder_errors));
}

static void relative_queries_must_be_allowed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct path_error error;
    assert_null(compile(&arena, PATH_QUERY, STR("@.a"), &error));
    assert_true(str_find(error.message, STR("'@' has no meaning")) < error.message.len);
    struct atoms atoms;
    atoms_init(&atoms, &arena, NULL);
    struct path_compiler compiler = {
        .arena = &arena, .atoms = &atoms, .functions = &functions, .allow_relative = true};
    assert_non_null(path_compile(&compiler, PATH_QUERY, STR("@.a"), &error));
    arena_release(&arena);
}

static void well_typed_expressions_are_accepted(void **state)
{
    (void)state;
    static const char *const conditions[] = {
        " @ \n",
        "\t@.a == 1 ",
        "nodes(@)",
        "!nodes(@.a)",
        "count(nodes(@..*)) > 0",
        "choice(@.a == 1)",
        "choice(@..a)",
        "choice(nodes(@))",
        "choice(zero())",
        "choice(!(@.a || @.b && @.c))",
        "zero( )",
        "even('ab') && even(@.a) && even(12345)",
        "value(@..*) != length(value($.*))",
        "1 == 1",
        "@[ 0 ] == @[ 'a' ]",
        "-0 < 1.5e-3",
        "((((@))))",
    };
    for (size_t i = 0; i < COUNT_OF(conditions); i++) {
        struct arena arena = {0};
        struct path_error error;
        if (!compile(&arena, PATH_LOGICAL, str_from_c(conditions[i]), &error)) {
            fail_msg("'%s': %.*s", conditions[i], STR_ARG(error.message));
        }
        arena_release(&arena);
    }
}

static void placeholders_have_the_type_of_what_they_hold(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum path_type type;
    } cases[] = {
        {"@", TYPE_NODES},         {" $.a[*] ", TYPE_NODES}, {"nodes(@)", TYPE_NODES},
        {"length(@)", TYPE_VALUE}, {"zero()", TYPE_LOGICAL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena = {0};
        struct path_error error;
        const struct path_program *program =
            compile(&arena, PATH_PLACEHOLDER, str_from_c(cases[i].text), &error);
        assert_non_null(program);
        assert_int_equal(path_program_type(program), cases[i].type);
        arena_release(&arena);
    }
}

/* `count` times `open`, "@", `count` times `close`. */
static struct str nested(struct arena *arena, size_t count, const char *open, const char *close)
{
    struct buf text = buf_with_max(EXPRESSION_MAX_BYTES);
    for (size_t i = 0; i < count; i++) {
        buf_add_c(&text, open);
    }
    buf_add_c(&text, "@");
    for (size_t i = 0; i < count; i++) {
        buf_add_c(&text, close);
    }
    struct str copy = arena_str(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static void nesting_and_size_are_limited(void **state)
{
    (void)state;
    static const char *const brackets[][2] = {
        {"(", ")"}, {"!(", ")"}, {"@[?", "]"}, {"choice(", ")"}, {"@.a||!choice(@.b&&", ")"}};
    struct arena arena = {0};
    struct path_error error;
    for (size_t i = 0; i < COUNT_OF(brackets); i++) {
        const char *open = brackets[i][0];
        const char *close = brackets[i][1];
        struct str deepest = nested(&arena, EXPRESSION_MAX_DEPTH, open, close);
        assert_non_null(compile(&arena, PATH_LOGICAL, deepest, &error));
        assert_null(compile(&arena, PATH_LOGICAL,
                            nested(&arena, EXPRESSION_MAX_DEPTH + 1, open, close), &error));
        assert_true(str_find(error.message, STR("more than 64 deep")) < error.message.len);
    }
    char text[EXPRESSION_MAX_BYTES + 1];
    memset(text, 'a', sizeof text);
    memcpy(text, "$.", 2);
    assert_non_null(compile(&arena, PATH_QUERY, (struct str){text, sizeof text - 1}, &error));
    assert_null(compile(&arena, PATH_QUERY, (struct str){text, sizeof text}, &error));
    assert_true(str_find(error.message, STR("at most 16384 bytes")) < error.message.len);
    arena_release(&arena);
}

/* A long expression may be quoted in a message in part only, and never through a character. */
static void messages_are_short_and_valid(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct path_error error;
    char text[1000] = "[";
    for (size_t i = 1; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, "\xE2\x82\xAC", 3);
    }
    for (size_t len = 900; len < 910; len++) {
        struct str query = {text, len - (len - 1) % 3};
        assert_null(compile(&arena, PATH_QUERY, query, &error));
        assert_true(error.message.len > 400 && error.message.len < 512);
        assert_int_equal(utf8_find_malformed(error.message), error.message.len);
    }
    struct str several = arena_format(&arena, "@.%0*d.*==1", 70, 0);
    memcpy((char *)several.ptr + 2, "name", 4); /* the arena's own copy */
    assert_null(compile(&arena, PATH_LOGICAL, several, &error));
    assert_true(str_find(error.message, STR("value(…)")) < error.message.len);
    assert_null(compile(&arena, PATH_LOGICAL, STR("@.a\n.* == 1"), &error));
    assert_true(str_find(error.message, STR("value(…)")) < error.message.len);
    arena_release(&arena);
}

static const struct error_case pattern_problems[] = {
    {"match(@, 'a.*')", "", ""},
    {"search(@, $.pattern)", "", ""},
    {"match(@, 'ab(')", "            ^", "not closed"},
    {"match(@, '\\\\d')", "          ^^", "[0-9]"},
    {"match(@, 'a\\u0062)')", "                 ^", "not opened"},
    {"@.a[?search(@.b, \"[z-a]\")]", "                   ^", "wrong way round"},
    {"match(@, '(a+)+')", "         ^^^^^^^", "more than linear time"},
    {"match(@, 'a{')", "            |", "number of repetitions"},
    {"match(@, '[')||match(@,']')", "          ^", "not closed"},
};

/*
 * RFC 9535 §2.4.6: they are no errors of the expression, but whoever writes a rule wants to know.
 */
static void problems_of_literal_patterns_are_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pattern_problems); i++) {
        const struct error_case *c = &pattern_problems[i];
        struct arena arena = {0};
        struct path_error error;
        const struct path_program *program =
            compile(&arena, PATH_LOGICAL, str_from_c(c->text), &error);
        assert_non_null(program);
        const struct path_error *problem = path_pattern_problem(program);
        char marks[128] = "";
        if (problem) {
            marks_of(problem, marks, sizeof marks);
        }
        if (strcmp(marks, c->marks) != 0) {
            fail_msg("\n%s\n%s", c->text, marks);
        }
        if (problem && str_find(problem->message, str_from_c(c->message)) == problem->message.len) {
            fail_msg("%s: %.*s", c->text, STR_ARG(problem->message));
        }
        arena_release(&arena);
    }
}

static const char dumped[] = "or\n"
                             "  and\n"
                             "    not\n"
                             "      or\n"
                             "        compare ==\n"
                             "          query @ singular\n"
                             "            child\n"
                             "              name ['a']\n"
                             "          literal 1\n"
                             "        exists\n"
                             "          query $\n"
                             "            descendant\n"
                             "              name ['b']\n"
                             "            child\n"
                             "              filter\n"
                             "                and\n"
                             "                  call match compiled\n"
                             "                    query @ singular\n"
                             "                    literal 'a.*'\n"
                             "                  compare <=\n"
                             "                    query @ singular\n"
                             "                      child\n"
                             "                        index -1\n"
                             "                    literal null\n"
                             "    compare >\n"
                             "      call count\n"
                             "        query @\n"
                             "          child\n"
                             "            wildcard\n"
                             "            name ['\\'']\n"
                             "      literal 1.5\n"
                             "    exists\n"
                             "      query @\n"
                             "        child\n"
                             "          slice 1::-2\n"
                             "  and\n"
                             "    call search\n"
                             "      literal 'x'\n"
                             "      query $ singular facts 0x8\n"
                             "        child\n"
                             "          name ['p']\n"
                             "    compare !=\n"
                             "      literal true\n"
                             "      query $ singular facts 0x8\n"
                             "        child\n"
                             "          name ['p']\n"
                             "        child\n"
                             "          name ['q']\n";

static void programs_can_be_dumped(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("null"));
    struct path_program *program =
        fixture_compile(&f, PATH_LOGICAL,
                        STR("!(@.a == 1 || $..b[?match(@, 'a.*') && @[-1] <= null]) && "
                            "count(@[*,'\\'']) > 1.5 && @[1::-2] "
                            "|| search('x', $.p) && true != $.p.q"));
    struct path_program *fact = fixture_compile(&f, PATH_QUERY, STR("$.p"));
    path_link_fact(program, fact, 3);
    struct buf text = buf_with_max(4096);
    path_dump(program, &f.atoms, &text);
    assert_str_equal(buf_str(&text), str_from_c(dumped));
    buf_release(&text);
    fixture_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_queries_are_refused_at_the_byte),
        cmocka_unit_test(wrong_conditions_are_refused_at_the_byte),
        cmocka_unit_test(wrong_placeholders_are_refused_at_the_byte),
        cmocka_unit_test(relative_queries_must_be_allowed),
        cmocka_unit_test(well_typed_expressions_are_accepted),
        cmocka_unit_test(placeholders_have_the_type_of_what_they_hold),
        cmocka_unit_test(nesting_and_size_are_limited),
        cmocka_unit_test(messages_are_short_and_valid),
        cmocka_unit_test(problems_of_literal_patterns_are_kept),
        cmocka_unit_test(programs_can_be_dumped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
