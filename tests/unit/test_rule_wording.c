/* SPDX-License-Identifier: MIT */
/* Texts with placeholders: what they become, and which are wrong. */
#include "model_world.h"

#include "base/utf8.h"
#include "rule/functions.h"
#include "rule/wording.h"

static const char document[] =
    "{name: ops, number: 0123, real: 1.50, yes: true, none: null, text: 'a {b} \"c\"',\n"
    " list: [a, 1, [b, {c: d}]], object: {a: b}, empty: [], hidden: !unknown '',\n"
    " some: [a, !unknown ''], 'odd name}': x}";

static const struct {
    const char *text, *rendered;
} rows[] = {
    {"", ""},
    {"plain", "plain"},
    {"{$.name}", "ops"},
    {"a {$.name} b {@.name}c", "a ops b opsc"},
    {"{{", "{"},
    {"}}", "}"},
    {"{{}}", "{}"},
    {"{{{$.name}}}", "{ops}"},
    {"{{$.name}}", "{$.name}"},
    {"{ $.name }", "ops"},
    {"{$['odd name}']}", "x"},
    {"{$[\"odd name}\"]}", "x"},
    {"{$['odd\\u0020name}']}", "x"},
    /* Scalars as they were written; what is not there, or not known, is a question mark. */
    {"{$.number} {$.real} {$.yes} {$.none} {$.text}", "0123 1.50 true null a {b} \"c\""},
    {"{$.nowhere} {$.hidden} {$.hidden.x}", "? ? ?"},
    /* Lists */
    {"{$.list}", "a, 1, b, {…}"},
    {"{$.list[*]}", "a, 1, b, {…}"},
    {"{$.object} {$.empty}|", "{…} |"},
    {"{list($.list[0,1])} {list($.nowhere)} {list($.hidden.x)} {list($.empty[*])}", "a, 1 - ? -"},
    {"{$.some[*]}", "a, ?"},
    {"{$..a}", "b"},
    /* Functions */
    {"{count($.list[*])} {length($.name)} {value($.name)}", "3 3 ops"},
    {"{text($.number)} {text(1)}", "0123 ?"},
    {"{in('a', $.list[*])} {in('z', $.list[*])} {in('z', $.some[*])}", "true false ?"},
    {"{this()} {count($..*)}", "{…} ?"},
    {"{arn_part('arn:aws:iam::1:role/x', 'name')} {arn_part('x', 'name')}", "x ?"},
    {"日本語{$.name}。", "日本語ops。"},
};

static struct path_compiler compiler_of(struct model *model)
{
    return (struct path_compiler){&model->arena, &model->atoms, &rule_functions, true};
}

static void render(struct model *model, const struct wording *wording, const struct tree *tree,
                   struct buf *out)
{
    struct path_env env = {
        .tree = tree,
        .root = tree->root,
        .current = {tree->root, NULL},
        .scratch = &model->scratch,
        .steps = 1000000,
    };
    wording_render(wording, &env, out);
}

static void placeholders_are_filled_in(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, document);
    struct path_compiler compiler = compiler_of(model);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct wording wording;
        struct path_error error;
        if (!wording_compile(&compiler, str_from_c(rows[i].text), &wording, &error)) {
            fail_msg("%s: %.*s", rows[i].text, STR_ARG(error.message));
        }
        struct buf out = buf_with_max(1000);
        render(model, &wording, tree, &out);
        assert_row(rows[i].text, buf_str(&out), rows[i].rendered);
        buf_release(&out);
    }
    model_free(model);
}

static void mistakes_are_reported_at_their_bytes(void **state)
{
    static const struct {
        const char *text;
        const char *part; /* what is wrong in it */
        const char *message;
    } mistakes[] = {
        {"a {$.b", "{", "this '{' has no '}'; write '{{' for a literal brace"},
        {"a {'}", "{", "this '{' has no '}'; write '{{' for a literal brace"},
        {"a {$.b} }", "}", "this '}' has no '{'; write '}}' for a literal brace"},
        {"日本 {lst(@)}", "lst", "unknown function 'lst'; did you mean 'list'?"},
        {"{{{{ {$.a} {lst(@)}", "lst", "unknown function 'lst'; did you mean 'list'?"},
    };
    (void)state;
    struct model *model = model_new();
    struct path_compiler compiler = compiler_of(model);
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        struct wording wording;
        struct path_error error;
        struct str text = str_from_c(mistakes[i].text);
        assert_false(wording_compile(&compiler, text, &wording, &error));
        assert_row(mistakes[i].text, error.message, mistakes[i].message);
        assert_true(error.lo <= error.hi && error.hi <= text.len);
        assert_row(mistakes[i].text, str_slice(text, error.lo, error.hi), mistakes[i].part);
    }
    model_free(model);
}

/* Values come from files that strangers wrote; a command or a file's name takes them as one word. */
static void what_goes_into_commands_and_names_of_files_is_kept_apart(void **state)
{
    static const struct {
        const char *value, *command,
            *file; /* of "x {$}" and "d/{$}.json"; "" where there is none */
    } values[] = {
        {"ap-northeast-1", "x ap-northeast-1", "d/ap-northeast-1.json"},
        {"a_B+c=d,e.f@g-9", "x a_B+c=d,e.f@g-9", "d/a_B+c=d,e.f@g-9.json"},
        {"a b", "x 'a b'", "d/a_b.json"},
        {"it's", "x 'it'\\''s'", "d/it_s.json"},
        {"$(x)", "x '$(x)'", "d/__x_.json"},
        {"a/../b", "x a/../b", "d/a_.._b.json"},
        {"..", "x ..", "d/_..json"},
        {".hidden", "x .hidden", "d/_hidden.json"},
        {"--debug", "", "d/_-debug.json"},
        {"file:///etc/passwd", "", "d/file____etc_passwd.json"},
        {"", "", ""},
        {"!unknown x", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct model *model = model_new();
        bool tagged = values[i].value[0] == '!';
        struct str yaml =
            arena_format(&model->arena, tagged ? "%s\n" : "\"%s\"\n", values[i].value);
        const struct tree *tree = model_tree(model, yaml.ptr);
        struct path_compiler compiler = compiler_of(model);
        struct path_env env = {
            .tree = tree, .root = tree->root, .scratch = &model->scratch, .steps = 1000};
        struct wording command, file;
        struct path_error error;
        assert_true(wording_compile(&compiler, STR("x {$}"), &command, &error));
        assert_true(wording_compile(&compiler, STR("d/{$}.json"), &file, &error));
        struct buf out = buf_with_max(1000);
        wording_render_command(&command, &env, &out);
        assert_row(values[i].value, buf_str(&out), values[i].command);
        out.len = 0;
        wording_render_file(&file, &env, &out);
        assert_row(values[i].value, buf_str(&out), values[i].file);
        buf_release(&out);
        model_free(model);
    }
}

/* What the file's owner must not find in a log. */
static void secrets_are_not_filled_in(void **state)
{
    static const char *const texts[] = {"{$.b}",        "{$..*}",       "{$}",
                                        "{list($[*])}", "{value($.b)}", "{text($.b)}"};
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, "[{b: TopSecret}]\n");
    struct source *source = sources_get(&model->sources, tree->root->source);
    source_hide(source, (struct span){5, 14});
    struct path_compiler compiler = compiler_of(model);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct wording wording;
        struct path_error error;
        assert_true(wording_compile(&compiler, str_from_c(texts[i]), &wording, &error));
        struct buf out = buf_with_max(1000);
        render(model, &wording, tree, &out);
        assert_int_equal(str_find(buf_str(&out), STR("TopSecret")), out.len);
        buf_release(&out);
    }
    model_free(model);
}

/* What stands behind a value is there, however long the value is. */
static void a_long_value_is_cut_between_characters(void **state)
{
    static const char *const texts[] = {"{$.a} end", "{$} end", "{list($.*)} end",
                                        "{text($.a)} end"};
    (void)state;
    struct model *model = model_new();
    struct buf yaml = buf_with_max(1 << 16);
    buf_add_c(&yaml, "{a: x");
    for (int i = 0; i < 1000; i++) {
        buf_add_c(&yaml, "\xE3\x83\xAD");
    }
    buf_add_c(&yaml, "}");
    buf_add_char(&yaml, '\0');
    const struct tree *tree = model_tree(model, yaml.ptr);
    struct path_compiler compiler = compiler_of(model);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct wording wording;
        struct path_error error;
        assert_true(wording_compile(&compiler, str_from_c(texts[i]), &wording, &error));
        struct buf out = buf_with_max(4096);
        render(model, &wording, tree, &out);
        assert_true(str_ends(buf_str(&out), STR(" end")) && out.len < 1100);
        assert_int_equal(utf8_find_malformed(buf_str(&out)), out.len);
        buf_release(&out);
    }
    buf_release(&yaml);
    model_free(model);
}

/* Nothing is written beyond the buffer's maximum. */
static void a_full_buffer_ends_the_text(void **state)
{
    (void)state;
    struct model *model = model_new();
    const struct tree *tree = model_tree(model, document);
    struct path_compiler compiler = compiler_of(model);
    struct wording wording;
    struct path_error error;
    assert_true(wording_compile(&compiler, STR("12345{$.name}{$.list}"), &wording, &error));
    struct buf out = buf_with_max(10);
    render(model, &wording, tree, &out);
    assert_true(out.truncated);
    assert_str_equal(buf_str(&out), STR("12345ops"));
    buf_release(&out);
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_are_filled_in),
        cmocka_unit_test(mistakes_are_reported_at_their_bytes),
        cmocka_unit_test(what_goes_into_commands_and_names_of_files_is_kept_apart),
        cmocka_unit_test(secrets_are_not_filled_in),
        cmocka_unit_test(a_long_value_is_cut_between_characters),
        cmocka_unit_test(a_full_buffer_ends_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
