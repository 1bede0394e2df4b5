/* SPDX-License-Identifier: MIT */
/* What becomes of an expression where one thing in it is changed. */
#include "path_fixture.h"

#include "rule/functions.h"
#include "rule/mutate.h"

/* The expression, what it is compiled as, and every text that it is changed to, one a line. */
static const struct {
    const char *expression;
    enum path_goal goal;
    const char *mutants;
} rows[] = {
    {"@.a && @.b", PATH_LOGICAL, "@.b\n@.a\n!(@.a && @.b)\n!@.a && @.b\n@.a && !@.b\n"},
    {"@.a || (@.b && !@.c)", PATH_LOGICAL,
     "(@.b && !@.c)\n@.a\n!(@.a || (@.b && !@.c))\n!@.a || (@.b && !@.c)\n@.a || (!@.c)\n"
     "@.a || (@.b)\n@.a || (!(@.b && !@.c))\n@.a || (!@.b && !@.c)\n@.a || (@.b && @.c)\n"},
    {"(@.a) && ((@.b))", PATH_LOGICAL,
     "((@.b))\n(@.a)\n!((@.a) && ((@.b)))\n(!@.a) && ((@.b))\n(@.a) && ((!@.b))\n"},
    {"(@.a) && @.b || @.c", PATH_LOGICAL,
     "@.c\n(@.a) && @.b\n!((@.a) && @.b || @.c)\n@.b || @.c\n(@.a) || @.c\n!((@.a) && @.b) || @.c\n"
     "(!@.a) && @.b || @.c\n(@.a) && !@.b || @.c\n(@.a) && @.b || !@.c\n"},
    {"!(@.a)", PATH_LOGICAL, "(@.a)\n"},
    {"@.a", PATH_LOGICAL, "!@.a\n"},
    {"@.a == true", PATH_LOGICAL, "@.a != true\n@.a == false\n"},
    {"@.a != null", PATH_LOGICAL, "@.a == null\n"},
    {"@.a == ''", PATH_LOGICAL, "@.a != ''\n@.a == '~'\n"},
    {"@.a == '~'", PATH_LOGICAL, "@.a != '~'\n@.a == ''\n"},
    {"@.a<10", PATH_LOGICAL, "@.a>=10\n@.a<=10\n@.a<9\n@.a<11\n"},
    {"@.a <= 1", PATH_LOGICAL, "@.a > 1\n@.a < 1\n@.a <= 0\n@.a <= 2\n"},
    {"@.a > @.b", PATH_LOGICAL, "@.a <= @.b\n@.a >= @.b\n"},
    {"@.a >= @.b", PATH_LOGICAL, "@.a < @.b\n@.a > @.b\n"},
    {"match(@.a, 'x|y')", PATH_LOGICAL, "!match(@.a, 'x|y')\nmatch(@.a, '~')\n"},
    {"in(@, $.a[*].b)", PATH_LOGICAL, "!in(@, $.a[*].b)\nin(@, $.a[*][?1==2])\n"},
    {"count($..a) == 2", PATH_LOGICAL,
     "count($..a) != 2\ncount($..a) == 1\ncount($..a) == 3\ncount($..[?1==2]) == 2\n"},
    {"$.a", PATH_QUERY, "$[?1==2]\n"},
    {"$.a['b' , 'c'].d", PATH_QUERY, "$.a['b' , 'c'][?1==2]\n$.a['c'].d\n$.a['b'].d\n"},
    {"$.a[?@.b == 'x'].c", PATH_QUERY,
     "$.a[?@.b == 'x'][?1==2]\n$.a[*].c\n$.a[?@.b != 'x'].c\n$.a[?@.b == '~'].c\n"},
    {"$[?@.a, ?@.b]", PATH_QUERY,
     "$[?1==2]\n$[?@.b]\n$[?@.a]\n$[*, ?@.b]\n$[?!@.a, ?@.b]\n"
     "$[?@.a, *]\n$[?@.a, ?!@.b]\n"},
    {"$", PATH_QUERY, ""},
};

static void an_expression_is_changed_in_every_way(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("{}"));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str text = str_from_c(rows[i].expression);
        struct path_compiler compiler = {&f.arena, &f.atoms, &rule_functions, true};
        struct path_error error = {0};
        struct path_program *program = path_compile(&compiler, rows[i].goal, text, &error);
        struct mutation_list list = {.arena = &f.arena};
        struct buf all = buf_with_max(4096);
        assert_non_null(program);
        mutate_expression(&list, text, program);
        for (size_t m = 0; m < list.count; m++) {
            struct str mutant = mutation_apply(&f.arena, text, &list.items[m]);
            buf_printf(&all, "%.*s\n", STR_ARG(mutant));
            assert_non_null(path_compile(&compiler, rows[i].goal, mutant, &error));
        }
        assert_str_equal(buf_str(&all), str_from_c(rows[i].mutants));
        buf_release(&all);
    }
    fixture_release(&f);
}

/* How people name a change, in reports and in `equivalent-mutants`: "was => now". */
static void a_change_is_named_by_what_it_is_about(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("{}"));
    struct str text = STR("(@.a) && match(@.b, 'x') && $.c['d','e'][?@.f == 1]");
    static const char expected[] = "(@.a) => \n"
                                   "match(@.b, 'x') => \n"
                                   "$.c['d','e'][?@.f == 1] => \n"
                                   "whole => !(whole)\n"
                                   "@.a => !@.a\n"
                                   "match(@.b, 'x') => !match(@.b, 'x')\n"
                                   "match(@.b, 'x') => match(@.b, '~')\n"
                                   "$.c['d','e'][?@.f == 1] => !$.c['d','e'][?@.f == 1]\n"
                                   "['d','e'] => ['e']\n"
                                   "['d','e'] => ['d']\n"
                                   "?@.f == 1 => *\n"
                                   "@.f == 1 => @.f != 1\n"
                                   "@.f == 1 => @.f == 0\n"
                                   "@.f == 1 => @.f == 2\n";
    struct path_compiler compiler = {&f.arena, &f.atoms, &rule_functions, true};
    struct path_error error = {0};
    struct path_program *program = path_compile(&compiler, PATH_LOGICAL, text, &error);
    struct mutation_list list = {.arena = &f.arena};
    struct buf all = buf_with_max(4096);
    mutate_expression(&list, text, program);
    for (size_t m = 0; m < list.count; m++) {
        const struct mutation *mutation = &list.items[m];
        bool whole =
            str_eq(mutation->was, str_slice(text, 1, text.len)) || str_eq(mutation->was, text);
        buf_printf(&all, "%.*s => %.*s\n", STR_ARG(whole ? STR("whole") : mutation->was),
                   STR_ARG(whole ? STR("!(whole)") : mutation->now));
    }
    assert_str_equal(buf_str(&all), STR(expected));
    buf_release(&all);
    fixture_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_expression_is_changed_in_every_way),
        cmocka_unit_test(a_change_is_named_by_what_it_is_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
