/* SPDX-License-Identifier: MIT */
/* What a query surely does not select, by the names of the document's members alone. */
#include "path/names.h"
#include "path_fixture.h"

static const char document[] =
    "{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"name\": \"a\", \"image\": \"b\"}]}}";

static const struct {
    const char *query;
    bool may;
} rows[] = {
    {"$", true},
    {"$.spec", true},
    {"$.status", false},
    {"$.spec.volumes", false},
    {"$.volumes.spec", false},
    {"$.name.spec", true}, /* both names are there, if not so */
    {"$['status','spec']", true},
    {"$['status','volumes']", false},
    {"$..image", true},
    {"$..volumes", false},
    {"$[*].volumes[*]", false},
    {"$[0].spec", true},
    /* ---- filters: what makes them true needs its names ---- */
    {"$.spec.containers[?@.image]", true},
    {"$.spec.containers[?@.command]", false},
    {"$.spec.containers[?!@.command]", true},
    {"$.spec.containers[?@.command == 'x']", false},
    {"$.spec.containers[?'x' == @.command]", false},
    {"$.spec.containers[?@.command != 'x']", true},
    {"$.spec.containers[?@.command == @.args]", true}, /* nothing equals nothing */
    {"$.spec.containers[?@.image && @.command]", false},
    {"$.spec.containers[?@.image || @.command]", true},
    {"$.spec.containers[?@.args || @.command]", false},
    {"$.spec.containers[?$.status]", false},
    {"$.spec.containers[?count(@.command) == 0]", true},
    {"$.spec.containers[?@.image[?@.command]]", false},
};

static bool may_select(struct fixture *f, const char *query)
{
    struct path_names names = {0};
    return path_may_select(fixture_compile(f, PATH_QUERY, str_from_c(query)), &f->tree, &names);
}

static void names_tell_what_is_not_selected(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, str_from_c(document));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (may_select(&f, rows[i].query) != rows[i].may) {
            fail_msg("%s: %s", rows[i].query, rows[i].may ? "nothing" : "something");
        }
    }
    fixture_release(&f);
}

static void an_unknown_value_may_have_any_name(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, STR("{\"spec\": \"?\"}"));
    assert_true(may_select(&f, "$.status"));
    fixture_release(&f);
}

/* Many names share few bits, and none is lost. */
static void each_of_many_names_is_found(void **state)
{
    enum { NAMES = 1000 };
    (void)state;
    struct fixture f;
    struct buf json = buf_with_max(1 << 20);
    for (int i = 0; i < NAMES; i++) {
        buf_printf(&json, "%s\"n%d\": %d", i ? ", " : "{", i, i);
    }
    buf_add_char(&json, '}');
    fixture_read(&f, buf_str(&json));
    for (int i = 0; i < NAMES; i++) {
        struct str query = arena_format(&f.arena, "$.n%d", i);
        assert_true(may_select(&f, query.ptr));
    }
    fixture_release(&f);
    buf_release(&json);
}

static void a_large_tree_is_not_looked_at(void **state)
{
    (void)state;
    struct fixture f;
    struct buf json = buf_with_max(1 << 20);
    for (int i = 0; i <= NAMES_MAX_NODES; i++) {
        buf_add_c(&json, i ? ",1" : "[1");
    }
    buf_add_char(&json, ']');
    fixture_read(&f, buf_str(&json));
    assert_true(may_select(&f, "$.status"));
    fixture_release(&f);
    buf_release(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_tell_what_is_not_selected),
        cmocka_unit_test(an_unknown_value_may_have_any_name),
        cmocka_unit_test(each_of_many_names_is_found),
        cmocka_unit_test(a_large_tree_is_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
