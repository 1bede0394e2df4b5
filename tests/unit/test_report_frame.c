/* SPDX-License-Identifier: MIT */
/*
 * Source frames: every shape of line and span, cut to the width, with nothing secret and nothing
 * raw.
 */
#include "report_world.h"

#include "base/utf8.h"

#define ESC "\x1B"

/* The report without its first line: the frame. */
static struct str frame_of(struct world *world)
{
    struct str head, rest;
    assert_true(str_cut(write_as(world, "text"), '\n', &head, &rest));
    return rest;
}

static unsigned widest_line(struct str text)
{
    size_t widest = 0;
    struct str line;
    while (str_cut(text, '\n', &line, &text)) {
        size_t columns = 0;
        for (size_t i = 0; i < line.len;) {
            uint32_t code_point = 0;
            i += utf8_decode(str_from(line, i), &code_point);
            columns += utf8_width(code_point);
        }
        widest = columns > widest ? columns : widest;
    }
    return (unsigned)widest;
}

static void test_the_frame_marks_the_span_whatever_the_line_holds(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        uint32_t lo, hi;
        struct str frame;
    } cases[] = {
        {STR_INIT("arn: x\n"), 5, 6, STR_INIT("    1 | arn: x\n      |      ^\n")},
        {STR_INIT("a\narn: xyz"), 7, 10, STR_INIT("    2 | arn: xyz\n      |      ^~~\n")},
        {STR_INIT("a\r\nb: c\r\n"), 6, 7, STR_INIT("    2 | b: c\n      |    ^\n")},
        {STR_INIT("a\rb: c\rd"), 5, 6, STR_INIT("    2 | b: c\n      |    ^\n")},
        /* the byte order mark is not part of the line */
        {STR_INIT("\xEF\xBB\xBF"
                  "ab"),
         1, 2, STR_INIT("    1 | ab\n      |  ^\n")},
        /* a tab takes four columns, wherever it stands */
        {STR_INIT("\ta\tb"), 3, 4, STR_INIT("    1 |     a    b\n      |          ^\n")},
        {STR_INIT("\ta\tb"), 2, 3, STR_INIT("    1 |     a    b\n      |      ^~~~\n")},
        /* wide, combining and narrow characters */
        {STR_INIT("\xE9\x8D\xB5: \xE5\x80\xA4!"), 5, 8,
         STR_INIT("    1 | \xE9\x8D\xB5: \xE5\x80\xA4!\n      |     ^~\n")},
        {STR_INIT("e\xCC\x81x"), 3, 4, STR_INIT("    1 | e\xCC\x81x\n      |  ^\n")},
        /* several lines: the first is marked to its end */
        {STR_INIT("k: [a,\n b]\n"), 3, 10, STR_INIT("    1 | k: [a,\n      |    ^~~\n")},
        {STR_INIT("k: [a,\r\n b]\n"), 3, 11, STR_INIT("    1 | k: [a,\n      |    ^~~\n")},
        /* places without a character */
        {STR_INIT("{\"a\": 1"), 7, 7, STR_INIT("    1 | {\"a\": 1\n      |        ^\n")},
        {STR_INIT("k:\n"), 2, 2, STR_INIT("    1 | k:\n      |   ^\n")},
        {STR_INIT("k:\n"), 2, 3, STR_INIT("    1 | k:\n      |   ^\n")},
        {STR_INIT("k:\n"), 3, 3, {0}},
        {{0}, 0, 0, {0}},
        /* nothing of a file reaches the terminal raw */
        {STR_INIT("a" ESC "[31mb"), 6, 7, STR_INIT("    1 | a\\x1B[31mb\n      |          ^\n")},
        {STR_INIT("a\0\x7Fz"), 3, 4, STR_INIT("    1 | a\\x00\\x7Fz\n      |          ^\n")},
        {STR_INIT("a\xFF\xE3\x81z"), 4, 5,
         STR_INIT("    1 | a\\xFF\\xE3\\x81z\n      |              ^\n")},
        {STR_INIT("a\xC2\x9Bz"), 1, 3, STR_INIT("    1 | a\\u009Bz\n      |  ^~~~~~\n")},
        {STR_INIT("a\xE2\x80\xAEz"), 4, 5, STR_INIT("    1 | a\\u202Ez\n      |        ^\n")},
        {STR_INIT("a\xE2\x80\xA8z"), 4, 5, STR_INIT("    1 | a\\u2028z\n      |        ^\n")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct world *world = world_new();
        add_finding(world, place_at(world, STR("f"), cases[i].bytes, cases[i].lo, cases[i].hi));
        assert_str_equal(frame_of(world), cases[i].frame);
        world_free(world);
    }
}

static void test_a_long_line_is_cut_around_the_span(void **state)
{
    (void)state;
#define TEN "0123456789"
    static const struct str line = STR_INIT(TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN);
    static const struct {
        uint32_t lo, hi;
        struct str frame;
    } cases[] = {
        /* 40 columns: 31 for the line */
        {2, 4,
         STR_INIT("    1 | " TEN TEN TEN "\xE2\x80\xA6\n"
                  "      |   ^~\n")},
        {28, 30,
         STR_INIT("    1 | " TEN TEN TEN "\xE2\x80\xA6\n"
                  "      |                             ^~\n")},
        {29, 31,
         STR_INIT("    1 | \xE2\x80\xA6"
                  "9" TEN TEN "01234567\xE2\x80\xA6\n"
                  "      |                      ^~\n")},
        {50, 51,
         STR_INIT("    1 | \xE2\x80\xA6"
                  "9" TEN TEN "01234567\xE2\x80\xA6\n"
                  "      |                       ^\n")},
        {98, 100,
         STR_INIT("    1 | \xE2\x80\xA6" TEN TEN TEN "\n"
                  "      |                              ^~\n")},
        {100, 100,
         STR_INIT("    1 | \xE2\x80\xA6" TEN TEN TEN "\n"
                  "      |                                ^\n")},
        /* a span that is longer than the room */
        {40, 90,
         STR_INIT("    1 | \xE2\x80\xA6"
                  "456789" TEN TEN "012\xE2\x80\xA6\n"
                  "      |        ^~~~~~~~~~~~~~~~~~~~~~~~\n")},
        {0, 100,
         STR_INIT("    1 | " TEN TEN TEN "\xE2\x80\xA6\n"
                  "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct world *world = world_new();
        world->report.width = 40;
        add_finding(world, place_at(world, STR("f"), line, cases[i].lo, cases[i].hi));
        assert_str_equal(frame_of(world), cases[i].frame);
        world_free(world);
    }
#undef TEN
}

static void test_no_frame_is_wider_than_the_terminal(void **state)
{
    (void)state;
    static const struct str bits[] = {
        STR_INIT("a"),
        STR_INIT("\t"),
        STR_INIT("\xE9\x8D\xB5"),
        STR_INIT("\x1B"),
        STR_INIT("\xFF"),
        STR_INIT("e\xCC\x81"),
        STR_INIT("ab\tc"),
        STR_INIT("\xE9\x8D\xB5 x"),
    };
    for (size_t bit = 0; bit < COUNT_OF(bits); bit++) {
        for (uint32_t lo = 0; lo <= 400; lo += 13) {
            struct world *world = world_new();
            world->report.width = 60;
            struct buf line = buf_with_max(4096);
            for (size_t i = 0; line.len < 400; i++) {
                buf_add(&line, bits[bit]);
            }
            struct location where = place_at(world, STR("f"), buf_str(&line), lo, lo);
            where.span.hi = lo + lo % 50;
            where.span.hi = where.span.hi < line.len ? where.span.hi : (uint32_t)line.len;
            add_finding(world, where);
            assert_in_range(widest_line(frame_of(world)), 20, 60);
            world_free(world);
            buf_release(&line);
        }
    }
}

static void test_a_line_of_combining_characters_is_cut_too(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct buf line = buf_with_max(1 << 20);
    for (size_t i = 0; i < 100000; i++) {
        buf_add(&line, STR("\xCC\x81"));
    }
    add_finding(world, place_at(world, STR("f"), buf_str(&line), 100000, 100002));
    assert_true(frame_of(world).len < 8192);
    world_free(world);
    buf_release(&line);
}

static void test_secrets_are_hidden_in_frames(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct location where = place_at(world, STR("f"), STR("k: s3cret # x\nl: s3cret\n"), 3, 9);
    source_hide(sources_get(&world->sources, 0), (struct span){3, 9});
    source_hide(sources_get(&world->sources, 0), (struct span){17, 23});
    add_finding(world, where);
    add_finding(world, (struct location){0, {14, 15}});
    assert_str_equal(write_as(world, "text"), STR("f:1:4: error: bad [r/x]\n"
                                                  "    1 | k: ****** # x\n"
                                                  "      |    ^~~~~~\n"
                                                  "\n"
                                                  "f:2:1: error: bad [r/x]\n"
                                                  "    2 | l: ******\n"
                                                  "      | ^\n"));
    world_free(world);
}

static void test_line_numbers_of_any_length_keep_the_frame_straight(void **state)
{
    (void)state;
    struct world *world = world_new();
    struct buf bytes = buf_with_max(1 << 20);
    buf_add_repeat(&bytes, '\n', 123455);
    buf_add(&bytes, STR("abc"));
    add_finding(world, place_at(world, STR("f"), buf_str(&bytes), 123456, 123457));
    assert_str_equal(frame_of(world), STR("123456 | abc\n       |  ^\n"));
    world_free(world);
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_frame_marks_the_span_whatever_the_line_holds),
        cmocka_unit_test(test_a_long_line_is_cut_around_the_span),
        cmocka_unit_test(test_no_frame_is_wider_than_the_terminal),
        cmocka_unit_test(test_a_line_of_combining_characters_is_cut_too),
        cmocka_unit_test(test_secrets_are_hidden_in_frames),
        cmocka_unit_test(test_line_numbers_of_any_length_keep_the_frame_straight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
