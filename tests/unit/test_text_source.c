/* SPDX-License-Identifier: MIT */
/* Positions, excerpts, maps of inner texts, and the order of findings. */
#include "support.h"

#include "text/finding.h"

#include <stdio.h>
#include <stdlib.h>

struct text_world {
    struct arena arena;
    struct sources sources;
};

static struct source *open_text(struct text_world *w, struct str bytes)
{
    *w = (struct text_world){0};
    sources_init(&w->sources, &w->arena);
    return sources_add(&w->sources, STR("file"), bytes);
}

static void test_lines_end_at_lf_crlf_and_cr_only(void **state)
{
    (void)state;
    /* NEL, LS and PS end no line here, whatever libyaml counts. */
    struct str text = STR("a\nb\r\nc\rd\xC2\x85"
                          "e\xE2\x80\xA8"
                          "f\n");
    static const struct {
        uint32_t offset, line, column;
    } rows[] = {{0, 1, 1}, {1, 1, 2}, {2, 2, 1},  {4, 2, 3},  {5, 3, 1},
                {7, 4, 1}, {8, 4, 2}, {10, 4, 3}, {14, 4, 5}, {16, 5, 1}};
    struct text_world w;
    struct source *source = open_text(&w, text);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct position at = source_position(source, rows[i].offset);
        if (at.line != rows[i].line || at.column != rows[i].column) {
            fail_msg("offset %u: %u:%u", rows[i].offset, at.line, at.column);
        }
    }
    assert_str_equal(source_line(source, 2), STR("b"));
    assert_str_equal(source_line(source, 5), STR(""));
    assert_str_equal(source_line(source, 9), STR(""));
    arena_release(&w.arena);
}

static void test_a_bom_counts_in_offsets_and_not_in_columns(void **state)
{
    (void)state;
    struct text_world w;
    struct source *source = open_text(&w, STR("\xEF\xBB\xBF"
                                              "ab"));
    struct position at = source_position(source, 1);
    assert_int_equal(at.line, 1);
    assert_int_equal(at.column, 2);
    assert_int_equal(at.offset, 4);
    arena_release(&w.arena);
}

static void test_columns_count_code_points_on_lines_of_any_length(void **state)
{
    (void)state;
    enum { CHARS = 5000 };
    static char text[3 * CHARS + 1];
    for (size_t i = 0; i < CHARS; i++) {
        memcpy(text + 3 * i, "\xE3\x82\xAD", 3);
    }
    struct text_world w;
    struct source *source = open_text(&w, (struct str){text, 3 * CHARS});
    for (uint32_t i = 0; i <= CHARS; i++) {
        assert_int_equal(source_position(source, 3 * i).column, i + 1);
    }
    arena_release(&w.arena);
}

static void test_hidden_bytes_are_starred_in_excerpts(void **state)
{
    (void)state;
    struct text_world w;
    struct source *source = open_text(&w, STR("key: secret # x\nse: cret\n"));
    source_hide(source, (struct span){5, 11});
    source_hide(source, (struct span){18, 20});
    assert_str_equal(source_excerpt(source, 1, &w.arena), STR("key: ****** # x"));
    assert_str_equal(source_excerpt(source, 2, &w.arena), STR("se**cret"));
    arena_release(&w.arena);
}

static void test_a_map_leads_back_to_the_outer_bytes(void **state)
{
    (void)state;
    /* "ab\ncd" was spelt a b \ n c d at 10: an escape of two bytes in the middle. */
    static const struct span_run runs[] = {{0, 2, 10, 2}, {2, 1, 12, 2}, {3, 2, 14, 2}};
    const struct span_map map = {runs, COUNT_OF(runs)};
    static const struct {
        struct span inner, outer;
    } rows[] = {
        {{0, 2}, {10, 12}}, {{1, 3}, {11, 14}}, {{2, 3}, {12, 14}},
        {{3, 5}, {14, 16}}, {{5, 5}, {16, 16}}, {{0, 5}, {10, 16}},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct span outer = span_map_to_parent(&map, rows[i].inner);
        assert_int_equal(outer.lo, rows[i].outer.lo);
        assert_int_equal(outer.hi, rows[i].outer.hi);
    }
}

static void test_findings_are_sorted_by_file_place_and_rule(void **state)
{
    (void)state;
    struct text_world w;
    open_text(&w, STR("0123456789"));
    struct source *earlier = sources_add(&w.sources, STR("a-file"), STR("0123456789"));
    struct findings findings = {.arena = &w.arena};
    findings_error(&findings, STR("b/x"), (struct location){0, {5, 6}}, "1");
    findings_error(&findings, STR("a/x"), (struct location){0, {5, 6}}, "2");
    findings_error(&findings, STR("c/x"), (struct location){0, {2, 6}}, "3");
    findings_error(&findings, STR("d/x"), (struct location){earlier->id, {9, 10}}, "4");
    findings_sort(&findings, &w.sources);
    char order[5] = "";
    for (size_t i = 0; i < findings.count; i++) {
        order[i] = findings.items[i].message.ptr[0];
    }
    assert_string_equal(order, "4321");
    arena_release(&w.arena);
}

static void test_the_list_of_findings_has_an_end(void **state)
{
    (void)state;
    struct text_world w;
    open_text(&w, STR("x"));
    struct findings findings = {.arena = &w.arena, .most = 7};
    struct finding finding = {.rule = STR("a/b"), .message = STR("m")};
    for (size_t i = 0; i < 7 + 3; i++) {
        findings_add(&findings, &finding);
    }
    assert_int_equal(findings.count, 7);
    assert_int_equal(findings.dropped, 3);
    arena_release(&w.arena);
}

static void test_hidden_spans_are_kept_in_order_and_merged(void **state)
{
    (void)state;
    static const struct span hidden[] = {{8, 10}, {2, 4}, {12, 14}, {3, 5},
                                         {2, 4},  {6, 6}, {9, 13}};
    struct text_world w;
    struct source *source = open_text(&w, STR("0123456789abcdef\n"));
    for (size_t i = 0; i < COUNT_OF(hidden); i++) {
        source_hide(source, hidden[i]);
    }
    assert_int_equal(source->secret_count, 2);
    assert_str_equal(source_excerpt(source, 1, &w.arena), STR("01***567******ef"));
    for (uint32_t at = 0; at < 16; at++) {
        bool wanted = (at >= 2 && at < 5) || (at >= 8 && at < 14);
        struct location place = {source->id, {at, at + 1}};
        assert_int_equal(sources_is_hidden(&w.sources, place), wanted);
    }
    source_hide(source, (struct span){0, 16});
    assert_int_equal(source->secret_count, 1);
    arena_release(&w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_end_at_lf_crlf_and_cr_only),
        cmocka_unit_test(test_a_bom_counts_in_offsets_and_not_in_columns),
        cmocka_unit_test(test_columns_count_code_points_on_lines_of_any_length),
        cmocka_unit_test(test_hidden_bytes_are_starred_in_excerpts),
        cmocka_unit_test(test_a_map_leads_back_to_the_outer_bytes),
        cmocka_unit_test(test_findings_are_sorted_by_file_place_and_rule),
        cmocka_unit_test(test_the_list_of_findings_has_an_end),
        cmocka_unit_test(test_hidden_spans_are_kept_in_order_and_merged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
