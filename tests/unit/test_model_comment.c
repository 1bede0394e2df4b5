/* SPDX-License-Identifier: MIT */
/* Comments that speak to ekslint: which they are, and what each stands beside or above. */
#include "model/comment.h"
#include "reading.h"
#include "tree/read_ini.h"

enum { DOCUMENTS_MAX = 8 };

struct world {
    struct reading reading;
    struct document documents[DOCUMENTS_MAX];
    struct document *list[DOCUMENTS_MAX];
    size_t count;
    struct comment_list comments;
};

static void add_tree(struct world *world, const struct kind *kind)
{
    struct tree *tree = arena_new(&world->reading.arena, struct tree);
    assert_true(world->count < DOCUMENTS_MAX);
    *tree = world->reading.tree;
    world->documents[world->count] =
        (struct document){.source = world->reading.source, .tree = tree, .kind = kind};
    world->list[world->count] = &world->documents[world->count];
    world->count++;
}

static void find(struct world *world)
{
    struct span all = {0, (uint32_t)world->reading.source->bytes.len};
    comments_find(&world->reading.arena, world->reading.source, world->list, world->count, all,
                  &world->comments);
}

static void read_yaml(struct world *world, const char *text)
{
    struct reading *reading = &world->reading;
    *world = (struct world){0};
    reading_open(reading, str_from_c(text));
    struct yaml_stream *stream = yaml_open(&reading->arena, reading->source, &reading->findings);
    while (reading_next(reading, stream) == YAML_DOCUMENT) {
        add_tree(world, NULL);
    }
    yaml_close(stream);
    find(world);
}

/* The text of each scope, in '<>', one a line. */
static bool has_scopes(const struct world *world, const char *expected)
{
    struct buf out = buf_with_max(10000);
    for (size_t i = 0; i < world->comments.count; i++) {
        const struct comment *comment = &world->comments.items[i];
        struct str bytes = world->reading.source->bytes;
        buf_add_c(&out, i ? "\n<" : "<");
        buf_add(&out, str_slice(bytes, comment->scope.lo, comment->scope.hi));
        buf_add_c(&out, comment->has_alias ? ">*" : ">");
    }
    bool same = str_eq(buf_str(&out), str_from_c(expected));
    if (!same) {
        print_error("%.*s\nhas\n%.*s\nnot\n%s\n", STR_ARG(world->reading.source->bytes),
                    STR_ARG(buf_str(&out)), expected);
    }
    buf_release(&out);
    return same;
}

#define X "# ekslint: x"

static const struct {
    const char *text, *scopes;
} rows[] = {
    /* Above: the next member or item, whole; never the document. */
    {X "\na: 1\nb: 2\n", "<a: 1>"},
    {X "\n\n# prose\n\na:\n  b: 1\n  c: 2\nd: 3\n", "<a:\n  b: 1\n  c: 2>"},
    {"a:\n  " X "\n  b: 1\n  c: 2\n", "<b: 1>"},
    {"a:\n  " X "\n  - b: 1\n    c: 2\n  - d\n", "<b: 1\n    c: 2>"},
    {"a:\n" X "\n- b\n- c\n", "<b>"},
    {X "\n- a\n- b\n", "<a>"},
    {"a:\n  " X "\n  scalar\nb: 1\n", "<scalar>"},
    {"a:\n  " X "\n  [b, c]\nd: 1\n", "<[b, c]>"},
    {X "\n{a: 1, b: 2}\n", "<{a: 1, b: 2}>"},
    {X "\n" X "\na: 1\n", "<a: 1>\n<a: 1>"},
    {"a: [\n  " X "\n  b,\n  c]\n", "<b>"},
    {"a: {\n  b: 1,\n      " X "\n  c: 2}\n", "<c: 2>"},
    /* Above nothing: at the end of a block or a flow, of the document, of the file. */
    {"a:\n  b: 1\n  " X "\nc: 2\n", "<>"},
    {"- a: 1\n  " X "\n- b: 2\n", "<>"},
    {"a: [\n  b\n  " X "\n]\nc: 1\n", "<>"},
    {"a: 1\n" X "\n", "<>"},
    {"a: 1\n" X "\n...\n---\nb: 2\n", "<>"},
    /* Beside: what begins in the line, else what ends there. */
    {"a: 1 " X "\nb: 2\n", "<a: 1>"},
    {"a:\n  b: 1 " X "\n  c: 2\n", "<b: 1>"},
    {"a: " X "\n  b: 1\n  c: 2\nd: 3\n", "<a: " X "\n  b: 1\n  c: 2>"},
    {"- a: 1 " X "\n  b: 2\n- c\n", "<a: 1 " X "\n  b: 2>"},
    {"- a: 1\n  b: 2 " X "\n- c\n", "<b: 2>"},
    {"- " X "\n  a: 1\n  b: 2\n- c\n", "<a: 1\n  b: 2>"},
    {"- - a " X "\n  - b\n- c\n", "<- a " X "\n  - b>"},
    {"a: [b, c] " X "\nd: 1\n", "<a: [b, c]>"},
    {"- {a: 1, b: 2} " X "\n- c\n", "<{a: 1, b: 2}>"},
    {"a: [b, " X "\n  c, d, " X "\n  e\n  ] " X "\nf: 1\n",
     "<a: [b, " X "\n  c, d, " X "\n  e\n  ]>\n<c, d>\n<a: [b, " X "\n  c, d, " X "\n  e\n  ]>"},
    {"a: 'b\n  c' " X "\nd: 1\n", "<a: 'b\n  c'>"},
    {"a: | " X "\n  b\n  c\nd: 1\n", "<a: | " X "\n  b\n  c>"},
    {"a: >- " X "\n  b\nd: 1\n", "<a: >- " X "\n  b>"},
    {"a: &b " X "\n  c: 1\nd: *b " X "\n", "<a: &b " X "\n  c: 1>\n<d: *b>*"},
    {"- &b " X "\n  c: 1\n- d\n", "<c: 1>"},
    {"a: !Sub " X "\n  text\n", "<a: !Sub " X "\n  text>"},
    /* A document is what stands below its '---'. */
    {"--- " X "\na: 1\nb: 2\n", "<a: 1\nb: 2>"},
    {"a: 1\n--- " X "\nb: 2\nc: 3\n---\nd: 4\n", "<b: 2\nc: 3>"},
    {X "\n---\na: 1\nb: 2\n", "<a: 1>"},
    {"a: 1\n---\n" X "\nb: 2\nc: 3\n", "<b: 2>"},
    /* Line ends, blanks, and a text that ends with the comment. */
    {"a: 1\t#\tekslint:\tx\t\r\nb: 2\r\n", "<a: 1>"},
    {"a: 1 #ekslint:x", "<a: 1>"},
    {X "\r\na: 1\r\n", "<a: 1>"},
    {"", ""},
    {X "\n", "<>"},
    /* No comment, or one that speaks to somebody else. */
    {"a: \"" X "\"\n", ""},
    {"a: '\n  " X "\n  '\n", ""},
    {"a: |\n  " X "\n", ""},
    {"a: |\n  b\n\n  " X "\n  c\nd: 1\n", ""},
    {"a: >\n  b " X "\n", ""},
    {"\"" X "\": 1\n", ""},
    {"a: b" X "\n", ""},
    {"a: 1 # see '" X "'\n", ""},
    {"# Silence it with " X "\na: 1\n", ""},
    {"#" X "\na: 1\n", ""},
    {"# eks: lint, ekslint : x, ekslint\na: 1\n", ""},
    {"# Ekslint: x\na: 1\n", ""},
    {"; ekslint: x\n", ""},
    {"{\"a\": [\"b\" " X "\n]}\n", "<\"a\": [\"b\" " X "\n]>"},
    /* Behind a string that holds one, a comment is one all the same. */
    {"a: \"" X "\" " X "\n", "<a: \"" X "\">"},
    {"a: {b: '# ekslint:', c: d} " X "\n", "<a: {b: '# ekslint:', c: d}>"},
    /* What came through a merge key stands where it was written. */
    {"a: &x {b: 1}\nc:\n  " X "\n  <<: *x\n  d: 2\n", "<d: 2>"},
};

static void comments_have_scopes(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct world world;
        read_yaml(&world, rows[i].text);
        wrong += !has_scopes(&world, rows[i].scopes);
        reading_close(&world.reading);
    }
    assert_int_equal(wrong, 0);
}

static void the_text_is_behind_the_colon(void **state)
{
    (void)state;
    struct world world;
    read_yaml(&world, "a: 1  #  ekslint:  allow x -- y # z  \n#ekslint:\nb: 2\n");
    struct str bytes = world.reading.source->bytes;
    assert_int_equal(world.comments.count, 2);
    struct comment *first = &world.comments.items[0];
    assert_str_equal(str_slice(bytes, first->text.lo, first->text.hi), STR("allow x -- y # z"));
    assert_str_equal(str_slice(bytes, first->at.lo, first->at.hi),
                     STR("ekslint:  allow x -- y # z"));
    assert_int_equal(world.comments.items[1].text.lo, world.comments.items[1].text.hi);
    reading_close(&world.reading);
}

static void ini_has_comments_too(void **state)
{
    (void)state;
    static const char text[] = "; ekslint: x\n[default]\nregion = a\n# ekslint: y\noutput = b # "
                               "ekslint: in the value\n[profile c] # ekslint: z\nregion = d\n";
    struct world world = {0};
    struct kind ini = {.ini = true};
    reading_open(&world.reading, str_from_c(text));
    assert_true(ini_read(&world.reading.builder, &world.reading.tree, world.reading.source,
                         &world.reading.findings));
    add_tree(&world, &ini);
    find(&world);
    assert_true(has_scopes(&world,
                           "<[default]\nregion = a\n# ekslint: y\noutput = b # ekslint: in the "
                           "value>\n<output = b # ekslint: in the value>\n<[profile c] # ekslint: "
                           "z\nregion = d>"));
    reading_close(&world.reading);
}

static void json_has_none(void **state)
{
    (void)state;
    struct world world = {0};
    assert_true(reading_json(&world.reading, STR("{\"a\": \"# ekslint: x\"}")));
    add_tree(&world, NULL);
    find(&world);
    assert_int_equal(world.comments.count, 0);
    reading_close(&world.reading);
}

/* What is behind the place to which a source was read is left alone. */
static void only_the_part_is_looked_at(void **state)
{
    (void)state;
    struct world world;
    read_yaml(&world, "a: 1 " X "\nb: 2 " X "\n");
    world.comments.count = 0;
    struct span part = {8, 20};
    comments_find(&world.reading.arena, world.reading.source, world.list, world.count, part,
                  &world.comments);
    assert_int_equal(world.comments.count, 0);
    part = (struct span){18, 40};
    comments_find(&world.reading.arena, world.reading.source, world.list, world.count, part,
                  &world.comments);
    assert_true(has_scopes(&world, "<b: 2>"));
    reading_close(&world.reading);
}

static void there_is_a_most_of_them(void **state)
{
    (void)state;
    struct world world;
    struct buf text = buf_with_max(1 << 20);
    for (size_t i = 0; i < COMMENTS_MAX + 5; i++) {
        buf_add_c(&text, X "\n");
    }
    buf_add_c(&text, "a: 1\n");
    buf_add_char(&text, '\0');
    read_yaml(&world, text.ptr);
    assert_int_equal(world.comments.count, COMMENTS_MAX);
    assert_int_equal(world.comments.items[0].scope.hi, text.len - 2);
    reading_close(&world.reading);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_have_scopes),
        cmocka_unit_test(the_text_is_behind_the_colon),
        cmocka_unit_test(ini_has_comments_too),
        cmocka_unit_test(json_has_none),
        cmocka_unit_test(only_the_part_is_looked_at),
        cmocka_unit_test(there_is_a_most_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
