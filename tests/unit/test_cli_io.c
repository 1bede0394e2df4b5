/* SPDX-License-Identifier: MIT */
/* Whole reads and writes, whatever the descriptor does in between. */
#include "support.h"

/* The program's own files are in no library. */
#include "cli/io.c"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>

enum { BYTES = 100000 };

/*
 * A pipe into which a child writes `count` bytes, a few at a time. The child's id goes to *child.
 */
static int start_writer(size_t count, pid_t *child)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *child = fork();
    assert_true(*child >= 0);
    if (*child == 0) {
        static char block[777];
        memset(block, 'x', sizeof block);
        while (count) {
            size_t len = count < sizeof block ? count : sizeof block;
            if (!io_write_all(ends[1], (struct str){block, len})) {
                break;
            }
            count -= len;
        }
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

static void test_all_is_read_whatever_was_expected(void **state)
{
    (void)state;
    static const size_t expected[] = {0, 1, BYTES - 1, BYTES, BYTES + 1, 2 * BYTES};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct arena arena = {0};
        pid_t child;
        int fd = start_writer(BYTES, &child);
        /* A reader that must wait gets EAGAIN at first. */
        assert_true(fcntl(fd, F_SETFL, O_NONBLOCK) >= 0);
        struct str bytes = {0};
        assert_true(io_read_all(fd, expected[i], BYTES, &arena, &bytes));
        assert_int_equal(bytes.len, BYTES);
        assert_int_equal(bytes.ptr[BYTES - 1], 'x');
        close(fd);
        waitpid(child, NULL, 0);
        arena_release(&arena);
    }
}

static void test_more_than_the_limit_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    pid_t child;
    int fd = start_writer(BYTES, &child);
    struct str bytes = {0};
    assert_false(io_read_all(fd, 0, BYTES - 1, &arena, &bytes));
    assert_int_equal(errno, EFBIG);
    close(fd);
    waitpid(child, NULL, 0);
    arena_release(&arena);
}

static void test_an_empty_file_reads_as_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    int fd = open("/dev/null", O_RDONLY);
    struct str bytes = {NULL, 1};
    assert_true(io_read_all(fd, 0, BYTES, &arena, &bytes));
    assert_int_equal(bytes.len, 0);
    close(fd);
    assert_false(io_read_all(fd, 0, BYTES, &arena, &bytes));
    assert_int_equal(errno, EBADF);
    arena_release(&arena);
}

static void test_a_full_pipe_is_waited_for(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(fcntl(ends[1], F_SETFL, O_NONBLOCK) >= 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct arena arena = {0};
        struct str bytes = {0};
        close(ends[1]);
        bool read = io_read_all(ends[0], 0, SIZE_MAX / 4, &arena, &bytes);
        size_t len = bytes.len;
        arena_release(&arena);
        _exit(read && len == (size_t)10 * BYTES ? 0 : 1);
    }
    close(ends[0]);
    char *block = calloc(10, BYTES);
    assert_non_null(block);
    assert_true(io_write_all(ends[1], (struct str){block, (size_t)10 * BYTES}));
    close(ends[1]);
    free(block);
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_read_whatever_was_expected),
        cmocka_unit_test(test_more_than_the_limit_is_refused),
        cmocka_unit_test(test_an_empty_file_reads_as_nothing),
        cmocka_unit_test(test_a_full_pipe_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
