/* SPDX-License-Identifier: MIT */
/* Arenas and bounded buffers. */
#include "support.h"

#include "base/arena.h"
#include "base/buf.h"

static bool is_zero(const void *block, size_t size)
{
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i]) {
            return false;
        }
    }
    return true;
}

static void test_blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 16, 17, 4096, 1, 100000, 3, 3 << 20, 1};
    struct arena arena = {0};
    unsigned char *blocks[COUNT_OF(sizes)];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        blocks[i] = arena_alloc(&arena, sizes[i]);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        assert_true(is_zero(blocks[i], sizes[i]));
        memset(blocks[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        for (size_t j = 0; j < sizes[i]; j++) {
            if (blocks[i][j] != i + 1) {
                fail_msg("block %zu was written over at byte %zu", i, j);
            }
        }
    }
    arena_release(&arena);
}

static void test_a_released_arena_is_empty_and_usable_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    arena_release(&arena);
    assert_int_equal(arena.taken, 0);
    memset(arena_alloc(&arena, 100), 1, 100);
    assert_true(arena.taken >= 100);
    arena_release(&arena);
    assert_int_equal(arena.taken, 0);
    assert_true(is_zero(arena_alloc(&arena, 100), 100));
    arena_release(&arena);
}

static void test_rewinding_forgets_what_came_after_the_mark(void **state)
{
    (void)state;
    static const size_t later[] = {
        8, 4000, 100000}; /* in the marked chunk, in the next one, in a large one */
    for (size_t i = 0; i < COUNT_OF(later); i++) {
        struct arena arena = {0};
        struct str kept = arena_str(&arena, STR("kept"));
        struct arena_mark mark = arena_mark(&arena);
        size_t taken = arena.taken;
        memset(arena_alloc(&arena, 64), 0xFF, 64);
        memset(arena_alloc(&arena, later[i]), 0xFF, later[i]);
        arena_rewind(&arena, mark);
        assert_int_equal(arena.taken, taken);
        assert_str_equal(kept, STR("kept"));
        assert_true(is_zero(arena_alloc(&arena, later[i]), later[i]));
        arena_release(&arena);
    }
}

static void test_what_an_array_does_not_use_can_be_given_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t capacity = 0;
    uint64_t *items = arena_grow(&arena, NULL, 0, &capacity, sizeof *items);
    assert_int_equal(capacity, 8);
    items[0] = 1;
    assert_int_equal(arena_trim(&arena, items, 2, capacity, sizeof *items), 2);
    char *next = arena_alloc(&arena, 16);
    assert_ptr_equal(next, items + 2);
    assert_true(is_zero(next, 16));
    /* Now another block stands behind it. */
    assert_int_equal(arena_trim(&arena, items, 1, 2, sizeof *items), 2);
    arena_release(&arena);
}

static void test_a_mark_of_an_empty_arena_rewinds_to_empty(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct arena_mark mark = arena_mark(&arena);
    arena_alloc(&arena, 10000);
    arena_rewind(&arena, mark);
    assert_int_equal(arena.taken, 0);
    assert_null(arena.chunks);
}

static jmp_buf out_of_memory;

/* In place of the library's, which aborts. */
void memory_exhausted(void)
{
    longjmp(out_of_memory, 1);
}

/*
 * Only sizes that the arena itself refuses: AddressSanitizer stops at the largest that calloc()
 * would refuse.
 */
static void test_sizes_that_cannot_be_had_reach_the_hook(void **state)
{
    (void)state;
    static const struct {
        size_t count, size;
    } cases[] = {{1, SIZE_MAX}, {1, SIZE_MAX - 15}, {SIZE_MAX, 2}, {SIZE_MAX / 2 + 2, 2}};
    struct arena arena = {0};
    for (volatile size_t i = 0; i < COUNT_OF(cases); i++) {
        if (setjmp(out_of_memory) == 0) {
            arena_alloc_array(&arena, cases[i].count, cases[i].size);
            fail_msg("case %zu got a block", (size_t)i);
        }
    }
    assert_int_equal(arena.taken, 0);
}

static void test_grown_arrays_keep_their_elements(void **state)
{
    (void)state;
    struct arena arena = {0};
    uint32_t *items = NULL;
    size_t capacity = 0, copies = 0;
    for (uint32_t i = 0; i < 5000; i++) {
        uint32_t *grown = arena_grow(&arena, items, i, &capacity, sizeof *items);
        copies += grown != items;
        items = grown;
        assert_true(i < capacity);
        assert_true(is_zero(items + i, (capacity - i) * sizeof *items));
        items[i] = i;
        if (i % 1000 == 0) {
            memset(arena_alloc(&arena, 16), 0xFF,
                   16); /* a neighbour that growing must not write over */
        }
    }
    for (uint32_t i = 0; i < 5000; i++) {
        assert_int_equal(items[i], i);
    }
    assert_true(copies <= 12); /* doubling */
    arena_release(&arena);
}

/* The first growth has no block yet, while the arena may hold others already. */
static void test_an_array_can_start_in_an_arena_in_use(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *before = arena_alloc(&arena, 1);
    size_t capacity = 0;
    uint64_t *items = arena_grow(&arena, NULL, 0, &capacity, sizeof *items);
    assert_ptr_not_equal(items, before);
    assert_true(capacity > 0);
    arena_release(&arena);
}

static void test_text_in_an_arena_is_a_copy_with_a_nul_behind(void **state)
{
    (void)state;
    struct arena arena = {0};
    char text[] = "role";
    struct str copy = arena_str(&arena, str_from_c(text));
    text[0] = 'x';
    assert_str_equal(copy, STR("role"));
    assert_int_equal(copy.ptr[copy.len], '\0');
    struct str empty = arena_str(&arena, (struct str){0});
    assert_int_equal(empty.len, 0);
    assert_string_equal(empty.ptr, "");
    struct str formatted = arena_format(&arena, "%.*s/%d%s", STR_ARG(copy), 7, "");
    assert_str_equal(formatted, STR("role/7"));
    assert_int_equal(formatted.ptr[formatted.len], '\0');
    assert_str_equal(arena_format(&arena, "%s", ""), (struct str){0});
    arena_release(&arena);
}

static void test_a_buffer_holds_what_was_added_in_order(void **state)
{
    (void)state;
    struct buf buf = buf_with_max(1 << 20);
    assert_str_equal(buf_str(&buf), (struct str){0});
    buf_add(&buf, STR("a\0b"));
    buf_add_c(&buf, "c");
    buf_add_char(&buf, '\n');
    buf_add_repeat(&buf, '-', 3);
    buf_add_repeat(&buf, '-', 0);
    buf_printf(&buf, "%d%s", 42, "");
    buf_add(&buf, (struct str){0});
    assert_str_equal(buf_str(&buf), STR("a\0bc\n---42"));
    assert_false(buf.truncated);
    buf_release(&buf);
    assert_str_equal(buf_str(&buf), (struct str){0});
    buf_add_c(&buf, "usable again");
    assert_str_equal(buf_str(&buf), STR("usable again"));
    buf_release(&buf);
}

static void test_a_buffer_grows_past_its_first_block(void **state)
{
    (void)state;
    struct buf buf = buf_with_max(1 << 20);
    for (int i = 0; i < 10000; i++) {
        buf_printf(&buf, "%04d\n", i);
    }
    assert_int_equal(buf.len, 50000);
    assert_str_equal(str_from(buf_str(&buf), 49990), STR("9998\n9999\n"));
    buf_add_repeat(&buf, 'x', 100000); /* more than doubling once gives */
    assert_int_equal(buf.len, 150000);
    assert_false(buf.truncated);
    buf_release(&buf);
}

static void add_view(struct buf *buf, const char *text)
{
    buf_add(buf, str_from_c(text));
}

static void add_printed(struct buf *buf, const char *text)
{
    buf_printf(buf, "%s", text);
}

static void add_repeated(struct buf *buf, const char *text)
{
    buf_add_repeat(buf, text[0], strlen(text));
}

/*
 * Every way to add obeys the same bound: what fits exactly is in, one byte more is dropped whole.
 */
static void test_what_does_not_fit_is_dropped_whole_and_remembered(void **state)
{
    (void)state;
    static void (*const adders[])(struct buf *, const char *) = {add_view, buf_add_c, add_printed,
                                                                 add_repeated};
    for (size_t i = 0; i < COUNT_OF(adders); i++) {
        struct buf buf = buf_with_max(8);
        adders[i](&buf, "aaaa");
        adders[i](&buf, "aaaa");
        assert_str_equal(buf_str(&buf), STR("aaaaaaaa"));
        assert_false(buf.truncated);
        adders[i](&buf, "a");
        assert_true(buf.truncated);
        assert_int_equal(buf.len, 8);
        buf_release(&buf);

        buf = buf_with_max(8);
        adders[i](&buf, "aaaaa");
        adders[i](&buf, "aaaa");
        assert_true(buf.truncated);
        adders[i](&buf, "a"); /* would fit, but the text would have a hole */
        assert_str_equal(buf_str(&buf), STR("aaaaa"));
        buf_release(&buf);
    }
}

static void test_a_buffer_without_a_maximum_holds_nothing(void **state)
{
    (void)state;
    struct buf buf = {0};
    buf_add(&buf, (struct str){0});
    assert_false(buf.truncated);
    buf_add_char(&buf, 'a');
    assert_true(buf.truncated);
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(test_a_released_arena_is_empty_and_usable_again),
        cmocka_unit_test(test_rewinding_forgets_what_came_after_the_mark),
        cmocka_unit_test(test_what_an_array_does_not_use_can_be_given_back),
        cmocka_unit_test(test_a_mark_of_an_empty_arena_rewinds_to_empty),
        cmocka_unit_test(test_sizes_that_cannot_be_had_reach_the_hook),
        cmocka_unit_test(test_grown_arrays_keep_their_elements),
        cmocka_unit_test(test_an_array_can_start_in_an_arena_in_use),
        cmocka_unit_test(test_text_in_an_arena_is_a_copy_with_a_nul_behind),
        cmocka_unit_test(test_a_buffer_holds_what_was_added_in_order),
        cmocka_unit_test(test_a_buffer_grows_past_its_first_block),
        cmocka_unit_test(test_what_does_not_fit_is_dropped_whole_and_remembered),
        cmocka_unit_test(test_a_buffer_without_a_maximum_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
